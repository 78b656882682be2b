"""The notices of the plan and of the list of items: variables and tables, exactly."""

from shuangsuiji.core.year.disclosure import items, plan
from tests.conftest import County
from tests.publish.matters import CHECKPOINT, headings, matter


def test_a_plan_says_what_of_whom_how_many_when_and_by_whom(county: County) -> None:
    notice = plan.notice(matter(county))

    assert notice.title == "2023年测试县卫生健康局年度随机监督抽查计划的公示"
    assert notice.name == "plan-1"
    [table] = notice.tables
    assert headings(table) == [
        *("序号", "抽查任务名称", "抽查事项", "抽查类型", "对象范围", "抽查比例", "数量", "时间", "部门")
    ]
    period, who = "2023年4月1日至11月30日", "测试县卫生健康局"
    assert table.rows == [
        ("1", "公共场所", "公共场所卫生", "定向", "检查对象名录库中公共场所单位，共5家", "50%", "3家", period, who),
        ("2", "学校卫生", "学校卫生", "定向", "检查对象名录库中学校卫生单位，共2家", "50%", "1家", period, who),
    ]
    assert notice.tasks == {}


def test_every_notice_has_the_common_variables(county: County) -> None:
    notice = items.notice(matter(county, number=2, corrects="items-1", reason="补列一项，电话13800000000"))

    common = {key: notice.variables[key] for key in ("year", "place", "agency", "bureau", "plan_title", "draw")}
    assert common == {
        "year": 2023,
        "place": "测试县",
        "agency": "测试县卫生健康局",
        "bureau": "卫生健康局",
        "plan_title": "测试县抽查方案",
        "draw": "T-2023",
    }
    assert notice.variables["basis"] == "《测试县抽查方案》"
    assert (notice.variables["on"], notice.variables["on_iso"]) == ("2023年6月30日", "2023-06-30")
    assert (notice.variables["name"], notice.variables["number"]) == ("items-2", 2)
    assert notice.variables["title"] == notice.title == "2023年测试县卫生健康局随机抽查事项清单的公示（调整后）"
    assert (notice.variables["corrects"], notice.variables["reason"]) == ("items-1", "补列一项，电话（已隐去）")
    assert notice.reason == "补列一项，电话（已隐去）"
    assert notice.variables["checkpoint"] == CHECKPOINT


def test_before_the_sealing_a_plan_says_only_where_the_seed_will_come_from(county: County) -> None:
    before = plan.notice(matter(county)).variables
    county.ssj("draw", "--seed", "1", "--no-sheets")
    after = plan.notice(matter(county)).variables

    assert (before["is_sealed"], before["pool_digest"], before["sealed_on"]) == (False, "", "")
    assert before["seed_mode"] == "抽取时由本机操作系统产生随机数"
    assert after["is_sealed"] is True
    assert len(str(after["pool_digest"])) == 64
    assert (after["population_total"], after["quota_total"], after["excluded_total"]) == (6, 4, 0)


def test_after_the_sealing_the_rules_are_those_of_the_pool_whatever_the_plan_file_says(county: County) -> None:
    county.plan(more="coverage: {years: 5}\n")
    assert county.ssj("seal").code == 0
    county.plan(more="coverage: {years: 3}\nmust_include: on-top\nvisits: separate\n")

    rules = plan.notice(matter(county)).variables["rules"]

    assert isinstance(rules, list)
    assert "按5年全面覆盖一次确定抽查对象。" in rules
    assert "名录库中列明必查原因的单位一律纳入，计入应抽家数。" in rules
    assert "同一单位涉及多个专业的，尽量合并为一次检查。" in rules


def test_conditions_grades_and_minimums_are_in_words(county: County) -> None:
    county.write(
        "rosters/subjects.csv",
        "对象编号,单位名称,专业,信用风险等级,类别\nA1,甲宾馆,公共场所,A,宾馆\nA2,乙宾馆,公共场所,B,宾馆\n"
        "B1,一小,学校卫生,,小学\n",
    )
    county.plan(
        (
            "{code: GGCS, name: 公共场所, ratio: 50%}",
            "{code: GGCS, name: 公共场所, by_grade: {A: 5%, B: 20%}, minimum: 1, all_below: 5}",
        ),
        ("{code: XXWS, name: 学校卫生, ratio: 50%}", "{code: XXWS, name: 学校卫生, count: 1, where: {类别: 小学}}"),
        more="team: {specialty: any}\nadjustment: {approvals: [县局, 市局], limit: 10%, of: places}\n",
    )

    notice = plan.notice(matter(county))

    rows = [row[1:7] for row in notice.tables[0].rows]
    where = "检查对象名录库中公共场所单位（信用风险等级为{}），共1家"
    enough = "，不足5家的全部抽取，不少于1家"
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in rows] == [
        ("公共场所（A）", "不定向", where.format("A"), "5%" + enough, "1家"),
        ("公共场所（B）", "不定向", where.format("B"), "20%" + enough, "1家"),
        ("学校卫生", "不定向", "检查对象名录库中学校卫生单位（类别为小学），共1家", "按数量抽取", "1家"),
    ]
    assert notice.variables["rules"][-1] == (
        "抽查任务原则上不得擅自调整；确需调整执法人员的，经县局、市局批准，调整比例不超过抽取人次总数的10%。"
    )


def test_departments_of_a_joint_inspection_are_all_named(county: County) -> None:
    county.plan(
        ("name: 公共场所, ratio: 50%}", "name: 公共场所, ratio: 50%, departments: {WJ: 2, SJ: 1}}"),
        more="departments: {SJ: 测试县市场监管局}\n",
    )

    assert plan.notice(matter(county)).tables[0].rows[0][-1] == "测试县卫生健康局、测试县市场监管局"


def test_the_list_of_items_has_every_column_and_no_empty_cell(county: County) -> None:
    notice = items.notice(matter(county))

    [table] = notice.tables
    assert notice.title == "2023年测试县卫生健康局随机抽查事项清单的公示"
    assert headings(table) == [
        *("序号", "事项编码", "抽查事项", "事项类别", "专业", "检查对象", "抽查主体", "抽查依据", "抽查内容"),
        *("抽查方式", "抽查比例", "抽查频次", "检测项目", "抽查要求"),
    ]
    law = "《公共场所卫生管理条例》"
    assert table.rows[0] == (
        *("1", "G-1", "公共场所卫生", "/", "公共场所", "/", "县卫生健康局", law, "卫生许可"),
        *("现场检查", "50%", "一年一次", "/", "/"),
    )
    assert notice.variables["items_total"] == 2
    assert notice.variables["specialties"] == [{"name": "公共场所", "items": 1}, {"name": "学校卫生", "items": 1}]
    assert notice.variables["rows"][0]["code"] == "G-1"


def test_a_title_says_which_one_it_is(county: County) -> None:
    assert plan.notice(matter(county, number=2)).title.endswith("计划的公示（调整后）")
