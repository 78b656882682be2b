"""A list is received once, however its file was saved and into whichever plan; one that was taken in by mistake can go."""

import io
import json
import shutil

import pytest
import xlsxwriter

from tests.conftest import PLAN, County
from tests.year.returning import FINE, fill
from tests.year.test_receive import LIST, WORDS, events, receive

HEADING = "单位名称,对象编号,专业,执法证号"
SMALL = f"{HEADING}\n甲宾馆,A1,公共场所,P1、P2\n新开的店,,公共场所,P1、P3\n"
VOID = ("receive", "--void", "R1", "--reason", "放错了方案", "--document", "县卫〔2023〕9号")


def paper(document: str, drawn_by: str = "省卫生健康委") -> tuple[str, ...]:
    return ("--drawn-by", drawn_by, "--document", document, "--on", "2023-04-20")


def saved_again(text: str) -> bytes:
    """The same rows in a workbook, the last ones first."""
    stream = io.BytesIO()
    heading, *rows = [line.split(",") for line in text.splitlines()]
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("清单")
        for number, row in enumerate([heading, *reversed(rows)]):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def with_province(county: County) -> None:
    county.write("plans/省.yaml", PLAN.replace("T-2023", "P-2023"))


@pytest.mark.parametrize("document", ["省卫〔2023〕6号", "省卫[2023] 6号", "省卫（2023）6 号"])
def test_the_same_rows_in_another_file_are_the_same_list(county: County, document: str) -> None:
    receive(county)
    county.write("again.xlsx", saved_again(LIST))
    before = county.files()

    words = ("receive", str(county.root / "again.xlsx"), "--drawn-by", "省卫生健康委", "--document", document)
    for more in ((), ("--another",)):
        answer = county.ssj(*words, *more, "--json")

        assert (answer.code, answer.json["error"], answer.json["source"]) == (3, "already-received", "R1")
    assert "这次的文件不同，但文号、任务和检查人员都相同" in county.ssj(*words).err
    assert county.files() == before


def test_a_list_is_not_received_into_a_second_plan(county: County) -> None:
    with_province(county)
    county.write("list.csv", LIST)
    county.ssj("receive", str(county.root / "list.csv"), *WORDS, "--plan", "省")
    county.write("again.xlsx", saved_again(LIST))
    before = county.files()

    for name in ("list.csv", "again.xlsx"):
        answer = county.ssj("receive", str(county.root / name), *WORDS, "--plan", "2023")

        assert answer.code == 3
        assert "在方案“省”里接收，编号 R1（省卫生健康委，省卫〔2023〕6号，6 项任务，5 次检查" in answer.err
        assert "先作废再接收：ssj receive --plan 省 --void R1 --reason 理由 --document 文号" in answer.err
    assert county.files() == before


def test_other_rows_on_the_same_paper_need_the_word_that_it_is_another_list(county: County) -> None:
    receive(county, SMALL)
    county.write(
        "more.csv", f"{HEADING}\n甲宾馆,A1,公共场所,P3、P4\n丙宾馆,A3,公共场所,P1、P2\n一小,B1,学校卫生,P1、P2\n"
    )
    before = county.files()
    words = ("receive", str(county.root / "more.csv"), *WORDS)

    refused = county.ssj(*words)

    assert refused.code == 3
    assert "用的是同一机关的同一文号，内容却不同：这份多 2 项，少 1 项，换人 1 项。没有接收。" in refused.err
    assert "请加上 --another；更正后重发的，先作废原来的再接收：ssj receive --void R1" in refused.err
    assert county.files() == before
    told = county.ssj(*words, "--json").json
    assert (told["error"], told["source"], told["more"], told["fewer"], told["other_team"]) == (
        "same-paper",
        "R1",
        2,
        1,
        1,
    )
    answer = county.ssj(*words, "--another", "--json")
    assert (answer.code, answer.json["source"], answer.json["besides"]) == (0, "R2", ["R1"])
    assert [event["besides"] for event in events(county) if event["kind"] == "received"] == [[], ["R1"]]


def test_the_same_rows_on_another_paper_need_it_too(county: County) -> None:
    receive(county, SMALL)
    county.write("again.xlsx", saved_again(SMALL))
    words = ("receive", str(county.root / "again.xlsx"), *paper("省卫〔2023〕7号"))

    refused = county.ssj(*words, "--json")

    assert (refused.code, refused.json["error"]) == (3, "same-rows")
    assert "只是抽取机关或文号不同。没有接收。" in county.ssj(*words).err
    assert "按另一份清单接收（--another）" in county.ssj(*words, "--another").out


@pytest.mark.parametrize(
    "row",
    ["另一家店,,公共场所,P1、P3", "新开的店,,学校卫生,P1、P3", "新开的店,,公共场所,P1、P4"],
    ids=["name", "stratum", "team"],
)
def test_another_name_stratum_or_team_makes_another_list(county: County, row: str) -> None:
    receive(county, SMALL)

    answer = receive(county, f"{HEADING}\n甲宾馆,A1,公共场所,P1、P2\n{row}\n", "--json", name="other.csv")

    assert (answer.code, answer.json["error"]) == (3, "same-paper")


def test_two_lists_on_two_papers_are_two_lists(county: County) -> None:
    receive(county, SMALL)
    county.write("other.csv", f"{HEADING}\n甲宾馆,A1,公共场所,P1、P3\n")

    answer = county.ssj("receive", str(county.root / "other.csv"), *paper("省卫〔2023〕7号"), "--json")

    assert (answer.code, answer.json["besides"]) == (0, [])


def test_a_list_taken_back_counts_no_more_and_keeps_its_papers(county: County) -> None:
    receive(county)
    old = {name.removeprefix("plans/2023/received/"): c for name, c in county.files().items() if "/received/" in name}

    answer = county.ssj(*VOID, "--json")

    assert (answer.code, answer.json["voided"], answer.json["tasks"], answer.json["kept"]) == (
        0,
        "R1",
        6,
        "plans/2023/voided/R1",
    )
    now = {name.removeprefix("plans/2023/voided/"): c for name, c in county.files().items() if "/voided/" in name}
    assert now == old
    assert not (county.dossier / "received/R1").exists()
    assert events(county)[-1] | {"on": ""} == {
        "kind": "list-voided",
        "v": 1,
        "on": "",
        "source": "R1",
        "reason": "放错了方案",
        "document_no": "县卫〔2023〕9号",
    }
    [plan] = county.ssj("status", "--json").json["plans"]
    assert (plan["tasks"], plan["sources"]) == (0, [])
    assert plan["voided_lists"] == [{"source": "R1", "document_no": "省卫〔2023〕6号", "void": "县卫〔2023〕9号"}]
    assert "此前作废清单：R1（省卫〔2023〕6号，凭 县卫〔2023〕9号 作废）。" in county.ssj("status").out


def test_a_list_taken_back_can_be_received_where_it_belongs_and_its_number_is_not_used_again(county: County) -> None:
    with_province(county)
    county.write("list.csv", SMALL)
    words = ("receive", str(county.root / "list.csv"), *WORDS, "--no-sheets", "--json", "--plan")
    county.ssj(*words, "2023")
    county.ssj(*VOID, "--plan", "2023")

    assert county.ssj(*words, "省").json["source"] == "R1"
    county.ssj(*VOID, "--plan", "省")
    assert county.ssj(*words, "2023").json["source"] == "R2"


def test_the_own_draw_takes_the_subjects_of_a_list_taken_back(county: County) -> None:
    receive(county, SMALL, "--no-sheets")
    county.ssj(*VOID)

    county.ssj("draw", "--seed", "1", "--no-sheets")

    assert county.read("pool/excluded.csv") == []


def test_results_do_not_keep_a_wrong_list_and_how_many_there_are_is_said(county: County) -> None:
    receive(county, SMALL)
    done = ("--check-ended", "2023-05-09T14:30", "--outcome", "未发现问题")
    assert county.ssj("record", "--task", "R1/GGCS/A1", *done, "--evidence", str(county.root / "list.csv")).code == 0
    sheet = next((county.dossier / "received/R1/sheets").glob("任务单_P3_*.xlsx"))
    back = fill(sheet, county.root / "back" / "P3.xlsx", {"R1/GGCS/X0001": FINE})

    answer = county.ssj(*VOID)

    assert "其中 1 项已录入检查或结果，随清单作废，不再计入；原内容仍在台账里。" in answer.out
    assert "编号 R1 不再使用。" in answer.out
    refused = county.ssj("record", str(back))
    assert refused.code == 3
    receive(county, SMALL, "--no-sheets")
    refused = county.ssj("record", str(back))
    assert refused.code == 1
    assert "这份任务单属于清单 R1（省卫〔2023〕6号），它已凭 县卫〔2023〕9号 作废。请移出这个文件。" in refused.err
    assert [p["tasks"] for p in county.ssj("status", "--json").json["plans"]] == [2]


def test_changes_of_a_list_taken_back_leave_the_log_but_not_the_ledger(county: County) -> None:
    receive(county, SMALL, "--no-sheets")
    recuse = ("--visit", "R1/A1", "--inspector", "P1", "--asked-by", "firm", "--reason", "亲属")
    assert county.ssj("adjust", "recuse", *recuse).code == 0
    county.ssj(*VOID)
    receive(county, SMALL, "--no-sheets")

    assert county.ssj("adjust", "log", "--json").json["rows"] == []
    assert [event["kind"] for event in events(county)] == ["received", "recused", "redrawn", "list-voided", "received"]
    assert county.ssj("adjust", "recuse", *recuse).code == 3  # R1/A1 is no visit any more
    assert county.ssj("adjust", "recuse", "--visit", "R2/A1", *recuse[2:]).code == 0


def test_taking_back_needs_a_reason_a_document_and_a_list_that_is_there(county: County) -> None:
    receive(county, SMALL)
    before = county.files()

    for words in ([], ["--reason", "错"], ["--document", "1号"], ["--reason", " ", "--document", "1号"]):
        assert county.ssj("receive", "--void", "R1", *words).code == 2
    unknown = county.ssj("receive", "--void", "R7", "--reason", "错", "--document", "1号")
    assert (unknown.code, "没有“R7”这份清单。" in unknown.err, "本方案的清单：R1。" in unknown.err) == (3, True, True)
    for words in ([str(county.root / "list.csv")], ["--another"], ["--no-sheets"], ["--drawn-by", "省"]):
        assert county.ssj(*VOID, *words).code == 2
    assert county.files() == before


def test_options_of_taking_back_do_nothing_else(county: County) -> None:
    assert "--reason 只在作废（--void）时用。" in receive(county, SMALL, "--reason", "x").err
    assert "没有写明接收哪个文件。" in county.ssj("receive", "--document", "1号").err
    assert not county.dossier.exists()


def test_taking_back_twice_is_told_and_moves_what_a_crash_left(county: County) -> None:
    receive(county, SMALL)
    county.ssj(*VOID)
    shutil.move(county.dossier / "voided/R1", county.dossier / "received/R1")

    again = county.ssj(*VOID, "--json")

    assert (again.code, again.json["error"]) == (3, "already-voided")
    assert (county.dossier / "voided/R1/tasks.csv").exists()
    assert len([event for event in events(county) if event["kind"] == "list-voided"]) == 1


def test_an_old_line_without_the_new_field_is_read(county: County) -> None:
    receive(county, SMALL, "--no-sheets")
    ledger = county.dossier / "ledger.jsonl"
    line = json.loads(ledger.read_text("utf-8"))
    del line["event"]["besides"]
    ledger.write_text(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

    assert county.ssj("status", "--json").json["plans"][0]["tasks"] == 2
