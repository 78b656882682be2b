"""Whether a roster that is to be written is one that `ssj check` takes: its errors, at the cells they come from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.importing.entry import NAME, Entry
from shuangsuiji.core.importing.numbering import SECOND
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.importing.specialties import untold
from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.roster.conflict import conflicts
from shuangsuiji.core.roster.inspector import inspectors
from shuangsuiji.core.roster.item import items
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.core.table import Table

_NEVER = "9999-12-31"
_WARNED_OF = frozenset({"许可证有效期", "上次检查日期", "证件有效期"})
"""Columns of which nothing is an error: warnings depend on the day and are for `ssj check`."""

_ALL = frozenset({"全部", "所有", "各", "全", "不限"})
_LONGEST_CELL, _LONGEST_NAME = 32_767, 300
_SHOWN = 20


class Known(NamedTuple):
    """The ids of the other rosters, by which conflicts are judged; `by_code`: 统一社会信用代码 → ids."""

    inspectors: frozenset[str]
    subjects: frozenset[str]
    by_code: Mapping[str, set[str]]


class _Number(int):
    """A row's number in its file that remembers the row; said with its file where there are several."""

    entry: Entry
    several: bool

    def __str__(self) -> str:
        place = self.entry.place
        where = "".join(filter(None, (place.file, place.sheet and f"“{place.sheet}”")))
        return f"{place.row}（{where}）" if self.several else f"{place.row}"


def judge(kind: Kind, headings: Sequence[str], rows: Sequence[Entry], known: Known | None = None) -> list[Problem]:
    """The errors of `rows` as a roster; each at the row and column of the file that it comes from."""
    columns = {
        heading: [row.cells.get(heading, "") for row in rows] for heading in headings if heading not in _WARNED_OF
    }
    several = len({row.place[:2] for row in rows}) > 1
    numbers = [_number(row, several=several) for row in rows]
    found = _errors(kind, Table("", None, numbers, columns, {}), known)
    told = [_at_source(problem) for problem in found if not _is_told(kind, problem)]
    return [*told, *_all_specialties(kind, rows), *_too_long(kind, rows, columns)]


def _all_specialties(kind: Kind, rows: Sequence[Entry]) -> Iterator[Problem]:
    """Inspectors of “all specialties”: which these are, only people know."""
    for row in rows if kind == "inspectors" else ():
        said = row.cell("专业")
        if said.removesuffix("专业") in _ALL:
            what = f"“{row.cell(NAME[kind])}”的专业写的是“{said}”，看不出是哪几个专业。"
            yield error("all-specialties", row.at("专业"), what, "请逐个写明，用“；”分开，如 公共场所；学校卫生。")


def _too_long(kind: Kind, rows: Sequence[Entry], columns: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Cells that no workbook could hold whole, and names that are none."""
    for heading, cells in columns.items():
        most = _LONGEST_NAME if heading == NAME[kind] and kind != "conflicts" else _LONGEST_CELL
        for row in rows if max(map(len, cells), default=0) > most else ():
            if len(text := row.cell(heading)) > most:
                what = f"“{text[:_SHOWN]}……”有 {len(text)} 个字，最多 {most} 个。"
                yield error("too-long", row.at(heading), what, "像是几格、几行并成了一格，请核对来源。")


def _is_told(kind: Kind, problem: Problem) -> bool:
    """Whether a row lacks a cell only because it lacks the name, by which it would be numbered and told."""
    row, column = problem.place.row, problem.place.column
    if kind not in SECOND or not isinstance(row, _Number) or column is None or column == NAME[kind]:
        return False
    return not row.entry.cell(NAME[kind]) and not row.entry.cell(column)


def _number(row: Entry, *, several: bool) -> _Number:
    number = _Number(row.place.row or 0)
    number.entry, number.several = row, several
    return number


def _errors(kind: Kind, table: Table, known: Known | None) -> Iterator[Problem]:
    match kind:
        case "subjects":
            problems = subjects([table], _NEVER)[1]
        case "inspectors":
            problems = inspectors([table], _NEVER)[1]
        case "items":
            problems = items([table])[1]
        case "conflicts":
            problems = conflicts([table], *known)[1] if known else []
    return (problem for problem in problems if problem.severity == "error")


def _at_source(problem: Problem) -> Problem:
    if not isinstance(problem.place.row, _Number):
        return problem
    row = problem.place.row.entry
    if problem.code == "blank-specialty" and row.is_new and row.cell("单位名称"):
        return untold(row)
    heading = problem.place.column
    return problem._replace(place=row.at(heading) if heading else row.place)
