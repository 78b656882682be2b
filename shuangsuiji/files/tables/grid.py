"""What a spreadsheet or a csv holds before anyone knows what it means: rows of raw cells, and what was seen of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_CELLS = 20_000_000
"""Rows × columns up to the last cell of one sheet that may be laid out in memory (about 900 MB)."""
MOST_BAD = 10_000
"""So many cells that cannot be read are told of one sheet."""


class BadCell(NamedTuple):
    """A cell that calamine reads as blank and is not: `text` is its error (#N/A), blank if a formula was not saved."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class Survey:
    """What a sheet's own XML or records tell that calamine does not: rows from 1, columns from 0.

    `far` names a stray cell so far away that the sheet cannot be laid out in memory. `merged`: first row and column,
    last row and column of each merged range. `cells`: of the rectangle that is laid out; `held`: those of them that
    hold something; `size`: bytes of text in them (see `weight`).
    """

    far: str | None = None
    bad: list[BadCell] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cells: int = 0
    held: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows` of equal length, `numbers` as the file's own program counts them."""

    sheet: str | None
    numbers: Sequence[int]
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    survey: Survey = field(default_factory=Survey)


def column_index(letters: str) -> int:
    """The index from 0 of the column that Excel calls `letters`.

    >>> column_index("A"), column_index("AA"), column_index("XFD")
    (0, 26, 16383)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
