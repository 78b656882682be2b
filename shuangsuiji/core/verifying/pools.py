"""The pools of a dossier: found, checked to the byte against the ledger, and sound enough to be drawn from.

A pool lies in ``pool/``, or with what was voided in ``voided/N/pool/``; a list's in ``received/R1/pool/``. After a
crash it may not have moved yet: then the one of the right digest is taken, wherever it lies.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from shuangsuiji.core.draw.chance import CODE, ID
from shuangsuiji.core.draw.pool import SUMS, Pool, PoolStratum, decode, encode, sums
from shuangsuiji.core.draw.quota import rounded
from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.verifying.story import Files
from shuangsuiji.core.verifying.verdict import Check, Fault, shown

FILES = ("strata.csv", "subjects.csv", "inspectors.csv", "conflicts.csv", "excluded.csv", "rules.json")
_SUM = re.compile(rb"([0-9a-f]{64})  ([0-9A-Za-z._-]+)")
_PLACE = re.compile(rf"((voided|received)/[A-Z]?[0-9]+/)?pool/{SUMS}")
_RATIO = re.compile(r"\d{1,3}(?:\.\d{1,6})?%|\d{1,6}/0*[1-9]\d{0,5}")
_MOST = 1_000
"""More years of coverage or places on a team than any plan can mean: not computed."""


def sha256(content: bytes) -> str:
    """The digest of a file."""
    return hashlib.sha256(content).hexdigest()


class Pools:
    """The pools of `files`; each is looked at once."""

    def __init__(self, files: Files, whole: Check, quotas: Check):
        self._files, self._whole, self._quotas = files, whole, quotas
        self._known: dict[tuple[str, str], Pool | None] = {}
        self._folders = sorted(name.removesuffix(f"/{SUMS}") for name in files if _PLACE.fullmatch(name))

    def read(self, folder: str, expected: str) -> Pool | None:
        """The pool of that digest, which belongs in `folder`; None where it does not hold."""
        key = (folder, expected)
        if key not in self._known:
            self._known[key] = self._read(self._where(folder, expected), expected)
        return self._known[key]

    def _where(self, folder: str, expected: str) -> str:
        there = [folder, *self._folders]
        return next((one for one in there if sha256(self._files.get(f"{one}/{SUMS}", b"")) == expected), folder)

    def _read(self, folder: str, expected: str) -> Pool | None:
        content = self._files.get(f"{folder}/{SUMS}")
        if content is None:
            self._whole.wrong(f"{folder}/{SUMS}", "missing", expected)
            return None
        if not self._whole.expect(f"{folder}/{SUMS}", "altered", expected, sha256(content)):
            return None
        held = self._whole.failing
        listed = check_sums(self._files, folder, content, self._whole)
        for name in FILES:
            if name not in listed:
                self._whole.wrong(f"{folder}/{SUMS}", "not-listed", name)
        if self._whole.failing > held:
            return None
        return sound({name: self._files[f"{folder}/{name}"] for name in (*FILES, SUMS)}, folder, self)

    @property
    def whole(self) -> Check:
        """The check of bytes and form."""
        return self._whole

    @property
    def quotas(self) -> Check:
        """The check of numbers."""
        return self._quotas


def check_sums(files: Files, folder: str, content: bytes, check: Check) -> set[str]:
    """The files that a ``SHA256SUMS`` lists, each checked: ``sha256sum -c``."""
    listed: set[str] = set()
    for number, line in enumerate(content.split(b"\n")[:-1], 1):
        match = _SUM.fullmatch(line)
        if match is None:
            check.wrong(f"{folder}/{SUMS}:{number}", "sums-form", "", line.decode(errors="replace"))
            continue
        digest, name = match[1].decode(), match[2].decode()
        path = f"{folder}/{name}"
        listed.add(name)
        if path not in files:
            check.wrong(path, "missing", digest)
        else:
            check.same(path, "altered", digest, sha256(files[path]))
    if not content.endswith(b"\n"):
        check.wrong(f"{folder}/{SUMS}", "sums-form")
    return listed


def sound(content: Files, folder: str, checks: Pools) -> Pool | None:
    """The pool that files are, where they are one to the byte, and its numbers can be computed with."""
    try:
        pool = decode(content)
    except (ValueError, csv.Error, RecursionError) as broken:
        checks.whole.wrong(folder, "unreadable", "", broken)
        return None
    again = encode(pool)
    for name in FILES:
        if again[name] != content[name]:
            line, expected, found = first_difference(again[name], content[name])
            checks.whole.wrong(f"{folder}/{name}:{line}", "pool-form", expected, found)
            return None
    if sums(content) != content[SUMS]:
        listed = {name: text for name, text in content.items() if name != SUMS}
        line, expected, found = first_difference(sums(listed), content[SUMS])
        if not set(_names(content[SUMS])) - set(FILES):
            checks.whole.wrong(f"{folder}/{SUMS}:{line}", "sums-form", expected, found)
            return None
    return pool if check_content(pool, folder, checks.whole, checks.quotas) else None


def check_content(pool: Pool, folder: str, whole: Check, quotas: Check) -> bool:
    """Whether a pool's numbers can be computed with; its quotas are checked where they can."""
    faults = list(_unsound(pool, folder))
    for fault in faults:
        whole.wrong(*fault)
    if not faults:
        _check_quotas(pool, folder, quotas)
    return not faults


def _names(content: bytes) -> list[str]:
    return [line[66:].decode(errors="replace") for line in content.split(b"\n") if line]


def _unsound(pool: Pool, folder: str) -> Iterator[Fault]:
    """What would make a draw from this pool mean nothing, or not end."""
    rules = pool.rules
    sizes = [rules.team.size, *(places for seats in (rules.departments or {}).values() for places in seats.values())]
    if not all(0 < size <= _MOST for size in sizes) or (rules.coverage and not 0 < rules.coverage.years <= _MOST):
        yield Fault(f"{folder}/rules.json", "rules")
    if not CODE.fullmatch(rules.draw) or not CODE.fullmatch(rules.agency):
        yield Fault(f"{folder}/rules.json", "id-form", "", shown((rules.draw, rules.agency)))
    codes = [stratum.stratum for stratum in pool.strata]
    for line, code in enumerate(codes, 2):
        if not CODE.fullmatch(code) or codes.count(code) > 1:
            yield Fault(f"{folder}/strata.csv:{line}", "id-form", "", code)
    known, seen = set(codes), set[tuple[str, str]]()
    for line, subject in enumerate(pool.subjects, 2):
        key = subject[:2]
        if key in seen or subject.stratum not in known or not ID.fullmatch(subject.subject):
            yield Fault(f"{folder}/subjects.csv:{line}", "id-form", "", shown(key))
        seen.add(key)
    ids = Counter(inspector.inspector for inspector in pool.inspectors)
    for line, inspector in enumerate(pool.inspectors, 2):
        name = inspector.inspector
        if ids[name] > 1 or not ID.fullmatch(name) or not CODE.fullmatch(inspector.agency):
            yield Fault(f"{folder}/inspectors.csv:{line}", "id-form", "", name)
        elif inspector.load < 0 or (inspector.cap is not None and inspector.cap < 0):
            yield Fault(f"{folder}/inspectors.csv:{line}", "load", "", str(inspector.load))


def check_names(pool: Pool, folder: str, check: Check) -> None:
    """A subject of several strata is the same one in all: one name, one area. (A list may spell it in two ways.)"""
    known: dict[str, tuple[str, str]] = {}
    for line, subject in enumerate(pool.subjects, 2):
        told = known.setdefault(subject.subject, (subject.name, subject.area))
        check.expect(f"{folder}/subjects.csv:{line}", "two-names", shown(told), shown((subject.name, subject.area)))


def _check_quotas(pool: Pool, folder: str, check: Check) -> None:
    """Each stratum's numbers: its rows are counted, and its quota is never below the announced ratio (§4)."""
    population = Counter(subject.stratum for subject in pool.subjects)
    must = Counter(subject.stratum for subject in pool.subjects if subject.must)
    for line, stratum in enumerate(pool.strata, 2):
        where, code = f"{folder}/strata.csv:{line}", stratum.stratum
        if stratum.population != population[code]:
            check.wrong(where, "population", population[code], stratum.population)
        elif stratum.must != must[code]:
            check.wrong(where, "must", must[code], stratum.must)
        else:
            least, most = _bounds(stratum, pool.rules.must_include)
            is_right = least <= stratum.quota <= most
            check.same(where, "quota", stratum.quota if is_right else f"{least}…{most}", stratum.quota)


def _bounds(stratum: PoolStratum, must_include: str) -> tuple[int, int]:
    """Between which numbers the quota must be: the plan may raise it above its ratio, up to all."""
    base = stratum.population - (stratum.must if must_include == "on-top" else 0)
    if not stratum.ratio:
        return 0, base
    if not _RATIO.fullmatch(stratum.ratio) or stratum.rounding not in {"ceil", "half-up", "floor"}:
        return base + 1, base
    return min(base, rounded(base, fraction(stratum.ratio), stratum.rounding)), base


def first_difference(expected: bytes, found: bytes) -> tuple[int, str, str]:
    """The first line in which two texts differ; where only one of them has it, the other's is blank."""
    pairs = zip_longest(expected.split(b"\n"), found.split(b"\n"))
    line, (one, other) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return line, (one or b"").decode(errors="replace"), (other or b"").decode(errors="replace")
