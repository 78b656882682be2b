"""A row of an export: cells that know where they come from, so that what is missing can be said with its place.

- A column is data: its heading, how long it may be, whether it must hold something, and what form it has.
- A row with an error is never written; a warning goes with the row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.wording import FORMULA
from shuangsuiji.core.year.export.codes import Codes
from shuangsuiji.core.year.state import State


class Form(NamedTuple):
    """What a text must look like: a pattern, and the same in words."""

    pattern: str
    said: str


CREDIT_CODE = Form("[0-9A-HJ-NPQRTUWXY]{18}", "应为 18 位统一社会信用代码")
DIGITS_14 = Form("[0-9]{14}", "应为 14 位数字")
DIGITS_6 = Form("[0-9]{6}", "应为 6 位行政区划代码")


class Column(NamedTuple):
    """One column; `longest` in characters, 0 = no limit."""

    heading: str
    longest: int = 0
    required: bool = False
    form: Form | None = None


class Cell(NamedTuple):
    """A text, where it is kept, and what the clerk does to fill or mend it."""

    text: str
    place: Place = Place("")
    todo: str = ""
    about: str = ""


class Row(NamedTuple):
    """One row: the tasks that it reports, its texts in the order of the columns, and what is wrong with it."""

    tasks: tuple[str, ...]
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it may be written."""
        return not errors(self.problems)


class Export(NamedTuple):
    """All rows of one kind. `problems`: what concerns none of them alone."""

    kind: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    problems: Sequence[Problem] = ()

    @property
    def sound(self) -> list[Row]:
        """The rows that may be written."""
        return [row for row in self.rows if row.is_sound]

    @property
    def all_problems(self) -> list[Problem]:
        """Every Problem once: what several rows lack (a code, say) is told once, with how many rows it holds up."""
        found: dict[Problem, list[str]] = {}
        for row in self.rows:
            for problem in row.problems:
                found.setdefault(problem, []).append(row.tasks[0])
        told = [
            problem._replace(what=f"{problem.what}涉及 {len(tasks)} 行，如任务 {tasks[0]}。")
            if len(tasks) > 1
            else problem
            for problem, tasks in found.items()
        ]
        return [*self.problems, *told]


@dataclass(frozen=True, slots=True)
class Material:
    """What exports are made of. `names` of subjects as the pool has them; `now`: local time."""

    plan: Plan
    state: State
    rosters: Rosters
    names: Mapping[str, str]
    codes: Codes
    now: datetime
    by: str


class Period(NamedTuple):
    """From when until when, both days included, as YYYY-MM-DD; blank = no limit."""

    since: str = ""
    until: str = ""

    def has(self, day: str) -> bool:
        """Whether `day` (a date or a moment) lies in it."""
        return (not self.since or day[:10] >= self.since) and (not self.until or day[:10] <= self.until)


def checked(columns: Sequence[Column], cells: Mapping[str, Cell]) -> Iterator[Problem]:
    """What is wrong with the cells of one row, column by column. A column without a cell is blank."""
    for column in columns:
        cell = cells.get(column.heading, Cell(""))
        text, about = cell.text, cell.about
        place = cell.place if cell.place.file else Place("导出", column=column.heading)
        if not text:
            if column.required:
                yield error("export-missing", place, f"{about}缺少导出必填的“{column.heading}”。", cell.todo)
            continue
        if column.longest and len(text) > column.longest:
            what = f"{about}“{column.heading}”有 {len(text)} 个字，最多 {column.longest} 个字。"
            yield error("export-too-long", place, what, cell.todo)
        if column.form and not re.fullmatch(column.form.pattern, text):
            what = f"{about}“{column.heading}”的“{text[:40]}”不合规定，{column.form.said}。"
            yield error("export-form", place, what, cell.todo)
        if text.startswith(FORMULA):
            what = f"{about}“{column.heading}”以“{text[0]}”开头，用 Excel 打开导出的文件时可能被当成公式。"
            yield error("export-formula", place, what, cell.todo)


def row_of(
    tasks: Sequence[str], columns: Sequence[Column], cells: Mapping[str, Cell], more: Sequence[Problem] = ()
) -> Row:
    """The row that `cells` make, checked; `more`: Problems found on the way."""
    unknown = cells.keys() - {column.heading for column in columns}
    if unknown:
        raise LookupError(f"no such column: {sorted(unknown)}")
    texts = tuple(cells[column.heading].text if column.heading in cells else "" for column in columns)
    return Row(tuple(tasks), texts, (*more, *checked(columns, cells)))
