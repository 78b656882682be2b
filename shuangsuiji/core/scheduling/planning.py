"""A day for each visit: a week first, as even by week for everybody as the rules allow, then a day of that week.

- The whole team is there; nobody makes more than so many visits a day, and a week; visits that keep their day count.
- Where the days of a week cannot take what it was given, those visits try another week.
- The same seed, the same days. What cannot be done is told by whom and when: proven by counting where that proves it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Ticket, tickets
from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.horizon import Horizon, monday
from shuangsuiji.core.scheduling.spreading import Job, person, spread

_ROUNDS = 12


class Visit(NamedTuple):
    """A visit of `source` as people count it, with everybody on it, of all departments."""

    source: str
    visit: str
    team: tuple[str, ...]

    @property
    def name(self) -> str:
        """One text for it, unlike any other's."""
        return f"{self.source}:{self.visit}"


class Kept(NamedTuple):
    """A visit that has its day already: done, or left as it was."""

    team: tuple[str, ...]
    day: date


class Limits(NamedTuple):
    """How many visits one inspector makes at most."""

    per_day: int
    per_week: int


class Lack(NamedTuple):
    """Why there is no schedule. Of `inspector`: `visits` to make, `room` for so many; of `week` (its Monday), or all.

    With `visit` instead: no day on which its whole team is there. `proven`: by counting, not by trying.
    """

    inspector: str = ""
    visits: int = 0
    room: int = 0
    week: date | None = None
    visit: str = ""
    proven: bool = True


class Scheduling(NamedTuple):
    """The day of each visit by name, or what lacks."""

    days: Mapping[str, date]
    lacks: Sequence[Lack] = ()


def schedule(
    visits: Sequence[Visit],
    kept: Sequence[Kept],
    horizon: Horizon,
    leaves: Iterable[Leave],
    limits: Limits,
    seed: str,
) -> Scheduling:
    """A day of `horizon` for each of `visits`; `seed` = 64 hex digits."""
    work = _Work(visits, kept, horizon, leaves, limits, tickets(seed))
    lacks = tuple(work.lacks())
    return Scheduling({}, lacks) if lacks else work.schedule()


def never_together(visits: Sequence[Visit], horizon: Horizon, leaves: Iterable[Leave]) -> frozenset[str]:
    """The names of those of `visits` whose team is on no day of `horizon` all there."""
    work = _Work(visits, (), horizon, leaves, Limits(1, 1), tickets("0" * 64))
    return frozenset(work.never_together())


def rooms(horizon: Horizon, mask: int, limits: Limits) -> list[int]:
    """How many visits somebody who is there on the days of `mask` can make, week by week."""
    return [min(limits.per_week, limits.per_day * days) for days in horizon.by_week(mask)]


class _Work:
    def __init__(
        self,
        visits: Sequence[Visit],
        kept: Sequence[Kept],
        horizon: Horizon,
        leaves: Iterable[Leave],
        limits: Limits,
        ticket: Ticket,
    ):
        self._visits, self._horizon, self._limits, self._ticket = visits, horizon, limits, ticket
        away: dict[str, list[Leave]] = defaultdict(list)
        for leave in leaves:
            away[leave.inspector].append(leave)
        people = {inspector for visit in visits for inspector in visit.team}
        self._present = {name: horizon.present(away.get(name, ())) for name in sorted(people)}
        self._jobs = Counter(name for visit in visits for name in visit.team)
        self._kept = Counter((name, one.day) for one in kept for name in one.team)
        self._kept_weeks = Counter((name, monday(one.day)) for one in kept for name in one.team)
        everywhere = (1 << len(horizon.days)) - 1
        self._common = {v.name: reduce(and_, (self._present[i] for i in v.team), everywhere) for v in visits}

    def lacks(self) -> Iterator[Lack]:
        """What counting alone proves: of people, the worst first, then of visits."""
        short = {name: room for name, number in self._jobs.items() if number > (room := sum(self._room(name)))}
        for name in sorted(short, key=lambda name: (short[name] - self._jobs[name], name)):
            yield Lack(name, self._jobs[name], short[name])
        never = set(self.never_together())
        yield from (Lack(visit=visit.visit) for visit in self._visits if visit.name in never)

    def never_together(self) -> Iterator[str]:
        """Visits whose team has no day in common."""
        return (name for name, days in self._common.items() if not days)

    def _room(self, name: str) -> list[int]:
        """What is left of each week."""
        whole = rooms(self._horizon, self._present[name], self._limits)
        return [max(0, room - kept) for room, kept in zip(whole, self._fixed(name), strict=True)]

    def _fixed(self, name: str) -> list[int]:
        return [self._kept_weeks[name, first] for first in self._horizon.mondays]

    def schedule(self) -> Scheduling:
        """Weeks, then days; visits that find no day in their week try the others."""
        barred: set[tuple[str, int]] = set()
        lacks: Sequence[Lack] = ()
        for number in range(_ROUNDS):
            weeks, without = self._weeks(barred, number)
            if without:
                return Scheduling({}, self._told(without))
            days, failed = self._days(weeks, number)
            if not failed:
                return Scheduling(days)
            barred |= failed
            lacks = self._told({name for name, _ in failed})
        return Scheduling({}, lacks)

    def _weeks(self, barred: set[tuple[str, int]], number: int) -> tuple[Mapping[str, int], frozenset[str]]:
        masks = self._horizon.week_masks
        jobs = [
            Job(v.name, v.team, self._weeks_of(self._common[v.name], masks, {w for n, w in barred if n == v.name}))
            for v in self._visits
        ]
        people = {}
        for name, mask in self._present.items():
            fixed = self._fixed(name)
            caps = rooms(self._horizon, mask, self._limits)
            caps = [max(cap, own) for cap, own in zip(caps, fixed, strict=True)]
            people[name] = person(self._horizon.by_week(mask), caps, fixed, self._jobs[name])
        return spread(jobs, people, self._ticket, f"week{number}")

    @staticmethod
    def _weeks_of(common: int, masks: Sequence[int], barred: set[int]) -> tuple[int, ...]:
        return tuple(week for week, mask in enumerate(masks) if common & mask and week not in barred)

    def _days(self, weeks: Mapping[str, int], number: int) -> tuple[dict[str, date], set[tuple[str, int]]]:
        found: dict[str, date] = {}
        failed: set[tuple[str, int]] = set()
        of_week: dict[int, list[Visit]] = defaultdict(list)
        for visit in self._visits:
            of_week[weeks[visit.name]].append(visit)
        for week, visits in sorted(of_week.items()):
            numbers = self._horizon.weeks[week]
            days = [self._horizon.days[n] for n in numbers]
            jobs = [
                Job(v.name, v.team, tuple(s for s, n in enumerate(numbers) if self._common[v.name] >> n & 1))
                for v in visits
            ]
            number_of = Counter(name for visit in visits for name in visit.team)
            people = {}
            for name, own in number_of.items():
                present = [self._present[name] >> n & 1 for n in numbers]
                fixed = [self._kept[name, day] for day in days]
                caps = [max(self._limits.per_day * there, kept) for there, kept in zip(present, fixed, strict=True)]
                people[name] = person(present, caps, fixed, own)
            slots, without = spread(jobs, people, self._ticket, f"day{number}")
            found |= {name: days[slot] for name, slot in slots.items()}
            failed |= {(name, week) for name in without}
        return found, failed

    def _told(self, without: Iterable[str]) -> tuple[Lack, ...]:
        """Those on visits that found no place, the most burdened first, each with the weeks' room."""
        teams = {visit.name: visit.team for visit in self._visits}
        people = sorted(
            {name for visit in without for name in teams[visit]},
            key=lambda name: (sum(self._room(name)) - self._jobs[name], name),
        )
        return tuple(
            Lack(name, self._jobs[name], sum(self._room(name)), self._fullest(name), proven=False) for name in people
        )

    def _fullest(self, name: str) -> date:
        """The week in which `name` has least room."""
        room = self._room(name)
        return self._horizon.mondays[room.index(min(room))]
