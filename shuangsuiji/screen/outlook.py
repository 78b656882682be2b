"""What ``ssj check`` shows of coverage and of those left out, and its JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence

from shuangsuiji.actions.check import Checked
from shuangsuiji.core.plan.membership import Group
from shuangsuiji.core.plan.outlook import LeftOut, Outlook, StratumOutlook, band_names, by_reason
from shuangsuiji.screen.console import answers, plain

_GROUPS: Mapping[Group, str] = {"closed": "停业注销", "exclude": "方案排除", "frequency": "频次已满"}
_NAMED, _LINES = 3, 8
_MOST_COLUMNS = 8
"""As many years as a table of a terminal's width has room for; further ones are in the JSON."""


def show_left_out(checked: Checked) -> None:
    """Who is left out and why: numbers and the first names of each reason."""
    found = by_reason(checked.left_out)
    for (group, reason), members in list(found.items())[:_LINES]:
        said = f"：{reason}" if reason else ""
        answers().print(f"  {_GROUPS[group]} {len(members)} 家{plain(said)}（{_names(members)}）", soft_wrap=True)
    if len(found) > _LINES:
        answers().print(f"  还有 {len(found) - _LINES} 种原因，全部见 ssj check --json 的 left_out。", soft_wrap=True)
    if checked.spared:
        answers().print(
            f"频次已满、因免限照常参加的 {len(checked.spared)} 家（次）（{_names(checked.spared)}）。", soft_wrap=True
        )


def show_outlook(found: Outlook) -> None:
    """Two tables: not seen for how long; how many will be drawn in which year."""
    from rich.table import Table  # noqa: PLC0415 - see console

    rows = [row for row in found.strata if row.population]
    if not rows:
        return
    seen, coming = Table(show_footer=True), Table(show_footer=True)
    for table in (seen, coming):
        table.add_column("代码", "合计")
    names = band_names(found.years)
    shown = min(found.years + 1, _MOST_COLUMNS) if found.is_rule else 2
    totals = [sum(column) for column in zip(*(row.bands for row in rows), strict=True)]
    for name, total in zip(_short(names), _short_sum(totals), strict=True):
        seen.add_column(name, str(total), justify="right")
    seen.add_column("无法联系", str(sum(row.unreached for row in rows)), justify="right")
    for ahead in range(shown):
        total = sum(row.forecast[ahead] for row in rows)
        name = f"{found.first + ahead}" if found.is_rule or not ahead else "以后每年"
        coming.add_column(name, str(total), justify="right")
    coming.add_column("今年到期" if found.is_rule else f"约有几家{found.years}年抽不到", justify="right")
    for row in rows:
        seen.add_row(row.stratum, *map(_blank, _short_sum(row.bands)), _blank(row.unreached))
        last = row.due if found.is_rule else row.uncovered
        coming.add_row(row.stratum, *map(str, row.forecast[:shown]), _blank(last))
    console = answers()
    console.print("多久没有检查（家；“无法联系”是上次去了没有找到人的）：", soft_wrap=True)
    console.print(seen)
    console.print(_title(found), soft_wrap=True)
    console.print(coming)


def outlook_json(found: Outlook | None) -> dict[str, object] | None:
    """The same for a program."""
    if found is None:
        return None
    return {
        "years": found.years,
        "rule": found.is_rule,
        "strata": [_row(found, row) for row in found.strata],
    }


def left_out_json(checked: Checked) -> dict[str, object]:
    """Everybody who is left out, everybody who is exempt, and how many by rule."""
    count = Counter(one.group for one in checked.left_out)
    return {
        "groups": {group: count[group] for group in _GROUPS},
        "subjects": [one._asdict() for one in checked.left_out],
        "exempt": [{key: value for key, value in one._asdict().items() if key != "group"} for one in checked.spared],
    }


def _row(found: Outlook, row: StratumOutlook) -> dict[str, object]:
    never, *known = row.bands
    return {
        "stratum": row.stratum,
        "name": row.name,
        "population": row.population,
        "never": never,
        "bands": [
            {"from": band, "to": band + 1 if band < found.years else None, "subjects": number}
            for band, number in enumerate(known)
        ],
        "due": row.due,
        "unreached": row.unreached,
        "forecast": [{"year": found.first + ahead, "draw": number} for ahead, number in enumerate(row.forecast)],
        "uncovered": row.uncovered,
        "enough": row.enough._asdict() if row.enough else None,
    }


def _title(found: Outlook) -> str:
    if found.is_rule:
        return f"以后各年预计抽取（家；按 coverage 规则{found.years}年覆盖，假定名册不变、没有必查）："
    return "以后各年预计抽取（家；没有 coverage 规则，每年各抽各的，假定名册不变、没有必查）："


def _short(names: list[str]) -> list[str]:
    """Of many bands the first ones and the last."""
    return names if len(names) <= _MOST_COLUMNS else [*names[: _MOST_COLUMNS - 2], "…", names[-1]]


def _short_sum(numbers: Sequence[int]) -> Sequence[int]:
    if len(numbers) <= _MOST_COLUMNS:
        return numbers
    return [*numbers[: _MOST_COLUMNS - 2], sum(numbers[_MOST_COLUMNS - 2 : -1]), numbers[-1]]


def _blank(number: int) -> str:
    return str(number) if number else ""


def _names(members: Sequence[LeftOut]) -> str:
    first = "、".join(plain(one.name) for one in members[:_NAMED])
    return first + ("等" if len(members) > _NAMED else "")
