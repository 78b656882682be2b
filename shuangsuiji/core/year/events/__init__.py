"""What can happen (participles). Each has a literal `kind` and a version; old lines stay readable for ever.

`on` = the day from which the law counts; when it was entered stands in the ledger's line (`Happened.at`).
"""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, cast

from pydantic import Field, TypeAdapter, ValidationError

from shuangsuiji.core.ledger.chain import BrokenChain, Entry, entry_of, links
from shuangsuiji.core.year.events.adjusted import (
    AdjustmentClosed,
    Approved,
    Change,
    Recused,
    Redrawn,
    ReplacementAsked,
    Voided,
)
from shuangsuiji.core.year.events.drawn import (
    AdjustmentRule,
    Drawn,
    DrawnSubject,
    DrawnVisit,
    DrawVoided,
    Issued,
    ListVoided,
    Received,
)
from shuangsuiji.core.year.events.published import Placed, Published
from shuangsuiji.core.year.events.recorded import EvidenceKept, MeasureTaken, Noted, Recorded, VisitedOtherwise
from shuangsuiji.core.year.events.scheduled import PlannedVisit, Scheduled
from shuangsuiji.core.year.events.sealing import (
    KeyRevealed,
    PoolChanges,
    RiskCount,
    Sealed,
    SealVoided,
    TimestampAttached,
)

__all__ = [
    "AdjustmentClosed",
    "AdjustmentRule",
    "Approved",
    "Change",
    "DrawVoided",
    "Drawn",
    "DrawnSubject",
    "DrawnVisit",
    "Event",
    "EvidenceKept",
    "Happened",
    "Issued",
    "KeyRevealed",
    "ListVoided",
    "MeasureTaken",
    "Noted",
    "Placed",
    "PlannedVisit",
    "PoolChanges",
    "Published",
    "Received",
    "Recorded",
    "Recused",
    "Redrawn",
    "ReplacementAsked",
    "RiskCount",
    "Scheduled",
    "SealVoided",
    "Sealed",
    "TimestampAttached",
    "VisitedOtherwise",
    "Voided",
    "event_of",
    "happened",
    "stored",
]

Event = Annotated[
    Sealed
    | Drawn
    | DrawVoided
    | Received
    | Issued
    | ListVoided
    | Recused
    | ReplacementAsked
    | Approved
    | AdjustmentClosed
    | Redrawn
    | Voided
    | Recorded
    | EvidenceKept
    | MeasureTaken
    | VisitedOtherwise
    | Noted
    | Scheduled
    | Published
    | Placed
    | SealVoided
    | KeyRevealed
    | TimestampAttached,
    Field(discriminator="kind"),
]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_validated, _read = _EVENT.validator.validate_python, _EVENT.validator.validate_json
"""Called as they are, not through the adapter: a ledger may have a hundred thousand lines."""


class Happened(NamedTuple):
    """An event with its place in the ledger: the line (from 1), when it was entered (ISO) and by whom."""

    line: int
    at: str
    by: str
    event: Event


def event_of(stored: dict[str, Any]) -> Event:
    """The event that a ledger line stores. Raises pydantic's ValidationError for one that nobody knows."""
    return cast("Event", _validated(stored))


def happened(content: bytes) -> Iterator[Happened]:
    """What a ledger tells, line by line. Raises BrokenChain at the first line that does not hold."""
    for number, at, by, event, whole in links(content):
        try:
            what = _read(event)
        except ValidationError:  # its JSON is a little stricter than json: so what it refuses, json decides
            what = _event(entry_of(whole, number))
        yield tuple.__new__(Happened, (number, at, by, what))  # half the time that its own `__new__` takes


def _event(line: Entry) -> Event:
    try:
        return event_of(line.event)
    except ValidationError:
        raise BrokenChain(line.seq, "event") from None


def stored(event: Event) -> dict[str, Any]:
    """The event as a ledger line stores it: plain JSON values."""
    return cast("dict[str, Any]", _EVENT.dump_python(event, mode="json"))
