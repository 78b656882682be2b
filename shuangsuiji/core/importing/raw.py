"""What passes between the steps of an import: sheets as they are, laid out, matched, normalised.

read (`files.importing.reading`) → `RawSheet` → `lay_out` → `Layout` → `match` → `Mapping` → `normalise` → `Normalised`

- Nothing is guessed: what cannot be told is a Problem with its cell, or `Unsure` and asked.
- Nothing is changed silently: every cell that reads differently is a `Change`, every row left out a `Skipped`.
- Row numbers are the file's own, from 1; columns are counted from 0 and shown by their letters.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from shuangsuiji.core.problem import Place, Problem
from shuangsuiji.core.table import Table
from shuangsuiji.core.wording import tidy

_SHORT = 20
Kind = Literal["subjects", "inspectors", "items", "conflicts"]
"""Which roster a file is imported as."""

Row = tuple[int, tuple[str, ...]]
"""A row's number in the file and its cells, as many as the sheet is wide."""


class Merged(NamedTuple):
    """A merged range, its ends included; only its first cell has a text."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as the file has it, blank rows included, no text tidied.

    `numeric`: by column, the rows whose cell is a number and no text. `bad`: what stands in cells that failed
    (``#N/A``), blank for a formula that was never calculated, by row and column. `how` says how a text file was read.
    """

    file: str
    sheet: str | None
    rows: Sequence[Row]
    merged: Sequence[Merged] = ()
    numeric: Map[int, frozenset[int]] = field(default_factory=dict)
    bad: Map[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    how: str = ""

    def place(self, row: int | None = None, heading: str | None = None, letter: str | None = None) -> Place:
        """A place in this sheet."""
        return Place(self.file, self.sheet, row, heading, letter)


Reason = Literal["title", "heading-again", "blank", "total", "area", "group", "section", "footnote", "example"]
"""Why a row is no row of the roster: a title or remark above the headings, the headings once more (or the columns'
numbers), an area or a group whose name goes to the rows below, a section that says we do not know what, …"""


class Skipped(NamedTuple):
    """Rows `first` to `last` are left out: `text` is what stands there (of the first of them)."""

    first: int
    last: int
    reason: Reason
    text: str


class Filled(NamedTuple):
    """Cells of one column that got the text of the merged range or area row that stands in row `source`."""

    column: int
    rows: tuple[int, ...]
    source: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows of a sheet are its list, and what its columns are called.

    `heading_rows`: up to three, whose texts are joined by ``/`` (upper/lower); none where a list has no headings.
    `headings`: one for each column, blank where there is none. `rows`: those of the list, merged cells filled.
    `areas`: the 区域 of each row by the area rows above it (blank: none yet); empty where there are no area rows.
    `groups`: likewise the 类别 of each row of a list of subjects by its group rows.
    A sheet that holds no list (notes, statistics, nothing) has no headings.
    """

    sheet: RawSheet
    heading_rows: tuple[int, ...]
    headings: tuple[str, ...]
    rows: Sequence[Row]
    areas: Sequence[str] = ()
    groups: Sequence[str] = ()
    skipped: Sequence[Skipped] = ()
    filled: Sequence[Filled] = ()
    problems: Sequence[Problem] = ()

    @property
    def is_list(self) -> bool:
        """Whether the sheet holds a list at all."""
        return bool(self.headings)

    @property
    def first_texts(self) -> Iterator[tuple[str, ...]]:
        """The texts of each row that holds several short ones, from the top: what may be headings."""
        for _, cells in self.sheet.rows:
            texts = tuple(filter(None, map(tidy, cells)))
            if len(texts) > 1 and all(len(text) <= _SHORT for text in texts):
                yield texts


How = Literal["given", "name", "near-name", "content", "local", "ordinal"]
"""By what a column got its field: ``--map``, its heading, one much like it, its cells; ``local`` columns keep their own
heading and are carried along, ``ordinal`` ones (序号) and columns without heading and content are left behind."""


class Matched(NamedTuple):
    """The `column`-th column of the `layout`-th Layout; `target` = the roster's heading, or its own if local."""

    layout: int
    column: int
    heading: str
    target: str
    how: How


class Candidate(NamedTuple):
    """What a column may be, how sure (0 to 1) and why, in a few words of Chinese."""

    target: str
    score: float
    why: str


class Unsure(NamedTuple):
    """A column of which only the clerk can say what it is (ask, or ``--map``); until then it is local.

    `place` is the heading's; `samples` are up to five different texts of its cells.
    """

    layout: int
    column: int
    heading: str
    letter: str
    place: Place
    candidates: tuple[Candidate, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column is which, of all Layouts, in their order; `problems` are conflicts and columns that are missing.

    `left_out`: the Layouts that turned out to be no list of this kind (statistics beside the list).
    """

    kind: Kind
    matched: Sequence[Matched]
    unsure: Sequence[Unsure] = ()
    problems: Sequence[Problem] = ()
    left_out: tuple[int, ...] = ()

    def targets(self, layout: int) -> dict[int, str]:
        """The roster's heading (or a local one) for each column of the `layout`-th Layout that is carried over."""
        return {one.column: one.target for one in self.matched if one.layout == layout and one.how != "ordinal"}


Why = Literal[
    "blanks",
    "line-break",
    "invisible",
    "width",
    "brackets",
    "date",
    "phone",
    "upper-case",
    "code",
    "separator",
    "simplified",
    "merged",
    "area",
    "group",
    "count",
    "percent",
    "last-day",
    "first-day",
    "last-of-range",
    "placeholder",
    "look-alike",
    "mark",
]
"""Why a cell reads differently; `normalise.WHY` has the Chinese sentence of each."""


class Change(NamedTuple):
    """One cell that reads differently now. `place.column` is the source's heading; `target` the roster's.

    `place` tells file, sheet, row, column and letter; `before` is the text as the file has it (blank for cells that
    were filled from a merged range or an area row).
    """

    place: Place
    target: str
    before: str
    after: str
    why: tuple[Why, ...]


class Fault(NamedTuple):
    """A cell that cannot be read for what it should hold; `code` is stable English."""

    code: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Normalised:
    """The list of one Layout as a Table whose columns are the roster's headings (then local ones), and what was done.

    A cell that is a Problem (error) keeps the text that stands in the file, tidied.
    """

    table: Table
    changes: Sequence[Change]
    problems: Sequence[Problem]
