"""Rows that mean the same: beyond doubt, or to be looked at."""

import time

import pytest
from rapidfuzz.fuzz import ratio

from shuangsuiji.core.importing.duplicates import certain, likely
from tests.importing.rows import acts, brought, cells, row

CODE, OTHER = "91990129QH0000101P", "91990129QH00001020"


def groups(found):
    return [(twins.rows, twins.why) for twins in found]


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (
            {"统一社会信用代码": CODE, "地址": "东风路1号"},
            {"统一社会信用代码": CODE, "地址": ""},
            "统一社会信用代码和名称相同",
        ),
        (
            {"统一社会信用代码": CODE, "地址": "青禾县东风路1号"},
            {"统一社会信用代码": CODE, "地址": "东风路1号"},
            "统一社会信用代码和名称相同",
        ),
        ({"许可证号": "青卫1号"}, {"许可证号": "青卫1号", "地址": "东风路1号"}, "许可证号和名称相同"),
        ({"地址": "东风路1号"}, {"地址": "东风路 １号", "统一社会信用代码": CODE}, "名称和地址相同"),
        ({"对象编号": "A1", "地址": "东"}, {"对象编号": "A1", "地址": "西"}, "对象编号和名称相同"),
    ],
)
def test_what_is_one_beyond_doubt(one, two, why):
    assert groups(certain("subjects", [row("甲宾馆", **one), row("甲 宾馆", 3, **two)])) == [((0, 1), why)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"统一社会信用代码": CODE, "地址": "东"}, {"统一社会信用代码": CODE, "地址": "西"}),
        ({"地址": "东", "统一社会信用代码": CODE}, {"地址": "东", "统一社会信用代码": OTHER}),
        ({"地址": "东", "对象编号": "A1"}, {"地址": "东", "对象编号": "A2"}),
        ({"许可证号": "1", "统一社会信用代码": CODE}, {"许可证号": "1", "统一社会信用代码": OTHER}),
        ({"地址": ""}, {"地址": ""}),
    ],
)
def test_what_is_not_beyond_doubt(one, two):
    assert certain("subjects", [row("甲宾馆", **one), row("甲宾馆", 3, **two)]) == []


def test_a_row_that_fits_two_firms_is_merged_with_neither():
    rows = [
        row("甲", 2, 地址="东", 统一社会信用代码=CODE),
        row("甲", 3, 地址="东"),
        row("甲", 4, 地址="东", 统一社会信用代码=OTHER),
    ]

    assert certain("subjects", rows) == []


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (row("甲宾馆", 统一社会信用代码=CODE), row("乙旅店", 统一社会信用代码=CODE), "统一社会信用代码相同"),
        (row("甲宾馆", 许可证号="1"), row("乙旅店", 许可证号="1"), "许可证号相同"),
        (row("甲宾馆", 地址="东风路1号"), row("甲宾馆"), "名称相同"),
        (row("青禾县悦来宾馆", 地址="东风路1号"), row("悦来大宾馆", 地址="青禾县东风路1号"), "名称相近（89%）"),
        (row("青禾县悦来宾馆", 地址="东风路1号"), row("青禾县悦徕宾馆", 地址="东风路1号"), "名称相近（75%）"),
        (row("悦来宾馆有限公司"), row("悦来宾馆有限责任公司"), "名称相近（100%）"),
        (row("青禾悦来快捷宾馆"), row("青禾来悦快捷宾馆", 联系电话="13900000001"), ""),
        (
            row("青禾悦来快捷宾馆", 联系电话="13900000001"),
            row("青禾来悦快捷宾馆", 联系电话="13900000001"),
            "名称相近（88%）",
        ),
    ],
)
def test_what_has_to_be_looked_at(one, two, why):
    assert [twins.why for twins in likely("subjects", [one, two], ratio)] == ([why] if why else [])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (row("青禾县第一小学", 地址="东风路1号"), row("青禾县第二小学", 地址="东风路1号")),
        (row("东关村卫生室"), row("西关村卫生室")),
        (row("小王庄村卫生室"), row("小李庄村卫生室")),
        (row("悦来宾馆", 地址="东风路1号"), row("悦来大宾馆", 地址="建设街2号")),
        (
            row("悦来宾馆", 统一社会信用代码=CODE, 地址="东风路1号"),
            row("悦徕宾馆", 统一社会信用代码=OTHER, 地址="东风路1号"),
        ),
        (row("实验小学", 区域="城关镇"), row("县实验小学", 区域="云岭镇")),
    ],
)
def test_what_is_only_alike(one, two):
    assert likely("subjects", [one, two], ratio) == []


def test_merged_rows_become_one_and_everything_given_up_is_told():
    found = brought(
        "单位名称,专业,统一社会信用代码,地址,联系电话,上次检查日期,备注\n"
        f"甲医院,医疗卫生,{CODE},东风路1号,1,2022-01-01,甲\n"
        f"甲医院,放射卫生；医疗卫生,{CODE},,2,2023-01-01,乙\n"
    )

    assert cells(found, "单位名称", "专业", "地址", "联系电话", "上次检查日期", "备注") == [
        ("甲医院", "医疗卫生；放射卫生", "东风路1号", "1", "2023-01-01", "甲；乙")
    ]
    assert acts(found) == [
        ("merged", "", "甲医院", "并入名单.xlsx第2行"),
        ("differs", "专业", "医疗卫生", "医疗卫生；放射卫生"),
        ("differs", "联系电话", "2", "1"),
        ("differs", "上次检查日期", "2022-01-01", "2023-01-01"),
        ("differs", "备注", "甲", "甲；乙"),
    ]
    assert (found.count["merged"], found.count["rows"]) == (1, 1)


def test_the_word_of_a_list_goes_before_a_specialty_told_by_keyword():
    found = brought(f"单位名称,专业,统一社会信用代码\n悦来宾馆,,{CODE}\n悦来宾馆,医疗卫生,{CODE}")

    assert cells(found, "专业") == [("医疗卫生",)]


SAME = f"单位名称,统一社会信用代码,地址\n甲宾馆,{CODE},东风路1号\n甲宾馆,{CODE},东风路1号"


def test_rows_that_are_kept_stay_as_they_are_and_the_report_tells():
    found = brought(SAME, policy="keep")

    assert cells(found, "单位名称", "疑似重复") == [("甲宾馆", ""), ("甲宾馆", "")]
    assert [line.act for line in found.lines if line.act != "specialty"] == ["numbered", "numbered", "kept", "kept"]
    assert found.problems == []


def test_rows_that_are_marked_say_of_whom_and_why():
    found = brought(SAME, policy="mark")

    numbers = [number for (number,) in cells(found, "对象编号")]
    assert [mark for (mark,) in cells(found, "疑似重复")] == [
        f"统一社会信用代码相同；名称相同：甲宾馆（{numbers[1]}）",
        f"统一社会信用代码相同；名称相同：甲宾馆（{numbers[0]}）",
    ]
    assert found.problems == []


def test_one_number_and_name_is_one_whatever_the_clerk_wants():
    found = brought("单位名称,对象编号,专业\n甲,A1,医疗卫生\n甲,A1,公共场所", policy="keep")

    assert cells(found, "对象编号", "专业") == [("A1", "医疗卫生；公共场所")]


def test_one_number_with_two_names_is_an_error_at_its_row():
    [problem] = brought("单位名称,对象编号,专业\n甲,A1,医疗卫生\n乙,A1,公共场所").problems

    assert (problem.code, problem.place.row, problem.place.column) == ("id-with-two-names", 3, "对象编号")
    assert "第2行" in problem.what


@pytest.mark.parametrize(
    ("kind", "text", "rows"),
    [
        ("inspectors", "执法证号,姓名,专业\nP1,甲,公共场所\nP1,甲,学校卫生", [("P1", "公共场所；学校卫生")]),
        ("items", "事项编码,抽查事项,专业\nG1,卫生,公共场所\nG1,卫生,公共场所", [("G1", "公共场所")]),
    ],
)
def test_inspectors_and_items_of_one_number_and_name_are_one(kind, text, rows):
    assert cells(brought(text, kind=kind), "执法证号" if kind == "inspectors" else "事项编码", "专业") == rows


def test_conflicts_that_are_told_twice_are_one():
    found = brought(f"执法证号,统一社会信用代码,原因\nP1,{CODE},配偶\nP1,{CODE},配偶\nP2,{CODE},", kind="conflicts")

    assert cells(found, "执法证号", "原因") == [("P1", "配偶"), ("P2", "")]


def test_inspectors_of_one_name_are_marked():
    found = brought("执法证号,姓名,专业\nP1,甲,公共场所\nP2,甲,公共场所", kind="inspectors")

    assert [mark for (mark,) in cells(found, "疑似重复")] == [
        "姓名相同，执法证号不同：甲（P2）",
        "姓名相同，执法证号不同：甲（P1）",
    ]


def test_a_market_full_of_stalls_and_one_code_for_all_take_no_quadratic_time():
    rows = [
        row(
            f"青禾县农贸市场{chr(0x4E00 + index)}记{chr(0x5E00 + index % 97)}店",
            index,
            地址="农贸市场",
            统一社会信用代码=CODE,
        )
        for index in range(5000)
    ]

    begun = time.process_time()
    [group] = likely("subjects", rows, ratio)

    assert len(group.rows) == 5000
    assert time.process_time() - begun < 5
