"""The papers of a dossier, rendered from ledger, pool and rosters: they can be deleted and made again."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shuangsuiji.core.draw.drawing import selection
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.selection import Ticketed
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.year.briefing import briefing
from shuangsuiji.core.year.result import DRAW, result_files
from shuangsuiji.core.year.state import Source, State, in_force
from shuangsuiji.files.sheets import write_sheets
from shuangsuiji.files.whole import refusing, sync_folder, whole_folder, write_folder
from shuangsuiji.files.workspace import Dossier

Progress = Callable[[str, int, int], None]
"""Called with a stage (``reading``, ``drawing``, ``sheets``), how much is done, and of how much (0: not known)."""

_KEPT = ("pool", "result", "sheets")


def lacks_result(dossier: Dossier) -> bool:
    """Whether the result files have to be made again."""
    return not (dossier.result / DRAW).exists()


def lacks_sheets(dossier: Dossier) -> bool:
    """Whether the task sheets have to be made again."""
    return not dossier.sheets.exists()


def make_result(
    dossier: Dossier, state: State, pool: Pool, selected: Mapping[str, Sequence[Ticketed]] | None = None
) -> None:
    """Write ``result/``; `selected` where the draw has just been computed and need not be again."""
    write_folder(dossier.result, result_files(state, pool, selected or selection(pool, in_force(state).seed)))


def make_sheets(
    folder: Path,
    checkpoint: Checkpoint,
    state: State,
    source: Source,
    *,
    pool: Pool,
    plan: Plan,
    rosters: Rosters,
    progress: Progress,
) -> int:
    """Write the sheets of one source of tasks into `folder`; how many files there are."""
    brief = briefing(plan, rosters, state, source, pool, str(checkpoint))
    with whole_folder(folder) as temporary:
        return len(
            write_sheets(
                temporary,
                brief,
                workers=os.cpu_count() or 1,
                progress=lambda done, total: progress("sheets", done, total),
            )
        )


def settle(dossier: Dossier, state: State) -> None:
    """Put away what belongs to voided draws: ``voided/N/`` keeps pool, results and sheets of the N-th.

    A void is on record before its papers move, so a crash in between is made good here, by the next command.
    """
    if state.sealed is not None or not state.voided:
        return
    kept = dossier.voided(len(state.voided))
    with refusing(kept):
        for name in _KEPT:
            if (dossier.folder / name).exists() and not (kept / name).exists():
                kept.mkdir(parents=True, exist_ok=True)
                (dossier.folder / name).replace(kept / name)
                sync_folder(dossier.folder)
