"""Files that are not what they seem, or that would do harm: each is one Problem, none raises."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from shuangsuiji.core.table import Column
from shuangsuiji.files.tables import read_tables

COLUMNS = (Column("单位名称", required=True), Column("专业", (), "list", required=True))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def read(tmp_path):
    def read(content, name="subjects.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_tables(path, f"rosters/{name}", COLUMNS)

    return read


def workbook(cells=None):
    book = openpyxl.Workbook()
    book.active.append(["单位名称", "专业"])
    book.active.append(["甲店", "公共场所"])
    for cell, value in (cells or {}).items():
        book.active[cell] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZZ50000", "BZ900000"])
def test_a_stray_cell_far_away_is_named_before_it_can_abort_the_process(read, cell):
    tables, [problem] = read(workbook({cell: "点"}))

    assert tables == []
    assert (problem.code, problem.place.sheet) == ("far-cell", "Sheet")
    assert cell in problem.what


def test_a_stray_cell_aborts_calamine_which_is_why_there_is_a_guard(tmp_path):
    path = tmp_path / "far.xlsx"
    path.write_bytes(workbook({"XFD1048576": "点"}))
    program = f"import python_calamine; python_calamine.CalamineWorkbook.from_path({str(path)!r}).get_sheet_by_index(0)"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert ended.returncode != 0


def test_a_far_cell_that_is_only_formatted_does_no_harm(read):
    book = openpyxl.Workbook()
    book.active.append(["单位名称", "专业"])
    book.active.append(["甲店", "公共场所"])
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    content = io.BytesIO()
    book.save(content)

    [table], problems = read(content.getvalue())

    assert not problems
    assert len(table) == 1


def test_a_lone_cell_at_the_bottom_is_read(read):
    [table], problems = read(workbook({"B1048576": "公共场所"}))

    assert not problems
    assert list(table.numbers) == [2, 1_048_576]


def test_a_bomb_is_not_unpacked(read):
    tables, [problem] = read(zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(200 << 20)}))

    assert (tables, problem.code) == ([], "too-big")


def test_an_encrypted_workbook_is_said_to_have_a_password(read):
    _, [problem] = read(OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024))

    assert problem.code == "protected-file"
    assert problem.what == "文件有打开密码。"


def test_an_xls_with_a_password_is_said_to_have_one(read):
    book = xlwt.Workbook()
    book.add_sheet("名录").write(0, 0, "单位名称")
    content = io.BytesIO()
    book.save(content)
    window = b"\x3d\x00\x12\x00"  # a record of the workbook's first part takes the place of FILEPASS
    assert window in content.getvalue()

    _, [problem] = read(content.getvalue().replace(window, b"\x2f\x00\x12\x00"), "subjects.xls")

    assert problem.code == "protected-file"


def test_a_word_document_of_old_is_not_a_spreadsheet(read):
    _, [problem] = read(OLE + bytes(1024) + "WordDocument".encode("utf-16-le") + bytes(1024), "subjects.xls")

    assert problem.code == "not-a-spreadsheet"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"word/document.xml": b"<w/>"}), "not-a-spreadsheet"),
        (zipped({"xl/workbook.bin": b""}), "not-supported"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "corrupt-file"),
        (workbook()[:-200], "corrupt-file"),
        (workbook()[:300], "corrupt-file"),
        (b"PK\x03\x04", "corrupt-file"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600), "corrupt-file"),
    ],
)
def test_what_is_not_a_whole_workbook_is_refused(read, content, code):
    tables, [problem] = read(content)

    assert (tables, problem.code) == ([], code)


def test_a_workbook_with_a_damaged_part_is_refused(read):
    content = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 80 : start + 120] = bytes(40)

    _, [problem] = read(bytes(content))

    assert problem.code == "corrupt-file"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><table><tr><td>单位名称</td></tr></table></html>".encode(), "网页"),
        ("\ufeff\r\n<!DOCTYPE html>".encode(), "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        ("单位名称,专业\n甲店,公共场所\n".encode("gb18030"), "CSV"),
        (b"\x00\x01\x02", "内容却不是"),
    ],
)
def test_a_file_that_only_bears_the_name_of_a_workbook_is_refused(read, content, said):
    tables, [problem] = read(content, "subjects.xls")

    assert (tables, problem.code) == ([], "mislabelled")
    assert said in problem.what


@pytest.mark.parametrize("name", ["subjects.xls", "subjects.csv", "subjects.XLSX", "subjects.xlsm"])
def test_a_workbook_is_read_whatever_its_name_says(read, name):
    [table], problems = read(workbook(), name)

    assert not problems
    assert table.column("单位名称") == ["甲店"]


def test_a_missing_file_is_a_problem(tmp_path):
    _, [problem] = read_tables(tmp_path / "subjects.xlsx", "rosters/subjects.xlsx", COLUMNS)

    assert problem.severity == "error"
    assert problem.place.file == "rosters/subjects.xlsx"


def test_a_file_that_excel_holds_open_is_a_problem(tmp_path, monkeypatch):
    path = tmp_path / "subjects.xlsx"
    path.write_bytes(workbook())

    def locked(_path):
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "read_bytes", locked)
    _, [problem] = read_tables(path, "rosters/subjects.xlsx", COLUMNS)

    assert problem.code == "file-locked"
    assert "Excel" in problem.what


def test_a_folder_is_a_problem(tmp_path):
    _, [problem] = read_tables(tmp_path, "rosters", COLUMNS)

    assert problem.severity == "error"


def test_a_file_beyond_all_measure_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("shuangsuiji.files.tables.MAX_FILE", 100)
    path = tmp_path / "subjects.csv"
    path.write_bytes(b"," * 101)

    _, [problem] = read_tables(path, "rosters/subjects.csv", COLUMNS)

    assert problem.code == "too-big"


def test_a_large_workbook_is_surveyed_across_its_pieces(tmp_path):
    path = tmp_path / "subjects.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["单位名称", "专业", "备注"])
        for row in range(1, 30_000):
            sheet.write_row(row, 0, [f"第{row}美容美发店", "公共场所", "长" * 20])
            if row % 7_000 == 0:
                sheet.set_row(row, None, None, {"hidden": True})
                sheet.write_formula(row, 1, "=NA()", None, "#N/A")

    [table], problems = read_tables(path, "rosters/subjects.xlsx", COLUMNS)

    assert len(table) == 29_999
    assert problems[0].what == "有4行被隐藏（第7001、14001、21001、28001行），照常读入。"
    assert [problem.place.row for problem in problems[1:]] == [7001, 14001, 21001, 28001]


def xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for row, cells in enumerate([["单位名称", "专业"], ["甲店", "公共场所"]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


EXTENT = b"\x00\x02\x0e\x00"
CELL = b"\xfd\x00\x0a\x00"


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (lambda _: 44, b"\xff\xff\xff\x00"),
        (lambda _: 64, b"\xff\xff\xff\x00"),
        (lambda content: content.index(EXTENT) + 4, b"\xff\xff\xff\xff"),
        (lambda content: content.index(EXTENT) + 8, b"\xff\xff\xff\xff"),
        (lambda content: content.index(CELL) + 6, b"\xff\xff"),
        (lambda content: content.index("Workbook".encode("utf-16-le")) + 120, b"\xff\xff\xff\x7f"),
    ],
)
def test_an_xls_with_a_wrong_length_is_refused_before_calamine_believes_it(read, at, value):
    content = bytearray(xls())
    start = at(bytes(content))
    content[start : start + len(value)] = value

    tables, [problem] = read(bytes(content), "subjects.xls")

    assert (tables, problem.code) == ([], "corrupt-file")


def test_an_xls_whose_sectors_go_in_a_circle_is_refused(read):
    content = bytearray(xls())
    table = 512 * (1 + int.from_bytes(content[76:80], "little"))
    content[table : table + 4] = bytes(4)

    _, [problem] = read(bytes(content), "subjects.xls")

    assert problem.code == "corrupt-file"


def test_an_ods_whose_xml_breaks_off_is_refused_before_calamine_waits_for_its_end(read):
    broken = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": '<office:body xmlns:office="o" xmlns:table="t"><table:table table:name="名录"><table:table-row>',
    }

    _, [problem] = read(zipped(broken), "subjects.ods")

    assert problem.code == "corrupt-file"
