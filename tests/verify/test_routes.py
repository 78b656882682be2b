"""Five routes to the same draw: ours, `verify_standalone.py`, `verify.sh`, and the page's JavaScript in Node and Chromium.

A thousand draws over every rule. Whoever disagrees about one ticket, one visit or one member of a team fails here.
"""

import contextlib
import csv
import importlib.util
import io
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import Draw, draw
from shuangsuiji.core.draw.pool import csv_bytes, digest, encode
from tests.conftest import REPOSITORY
from tests.verify.browser import needs_chromium
from tests.verify.js import Drawn, needs_node, run_js
from tests.verify.page_code import run_in_chromium
from tests.verify.random_pools import Case, random_cases

DRAWS = 1_000
HEADING = ("stratum", "subject", "name", "ticket", "drawn", "why")


class Computed(NamedTuple):
    """A draw by our own route."""

    case: Case
    seed_line: str
    seed: str
    draw: Draw

    @property
    def tickets(self) -> list[tuple[str, ...]]:
        names = {(s.stratum, s.subject): s.name for s in self.case.pool.subjects}
        return [
            (stratum, t.subject, names[stratum, t.subject], t.ticket, "1" if t.why else "0", t.why)
            for stratum, order in self.draw.selected.items()
            for t in order
        ]

    @property
    def visits(self) -> list[dict[str, Any]] | None:
        """Visits with their teams; None where no lawful teams exist."""
        if self.draw.paired.stuck:
            return None
        return [
            {
                "visit": v.visit,
                "subject": v.subject,
                "strata": list(v.strata),
                "department": v.department,
                "team": list(self.draw.paired.teams[v.visit]),
            }
            for v in self.draw.visits
        ]


@pytest.fixture(scope="module")
def ours() -> list[Computed]:
    computed = []
    for case in random_cases(DRAWS, "routes"):
        seed = seed_of(case.pool.rules.draw, case.sources)
        computed.append(Computed(case, seed.line, seed.digest, draw(case.pool, seed.digest)))
    return computed


@pytest.fixture(scope="module")
def folders(ours: list[Computed], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The thousand as public folders: pool, tickets, what the seed was."""
    root = tmp_path_factory.mktemp("routes")
    return [published(root / f"{number:04d}", one) for number, one in enumerate(ours)]


def published(folder: Path, one: Computed) -> Path:
    files = encode(one.case.pool)
    told = {
        "draw": one.case.pool.rules.draw,
        "seed_line": one.seed_line,
        "seed": one.seed,
        "sources": list(one.case.sources),
        "pool_digest": digest(files),
    }
    made = {f"pool/{name}": content for name, content in files.items()}
    made["result/tickets.csv"] = csv_bytes(HEADING, one.tickets)
    made["result/draw.json"] = json.dumps(told, ensure_ascii=False, indent=1).encode()
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def standalone() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_standalone", REPOSITORY / "docs" / "verify_standalone.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_standalone(standalone: ModuleType, folder: Path) -> tuple[list[tuple[str, ...]], list[dict[str, Any]] | None]:
    told = json.loads((folder / "result" / "draw.json").read_bytes())
    with contextlib.redirect_stdout(io.StringIO()):
        pool, ticket = (
            standalone.read_pool(folder / "pool", told["pool_digest"]),
            standalone.seed_of(told, told["draw"]),
        )
        drawn, tickets = standalone.select(pool, ticket)
        visits, needs = standalone.plan_visits(pool, drawn)
        try:
            teams = standalone.Teams(needs, {}, pool, ticket).run()
        except SystemExit as nobody:
            assert str(nobody).startswith("BAD  no lawful team for")  # noqa: PT017 - it is the answer, not the failure
            return [tuple(row.values()) for row in tickets], None
    return [tuple(row.values()) for row in tickets], [{**v, "team": teams[v["visit"]]} for v in visits]


def test_the_thousand_are_of_every_kind(ours: list[Computed]) -> None:
    rules = [one.case.pool.rules for one in ours]
    kinds: Counter[str] = Counter()
    for rule in rules:
        kinds.update(
            [
                rule.tickets,
                rule.must_include,
                rule.visits,
                f"{rule.team.size} places",
                f"{rule.team.specialty} specialty",
            ]
        )
        kinds.update([f"{rule.team.area} area", f"lead {rule.team.lead}", f"joint {bool(rule.departments)}"])
        kinds.update([f"coverage {bool(rule.coverage)}"])
    stuck = sum(bool(one.draw.paired.stuck) for one in ours)
    uneven = sum(bool(one.draw.paired.frozen) for one in ours)

    assert len(ours) == DRAWS
    assert len(kinds) == 2 + 2 + 2 + 3 + 3 + 3 + 2 + 2 + 2
    assert min(kinds.values()) > DRAWS // 20
    assert DRAWS // 20 < stuck < DRAWS // 2
    assert uneven > DRAWS // 20
    assert sum(len(one.draw.visits) > 5 for one in ours) > DRAWS // 3
    assert {why for one in ours for row in one.tickets for why in row[5:]} == {"must", "coverage", "random", ""}


def test_the_standalone_file_agrees(ours: list[Computed], folders: list[Path], standalone: ModuleType) -> None:
    for one, folder in zip(ours, folders, strict=True):
        tickets, visits = by_standalone(standalone, folder)

        assert tickets == one.tickets, one.case.name
        assert visits == one.visits, one.case.name


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here: the shell script needs it")
def test_the_shell_script_agrees(ours: list[Computed], folders: list[Path]) -> None:
    halves = [
        subprocess.Popen(["sh", REPOSITORY / "docs" / "verify.sh", *half], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for half in (folders[: DRAWS // 2], folders[DRAWS // 2 :])
    ]  # fmt: skip
    said = [line for half in halves for line in half.communicate()[0].splitlines()]

    assert said == [
        f"ok   {folder}: {len(one.tickets)} tickets, {sum(row[4] == '1' for row in one.tickets)} drawn"
        for one, folder in zip(ours, folders, strict=True)
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here: the shell script needs it")
@pytest.mark.parametrize("column", ["ticket", "drawn", "why", "order", "gone"])
def test_the_shell_script_sees_one_wrong_cell(ours: list[Computed], tmp_path: Path, column: str) -> None:
    """Control: its agreement means something."""
    one = next(one for one in ours if sum(row[5] == "random" for row in one.tickets) > 1)
    folder = published(tmp_path, one)
    path = folder / "result" / "tickets.csv"
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    at = next(n for n, row in enumerate(rows) if row[5] == "random")
    match column:
        case "order":
            rows[at], rows[at - 1 if at > 1 else at + 1] = rows[at - 1 if at > 1 else at + 1], rows[at]
        case "gone":
            del rows[at]
        case _:
            rows[at][HEADING.index(column)] = {"ticket": "0" * 64, "drawn": "0", "why": "must"}[column]
    path.write_bytes(csv_bytes(rows[0], rows[1:]))

    done = subprocess.run(
        ["sh", REPOSITORY / "docs" / "verify.sh", folder], check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "tickets.csv" in done.stderr


def test_another_protocol_would_be_seen(ours: list[Computed], folders: list[Path], standalone: ModuleType) -> None:
    """Control: with one letter of the ticket's text changed hardly anything agrees."""
    agree = 0
    for one, folder in list(zip(ours, folders, strict=True))[:50]:
        with contextlib.redirect_stdout(io.StringIO()):
            pool = standalone.read_pool(folder / "pool", digest(encode(one.case.pool)))
            _, tickets = standalone.select(
                pool, lambda *fields, one=one: standalone.sha("|".join(("ssj2", one.seed, *fields)))
            )
        agree += [tuple(row.values()) for row in tickets] == one.tickets

    assert agree < 5


@needs_node
def test_the_pages_javascript_agrees_in_node(ours: list[Computed]) -> None:
    compare(ours, run_js([(encode(one.case.pool), one.seed) for one in ours]))


@needs_chromium
def test_the_pages_javascript_agrees_in_chromium(ours: list[Computed], tmp_path: Path) -> None:
    compare(ours, run_in_chromium([(encode(one.case.pool), one.seed) for one in ours], tmp_path))


def compare(ours: list[Computed], theirs: list[Drawn]) -> None:
    for one, other in zip(ours, theirs, strict=True):
        selected = {
            stratum: [[t.subject, t.ticket, t.why] for t in order] for stratum, order in one.draw.selected.items()
        }
        assert other.selected == selected, one.case.name
        assert other.teams == (None if one.visits is None else {v["visit"]: v["team"] for v in one.visits}), (
            one.case.name
        )
        if one.visits is not None:
            assert other.loads == one.draw.paired.loads, one.case.name
