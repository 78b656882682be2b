"""``ssj simulate``: thousands of draws that are none, on today's rosters. Reads only, but for the page asked for."""

import gc
from datetime import date
from pathlib import Path

from shuangsuiji.actions.gather import Gathered, gather, without_errors
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.spread import processes, spread
from shuangsuiji.core.draw.explain import Names
from shuangsuiji.core.plan.coverage import full_years
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.simulating.finding import Simulated
from shuangsuiji.core.simulating.meeting import meetings
from shuangsuiji.core.simulating.simulation import Simulation, concluded
from shuangsuiji.core.simulating.work import Asked, Piece, pieces, put_together
from shuangsuiji.core.simulating.years import Course, Waited
from shuangsuiji.files.whole import write_whole
from shuangsuiji.files.workspace import Workspace

PAGES = (".html", ".htm")


def simulate(
    workspace: Workspace,
    plan_name: str | None,
    today: date,
    asked: Asked,
    *,
    jobs: int | None,
    page: Path | None,
    progress: Progress,
) -> Simulation:
    """What the plan would bring. `jobs`: processes, None for as many as are worth it; `page`: where the html goes.

    Raises Faulty or Refusal; then nothing was written.
    """
    if page is not None:
        refuse_page(workspace, page)
    plan_file = workspace.plan_file(plan_name)
    progress("reading", 0, 0)
    gathered = without_errors(gather(workspace, plan_file, today))
    pool, plan, state = gathered.sealing.pool, gathered.intent.plan, gathered.chronicle.own
    waited = _waited(gathered)
    work = pieces(pool, asked)
    weights = {kind: sum(piece.weight for piece in work if piece.kind == kind) for kind in {p.kind for p in work}}
    so_far = dict.fromkeys(weights, 0)

    def done(piece: Piece) -> None:
        so_far[piece.kind] += piece.weight
        progress(piece.kind, so_far[piece.kind], weights[piece.kind])

    gc.enable()  # `main` switched it off for commands that end soon
    tally, absences, waiting = put_together(spread(pool, asked, waited, work, processes(asked, jobs), done))
    names = Names(
        {stratum.stratum: stratum.name for stratum in pool.strata},
        {one.inspector: one.name for one in gathered.rosters.inspectors},
        {subject.subject: subject.name for subject in pool.subjects},
    )
    of = Simulated(
        pool=pool,
        text=asked.text,
        names=names,
        tally=tally,
        absences=absences,
        meetings=meetings(tally),
        course=Course(asked.years, asked.turnover),
        waiting=waiting,
        grades={subject.subject: subject.grade for subject in gathered.rosters.subjects},
        waited=waited,
        layers={layer.code: layer for layer in layers(plan)},
    )
    simulation = concluded(
        plan.title,
        plan.draw,
        asked,
        of,
        announced=plan.seed.mode == "public" or state.sealed is not None,
        is_drawn=state.drawn is not None,
        trying=lambda number, total: progress("trying", number, total),
    )
    if page is not None:
        from shuangsuiji.files.documents.simulationpage import simulation_page  # noqa: PLC0415 - only who wants it

        write_whole(page, simulation_page(simulation))
    return simulation


def refuse_page(workspace: Workspace, page: Path) -> None:
    """Raises Refusal (wrong use) where a page must not be put."""
    workspace.refuse_kept(page, "--html")
    if page.suffix.lower() not in PAGES:
        what = f"--html 要写网页文件，“{page.name}”的后缀不是 .html。"
        raise Refusal("not-a-page", what, todo="例如 --html 模拟.html。", exit_code=USAGE)
    if page.is_dir() or not page.absolute().parent.is_dir():
        what = f"“{page}”写不进去：上级文件夹不存在，或它本身是文件夹。"
        raise Refusal("no-folder", what, todo="请先建好文件夹，或换一个位置。", exit_code=USAGE)


def _waited(gathered: Gathered) -> Waited:
    """Full years since the last visit, or since a subject is known, by stratum and subject."""
    known, strata = gathered.sealing.known, layers(gathered.intent.plan)
    found = {}
    for layer in strata:
        for subject in gathered.sealing.members[layer.code]:
            since = known.since(subject, layer.specialty)
            if since:
                found[layer.code, subject.subject] = max(0, full_years(since, gathered.as_of))
    return found
