"""``ssj draw``: seal if need be, fix the seed, draw, pair, write it down, make the papers.

All is decided before anything is written; the ledger's append is the moment at which the draw has happened.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.gather import Gathered, changed_sources, gather, without_errors
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.judged import judged
from shuangsuiji.actions.papers import Progress, make_result, make_sheets, not_written, settle, without_ledger
from shuangsuiji.actions.second import AlreadyDrawn, refuse_second
from shuangsuiji.actions.seed import Entropy, seed_for
from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.certificate import by_level
from shuangsuiji.core.draw.chance import Seed
from shuangsuiji.core.draw.drawing import Draw
from shuangsuiji.core.draw.drawing import draw as decide
from shuangsuiji.core.draw.explain import Infeasible, Names, burden
from shuangsuiji.core.draw.pool import Pool, digest, encode
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Place, Problem, warning
from shuangsuiji.core.refusal import DAMAGED, Faulty, Refusal
from shuangsuiji.core.risk.adopted import Adopted, for_notice
from shuangsuiji.core.year.events import Drawn, DrawnSubject, DrawnVisit, Event, RiskCount, Sealed
from shuangsuiji.core.year.rule import clock_rules, rule_in
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.whole import sweep, write_folder
from shuangsuiji.files.workspace import Workspace


class _Ready(NamedTuple):
    """What a draw starts from. `files`, `events`: of a pool that is sealed with it; none where it was sealed before."""

    plan: Plan
    rosters: Rosters
    pool: Pool
    pool_digest: str
    problems: Sequence[Problem]
    names: Mapping[str, str]
    files: dict[str, bytes]
    events: list[Event]


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
    sources: Sequence[str],
    entropy: Entropy,
    sheets: bool,
    progress: Progress,
) -> DrawResult:
    """Draw the plan. `given` = a seed typed by hand; `sources` = announced ones with their numbers.

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
    ready = _unsealed(workspace, plan_file, who) if state.sealed is None else _sealed(workspace, plan_file, who, state)
    plan, pool = ready.plan, ready.pool
    seed = seed_for(plan, state.sealed, dossier, who, given=given, sources=sources, entropy=entropy)
    progress("drawing", 0, 0)
    decided = decide(pool, seed.digest)
    event = _drawn(decided, ready, seed, who, sheets=sheets)
    if state.sealed is not None and state.sealed.announced:
        event = event.model_copy(update={"seed_mode": "public"})
    events = [*ready.events, event]
    with locked(dossier.folder, by=who.by, at=who.at, command="draw"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        now = fold(ledger.happened)
        if now.drawn is not None:
            raise AlreadyDrawn(ledger, now, remade=False)
        if now != state:
            raise Refusal("changed-meanwhile", "刚才另一条命令改动了本方案的台账，没有抽取。", todo="请再运行一次。")
        settle(dossier, now)
        if ready.files:
            write_folder(dossier.pool, ready.files)
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
                    rosters=ready.rosters,
                    progress=progress,
                )
        except Refusal as failure:
            raise not_written(failure, state.line) from failure
    return DrawResult(plan, state, pool, ready.problems, checkpoint, dossier.folder, made)


def sealed_event(gathered: Gathered, who: Who, pool_digest: str) -> Sealed:
    """The pool of `gathered` goes on record."""
    plan = gathered.intent.plan
    return Sealed(
        on=who.now.date(),
        draw=plan.draw,
        year=plan.year,
        pool_digest=pool_digest,
        as_of=gathered.as_of,
        sources=dict(gathered.sources),
        risk=risk_counts(gathered.risk),
    )


def risk_counts(adopted: Adopted | None) -> tuple[RiskCount, ...]:
    """What a reviewed sheet did, by rule, as anybody may know it."""
    found = for_notice(adopted.rules) if adopted is not None else ()
    return tuple(RiskCount(rule=rule, must=must, grades=grades) for rule, must, grades in found)


def _unsealed(workspace: Workspace, plan_file: Path, who: Who) -> _Ready:
    """The pool as it is sealed with the draw. Raises Faulty."""
    gathered = without_errors(gather(workspace, plan_file, who.now.date()))
    pool, rosters = gathered.sealing.pool, gathered.rosters
    files = encode(pool)
    pool_digest = digest(files)
    names = {i.inspector: i.name for i in rosters.inspectors}
    sealed = sealed_event(gathered, who, pool_digest)
    return _Ready(gathered.intent.plan, rosters, pool, pool_digest, gathered.problems, names, files, [sealed])


def _sealed(workspace: Workspace, plan_file: Path, who: Who, state: State) -> _Ready:
    """The pool that was sealed before. What is wrong with today's rosters stops nothing: they are not drawn from."""
    sealed = state.sealed
    if sealed is None:
        return _unsealed(workspace, plan_file, who)
    intent = read_intent(workspace, plan_file)
    reader = RosterReader(workspace)
    rosters, _, wrong, sheet = judged(
        workspace,
        intent.plan,
        reader.rosters(sealed.as_of.isoformat(), intent.plan.departments),
        who.now.date(),
    )
    reader.lists(intent.plan)
    if not rosters.subjects or not (rosters.inspectors or sealed.inspectors):
        raise Faulty(reader.problems)
    now = {**reader.sources, **sheet, workspace.shown(plan_file): intent.digest}
    said = "封存名册之后有改动；抽取用的是封存的定稿名册，不受影响。"
    problems = [problem._replace(severity="warning") for problem in (*reader.problems, *wrong)]
    problems += [warning("changed-since-sealing", Place(name), said) for name in changed_sources(sealed.sources, now)]
    if sealed.announced and not _is_announced(state, sealed):
        what = (
            "封存的名册摘要和种子来源没有在结果公布以前公示（ssj publish plan），也没有时间戳：外人无从知道封存在先。"
        )
        problems.append(warning("seal-unpublished", intent.place("seed"), what))
    names = {i.inspector: i.name for i in rosters.inspectors} | sealed.inspectors
    pool = read_pool(workspace.dossier(plan_file).pool, sealed.pool_digest)
    return _Ready(intent.plan, rosters, pool, sealed.pool_digest, problems, names, {}, [])


def _is_announced(state: State, sealed: Sealed) -> bool:
    """Whether a notice told of the sealing, or a time stamp holds it, before its sources were out."""
    until = sealed.known_on or sealed.on
    told = any(
        one.event.what == "plan" and one.line > state.sealed_line and one.event.on < until
        for one in state.notices.values()
    )
    return told or any(one.of == "pool" and one.time[:10] < until.isoformat() for one in state.timestamps)


def _drawn(decided: Draw, ready: _Ready, seed: Seed, who: Who, *, sheets: bool) -> Drawn:
    """The event of the draw. Raises Infeasible where there are no lawful teams."""
    paired, plan, pool, names = decided.paired, ready.plan, ready.pool, ready.names
    strangers = sorted({i for team in paired.teams.values() for i in team} - names.keys())
    if strangers:
        what = f"封存的定稿名册里有 {'、'.join(strangers)}，现在的执法检查人员名录库里没有，不知道姓名。"
        raise Refusal("inspector-gone", what, todo="请把他们补回名录库再抽取；抽取后再按规定调整。")
    if paired.stuck:
        start = {i.inspector: i.load for i in pool.inspectors}
        cap = {i.inspector: i.cap for i in pool.inspectors if i.cap is not None}
        burdens = [burden(proof, decided.visits, start, cap) for proof in paired.stuck]
        subjects = {subject.subject: subject.name for subject in pool.subjects}
        strata = {s.stratum: s.name for s in pool.strata}
        raise Infeasible(burdens, Names(strata, names, subjects, called(plan)))
    return Drawn(
        on=who.now.date(),
        draw=plan.draw,
        year=plan.year,
        pool_digest=ready.pool_digest,
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
        adjustment=rule_in(plan),
        seed_mode=plan.seed.mode,
        clocks=clock_rules(plan),
        sheets=sheets,
    )
