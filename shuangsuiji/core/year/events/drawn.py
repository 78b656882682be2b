"""Where tasks come from: sealed and drawn here, or received from whoever drew elsewhere."""

from datetime import date
from typing import Literal

from shuangsuiji.core.year.events.base import Happening


class Sealed(Happening):
    """The pool was frozen: its digest, the day on which certificates and licences were judged, and its sources.

    `sources`: SHA-256 of the plan and the rosters as they were read, by file name.
    """

    kind: Literal["sealed"] = "sealed"
    v: Literal[1] = 1
    on: date
    draw: str
    year: int
    pool_digest: str
    as_of: date
    sources: dict[str, str]


class DrawnVisit(Happening):
    """One visit: the strata it covers and its team. `department` only where inspection is joint."""

    visit: str
    subject: str
    strata: tuple[str, ...]
    team: tuple[str, ...]
    department: str = ""


class DrawnSubject(Happening):
    """A drawn subject with why: ``must``, ``coverage`` or ``random``."""

    subject: str
    why: Literal["must", "coverage", "random"]


class Drawn(Happening):
    """The draw: seed, whom it drew (by stratum, in ticket order), visits and teams.

    `inspectors`: the names of those on teams, as they were. `unevenness`: growing sets of inspectors, each the proof
    that its load could not be shared with others (protocol §7).
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
    The pool of that digest (``received/R1/pool``) is what a re-draw of its teams reads.
    """

    kind: Literal["received"] = "received"
    v: Literal[1] = 1
    on: date
    source: str
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
