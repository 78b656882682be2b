"""Ways to steer a draw, and what stops or exposes each."""

import json

import pytest

from tests.conftest import SUBJECTS, County


def drawn_ids(county: County) -> set[str]:
    return {row[1] for row in county.read("result/tickets.csv") if row[4] == "1"}


def test_a_copied_plan_is_not_a_second_draw_of_the_same_id(county: County) -> None:
    county.plan(more="frequency:\n")
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.write("plans/2023b.yaml", (county.root / "plans/2023.yaml").read_bytes())

    answer = county.ssj("draw", "--plan", "2023b", "--seed", "2")

    assert answer.code == 1
    assert "plans/2023b.yaml，第1行：抽取编号 T-2023 已用于 plans/2023 的抽取。" in answer.err


@pytest.mark.parametrize("cut", ["last line", "all lines", "the file"])
def test_a_cut_ledger_is_refused_while_results_are_there(county: County, cut: str) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    ledger = county.dossier / "ledger.jsonl"
    match cut:
        case "last line":
            ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
        case "all lines":
            ledger.write_bytes(b"")
        case _:
            ledger.unlink()
    before = county.files()

    answer = county.ssj("draw", "--seed", "2")

    assert answer.code == 4
    assert "里有抽取结果，台账却没有这次抽取：台账被删改过。" in answer.err
    assert county.files() == before


def test_a_forged_result_in_the_last_line_is_found_before_papers_are_made_from_it(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    sealed, last = (county.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    taken = next(s for s in ("A1", "A2", "A3", "A4") if s in drawn_ids(county))
    other = next(s for s in ("A1", "A2", "A3", "A4") if s not in drawn_ids(county))
    forged = last.replace(f'"{taken}"'.encode(), f'"{other}"'.encode())
    (county.dossier / "ledger.jsonl").write_bytes(sealed + forged)
    (county.dossier / "result" / "tasks.csv").unlink()

    answer = county.ssj("draw")

    assert answer.code == 4
    assert "台账第2行的抽取结果与定稿名册和种子算出来的不符，台账被改动过。" in answer.err


def test_a_single_deleted_sheet_or_result_is_made_again(county: County) -> None:
    county.ssj("draw", "--seed", "1")
    before = county.files()
    next((county.dossier / "sheets").glob("任务单_P1*")).unlink()
    (county.dossier / "result" / "tickets.csv").unlink()

    assert county.ssj("draw").code == 3

    assert county.files() == before


def test_sheets_are_not_remade_under_another_draw_id(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.plan(("draw: T-2023", "draw: T-2024"))

    answer = county.ssj("draw")

    assert answer.code == 3
    assert "方案的抽取编号改成了 T-2024，台账里是 T-2023。" in answer.err


def test_a_roster_changed_after_sealing_is_told(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    lines = (county.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (county.dossier / "ledger.jsonl").write_bytes(lines[0])
    for path in (county.dossier / "result").iterdir():
        path.unlink()
    (county.dossier / "result").rmdir()
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")

    answer = county.ssj("draw", "--seed", "1", "--no-sheets")

    assert answer.code == 0
    assert "rosters/subjects.csv：封存名册之后有改动；抽取用的是封存的定稿名册，不受影响。" in answer.err


def test_already_drawn_lists_work_by_credit_code_and_refuse_unknown_ids(county: County) -> None:
    rows = SUBJECTS.replace("区域\n", "区域,统一社会信用代码\n").replace(
        "甲宾馆,公共场所,东", "甲宾馆,公共场所,东,91350100M000100Y43"
    )
    county.write("rosters/subjects.csv", rows)
    county.write("省抽.csv", "统一社会信用代码,原因\n91350100M000100Y43,省级专项\n")
    county.plan(more="frequency: {per_year: 1, already: 省抽.csv}\n")
    assert {r["stratum"]: r["population"] for r in county.ssj("check", "--json").json["strata"]}["GGCS"] == 4

    county.write("省抽.csv", "对象编号\nA9\n")

    answer = county.ssj("draw")
    assert answer.code == 1
    assert "省抽.csv，第2行，“对象编号”列（A列）：对象编号“A9”不在检查对象名录库里。" in answer.err


def test_check_says_that_a_plan_is_drawn_and_what_changed_since(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.write(
        "rosters/subjects.csv",
        SUBJECTS.replace("A1,甲宾馆,公共场所", "A1,甲宾馆,学校卫生").replace("乙宾馆", "乙酒店")
        + "Z9,新宾馆,公共场所,东\n",
    )

    answer = county.ssj("check")
    told = county.ssj("check", "--json").json

    assert "本方案已经抽取过" in answer.err
    assert "新增 1 家，减少 0 家，调整抽查层 1 家，改名 1 家。" in answer.out
    assert told["since_last_pool"] == {
        "against": "2023",
        "added": ["Z9"],
        "removed": [],
        "reclassified": ["A1"],
        "renamed": ["A2"],
        "renumbered": [],
    }


def test_a_draw_whose_papers_fail_is_told_as_done(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", "sheets")

    monkeypatch.setattr("shuangsuiji.actions.papers.write_sheets", full)

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 4
    assert answer.err.count("没有做完  已抽取并记入台账第2行，但结果文件或任务单没有写成") == 1
    assert "不会重新抽取" in answer.err
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["event"]["kind"] for line in lines] == ["sealed", "drawn"]


@pytest.mark.parametrize("word", ["x\x1b[31m", "x\n", "x\udcff"])
def test_a_word_that_nobody_can_see_is_refused(county: County, word: str) -> None:
    answer = county.ssj("draw", "--by", word)

    assert answer.code == 2
    assert not county.dossier.exists()


def test_usage_faults_are_json_too_when_asked_for(county: County) -> None:
    answer = county.ssj("draw", "--json", "--bad")

    assert (answer.code, answer.json) == (2, {"ok": False, "error": "usage", "message": "没有“--bad”这个选项。"})


def test_an_unreadable_place_is_a_sentence(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "rosters")

    monkeypatch.setattr("shuangsuiji.actions.check.gather", locked)

    answer = county.ssj("check")

    assert (answer.code, answer.err) == (4, "读写“rosters”时出错：没有权限。请检查磁盘和权限，再运行一次。\n")


def test_a_blank_seed_is_refused(county: County) -> None:
    answer = county.ssj("draw", "--seed", "")

    assert answer.code == 2
    assert not county.dossier.exists()


def test_a_plan_turned_public_after_the_draw_lets_nobody_type_the_seed_of_a_redraw(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.plan(more="seed: {mode: public, sources: [ssq:2023050], known_on: 2023-05-20}\n")
    visit, inspector, _ = county.read("result/teams.csv")[0]
    words = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", "亲属")

    answer = county.ssj("adjust", "recuse", *words, "--seed", "lucky")

    assert answer.code == 3
    assert "种子记录的是“本机随机（local）”，方案现在是“公开种子（public）”" in answer.err
    assert len((county.dossier / "ledger.jsonl").read_bytes().splitlines()) == 2


def test_a_published_penalty_counts_as_published(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    task = county.read("result/tasks.csv")[0][0]
    today = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[1])["event"]["on"]
    told = county.ssj(
        *("record", "--task", task, "--check-ended", f"{today}T00:00", "--outcome", "行政处罚", "--json"),
        *("--set", f"处罚决定日期={today}", "--set", "处罚决定书文号=1号", "--set", "罚款金额（元）=100"),
        *("--set", f"penalty_published={today}"),
    )

    assert told.code == 0, told.out
    assert county.ssj("status", "--json").json["plans"][0]["published"] == 1


@pytest.mark.parametrize("words", [("workdays", "9999-12-31", "5"), ("deadlines", "--as-of", "9999-12-31")])
def test_a_date_at_the_end_of_time_is_a_sentence(county: County, words: tuple[str, ...]) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")

    answer = county.ssj(*words)

    assert answer.code in {2, 3}
    assert "Traceback" not in answer.err
    assert answer.err
