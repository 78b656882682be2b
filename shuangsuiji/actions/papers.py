"""The papers of a dossier, rendered from ledger, pool and rosters: they can be deleted and made again."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.drawing import selection
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.selection import Ticketed
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.briefing import briefing
from shuangsuiji.core.year.events import Issued, Received
from shuangsuiji.core.year.result import RESULT_FILES, result_files, task_files
from shuangsuiji.core.year.state import Source, State, in_force
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.sheets import write_sheets
from shuangsuiji.files.whole import refusing, sync_folder, whole_folder, write_folder, write_whole
from shuangsuiji.files.workspace import Dossier

Progress = Callable[[str, int, int], None]
"""Called with a stage (``reading``, ``drawing``, ``sheets``), how much is done, and of how much (0: not known)."""

_OF_SEAL = ("sealed.key", "pool-changes.csv", "pool")
_OF_DRAW = ("result", "sheets", *_OF_SEAL)
"""What is put away with a void: the pool last, so that it tells whether all of it was."""


def lacks_result(dossier: Dossier) -> bool:
    """Whether the result files have to be made again."""
    return not all((dossier.result / name).exists() for name in RESULT_FILES)


def lacks_sheets(dossier: Dossier, source: Source) -> bool:
    """Whether the task sheets have to be made again: the list, and one for everybody on a team.

    Of a joint inspection they lie in a folder for each department, with its own list.
    """
    team = {inspector for visit in source.visits.values() for inspector in visit.team}
    departments = {visit.department for visit in source.visits.values() if visit.department}
    there = [*dossier.sheets.glob("任务*.xlsx"), *(dossier.sheets.glob("*/任务*.xlsx") if departments else ())]
    return len(there) < 1 + len(departments) + len(team)


def without_ledger(dossier: Dossier, state: State) -> bool:
    """Whether there are papers of a draw that the ledger knows nothing of: it was cut, emptied or removed."""
    if state.drawn is not None or not (dossier.result.exists() or dossier.sheets.exists()):
        return False
    return not (state.voided and state.sealed is None and not (dossier.voided(len(state.voided)) / "pool").exists())


def not_written(failure: Refusal, line: int) -> Refusal:
    """The Refusal that tells that a draw has happened, though its papers could not be written."""
    return Refusal(
        "papers-missing",
        f"已抽取并记入台账第{line}行，但结果文件或任务单没有写成：{failure.what}",
        todo="处理后再运行一次 ssj draw，会按台账补齐，不会重新抽取。",
        exit_code=DAMAGED,
        happened=True,
    )


def make_result(
    dossier: Dossier, state: State, pool: Pool, selected: Mapping[str, Sequence[Ticketed]] | None = None
) -> None:
    """Write ``result/``; `selected` where the draw has just been computed and need not be again."""
    write_folder(dossier.result, result_files(state, pool, selected or selection(pool, in_force(state).seed)))


def make_received(dossier: Dossier, state: State, event: Received) -> None:
    """Write ``tasks.csv`` and ``teams.csv`` of a received list."""
    for name, content in task_files(state, state.sources[event.source], event.names).items():
        write_whole(dossier.received(event.source) / name, content)


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


def put_issued(ledger: Ledger, source: Source, who: Who) -> None:
    """Put on record that the sheets of `source` have been made, where its tasks were not issued before."""
    if not source.issued:
        ledger.append([Issued(on=who.now.date(), source=source.id, how="sheets")], at=who.at, by=who.by)


def settle(dossier: Dossier, state: State) -> None:
    """Put away what belongs to voided draws and sealings: ``voided/N/``, ``voided/S1/``.

    A void is on record before its papers move, so a crash in between is made good here, by the next command.
    """
    if state.sealed is not None:
        return
    if state.voided:
        _put_away(dossier, dossier.voided(len(state.voided)), _OF_DRAW)
    if state.voided_seals:
        _put_away(dossier, dossier.voided_seal(len(state.voided_seals)), _OF_SEAL)


def _put_away(dossier: Dossier, kept: Path, names: Sequence[str]) -> None:
    if (kept / "pool").exists():
        return
    with refusing(kept):
        for name in names:
            if (dossier.folder / name).exists():
                kept.mkdir(parents=True, exist_ok=True)
                (dossier.folder / name).replace(kept / name)
                sync_folder(dossier.folder)


def put_away_lists(dossier: Dossier, state: State) -> None:
    """Put away what belongs to lists that were taken back: ``voided/R1/``. After a crash the next command does it."""
    for voided in state.voided_lists:
        folder, kept = dossier.received(voided.void.source), dossier.voided_list(voided.void.source)
        with refusing(folder):
            if folder.exists() and not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                folder.replace(kept)
                sync_folder(folder.parent)
                sync_folder(kept.parent)
