"""The pool's folder. Its bytes are made in `core.draw.pool`; here they meet the disk."""

import csv
import hashlib
import io
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from shuangsuiji.core.draw.pool import SUMS, Pool, Rules, decode, digest, sums
from shuangsuiji.core.refusal import DAMAGED, Refusal

FILES = ("strata.csv", "subjects.csv", "inspectors.csv", "conflicts.csv", "excluded.csv", "rules.json", SUMS)


def subject_names(folder: Path, subjects: Collection[str]) -> dict[str, str]:
    """What the pool calls `subjects`, to show them: not checked, and blank where there is no pool to read."""
    try:
        with (folder / "subjects.csv").open(encoding="utf-8", newline="") as file:
            return {row["subject"]: row["name"] for row in csv.DictReader(file) if row["subject"] in subjects}
    except (OSError, ValueError, KeyError, csv.Error):
        return {}


def read_pool(folder: Path, expected: str) -> Pool:
    """The sealed pool. Raises Refusal (exit 4) unless it is, to the byte, the one whose digest is `expected`."""
    try:
        files = {name: (folder / name).read_bytes() for name in FILES}
    except OSError as failure:
        raise _damaged(folder, f"缺少 {Path(str(failure.filename)).name}") from failure
    if digest(files) != expected:
        raise _damaged(folder, "摘要与台账不符")
    if sums(files) != files[SUMS]:
        raise _damaged(folder, f"内容与 {SUMS} 不符")
    try:
        return decode(files)
    except ValueError as broken:
        raise _damaged(folder, "内容读不懂") from broken


def read_part(folder: Path, expected: str, name: str) -> list[dict[str, str]]:
    """The rows of one file of the sealed pool; none where the pool is not, to the byte, that of digest `expected`."""
    return list(csv.DictReader(io.StringIO(_sealed(folder, expected, name).decode(), newline="")))


def read_covering(folder: Path, expected: str) -> int:
    """The years of coverage in the rules of the sealed pool; 0 where it has none, or is not that pool."""
    content = _sealed(folder, expected, "rules.json")
    rule = Rules.model_validate_json(content).coverage if content else None
    return rule.years if rule else 0


def _sealed(folder: Path, expected: str, name: str) -> bytes:
    """One file of the sealed pool; empty where the pool is not, to the byte, that of digest `expected`."""
    try:
        listed, content = (folder / SUMS).read_bytes(), (folder / name).read_bytes()
    except OSError:
        return b""
    line = f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()
    return content if digest({SUMS: listed}) == expected and line in listed else b""


def read_changes(paths: Iterable[Path], sha256: str) -> list[dict[str, str]]:
    """The list of changes with that digest, one dict a row. Raises Refusal where none of `paths` is it."""
    for path in paths:
        with suppress(OSError):
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() == sha256:
                return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    what = "名册变动清单 pool-changes.csv 不在，或被改动过：摘要与台账不符。"
    raise Refusal("pool-damaged", what, todo="请用备份恢复它，再运行一次。", exit_code=DAMAGED)


def _damaged(folder: Path, why: str) -> Refusal:
    return Refusal(
        "pool-damaged",
        f"定稿名册“{folder}”不对：{why}。封存后名册不能改动。",
        todo="请用备份恢复 pool 文件夹，再运行一次。",
        exit_code=DAMAGED,
    )
