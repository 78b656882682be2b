"""``ssj check``: all Problems of plan and rosters, and the table of strata. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.gather import gather
from shuangsuiji.core.draw.pool import PoolStratum
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
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
    pool = sealing.pool
    return Checked(gathered.intent.plan.title, gathered.problems, rows, len(pool.excluded), len(pool.inspectors))
