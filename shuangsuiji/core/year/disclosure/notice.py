"""A notice before it has a shape: `files.documents` makes html, docx, xlsx and csv of it.

- `variables` are all that a template may use: texts, numbers, lists and dicts of them; `docs/templates.md` lists them.
- `tables` are what xlsx and csv hold; the first one is the notice's attachment.
- Nothing private is in here: no phone, no ID number, no reason of a conflict, no person's name that is not masked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.year.events import Happened, RiskCount
from shuangsuiji.core.year.state import State

Kind = Literal["plan", "items", "draw", "adjustments", "results", "penalties"]
KINDS: tuple[Kind, ...] = ("plan", "items", "draw", "adjustments", "results", "penalties")
BLANK = "/"
"""An empty cell of a published table."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What notices are made of. `pool`: the sealed one, or what sealing would give today.

    `checkpoint`: of the ledger as it was before this notice. `number`: the notice's own, 1 for the first of its kind.
    `happened`: what `state` is the fold of; only the notice of adjustments asks for it. `pool_changes`: what changed
    against the pool sealed before (rows of ``pool-changes.csv``); only the plan's notice asks for it, and for `risk`:
    what a reviewed sheet did, by rule.
    """

    plan: Plan
    rosters: Rosters
    state: State
    pool: Pool
    checkpoint: str
    on: date
    number: int = 1
    corrects: str = ""
    reason: str = ""
    happened: Sequence[Happened] = ()
    pool_changes: Sequence[Mapping[str, str]] = ()
    risk: Sequence[RiskCount] = ()


class Column(NamedTuple):
    """A column of a published table: its heading, and how wide it is in characters."""

    heading: str
    width: int


class Grid(NamedTuple):
    """A published table: `rows` are texts, one per column, never blank (`BLANK`)."""

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `tasks`: those it makes public, each with the digest of its row, so that a later change is seen."""

    kind: Kind
    number: int
    title: str
    on: date
    variables: Mapping[str, object]
    tables: tuple[Grid, ...]
    tasks: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """``results-1``: what the notice is called in the ledger, and its files on the site."""
        return f"{self.kind}-{self.number}"
