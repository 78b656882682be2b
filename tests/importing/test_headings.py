"""Columns become fields: by the clerk's word, by heading, by cells; what is doubtful is asked, conflicts are told."""

import pytest

from shuangsuiji.core.importing.headings import match
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.roster.columns import CONFLICTS, INSPECTORS, ITEMS, SUBJECTS
from tests.importing.sheets import mapped, raw, targets

CODES = ["91350100M000100Y43", "91350100M000100Y43", "91350100M000100Y43"]
PHONES = ["13812345678", "0311-87654321", "13912345678"]
NAMES = ["甲宾馆", "乙理发店", "丙小学"]
DATES = ["2023.5.1", "2024年6月1日", "2025年7月"]
SPECIALTIES = ["公共场所", "学校卫生", "公共场所、饮用水"]
PEOPLE = ["张三", "李四", "王五"]


def table(**columns):
    """A sheet by its columns: heading=cells."""
    return raw(tuple(columns), *zip(*columns.values(), strict=True))


def how(sheet, heading, kind="subjects"):
    return next((one.target, one.how) for one in mapped(sheet, kind=kind).matched if one.heading == heading)


@pytest.mark.parametrize(
    ("kind", "columns"),
    [("subjects", SUBJECTS), ("inspectors", INSPECTORS), ("items", ITEMS), ("conflicts", CONFLICTS)],
)
def test_every_heading_and_every_variant_of_it_is_known(kind, columns):
    required = [column for column in columns if column.required] or columns[:1]
    for column in columns:
        for name in (column.heading, *column.aliases):
            others = [one.heading for one in (*required, *columns[:3]) if one is not column]
            headings = list(dict.fromkeys([name, *others]))

            found = targets(headings, [""] * len(headings), kind=kind)

            assert found[0] in {one.heading for one in columns if name in (one.heading, *one.aliases)}


@pytest.mark.parametrize("heading", ["＊單位名稱（全稱）", "单 位\n名 称：", "企业名称"])
def test_notes_blanks_and_traditional_characters_do_not_matter(heading):
    [name, _] = mapped(raw((heading, "地址"), ("甲", "乙"))).matched

    assert (name.target, name.how) == ("单位名称", "name")


@pytest.mark.parametrize(
    ("heading", "target", "cells"),
    [
        ("被许可单位名称", "单位名称", NAMES),
        ("法人姓名", "法定代表人", PEOPLE),
        ("卫生许可证有效期限至", "许可证有效期", DATES),
        ("经营场所地址", "地址", ["东关1号", "西关2号", ""]),
        ("联系电话号码", "联系电话", PHONES),
        ("联系人手机号", "联系电话", PHONES),
        ("单位全称", "单位名称", NAMES),
    ],
)
def test_a_heading_much_like_a_known_one_is_read_as_it(heading, target, cells):
    sheet = table(**{"专业": SPECIALTIES, "统一社会信用代码": CODES, heading: cells})

    assert how(sheet, heading) == (target, "near-name")


@pytest.mark.parametrize("heading", ["传真号码", "法人身份证号", "邮编", "从业人数", "网格", "营业面积"])
def test_a_heading_like_none_is_carried_along_under_its_own_name(heading):
    sheet = table(**{"单位名称": NAMES, "专业": SPECIALTIES, heading: ["1", "2", "3"]})

    assert how(sheet, heading) == (heading, "local")
    assert mapped(sheet).unsure == []


def test_a_number_under_a_group_is_the_number_of_that_group():
    upper = ("单位名称", "卫生许可证", "", "电话")
    sheet = raw(upper, ("", "编号", "有效期至", ""), ("甲宾馆", "卫字1号", "2025-01-01", ""))

    assert mapped(sheet).targets(0) == {0: "单位名称", 1: "许可证号", 2: "许可证有效期", 3: "联系电话"}


def test_a_column_of_codes_is_known_by_its_cells_whatever_its_heading():
    assert how(table(单位名称=NAMES, 专业=SPECIALTIES, 证照=CODES), "证照") == ("统一社会信用代码", "content")


def test_columns_without_headings_are_known_by_their_cells():
    rows = zip(NAMES, CODES, PHONES, strict=True)

    found = mapped(raw(("单位名称", "", ""), *rows))

    assert found.targets(0) == {0: "单位名称", 1: "统一社会信用代码", 2: "联系电话"}
    assert [one.how for one in found.matched] == ["name", "content", "content"]


def test_a_list_without_any_heading_is_known_by_its_cells():
    rows = zip(["1", "2", "3"], NAMES, CODES, PHONES, strict=True)

    found = mapped(raw(*rows))

    assert found.targets(0) == {1: "单位名称", 2: "统一社会信用代码", 3: "联系电话"}


def test_a_column_of_dates_without_heading_is_asked_with_what_it_may_be():
    [unsure] = mapped(raw(("单位名称", "专业", ""), *zip(NAMES, SPECIALTIES, DATES, strict=True))).unsure

    assert [one.target for one in unsure.candidates] == ["许可证有效期", "上次检查日期", "登记日期"]
    assert unsure.candidates[0].why == "100% 的内容是日期"
    assert (unsure.letter, unsure.place.row, unsure.samples) == ("C", 1, tuple(DATES))


def test_the_running_number_is_left_behind():
    sheet = raw(("序号", "单位名称", "专业"), ("1", "甲店", "公共场所"))

    assert mapped(sheet).targets(0) == {1: "单位名称", 2: "专业"}


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("统一社会信用代码", PHONES, "电话号码（如“13812345678”）"),
        ("联系电话", CODES, "18 位统一社会信用代码"),
        ("单位名称", PHONES, "电话号码"),
        ("许可证有效期", CODES, "18 位统一社会信用代码"),
        ("法定代表人", ["11010519491231002X"] * 3, "身份证号码"),
    ],
)
def test_cells_that_contradict_a_clear_heading_are_told_and_do_not_overrule_it(heading, cells, said):
    sheet = table(**({"单位名称": NAMES} | {"地址": ["", "", ""], heading: cells}))

    found = mapped(sheet)

    assert heading in found.targets(0).values()
    [problem] = found.problems
    assert (problem.severity, problem.code, problem.place.column) == ("error", "heading-contradicted", heading)
    assert said in problem.what


def test_what_the_clerk_says_settles_a_contradiction():
    rows = [("甲店", "13812345678"), ("乙店", "13912345678")]
    headings = ("单位名称", "统一社会信用代码")

    assert mapped(raw(headings, *rows), given={"统一社会信用代码": "联系电话"}).problems == []
    assert targets(headings, *rows, given={"统一社会信用代码": "联系电话"}) == {0: "单位名称", 1: "联系电话"}
    assert targets(headings, *rows, given={"B列": "不导入"}) == {0: "单位名称"}
    assert mapped(raw(headings, *rows), given={"B": "统一社会信用代码"}).problems == []


@pytest.mark.parametrize("heading", ["编号", "许可证号"])
def test_numbers_of_any_look_are_no_contradiction_where_numbers_are_free(heading):
    assert mapped(table(单位名称=NAMES, **{heading: CODES})).problems == []


def test_of_two_columns_of_one_meaning_the_filled_one_is_read():
    sheet = table(单位名称=NAMES, 电话=["", "", ""], 手机=PHONES)

    assert mapped(sheet).targets(0) == {0: "单位名称", 1: "电话", 2: "联系电话"}


def test_of_two_columns_of_one_meaning_the_exact_heading_is_read_and_that_is_told():
    found = mapped(table(单位名称=NAMES, 电话=PHONES, 联系电话=PHONES))

    assert found.targets(0) == {0: "单位名称", 1: "电话", 2: "联系电话"}
    assert [(one.severity, one.code) for one in found.problems] == [("warning", "duplicate-column")]


def test_the_address_of_the_business_goes_before_the_registered_one():
    found = mapped(table(单位名称=NAMES, 注册地址=["东关"] * 3, 经营地址=["西关"] * 3))

    assert found.targets(0) == {0: "单位名称", 1: "注册地址", 2: "地址"}
    assert [(one.severity, one.code) for one in found.problems] == [("warning", "duplicate-column")]


def test_two_columns_of_one_meaning_are_asked():
    found = mapped(table(单位名称=NAMES, 电话=PHONES, 手机=PHONES))

    assert [(one.heading, one.candidates[0].target) for one in found.unsure] == [
        ("电话", "联系电话"),
        ("手机", "联系电话"),
    ]
    assert found.targets(0) == {0: "单位名称", 1: "电话", 2: "手机"}


def test_an_answer_for_one_column_of_one_sheet_is_taken():
    sheet = table(单位名称=NAMES, 电话=PHONES, 手机=PHONES)

    found = mapped(sheet, given={(0, 2): "联系电话"})

    assert (found.targets(0), found.unsure) == ({0: "单位名称", 1: "电话", 2: "联系电话"}, [])


def test_a_needed_column_that_is_missing_is_a_problem_with_what_there_is():
    [problem] = mapped(table(专业=SPECIALTIES, 地址=["东关1号"] * 3, 丁="甲乙丙")).problems

    assert (problem.severity, problem.code) == ("error", "missing-column")
    assert problem.what == "没有找到“单位名称”列。"
    assert problem.todo == "现有的列：专业、地址、丁。请用 --map 列=单位名称 指明。"


def test_names_under_an_unknown_heading_are_asked_for():
    found = mapped(table(专业=SPECIALTIES, 地址=["东关1号"] * 3, 丁=NAMES))

    assert [one.code for one in found.problems] == ["missing-column"]
    assert found.problems[0].what == "没有找到“单位名称”列。可能是“丁”（C列）。"
    assert found.unsure[0].candidates[0].target == "单位名称"


def test_statistics_beside_the_list_are_left_out_with_a_warning():
    found = mapped(table(单位名称=NAMES, 专业=SPECIALTIES), table(专业=["公共场所"], 备注=["12家"]))

    assert (found.left_out, found.targets(1)) == ((1,), {})
    assert [(one.severity, one.code) for one in found.problems] == [("warning", "no-list")]


def test_each_sheet_has_its_own_columns():
    found = mapped(table(单位名称=NAMES, 电话=PHONES), table(联系方式=PHONES, 企业名称=NAMES))

    assert (found.targets(0), found.targets(1)) == ({0: "单位名称", 1: "联系电话"}, {0: "联系电话", 1: "单位名称"})


@pytest.mark.parametrize(
    ("given", "code", "todo"),
    [
        ({"名字": "单位名称"}, "unknown-column", "单位名称、备注"),
        ({"备注": "信用代吗"}, "unknown-field", "不导入"),
    ],
)
def test_a_map_that_makes_no_sense_is_told_with_what_would(given, code, todo):
    [problem] = mapped(table(单位名称=NAMES, 备注=["", "", "x"]), given=given).problems

    assert (problem.severity, problem.code) == ("error", code)
    assert todo in problem.todo


def test_a_field_can_be_given_to_one_column_only():
    [problem] = mapped(table(单位名称=NAMES, 甲=PHONES, 乙=PHONES), given={"甲": "联系电话", "乙": "电话"}).problems

    assert problem.code == "duplicate-column"


def test_a_local_column_never_bears_a_roster_heading():
    found = targets(("单位名称", "电话", "手机"), ("甲店", "1", "2"), given={"手机": "备注"})

    assert found == {0: "单位名称", 1: "联系电话", 2: "备注"}
    assert len(set(found.values())) == 3


def test_matching_is_the_same_whatever_the_order_of_columns():
    columns = {"被许可单位名称": NAMES, "电话": PHONES, "许可有效期限": DATES, "": CODES, "网格": ["一", "二", "三"]}
    forward = table(**columns)
    backward = table(**dict(reversed(columns.items())))

    def by_heading(sheet):
        layouts = [lay_out(sheet, "subjects")]
        return {(one.heading, one.target, one.how) for one in match(layouts, "subjects").matched}

    assert by_heading(forward) == by_heading(backward)


def test_a_serial_number_that_is_called_a_number_is_left_behind_unless_the_clerk_says_otherwise():
    rows = ("编号", "单位名称"), ("1", "甲宾馆"), ("2", "乙宾馆"), ("3", "丙宾馆")

    assert targets(*rows) == {1: "单位名称"}
    assert [problem.code for problem in mapped(raw(*rows)).problems] == ["serial-number"]
    assert targets(*rows, given={"编号": "对象编号"}) == {0: "对象编号", 1: "单位名称"}
    assert targets(("编号", "单位名称"), ("101", "甲宾馆"), ("102", "乙宾馆"))[0] == "对象编号"


def test_a_list_in_two_halves_side_by_side_is_told():
    headings, row = ("单位名称", "地址"), ("甲宾馆", "东关1号")

    assert [problem.code for problem in mapped(raw(headings * 2, row * 2)).problems] == ["side-by-side"]


def test_headings_that_only_the_clerk_knows_are_found():
    sheet = raw(("店名", "执照"), ("甲宾馆", "1"))

    assert not lay_out(sheet, "subjects").is_list
    assert lay_out(sheet, "subjects", ["店名"]).headings == ("店名", "执照")
