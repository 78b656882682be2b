"""The chain (protocol §9): one JSON object a line, hashed as stored; no canonical JSON.

- ``prev`` = SHA-256 of the previous line's bytes without the LF; 64 zeros before the first.
- A checkpoint = origin, number of lines, digest of the last line. The chain alone cannot see a cut tail or a
  rewritten end: the checkpoints printed on sheets and notices can.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic_core import from_json

ZERO = "0" * 64
KEYS = ("seq", "prev", "at", "by", "tool", "event")
_TYPES = (int, str, str, str, str, dict)
_EVENT = b',"event":'


class Entry(NamedTuple):
    """One line: `at` = when it was entered (ISO, with offset), `by` whom, `event` = what happened."""

    seq: int
    prev: str
    at: str
    by: str
    tool: str
    event: dict[str, Any]


class Checkpoint(NamedTuple):
    """How far a ledger had come: printed on every sheet and every published document.

    >>> str(Checkpoint("130129-2023-01", 2, "ab" * 32))[:24]
    '130129-2023-01#2:abababa'
    """

    origin: str
    lines: int
    digest: str

    def __str__(self) -> str:
        return f"{self.origin}#{self.lines}:{self.digest}"


class BrokenChain(ValueError):
    """A line that does not hold: `line` is its number (1-based), `why` a stable English word."""

    def __init__(self, line: int, why: str):
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def encode(entry: Entry) -> bytes:
    """The stored line, LF included."""
    return json.dumps(entry._asdict(), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest(line: bytes) -> str:
    """The digest that the next line names; `line` without its LF."""
    return hashlib.sha256(line).hexdigest()


def read_chain(content: bytes) -> tuple[list[Entry], str]:
    """The entries of a whole ledger and the digest of its last line. Raises BrokenChain at the first bad line."""
    return [entry_of(whole, number) for number, _, _, _, whole in links(content)], last_digest(content)


def last_digest(content: bytes) -> str:
    """The digest of the last of finished lines: what the next one names."""
    return digest(content[content.rfind(b"\n", 0, -1) + 1 : -1]) if content else ZERO


def links(content: bytes) -> Iterator[tuple[int, str, str, bytes, bytes]]:
    """Its lines one by one, each linked to the one before. Raises BrokenChain at the first that is not.

    Of each its number, when it was entered, by whom, its event, still JSON, and all its bytes without the LF.
    A line as `encode` writes it is not parsed here: only what stands before the event, once for all that share it. Of
    any other line the event is blank: only `entry_of` can tell.
    """
    last = ZERO
    heads: dict[bytes, tuple[str, str] | None] = {}
    for number, whole in enumerate(_lines(content), 1):
        lead = b'{"seq":%d,"prev":"%b",' % (number, last.encode())
        entered, event = None, b""
        if whole.startswith(lead):
            middle = whole.find(_EVENT)
            head = whole[len(lead) : middle]
            if head in heads:
                entered = heads[head]
            else:
                entered = heads[head] = _entered(head)
            event = whole[middle + len(_EVENT) : -1]
        if entered is None or whole[-1:] != b"}":
            entered, event = _linked(whole, number, last), b""
        last = digest(whole)
        yield number, *entered, event, whole


def entry_of(whole: bytes, number: int) -> Entry:
    """The line `number` in full. Raises BrokenChain."""
    try:
        value = _parsed(whole)
    except (ValueError, RecursionError):
        raise BrokenChain(number, "json") from None
    if not isinstance(value, dict) or tuple(value) != KEYS or tuple(map(type, value.values())) != _TYPES:
        raise BrokenChain(number, "form")
    return Entry(*value.values())


def extend(
    entries: Sequence[object], last: str, events: Sequence[dict[str, Any]], *, at: str, by: str, tool: str
) -> tuple[list[Entry], bytes, str]:
    """The new entries for `events`, their bytes, and the digest of the last; `last` = that of the line before.

    Of `entries`, those before, only the number counts.
    """
    added: list[Entry] = []
    content = b""
    for event in events:
        entry = Entry(len(entries) + len(added) + 1, last, at, by, tool, event)
        line = encode(entry)
        last = digest(line[:-1])
        added.append(entry)
        content += line
    return added, content, last


def _lines(content: bytes) -> Iterator[bytes]:
    if content and not content.endswith(b"\n"):
        raise BrokenChain(content.count(b"\n") + 1, "unfinished")
    start = 0
    while (end := content.find(b"\n", start)) >= 0:
        yield content[start:end]
        start = end + 1


def _entered(head: bytes) -> tuple[str, str] | None:
    """When and by whom, of what stands in a line between its link and its event; None if it is not plainly that."""
    try:
        value = from_json(b"{%b}" % head)
    except ValueError:
        return None
    if tuple(value) != KEYS[2:5] or {*map(type, value.values())} != {str}:
        return None
    return value["at"], value["by"]


def _linked(whole: bytes, number: int, last: str) -> tuple[str, str]:
    """The same of a line that only a parser can read. Raises BrokenChain, too where it is not linked to `last`."""
    line = entry_of(whole, number)
    if line.seq != number:
        raise BrokenChain(number, "sequence")
    if line.prev != last:
        raise BrokenChain(number, "chain")
    return line.at, line.by


def _parsed(line: bytes) -> Any:
    try:
        return from_json(line, cache_strings="keys")  # twice as fast as json, and a little stricter:
    except ValueError:
        return json.loads(line)  # so what it refuses, json decides
