"""A newer list against the roster that is there: new, different, gone."""

import pytest

from tests.importing.rows import acts, brought, cells

CODE, OTHER = "91990129QH0000101P", "91990129QH00001020"
OLD = f"""\
对象编号,单位名称,专业,统一社会信用代码,地址,许可证号,联系电话,状态,片长
A1,甲宾馆,公共场所,{CODE},东风路1号,青卫1,111,正常,老王
A2,乙宾馆,公共场所,,东风路2号,青卫2,222,,老李
A3,丙宾馆,公共场所,,东风路3号,,333,停业,
"""


def test_new_changed_and_gone_are_told_apart():
    found = brought(f"单位名称,统一社会信用代码,地址,联系电话\n甲宾馆,{CODE},东风路1号,119\n丁宾馆,,东风路4号,444", OLD)

    assert cells(found, "对象编号", "单位名称", "联系电话", "状态", "片长")[:3] == [
        ("A1", "甲宾馆", "119", "正常", "老王"),
        ("A2", "乙宾馆", "222", "未在最新名单", "老李"),
        ("A3", "丙宾馆", "333", "停业", ""),
    ]
    assert [line for line in acts(found) if line[0] in {"updated", "gone", "added"}] == [
        ("updated", "联系电话", "111", "119"),
        ("gone", "状态", "", "未在最新名单"),
        ("added", "", "", "丁宾馆"),
    ]
    assert {key: found.count[key] for key in ("changed", "unchanged", "gone", "added", "rows")} == {
        "changed": 1,
        "unchanged": 0,
        "gone": 2,
        "added": 1,
        "rows": 4,
    }


@pytest.mark.parametrize(
    ("new", "way"),
    [
        ("对象编号,单位名称\nA2,乙大宾馆", "对象编号"),
        (f"统一社会信用代码,单位名称\n{CODE},甲大宾馆", "统一社会信用代码"),
        ("许可证号,单位名称,联系电话\n青卫2,乙宾馆,9", "许可证号和名称"),
        ("单位名称,地址,联系电话\n乙 宾馆,东风路２号,9", "名称和地址"),
        ("单位名称,地址,联系电话\n乙宾馆,建设街9号,9", "名称"),
    ],
)
def test_by_what_a_row_is_recognised(new, way):
    found = brought(new, OLD, partial=True)

    assert found.count["added"] == 0
    assert {line.why for line in found.lines if line.act == "updated"} == {f"最新名单的内容（按{way}认出）"}


def test_two_different_codes_are_never_one_subject():
    found = brought(f"单位名称,统一社会信用代码,地址\n甲宾馆,{OTHER},东风路1号", OLD, partial=True)

    assert found.count["added"] == 1


def test_a_name_alone_does_not_count_across_two_areas():
    old = "对象编号,单位名称,专业,区域\nA1,东关卫生室,医疗卫生,城关镇"

    assert brought("单位名称,专业,区域\n东关卫生室,医疗卫生,云岭镇", old).count["added"] == 1
    assert brought("单位名称,专业,区域\n东关卫生室,医疗卫生,城关镇", old).count["added"] == 0


def test_an_id_never_changes():
    found = brought(f"对象编号,单位名称,统一社会信用代码\nB7,甲宾馆,{CODE}", OLD, partial=True)

    assert cells(found, "对象编号")[0] == ("A1",)
    assert ("differs", "对象编号", "B7", "A1") in acts(found)
    assert found.count["changed"] == 0


def test_a_subject_whose_id_is_its_code_gets_no_other():
    old = f"单位名称,专业,统一社会信用代码\n甲宾馆,公共场所,{CODE}"

    found = brought(f"对象编号,单位名称,统一社会信用代码\nB7,甲宾馆,{CODE}", old)

    assert cells(found, "对象编号") == [("",)]


def test_what_the_newer_list_leaves_blank_stays():
    found = brought(f"单位名称,统一社会信用代码,联系电话,地址\n甲宾馆,{CODE},,", OLD, partial=True)

    assert cells(found, "联系电话", "地址")[0] == ("111", "东风路1号")
    assert acts(found) == []


def test_a_specialty_told_by_keyword_gives_way_to_the_rosters():
    old = "对象编号,单位名称,专业\nA1,悦来宾馆,公共场所；饮水卫生"

    assert cells(brought("单位名称\n悦来宾馆", old), "专业") == [("公共场所；饮水卫生",)]
    assert cells(brought("单位名称,专业\n悦来宾馆,公共场所", old), "专业") == [("公共场所",)]


def test_the_same_specialties_in_another_order_and_an_older_visit_change_nothing():
    old = "对象编号,单位名称,专业,上次检查日期\nA1,甲,公共场所；学校卫生,2024-05-01"

    found = brought("对象编号,单位名称,专业,上次检查日期\nA1,甲,学校卫生；公共场所,2023-01-01", old)

    assert found.count["unchanged"] == 1
    assert cells(found, "专业", "上次检查日期") == [("公共场所；学校卫生", "2024-05-01")]


def test_a_part_of_the_list_marks_nobody_as_gone():
    found = brought("对象编号,单位名称\nA1,甲宾馆", OLD, partial=True)

    assert [status for (status,) in cells(found, "状态")] == ["正常", "", "停业"]
    assert found.count["not-in-list"] == 2


def test_who_comes_back_is_open_again():
    gone = brought("对象编号,单位名称\nA2,乙宾馆", OLD)
    text = "\n".join([",".join(gone.headings), *(",".join(row) for row in cells(gone, *gone.headings))])

    again = brought("对象编号,单位名称\nA1,甲宾馆\nA2,乙宾馆", text)

    assert cells(gone, "状态") == [("未在最新名单",), ("",), ("停业",)]
    assert cells(again, "状态") == [("正常",), ("",), ("停业",)]
    assert ("back", "状态", "未在最新名单", "正常") in acts(again)


def test_updating_twice_changes_nothing_the_second_time():
    new = f"单位名称,统一社会信用代码,地址,联系电话\n甲宾馆,{CODE},东风路1号,119\n丁宾馆,,东风路4号,444"
    once = brought(new, OLD)
    text = "\n".join([",".join(once.headings), *(",".join(row) for row in cells(once, *once.headings))])

    twice = brought(new, text)

    assert cells(twice, *once.headings) == cells(once, *once.headings)
    assert [line for line in acts(twice) if line[0] != "specialty"] == []


def test_an_unknown_status_counts_as_open_so_it_is_marked_too():
    old = "对象编号,单位名称,专业,状态\nA1,甲,公共场所,正在装修"

    assert cells(brought("对象编号,单位名称,专业\nA2,乙,公共场所", old), "状态")[0] == ("未在最新名单",)


def test_inspectors_who_are_gone_are_no_longer_matched_and_those_away_keep_their_word():
    old = "执法证号,姓名,专业,状态\nP1,甲,公共场所,在岗\nP2,乙,公共场所,借调\nP3,丙,公共场所,"

    found = brought("执法证号,姓名,专业\nP3,丙,公共场所", old, kind="inspectors")

    assert cells(found, "状态") == [("未在最新名单",), ("借调",), ("",)]


def test_conflicts_that_are_gone_stay_in_force():
    old = f"执法证号,统一社会信用代码,原因\nP1,{CODE},配偶"

    found = brought(f"执法证号,统一社会信用代码,原因\nP2,{CODE},", old, kind="conflicts")

    assert cells(found, "执法证号", "状态") == [("P1", "未在最新名单"), ("P2", "")]
    assert "仍然回避" in found.lines[0].why


def test_two_rows_alike_are_two_rows_of_the_roster():
    old = "对象编号,单位名称,专业,地址,联系电话\nA1,甲,公共场所,东,1\nA2,甲,公共场所,东,2"

    found = brought(
        "对象编号,单位名称,专业,地址,联系电话\nA2,甲,公共场所,东,2\nA1,甲,公共场所,东,3", old, policy="keep"
    )

    assert cells(found, "对象编号", "联系电话") == [("A1", "3"), ("A2", "2")]


def test_what_was_marked_before_is_not_marked_again():
    old = "对象编号,单位名称,专业,许可证号,疑似重复\nA1,甲宾馆,公共场所,1,\nA2,乙宾馆,公共场所,1,"

    found = brought("对象编号,单位名称\nA1,甲宾馆\nA2,乙宾馆", old)

    assert cells(found, "疑似重复") == [("",), ("",)]
