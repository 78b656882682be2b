"""Planned days: each is the one that its seed gives for the teams, days, leave and limits on record (decision 0011).

Lines from before days and leave were on record cannot be looked at.
"""

from collections.abc import Iterator

from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.agenda import agenda
from shuangsuiji.core.scheduling.horizon import Horizon
from shuangsuiji.core.scheduling.planning import Limits, schedule
from shuangsuiji.core.verifying.story import Past, Story, at
from shuangsuiji.core.verifying.verdict import Check
from shuangsuiji.core.year.events import Scheduled
from shuangsuiji.core.year.state import State


def check_planned(story: Story, check: Check) -> None:
    """The days of every schedule."""
    past = Past(story.happened)
    for one in story.happened:
        if isinstance(one.event, Scheduled):
            _check(at(one.line), one.event, past.before(one.line), check)


def _check(where: str, event: Scheduled, state: State, check: Check) -> None:
    if not event.days:
        check.cannot(len(event.visits))
        return
    allowed = [day for day in event.days if event.first <= day <= event.last and day.isoweekday() in event.weekdays]
    check.expect(where, "days-of-plan", sorted(set(allowed)), list(event.days))
    found = agenda(state, (), event.on, event.per_day)
    planned = {f"{one.source}:{one.visit}": one.day for one in event.visits}
    chosen = [entry for entry in found.open if entry.visit.name in planned]
    for name in sorted(planned.keys() - {entry.visit.name for entry in chosen}):
        check.wrong(where, "visit-not-open", "", name)
    leaves = list(_leaves(event))
    limits = Limits(event.per_day, event.per_week)
    visits = [entry.visit for entry in chosen]
    days = schedule(visits, found.kept_beside(chosen), Horizon(event.days), leaves, limits, event.seed).days
    for visit in visits:
        check.same(where, "planned-day", f"{visit.name} {days.get(visit.name)}", f"{visit.name} {planned[visit.name]}")


def _leaves(event: Scheduled) -> Iterator[Leave]:
    for inspector, start, end in event.away:
        yield Leave(inspector, start, end)
