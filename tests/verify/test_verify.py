"""`ssj verify`: everything is computed again, and the first thing that does not hold is named."""

import ast
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.core.verifying import CHECKS, Verdict, verify
from shuangsuiji.screen.verdict_words import WHAT, WHY
from tests.conftest import REPOSITORY, Answer, County
from tests.verify.forging import Forged, sha256
from tests.verify.golden import read
from tests.verify.tamperings import KINDS, SEALED, SEALED_KINDS, YEAR, Tampering

VERIFYING = REPOSITORY / "shuangsuiji" / "core" / "verifying"


@pytest.fixture(scope="session")
def book(year: Path) -> dict[str, bytes]:
    return read(year / "plans" / "2023")


@pytest.fixture(scope="session")
def sealed_book(sealed: Path) -> dict[str, bytes]:
    return read(sealed / "plans" / "2023")


def checkpoint(files: dict[str, bytes], draw: str = "130129-2023-01") -> str:
    """What the last paper would have printed."""
    lines = files["ledger.jsonl"].split(b"\n")[:-1]
    return f"{draw}#{len(lines)}:{sha256(lines[-1])}"


def counts(verdict: Verdict) -> dict[str, int]:
    return {line.check: line.count for line in verdict.lines}


def test_a_whole_year_holds_and_all_of_it_was_looked_at(book: dict[str, bytes]) -> None:
    verdict = verify(book, [checkpoint(book)])

    assert [line for line in verdict.lines if not line.holds or line.unchecked] == []
    assert (verdict.grade, verdict.draw, verdict.events, verdict.first_fault) == ("local", "130129-2023-01", 40, None)
    assert {line.check for line in verdict.lines} == set(CHECKS) - {"planned"}  # days are in tests/scheduling
    found = counts(verdict)
    assert (found["chain"], found["checkpoints"], found["printed"]) == (40, 1, 9)
    assert (found["seed"], found["grade"], found["certificates"]) == (5, 5, 2)
    assert (found["tickets"], found["selection"], found["visits"], found["teams"]) == (2 * 1038, 2 * 132, 226, 226)
    assert (found["pool"], found["quotas"], found["results"]) == (4 * 6, 2 * 9 + 3, 2 * 3 + 2 * 2)
    assert (found["recusals"], found["limit"], found["approvals"], found["rounds"]) == (2, 2, 5, 20)
    assert (found["voids"], found["findings"], found["notices"]) == (3, 7, 9)


def test_a_public_seed_with_a_key_holds(sealed_book: dict[str, bytes]) -> None:
    verdict = verify(sealed_book)

    assert [line for line in verdict.lines if not line.holds or line.unchecked] == []
    assert (verdict.grade, verdict.first_fault) == ("public", None)
    assert counts(verdict)["certificates"] == 4
    assert [(one.code, one.where) for one in verdict.remarks] == [("sealing-unseen", "ledger.jsonl:3")]


def test_the_golden_years_are_as_the_tamperings_say(book: dict[str, bytes], sealed_book: dict[str, bytes]) -> None:
    for files, kinds in ((book, KINDS), (sealed_book, SEALED_KINDS)):
        assert {line: Forged(files).event(line)["kind"] for line in kinds} == kinds
        untouched = Forged(files)
        untouched.rechain()
        assert untouched.files == files


def test_there_are_far_more_than_sixty_of_them_each_with_its_name() -> None:
    names = [one.name for one in (*YEAR, *SEALED)]

    assert len(set(names)) == len(names) > 150


def found(one: Tampering, files: dict[str, bytes], draw: str) -> tuple[Any, ...]:
    forged = Forged(files)
    one.change(forged)
    assert forged.files != files
    if one.paper:
        assert verify(forged.files).holds
    verdict = verify(forged.files, [checkpoint(files, draw)] if one.paper else ())
    assert not verdict.holds
    assert verdict.first_fault is not None
    check, fault = verdict.first_fault
    where = one.where if isinstance(one.where, str) else one.where(forged)
    return (check, fault.where, fault.why), (one.check, where, one.why)


@pytest.mark.parametrize("one", YEAR, ids=lambda one: one.name)
def test_every_tampering_is_found_and_the_first_wrong_line_named(one: Tampering, book: dict[str, bytes]) -> None:
    told, expected = found(one, book, "130129-2023-01")

    assert told == expected


@pytest.mark.parametrize("one", SEALED, ids=lambda one: one.name)
def test_so_is_every_tampering_with_a_sealed_draw(one: Tampering, sealed_book: dict[str, bytes]) -> None:
    told, expected = found(one, sealed_book, "T-2023")

    assert told == expected


def test_a_fault_says_what_was_expected_and_what_was_found(book: dict[str, bytes]) -> None:
    forged = Forged(book)
    forged.cell("result/teams.csv", 9, 2, "监督员99")

    line = next(line for line in verify(forged.files).lines if line.holds is False)

    row = forged.table("result/teams.csv")[8]
    before = Forged(book).table("result/teams.csv")[8]
    assert (line.expected, line.found) == (",".join(before), ",".join(row))


# Checkpoints


def test_any_paper_of_the_year_is_a_checkpoint(book: dict[str, bytes]) -> None:
    lines = book["ledger.jsonl"].split(b"\n")
    papers = [f"130129-2023-01#{n}:{sha256(lines[n - 1])}" for n in (2, 7, 40)]

    assert counts(verify(book, papers))["checkpoints"] == 3
    assert verify(book, [f" {papers[0][:30]}\n {papers[0][30:].upper()} "]).holds


@pytest.mark.parametrize(
    ("paper", "where", "why"),
    [
        ("130129-2023-02#2:" + "0" * 64, "ledger.jsonl", "other-draw"),
        ("130129-2023-01#2:" + "0" * 64, "ledger.jsonl:2", "rewritten"),
        ("130129-2023-01#41:" + "0" * 64, "ledger.jsonl:40", "cut"),
        ("130129-2023-01#0:" + "1" * 64, "ledger.jsonl:0", "rewritten"),
        ("130129-2023-01", "130129-2023-01", "checkpoint-form"),
    ],
)
def test_a_checkpoint_that_is_not_this_ledgers_is_told(
    paper: str, where: str, why: str, book: dict[str, bytes]
) -> None:
    check, fault = verify(book, [paper]).first_fault or ("", None)

    assert fault is not None
    assert (check, fault.where, fault.why) == ("checkpoints", where, why)


# What lacks its files is not called sound


def test_without_the_pool_nothing_of_a_draw_is_called_checked(book: dict[str, bytes]) -> None:
    files = {path: content for path, content in book.items() if not path.startswith("pool/")}

    held = {line.check: line.holds for line in verify(files).lines}

    assert held["pool"] is False
    assert held["selection"] is True  # of the voided draw, whose pool is there
    unchecked = {line.check: line.unchecked for line in verify(files).lines}
    assert (unchecked["selection"], unchecked["visits"], unchecked["teams"]) == (132, 113, 113)


def test_an_older_ledger_without_the_rule_is_not_called_within_its_limit(book: dict[str, bytes]) -> None:
    forged = Forged(book)
    forged.edit(7, lambda event: event.update(adjustment=None))

    lines = {line.check: line for line in verify(forged.files).lines}

    assert (lines["limit"].holds, lines["limit"].count, lines["limit"].unchecked) == (None, 0, 2)


def test_a_clock_that_was_set_back_is_a_remark_and_no_fault(book: dict[str, bytes]) -> None:
    forged = Forged(book)
    entries = forged.entries
    for line in (13, 14):
        entries[line - 1]["at"] = "2023-05-01T09:00:00+08:00"
        entries[line - 1]["event"]["on"] = "2023-05-01"
    forged.entries = entries
    forged.rechain()

    verdict = verify(forged.files)

    assert verdict.holds
    assert [(one.code, one.where) for one in verdict.remarks] == [("clock-set-back", "ledger.jsonl:13")]


def test_what_a_crash_had_no_time_to_move_is_found_where_it_lies(book: dict[str, bytes]) -> None:
    forged = Forged(book)
    forged.insert(41, {**forged.event(5), "on": "2023-06-06"})
    forged.files["public/index.html"] = b""

    assert [line.check for line in verify(forged.files).lines if line.holds is False] == []


# A public folder alone


@pytest.fixture
def public(book: dict[str, bytes]) -> dict[str, bytes]:
    return {path.removeprefix("public/"): c for path, c in book.items() if path.startswith("public/")}


def test_a_public_folder_alone_shows_tickets_quotas_and_who_was_drawn(public: dict[str, bytes]) -> None:
    verdict = verify(public, ["130129-2023-01#2:" + "0" * 64])

    assert verdict.holds
    assert (verdict.public, verdict.grade, verdict.draw) == (True, "local", "130129-2023-01")
    held = {line.check: line.holds for line in verdict.lines}
    assert held == {
        "checkpoints": None, "pool": True, "quotas": True, "seed": True, "grade": True, "selection": True,
        "teams": None, "tickets": True, "public": True,
    }  # fmt: skip
    assert counts(verdict)["tickets"] == 1038


def test_where_inspectors_are_public_so_are_teams_and_loads(book: dict[str, bytes]) -> None:
    kept = ("pool/", "result/")
    files = {path: content for path, content in book.items() if path.startswith(kept) and "tasks" not in path}
    computed = Forged(book).event(7)["visits"]
    rows = sorted([visit["visit"], who, ""] for visit in computed for who in visit["team"])
    forged = Forged(files)
    forged.write("result/teams.csv", [["visit", "inspector", "name"], *rows])

    assert counts(verify(forged.files))["teams"] == 2 * 113
    forged.cell("result/teams.csv", 5, 1, "13012900101")
    check, fault = verify(forged.files).first_fault or ("", None)
    assert fault is not None
    assert (check, fault.where, fault.why) == ("teams", "result/teams.csv:5", "team")


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "where"),
    [
        ("result/tickets.csv", ",1,random", ",0,", "tickets", "result/tickets.csv:2"),
        ("result/draw.json", '"seed": "c', '"seed": "d', "seed", "result/draw.json"),
        ("result/draw.json", "seed|13", "seed|14", "seed", "result/draw.json"),
        ("result/draw.json", '"grade": "local"', '"grade": "public"', "grade", "result/draw.json"),
        ("result/draw.json", '"drawn": 26', '"drawn": 27', "selection", "result/draw.json"),
        ("result/draw.json", "{", "[", "results", "result/draw.json"),
        ("pool/subjects.csv", "QH00001", "QH00009", "pool", "pool/subjects.csv"),
        ("pool/SHA256SUMS", "rules", "Rules", "pool", "pool/Rules.json"),
        ("results-1.csv", "未发现问题", "无法联系", "public", "results-1.csv"),
    ],
)
def test_what_is_wrong_in_a_public_folder_is_named(
    path: str, old: str, new: str, check: str, where: str, public: dict[str, bytes]
) -> None:
    assert old.encode() in public[path]
    public[path] = public[path].replace(old.encode(), new.encode(), 1)

    told, fault = verify(public).first_fault or ("", None)

    assert fault is not None
    assert (told, fault.where) == (check, where)


# The command


@pytest.fixture
def ssj_at(ssj: Callable[..., Answer], tmp_path: Path) -> Callable[..., Answer]:
    return lambda *words: ssj(*words, root=tmp_path)


def test_the_plans_own_dossier_is_verified_and_nothing_is_written(ssj: Callable[..., Answer], year: Path) -> None:
    county = County(year, lambda *words: ssj(*words, root=year))
    before = county.files()

    done = county.ssj("verify", "--checkpoint", checkpoint(read(county.dossier)))

    assert (done.code, done.err) == (0, "")
    told = done.out.splitlines()
    assert "相符  台账逐行相连：40 行" in told
    assert "相符  签号：2076 个" in told
    assert told[-2] == "结论：全部相符。"
    assert told[-1].startswith("种子等级 local：本机随机种子")
    assert county.files() == before


def test_without_a_paper_it_says_what_only_a_paper_can_show(ssj: Callable[..., Answer], year: Path) -> None:
    assert "没有给出纸面的校验点" in ssj("verify", root=year).out


def test_programs_get_every_check_with_its_english_name(ssj: Callable[..., Answer], year: Path) -> None:
    told = ssj("verify", "--json", root=year).json

    assert (told["ok"], told["holds"], told["grade"], told["first_fault"]) == (True, True, "local", None)
    assert [one["check"] for one in told["checks"]] == [
        name for name in CHECKS if name not in {"checkpoints", "planned"}
    ]
    assert told["checks"][0] == {
        "check": "chain", "count": 40, "holds": True, "failing": 0, "unchecked": 0,
        "where": "", "why": "", "expected": "", "found": "",
    }  # fmt: skip


def test_the_first_fault_stands_in_the_answer_and_the_exit_code_is_1(
    ssj_at: Callable[..., Answer], year: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "卷宗"
    shutil.copytree(year / "plans" / "2023", copy)
    path = copy / "pool" / "subjects.csv"
    path.write_bytes(path.read_bytes().replace(b"QH00009", b"QH00000"))

    done, told = ssj_at("verify", str(copy)), ssj_at("verify", str(copy), "--json")

    assert (done.code, told.code) == (1, 1)
    assert "不符  定稿名册的文件和摘要：" in done.out
    assert "      pool/subjects.csv：内容改动过" in done.out
    assert "结论：不相符。最先不符的是“定稿名册的文件和摘要”，pool/subjects.csv。" in done.out
    first = told.json["first_fault"]
    assert (first["check"], first["where"], first["why"]) == ("pool", "pool/subjects.csv", "altered")


def zipped(source: Path, target: Path, base: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                file.write(path, f"{base}{path.relative_to(source).as_posix()}")
    return target


@pytest.mark.parametrize("base", ["", "卷宗/2023/"])
def test_a_zip_is_read_wherever_its_ledger_is(
    base: str, ssj_at: Callable[..., Answer], year: Path, tmp_path: Path
) -> None:
    path = zipped(year / "plans" / "2023", tmp_path / "a.zip", base)

    told = ssj_at("verify", str(path), "--json").json

    assert (told["holds"], told["dossier"], told["lines"]) == (True, base, 40)


def test_an_archive_is_checked_against_its_manifest_and_brings_its_checkpoint(
    ssj: Callable[..., Answer], ssj_at: Callable[..., Answer], year: Path, tmp_path: Path
) -> None:
    bag = Path(ssj("archive", "--out", str(tmp_path), "--json", root=year).json["path"])

    told = ssj_at("verify", str(bag), "--json").json

    assert told["holds"]
    assert [(one["check"], one["count"] > 0) for one in told["checks"][:3]] == [
        ("bag", True), ("chain", True), ("checkpoints", True),
    ]  # fmt: skip

    with zipfile.ZipFile(bag) as file:
        files = {name: file.read(name) for name in file.namelist()}
    name = next(name for name in files if name.endswith("rosters/items.yaml"))
    files[name] += b"\n"
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        for each, content in files.items():
            file.writestr(each, content)
    altered = ssj_at("verify", str(tmp_path / "b.zip"), "--json")
    first = altered.json["first_fault"]
    assert (altered.code, first["check"], first["why"]) == (1, "bag", "bag-changed")
    assert first["where"] == "data/rosters/items.yaml"


def test_an_archive_that_was_unpacked_is_read_as_it_lies(
    ssj: Callable[..., Answer], ssj_at: Callable[..., Answer], year: Path, tmp_path: Path
) -> None:
    bag = Path(ssj("archive", "--out", str(tmp_path), "--json", root=year).json["path"])
    with zipfile.ZipFile(bag) as file:
        file.extractall(tmp_path / "open")

    assert ssj_at("verify", str(tmp_path / "open"), "--json").json["lines"] == 40


def test_a_public_folder_is_read_from_the_disk(ssj_at: Callable[..., Answer], year: Path) -> None:
    done = ssj_at("verify", str(year / "plans" / "2023" / "public"))

    assert done.code == 0
    assert done.out.startswith("核对 ")
    assert "只有公示文件夹，没有台账。" in done.out
    assert "相符  签号：1038 个" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "找不到“nowhere”。"),
        (("empty",), "里没有卷宗：没有台账 ledger.jsonl，也没有公示文件夹。"),
        (("two",), "里有 2 个卷宗：a/、b/。"),
        (("two", "--checkpoint", "第三行"), "“第三行”不是校验点。"),
        ((), "没有方案"),
    ],
)
def test_a_wrong_path_is_wrong_use(
    words: tuple[str, ...],
    said: str,
    ssj_at: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for name in "ab":
        (tmp_path / "two" / name).mkdir(parents=True)
        (tmp_path / "two" / name / "ledger.jsonl").write_bytes(b"")

    done = ssj_at("verify", *words)

    assert done.code == 2
    assert said in done.err


def test_of_several_dossiers_the_plan_says_which(ssj_at: Callable[..., Answer], year: Path, tmp_path: Path) -> None:
    for name in ("2022", "2023"):
        shutil.copytree(year / "plans" / "2023", tmp_path / "all" / "plans" / name)

    told = ssj_at("verify", str(tmp_path / "all"), "--plan", "2023.yaml", "--json").json

    assert told["dossier"] == "plans/2023/"


def test_before_anything_is_drawn_there_is_nothing_to_verify(county: County) -> None:
    done = county.ssj("verify")

    assert (done.code, "里没有台账，没有可核对的。" in done.err) == (2, True)


def test_a_zip_that_is_none_cannot_be_read(ssj_at: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no")

    done = ssj_at("verify", str(tmp_path / "a.zip"))

    assert (done.code, "不是 zip 文件，或已损坏" in done.err) == (4, True)


def test_a_bomb_is_not_unpacked(ssj_at: Callable[..., Answer], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ledger.jsonl", b"\0" * (100 << 20))

    done = ssj_at("verify", str(tmp_path / "a.zip"))

    assert (done.code, "与文件大小不相称" in done.err) == (4, True)


# A ledger that cannot have happened stops every command


def test_a_line_that_names_what_there_is_not_is_damage_for_every_command(
    year: Path, ssj_at: Any, tmp_path: Path
) -> None:
    for folder in ("rosters", "templates", "plans"):
        shutil.copytree(year / folder, tmp_path / folder)
    forged = Forged(read(tmp_path / "plans" / "2023"))
    forged.edit(26, lambda event: event.update(task="GGCS/QH99999"))
    (tmp_path / "plans" / "2023" / "ledger.jsonl").write_bytes(forged.files["ledger.jsonl"])

    for words in (("status",), ("deadlines",), ("record", "--task", "GGCS/QH00543", "--set", "备注=x"), ("draw",)):
        done = ssj_at(*words)
        assert done.code == 4, (words, done.err)
        assert "台账第26行不对：它说到的“GGCS/QH99999”，以前的各行里没有。" in done.err
    told = ssj_at("status", "--json").json
    assert (told["error"], told["line"]) == ("ledger-damaged", 26)


# Words


def reasons() -> Iterator[str]:
    """Every stable word that a check can give."""
    for path in sorted(VERIFYING.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in {"wrong", "same", "expect", "Fault"} and len(node.args) > 1:
                    yield from (
                        each.value
                        for each in ast.walk(node.args[1])
                        if isinstance(each, ast.Constant) and isinstance(each.value, str)
                    )


def test_every_check_and_every_fault_has_its_words_and_stands_in_the_docs() -> None:
    known = set(reasons())
    page = (REPOSITORY / "docs" / "verify.md").read_text("utf-8")

    assert len(known) > 80
    assert known - WHY.keys() == set()
    assert set(CHECKS) - WHAT.keys() == set()
    assert [name for name in CHECKS if f"`{name}`" not in page] == []
    assert [why for why in sorted(known) if f"`{why}`" not in page] == []


def test_faults_are_told_without_a_terminals_control_characters(
    ssj_at: Callable[..., Answer], year: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "x"
    shutil.copytree(year / "plans" / "2023", copy)
    text = (copy / "result" / "teams.csv").read_text("utf-8").replace("监督员", "\x1b[2J", 1)
    (copy / "result" / "teams.csv").write_text(text, encoding="utf-8")

    assert "\x1b" not in ssj_at("verify", str(copy)).out


def test_json_is_what_it_says(ssj_at: Callable[..., Answer], year: Path) -> None:
    out = ssj_at("verify", str(year / "plans" / "2023"), "--json").out

    assert json.load(io.StringIO(out))["draw"] == "130129-2023-01"
