"""``ssj receive --void``: take a received list back, on paper: wrong plan, or by mistake.

Like the void of an own draw: nothing is deleted. Its tasks, changes and results stay in the ledger and no longer count;
its papers go to ``voided/R1/``. That results are on record does not forbid it: a mistake that is noticed late must not
stand for the year. How many there are is said.
"""

from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.papers import put_away_lists
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.core.year.events import ListVoided, Received
from shuangsuiji.core.year.progress import Progress, progress
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class TakenBack(NamedTuple):
    """The list that no longer counts, how far its tasks had come, and where its papers went."""

    received: Received
    progress: Progress
    kept: str
    checkpoint: Checkpoint


def take_back(
    workspace: Workspace, plan_name: str | None, who: Who, source: str, *, reason: str, document_no: str
) -> TakenBack:
    """Void the list `source`. Raises Refusal without reason and document, or where no such list is in force."""
    for text, word, option in ((reason, "理由", "--reason"), (document_no, "批准文号", "--document")):
        if not text.strip():
            raise Refusal("void-needs-paper", f"作废清单必须写明{word}。", todo=f"请加上 {option}。", exit_code=USAGE)
    plan_file = workspace.plan_file(plan_name)
    draw, dossier = read_intent(workspace, plan_file).plan.draw, workspace.dossier(plan_file)
    state = fold(read_ledger(dossier.folder).happened)
    if not state.voided_lists:
        _in_force(state, source)
    with locked(dossier.folder, by=who.by, at=who.at, command="receive --void"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        put_away_lists(dossier, state)
        received = _in_force(state, source)
        come = progress(task for task in state.tasks.values() if task.source == source)
        event = ListVoided(on=who.now.date(), source=source, reason=reason.strip(), document_no=document_no.strip())
        ledger.append([event], at=who.at, by=who.by)
        try:
            put_away_lists(dossier, fold(ledger.happened))
        except Refusal as failure:
            raise _not_moved(failure, ledger) from failure
    kept = workspace.shown(dossier.voided_list(source))
    return TakenBack(received, come, kept, ledger.checkpoint(draw))


def _in_force(state: State, source: str) -> Received:
    """The list `source`. Raises Refusal where there is none, or no more."""
    for voided in state.voided_lists:
        if voided.void.source == source:
            what = f"清单 {source} 已于 {voided.void.on} 凭 {voided.void.document_no} 作废（{voided.void.reason}）。"
            raise Refusal("already-voided", what, todo="不用再办。重新接收的清单有新的编号。")
    event = state.sources[source].event if source in state.sources else None
    if not isinstance(event, Received):
        known = [name for name in state.sources if name != OWN]
        todo = f"本方案的清单：{'、'.join(known)}。" if known else "本方案没有接收过清单，请核对方案（--plan）。"
        raise Refusal("unknown-list", f"没有“{source}”这份清单。", todo=todo, details={"lists": known})
    return event


def _not_moved(failure: Refusal, ledger: Ledger) -> Refusal:
    return Refusal(
        "papers-not-moved",
        f"清单已作废并记入台账第{len(ledger.entries)}行，但它的文件没有移走：{failure.what}",
        todo="处理后再运行一次同样的命令，只移文件，不会重复作废。",
        exit_code=DAMAGED,
        happened=True,
    )
