"""The pool (定稿名册): what is frozen before a draw and the only thing a draw reads (protocol §3).

- Plain CSV files and one JSON file, so that a stranger can read them and ``sha256sum -c SHA256SUMS`` checks them.
- Bytes are made and read here; `files.pool` puts them on the disk.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

SUMS = "SHA256SUMS"


class PoolStratum(NamedTuple):
    """One stratum: `specialty` is what an inspector must hold; `ratio` as the plan writes it (blank: a count)."""

    stratum: str
    name: str
    specialty: str
    population: int
    must: int
    ratio: str
    rounding: str
    quota: int


class PoolSubject(NamedTuple):
    """One subject in one stratum; `left` = years left until it must have been visited, None without coverage."""

    stratum: str
    subject: str
    name: str
    area: str
    must: bool
    left: int | None


class PoolInspector(NamedTuple):
    """One inspector: `load` = visits he already has, `cap` = the most he may have (None: no limit)."""

    inspector: str
    agency: str
    specialties: tuple[str, ...]
    lead: bool
    load: int
    cap: int | None
    areas: tuple[str, ...]


class Excluded(NamedTuple):
    """A subject left out by a rule before sealing, with the public reason."""

    stratum: str
    subject: str
    name: str
    reason: str


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CoverageRule(_Frozen):
    """Everybody is visited once in `years` years."""

    years: int


class TeamRule(_Frozen):
    """`size` inspectors a visit; who may be on the team (protocol §7)."""

    size: int
    specialty: Literal["every", "one", "any"]
    lead: bool
    area: Literal["any", "own", "other"]


class Rules(_Frozen):
    """``rules.json``: what of the plan the draw obeys.

    `departments` (stratum → department → places) stands there only when a stratum is inspected jointly.
    """

    protocol: Literal["ssj1"]
    draw: str
    agency: str
    tickets: Literal["shared", "independent"]
    must_include: Literal["within", "on-top"]
    coverage: CoverageRule | None
    team: TeamRule
    visits: Literal["merge", "separate"]
    departments: dict[str, dict[str, int]] | None = None

    def seats(self, stratum: str) -> tuple[tuple[str, int], ...]:
        """Which departments send how many to a visit of `stratum`; without joint inspection the agency alone."""
        joint = (self.departments or {}).get(stratum)
        return tuple(joint.items()) if joint else ((self.agency, self.team.size),)


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything a draw reads. Strata in the plan's order, all else sorted by its key."""

    strata: tuple[PoolStratum, ...]
    subjects: tuple[PoolSubject, ...]
    inspectors: tuple[PoolInspector, ...]
    conflicts: tuple[tuple[str, str], ...]
    excluded: tuple[Excluded, ...]
    rules: Rules


def encode(pool: Pool) -> dict[str, bytes]:
    """The pool's files by name, ``SHA256SUMS`` among them."""
    rules = pool.rules.model_dump(exclude={"departments"} if pool.rules.departments is None else None)
    files = {
        "strata.csv": csv_bytes(PoolStratum._fields, pool.strata),
        "subjects.csv": csv_bytes(
            PoolSubject._fields,
            ((*s[:4], "1" if s.must else "0", "" if s.left is None else str(s.left)) for s in sorted(pool.subjects)),
        ),
        "inspectors.csv": csv_bytes(
            PoolInspector._fields,
            (
                (i.inspector, i.agency, ";".join(i.specialties), int(i.lead), i.load, i.cap, ";".join(i.areas))
                for i in sorted(pool.inspectors, key=lambda i: i.inspector)
            ),
        ),
        "conflicts.csv": csv_bytes(("inspector", "subject"), sorted(pool.conflicts)),
        "excluded.csv": csv_bytes(Excluded._fields, sorted(pool.excluded)),
        "rules.json": json.dumps(rules, ensure_ascii=False, separators=(",", ":")).encode() + b"\n",
    }
    return {**files, SUMS: sums(files)}


def decode(files: Mapping[str, bytes]) -> Pool:
    """The pool that `files` hold. Raises ValueError where they are not a pool."""
    try:
        return Pool(
            strata=tuple(
                PoolStratum(r[0], r[1], r[2], int(r[3]), int(r[4]), r[5], r[6], int(r[7]))
                for r in _rows(files["strata.csv"], PoolStratum._fields)
            ),
            subjects=tuple(
                PoolSubject(r[0], r[1], r[2], r[3], r[4] == "1", int(r[5]) if r[5] else None)
                for r in _rows(files["subjects.csv"], PoolSubject._fields)
            ),
            inspectors=tuple(
                PoolInspector(
                    r[0], r[1], _parts(r[2]), r[3] == "1", int(r[4]), int(r[5]) if r[5] else None, _parts(r[6])
                )
                for r in _rows(files["inspectors.csv"], PoolInspector._fields)
            ),
            conflicts=tuple((r[0], r[1]) for r in _rows(files["conflicts.csv"], ("inspector", "subject"))),
            excluded=tuple(Excluded(*r) for r in _rows(files["excluded.csv"], Excluded._fields)),
            rules=Rules.model_validate_json(files["rules.json"]),
        )
    except KeyError as missing:
        raise ValueError(f"the pool has no file {missing}") from None


def sums(files: Mapping[str, bytes]) -> bytes:
    """``SHA256SUMS`` of the pool's other files, in the format of ``sha256sum``."""
    names = sorted(name for name in files if name != SUMS)
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names).encode()


def digest(files: Mapping[str, bytes]) -> str:
    """The pool digest: SHA-256 of its ``SHA256SUMS``."""
    return hashlib.sha256(files[SUMS]).hexdigest()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV as the protocol wants it: UTF-8 without BOM, LF, RFC 4180 quoting, a header line; None is blank."""
    table: list[Sequence[object]] = [header, *rows]
    try:
        plain = _joined(table)  # a large table is all text already
    except TypeError:
        table = [["" if cell is None else str(cell) for cell in row] for row in table]
        plain = _joined(table)
    without = {",": len(table) * (len(header) - 1), "\n": len(table), '"': 0, "\r": 0}
    if all(plain.count(sign) == number for sign, number in without.items()):
        return plain.encode()  # nothing to quote: what csv.writer gives, in half the time
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def _joined(table: Sequence[Sequence[object]]) -> str:
    return "".join([f"{','.join(row)}\n" for row in table])  # type: ignore[arg-type]  # TypeError: not all text


def _rows(content: bytes, header: tuple[str, ...]) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    if not rows or tuple(rows[0]) != header or any(len(row) != len(header) for row in rows):
        raise ValueError(f"expected the columns {', '.join(header)}")
    return rows[1:]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
