"""``ssj schedule``: a day for every visit that is still to be made; on paper and as calendar files.

The seed is fresh randomness of this computer, and stays in the ledger: visits are unannounced (decision 0011).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.adjust.case import Case
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.plannable import days_of, plannable_from
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import errors
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.agenda import Agenda, Entry, agenda, allowing
from shuangsuiji.core.scheduling.changes import Changes, changes
from shuangsuiji.core.scheduling.horizon import Horizon
from shuangsuiji.core.scheduling.planning import Limits, Visit, never_together
from shuangsuiji.core.scheduling.planning import schedule as decide
from shuangsuiji.core.scheduling.refusing import CannotSchedule, no_days
from shuangsuiji.core.year.events import Received, Scheduled
from shuangsuiji.core.year.events.scheduled import PlannedVisit
from shuangsuiji.core.year.rule import refuse_renamed
from shuangsuiji.core.year.state import fold
from shuangsuiji.core.year.wholevisit import whole
from shuangsuiji.files.ics import refuse_no_file, write_calendar
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.visitcalendar import Stop, visit_calendar
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class Asked(NamedTuple):
    """What somebody wants: days anew (`again`, with a `reason`), or all of them (`everything`); calendars at `ics`.

    `possible`: visits whose people are never there together are left without a day, for the sake of the others.
    """

    again: bool = False
    everything: bool = False
    possible: bool = False
    reason: str = ""
    ics: Path | None = None
    assume_weekdays: bool = False


class Scheduling(NamedTuple):
    """The schedule as it is now; `new`: the visits that have just got a day; `changes`: how often days were changed.

    `names`: of inspectors; `subjects`: of subjects.
    """

    plan: Plan
    agenda: Agenda
    changes: Changes
    new: Sequence[Entry]
    names: Mapping[str, str]
    subjects: Mapping[str, str]
    checkpoint: Checkpoint
    sheets: Sequence[Path]
    calendars: Sequence[Path]


def schedule(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    asked: Asked,
    *,
    entropy: Callable[[], str],
    progress: Progress,
) -> Scheduling:
    """Plan what has no day yet; with `asked.again` also what cannot keep its day. All else stays as it is.

    Raises Faulty, or Refusal: nothing drawn, the plan's time over, no schedule possible. Then nothing was written.
    """
    _refuse_options(workspace, asked)
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    _refuse_empty(bool(fold(read_ledger(dossier.folder).happened).sources))
    with locked(dossier.folder, by=who.by, at=who.at, command="schedule"):
        sweep(dossier.folder)
        case = Case(workspace, plan, dossier, who, read_ledger(dossier.folder))
        _refuse_empty(bool(case.state.sources))
        refuse_renamed(case.state, plan)
        repaired = case.refresh(progress)
        leaves = leaves_of(workspace, case.names)
        today = who.now.date()
        before = agenda(case.state, leaves, today, plan.schedule.per_day, allowing(plan))
        chosen = _chosen(before, asked)
        events = [_event(case, before, chosen, leaves, asked, entropy)] if chosen else []
        papers = case.record(events, progress).papers
        after = agenda(case.state, leaves, today, plan.schedule.per_day, allowing(plan))
        names = {Visit(one.source, one.visit, ()).name for event in events for one in event.visits}
        subjects = _subjects(case)
        calendars = _calendars(case, after, subjects, asked.ics) if asked.ics else []
    new = [entry for entry in after.open if entry.visit.name in names]
    made = [*repaired.made, *papers.made]
    told = changes(case.ledger.happened)
    return Scheduling(plan, after, told, new, case.names, subjects, case.checkpoint, made, calendars)


def leaves_of(workspace: Workspace, inspectors: Mapping[str, str]) -> list[Leave]:
    """Who is away when. Raises Faulty with all that is wrong with the list."""
    reader = RosterReader(workspace)
    found = reader.leaves(inspectors)
    if errors(reader.problems):
        raise Faulty(reader.problems, "请假名单")
    return found


def _refuse_options(workspace: Workspace, asked: Asked) -> None:
    if asked.again and not asked.reason.strip():
        what = "重新排期没有写理由。"
        raise Refusal("again-needs-reason", what, todo="请加上 --reason 理由，如 请假、换人。", exit_code=USAGE)
    if not asked.again and (asked.reason or asked.everything):
        raise Refusal("option-without-again", "--reason 和 --all 只和 --again 一起用。", exit_code=USAGE)
    if asked.ics is not None:
        workspace.refuse_kept(asked.ics, "--ics")
        if not asked.ics.is_dir():
            refuse_no_file(asked.ics)


def _refuse_empty(there: bool) -> None:
    if not there:
        what = "本方案还没有抽取，也没有接收任务清单，没有要排期的检查。"
        todo = "抽取请用 ssj draw；想先看人手够不够，用 ssj schedule --preview。"
        raise Refusal("nothing-drawn", what, todo=todo)


def _chosen(found: Agenda, asked: Asked) -> list[Entry]:
    """Which visits get a day now."""
    if not asked.again:
        return found.unplanned
    if not found.is_scheduled:
        raise Refusal(
            "not-scheduled", "还没有排过期，用不着 --again。", todo="请直接用 ssj schedule。", exit_code=USAGE
        )
    chosen = list(found.open) if asked.everything else [e for e in found.open if e.is_broken or e.planned is None]
    if not chosen:
        what = "计划日期都办得到，没有要重新排的。"
        raise Refusal("nothing-to-schedule", what, todo="要把没有检查的全部重新排，请再加 --all。")
    return chosen


def _event(
    case: Case,
    before: Agenda,
    chosen: Sequence[Entry],
    leaves: Sequence[Leave],
    asked: Asked,
    entropy: Callable[[], str],
) -> Scheduled:
    plan, rule, today = case.plan, case.plan.schedule, case.who.now.date()
    first = plannable_from(plan, today + timedelta(days=1))
    horizon = days_of(case.workspace, plan, first, assume_weekdays=asked.assume_weekdays)
    if not horizon.days:
        raise no_days(first, plan.period.end)
    if asked.possible:
        never = never_together([entry.visit for entry in chosen], horizon, leaves)
        chosen = [entry for entry in chosen if entry.visit.name not in never] or chosen
    days = _decided(case, before, chosen, horizon, leaves, seed := entropy())
    return Scheduled(
        on=today,
        seed=seed,
        visits=tuple(
            PlannedVisit(source=entry.visit.source, visit=entry.visit.visit, day=days[entry.visit.name])
            for entry in chosen
        ),
        first=first,
        last=plan.period.end,
        per_day=rule.per_day,
        per_week=rule.per_week,
        weekdays=rule.weekdays,
        days=horizon.days,
        away=_away(chosen, horizon, leaves),
        reason=asked.reason.strip(),
    )


def _away(chosen: Sequence[Entry], horizon: Horizon, leaves: Sequence[Leave]) -> tuple[tuple[str, date, date], ...]:
    """The leave that mattered: of those who are to go, in the time that is planned."""
    team = {name for entry in chosen for name in entry.visit.team}
    return tuple(
        (leave.inspector, leave.start, leave.end)
        for leave in sorted(leaves)
        if leave.inspector in team and leave.start <= horizon.days[-1] and leave.end >= horizon.days[0]
    )


def _decided(
    case: Case, before: Agenda, chosen: Sequence[Entry], horizon: Horizon, leaves: Sequence[Leave], seed: str
) -> Mapping[str, date]:
    limits = Limits(case.plan.schedule.per_day, case.plan.schedule.per_week)
    visits = [entry.visit for entry in chosen]
    found = decide(visits, before.kept_beside(chosen), horizon, leaves, limits, seed)
    if found.lacks:
        raise CannotSchedule(found.lacks, limits, case.names, case.plan.period.end)
    return found.days


def _subjects(case: Case) -> dict[str, str]:
    """Names of all subjects with visits, as they were sealed."""
    return {s.subject: s.name for source in case.state.sources.values() for s in case.pool(source).subjects}


def _calendars(case: Case, found: Agenda, subjects: Mapping[str, str], path: Path) -> list[Path]:
    """One file for all, or in a folder one for each inspector who still has visits."""
    stops = [(entry, _stop(case, entry, subjects)) for entry in found.open if entry.planned]
    stops.sort(key=lambda one: (one[1].day, one[1].key))
    sequence = sum(isinstance(one.event, Scheduled) for one in case.ledger.happened)
    if not path.is_dir():
        write_calendar(path, visit_calendar("双随机检查计划", [s for _, s in stops], case.who.now, sequence))
        return [path]
    people = sorted({name for entry, _ in stops for name in entry.visit.team})
    written = []
    for name, file in zip(people, file_names([f"检查计划_{i}_{case.names[i]}" for i in people], ".ics"), strict=True):
        mine = [stop for entry, stop in stops if name in entry.visit.team]
        write_calendar(
            path / file, visit_calendar(f"双随机检查计划（{case.names[name]}）", mine, case.who.now, sequence)
        )
        written.append(path / file)
    return written


def _stop(case: Case, entry: Entry, subjects: Mapping[str, str]) -> Stop:
    source = case.state.sources[entry.visit.source]
    names = {layer.code: layer.name for layer in layers(case.plan)}
    parts = [part for name, part in source.visits.items() if whole(name) == entry.visit.visit]
    address = next((s.address for s in case.rosters.subjects if s.subject == entry.subject), "")
    if not address and isinstance(source.event, Received):
        address = source.event.addresses.get(entry.subject, "")
    return Stop(
        key=f"{case.plan.draw}|{entry.visit.name}",
        day=entry.planned or date.max,
        visit=entry.visit.visit,
        name=subjects.get(entry.subject, entry.subject),
        address=address,
        what="、".join(dict.fromkeys(names.get(code, code) for part in parts for code in part.strata)),
        team="、".join(case.names.get(name, name) for name in entry.visit.team),
    )
