"""The public folder (公示): what the bureau uploads as it is, ``plans/2023/public/``.

- A published file is never changed. It is made whole in ``.staging/``, its digest goes on record, then it is renamed.
- `settle` finishes what a crash cut off, and finds out what is missing or was altered since.
- What is public no more lies in ``withdrawn/``, byte for byte.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.files.whole import refusing, sync_folder, write_whole

PUBLIC, WITHDRAWN, STAGING = "public", "withdrawn", ".staging"
INDEX, SUMS = "index.html", "SHA256SUMS"
VERIFY, CHECK = "verify.html", "check"
_OPEN = ("pool", "result", CHECK)
"""What anybody can recompute the draw with: a page, and two folders."""


class Shelf(NamedTuple):
    """The files of one notice, SHA-256 by name, and whether they are off the site."""

    notice: str
    files: Mapping[str, str]
    is_withdrawn: bool = False

    @property
    def folder(self) -> str:
        """Where they belong."""
        return WITHDRAWN if self.is_withdrawn else PUBLIC


class Damage(NamedTuple):
    """A published file that is not what the ledger says: ``missing`` or ``altered``."""

    notice: str
    file: str
    why: str


Remake = Callable[[str], Mapping[str, bytes]]
"""The files of a notice made again; empty where that cannot be done."""


def sha256(content: bytes) -> str:
    """The digest that the ledger keeps of a file."""
    return hashlib.sha256(content).hexdigest()


def stage(dossier: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` where they are not public yet. Raises Refusal where the disk does not let us."""
    folder = dossier / STAGING
    clear_staging(dossier)
    with refusing(folder):
        folder.mkdir(parents=True)
        for name, content in files.items():
            with (folder / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        sync_folder(folder)
        sync_folder(dossier)


def clear_staging(dossier: Path) -> None:
    """Remove what is staged: all of it is in its place, or was never on record."""
    shutil.rmtree(dossier / STAGING, ignore_errors=True)


def is_settled(dossier: Path, shelves: Iterable[Shelf]) -> bool:
    """Whether every published file is where it belongs, and nothing is left over. Reads only."""
    if (dossier / STAGING).exists():
        return False
    return all(
        _is(dossier / shelf.folder / name, digest) and not (shelf.is_withdrawn and (dossier / PUBLIC / name).exists())
        for shelf in shelves
        for name, digest in shelf.files.items()
    )


def settle(dossier: Path, shelves: Sequence[Shelf], remake: Remake) -> tuple[list[str], list[Damage]]:
    """Put every published file where it belongs; which were made again, and which cannot be had any more."""
    again: list[str] = []
    damages: list[Damage] = []
    for shelf in shelves:
        lost = [name for name, digest in shelf.files.items() if not _in_place(dossier, shelf, name, digest)]
        made = remake(shelf.notice) if lost else {}
        for name in lost:
            if sha256(made.get(name, b"")) == shelf.files[name]:
                write_whole(dossier / shelf.folder / name, made[name])
                again.append(name)
            else:
                damages.append(_damage(dossier, shelf, name))
        if shelf.is_withdrawn:
            _off_the_site(dossier, shelf)
    return again, damages


def write_pages(dossier: Path, shelves: Sequence[Shelf], pages: Mapping[str, bytes]) -> None:
    """Write `pages` (the index, and what is open) and ``SHA256SUMS`` where they are not so yet.

    What is open no more is removed; then nothing is staged any more.
    """
    for name in _paths_open(dossier):
        if name not in pages:
            with refusing(dossier / PUBLIC / name):
                (dossier / PUBLIC / name).unlink()
    for name, content in _pages(shelves, pages).items():
        if _digest(dossier / PUBLIC / name) != sha256(content):
            write_whole(dossier / PUBLIC / name, content)
    clear_staging(dossier)


def open_files(dossier: Path) -> dict[str, bytes]:
    """What is open as it stands in the public folder, by path there."""
    return {name: (dossier / PUBLIC / name).read_bytes() for name in _paths_open(dossier)}


def has_pages(dossier: Path, shelves: Sequence[Shelf], pages: Mapping[str, bytes]) -> bool:
    """Whether `pages` and ``SHA256SUMS`` are what they should be, and nothing else is open. Reads only."""
    if not set(_paths_open(dossier)) <= pages.keys():
        return False
    return all(sha256(content) == _digest(dossier / PUBLIC / name) for name, content in _pages(shelves, pages).items())


def published_bytes(dossier: Path, shelf: Shelf, name: str) -> bytes:
    """A published file as it was published; empty where there is no such file any more."""
    path = dossier / shelf.folder / name
    return path.read_bytes() if name in shelf.files and _is(path, shelf.files[name]) else b""


def size_of(dossier: Path, shelf: Shelf, name: str) -> int | None:
    """How many bytes a published file has; None where it is missing."""
    try:
        return (dossier / shelf.folder / name).stat().st_size
    except OSError:
        return None


def _in_place(dossier: Path, shelf: Shelf, name: str, digest: str) -> bool:
    """Whether the file is where it belongs, after fetching it from where a crash left it."""
    home = dossier / shelf.folder / name
    if _is(home, digest):
        return True
    for folder in (STAGING, PUBLIC) if shelf.is_withdrawn else (STAGING,):
        if _is(dossier / folder / name, digest):
            with refusing(home):
                home.parent.mkdir(parents=True, exist_ok=True)
                (dossier / folder / name).replace(home)
                sync_folder(home.parent)
            return True
    return False


def _off_the_site(dossier: Path, shelf: Shelf) -> None:
    """Nothing of a withdrawn notice stays in the public folder, not even an altered file."""
    for name in shelf.files:
        there, home = dossier / PUBLIC / name, dossier / WITHDRAWN / name
        if there.exists():
            with refusing(there):
                home.parent.mkdir(parents=True, exist_ok=True)
                there.unlink() if home.exists() else there.replace(home)
                sync_folder(there.parent)


def _damage(dossier: Path, shelf: Shelf, name: str) -> Damage:
    there = (dossier / shelf.folder / name).exists() or (dossier / PUBLIC / name).exists()
    return Damage(shelf.notice, name, "altered" if there else "missing")


def _pages(shelves: Sequence[Shelf], pages: Mapping[str, bytes]) -> dict[str, bytes]:
    digests = {name: digest for shelf in shelves if not shelf.is_withdrawn for name, digest in shelf.files.items()}
    lines = (f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return {SUMS: "".join(lines).encode(), **pages}


def _paths_open(dossier: Path) -> list[str]:
    found = [path for folder in _OPEN for path in (dossier / PUBLIC / folder).glob("*")]
    paths = [path.relative_to(dossier / PUBLIC).as_posix() for path in sorted(found)]
    return [*paths, VERIFY] if (dossier / PUBLIC / VERIFY).exists() else paths


def _is(path: Path, digest: str) -> bool:
    return _digest(path) == digest


def _digest(path: Path) -> str:
    """The SHA-256 of a file; blank where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
