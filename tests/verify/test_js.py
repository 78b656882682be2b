"""The page's program against ours and against the protocol's vectors: an implementation of its own, the same bytes."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import draw
from shuangsuiji.core.draw.pool import encode
from shuangsuiji.core.draw.sources import grade_announced, issue_of
from tests.conftest import REPOSITORY
from tests.verify.js import needs_node, run, run_js
from tests.verify.random_pools import random_cases

VECTORS = Path(__file__).parents[1] / "vectors"
PROGRAM = sorted((REPOSITORY / "templates" / "verify").glob("*.js"))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (VECTORS / name).read_text("utf-8").splitlines()]


@needs_node
def test_every_ticket_of_the_vectors_is_reproduced() -> None:
    vector = json.loads((VECTORS / "tickets.json").read_text("utf-8"))

    fields = [one["fields"] for one in vector["tickets"]]
    found = run("ticket", [{"seed": vector["seed"], "fields": fields}])

    assert found == [[one["ticket"] for one in vector["tickets"]]]


@needs_node
def test_sha256_is_right_for_every_length_around_its_blocks() -> None:
    texts = [["x" * a, "y", "é" * b] for a in range(1, 130) for b in (0, 1)]
    texts = [[a, b] if not c else [a, b, c] for a, b, c in texts]

    [found] = run("ticket", [{"seed": "0" * 64, "fields": texts}])

    prefix = f"ssj1|{'0' * 64}|"
    assert found == [hashlib.sha256((prefix + "|".join(one)).encode()).hexdigest() for one in texts]


@needs_node
def test_every_selection_of_the_vectors_is_reproduced() -> None:
    vectors = lines("selection.jsonl")

    found = run("select", vectors)

    assert found == [{"quota": one["quota"], "drawn": sorted(one["drawn"])} for one in vectors]


@needs_node
def test_every_team_of_the_vectors_is_reproduced_and_every_refusal_proved() -> None:
    vectors = lines("pairing.jsonl")

    found = run("pair", vectors)

    expected = [one["teams"] and {visit: sorted(team) for visit, team in one["teams"].items()} for one in vectors]
    assert [one["teams"] for one in found] == expected
    assert [one["proofs"] > 0 for one in found] == [teams is None for teams in expected]
    assert sum(one["uneven"] > 0 for one in found) >= 10


@needs_node
def test_400_draws_of_every_kind_are_ours_to_the_last_ticket() -> None:
    cases = list(random_cases(400, "page"))
    seeds = [seed_of(case.pool.rules.draw, case.sources).digest for case in cases]

    found = run_js([(encode(case.pool), seed) for case, seed in zip(cases, seeds, strict=True)])

    without = 0
    for case, seed, theirs in zip(cases, seeds, found, strict=True):
        ours = draw(case.pool, seed)
        assert theirs.selected == {code: [list(one) for one in order] for code, order in ours.selected.items()}
        if ours.paired.stuck:
            without += 1
            assert theirs.teams is None
        else:
            assert theirs.teams == {visit: list(team) for visit, team in ours.paired.teams.items()}
            assert theirs.loads == ours.paired.loads
    assert 20 <= without <= 200


SOURCES = {
    "ssq:2026099:010512182633+09": True,
    "ssq:2026099:051201182633+09": False,
    "ssq:2026099:010112182633+09": False,
    "ssq:2026099:010512182634+09": False,
    "ssq:2026099:000512182633+09": False,
    "ssq:2026099:010512182633+17": False,
    "ssq:2026099:0105121826+09": False,
    "ssq:26099:010512182633+09": False,
    "dlt:26098:0311192735+0208": True,
    "dlt:26098:0311192736+0208": False,
    "dlt:26098:0311192735+0802": False,
    "dlt:26098:0311192735+0213": False,
    "pl5:26098:12345": True,
    "pl5:26098:1234": False,
    "fc3d:2026099:123": True,
    "dice:3141592653589": True,
    "dice:": False,
    "drand:1000:" + "a" * 64: True,
    "drand:1000:" + "A" * 64: False,
    "key:" + "0" * 64: True,
    "local:" + "f" * 64: True,
    "local:ff": False,
    "given:2023": True,
    "given:": False,
    "lotto:1": False,
    "constructor:1": False,
}


@needs_node
def test_sources_are_told_right_from_wrong() -> None:
    [found] = run("sources", [{"sources": list(SOURCES)}])

    assert [number > 0 for number in found["outcomes"]] == list(SOURCES.values())


@needs_node
@pytest.mark.parametrize(
    "sources",
    [
        ["ssq:2026099:010512182633+09"],
        ["ssq:2026099:010512182633+09", "dlt:26098:0311192735+0208"],
        ["pl5:26098:12345", "fc3d:2026099:123", "dice:1234"],
        ["pl5:26098:12345", "ssq:2026099:010512182633+09"],
        ["dice:123456789012"],
        ["dice:1234567890123"],
        ["drand:1000:" + "a" * 64],
    ],
)
def test_a_seed_is_public_from_40_bits_on(sources: list[str]) -> None:
    [found] = run("sources", [{"sources": sources}])

    assert found["grade"] == grade_announced([issue_of(one) for one in sources])


def test_the_program_uses_nothing_newer_than_es2017_and_nothing_of_the_network() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PROGRAM)
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', '""', re.sub(r"//.*|/\*.*?\*/", "", text, flags=re.DOTALL))

    assert len(PROGRAM) >= 9
    newer = r"\?\.(?!\d)|\?\?|\bBigInt\b|\d_\d|\bcatch \{|matchAll|replaceAll|\.flat\(|\.at\(|fromEntries|#\w+ ?="
    assert re.findall(newer, code) == []
    assert (
        re.findall(
            r"\bfetch\b|XMLHttpRequest|WebSocket|localStorage|sessionStorage|cookie|innerHTML|eval\(|import\b", text
        )
        == []
    )
