"""Where tasks come from: drawn here, or received from whoever drew elsewhere."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from shuangsuiji.core.year.events.base import STRICT, Happening


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DrawnVisit:
    """One visit: the strata it covers and its team. `department` only where inspection is joint."""

    visit: str
    subject: str
    strata: tuple[str, ...]
    team: tuple[str, ...]
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DrawnSubject:
    """A drawn subject with why: ``must``, ``coverage`` or ``random``."""

    subject: str
    why: Literal["must", "coverage", "random"]


class AdjustmentRule(Happening):
    """How far teams may be changed, and who must agree, as the plan said when the tasks came into being."""

    limit: str
    of: Literal["inspectors", "places"]
    approvals: tuple[str, ...] = ()


class Drawn(Happening):
    """The draw: seed, whom it drew (by stratum, in ticket order), visits and teams.

    `inspectors`: the names of those on teams, as they were. `unevenness`: growing sets of inspectors, each the proof
    that its load could not be shared with others (protocol §7). `adjustment`, `seed_mode`: the plan's rules for the
    year that follows; None on old lines. `clocks`: period, limits and platform of the plan, as one text.
    `sheets`: whether task sheets were made with it.
    """

    kind: Literal["drawn"] = "drawn"
    v: Literal[1] = 1
    on: date
    draw: str
    year: int
    pool_digest: str
    seed_line: str
    seed: str
    grade: Literal["public", "local", "given"]
    sources: tuple[str, ...]
    drawn: dict[str, tuple[DrawnSubject, ...]]
    visits: tuple[DrawnVisit, ...]
    inspectors: dict[str, str]
    unevenness: tuple[tuple[str, ...], ...] = ()
    sheets: bool = True
    adjustment: AdjustmentRule | None = None
    seed_mode: Literal["local", "given", "public"] | None = None
    clocks: str = ""


class DrawVoided(Happening):
    """The draw was declared void, on paper; its result stays in the ledger."""

    kind: Literal["draw-voided"] = "draw-voided"
    v: Literal[1] = 1
    on: date
    draw: str
    reason: str
    document_no: str


class Received(Happening):
    """A task list that a higher level drew became tasks. We cannot verify its draw.

    `source` names the list here (``R1``, ``R2`` …); its visits are called ``R1/SUBJECT``, its tasks
    ``R1/STRATUM/SUBJECT``. `subjects`: by stratum. `names`: what the list calls its subjects. `unmatched`: subjects
    that our roster does not know; `addresses`: theirs, as the list gives them, for nobody else knows where to go.
    The pool of that digest (``received/R1/pool``) is what a re-draw of its teams reads. `besides`: lists with the same
    paper, or the same rows, beside which the clerk declared this one to be a further list. `adjustment`, `seed_mode`,
    `sheets`: as in `Drawn`.
    """

    kind: Literal["received"] = "received"
    v: Literal[1] = 1
    on: date
    source: Annotated[str, Field(min_length=1)]  # blank is the own draw
    year: int
    drawn_by: str
    document_no: str
    file: str
    sha256: str
    pool_digest: str
    subjects: dict[str, tuple[str, ...]]
    names: dict[str, str]
    visits: tuple[DrawnVisit, ...]
    inspectors: dict[str, str]
    unmatched: tuple[str, ...] = ()
    addresses: dict[str, str] = {}
    sheets: bool = True
    besides: tuple[str, ...] = ()
    adjustment: AdjustmentRule | None = None
    seed_mode: Literal["local", "given", "public"] | None = None
    clocks: str = ""


class Issued(Happening):
    """The tasks of `source` were issued (下达) some time after draw or receipt: on sheets, or otherwise (`text`)."""

    kind: Literal["issued"] = "issued"
    v: Literal[1] = 1
    on: date
    source: str
    how: Literal["sheets", "otherwise"]
    text: str = ""


class ListVoided(Happening):
    """A received list was taken back, on paper: wrong plan, or by mistake. It stays in the ledger."""

    kind: Literal["list-voided"] = "list-voided"
    v: Literal[1] = 1
    on: date
    source: str
    reason: str
    document_no: str
