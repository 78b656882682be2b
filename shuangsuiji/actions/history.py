"""What all dossiers of the workspace tell together: each ledger is read and folded once, one after the other.

Other dossiers' plans may have changed since or be gone: which specialty a stratum was of, its sealed pool says.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.sealedpools import SealedPool, sealed_pools
from shuangsuiji.core.plan.coverage import Stood
from shuangsuiji.core.year.history import History, Past, past
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import read_covering, read_part
from shuangsuiji.files.workspace import Dossier, Workspace


class Chronicle(NamedTuple):
    """`history`, and beside it what only sealing asks: `pools` that were ever sealed, in the order of dossiers.

    `own`: the fold of the plan's own ledger. `used`: sources with numbers that a draw has taken, by which.
    """

    history: History
    own: State
    pools: tuple[SealedPool, ...]
    used: dict[str, str]


def chronicle(
    workspace: Workspace, dossier: Dossier, *, own: State | None = None, first_days: bool = False
) -> Chronicle:
    """All of it, the plan's own `dossier` first. `own`: its fold where it is known. `first_days`: since when
    subjects are in sealed pools too.

    Raises Refusal (exit 4) where a ledger is damaged.
    """
    pasts: list[Past] = []
    pools: list[SealedPool] = []
    used: dict[str, str] = {}
    listed: dict[tuple[str, str], str] = {}
    stood: dict[tuple[str, str], Stood] = {}
    mine = own if own is not None else fold(read_ledger(dossier.folder).happened)
    for each in (dossier, *workspace.other_dossiers(dossier)):
        state = mine if each == dossier else fold(read_ledger(each.folder).happened)
        pasts.append(_past(each, state))
        pools.extend(sealed_pools(each, state, is_own=each == dossier))
        draws = [state.drawn, *(voided.drawn for voided in state.voided)]
        used |= {source: drawn.draw for drawn in draws if drawn for source in drawn.sources}
        if first_days:
            for folder, day, pool_digest, is_void in _days(each, state):
                if is_void or each != dossier:
                    for key, years in _stood(folder, pool_digest).items():
                        stood[key] = max(Stood(day, years), stood.get(key, Stood("", 0)))
                        if not is_void:
                            listed[key] = min(day, listed.get(key, day))
    return Chronicle(History(dossier.folder.name, tuple(pasts), listed, stood), mine, tuple(pools), used)


def _past(dossier: Dossier, state: State) -> Past:
    return past(dossier.folder.name, state, _specialties(dossier, state) if state.tasks else {})


def _specialties(dossier: Dossier, state: State) -> dict[str, str]:
    """Stratum → specialty, as the pools of the dossier have it; the own pool's word is the last."""
    folders = [
        (dossier.received(name) / "pool", s.event.pool_digest) for name, s in state.sources.items() if name != OWN
    ]
    if state.sealed is not None:
        folders.append((dossier.pool, state.sealed.pool_digest))
    found: dict[str, str] = {}
    for folder, digest in folders:
        found |= {row["stratum"]: row["specialty"] for row in read_part(folder, digest, "strata.csv")}
    return found


def _days(dossier: Dossier, state: State) -> Iterator[tuple[Path, str, str, bool]]:
    """Folder, reference day, digest of each pool of the dossier, whether it is void (then: the day it was sealed)."""
    for one in sealed_pools(dossier, state, is_own=True):
        is_void = state.sealed is None or one.folder != dossier.pool
        day = one.on if is_void or state.sealed is None else state.sealed.as_of
        yield one.folder, day.isoformat(), one.pool_digest, is_void


def _stood(folder: Path, pool_digest: str) -> dict[tuple[str, str], int]:
    """(specialty, subject) → full years since its last visit, at least; 0 in a pool without a rule of coverage."""
    years = read_covering(folder, pool_digest)
    specialty = {row["stratum"]: row["specialty"] for row in read_part(folder, pool_digest, "strata.csv")}
    rows = read_part(folder, pool_digest, "subjects.csv")
    return {
        (specialty.get(row["stratum"], row["stratum"]), row["subject"]): years - int(row["left"]) if years else 0
        for row in rows
    }
