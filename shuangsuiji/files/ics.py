"""Deadlines as a calendar file (RFC 5545) that Outlook and phones take: one all-day event each, with an alarm.

The same deadline has the same UID each time, so a calendar that imports the file again updates its entry.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shuangsuiji.core.law.clocks import DATE
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.reminder import EXPIRES, about, line, people
from shuangsuiji.files.whole import write_whole

OCTETS = 75
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shuangsuiji//ssj//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_ALARM = "-PT15H"
"""At nine o'clock of the day before."""


def ics(deadlines: Sequence[Deadline], now: datetime) -> bytes:
    """The calendar file of all `deadlines` that are open and have a day."""
    return calendar_file("双随机期限", (_event(one, now) for one in deadlines if one.due and not one.done_on))


def calendar_file(name: str, entries: Iterable[Iterable[str]]) -> bytes:
    """A calendar called `name` of `entries`, each the lines of one VEVENT (texts in them `escaped`)."""
    lines = [*_HEAD, f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += entry
    return "".join(map(_folded, [*lines, "END:VCALENDAR"])).encode()


def write_calendar(path: Path, content: bytes) -> None:
    """Put a calendar file at `path`. Raises Refusal (wrong use) where no file can be: no folder is made on the way."""
    refuse_no_file(path)
    write_whole(path, content)


def refuse_no_file(path: Path) -> None:
    """Raises Refusal (wrong use) where no calendar file can be."""
    what = ""
    if path.is_dir():
        what = f"--ics 的“{path}”是文件夹，不是文件名。"
    elif path.exists() and not path.is_file():
        what = f"--ics 的“{path}”不是普通文件（是设备、管道之类），没有写。"
    elif not path.parent.is_dir():
        what = f"--ics 要写进的文件夹“{path.parent}”不存在。"
    elif path.exists() and not _is_calendar(path):
        what = f"--ics 的“{path}”已经有了，不是日历文件，没有覆盖。"
    if what:
        todo = "请写明现有文件夹里的文件名，如 --ics 期限.ics。"
        raise Refusal("bad-ics", what, todo=todo, exit_code=USAGE)


def _is_calendar(path: Path) -> bool:
    """Whether it is one that may be written anew; an empty file holds nothing to lose."""
    with path.open("rb") as file:
        return file.read(len(_HEAD[0])) in {b"", _HEAD[0].encode()}


def _event(deadline: Deadline, now: datetime) -> Iterator[str]:
    day = date.fromisoformat(deadline.due[:DATE])
    what = f"{EXPIRES[deadline.clock]}到期" if deadline.clock in EXPIRES else deadline.what
    told = [line(deadline), f"依据：{deadline.basis}"]
    told += [f"任务：{deadline.task}"] if deadline.task else []
    told += [f"检查人员：{people(deadline)}"] if deadline.inspectors else []
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(deadline.id.encode()).hexdigest()[:32]}@shuangsuiji"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{about(deadline)}：{what}')}"
    yield "DESCRIPTION:" + escaped("\n".join(told))
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(f'{about(deadline)}：{what}')}"
    yield f"TRIGGER:{_ALARM}"
    yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """`text` as a calendar file holds it."""
    return "".join(c for c in text.translate(_ESCAPES) if c.isprintable())


def _folded(line: str) -> str:
    """`line` in pieces of at most 75 octets, no character cut; continuations begin with a blank."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            pieces.append(piece)
            piece, size = "", 1
        piece, size = piece + character, size + octets
    return "\r\n ".join([*pieces, piece]) + "\r\n"
