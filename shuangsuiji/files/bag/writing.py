"""Writing a bag: one pass over the payload, then the tag files; temporary file, read back, rename.

The same payload, tags and day give the same bytes (with the same zlib): files by name, times of the day of bagging.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.files.bag.reading import read_bag
from shuangsuiji.files.bag.tags import ALGORITHMS, DECLARATION, DECLARED, INFO, info, manifest
from shuangsuiji.files.whole import refusing, sync_folder

_PIECE = 1 << 20
_ZIP64 = 1 << 31
_PACKED = {".xlsx", ".docx", ".zip", ".jpg", ".jpeg", ".png", ".mp4", ".mp3", ".pdf", ".7z", ".rar"}
"""Not worth compressing again."""
_MODE = 0o100644 << 16


class Payload(NamedTuple):
    """One file of the payload: its path under ``data/``, where it is, its size and SHA-256 as they were written."""

    path: str
    file: Path
    size: int = 0
    sha256: str = ""


class _Zip:
    """A zip in the making, under one base folder (§4: it carries the bag's name)."""

    def __init__(self, file: zipfile.ZipFile, base: str, day: date):
        self._file, self._base, self._day = file, base, day

    def text(self, name: str, content: bytes) -> None:
        self._file.writestr(self._info(name), content)

    def copy(self, name: str, source: Path) -> tuple[int, dict[str, str]]:
        """Size and digests of what was copied."""
        hashes = {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
        size = 0
        entry = self._info(name)
        with source.open("rb") as given:
            entry.file_size = os.fstat(given.fileno()).st_size
            with self._file.open(entry, "w", force_zip64=entry.file_size > _ZIP64) as taken:
                while piece := given.read(_PIECE):
                    size += len(piece)
                    taken.write(piece)
                    for each in hashes.values():
                        each.update(piece)
        return size, {algorithm: each.hexdigest() for algorithm, each in hashes.items()}

    def _info(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(
            f"{self._base}/{name}", (max(self._day.year, 1980), self._day.month, self._day.day, 0, 0, 0)
        )
        packed = Path(name).suffix.lower() in _PACKED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.external_attr = _MODE
        entry.create_system = 3
        return entry


def write_bag(
    path: Path,
    payload: Sequence[Payload],
    entries: Sequence[tuple[str, str]],
    tags: Mapping[str, bytes],
    day: date,
    keep: Callable[[Path], Path | None],
) -> tuple[Path, list[Payload]]:
    """Make a bag called as `path` without its ending; `entries` of bag-info, further `tags` by name, `day` of bagging.

    `keep` is told the finished temporary file: it answers where that is to go, or None where it is not needed.
    Returns where the bag is now (`path` where it was not needed) and the payload as written.
    Raises Refusal where the disk does not let us, or what was written cannot be read back.
    """
    base = path.stem
    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
                    written = _fill(_Zip(made, base, day), payload, entries, tags)
                file.flush()
                os.fsync(file.fileno())
            with read_bag(temporary) as bag:
                bag.sound()
            target = keep(temporary)
            if target is None:
                temporary.unlink()
                return path, written
            temporary.chmod(0o644)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    return target, written


def _fill(
    made: _Zip, payload: Sequence[Payload], entries: Sequence[tuple[str, str]], tags: Mapping[str, bytes]
) -> list[Payload]:
    made.text(DECLARATION, DECLARED)
    digests: dict[str, dict[str, str]] = {algorithm: {} for algorithm in ALGORITHMS}
    written = []
    for one in sorted(payload):
        size, found = made.copy(f"data/{one.path}", one.file)
        for algorithm, digest in found.items():
            digests[algorithm][f"data/{one.path}"] = digest
        written.append(one._replace(size=size, sha256=found["sha256"]))
    oxum = f"{sum(one.size for one in written)}.{len(written)}"
    files = {f"manifest-{algorithm}.txt": manifest(found) for algorithm, found in digests.items()}
    files |= {INFO: info([*entries, ("Payload-Oxum", oxum)]), **tags}
    for name in sorted(files):
        made.text(name, files[name])
    described = {DECLARATION: DECLARED, **files}
    for algorithm in ALGORITHMS:
        found = {name: hashlib.new(algorithm, content).hexdigest() for name, content in described.items()}
        made.text(f"tagmanifest-{algorithm}.txt", manifest(found))
    return written


def _prefix(path: Path) -> str:
    return f".ssj-{path.stem}-"


def _sweep(path: Path) -> None:
    """Remove what a crash left of this very bag: its dossier's lock is held, others' bags are not ours."""
    for leftover in path.parent.glob(f"{_prefix(path)}*"):
        leftover.unlink(missing_ok=True)
