"""``ssj seal``: freeze the pool, announce what will make the seed.

- The pool's folder, the list of changes and the key are written before the ledger's line, which is the moment of the
  sealing: what a crash leaves before it, the next ``ssj seal`` replaces.
- Sealed once. After a sealing rosters may change; the draw reads the pool.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.draw import sealed_event
from shuangsuiji.actions.gather import Gathered, gather, without_errors
from shuangsuiji.actions.papers import settle, without_ledger
from shuangsuiji.actions.sealedpools import last_pool
from shuangsuiji.actions.second import AlreadyDrawn
from shuangsuiji.actions.seed import Entropy
from shuangsuiji.actions.who import Who
from shuangsuiji.core.already import AlreadyOnRecord
from shuangsuiji.core.draw.pool import Pool, digest, encode
from shuangsuiji.core.draw.sources import announced, issue_of
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.poolchange import change, change_file
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.events import PoolChanges, Sealed
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.public import PUBLIC, sha256
from shuangsuiji.files.sealedkey import commitment_of, write_key
from shuangsuiji.files.whole import sweep, write_folder, write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

_RULE = "抽取规则 §2、§3"
_ONCE = "一个方案封存一次，封存后名册不再变动"


class SealResult(NamedTuple):
    """A sealing as it now is on record, and where its pool is."""

    plan: Plan
    sealed: Sealed
    pool: Pool
    problems: Sequence[Problem]
    checkpoint: Checkpoint
    dossier: Dossier


class AlreadySealed(AlreadyOnRecord):
    """A plan is sealed once."""

    def __init__(self, ledger: Ledger, state: State, sealed: Sealed):
        entry = ledger.entries[state.sealed_line - 1]
        told = f"名册摘要 {sealed.pool_digest[:16]}…"
        if sealed.announced:
            told += f"，公布的种子来源 {'、'.join(sealed.announced)}，{sealed.known_on} 结果公布"
        super().__init__(
            "already-sealed",
            "本方案的名册",
            at=entry.at,
            by=entry.by,
            did="封存",
            told=told,
            never="重新封存",
            todo="名册现在可以照常维护，抽取用的是封存的名册。确需作废封存："
            "结果公布以前凭文书 ssj seal --void --reason 理由 --document 文号。",
            source=_ONCE,
            details={
                "draw": sealed.draw,
                "pool_digest": sealed.pool_digest,
                "announced": list(sealed.announced),
                "known_on": sealed.known_on.isoformat() if sealed.known_on else None,
                "line": state.sealed_line,
                "checkpoint": str(ledger.checkpoint(sealed.draw)),
            },
            remade=False,
        )


def seal(workspace: Workspace, plan_name: str | None, who: Who, *, entropy: Entropy) -> SealResult:
    """Seal the plan's pool. `entropy` gives the key of a sealed draw.

    Raises Faulty (bad files), AlreadySealed, AlreadyDrawn or another Refusal; then nothing was sealed.
    """
    plan_file = workspace.plan_file(plan_name)
    dossier = workspace.dossier(plan_file)
    ledger = read_ledger(dossier.folder)
    state = fold(ledger.happened)
    _refuse_second(ledger, state)
    _refuse_cut(workspace, dossier, state)
    gathered = without_errors(gather(workspace, plan_file, who.now.date()))
    plan, pool = gathered.intent.plan, gathered.sealing.pool
    refuse_known(plan, gathered.chronicle.used, who.now.date())
    files = encode(pool)
    event, changes = _decided(gathered, who, digest(files))
    key = entropy() if plan.seed.sealed else ""
    if key:
        event = event.model_copy(update={"key_commitment": commitment_of(key)})
    with locked(dossier.folder, by=who.by, at=who.at, command="seal"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        now = fold(ledger.happened)
        _refuse_second(ledger, now)
        if now != state:
            raise Refusal("changed-meanwhile", "刚才另一条命令改动了本方案的台账，没有封存。", todo="请再运行一次。")
        settle(dossier, now)
        write_folder(dossier.pool, files)
        if changes:
            write_whole(dossier.pool_changes, changes)
        if key:
            write_key(dossier.key, key)
        ledger.append([event], at=who.at, by=who.by)
    return SealResult(plan, event, pool, gathered.problems, ledger.checkpoint(plan.draw), dossier)


def _refuse_second(ledger: Ledger, state: State) -> None:
    if state.drawn is not None:
        raise AlreadyDrawn(ledger, state, remade=False)
    if state.sealed is not None:
        raise AlreadySealed(ledger, state, state.sealed)


def _refuse_cut(workspace: Workspace, dossier: Dossier, state: State) -> None:
    """Raises Refusal where papers tell of a ledger that was longer."""
    has_published = not state.notices and any((dossier.folder / PUBLIC).glob("*-*.*"))
    if has_published or without_ledger(dossier, state):
        raise Refusal(
            "ledger-cut",
            f"“{workspace.shown(dossier.folder)}”里有公示或抽取的文件，台账却没有记载：台账被删改过。没有写入任何内容。",
            todo="请用备份恢复 ledger.jsonl。",
            exit_code=DAMAGED,
        )


def refuse_known(plan: Plan, taken: Mapping[str, str], today: date) -> None:
    """Raises Refusal where a source of the seed is out, or may be: it is no chance any more (all of them at once)."""
    rule = plan.seed
    if rule.mode != "public":
        return
    wrong: list[str] = []
    if rule.known_on is not None and rule.known_on <= today:
        wrong.append(f"方案的 known_on 是 {rule.known_on}，要晚于封存的这一天（{today}）")
    used = {issue_of(source): draw for source, draw in taken.items() if not source.startswith("dice:")}
    for text in rule.sources:
        one, _ = announced(text)
        if one is not None and one.days is not None and one.days[1] <= today:
            wrong.append(f"{text}（{one.name}）的结果早已公布")
        elif text in used:
            wrong.append(f"{text} 的结果在 {used[text]} 的抽取中已经用过")
    if wrong:
        what = f"种子来源在封存时必须还没有结果：{''.join(f'{chr(10)}· {each}。' for each in wrong)}"
        todo = "请在方案的 seed 里换成还没有开出的期号，改好 known_on，再封存。"
        raise Refusal("seed-known", what, todo=todo, source=_RULE, details={"faults": wrong})


def _decided(gathered: Gathered, who: Who, pool_digest: str) -> tuple[Sealed, bytes]:
    """The event, but for its key, and the list of changes against the last sealed pool (empty where there is none)."""
    plan, pool = gathered.intent.plan, gathered.sealing.pool
    changes, content = None, b""
    last = last_pool(gathered.chronicle.pools)
    if last is not None:
        found = change(last[1], pool, last[0])
        content = change_file(last[1], pool, found)
        numbers = {kind: len(subjects) for kind, subjects in found._asdict().items() if kind != "against"}
        changes = PoolChanges(against=found.against, sha256=sha256(content), **numbers)
    in_pool = {one.inspector for one in pool.inspectors}
    is_public = plan.seed.mode == "public"
    event = sealed_event(gathered, who, pool_digest).model_copy(
        update={
            "announced": plan.seed.sources if is_public else (),
            "known_on": plan.seed.known_on if is_public else None,
            "changes": changes,
            "inspectors": {i.inspector: i.name for i in gathered.rosters.inspectors if i.inspector in in_pool},
        }
    )
    return event, content
