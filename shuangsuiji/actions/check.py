"""``ssj check``: all Problems of plan and rosters, and the table of strata. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.gather import gather
from shuangsuiji.actions.sealedpools import last_pool
from shuangsuiji.core.draw.pool import PoolStratum
from shuangsuiji.core.plan.poolchange import PoolChange, change
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.workspace import Workspace


class StratumRow(NamedTuple):
    """One line of the table: what the pool says, how many will be drawn, how many inspectors may go there."""

    stratum: PoolStratum
    number: int
    lawful: int


class Checked(NamedTuple):
    """`rows` is empty where the plan itself cannot be read."""

    title: str
    problems: Sequence[Problem]
    rows: Sequence[StratumRow]
    excluded: int
    inspectors: int
    is_drawn: bool = False
    is_sealed: bool = False
    seed_mode: str = "local"
    since: PoolChange | None = None


def check(workspace: Workspace, plan_name: str | None, today: date) -> Checked:
    """What would happen if the draw were done today."""
    plan_file = workspace.plan_file(plan_name)
    try:
        gathered = gather(workspace, plan_file, today)
    except Faulty as faulty:
        return Checked(workspace.shown(plan_file), faulty.problems, (), 0, 0)
    sealing = gathered.sealing
    rows = [
        StratumRow(stratum, sealing.numbers[stratum.stratum], sealing.lawful[stratum.stratum])
        for stratum in sealing.pool.strata
    ]
    pool, plan = sealing.pool, gathered.intent.plan
    dossier = workspace.dossier(plan_file)
    state, last = fold(read_ledger(dossier.folder).happened), last_pool(workspace, dossier)
    return Checked(
        plan.title,
        gathered.problems,
        rows,
        len(pool.excluded),
        len(pool.inspectors),
        is_drawn=state.drawn is not None,
        is_sealed=state.sealed is not None,
        seed_mode=plan.seed.mode,
        since=change(last[1], pool, last[0]) if last else None,
    )
