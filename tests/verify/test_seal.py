"""``ssj seal``: the pool is frozen once, with what will make the seed; then the draw reads it, whatever changes."""

import hashlib
import json
import stat
import sys

import pytest

from shuangsuiji.core.draw.chance import seed_of
from tests.conftest import INSPECTORS, SUBJECTS, County
from tests.verify.sealing import ANNOUNCED, EVE, KNOWN_ON, NUMBERS, PAPER, PUBLIC, SEALED_ON, SOURCES, announce
from tests.year.returning import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def kinds(county: County) -> list[str]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"]["kind"] for line in lines]


def test_a_sealing_says_digest_sources_and_day_and_freezes_the_pool(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)

    told = county.ssj("seal", "--json").json

    assert told["pool_digest"] == hashlib.sha256((county.dossier / "pool/SHA256SUMS").read_bytes()).hexdigest()
    assert (told["announced"], told["known_on"], told["grade"], told["bits"]) == (
        list(ANNOUNCED),
        "2026-08-30",
        "public",
        48,
    )
    assert told["qr"] == f"ssj1|sealed|T-2023|{told['pool_digest']}|ssq:2026099|dlt:26098|2026-08-30"
    assert kinds(county) == ["sealed"]


def test_the_digest_is_shown_in_groups_and_the_sources_by_name(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)

    told = county.ssj("seal").out

    digest = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8"))["event"]["pool_digest"]
    assert " ".join(digest[at : at + 8] for at in range(0, 32, 8)) in told
    assert "1. ssq:2026099（双色球第2026099期）" in told
    assert "合计约 48 比特，等级 public（公开种子）。" in told
    assert "全部结果 2026-08-30 公布，当天起才能抽取。" in told


def test_a_second_sealing_is_refused_and_shows_the_first(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    first = county.ssj("seal", "--json").json
    before = county.files()
    clock("2026-08-21T09:00")

    second = county.ssj("seal", "--json")

    assert (second.code, second.json["error"]) == (3, "already-sealed")
    assert second.json["pool_digest"] == first["pool_digest"]
    assert "已于 2026-08-20 10:00 由 经办人 封存" in county.ssj("seal").err
    assert county.files() == before


def test_the_draw_takes_the_announced_numbers_and_is_public(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    pool = county.ssj("seal", "--json").json["pool_digest"]
    clock(KNOWN_ON)

    drawn = county.ssj("draw", *SOURCES, "--no-sheets", "--json").json

    assert drawn["seed_line"] == f"ssj1|seed|T-2023|{NUMBERS[0]}|{NUMBERS[1]}"
    assert drawn["seed"] == hashlib.sha256(drawn["seed_line"].encode()).hexdigest()
    assert (drawn["grade"], drawn["pool_digest"]) == ("public", pool)
    assert kinds(county) == ["sealed", "drawn"]


def test_numbers_may_stand_in_a_file(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)
    county.write("结果.txt", "\ufeff# 8月30日\r\n" + "\r\n".join(NUMBERS) + "\r\n\r\n")

    drawn = county.ssj("draw", "--sources", str(county.root / "结果.txt"), "--no-sheets", "--json").json

    assert drawn["sources"] == list(NUMBERS)


def test_rosters_may_change_after_the_sealing_and_even_be_wrong(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    pool = county.ssj("seal", "--json").json["pool_digest"]
    sealed = {name: b for name, b in county.files().items() if "/pool/" in name}
    county.write(
        "rosters/subjects.csv", SUBJECTS.replace("A1,甲宾馆,公共场所", "A1,甲宾馆,没有这个专业") + "坏 号,,,\n"
    )
    county.write("rosters/inspectors.csv", INSPECTORS.replace("P1,监督员01", "P9,监督员09"))
    announce(county, PUBLIC + "total: 99\n")
    clock(KNOWN_ON)

    drawn = county.ssj("draw", *SOURCES, "--json")

    assert drawn.code == 0
    assert drawn.json["pool_digest"] == pool
    assert {name: b for name, b in county.files().items() if "/pool/" in name} == sealed
    assert {one["severity"] for one in drawn.json["problems"]} == {"warning"}
    assert "监督员01" in (county.dossier / "result/teams.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("moment", "words", "code", "said"),
    [
        (EVE, SOURCES, 3, "公布的结果要到 2026-08-30 才齐，现在不能抽取。"),
        (KNOWN_ON, (), 2, "请写出公布的来源和结果"),
        (KNOWN_ON, ("--seed", "lucky"), 3, "已公布用公开种子，不能由人工给定。"),
        (KNOWN_ON, SOURCES[2:] + SOURCES[:2], 3, "第1项公布的是 ssq:2026099（双色球第2026099期），给的是 dlt:26098。"),
        (KNOWN_ON, SOURCES[:2], 3, "缺少第2项 dlt:26098（大乐透第26098期）。"),
        (KNOWN_ON, (*SOURCES, "--source", "pl5:26230:12345"), 3, "多了“pl5:26230:12345”，没有公布过。"),
        (
            KNOWN_ON,
            ("--source", "ssq:2026100:010512182633+09", *SOURCES[2:]),
            3,
            "第1项公布的是 ssq:2026099（双色球第2026099期），给的是 ssq:2026100。",
        ),
        (KNOWN_ON, ("--source", "ssq:2026099:010512182634+17", *SOURCES[2:]), 2, "红球 34 不在 01 到 33 之间。"),
        (KNOWN_ON, ("--source", "ssq:2026099:010512182634+17", *SOURCES[2:]), 2, "蓝球 17 不在 01 到 16 之间。"),
    ],
)
def test_a_draw_otherwise_than_announced_is_refused(
    county: County, clock: Clock, moment: str, words: tuple[str, ...], code: int, said: str
) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    before = county.files()
    clock(moment)

    answer = county.ssj("draw", *words)

    assert answer.code == code
    assert said in answer.err
    assert county.files() == before


def test_a_public_seed_without_a_sealing_is_refused(county: County, clock: Clock) -> None:
    announce(county)
    clock(KNOWN_ON)

    answer = county.ssj("draw", *SOURCES)

    assert answer.code == 3
    assert "先封存名册、公布种子来源，等结果出来再抽取。现在还没有封存。" in answer.err
    assert not county.dossier.exists()


@pytest.mark.parametrize("seed", ["", "seed: {mode: given}\n", PUBLIC.replace("ssq:2026099", "ssq:2026100")])
def test_a_plan_edited_after_the_sealing_does_not_change_the_seed(county: County, clock: Clock, seed: str) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    announce(county, seed)
    clock(KNOWN_ON)

    assert county.ssj("draw").code == 2
    assert county.ssj("draw", "--seed", "lucky").code == 3
    assert county.ssj("draw", *SOURCES, "--no-sheets", "--json").json["sources"] == list(NUMBERS)


def test_sources_are_no_use_to_a_plan_that_did_not_announce_any(county: County, clock: Clock) -> None:
    announce(county, "")
    clock(KNOWN_ON)

    answer = county.ssj("draw", *SOURCES)

    assert answer.code == 3
    assert "方案不是用公开种子（seed 的 mode 不是 public），不能用 --source。" in answer.err


def test_a_pool_sealed_without_sources_gets_no_public_seed_afterwards(county: County, clock: Clock) -> None:
    announce(county, "")
    clock(SEALED_ON)
    county.ssj("seal")
    announce(county)
    clock(KNOWN_ON)

    answer = county.ssj("draw", *SOURCES)

    assert answer.code == 3
    assert "封存时没有公布种子来源。" in answer.err


def test_in_local_mode_a_pool_may_be_sealed_ahead_or_with_the_draw(county: County, clock: Clock) -> None:
    announce(county, "")
    clock(SEALED_ON)
    pool = county.ssj("seal", "--json").json["pool_digest"]
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")

    drawn = county.ssj("draw", "--no-sheets", "--json").json

    assert (drawn["grade"], drawn["pool_digest"]) == ("local", pool)
    county.ssj("draw", "--void", *PAPER)
    assert county.ssj("draw", "--no-sheets", "--json").json["pool_digest"] != pool
    assert kinds(county) == ["sealed", "drawn", "draw-voided", "sealed", "drawn"]


def test_few_outcomes_make_no_public_seed_and_are_told_beforehand(county: County, clock: Clock) -> None:
    announce(county, PUBLIC.replace("dlt:26098", "fc3d:2026225"))
    clock(SEALED_ON)

    check = county.ssj("check")
    sealed = county.ssj("seal", "--json").json
    clock(KNOWN_ON)
    drawn = county.ssj("draw", *SOURCES[:2], "--source", "fc3d:2026225:007", "--no-sheets", "--json").json

    assert "种子来源合计只有约 34 比特，不足 40，等级只能记为 given，不是 public。" in check.err
    assert sealed["grade"] == drawn["grade"] == "given"


def test_a_redraw_after_a_weak_public_seed_is_by_local_chance(county: County, clock: Clock) -> None:
    announce(county, PUBLIC.replace("dlt:26098", "fc3d:2026225"))
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)
    county.ssj("draw", *SOURCES[:2], "--source", "fc3d:2026225:007", "--no-sheets")
    visit, inspector, _ = county.read("result/teams.csv")[0]
    words = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", "亲属")

    typed = county.ssj("adjust", "recuse", *words, "--seed", "lucky")

    assert typed.code == 3
    assert "重新抽取也不能由人工给定：选种子就是选人。" in typed.err
    assert county.ssj("adjust", "recuse", *words).code == 0
    event = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[-1])["event"]
    assert (event["kind"], event["grade"]) == ("redrawn", "local")


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        (
            PUBLIC.replace("2026-08-30", "2026-08-20"),
            "方案的 known_on 是 2026-08-20，要晚于封存的这一天（2026-08-20）。",
        ),
        (PUBLIC.replace("ssq:2026099", "ssq:2026040"), "ssq:2026040（双色球第2026040期）的结果早已公布。"),
        (PUBLIC.replace("ssq:2026099", "drand:27946612"), "drand:27946612（drand第27946612轮）的结果早已公布。"),
    ],
)
def test_what_is_known_when_it_is_announced_is_refused(county: County, clock: Clock, seed: str, said: str) -> None:
    announce(county, seed)
    clock(SEALED_ON)

    answer = county.ssj("seal")

    assert answer.code == 3
    assert said in answer.err
    assert not county.dossier.exists()


def test_numbers_that_a_draw_has_used_cannot_be_announced_again(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)
    county.ssj("draw", *SOURCES, "--no-sheets")
    county.ssj("draw", "--void", *PAPER)
    announce(county, PUBLIC.replace("2026-08-30", "2026-10-30"))

    answer = county.ssj("seal")

    assert answer.code == 3
    assert "ssq:2026099 的结果在 T-2023 的抽取中已经用过。" in answer.err
    assert "dlt:26098 的结果在 T-2023 的抽取中已经用过。" in answer.err


def test_after_a_voided_draw_a_plan_is_sealed_anew_with_new_sources(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)
    county.ssj("draw", *SOURCES, "--no-sheets")
    county.ssj("draw", "--void", *PAPER)
    announce(
        county, PUBLIC.replace("ssq:2026099", "ssq:2026110").replace("dlt:26098", "dlt:26110").replace("08-30", "10-30")
    )

    assert county.ssj("draw", *SOURCES).code == 3
    assert county.ssj("seal").code == 0
    clock("2026-10-30T22:00")
    numbers = ("--source", "ssq:2026110:010512182633+09", "--source", "dlt:26110:0311192735+0208")
    assert county.ssj("draw", *numbers, "--no-sheets", "--json").json["voided_before"] == 1


def test_a_sealing_is_voided_on_paper_and_stays_on_record(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    first = county.ssj("seal", "--json").json["pool_digest"]
    pool = (county.dossier / "pool/subjects.csv").read_bytes()
    for words in ([], ["--reason", "名册有误"], ["--document", "1号"], ["--reason", " ", "--document", "1号"]):
        assert county.ssj("seal", "--void", *words).code == 2

    void = county.ssj("seal", "--void", *PAPER, "--json").json

    assert (void["voided"], void["kept"]) == (1, "plans/2023/voided/S1")
    assert (county.dossier / "voided/S1/pool/subjects.csv").read_bytes() == pool
    assert not (county.dossier / "pool").exists()
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")
    again = county.ssj("seal", "--json").json
    assert again["pool_digest"] != first
    assert again["changes"]["against"] == "2023/voided/S1"
    assert kinds(county) == ["sealed", "seal-voided", "sealed"]
    assert "此前作废封存 1 次。" in county.ssj("status").out


@pytest.mark.parametrize("moment", [KNOWN_ON, "2026-09-30T10:00"])
def test_once_the_seed_may_be_known_no_sealing_is_voided_or_made_again(
    county: County, clock: Clock, moment: str
) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    before = county.files()
    clock(moment)

    answer = county.ssj("seal", "--void", *PAPER)

    assert answer.code == 3
    assert "公布的种子来源已于 2026-08-30 出结果，封存不能再作废：否则可以看了结果再换名册。" in answer.err
    assert county.ssj("seal").code == 3
    assert county.files() == before


def test_there_must_be_something_to_void(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    assert "本方案没有封存，没有可作废的。" in county.ssj("seal", "--void", *PAPER).err
    county.ssj("seal")
    clock(KNOWN_ON)
    county.ssj("draw", *SOURCES, "--no-sheets")

    answer = county.ssj("seal", "--void", *PAPER)

    assert answer.code == 3
    assert "本方案已经抽取，不能只作废封存。" in answer.err
    assert county.ssj("seal").code == 3


def test_changes_against_the_last_sealed_pool_are_counted_and_listed(county: County, clock: Clock) -> None:
    announce(county, "")
    clock("2026-04-01T10:00")
    county.ssj("draw", "--seed", "1", "--no-sheets")
    roster = SUBJECTS.replace("A1,", "A9,").replace("丙宾馆", "丙酒店").replace("A4,丁宾馆,公共场所,西\n", "")
    county.write("rosters/subjects.csv", roster.replace("；公共场所", "") + "A6,戊宾馆,公共场所,东\n")
    announce(county, PUBLIC + "frequency:\n", plan="2026")
    county.write("plans/2026.yaml", (county.root / "plans/2026.yaml").read_text("utf-8").replace("T-2023", "T-2026"))
    clock(SEALED_ON)

    told = county.ssj("seal", "--plan", "2026", "--json").json["changes"]

    listed = (county.root / "plans/2026/pool-changes.csv").read_bytes()
    assert told == {
        "against": "2023",
        "sha256": hashlib.sha256(listed).hexdigest(),
        "added": 1,
        "removed": 1,
        "reclassified": 1,
        "renamed": 1,
        "renumbered": 1,
    }
    assert listed.decode().splitlines() == [
        "change,subject,name,strata,before",
        "added,A6,戊宾馆,GGCS,",
        "removed,A4,丁宾馆,GGCS,",
        "reclassified,B2,二小,XXWS,GGCS;XXWS",
        "renamed,A3,丙酒店,GGCS,丙宾馆",
        "renumbered,A9,甲宾馆,GGCS,A1",
    ]


def test_a_copied_plan_cannot_be_sealed_under_the_same_id(county: County, clock: Clock) -> None:
    announce(county)
    announce(county, plan="2023b")
    clock(SEALED_ON)
    county.ssj("seal", "--plan", "2023")

    answer = county.ssj("seal", "--plan", "2023b")

    assert answer.code == 1
    assert "抽取编号 T-2023 已用于 plans/2023 的抽取。" in answer.err


def test_another_draw_id_than_the_sealed_one_is_refused(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    county.write("plans/2023.yaml", (county.root / "plans/2023.yaml").read_text("utf-8").replace("T-2023", "T-2024"))
    clock(KNOWN_ON)

    answer = county.ssj("draw", *SOURCES)

    assert answer.code == 3
    assert "方案的抽取编号改成了 T-2024，封存的是 T-2023。" in answer.err


@pytest.mark.parametrize("cut", ["emptied", "removed"])
def test_a_ledger_cut_after_publishing_cannot_be_sealed_again(county: County, clock: Clock, cut: str) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    assert county.ssj("publish", "plan").code == 0
    ledger = county.dossier / "ledger.jsonl"
    ledger.write_bytes(b"") if cut == "emptied" else ledger.unlink()
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")

    answer = county.ssj("seal")

    assert answer.code == 4
    assert "里有公示或抽取的文件，台账却没有记载：台账被删改过。" in answer.err


def test_a_draw_whose_sealing_nobody_could_know_of_says_so(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)

    answer = county.ssj("draw", *SOURCES, "--no-sheets")

    assert answer.code == 0
    assert "没有在结果公布以前公示（ssj publish plan），也没有时间戳：外人无从知道封存在先。" in answer.err


def test_a_draw_whose_sealing_was_published_in_time_says_nothing(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    county.ssj("publish", "plan")
    clock(KNOWN_ON)

    assert county.ssj("draw", *SOURCES, "--no-sheets").err == ""


def test_status_leads_through_the_ceremony(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)

    def step() -> str:
        return str(county.ssj("status", "--json").json["plans"][0]["next"]["step"])

    steps = [step()]
    county.ssj("seal")
    steps.append(step())
    county.ssj("publish", "plan")
    steps.append(step())
    assert "等 2026-08-30 结果公布，当天起抽取" in county.ssj("status").out
    clock(KNOWN_ON)
    steps.append(step())
    assert "等结果的来源：ssq:2026099、dlt:26098。" in county.ssj("status").out
    county.ssj("draw", *SOURCES)
    steps.append(step())

    assert steps == ["seal", "announce", "wait", "draw-sealed", "issue"]


def test_a_natural_persons_name_is_sealed_as_the_public_may_read_it(county: County, clock: Clock) -> None:
    county.write("rosters/subjects.csv", SUBJECTS + "A5,张三,公共场所,东\nA6,李四（个体）,公共场所,东\n")
    announce(county, "frequency:\nstrata:\n".replace("strata:\n", "") + "")
    county.write("plans/2023.yaml", (county.root / "plans/2023.yaml").read_text("utf-8").replace("50%", "100%"))
    clock(SEALED_ON)

    county.ssj("draw", "--seed", "1")

    pool = (county.dossier / "pool/subjects.csv").read_text("utf-8")
    assert "GGCS,A5,张某,东,0," in pool
    assert "GGCS,A6,李某（个体）,东,0," in pool
    assert "张三" not in (county.dossier / "result/tickets.csv").read_text("utf-8")
    county.ssj("publish", "draw")
    published = (county.dossier / "public/draw-1.html").read_text("utf-8")
    assert "张某" in published
    assert "张三" not in published


def test_the_options_of_sealing_do_not_go_together(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)

    for words in (
        ("--void", "--reveal"),
        ("--reason", "x"),
        ("--timestamp", "x.tsr"),
        ("--certificate", "x.pem"),
        ("--of", "pool"),
        ("--request", "x.tsq", "--of", "poll"),
    ):
        assert county.ssj("seal", *words).code == 2, words
    assert county.ssj("draw", *SOURCES, "--sources", "x").code == 2
    assert not county.dossier.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_key_is_its_owners_alone(county: County, clock: Clock) -> None:
    announce(county, PUBLIC.replace("}", ", sealed: true}"))
    clock(SEALED_ON)

    county.ssj("seal")

    assert stat.S_IMODE((county.dossier / "sealed.key").stat().st_mode) == 0o600


def test_the_seed_of_a_public_draw_is_that_of_the_protocol(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    clock(KNOWN_ON)

    told = county.ssj("draw", *SOURCES, "--no-sheets", "--json").json

    assert told["seed"] == seed_of("T-2023", NUMBERS).digest
