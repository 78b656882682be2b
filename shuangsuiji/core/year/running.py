"""Which clocks a task has set running: what its findings say, before any calendar is asked.

- What goes to the superior’s platform (24 hours, 5 days) is kept when the office says so (`uploaded`, `…_entered`),
  else when the field came into our ledger; where the plan says ``platform: separate``, only when the office says so.
- The time for the result runs from the end of the task, with or without an outcome on record: what is late to be
  entered is not late to be due. Not for penalties, which have their own; not for visits outside the draw.
- A task that was closed by the superior (`voided`) has no clocks.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from shuangsuiji.core.law.clocks import DATE
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.state import OTHERWISE, State, Task

UPLOADS = (
    ("check_ended", "uploaded", "check-upload"),
    ("report_received", "report_uploaded", "report-upload"),
    ("case_filed_on", "case_filed_entered", "case-filed"),
    ("penalty_decided_on", "penalty_decided_entered", "penalty-decided"),
    ("case_closed_on", "case_closed_entered", "case-closed"),
)
"""What goes to the platform: since when, the field that says when it was there, and the clock (S2 四(二))."""


class Running(NamedTuple):
    """A clock that runs or ran: `due` only where the day is given (blank: to be reckoned); `done` blank while open."""

    clock: str
    started: str
    due: str
    done: str


def finished(values: Mapping[str, str]) -> str:
    """The day on which a task was done: the later of visit and test report; blank while either is out."""
    ended = values.get("check_ended")
    if not ended:
        return ""
    report = values.get("report_received")
    if report:
        return max(ended, report)[:DATE]
    return "" if values.get("sampled") == "yes" else ended[:DATE]


class Starts:
    """The clocks of the tasks of one plan; `zone` = that of local times; `with_done`: those that are over as well.

    `days`: when each drawn task that was asked for had its result; blank while it has none.
    """

    def __init__(self, state: State, plan: Plan, zone: tzinfo | None, *, with_done: bool):
        self._period = plan.period.start.isoformat(), plan.period.end.isoformat()
        self._zone, self._with_done = zone, with_done
        self._separate = plan.platform == "separate"
        self._local: dict[str, str] = {}
        self.days: list[str] = []
        rule = plan.deadlines.get("result-public")
        self._campaign = _campaigns(state) if rule is not None and rule.done == "campaign" else None

    def of(self, task: Task) -> Iterator[Running]:
        """The clocks of `task`."""
        if task.voided is not None:
            return
        values, is_drawn, with_done = task.values, task.source != OTHERWISE, self._with_done
        ended, outcome = finished(values), values.get("outcome", "")
        if is_drawn:
            done = ended if outcome else ""
            self.days.append(done)
            if not done or with_done:
                yield Running("period-end", *self._period, done)
        if with_done or self._separate:
            yield from self._uploads(task)
        is_penalty = outcome == "PENALISED" or (not outcome and "case_filed_on" in values)
        if ended and is_drawn and not is_penalty:
            published = values.get("published", "")
            if not published or with_done:
                started = ended if self._campaign is None else self._campaign[task.source]
                if started:
                    yield Running("result-public", started, "", published)
        if "correct_by" in values or "penalty_decided_on" in values:
            yield from _orders(values, with_done=with_done)

    def here(self, at: str) -> str:
        """A time of the ledger (with offset) as a local moment."""
        if at not in self._local:
            moment = datetime.fromisoformat(at).astimezone(self._zone)
            self._local[at] = moment.replace(tzinfo=None).isoformat(timespec="minutes")
        return self._local[at]

    def _uploads(self, task: Task) -> Iterator[Running]:
        """Clocks of the platform. Where our entry counts for it, they are over once we know that they started."""
        values = task.values
        for field, uploaded, clock in UPLOADS:
            if field in values:
                done = values.get(uploaded, "")
                if not done and not self._separate:
                    done = self.here(task.entered[field])[: len(values[field])]
                if not done or self._with_done:
                    yield Running(clock, values[field], "", done)


def _orders(values: Mapping[str, str], *, with_done: bool) -> Iterator[Running]:
    """The clocks of a correction that was ordered, and of a penalty."""
    if "correct_by" in values:
        done = values.get("followed_up_on", "")
        if not done or with_done:
            yield Running("follow-up", values.get("correction_ordered_on", ""), values["correct_by"], done)
    if "penalty_decided_on" not in values:
        return
    published = values.get("penalty_published", "")
    if not published or with_done:
        yield Running("penalty-public", values["penalty_decided_on"], "", published)
    if published and "penalty_changed_on" in values:
        withdrawn = values.get("penalty_withdrawn", "")
        if not withdrawn or with_done:
            yield Running("penalty-withdrawn", values["penalty_changed_on"], "", withdrawn)


def _campaigns(state: State) -> dict[str, str]:
    """The day on which the last task of each draw or list was done; blank while one is open."""
    last = dict.fromkeys(state.sources, "")
    for task in state.tasks.values():
        if task.source in last and task.voided is None:
            last[task.source] = max(last[task.source], finished(task.values) or "open")
    return {source: "" if day == "open" else day for source, day in last.items()}
