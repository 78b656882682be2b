"""``ssj check``: all Problems of plan and rosters, and the table of strata. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.gather import gather
from shuangsuiji.core.draw.pool import Pool, PoolStratum
from shuangsuiji.core.plan.poolchange import PoolChange, change
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Dossier, Workspace


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
    return Checked(
        plan.title,
        gathered.problems,
        rows,
        len(pool.excluded),
        len(pool.inspectors),
        is_drawn=fold(read_ledger(dossier.folder).happened).drawn is not None,
        seed_mode="sealed" if plan.seed.sealed else plan.seed.mode,
        since=_since_last(workspace, dossier, pool),
    )


def _since_last(workspace: Workspace, dossier: Dossier, pool: Pool) -> PoolChange | None:
    """What changed against the pool that was sealed last in this workspace; None where none was."""
    sealed = [
        (state.sealed.on, other.folder.name, other, state.sealed.pool_digest)
        for other in (dossier, *workspace.other_dossiers(dossier))
        if (state := fold(read_ledger(other.folder).happened)).sealed is not None
    ]
    if not sealed:
        return None
    _, name, other, pool_digest = max(sealed, key=lambda one: one[:2])
    return change(read_pool(other.pool, pool_digest), pool, name)
