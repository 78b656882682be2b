"""The rows of all lists as one: what every later step of an import works on.

An `Entry` is a row on its way into the roster, with the row of the file that it comes from; a `Line` is one thing that
was done, as the report tells it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.problem import Place
from shuangsuiji.core.roster.matching import folded as _folded
from shuangsuiji.core.table import Table

folded = lru_cache(maxsize=1 << 18)(_folded)
"""A text as it is compared; the steps of an import ask for the same ones again and again."""

NAME: dict[Kind, str] = {"subjects": "单位名称", "inspectors": "姓名", "items": "抽查事项", "conflicts": "原因"}
"""By which a person recognises a row."""
ID: dict[Kind, str] = {"subjects": "对象编号", "inspectors": "执法证号", "items": "事项编码", "conflicts": "执法证号"}
CODE, LICENCE, STATUS = "统一社会信用代码", "许可证号", "状态"

Act = Literal[
    "changed",
    "specialty",
    "found",
    "numbered",
    "merged",
    "differs",
    "kept",
    "marked",
    "added",
    "updated",
    "gone",
    "back",
]
"""What was done: a cell reads differently, a specialty was assigned, a number was found by name, a row got a
number, rows were merged (and one of them said something else), rows alike were kept or marked; against the roster that
was there: a row is new, a cell has a new value, a row is no longer in the newest list, or is in it again."""


class Line(NamedTuple):
    """One row of the report; `column` is the roster's heading (blank: the row as a whole), `name` whose row it is."""

    act: Act
    place: Place
    name: str
    column: str
    before: str
    after: str
    why: str


class Entry(NamedTuple):
    """One row: `cells` by the roster's headings and local ones; where it comes from; `is_new` to the roster.

    `assigned`: its specialty is not its list's word but was told by keywords.
    """

    cells: dict[str, str]
    place: Place
    letters: dict[str, str]
    is_new: bool = True
    assigned: bool = False

    def cell(self, heading: str) -> str:
        """What stands under `heading`, blank where there is no such column."""
        return self.cells.get(heading, "")

    def at(self, heading: str) -> Place:
        """The place of one cell in the file that the row comes from."""
        return self.place._replace(column=heading, letter=self.letters.get(heading))

    def changed(self, cells: dict[str, str]) -> "Entry":
        """The same row with other cells."""
        return self._replace(cells={**self.cells, **cells})

    @property
    def shown(self) -> str:
        """Where the row stands, in short.

        >>> Entry({}, Place("a.xlsx", "公共场所", 7), {}).shown
        'a.xlsx“公共场所”第7行'
        """
        sheet = f"“{self.place.sheet}”" if self.place.sheet else ""
        return f"{self.place.file}{sheet}第{self.place.row}行"


def entries(tables: Iterable[Table], *, is_new: bool = True) -> list[Entry]:
    """The rows of all `tables` in their order."""
    found: list[Entry] = []
    for table in tables:
        names, letters = tuple(table.cells), dict(table.letters)
        if not names:  # all its columns were left out
            continue
        place = Place(table.file, table.sheet)
        for number, row in zip(table.numbers, zip(*table.cells.values(), strict=True), strict=True):
            found.append(Entry(dict(zip(names, row, strict=True)), place._replace(row=number), letters, is_new))
    return found


def headings(always: Iterable[str], rows: Iterable[Entry]) -> list[str]:
    """The columns of the roster: those it `always` has, then local ones in the order in which they came."""
    found = dict.fromkeys(always)
    for row in rows:
        if not row.cells.keys() <= found.keys():
            found.update(dict.fromkeys(row.cells))
    return list(found)
