"""Every clock of a plan (期限): when it started, when it is due, whether it was kept. Pure; `now` is an argument.

Which clocks run is `core.year.running`, how long they run `core.law.clocks`. Times are texts, local to `now`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Literal, NamedTuple

from shuangsuiji.core.law.clocks import CLOCKS, DATE, Clock, due
from shuangsuiji.core.law.workdays import Calendar, days_left
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.running import Running, Starts
from shuangsuiji.core.year.state import OWN, State, Task
from shuangsuiji.core.year.teams import Teams

Status = Literal["overdue", "due", "done-late", "done"]
STATUSES: tuple[Status, ...] = ("overdue", "due", "done-late", "done")
"""In the order of urgency."""

_ALWAYS = "9999-12-31T23:59"


class Person(NamedTuple):
    """An inspector of the team as it is now."""

    inspector: str
    name: str


class Deadline(NamedTuple):
    """One clock. `task`, `subject`, `inspector` are blank where it has none; `name` = the subject's, where known.

    `left`: working days or hours (`left_unit`), negative when overdue, None when done. `assumed`: a year without
    notice was taken as Monday to Friday.
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
    Raises UnknownYear where the calendar lacks a year that is needed.
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


def urgency(deadline: Deadline) -> tuple[int, str, str]:
    """The order in which deadlines are shown."""
    return STATUSES.index(deadline.status), deadline.due, deadline.id


class _Reckoning:
    """One pass over a plan; due days and days left are reckoned once per start."""

    def __init__(self, state: State, plan: Plan, calendar: Calendar, now: datetime, window: Window):
        self.state, self.plan, self.calendar, self.window = state, plan, calendar, window
        self.clocks = clocks_of(plan)
        self.today = now.date()
        self.now = now.replace(tzinfo=None).isoformat(timespec="minutes")
        self.starts = Starts(state, plan, now.tzinfo, with_done=window.done)
        self._due: dict[tuple[str, str], tuple[str, bool]] = {}
        self._left: dict[str, tuple[int, bool]] = {}
        self._teams: Teams | None = None
        self._people: dict[tuple[str, str], tuple[Person, ...]] = {}
        self.done: list[str] = []

    def tasks(self) -> Iterator[Deadline]:
        """The clocks of tasks."""
        with_done, until = self.window.done, self.window.until
        for task in self.state.tasks.values():
            for running in self.starts.of(task):
                if running.clock == "period-end":
                    self.done.append(running.done)
                if running.done and not with_done:
                    continue
                day, assumed = (running.due, False) if running.due else self._due_of(running)
                if running.done or day <= until[: len(day)]:
                    yield self._deadline(
                        running._replace(due=day),
                        assumed,
                        about=task.task,
                        task=task.task,
                        subject=task.subject,
                        name=task.name,
                        inspectors=self._team(task),
                    )

    def plan_as_a_whole(self) -> Iterator[Deadline]:
        """Task lists handed out, and the share at half time (after `tasks`, which counts them)."""
        for source in self.state.sources.values():
            if self.window.done:
                started = source.event.on.isoformat()
                handed_out = started if source.id == OWN else max(started, self.starts.here(source.at)[:DATE])
                running = Running("task-list", started, "", handed_out)
                day, assumed = self._due_of(running)
                yield self._deadline(running._replace(due=day), assumed, about=source.id or "draw")
        if self.done:
            yield from self._half_time(self.done)

    def expiries(self, expiries: Sequence[Expiry]) -> Iterator[Deadline]:
        """Certificates and licences that end."""
        for expiry in expiries:
            ends = date.fromisoformat(expiry.until)
            warned = ends - timedelta(days=self.clocks[expiry.clock].limit)
            if warned <= self.today:
                is_person = expiry.clock == "certificate"
                yield self._deadline(
                    Running(expiry.clock, warned.isoformat(), expiry.until, ""),
                    False,
                    about=expiry.holder,
                    plan="",
                    subject="" if is_person else expiry.holder,
                    name="" if is_person else expiry.name,
                    inspectors=(Person(expiry.holder, expiry.name),) if is_person else (),
                )

    def _half_time(self, days: list[str]) -> Iterator[Deadline]:
        start, end = self.plan.period.start, self.plan.period.end
        middle = (start + (end - start) // 2).isoformat()
        needed = ceil(len(days) * self.clocks["half-time"].limit / 100)
        done = sorted(day for day in days if day)
        running = Running("half-time", start.isoformat(), middle, done[needed - 1] if len(done) >= needed else "")
        if self.window.done if running.done else middle <= self.window.until[:DATE]:
            what = f"时间过半，应完成 {self.clocks['half-time'].limit}%：共 {len(days)} 项，已完成 {len(done)} 项"
            yield self._deadline(running, False, about="plan", what=what)

    def _due_of(self, running: Running) -> tuple[str, bool]:
        key = running[:2]
        if key not in self._due:
            self._due[key] = due(self.clocks[running.clock], running.started, self.calendar)
        return self._due[key]

    def _left_to(self, day: str) -> tuple[int, bool]:
        if day not in self._left:
            if len(day) > DATE:
                wait = datetime.fromisoformat(day) - datetime.fromisoformat(self.now)
                self._left[day] = wait // timedelta(hours=1), False
            else:
                last = date.fromisoformat(day)
                years = range(min(self.today, last).year, max(self.today, last).year + 1)
                assumed = any(year not in self.calendar.years for year in years)
                self._left[day] = days_left(self.calendar, self.today, last), assumed
        return self._left[day]

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
        assumed: bool,
        *,
        about: str,
        plan: str | None = None,
        task: str = "",
        subject: str = "",
        name: str = "",
        what: str = "",
        inspectors: tuple[Person, ...] = (),
    ) -> Deadline:
        law, day, done = self.clocks[running.clock], running.due, running.done
        left, guessed = (None, False) if done else self._left_to(day)
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
            left=left,
            left_unit="hours" if len(day) > DATE else "workdays",
            basis=law.basis,
            inspectors=inspectors,
            assumed=assumed or guessed,
        )

    def _status(self, day: str, done: str) -> Status:
        if done:
            length = min(len(day), len(done))
            return "done-late" if done[:length] > day[:length] else "done"
        return "overdue" if day < self.now[: len(day)] else "due"
