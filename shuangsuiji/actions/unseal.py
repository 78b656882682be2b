"""``ssj seal --void``: a sealing becomes void, on paper, while its seed cannot be known; ``--reveal``: a key public."""

from typing import NamedTuple

from shuangsuiji.actions.papers import settle
from shuangsuiji.actions.who import Who
from shuangsuiji.core.already import AlreadyOnRecord
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.core.year.events import Drawn, KeyRevealed, Sealed, SealVoided
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.sealedkey import commitment_of
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace

_RULE = "抽取规则 §8：结果可知以后不能重来"


class UnsealResult(NamedTuple):
    """How often a sealing of this plan was voided, and where the pool went."""

    times: int
    kept: str
    checkpoint: Checkpoint


class RevealResult(NamedTuple):
    """The key that is public now, and what the sealing said of it."""

    key: str
    commitment: str
    checkpoint: Checkpoint


def unseal(workspace: Workspace, plan_name: str | None, who: Who, *, reason: str, document_no: str) -> UnsealResult:
    """Void the sealing in force. Raises Refusal without reason and paper, or once the seed may be known."""
    for text, word, option in ((reason, "理由", "--reason"), (document_no, "批准文号", "--document")):
        if not text.strip():
            raise Refusal("void-needs-paper", f"作废封存必须写明{word}。", todo=f"请加上 {option}。", exit_code=USAGE)
    dossier = workspace.dossier(workspace.plan_file(plan_name))
    _voidable(fold(read_ledger(dossier.folder).happened), who)
    with locked(dossier.folder, by=who.by, at=who.at, command="seal --void"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        sealed = _voidable(fold(ledger.happened), who)
        event = SealVoided(on=who.now.date(), draw=sealed.draw, reason=reason.strip(), document_no=document_no.strip())
        ledger.append([event], at=who.at, by=who.by)
        state = fold(ledger.happened)
        settle(dossier, state)
    times = len(state.voided_seals)
    return UnsealResult(times, workspace.shown(dossier.voided_seal(times)), ledger.checkpoint(sealed.draw))


def reveal(workspace: Workspace, plan_name: str | None, who: Who) -> RevealResult:
    """Make the key of a sealed draw public. Raises Refusal before the draw, where there is none, or a second time."""
    dossier = workspace.dossier(workspace.plan_file(plan_name))
    ledger = read_ledger(dossier.folder)
    _revealable(ledger, fold(ledger.happened))
    with locked(dossier.folder, by=who.by, at=who.at, command="seal --reveal"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        sealed, drawn, key = _revealable(ledger, fold(ledger.happened))
        ledger.append([KeyRevealed(on=who.now.date(), draw=drawn.draw, key=key)], at=who.at, by=who.by)
    return RevealResult(key, sealed.key_commitment, ledger.checkpoint(drawn.draw))


def _voidable(state: State, who: Who) -> Sealed:
    sealed = state.sealed
    if state.drawn is not None:
        raise Refusal("already-drawn", "本方案已经抽取，不能只作废封存。", todo="作废抽取用 ssj draw --void。")
    if sealed is None:
        raise Refusal("nothing-sealed", "本方案没有封存，没有可作废的。", todo="封存用 ssj seal。")
    if sealed.known_on is not None and who.now.date() >= sealed.known_on:
        raise Refusal(
            "seed-known",
            f"公布的种子来源已于 {sealed.known_on} 出结果，封存不能再作废：否则可以看了结果再换名册。",
            todo="请照封存的名册抽取（ssj draw --source …）；抽取后确需作废的，用 ssj draw --void。",
            source=_RULE,
        )
    return sealed


def _revealable(ledger: Ledger, state: State) -> tuple[Sealed, Drawn, str]:
    sealed, drawn = state.sealed, state.drawn
    if sealed is None or not sealed.key_commitment:
        what = "本方案没有密封抽取，没有要公开的密钥。"
        raise Refusal("no-key", what, todo="密封抽取在方案的 seed 里写 sealed: true，封存时产生密钥。")
    if drawn is None:
        what = "还没有抽取，密钥不能公开：公开以后，结果一出来谁都能算出抽中了谁。"
        raise Refusal("not-drawn", what, todo="请先抽取；检查做完再公开密钥。", source=_RULE)
    if state.revealed:
        entry = next(one for one in reversed(ledger.entries) if isinstance(one.event, KeyRevealed))
        raise AlreadyOnRecord(
            "already-revealed",
            "密封密钥",
            at=entry.at,
            by=entry.by,
            did="公开",
            told=f"key:{state.revealed}",
            never="重复登记",
            source=_RULE,
            todo="现在可以公示：ssj publish draw。",
            details={"key": state.revealed, "line": entry.line},
            remade=False,
        )
    key = drawn.sources[-1].removeprefix("key:")
    if commitment_of(key) != sealed.key_commitment:
        what = f"台账里抽取用的密钥与封存时的摘要 {sealed.key_commitment} 不符，台账被改动过。"
        raise Refusal("draw-damaged", what, todo="请用备份恢复 ledger.jsonl。", exit_code=DAMAGED)
    return sealed, drawn, key
