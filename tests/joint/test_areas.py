"""Who goes where (`team.area`): local (`own`) and across offices (`other`, 所所交叉), with and without departments."""

from collections.abc import Callable

import pytest

from tests.conftest import SUBJECTS, County
from tests.joint.conftest import MARKET, OURS, replan
from tests.joint.test_rosters import stops, told

WHERE = {"W1": "东", "W2": "西", "W3": "东", "W4": "西", "W5": "东", "S1": "东", "S2": "西", "S3": "东", "S4": "西"}
MORE = MARKET + "S4,市场04,公共场所,,是,西\n"


@pytest.fixture
def by_area(joint: County) -> Callable[[str], County]:
    """The joint county with four of the market bureau, and the area rule asked for."""

    def make(rule: str) -> County:
        joint.write("rosters/inspectors-SJ.csv", MORE)
        replan(joint, more=f"team: {{area: {rule}}}\n")
        return joint

    return make


@pytest.mark.parametrize(("rule", "same"), [("own", True), ("other", False)])
def test_each_department_keeps_the_area_rule(by_area: Callable[[str], County], rule: str, same: bool) -> None:
    county = by_area(rule)
    area = {row.split(",")[0]: row.split(",")[3] for row in SUBJECTS.splitlines()[1:]}

    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0

    rows = county.read("result/teams.csv")
    assert rows
    assert {WHERE[who] == area[visit.split(":")[0].split("/")[0]] for visit, who, _ in rows} == {same}
    assert county.ssj("verify").code == 0


def test_an_area_that_a_department_has_nobody_for_is_said_once_with_its_number(
    by_area: Callable[[str], County],
) -> None:
    county = by_area("own")
    county.write("rosters/inspectors-SJ.csv", MORE.replace(",西", ",东"))

    (said,) = told(county, "area-without-team")
    assert said.startswith("rosters/subjects.csv，第3行，“区域”列（D列）：“公共场所”有 3 家在“西”，")
    assert "青禾县市场监督管理局没有足够的负责“西”的人员可派。" in said
    assert "请核对两份名册的区域写法是否一致，或补充人员，或改 team.area" in said
    assert stops(county)


def test_across_offices_needs_people_of_other_areas(by_area: Callable[[str], County]) -> None:
    county = by_area("other")
    county.write("rosters/inspectors.csv", OURS.replace(",西", ",东"))

    said = told(county, "area-without-team")
    assert any("“公共场所”有 2 家在“东”，青禾县卫生健康局没有足够的不属于“东”的人员可派" in each for each in said)
    assert stops(county)


def test_an_area_spelt_otherwise_is_reminded_of_for_it_would_send_people_home(
    by_area: Callable[[str], County],
) -> None:
    county = by_area("other")
    assert told(county, "area-without-subjects") == []

    county.write(
        "rosters/inspectors.csv",
        OURS.replace("W1,卫生01,公共场所；学校卫生,是,东", "W1,卫生01,公共场所；学校卫生,是,东 区"),
    )

    (said,) = told(county, "area-without-subjects")
    assert "“卫生01”的区域“东 区”，检查对象名录库里没有一家是这个区域。是不是“东”？" in said


def test_everybody_who_takes_part_needs_an_area_and_who_does_not_needs_none(by_area: Callable[[str], County]) -> None:
    county = by_area("own")
    county.write(
        "rosters/inspectors-SJ.csv",
        MORE.replace("S3,市场03,公共场所,青禾县市场监督管理局,是,东", "S3,市场03,公共场所,SJ,是,"),
    )

    (said,) = told(county, "blank-area")
    assert "“市场03”没有填区域，方案按区域派人（team.area）。" in said

    replan(county, (", departments: {WJ: 2, SJ: 1}", ""), more="team: {area: own}\n")

    assert told(county, "blank-area") == []


def test_a_single_firm_without_a_team_is_still_told_by_its_name(by_area: Callable[[str], County]) -> None:
    county = by_area("own")
    county.write("rosters/conflicts-SJ.csv", "执法证号,对象编号\nS1,A1\nS3,A1\n")

    (said,) = told(county, "subject-without-team")
    assert "“甲宾馆”除去回避、区域等限制，青禾县市场监督管理局只有 0 人可派，检查组需要 1 人。" in said
