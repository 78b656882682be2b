"""The folder of the report: put in place whole. What people wrote into their copy is never lost.

``SHA256SUMS`` says which files are as we made them; one that is not any more was edited, and keeps its content.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from shuangsuiji.files.whole import refusing, whole_folder

FOLDER = "report"
_SUMS = "SHA256SUMS"
_OPEN_IN_OFFICE = "~$"


def put(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Put `files` into `folder` beside what is there; returns the edited ones that were given another name."""
    with refusing(folder):
        there = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if _is_kept(path)}
    sums = _read(there.pop(_SUMS, b""))
    kept: dict[str, bytes] = {}
    renamed = []
    for name, content in there.items():
        is_edited = name in files and sums.get(name) != digest(content) and content != files[name]
        target = _free(name, {*there, *files, *kept}) if is_edited else name
        if is_edited:
            renamed.append(folder / target)
        if is_edited or name not in files:
            kept[target] = content
    ours = {name: sum_ for name, sum_ in sums.items() if name in kept} | {n: digest(c) for n, c in files.items()}
    listed = "".join(f"{sum_}  {name}\n" for name, sum_ in sorted(ours.items()))
    with whole_folder(folder) as temporary:
        for name, content in {**kept, **files, _SUMS: listed.encode()}.items():
            (temporary / name).write_bytes(content)
    return renamed


def digest(content: bytes) -> str:
    """SHA-256, as ``sha256sum`` writes it."""
    return hashlib.sha256(content).hexdigest()


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(_OPEN_IN_OFFICE)


def _read(content: bytes) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in content.decode("utf-8", "replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - a sum and a name


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number = 1
    while f"{stem}-edited-{number}{dot}{ending}" in taken:
        number += 1
    return f"{stem}-edited-{number}{dot}{ending}"
