"""The papers after a change: results again, the workbooks of those affected and the task list anew.

- Which papers are older than the ledger, ``.rendered`` in the dossier says: the line up to which they are made, and
  its digest. So a crash after the ledger's line, or in the midst of this, is made good by the next command; and where
  the ledger was put back from a copy, all sheets are made anew.
- Older workbooks go to ``sheets/作废/第N轮/``, marked in their name, so that nobody works by them.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from shuangsuiji.actions.papers import Progress, make_received, make_result
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.year.briefing import Briefing, briefing
from shuangsuiji.core.year.events import Received, Redrawn, Scheduled, Voided
from shuangsuiji.core.year.state import OWN, Source, State, fold
from shuangsuiji.core.year.wholevisit import whole
from shuangsuiji.files.ledger import Ledger, line_digests
from shuangsuiji.files.sheets import file_of_each, files_of_lists, write_some
from shuangsuiji.files.whole import refusing, sync_folder, whole_folder, write_whole
from shuangsuiji.files.workspace import Dossier

MARK = ".rendered"
KEPT, FRESH, STALE = "作废", ".new", "_已作废"


class Papers(NamedTuple):
    """Sheets that were made, and where the older ones went."""

    made: Sequence[Path] = ()
    superseded: Sequence[Path] = ()


def refresh(
    dossier: Dossier,
    ledger: Ledger,
    state: State,
    *,
    plan: Plan,
    rosters: Callable[[], Rosters],
    pool: Callable[[Source], Pool],
    progress: Progress,
) -> Papers:
    """Make what is older than `ledger`, whose fold `state` is; nothing where all is up to date. Under the lock."""
    lines = len(ledger.happened)
    mark = _rendered(dossier)
    since = mark or 0
    if mark is not None and not any(
        isinstance(one.event, Redrawn | Voided | Scheduled) for one in ledger.happened[since:]
    ):
        return Papers()
    made: list[Path] = []
    superseded: list[Path] = []
    for source in state.sources.values():
        _results(dossier, state, source, pool)
        before = fold(ledger.happened[: max(since, source.line)])
        folder = _sheets(dossier, source)
        affected = _affected(before, state, source) if mark is not None else _everybody(source)
        if affected and folder.exists():
            checkpoint = str(ledger.checkpoint(plan.draw))

            def brief(at: State, source: Source = source, checkpoint: str = checkpoint) -> Briefing:
                return briefing(plan, rosters(), at, at.sources[source.id], pool(source), checkpoint)

            label = f"第{source.rounds}轮" if source.rounds > before.sources[source.id].rounds else f"台账第{lines}行"
            progress("sheets", 0, len(affected) + 1)
            new, old = _replace(folder, brief(before), brief(state), affected, label)
            made += new
            superseded += old
    write_whole(dossier.folder / MARK, f"{lines}:{ledger.checkpoint('').digest}\n".encode())
    return Papers(made, superseded)


def _rendered(dossier: Dossier) -> int | None:
    """The ledger line up to which papers were made after a change, 0 where none was; None: not by this ledger."""
    try:
        text = (dossier.folder / MARK).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeDecodeError):
        return None
    return next((line for line, digest in line_digests(dossier.folder) if f"{line}:{digest}" == text), None)


def _results(dossier: Dossier, state: State, source: Source, pool: Callable[[Source], Pool]) -> None:
    if isinstance(source.event, Received):
        make_received(dossier, state, source.event)
    else:
        make_result(dossier, state, pool(source))


def _sheets(dossier: Dossier, source: Source) -> Path:
    return dossier.sheets if source.id == OWN else dossier.received(source.id) / "sheets"


def _everybody(source: Source) -> set[str]:
    """All who are on a team, as drawn or now."""
    return {inspector for visit in (*source.event.visits, *source.visits.values()) for inspector in visit.team}


def _affected(before: State, state: State, source: Source) -> set[str]:
    """Who has a visit of which team, open tasks or day are not what they were: those there before, those now.

    Of a joint visit all departments' people: each sheet names the others.
    """
    then = before.sources[source.id].visits
    closed, closed_then = (
        {(t.visit, t.stratum) for t in at.tasks.values() if t.source == source.id and t.voided}
        for at in (state, before)
    )
    changed = {visit for visit, _ in closed - closed_then}
    changed |= {visit for visit, day in source.planned.items() if before.sources[source.id].planned.get(visit) != day}
    changed |= {whole(name) for name, visit in source.visits.items() if visit.team != then[name].team}
    return {
        inspector
        for name, visit in source.visits.items()
        if whole(name) in changed
        for inspector in {*visit.team, *then[name].team}
    }


def _replace(
    folder: Path, before: Briefing, now: Briefing, affected: set[str], label: str
) -> tuple[list[Path], list[Path]]:
    """Put new sheets of `affected` into `folder`, the older ones aside."""
    old = file_of_each(before)
    stale = [*files_of_lists(before), *(old[inspector] for inspector in sorted(affected & old.keys()))]
    kept = folder / KEPT / label
    with refusing(folder), whole_folder(folder / FRESH) as fresh:
        made = [path.relative_to(fresh).as_posix() for path in write_some(fresh, now, affected)]
    put_away = list(_put_away(folder, stale, kept))
    with refusing(folder):
        for name in made:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / FRESH / name).replace(folder / name)
        rmtree(folder / FRESH)  # nothing is left in it but a department's empty folder
        sync_folder(folder)
    return [folder / name for name in made], put_away


def _put_away(folder: Path, names: Sequence[str], kept: Path) -> Iterator[Path]:
    """Move sheets aside; what is aside already was moved before a crash, and what is here now is newer."""
    with refusing(kept):
        kept.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = folder / name
            target = (kept / name).with_name(f"{path.stem}{STALE}{path.suffix}")
            target.parent.mkdir(exist_ok=True)
            if path.exists() and not target.exists():
                path.replace(target)
                yield target
            elif path.exists():
                path.unlink()
        sync_folder(kept)
