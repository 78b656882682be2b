"""Attacks on a draw, each by whoever holds the computer. docs/attacks.md says of each what stops it, or who sees it."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shuangsuiji.core.draw.chance import seed_of, tickets
from shuangsuiji.core.draw.drawing import draw, selection
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import csv_bytes, decode, sums
from shuangsuiji.core.draw.redraw import redraw
from tests.conftest import INSPECTORS, REPOSITORY, SUBJECTS, County
from tests.verify.sealing import EVE, KNOWN_ON, PUBLIC, SEALED_ON, SOURCES, announce
from tests.year.returning import Clock

ATTACKS = (REPOSITORY / "docs" / "attacks.md").read_text("utf-8")
PROOFS = (REPOSITORY / "docs" / "what-this-proves.md").read_text("utf-8")
OTHER_NUMBERS = ("--source", "ssq:2026099:010512182633+10", "--source", "dlt:26098:0311192735+0208")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def sealed(county: County, clock: Clock) -> County:
    """The small county, sealed with announced sources; the numbers are out by now."""
    announce(county)
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    clock(KNOWN_ON)
    return county


@pytest.fixture
def drawn(sealed: County) -> County:
    assert sealed.ssj("draw", *SOURCES, "--no-sheets").code == 0
    return sealed


def check(county: County, *papers: str, program: str = "verify_standalone.py") -> tuple[int, str]:
    """What a stranger's program says of the dossier."""
    words = [sys.executable, "-B", REPOSITORY / "docs" / program, county.dossier, *papers]
    done = subprocess.run(words, check=False, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def lines_of(county: County) -> list[bytes]:
    return (county.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def forge(county: County, change: Callable[[str], str]) -> None:
    """The ledger with its last line changed, on which nothing hangs yet."""
    *before, last = lines_of(county)
    forged = change(json.dumps(json.loads(last)))
    assert json.loads(forged) != json.loads(last)
    (county.dossier / "ledger.jsonl").write_bytes(b"".join([*before, forged.encode(), b"\n"]))


def reseal(county: County) -> None:
    """A pool that was changed after the sealing, its list of digests redone."""
    pool = county.dossier / "pool"
    (pool / "SHA256SUMS").write_bytes(sums({path.name: path.read_bytes() for path in pool.iterdir()}))


def selected(county: County) -> dict[str, str]:
    """Drawn or not, by stratum and subject."""
    return {"/".join(row[:2]): row[4] for row in county.read("result/tickets.csv")}


# the seed


def test_with_a_public_seed_a_second_try_gives_the_same(drawn: County) -> None:
    first = json.loads(lines_of(drawn)[-1])["event"]
    shutil.rmtree(drawn.dossier / "result")
    (drawn.dossier / "ledger.jsonl").write_bytes(lines_of(drawn)[0])

    drawn.ssj("draw", *SOURCES, "--no-sheets")

    again = json.loads(lines_of(drawn)[-1])["event"]
    assert (again["seed"], again["drawn"], again["visits"]) == (first["seed"], first["drawn"], first["visits"])


def test_a_local_seed_can_be_tried_again_and_again_so_its_grade_says_local(county: County) -> None:
    """It is not stopped before anything is published; the grade stands on every paper."""
    found = set()
    for _ in range(3):
        told = county.ssj("draw", "--no-sheets", "--json").json
        found.add((told["seed"], told["grade"]))
        shutil.rmtree(county.dossier)

    assert len(found) == 3
    assert {grade for _, grade in found} == {"local"}


def test_numbers_that_were_not_drawn_by_the_lottery_are_in_the_seed_line_for_all_to_see(sealed: County) -> None:
    """Whether they are the lottery's no program knows: the line names issue and numbers, and anybody can look them up."""
    told = sealed.ssj("draw", *OTHER_NUMBERS, "--no-sheets", "--json").json

    assert told["seed_line"].endswith("|ssq:2026099:010512182633+10|dlt:26098:0311192735+0208")
    assert told["seed"] == hashlib.sha256(told["seed_line"].encode()).hexdigest()


def test_the_last_of_several_sources_cannot_be_dropped_or_added(sealed: County) -> None:
    fewer, more = sealed.ssj("draw", *SOURCES[:2]), sealed.ssj("draw", *SOURCES, "--source", "dice:3141592653589")

    assert (fewer.code, more.code) == (3, 3)
    assert not (sealed.dossier / "result").exists()


def test_a_grade_that_the_seed_does_not_deserve_is_found(county: County) -> None:
    county.ssj("draw", "--seed", "lucky", "--no-sheets")
    forge(county, lambda line: line.replace('"grade": "given"', '"grade": "public"'))

    code, said = check(county)
    assert code == 1
    assert "BAD  grade given" in said


# the roster


def test_the_pools_bytes_are_no_part_of_the_seed_so_a_blank_re_rolls_nothing(sealed: County) -> None:
    pool = decode({path.name: path.read_bytes() for path in (sealed.dossier / "pool").iterdir()})
    other = replace(pool, subjects=tuple(s._replace(name=f"{s.name} ") for s in pool.subjects))

    seed = seed_of("T-2023", SOURCES[1::2]).digest

    assert draw(pool, seed).paired == draw(other, seed).paired
    assert selection(pool, seed) == selection(other, seed)


def test_a_roster_edited_after_the_numbers_are_out_changes_nothing(sealed: County) -> None:
    sealed.write("rosters/subjects.csv", SUBJECTS.replace("A1,", "Z1,").replace("A2,乙宾馆,公共场所,西\n", ""))

    assert sealed.ssj("draw", *SOURCES, "--no-sheets").code == 0

    assert {name for name in selected(sealed) if name.startswith("GGCS/A")} == {f"GGCS/A{n}" for n in range(1, 5)}
    assert check(sealed)[0] == 0


def test_an_id_chosen_after_the_numbers_are_out_needs_another_pool_than_was_announced(sealed: County) -> None:
    seed = seed_of("T-2023", SOURCES[1::2]).digest
    wanted = max((f"A{n}" for n in range(1000)), key=lambda one: tickets(seed)("object", "shared", one))
    path = sealed.dossier / "pool" / "subjects.csv"
    path.write_bytes(path.read_bytes().replace(b",A1,", f",{wanted},".encode()))
    reseal(sealed)

    refused = sealed.ssj("draw", *SOURCES)

    assert (refused.code, "摘要与台账不符" in refused.err) == (4, True)
    assert "BAD  pool digest" in check(sealed)[1]


def test_an_id_chosen_before_the_seed_is_no_luckier_than_another() -> None:
    """Whatever one calls oneself: the ticket is as good as random, as long as nobody knows the seed."""
    drawn = Counter[bool]()
    for number in range(2_000):
        ticket = tickets(seed_of("T", (f"given:{number}",)).digest)
        order = sorted([*(f"QH{n:05d}" for n in range(9)), "0"], key=lambda one: ticket("object", "shared", one))
        drawn["0" in order[:3]] += 1

    assert 540 <= drawn[True] <= 660  # 600 and three standard deviations


@pytest.mark.parametrize("row", ["A1,甲宾馆二部,公共场所,东", "A 1,甲宾馆,公共场所,东", "A1|A2,甲宾馆,公共场所,东"])
def test_an_id_twice_or_one_that_could_be_read_in_two_ways_is_refused(county: County, row: str) -> None:
    """A subject on two rows would have two chances; a bar in an id would make two tickets one."""
    county.write("rosters/subjects.csv", SUBJECTS + row + "\n")

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 1
    assert not county.dossier.exists()


# the result


def test_a_drawn_subject_that_is_dropped_is_missed_by_any_other_program(drawn: County) -> None:
    event = json.loads(lines_of(drawn)[-1])["event"]
    dropped = event["drawn"]["GGCS"][-1]["subject"]
    gone = json.dumps({"subject": dropped, "why": "random"})
    forge(drawn, lambda line: line.replace(f", {gone}", "", 1))

    code, said = check(drawn)

    assert code == 1
    assert "BAD  selection" in said


@pytest.mark.parametrize("program", ["verify.sh", "verify_standalone.py"])
def test_another_list_than_the_drawn_one_is_found_by_whoever_recomputes_it(drawn: County, program: str) -> None:
    path = drawn.dossier / "result" / "tickets.csv"
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    for row in rows[1:]:
        if row[0] == "GGCS":
            row[4:] = ["0", ""] if row[4] == "1" else ["1", "random"]
    path.write_bytes(csv_bytes(rows[0], rows[1:]))
    (drawn.dossier / "ledger.jsonl").rename(drawn.root / "kept-back")  # as in a public folder

    if program == "verify.sh":
        done = subprocess.run(
            ["sh", REPOSITORY / "docs" / program, drawn.dossier], check=False, capture_output=True, text=True
        )
        assert (done.returncode, "tickets.csv, row 1" in done.stderr) == (1, True)
    else:
        code, said = check(drawn)
        assert code == 1
        assert re.search(r"BAD  \d+ tickets", said)


def test_a_forged_tool_is_exposed_by_programs_that_are_not_it(sealed: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """It spares its friend and says that all is well; only its own word says so."""
    from shuangsuiji.core.draw import drawing  # noqa: PLC0415

    honest = drawing.select

    def friendly(candidates: object, **words: object) -> list[object]:
        order = honest(candidates, **words)  # type: ignore[arg-type]
        taken = [t for t in order if t.why]
        if not taken or len(taken) == len(order):
            return list(order)
        friend, other = taken[0], next(t for t in order if not t.why)
        swap = {friend.subject: "", other.subject: "random"}
        return [t._replace(why=swap.get(t.subject, t.why)) for t in order]  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "select", friendly)

    assert sealed.ssj("draw", *SOURCES, "--no-sheets").code == 0

    code, said = check(sealed)
    assert code == 1
    assert re.search(r"BAD  \d+ tickets", said)


# the record


def test_a_cut_tail_is_seen_by_any_paper_and_by_nothing_else(drawn: County) -> None:
    visit, inspector, _ = drawn.read("result/teams.csv")[0]
    words = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", "亲属")
    assert drawn.ssj("adjust", "recuse", *words).code == 0
    last = lines_of(drawn)
    paper = f"T-2023#{len(last)}:{hashlib.sha256(last[-1][:-1]).hexdigest()}"
    assert check(drawn, paper)[0] == 0

    (drawn.dossier / "ledger.jsonl").write_bytes(b"".join(last[:2]))

    assert check(drawn)[0] == 0
    code, said = check(drawn, paper)
    assert code == 1
    assert paper in said


def test_whoever_throws_the_folder_away_and_begins_again_is_contradicted_by_a_paper(county: County) -> None:
    county.ssj("draw", "--no-sheets")
    paper = f"T-2023#2:{hashlib.sha256(lines_of(county)[-1][:-1]).hexdigest()}"
    shutil.rmtree(county.dossier)

    assert county.ssj("draw", "--no-sheets").code == 0

    assert check(county)[0] == 0
    assert check(county, paper)[0] == 1


def test_a_clock_that_is_set_back_does_not_make_the_sealing_older_than_the_numbers(
    county: County, clock: Clock
) -> None:
    """The computer says what it is told. A draw cannot be entered before its sealing, and the notices' dates count."""
    announce(county)
    clock("2026-09-05T10:00")

    late = county.ssj("seal")

    assert late.code == 3
    assert "known_on" in late.err
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    clock(EVE)
    assert county.ssj("draw", *SOURCES).code == 3


def test_an_infeasible_draw_writes_nothing_and_its_seed_stays_the_same(county: County, clock: Clock) -> None:
    """It is refused as often as it is tried, and with other numbers too: what remains is another sealing, on record."""
    county.write("rosters/inspectors.csv", INSPECTORS.replace("东,,", "东,1,").replace("西,,", "西,1,"))
    announce(county, PUBLIC)
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    clock(KNOWN_ON)
    before = county.files()

    tried = [
        county.ssj("draw", *SOURCES),
        county.ssj("draw", *SOURCES),
        county.ssj("seal", "--void", "--reason", "x", "--document", "1号"),
    ]

    assert [answer.code for answer in tried] == [3, 3, 3]
    assert county.files() == before


# who goes


def test_nobody_knows_before_the_round_who_will_take_a_place() -> None:
    everybody = frozenset(f"P{n}" for n in range(9))
    needs = {"V1": Need(everybody, everybody, 2)}
    joined = Counter[str]()
    for number in range(1_200):
        ticket = tickets(seed_of("T/r1", (f"given:{number}",)).digest)
        [move] = redraw(needs, {"V1": ("P0", "P1")}, dict.fromkeys(everybody, 0), {}, [("V1", "P0")], ticket).moves
        joined[move.joins] += 1

    assert set(joined) == everybody - {"P0", "P1"}
    assert 120 < min(joined.values()) <= max(joined.values()) < 230  # 171 each


def test_a_replacement_that_nobody_asked_for_is_found(drawn: County) -> None:
    visit, inspector, _ = drawn.read("result/teams.csv")[0]
    words = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", "亲属")
    drawn.ssj("adjust", "recuse", *words)
    assert check(drawn, program="verify_rounds.py")[0] == 0
    change = json.loads(lines_of(drawn)[-1])["event"]["changes"][0]
    wanted = next(i for i in ("P1", "P2", "P3", "P4") if i not in {change["joins"], change["leaves"]})

    forge(drawn, lambda line: line.replace(f'"joins": "{change["joins"]}"', f'"joins": "{wanted}"'))

    code, said = check(drawn, program="verify_rounds.py")
    assert code == 1
    assert "BAD  round 1 of T-2023" in said


# the documents


def test_every_attack_names_a_test_that_there_is() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", ATTACKS)
    missing = [
        f"{path}::{name}" for path, name in named if f"def {name}(" not in (REPOSITORY / path).read_text("utf-8")
    ]

    assert len(named) > 25
    assert missing == []


def test_every_test_of_an_attack_stands_in_the_list() -> None:
    mine = re.findall(r"^def (test_\w+)\(", Path(__file__).read_text("utf-8"), re.MULTILINE)

    assert [name for name in mine if name not in ATTACKS and "attack" not in name and "document" not in name] == []


def test_each_attack_says_what_remains() -> None:
    headings = re.findall(r"^## \d+\. .+$", ATTACKS, re.MULTILINE)

    assert len(headings) >= 18
    for part in re.split(r"^## \d+\. ", ATTACKS, flags=re.MULTILINE)[1:]:
        for word in ("**挡住**", "**剩下**", "**测试**"):
            assert word in part, part.splitlines()[0]


def test_the_documents_say_in_both_languages_what_is_not_proved() -> None:
    chinese, _, english = PROOFS.partition("\n---\n")

    assert all(word in chinese for word in ("`local`", "`given`", "密钥丢了", "名册齐全", "串通", "作废", "程序是真的"))
    assert all(
        word in english
        for word in ("`local`", "`given`", "lost key", "roster is complete", "Collusion", "void", "tool is genuine")
    )
