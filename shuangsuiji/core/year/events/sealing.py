"""The pool is frozen before the draw, with what will make the seed announced (protocol §2, §3, §8)."""

from datetime import date
from typing import Literal

from shuangsuiji.core.year.events.base import Happening


class PoolChanges(Happening):
    """How many subjects differ from the pool that was sealed before, in the dossier `against`.

    They stand, one a line, in ``pool-changes.csv``, whose SHA-256 is `sha256`.
    """

    against: str
    sha256: str
    added: int = 0
    removed: int = 0
    reclassified: int = 0
    renamed: int = 0
    renumbered: int = 0


class RiskCount(Happening):
    """How many subjects a rule of the reviewed sheet made 必查, and how many grades it changed.

    `rule`: as the public may read it; rules that are not named in public are one.
    """

    rule: str
    must: int
    grades: int


class Sealed(Happening):
    """The pool was frozen: its digest, the day on which certificates and licences were judged, and its sources.

    `sources`: SHA-256 of the plan and the rosters as they were read, by file name. `announced`: the public sources of
    the seed, without their numbers, in their order; blank where the seed is not public. `known_on`: the day on which
    all of them are out. `key_commitment`: SHA-256 of the 32 bytes of a sealed draw's key. `inspectors`: names of those
    in the pool, so that the draw needs no roster; blank where it was drawn at once. `risk`: what the reviewed sheet
    that the plan names did (it stands among `sources`), by rule.
    """

    kind: Literal["sealed"] = "sealed"
    v: Literal[1] = 1
    on: date
    draw: str
    year: int
    pool_digest: str
    as_of: date
    sources: dict[str, str]
    announced: tuple[str, ...] = ()
    known_on: date | None = None
    key_commitment: str = ""
    changes: PoolChanges | None = None
    inspectors: dict[str, str] = {}
    risk: tuple[RiskCount, ...] = ()


class SealVoided(Happening):
    """A sealing was declared void, on paper, before its seed could be known; the pool stays in ``voided/S1``."""

    kind: Literal["seal-voided"] = "seal-voided"
    v: Literal[1] = 1
    on: date
    draw: str
    reason: str
    document_no: str


class KeyRevealed(Happening):
    """The key of a sealed draw is public from now on: 64 hex, of which the sealing holds the SHA-256 of the bytes."""

    kind: Literal["key-revealed"] = "key-revealed"
    v: Literal[1] = 1
    on: date
    draw: str
    key: str


class TimestampAttached(Happening):
    """A time stamp (RFC 3161) of the pool's digest, or of the checkpoint at ledger line `line`, was kept.

    `time`: when, as its authority says (ISO, UTC). `file`, `sha256`: in ``timestamps/``, the root certificate beside it
    as ``.pem``; `certificate`: SHA-256 of that (DER), by which the signature was checked.
    """

    kind: Literal["timestamp-attached"] = "timestamp-attached"
    v: Literal[1] = 1
    on: date
    of: Literal["pool", "checkpoint"]
    digest: str
    line: int
    time: str
    authority: str
    file: str
    sha256: str
    certificate: str
