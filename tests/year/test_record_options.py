"""Single findings, evidence, measures and visits outside the draw, said on the command line."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import County
from tests.year.returning import Clock

A1, A2 = "GGCS/A1", "GGCS/A2"
VISIT = (
    "--otherwise",
    "投诉",
    "--subject",
    "A4",
    "--stratum",
    "公共场所",
    "--document",
    "投诉2023-7",
    "--on",
    "2023-05-19",
)
TEAM = ("--inspector", "P2", "--inspector", "P1")


@pytest.fixture
def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    clock = Clock(monkeypatch)
    clock("2023-05-04T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    clock("2023-05-20T10:00")
    return county


def events(county: County) -> list[dict[str, Any]]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines][2:]


def refused(county: County, *words: str, code: int = 2) -> str:
    before = county.files()
    answer = county.ssj("record", *words)
    assert (answer.code, answer.out) == (code, "")
    assert county.files() == before
    return answer.err


def test_findings_are_said_by_name_heading_or_option_in_chinese_or_code(drawn: County) -> None:
    words = ("--check-ended", "2023-05-09T14:30", "--outcome", "PENALISED", "--set", "处罚决定日期=2023-5-18")

    answer = drawn.ssj(
        "record", "--task", A1, *words, "--set", "penalty_no=1号", "--set", "没收金额=0.5", "--inspector", "P1"
    )

    assert answer.code == 0
    assert events(drawn) == [
        {
            "kind": "recorded",
            "v": 1,
            "on": "2023-05-20",
            "task": A1,
            "values": {
                "check_ended": "2023-05-09T14:30",
                "outcome": "PENALISED",
                "penalty_decided_on": "2023-05-18",
                "penalty_no": "1号",
                "confiscated": "0.50",
            },
            "replaced": {},
            "inspector": "P1",
            "file": "",
            "sha256": "",
        }
    ]


def test_fields_that_only_the_office_knows_can_be_recorded(drawn: County) -> None:
    drawn.ssj("record", "--task", A1, "--check-ended", "2023-5-9 14:30", "--outcome", "未发现问题")

    words = (
        "--set",
        "uploaded=2023-5-10 9:00",
        "--set",
        "published=2023-5-19",
        "--set",
        "公示网址=https://example.cn/1",
    )
    answer = drawn.ssj("record", "--task", A1, *words, "--json")

    assert (answer.code, answer.json["added"], answer.json["progress"]["published"]) == (0, [A1], 1)
    assert drawn.read("result/tasks.csv")[0][-1] == "published"


def test_a_field_is_cleared_on_record(drawn: County) -> None:
    drawn.ssj("record", "--task", A1, "--check-ended", "2023-5-9 14:30", "--outcome", "未发现问题", "--set", "备注=x")

    answer = drawn.ssj("record", "--task", A1, "--clear", "备注")

    assert "  更正 GGCS/A1 的“备注”：x → （清除）\n" in answer.out
    assert (events(drawn)[1]["values"], events(drawn)[1]["replaced"]) == ({"note": ""}, {"note": "x"})
    assert "没有新内容" in drawn.ssj("record", "--task", A1, "--clear", "备注").out
    assert "填了“抽查结果”，没有填“检查结束时间”" in refused(drawn, "--task", A1, "--clear", "check_ended", code=1)


def test_the_same_options_twice_change_nothing(drawn: County) -> None:
    words = ("record", "--task", A1, "--check-ended", "2023-5-9 14:30", "--outcome", "未发现问题")
    drawn.ssj(*words)
    before = drawn.files()

    assert "没有新内容，台账没有改动。" in drawn.ssj(*words).out
    assert drawn.files() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "没有写明录入什么：任务单文件、文件夹，或 --task、--otherwise。"),
        (("--outcome", "未发现问题"), "没有写明是哪一项任务（--task）。"),
        (("--task", A1), "没有写明录入任务 GGCS/A1 的什么内容。"),
        (("a.xlsx", "--task", A1, "--outcome", "行政处罚"), "任务单文件和 --task、--otherwise 不能一起用。"),
        (("--task", A1, *VISIT), "--task 和 --otherwise 不能一起用。"),
        (
            ("--task", A1, "--outcome", "行政处罚", "--subject", "A1"),
            "--subject、--name、--stratum、--document 只和 --otherwise 一起用。",
        ),
        (("--task", A1, "--outcome", "行政处罚", *TEAM), "--inspector 在录入结果时只写填报人一人。"),
        (("--task", A1, "--outcome", "行政处罚", "--copy"), "--copy 只和 --evidence 一起用。"),
        (("--task", A1, "--outcome", "行政处罚", "--text", "x"), "--text 只和 --measure 一起用。"),
        (("--task", A1, "--outcome", "行政处罚", "--on", "2023-05-01"), "--on 只和 --measure 或 --otherwise 一起用。"),
        (("--task", A1, "--set", "复查日期"), "“复查日期”里没有等号。"),
        (("--task", A1, "--set", "复查日期="), "“复查日期=”没有写内容。"),
        (("--task", A1, "--set", "复查时间=1"), "没有“复查时间”这一项。"),
        (("--task", A1, "--outcome", "行政处罚", "--set", "抽查结果=无法联系"), "“抽查结果”写了两次，内容不同。"),
        (("--task", A1, "--outcome", "行政处罚", "--clear", "抽查结果"), "“抽查结果”写了两次，内容不同。"),
        (("--task", A1, "--evidence", "没有.jpg"), "找不到证据文件“没有.jpg”。"),
        (("--task", A1, "--evidence", "/dev/null"), "“/dev/null”不是普通文件（是设备、管道之类）。"),
        (("--task", A1, "--evidence", "/"), "“/”是文件夹，不是文件。"),
        (("--task", A1, "--measure", "批评", "--text", "x"), "“批评”不是可登记的措施。"),
        (("--task", A1, "--measure", "约谈"), "登记措施要写明内容。"),
        (("没有这个文件夹",), "找不到“没有这个文件夹”。"),
        (("plans",), "文件夹“plans”里没有任务单（.xlsx）。"),
        ((*VISIT[:-4], *TEAM), "没有写明投诉、线索、移送等的登记编号或文号。"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(drawn: County, words: tuple[str, ...], says: str) -> None:
    assert refused(drawn, *words).splitlines()[0] == f"没有执行  {says}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--task", "GGCS/A9", "--outcome", "行政处罚"), "命令行：没有任务“GGCS/A9”。"),
        (("--task", A1, "--outcome", "行政处分"), "命令行，“抽查结果”列：“行政处分”不在可选的内容里。"),
        (("--task", A1, "--outcome", "未发现问题"), "命令行，“检查结束时间”列：填了“抽查结果”，没有填“检查结束时间”。"),
        (("--task", A1, "--set", "备注=x", "--inspector", "P3"), "命令行：任务 GGCS/A1 的检查组里没有监督员03（P3）。"),
        (
            ("--otherwise", "路过", *VISIT[2:], *TEAM),
            "命令行，“检查缘由”列：“路过”不是可登记的缘由。请写：投诉、线索、移送、专项。",
        ),
        (
            (*VISIT, "--stratum", "FSWS", *TEAM),
            "命令行，“专业”列：方案里没有“FSWS”。可用的有：GGCS（公共场所）、XXWS（学校卫生）。",
        ),
        ((*VISIT, "--subject", "Z9", *TEAM), "命令行，“对象编号”列：检查对象名录库里没有“Z9”。"),
        ((*VISIT, *TEAM, "--inspector", "P9"), "命令行，“执法证号”列：执法检查人员名录库里没有“P9”。"),
    ],
)
def test_problems_of_a_command_line_are_told(drawn: County, words: tuple[str, ...], says: str) -> None:
    assert refused(drawn, *words, code=1).splitlines()[0].startswith(f"错误  {says}")


def test_evidence_is_recorded_by_name_size_and_digest_and_not_copied(drawn: County) -> None:
    drawn.write("现场 1.jpg", b"photo")
    drawn.write("copy.jpg", b"photo")

    answer = drawn.ssj(
        "record", "--task", A1, "--evidence", str(drawn.root / "现场 1.jpg"), str(drawn.root / "copy.jpg")
    )

    assert answer.code == 0
    assert [(e["kind"], e["name"], e["size"], e["copied"]) for e in events(drawn)] == [
        ("evidence-kept", "现场_1.jpg", 5, False)
    ]
    assert events(drawn)[0]["sha256"] == hashlib.sha256(b"photo").hexdigest()
    assert not (drawn.dossier / "evidence").exists()
    again = drawn.ssj("record", "--task", A1, "--evidence", str(drawn.root / "copy.jpg"))
    assert "证据“copy.jpg”已登记过。\n没有新内容，台账没有改动。\n" in again.out


def test_evidence_is_copied_on_request_under_a_safe_name_and_once(drawn: County) -> None:
    drawn.write("照片/a.jpg", b"one")
    drawn.write("b/a.jpg", b"two")
    files = [str(drawn.root / "照片" / "a.jpg"), str(drawn.root / "b" / "a.jpg")]

    answer = drawn.ssj("record", "--task", A1, "--evidence", files[0], "--evidence", files[1], "--copy")

    folder = drawn.dossier / "evidence" / "GGCS_A1"
    assert answer.code == 0
    assert [event["copied"] for event in events(drawn)] == [True, True]
    assert sorted(path.read_bytes() for path in folder.iterdir()) == [b"one", b"two"]
    before = drawn.files()
    assert drawn.ssj("record", "--task", A1, "--evidence", *files, "--copy").code == 0
    assert drawn.files() == before


def test_evidence_recorded_by_name_can_be_copied_later_and_counts_once(drawn: County) -> None:
    from shuangsuiji.core.year.state import fold  # noqa: PLC0415
    from shuangsuiji.files.ledger import read_ledger  # noqa: PLC0415

    drawn.write("a.jpg", b"one")
    drawn.ssj("record", "--task", A1, "--evidence", str(drawn.root / "a.jpg"))

    drawn.ssj("record", "--task", A1, "--evidence", str(drawn.root / "a.jpg"), "--copy")

    kept = fold(read_ledger(drawn.dossier).happened).evidence[A1]
    assert [(one.name, one.copied) for one in kept] == [("a.jpg", True)]


def test_copies_are_taken_back_where_the_ledger_cannot_be_written(
    drawn: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shuangsuiji.files import ledger  # noqa: PLC0415

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    drawn.write("a.jpg", b"one")
    monkeypatch.setattr(ledger, "_append", full)

    answer = drawn.ssj("record", "--task", A1, "--evidence", str(drawn.root / "a.jpg"), "--copy")

    assert answer.code == 4
    assert "磁盘已满" in answer.err
    assert [path for path in (drawn.dossier / "evidence").rglob("*") if path.is_file()] == []


def test_empty_evidence_is_refused(drawn: County) -> None:
    drawn.write("a.jpg", b"")

    assert "是空的（0 字节）。" in refused(drawn, "--task", A1, "--evidence", str(drawn.root / "a.jpg"))


def test_findings_evidence_and_a_measure_are_one_append(drawn: County) -> None:
    drawn.write("a.jpg", b"one")
    words = (
        "--task",
        A1,
        "--check-ended",
        "2023-5-9 14:30",
        "--outcome",
        "未发现问题",
        "--measure",
        "提醒",
        "--text",
        "保持公示",
    )

    answer = drawn.ssj("record", *words, "--evidence", str(drawn.root / "a.jpg"), "--json")

    assert answer.json["kinds"] == {"recorded": 1, "evidence-kept": 1, "measure-taken": 1}
    assert {key: events(drawn)[2][key] for key in ("on", "task", "measure", "text")} == {
        "on": "2023-05-20",
        "task": A1,
        "measure": "reminder",
        "text": "保持公示",
    }
    assert "提醒已登记过。" in drawn.ssj("record", "--task", A1, "--measure", "提醒", "--text", "保持公示").out


def test_a_visit_outside_the_draw_becomes_a_task_of_its_own_with_its_findings(drawn: County) -> None:
    answer = drawn.ssj("record", *VISIT, *TEAM, "--check-ended", "2023-05-19 15:00", "--outcome", "未发现问题")

    assert answer.code == 0
    assert "已登记随机抽查以外的检查 N1：丁宾馆（投诉，投诉2023-7）。\n" in answer.out
    assert events(drawn)[0] == {
        "kind": "visited-otherwise",
        "v": 1,
        "on": "2023-05-19",
        "task": "N1",
        "subject": "A4",
        "name": "丁宾馆",
        "stratum": "GGCS",
        "basis": "complaint",
        "document_no": "投诉2023-7",
        "inspectors": ["P1", "P2"],
    }
    assert events(drawn)[1]["values"] == {"check_ended": "2023-05-19T15:00", "outcome": "NO_PROBLEM_FOUND"}
    assert len(drawn.read("result/tasks.csv")) == 4


def test_the_same_visit_twice_is_one_and_takes_more_findings(drawn: County) -> None:
    drawn.ssj("record", *VISIT, *TEAM)

    again = drawn.ssj("record", *VISIT, *TEAM, "--check-ended", "2023-05-19 15:00", "--outcome", "未发现问题", "--json")
    other = drawn.ssj("record", *VISIT, *TEAM, "--document", "投诉2023-8", "--json")

    assert (again.json["task"], again.json["recorded"]) == ("N1", ["N1"])
    assert other.json["task"] == "N2"


def test_a_visit_outside_the_draw_can_be_of_an_unlisted_subject_with_a_name(drawn: County) -> None:
    words = (*VISIT, *TEAM, "--subject", "X-1", "--name", "流动摊点")

    assert drawn.ssj("record", *words).code == 0
    assert (events(drawn)[0]["subject"], events(drawn)[0]["name"]) == ("X-1", "流动摊点")


def test_one_inspector_alone_makes_no_visit(drawn: County) -> None:
    told = refused(drawn, *VISIT, "--inspector", "P1", "--inspector", "P1", code=3)

    assert told.splitlines() == [
        "没有执行  检查人员只有 1 人，不得少于 2 人。",
        "依据：行政处罚法第四十二条",
        "请写明每一名检查人员的执法证号：--inspector 甲 --inspector 乙。",
    ]


def test_a_visit_outside_the_draw_needs_no_draw(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-20T10:00")
    before = set(county.files())

    assert county.ssj("record", *VISIT, *TEAM).code == 0

    assert {name for name in set(county.files()) - before if ".lock" not in name} == {"plans/2023/ledger.jsonl"}
    assert county.ssj("draw", "--seed", "1").code == 0


def test_findings_before_the_day_of_such_a_visit_are_told(drawn: County) -> None:
    words = (*VISIT, *TEAM, "--check-ended", "2023-05-18 15:00", "--outcome", "未发现问题")

    assert "“检查结束时间”（2023-05-18 15:00）早于检查日期（2023-05-19）。" in refused(drawn, *words, code=1)


def test_help_is_chinese(drawn: County) -> None:
    assert drawn.ssj("record", "--help").out.startswith("用法：ssj record")


def test_paths_are_files(drawn: County, tmp_path: Path) -> None:
    assert "是文件夹，不是文件。" in refused(drawn, "--task", A2, "--evidence", str(tmp_path))


def test_visits_outside_the_draw_are_counted_apart_as_in_status(drawn: County) -> None:
    done = ("--check-ended", "2023-05-19T15:00", "--outcome", "未发现问题")
    drawn.ssj("record", "--task", A1, *done)

    answer = drawn.ssj("record", *VISIT, *TEAM, *done)

    assert "全部 4 项任务：已完成 1 项，设置为完结 0 项，还差 3 项。\n" in answer.out
    assert "非随机检查：1 项，有结果 1 项（不计入上面各数）。\n" in answer.out
    assert "│ 未发现问题         │    0 │    1 │" in answer.out
    told = drawn.ssj("record", "--task", "N1", "--set", "备注=已回访", "--json").json
    [plan] = drawn.ssj("status", "--json").json["plans"]
    assert {name: plan[name] for name in told["progress"]} == told["progress"]
    assert plan["otherwise"] == told["otherwise"]["progress"]
    assert (told["outcomes"]["all"]["NO_PROBLEM_FOUND"], told["outcomes"]["now"]["NO_PROBLEM_FOUND"]) == (1, 0)
    assert told["otherwise"]["outcomes"] == {
        kind: {"NO_PROBLEM_FOUND": 1, "CORRECTION_ORDERED": 0, "PENALISED": 0, "UNREACHABLE": 0}
        for kind in ("now", "all")
    }


def test_a_penalty_under_a_correction_is_recorded_and_asked_about(drawn: County) -> None:
    ordered = ("--set", "责令改正日期=2023-5-18", "--set", "改正期限=2023-5-30")
    penalty = ("--set", "处罚决定日期=2023-5-19", "--set", "处罚决定书文号=1号", "--set", "罚款金额=500")
    done = ("--check-ended", "2023-05-18T15:00", "--outcome", "发现问题已责令改正")

    answer = drawn.ssj("record", "--task", A1, *done, *ordered, *penalty)

    assert answer.code == 0
    assert f"任务 {A1} 有处罚决定，抽查结果还是“发现问题已责令改正”。" in answer.err
    assert "还是" not in drawn.ssj("record", "--task", A1, "--outcome", "行政处罚").err
