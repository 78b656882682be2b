"""``ssj receive``: a task list that a higher level drew becomes tasks and visits of a plan.

The list's own draw cannot be verified here. What is written: ``received/R1/`` (pool, report, tasks, teams, sheets), and
one event; its append is the moment at which the list is received.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.gather import caps
from shuangsuiji.actions.history import chronicle
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.judged import judged
from shuangsuiji.actions.papers import Progress, make_received, make_sheets, put_away_lists, put_issued
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, reference_day
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import DAMAGED, USAGE, Faulty, Refusal
from shuangsuiji.core.roster.columns import RECEIVED
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.match_report import FILE, report
from shuangsuiji.core.year.receiving import Letter, Reception
from shuangsuiji.core.year.receiving import receive as decide
from shuangsuiji.core.year.result import TASKS, TEAMS
from shuangsuiji.core.year.state import fold
from shuangsuiji.core.year.twice import AlreadyReceived, Listed, refuse_twice
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.whole import sweep, write_folder, write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

WHAT = "清单、名册或方案"


class ReceiveResult(NamedTuple):
    """A list as it now is on record, and where its papers are; `sheets` = how many files, None when not asked for."""

    plan: Plan
    reception: Reception
    problems: Sequence[Problem]
    checkpoint: Checkpoint
    folder: Path
    sheets: int | None


def receive(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    *,
    file: Path,
    drawn_by: str,
    document_no: str,
    on: date,
    another: bool,
    sheets: bool,
    progress: Progress,
) -> ReceiveResult:
    """Receive `file`; `another`: it is a further list, though one of its paper, or with its rows, is on record.

    Raises Faulty (bad files), AlreadyReceived, or another Refusal; then nothing was written.
    """
    for text, word, option in ((drawn_by, "抽取机关", "--drawn-by"), (document_no, "文号", "--document")):
        if not text.strip():
            raise Refusal("receive-needs-paper", f"没有写{word}。", todo=f"请加上 {option}。", exit_code=USAGE)
    intent = read_intent(workspace, workspace.plan_file(plan_name))
    plan, dossier = intent.plan, workspace.dossier(workspace.plan_file(plan_name))
    letter = Letter(drawn_by.strip(), document_no.strip(), on, file.name, _sha256(file))
    ledger = read_ledger(dossier.folder)
    state = fold(ledger.happened)
    reader = RosterReader(workspace)
    progress("reading", 0, 0)
    today = who.now.date()
    rosters = judged(
        workspace, plan, reader.rosters(reference_day(plan, today).isoformat(), plan.departments), today
    ).rosters
    on_record = list(_on_record(workspace, dossier))
    same_file = next((listed for listed in on_record if listed.event.sha256 == letter.sha256), None)
    if same_file is not None:
        here = not same_file.plan
        remade = here and _remake(dossier, plan, rosters, who, same_file.event, sheets=sheets, progress=progress)
        raise AlreadyReceived(same_file, remade=remade)
    tables, unreadable = read_tables(file, workspace.shown(file.resolve()), RECEIVED)
    if errors([*reader.problems, *unreadable]):
        raise Faulty([*unreadable, *reader.problems], WHAT)
    limits = caps(plan, chronicle(workspace, dossier, own=state).history, {}, with_own_draw=True)
    reception, wrong = decide(letter, tables, plan, rosters, state, limits)
    problems = [*unreadable, *wrong]
    if errors(problems):
        raise Faulty(problems, WHAT)
    besides = refuse_twice(reception.event, on_record, another=another)
    event = reception.event.model_copy(update={"besides": besides, "sheets": sheets})
    reception = replace(reception, event=event)
    folder = dossier.received(event.source)
    _refuse_cut(workspace, folder)
    with locked(dossier.folder, by=who.by, at=who.at, command="receive"):
        sweep(dossier.folder)
        sweep(folder)
        ledger = read_ledger(dossier.folder)
        if fold(ledger.happened) != state:
            raise Refusal("changed-meanwhile", "刚才另一条命令改动了本方案的台账，没有接收。", todo="请再运行一次。")
        put_away_lists(dossier, state)
        write_folder(folder / "pool", dict(reception.files))
        write_whole(folder / FILE, report(reception))
        ledger.append([event], at=who.at, by=who.by)
        state = fold(ledger.happened)
        checkpoint = ledger.checkpoint(plan.draw)
        made = None
        try:
            make_received(dossier, state, event)
            if sheets:
                made = make_sheets(
                    folder / "sheets",
                    checkpoint,
                    state,
                    state.sources[event.source],
                    pool=reception.pool,
                    plan=plan,
                    rosters=rosters,
                    progress=progress,
                )
        except Refusal as failure:
            raise _not_written(failure, ledger) from failure
    return ReceiveResult(plan, reception, problems, checkpoint, folder, made)


def _refuse_cut(workspace: Workspace, folder: Path) -> None:
    if any((folder / name).exists() for name in (TASKS, "sheets")):
        raise Refusal(
            "ledger-cut",
            f"“{workspace.shown(folder)}”里有接收过的清单，台账却没有这次接收：台账被删改过。没有写入任何内容。",
            todo="请用备份恢复 ledger.jsonl；received 里的文件不要删。",
            exit_code=DAMAGED,
        )


def _not_written(failure: Refusal, ledger: Ledger) -> Refusal:
    return Refusal(
        "papers-missing",
        f"已接收并记入台账第{len(ledger.entries)}行，但结果文件或任务单没有写成：{failure.what}",
        todo="处理后再接收一次同一文件，会按台账补齐，不会重复接收。",
        exit_code=DAMAGED,
        happened=True,
    )


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        raise Refusal("no-file", f"找不到文件“{file}”。", todo="请核对路径和文件名。", exit_code=USAGE) from None
    except OSError as failure:
        what = f"读不了“{file}”，可能是文件夹，或正被其他程序打开。"
        raise Refusal("unreadable", what, todo="请指明清单文件。", exit_code=USAGE) from failure


def _on_record(workspace: Workspace, dossier: Dossier) -> Iterator[Listed]:
    """The lists in force of all plans, this one's first."""
    for each in (dossier, *workspace.other_dossiers(dossier)):
        ledger = read_ledger(each.folder)
        for source in fold(ledger.happened).sources.values():
            if isinstance(source.event, Received):
                entry = ledger.entries[source.line - 1]
                yield Listed("" if each == dossier else each.folder.name, source.event, entry.at, entry.by)


def _remake(
    dossier: Dossier, plan: Plan, rosters: Rosters, who: Who, event: Received, *, sheets: bool, progress: Progress
) -> bool:
    """Make the papers of a received list that are missing; whether any were."""
    folder = dossier.received(event.source)
    lacks_result = not all((folder / name).exists() for name in (TASKS, TEAMS))
    state = fold(read_ledger(dossier.folder).happened)
    lacks_sheets = sheets and not ((folder / "sheets").exists() and state.sources[event.source].issued)
    if not (lacks_result or lacks_sheets):
        return False
    with locked(dossier.folder, by=who.by, at=who.at, command="receive"):
        sweep(folder)
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        pool = read_pool(folder / "pool", event.pool_digest)
        if lacks_result:
            make_received(dossier, state, event)
        if lacks_sheets:
            make_sheets(
                folder / "sheets",
                ledger.checkpoint(plan.draw),
                state,
                state.sources[event.source],
                pool=pool,
                plan=plan,
                rosters=rosters,
                progress=progress,
            )
            put_issued(ledger, state.sources[event.source], who)
    return True
