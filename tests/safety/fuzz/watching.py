"""A door in a process of its own: what kills it, hangs it or makes it swell is told, and the run goes on.

The child names each input before it opens it, so that the parent knows which one it died of.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty, Refusal
from tests.safety.fuzz.doors import Door

SECONDS = 10.0
"""Longer than that is a hang."""
MOST_MB = 1024
"""More memory than that, of the whole process, is too much."""
_HARD_MB = 1536
_OUR_MB = 1 << 20
_PATIENCE = 6 * SECONDS
"""Of the parent: another process may have had the processor; how long the door itself took, the child tells."""


class Outcome(NamedTuple):
    """What became of one input: ``read``, ``problems``, ``refused``, or a fault: ``crash``, ``died``, ``hang``, ``memory``."""

    what: str
    seconds: float = 0.0
    mb: float = 0.0
    told: str = ""

    @property
    def is_fault(self) -> bool:
        return self.what in {"crash", "died", "hang", "memory"}


def outcome(door: Door, data: bytes) -> Outcome:
    """What becomes of `data` at `door`, in this process."""
    _forget_peak()
    start = time.process_time()
    what, told = _entered(door, data)
    seconds = time.process_time() - start
    mb = _peak_mb()
    if what != "crash" and mb > MOST_MB:
        what, told = "memory", f"{mb:.0f} MB"
    elif what != "crash" and seconds > SECONDS:
        what, told = "hang", f"{seconds:.1f} s"
    return Outcome(what, seconds, mb, told)


def _entered(door: Door, data: bytes) -> tuple[str, str]:
    try:
        problems = door.enter(data)
    except Faulty as faulty:
        wrong = _speechless(faulty.problems)
        return ("crash", wrong) if wrong else ("problems", "")
    except Refusal as refused:
        return ("refused", "") if _is_chinese(refused.what) else ("crash", f"speechless {refused.code}: {refused.what}")
    except BaseException as failure:  # whatever it is, it is to be told
        if isinstance(failure, KeyboardInterrupt):
            raise
        frames = traceback.extract_tb(failure.__traceback__)
        ours = [frame for frame in frames if "/shuangsuiji/" in frame.filename] or frames
        where = f"{Path(ours[-1].filename).name}:{ours[-1].name}"
        return "crash", f"{type(failure).__name__} at {where}: {str(failure)[:200]}"
    wrong = _speechless(problems)
    return ("crash", wrong) if wrong else ("problems" if problems else "read", "")


def _speechless(problems: Iterable[Problem]) -> str:
    """A Problem that says nothing a clerk could read."""
    return next((f"speechless {one.code}: {one.what}" for one in problems if not _is_chinese(one.what)), "")


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


class Watcher:
    """Opens doors in a child; a fresh one after each that was killed."""

    def __init__(self, make: Callable[[], list[Door]]):
        self._make = make
        self._child: Any = None
        self._pipe: Connection | None = None

    def one(self, name: str, data: bytes) -> Outcome:
        """What becomes of `data` at the door `name`."""
        if self._child is None:
            self._start()
        assert self._pipe is not None
        try:
            self._pipe.send((name, data))
            found = Outcome(*self._pipe.recv()) if self._pipe.poll(_PATIENCE) else None
        except (EOFError, OSError):
            self._child.join(5)
            code = self._child.exitcode
            self.stop()
            why = signal.Signals(-code).name if code and code < 0 else f"exit {code}"
            return Outcome("died", 0, 0, why)
        if found is None:
            self.stop()
        return found or Outcome("hang", _PATIENCE, 0, f"no answer in {_PATIENCE:.0f} s")

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self._pipe, self._make), daemon=True)
        self._child.start()
        theirs.close()

    def stop(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None


def _serve(pipe: Connection, other: Connection, make: Callable[[], list[Door]]) -> None:
    other.close()
    resource.setrlimit(resource.RLIMIT_DATA, (_HARD_MB * _OUR_MB, _HARD_MB * _OUR_MB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)  # what a library says while it dies
    by_name = {door.name: door for door in make()}
    with contextlib.suppress(EOFError):
        while True:
            name, data = pipe.recv()
            pipe.send(tuple(outcome(by_name[name], data)))


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
