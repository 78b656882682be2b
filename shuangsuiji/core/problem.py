"""A Problem: something in people's files that is wrong, where it is, and what to do about it.

Problems are values. They are collected and shown all at once; a check returns them, it does not print or raise.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

_LONGEST = 2000


class Place(NamedTuple):
    """Where in people's files: `row` as the file's own program numbers it (YAML: the line), `column` = the heading.

    >>> str(Place("rosters/subjects.xlsx", "公共场所", 7, "专业", "C"))
    'rosters/subjects.xlsx，工作表“公共场所”，第7行，“专业”列（C列）'
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    letter: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"“{self.column}”列" + (f"（{self.letter}列）" if self.letter else ""))
        return "，".join(parts)


class Problem(NamedTuple):
    """`code` is stable English for programs; `what` and `todo` are sentences for the clerk.

    An ``error`` stops a command before anything is written; a ``warning`` does not.
    """

    severity: Literal["error", "warning"]
    code: str
    place: Place
    what: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.what}{self.todo}"


def error(code: str, place: Place, what: str, todo: str = "") -> Problem:
    """A Problem that stops the command."""
    return Problem("error", code, place, _bounded(what), todo)


def warning(code: str, place: Place, what: str, todo: str = "") -> Problem:
    """A Problem that is shown and does not stop the command."""
    return Problem("warning", code, place, _bounded(what), todo)


def _bounded(what: str) -> str:
    """A sentence that quotes a cell of a hundred thousand characters, cut where it can be seen; its end is kept."""
    return what if len(what) <= _LONGEST else f"{what[: _LONGEST // 2]}……{what[-_LONGEST // 8 :]}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of `problems` that stop a command."""
    return [problem for problem in problems if problem.severity == "error"]
