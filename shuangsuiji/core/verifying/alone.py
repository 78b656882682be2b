"""A public folder alone: what somebody can check who has nothing but what was published.

Its own list of digests; and where pool and result are public, the pool, the seed, every ticket, the quotas and who was
drawn; the loads only where inspectors are public. What was announced and when, and what happened after the draw, the
ledger alone can tell.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from shuangsuiji.core.draw.chance import FIELD, PROTOCOL, grade_of
from shuangsuiji.core.draw.drawing import draw, selection
from shuangsuiji.core.draw.pool import SUMS, Pool, PoolInspector, csv_bytes, decode, encode
from shuangsuiji.core.draw.sources import KINDS, grade_announced, issue_of
from shuangsuiji.core.ledger.chain import digest as sha256
from shuangsuiji.core.verifying.notices import PUBLIC
from shuangsuiji.core.verifying.pools import FILES, check_content, first_difference
from shuangsuiji.core.verifying.seeds import has_form
from shuangsuiji.core.verifying.site import HIDDEN, read_sums
from shuangsuiji.core.verifying.story import Files
from shuangsuiji.core.verifying.verdict import Check, Checks, Verdict, shown

_TICKETS, _TEAMS, _DRAW = "result/tickets.csv", "result/teams.csv", "result/draw.json"
_HEADS = {
    "inspectors.csv": csv_bytes(PoolInspector._fields, ()),
    "conflicts.csv": csv_bytes(("inspector", "subject"), ()),
}
Told = dict[str, Any]


def is_public(files: Files) -> bool:
    """Whether there is a public folder to look at, or this is one."""
    return any(f"{folder}{name}" in files for folder in (PUBLIC, "") for name in (SUMS, f"pool/{SUMS}", _DRAW))


def verify_public(files: Files, checkpoints: Sequence[str]) -> Verdict:
    """What a public folder shows; checkpoints need the ledger."""
    folder = PUBLIC if any(path.startswith(PUBLIC) for path in files) else ""
    checks = Checks()
    checks["checkpoints"].cannot(len(checkpoints))
    if f"{folder}{SUMS}" in files:
        list(read_sums(files, folder, checks["public"]))
    pool = _pool(files, folder, checks)
    told = _told(files, f"{folder}{_DRAW}", checks["results"])
    grade = None
    if told is not None:
        _check_seed(f"{folder}{_DRAW}", told, checks)
        grade = _check_grade(f"{folder}{_DRAW}", told, checks["grade"])
        if pool is not None:
            _check_draw(files, folder, pool, told, checks)
    return Verdict(checks.lines, grade, str((told or {}).get("draw", "")), public=True)


def _pool(files: Files, folder: str, checks: Checks) -> Pool | None:
    """The public pool; what it may leave out is empty."""
    where, check = f"{folder}pool", checks["pool"]
    if f"{where}/{SUMS}" not in files:
        check.cannot()
        return None
    list(read_sums(files, f"{where}/", check))
    content = {name: files[f"{where}/{name}"] for name in FILES if f"{where}/{name}" in files}
    missing = [name for name in FILES if name not in content]
    if check.failing or not HIDDEN.issuperset(missing):
        return None
    try:
        pool = decode({**_HEADS, **content})
    except (ValueError, csv.Error, RecursionError) as broken:
        check.wrong(where, "unreadable", "", broken)
        return None
    again = encode(pool)
    for name, text in content.items():
        if again[name] != text:
            line, expected, found = first_difference(again[name], text)
            check.wrong(f"{where}/{name}:{line}", "pool-form", expected, found)
            return None
    checks["teams"].cannot(len(missing))
    return pool if check_content(pool, where, check, checks["quotas"]) else None


def _told(files: Files, path: str, check: Check) -> Told | None:
    """What ``draw.json`` says, where all that is needed of it is there."""
    if path not in files:
        check.cannot()
        return None
    try:
        value = json.loads(files[path])
    except (ValueError, RecursionError):
        value = None
    texts = ("draw", "seed_line", "seed", "grade", "pool_digest")
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in texts):
        check.wrong(path, "unreadable")
        return None
    sources = value.get("sources")
    if not isinstance(sources, list) or not sources or not all(isinstance(source, str) for source in sources):
        check.wrong(path, "unreadable")
        return None
    return value


def _check_seed(path: str, told: Told, checks: Checks) -> None:
    fields, check = (told["draw"], *told["sources"]), checks["seed"]
    line = "|".join((PROTOCOL, "seed", *fields))
    strange = [f for f in fields if not FIELD.fullmatch(f)] + [s for s in told["sources"] if not has_form(s)]
    if strange:
        check.wrong(path, "source-form", "", strange[0])
    elif check.expect(path, "seed-line", line, told["seed_line"]):
        check.same(path, "seed", sha256(line.encode()), told["seed"])


def _check_grade(path: str, told: Told, check: Check) -> Any:
    """The grade that the sources deserve, if they were announced: that the ledger tells."""
    sources = tuple(source for source in told["sources"] if not source.startswith("key:"))
    if any(source.partition(":")[0] in KINDS for source in sources):
        check.cannot()
        deserved = grade_announced([issue_of(source) for source in sources])
    else:
        deserved = grade_of(sources)
    check.same(path, "grade", deserved, told["grade"])
    return deserved


def _check_draw(files: Files, folder: str, pool: Pool, told: Told, checks: Checks) -> None:
    """Tickets and selection; with the inspectors, their loads."""
    digest = sha256(files[f"{folder}pool/{SUMS}"])
    checks["pool"].same(f"{folder}{_DRAW}", "other-pool", digest, told["pool_digest"])
    selected = selection(pool, told["seed"])
    names = {subject.subject: subject.name for subject in pool.subjects}
    rows = [
        (stratum, t.subject, names[t.subject], t.ticket, "1" if t.why else "0", t.why)
        for stratum, order in selected.items()
        for t in order
    ]
    content = csv_bytes(("stratum", "subject", "name", "ticket", "drawn", "why"), rows)
    path = f"{folder}{_TICKETS}"
    if path not in files:
        checks["tickets"].cannot(len(rows))
    elif files[path] == content:
        checks["tickets"].passed(len(rows))
    else:
        line, expected, found = first_difference(content, files[path])
        checks["tickets"].wrong(f"{path}:{line}", "altered", expected, found)
    numbers = [(stratum, sum(bool(t.why) for t in order)) for stratum, order in selected.items()]
    strata = told.get("strata")
    said = (
        [(s.get("stratum"), s.get("drawn")) for s in strata if isinstance(s, dict)] if isinstance(strata, list) else []
    )
    for wanted, found_ in zip(numbers, [*said, *[("", "")] * len(numbers)], strict=False):
        checks["selection"].same(f"{folder}{_DRAW}", "selection", shown(wanted), shown(found_))
    if pool.inspectors:
        paired = draw(pool, told["seed"]).paired
        if isinstance(told.get("loads"), dict):
            checks["teams"].expect(f"{folder}{_DRAW}", "team", _pairs(paired.loads), _pairs(told["loads"]))
        _check_teams(files, f"{folder}{_TEAMS}", paired.teams, checks["teams"])


def _check_teams(files: Files, path: str, teams: Mapping[str, Sequence[str]], check: Check) -> None:
    """Who was on which team, as drawn."""
    if path not in files:
        check.cannot(len(teams))
        return
    wanted = sorted([visit, inspector] for visit, team in teams.items() for inspector in team)
    try:
        rows = list(csv.reader(io.StringIO(files[path].decode(), newline=""), strict=True))[1:]
    except (UnicodeDecodeError, csv.Error):
        rows = []
    empty: list[str] = []
    for line, (one, other) in enumerate(zip_longest(wanted, (row[:2] for row in rows), fillvalue=empty), 2):
        check.same(f"{path}:{line}", "team", shown(one), shown(other))


def _pairs(loads: dict[str, Any]) -> str:
    return shown([f"{name}={number}" for name, number in sorted(loads.items())])
