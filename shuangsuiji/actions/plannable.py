"""The days that a plan leaves for visits, and whether what it asks for fits into them (before any draw, or after)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from shuangsuiji.actions.gather import Gathered, gather
from shuangsuiji.core.draw.drawing import Drawing
from shuangsuiji.core.law.workdays import UnknownYear
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import Faulty, Refusal
from shuangsuiji.core.scheduling.agenda import agenda
from shuangsuiji.core.scheduling.capacity import Capacity, Demand, capacity
from shuangsuiji.core.scheduling.horizon import Horizon, horizon
from shuangsuiji.core.scheduling.planning import Limits
from shuangsuiji.core.year.wholevisit import whole
from shuangsuiji.files.calendar import read_calendar, unknown_year
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Workspace

_TRIAL = "0" * 64
"""The seed of the trial selection: it draws nobody."""


class Preview(NamedTuple):
    """What a plan needs against what its time allows. `names`: of strata by code, and of inspectors by number.

    `first`, `last`: from when to when; `is_drawn`: whether it is reckoned by the teams on record. `problems`: of the
    list of leave. `is_over`: the plan's time is, so all of it was taken.
    """

    plan: Plan
    capacity: Capacity
    names: Mapping[str, str]
    first: date
    last: date
    is_drawn: bool
    is_over: bool
    problems: Sequence[Problem]


def plannable_from(plan: Plan, day: date) -> date:
    """The first day from `day` on. Raises Refusal where the plan's time is over."""
    if day > plan.period.end:
        what = f"方案的检查期间到 {plan.period.end} 为止，没有可以排的日子了。"
        todo = "没有查完的，请照实登记；经批准延长的，先改方案的 period，再重新公示方案。"
        raise Refusal("period-over", what, todo=todo, source="方案的 period")
    return max(day, plan.period.start)


def days_of(workspace: Workspace, plan: Plan, first: date, *, assume_weekdays: bool) -> Horizon:
    """The days for visits from `first` on. Raises Refusal for a year without notice, Faulty for a bad calendar."""
    rule = plan.schedule
    calendar = read_calendar(workspace, assume_weekdays=assume_weekdays)
    try:
        return horizon(calendar, first, plan.period.end, rule.weekdays, rule.closed_spans)
    except UnknownYear as unknown:
        raise unknown_year(unknown.year) from unknown


def preview(workspace: Workspace, plan_name: str | None, today: date, *, assume_weekdays: bool) -> Preview:
    """Whether the plan's visits fit. Raises Faulty where plan, rosters or the list of leave cannot be used."""
    gathered = gather(workspace, workspace.plan_file(plan_name), today)
    if errors(gathered.problems):
        raise Faulty(gathered.problems)
    found = preview_of(workspace, gathered, today, assume_weekdays=assume_weekdays)
    if errors(found.problems):
        raise Faulty(found.problems, "请假名单")
    return found


def workload(workspace: Workspace, gathered: Gathered, today: date) -> tuple[Preview | None, list[Problem]]:
    """For ``ssj check``: the preview, None where there is none to be had; what is wrong with the list of leave.

    Warnings only, and a year without notice is taken as Monday to Friday: no draw waits for a schedule.
    """
    if errors(gathered.problems):
        return None, []
    try:
        found = preview_of(workspace, gathered, today, assume_weekdays=True)
    except Faulty:  # a calendar that cannot be read: the commands that need it say so
        return None, []
    return found, [problem._replace(severity="warning") for problem in found.problems]


def preview_of(workspace: Workspace, gathered: Gathered, today: date, *, assume_weekdays: bool) -> Preview:
    """The same of what is gathered already. Raises Refusal (a year without notice)."""
    plan, pool, state = gathered.intent.plan, gathered.sealing.pool, gathered.chronicle.own
    tomorrow = today + timedelta(days=1)
    is_over = tomorrow > plan.period.end
    first = plan.period.start if is_over else max(tomorrow, plan.period.start)
    days = days_of(workspace, plan, first, assume_weekdays=assume_weekdays)
    drawn = {i: name for source in state.sources.values() for i, name in source.inspectors.items()}
    reader = RosterReader(workspace)
    leaves = reader.leaves({**drawn, **{i.inspector: "" for i in gathered.rosters.inspectors}})
    limits = Limits(plan.schedule.per_day, plan.schedule.per_week)
    if state.sources:
        entries = agenda(state, leaves, today, limits.per_day).open
        strata = {
            (source.id, whole(name)): part.strata
            for source in state.sources.values()
            for name, part in source.visits.items()
        }
        demands = [
            Demand(1, frozenset([name]), strata[entry.visit.source, entry.visit.visit])
            for entry in entries
            for name in entry.visit.team
        ]
        visits, people = len(entries), {name for entry in entries for name in entry.visit.team}
        caps = {}
    else:
        drawing = Drawing(pool)
        planned = drawing.visiting.plan(drawing.drawn(_TRIAL))
        demands = [Demand(need.places, frozenset(need.lawful), visit.strata) for visit, need in planned.items()]
        visits, people = len({whole(visit.visit) for visit in planned}), {i.inspector for i in pool.inspectors}
        caps = {i.inspector: max(0, i.cap - i.load) for i in pool.inspectors if i.cap is not None}
    found = capacity(visits, demands, sorted(people), horizon=days, leaves=leaves, limits=limits, caps=caps)
    names = {
        **{s.stratum: s.name for s in pool.strata},
        **drawn,
        **{i.inspector: i.name for i in gathered.rosters.inspectors},
    }
    return Preview(plan, found, names, first, plan.period.end, bool(state.sources), is_over, reader.problems)
