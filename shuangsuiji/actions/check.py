"""``ssj check``: all Problems of plan and rosters, the table of strata, the quality of the roster.

Reads only, but for the report that is asked for.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.gather import gather
from shuangsuiji.actions.plannable import Preview, workload
from shuangsuiji.actions.quality import refuse_unfit, write_quality
from shuangsuiji.actions.sealedpools import last_pool
from shuangsuiji.core.draw.pool import PoolStratum
from shuangsuiji.core.plan.outlook import LeftOut, Outlook, left_out, outlook
from shuangsuiji.core.plan.poolchange import PoolChange, change
from shuangsuiji.core.plan.staffing import Seat
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.quality.judging import Quality, quality
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.risk.adopted import Adopted
from shuangsuiji.files.workspace import Workspace


class StratumRow(NamedTuple):
    """One line of the table: what the pool says, how many will be drawn, how many inspectors may go there.

    `lawful`: of the scarcest department; `seats`: of each.
    """

    stratum: PoolStratum
    number: int
    lawful: int
    seats: Sequence[Seat] = ()


class Checked(NamedTuple):
    """`rows` is empty where the plan itself cannot be read. `spared`: exempt from the caps of the year, with why."""

    title: str
    problems: Sequence[Problem]
    rows: Sequence[StratumRow]
    excluded: int
    inspectors: int
    is_drawn: bool = False
    is_sealed: bool = False
    seed_mode: str = "local"
    since: PoolChange | None = None
    left_out: Sequence[LeftOut] = ()
    spared: Sequence[LeftOut] = ()
    outlook: Outlook | None = None
    quality: Quality | None = None
    quality_file: Path | None = None
    risk: Adopted | None = None
    workload: Preview | None = None


def check(workspace: Workspace, plan_name: str | None, today: date, quality_file: Path | None = None) -> Checked:
    """What would happen if the draw were done today. `quality_file`: where to write the quality report, if at all."""
    if quality_file is not None:
        refuse_unfit(workspace, quality_file)
    plan_file = workspace.plan_file(plan_name)
    try:
        gathered = gather(workspace, plan_file, today)
    except Faulty as faulty:
        return Checked(workspace.shown(plan_file), faulty.problems, (), 0, 0)
    sealing = gathered.sealing
    rows = [
        StratumRow(s, sealing.numbers[s.stratum], sealing.lawful[s.stratum], sealing.seats[s.stratum])
        for s in sealing.pool.strata
    ]
    pool, plan = sealing.pool, gathered.intent.plan
    names = [(s.stratum, s.name) for s in pool.strata]
    judged = quality(plan, names, sealing.members, sealing.known.seen, gathered.as_of)
    if quality_file is not None:
        write_quality(judged, quality_file)
    work, wrong = workload(workspace, gathered, today)
    told = gathered.chronicle
    state, last = told.own, last_pool(told.pools)
    return Checked(
        plan.title,
        [*gathered.problems, *wrong],
        rows,
        len(pool.excluded),
        len(pool.inspectors),
        is_drawn=state.drawn is not None,
        is_sealed=state.sealed is not None,
        seed_mode=plan.seed.mode,
        since=change(last[1], pool, last[0]) if last else None,
        left_out=left_out(sealing),
        spared=[LeftOut("frequency", *one) for one in sealing.spared],
        outlook=outlook(plan, sealing, told.history.missed(gathered.as_of.isoformat()), gathered.as_of),
        quality=judged,
        quality_file=quality_file,
        risk=gathered.risk,
        workload=work,
    )
