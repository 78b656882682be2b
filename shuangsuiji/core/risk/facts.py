"""What a ledger tells against a subject: one Fact for each event that a rule may be about, with its ledger line.

- Tasks closed by the superior (重卡、录入错误) tell nothing; nor do subjects of a list that nobody knows the number of.
- One event entered for several tasks counts once: a penalty by its number, a complaint by its paper, what happened on
  a visit by the visit.
- A penalty that was changed or revoked counts, and its fact says so: which of the two it was, a person has to look up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.risk.rules import KINDS, Period, Rule
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.table import Table
from shuangsuiji.core.year.events import Happened, Received, Recorded, VisitedOtherwise
from shuangsuiji.core.year.findings import FOLLOW_UPS, OUTCOMES, REASONS
from shuangsuiji.core.year.receiving import known_subjects
from shuangsuiji.core.year.state import OTHERWISE, State, Task

_SOMEBODY = frozenset({"refused", "no-business"})
"""Reasons of 无法联系 that say that somebody was there."""
_MOST = 60
"""Characters of what was violated."""


class Fact(NamedTuple):
    """An event: `kind` as rules have it, `day` ISO (blank: a list that gives none), `where` it is on record.

    `key`: what tells it from other events of its subject and kind; `alike`: what violation a penalty was for.
    """

    kind: str
    subject: str
    name: str
    day: str
    key: str
    told: str
    where: str
    alike: str = ""


def facts(dossier: str, state: State, happened: Iterable[Happened]) -> Iterator[Fact]:
    """Those of the ledger of `dossier` (its path as people see it); `state` is the fold of `happened`."""
    lines = _lines(happened)
    unknown = {
        name: set(source.event.unmatched) - known_subjects(source.event)
        for name, source in state.sources.items()
        if isinstance(source.event, Received)
    }
    for task in state.tasks.values():
        if task.voided is None and task.subject not in unknown.get(task.source, ()):
            for kind, day, field, key, told in _of(task, state):
                line = lines.get((task.task, field))
                where = f"卷宗 {dossier} 台账第{line}行，任务 {task.task}"
                alike = task.values.get("violation_type", "") or f"（未录违法行为类型，{task.stratum}）"
                whole = f"{dossier}|{key}" if key.startswith("/") else key
                yield Fact(kind, task.subject, task.name, day[:10], whole, told, where, alike)


def listed(rule: Rule, tables: Sequence[Table], subjects: Iterable[Subject]) -> tuple[list[Fact], int]:
    """The rows of a list that a rule names, one Fact for each subject and row; how many rows no subject has."""
    by_id: dict[str, dict[str, str]] = {}
    for subject in subjects:
        for text in {subject.subject, subject.code} - {""}:
            by_id.setdefault(text, {})[subject.subject] = subject.name
    found, strangers = [], 0
    for table in tables:
        for row in range(len(table)):
            if not all(table.cell(row, column) in values for column, values in rule.where.items()):
                continue
            ids = (table.cell(row, "对象编号"), table.cell(row, "统一社会信用代码"))
            meant = next((by_id[text] for text in ids if text in by_id), {})
            strangers += not meant
            day = table.cell(row, rule.day) if rule.day else ""
            why = table.cell(row, "原因")
            where = str(table.place(row))
            found += [Fact(rule.kind, who, name, day, f"{where}|{ids}", why, where) for who, name in meant.items()]
    return found, strangers


def distinct(found: Iterable[Fact]) -> list[Fact]:
    """Each event once, in order of its day."""
    once: dict[tuple[str, str, str], Fact] = {}
    for fact in found:
        once.setdefault((fact.kind, fact.subject, fact.key), fact)
    return sorted(once.values(), key=lambda fact: (fact.day, fact.where))


def within(found: Iterable[Fact], period: Period) -> list[Fact]:
    """Those of the period."""
    return [fact for fact in found if period.holds(fact.day)]


def _of(task: Task, state: State) -> Iterator[tuple[str, str, str, str, str]]:
    """Kind, day, the field that tells it, key (with a leading slash: of this dossier only), what it was."""
    values = task.values
    visit = f"/{task.source}/{task.visit}"
    checked = values.get("check_ended", "")
    if day := values.get("penalty_decided_on", ""):
        number = values.get("penalty_no", "")
        yield "penalty", day, "penalty_decided_on", number or f"/{task.task}", _penalty(values)
    if values.get("test_result") == "fail":
        yield "failed-sample", values.get("report_received", checked), "test_result", f"/{task.task}", ""
    outcome, reason = values.get("outcome"), values.get("reason", "")
    if outcome == "CORRECTION_ORDERED":
        problems = values.get("problems", "").replace("\n", " ")[:_MOST]
        yield "correction", values.get("correction_ordered_on", checked), "outcome", visit, problems
    if values.get("follow_up_result") in {"not", "partly"}:
        told = FOLLOW_UPS[values["follow_up_result"]]
        yield "uncorrected", values.get("followed_up_on", checked), "follow_up_result", visit, told
    if outcome == "UNREACHABLE" and reason == "refused":
        yield "refused", checked, "reason", visit, ""
    if outcome == "UNREACHABLE" and reason not in _SOMEBODY:
        yield "unreachable", checked, "outcome", visit, REASONS.get(reason, "")
    if task.source == OTHERWISE:
        one = state.otherwise[task.task]
        told = f"{one.document_no}{'，' if outcome else ''}{OUTCOMES.get(outcome or '', '')}"
        yield one.basis, one.on.isoformat(), "", one.document_no or f"/{task.task}", told


def _penalty(values: Mapping[str, str]) -> str:
    parts = [values.get("penalty_no", ""), values.get("violation_type", "").replace("\n", " ")[:_MOST]]
    parts += [f"罚款{values['fine']}元"] if values.get("fine") else []
    if changed := values.get("penalty_changed_on"):
        parts.append(f"（{changed} 变更或撤销，请核对）")
    return "，".join(filter(None, parts))


def _lines(happened: Iterable[Happened]) -> dict[tuple[str, str], int]:
    """(task, field) → the ledger line that said it last; a blank field: the one that registered the visit."""
    lines: dict[tuple[str, str], int] = {}
    for one in happened:
        event = one.event
        if isinstance(event, Recorded):
            lines |= {(event.task, field): one.line for field, text in event.values.items() if text}
        elif isinstance(event, VisitedOtherwise):
            lines[event.task, ""] = one.line
    return lines


def as_told(fact: Fact) -> str:
    """One Fact as the sheet says it."""
    word = KINDS[fact.kind.partition("/")[0]]
    what = f"{word}：{fact.told}" if fact.told else word
    return f"{fact.day or '没有日期'} {what}（{fact.where}）"
