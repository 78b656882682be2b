"""Evidence (photos, body-camera files, scans): looked at as a stream, copied only on request.

A copy is written whole beside its final place, compared by digest, and taken back where the ledger's append fails.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.whole import reason_of, refusing, sweep, sync_folder

FOLDER = "evidence"
_PIECE = 1 << 20
_LONGEST_ENDING = 10


class Evidence(NamedTuple):
    """One file as it is now: `name` as a file name that every system takes, `size` in bytes."""

    path: Path
    name: str
    size: int
    sha256: str


def look(paths: Sequence[Path]) -> list[Evidence]:
    """The files' names, sizes and digests; the same content once. Raises Refusal where one is not a readable file."""
    found: dict[str, Evidence] = {}
    for path in paths:
        if not path.is_file():
            what = f"“{path}”是文件夹，不是文件。" if path.is_dir() else f"“{path}”不是普通文件（是设备、管道之类）。"
            what = what if path.exists() else f"找不到证据文件“{path}”。"
            raise Refusal("no-evidence", what, todo="请逐个写明证据文件的路径。", exit_code=USAGE)
        try:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError as failure:
            what = f"读不了证据文件“{path}”：{reason_of(failure)}。"
            raise Refusal("evidence-unreadable", what, todo="请核对权限后再试。", exit_code=DAMAGED) from failure
        if size == 0:
            what = f"证据文件“{path}”是空的（0 字节）。"
            raise Refusal("evidence-empty", what, todo="请重新导出或拷贝这个文件。", exit_code=USAGE)
        found.setdefault(sha256, Evidence(path, _name(path), size, sha256))
    return list(found.values())


def _name(path: Path) -> str:
    stem, suffix = path.stem, path.suffix
    if not (suffix[1:].isalnum() and len(suffix) <= _LONGEST_ENDING):
        stem, suffix = path.name, ""
    return file_names([stem], suffix)[0]


@contextmanager
def copied(dossier: Path, task: str, files: Sequence[Evidence]) -> Iterator[None]:
    """Copies of `files` in ``evidence/TASK/`` of the dossier; they stay when the block ends well. Under the lock."""
    folder = dossier / FOLDER / file_names([task], "")[0]
    made: list[Path] = []
    try:
        sweep(folder)
        for evidence in files:
            with refusing(folder):
                made += _copy(evidence, folder)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _copy(evidence: Evidence, folder: Path) -> list[Path]:
    """Copy one file unless it is there already; the paths that are new."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / evidence.name
    if target.exists():
        with target.open("rb") as there:
            if hashlib.file_digest(there, "sha256").hexdigest() == evidence.sha256:
                return []
        target = folder / f"{target.stem}_{evidence.sha256[:8]}{target.suffix}"
    handle, name = tempfile.mkstemp(prefix=".ssj-", dir=folder)
    temporary = Path(name)
    digest = hashlib.sha256()
    try:
        with evidence.path.open("rb") as source, os.fdopen(handle, "wb") as file:
            while piece := source.read(_PIECE):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        _same(evidence, digest.hexdigest())
        temporary.chmod(0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return [target]


def _same(evidence: Evidence, sha256: str) -> None:
    if sha256 != evidence.sha256:
        what = f"证据文件“{evidence.path}”在复制时被改动。"
        raise Refusal("evidence-changed", what, todo="请等文件写完再试。", exit_code=DAMAGED)
