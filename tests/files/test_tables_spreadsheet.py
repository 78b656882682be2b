"""xlsx, xls and ods as clerks send them: what is read, what is hidden, what a formula lost."""

import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
import xlwt

from shuangsuiji.core.problem import Place
from shuangsuiji.core.table import Column
from shuangsuiji.files.tables import column_letter, read_tables, spreadsheet
from shuangsuiji.files.tables.guard import contain

COLUMNS = (
    Column("单位名称", required=True),
    Column("专业", (), "list", required=True),
    Column("对象编号", (), "id"),
    Column("许可证有效期", (), "date"),
)
HEADINGS = ["单位名称", "专业", "对象编号", "许可证有效期", "网格"]
SHOP = ["甲店", "公共场所", "D001", "2026-05-01", "一"]
ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="名录&amp;库"><table:table-column table:number-columns-repeated="2"/>'
    '<table:table-column table:visibility="collapse"/>'
)
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "subjects.xlsx"


def read(path):
    return read_tables(path, f"rosters/{path.name}", COLUMNS)


def ods_row(*cells, attributes=""):
    written = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if not cell.startswith("<")
        else cell
        for cell in cells
    )
    return f"<table:table-row {attributes}>{written}</table:table-row>"


def write_ods(path, *rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", ODS_START + "".join(rows) + ODS_END)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_that_excel_shows(index, letters):
    assert column_letter(index) == letters


def test_a_workbook_under_merged_titles_is_read_with_its_dates_and_places(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名录")
        sheet.merge_range(0, 1, 1, 5, "检查对象名录库")
        sheet.write_row(3, 1, HEADINGS)
        sheet.write_row(4, 1, SHOP)
        sheet.write_datetime(4, 4, date(2026, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

    [table], problems = read(path)

    assert not problems
    assert {heading: cells[0] for heading, cells in table.cells.items()} == dict(zip(HEADINGS, SHOP, strict=True))
    assert table.place(0, "专业") == Place("rosters/subjects.xlsx", "名录", 5, "专业", "C")


def test_an_id_typed_as_a_number_is_named_with_its_cell(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["甲店", "公共场所", 1301290000000001])

    _, [problem] = read(path)

    assert problem.code == "id-is-number"
    assert (problem.place.row, problem.place.letter) == (2, "C")
    assert "可能已丢失位数或前导零" in problem.what
    assert problem.todo == "把该列设为“文本”格式后重新填写。"


def test_every_error_cell_of_a_used_column_is_a_problem_even_alone_in_its_row(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, SHOP)
        sheet.write_formula(1, 3, "=VLOOKUP(1,A:B,2)", None, "#N/A")
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 0, "=Z1", None, "#REF!")
        sheet.write(3, 0, "合计")
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")

    _, problems = read(path)

    assert [(problem.code, problem.place.row, problem.place.letter) for problem in problems] == [
        ("error-cell", 2, "D"),
        ("error-cell", 3, "A"),
    ]
    assert problems[0].what == "公式出错（#N/A），读不出内容。"


def test_a_formula_that_was_never_computed_is_a_problem(path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append(["=B2&C2", "公共场所", "D001"])
    book.save(path)

    _, [problem] = read(path)

    assert (problem.code, problem.place.row, problem.place.letter) == ("formula-not-saved", 2, "A")


def test_hidden_rows_columns_and_sheets_are_read_with_a_warning(path):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面").write(0, 0, "名录")
        sheet = book.add_worksheet("名录")
        sheet.hide()
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, 8):
            sheet.write_row(row, 0, SHOP)
        for row in (2, 3, 4, 6, 30):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})

    [table], problems = read(path)

    assert len(table) == 7
    assert {problem.severity for problem in problems} == {"warning"}
    assert [problem.code for problem in problems] == ["hidden-sheet", "hidden-rows", "hidden-columns"]
    assert problems[1].what == "有4行被隐藏（第3–5、7行），照常读入。"
    assert problems[2].what == "“对象编号”（C列）被隐藏，照常读入。"


def test_a_hundred_thousand_formatted_blank_rows_are_no_rows(path):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, SHOP)
        for row in range(2, 20_000):
            sheet.write_blank(row, 0, None, bold)

    [table], problems = read(path)

    assert not problems
    assert len(table) == 1


def test_a_sheet_whose_xml_has_prefixes_and_single_quotes_is_surveyed_too(path, tmp_path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, SHOP)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.set_row(1, None, None, {"hidden": True})
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<c r=", b"<c  r=").replace(b' t="e"', b" t='e'")
            new.writestr(name, content)

    _, problems = read(odd)

    assert [problem.code for problem in problems] == ["hidden-rows", "error-cell"]


def test_cells_without_references_are_counted(path, tmp_path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, SHOP)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell in (f"{letter}{row}" for row in (1, 2) for letter in "ABCDE"):
                    content = content.replace(f'<c r="{cell}"'.encode(), b"<c")
            new.writestr(name, content)

    _, [problem] = read(bare)

    assert (problem.code, problem.place.row, problem.place.letter) == ("error-cell", 2, "C")


def test_a_wide_sheet_is_read(path):
    more = [f"第{number}栏" for number in range(60)]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*more, *HEADINGS])
        sheet.write_row(1, 0, [*more, *SHOP])

    [table], problems = read(path)

    assert not problems
    assert table.letters["单位名称"] == "BI"


def test_an_old_xls_is_read_with_its_errors_and_hidden_rows(tmp_path):
    path = tmp_path / "subjects.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for column, heading in enumerate(HEADINGS):
        sheet.write(0, column, heading)
        sheet.write(1, column, SHOP[column])
    sheet.write(2, 0, "乙店")
    sheet.row(2).set_cell_error(1, 0x2A)
    sheet.row(2).hidden = True
    book.save(path)

    [table], problems = read(path)

    assert table.column("单位名称") == ["甲店", "乙店"]
    assert [(problem.code, problem.place.row) for problem in problems] == [("hidden-rows", None), ("error-cell", 3)]


def test_an_ods_is_read_with_its_errors_and_hidden_rows(tmp_path):
    path = tmp_path / "subjects.ods"
    lost = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    write_ods(
        path,
        ods_row(*HEADINGS),
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        ods_row(*SHOP, attributes='table:visibility="filter"'),
        ods_row("乙店", lost, "D002"),
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    )

    [table], problems = read(path)

    assert (table.sheet, list(table.numbers)) == ("名录&库", [5, 6])
    assert [(problem.code, problem.place.row, problem.place.letter) for problem in problems] == [
        ("hidden-rows", None, None),
        ("hidden-columns", None, None),
        ("error-cell", 6, "B"),
    ]


def test_a_far_cell_of_an_ods_is_named(tmp_path):
    path = tmp_path / "subjects.ods"
    write_ods(
        path,
        ods_row(*HEADINGS),
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>',
        ods_row('<table:table-cell table:number-columns-repeated="16383"/>', "点"),
    )

    tables, [problem] = read(path)

    assert tables == []
    assert problem.code == "far-cell"
    assert "XFD1048576" in problem.what


def test_where_calamine_gives_up_openpyxl_reads_whatever_the_dimension_says(path, tmp_path, monkeypatch):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名录")
        sheet.write_row(1, 0, HEADINGS)
        sheet.write_row(2, 0, SHOP[:3])
        sheet.write_row(5, 0, SHOP)
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<dimension ref="A2:E6"/>', b'<dimension ref="A1"/>')
            new.writestr(name, content)
    monkeypatch.setattr(spreadsheet, "_calamine", give_up)

    [table], problems = read(lying)

    assert not problems
    assert list(table.numbers) == [3, 6]
    assert table.column("网格") == ["", "一"]


def give_up(*_):
    message = "unsupported"
    raise spreadsheet.CalamineError(message)


def test_what_nobody_can_read_is_called_damaged(tmp_path, monkeypatch):
    path = tmp_path / "subjects.xls"
    xls = xlwt.Workbook()
    xls.add_sheet("名录").write(0, 0, "单位名称")
    xls.save(path)
    monkeypatch.setattr(spreadsheet, "_calamine", give_up)

    _, [problem] = read(path)

    assert problem.code == "corrupt-file"


def test_a_container_is_known_by_its_content(path):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()

    assert contain(path.read_bytes(), Place("x")).form == "xlsx"
