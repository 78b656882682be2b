"""A second draw of a plan is refused and shows the first; papers that went missing are made again on the way."""

from shuangsuiji.actions.gather import gather
from shuangsuiji.actions.papers import Progress, lacks_result, lacks_sheets, make_result, make_sheets
from shuangsuiji.actions.who import Who
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Workspace


class AlreadyDrawn(Refusal):
    """A plan is drawn once. `remade`: whether missing papers were made again."""

    def __init__(self, ledger: Ledger, state: State, *, remade: bool):
        drawn = state.drawn
        assert drawn is not None  # noqa: S101 - the caller found a draw
        entry = ledger.entries[state.line - 1]
        tasks = sum(map(len, drawn.drawn.values()))
        what = (
            f"本方案已于 {entry.at[:16].replace('T', ' ')} 由 {entry.by} 抽取"
            f"（{tasks} 项任务，{len(drawn.visits)} 次检查，种子 {drawn.seed[:16]}…），没有重新抽取。"
        )
        super().__init__(
            "already-drawn",
            what + ("缺少的结果文件或任务单已按台账补齐。" if remade else ""),
            todo="如确需作废，须有理由和批准文号：ssj draw --void --reason 理由 --document 文号。",
            source="一个方案只抽一次，不设“重新抽取”",
            details={
                "draw": drawn.draw,
                "seed_line": drawn.seed_line,
                "seed": drawn.seed,
                "grade": drawn.grade,
                "tasks": tasks,
                "visits": len(drawn.visits),
                "at": entry.at,
                "by": entry.by,
                "checkpoint": str(ledger.checkpoint(drawn.draw)),
                "remade": remade,
            },
        )


def refuse_second(workspace: Workspace, plan_name: str | None, who: Who, *, sheets: bool, progress: Progress) -> None:
    """Raise AlreadyDrawn where the plan is drawn; else do nothing."""
    plan_file = workspace.plan_file(plan_name)
    dossier = workspace.dossier(plan_file)
    ledger = read_ledger(dossier.folder)
    state = fold(ledger.happened)
    if state.drawn is None or state.sealed is None:
        return
    wants_sheets = sheets and lacks_sheets(dossier)
    if not wants_sheets and not lacks_result(dossier):
        raise AlreadyDrawn(ledger, state, remade=False)
    with locked(dossier.folder, by=who.by, at=who.at, command="draw"):
        pool = read_pool(dossier.pool, state.sealed.pool_digest)
        if lacks_result(dossier):
            make_result(dossier, state, pool)
        if wants_sheets:
            gathered = gather(workspace, plan_file, who.now.date())
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
    raise AlreadyDrawn(ledger, state, remade=True)
