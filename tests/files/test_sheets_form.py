"""The return form: what may be typed where, and what it looks like to the reader that takes it back."""

from datetime import date

import pytest
from openpyxl.utils.datetime import from_excel

from shuangsuiji.files.sheets.form import FORM, SHEET
from shuangsuiji.files.sheets.form_sheet import LEFT_PAGE_ENDS, PAGE
from shuangsuiji.files.sheets.style import TINT, pixels
from tests.files.test_sheets import book_of
from tests.files.test_sheets_example import county

HEADINGS = [entry.heading for entry in FORM]


@pytest.fixture
def sheet():
    return book_of(county())[0][SHEET]


@pytest.fixture
def first(sheet):
    """The number of the first row to fill in."""
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == HEADINGS[0]) + 1


def rule(sheet, heading):
    letter = sheet.cell(4, HEADINGS.index(heading) + 1).column_letter
    found = [each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(f"{letter}5:")]
    assert len(found) == 1
    return found[0]


def test_headings_and_field_names_are_unique():
    assert len(set(HEADINGS)) == len(FORM) == len({entry.field for entry in FORM})


def test_the_form_has_one_row_per_task_of_the_inspector(sheet, first):
    _, mine = book_of(county())

    tasks = [sheet.cell(row, 1).value for row in range(first, sheet.max_row + 1)]

    assert tasks == [task for visit in mine for task in visit.tasks]


def test_the_headings_stand_in_one_row_as_declared(sheet, first):
    assert [cell.value for cell in sheet[first - 1]] == HEADINGS


def test_the_fixed_columns_are_locked_and_all_others_open_and_tinted(sheet, first):
    for entry, cell in zip(FORM, sheet[first], strict=True):
        assert cell.protection.locked == (entry.kind == "fixed")
        assert (cell.fill.fgColor.rgb == f"FF{TINT[1:]}") == (entry.kind != "fixed")


def test_the_sheet_is_protected_without_a_password_and_columns_and_rows_can_be_resized(sheet):
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.formatColumns
    assert not sheet.protection.formatRows


@pytest.mark.parametrize("entry", [entry for entry in FORM if entry.choices], ids=lambda entry: entry.field)
def test_a_choice_is_a_drop_down_of_what_is_declared(sheet, entry):
    found = rule(sheet, entry.heading)

    assert found.type == "list"
    assert found.formula1 == f'"{",".join(entry.choices)}"'
    assert "请从下拉列表中选择" in found.error


@pytest.mark.parametrize("entry", [entry for entry in FORM if entry.kind in {"date", "moment"}], ids=lambda e: e.field)
def test_a_date_lies_between_the_plans_year_and_five_years_after_it(sheet, first, entry):
    found = rule(sheet, entry.heading)

    cell = sheet.cell(first, HEADINGS.index(entry.heading) + 1)
    assert (found.type, found.operator or "between") == ("date", "between")
    assert [from_excel(float(text)).date() for text in (found.formula1, found.formula2)] == [
        date(2023, 1, 1),
        date(2028, 12, 31),
    ]
    assert cell.number_format == ("yyyy-mm-dd hh:mm" if entry.kind == "moment" else "yyyy-mm-dd")


def test_money_is_a_number_not_below_zero(sheet):
    found = rule(sheet, "罚款金额（元）")

    assert (found.type, found.operator, found.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert "单位为元" in found.prompt


def test_numbers_of_documents_are_text_so_that_no_zero_is_lost(sheet, first):
    assert sheet.cell(first, HEADINGS.index("处罚决定书文号") + 1).number_format == "@"
    assert sheet.cell(first, HEADINGS.index("立案编号") + 1).number_format == "@"


def test_each_column_has_one_rule_over_all_rows(sheet, first):
    ranges = [str(each.sqref) for each in sheet.data_validations.dataValidation]

    assert len(ranges) == len({text.split(":")[0] for text in ranges})
    assert all(text.endswith(str(sheet.max_row)) and f"{first}:" in text for text in ranges)


def test_every_prompt_is_short_enough_for_excel(sheet):
    for each in sheet.data_validations.dataValidation:
        assert len(each.promptTitle or "") <= 32
        assert len(each.errorTitle or "") <= 32
        assert len(each.prompt or "") <= 255
        assert len(each.error or "") <= 255


def test_the_form_prints_two_pages_wide_each_beginning_with_the_task(sheet, first):
    left = 1 + [entry.field for entry in FORM].index(LEFT_PAGE_ENDS)
    wide = [pixels(entry.width) for entry in FORM]

    assert sheet.print_title_rows == f"${first - 2}:${first - 1}"
    assert sheet.print_title_cols == "$A:$C"
    assert [each.id for each in sheet.col_breaks.brk] == [left]
    assert sum(wide[:left]) * sheet.page_setup.scale / 100 <= PAGE
    assert sum(wide[:3] + wide[left:]) * sheet.page_setup.scale / 100 <= PAGE


def test_a_moment_and_a_sum_of_millions_fit_their_columns():
    wide = {entry.heading: entry.width for entry in FORM}

    assert wide["检查结束时间"] > len("2023-05-09 14:30")
    assert wide["罚款金额（元）"] > len("1,000,000.00")


def test_the_instructions_tell_the_24_hours_and_how_to_send_back():
    words = "".join(str(row[0].value or "") + str(row[1].value or "") for row in book_of(county())[0]["填写说明"].rows)

    assert "24小时内上传检查结果" in words
    assert "把本文件发回" in words
