"""Rosters of several departments: whose people are whose, who stands twice, who lacks; all said before the draw."""

import pytest

from shuangsuiji.core.problem import Place
from tests.conftest import County
from tests.joint.conftest import CONFLICTS, MARKET, OURS, replan


def told(county: County, code: str) -> list[str]:
    """What ``ssj check`` says under `code`, with its place."""
    problems = county.ssj("check", "--json").json["problems"]
    return [
        f"{Place(*(each[part] for part in Place._fields))}：{each['what']}{each['todo']}"
        for each in problems
        if each["code"] == code
    ]


def stops(county: County) -> bool:
    """Whether a draw is refused and writes nothing."""
    before = county.files()
    answer = county.ssj("draw", "--seed", "1")
    return answer.code == 1 and county.files() == before


def test_a_good_joint_plan_has_reminders_only(joint: County) -> None:
    checked = joint.ssj("check", "--json").json

    assert checked["ok"]
    assert [each["code"] for each in checked["problems"]] == ["foreign-specialty", "department-alone"]


def test_a_row_of_another_department_is_in_the_wrong_file(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", MARKET + "X1,外人01,公共场所,青禾县公安局,否,东\n")

    (said,) = told(joint, "other-department")
    assert said.startswith("rosters/inspectors-SJ.csv，第5行，“所属部门”列（D列）：“外人01”的所属部门是“青禾县公安局”")
    assert "这份名册是青禾县市场监督管理局（SJ）的" in said
    assert stops(joint)


def test_who_has_a_roster_of_their_own_stands_in_no_other(joint: County) -> None:
    heading, first, *rest = OURS.splitlines()
    rows = [f"{heading},所属部门", f"{first},SJ", *(f"{line}," for line in rest)]
    joint.write("rosters/inspectors.csv", "\n".join(rows) + "\n")

    (said,) = told(joint, "other-department")
    assert said.endswith(
        "青禾县市场监督管理局另有名册 rosters/inspectors-SJ.csv。请把这一行移到那份名册，一个人只在一处。"
    )
    assert stops(joint)


def test_one_number_in_two_files_is_told_with_both_places(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", MARKET.replace("S3,市场03", "W3,市场03"))

    (said,) = told(joint, "duplicate-inspector")
    assert said.startswith("rosters/inspectors-SJ.csv，第4行，“执法证号”列（A列）：执法证号 W3（“市场03”）在")
    assert "rosters/inspectors.csv，第4行 也有（“卫生03”）" in said
    assert stops(joint)


def test_a_file_that_the_plan_names_and_that_is_not_there_is_a_problem(joint: County) -> None:
    replan(joint, ("rosters/inspectors-SJ.csv", "rosters/市场局.csv"))

    problems = joint.ssj("check", "--json").json["problems"]
    assert any("市场局.csv" in each["file"] and each["severity"] == "error" for each in problems)
    assert stops(joint)


def test_each_department_declares_conflicts_of_its_own_people_only(joint: County) -> None:
    joint.write("rosters/conflicts-SJ.csv", CONFLICTS + "W1,A2,\n")

    (said,) = told(joint, "conflict-inspector")
    assert said.startswith("rosters/conflicts-SJ.csv，第3行")
    assert "执法证号“W1”不在青禾县市场监督管理局的人员名册里" in said


def test_the_common_list_of_conflicts_may_name_anybody(joint: County) -> None:
    joint.write("rosters/conflicts.csv", "执法证号,对象编号\nW1,A2\nS2,A2\n")

    assert joint.ssj("draw", "--seed", "1").code == 0
    pool = (joint.dossier / "pool/conflicts.csv").read_text("utf-8").splitlines()
    assert pool[1:] == ["S1,A1", "S2,A2", "W1,A2"]


def test_another_trade_is_no_mistake_but_a_slip_of_the_pen_is(joint: County) -> None:
    assert "有 2 人写有专业“食品经营”，本方案没有这个专业，派人时不看" in told(joint, "foreign-specialty")[0]

    joint.write("rosters/inspectors-SJ.csv", MARKET.replace("S3,市场03,公共场所", "S3,市场03,公共场锁"))

    assert "“市场03”的专业“公共场锁”不认识。是不是“公共场所”？" in told(joint, "unknown-specialty")[0]
    assert stops(joint)


def test_where_nobody_of_a_department_holds_the_specialty_it_is_said_what_to_do(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", MARKET.replace("公共场所；", "").replace("03,公共场所", "03,食品经营"))

    (said,) = told(joint, "too-few-inspectors")
    assert "“公共场所”青禾县市场监督管理局（SJ）可派的执法人员只有 0 人，检查组需要 1 人。" in said
    assert "它在岗 3 人，其中有“公共场所”专业的 0 人。" in said
    assert "请由该部门确认谁能承担，在它名册的“专业”一列给这些人加上“公共场所”" in said
    assert "team: {specialty: any}" in said
    assert stops(joint)


def test_where_everybody_of_a_department_holds_the_specialty_it_is_not_told_to_hand_it_out(joint: County) -> None:
    replan(joint, ("SJ: 1}}", "SJ: 4}}"))

    (said,) = told(joint, "too-few-inspectors")
    assert "它在岗 3 人，其中有“公共场所”专业的 3 人。请该部门补充人员，或减少它的人数。" in said


def test_without_specialty_rule_anybody_of_the_department_goes(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", MARKET.replace("公共场所；", "").replace("03,公共场所", "03,食品经营"))
    replan(joint, more="team: {specialty: any}\n")

    assert joint.ssj("draw", "--seed", "1").code == 0


def test_where_a_department_has_no_roster_at_all_it_is_said_where_it_belongs(joint: County) -> None:
    replan(joint, ("    inspectors: rosters/inspectors-SJ.csv      # 它的人员名册\n", ""))
    (joint.root / "rosters/inspectors-SJ.csv").unlink()
    (joint.root / "rosters/conflicts-SJ.csv").write_text("执法证号,对象编号\n", encoding="utf-8")

    (said,) = told(joint, "too-few-inspectors")
    assert "没有它的在岗人员：请把它的执法人员名册放到 rosters/inspectors-SJ.xlsx" in said


def test_a_lead_is_wanted_on_each_departments_team(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", MARKET.replace(",是,", ",否,"))
    replan(joint, more="team: {lead: true}\n")

    (said,) = told(joint, "too-few-inspectors")
    assert "主办 0 人（各部门的检查组都要有主办）" in said


def test_one_person_enough_for_one_place_is_enough(joint: County) -> None:
    joint.write("rosters/inspectors-SJ.csv", "".join(MARKET.splitlines(keepends=True)[:3]))
    joint.write("rosters/conflicts-SJ.csv", "执法证号,对象编号\n")
    assert told(joint, "no-spare-inspector") == []

    joint.write("rosters/inspectors-SJ.csv", "".join(MARKET.splitlines(keepends=True)[:2]))

    assert told(joint, "too-few-inspectors") == []
    assert "青禾县市场监督管理局（SJ）可派的执法人员只有 1 人，无人可替补回避" in told(joint, "no-spare-inspector")[0]


def test_a_conflict_that_leaves_a_department_nobody_for_one_subject_names_it(joint: County) -> None:
    joint.write("rosters/conflicts-SJ.csv", CONFLICTS + "S2,A1,\nS3,A1,\n")

    (said,) = told(joint, "subject-without-team")
    assert "“甲宾馆”除去回避、区域等限制，青禾县市场监督管理局只有 0 人可派，检查组需要 1 人。" in said
    assert stops(joint)


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (("departments: {WJ: 2, SJ: 1}", "departments: {SJ: 2}"), "department-without-agency", "没有本机关（WJ）"),
        (("  SJ:\n    name: 青禾县市场监督管理局", "  WJ:\n    name: 某局"), "plan-department-own", "WJ 是本机关"),
        (("name: 青禾县市场监督管理局", "name: 青禾县卫生健康局"), "plan-department-twice", "指了两个部门"),
        (("    inspectors: ros", "    inspecters: ros"), "plan-unknown-key", "是不是想写“inspectors”"),
        (("name: 青禾县市场监督管理局", "name:"), "plan-missing", "缺少“departments → SJ → name”"),
    ],
)
def test_a_plan_that_cannot_be_joint_is_told_in_one_sentence(
    joint: County, change: tuple[str, str], code: str, says: str
) -> None:
    replan(joint, change)

    assert says in told(joint, code)[0]
    assert stops(joint)


def test_a_department_that_sends_one_is_reminded_of_the_law_and_one_that_sends_two_is_not(joint: County) -> None:
    assert "只派 1 人。合计够 2 人可以检查；该部门单独调查取证、处罚仍须 2 人" in told(joint, "department-alone")[0]

    replan(joint, ("SJ: 1}", "SJ: 2}"))

    assert told(joint, "department-alone") == []


def test_what_makes_a_draw_infeasible_names_the_department(joint: County) -> None:
    rows = MARKET.splitlines()
    limited = [f"{rows[0]},任务上限", *(f"{row},1" for row in rows[1:])]
    joint.write("rosters/inspectors-SJ.csv", "\n".join(limited) + "\n")

    answer = joint.ssj("draw", "--seed", "1")

    assert answer.code == 3
    assert "“公共场所”（青禾县市场监督管理局）5 次检查有 5 人次只有市场01、市场02、市场03能去" in answer.err
