"""Where the visits of a year stand with their days: made, planned, planned and not to be kept, without a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.planning import Kept, Visit
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import State, Task
from shuangsuiji.core.year.wholevisit import whole

_DAY = len("2023-05-09")


class Entry(NamedTuple):
    """A visit that is still to be made, the day `planned` for it, and why that cannot stand.

    `away`: those of the team who are on leave that day; `crowded`: those who have too many visits on it, since teams
    were changed; `is_missed`: the day is over; `is_shut`: by the plan as it is now nobody goes that day.
    """

    visit: Visit
    subject: str
    planned: date | None
    away: tuple[str, ...] = ()
    crowded: tuple[str, ...] = ()
    is_missed: bool = False
    is_shut: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether it has a day that cannot be kept."""
        return bool(self.away or self.crowded) or self.is_missed or self.is_shut


class Agenda(NamedTuple):
    """Visits still to be made, in the order of their sources; `made`: those made, with their days where known."""

    open: Sequence[Entry]
    made: Sequence[Kept]

    @property
    def is_scheduled(self) -> bool:
        """Whether any open visit has a day."""
        return any(entry.planned for entry in self.open)

    @property
    def unplanned(self) -> list[Entry]:
        """Without a day so far."""
        return [entry for entry in self.open if entry.planned is None]

    @property
    def broken(self) -> list[Entry]:
        """With a day that cannot be kept."""
        return [entry for entry in self.open if entry.is_broken]

    def kept_beside(self, planned_anew: Iterable[Entry]) -> list[Kept]:
        """What counts already when `planned_anew` get their days."""
        names = {entry.visit.name for entry in planned_anew}
        return [
            *self.made,
            *(Kept(e.visit.team, e.planned) for e in self.open if e.planned and e.visit.name not in names),
        ]


def allowing(plan: Plan) -> Callable[[date], bool]:
    """Whether the plan lets people go on a day: its period, its weekdays and what it closes; not holidays."""
    rule, spans = plan.schedule, plan.schedule.closed_spans

    def allows(day: date) -> bool:
        inside = plan.period.start <= day <= plan.period.end and day.isoweekday() in rule.weekdays
        return inside and not any(start <= day <= end for start, end in spans)

    return allows


def agenda(
    state: State, leaves: Iterable[Leave], today: date, per_day: int, allows: Callable[[date], bool] = lambda _: True
) -> Agenda:
    """Every visit of every draw and list, with its team as it is now; `per_day`: visits of one inspector at most."""
    away: dict[str, list[Leave]] = defaultdict(list)
    for leave in leaves:
        away[leave.inspector].append(leave)
    tasks: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in state.tasks.values():
        tasks[task.source, task.visit].append(task)
    entries: list[Entry] = []
    made: list[Kept] = []
    for visit, subject, planned in _visits(state):
        of_visit = tasks[visit.source, visit.visit]
        if any(_is_made(task) for task in of_visit):
            days = [task.values["check_ended"][:_DAY] for task in of_visit if "check_ended" in task.values]
            day = date.fromisoformat(max(days)) if days else planned
            made += [Kept(visit.team, day)] if day else []
        elif not all(task.voided for task in of_visit):
            entry = _entry(visit, subject, planned, away, today)
            entries.append(entry._replace(is_shut=planned is not None and planned >= today and not allows(planned)))
    return Agenda(list(_crowded(entries, per_day)), made)


def _visits(state: State) -> Iterator[tuple[Visit, str, date | None]]:
    for source in state.sources.values():
        teams: dict[str, set[str]] = defaultdict(set)
        subjects: dict[str, str] = {}
        for name, part in source.visits.items():
            teams[whole(name)] |= set(part.team)
            subjects[whole(name)] = part.subject
        for name, team in teams.items():
            yield Visit(source.id, name, tuple(sorted(team))), subjects[name], source.planned.get(name)


def _is_made(task: Task) -> bool:
    """Somebody was there, or what came of it is on record. A task that the superior closed says nothing."""
    return task.voided is None and status(task) != "open"


def _entry(visit: Visit, subject: str, planned: date | None, away: Mapping[str, Sequence[Leave]], today: date) -> Entry:
    if planned is None:
        return Entry(visit, subject, None)
    gone = tuple(name for name in visit.team if any(leave.covers(planned) for leave in away.get(name, ())))
    return Entry(visit, subject, planned, gone, is_missed=planned < today)


def _crowded(entries: Sequence[Entry], per_day: int) -> Iterator[Entry]:
    """`entries` with who has more than `per_day` of them on the day: those that come last are told."""
    count: dict[tuple[str, date], int] = defaultdict(int)
    for entry in entries:
        if entry.planned is None or entry.is_broken:
            yield entry
            continue
        full = tuple(name for name in entry.visit.team if count[name, entry.planned] >= per_day)
        if not full:
            for name in entry.visit.team:
                count[name, entry.planned] += 1
        yield entry._replace(crowded=full)
