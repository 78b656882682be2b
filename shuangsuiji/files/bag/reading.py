"""Reading a bag that may come from anybody: bounded before anything is unpacked, then checked against its manifests.

- Refused: not a zip, encrypted, too many files, too much or too tightly packed, names that lead elsewhere or twice.
- `faults` returns all that does not hold; reading a file of the payload gives bytes, at most `MOST_BYTES`.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.files.bag.tags import ALGORITHMS, DECLARATION, INFO, VERSIONS, read_info, read_manifest
from shuangsuiji.files.unzip import DAMAGED as DAMAGED_ZIP

MOST_FILES = 200_000
MOST_TOTAL = 64 << 30
MOST_RATIO = 200
"""Unpacked ÷ packed, of the whole; text that repeats itself packs 30 : 1, a bomb 1,000 : 1 and more."""
FREE_OF_RATIO = 16 << 20
MOST_BYTES = 1 << 30
"""Of one file that is read at once."""
_PIECE = 1 << 20
_ENCRYPTED = 1
_DATA = "data/"
_ELSEWHERE = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.?(/|$)|//|\x00")


class Fault(NamedTuple):
    """One thing about a bag that does not hold: where, a stable English word, and a sentence."""

    name: str
    why: str
    what: str


class Bag(Mapping[str, bytes]):
    """An open bag: payload by its path under ``data/``. Use it in a ``with`` block."""

    def __init__(self, path: Path, file: zipfile.ZipFile, base: str):
        self.path, self._file, self._base = path, file, base
        names = (entry.filename.removeprefix(base) for entry in file.infolist() if not entry.is_dir())
        self._entries = {name: f"{base}{name}" for name in names}
        self.info: Mapping[str, str] = self._tags(INFO)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(_DATA) for name in self._entries if name.startswith(_DATA))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, path: str) -> bytes:
        """The bytes of one file of the payload. Raises KeyError; Refusal where it is damaged or far too large."""
        return self._read(f"{_DATA}{path}")

    def size(self, path: str) -> int:
        """How many bytes a file of the payload has, as the zip says."""
        return self._file.getinfo(self._entries[f"{_DATA}{path}"]).file_size

    def open(self, path: str) -> IO[bytes]:
        """A file of the payload as a stream."""
        return self._file.open(self._entries[f"{_DATA}{path}"])

    @property
    def checkpoint(self) -> str:
        """The ledger's checkpoint when the bag was made."""
        return self.info.get("Ledger-Checkpoint", "")

    @property
    def manifest(self) -> Mapping[str, str]:
        """SHA-256 by path, as the bag's own manifest says; two bags with the same have the same payload."""
        name = f"manifest-{ALGORITHMS[0]}.txt"
        try:
            return read_manifest(self._read(name)) if name in self._entries else {}
        except ValueError:
            return {}

    def sound(self) -> None:
        """Raise Refusal (exit 4), with every fault in its details, unless the bag holds."""
        faults = self.faults()
        if faults:
            more = f"等 {len(faults)} 处" if len(faults) > 1 else ""
            raise Refusal(
                "bag-damaged",
                f"归档包“{self.path.name}”不对：{faults[0].what}{more}。",
                todo="请用另一份拷贝；不要改动归档包里的文件。",
                exit_code=DAMAGED,
                details={"faults": [fault._asdict() for fault in faults]},
            )

    def faults(self) -> list[Fault]:
        """Everything about the bag that does not hold, in the order of its files."""
        declared = self._tags(DECLARATION)
        if declared.get("BagIt-Version") not in VERSIONS:
            return [Fault(DECLARATION, "no-bag", "没有 bagit.txt，或版本不认识")]
        found: list[Fault] = []
        payload = self._manifests("manifest", found)
        if not payload and not found:
            return [Fault("manifest-sha256.txt", "no-manifest", "没有清单 manifest-sha256.txt")]
        tags = self._manifests("tagmanifest", found)
        actual = self._digests([*payload.values(), *tags.values()])
        here = {name for name in self._entries if name.startswith(_DATA)}
        for algorithm, digests in payload.items():
            found += [Fault(name, "missing", f"缺少 {name}") for name in sorted(digests.keys() - here)]
            extra = sorted(here - digests.keys())
            found += [Fault(name, "extra", f"多出 {name}，{algorithm} 清单里没有") for name in extra]
        for algorithm, digests in tags.items():
            missing = sorted(name for name in digests if name not in self._entries)
            found += [Fault(name, "missing", f"缺少 {name}（{algorithm}）") for name in missing]
        for kind in (payload, tags):
            for algorithm, digests in kind.items():
                for name, digest in digests.items():
                    if name in self._entries and actual.get((name, algorithm)) != digest:
                        found.append(Fault(name, "changed", f"{name} 的内容与清单不符（{algorithm}）"))
        found += self._oxum()
        return list(dict.fromkeys(found))

    def _oxum(self) -> Iterator[Fault]:
        said = self.info.get("Payload-Oxum", "")
        sizes = [self._file.getinfo(entry).file_size for name, entry in self._entries.items() if name.startswith(_DATA)]
        if said and said != f"{sum(sizes)}.{len(sizes)}":
            yield Fault(INFO, "oxum", f"内容有 {len(sizes)} 个文件、{sum(sizes)} 字节，与 Payload-Oxum（{said}）不符")

    def _manifests(self, kind: str, found: list[Fault]) -> dict[str, dict[str, str]]:
        manifests = {}
        for algorithm in ALGORITHMS:
            name = f"{kind}-{algorithm}.txt"
            if name in self._entries:
                try:
                    manifests[algorithm] = read_manifest(self._read(name))
                except (ValueError, Refusal):
                    found.append(Fault(name, "manifest-form", f"{name} 读不懂"))
        return manifests

    def _digests(self, manifests: list[dict[str, str]]) -> dict[tuple[str, str], str]:
        """Digest by name and algorithm of every file that a manifest names; none for one that cannot be read."""
        actual: dict[tuple[str, str], str] = {}
        for name in sorted({name for digests in manifests for name in digests} & self._entries.keys()):
            hashes = {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
            try:
                with self._file.open(self._entries[name]) as file:
                    while piece := file.read(_PIECE):
                        for each in hashes.values():
                            each.update(piece)
            except DAMAGED_ZIP:
                continue
            actual |= {(name, algorithm): each.hexdigest() for algorithm, each in hashes.items()}
        return actual

    def _tags(self, name: str) -> dict[str, str]:
        try:
            return read_info(self._read(name)) if name in self._entries else {}
        except (UnicodeDecodeError, Refusal):
            return {}

    def _read(self, name: str) -> bytes:
        return read_member(self.path, self._file, self._entries[name])


def read_bag(path: Path) -> Bag:
    """The bag in the zip `path`, bounded but not yet checked: ask `faults`. Raises Refusal where it is no safe zip."""
    file = open_zip(path)
    try:
        return Bag(path, file, _base(path, file))
    except BaseException:
        file.close()
        raise


def open_zip(path: Path) -> zipfile.ZipFile:
    """Any zip, bounded before anything of it is unpacked. Raises Refusal where it is no safe zip."""
    if not path.is_file():
        raise Refusal("no-bag", f"找不到归档包“{path}”。", todo="请核对文件的路径。", exit_code=USAGE)
    try:
        file = zipfile.ZipFile(path)
    except DAMAGED_ZIP as failure:
        raise _refused(path, "不是 zip 文件，或已损坏") from failure
    try:
        _refuse_unsafe(path, file)
    except BaseException:
        file.close()
        raise
    return file


def read_member(path: Path, file: zipfile.ZipFile, name: str) -> bytes:
    """One file of an open zip. Raises Refusal where it is damaged or far too large, KeyError where there is none."""
    entry = file.getinfo(name)
    if entry.file_size > MOST_BYTES:
        raise _refused(path, f"{name} 有 {entry.file_size >> 20} MB，太大")
    try:
        with file.open(entry) as content:
            return content.read(MOST_BYTES)
    except DAMAGED_ZIP as failure:
        raise _refused(path, f"{name} 读不出来") from failure


def _refuse_unsafe(path: Path, file: zipfile.ZipFile) -> None:
    """Raises Refusal for what must not be unpacked."""
    entries = file.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        raise _refused(path, f"有 {len(entries)} 个文件，太多")
    if total > MOST_TOTAL or (total > FREE_OF_RATIO and total > MOST_RATIO * path.stat().st_size):
        raise _refused(path, f"解开后有 {total >> 20} MB，与文件大小不相称")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _refused(path, "加了密码")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise _refused(path, "有两个同名的文件")
    strange = [name for name in names if _ELSEWHERE.search(name.removesuffix("/"))]
    if strange:
        raise _refused(path, f"文件名“{strange[0][:60]}”不合规定")


def _base(path: Path, file: zipfile.ZipFile) -> str:
    """The bag's folder in the zip, with its slash. Raises Refusal where there is no bag."""
    names = file.namelist()
    bases = {name.partition("/")[0] for name in names if "/" in name}
    if DECLARATION in names:
        return ""
    if len(bases) != 1 or f"{(base := bases.pop())}/{DECLARATION}" not in names or any("/" not in n for n in names):
        raise _refused(path, "不是 BagIt 归档包（没有 bagit.txt）")
    return f"{base}/"


def _refused(path: Path, why: str) -> Refusal:
    what = f"归档包“{path.name}”不能读：{why}。"
    return Refusal("bag-unreadable", what, todo="请核对文件；如在传递中损坏，请重新拷贝。", exit_code=DAMAGED)
