"""Dossiers to be verified, from wherever they come: a folder, a zip, a bag; a public folder alone. Read only.

- Found by its ``ledger.jsonl``, at the top or deeper; where there is none, by its public folder.
- A file is read when it is asked for, and never more than `MOST_BYTES` of it; of a zip nothing is unpacked to the disk.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.core.verifying import LEDGER, is_public
from shuangsuiji.files.bag import Fault, read_bag
from shuangsuiji.files.bag.reading import MOST_BYTES, MOST_FILES, open_zip, read_member
from shuangsuiji.files.whole import reason_of

_BAG = "bagit.txt"
_SUMS = "public/SHA256SUMS"


class Contents(Mapping[str, bytes]):
    """Files by path; each is read whenever it is asked for, so that a large dossier need not be in memory."""

    def __init__(self, names: Sequence[str], read: Callable[[str], bytes], base: str = ""):
        self._paths = {name.removeprefix(base): name for name in names if name.startswith(base)}
        self._read, self.base = read, base

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __getitem__(self, path: str) -> bytes:
        """The bytes of one file. Raises KeyError; Refusal (exit 4) where it cannot be read."""
        return self._read(self._paths[path])


class Opened(NamedTuple):
    """A dossier that can be read: `files` by path in it, and what a bag around it says.

    `base`: where in `path` it lies. `faults`: of the bag, None where there is none; `checkpoint`: the bag's.
    """

    path: Path
    base: str
    files: Contents
    faults: Sequence[Fault] | None = None
    payload: int = 0
    checkpoint: str = ""


@contextmanager
def opened(path: Path, wanted: str = "") -> Iterator[Opened]:
    """The dossier in `path`; `wanted`: which one, where there are several.

    Raises Refusal: wrong use where there is none or too many, exit 4 where it cannot be read.
    """
    if path.name == LEDGER:
        path = path.parent
    if path.is_dir():
        yield _in_folder(path, wanted)
    elif path.is_file():
        with open_zip(path) as file:
            names = [name for name in file.namelist() if not name.endswith("/")]
            is_bag = any(name.rpartition("/")[2] == _BAG and name.count("/") <= 1 for name in names)
            if not is_bag:
                yield _found(path, names, lambda name: read_member(path, file, name), wanted)
                return
        with read_bag(path) as bag:
            found = _found(path, list(bag), bag.__getitem__, wanted)
            yield found._replace(faults=bag.faults(), payload=len(bag), checkpoint=bag.checkpoint)
    else:
        what = f"找不到“{path}”。"
        raise Refusal("no-dossier", what, todo="请写卷宗文件夹、zip 或归档包的路径。", exit_code=USAGE)


def _in_folder(path: Path, wanted: str) -> Opened:
    if (path / LEDGER).is_file():
        return _found(path, list(_names(path)), lambda name: _bytes(path / name), wanted)
    names = list(_names(path))
    data = "data/"
    if f"{data}plans" in {"/".join(name.split("/")[:2]) for name in names} and _BAG in names:
        names = [name for name in names if name.startswith(data)]  # a bag that was unpacked
    return _found(path, names, lambda name: _bytes(path / name), wanted)


def _found(path: Path, names: Sequence[str], read: Callable[[str], bytes], wanted: str) -> Opened:
    """The one dossier among `names`."""
    bases = _bases(names)
    if len(bases) > 1:
        bases = [base for base in bases if base.rstrip("/").rpartition("/")[2] == wanted] or bases
    if not bases:
        what = f"“{path}”里没有卷宗：没有台账 {LEDGER}，也没有公示文件夹。"
        raise Refusal("no-dossier", what, todo="请写卷宗文件夹（如 plans/2023）、zip 或归档包的路径。", exit_code=USAGE)
    if len(bases) > 1:
        shown = "、".join(base or "." for base in bases[:9])
        what = f"“{path}”里有 {len(bases)} 个卷宗：{shown}。"
        raise Refusal("many-dossiers", what, todo="请写明是哪一个文件夹，或用 --plan 指明方案。", exit_code=USAGE)
    return Opened(path, bases[0], Contents(names, read, bases[0]))


def _bases(names: Sequence[str]) -> list[str]:
    """The folders that are dossiers, each with its slash; a ledger before any public folder."""
    ledgers = sorted(name.removesuffix(LEDGER) for name in names if f"/{name}".endswith(f"/{LEDGER}"))
    if ledgers:
        return ledgers
    if is_public(dict.fromkeys(names, b"")):
        return [""]
    return sorted(name.removesuffix(_SUMS) for name in names if f"/{name}".endswith(f"/{_SUMS}"))


def _names(root: Path) -> Iterator[str]:
    """Every file below `root`, with slashes. Raises Refusal where there are far too many."""
    number = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(files):
            number += 1
            if number > MOST_FILES:
                what = f"“{root}”里的文件超过 {MOST_FILES} 个，不像一个卷宗。"
                raise Refusal("no-dossier", what, todo="请写卷宗文件夹的路径，如 plans/2023。", exit_code=USAGE)
            yield (Path(folder) / name).relative_to(root).as_posix()


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refusal("unreadable", f"“{path}”有 {size >> 20} MB，太大。", exit_code=DAMAGED)
        return path.read_bytes()
    except OSError as failure:
        what = f"读不了“{path}”：{reason_of(failure)}。"
        raise Refusal("unreadable", what, todo="请核对权限，或关闭占用它的程序后再试。", exit_code=DAMAGED) from failure
