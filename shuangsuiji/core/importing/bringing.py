"""From the normalised lists to the roster that is to be written, step by step; every step says what it did.

rows → specialties (of conflicts: whom they name) → merge → update against the roster that is there → numbers → what
may be double → judged as a roster
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shuangsuiji.core.importing import duplicates, numbering, specialties
from shuangsuiji.core.importing.duplicates import Policy
from shuangsuiji.core.importing.entry import Entry, Line, entries, headings
from shuangsuiji.core.importing.fields import COLUMNS, NAMED
from shuangsuiji.core.importing.judging import Known, judge
from shuangsuiji.core.importing.likeness import Alike
from shuangsuiji.core.importing.meant import Books, identify
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.importing.remarks import gone
from shuangsuiji.core.importing.updating import update
from shuangsuiji.core.problem import Place, Problem, errors
from shuangsuiji.core.table import Table


class Wanted(NamedTuple):
    """How to import. `policy` None: what is one beyond doubt is merged, the rest is marked."""

    kind: Kind
    rules: specialties.Rules
    alike: Alike
    specialty: str = ""
    policy: Policy | None = None
    partial: bool = False
    known: Known | None = None
    books: Books | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """The roster: its columns and rows; what was done to come to it; errors, for which nothing may be written.

    `count`: rows by what became of them (``read``, ``merged``, ``numbered``, ``marked``, ``added`` …).
    """

    headings: Sequence[str]
    rows: Sequence[Entry]
    lines: Sequence[Line]
    problems: Sequence[Problem]
    count: Counter[str] = field(default_factory=Counter)


def bring(wanted: Wanted, tables: Iterable[Table], old: Iterable[Table] | None) -> Brought:
    """The roster that `tables` make, or that `old` becomes by them."""
    kind = wanted.kind
    rows = entries(tables)
    count = Counter({"read": len(rows)})
    lines: list[Line] = []
    untold: Sequence[Problem] = ()
    if kind != "conflicts":
        rows, said = specialties.assign(rows, wanted.rules, wanted.specialty, told=kind != "subjects")
        lines += said
    else:
        rows, said, untold = identify(rows, wanted.books)
        lines += said
    alike = duplicates.certain(kind, rows)
    together = [twins for twins in alike if twins.must or wanted.policy in {None, "merge"}]
    rows, said = duplicates.merge(kind, rows, together)
    lines += said
    kept = entries(old, is_new=False) if old is not None else None
    if kept is not None:
        updated = update(kind, kept, rows, partial=wanted.partial)
        rows, count = updated.rows, count + updated.counted
        idle = updated.given_way
        lines = [line for line in lines if line.act != "specialty" or _row(line.place) not in idle] + updated.lines
    rows, said = numbering.number(kind, rows)
    lines += said
    doubtful = duplicates.likely(kind, rows, wanted.alike)
    rows, said = duplicates.mark(kind, rows, doubtful, wanted.policy or "mark")
    lines += said
    count.update(
        line.act for line in lines if line.act in {"specialty", "found", "numbered", "merged", "marked", "kept"}
    )
    count["rows"] = len(rows)
    own = (column.heading for column in COLUMNS[kind] if kind != "conflicts" or column not in NAMED)
    names = headings(own, rows)
    wrong = {problem.place[:3] for problem in errors(untold)}
    judged = [row for row in rows if row.place[:3] not in wrong] if wrong else rows
    problems = [*untold, *judge(kind, names, judged, wanted.known), *gone(kind, rows)]
    return Brought(names, rows, lines, problems, count)


def _row(place: Place) -> Place:
    return place._replace(column=None, letter=None)


def undecided(wanted: Wanted, tables: Iterable[Table]) -> list[duplicates.Twins]:
    """The groups for which a policy is asked: one beyond doubt, though their lists do not number them."""
    return [twins for twins in duplicates.certain(wanted.kind, entries(tables)) if not twins.must]
