"""``ssj draw``: seal if need be, fix the seed, draw, pair, write it down, make the papers.

All is decided before anything is written; the ledger's append is the moment at which the draw has happened.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.gather import Gathered, changed_sources, gather, without_errors
from shuangsuiji.actions.papers import Progress, make_result, make_sheets, not_written, settle, without_ledger
from shuangsuiji.actions.second import AlreadyDrawn, refuse_second
from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.certificate import by_level
from shuangsuiji.core.draw.chance import FIELD, Seed, seed_of
from shuangsuiji.core.draw.drawing import Draw
from shuangsuiji.core.draw.drawing import draw as decide
from shuangsuiji.core.draw.explain import Infeasible, Names, burden
from shuangsuiji.core.draw.pool import Pool, digest, encode
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Place, Problem, warning
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.core.year.events import Drawn, DrawnSubject, DrawnVisit, Event, Sealed
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.whole import sweep, write_folder
from shuangsuiji.files.workspace import Workspace


class DrawResult(NamedTuple):
    """A draw as it now is on record, and where its papers are; `sheets` = how many files, None when not asked for."""

    plan: Plan
    state: State
    pool: Pool
    problems: Sequence[Problem]
    checkpoint: Checkpoint
    folder: Path
    sheets: int | None


def draw(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    *,
    given: str | None,
    entropy: Callable[[], str],
    sheets: bool,
    progress: Progress,
) -> DrawResult:
    """Draw the plan. `given` = a seed typed by hand; `entropy` gives 64 hex digits from the operating system.

    Raises Faulty (bad files), AlreadyDrawn, Infeasible, or another Refusal; then nothing was written.
    """
    refuse_second(workspace, plan_name, who, sheets=sheets, progress=progress)
    plan_file = workspace.plan_file(plan_name)
    dossier = workspace.dossier(plan_file)
    progress("reading", 0, 0)
    state = fold(read_ledger(dossier.folder).happened)
    if without_ledger(dossier, state):
        raise Refusal(
            "ledger-cut",
            f"“{workspace.shown(dossier.folder)}”里有抽取结果，台账却没有这次抽取：台账被删改过。没有写入任何内容。",
            todo="请用备份恢复 ledger.jsonl；result 和 sheets 里的文件不要删。",
            exit_code=DAMAGED,
        )
    gathered = without_errors(gather(workspace, plan_file, who.now.date()))
    plan = gathered.intent.plan
    seed = _seed(plan, given, entropy)
    progress("drawing", 0, 0)
    if state.sealed is None:
        pool = gathered.sealing.pool
        files = encode(pool)
        pool_digest = digest(files)
        events: list[Event] = [_sealed(plan, pool_digest, gathered, who)]
    else:
        pool_digest = state.sealed.pool_digest
        pool, files, events = read_pool(dossier.pool, pool_digest), {}, []
    decided = decide(pool, seed.digest)
    events.append(_drawn(decided, pool, pool_digest, seed, gathered, who))
    with locked(dossier.folder, by=who.by, at=who.at, command="draw"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        now = fold(ledger.happened)
        if now.drawn is not None:
            raise AlreadyDrawn(ledger, now, remade=False)
        if now != state:
            raise Refusal("changed-meanwhile", "刚才另一条命令改动了本方案的台账，没有抽取。", todo="请再运行一次。")
        settle(dossier, now)
        if files:
            write_folder(dossier.pool, files)
        ledger.append(events, at=who.at, by=who.by)
        state = fold(ledger.happened)
        checkpoint = ledger.checkpoint(plan.draw)
        made = None
        try:
            make_result(dossier, state, pool, decided.selected)
            if sheets:
                made = make_sheets(
                    dossier.sheets,
                    checkpoint,
                    state,
                    state.sources[OWN],
                    pool=pool,
                    plan=plan,
                    rosters=gathered.rosters,
                    progress=progress,
                )
        except Refusal as failure:
            raise not_written(failure, state.line) from failure
    problems = [*gathered.problems, *_changed_since(state, gathered)]
    return DrawResult(plan, state, pool, problems, checkpoint, dossier.folder, made)


def _changed_since(state: State, gathered: Gathered) -> list[Problem]:
    """That files were changed after the sealing: the draw reads the sealed pool, not them."""
    if state.sealed is None:
        return []
    return [
        warning("changed-since-sealing", Place(name), "封存名册之后有改动；抽取用的是封存的定稿名册，不受影响。")
        for name in changed_sources(state.sealed.sources, gathered.sources)
    ]


def _seed(plan: Plan, given: str | None, entropy: Callable[[], str]) -> Seed:
    if plan.seed.mode == "public" or plan.seed.sealed:
        what = "方案规定用公开种子（或密封抽取），本版本只能用本机随机（local）或人工给定（given）的种子。"
        raise Refusal("seed-mode", what, todo="请修改方案的 seed，或等待支持公开种子的版本。")
    if given is None and plan.seed.mode == "given":
        what = "方案规定种子由人工给定，命令里没有给。"
        raise Refusal("seed-missing", what, todo="请加上 --seed 文字。", exit_code=USAGE)
    if given is not None and not (given and FIELD.fullmatch(f"given:{given}")):
        what = f"种子“{given}”里有不能用的字符。"
        todo = "只能用字母、数字和 . _ : + / -，例如 --seed 2023-0509。"
        raise Refusal("seed-form", what, todo=todo, source="抽取规则 §1", exit_code=USAGE)
    return seed_of(plan.draw, (f"local:{entropy()}" if given is None else f"given:{given}",))


def _sealed(plan: Plan, pool_digest: str, gathered: Gathered, who: Who) -> Sealed:
    return Sealed(
        on=who.now.date(),
        draw=plan.draw,
        year=plan.year,
        pool_digest=pool_digest,
        as_of=gathered.as_of,
        sources=dict(gathered.sources),
    )


def _drawn(decided: Draw, pool: Pool, pool_digest: str, seed: Seed, gathered: Gathered, who: Who) -> Drawn:
    """The event of the draw. Raises Infeasible where there are no lawful teams."""
    paired, plan = decided.paired, gathered.intent.plan
    names = {i.inspector: i.name for i in gathered.rosters.inspectors}
    strangers = sorted({i for team in paired.teams.values() for i in team} - names.keys())
    if strangers:
        what = f"封存的定稿名册里有 {'、'.join(strangers)}，现在的执法检查人员名录库里没有，不知道姓名。"
        raise Refusal("inspector-gone", what, todo="请把他们补回名录库再抽取；抽取后再按规定调整。")
    if paired.stuck:
        start = {i.inspector: i.load for i in pool.inspectors}
        cap = {i.inspector: i.cap for i in pool.inspectors if i.cap is not None}
        burdens = [burden(proof, decided.visits, start, cap) for proof in paired.stuck]
        subjects = {subject.subject: subject.name for subject in pool.subjects}
        raise Infeasible(burdens, Names({s.stratum: s.name for s in pool.strata}, names, subjects))
    return Drawn(
        on=who.now.date(),
        draw=plan.draw,
        year=plan.year,
        pool_digest=pool_digest,
        seed_line=seed.line,
        seed=seed.digest,
        grade=seed.grade,
        sources=seed.sources,
        drawn={
            stratum: tuple(DrawnSubject(subject=t.subject, why=t.why) for t in order if t.why)
            for stratum, order in decided.selected.items()
        },
        visits=tuple(
            DrawnVisit(
                visit=v.visit, subject=v.subject, strata=v.strata, team=paired.teams[v.visit], department=v.department
            )
            for v in decided.visits
        ),
        inspectors={i: names[i] for i in sorted({i for team in paired.teams.values() for i in team})},
        unevenness=tuple(tuple(sorted(proof)) for proof in by_level(paired.frozen, paired.loads)),
    )
