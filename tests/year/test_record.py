"""Results come back in the workbooks that the draw sent out. T-2023 with seed 1: A1 → P1 P4, A3 → P1 P2, A2 → P2 P3, B1 → P3 P4."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.sheets.form import SHEET
from tests.conftest import County
from tests.year.returning import (
    COLUMN,
    CORRECTION,
    FINE,
    GONE,
    HEADINGS,
    PENALTY,
    Clock,
    fill,
    sheet_of,
    tasks_in,
)

RACE = "import sys; from shuangsuiji.cli.main import main; main(['record', '-C', sys.argv[1], 'back'])"
A1, A2, A3, B1 = "GGCS/A1", "GGCS/A2", "GGCS/A3", "XXWS/B1"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def drawn(county: County, clock: Clock) -> County:
    """The small county, drawn on 4 May; now it is 20 May, ten o'clock."""
    clock("2023-05-04T09:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock("2023-05-20T10:00")
    return county


def back(county: County, inspector: str, rows: Mapping[str, Mapping[str, object]], name: str = "") -> Path:
    return fill(sheet_of(county, inspector), county.root / "back" / f"{name or inspector}.xlsx", rows)


def events(county: County) -> list[dict[str, Any]]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines][2:]


def state(county: County) -> State:
    return fold(read_ledger(county.dossier).happened)


def values(county: County) -> dict[str, dict[str, str]]:
    return {name: dict(task.values) for name, task in state(county).tasks.items() if task.values}


def statuses(county: County) -> dict[str, str]:
    return {row[0]: row[-1] for row in county.read("result/tasks.csv")}


def test_the_forms_of_the_draw_hold_the_tasks_of_each_inspector(drawn: County) -> None:
    assert [tasks_in(sheet_of(drawn, f"P{n}")) for n in (1, 2, 3, 4)] == [[A1, A3], [A3, A2], [A2, B1], [A1, B1]]


def test_a_returned_workbook_becomes_one_event_per_task_with_its_file(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE, A3: PENALTY})

    answer = drawn.ssj("record", str(drawn.root / "back" / "P1.xlsx"), "--json")

    assert (answer.code, answer.json["recorded"], answer.json["events"]) == (0, [A1, A3], 2)
    one, other = events(drawn)
    assert one["values"] == {"check_ended": "2023-05-09T14:30", "outcome": "NO_PROBLEM_FOUND"}
    assert (one["inspector"], one["file"], one["on"], one["replaced"]) == ("P1", "P1.xlsx", "2023-05-20", {})
    assert other["values"] == {
        "check_ended": "2023-05-11T16:00",
        "outcome": "PENALISED",
        "case_filed_on": "2023-05-12",
        "case_no": "测卫立〔2023〕1号",
        "penalty_decided_on": "2023-05-18",
        "penalty_no": "测卫罚〔2023〕1号",
        "fine": "2000",
    }


def test_all_four_outcomes_of_a_folder_are_recorded_and_the_result_file_follows(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE, A3: PENALTY})
    back(drawn, "P3", {A2: CORRECTION, B1: GONE}, "下级/P3")

    answer = drawn.ssj("record", str(drawn.root / "back"))

    assert answer.code == 0
    assert answer.out.startswith("读入任务单 2 份。\n任务：首次录入 4 项。\n已记入台账，共 6 行。\n")
    assert "全部 4 项任务：已完成 4 项，设置为完结 0 项，还差 0 项。\n下一步：ssj deadlines" in answer.out
    assert statuses(drawn) == {A1: "done", A3: "done", A2: "done", B1: "done"}


def test_the_screen_says_who_still_owes_what(drawn: County) -> None:
    sampled = {**FINE, "sampled": "是"}
    back(drawn, "P1", {A1: sampled})

    answer = drawn.ssj("record", str(drawn.root / "back"))

    assert "监督员01：1 项没有结果，1 项等检测报告\n" in answer.out
    assert "监督员04：1 项没有结果，1 项等检测报告\n" in answer.out
    assert "监督员03：2 项没有结果\n" in answer.out
    told = drawn.ssj("record", str(drawn.root / "back"), "--json").json
    assert told["missing"][0] == {"inspector": "P1", "name": "监督员01", "results": [A3], "reports": [A1]}


def test_recording_the_same_sheet_twice_changes_nothing(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE, A3: PENALTY})
    drawn.ssj("record", str(drawn.root / "back"))
    before = drawn.files()

    again = drawn.ssj("record", str(drawn.root / "back"))

    assert again.code == 0
    assert "任务：没有新内容 2 项。\n没有新内容，台账没有改动。\n" in again.out
    assert drawn.files() == before


def test_an_empty_form_is_read_and_records_nothing(drawn: County) -> None:
    before = drawn.files()

    answer = drawn.ssj("record", str(sheet_of(drawn, "P1")), "--json")

    assert (answer.code, answer.json["events"], answer.json["files"]) == (0, 0, 1)
    assert drawn.files() == before


def test_blank_cells_erase_nothing_and_new_cells_are_added(drawn: County) -> None:
    back(drawn, "P3", {A2: CORRECTION})
    drawn.ssj("record", str(drawn.root / "back"))
    back(
        drawn, "P3", {A2: {"followed_up_on": datetime.fromisoformat("2023-05-19T00:00"), "follow_up_result": "已改正"}}
    )

    answer = drawn.ssj("record", str(drawn.root / "back"), "--json")

    assert (answer.code, answer.json["added"], answer.json["corrected"]) == (0, [A2], [])
    assert values(drawn)[A2]["correct_by"] == "2023-05-24"
    assert events(drawn)[1]["values"] == {"followed_up_on": "2023-05-19", "follow_up_result": "corrected"}


def test_a_correction_is_a_new_event_that_keeps_the_old_value(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    drawn.ssj("record", str(drawn.root / "back"))
    back(drawn, "P1", {A1: CORRECTION})

    answer = drawn.ssj("record", str(drawn.root / "back"))

    assert answer.code == 0
    assert "  更正 GGCS/A1 的“抽查结果”：未发现问题 → 发现问题已责令改正\n" in answer.out
    assert "  更正 GGCS/A1 的“检查结束时间”：2023-05-09 14:30 → 2023-05-10 09:05\n" in answer.out
    assert events(drawn)[1]["replaced"] == {"check_ended": "2023-05-09T14:30", "outcome": "NO_PROBLEM_FOUND"}


def test_an_old_workbook_read_again_does_not_undo_a_correction(drawn: County) -> None:
    first = back(drawn, "P1", {A1: FINE}, "first")
    drawn.ssj("record", str(first))
    partner = back(drawn, "P4", {A1: FINE}, "partner")
    drawn.ssj("record", str(partner))
    back(drawn, "P1", {A1: CORRECTION}, "second")
    drawn.ssj("record", str(drawn.root / "back" / "second.xlsx"))
    before = values(drawn)

    same = drawn.ssj("record", str(first))
    other = drawn.ssj("record", str(partner), "--json")

    assert (same.code, same.err) == (0, "")
    assert other.code == 0
    assert {(p["severity"], p["code"]) for p in other.json["problems"]} == {("warning", "corrected-since")}
    assert other.json["problems"][1]["what"] == (
        "“未发现问题”是更正以前的内容，台账里已更正为“发现问题已责令改正”，这一格没有录入。"
    )
    assert values(drawn) == before


def test_partners_who_return_the_same_are_recorded_once(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    back(drawn, "P4", {A1: {**FINE, "note": "甲店老板在场"}})

    answer = drawn.ssj("record", str(drawn.root / "back"), "--json")

    assert (answer.code, answer.json["recorded"]) == (0, [A1])
    assert [(event["inspector"], event["values"].get("note")) for event in events(drawn)] == [
        ("P1", None),
        ("P4", "甲店老板在场"),
    ]


def test_partners_who_differ_have_to_agree_first(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    back(drawn, "P4", {A1: CORRECTION})
    before = drawn.files()

    answer = drawn.ssj("record", str(drawn.root / "back"))

    assert answer.code == 1
    assert (
        "错误  back/P4.xlsx，工作表“结果回填”，第5行，“抽查结果”列（E列）：这里填的是“发现问题已责令改正”，"
        "“back/P1.xlsx第5行”填的是“未发现问题”，两份不一致。请检查组核对，改正其中一份。\n"
    ) in answer.err
    assert drawn.files() == before


def test_all_problems_of_all_files_are_told_at_once_and_nothing_is_written(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE, A3: {"outcome": "好"}})
    back(drawn, "P3", {A2: {**FINE, "fine": -1}, B1: {**GONE, "reason": None}})
    before = drawn.files()

    answer = drawn.ssj("record", str(drawn.root / "back"), "--json")

    assert answer.code == 1
    assert [(p["code"], p["file"], p["row"], p["column"], p["letter"]) for p in answer.json["problems"]] == [
        ("bad-choice", "back/P1.xlsx", 6, "抽查结果", "E"),
        ("negative-money", "back/P3.xlsx", 5, "罚款金额（元）", "S"),
        ("missing", "back/P3.xlsx", 6, "结果细类", "F"),
    ]
    assert drawn.files() == before


def test_folders_are_read_without_lock_files_task_lists_and_superseded_sheets(drawn: County) -> None:
    good = back(drawn, "P1", {A1: FINE}, "甲/P1")
    (good.parent / "~$P1.xlsx").write_bytes(b"lock")
    (good.parent / "作废").mkdir()
    shutil.copy(back(drawn, "P1", {A1: CORRECTION}, "甲/作废/P1"), good.parent / "作废" / "P1_2.xlsx")
    shutil.copy(drawn.dossier / "sheets" / "任务清单.xlsx", good.parent)

    answer = drawn.ssj("record", str(drawn.root / "back"), "--json")

    assert (answer.code, answer.json["files"], answer.json["recorded"]) == (0, 1, [A1])


def test_what_is_filled_in_on_a_superseded_sheet_is_not_recorded_and_not_lost_in_silence(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    blank, filled = (back(drawn, who, {A2: FINE} if who == "P2" else {}, f"作废/{who}_已作废") for who in ("P1", "P2"))

    answer = drawn.ssj("record", "back")

    assert answer.code == 0
    assert answer.err == (
        "提醒  back/作废/P2_已作废.xlsx：这份已作废的任务单填了还没有录入的内容（GGCS/A2），没有读入。"
        "确是退出以前所做检查的，请单独录入：ssj record 这个文件；其余的由现在的检查组用新的任务单填报。\n"
    )
    assert blank.exists()
    assert [event["task"] for event in events(drawn)] == [A1]
    assert drawn.ssj("record", str(filled)).code == 0
    assert drawn.ssj("record", "back").err == ""


def test_a_superseded_sheet_that_says_what_is_recorded_in_the_same_breath_is_no_matter(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    back(drawn, "P4", {A1: FINE}, "作废/P4_已作废")

    assert drawn.ssj("record", "back").err == ""


def unrelated(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("值班表").write_row(0, 0, ["姓名", "日期"])
    return path


def test_workbooks_of_a_folder_that_are_not_ours_are_passed_over_and_named(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})
    unrelated(drawn.root / "back" / "值班表.xlsx")

    answer = drawn.ssj("record", "back")

    assert answer.code == 0
    assert answer.err == "提醒  back/值班表.xlsx：不是 ssj 发出的任务单，没有读。\n"
    assert "读入任务单 1 份。\n任务：首次录入 1 项。" in answer.out


def test_a_workbook_that_was_named_or_is_alone_in_its_folder_has_to_be_ours(drawn: County) -> None:
    other = unrelated(drawn.root / "back" / "值班表.xlsx")
    before = drawn.files()

    for words in (["back"], [str(other)], ["back", str(other)]):
        answer = drawn.ssj("record", *words)
        assert (answer.code, answer.err.startswith("错误  back/值班表.xlsx：")) == (1, True)
    back(drawn, "P1", {A1: FINE})
    assert drawn.ssj("record", "back", str(other)).code == 1
    (drawn.root / "back" / "P1.xlsx").unlink()
    assert drawn.files() == before


@pytest.mark.parametrize("damage", ["cut", "sheet"])
def test_a_damaged_workbook_of_a_folder_stops_though_others_are_passed_over(drawn: County, damage: str) -> None:
    back(drawn, "P1", {A1: FINE})
    unrelated(drawn.root / "back" / "值班表.xlsx")
    bad = back(drawn, "P3", {B1: FINE})
    if damage == "cut":
        bad.write_bytes(bad.read_bytes()[:900])
    else:
        book = openpyxl.load_workbook(bad)
        del book[SHEET]
        book.save(bad)
    before = drawn.files()

    answer = drawn.ssj("record", "back", "--json")

    assert answer.code == 1
    assert [(p["severity"], p["file"]) for p in answer.json["problems"]] == [
        ("error", "back/P3.xlsx"),
        ("warning", "back/值班表.xlsx"),
    ]
    assert drawn.files() == before


def test_paths_are_looked_for_here_and_in_the_workspace_and_none_is_read_twice(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE})

    answer = drawn.ssj("record", "back", "back/P1.xlsx", str(drawn.root / "back" / "P1.xlsx"), "--json")

    assert (answer.code, answer.json["files"], answer.json["events"]) == (0, 1, 1)


def test_a_sheet_of_a_voided_draw_is_refused(drawn: County) -> None:
    old = back(drawn, "P1", {A1: FINE})
    drawn.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    drawn.ssj("draw", "--seed", "1")
    before = drawn.files()

    answer = drawn.ssj("record", str(old))

    assert answer.code == 1
    assert "错误  back/P1.xlsx：这份任务单属于已作废的抽取。请用现在的任务单填报，移出这个文件。\n" in answer.err
    assert drawn.files() == before


def test_what_was_recorded_before_a_void_does_not_count_for_the_new_draw(drawn: County) -> None:
    drawn.ssj("record", str(back(drawn, "P1", {A1: CORRECTION}, "old")))
    drawn.ssj("record", str(back(drawn, "P1", {A1: {"problems": "别的问题"}}, "older")))
    drawn.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    drawn.ssj("draw", "--seed", "1")

    answer = drawn.ssj("record", str(back(drawn, "P1", {A1: {**CORRECTION, "check_ended": "2023-5-20 9:00"}}, "new")))

    assert answer.code == 1  # ordered on 10 May, before the new draw's visit
    assert "“责令改正日期”（2023-05-10）早于“检查结束时间”（2023-05-20 09:00）。" in answer.err
    today = {"check_ended": "2023-5-20 9:00", "correction_ordered_on": "2023-5-20"}
    again = drawn.ssj("record", str(back(drawn, "P1", {A1: {**CORRECTION, **today}}, "new")), "--json")
    assert (again.code, again.json["recorded"], again.json["problems"]) == (0, [A1], [])


def test_whoever_was_replaced_can_no_longer_return_the_task(drawn: County, clock: Clock) -> None:
    old = back(drawn, "P1", {A1: FINE, A3: FINE})
    late = back(drawn, "P1", {A1: {**FINE, "check_ended": "2023-5-20 10:00"}}, "late")
    asked = ("--visit", "A1", "--inspector", "P1", "--asked-by", "inspector", "--reason", "亲属开店", "--seed", "7")
    assert drawn.ssj("adjust", "recuse", *asked).code == 0
    joined = next(c["joins"] for e in events(drawn) if e["kind"] == "redrawn" for c in e["changes"])
    clock("2023-05-21T10:00")
    before = drawn.files()

    refused = drawn.ssj("record", str(late))

    assert refused.code == 1
    assert (
        "第5行：这份任务单已被替换：监督员01（P1）自 2023-05-20 起不再承担任务 GGCS/A1，"
        f"改由监督员0{joined[1]}（{joined}）承担。请清除这一行的内容，由现在的检查组用新的任务单填报。\n"
    ) in refused.err
    assert drawn.files() == before
    accepted = drawn.ssj("record", str(old))
    assert accepted.code == 0
    assert "监督员01（P1）已于 2023-05-20 退出任务 GGCS/A1 的检查组，按退出以前所做的检查录入。请核对。" in accepted.err
    assert statuses(drawn)[A3] == "done"


def test_a_closed_task_takes_no_more_results(drawn: County) -> None:
    file = back(drawn, "P1", {A1: FINE, A3: FINE})
    closing = (
        "--task",
        A1,
        "--why",
        "duplicate",
        "--reason",
        "重卡",
        "--document",
        "省监督〔2023〕8号",
        "--on",
        "2023-05-20",
    )
    assert drawn.ssj("adjust", "void", *closing).code == 0

    answer = drawn.ssj("record", str(file))

    assert answer.code == 1
    assert "第5行：任务 GGCS/A1 已设置为完结（省监督〔2023〕8号），不能再录入。请清除这一行的内容。" in answer.err
    assert A3 not in values(drawn)


def test_correcting_what_is_published_warns(drawn: County) -> None:
    drawn.ssj("record", str(back(drawn, "P1", {A1: FINE})))
    drawn.ssj("record", "--task", A1, "--set", "结果公示日期=2023-05-19")

    answer = drawn.ssj("record", str(back(drawn, "P1", {A1: CORRECTION}, "later")))

    assert answer.code == 0
    assert "任务 GGCS/A1 的结果已于 2023-05-19 公示，现在作了更正。请把更正后的结果重新公示。" in answer.err


def test_result_files_that_a_crash_left_behind_are_made_good_by_the_next_recording(drawn: County) -> None:
    stale = (drawn.dossier / "result" / "tasks.csv").read_bytes()
    back(drawn, "P1", {A1: FINE})
    drawn.ssj("record", "back")
    fresh = (drawn.dossier / "result" / "tasks.csv").read_bytes()
    (drawn.dossier / "result" / "tasks.csv").write_bytes(stale)

    assert drawn.ssj("record", "back").code == 0
    assert (drawn.dossier / "result" / "tasks.csv").read_bytes() == fresh
    shutil.rmtree(drawn.dossier / "result")
    assert drawn.ssj("record", "back").code == 0
    assert (drawn.dossier / "result" / "tasks.csv").read_bytes() == fresh


def test_hostile_cells_are_stored_as_they_are_or_cut_with_a_warning(drawn: County) -> None:
    hostile = '=HYPERLINK("http://evil.example","点我")'
    path = back(
        drawn, "P1", {A1: {**FINE, "note": "\u202e😀 @SUM(A1)\n第二行"}, A3: {**FINE, "problems": "长" * 32_000}}
    )
    book = openpyxl.load_workbook(path)
    cell = book[SHEET].cell(HEADINGS + 1, COLUMN["problems"])
    cell.value, cell.data_type = hostile, "s"
    book.save(path)

    answer = drawn.ssj("record", str(path))

    assert answer.code == 0
    assert "第6行，“存在的主要问题”列（G列）：文字有 32000 个字，只保留前 4000 个字。请精简。\n" in answer.err
    recorded = values(drawn)
    assert (recorded[A1]["problems"], recorded[A1]["note"]) == (hostile, "😀 @SUM(A1)\n第二行")
    assert len(recorded[A3]["problems"]) == 4000


def test_a_received_list_is_returned_and_recorded_the_same_way(drawn: County) -> None:
    rows = "抽查任务,被监督单位,对象编号,执法证号\n公共场所,丁宾馆,A4,P1、P2\n"
    drawn.write("list.csv", rows)
    paper = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-05-05")
    assert drawn.ssj("receive", str(drawn.root / "list.csv"), *paper).code == 0
    sheet = next((drawn.dossier / "received" / "R1" / "sheets").glob("任务单_P1_*.xlsx"))
    early = fill(sheet, drawn.root / "back" / "early.xlsx", {"R1/GGCS/A4": {**FINE, "check_ended": "2023-5-4 9:00"}})

    refused = drawn.ssj("record", str(early))
    accepted = drawn.ssj("record", str(fill(sheet, early, {"R1/GGCS/A4": FINE})))

    assert "“检查结束时间”（2023-05-04 09:00）早于任务下达日期（2023-05-05）。" in refused.err
    assert accepted.code == 0
    assert [row[-1] for row in drawn.read("received/R1/tasks.csv")] == ["done"]
    assert set(statuses(drawn).values()) == {"open"}


def test_two_commands_at_once_record_a_sheet_once(drawn: County) -> None:
    back(drawn, "P1", {A1: FINE, A3: FINE})
    words = [sys.executable, "-c", RACE, str(drawn.root)]

    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = [one.communicate() for one in both]

    assert [one.returncode for one in both] == [0, 0], told
    assert [event["task"] for event in events(drawn)] == [A1, A3]


def test_without_tasks_there_is_nothing_to_record(drawn: County) -> None:
    file = back(drawn, "P1", {A1: FINE})
    shutil.rmtree(drawn.dossier)

    answer = drawn.ssj("record", str(file))

    assert answer.code == 3
    assert "没有执行  本方案还没有任务：既没有抽取，也没有接收任务清单。\n" in answer.err
    assert not drawn.dossier.exists()
