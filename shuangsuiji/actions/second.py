"""A second draw of a plan is refused and shows the first; papers that went missing are made again on the way."""

from shuangsuiji.actions.gather import gather
from shuangsuiji.actions.papers import Progress, lacks_result, lacks_sheets, make_result, make_sheets, put_issued
from shuangsuiji.actions.who import Who
from shuangsuiji.core.already import AlreadyOnRecord
from shuangsuiji.core.draw.drawing import draw as decide
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.events import Drawn
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.core.year.wholevisit import number_of_visits
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class AlreadyDrawn(AlreadyOnRecord):
    """A plan is drawn once."""

    def __init__(self, ledger: Ledger, state: State, *, remade: bool):
        drawn = state.drawn
        assert drawn is not None  # noqa: S101 - the caller found a draw
        entry = ledger.entries[state.line - 1]
        tasks = sum(map(len, drawn.drawn.values()))
        super().__init__(
            "already-drawn",
            "本方案",
            at=entry.at,
            by=entry.by,
            did="抽取",
            told=f"{tasks} 项任务，{number_of_visits(drawn.visits)} 次检查，种子 {drawn.seed[:16]}…",
            never="重新抽取",
            todo="如确需作废，须有理由和批准文号：ssj draw --void --reason 理由 --document 文号。",
            source="一个方案只抽一次，不设“重新抽取”",
            details={
                "draw": drawn.draw,
                "seed_line": drawn.seed_line,
                "seed": drawn.seed,
                "grade": drawn.grade,
                "tasks": tasks,
                "visits": len(drawn.visits),
                "checkpoint": str(ledger.checkpoint(drawn.draw)),
            },
            remade=remade,
        )


def refuse_second(workspace: Workspace, plan_name: str | None, who: Who, *, sheets: bool, progress: Progress) -> None:
    """Raise AlreadyDrawn where the plan is drawn; else do nothing. Raises Refusal (4) where the draw does not hold."""
    plan_file = workspace.plan_file(plan_name)
    dossier = workspace.dossier(plan_file)
    ledger = read_ledger(dossier.folder)
    state = fold(ledger.happened)
    if state.drawn is None or state.sealed is None:
        return
    wants_sheets = sheets and (lacks_sheets(dossier, state.sources[OWN]) or not state.sources[OWN].issued)
    if not wants_sheets and not lacks_result(dossier):
        raise AlreadyDrawn(ledger, state, remade=False)
    with locked(dossier.folder, by=who.by, at=who.at, command="draw"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        if state.drawn is None or state.sealed is None:
            raise Refusal("changed-meanwhile", "本方案的抽取刚刚已被作废。", todo="请再运行一次。")
        pool = read_pool(dossier.pool, state.sealed.pool_digest)
        _holds(state.drawn, pool, state.line)
        if lacks_result(dossier):
            make_result(dossier, state, pool)
        if wants_sheets:
            gathered = gather(workspace, plan_file, who.now.date())
            if gathered.intent.plan.draw != state.drawn.draw:
                what = f"方案的抽取编号改成了 {gathered.intent.plan.draw}，台账里是 {state.drawn.draw}。"
                raise Refusal("draw-id-changed", what, todo="请把方案的 draw 改回去，再补做任务单。")
            make_sheets(
                dossier.sheets,
                ledger.checkpoint(state.drawn.draw),
                state,
                state.sources[OWN],
                pool=pool,
                plan=gathered.intent.plan,
                rosters=gathered.rosters,
                progress=progress,
            )
            put_issued(ledger, state.sources[OWN], who)
    raise AlreadyDrawn(ledger, state, remade=True)


def _holds(drawn: Drawn, pool: Pool, line: int) -> None:
    """Raise Refusal (4) unless pool and seed give exactly the draw that the ledger tells."""
    decided = decide(pool, drawn.seed)
    told = {stratum: [(d.subject, d.why) for d in subjects] for stratum, subjects in drawn.drawn.items()}
    found = {stratum: [(t.subject, t.why) for t in order if t.why] for stratum, order in decided.selected.items()}
    teams = {visit.visit: visit.team for visit in drawn.visits}
    if told != found or teams != decided.paired.teams:
        raise Refusal(
            "draw-damaged",
            f"台账第{line}行的抽取结果与定稿名册和种子算出来的不符，台账被改动过。没有写入任何内容。",
            todo="请用备份恢复 ledger.jsonl。",
            exit_code=DAMAGED,
        )
