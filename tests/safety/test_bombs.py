"""Small files that would become large: each is one Problem, told before memory or time is spent on it."""

import io
import zipfile
from pathlib import Path

import pytest
import xlwt

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.roster.columns import SUBJECTS
from shuangsuiji.core.table import Table
from shuangsuiji.files.tables import read_tables
from tests.safety.hostile import (
    HEADINGS,
    ONE,
    SHEET,
    TEXTS,
    XMLNS,
    cell,
    claiming,
    entities,
    numbered,
    ods,
    sheet,
    workbook,
)

ROWS = 1_048_576


def read(folder: Path, content: bytes, name: str = "subjects.xlsx") -> tuple[list[Table], list[Problem]]:
    path = folder / name
    path.write_bytes(content)
    return read_tables(path, f"rosters/{name}", SUBJECTS)


def refused(folder: Path, content: bytes, name: str = "subjects.xlsx") -> str:
    """The code of the one Problem that there is."""
    tables, [problem] = read(folder, content, name)
    assert tables == []
    return problem.code


def test_a_million_formatted_blank_rows_below_one_are_no_rows(tmp_path: Path) -> None:
    rows = ONE + numbered(range(3, ROWS + 1), '<c r="A@" s="1"/>')

    [table], problems = read(tmp_path, workbook({SHEET: sheet(rows)}))

    assert (len(table), problems) == (1, [])


def test_a_hundred_thousand_blank_lines_of_a_csv_are_no_rows(tmp_path: Path) -> None:
    text = f"{','.join(HEADINGS)}\n甲店,公共场所,A1\n" + ",,\n" * 100_000

    [table], problems = read(tmp_path, text.encode(), "subjects.csv")

    assert (len(table), problems) == (1, [])


def test_a_csv_of_many_million_rows_is_not_laid_out(tmp_path: Path) -> None:
    text = ",".join(HEADINGS) + "\n" + "a\n" * 6_000_000

    assert refused(tmp_path, text.encode(), "subjects.csv") == "too-big"


def test_a_sheet_of_300_mb_that_is_packed_too_well_is_not_unpacked(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(SHEET, "w") as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))

    assert refused(tmp_path, made.getvalue()) == "too-big"


def test_one_long_text_that_every_cell_names_is_not_laid_out(tmp_path: Path) -> None:
    texts = f'<sst xmlns="{XMLNS}"><si><t>{"长" * 10_000}</t></si></sst>'
    rows = numbered(range(2, 50_000), '<c r="A@" t="s"><v>0</v></c>')

    tables, [problem] = read(tmp_path, workbook({SHEET: sheet(rows), TEXTS: texts}))

    assert (tables, problem.code) == ([], "too-big")
    assert problem.what == "表格内容太多（约 14 万格），会占满电脑的内存，没有读入。"


def test_one_long_text_that_few_cells_name_is_read(tmp_path: Path) -> None:
    texts = f'<sst xmlns="{XMLNS}"><si><t>{"长" * 10_000}</t></si><si><t>短</t></si></sst>'
    named = '<c r="A@" t="s"><v>1</v></c>' + cell("B@", "公共场所") + cell("C@", "Q@")
    rows = numbered(range(2, 30_000), named) + numbered([30_000], named.replace("<v>1<", "<v>0<"))

    [table], problems = read(tmp_path, workbook({SHEET: sheet(rows), TEXTS: texts}))

    assert problems == []
    assert len(table.column("单位名称")[-1]) == 10_000


def test_one_long_text_of_an_old_xls_that_every_cell_names_is_not_laid_out(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("名录")
    for row in range(8_000):
        page.write(row, 0, "长" * 32_000)
    content = io.BytesIO()
    book.save(content)

    assert refused(tmp_path, content.getvalue(), "subjects.xls") == "too-big"


def test_two_cells_in_the_corners_of_an_old_xls_are_not_laid_out(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("名录")
    page.write(0, 0, "单位名称")
    page.write(65_535, 255, "点")
    content = io.BytesIO()
    book.save(content)

    tables, [problem] = read(tmp_path, content.getvalue(), "subjects.xls")

    assert (tables, problem.code) == ([], "too-big")
    assert "约 1677 万格" in problem.what


def test_an_old_xls_whose_sheets_share_one_place_is_damaged(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("一", "二"):
        book.add_sheet(name).write(0, 0, "单位名称")
    content = io.BytesIO()
    book.save(content)
    made = bytearray(content.getvalue())
    first = made.index(b"\x85\x00\x0a\x00")
    second = made.index(b"\x85\x00\x0a\x00", first + 1)
    made[second + 4 : second + 8] = made[first + 4 : first + 8]

    assert refused(tmp_path, bytes(made), "subjects.xls") == "corrupt-file"


def test_a_long_text_that_an_ods_repeats_is_not_laid_out(tmp_path: Path) -> None:
    cells = f'<table:table-cell table:number-columns-repeated="26" office:value-type="string"><text:p>{"x" * 3000}</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="10000">{cells}</table:table-row>'

    assert refused(tmp_path, ods(rows), "subjects.ods") == "too-big"


def test_a_thousand_sheets_that_are_one_part_are_not_read_a_thousand_times(tmp_path: Path) -> None:
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 1001))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook xmlns="{XMLNS}" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>'
    rows = numbered(range(2, 10_000), cell("A@", "店@"))

    assert refused(tmp_path, workbook({"xl/workbook.xml": book, SHEET: sheet(rows)})) == "too-big"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", TEXTS])
def test_a_part_that_is_larger_than_it_claims_is_not_believed(tmp_path: Path, part: str) -> None:
    whole = workbook({part: b" " * (40 << 20)})

    assert refused(tmp_path, claiming(whole, part, 100)) == "corrupt-file"


def test_a_workbook_packed_with_lzma_is_refused_for_it_could_ask_for_any_memory(tmp_path: Path) -> None:
    assert refused(tmp_path, workbook({SHEET: sheet(ONE)}, zipfile.ZIP_LZMA)) == "corrupt-file"


def test_entities_of_an_xlsx_are_not_unfolded(tmp_path: Path) -> None:
    rows = f'<row r="2">{cell("A2", "&z;")}{cell("B2", "公共场所")}{cell("C2", "A1")}</row>'

    assert refused(tmp_path, workbook({SHEET: sheet(rows, before=entities("z"))})) == "corrupt-file"


def test_entities_of_an_ods_are_not_unfolded(tmp_path: Path) -> None:
    rows = '<table:table-row><table:table-cell office:value-type="string"><text:p>&z;</text:p></table:table-cell></table:table-row>'

    assert refused(tmp_path, ods(rows, before=entities("z")), "subjects.ods") == "corrupt-file"


def test_an_entity_that_names_a_file_brings_nothing_of_it_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    outside = f'<!DOCTYPE x [<!ENTITY z SYSTEM "{secret.as_uri()}">]>'
    rows = f'<row r="2">{cell("A2", "&z;")}{cell("B2", "公共场所")}{cell("C2", "A1")}</row>'

    tables, problems = read(tmp_path, workbook({SHEET: sheet(rows, before=outside)}))

    assert "秘密" not in str([*(table.cells for table in tables), *problems])


@pytest.mark.parametrize("tag", ["<row hidden=", "<c ", "<col hidden="])
def test_a_million_tags_that_are_never_closed_are_looked_at_once(tmp_path: Path, tag: str) -> None:
    broken = sheet(ONE).replace("</sheetData>", ' hidden="1" ' + tag * (1 << 20))

    assert refused(tmp_path, workbook({SHEET: broken}, zipfile.ZIP_STORED)) == "corrupt-file"


def test_ten_million_signs_in_one_cell_are_refused(tmp_path: Path) -> None:
    broken = sheet(f'<row r="2">{cell("A2", "x" * (12 << 20))}</row>')

    assert refused(tmp_path, workbook({SHEET: broken}, zipfile.ZIP_STORED)) == "corrupt-file"


def test_of_a_million_failed_cells_ten_thousand_are_told(tmp_path: Path) -> None:
    rows = numbered(range(2, 40_000), '<c r="A@" t="e"><v>#N/A</v></c>')

    _, problems = read(tmp_path, workbook({SHEET: sheet(rows)}))

    assert sum(problem.code == "error-cell" for problem in problems) == 10_000


def test_a_yaml_of_too_many_entries_is_refused_before_it_is_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuangsuiji.files.yamltree.MAX_EVENTS", 10_000)

    assert refused(tmp_path, b"[" + b"a," * 11_000 + b"]", "subjects.yaml") == "yaml-too-large"


def test_a_problem_does_not_quote_a_cell_of_thirty_thousand_characters(tmp_path: Path) -> None:
    rows = f'<row r="2">{cell("A2", "甲")}{cell("B2", "公共场所")}{cell("C2", "A1")}<c r="D2" t="inlineStr"><is><t>{"年" * 30_000}</t></is></c></row>'
    dated = sheet(rows).replace("</row>", cell("D1", "许可证有效期") + "</row>", 1)

    _, [problem] = read(tmp_path, workbook({SHEET: dated}))

    assert problem.code == "bad-date"
    assert len(problem.what) < 2000
    assert problem.what.endswith("不是日期。")
