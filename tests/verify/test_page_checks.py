"""What the page finds, in Node: everything that is not as it was drawn is told, with the first difference."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verify.js import needs_node, verify_js
from tests.verify.opened_year import Files, changed_lines, data_of, open_files, open_sample, replaced

pytestmark = needs_node
DRAW, TICKETS, TEAMS = "result/draw.json", "result/tickets.csv", "result/teams.csv"
STRATA, SUBJECTS, INSPECTORS, SUMS = "pool/strata.csv", "pool/subjects.csv", "pool/inspectors.csv", "pool/SHA256SUMS"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_sample(tmp_path_factory.mktemp("codes"))


@pytest.fixture(scope="module")
def files(public: Path) -> Files:
    return open_files(public)


@pytest.fixture(scope="module")
def facts(public: Path) -> dict[str, Any]:
    return dict(data_of((public / "verify.html").read_bytes())["facts"])


def resealed(files: Files) -> Files:
    """SHA256SUMS and the pool digest made to fit: what somebody does who owns the site."""
    names = sorted(path for path in files if path.startswith("pool/") and path != SUMS)
    sums = "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {path.removeprefix('pool/')}\n" for path in names
    ).encode()
    told = json.loads(files[DRAW])
    told["pool_digest"] = hashlib.sha256(sums).hexdigest()
    return {**files, SUMS: sums, DRAW: json.dumps(told).encode()}


def told(**changes: object) -> Callable[[Files], Files]:
    return lambda files: {**files, DRAW: json.dumps({**json.loads(files[DRAW]), **changes}).encode()}


def lines(path: str, change: Callable[[list[str]], object]) -> Callable[[Files], Files]:
    return lambda files: changed_lines(files, path, lambda them: change(them) and None)


def text(path: str, old: str, new: str) -> Callable[[Files], Files]:
    return lambda files: replaced(files, path, (old, new))


def swap(them: list[str], a: int, b: int) -> None:
    them[a], them[b] = them[b], them[a]


def other_draw_of(them: list[str]) -> None:
    """The last drawn of a stratum is exchanged for the first that is not."""
    first = next(n for n, line in enumerate(them) if line.endswith(",0,\n"))
    them[first - 1], them[first] = them[first - 1].replace(",1,random", ",0,"), them[first].replace(",0,", ",1,random")


def teams_swapped(them: list[str]) -> None:
    """Two visits with other teams exchange one inspector each."""
    a = 1
    b = next(
        n for n in range(3, len(them), 2) if len({line.split(",")[1] for line in (*them[1:3], *them[n : n + 2])}) == 4
    )
    (visit_a, who_a, _), (visit_b, who_b, _) = them[a].split(","), them[b].split(",")
    them[a], them[b] = f"{visit_a},{who_b},\n", f"{visit_b},{who_a},\n"


TAMPERINGS: dict[str, tuple[Callable[[Files], Files], str, str]] = {
    "one ticket changed": (
        lines(TICKETS, lambda t: t.__setitem__(5, t[5].replace(",0", ",1", 1))),
        "tickets",
        "ticket",
    ),
    "one name changed": (text(TICKETS, "旅馆", "酒店"), "tickets", "ticket-name"),
    "two rows swapped": (lines(TICKETS, lambda t: swap(t, 40, 41)), "tickets", "ticket-order"),
    "one subject dropped from the result": (lines(TICKETS, lambda t: t.pop(3)), "tickets", "ticket-missing"),
    "one subject added to the result": (
        lines(TICKETS, lambda t: t.append(f"GGCS,NEW,新来,{'f' * 64},0,\n")),
        "tickets",
        "ticket-extra",
    ),
    "one row twice": (lines(TICKETS, lambda t: t.insert(9, t[8])), "tickets", "ticket-twice"),
    "a drawn subject exchanged": (lines(TICKETS, other_draw_of), "selection", "not-drawn"),
    "why changed": (text(TICKETS, ",1,random", ",1,must"), "selection", "why"),
    "the tail cut": (lines(TICKETS, lambda t: t.__delitem__(slice(-5, None))), "tickets", "ticket-missing"),
    "line ends of Windows": (
        lambda files: {**files, TICKETS: files[TICKETS].replace(b"\n", b"\r\n")},
        "tickets",
        "crlf",
    ),
    "a byte order mark": (lambda files: {**files, TICKETS: b"\xef\xbb\xbf" + files[TICKETS]}, "tickets", "bom"),
    "no UTF-8": (lambda files: {**files, TICKETS: files[TICKETS].replace("店".encode(), b"\xff")}, "tickets", "utf8"),
    "the heading changed": (text(TICKETS, "ticket,drawn", "drawn,ticket"), "tickets", "heading"),
    "the seed changed": (told(seed="0" * 64), "seed", "seed-digest"),
    "the seed line changed": (told(seed_line="ssj1|seed|130129-2023-01|given:2024"), "seed", "seed-sources"),
    "the draw's id changed": (told(seed_line="ssj1|seed|130129-2023-02|given:2023"), "seed", "seed-draw"),
    "the grade raised": (told(grade="public"), "seed", "seed-grade"),
    "another protocol": (told(protocol="ssj2"), "seed", "protocol"),
    "a source that is none": (
        told(seed_line="ssj1|seed|130129-2023-01|ssq:1", sources=["ssq:1"]),
        "seed",
        "seed-source",
    ),
    "the pool digest changed": (told(pool_digest="0" * 64), "pool", "pool-digest"),
    "a subject dropped from the pool": (lines(SUBJECTS, lambda t: t.pop(7)), "pool", "pool-file"),
    "the same, and the digests made to fit": (
        lambda files: resealed(changed_lines(files, SUBJECTS, lambda t: t.pop(7) and None)),
        "pool",
        "pool-digest",
    ),
    "a quota one more": (text(STRATA, ",ceil,26", ",ceil,27"), "pool", "pool-file"),
    "a quota one more, digests made to fit": (
        lambda files: resealed(replaced(files, STRATA, (",ceil,26", ",ceil,27"))),
        "selection",
        "not-drawn",
    ),
    "a quota one less, digests made to fit": (
        lambda files: resealed(replaced(files, STRATA, (",ceil,26", ",ceil,25"))),
        "quotas",
        "quota-low",
    ),
    "a population that is not": (
        lambda files: resealed(replaced(files, STRATA, (",318,", ",319,"))),
        "quotas",
        "population",
    ),
    "a file of the pool exchanged for another": (
        lambda files: {**files, "pool/excluded.csv": files["pool/conflicts.csv"]},
        "pool",
        "pool-file",
    ),
    "an id twice in the pool": (
        lambda files: resealed(changed_lines(files, SUBJECTS, lambda t: t.insert(4, t[3]))),
        "form",
        "twice",
    ),
    "the pool in another order": (
        lambda files: resealed(changed_lines(files, SUBJECTS, lambda t: swap(t, 4, 5))),
        "form",
        "unsorted",
    ),
    "an id that no ticket can carry": (
        lambda files: resealed(replaced(files, SUBJECTS, ("QH00", "QH|0"))),
        "form",
        "id",
    ),
    "an unknown rule": (
        lambda files: resealed(replaced(files, "pool/rules.json", ('"shared"', '"mine"'))),
        "form",
        "rules",
    ),
    "SHA256SUMS without a line": (lines(SUMS, lambda t: t.pop(0)), "pool", "pool-digest"),
    "a team swapped": (lines(TEAMS, teams_swapped), "teams", "team"),
    "a visit dropped": (lines(TEAMS, lambda t: t.__delitem__(slice(1, 3))), "teams", "team-missing"),
    "a visit added": (lines(TEAMS, lambda t: t.append("ZZ99999,13012900101,\n")), "teams", "team-extra"),
    "an inspector removed from the pool": (
        lambda files: resealed(changed_lines(files, INSPECTORS, lambda t: t.pop(1) and None)),
        "teams",
        "team",
    ),
    "a conflict removed from the pool": (lines("pool/conflicts.csv", lambda t: t.pop(1)), "pool", "pool-file"),
    "a load changed": (
        lambda files: told(loads={**json.loads(files[DRAW])["loads"], "13012900101": 3})(files),
        "teams",
        "load",
    ),
    "the number of visits changed": (told(visits=1), "teams", "visits-number"),
}


def test_what_was_drawn_holds_and_everything_was_looked_at(files: Files, facts: dict[str, Any]) -> None:
    [checks] = verify_js([(files, facts)])

    assert {name: check["state"] for name, check in checks.items()} == dict.fromkeys(checks, "ok")
    assert checks["tickets"]["count"] == checks["selection"]["count"] - 9 == 1038
    assert checks["teams"]["count"] == 94 + 14


def test_every_tampering_is_told_with_its_first_difference(files: Files, facts: dict[str, Any]) -> None:
    found = verify_js([(change(dict(files)), facts) for change, _, _ in TAMPERINGS.values()])

    seen = {}
    for (name, (_, check, why)), checks in zip(TAMPERINGS.items(), found, strict=True):
        first = checks[check]["first"]
        seen[name] = (checks[check]["state"], first and first["why"])
        assert seen[name] == ("bad", why), (name, checks)
    assert len(seen) == len(TAMPERINGS) >= 38


def test_a_changed_ticket_is_named_with_row_unit_and_both_values(files: Files, facts: dict[str, Any]) -> None:
    row = files[TICKETS].decode().splitlines()[5].split(",")
    other = "0" * 64

    [checks] = verify_js([(replaced(files, TICKETS, (row[3], other)), facts)])

    first = checks["tickets"]["first"]
    assert (first["expected"], first["found"]) == (row[3], other)
    assert first["where"] == {
        "file": TICKETS, "row": 6, "stratum": row[0], "subject": row[1], "name": row[2], "place": 5,
    }  # fmt: skip
    assert checks["tickets"]["failing"] == 1
    assert checks["selection"]["state"] == "ok"


def test_announced_issues_and_a_committed_key_are_compared(files: Files, facts: dict[str, Any]) -> None:
    key = "5f" * 32
    sources = ["ssq:2026099:010512182633+09", "dlt:26098:0311192735+0208", f"key:{key}"]
    line = "|".join(("ssj1", "seed", "130129-2023-01", *sources))
    given = told(seed_line=line, sources=sources, seed=hashlib.sha256(line.encode()).hexdigest(), grade="public")(files)
    right = {
        **facts,
        "announced": ["ssq:2026099", "dlt:26098"],
        "key_commitment": hashlib.sha256(bytes.fromhex(key)).hexdigest(),
    }

    good, issue, order, lost = verify_js(
        [
            (given, right),
            (given, {**right, "announced": ["ssq:2026098", "dlt:26098"]}),
            (given, {**right, "announced": ["dlt:26098", "ssq:2026099"]}),
            (given, {**right, "key_commitment": "0" * 64}),
        ]
    )

    assert good["seed"]["state"] == "ok"
    assert issue["seed"]["first"]["why"] == order["seed"]["first"]["why"] == "seed-announced"
    assert lost["seed"]["first"]["why"] == "seed-key"


def test_what_is_missing_is_said_and_not_taken_for_right(files: Files, facts: dict[str, Any]) -> None:
    def without(*names: str) -> Files:
        return {path: content for path, content in files.items() if path not in names}

    no_tickets, no_teams, no_draw, no_pool, hidden = verify_js(
        [
            (without(TICKETS), facts),
            (without(TEAMS), facts),
            (without(DRAW, TICKETS, TEAMS), facts),
            (without(SUBJECTS), facts),
            (
                without(INSPECTORS, "pool/conflicts.csv", TEAMS),
                {**facts, "withheld": ["inspectors.csv", "conflicts.csv"]},
            ),
        ]
    )

    assert [no_tickets[name]["unchecked"] for name in ("tickets", "selection")] == ["no-tickets"] * 2
    assert (no_teams["teams"]["unchecked"], no_teams["certificates"]["state"]) == ("no-teams", "ok")
    assert (no_draw["pool"]["state"], no_draw["tickets"]["unchecked"]) == ("ok", "no-draw")
    assert (no_pool["pool"]["unchecked"], no_pool["tickets"]["unchecked"]) == ("missing subjects.csv", "no-pool")
    assert (hidden["pool"]["state"], hidden["teams"]["unchecked"]) == ("ok", "not-public")
    assert all(
        check["state"] != "bad" for one in (no_tickets, no_teams, no_draw, no_pool, hidden) for check in one.values()
    )
