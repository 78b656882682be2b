"""``ssj note issued``: tasks were issued (下达) without our sheets, say on the province's terminals: a clock ends."""

from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Issued
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace

OUR_DRAW = "本级抽取"


class IssueResult(NamedTuple):
    """What was put on record, source by source."""

    issued: list[Issued]
    checkpoint: Checkpoint


def issue(
    workspace: Workspace, plan_name: str | None, who: Who, on: date, text: str, source: str | None
) -> IssueResult:
    """Record that the tasks of `source` (``R1``; None: all that were not) were issued on `on`, as `text` says.

    Raises Refusal without words, for a list that there is not, before its draw, or where all is issued already.
    """
    if not text.strip():
        raise Refusal(
            "note-needs-title",
            "没有写怎样下达的。",
            todo="请加上 --title，如 --title 经移动执法终端下达。",
            exit_code=USAGE,
        )
    plan_file = workspace.plan_file(plan_name)
    plan, dossier = read_intent(workspace, plan_file).plan, workspace.dossier(plan_file)
    with locked(dossier.folder, by=who.by, at=who.at, command="note"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        chosen = _chosen(fold(ledger.happened), source, on)
        events = [Issued(on=on, source=name, how="otherwise", text=text.strip()) for name in chosen]
        ledger.append(events, at=who.at, by=who.by)
    return IssueResult(events, ledger.checkpoint(plan.draw))


def _chosen(state: State, source: str | None, on: date) -> list[str]:
    """The sources meant: the one named, or all that are not issued."""
    if not state.sources:
        raise Refusal(
            "no-tasks", "本方案还没有任务：既没有抽取，也没有接收任务清单。", todo="请先用 ssj draw 或 ssj receive。"
        )
    if source is not None and source not in state.sources:
        known = "、".join(name for name in state.sources if name != OWN)
        raise Refusal(
            "unknown-source", f"没有“{source}”这份清单。", todo=f"现有：{known or '只有本级抽取'}。", exit_code=USAGE
        )
    wanted = state.sources if source is None else (source,)
    chosen = [name for name in wanted if not state.sources[name].issued]
    if not chosen:
        days = "，".join(f"{name or OUR_DRAW} {state.sources[name].issued}" for name in wanted)
        raise Refusal("already-issued", f"任务已经下达，没有重复登记（{days}）。", source="一份任务清单只登记一次下达")
    for name in chosen:
        began = state.sources[name].event.on
        if on < began:
            what = f"{on} 早于{name or OUR_DRAW}的日期 {began}。"
            raise Refusal("before-draw", what, todo="请用 --on 写明下达的日期。", source="抽取以后才能下达")
    return chosen
