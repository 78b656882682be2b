"""Items (随机抽查事项): the published list of what may be inspected, and on what legal basis (S1 三)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.table import Table

_NEEDED = ("事项编码", "抽查事项", "专业", "抽查依据", "抽查内容")


class Item(NamedTuple):
    """One row of the list."""

    code: str
    name: str
    specialty: str
    basis: str
    body: str
    content: str
    method: str
    ratio: str
    frequency: str
    category: str
    objects: str
    tests: str
    demand: str


_HEADINGS = ("事项编码", "抽查事项", "专业", "抽查依据", "抽查主体", "抽查内容", "抽查方式", "抽查比例", "抽查频次")
_OPTIONAL = ("事项类别", "检查对象", "检测项目", "抽查要求")


def items(tables: Iterable[Table]) -> tuple[list[Item], list[Problem]]:
    """All items of the list in their order, and what is wrong with them."""
    found: list[Item] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for table in tables:
        for index, row in enumerate(zip(*map(table.column, (*_HEADINGS, *_OPTIONAL)), strict=True)):
            item = Item(*row)
            found.append(item)
            problems.extend(_faults(table, index, item, seen))
            seen.add(item.code)
    return found, problems


def _faults(table: Table, index: int, item: Item, seen: set[str]) -> Iterator[Problem]:
    for heading in _NEEDED:
        if heading in table.cells and not table.cell(index, heading):
            what = f"事项“{item.name or item.code}”的{heading}空着。"
            yield error("blank-item", table.place(index, heading), what, "请补上。")
    if item.code and item.code in seen:
        what = f"事项编码 {item.code} 重复。"
        yield error("duplicate-item", table.place(index, "事项编码"), what, "请改正编码或删去重复的一行。")
