"""The ledger's lines one by one (protocol §9): each a JSON object of known form, linked to the line before, an event.

Read more strictly than our commands do: no line end of Windows, no byte order mark, no key twice, no field that the
event does not have. Of two lines that do not fit together, the one is named that the line after them speaks against.
"""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from shuangsuiji.core.ledger.chain import KEYS, ZERO, digest
from shuangsuiji.core.verifying.story import Story, at
from shuangsuiji.core.verifying.verdict import LEDGER, Check, Fault
from shuangsuiji.core.year.events import Happened, event_of, stored
from shuangsuiji.core.year.state import fold
from shuangsuiji.core.year.unfoldable import Unfoldable

_TYPES = (int, str, str, str, str, dict)
_BOM = b"\xef\xbb\xbf"


class _Twice(ValueError):
    """A key that stands twice in one object."""


def read_chain(content: bytes, check: Check) -> Story:
    """What the ledger tells. Every line is counted; reading ends at the first that is no event."""
    lines = content.split(b"\n")
    unfinished = lines.pop()
    if not lines and not unfinished:
        check.wrong(LEDGER, "empty")
    digests = [digest(line) for line in lines]
    happened: list[Happened] = []
    wrong: list[tuple[int, Fault]] = []
    whole = True
    values = [_entry(line) for line in lines]
    for number, value in enumerate(values, 1):
        fault = value if isinstance(value, Fault) else _unlinked(values, digests, number)
        if fault is not None:
            wrong.append((_line_of(fault, number), fault))
        if isinstance(value, Fault) or not whole:
            whole = False
            continue
        try:
            event = event_of(value["event"])
        except ValidationError as unknown:
            wrong.append((number, Fault("", "event", "", _told(unknown))))
            whole = False
            continue
        if not _is_within(value["event"], stored(event)):
            wrong.append((number, Fault("", "event-form")))
        happened.append(Happened(number, value["at"], value["by"], event))
    if unfinished:
        wrong.append((len(lines) + 1, Fault("", "unfinished")))
    told = _foldable(happened, wrong)
    wrong.sort(key=lambda one: one[0])
    for line, fault in wrong:
        check.wrong(at(line), *fault[1:])
    check.passed(max(0, len(lines) - len({line for line, _ in wrong})))
    return Story(told, digests, whole and len(told) == len(happened))


def _foldable(happened: list[Happened], wrong: list[tuple[int, Fault]]) -> list[Happened]:
    """The lines before the first that names what there is not."""
    try:
        fold(happened)
    except Unfoldable as unknown:
        wrong.append((unknown.line, Fault("", "unfoldable", "", unknown.missing)))
        return happened[: unknown.line - 1]
    return happened


def _entry(line: bytes) -> dict[str, Any] | Fault:
    """The line's value, or what is wrong with it by itself."""
    if line.startswith(_BOM):
        return Fault("", "bom")
    if line.endswith(b"\r"):
        return Fault("", "crlf")
    try:
        value = json.loads(line.decode(), object_pairs_hook=_once)
    except _Twice as key:
        return Fault("", "duplicate-key", "", str(key))
    except (ValueError, RecursionError):
        return Fault("", "json")
    if not isinstance(value, dict) or tuple(value) != KEYS or tuple(map(type, value.values())) != _TYPES:
        return Fault("", "form")
    return value


def _unlinked(values: Sequence[dict[str, Any] | Fault], digests: Sequence[str], number: int) -> Fault | None:
    """What is wrong with how the line is linked to the one before. `Fault.where`: ``before`` blames that one."""
    value = values[number - 1]
    if isinstance(value, Fault):
        return None
    if value["seq"] != number:
        return Fault("", "sequence", str(number), str(value["seq"]))
    last = digests[number - 2] if number > 1 else ZERO
    if value["prev"] == last:
        return None
    if number > 1 and isinstance(values[number - 2], Fault):
        return None  # told already
    after = values[number] if number < len(values) else None
    stands = after is None or (isinstance(after, dict) and after["prev"] == digests[number - 1])
    if number > 1 and stands:
        return Fault("before", "chain", value["prev"], last)
    return Fault("", "chain", last, value["prev"])


def _line_of(fault: Fault, number: int) -> int:
    return number - 1 if fault.where == "before" else number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return value


def _is_within(said: Any, known: Any) -> bool:
    """Whether a line says of its event nothing but what the event is; fields that came later may be left out."""
    if isinstance(said, dict):
        return isinstance(known, dict) and all(key in known and _is_within(said[key], known[key]) for key in said)
    if isinstance(said, list):
        return isinstance(known, list) and len(said) == len(known) and all(map(_is_within, said, known))
    return type(said) is type(known) and bool(said == known)


def _told(failure: ValidationError) -> str:
    first = failure.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['type']}"
