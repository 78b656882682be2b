"""Which tasks a notice makes public: what is ready, never twice; and which published rows have changed since.

- Results: done, of a drawn task, and no penalty, which has a notice and a clock of its own (S2 四(一)).
- Penalties: decided. Tasks that the superior closed are not published.
- Visits outside the random draw go out only where that is asked for.
- A task is public once a notice told of it, or once it is on record that it was published elsewhere.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.disclosure.notice import Notice
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.publication import Publication, standing
from shuangsuiji.core.year.running import finished
from shuangsuiji.core.year.state import OTHERWISE, State, Task

OfTasks = Literal["results", "penalties"]
CLOCKS: Mapping[OfTasks, str] = {"results": "result-public", "penalties": "penalty-public"}
_DATED = frozenset({"title", "on", "on_iso", "number", "name", "corrects", "reason", "checkpoint"})
_SEAL = frozenset({"is_sealed", "sealed_on", "pool_digest"})
"""Variables of a notice that differ each time whatever it says, and those that a draw adds to an unchanged plan."""


class Ready(NamedTuple):
    """A task that may go out: since when, by when (blank: no clock runs), and how many working days are left."""

    task: str
    subject: str
    name: str
    since: str
    due: str = ""
    left: int | None = None
    assumed: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether its last day has passed."""
        return self.left is not None and self.left < 0


class Choice(NamedTuple):
    """What is `ready`, the most urgent first; `otherwise`: ready too, but visits outside the draw, and left out."""

    ready: tuple[Ready, ...]
    otherwise: tuple[Ready, ...] = ()

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(one.is_overdue for one in self.ready)


class Obstacle(NamedTuple):
    """Why a task that was named cannot go out; `code` is stable English."""

    task: str
    code: str
    what: str


def public(state: State, what: OfTasks) -> dict[str, Publication]:
    """By task the notice that makes it public now; notices of a draw or list that was voided do not count."""
    found = {}
    for name, one in standing(state.notices, what).items():
        task = state.tasks.get(name)
        source = state.sources.get(task.source) if task else None
        if task is not None and (source is None or source.line < one.line):
            found[name] = one
    return found


def choose(state: State, what: OfTasks, deadlines: Iterable[Deadline], *, otherwise: bool) -> Choice:
    """All that is ready. `deadlines`: open ones of the plan; `otherwise`: with visits outside the draw."""
    clocks = {one.task: one for one in deadlines if one.clock == CLOCKS[what]}
    out = public(state, what)
    ready: list[Ready] = []
    apart: list[Ready] = []
    for task in state.tasks.values():
        if obstacle(state, what, task.task, out) is None:
            chosen = ready if otherwise or task.source != OTHERWISE else apart
            chosen.append(_ready(task, what, clocks.get(task.task)))
    return Choice(tuple(sorted(ready, key=_urgency)), tuple(sorted(apart, key=_urgency)))


def obstacle(state: State, what: OfTasks, name: str, out: Mapping[str, Publication]) -> Obstacle | None:
    """What stands against publishing a task; None where it is ready. `out`: see `public`."""
    task = state.tasks.get(name)
    if task is None:
        return Obstacle(name, "unknown-task", f"没有任务“{name}”。")
    if task.voided is not None:
        return Obstacle(name, "task-closed", f"任务 {name} 已由上级完结（{task.voided.document_no}），不公示。")
    if name in out:
        return Obstacle(name, "already-published", f"任务 {name} 已在 {out[name].event.notice} 公示。")
    return _penalty_obstacle(task) if what == "penalties" else _result_obstacle(task)


def earliest(state: State, what: OfTasks, tasks: Iterable[str]) -> date | None:
    """The day before which a notice of `tasks` cannot have been made; None of none."""
    days = [_since(state.tasks[name], what) for name in tasks if name in state.tasks]
    return date.fromisoformat(max(days)[:10]) if any(days) else None


def changed(state: State, what: OfTasks, rows: Mapping[str, str]) -> dict[str, list[str]]:
    """Tasks whose published row is another one now, by the notice that tells of them. `rows`: digests as of now."""
    found: dict[str, list[str]] = {}
    for name, one in public(state, what).items():
        if name in rows and rows[name] != one.event.tasks[name] and state.tasks[name].voided is None:
            found.setdefault(one.event.notice, []).append(name)
    return found


def to_be_withdrawn(state: State) -> list[str]:
    """Tasks with a published penalty that was changed or revoked, and which is public still."""
    out = public(state, "penalties")
    return [
        name
        for name, one in out.items()
        if "penalty_changed_on" in state.tasks[name].values and not _is_told(state.tasks[name], one)
    ]


def same_decision(state: State, names: Collection[str], out: Collection[str]) -> list[str]:
    """Those of the tasks `out` that stand under the same penalty decision as any of `names`: one row of a notice."""
    decisions = {_decision(state.tasks[name]) for name in names}
    return [name for name in out if _decision(state.tasks[name]) in decisions]


def said(notice: Notice) -> str:
    """The digest of what a notice says, apart from its day, number and checkpoint."""
    variables = {name: value for name, value in notice.variables.items() if name not in _DATED | _SEAL}
    tables = [(grid.caption, [column.heading for column in grid.columns], list(grid.rows)) for grid in notice.tables]
    text = json.dumps([variables, tables], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(
    columns: Sequence[str], old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]], leaving: Collection[int]
) -> list[dict[str, str]]:
    """Cell by cell what became of published rows: `old` and `new` by task. `leaving`: columns that do not count."""
    return [
        {"task": task, "column": columns[place], "old": old[task][place], "new": row[place]}
        for task, row in new.items()
        if task in old
        for place in range(len(columns))
        if place not in leaving and old[task][place] != row[place]
    ]


def _decision(task: Task) -> tuple[str, str]:
    return task.subject, task.values.get("penalty_no") or task.task


def _is_told(task: Task, one: Publication) -> bool:
    """Whether the notice was made after the withdrawal, of the penalty as it is since."""
    return task.values["penalty_changed_on"] <= task.values.get("penalty_withdrawn", "") <= one.event.on.isoformat()


def _result_obstacle(task: Task) -> Obstacle | None:
    values, name = task.values, task.task
    if values.get("outcome") == "PENALISED":
        what = f"任务 {name} 的结果是行政处罚，用 ssj publish penalties 公示。"
        return Obstacle(name, "is-penalty", what)
    if status(task) in {"open", "checked"}:
        return Obstacle(name, "not-done", f"任务 {name} 还没有完成（没有抽查结果，或检测报告未到）。")
    if "published" in values:
        return Obstacle(name, "already-published", f"任务 {name} 已于 {values['published']} 公示（登记的日期）。")
    return None


def _penalty_obstacle(task: Task) -> Obstacle | None:
    values, name = task.values, task.task
    if "penalty_decided_on" not in values:
        return Obstacle(name, "no-penalty", f"任务 {name} 没有处罚决定。")
    out, withdrawn = values.get("penalty_published", ""), values.get("penalty_withdrawn", "")
    if withdrawn and values["penalty_decided_on"] < values.get("penalty_changed_on", ""):
        what = f"任务 {name} 的处罚公示已于 {withdrawn} 撤下。"
        return Obstacle(name, "withdrawn", what)
    if out and (not withdrawn or out > withdrawn):
        return Obstacle(name, "already-published", f"任务 {name} 的处罚已于 {out} 公示（登记的日期）。")
    return None


def _ready(task: Task, what: OfTasks, clock: Deadline | None) -> Ready:
    since = _since(task, what)[:10]
    if clock is None:
        return Ready(task.task, task.subject, task.name, since)
    return Ready(task.task, task.subject, task.name, since, clock.due, clock.left, clock.assumed)


def _since(task: Task, what: OfTasks) -> str:
    return finished(task.values) if what == "results" else task.values.get("penalty_decided_on", "")


def _urgency(one: Ready) -> tuple[str, str]:
    return one.due or "9999", one.task
