"""Rows on their way into a roster, as tests write them."""

from rapidfuzz.fuzz import ratio

from shuangsuiji.core.importing.bringing import Brought, Wanted, bring
from shuangsuiji.core.importing.entry import Entry
from shuangsuiji.core.importing.specialties import Rules
from shuangsuiji.core.problem import Place
from shuangsuiji.core.table import Table

RULES = Rules(
    {"宾馆": ("公共场所",), "小学": ("学校卫生",), "诊所": ("医疗卫生",)}, ["公共场所", "学校卫生", "医疗卫生"]
)


def row(name: str, number: int = 2, *, is_new: bool = True, sheet: str | None = None, **cells: str) -> Entry:
    return Entry({"单位名称": name, **cells}, Place("名单.xlsx", sheet, number), {"单位名称": "A"}, is_new)


def table(text: str, file: str = "名单.xlsx", sheet: str | None = None) -> Table:
    """A list from lines of CSV; its rows count from 2."""
    heading, *lines = [line.split(",") for line in text.strip().splitlines()]
    columns = list(zip(*lines, strict=True)) or [()] * len(heading)
    cells = {name: list(column) for name, column in zip(heading, columns, strict=True)}
    return Table(file, sheet, range(2, len(lines) + 2), cells, {})


def brought(new: str, old: str | None = None, kind: str = "subjects", **wanted) -> Brought:
    kept = None if old is None else [table(old, "rosters/subjects.xlsx")]
    return bring(Wanted(kind, wanted.pop("rules", RULES), ratio, **wanted), [table(new)], kept)


def acts(found: Brought) -> list[tuple[str, ...]]:
    """What was done: act, column, before, after."""
    return [(line.act, line.column, line.before, line.after) for line in found.lines]


def cells(found: Brought, *headings: str) -> list[tuple[str, ...]]:
    return [tuple(entry.cell(heading) for heading in headings) for entry in found.rows]
