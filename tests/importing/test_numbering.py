"""Rows without any code get a number that they keep."""

from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.importing.numbering import number, number_of
from shuangsuiji.core.roster.ident import is_id
from tests.importing.rows import acts, brought, cells, row


@given(st.text(), st.text())
def test_a_number_is_an_id_that_the_protocol_can_carry(name, address):
    assert is_id(number_of(name, address))


def test_a_number_goes_by_name_and_address_however_they_are_typed():
    assert number_of("甲宾馆（东关店）", "东风路1号") == number_of("甲 宾馆(东关店)", "东风路１号")
    assert len({number_of("甲宾馆", ""), number_of("乙宾馆", ""), number_of("甲宾馆", "东风路1号")}) == 3


def test_only_rows_without_number_and_code_are_numbered():
    found = brought(
        "单位名称,对象编号,统一社会信用代码,地址\n甲宾馆,A1,,\n乙宾馆,,91990129QH0000101P,\n丙宾馆,,,东风路3号"
    )

    assert cells(found, "单位名称", "对象编号") == [
        ("甲宾馆", "A1"),
        ("乙宾馆", ""),
        ("丙宾馆", number_of("丙宾馆", "东风路3号")),
    ]
    assert ("numbered", "对象编号", "", number_of("丙宾馆", "东风路3号")) in acts(found)


def test_the_order_of_the_rows_and_other_rows_do_not_matter():
    one = brought("单位名称,地址\n甲宾馆,一\n乙宾馆,二\n丙宾馆,三")
    two = brought("单位名称,地址\n丙宾馆,三\n丁宾馆,四\n甲宾馆,一")

    numbers = dict(cells(two, "单位名称", "对象编号"))
    assert {name: numbers.get(name) for name, _ in cells(one, "单位名称", "对象编号")} == {
        "甲宾馆": number_of("甲宾馆", "一"),
        "乙宾馆": None,
        "丙宾馆": number_of("丙宾馆", "三"),
    }


def test_rows_alike_that_are_kept_apart_get_numbers_that_do_not_depend_on_their_order():
    rows = [row("甲宾馆", 2, 地址="一", 联系电话="2"), row("甲宾馆", 3, 地址="一", 联系电话="1")]

    forth = {entry.cell("联系电话"): entry.cell("对象编号") for entry in number("subjects", rows)[0]}
    back = {entry.cell("联系电话"): entry.cell("对象编号") for entry in number("subjects", rows[::-1])[0]}

    wanted = number_of("甲宾馆", "一")
    assert forth == back == {"1": wanted, "2": f"{wanted}-2"}


def test_a_number_that_the_list_uses_already_is_not_given_again():
    taken = number_of("甲宾馆", "一")

    done, _ = number("subjects", [row("别的宾馆", 对象编号=taken), row("甲宾馆", 3, 地址="一")])

    assert done[1].cell("对象编号") == f"{taken}-2"


def test_branches_that_share_a_code_get_numbers_of_their_own():
    code = "91990129QH0000101P"
    found = brought(f"单位名称,统一社会信用代码,地址\n甲宾馆东店,{code},一\n甲宾馆西店,{code},二")

    assert found.problems == []
    assert cells(found, "对象编号") == [(number_of("甲宾馆东店", "一"),), (number_of("甲宾馆西店", "二"),)]


def test_a_branch_that_comes_later_leaves_the_id_of_the_first_one_alone():
    code = "91990129QH0000101P"
    found = brought(
        f"单位名称,统一社会信用代码,地址\n甲宾馆东店,{code},一\n甲宾馆西店,{code},二",
        f"单位名称,专业,对象编号,统一社会信用代码,地址\n甲宾馆东店,公共场所,,{code},一",
    )

    assert cells(found, "单位名称", "对象编号") == [("甲宾馆东店", ""), ("甲宾馆西店", number_of("甲宾馆西店", "二"))]


def test_items_without_code_are_numbered_too_and_inspectors_never():
    found = brought("抽查事项,专业\n公共场所卫生,公共场所", kind="items")
    nobody = brought("姓名,专业\n监督员01,公共场所", kind="inspectors")

    assert cells(found, "事项编码") == [(number_of("公共场所卫生", "公共场所"),)]
    assert cells(nobody, "执法证号") == [("",)]
