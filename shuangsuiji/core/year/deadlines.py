"""Every clock of a plan (期限): when it started, when it is due, whether it was kept. Pure; `now` is an argument.

Which clocks run is `core.year.running`, how long they run `core.law.clocks`. Times are texts, local to `now`.

A year without notice hides no clock: one whose last day cannot be reckoned stands there as ``unknown``, whatever the
window; one whose working days cannot be counted has no `left`. Both name the year.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from shuangsuiji.core.law.clocks import CLOCKS, DATE, Clock, due
from shuangsuiji.core.law.workdays import Calendar, UnknownYear, days_left
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.running import Running, Starts
from shuangsuiji.core.year.state import OTHERWISE, OWN, State, Task
from shuangsuiji.core.year.teams import Teams

Status = Literal["overdue", "due", "unknown", "done-late", "done"]
STATUSES: tuple[Status, ...] = ("overdue", "due", "unknown", "done-late", "done")
"""In the order of urgency."""

_ALWAYS = "9999-12-31T23:59"


class Person(NamedTuple):
    """An inspector of the team as it is now."""

    inspector: str
    name: str


class Deadline(NamedTuple):
    """One clock. `task`, `subject`, `inspector` are blank where it has none; `name` = the subject's, where known.

    `left`: working days or hours (`left_unit`), negative when overdue, None when done. `assumed`: a year without
    notice was taken as Monday to Friday. `unknown_year`: the year without notice that left `due` blank or `left` None.
    """

    id: str
    clock: str
    status: Status
    plan: str
    task: str
    subject: str
    name: str
    inspector: str
    what: str
    started: str
    due: str
    done_on: str
    left: int | None
    left_unit: Literal["workdays", "hours"]
    basis: str
    inspectors: tuple[Person, ...]
    assumed: bool
    unknown_year: int | None = None


class Expiry(NamedTuple):
    """A certificate or licence (`clock`) that ends: whose, and its last day (YYYY-MM-DD)."""

    clock: Literal["certificate", "licence"]
    holder: str
    name: str
    until: str


class Window(NamedTuple):
    """Which clocks are wanted: open ones due up to `until` (a moment), and those that are `done` as well."""

    until: str = _ALWAYS
    done: bool = True


def deadlines(
    state: State,
    plan: Plan,
    calendar: Calendar,
    now: datetime,
    expiries: Sequence[Expiry] = (),
    window: Window | None = None,
) -> list[Deadline]:
    """The clocks of `plan` as they stand at `now`, the most urgent first; by default all of them.

    An expiry is shown from 30 days before its day, whatever the window; it belongs to no plan.
    """
    reckoning = _Reckoning(state, plan, calendar, now, window or Window())
    found = [*reckoning.tasks(), *reckoning.plan_as_a_whole(), *reckoning.expiries(expiries)]
    return sorted(found, key=urgency)


def clocks_of(plan: Plan) -> dict[str, Clock]:
    """The clocks as `plan` has them."""
    clocks = dict(CLOCKS)
    for name, rule in plan.deadlines.items():
        law = clocks[name]
        clocks[name] = law._replace(
            limit=rule.limit or law.limit, unit=rule.unit or law.unit, basis=rule.basis.strip() or law.basis
        )
    return clocks


def urgency(deadline: Deadline) -> tuple[int, bool, str, str]:
    """The order in which deadlines are shown: what the plans owe before what runs out in the rosters."""
    return STATUSES.index(deadline.status), not deadline.plan, deadline.due, deadline.id


class _Last(NamedTuple):
    """The last day, whether weekdays had to be assumed for it; blank where the notice of a year lacks."""

    day: str
    assumed: bool = False
    unknown_year: int | None = None


class _Left(NamedTuple):
    """Working days or hours up to a last day; None where the notice of a year lacks."""

    left: int | None
    assumed: bool = False
    unknown_year: int | None = None


class _Reckoning:
    """One pass over a plan; due days and days left are reckoned once per start."""

    def __init__(self, state: State, plan: Plan, calendar: Calendar, now: datetime, window: Window):
        self.state, self.plan, self.calendar, self.window = state, plan, calendar, window
        self.clocks = clocks_of(plan)
        self.today = now.date()
        self.now = now.replace(tzinfo=None).isoformat(timespec="minutes")
        self.starts = Starts(state, plan, now.tzinfo, with_done=window.done)
        self._due: dict[tuple[str, str], _Last] = {}
        self._left: dict[str, _Left] = {}
        self._teams: Teams | None = None
        self._people: dict[tuple[str, str], tuple[Person, ...]] = {}
        self.closed: list[str] = []

    def tasks(self) -> Iterator[Deadline]:
        """The clocks of tasks."""
        until = self.window.until
        for task in self.state.tasks.values():
            if task.voided is not None and task.source != OTHERWISE:
                self.closed.append(task.voided.on.isoformat())
            for running in self.starts.of(task):
                last = self._last_day(running)
                if running.done or last.day <= until[: len(last.day)]:
                    yield self._deadline(
                        running,
                        last,
                        about=task.task,
                        task=task.task,
                        subject=task.subject,
                        name=task.name,
                        inspectors=self._team(task),
                    )

    def plan_as_a_whole(self) -> Iterator[Deadline]:
        """Task lists issued, and the share at half time (after `tasks`, which counts them)."""
        for source in self.state.sources.values():
            started = source.event.on.isoformat()
            issued = source.issued and max(started, source.issued)
            running = Running("task-list", started, "", issued)
            if self.window.done or not issued:
                last = self._last_day(running)
                if issued or last.day <= self.window.until[: len(last.day)]:
                    name = self.clocks["task-list"].name
                    what = name if source.id == OWN else f"{name}（{source.id}）"
                    yield self._deadline(running, last, about=source.id or "draw", what=what)
        if self.starts.days:
            yield from self._half_time()

    def expiries(self, expiries: Sequence[Expiry]) -> Iterator[Deadline]:
        """Certificates and licences that end."""
        for expiry in expiries:
            ends = date.fromisoformat(expiry.until)
            warned = ends - min(timedelta(days=self.clocks[expiry.clock].limit), ends - date.min)
            if warned <= self.today:
                is_person = expiry.clock == "certificate"
                yield self._deadline(
                    Running(expiry.clock, warned.isoformat(), expiry.until, ""),
                    _Last(expiry.until),
                    about=expiry.holder,
                    plan="",
                    subject="" if is_person else expiry.holder,
                    name="" if is_person else expiry.name,
                    inspectors=(Person(expiry.holder, expiry.name),) if is_person else (),
                )

    def _half_time(self) -> Iterator[Deadline]:
        """完成率 as ``ssj status`` has it: of all tasks. Where none is open any more, nothing can be missed."""
        start, end, limit = self.plan.period.start, self.plan.period.end, self.clocks["half-time"].limit
        middle = (start + (end - start) // 2).isoformat()
        days = sorted(day for day in self.starts.days if day)
        rate = Rate(len(days), len(self.starts.days) + len(self.closed))
        needed = -(-rate.whole * limit // 100)
        kept = ""
        if rate.part >= needed:
            kept = days[needed - 1]
        elif "" not in self.starts.days:
            kept = max(days + self.closed)
        if self.window.done if kept else middle <= self.window.until[:DATE]:
            what = f"时间过半，完成率（有结果 ÷ 全部任务）应达 {limit}%，现为 {rate}"
            running = Running("half-time", start.isoformat(), middle, kept)
            yield self._deadline(running, _Last(middle), about="plan", what=what)

    def _last_day(self, running: Running) -> _Last:
        if running.due:
            return _Last(running.due)
        key = running[:2]
        if key not in self._due:
            try:
                self._due[key] = _Last(*due(self.clocks[running.clock], running.started, self.calendar))
            except UnknownYear as lacking:
                self._due[key] = _Last("", unknown_year=lacking.year)
        return self._due[key]

    def _left_to(self, day: str) -> _Left:
        if day not in self._left:
            try:
                self._left[day] = self._reckoned(day)
            except UnknownYear as lacking:
                self._left[day] = _Left(None, unknown_year=lacking.year)
        return self._left[day]

    def _reckoned(self, day: str) -> _Left:
        """Raises UnknownYear."""
        if len(day) > DATE:
            wait = datetime.fromisoformat(day) - datetime.fromisoformat(self.now)
            return _Left(wait // timedelta(hours=1))
        last = date.fromisoformat(day)
        years = range(min(self.today, last).year, max(self.today, last).year + 1)
        assumed = any(year not in self.calendar.years for year in years)
        return _Left(days_left(self.calendar, self.today, last), assumed)

    def _team(self, task: Task) -> tuple[Person, ...]:
        if self._teams is None:
            self._teams = Teams(self.state)
        visit = (task.source, task.visit)
        if visit not in self._people:
            names = self._teams.names
            self._people[visit] = tuple(Person(who, names.get(who, "")) for who in self._teams.members(task))
        return self._people[visit]

    def _deadline(
        self,
        running: Running,
        last: _Last,
        *,
        about: str,
        plan: str | None = None,
        task: str = "",
        subject: str = "",
        name: str = "",
        what: str = "",
        inspectors: tuple[Person, ...] = (),
    ) -> Deadline:
        law, day, done = self.clocks[running.clock], last.day, running.done
        left = _Left(None) if done or not day else self._left_to(day)
        return Deadline(
            id=":".join(part for part in (self.plan.draw if plan is None else plan, running.clock, about) if part),
            clock=running.clock,
            status=self._status(day, done),
            plan=self.plan.draw if plan is None else plan,
            task=task,
            subject=subject,
            name=name,
            inspector=inspectors[0].inspector if running.clock == "certificate" else "",
            what=what or law.name,
            started=running.started,
            due=day,
            done_on=done,
            left=left.left,
            left_unit="hours" if len(day) > DATE else "workdays",
            basis=law.basis,
            inspectors=inspectors,
            assumed=last.assumed or left.assumed,
            unknown_year=last.unknown_year or left.unknown_year,
        )

    def _status(self, day: str, done: str) -> Status:
        if not day:
            return "unknown"
        if done:
            length = min(len(day), len(done))
            return "done-late" if done[:length] > day[:length] else "done"
        return "overdue" if day < self.now[: len(day)] else "due"
