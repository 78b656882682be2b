"""``ssj deadlines``: every clock of the plans that have begun, and what in the rosters runs out. Changes nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.gather import read_intent
from shuangsuiji.core.law.workdays import Calendar, UnknownYear, after
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.roster import columns
from shuangsuiji.core.table import Column, Table
from shuangsuiji.core.year.deadlines import Deadline, Expiry, Window, urgency
from shuangsuiji.core.year.deadlines import deadlines as decide
from shuangsuiji.core.year.expiry import certificates, licences, to_visit
from shuangsuiji.core.year.reminder import reminder
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.calendar import read_calendar, unknown_year
from shuangsuiji.files.ics import ics
from shuangsuiji.files.ledger import NAME, read_ledger
from shuangsuiji.files.notify import Send
from shuangsuiji.files.pool import subject_names
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.whole import write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

WITHIN = "7d"
_WITHIN = re.compile(r"(\d{1,4})([dwh])")
_LACKING = {"roster-missing"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know: as of when, how far ahead (``3d``, ``5w``, ``24h``), with those that are done."""

    now: datetime
    within: str = WITHIN
    done: bool = False
    assume_weekdays: bool = False


class Found(NamedTuple):
    """The clocks, most urgent first. `problems`: of rosters that could not be read, so that nothing is missed."""

    asked: Asked
    deadlines: Sequence[Deadline]
    problems: Sequence[Problem]

    @property
    def is_anything_due(self) -> bool:
        """Whether a clock is due or overdue, or could not be looked at."""
        return bool(self.problems) or any(not deadline.done_on for deadline in self.deadlines)


class _Drawn(NamedTuple):
    plan: Plan
    dossier: Dossier
    state: State


def deadlines(workspace: Workspace, plan_name: str | None, asked: Asked) -> Found:
    """The clocks of the plan called `plan_name`, or of all plans that have begun.

    Raises Faulty (plans, calendar), or Refusal: a window that is none, a year without notice, a damaged ledger.
    """
    calendar = read_calendar(workspace, assume_weekdays=asked.assume_weekdays)
    try:
        window = Window(_until(asked, calendar), asked.done)
        begun = _begun(workspace, plan_name)
        expiries, problems = _expiries(workspace, asked.now, {who for one in begun for who in to_visit(one.state)})
        found: list[Deadline] = []
        for number, one in enumerate(begun):
            mine = () if number else expiries
            found += _named(decide(one.state, one.plan, calendar, asked.now, mine, window), one.dossier)
    except UnknownYear as unknown:
        raise unknown_year(unknown.year) from unknown
    return Found(asked, sorted(found, key=urgency), problems)


def write_ics(found: Found, path: Path) -> None:
    """Put the open deadlines into a calendar file. Raises Refusal where it cannot be written."""
    write_whole(path, ics(found.deadlines, found.asked.now))


def tell(found: Found, send: Send) -> None:
    """Send a message when anything is due. Raises Refusal where that failed."""
    if any(not deadline.done_on for deadline in found.deadlines):
        send(*reminder(found.deadlines))


def _until(asked: Asked, calendar: Calendar) -> str:
    """The moment up to which the window reaches."""
    form = _WITHIN.fullmatch(asked.within)
    if form is None:
        what = f"--within 的“{asked.within}”看不懂。"
        todo = "写成 3d（3 日）、5w（5 个工作日）或 24h（24 小时）。"
        raise Refusal("bad-within", what, todo=todo, exit_code=USAGE)
    number, now = int(form[1]), asked.now.replace(tzinfo=None)
    if form[2] == "w":
        return f"{after(calendar, now.date(), number).day if number else now.date()}T23:59"
    ahead = timedelta(days=number) if form[2] == "d" else timedelta(hours=number)
    return (now + ahead).isoformat(timespec="minutes")


def _begun(workspace: Workspace, plan_name: str | None) -> list[_Drawn]:
    """The plans asked for that have a ledger; a plan that is only intended has no clocks yet."""
    files = [workspace.plan_file(plan_name)] if plan_name else workspace.plan_files() or [workspace.plan_file(None)]
    plans: list[tuple[Plan, Dossier]] = []
    problems: list[Problem] = []
    for file in files:
        dossier = workspace.dossier(file)
        if not (dossier.folder / NAME).exists():
            continue
        try:
            plans.append((read_intent(workspace, file).plan, dossier))
        except Faulty as faulty:
            problems += faulty.problems
    if problems:
        raise Faulty(problems)
    return [_Drawn(plan, dossier, fold(read_ledger(dossier.folder).happened)) for plan, dossier in plans]


def _expiries(workspace: Workspace, now: datetime, visiting: set[str]) -> tuple[list[Expiry], list[Problem]]:
    """Certificates and licences that end, and why a roster could not be looked at."""
    inspectors, wrong = _roster(workspace, "inspectors", columns.INSPECTORS)
    subjects, more = _roster(workspace, "subjects", columns.SUBJECTS)
    return [*certificates(inspectors), *licences(subjects, now.date(), visiting)], [*wrong, *more]


def _roster(workspace: Workspace, name: str, wanted: Sequence[Column]) -> tuple[list[Table], list[Problem]]:
    path, problems = workspace.roster(name)
    if path is None:
        return [], problems
    tables, wrong = read_tables(path, workspace.shown(path), wanted)
    return tables, errors(wrong)


def _named(found: Sequence[Deadline], dossier: Dossier) -> Iterator[Deadline]:
    """Those of `found` with the names that the pool has for subjects of the own draw."""
    wanted = {deadline.subject for deadline in found if deadline.subject and not deadline.name}
    names = subject_names(dossier.pool, wanted) if wanted else {}
    for deadline in found:
        yield deadline if deadline.name else deadline._replace(name=names.get(deadline.subject, ""))
