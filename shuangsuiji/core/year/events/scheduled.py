"""When visits are to be made (计划检查日期). Private: visits are unannounced, neither days nor seed are public."""

from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from shuangsuiji.core.year.events.base import STRICT, Happening


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class PlannedVisit:
    """A visit, of all departments that go, and the day planned for it."""

    source: str
    visit: str
    day: date


class Scheduled(Happening):
    """Visits got a day, or another one; all others keep theirs. `seed`: fresh, for this alone (decision 0011).

    `first`, `last`, `per_day`, `per_week`, `weekdays` (1 = Monday): what the plan allowed; `days`: those there
    were, and `away`: who of the teams is on leave from when to when, without the reason. With these the seed gives the
    same days again; a line without them is from before they were kept. `reason`: why days that were planned before had
    to change; private.
    """

    kind: Literal["scheduled"] = "scheduled"
    v: Literal[1] = 1
    on: date
    seed: str
    visits: tuple[PlannedVisit, ...]
    first: date
    last: date
    per_day: int
    per_week: int
    weekdays: tuple[int, ...]
    days: tuple[date, ...] = ()
    away: tuple[tuple[str, date, date], ...] = ()
    reason: str = ""
