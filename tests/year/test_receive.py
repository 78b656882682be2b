"""`ssj receive`: a list that a higher level drew becomes tasks and visits, and says how each row was matched."""

import csv
import hashlib
import io
import json
import shutil

import openpyxl
import pytest
import xlsxwriter

from shuangsuiji.core.refusal import DAMAGED, Refusal
from tests.conftest import INSPECTORS, PLAN, SUBJECTS, County

LIST = """\
任务编号,抽查任务,被监督单位,对象编号,统一社会信用代码,单位地址,执法人员,执法证号
T1,公共场所,甲宾馆,A1,,,监督员01、监督员02,
T2,学校卫生,二小,B2,,,监督员02；监督员03,
T3,公共场所,二小,B2,,,监督员03；监督员02,
T4,XXWS,一小,,,,,P1、P3
T5,公共场所,新开的店,,,北街9号,,P1、P3
T6,学校卫生,甲宾馆,A1,,,监督员03、监督员04,P4
"""
WORDS = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-04-20")


def receive(county: County, text: str = LIST, *more: str, name: str = "list.csv"):
    county.write(name, text)
    return county.ssj("receive", str(county.root / name), *WORDS, *more)


def events(county: County) -> list[dict]:
    return [json.loads(line)["event"] for line in (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()]


def problems(answer) -> list[tuple[str, int, str]]:
    return [(p["code"], p["row"], p["what"]) for p in answer.json["problems"]]


def test_rows_become_tasks_and_rows_of_one_subject_with_one_team_a_single_visit(county: County) -> None:
    answer = receive(county)

    assert answer.code == 0
    assert county.read("received/R1/tasks.csv") == [
        ["R1/GGCS/A1", "R1/A1", "GGCS", "A1", "甲宾馆", "open"],
        ["R1/GGCS/B2", "R1/B2", "GGCS", "B2", "二小", "open"],
        ["R1/GGCS/X0001", "R1/X0001", "GGCS", "X0001", "新开的店", "open"],
        ["R1/XXWS/B2", "R1/B2", "XXWS", "B2", "二小", "open"],
        ["R1/XXWS/B1", "R1/B1", "XXWS", "B1", "一小", "open"],
        ["R1/XXWS/A1", "R1/A1/2", "XXWS", "A1", "甲宾馆", "open"],
    ]
    assert [",".join(row) for row in county.read("received/R1/teams.csv")] == [
        "R1/A1,P1,监督员01",
        "R1/A1,P2,监督员02",
        "R1/A1/2,P3,监督员03",
        "R1/A1/2,P4,监督员04",
        "R1/B1,P1,监督员01",
        "R1/B1,P3,监督员03",
        "R1/B2,P2,监督员02",
        "R1/B2,P3,监督员03",
        "R1/X0001,P1,监督员01",
        "R1/X0001,P3,监督员03",
    ]


def test_the_event_says_who_drew_it_on_what_paper_and_what_we_do_not_know(county: County) -> None:
    receive(county)

    [event] = events(county)
    assert (event["kind"], event["source"], event["drawn_by"], event["document_no"], event["on"]) == (
        "received",
        "R1",
        "省卫生健康委",
        "省卫〔2023〕6号",
        "2023-04-20",
    )
    assert (event["file"], event["sha256"]) == ("list.csv", hashlib.sha256(LIST.encode()).hexdigest())
    assert (event["unmatched"], event["addresses"]) == (["X0001"], {"X0001": "北街9号"})
    assert event["subjects"] == {"GGCS": ["A1", "B2", "X0001"], "XXWS": ["B2", "B1", "A1"]}


def test_the_report_says_row_by_row_how_it_was_matched(county: County) -> None:
    answer = receive(county, LIST, "--json")

    content = (county.dossier / "received/R1/匹配报告.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert [(row["行号"], row["匹配方式"], row["本地编号"], row["原任务编号"]) for row in rows] == [
        ("2", "按对象编号", "A1", "T1"),
        ("3", "按对象编号", "B2", "T2"),
        ("4", "按对象编号", "B2", "T3"),
        ("5", "仅按名称（须核对）", "B1", "T4"),
        ("6", "未匹配", "X0001", "T5"),
        ("7", "按对象编号", "A1", "T6"),
    ]
    assert [row["matched"] for row in answer.json["rows"]] == ["id", "id", "id", "name", "none", "id"]
    assert (answer.json["verifiable"], answer.json["unmatched"], answer.json["visits"]) == (False, ["X0001"], 5)
    assert [(code, row) for code, row, _ in problems(answer)] == [
        ("subject-weakly-matched", 5),
        ("subject-unmatched", 6),
    ]


def test_the_screen_says_that_we_cannot_verify_the_draw(county: County) -> None:
    answer = receive(county)

    assert "R1：省卫生健康委，省卫〔2023〕6号，2023-04-20，list.csv" in answer.out
    assert "清单由上级抽取下达，本系统不能核验其抽取过程。" in answer.out
    assert "6 项任务，5 次检查，4 名执法人员。" in answer.out
    assert "与检查对象名录库核对：按对象编号 4 行，仅按名称（须核对） 1 行，未匹配 1 行。" in answer.out
    assert "下一步：把 sheets 里的任务单发给各执法人员" in answer.err


def test_the_pool_of_a_list_is_a_pool_that_sha256sum_checks(county: County) -> None:
    county.write("rosters/conflicts.csv", "执法证号,对象编号\nP4,B2\nP4,A4\n")
    answer = receive(county, LIST, "--json")

    pool = county.dossier / "received/R1/pool"
    sums = dict(reversed(line.split("  ")) for line in (pool / "SHA256SUMS").read_text("utf-8").splitlines())
    assert all(hashlib.sha256((pool / name).read_bytes()).hexdigest() == value for name, value in sums.items())
    assert hashlib.sha256((pool / "SHA256SUMS").read_bytes()).hexdigest() == answer.json["pool_digest"]
    assert county.read("received/R1/pool/strata.csv") == [
        ["GGCS", "公共场所", "GGCS", "3", "0", "", "ceil", "3"],
        ["XXWS", "学校卫生", "XXWS", "3", "0", "", "ceil", "3"],
    ]
    assert county.read("received/R1/pool/conflicts.csv") == [["P4", "B2"]]
    assert [row[0] for row in county.read("received/R1/pool/inspectors.csv")] == ["P1", "P2", "P3", "P4"]
    assert json.loads((pool / "rules.json").read_text("utf-8"))["draw"] == "T-2023"


def test_the_sheets_are_marked_and_hold_the_tasks_of_the_list(county: County) -> None:
    answer = receive(county, LIST, "--json")

    folder = county.dossier / "received/R1/sheets"
    assert answer.json["sheets"] == 5 == len(list(folder.iterdir()))
    book = openpyxl.load_workbook(folder / "任务清单.xlsx")
    said = [str(cell) for row in book["抽取概况"].iter_rows(values_only=True) for cell in row if cell]
    assert "上级抽取下达（本系统不能核验其抽取过程）" in said
    assert "省卫生健康委 省卫〔2023〕6号" in said
    assert not [line for line in said if "种子" in line]
    cells = {str(cell) for row in book["全部任务"].iter_rows(values_only=True) for cell in row if cell}
    assert {"R1/GGCS/X0001", "R1/X0001", "新开的店", "北街9号", "R1/A1/2"} <= cells
    own = openpyxl.load_workbook(folder / "任务单_P2_监督员02.xlsx")
    assert "本系统不能核验其抽取过程" in str(list(own["我的任务"].iter_rows(max_row=4, values_only=True)))


def test_the_same_file_is_received_once_and_what_is_missing_is_made_again(county: County) -> None:
    receive(county)
    before = county.files()

    second = receive(county, LIST, name="copy.csv")

    assert second.code == 3
    assert "这份清单已于" in second.err
    assert "由 经办人 接收，编号 R1（省卫生健康委，省卫〔2023〕6号，6 项任务，5 次检查），没有再次接收。" in second.err
    (county.root / "copy.csv").unlink()
    assert county.files() == before
    shutil.rmtree(county.dossier / "received/R1/sheets")
    (county.dossier / "received/R1/teams.csv").unlink()
    assert "已按台账补齐" in receive(county).err
    assert county.files() == before


def test_papers_that_cannot_be_written_are_told_as_such_and_made_good_by_the_next_run(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refusal("write-failed", "磁盘已满。", exit_code=DAMAGED)

    with monkeypatch.context() as patched:
        patched.setattr("shuangsuiji.actions.receive.make_received", full)
        answer = receive(county)
    assert (answer.code, len(events(county))) == (4, 1)
    assert "没有做完  已接收并记入台账第1行，但结果文件或任务单没有写成：磁盘已满。" in answer.err

    assert "已按台账补齐" in receive(county).err
    assert len(events(county)) == 1
    assert len(list((county.dossier / "received/R1/sheets").iterdir())) == 5


def test_a_ledger_that_lost_a_list_is_noticed_and_the_list_not_overwritten(county: County) -> None:
    receive(county)
    (county.dossier / "ledger.jsonl").unlink()
    before = county.files()

    answer = receive(county, LIST, "--json")

    assert (answer.code, answer.json["error"]) == (4, "ledger-cut")
    assert county.files() == before


def test_what_a_crash_before_the_ledgers_line_left_is_replaced(county: County) -> None:
    receive(county, LIST, "--no-sheets")
    (county.dossier / "ledger.jsonl").unlink()
    for name in ("tasks.csv", "teams.csv"):
        (county.dossier / "received/R1" / name).unlink()
    (county.dossier / "received/R1/pool/strata.csv").write_bytes(b"torn")

    assert receive(county).code == 0
    assert len(county.read("received/R1/pool/strata.csv")) == 2


def test_a_second_list_is_called_r2_and_numbers_its_strangers_on(county: County) -> None:
    receive(county)

    more = "单位名称,专业,执法证号\n又一家新店,公共场所,P1、P2\n"
    answer = receive(county, more, "--another", "--json", name="more.csv")

    assert (answer.code, answer.json["source"]) == (0, "R2")
    assert [row["tasks"] for row in answer.json["rows"]] == [["R2/GGCS/X0002"]]


def test_strangers_keep_an_id_of_their_own_and_one_number_for_all_their_rows(county: County) -> None:
    rows = (
        "甲新店,Q-1,,公共场所,P1、P2",
        "甲新店,Q-1,,学校卫生,P1、P2",
        "乙新店,,91350100M000100Y43,公共场所,P1、P2",
        "丙新店,第一号,,公共场所,P1、P2",
        "丙新店,第一号,,学校卫生,P3、P4",
    )
    heading = "单位名称,对象编号,统一社会信用代码,专业,执法证号"

    answer = receive(county, "\n".join((heading, *rows)), "--json")

    assert answer.json["unmatched"] == ["Q-1", "91350100M000100Y43", "X0001"]
    assert [row["visit"] for row in answer.json["rows"]] == [
        "R1/Q-1",
        "R1/Q-1",
        "R1/91350100M000100Y43",
        "R1/X0001",
        "R1/X0001/2",
    ]


WRONG = [
    (
        "公共浴室,甲宾馆,P1、P2",
        "unknown-stratum",
        "方案里没有“公共浴室”这一层。方案的层：公共场所（GGCS）、学校卫生（XXWS）。",
    ),
    ("公共场所,,P1、P2", "blank-name", "单位名称空着。"),
    (",甲宾馆,P1、P2", "blank-specialty", "没有写专业（抽查任务）。"),
    ("公共场所,甲宾馆,P1", "team-too-small", "“甲宾馆”的检查人员只有 1 人，不得少于 2 人（行政处罚法第四十二条）。"),
    ("公共场所,甲宾馆,", "team-too-small", "“甲宾馆”的检查人员只有 0 人，不得少于 2 人（行政处罚法第四十二条）。"),
    ("公共场所,甲宾馆,P1、P9", "inspector-unknown-id", "执法证号“P9”不在执法检查人员名录库里。"),
]


@pytest.mark.parametrize(("row", "code", "what"), WRONG)
def test_what_is_wrong_with_a_row_stops_the_list(county: County, row: str, code: str, what: str) -> None:
    before = county.files().keys()

    answer = receive(county, f"专业,单位名称,执法证号\n{row}\n", "--json")

    assert answer.code == 1
    assert (code, 2, what) in problems(answer)
    assert county.files().keys() == {*before, "list.csv"}


def test_all_that_is_wrong_is_said_at_once_with_its_row(county: County) -> None:
    rows = "".join(f"{row}\n" for row, _, _ in WRONG)

    answer = receive(county, f"专业,单位名称,执法证号\n{rows}", "--json")

    assert [(p["code"], p["row"]) for p in answer.json["problems"] if p["severity"] == "error"] == [
        ("unknown-stratum", 2),
        ("blank-name", 3),
        ("blank-specialty", 4),
        ("team-too-small", 5),
        ("team-too-small", 6),
        ("duplicate-task", 6),
        ("inspector-unknown-id", 7),
        ("duplicate-task", 7),
    ]
    assert (
        "清单、名册或方案有错误，没有写入任何内容。" in county.ssj("receive", str(county.root / "list.csv"), *WORDS).err
    )


def test_a_task_may_stand_on_the_list_once(county: County) -> None:
    rows = "公共场所,甲宾馆,P1、P2\nGGCS,甲 宾馆,P3、P4\n"

    answer = receive(county, f"专业,单位名称,执法证号\n{rows}", "--json")

    assert ("duplicate-task", 3, "“甲 宾馆”（A1）的 GGCS 任务与第2行重复。") in problems(answer)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("单位名称,专业\n甲宾馆,公共场所\n", "missing-column"),
        ("单位名称,执法证号\n甲宾馆,P1、P2\n", "missing-column"),
        ("单位名称,专业,执法证号\n", "empty-list"),
        ("单位名称,专业,对象编号,执法证号\n甲店,公共场所,Q1,P1、P2\n乙店,公共场所,Q1,P1、P2\n", "id-with-two-names"),
        ("", "empty-file"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(county: County, text: str, code: str) -> None:
    answer = receive(county, text, "--json")

    assert (answer.code, code in [p["code"] for p in answer.json["problems"]]) == (1, True)
    assert not county.dossier.exists()


def test_a_number_typed_as_a_number_is_no_id(county: County) -> None:
    with xlsxwriter.Workbook(county.root / "list.xlsx") as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, ["单位名称", "专业", "执法证号"])
        sheet.write_row(1, 0, ["甲宾馆", "公共场所", 13012900101])

    answer = county.ssj("receive", str(county.root / "list.xlsx"), *WORDS, "--json")

    assert (answer.code, answer.json["problems"][0]["code"]) == (1, "id-is-number")


def test_who_is_away_or_in_conflict_was_drawn_all_the_same_and_is_warned_of(county: County) -> None:
    county.write("rosters/conflicts.csv", "执法证号,对象编号\nP1,A1\n")
    county.write("rosters/inspectors.csv", INSPECTORS.replace("否,西,,2030-01-01", "否,西,,2020-01-01"))

    answer = receive(county, LIST, "--json")

    assert answer.code == 0
    assert [what for code, _, what in problems(answer) if code in {"conflict-on-list", "inspector-unavailable"}] == [
        "监督员01（P1）与“甲宾馆”有利害关系，应当回避（行政处罚法第四十三条）。",
        "监督员02（P2）执法证已于 2020-01-01 到期，不能执行检查。",
    ]
    assert [row[0] for row in county.read("received/R1/pool/inspectors.csv")] == ["P1", "P3", "P4"]


def test_what_the_list_took_our_own_draw_of_the_year_leaves_out(county: County) -> None:
    county.write("rosters/subjects.csv", SUBJECTS + "B3,三小,学校卫生,东\n")
    receive(county)

    county.ssj("draw", "--seed", "1", "--no-sheets")

    reason = "本年度已抽取：R1 (省卫〔2023〕6号)"
    assert county.read("pool/excluded.csv") == [
        ["GGCS", "A1", "甲宾馆", reason],
        ["GGCS", "B2", "二小", reason],
        ["XXWS", "B1", "一小", reason],
        ["XXWS", "B2", "二小", reason],
    ]
    assert [row[0] for row in county.read("result/tasks.csv") if row[0] == "XXWS/B3"] == ["XXWS/B3"]


def test_a_list_of_another_plan_counts_too_but_not_its_strangers(county: County) -> None:
    county.write("plans/省.yaml", PLAN.replace("T-2023", "P-2023"))
    county.write("list.csv", "单位名称,专业,执法证号\n甲宾馆,公共场所,P1、P2\n新店,公共场所,P1、P2\n")
    county.ssj("receive", str(county.root / "list.csv"), *WORDS, "--plan", "省")
    county.write("rosters/subjects.csv", SUBJECTS + "X0001,戊宾馆,公共场所,东\n")

    county.ssj("draw", "--seed", "1", "--no-sheets", "--plan", "2023")

    assert county.read("pool/excluded.csv") == [["GGCS", "A1", "甲宾馆", "本年度已抽取：省/R1 (省卫〔2023〕6号)"]]


def test_whom_our_own_draw_took_the_list_takes_again_with_a_warning(county: County) -> None:
    county.plan(("ratio: 50%", "ratio: 100%"))
    county.ssj("draw", "--seed", "1", "--no-sheets")

    answer = receive(county, LIST, "--json")

    assert answer.code == 0
    assert [what for code, _, what in problems(answer) if code == "already-drawn-this-year"] == [
        "“甲宾馆”（A1）本年度已抽取：T-2023。",
        "“二小”（B2）本年度已抽取：T-2023。",
        "“一小”（B1）本年度已抽取：T-2023。",
    ]


def test_voiding_our_own_draw_leaves_a_received_list_as_it_is(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    receive(county)
    before = {name: content for name, content in county.files().items() if "/received/" in name}

    county.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")

    assert {name: content for name, content in county.files().items() if "/received/" in name} == before
    assert county.ssj("status", "--json").json["plans"][0]["tasks"] == 6


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("list.csv", "--drawn-by", " ", "--document", "1号"), "receive-needs-paper"),
        (("list.csv", "--drawn-by", "省", "--document", ""), "receive-needs-paper"),
        (("none.csv", "--drawn-by", "省", "--document", "1号"), "no-file"),
        (("rosters", "--drawn-by", "省", "--document", "1号"), "unreadable"),
        (("list.csv", "--drawn-by", "省", "--document", "1号", "--on", "2999-01-01"), "date-to-come"),
        (("list.csv", "--drawn-by", "省", "--document", "1号", "--on", "昨天"), "bad-date"),
    ],
)
def test_wrong_use_is_refused_and_writes_nothing(county: County, words: tuple[str, ...], error: str) -> None:
    county.write("list.csv", LIST)

    answer = county.ssj("receive", str(county.root / words[0]), *words[1:], "--json")

    assert (answer.code, answer.json["error"]) == (2, error)
    assert not county.dossier.exists()


def test_a_cell_of_the_report_is_no_formula(county: County) -> None:
    receive(county, 'A,B\n单位名称,专业,执法证号\n"=HYPERLINK(1)",公共场所,P1、P2\n')

    assert "'=HYPERLINK(1)" in (county.dossier / "received/R1/匹配报告.csv").read_text("utf-8-sig")


def test_a_specialty_of_several_strata_takes_the_one_that_the_roster_puts_the_subject_in(county: County) -> None:
    county.plan(
        (
            "  - {code: GGCS, name: 公共场所, ratio: 50%}",
            "  - {code: GGCS, name: 公共场所, by_grade: {A: 50%, B: 100%}}",
        )
    )
    text = SUBJECTS.replace("区域", "区域,信用风险等级").replace("甲宾馆,公共场所,东", "甲宾馆,公共场所,东,B")
    county.write("rosters/subjects.csv", text)

    known = receive(county, "单位名称,专业,执法证号\n甲宾馆,公共场所,P1、P2\n", "--json")
    unknown = receive(county, "单位名称,专业,执法证号\n新店,公共场所,P1、P2\n", "--json", name="new.csv")

    assert known.json["strata"] == {"GGCS-B": 1}
    what = "“公共场所”在方案里分为公共场所（A）（GGCS-A）、公共场所（B）（GGCS-B），不能确定是哪一层。"
    assert ("ambiguous-stratum", 2, what) in problems(unknown)
