"""Requests from a sheet, and what core refuses of them as Problems with their rows, all at once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.refusal import Faulty, Refusal
from shuangsuiji.core.table import Column, Table
from shuangsuiji.files.tables import read_tables


class _Placed(Protocol):
    @property
    def place(self) -> Place | None: ...


Request = TypeVar("Request", bound=_Placed)
Answer = TypeVar("Answer")


def from_sheet(
    path: Path, columns: Sequence[Column], reader: Callable[[Sequence[Table]], tuple[list[Request], list[Problem]]]
) -> list[Request]:
    """The requests in the file `path`. Raises Faulty with all that is wrong with it."""
    tables, problems = read_tables(path, path.name, columns)
    found, wrong = reader(tables)
    problems = [*problems, *wrong]
    if not errors(problems) and not found:
        problems.append(error("empty-sheet", Place(path.name), "表里一行也没有。", "请填写后再运行。"))
    _refuse(problems)
    return found


def each(requests: Sequence[Request], decide: Callable[[Request], Answer]) -> list[Answer]:
    """What `decide` says of each. A refusal of a row is a Problem of that row; of a typed request, itself."""
    answers: list[Answer] = []
    problems: list[Problem] = []
    for request in requests:
        try:
            answers.append(decide(request))
        except Refusal as refusal:
            if request.place is None:
                raise
            problems.append(error(refusal.code, request.place, refusal.what, refusal.todo))
    _refuse(problems)
    return answers


def _refuse(problems: Sequence[Problem]) -> None:
    if errors(problems):
        faulty = Faulty(problems)
        faulty.what = "表格有错误，没有写入任何内容。"
        raise faulty
