"""What all dossiers of the workspace tell together: each ledger is read and folded once, one after the other.

Other dossiers' plans may have changed since or be gone: which specialty a stratum was of, its sealed pool says.
"""

from typing import NamedTuple

from shuangsuiji.actions.sealedpools import SealedPool, sealed_pools
from shuangsuiji.core.year.history import History, Past, past
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import read_part
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
    mine = own if own is not None else fold(read_ledger(dossier.folder).happened)
    for each in (dossier, *workspace.other_dossiers(dossier)):
        state = mine if each == dossier else fold(read_ledger(each.folder).happened)
        pasts.append(_past(each, state))
        pools.extend(sealed_pools(each, state, is_own=each == dossier))
        draws = [state.drawn, *(voided.drawn for voided in state.voided)]
        used |= {source: drawn.draw for drawn in draws if drawn for source in drawn.sources}
        if first_days and each != dossier:
            for key, day in _listed(each, state).items():
                listed[key] = min(day, listed.get(key, day))
    return Chronicle(History(dossier.folder.name, tuple(pasts), listed), mine, tuple(pools), used)


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


def _listed(dossier: Dossier, state: State) -> dict[tuple[str, str], str]:
    """(specialty, subject) → the reference day of the dossier's pool."""
    if state.sealed is None:
        return {}
    specialty, day = _specialties(dossier, state), state.sealed.as_of.isoformat()
    rows = read_part(dossier.pool, state.sealed.pool_digest, "subjects.csv")
    return {(specialty.get(row["stratum"], row["stratum"]), row["subject"]): day for row in rows}
