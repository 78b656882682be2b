"""Cells: what is typed in many ways becomes one, with its reason; what cannot be read is a Problem, never a guess."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.importing.cells import normalised
from shuangsuiji.core.importing.dates import dated
from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.importing.normalise import WHY
from shuangsuiji.core.importing.phones import phones
from shuangsuiji.core.importing.raw import Why
from tests.importing.sheets import imported, raw

FIELDS = {(kind, column.heading): column for kind, columns in COLUMNS.items() for column in columns}
SUBJECT = {column.heading: column for column in COLUMNS["subjects"]}


def value(field, text, **more):
    cell = normalised(SUBJECT[field], text, **more)
    assert cell.fault is None
    return cell.value


def fault(field, text, **more):
    return normalised(SUBJECT[field], text, **more).fault


@pytest.mark.parametrize(
    ("text", "after", "why"),
    [
        (" 某某美容店 ", "某某美容店", ("blanks",)),
        ("\u3000某某\u00a0美容店\u2003", "某某美容店", ("blanks",)),
        ("某 某 美 容 店", "某某美容店", ("blanks",)),
        ("某某\r\n美容店", "某某美容店", ("line-break",)),
        ("某某\t美容店", "某某美容店", ("blanks",)),
        ("某某\u200b美容店\ufeff", "某某美容店", ("invisible",)),
        ("\u202e某某美容店", "某某美容店", ("invisible",)),
        ("ＡＢＣ第１２号店", "ABC第12号店", ("width",)),
        ("某某美容店(东关店)", "某某美容店（东关店）", ("brackets",)),
        ("某某美容店（东关店)", "某某美容店（东关店）", ("brackets",)),
        ("某某(北(东))店", "某某（北（东））店", ("brackets",)),
        ("⼀心堂", "一心堂", ("look-alike",)),
        ("'某某店", "某某店", ("mark",)),
        ("KFC  Express", "KFC Express", ("blanks",)),
        ("KFC\nExpress", "KFC Express", ("line-break",)),
        ("／", "", ("placeholder",)),
        ("暂无", "", ("placeholder",)),
        (" \u3000", "", ("blanks",)),
        (" 某\n某Ａ(东)店 ", "某某A（东）店", ("line-break", "blanks", "width", "brackets")),
    ],
)
def test_a_name_is_cleaned_and_every_reason_is_told(text, after, why):
    cell = normalised(SUBJECT["单位名称"], text)

    assert (cell.value, cell.why, cell.fault) == (after, why, None)


@pytest.mark.parametrize(
    "text",
    [
        "某某美容店（东关店）",
        "KFC Express",
        "O'Neil 咖啡".replace(" ", ""),
        "A&B（某某）公司",
        "赵䶮餐馆",
        "“老地方”饭店",
        "7-11便利店",
        "c.e.o.(club)",
    ],
)
def test_a_clean_name_is_left_alone(text):
    assert normalised(SUBJECT["单位名称"], text) == (text, (), None, True)


def test_running_text_keeps_its_blanks_and_brackets():
    assert value("备注", " 见 附件 (一)\n详见 二 ") == "见 附件 (一)详见 二"
    assert value("备注", "无") == "无"


def test_no_is_no_reason_to_be_drawn_always():
    assert [value("必查原因", text) for text in ("否", "无", "0", "/", "投诉较多")] == ["", "", "", "", "投诉较多"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("91350100m000100y43", "91350100M000100Y43"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
        (" 9135 0100 M000 100Y 43", "91350100M000100Y43"),
        ("'91350100M000100Y43", "91350100M000100Y43"),
        ("无", ""),
    ],
)
def test_a_credit_code_is_half_width_in_capitals_without_blanks(text, after):
    assert value("统一社会信用代码", text) == after


def test_other_ids_keep_their_small_letters_and_zeros():
    assert value("对象编号", " d-００７a ") == "d-007a"


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        ("统一社会信用代码", "1.30129E+17", False),
        ("统一社会信用代码", "1.30129e+17", False),
        ("统一社会信用代码", "130129196001010000", True),
        ("统一社会信用代码", "130129196001010000", False),
        ("对象编号", "1.30129E+17", False),
        ("对象编号", "1301291960010112", True),
        ("许可证号", "13012919600101120", True),
    ],
)
def test_a_number_that_lost_digits_is_a_problem(field, text, number):
    cell = normalised(SUBJECT[field], text, is_number=number)

    assert (cell.fault.code, cell.severe, cell.value) == ("id-lost-digits", True, text)


def test_fifteen_digits_are_all_there():
    assert value("统一社会信用代码", "130129196001011", is_number=True) == "130129196001011"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2023-05-01", "2023-05-01"),
        ("2023.5.1", "2023-05-01"),
        ("2023/5/1", "2023-05-01"),
        ("2023年5月1日", "2023-05-01"),
        ("2023 年 5 月 1 日", "2023-05-01"),
        ("２０２３年５月１号", "2023-05-01"),
        ("二〇二三年五月一日", "2023-05-01"),
        ("二零二三年十一月二十日", "2023-11-20"),
        ("20230501", "2023-05-01"),
        ("45047", "2023-05-01"),
        ("45047.75", "2023-05-01"),
        ("2023-05-01 08:30:00", "2023-05-01"),
        ("2023—05—01", "2023-05-01"),
        ("2024.2.29", "2024-02-29"),
        ("13/02/2023", "2023-02-13"),
        ("02/13/2023", "2023-02-13"),
        ("2023年5月", "2023-05-31"),
        ("2023.5", "2023-05-31"),
        ("202302", "2023-02-28"),
        ("2019.5.1-2023.4.30", "2023-04-30"),
        ("自2019年5月1日起至2023年4月30日止", "2023-04-30"),
        ("2019年5月1日至长期", "长期"),
        ("至2025年12月31日", "2025-12-31"),
        ("长期有效", "长期"),
        ("/", ""),
    ],
)
def test_a_date_is_read_in_every_form(text, after):
    assert value("许可证有效期", text) == after


def test_a_month_begins_something_and_ends_what_holds_until_it():
    assert (dated("2023年5月").value, dated("2023年5月", until=True).value) == ("2023-05-01", "2023-05-31")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01/02/2023", "ambiguous-date"),
        ("1.2.2023", "ambiguous-date"),
        ("23.5.1", "two-digit-year"),
        ("23年5月1日", "two-digit-year"),
        ("23/5/1", "two-digit-year"),
        ("2023年2月30日", "no-such-day"),
        ("2023-13-01", "no-such-day"),
        ("20230230", "no-such-day"),
        ("2023", "bad-date"),
        ("2023年", "bad-date"),
        ("9999.5.1", "bad-date"),
        ("待定", "bad-date"),
        ("2023" * 30, "bad-date"),
    ],
)
def test_a_date_that_could_be_two_or_none_is_a_problem_and_stays_as_it_is(text, code):
    cell = normalised(SUBJECT["许可证有效期"], text)

    assert (cell.value, cell.fault.code) == (text, code)


def test_a_range_is_no_day_of_a_visit():
    assert fault("上次检查日期", "2023.5.1-2023.5.3").code == "date-range"


def test_a_month_typed_as_a_number_may_have_lost_its_zero():
    assert fault("许可证有效期", "2023.1", is_number=True).code == "ambiguous-date"
    assert value("许可证有效期", "2023.5", is_number=True) == "2023-05-31"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0311—87654321", "0311-87654321"),
        ("（0311）8765 4321", "0311-87654321"),
        ("031187654321", "0311-87654321"),
        ("010-12345678", "010-12345678"),
        ("0311-87654321-802", "0311-87654321转802"),
        ("13812345678/0311-87654321", "13812345678；0311-87654321"),
        ("13812345678、13812345678", "13812345678"),
        ("13812345678 13912345678", "13812345678；13912345678"),
        ("87654321", "87654321"),
    ],
)
def test_a_telephone_number_has_one_form(text, after):
    assert value("联系电话", text) == after


@pytest.mark.parametrize(("text", "number"), [("1381234567", False), ("张三", False), ("31187654321", True)])
def test_what_is_no_telephone_number_stays_and_is_told(text, number):
    cell = normalised(SUBJECT["联系电话"], text, is_number=number)

    assert (cell.value, cell.fault.code, cell.severe) == (text, "odd-phone", False)


def test_specialties_are_parted_by_one_sign_each_once():
    assert value("专业", "公共场所、生活饮用水/公共場所\n学校 ") == "公共场所；生活饮用水；学校"


@pytest.mark.parametrize("field", ["单位名称", "专业", "联系电话", "许可证有效期", "对象编号", "备注"])
@pytest.mark.parametrize("unit", ["(", " ", "\u200b", "\n", "0", "1-", "(1", "'", "、", "甲 ", "年", "86", "－"])
def test_a_cell_of_thirty_thousand_signs_is_borne(field, unit):
    text = unit * (30_000 // len(unit))

    once = normalised(SUBJECT[field], text)

    assert normalised(SUBJECT[field], once.value).value == once.value


def test_a_share_typed_as_a_number_is_a_percentage():
    column = FIELDS["items", "抽查比例"]

    assert [normalised(column, text, is_number=True).value for text in ("0.08", "1", "0.125", "0.5")] == [
        "8%",
        "100%",
        "12.5%",
        "50%",
    ]
    assert normalised(column, "8%").value == "8%"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "甲乙店（）()０Ａa1 　\u00a0\u200b\n\t'、；;/.-年月日至号⼀12 3E+", max_size=24
)


@given(st.sampled_from(sorted(FIELDS)), texts, st.booleans())
def test_normalising_twice_is_normalising_once(field, text, is_local):
    column = FIELDS[field]

    once = normalised(column, text, is_local=is_local)
    twice = normalised(column, once.value, is_local=is_local)

    assert (twice.value, twice.why) == (once.value, ())
    assert (once.why == ()) == (once.value == text)


@given(st.sampled_from(sorted(FIELDS)), texts)
def test_what_is_not_changed_has_no_reason_and_what_is_has_one(field, text):
    cell = normalised(FIELDS[field], text)

    assert (cell.value != text) == bool(cell.why)
    assert set(cell.why) <= set(WHY)


@given(st.text("赵钱孙李甲乙丙店馆县镇（）·“”", min_size=1, max_size=20).filter(lambda text: text not in {"无", "空"}))
def test_clean_chinese_is_never_changed(text):
    assert normalised(SUBJECT["单位名称"], text).value == text


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_form_of_a_day_is_that_day(day):
    forms = [
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day} 00:00:00",
    ]

    assert {dated(form).value for form in forms} == {day.isoformat()}


@given(st.text("0123456789-() 　—转+/、；甲", max_size=30).filter(str.strip))
def test_a_telephone_number_loses_no_digit(text):
    after, wrong = phones(text)
    digits = [sign for sign in after if sign in string.digits]

    assert wrong or set(digits) <= {sign for sign in text if sign in string.digits}
    assert phones(after)[0] == after


def test_every_reason_has_its_sentence():
    assert set(WHY) == set(Why.__args__)


def test_a_list_is_normalised_with_a_change_for_every_cell():
    sheet = raw(
        ("名录",),
        ("序号", "企业名称", "网格", "有效期至"),
        ("1", "甲 店", "一 格", "2023.5.1"),
        ("2", "乙店", "二格", "2023-05-01"),
    )

    found = imported(sheet)

    assert list(found.table.cells) == ["单位名称", "许可证有效期", "网格"]
    assert found.table.cells == {
        "单位名称": ["甲店", "乙店"],
        "许可证有效期": ["2023-05-01"] * 2,
        "网格": ["一 格", "二格"],
    }
    assert (list(found.table.numbers), found.table.letters["许可证有效期"]) == ([3, 4], "D")
    assert [(one.place.row, one.place.column, one.target, one.before, one.after, one.why) for one in found.changes] == [
        (3, "企业名称", "单位名称", "甲 店", "甲店", ("blanks",)),
        (3, "有效期至", "许可证有效期", "2023.5.1", "2023-05-01", ("date",)),
    ]
    assert str(found.changes[1].place) == "名单.xlsx，工作表“一”，第3行，“有效期至”列（D列）"


def test_areas_become_a_column_or_fill_the_blanks_of_one():
    rows = [("东关镇",), ("1", "甲店", "13812345678"), ("2", "乙店", "")]
    without = imported(raw(("序号", "单位名称", "电话"), *rows))
    beside = imported(raw(("序号", "单位名称", "乡镇"), rows[0], ("1", "甲店", ""), ("2", "乙店", "西关镇")))

    assert without.table.cells["区域"] == ["东关镇", "东关镇"]
    assert [(one.place.row, one.target, one.after, one.why) for one in without.changes] == [
        (3, "区域", "东关镇", ("area",)),
        (4, "区域", "东关镇", ("area",)),
    ]
    assert beside.table.cells["区域"] == ["东关镇", "西关镇"]
    assert [(one.place.letter, one.before, one.after) for one in beside.changes] == [("C", "", "东关镇")]


def test_cells_filled_from_a_merged_range_are_changes():
    found = imported(raw(("乡镇", "单位名称"), ("东 关镇", "甲店"), ("", "乙店"), merged=["A2:A3"]))

    assert found.table.cells["区域"] == ["东关镇", "东关镇"]
    assert [(one.place.row, one.before, one.after, one.why) for one in found.changes] == [
        (2, "东 关镇", "东关镇", ("blanks",)),
        (3, "", "东关镇", ("merged", "blanks")),
    ]


def test_what_is_wrong_is_told_with_its_cell():
    sheet = raw(
        ("单位名称", "统一社会信用代码", "有效期至", "编号", "地址"),
        ("甲店", "130129196001010000", "2023年2月30日", "7", ""),
        ("乙店", "", "", "8", ""),
        numeric={1: frozenset({2}), 3: frozenset({2, 3})},
        bad={(3, 4): "#REF!", (2, 4): ""},
    )

    found = imported(sheet)

    assert {(one.severity, one.code, one.place.row, one.place.letter) for one in found.problems} == {
        ("warning", "id-was-number", None, "D"),
        ("error", "id-lost-digits", 2, "B"),
        ("error", "no-such-day", 2, "C"),
        ("error", "formula-not-saved", 2, "E"),
        ("error", "error-cell", 3, "E"),
    }
    assert found.table.cells["对象编号"] == ["7", "8"]


def test_normalising_a_normalised_list_changes_nothing():
    sheet = raw(("单位名称", "电话", "专业"), (" 甲(东)店", "138 1234 5678", "公共场所、学校"), ("乙\n店", "", "x/y"))
    once = imported(sheet)
    again = imported(raw(tuple(once.table.cells), *zip(*once.table.cells.values(), strict=True)))

    assert (again.changes, again.table.cells) == ([], once.table.cells)
    assert lay_out(sheet, "subjects").is_list
