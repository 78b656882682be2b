"""The pools that were sealed in a workspace, in force or void: against the last one it is told what changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Dossier, Workspace


class SealedPool(NamedTuple):
    """When a pool was sealed, what it is called, where it lies, and its digest."""

    on: date
    name: str
    folder: Path
    pool_digest: str


def last_pool(workspace: Workspace, dossier: Dossier) -> tuple[str, Pool] | None:
    """The name and the pool of the last sealing; None where there was none. Raises Refusal where it is damaged."""
    found = [
        (one.on, other == dossier, number, one)
        for other in (dossier, *workspace.other_dossiers(dossier))
        for number, one in enumerate(_of(other, fold(read_ledger(other.folder).happened)))
    ]
    if not found:
        return None
    last = max(found, key=lambda one: one[:3])[3]
    return last.name, read_pool(last.folder, last.pool_digest)


def _of(dossier: Dossier, state: State) -> Iterator[SealedPool]:
    """Those of one dossier; the one in force is the last."""
    name = dossier.folder.name
    for number, draw in enumerate(state.voided, 1):
        folder = _where(dossier, dossier.voided(number))
        yield SealedPool(draw.drawn.on, f"{name}/voided/{number}", folder, draw.drawn.pool_digest)
    for number, seal in enumerate(state.voided_seals, 1):
        folder = _where(dossier, dossier.voided_seal(number))
        yield SealedPool(seal.sealed.on, f"{name}/voided/S{number}", folder, seal.sealed.pool_digest)
    if state.sealed is not None:
        yield SealedPool(state.sealed.on, name, dossier.pool, state.sealed.pool_digest)


def _where(dossier: Dossier, kept: Path) -> Path:
    """Where the pool of a void lies: a crash may have left it in its place."""
    return kept / "pool" if (kept / "pool").exists() else dossier.pool
