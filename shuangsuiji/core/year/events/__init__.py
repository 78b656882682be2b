"""What can happen (participles). Each has a literal `kind` and a version; old lines stay readable for ever.

`on` = the day from which the law counts; when it was entered stands in the ledger's line (`Happened.at`).
"""

from typing import Annotated, Any, NamedTuple, cast

from pydantic import Field, TypeAdapter

from shuangsuiji.core.year.events.adjusted import Approved, Change, Recused, Redrawn, ReplacementAsked, Voided
from shuangsuiji.core.year.events.drawn import Drawn, DrawnSubject, DrawnVisit, DrawVoided, Received, Sealed
from shuangsuiji.core.year.events.recorded import EvidenceKept, MeasureTaken, Noted, Recorded, VisitedOtherwise

__all__ = [
    "Approved",
    "Change",
    "DrawVoided",
    "Drawn",
    "DrawnSubject",
    "DrawnVisit",
    "Event",
    "EvidenceKept",
    "Happened",
    "MeasureTaken",
    "Noted",
    "Received",
    "Recorded",
    "Recused",
    "Redrawn",
    "ReplacementAsked",
    "Sealed",
    "VisitedOtherwise",
    "Voided",
    "event_of",
    "stored",
]

Event = Annotated[
    Sealed
    | Drawn
    | DrawVoided
    | Received
    | Recused
    | ReplacementAsked
    | Approved
    | Redrawn
    | Voided
    | Recorded
    | EvidenceKept
    | MeasureTaken
    | VisitedOtherwise
    | Noted,
    Field(discriminator="kind"),
]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_validated = _EVENT.validator.validate_python
"""Called as it is, not through the adapter: a ledger may have a hundred thousand lines."""


class Happened(NamedTuple):
    """An event with its place in the ledger: the line (from 1), when it was entered (ISO) and by whom."""

    line: int
    at: str
    by: str
    event: Event


def event_of(stored: dict[str, Any]) -> Event:
    """The event that a ledger line stores. Raises pydantic's ValidationError for one that nobody knows."""
    return cast("Event", _validated(stored))


def stored(event: Event) -> dict[str, Any]:
    """The event as a ledger line stores it: plain JSON values."""
    return event.model_dump(mode="json")
