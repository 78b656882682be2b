"""Every rule that a plan may give, seen through the pool and the draw."""

from tests.conftest import INSPECTORS, SUBJECTS, County

GRADED = """\
对象编号,单位名称,专业,信用风险等级,类别
A1,甲,公共场所,A,宾馆
A2,乙,公共场所,A,宾馆
A3,丙,公共场所,B,理发店
A4,丁,公共场所,B,理发店
A5,戊,公共场所,,理发店
"""
ONE = ("  - {code: XXWS, name: 学校卫生, ratio: 50%}\n", "")
RATIO = "{code: GGCS, name: 公共场所, ratio: 50%}"


def numbers(county: County) -> dict[str, tuple[int, int]]:
    """Stratum → (quota, how many will be drawn)."""
    answer = county.ssj("check", "--json").json
    assert answer["ok"], answer["problems"]
    return {row["stratum"]: (row["quota"], row["draw"]) for row in answer["strata"]}


def warnings(county: County) -> list[str]:
    return [problem["code"] for problem in county.ssj("check", "--json").json["problems"]]


def drawn(county: County, *words: str) -> list[list[str]]:
    answer = county.ssj("draw", "--seed", "1", "--no-sheets", "--json", *words)
    assert answer.code == 0, answer.out + answer.err
    return [row for row in county.read("result/tickets.csv") if row[4] == "1"]


def test_a_ratio_rounds_up_unless_the_plan_says_otherwise(county: County) -> None:
    for rounding, expected in (("ceil", 3), ("half-up", 3), ("floor", 2)):
        county.plan(("ratio: 50%}\n  - {code: X", f"ratio: 50%, rounding: {rounding}}}\n  - {{code: X"))
        assert numbers(county)["GGCS"][0] == expected


def test_count_minimum_and_all_below(county: County) -> None:
    for rule, expected in (
        ("count: 4", 4),
        ("ratio: 1%", 1),
        ("ratio: 1%, minimum: 3", 3),
        ("ratio: 1%, all_below: 6", 5),
        ("ratio: 1%, all_below: 5", 1),
        ("ratio: 1%, minimum: 9", 5),
        ("ratio: 2/5", 2),
    ):
        county.plan((RATIO, f"{{code: GGCS, name: 公共场所, {rule}}}"))
        assert numbers(county)["GGCS"][0] == expected, rule


def test_must_counts_within_the_quota_or_comes_on_top(county: County) -> None:
    county.write(
        "rosters/subjects.csv",
        SUBJECTS.replace("区域\n", "区域,必查原因\n").replace(
            "A1,甲宾馆,公共场所,东", "A1,甲宾馆,公共场所,东,投诉较多"
        ),
    )
    assert numbers(county)["GGCS"] == (3, 3)

    county.plan(more="must_include: on-top\n")

    assert numbers(county)["GGCS"] == (2, 3)
    assert ["GGCS", "A1", "甲宾馆"] in [row[:3] for row in drawn(county) if row[5] == "must"]


def test_more_must_than_the_quota_makes_the_number_grow_and_is_reported(county: County) -> None:
    county.write("rosters/subjects.csv", SUBJECTS.replace("区域", "必查原因").replace("东", "x").replace("西", "x"))
    county.plan((RATIO, "{code: GGCS, name: 公共场所, ratio: 1%}"))

    assert numbers(county)["GGCS"] == (1, 5)
    assert "number-grows" in warnings(county)


def test_graded_strata_are_one_per_grade_each_with_its_ratio(county: County) -> None:
    county.write("rosters/subjects.csv", GRADED)
    graded = "{code: GGCS, name: 公共场所, by_grade: {A: 50%, B: {ratio: 100%, expect: 3}}, ungraded: B}"
    county.plan(ONE, (RATIO, graded))

    assert numbers(county) == {"GGCS-A": (1, 1), "GGCS-B": (3, 3)}
    assert {row[0] for row in drawn(county)} == {"GGCS-A", "GGCS-B"}


def test_grades_with_chinese_names_get_a_code(county: County) -> None:
    county.write(
        "rosters/subjects.csv",
        GRADED.replace(",A,", ",低,").replace(",B,", ",高,").replace("公共场所,,", "公共场所,低,"),
    )
    county.plan(
        ONE, (RATIO, "{code: GGCS, name: 公共场所, by_grade: {L: {grade: 低, ratio: 1%}, H: {grade: 高, count: 2}}}")
    )

    assert numbers(county) == {"GGCS-L": (1, 1), "GGCS-H": (2, 2)}


def test_a_part_of_a_specialty_is_a_stratum_of_its_own(county: County) -> None:
    county.write("rosters/subjects.csv", GRADED)
    parts = (
        "{code: GG-1, name: 宾馆, specialty: GGCS, where: {类别: 宾馆}, ratio: 100%}\n"
        "  - {code: GG-2, name: 其他, specialty: GGCS, where: {类别: [理发店, 洗浴]}, ratio: 1%}"
    )
    county.plan(ONE, (RATIO, parts), more="specialties: {GGCS: 公共场所}\n")

    assert numbers(county) == {"GG-1": (2, 2), "GG-2": (1, 1)}


def test_excluded_subjects_are_left_out_with_their_public_reason(county: County) -> None:
    county.write("rosters/subjects.csv", GRADED)
    county.write("专项.csv", "对象编号,原因\nA1,已列入专项行动\n")
    county.plan(ONE, more="exclude: [专项.csv, {类别: 理发店, reason: 另行安排}]\n")

    drawn(county)

    excluded = {row[1]: row[3] for row in county.read("pool/excluded.csv")}
    assert excluded == {"A1": "已列入专项行动", "A3": "另行安排", "A4": "另行安排", "A5": "另行安排"}


def test_closed_subjects_are_left_out_and_reported(county: County) -> None:
    county.write(
        "rosters/subjects.csv",
        SUBJECTS.replace("区域\n", "区域,状态\n").replace("A1,甲宾馆,公共场所,东", "A1,甲宾馆,公共场所,东,注销"),
    )

    drawn(county)

    assert county.read("pool/excluded.csv") == [["GGCS", "A1", "甲宾馆", "状态：注销"]]


def test_a_subject_drawn_earlier_this_year_is_left_out(county: County) -> None:
    first = {row[1] for row in drawn(county)}
    county.write("plans/2023-2.yaml", (county.root / "plans/2023.yaml").read_text().replace("T-2023", "T-2023-2"))

    assert county.ssj("draw", "--plan", "2023-2", "--seed", "2", "--no-sheets").code == 0

    lines = (county.root / "plans/2023-2/pool/excluded.csv").read_text("utf-8").splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == first
    assert all(line.endswith("本年度已抽取：T-2023") for line in lines)


def test_frequency_counts_lists_and_can_be_switched_off(county: County) -> None:
    county.write("省抽.csv", "对象编号\nA1\nA2\n")
    county.plan(more="frequency: {per_year: 1, already: 省抽.csv}\n")
    assert {row["stratum"]: row["population"] for row in county.ssj("check", "--json").json["strata"]}["GGCS"] == 3

    county.plan(more="frequency: {per_year: 2, already: 省抽.csv}\n")
    assert {row["stratum"]: row["population"] for row in county.ssj("check", "--json").json["strata"]}["GGCS"] == 5

    county.plan(more="frequency:\n")
    assert {row["stratum"]: row["population"] for row in county.ssj("check", "--json").json["strata"]}["GGCS"] == 5


def test_coverage_draws_first_whose_time_is_up(county: County) -> None:
    visits = ("2018-05-01", "2021-05-01", "2022-05-01", "2022-05-01")
    lines = [f"A{n},宾馆{n},公共场所,{day}" for n, day in enumerate(visits, 1)]
    county.write("rosters/subjects.csv", "对象编号,单位名称,专业,上次检查日期\n" + "\n".join(lines) + "\n")
    county.plan(ONE, (RATIO, "{code: GGCS, name: 公共场所, ratio: 1%}"), more="coverage: {years: 5}\n")

    why = {row[1]: row[5] for row in drawn(county)}

    left = {row[1]: row[5] for row in county.read("pool/subjects.csv")}
    assert left == {"A1": "1", "A2": "3", "A3": "4", "A4": "4"}
    assert why == {"A1": "coverage"}


def test_independent_tickets_differ_between_strata_and_shared_ones_do_not(county: County) -> None:
    for mode, same in (("shared", True), ("independent", False)):
        county.plan(more=f"tickets: {mode}\n")
        drawn(county)
        tickets = [row[3] for row in county.read("result/tickets.csv") if row[1] == "B2"]
        assert (len(set(tickets)) == 1) is same
        county.ssj("draw", "--void", "--reason", "换规则", "--document", "1号")


def test_tasks_of_one_subject_are_one_visit_or_one_each(county: County) -> None:
    for mode, expected in (("merge", {"B2"}), ("separate", {"GGCS/B2", "XXWS/B2"})):
        county.plan(
            (RATIO, "{code: GGCS, name: 公共场所, ratio: 100%}"),
            ("生, ratio: 50%", "生, ratio: 100%"),
            more=f"visits: {mode}\n",
        )
        drawn(county)
        assert {row[1] for row in county.read("result/tasks.csv") if row[3] == "B2"} == expected
        county.ssj("draw", "--void", "--reason", "换规则", "--document", "1号")


def test_a_task_that_no_team_could_share_opens_a_second_visit(county: County) -> None:
    split = INSPECTORS.replace("P3,监督员03,公共场所；学校卫生", "P3,监督员03,公共场所").replace(
        "P4,监督员04,公共场所；学校卫生", "P4,监督员04,学校卫生"
    )
    county.write("rosters/inspectors.csv", split)
    county.plan((RATIO, "{code: GGCS, name: 公共场所, ratio: 100%}"), ("生, ratio: 50%", "生, ratio: 100%"))

    drawn(county)

    assert {row[1] for row in county.read("result/tasks.csv") if row[3] == "B2"} == {"B2", "B2/2"}


def test_inspectors_of_the_own_or_of_other_areas(county: County) -> None:
    area = {"A1": "东", "A2": "西", "A3": "东", "A4": "西", "B1": "东", "B2": "西"}
    of = {"P1": "东", "P2": "西", "P3": "东", "P4": "西"}
    for rule, same in (("own", True), ("other", False)):
        county.plan(more=f"team: {{area: {rule}}}\n")
        drawn(county)
        assert all((of[who] == area[visit.split("/")[0]]) is same for visit, who, _ in county.read("result/teams.csv"))
        county.ssj("draw", "--void", "--reason", "换规则", "--document", "1号")


def test_every_team_has_a_lead_where_the_plan_wants_one(county: County) -> None:
    county.plan(more="team: {lead: true}\n")
    drawn(county)
    teams: dict[str, set[str]] = {}
    for visit, who, _ in county.read("result/teams.csv"):
        teams.setdefault(visit, set()).add(who)

    assert all(team & {"P1", "P4"} for team in teams.values())


def test_one_specialist_may_be_enough_or_none(county: County) -> None:
    only = INSPECTORS.replace("公共场所；学校卫生", "公共场所").replace(
        "P1,监督员01,公共场所", "P1,监督员01,公共场所；学校卫生"
    )
    county.write("rosters/inspectors.csv", only)
    county.plan(more="team: {specialty: one}\n")

    drawn(county)

    schools = {row[1] for row in county.read("result/tasks.csv") if row[2] == "XXWS"}
    assert {row[1] for row in county.read("result/teams.csv") if row[0] in schools} > {"P1"}
    assert schools == {row[0] for row in county.read("result/teams.csv") if row[0] in schools and row[1] == "P1"}


def test_a_joint_stratum_makes_one_team_per_department(county: County) -> None:
    county.write(
        "rosters/inspectors.csv",
        "执法证号,姓名,专业,所属部门\nP1,甲,公共场所；学校卫生,\nP2,乙,公共场所；学校卫生,WJ\nP3,丙,公共场所；学校卫生,测试县卫生健康局\nS1,丁,公共场所,SJ\nS2,戊,公共场所,县市场监管局\n",
    )
    county.plan(
        ("ratio: 50%}\n  - {code: X", "ratio: 100%, departments: {WJ: 2, SJ: 1}}\n  - {code: X"),
        more="departments: {SJ: 县市场监管局}\n",
    )

    drawn(county)

    teams = county.read("result/teams.csv")
    assert {row[0] for row in teams if row[0].startswith("A1")} == {"A1:WJ", "A1:SJ"}
    assert len([row for row in teams if row[0] == "A1:WJ"]) == 2
    assert {row[1] for row in teams if row[0].endswith(":SJ")} == {"S1", "S2"}
    assert {row[1] for row in county.read("result/tasks.csv") if row[3] == "A1"} == {"A1"}
    assert b'"departments":{"GGCS":{"WJ":2,"SJ":1}}' in (county.dossier / "pool/rules.json").read_bytes()


def test_items_without_a_stratum_are_known_specialties_and_only_reported(county: County) -> None:
    county.write("rosters/subjects.csv", SUBJECTS + "C1,某放射诊所,放射卫生,东\n")
    items = (county.root / "rosters/items.csv").read_text("utf-8")
    county.write(
        "rosters/items.csv", items + "F-1,放射卫生,放射卫生,《放射诊疗管理规定》,县局,防护,现场检查,40%,一年一次\n"
    )

    answer = county.ssj("check", "--json").json

    assert [p["what"] for p in answer["problems"] if p["code"] == "no-stratum"] == [
        "专业“放射卫生”有 1 家检查对象，但方案没有这一层，它们不参加抽取。"
    ]
    assert answer["ok"]
