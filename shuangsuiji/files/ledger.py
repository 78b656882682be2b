"""The ledger's file: the only truth about what happened. Lines are appended under the lock, with fsync.

An unfinished last line (a crash, a full disk) was never promised to anybody: readers pass over it, the next writer
sets it aside in ``ledger.unfinished`` and goes on. Any other damage is refused with its line.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from shuangsuiji import __version__
from shuangsuiji.core.ledger.chain import BrokenChain, Checkpoint, digest, extend, last_digest
from shuangsuiji.core.ledger.times import SetBack, is_set_back, is_time
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.events import Event, Happened, happened, stored
from shuangsuiji.files import aside
from shuangsuiji.files.whole import refusing, sync_folder, write_whole

NAME = "ledger.jsonl"
TOOL = f"ssj {__version__}"

_WHY = {
    "json": "不是 JSON",
    "form": "缺少或多出了字段",
    "sequence": "序号不连续",
    "chain": "与上一行的摘要对不上",
    "event": "记录的事件不认识",
    "time": "录入时间不是日期和时间",
}


class Ledger:
    """A ledger as it was read; `append` makes it longer. `origin` = the id of the draw, for checkpoints."""

    def __init__(self, path: Path, happened: list[Happened], last: str, finished: int):
        self.path, self.happened = path, happened
        self._last, self._finished = last, finished

    @property
    def entries(self) -> Sequence[Happened]:
        """Its lines: what happened, when it was entered and by whom."""
        return self.happened

    def checkpoint(self, origin: str) -> Checkpoint:
        """How far it has come."""
        return Checkpoint(origin, len(self.happened), self._last)

    def append(self, events: Sequence[Event], *, at: str, by: str) -> None:
        """Write `events`, all or none; says so where the clock was set back. Only under the dossier's lock."""
        before = self.happened[-1].at if self.happened else at
        added, content, last = extend(
            self.happened, self._last, [stored(event) for event in events], at=at, by=by, tool=TOOL
        )
        with refusing(self.path):
            _append(self.path, content, self._finished)
        self.happened += [Happened(e.seq, e.at, e.by, event) for e, event in zip(added, events, strict=True)]
        self._last, self._finished = last, self._finished + len(content)
        if is_set_back(before, at):
            aside.say(SetBack(len(self.happened) - len(events) + 1, at, before).warning)


def read_ledger(dossier: Path) -> Ledger:
    """The ledger of `dossier`, empty where there is none. Raises Refusal (exit 4) where a line does not hold."""
    path = dossier / NAME
    content = _finished(path)
    return Ledger(path, list(_told(path, content)), last_digest(content), len(content))


def replay(dossier: Path) -> Iterator[Happened]:
    """The same line by line, for a fold: a long ledger need not be in memory twice. Raises Refusal on the way."""
    path = dossier / NAME
    return _told(path, _finished(path))


def line_digests(dossier: Path) -> Iterator[tuple[int, str]]:
    """The number of each line and its digest: what a checkpoint of that line holds."""
    return enumerate(map(digest, _finished(dossier / NAME).split(b"\n")[:-1]), 1)


def _finished(path: Path) -> bytes:
    """All finished lines."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as failure:
        what = f"读不了台账“{path}”，可能正被其他程序打开。"
        raise Refusal("ledger-locked", what, todo="请关闭它再试。", exit_code=DAMAGED) from failure
    finished = content.rfind(b"\n") + 1
    return content if finished == len(content) else content[:finished]


def _told(path: Path, content: bytes) -> Iterator[Happened]:
    at = ""
    try:
        for one in happened(content):
            if one.at != at and not is_time(one.at):
                raise BrokenChain(one.line, "time")  # noqa: TRY301 - told with all others
            at = one.at
            yield one
    except BrokenChain as broken:
        raise Refusal(
            "ledger-damaged",
            f"台账“{path}”第{broken.line}行不对：{_WHY[broken.why]}。台账可能被改动过，没有写入任何内容。",
            todo="请用备份的台账核对；不要手工修改台账。",
            exit_code=DAMAGED,
            details={"line": broken.line, "why": broken.why},
        ) from broken


def _append(path: Path, content: bytes, finished: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        size = file.tell()
        if size > finished:
            write_whole(path.with_name("ledger.unfinished"), path.read_bytes()[finished:])
            file.truncate(finished)
        try:
            written = 0
            while written < len(content):
                written += file.write(content[written:]) or 0
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(finished)
            raise
    if is_new:
        sync_folder(path.parent)
