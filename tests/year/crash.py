# ruff: noqa: PLC0415, PYI034
"""Kill a command at every write it makes, then let the next command go on. Run as a script; prints JSON.

    python tests/year/crash.py WORKSPACE COMMANDS.json [kill | full] [EVERY]

`COMMANDS.json`: a list of word lists. For each command in turn, and for n = 1, 2, …: the workspace as it is before the
command is copied, the command runs in a forked process that dies (`os._exit`, nothing is cleaned up) at its n-th write:
a write to a file (half of it is written), an fsync, a rename, a removal. Then the ledger is read and the same command
runs again, to its end. At last the command runs undisturbed in the workspace itself, for the next one.

With `full` the process does not die: the disk is full from its n-th write on. `EVERY` = 3 tries every third write only.
"""

import errno
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

DIED = 137


class Bomb:
    """Counts writes; at the n-th it ends the process, or the disk is `full` from then on."""

    def __init__(self, at: int, *, full: bool):
        self.left, self.full = at, full

    def tick(self, half: Callable[[], object] = lambda: None, *, grows: bool = True) -> None:
        self.left -= 1
        if self.full and self.left <= 0 and grows:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if not self.full and self.left == 0:
            half()
            os._exit(DIED)


class Watched:
    """A file whose writes tick."""

    def __init__(self, file: Any, bomb: Bomb):
        self._file, self._bomb = file, bomb

    def write(self, content: Any) -> int:
        def half() -> None:
            self._file.write(content[: len(content) // 2])
            self._file.flush()

        self._bomb.tick(half)
        return int(self._file.write(content))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "Watched":
        self._file.__enter__()
        return self

    def __exit__(self, *failure: object) -> Any:
        return self._file.__exit__(*failure)

    def __iter__(self) -> Any:
        return iter(self._file)


def arm(bomb: Bomb, root: Path) -> None:
    """Let everything that writes below `root` tick."""
    real_open, real_fdopen = io.open, os.fdopen

    def watched(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        opened = real_open(file, mode, *rest, **named)
        inside = isinstance(file, str | os.PathLike) and str(os.fspath(file)).startswith(str(root))
        return Watched(opened, bomb) if inside and set(mode) & set("wax+") else opened

    def watched_fd(handle: int, mode: str = "r", *rest: Any, **named: Any) -> Any:
        opened = real_fdopen(handle, mode, *rest, **named)
        return Watched(opened, bomb) if set(mode) & set("wax+") else opened

    def ticking(real: Callable[..., Any], *, grows: bool) -> Callable[..., Any]:
        def call(*words: Any, **named: Any) -> Any:
            bomb.tick(grows=grows)
            return real(*words, **named)

        return call

    io.open = pathlib.io.open = watched  # type: ignore[assignment,attr-defined]
    os.fdopen = watched_fd  # type: ignore[assignment]
    for name in ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir"):
        setattr(os, name, ticking(getattr(os, name), grows=name in ("fsync", "mkdir")))


def in_child(words: list[str], root: Path, at: int | None, *, full: bool = False) -> int:
    """The exit code of the command in a process of its own; with `at` it dies, or fails, at its n-th write."""
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        if at is not None:
            arm(Bomb(at, full=full), root)
        from shuangsuiji.cli.main import run

        os._exit(run([words[0], *words[1:], "-C", str(root)] if words[0] != "adjust" else _nested(words, root)))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _nested(words: list[str], root: Path) -> list[str]:
    return [*words[:2], "-C", str(root), *words[2:]]


def events(root: Path) -> list[dict[str, Any]]:
    """The events of all ledgers; raises where a chain does not hold (an unfinished last line was never promised)."""
    from shuangsuiji.core.ledger.chain import read_chain

    found: list[dict[str, Any]] = []
    for ledger in sorted(root.glob("plans/*/ledger.jsonl")):
        content = ledger.read_bytes()
        found += [entry.event for entry in read_chain(content[: content.rfind(b"\n") + 1])[0]]
    return found


def state(root: Path) -> str:
    """Everything below `root`, in one digest; but for the endings of temporary names and who last held the lock."""
    found = [
        (
            re.sub(r"\.ssj-[^/]*", ".ssj-", path.relative_to(root).as_posix()),
            b"" if path.is_dir() or path.name == ".holder.json" else path.read_bytes(),
        )
        for path in root.rglob("*")
    ]
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


def misplaced(root: Path) -> list[str]:
    """Published files that are not where they belong with the digest on record, and what is left of staging."""
    wrong = [str(path) for path in root.glob("plans/*/.staging")]
    for event in events(root):
        for name, digest in event.get("files", {}).items() if event["kind"] == "published" else ():
            found = [*root.glob(f"plans/*/public/{name}"), *root.glob(f"plans/*/withdrawn/{name}")]
            if [hashlib.sha256(path.read_bytes()).hexdigest() for path in found] != [digest]:
                wrong.append(name)
    return wrong


def _import_all() -> None:
    """Import here, once, what every forked process would import for itself."""
    import gc
    import importlib
    import pkgutil

    import docxtpl  # noqa: F401
    import rich.progress
    import rich.table  # noqa: F401
    import xlsxwriter  # noqa: F401

    import shuangsuiji
    from shuangsuiji.cli import clock

    clock.now = lambda: datetime.fromisoformat("2023-05-09T10:00+08:00")
    for module in pkgutil.walk_packages(shuangsuiji.__path__, "shuangsuiji."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.disable()  # as `main` does; and what is never looked through need not be copied for a child
    os.fsync = lambda _: None  # a killed process loses nothing that it wrote: only the call counts


def main() -> None:
    """Run all commands, killing each at each of its writes."""
    _import_all()
    workspace, commands = Path(sys.argv[1]).resolve(), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    full, every = sys.argv[3:4] == ["full"], int(sys.argv[4]) if sys.argv[4:] else 1
    told = []
    for words in commands:
        before = events(workspace)
        points, wrong = 0, []
        known: dict[str, list[str]] = {}
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "county"
            local = [word.replace(str(workspace), str(copy)) for word in words]
            while True:
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(workspace, copy)
                code = in_child(local, copy, points * every + 1, full=full)
                if code == 0 or code not in (DIED, 4):
                    break
                points += 1
                left_behind = state(copy)
                if left_behind in known:  # the same bytes under the same command come to the same end
                    told_kinds = known[left_behind]
                    continue
                after = events(copy)
                again = in_child(local, copy, None)
                final = events(copy)
                kinds = [event["kind"] for event in final[len(before) :]]
                held = after[: len(before)] == before and final[: len(after)] == after
                if again not in (0, 3) or not held or misplaced(copy):
                    wrong.append({"point": points, "again": again, "kinds": kinds})
                told_kinds = known[left_behind] = kinds
        code = in_child(words, workspace, None)
        added = [event["kind"] for event in events(workspace)[len(before) :]]
        told.append(
            {"words": words, "code": code, "points": points, "wrong": wrong, "added": added, "after_crash": told_kinds}
        )
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
