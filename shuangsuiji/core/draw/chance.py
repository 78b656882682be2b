"""All the chance there is: tickets and the seed (protocol §1 and §2).

- A ticket is the SHA-256 of a text that anybody can type: ``printf 'ssj1|…' | sha256sum``.
- Tickets are compared as text. There is no generator, so there is no state and no "next" number.
- Every field matches `FIELD`, so ``|`` never occurs inside one and no two inputs collide.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

PROTOCOL = "ssj1"
FIELD = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:+/-]*")
"""What any field of a ticket or of the seed line may hold (protocol §1)."""
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
"""Subject and inspector ids (protocol §1)."""
CODE = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,31}")
"""Codes that a plan gives: strata, agencies, draws (protocol §1)."""

Ticket = Callable[..., str]
"""``ticket("object", "shared", "A01")`` → 64 lower-case hex digits."""


Grade = Literal["public", "local", "given"]


class Seed(NamedTuple):
    """A fixed seed: the line it was made from, its digest, and how far it can be trusted."""

    line: str
    digest: str
    grade: Grade
    sources: tuple[str, ...]


def tickets(seed: str) -> Ticket:
    """The ticket function of one seed.

    >>> T = tickets("62f8f2100f061f5198ad4bca1e8f74e749dc87d8c931301ab3b35aacc1cb41f0")
    >>> T("card", "P01", "0")[:16]
    'f4637d93dd1f51c0'
    """
    prefix = hashlib.sha256(f"{PROTOCOL}|{seed}|".encode())
    copy = prefix.copy

    def ticket(*fields: str) -> str:
        digest = copy()
        digest.update("|".join(fields).encode())
        return digest.hexdigest()

    return ticket


def shared_tickets(seed: str, subjects: Iterable[bytes]) -> list[str]:
    """The tickets of many subjects (ids as bytes) with the scope ``shared``: what `tickets` gives, in half the time.

    >>> shared_tickets("1f", [b"A01"]) == [tickets("1f")("object", "shared", "A01")]
    True
    """
    copy = hashlib.sha256(f"{PROTOCOL}|{seed}|object|shared|".encode()).copy
    found = []
    for subject in subjects:
        digest = copy()
        digest.update(subject)
        found.append(digest.hexdigest())
    return found


def seed_of(draw: str, sources: tuple[str, ...]) -> Seed:
    """The seed that `sources` give to the draw `draw` (``DRAW`` or, for a re-draw round, ``DRAW/rN``).

    Raises ValueError for a field that the protocol cannot carry: the caller names the place.

    >>> seed_of("130129-2023-01", ("given:2023",)).line
    'ssj1|seed|130129-2023-01|given:2023'
    """
    for field in (draw, *sources):
        if not FIELD.fullmatch(field):
            raise ValueError(field)
    if not sources:
        raise ValueError("a seed needs a source")
    line = "|".join((PROTOCOL, "seed", draw, *sources))
    return Seed(line, hashlib.sha256(line.encode()).hexdigest(), grade_of(sources), sources)


def grade_of(sources: tuple[str, ...]) -> Grade:
    """``given`` when a hand typed any of it, else ``local``.

    The grade ``public`` needs a sealed plan that announced its sources; this function never grants it.

    >>> grade_of(("local:" + "0" * 64,)), grade_of(("given:2023",))
    ('local', 'given')
    """
    return "given" if any(source.startswith("given:") for source in sources) else "local"
