"""What returned sheets and options say becomes `Recorded` events, or Problems: all at once, all or none.

- A value that is recorded already is nothing new; one that differs is a correction, and its event keeps the old one.
  A blank cell erases nothing.
- A workbook that was recorded before, or a cell that repeats what was corrected since, is passed over: reading a
  folder again must not undo a correction.
- Two partners may both return a task; where they differ, people have to decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shuangsuiji.core.problem import Place, Problem, error, errors, warning
from shuangsuiji.core.year.events import Happened, Recorded
from shuangsuiji.core.year.finding_rules import Since, broken
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.state import OTHERWISE, OWN, State, Task
from shuangsuiji.core.year.teams import Teams


class Entered(NamedTuple):
    """What one row of a workbook, or one command line, says of one task; ``""`` clears a field.

    `unread`: fields that hold something which could not be read: a Problem already, and nothing follows from them.
    `lines`: how many ledger lines its sheet knew, None for a command line. `letters`: of the columns, by field.
    `name`: the subject's, as it stands in the row.
    """

    task: str
    values: Mapping[str, str]
    place: Place
    letters: Mapping[str, str] = {}
    inspector: str = ""
    file: str = ""
    sha256: str = ""
    lines: int | None = None
    unread: frozenset[str] = frozenset()
    name: str = ""

    def at(self, name: str) -> Place:
        """Where the value of a field stands, or would stand."""
        return self.place._replace(column=FINDINGS[name].heading, letter=self.letters.get(name))


class Decision(NamedTuple):
    """Events to append, and Problems; tasks with their first findings, with more of them, corrected, and unchanged."""

    events: Sequence[Recorded] = ()
    problems: Sequence[Problem] = ()
    recorded: Sequence[str] = ()
    added: Sequence[str] = ()
    corrected: Sequence[str] = ()
    unchanged: Sequence[str] = ()


class Past(NamedTuple):
    """What the ledger knows of findings: the workbooks that were recorded, and values that were corrected since."""

    files: frozenset[str] = frozenset()
    former: Mapping[tuple[str, str], frozenset[str]] = {}


class _Row(NamedTuple):
    """A row that counts: what it says, and which of it is new."""

    entered: Entered
    values: Mapping[str, str]
    fresh: Mapping[str, str]


def past(happened: Iterable[Happened], state: State) -> Past:
    """The Past of a ledger; what was recorded for a draw that was voided since does not count."""
    files: set[str] = set()
    former: dict[tuple[str, str], set[str]] = {}
    for one in happened:
        event = one.event
        if not isinstance(event, Recorded) or event.task not in state.tasks:
            continue
        if state.tasks[event.task].source == OWN and one.line < state.line:
            continue
        files.add(event.sha256)
        for name, old in event.replaced.items():
            former.setdefault((event.task, name), set()).add(old)
    return Past(frozenset(files - {""}), {key: frozenset(old) for key, old in former.items()})


def decide(state: State, entered: Sequence[Entered], known: Past, now: datetime) -> Decision:
    """What to append for all that was `entered`; no events where there are errors. `now` is local time."""
    teams = Teams(state)
    problems: list[Problem] = []
    by_task: dict[str, list[_Row]] = {}
    for one in entered:
        task = state.tasks.get(one.task)
        if task is None:
            problems.append(unknown(one))
            continue
        rows = by_task.setdefault(one.task, [])
        if one.sha256 not in known.files:
            values, stale = _without_stale(task, one, known)
            problems += stale
            fresh = {name: value for name, value in values.items() if value != task.values.get(name, "")}
            rows.append(_Row(one, values, fresh))
    for name, rows in by_task.items():
        if any(row.fresh for row in rows):
            problems += _faults(state, state.tasks[name], rows, teams, now)
    tasks: dict[str, list[str]] = {"recorded": [], "added": [], "corrected": [], "unchanged": []}
    for name, rows in by_task.items():
        tasks[_kind(state.tasks[name], rows)].append(name)
    if errors(problems):
        return Decision((), problems, **tasks)
    made = [event for name, rows in by_task.items() for event in _events(state.tasks[name], rows, now)]
    return Decision(made, problems, **tasks)


def is_news(state: State, row: Entered, known: Past) -> bool:
    """Whether a row says anything of an open task that is not on record, and was not before a correction."""
    task = state.tasks.get(row.task)
    if task is None or task.voided is not None:
        return False
    return any(
        value != task.values.get(name, "") and value not in known.former.get((row.task, name), ())
        for name, value in row.values.items()
    )


def unknown(row: Entered) -> Problem:
    """There is no such task."""
    todo = "任务编号是印好的，请勿改动；请核对是不是本方案的任务。"
    return error("unknown-task", row.place, f"没有任务“{row.task}”。", todo)


def closed(task: Task, row: Entered) -> Problem | None:
    """The superior has closed the task (S2 三): nothing more can be recorded of it."""
    if task.voided is None:
        return None
    what = f"任务 {task.task} 已设置为完结（{task.voided.document_no}），不能再录入。"
    return error("task-closed", row.place, what, "请清除这一行的内容。" if row.file else "")


def _without_stale(task: Task, row: Entered, known: Past) -> tuple[dict[str, str], list[Problem]]:
    """What the row says but for cells of a workbook that only repeat what was corrected since."""
    values, problems = dict(row.values), []
    for name, value in row.values.items():
        if row.file and value != task.values.get(name, "") and value in known.former.get((task.task, name), ()):
            del values[name]
            shown = FINDINGS[name].shown
            since = f"更正为“{shown(task.values[name])}”" if name in task.values else "清除"
            what = f"“{shown(value)}”是更正以前的内容，台账里已{since}，这一格没有录入。"
            todo = f"如要改回，用 ssj record --task {task.task} --set {name}=内容。"
            problems.append(warning("corrected-since", row.at(name), what, todo))
    return values, problems


def _faults(state: State, task: Task, rows: Sequence[_Row], teams: Teams, now: datetime) -> list[Problem]:
    """All that stands against recording `rows` of one task."""
    new = [row for row in rows if row.fresh]
    if task.voided is not None:
        return [wrong for row in new if (wrong := closed(task, row.entered))]
    said: dict[str, _Row] = {}
    problems = []
    for row in rows:
        for name, value in row.values.items():
            other = said.setdefault(name, row)
            if other.values[name] != value:
                problems.append(_conflict(name, other, row))
    values = {**task.values, **{name: row.values[name] for name, row in said.items()}}
    values = {name: value for name, value in values.items() if value}
    problems += [wrong for row in new for wrong in standing(task, row.entered, teams, values)]
    unread = {name for row in rows for name in row.entered.unread}
    for rule in broken(values, since=_since(state, task), now=now):
        if not unread.intersection(rule.fields):
            row, name = next(((row, name) for name in rule.fields for row in new if name in row.fresh), (new[0], ""))
            place = row.entered.at(rule.missing or name or rule.fields[0])
            problems.append(error(rule.code, place, rule.what, rule.todo))
    if values.get("outcome") == "CORRECTION_ORDERED" and any("penalty_decided_on" in row.fresh for row in new):
        what = f"任务 {task.task} 有处罚决定，抽查结果还是“发现问题已责令改正”。"
        todo = "公示的结果以行政处罚为准的，把抽查结果改为“行政处罚”。"
        problems.append(warning("penalised-too", new[0].entered.at("outcome"), what, todo))
    corrected = [name for row in new for name in row.fresh if name in task.values and name in {"outcome", "problems"}]
    if corrected and "published" in task.values:
        what = f"任务 {task.task} 的结果已于 {task.values['published']} 公示，现在作了更正。"
        place = new[0].entered.at(corrected[0])
        problems.append(warning("published-already", place, what, "请把更正后的结果重新公示。"))
    return problems


def standing(task: Task, row: Entered, teams: Teams, values: Mapping[str, str]) -> list[Problem]:
    """Whether the inspector of the row may speak for the task whose findings are `values`."""
    who = row.inspector
    if not who or who in teams.members(task):
        return []
    left = teams.left(task, who)
    if left is None:
        team = "、".join(map(teams.shown, teams.members(task)))
        what = f"任务 {task.task} 的检查组里没有{teams.shown(who)}。"
        return [error("not-on-team", row.place, what, f"应由检查组填报：{team}。")]
    ended = values.get("check_ended", "")[:10]
    if row.lines is None or row.lines >= left.line or (ended and ended < left.on.isoformat()):
        what = f"{teams.shown(who)}已于 {left.on} 退出任务 {task.task} 的检查组，按退出以前所做的检查录入。"
        return [warning("left-the-team", row.place, what, "请核对。")]
    change = f"{teams.shown(who)}自 {left.on} 起不再承担任务 {task.task}，改由{teams.shown(left.joins)}承担"
    what = f"这份任务单已被替换：{change}。"
    return [error("superseded", row.place, what, "请清除这一行的内容，由现在的检查组用新的任务单填报。")]


def _conflict(name: str, one: _Row, other: _Row) -> Problem:
    shown = FINDINGS[name].shown
    place = one.entered.place
    where = place.file + (f"第{place.row}行" if place.row else "")
    what = f"这里填的是“{shown(other.values[name])}”，“{where}”填的是“{shown(one.values[name])}”，两份不一致。"
    return error("returns-differ", other.entered.at(name), what, "请检查组核对，改正其中一份。")


def _since(state: State, task: Task) -> Since:
    match task.source:
        case source if source == OTHERWISE:
            return Since(state.otherwise[task.task].on, "检查日期")
        case source if source == OWN:
            return Since(state.sources[source].event.on, "抽取日期")
        case source:
            return Since(state.sources[source].event.on, "任务下达日期")


def _kind(task: Task, rows: Sequence[_Row]) -> str:
    fresh = [name for row in rows for name in row.fresh]
    if not fresh:
        return "unchanged"
    if not task.values:
        return "recorded"
    return "corrected" if any(name in task.values for name in fresh) else "added"


def _events(task: Task, rows: Sequence[_Row], now: datetime) -> list[Recorded]:
    """One event for each row that adds something; what partners both say is the first one's."""
    made: list[Recorded] = []
    taken: set[str] = set()
    for row in rows:
        fresh = {name: row.fresh[name] for name in FINDINGS if name in row.fresh and name not in taken}
        taken |= fresh.keys()
        if fresh:
            made.append(
                Recorded(
                    on=now.date(),
                    task=task.task,
                    values=fresh,
                    replaced={name: task.values[name] for name in fresh if name in task.values},
                    inspector=row.entered.inspector,
                    file=row.entered.file,
                    sha256=row.entered.sha256,
                )
            )
    return made
