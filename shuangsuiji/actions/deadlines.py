"""``ssj deadlines``: every clock of the plans that have begun, and what in the rosters runs out. Changes nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.core.law.workdays import Calendar, UnknownYear, after
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Place, Problem, errors, warning
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.roster import columns
from shuangsuiji.core.table import Column, Table
from shuangsuiji.core.year.deadlines import Deadline, Expiry, Window, urgency
from shuangsuiji.core.year.deadlines import deadlines as decide
from shuangsuiji.core.year.expiry import certificates, licences, to_visit
from shuangsuiji.core.year.reminder import reminder
from shuangsuiji.core.year.rule import clocks_were_changed
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.calendar import read_calendar, year_missing
from shuangsuiji.files.ics import ics, write_calendar
from shuangsuiji.files.ledger import NAME, replay
from shuangsuiji.files.notify import Send
from shuangsuiji.files.pool import subject_names
from shuangsuiji.files.tables import read_tables
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
    """The clocks, most urgent first. `problems`: rosters that could not be read, years without notice."""

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


_LAST: list[_Drawn] = []
"""What was read last, kept until the process ends: to let go of it takes as long as all its clocks."""


def deadlines(workspace: Workspace, plan_name: str | None, asked: Asked) -> Found:
    """The clocks of the plan called `plan_name`, or of all plans that have begun.

    Raises Faulty (plans, calendar), or Refusal: a window that is none, a damaged ledger.
    """
    calendar = read_calendar(workspace, assume_weekdays=asked.assume_weekdays)
    until, lacking = _until(asked, calendar)
    window = Window(until, asked.done)
    _LAST[:] = begun = _begun(workspace, plan_name)
    expiries, problems = _expiries(workspace, asked.now, begun)
    problems += _clocks_changed(workspace, begun)
    found: list[Deadline] = []
    for number, one in enumerate(begun):
        mine = () if number else expiries
        found += _named(decide(one.state, one.plan, calendar, asked.now, mine, window), one.dossier)
    return Found(asked, sorted(found, key=urgency), [*problems, *_years_missing(found, lacking)])


def write_ics(workspace: Workspace, found: Found, path: Path) -> None:
    """Put the open deadlines into a calendar file. Raises Refusal where it cannot be written."""
    workspace.refuse_kept(path, "--ics")
    write_calendar(path, ics(found.deadlines, found.asked.now))


def tell(found: Found, send: Send) -> None:
    """Send a message when anything is due, or could not be looked at. Raises Refusal where that failed."""
    if found.is_anything_due:
        send(*reminder(found.deadlines, [str(problem) for problem in found.problems]))


def _years_missing(found: Sequence[Deadline], lacking: int | None) -> Iterator[Problem]:
    """Which years' notices lack, and for how many clocks; `lacking`: the year that the window would have needed.

    A clock whose last day is known lacks no more than the number of working days up to it.
    """
    years = Counter((one.unknown_year, bool(one.due)) for one in found if one.unknown_year is not None)
    for year in sorted({year for year, _ in years} | ({lacking} if lacking else set())):
        window = "--within 按周一至周五推算" if year == lacking else ""
        clocks = f"{years[year, False]} 个期限算不出" if years[year, False] else ""
        left = f"{years[year, True]} 个期限数不出剩余工作日" if years[year, True] else ""
        yield year_missing(year, "，".join(filter(None, (clocks, left, window))))


def _clocks_changed(workspace: Workspace, begun: Sequence[_Drawn]) -> Iterator[Problem]:
    """Plans whose clocks are others than when the tasks came into being: an edited line would silence them."""
    for one in begun:
        if clocks_were_changed(one.state, one.plan):
            what = "时间、期限或平台（period、deadlines、platform）在抽取（接收）以后改过；期限按现在的方案计算。"
            todo = (
                "请改回；确已依程序调整方案的，请重新公示：ssj publish plan（“调整后的年度抽查计划要及时向社会公开”）。"
            )
            name = workspace.shown(one.dossier.folder)
            yield warning("plan-clocks-changed", Place(f"{name}.yaml"), what, todo)


def _until(asked: Asked, calendar: Calendar) -> tuple[str, int | None]:
    """The moment up to which the window reaches, and the year whose notice lacks for it.

    How far ahead somebody looks is no limit of the law: then, and only then, Monday to Friday will do.
    """
    form = _WITHIN.fullmatch(asked.within)
    if form is None:
        what = f"--within 的“{asked.within}”看不懂。"
        todo = "写成 3d（3 日）、5w（5 个工作日）或 24h（24 小时）。"
        raise Refusal("bad-within", what, todo=todo, exit_code=USAGE)
    number, now = int(form[1]), asked.now.replace(tzinfo=None)
    try:
        if form[2] == "w":
            return _workdays_ahead(calendar, now.date(), number)
        ahead = timedelta(days=number) if form[2] == "d" else timedelta(hours=number)
        return (now + ahead).isoformat(timespec="minutes"), None
    except (OverflowError, UnknownYear):
        what = f"从 {now.date()} 起看 {asked.within}，超出了能计算的日期（到 {MAXYEAR} 年为止）。"
        raise Refusal("bad-within", what, todo="请核对 --as-of 和 --within。", exit_code=USAGE) from None


def _workdays_ahead(calendar: Calendar, today: date, number: int) -> tuple[str, int | None]:
    """Raises UnknownYear where dates end."""
    try:
        return f"{after(calendar, today, number).day if number else today}T23:59", None
    except UnknownYear as unknown:
        return f"{after(replace(calendar, assume_weekdays=True), today, number).day}T23:59", unknown.year


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
    return [_Drawn(plan, dossier, fold(replay(dossier.folder))) for plan, dossier in plans]


def _expiries(workspace: Workspace, now: datetime, begun: Sequence[_Drawn]) -> tuple[list[Expiry], list[Problem]]:
    """Certificates and licences that end, and why a roster could not be looked at."""
    inspectors, wrong = _roster(workspace, "inspectors", columns.INSPECTORS)
    subjects, more = _roster(workspace, "subjects", columns.SUBJECTS)
    visiting = {who for one in begun for who in to_visit(one.state)} if subjects else set()
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
