"""What can happen (participles). Each has a literal `kind` and a version; old lines stay readable for ever.

`on` = the date from which the law counts; when it was entered stands in the ledger's line.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sealed(_Event):
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


class DrawnVisit(_Event):
    """One visit of a draw: the strata it covers and its team. `department` only where inspection is joint."""

    visit: str
    subject: str
    strata: tuple[str, ...]
    team: tuple[str, ...]
    department: str = ""


class DrawnSubject(_Event):
    """A drawn subject with why: ``must``, ``coverage`` or ``random``."""

    subject: str
    why: Literal["must", "coverage", "random"]


class Drawn(_Event):
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


class DrawVoided(_Event):
    """The draw was declared void, on paper; its result stays in the ledger."""

    kind: Literal["draw-voided"] = "draw-voided"
    v: Literal[1] = 1
    on: date
    draw: str
    reason: str
    document_no: str


Event = Annotated[Sealed | Drawn | DrawVoided, Field(discriminator="kind")]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def event_of(stored: dict[str, Any]) -> Event:
    """The event that a ledger line stores. Raises pydantic's ValidationError for one that nobody knows."""
    return _EVENT.validate_python(stored)


def stored(event: Event) -> dict[str, Any]:
    """The event as a ledger line stores it: plain JSON values, ASCII keys where they are hashed."""
    return event.model_dump(mode="json", exclude_defaults=False)
