"""Which rows of a sheet are its list; every other row is left out with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.importing.raw import Filled, RawSheet, Skipped
from tests.importing.sheets import raw

HEADINGS = ("单位名称", "统一社会信用代码", "地址", "联系电话")
ONE = ("甲宾馆", "91350100M000100Y43", "东关1号", "13812345678")
THREE = ("丙小学", "", "北关3号", "")
TWO = ("乙理发店", "", "西关2号", "")


def lay(*rows, kind="subjects", **more):
    return lay_out(raw(*rows, **more), kind)


def reasons(layout):
    return [(one.first, one.last, one.reason) for one in layout.skipped]


def test_headings_are_found_under_titles_and_blank_rows():
    layout = lay(("某某县检查对象名录",), (), ("填报单位：某某局", "", "日期：2023年5月"), HEADINGS, ONE)

    assert (layout.heading_rows, layout.headings) == ((4,), HEADINGS)
    assert layout.rows == [(5, ONE)]
    assert layout.skipped == [
        Skipped(1, 1, "title", "某某县检查对象名录"),
        Skipped(2, 2, "blank", ""),
        Skipped(3, 3, "title", "填报单位：某某局 日期：2023年5月"),
    ]


def test_headings_over_two_merged_rows_are_joined():
    layout = lay(
        ("序号", "单位名称", "许可证", "", "电话"),
        ("", "", "编号", "有效期", ""),
        ("1", "甲宾馆", "卫字1号", "2025-01-01", ""),
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )

    assert layout.heading_rows == (1, 2)
    assert layout.headings == ("序号", "单位名称", "许可证/编号", "许可证/有效期", "电话")
    assert [number for number, _ in layout.rows] == [3]


def test_headings_over_two_rows_of_a_csv_are_joined_without_merged_cells():
    layout = lay(
        ("名录", "", "", "", ""),
        ("序号", "单位名称", "许可证", "", "电话"),
        ("", "", "编号", "有效期", ""),
        ("1", "甲宾馆", "卫字1号", "2025-01-01", ""),
        how="UTF-8，逗号分隔",
    )

    assert layout.headings == ("序号", "单位名称", "许可证/编号", "许可证/有效期", "电话")


def test_headings_that_are_all_grouped_are_joined():
    layout = lay(
        ("基本情况", "", "", "许可证", ""),
        ("名称", "地址", "电话", "编号", "有效期"),
        ("甲宾馆", "东关", "", "卫字1号", "2025-01-01"),
    )

    assert layout.headings == ("基本情况/名称", "基本情况/地址", "基本情况/电话", "许可证/编号", "许可证/有效期")


@pytest.mark.parametrize(
    "above",
    [("某某县名录", "", "", ""), ("填报单位：某某局", "", "日期：5月", ""), ("某某县", "", "2023年度", "")],
)
def test_a_title_is_no_upper_half_of_the_headings(above):
    assert lay(above, HEADINGS, ONE).headings == HEADINGS


def test_the_first_row_of_the_list_is_no_lower_half_of_the_headings():
    layout = lay(("单位名称", "地址", "", "专业"), ("甲宾馆", "东关", "1号", "公共场所"))

    assert (layout.heading_rows, len(layout.rows)) == ((1,), 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((), "blank"),
        ((" ", "\u3000", "\u200b"), "blank"),
        (("合计", "", "2家"), "total"),
        (("合　计", "2", "3", "4"), "total"),
        (("", "小计：", "2"), "total"),
        (("东关镇小计", "12"), "total"),
        (("共计12家",), "total"),
        (("总计（12家）",), "total"),
        (HEADINGS, "heading-again"),
        (("单位 名称", "统一社会信用代码", "地址", ""), "heading-again"),
        (("注：本表一式两份。",), "footnote"),
        (("备注：乙店已停业",), "footnote"),
        (("※以十月底为准",), "footnote"),
        (("填表人：某某", "", "审核人：某某", "2023年5月1日"), "footnote"),
        (("以上名单截至2023年10月31日",), "footnote"),
        (("示例：某某宾馆", "91350100M000100Y43", "某某路1号", ""), "example"),
        (("例如", "91350100M000100Y43", "某某路1号", ""), "example"),
    ],
)
def test_a_row_that_is_none_of_the_list_is_left_out_with_its_reason(row, reason):
    layout = lay(HEADINGS, ONE, row, TWO)

    assert [number for number, _ in layout.rows] == [2, 4]
    assert reasons(layout) == [(3, 3, reason)]


@pytest.mark.parametrize(
    "row",
    [
        ("合家欢超市", "91350100M000100Y43", "", ""),
        ("小计量器具厂", "", "东关", ""),
        ("注塑制品厂", "", "东关", ""),
        ("备注册商贸公司", "", "", "13812345678"),
        ("单位食堂", "", "东关", ""),
        ("总医院", "", "", ""),
        ("例外咖啡店", "", "东关", ""),
        ("甲美容店", "", "", ""),
    ],
)
def test_a_subject_whose_name_begins_like_something_else_is_kept(row):
    assert lay(HEADINGS, ONE, row).rows == [(2, ONE), (3, row)]


def test_blank_rows_that_follow_each_other_are_one_entry():
    layout = lay(HEADINGS, ONE, (), (), (), TWO, (), ())

    assert reasons(layout) == [(3, 5, "blank"), (7, 8, "blank")]


def test_the_numbers_of_the_columns_under_the_headings_are_left_out():
    layout = lay(HEADINGS, ("甲", "乙", "1", "2"), ONE)

    assert reasons(layout) == [(2, 2, "heading-again")]


@pytest.mark.parametrize("text", ["东关镇", "一、东关镇", "（一）东关镇", "东关镇（12家）", "东关镇："])
def test_a_merged_row_with_the_name_of_a_place_is_the_area_of_the_rows_below(text):
    layout = lay(HEADINGS, ONE, (text,), TWO, merged=["A3:D3"])

    assert layout.areas == ["", "东关镇"]
    assert layout.skipped == [Skipped(3, 3, "area", "东关镇")]


def test_an_area_holds_until_the_next_one():
    layout = lay(("序号", *HEADINGS), ("东关镇",), ("1", *ONE), ("小计", "1家"), ("西部", "", "", "", ""), ("2", *TWO))

    assert layout.areas == ["东关镇", "西部"]


def test_a_merged_row_that_is_no_place_is_the_kind_of_the_subjects_below_it():
    layout = lay(HEADINGS, ("二、公共场所类单位（1家）",), ONE, merged=["A2:D2"])

    assert (layout.areas, layout.groups, reasons(layout)) == ((), ["公共场所类单位"], [(2, 2, "group")])
    assert layout.problems == []


def test_an_outer_group_ends_the_inner_one_and_not_the_other_way_round():
    wide = ["A2:D2", "A3:D3", "A5:D5", "A7:D7"]
    layout = lay(HEADINGS, ("公共场所类",), ("东关镇",), ONE, ("西关乡",), TWO, ("学校类",), THREE, merged=wide)

    assert layout.groups == ["公共场所类", "公共场所类", "学校类"]
    assert layout.areas == ["东关镇", "西关乡", ""]


def test_a_group_in_a_list_of_others_is_left_out_and_told():
    headings, one = ("执法证号", "姓名", "专业"), ("P1", "监督员01", "公共场所")
    layout = lay_out(raw(headings, ("执法骨干人员名册",), one, merged=["A2:C2"]), "inspectors")

    assert (layout.groups, reasons(layout)) == ((), [(2, 2, "section")])
    [problem] = layout.problems
    assert (problem.severity, problem.code, problem.place.row) == ("warning", "section-row", 2)


def test_a_list_of_names_alone_has_no_areas():
    layout = lay(("单位名称",), ("东关社区",), ("甲店",))

    assert [number for number, _ in layout.rows] == [2, 3]


def test_a_cell_merged_downwards_fills_the_rows_that_it_covers():
    layout = lay(("区域", *HEADINGS), ("东关镇", *ONE), ("", *TWO), (), ("", *TWO), ("西关镇", *TWO), merged=["A2:A5"])

    assert [(number, cells[0]) for number, cells in layout.rows] == [
        (2, "东关镇"),
        (3, "东关镇"),
        (5, "东关镇"),
        (6, "西关镇"),
    ]
    assert layout.filled == [Filled(0, (3, 5), 2, "东关镇")]


def test_a_merged_range_far_beyond_the_sheet_is_borne():
    layout = lay(("区域", *HEADINGS), ("东关镇", *ONE), ("", *TWO), merged=["A2:XFD1048576"])

    assert layout.filled == [Filled(0, (3,), 2, "东关镇")]


def test_a_list_without_headings_is_told_by_its_cells():
    layout = lay(ONE, TWO, ("丙小学", "91350100M000100Y43", "南关", ""))

    assert (layout.heading_rows, layout.headings, len(layout.rows)) == ((), ("A列", "B列", "C列", "D列"), 3)


@pytest.mark.parametrize(
    "rows", [[], [()], [("填表说明",), ("一、如实填写。",)], [("说明",), ("二",)], [("季度", "家数"), ("一", "12")]]
)
def test_a_sheet_that_holds_no_list_has_no_headings(rows):
    assert not lay(*rows).is_list


def test_hidden_rows_and_columns_are_read_and_told():
    layout = lay(HEADINGS, ONE, TWO, hidden=True, hidden_rows=frozenset({3, 9}), hidden_columns=frozenset({2}))

    assert [problem.code for problem in layout.problems] == ["hidden-sheet", "hidden-rows", "hidden-columns"]
    assert len(layout.rows) == 2


def test_a_row_of_a_text_file_with_a_cell_too_many_is_a_problem():
    rows = [HEADINGS, ONE, TWO, ("丙", "店", "", "东关", "13812345678")]

    [problem] = lay(*rows, how="UTF-8，逗号分隔").problems

    assert (problem.severity, problem.code, problem.place.row) == ("error", "extra-cells", 4)
    assert lay(*rows).problems == []


cells = st.sampled_from(
    [
        "",
        " ",
        "甲宾馆",
        "合计",
        "东关镇",
        "注：无",
        "1",
        "2",
        "单位名称",
        "地址",
        "专业",
        "许可证",
        "有效期",
        "编号",
        "13812345678",
    ]
)
shape = st.integers(1, 5).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), max_size=12))


@given(shape, st.lists(st.sampled_from(["A1:B1", "A2:C2", "A1:A2", "B2:B9", "C1:E1", "A3:E3", "A4:E99"]), max_size=4))
def test_every_row_is_either_of_the_list_or_a_heading_or_left_out(rows, merged):
    sheet = raw(*rows, merged=merged)

    layout = lay_out(sheet, "subjects")

    if layout.is_list:
        left_out = [row for one in layout.skipped for row in range(one.first, one.last + 1)]
        accounted = [*layout.heading_rows, *left_out, *(number for number, _ in layout.rows)]
        assert sorted(accounted) == [number for number, _ in sheet.rows]
        assert len(layout.headings) == len(sheet.rows[0][1])
        assert not layout.areas or len(layout.areas) == len(layout.rows)
    assert isinstance(sheet, RawSheet)


def test_a_second_list_below_with_its_columns_in_another_order_is_no_part_of_the_first():
    other = ("地址", "单位名称", "统一社会信用代码", "联系电话")

    layout = lay(HEADINGS, ONE, ("学校名单",), other, ("北关3号", "丙小学", "", ""))

    assert [(one.severity, one.code, one.place.row) for one in layout.problems] == [("error", "other-headings", 4)]
    assert layout.problems[0].what == (
        "这一行又是标题，与第1行的不同（A列是“地址”，上面是“单位名称”），照上面的读，下面各行会错位。"
    )


def test_headings_that_are_repeated_by_other_names_are_still_the_same():
    layout = lay(HEADINGS, ONE, ("企业名称", "信用代码", "经营地址", "电话"), THREE)

    assert (reasons(layout), list(layout.problems)) == ([(3, 3, "heading-again")], [])
