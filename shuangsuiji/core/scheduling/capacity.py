"""Whether the year's visits fit into its weeks: before the draw, by what it will need; after it, by what is left.

- A visit needs so many of those who may lawfully make it. Where a group of people must make more visits than the
  period, their leave and the limits allow, no schedule exists, whatever is drawn: that is a shortage.
- Before the draw the visits are those of one trial selection: numbers by stratum are exact, who goes with whom is not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.horizon import Horizon
from shuangsuiji.core.scheduling.planning import Limits, rooms


class Demand(NamedTuple):
    """A visit, or a department's part of one: `places` of those who are `lawful` there; `strata`: its codes."""

    places: int
    lawful: frozenset[str]
    strata: tuple[str, ...]


class Shortage(NamedTuple):
    """A group of `inspectors` that alone can make visits with so many `places` in `strata`, and has `room` for fewer.

    `per_week`: the least limit that would do with all else as it is, 0 where none would; `more`: how many people more
    (as present as these on average) would do.
    """

    strata: tuple[str, ...]
    inspectors: tuple[str, ...]
    places: int
    room: int
    per_week: int
    more: int


class Capacity(NamedTuple):
    """`visits` with `places` in all, for so many `inspectors`; `days` and `weeks` in which to make them; `room`.

    `needed`: places per inspector and week of the period; `possible`: what limits and leave allow. Both by the mean.
    """

    visits: int
    places: int
    inspectors: int
    days: int
    weeks: int
    room: int
    limits: Limits
    shortages: Sequence[Shortage]

    @property
    def needed(self) -> float:
        """Visits per inspector and week that it takes."""
        return self.places / max(1, self.inspectors * self.weeks)

    @property
    def possible(self) -> float:
        """Visits per inspector and week that there is room for."""
        return self.room / max(1, self.inspectors * self.weeks)


def capacity(
    visits: int,
    demands: Sequence[Demand],
    people: Iterable[str],
    *,
    horizon: Horizon,
    leaves: Iterable[Leave],
    limits: Limits,
    caps: Mapping[str, int] | None = None,
) -> Capacity:
    """What `demands` of so many `visits` take, and what there is of `people`; `caps`: of those who have one."""
    away: dict[str, list[Leave]] = defaultdict(list)
    for leave in leaves:
        away[leave.inspector].append(leave)
    present = {name: horizon.present(away.get(name, ())) for name in people}
    there = _There(horizon, present, caps or {})
    found = [
        _shortage(strata, group, places, there, limits)
        for group, (places, strata) in _groups(demands).items()
        if places > there.room(group, limits)
    ]
    smallest = [one for one in found if not any(set(o.inspectors) < set(one.inspectors) for o in found)]
    return Capacity(
        visits=visits,
        places=sum(demand.places for demand in demands),
        inspectors=len(present),
        days=len(horizon.days),
        weeks=len(horizon.weeks),
        room=there.room(frozenset(present), limits),
        limits=limits,
        shortages=sorted(smallest, key=lambda one: one.inspectors),
    )


def _groups(demands: Sequence[Demand]) -> dict[frozenset[str], tuple[int, tuple[str, ...]]]:
    """The groups of people, each with the places that only they can take, and in which strata.

    Those that may make one visit, those of any stratum, and everybody together.
    """
    by_lawful: dict[frozenset[str], int] = Counter()
    strata: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
    of_stratum: dict[str, set[str]] = defaultdict(set)
    for demand in demands:
        by_lawful[demand.lawful] += demand.places
        strata[demand.lawful].update(dict.fromkeys(demand.strata))
        for stratum in demand.strata:
            of_stratum[stratum] |= demand.lawful
    groups = {*by_lawful, *map(frozenset, of_stratum.values()), frozenset().union(*by_lawful)}
    return {
        group: (
            sum(places for lawful, places in by_lawful.items() if lawful <= group),
            tuple(dict.fromkeys(code for lawful in by_lawful if lawful <= group for code in strata[lawful])),
        )
        for group in groups
    }


class _There(NamedTuple):
    """Who is there on which days of the horizon, and the most that those with a cap may take."""

    horizon: Horizon
    present: Mapping[str, int]
    caps: Mapping[str, int]

    def room(self, group: frozenset[str], limits: Limits) -> int:
        """How many places `group` can take."""
        own = ((name, sum(rooms(self.horizon, self.present.get(name, 0), limits))) for name in group)
        return sum(min(number, self.caps.get(name, number)) for name, number in own)


def _shortage(strata: tuple[str, ...], group: frozenset[str], places: int, there: _There, limits: Limits) -> Shortage:
    room = there.room(group, limits)
    higher = (limits._replace(per_week=n) for n in range(limits.per_week + 1, 7 * limits.per_day + 1))
    enough = next((one.per_week for one in higher if there.room(group, one) >= places), 0)
    each = room // max(1, len(group))
    more = -(-(places - room) // each) if each else 0
    return Shortage(strata, tuple(sorted(group)), places, room, enough, more)
