"""Documents: what people typed appears as it is and harms nothing; html and Word say the same; same notice, same bytes."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.core.year.disclosure.notice import Column, Grid
from shuangsuiji.files.documents import FORMATS, render_notice
from shuangsuiji.files.documents.text import literal
from shuangsuiji.files.documents.titles import breadth
from shuangsuiji.files.workspace import Workspace
from tests.publish.papers import HOSTILE, KINDS, bureau, edited, html_texts, part, results, word_texts


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def one_line(texts: list[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


# ── what people typed ──


@pytest.fixture(scope="module")
def hostile() -> Mapping[str, bytes]:
    return render_notice(Workspace(Path("nowhere")), results(*HOSTILE.values()))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_appears_literally_in_html_and_word(hostile: Mapping[str, bytes], kind: str) -> None:
    text = literal(HOSTILE[kind]).strip()

    assert text in html_texts(hostile["results-1.html"])
    assert text in [each.strip() for each in word_texts(hostile["results-1.docx"])]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_a_text_in_the_xlsx(hostile: Mapping[str, bytes], kind: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(hostile["results-1.xlsx"])).active
    number = list(HOSTILE).index(kind) + 3
    cell = sheet.cell(number, 2)

    assert cell.data_type == "s"
    assert str(cell.value).strip() == literal(HOSTILE[kind]).removesuffix("\u202c").strip()


def test_hostile_texts_bring_no_tag_of_their_own(hostile: Mapping[str, bytes]) -> None:
    page = hostile["results-1.html"].decode()
    fine = render_notice(Workspace(Path("nowhere")), results(*["甲"] * len(HOSTILE)), ("html",))["results-1.html"]

    tags = re.findall(r"<(?!br>)[^>]*>", page)
    assert tags == re.findall(r"<(?!br>)[^>]*>", fine.decode())


def test_a_reading_direction_that_is_turned_ends_with_its_text() -> None:
    assert literal("甲\u202e乙") == "甲\u202e乙\u202c"
    assert literal("\u2067甲\u202a乙") == "\u2067甲\u202a乙\u202c\u2069"


def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe_in_the_csv() -> None:
    names = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "/", "甲=乙"]

    cells = rows(render_notice(Workspace(Path("nowhere")), results(*names), ("csv",))["results-1.csv"])[1:]

    assert [row[1] for row in cells] == ["'=1+1", "'+1", "'-1", "'@SUM(1)", "' =1", "'＝1", "/", "甲=乙"]


# ── the files ──


def test_the_csv_is_what_excel_reads_and_has_crlf() -> None:
    content = render_notice(Workspace(Path("nowhere")), results("甲", "乙,丙"), ("csv",))["results-1.csv"]

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert rows(content)[2][1] == "乙,丙"


def test_each_further_table_has_its_own_csv_and_sheet() -> None:
    notice = results("甲")
    more = Grid("抽查结果/2", (Column("甲", 40), Column("乙", 90)), [("1", "2")])
    two = type(notice)("draw", 3, notice.title, notice.on, notice.variables, (*notice.tables, more))

    made = render_notice(Workspace(Path("nowhere")), two, ("xlsx", "csv"))

    assert list(made) == ["draw-3.xlsx", "draw-3.csv", "draw-3-2.csv"]
    book = openpyxl.load_workbook(io.BytesIO(made["draw-3.xlsx"]))
    assert book.sheetnames == ["随机监督抽查结果", "抽查结果／2"]


def test_the_xlsx_is_ready_for_an_a4_printer() -> None:
    notice = results("甲", "乙")
    sheet = openpyxl.load_workbook(
        io.BytesIO(render_notice(Workspace(Path("x")), notice, ("xlsx",))["results-1.xlsx"])
    ).active

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$2:$2"
    assert [cell.value for cell in sheet[2]] == [column.heading for column in notice.tables[0].columns]
    assert all(cell.alignment.wrap_text for cell in sheet[3])


def test_the_same_notice_has_the_same_bytes() -> None:
    first, second = (render_notice(Workspace(Path("nowhere")), results("甲", "乙")) for _ in range(2))

    assert list(first) == [f"results-1.{kind}" for kind in FORMATS]
    assert first == second


def test_a_page_needs_nothing_from_elsewhere(published: Mapping[str, bytes]) -> None:
    for kind in KINDS:
        page = published[f"{kind}-1.html"].decode()
        assert not re.findall(r"https?:|<script|<link|<img|@import|url\(|\bsrc=", page)
        assert '<html lang="zh-CN">' in page
        assert page.count('scope="col"') == page.count("<th ")


@pytest.mark.parametrize("kind", KINDS)
def test_html_and_word_of_a_notice_say_the_same(published: Mapping[str, bytes], kind: str) -> None:
    page, word = html_texts(published[f"{kind}-1.html"]), word_texts(published[f"{kind}-1.docx"])

    assert one_line(page) == one_line(word)
    assert len(page) > 15


def test_a_word_file_is_named_for_the_notice_and_knows_no_time(published: Mapping[str, bytes]) -> None:
    core = part(published["results-1.docx"], "docProps/core.xml")

    assert [each.text for each in core] == [
        "2023年青禾县卫生健康局公共场所等9个专业随机监督抽查结果的公示",
        "青禾县卫生健康局",
        "zh-CN",
        "2023-06-02T00:00:00Z",
    ]


def test_on_a_phone_each_cell_says_its_heading(published: Mapping[str, bytes]) -> None:
    page = published["results-1.html"].decode()

    assert '.t1>tbody>tr>td:nth-child(2)::before{content:"单位名称"}' in page
    assert r'.t1>tbody>tr>td:nth-child(4)::before{content:"抽查事项\2f 专业"}' in page


# ── a bureau's own templates ──


def test_the_workspaces_own_template_comes_first(tmp_path: Path) -> None:
    own = bureau(
        tmp_path,
        base_html=edited("base.html.j2", ("特此公告。", "特此公示。")),
        results_docx=edited("results.docx", ("特此公告。", "本局特此公示。")),
    )

    made = render_notice(own, results("甲"), ("html", "docx"))

    assert "特此公示。" in html_texts(made["results-1.html"])
    assert "本局特此公示。" in word_texts(made["results-1.docx"])


def test_rows_with_a_name_that_dicts_have_too_are_the_rows_own() -> None:
    made = render_notice(Workspace(Path("nowhere")), results("甲"), ("html",))["results-1.html"].decode()

    assert '<td class="c">公共场所</td>' in made


@pytest.mark.parametrize("title", ["2023年青禾县卫生健康局随机监督抽查任务抽取结果的公示", "甲" * 39, "短", "长" * 500])
def test_a_title_in_word_is_cut_into_lines_that_fit(title: str) -> None:
    notice = results("甲", title=title)
    lines = word_texts(render_notice(Workspace(Path("x")), notice, ("docx",))["results-1.docx"])[0].split("\n")

    assert "".join(lines) == title
    assert len(title) == 500 or max(breadth(line) for line in lines) <= 19
    assert not lines[-1].startswith(("的", "”", "）"))


def test_counts_by_specialty_that_do_not_add_up_say_why(tmp_path: Path) -> None:
    one, two = results("甲"), results("甲", "甲", subjects_total=1, objects_text="公共场所1家、学校卫生1家")

    single = render_notice(bureau(tmp_path), one, ("html",))["results-1.html"]
    double = render_notice(bureau(tmp_path), two, ("html",))["results-1.html"]

    assert "其中公共场所1家。" in html_texts(single)[3]
    assert "其中公共场所1家、学校卫生1家（一家有几个专业的，分别计入）。" in html_texts(double)[3]
