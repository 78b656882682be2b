"""From tasks to visits (protocol §6): the tasks of one subject in as few visits as some team can lawfully do.

A task joins the first visit so far whose strata together with it leave one lawful inspector to spare, so that a
recusal can be filled; else it opens a new one. A jointly inspected stratum makes one team per department; only
strata with the same departments share a visit.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.draw.lawful import Lawful
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import Pool


class Visit(NamedTuple):
    """One visit by one team; `department` is blank unless several departments visit jointly."""

    visit: str
    subject: str
    strata: tuple[str, ...]
    department: str


Stop = tuple[tuple[str, ...], tuple[tuple[str, Need], ...]]
"""A visit before it has a name: its strata; its departments (one blank, unless it is joint) with their needs."""


def plan_visits(pool: Pool, drawn: Mapping[str, Sequence[str]]) -> dict[Visit, Need]:
    """The visits of the `drawn` subjects (by stratum, in the plan's order), each with what it needs."""
    return Visiting(pool).plan(drawn)


class Visiting:
    """Visits of one pool's draws; subjects of the same kind drawn for the same strata are visited alike."""

    def __init__(self, pool: Pool):
        self._pool = pool
        self._lawful = Lawful(pool)
        self._areas = {subject.subject: subject.area for subject in reversed(pool.subjects)}
        self._known: dict[tuple[tuple[str, frozenset[str]], tuple[str, ...]], list[Stop]] = {}

    def plan(self, drawn: Mapping[str, Sequence[str]]) -> dict[Visit, Need]:
        """The visits of the `drawn` subjects (by stratum, in the plan's order), each with what it needs."""
        tasks: dict[str, list[str]] = {}
        for stratum in self._pool.strata:
            for subject in drawn[stratum.stratum]:
                tasks.setdefault(subject, []).append(stratum.stratum)
        separate = self._pool.rules.visits == "separate"
        visits: dict[Visit, Need] = {}
        for subject, strata in tasks.items():
            for number, (group, seats) in enumerate(self.stops(subject, tuple(strata)), 1):
                name = f"{group[0]}/{subject}" if separate else subject if number == 1 else f"{subject}/{number}"
                for department, need in seats:
                    visits[Visit(f"{name}:{department}" if department else name, subject, group, department)] = need
        return visits

    def kind(self, subject: str) -> tuple[str, frozenset[str]]:
        """Subjects of one kind, drawn for the same strata, are visited alike."""
        return self._lawful.kind(subject, self._areas[subject])

    def stops(self, subject: str, strata: tuple[str, ...]) -> list[Stop]:
        """The visits to `subject` when it is drawn for `strata` (in the plan's order)."""
        area = self._areas[subject]
        known = self.kind(subject), strata
        if known not in self._known:
            self._known[known] = [
                (group, self._seats(subject, area, group)) for group in self._groups(subject, area, strata)
            ]
        return self._known[known]

    def _seats(self, subject: str, area: str, group: tuple[str, ...]) -> tuple[tuple[str, Need], ...]:
        seats = self._pool.rules.seats(group[0])
        return tuple(
            (seat[0] if len(seats) > 1 else "", self._lawful.need(subject, area, group, seat)) for seat in seats
        )

    def _groups(self, subject: str, area: str, strata: Sequence[str]) -> list[tuple[str, ...]]:
        """The strata of each visit; `strata` in the plan's order."""
        if self._pool.rules.visits == "separate":
            return [(stratum,) for stratum in strata]
        groups: list[tuple[str, ...]] = []
        for stratum in strata:
            seats = self._pool.rules.seats(stratum)
            for place, group in enumerate(groups):
                needs = [self._lawful.need(subject, area, (*group, stratum), seat) for seat in seats]
                if self._pool.rules.seats(group[0]) == seats and all(_can_spare_one(need) for need in needs):
                    groups[place] = (*group, stratum)
                    break
            else:
                groups.append((stratum,))
        return groups


def _can_spare_one(need: Need) -> bool:
    return len(need.lawful) > need.places and bool(need.leads)
