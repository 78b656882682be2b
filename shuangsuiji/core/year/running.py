"""Which clocks a task has set running: what its findings say, before any calendar is asked.

- A clock of hours or of entries is kept when the office says so (`uploaded`, `…_entered`), else when the field came
  into our ledger.
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

_UPLOADS = (("check_ended", "uploaded", "check-upload"), ("report_received", "report_uploaded", "report-upload"))
_ENTRIES = (
    ("case_filed_on", "case_filed_entered", "case-filed"),
    ("penalty_decided_on", "penalty_decided_entered", "penalty-decided"),
    ("case_closed_on", "case_closed_entered", "case-closed"),
)


class Running(NamedTuple):
    """A clock that runs or ran: `due` only where the day is given (blank: to be reckoned); `done` blank while open."""

    clock: str
    started: str
    due: str
    done: str


def finished(values: Mapping[str, str]) -> str:
    """The day on which a task was done: the later of visit and test report; blank while either is out."""
    ended, report = values.get("check_ended", "")[:DATE], values.get("report_received", "")[:DATE]
    if not ended or (not report and values.get("sampled") == "yes"):
        return ""
    return max(ended, report)


class Starts:
    """The clocks of the tasks of one plan; `zone` = that of local times; `with_done`: those long kept as well."""

    def __init__(self, state: State, plan: Plan, zone: tzinfo | None, *, with_done: bool):
        self._period = plan.period.start.isoformat(), plan.period.end.isoformat()
        self._zone, self._with_done = zone, with_done
        self._local: dict[str, str] = {}
        rule = plan.deadlines.get("result-public")
        self._campaign = _campaigns(state) if rule is not None and rule.done == "campaign" else None

    def of(self, task: Task) -> Iterator[Running]:
        """The clocks of `task`."""
        if task.voided is not None:
            return
        values, is_drawn = task.values, task.source != OTHERWISE
        if not values:
            if is_drawn:
                yield Running("period-end", *self._period, "")
            return
        ended, outcome = finished(values), values.get("outcome", "")
        if is_drawn:
            yield Running("period-end", *self._period, ended if outcome else "")
        if self._with_done:
            yield from self._entered(task)
        is_penalty = outcome == "PENALISED" or (not outcome and "case_filed_on" in values)
        if ended and is_drawn and not is_penalty:
            started = ended if self._campaign is None else self._campaign[task.source]
            published = values.get("published", "")
            if started and (not published or self._with_done):
                yield Running("result-public", started, "", published)
        if "correct_by" in values:
            ordered = values.get("correction_ordered_on", "")
            yield Running("follow-up", ordered, values["correct_by"], values.get("followed_up_on", ""))
        if "penalty_decided_on" in values:
            yield from _penalty(values)

    def here(self, at: str) -> str:
        """A time of the ledger (with offset) as a local moment."""
        if at not in self._local:
            moment = datetime.fromisoformat(at).astimezone(self._zone)
            self._local[at] = moment.replace(tzinfo=None).isoformat(timespec="minutes")
        return self._local[at]

    def _entered(self, task: Task) -> Iterator[Running]:
        """Clocks that end with an entry: once we know that they started, they are over."""
        values, entered = task.values, task.entered
        for field, kept, clock in _UPLOADS:
            if field in values:
                yield Running(clock, values[field], "", values.get(kept) or self.here(entered[field]))
        for field, kept, clock in _ENTRIES:
            if field in values:
                yield Running(clock, values[field], "", values.get(kept) or self.here(entered[field])[:DATE])


def _penalty(values: Mapping[str, str]) -> Iterator[Running]:
    published = values.get("penalty_published", "")
    yield Running("penalty-public", values["penalty_decided_on"], "", published)
    if published and "penalty_changed_on" in values:
        yield Running("penalty-withdrawn", values["penalty_changed_on"], "", values.get("penalty_withdrawn", ""))


def _campaigns(state: State) -> dict[str, str]:
    """The day on which the last task of each draw or list was done; blank while one is open."""
    last = dict.fromkeys(state.sources, "")
    for task in state.tasks.values():
        if task.source in last and task.voided is None:
            last[task.source] = max(last[task.source], finished(task.values) or "open")
    return {source: "" if day == "open" else day for source, day in last.items()}
