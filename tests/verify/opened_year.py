"""The sample county's draw made public, inspectors shown by code: its public files, and the page made of changed ones."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.cli.main import run
from shuangsuiji.files.documents.verifypage import verify_page
from tests.conftest import REPOSITORY
from tests.year.returning import Clock

Files = dict[str, bytes]


def open_sample(root: Path, shown: str = "codes") -> Path:
    """The public folder of the sample county, drawn and published on 8 May 2023."""
    shutil.copytree(REPOSITORY / "rosters", root / "rosters")
    (root / "plans").mkdir()
    plan = (REPOSITORY / "plans" / "2023.yaml").read_text("utf-8")
    assert "inspectors: hidden" in plan
    (root / "plans" / "2023.yaml").write_text(plan.replace("inspectors: hidden", f"inspectors: {shown}"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSJ_BY", "经办人")
        Clock(patch)("2023-05-08T09:00")
        for words in (("draw", "--seed", "2023", "--no-sheets"), ("publish", "draw", "--format", "csv")):
            assert run([words[0], "-C", str(root), *words[1:]]) == 0
    return root / "plans" / "2023" / "public"


def open_files(public: Path) -> Files:
    """Pool and result by path."""
    found = (path for folder in ("pool", "result") for path in (public / folder).iterdir())
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in sorted(found)}


def data_of(page: bytes) -> dict[str, Any]:
    """What is embedded in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode())
    assert found
    return dict(json.loads(found[1]))


def made(folder: Path, facts: Mapping[str, object], files: Mapping[str, bytes]) -> Path:
    """The page about `files`, on the disk."""
    page = folder / "verify.html"
    page.write_bytes(verify_page(facts, files))
    return page


def replaced(files: Files, path: str, *changes: tuple[str, str]) -> Files:
    """`files` with the first of each text in one of them replaced."""
    text = files[path].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {**files, path: text.encode()}


def changed_lines(files: Files, path: str, change: Callable[[list[str]], None]) -> Files:
    """`files` with the lines of one of them changed in place."""
    lines = files[path].decode().splitlines(keepends=True)
    change(lines)
    return {**files, path: "".join(lines).encode()}
