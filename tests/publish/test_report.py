"""`ssj report`: figures exact and those of `ssj status`, conclusions drawn from them alone, nothing private outside."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree  # noqa: ICN001 - as the other tests have it

import openpyxl
import pytest

from tests.conftest import County
from tests.publish.papers import HOSTILE, html_texts, word_texts
from tests.publish.reporting import a_year, done, folder, report, sheet
from tests.year.returning import Clock


@pytest.fixture
def year(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county on 30 June 2023, without a year before."""
    a_year(county, monkeypatch)
    return county


def rows(answer: dict, table: str) -> list[list[str]]:
    return answer["tables"][table]["rows"]


def total(answer: dict, table: str) -> list[str]:
    return answer["tables"][table]["total"]


# ── figures ──


def test_rates_and_strata_are_those_of_status_to_the_digit(year: County) -> None:
    told = report(year)
    status = year.ssj("status", "--plan", "2023", "--json").json["plans"][0]

    assert {name: (rate["percent"]) for name, rate in told["rates"].items()} == {
        name: rate["percent"] for name, rate in status["rates"].items()
    }
    assert told["progress"] == {name: status[name] for name in told["progress"]}
    assert [row[2:8] for row in rows(told, "lines")] == [
        [str(line[name]) for name in told["progress"]] for line in status["strata"]
    ]
    shown = year.ssj("status", "--plan", "2023").out
    for rate in told["rates"].values():
        assert f"{rate['name']}　{rate['formula']}" in shown
        assert rate["text"] in shown


def test_clocks_are_those_of_deadlines(year: County) -> None:
    told = report(year)
    found = year.ssj("deadlines", "--plan", "2023", "--json", "--all", "--within", "9999d").json["deadlines"]

    count = [sum(one["status"] == status for one in found) for status in ("done", "done-late", "overdue", "due")]
    assert total(told, "clocks")[3:7] == [str(number) for number in count]
    assert total(told, "clocks") == ["合计", "/", "32", "20", "1", "8", "3", "0", "68.97%"]


def test_sources_stand_apart_and_together(year: County) -> None:
    told = report(year)

    assert rows(told, "sources") == [
        ["本级抽取", "本机关", "/", "7", "0", "1", "5", "1", "1", "71.43%"],
        ["R1", "省卫生健康委", "省卫〔2023〕6号", "2", "1", "0", "1", "0", "0", "50.00%"],
    ]
    assert total(told, "sources") == ["合计", "/", "/", "9", "1", "1", "6", "1", "1", "66.67%"]
    assert rows(told, "strata") == [
        ["公共场所", "5", "0", "1", "4", "1", "0", "80.00%"],
        ["学校卫生", "4", "1", "0", "2", "0", "1", "50.00%"],
    ]


def test_results_by_stratum_kind_area_and_grade(year: County) -> None:
    told = report(year)

    assert rows(told, "results") == [
        ["公共场所", "5", "4", "1", "1", "1", "1", "66.67%"],
        ["学校卫生", "4", "2", "1", "1", "0", "0", "50.00%"],
    ]
    assert rows(told, "kinds")[-1] == ["未登记", "1", "0", "0", "0", "0", "0", "—"]
    assert rows(told, "areas")[:2] == [
        ["东", "4", "4", "2", "1", "1", "0", "50.00%"],
        ["西", "4", "2", "0", "1", "0", "1", "100.00%"],
    ]
    assert [row[0] for row in rows(told, "grades")] == ["A", "B", "未登记"]
    for table in ("results", "kinds", "areas", "grades"):
        assert total(told, table) == ["合计", "9", "6", "2", "2", "1", "1", "60.00%"]


def test_visits_outside_the_draw_stand_apart_and_penalties_are_exact(year: County) -> None:
    told = report(year)

    assert rows(told, "outside") == [["投诉", "1", "1", "0", "0", "1", "0", "100.00%"]]
    assert total(told, "penalties") == ["合计", "2", "2500.10", "0.20", "2500.30", "0"]


def test_problems_are_grouped_by_what_was_written(year: County) -> None:
    assert rows(report(year), "problems") == [
        ["台账不全", "2", "公共场所1项、学校卫生1项"],
        ["未公示许可证", "1", "公共场所1项"],
        ["未取得卫生许可证", "1", "公共场所1项"],
    ]


def test_items_have_the_figures_of_the_tasks_that_check_them(year: County) -> None:
    assert rows(report(year), "items") == [
        ["G-1", "公共场所卫生", "5", "4", "1", "1", "1", "1", "66.67%"],
        ["X-1", "学校卫生", "4", "2", "1", "1", "0", "0", "50.00%"],
    ]


def test_workload_counts_visits_drawn_now_and_done(year: County) -> None:
    told = report(year)
    drawn = [row for source in ("result", "received/R1") for row in year.read(f"{source}/teams.csv")]

    work = rows(told, "workload")
    assert {row[0]: row[3] for row in work} == {
        who: str(sum(line[1] == who for line in drawn)) for who in ("P1", "P2", "P3", "P4")
    }
    assert sum(int(row[2]) for row in work) == sum(int(row[3]) for row in work) == 16
    assert [row[5] != "0" for row in sorted(work)] == [True, False, False, True], "主办 are P1 and P4"
    assert {row[0]: row[8] for row in work} == {"P1": "1", "P2": "1", "P3": "0", "P4": "0"}


def test_the_private_reason_of_a_recusal_is_nowhere(year: County) -> None:
    told = report(year)

    assert rows(told, "adjustments") == [
        ["回避", "依法回避", "已完成", "1", "1"],
        ["任务完结", "重卡", "已完成", "1", "1"],
    ]
    assert not [path for path in folder(year).iterdir() if "秘密" in everything(path)]


def test_conclusions_are_drawn_from_figures_alone(year: County) -> None:
    issues = {issue["title"]: issue["text"] for issue in report(year)["issues"]}

    assert issues["部分任务尚未完成"] == (
        "还有2项任务没有结果（未检查1项、已检查待结果1项），完成率为6/9 = 66.67%。其中公共场所1项、学校卫生1项。"
    )
    assert issues["部分后续处理没有完成"] == "责令改正后没有复查记录1项、已决定未结案2项。"
    assert issues["名录库与实际不完全相符"] == "无法联系1项，占有结果任务的1/6 = 16.67%；其中已关闭1项。"


def test_a_year_without_faults_has_no_problems(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-08T09:00")
    county.write("rosters/subjects.csv", "对象编号,单位名称,专业\nA1,甲宾馆,公共场所\nB1,一小,学校卫生\n")
    county.plan(("strata:", "frequency:\nstrata:"))
    done(county, "draw", "--seed", "1")
    clock("2023-05-09T10:00")
    for task in ("GGCS/A1", "XXWS/B1"):
        done(county, "record", "--task", task, "--check-ended", "2023-05-09T09:00", "--outcome", "未发现问题")
    done(county, "publish", "results", "--format", "csv")

    assert report(county)["issues"] == []
    assert "按台账数据，没有未完成、逾期、未公示的事项" in html(county)


# ── last year ──


def test_last_years_dossier_is_compared_where_there_is_one(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    a_year(county, monkeypatch, before=True)

    told = report(county)

    assert told["compared"] == "plans/2022.yaml"
    lines = {row[0]: row[2:] for row in rows(told, "comparison")}
    assert lines["抽查任务"] == ["9", "7", "+2"]
    assert lines["完成率"] == ["66.67%", "28.57%", "+38.10"]
    assert lines["无法联系"] == ["1", "1", "0"]
    assert lines["罚没金额"] == ["2500.30", "0", "+2500.30"]
    assert "与2022年比较" in html(county)


def test_without_last_year_it_says_so_and_another_plan_can_be_named(year: County) -> None:
    answer = done(year, "report", "--plan", "2023")
    assert "没有与上年比较：工作文件夹里没有2022年的台账。" in answer.err
    assert "年比较" not in html(year)

    refused = year.ssj("report", "--plan", "2023", "--compare", "2023")
    assert refused.code == 2
    assert "不能和自己比较" in refused.err


# ── the files ──


def html(county: County, name: str = "report.html") -> str:
    return "\n".join(html_texts((folder(county) / name).read_bytes()))


def everything(path: Path) -> str:
    """All text in a file, also in zips within zips."""
    return _text(path.read_bytes())


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(_text(package.read(name)) for name in package.namelist())


def test_word_and_page_say_the_same(year: County) -> None:
    report(year)

    page = [text.replace("\n", "") for text in html_texts((folder(year) / "report.html").read_bytes())]
    word = [text.replace("\n", "") for text in word_texts((folder(year) / "report.docx").read_bytes())]
    assert word == [text for text in page if not text.startswith("⟦")]


def test_charts_are_words_own_with_their_workbooks(year: County) -> None:
    report(year)

    with zipfile.ZipFile(folder(year) / "report.docx") as package:
        names = set(package.namelist())
        charts = sorted(name for name in names if re.fullmatch(r"word/charts/chart\d\.xml", name))
        assert len(charts) == 3
        body = package.read("word/document.xml").decode()
        assert body.count("<c:chart ") == 3
        assert "⟦" not in body
        types = package.read("[Content_Types].xml").decode()
        for number, name in enumerate(charts, 1):
            part = ElementTree.fromstring(package.read(name))  # noqa: S314 - our own file
            values = [value.text for value in part.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}v")]
            book = openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx")))
            cells = {
                str(cell) for row in book["Sheet1"].iter_rows(values_only=True) for cell in row if cell is not None
            }
            assert set(values) == cells
            assert f"/{name}" in types
            assert f'Target="charts/chart{number}.xml"' in package.read("word/_rels/document.xml.rels").decode()


def test_charts_of_the_page_are_pictures_with_text_and_need_no_other_file(year: County) -> None:
    report(year)

    page = (folder(year) / "report.html").read_text("utf-8")
    assert page.count("<svg ") == 3
    assert "公共场所：有结果4、待结果1、未检查0、上级完结0" in page
    assert not re.findall(r"<script|src=|@import|url\(|font-face", page)


def test_the_long_table_has_a_row_per_task_with_typed_columns(year: County) -> None:
    report(year)

    book = openpyxl.load_workbook(folder(year) / "report.xlsx")
    page = book["任务明细"]
    assert [(table.name, table.ref) for table in page.tables.values()] == [("任务明细", "A1:AJ11")]
    heading, *lines = page.iter_rows(values_only=True)
    task = {line[0]: dict(zip(heading, line, strict=True)) for line in lines}
    assert len(task) == 10
    assert task["GGCS/A3"]["罚款（元）"] == 2000.10
    assert task["GGCS/A3"]["检查结束时间"] == datetime(2023, 5, 9, 9, 30)  # noqa: DTZ001 - a cell knows no zone
    assert (task["GGCS/A2"]["证据（件）"], task["GGCS/A2"]["发现问题"], task["GGCS/A1"]["罚款（元）"]) == (1, 1, None)
    assert (task["N1"]["来源"], task["N1"]["抽取或检查原因"]) == ("非随机", "投诉")
    assert sum(line["有结果"] for line in task.values() if line["来源"] != "非随机") == 6


def test_figures_in_the_workbook_are_numbers(year: County) -> None:
    report(year)

    lines = sheet(year, "各专业抽查结果")
    assert lines[2] == ("公共场所", 5, 4, 1, 1, 1, 1, 0.6667)
    assert len(openpyxl.load_workbook(folder(year) / "report.xlsx")["图表"]._charts) == 3


def test_the_same_ledger_gives_the_same_bytes(year: County) -> None:
    report(year)
    first = {path.name: path.read_bytes() for path in folder(year).iterdir()}
    report(year)

    assert {path.name: path.read_bytes() for path in folder(year).iterdir()} == first
    assert set(first) == {"report.docx", "report.html", "report.xlsx", "SHA256SUMS"}


def test_a_copy_that_somebody_edited_is_kept(year: County) -> None:
    report(year)
    (folder(year) / "report.docx").write_bytes(b"ours")

    told = report(year, "--format", "docx")

    assert [Path(path).name for path in told["kept"]] == ["report-edited-1.docx"]
    assert (folder(year) / "report-edited-1.docx").read_bytes() == b"ours"
    assert (folder(year) / "report.docx").read_bytes().startswith(b"PK")
    assert report(year)["kept"] == []


# ── for the public ──


def test_the_public_report_names_no_inspector_and_nothing_unpublished(year: County) -> None:
    told = report(year, "--public")

    assert not {"workload", "late"} & told["tables"].keys()
    files = sorted(path for path in folder(year).iterdir() if path.name.startswith("report-public"))
    assert [path.suffix for path in files] == [".docx", ".html", ".xlsx"]
    said = "\n".join(map(everything, files))
    assert not re.findall(r"监督员|1380000000\d|[赵钱孙李周吴][一二三四五六]|秘密|照片|未取得卫生许可证", said)
    assert told["tasks"] == 1
    assert sheet(year, "任务明细", "report-public.xlsx")[1][0] == "GGCS/A2"
    assert "内部资料" not in html(year, "report-public.html")
    assert "可对外提供" in everything(folder(year) / "report-public.xlsx")


# ── what cannot be ──


def test_an_empty_plan_is_refused(county: County) -> None:
    before = county.files()

    refused = county.ssj("report")

    assert refused.code == 3
    assert "还没有抽取，也没有接收清单，没有可以总结的内容。" in refused.err
    assert county.files() == before


def test_a_wrong_template_is_told_and_nothing_is_written(year: County) -> None:
    year.write("templates/report.html.j2", "{% extends 'base.html.j2' %}{% block body %}{{ totl.tasks }}{% endblock %}")
    before = year.files()

    refused = year.ssj("report", "--plan", "2023")

    assert refused.code == 1
    assert "templates/report.html.j2，第1行" in refused.err
    assert "totl" in refused.err
    assert year.files() == before


def test_an_unknown_format_is_wrong_use(year: County) -> None:
    assert year.ssj("report", "--plan", "2023", "--format", "pdf").code == 2


def test_hostile_names_appear_as_they_are_and_harm_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("script", "formula", "jinja", "cdata", "emoji", "turned")
    names = [HOSTILE[kind].replace('"', "″") for kind in kinds]
    Clock(monkeypatch)("2023-05-08T09:00")
    lines = "".join(f'A{n},"{name}",公共场所,"{name}","{name}"\n' for n, name in enumerate(names))
    county.write(
        "rosters/subjects.csv",
        f"对象编号,单位名称,专业,类别,区域\n{lines}B1,一小,学校卫生,⟦图 outcomes⟧,⟦图 outcomes⟧\n",
    )
    county.plan(("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"))
    done(county, "draw", "--seed", "1", "--no-sheets")
    report(county)

    page = (folder(county) / "report.html").read_text("utf-8")
    assert not re.findall(r"<script|<b>", page)
    told = {str(cell).rstrip("\u202c") for line in sheet(county, "任务明细") for cell in line}
    assert set(names) <= told
    words = "\n".join(word_texts((folder(county) / "report.docx").read_bytes()))
    assert [name for name in names if name not in words] == []
    with zipfile.ZipFile(folder(county) / "report.docx") as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(part))  # noqa: S314 - our own file
