"""``ssj draw --void``: declare a draw void, on paper. Its result stays in the ledger and in ``voided/N/``."""

from typing import NamedTuple

from shuangsuiji.actions.papers import settle
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import DrawVoided
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class VoidResult(NamedTuple):
    """The state without a draw, how often a draw of this plan was voided, and where its papers went."""

    state: State
    times: int
    kept: str
    checkpoint: Checkpoint


def void(workspace: Workspace, plan_name: str | None, who: Who, *, reason: str, document_no: str) -> VoidResult:
    """Void the draw in force. Raises Refusal without a reason and a document number, or where nothing is drawn."""
    for text, word, option in ((reason, "理由", "--reason"), (document_no, "批准文号", "--document")):
        if not text.strip():
            raise Refusal("void-needs-paper", f"作废抽取必须写明{word}。", todo=f"请加上 {option}。", exit_code=USAGE)
    plan_file = workspace.plan_file(plan_name)
    dossier = workspace.dossier(plan_file)
    if fold(read_ledger(dossier.folder).happened).drawn is None:
        raise Refusal("nothing-drawn", "本方案还没有抽取，没有可作废的。", todo="抽取请用 ssj draw。")
    with locked(dossier.folder, by=who.by, at=who.at, command="draw --void"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        if state.drawn is None:
            raise Refusal("nothing-drawn", "本方案的抽取刚刚已被作废。")
        draw = state.drawn.draw
        event = DrawVoided(on=who.now.date(), draw=draw, reason=reason.strip(), document_no=document_no.strip())
        ledger.append([event], at=who.at, by=who.by)
        state = fold(ledger.happened)
        settle(dossier, state)
    kept = workspace.shown(dossier.voided(len(state.voided)))
    return VoidResult(state, len(state.voided), kept, ledger.checkpoint(draw))
