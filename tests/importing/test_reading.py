"""Source files become RawSheets: what stands in them, untouched."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.importing.raw import Merged
from shuangsuiji.core.roster.columns import SUBJECTS
from shuangsuiji.files.importing.reading import read_sources
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.tables.encoding import recognised
from tests.files.test_tables_spreadsheet import ods_row, write_ods

HEADINGS = ["单位名称", "统一社会信用代码", "地址"]
TRADITIONAL = "單位名稱;統一社會信用代碼;監督專業\n某某賓館;91350100M000100Y43;公共場所\n"


def text(tmp_path, content, name="名单.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def sheet(path, kind="subjects"):
    [found], problems = read_sources([path], kind)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("gb18030", "GB18030")],
)
@pytest.mark.parametrize(("delimiter", "word"), [(",", "逗号"), (";", "分号"), ("\t", "制表符")])
@pytest.mark.parametrize("name", ["名单.csv", "名单.txt", "名单.tsv"])
def test_a_text_file_is_read_in_its_encoding_by_its_delimiter(tmp_path, encoding, said, delimiter, word, name):
    rows = [HEADINGS, ["赵䶮餐馆", "007", "东关"]]

    found = sheet(text(tmp_path, "\n".join(map(delimiter.join, rows)), name, encoding))

    assert found.rows == [(1, tuple(HEADINGS)), (2, ("赵䶮餐馆", "007", "东关"))]
    assert found.how == f"{said}，{word}分隔"


def test_big5_is_told_from_gb18030_which_could_decode_it_too(tmp_path):
    found = sheet(text(tmp_path, TRADITIONAL, encoding="big5"))

    assert TRADITIONAL.encode("big5").decode("gb18030") != TRADITIONAL
    assert found.rows[1] == (2, ("某某賓館", "91350100M000100Y43", "公共場所"))
    assert found.how == "Big5，分号分隔"


def test_the_ordinary_roster_door_reads_big5_too(tmp_path):
    path = text(tmp_path, TRADITIONAL, encoding="big5")

    [table], problems = read_tables(path, "rosters/subjects.csv", SUBJECTS)

    assert not problems
    assert (table.column("单位名称"), table.column("专业")) == (["某某賓館"], ["公共場所"])


GB2312 = [bytes([lead, trail]).decode("gb2312") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]


@given(st.text(st.sampled_from(GB2312), min_size=1, max_size=60))
def test_everyday_chinese_in_gb18030_is_never_taken_for_big5(content):
    assert recognised(content.encode("gb18030")) != "cp950"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(content):
    assert recognised(b"\xef\xbb\xbf" + content.encode()) == "utf-8-sig"


def test_the_delimiter_is_found_though_no_heading_is_known(tmp_path):
    found = sheet(text(tmp_path, "甲项;乙项;丙项\n一,1;二;三\n四;五;六\n"))

    assert found.rows[1] == (2, ("一,1", "二", "三"))


def test_cells_are_kept_as_the_file_has_them(tmp_path):
    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("一")
        page.write_row(0, 0, ["单位名称", " 全角Ａ\u200b ", "换\n行"])
        page.write_row(2, 0, ["甲店", 7, 45047.5])
        page.write_datetime(3, 0, date(2023, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(4, 0, [True, 1.30129e17])

    found = sheet(path)

    assert found.rows == [
        (1, ("单位名称", " 全角Ａ\u200b ", "换\n行")),
        (2, ("", "", "")),
        (3, ("甲店", "7", "45047.5")),
        (4, ("2023-05-01", "", "")),
        (5, ("是", "130129000000000000", "")),
    ]
    assert found.numeric == {1: {3, 5}, 2: {3}}


def test_merged_hidden_and_failed_cells_are_told(tmp_path):
    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("一")
        page.merge_range("A1:C1", "名录")
        page.merge_range("A3:A5", "东关镇")
        page.write_formula("B3", "=1/0", value="#DIV/0!")
        page.set_row(3, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("二").hide()

    first, second = read_sources([path], "subjects")[0]

    assert first.merged == [Merged(1, 0, 1, 2), Merged(3, 0, 5, 0)]
    assert first.bad == {(3, 1): "#DIV/0!"}
    assert (first.hidden_rows, first.hidden_columns, first.hidden, second.hidden) == ({4}, {2}, False, True)


def test_an_old_xls_tells_its_merged_cells(tmp_path):
    path = tmp_path / "名单.xls"
    book = xlwt.Workbook()
    book.add_sheet("一").write_merge(0, 1, 0, 3, "名录")
    book.save(str(path))

    assert sheet(path).merged == [Merged(1, 0, 2, 3)]


def test_an_ods_tells_its_merged_cells(tmp_path):
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    cell = f'<table:table-cell {spanned} office:value-type="string"><text:p>名录</text:p></table:table-cell>'
    write_ods(tmp_path / "名单.ods", ods_row("<table:table-cell/>", cell))

    assert sheet(tmp_path / "名单.ods").merged == [Merged(1, 1, 3, 2)]


def test_a_failed_cell_of_an_ods_is_told_in_its_own_column(tmp_path):
    failed = '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
    write_ods(tmp_path / "名单.ods", ods_row("<table:table-cell/>", failed))

    assert sheet(tmp_path / "名单.ods").bad == {(1, 1): "#N/A"}


def test_several_files_and_sheets_are_read_in_their_order(tmp_path):
    one, two = tmp_path / "一.xlsx", text(tmp_path, "单位名称,地址\n甲店,东关\n", "二.csv")
    with xlsxwriter.Workbook(one) as book:
        book.add_worksheet("甲")
        book.add_worksheet("乙").write(0, 0, "单位名称")

    found, problems = read_sources([two, one], "subjects")

    assert [(sheet.file, sheet.sheet) for sheet in found] == [("二.csv", None), ("一.xlsx", "甲"), ("一.xlsx", "乙")]
    assert problems == []


def test_a_file_named_twice_is_read_once(tmp_path):
    path = text(tmp_path, "单位名称,地址\n")

    found, [problem] = read_sources([path, path.parent / "." / path.name], "subjects")

    assert len(found) == 1
    assert (problem.severity, problem.code) == ("warning", "file-twice")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("名单.pdf", b"%PDF-1.4", "not-a-spreadsheet"),
        ("名单.doc", "单位名称".encode(), "not-supported"),
        ("名单.csv", b" \n", "empty-file"),
        ("名单.xlsx", b"<html><table>", "mislabelled"),
        ("名单.xlsx", b"PK\x03\x04cut off", "corrupt-file"),
        ("名单.csv", b"\xb5\xa5\xce\xbb,\xff\xff\xff\n", "bad-encoding"),
        ("名单.csv", b"a,b\n1,\x002\n", "nul-character"),
        ("名单.csv", '单位名称,地址\n"甲店,东关\n乙店,西关\n'.encode(), "unclosed-quote"),
        ("名单.csv", b"," * 60_000 + b"\n" + b"a,b\n" * 1000, "far-cell"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_the_others_are_read(tmp_path, name, content, code):
    good = text(tmp_path, "单位名称,地址\n甲店,东关\n", "好.csv")

    found, [problem] = read_sources([text(tmp_path, content, name), good], "subjects")

    assert [sheet.file for sheet in found] == ["好.csv"]
    assert (problem.severity, problem.code, problem.place.file) == ("error", code, name)


def test_a_file_that_is_not_there_is_a_problem():
    _, [problem] = read_sources([Path("/nowhere/名单.csv")], "subjects")

    assert (problem.severity, problem.place.file) == ("error", "名单.csv")


def test_sources_are_not_modified(tmp_path):
    path = text(tmp_path, "单位名称,地址\n甲店,东关\n")
    before = path.read_bytes(), path.stat().st_mtime_ns

    read_sources([path], "subjects")

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
