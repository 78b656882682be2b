"""What broke a door, made as small as it still breaks it: members of a zip first, then pieces of bytes."""

import time
from collections.abc import Callable

from tests.safety.fuzz.mutations import packed, unpacked

Breaks = Callable[[bytes], bool]
_SECONDS = 20.0


def shrunk(data: bytes, breaks: Breaks, seconds: float = _SECONDS) -> bytes:
    """The smallest found within `seconds`; `data` itself where nothing smaller breaks."""
    until = time.monotonic() + seconds
    members = unpacked(data) if data[:2] == b"PK" else {}
    if members and breaks(packed(members)):
        for name in list(members):
            without = {other: content for other, content in members.items() if other != name}
            if time.monotonic() < until and breaks(packed(without)):
                members = without
        for name in sorted(members, key=lambda name: -len(members[name])):
            members[name] = _shorter(
                members[name], lambda less, name=name: breaks(packed({**members, name: less})), until
            )  # type: ignore[misc]
        return packed(members)
    return _shorter(data, breaks, until)


def _shorter(data: bytes, breaks: Breaks, until: float) -> bytes:
    size = max(1, len(data) // 2)
    while size and time.monotonic() < until:
        at = 0
        while at < len(data) and time.monotonic() < until:
            less = data[:at] + data[at + size :]
            if breaks(less):
                data = less
            else:
                at += size
        size //= 2
    return data
