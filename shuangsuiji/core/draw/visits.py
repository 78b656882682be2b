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


def plan_visits(pool: Pool, drawn: Mapping[str, Sequence[str]]) -> dict[Visit, Need]:
    """The visits of the `drawn` subjects (by stratum, in the plan's order), each with what it needs."""
    lawful = Lawful(pool)
    areas = {subject.subject: subject.area for subject in reversed(pool.subjects)}
    tasks: dict[str, list[str]] = {}
    for stratum in pool.strata:
        for subject in drawn[stratum.stratum]:
            tasks.setdefault(subject, []).append(stratum.stratum)
    visits: dict[Visit, Need] = {}
    for subject, strata in tasks.items():
        for name, group in _groups(pool, lawful, subject, areas[subject], strata):
            seats = pool.rules.seats(group[0])
            joint = len(seats) > 1
            for seat in seats:
                department = seat[0] if joint else ""
                visit = Visit(f"{name}:{department}" if joint else name, subject, group, department)
                visits[visit] = lawful.need(subject, areas[subject], group, seat)
    return visits


def _groups(
    pool: Pool, lawful: Lawful, subject: str, area: str, strata: Sequence[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """The visits' names and strata; `strata` in the plan's order."""
    if pool.rules.visits == "separate":
        return [(f"{stratum}/{subject}", (stratum,)) for stratum in strata]
    groups: list[tuple[str, ...]] = []
    for stratum in strata:
        seats = pool.rules.seats(stratum)
        for place, group in enumerate(groups):
            needs = [lawful.need(subject, area, (*group, stratum), seat) for seat in seats]
            if pool.rules.seats(group[0]) == seats and all(_can_spare_one(need) for need in needs):
                groups[place] = (*group, stratum)
                break
        else:
            groups.append((stratum,))
    return [(subject if n == 1 else f"{subject}/{n}", group) for n, group in enumerate(groups, 1)]


def _can_spare_one(need: Need) -> bool:
    return len(need.lawful) > need.places and bool(need.leads)
