"""Figures before they have a shape: a table of typed cells, from which html, docx and xlsx take the same numbers.

A cell is a text, a count, an amount of yuan, a rate, or None where there is nothing to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from shuangsuiji.core.year.progress import Rate

Cell = str | int | Decimal | Rate | None
Row = tuple[Cell, ...]
BLANK = "/"


class Column(NamedTuple):
    """`key`: what templates call it; `width` in half-width characters, for sheets."""

    key: str
    heading: str
    width: int = 10
    kind: Literal["text", "count", "rate", "yuan", "moment"] = "count"


class Table(NamedTuple):
    """A table of the report: `rows` and `total` have a cell per column; `note`: how its rates are reckoned."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row = ()
    note: str = ""

    def as_variables(self, number: int) -> dict[str, object]:
        """What templates show of it."""
        return {
            "number": number,
            "caption": self.caption,
            "note": self.note,
            "rows": [self._shown(row) for row in self.rows],
            "totals": [self._shown(self.total)] if self.total else [],
        }

    def _shown(self, row: Row) -> dict[str, str]:
        return {column.key: shown(cell) for column, cell in zip(self.columns, row, strict=True)}


def shown(cell: Cell) -> str:
    """A cell as people read it; a rate without its formula, for that stands in the columns beside it.

    >>> shown(Rate(843, 861)), shown(Decimal("2000.50")), shown(0), shown(None), shown("")
    ('97.91%', '2000.50', '0', '/', '/')
    """
    match cell:
        case Rate():
            return cell.percent
        case Decimal():
            return f"{cell:f}"
        case None | "":
            return BLANK
        case _:
            return str(cell)


def yuan(amounts: Iterable[str]) -> Decimal:
    """The sum of amounts as recorded, exact; blank ones are none.

    >>> yuan(["2000", "0.10", "0.20", ""])
    Decimal('2000.30')
    """
    return sum((Decimal(amount) for amount in amounts if amount), Decimal(0))


def listed(count: Mapping[str, int], unit: str = "项") -> str:
    """Counts in words; blank where all are 0.

    >>> listed({"已关闭": 3, "已搬迁": 0, "其他": 1})
    '已关闭3项、其他1项'
    """
    return "、".join(f"{name}{number}{unit}" for name, number in count.items() if number)
