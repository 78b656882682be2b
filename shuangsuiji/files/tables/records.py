"""A yaml roster becomes a Table: a list of records, each with headings as its keys; a row's number is its line."""

from collections.abc import Sequence
from typing import Any

from shuangsuiji.core.heading import known_as, lookup
from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.table import Column, Table
from shuangsuiji.core.wording import tidy
from shuangsuiji.files.tables.cells import texts
from shuangsuiji.files.tables.headings import missing
from shuangsuiji.files.yamltree import Tree, parse_yaml

_SHAPE = "每条记录以“- ”开头，下面每行写“标题: 内容”。"


def read(data: bytes, file: str, columns: Sequence[Column]) -> tuple[list[Table], list[Problem]]:
    """The one Table that a yaml file holds."""
    tree, lines, problems = parse_yaml(data, file)
    if problems:
        return [], problems
    path: tuple[int | str, ...] = ()
    if isinstance(tree, dict) and len(tree) == 1:
        path, tree = tuple(tree), next(iter(tree.values()))
    if not isinstance(tree, list | None):
        return [], [error("not-a-list", Place(file, row=1), "内容不是一条条的记录。", _SHAPE)]

    records: list[Any] = tree or []
    numbers = [lines[*path, index] for index in range(len(records))]
    ways = lookup(columns)
    raw: dict[str, list[str]] = {}
    where: dict[tuple[str, int], Place] = {}
    for index, record in enumerate(records):
        if not isinstance(record, dict):
            at = Place(file, row=numbers[index])
            problems.append(error("not-a-record", at, "这一条不是“标题: 内容”的样子。", _SHAPE))
            continue
        for key, value in record.items():
            column = known_as(key, ways)
            heading = column.heading if column else tidy(key)
            at = Place(file, row=lines[*path, index, key], column=heading)
            if (heading, index) in where:
                what = f"这一条里“{heading}”写了两次（“{key}”也是它）。"
                problems.append(error("duplicate-key", at, what, "请只保留一个。"))
            where[heading, index] = at
            text, wrong = _cell(value, at, is_list=bool(column and column.kind in {"list", "ids"}))
            raw.setdefault(heading, [""] * len(records))[index] = text
            problems += wrong
    cells, wrong = _columns(raw, where, columns)
    problems += wrong
    if records:
        absent = (column for column in columns if column.required and column.heading not in raw)
        problems += [missing(column, list(raw), Place(file, row=numbers[0])) for column in absent]
    return [Table(file, None, numbers, cells, {})], sorted(problems, key=lambda problem: problem.place.row or 0)


def _columns(
    raw: dict[str, list[str]], where: dict[tuple[str, int], Place], columns: Sequence[Column]
) -> tuple[dict[str, Sequence[str]], list[Problem]]:
    kinds = {column.heading: column.kind for column in columns}
    cells: dict[str, Sequence[str]] = {}
    problems = []
    for heading, values in raw.items():
        cells[heading], faults = texts(kinds.get(heading, "text"), values)
        problems += [error(fault.code, where[heading, index], fault.what, fault.todo) for index, fault in faults]
    return cells, problems


def _cell(value: Tree, at: Place, *, is_list: bool) -> tuple[str, list[Problem]]:
    """A record's value as one text; a list only where its column holds several."""
    match value:
        case None:
            return "", []
        case str():
            return value, []
        case list() if is_list and all(isinstance(part, str) for part in value):
            return "；".join(value), []
        case list() if not is_list:
            return "", [error("nested-value", at, "这里只能写一个值，却写了一列。", "请直接写在冒号后面。")]
        case _:
            return "", [error("nested-value", at, "这里又套了一层“标题: 内容”。", "请直接写在冒号后面；缩进要一致。")]
