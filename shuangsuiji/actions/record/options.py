"""``ssj record --task T …``: findings, evidence and measures of one task, said on the command line."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuangsuiji.actions.record.keeping import Decided, Desk, RecordResult, desk, keep
from shuangsuiji.actions.who import Who
from shuangsuiji.core.problem import Place, Problem
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.cell_values import plain, value
from shuangsuiji.core.year.events import Event, EvidenceKept, MeasureTaken
from shuangsuiji.core.year.findings import FINDINGS, MEASURES, coded, finding, nearest
from shuangsuiji.core.year.jointly import between_departments
from shuangsuiji.core.year.recording import Decision, Entered, closed, decide, past, unknown
from shuangsuiji.core.year.state import State
from shuangsuiji.core.year.uploading import uploaded
from shuangsuiji.files.evidence import Evidence, copied, look
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.workspace import Workspace

COMMAND_LINE = Place("命令行")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of one task: `settings` as typed (``抽查结果=未发现问题``), `clears` to be erased.

    `on`: the day of the measure. `uploaded`: when all that is on record, or said here, was on the superior's platform.
    """

    on: date
    settings: Sequence[str] = ()
    clears: Sequence[str] = ()
    inspector: str = ""
    evidence: Sequence[Path] = ()
    copy: bool = False
    measure: str = ""
    text: str = ""
    uploaded: str = ""


def record_task(workspace: Workspace, plan_name: str | None, who: Who, task: str, asked: Asked) -> RecordResult:
    """Record what is `asked` of `task`. Raises Faulty with every Problem, or another Refusal."""
    at = desk(workspace, plan_name, who)
    entered, problems = said(task, asked)
    moment, unread = moment_of_upload(asked.uploaded) if asked.uploaded else ("", [])
    files = look(asked.evidence)

    def decided(ledger: Ledger, state: State) -> Decided:
        return decide_task(ledger, state, at, _with_upload(state, entered, moment), files, asked)

    return keep(at, decided, [*problems, *unread], beside=lambda done: copies(at, files, done, asked))


def decide_task(
    ledger: Ledger, state: State, at: Desk, entered: Entered, files: Sequence[Evidence], asked: Asked
) -> Decided:
    """Findings, then evidence, then the measure."""
    now = at.who.now.replace(tzinfo=None)
    task = state.tasks.get(entered.task)
    wrong = unknown(entered) if task is None else closed(task, entered)
    if wrong is not None:
        return Decided((), Decision(problems=[wrong]))
    findings = Decision()
    if entered.values:
        before = past(ledger.happened, state)
        findings = decide(state, [entered], before, now)
        if wrong_side := between_departments(state, [entered], ledger.happened, before, at.plan):
            return Decided((), Decision(problems=[*findings.problems, *wrong_side]))
    events: list[Event] = list(findings.events)
    known: list[str] = []
    kept = {one.sha256: one for one in state.evidence.get(entered.task, ())}
    for one in files:
        if one.sha256 in kept and (kept[one.sha256].copied or not asked.copy):
            known.append(f"证据“{one.name}”已登记过。")
        else:
            events.append(
                EvidenceKept(
                    on=now.date(), task=entered.task, name=one.name, size=one.size, sha256=one.sha256, copied=asked.copy
                )
            )
    if asked.measure:
        taken = _measure(entered.task, asked)
        if taken in state.measures:
            known.append(f"{asked.measure}已登记过。")
        else:
            events.append(taken)
    return Decided(events, findings, known, entered.task)


def moment_of_upload(text: str) -> tuple[str, list[Problem]]:
    """What ``--uploaded`` says, as a value, or what is wrong with it."""
    return _read("uploaded", text)


def _with_upload(state: State, entered: Entered, when: str) -> Entered:
    """What was said, and that it and all that is on record of the task was uploaded at `when`, unless that is blank."""
    task = state.tasks.get(entered.task)
    if task is None or not when:
        return entered
    values = {name: text for name, text in {**task.values, **entered.values}.items() if text}
    return entered._replace(values={**uploaded(values, when), **entered.values})


def copies(at: Desk, files: Sequence[Evidence], done: Decided, asked: Asked) -> AbstractContextManager[None]:
    """The copies that go with the evidence decided on."""
    wanted = {event.sha256 for event in done.events if isinstance(event, EvidenceKept)}
    chosen = [one for one in files if one.sha256 in wanted]
    return copied(at.dossier.folder, done.task, chosen) if asked.copy and chosen else nullcontext()


def said(task: str, asked: Asked) -> tuple[Entered, list[Problem]]:
    """What was typed, as values. Raises Refusal (wrong use) for a field that does not exist or is given twice."""
    values: dict[str, str] = {}
    unread: set[str] = set()
    problems: list[Problem] = []
    for setting in asked.settings:
        name, equals, raw = setting.partition("=")
        field_of = _field(name, setting if equals else "")
        if not raw.strip():
            what = f"“{setting}”没有写内容。"
            raise Refusal("blank-setting", what, todo=f"清除已录入的内容用 --clear {field_of}。", exit_code=USAGE)
        text, wrong = _read(field_of, raw)
        problems += wrong
        if not text:
            unread.add(field_of)
        elif values.setdefault(field_of, text) != text:
            raise _twice(field_of)
    for name in asked.clears:
        if values.setdefault(_field(name, name), ""):
            raise _twice(_field(name, name))
    return Entered(task, values, COMMAND_LINE, inspector=asked.inspector, unread=frozenset(unread)), problems


def _read(name: str, raw: str) -> tuple[str, list[Problem]]:
    """What was typed for the field `name`, as its value; and what is wrong with it."""
    text, wrong = value(FINDINGS[name], raw)
    place = COMMAND_LINE._replace(column=FINDINGS[name].heading)
    return text, [Problem(wrong.severity, wrong.code, place, wrong.what, wrong.todo)] if wrong else []


def _field(name: str, setting: str) -> str:
    found = finding(name)
    if not setting:
        raise Refusal(
            "bad-setting", f"“{name}”里没有等号。", todo="写成 --set 复查日期=2023-5-9 的样子。", exit_code=USAGE
        )
    if found is None:
        near = nearest(name)
        todo = f"是不是{'、'.join(near)}？" if near else ""
        todo += f"可以录入的内容：{'、'.join(one.heading for one in FINDINGS.values())}。"
        raise Refusal("unknown-field", f"没有“{name}”这一项。", todo=todo, exit_code=USAGE)
    return found.name


def _twice(name: str) -> Refusal:
    return Refusal(
        "given-twice", f"“{FINDINGS[name].heading}”写了两次，内容不同。", todo="请只写一次。", exit_code=USAGE
    )


def _measure(task: str, asked: Asked) -> MeasureTaken:
    measure = coded(asked.measure, MEASURES)
    if measure is None:
        what = f"“{asked.measure}”不是可登记的措施。"
        raise Refusal("bad-measure", what, todo=f"请写：{'、'.join(MEASURES.values())}。", exit_code=USAGE)
    if not asked.text.strip():
        raise Refusal("measure-needs-text", "登记措施要写明内容。", todo="请加上 --text。", exit_code=USAGE)
    return MeasureTaken.model_validate({"on": asked.on, "task": task, "measure": measure, "text": plain(asked.text)})
