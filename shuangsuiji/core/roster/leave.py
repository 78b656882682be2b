"""Leave (请假、培训、借调): on which days an inspector is away. Reasons stay private."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.table import Table

_WRITE = "请写成 2023-05-08 的样子，只请一天的，两个日期写同一天。"
_DAYS = ("开始日期", "结束日期")


class Leave(NamedTuple):
    """Away from `start` to `end`, both days included; `reason` is private."""

    inspector: str
    start: date
    end: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.start <= day <= self.end


def leaves(tables: Iterable[Table], inspectors: Collection[str]) -> tuple[list[Leave], list[Problem]]:
    """All rows of the list, and what is wrong with it. `inspectors`: all ids of the rosters.

    An id that no roster knows is an error: a typing mistake would silently send somebody who is away.
    """
    found: list[Leave] = []
    problems: list[Problem] = []
    for table in tables:
        for row in range(len(table)):
            faults = list(_faults(table, row, inspectors))
            problems += faults
            start, end = (_day(table, row, heading) for heading in _DAYS)
            if start and end and not faults:
                found.append(Leave(table.cell(row, "执法证号"), start, end, table.cell(row, "原因")))
    return found, problems


def _day(table: Table, row: int, heading: str) -> date | None:
    """The date there; None where there is none, or what the door has told to be none."""
    try:
        return date.fromisoformat(table.cell(row, heading))
    except ValueError:
        return None


def _faults(table: Table, row: int, inspectors: Collection[str]) -> Iterator[Problem]:
    inspector = table.cell(row, "执法证号")
    if not inspector and "执法证号" in table.cells:
        yield error("blank-id", table.place(row, "执法证号"), "没有填执法证号。", "请填写是谁请假。")
    elif inspector not in inspectors:
        what = f"执法证号“{inspector}”不在执法检查人员名录库里。"
        yield error("leave-inspector", table.place(row, "执法证号"), what, "请核对号码。")
    days = [day for day in (_day(table, row, heading) for heading in _DAYS) if day]
    for heading in _DAYS:
        if heading in table.cells and not table.cell(row, heading):
            yield error("leave-date", table.place(row, heading), f"没有填{heading}。", _WRITE)
    if len(days) == 2 and days[1] < days[0]:  # noqa: PLR2004 - both
        what = f"结束日期 {days[1]} 早于开始日期 {days[0]}。"
        yield error("leave-order", table.place(row, "结束日期"), what, "请对调或改正。")
