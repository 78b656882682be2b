"""A table as people keep it: columns found by their headings, every cell a text, every row with its own number.

The doors (`files.tables`) make Tables; `core.roster` reads them. What a column may be called and what it holds is
declared as data (`Column`), so that a new column is one line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from shuangsuiji.core.problem import Place

Kind = Literal["id", "ids", "text", "list", "date", "count"]
"""How the door treats a cell: ``id`` refuses numbers, ``date`` is turned into YYYY-MM-DD where it can be, ``count``
into the text of an integer, ``list`` is text whose parts are joined by ；, ``ids`` are several ids joined likewise."""


class Column(NamedTuple):
    """One heading: its usual variants, what it holds, and whether a table without it is refused."""

    heading: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `numbers` are the rows' numbers in the file, `cells` its columns by heading, all of equal length.

    A heading that no Column knows stands under its own text. A blank cell is ``""``.
    """

    file: str
    sheet: str | None
    numbers: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    letters: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, heading: str) -> Sequence[str]:
        """The cells under `heading`, blank ones where the table has no such column."""
        return self.cells[heading] if heading in self.cells else [""] * len(self.numbers)

    def cell(self, index: int, heading: str) -> str:
        """The cell of the `index`-th row under `heading`, blank where the table has no such column."""
        return self.cells[heading][index] if heading in self.cells else ""

    def place(self, index: int, heading: str | None = None) -> Place:
        """Where the cell of the `index`-th row under `heading` stands in the file."""
        letter = self.letters.get(heading) if heading else None
        return Place(self.file, self.sheet, self.numbers[index], heading, letter)


def column_letter(index: int) -> str:
    """The letters of the `index`-th column, from 0, as Excel shows them.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(ord("A") + rest) + letters
        index -= 1
    return letters


def spans(numbers: Iterable[int], most: int = 5) -> str:
    """Row numbers as a clerk would say them.

    >>> spans([3, 4, 5, 9])
    '第3–5、9行'
    """
    ordered = sorted(numbers)
    starts = [0, *(place for place, (one, two) in enumerate(pairwise(ordered), 1) if two != one + 1), len(ordered)]
    runs = [(ordered[start], ordered[stop - 1]) for start, stop in pairwise(starts)]
    said = "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:most])
    return f"第{said}行" + ("等" if len(runs) > most else "")
