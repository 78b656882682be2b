"""The pools that were sealed in a workspace, in force or void: against the last one it is told what changed."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.year.state import State
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Dossier


class SealedPool(NamedTuple):
    """When a pool was sealed, whether in the plan's own dossier, as which one there; what it is called, where it is."""

    on: date
    is_own: bool
    number: int
    name: str
    folder: Path
    pool_digest: str


def last_pool(pools: Iterable[SealedPool]) -> tuple[str, Pool] | None:
    """The name and the pool of the last sealing; None where there was none. Raises Refusal where it is damaged."""
    last = max(pools, key=lambda one: one[:3], default=None)
    return (last.name, read_pool(last.folder, last.pool_digest)) if last else None


def sealed_pools(dossier: Dossier, state: State, *, is_own: bool) -> Iterator[SealedPool]:
    """Those of one dossier, of which `state` is the fold; the one in force is the last."""
    for number, (on, name, folder, digest) in enumerate(_of(dossier, state)):
        yield SealedPool(on, is_own, number, name, folder, digest)


def _of(dossier: Dossier, state: State) -> Iterator[tuple[date, str, Path, str]]:
    name = dossier.folder.name
    for number, draw in enumerate(state.voided, 1):
        yield draw.drawn.on, f"{name}/voided/{number}", _where(dossier, dossier.voided(number)), draw.drawn.pool_digest
    for number, seal in enumerate(state.voided_seals, 1):
        folder = _where(dossier, dossier.voided_seal(number))
        yield seal.sealed.on, f"{name}/voided/S{number}", folder, seal.sealed.pool_digest
    if state.sealed is not None:
        yield state.sealed.on, name, dossier.pool, state.sealed.pool_digest


def _where(dossier: Dossier, kept: Path) -> Path:
    """Where the pool of a void lies: a crash may have left it in its place."""
    return kept / "pool" if (kept / "pool").exists() else dossier.pool
