"""Inspectors (执法检查人员): rows of the roster as values, and what is wrong with them.

- Whoever is not 在岗, or whose 执法证 has expired, is left out and reported (行政处罚法第四十二条: 持证执法).
- 专业 are names or codes; which ones exist is the plan's business (`core.plan.specialties`).
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from shuangsuiji.core.problem import Problem, error, warning
from shuangsuiji.core.roster.ident import ID_RULE, is_id
from shuangsuiji.core.table import Table
from shuangsuiji.core.wording import FORMULA

ON_DUTY = frozenset({"", "在岗", "正常", "在职"})
_YES = frozenset({"是", "主办", "1", "true", "y", "yes", "√", "有"})
_NO = frozenset({"", "否", "协办", "0", "false", "n", "no", "×", "无"})


class Inspector(NamedTuple):
    """One row of the roster; `cap` is None where it has no limit; `left_out` says why he is not drawn, or is blank."""

    inspector: str
    name: str
    specialties: tuple[str, ...]
    agency: str
    valid_until: str
    lead: bool
    areas: tuple[str, ...]
    cap: int | None
    load: int
    left_out: str
    table: Table
    row: int

    def problem(self, code: str, what: str, todo: str = "", heading: str | None = None) -> Problem:
        """An error in this row."""
        return error(code, self.table.place(self.row, heading), what, todo)


def inspectors(tables: Iterable[Table], as_of: str) -> tuple[list[Inspector], list[Problem]]:
    """All inspectors of the roster in their order, and what is wrong with them. `as_of` is a date, YYYY-MM-DD."""
    found: list[Inspector] = []
    problems: list[Problem] = []
    first: dict[str, Inspector] = {}
    for table in tables:
        for index in range(len(table)):
            inspector = _inspector(table, index, as_of)
            found.append(inspector)
            problems.extend(_faults(inspector))
            twin = first.setdefault(inspector.inspector, inspector)
            if inspector.inspector and twin is not inspector:
                what = f"执法证号 {inspector.inspector} 与第{twin.table.numbers[twin.row]}行“{twin.name}”重复。"
                problems.append(
                    inspector.problem("duplicate-inspector", what, "请删去重复的一行或改正号码。", "执法证号")
                )
    problems.extend(
        warning("inspector-left-out", i.table.place(i.row), f"{i.name}（{i.inspector}）{i.left_out}，不参加匹配。")
        for i in found
        if i.left_out
    )
    problems.extend(
        warning("formula-like-name", i.table.place(i.row, "姓名"), what, "请核对姓名。")
        for i in found
        if i.name.startswith(FORMULA)
        for what in [f"“{i.name}”以“{i.name[0]}”开头，在 Excel 里打开结果文件（csv）时会被当成公式。"]
    )
    return found, problems


def _inspector(table: Table, index: int, as_of: str) -> Inspector:
    cell = partial(table.cell, index)
    valid_until, status = cell("证件有效期"), cell("状态")
    left_out = ""
    if status not in ON_DUTY:
        left_out = f"状态为“{status}”"
    elif valid_until and valid_until < as_of:
        left_out = f"执法证已于 {valid_until} 到期"
    cap = cell("任务上限")
    return Inspector(
        inspector=cell("执法证号"),
        name=cell("姓名"),
        specialties=_parts(cell("专业")),
        agency=cell("所属部门"),
        valid_until=valid_until,
        lead=cell("主办").lower() in _YES,
        areas=_parts(cell("区域")),
        cap=int(cap) if cap.isdecimal() else None,
        load=int(cell("已有任务")) if cell("已有任务").isdecimal() else 0,
        left_out=left_out,
        table=table,
        row=index,
    )


def _faults(inspector: Inspector) -> Iterator[Problem]:
    name = inspector.name or inspector.inspector
    has = inspector.table.cells
    if not inspector.inspector and "执法证号" in has:
        yield inspector.problem("blank-id", f"“{name}”没有填执法证号。", "请填写执法证号。", "执法证号")
    elif inspector.inspector and not is_id(inspector.inspector):
        what = f"“{name}”的执法证号“{inspector.inspector}”不合规定。"
        yield inspector.problem("bad-id", what, ID_RULE, "执法证号")
    if not inspector.name and "姓名" in has:
        yield inspector.problem("blank-name", "姓名空着。", "请填写姓名。", "姓名")
    if not inspector.specialties and "专业" in has:
        yield inspector.problem("blank-specialty", f"“{name}”没有填专业。", "请填写专业。", "专业")
    word = inspector.table.cell(inspector.row, "主办")
    if word.lower() not in _YES | _NO:
        yield inspector.problem("bad-lead", f"“{name}”的主办一栏“{word}”看不懂。", "请填“是”或“否”。", "主办")
    if inspector.cap is not None and inspector.cap < inspector.load:
        what = f"“{name}”的任务上限 {inspector.cap} 小于已有任务 {inspector.load}。"
        yield inspector.problem("cap-below-load", what, "请改正其中一个。", "任务上限")
    for area in inspector.areas:
        if ";" in area:
            yield inspector.problem("bad-area", f"区域“{area}”里有分号。", "请去掉分号。", "区域")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("；") if part)
