"""What is wrong with a plan file, as Problems: pydantic's findings in the clerk's words, each with its line."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from shuangsuiji.core.draw.pool import CoverageRule, TeamRule
from shuangsuiji.core.plan import model
from shuangsuiji.core.plan.caprule import Frequency
from shuangsuiji.core.plan.departments import Department
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.timing import Schedule
from shuangsuiji.core.problem import Place, Problem, error

Path = tuple[int | str, ...]

_MODELS: dict[str, type[BaseModel]] = {
    "agency": model.Agency,
    "period": model.Period,
    "strata": model.StratumRule,
    "by_grade": model.Grade,
    "coverage": CoverageRule,
    "frequency": Frequency,
    "team": TeamRule,
    "seed": model.SeedRule,
    "adjustment": model.Adjustment,
    "deadlines": model.ClockRule,
    "disclosure": model.Disclosure,
    "schedule": Schedule,
    "departments": Department,
}

_OF_RULE: dict[str, Path] = {
    "team_size": ("team",),
    "coverage_years": ("coverage",),
    "frequency_exempt": ("frequency", "exempt"),
    "department_own": ("departments",),
    "department_twice": ("departments",),
}
"""Where a rule about the whole plan is broken."""

_EXPECTED = {
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false",
    "string_type": "应是一段文字",
    "tuple_type": "应是列表，每项以“- ”开头",
    "list_type": "应是列表，每项以“- ”开头",
    "dict_type": "应是“名称: 值”的组合",
    "model_type": "应是“名称: 值”的组合",
    "model_attributes_type": "应是“名称: 值”的组合",
    "date_from_datetime_parsing": "应是日期，写成 2023-04-01 的样子",
    "date_parsing": "应是日期，写成 2023-04-01 的样子",
    "date_type": "应是日期，写成 2023-04-01 的样子",
    "date_from_datetime_inexact": "应是日期，写成 2023-04-01 的样子",
    "string_too_short": "不能空着",
    "too_short": "至少要有一项",
}


def validated(tree: object, lines: Mapping[Path, int], file: str) -> tuple[model.Plan | None, list[Problem]]:
    """The plan that `tree` (a YAML file with all scalars as text) holds, or everything that is wrong with it.

    `lines`: where each key or list entry of the tree stands in the file.
    """
    try:
        return model.Plan.model_validate(tree), []
    except ValidationError as invalid:
        return None, told(invalid, lines, file, _keys, "plan")


def told(
    invalid: ValidationError, lines: Mapping[Path, int], file: str, keys: Callable[[Path], list[str]], stem: str
) -> list[Problem]:
    """What pydantic found in a strict YAML file. `keys`: what may stand where; `stem`: with what the codes begin."""
    found = invalid.errors()
    inner = {detail["loc"][:depth] for detail in found for depth in range(len(detail["loc"]))}
    # A list whose every entry failed is reported as too short as well: the entries' own findings say it better.
    kept = [detail for detail in found if detail["type"] != "too_short" or detail["loc"] not in inner]
    return [_problem(detail, lines, file, keys, stem) for detail in kept]


def twice(plan: model.Plan, lines: Mapping[Path, int], file: str) -> list[Problem]:
    """Stratum codes that the plan uses more than once, grades included."""
    seen: set[str] = set()
    problems = []
    for layer in layers(plan):
        if layer.code in seen:
            place = Place(file, row=lines.get(("strata", layer.index)))
            what = f"层代码 {layer.code} 用了两次。"
            problems.append(error("duplicate-stratum", place, what, "每层的代码不能重复。"))
        seen.add(layer.code)
    return problems


def _problem(
    detail: ErrorDetails, lines: Mapping[Path, int], file: str, keys: Callable[[Path], list[str]], stem: str
) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    known = path or _OF_RULE.get(detail["type"], ())
    while known and known not in lines:
        known = known[:-1]
    place = Place(file, row=lines.get(known))
    name = _named(path)
    kind, ctx = detail["type"], detail.get("ctx", {})
    code = f"{stem}-{kind.replace('_', '-')}"
    match kind:
        case "missing":
            return error(code, place, f"缺少“{name}”。", "请补上这一项。")
        case "extra_forbidden":
            near = get_close_matches(str(path[-1]), keys(path), n=1, cutoff=0.6)
            todo = f"是不是想写“{near[0]}”？" if near else f"这里可以写：{'、'.join(keys(path))}。"
            return error(f"{stem}-unknown-key", place, f"不认识“{name}”这一项。", todo)
        case "literal_error":
            return error(code, place, f"“{name}”不能是“{_shown(detail['input'])}”。", f"只能是 {_choices(ctx)}。")
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            bound = ctx.get("ge", ctx.get("le", ""))
            side = "不能小于" if "ge" in ctx else "不能大于"
            return error(code, place, f"“{name}”是 {_shown(detail['input'])}，{side} {bound}。")
        case _ if kind in _EXPECTED:
            given = _shown(detail["input"])
            return error(code, place, f"“{name}”{_EXPECTED[kind]}，现在是“{given}”。")
    return error(code, place, f"{name}：{detail['msg']}" if name else detail["msg"])


def _named(path: Path) -> str:
    parts = [f"第{part + 1}项" if isinstance(part, int) else part for part in path]
    return " → ".join(parts)


def _keys(path: Path) -> list[str]:
    owner = next((part for part in reversed(path[:-1]) if isinstance(part, str) and part in _MODELS), None)
    return list((_MODELS[owner] if owner else model.Plan).model_fields)


def _choices(ctx: dict[str, Any]) -> str:
    return str(ctx.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - a line's worth
