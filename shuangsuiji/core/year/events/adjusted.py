"""How tasks and teams change after the draw (S2 三): recusal, replacement with approvals, void.

`source` is blank for the own draw, ``R1`` … for a received list.
"""

from datetime import date
from typing import Literal

from shuangsuiji.core.year.events.base import Happening


class Recused(Happening):
    """An inspector steps back from a visit (行政处罚法第四十三条); `reason` is private. A duty, not an adjustment."""

    kind: Literal["recused"] = "recused"
    v: Literal[1] = 1
    on: date
    source: str
    visit: str
    subject: str
    inspector: str
    asked_by: Literal["inspector", "firm", "bureau"]
    reason: str
    document_no: str = ""


class ReplacementAsked(Happening):
    """Somebody cannot do `visits`; waits for the plan's approvals. `excess_document` covers going above the limit."""

    kind: Literal["replacement-asked"] = "replacement-asked"
    v: Literal[1] = 1
    on: date
    source: str
    adjustment: str
    inspector: str
    visits: tuple[str, ...]
    why: Literal["illness", "leave", "transfer", "other"]
    reason: str
    excess_document: str = ""


class Approved(Happening):
    """One of the plan's levels agreed to an adjustment, on paper."""

    kind: Literal["approved"] = "approved"
    v: Literal[1] = 1
    on: date
    adjustment: str
    level: str
    document_no: str


class AdjustmentClosed(Happening):
    """A replacement that will not be carried out, and counts no more: taken back, or nothing was left to replace."""

    kind: Literal["adjustment-closed"] = "adjustment-closed"
    v: Literal[1] = 1
    on: date
    adjustment: str
    why: Literal["withdrawn", "nothing-left"]
    reason: str = ""
    document_no: str = ""


class Change(Happening):
    """One place of one visit: `joins` takes the place of `leaves`. `adjustment` is blank where recusal caused it.

    `because`: ``chain`` marks those who moved to make room, and neither stepped back nor was replaced.
    """

    visit: str
    leaves: str
    joins: str
    because: Literal["recusal", "replacement", "chain"]
    adjustment: str = ""


class Redrawn(Happening):
    """A round of re-draws (protocol §8) with a seed of its own; `changes` in the order in which they were made.

    `unavailable`: whoever is in no team from this round on. `inspectors`: names of those who joined.
    """

    kind: Literal["redrawn"] = "redrawn"
    v: Literal[1] = 1
    on: date
    source: str
    round: int
    seed_line: str
    seed: str
    grade: Literal["public", "local", "given"]
    sources: tuple[str, ...]
    changes: tuple[Change, ...]
    unavailable: tuple[str, ...] = ()
    inspectors: dict[str, str] = {}


class Voided(Happening):
    """A task was closed by the superior (重卡、录入错误): it counts as 完结; nothing is deleted."""

    kind: Literal["voided"] = "voided"
    v: Literal[1] = 1
    on: date
    task: str
    why: Literal["duplicate", "entry-error", "other"]
    reason: str
    document_no: str
