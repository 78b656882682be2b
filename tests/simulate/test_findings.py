"""Each thing that a simulation warns of: it does where it should, with a change that mends it, and not elsewhere."""

import pytest

from tests.conftest import County
from tests.simulate.quiet import PEOPLE, PLACES, PLAN, SCHOOLS, found, make


@pytest.fixture
def quiet(county: County) -> County:
    return make(county)


def test_a_county_without_faults_is_told_nothing(quiet: County) -> None:
    assert found(quiet) == {}
    assert "没有发现要改的。" in quiet.ssj("simulate", "--seeds", "20", "--jobs", "1").out


def test_draws_without_lawful_teams_are_counted_and_the_smallest_help_is_found(county: County) -> None:
    both = [f"C{n:02},酒店{n:02},公共场所；学校卫生,,,2022-05-01" for n in range(1, 13)]
    plan = PLAN.replace("{code: GGCS, name: 公共场所, ratio: 50%}", "{code: GGCS, name: 公共场所, ratio: 30%}")
    make(
        county,
        people=[f"{one}4" for one in PEOPLE[:4]],
        subjects=both,
        plan=plan.replace("coverage", "tickets: independent\ncoverage"),
    )

    told = found(county)

    wrong = told["infeasible"]
    assert 0 < wrong["figures"]["failed"] < 20
    assert "次模拟里有" in wrong["what"]
    person, cap = wrong["changes"]
    assert person["todo"] == "再增加一名“公共场所”人员"
    assert cap["todo"] == "任务上限提高到 5"
    assert cap["tried"] == "任何种子都排得出检查组"
    mended = [f"{one}5" for one in PEOPLE[:4]]
    make(county, people=mended, subjects=both, plan=plan.replace("coverage", "tickets: independent\ncoverage"))
    assert "infeasible" not in found(county)


def test_a_stratum_that_one_absence_makes_undrawable_is_named(county: County) -> None:
    people = [*(one.replace("；学校卫生", "") for one in PEOPLE[2:]), *PEOPLE[:2]]
    subjects = PLACES * 1 + SCHOOLS[:2]
    make(county, people=people, subjects=subjects)

    told = found(county)["absence"]

    assert told["what"] == "少了监督员01、监督员02中的任何一人，“学校卫生”就凑不齐检查组，不能抽取。"
    (change,) = told["changes"]
    assert change["todo"] == "再增加一名“学校卫生”人员"
    assert change["tried"] == "上述人员逐一缺席，任何种子都排得出检查组"
    make(county, people=[*people, "P9,监督员09,学校卫生,"], subjects=subjects)
    assert "absence" not in found(county)


def test_a_subject_that_one_absence_leaves_without_a_team_is_named(county: County) -> None:
    make(county, people=PEOPLE[:4])
    county.write("rosters/conflicts.csv", "执法证号,对象编号\nP1,A07\nP2,A07\n")

    told = found(county)["absence"]

    assert told["what"] == "少了监督员03、监督员04中的任何一人，“公共场所”的宾馆07就凑不齐检查组，不能抽取。"


def test_an_absence_that_only_the_caps_forbid_is_measured(county: County) -> None:
    make(county, people=[f"{one}{4}" for one in PEOPLE])  # 15 visits, 30 places, 32 of room

    told = found(county)["absence"]

    assert told["figures"]["verdict"] == "measured"
    assert told["figures"]["failed"] == told["figures"]["seeds"] == 20
    assert [change["todo"] for change in told["changes"]] == ["再增加一名“公共场所”人员", "任务上限提高到 5"]
    assert "absence" not in found(make(county, people=[f"{one}{5}" for one in PEOPLE]))


def test_caps_that_are_used_up_and_the_lowest_that_are_not(county: County) -> None:
    told = found(make(county, people=[f"{PEOPLE[0]}{3}", *PEOPLE[1:]]))["cap"]

    assert told["what"].startswith("监督员01在 100% 的模拟里用满任务上限（3 次）")
    assert [change["todo"] for change in told["changes"]] == ["任务上限提高到 5"]
    assert "cap" not in found(make(county, people=[f"{PEOPLE[0]}{5}", *PEOPLE[1:]]))


def test_loads_that_few_must_carry(county: County) -> None:
    only = [one.replace("；学校卫生", "") for one in PEOPLE[3:]]
    schools = [f"B{n:02},小学{n:02},学校卫生,,,2022-05-01" for n in range(1, 41)]
    make(county, people=[*PEOPLE[:3], *only], subjects=PLACES[:4] + schools)

    told = found(county)["uneven"]

    assert told["what"].startswith(
        "监督员01、监督员02、监督员03平均要担 13.5 次，全员平均 5.5 次：能去“学校卫生”的人少。"
    )
    assert told["changes"][0]["figures"] == {"people": 3, "specialties": ["XXWS"]}
    assert "uneven" not in found(make(county, subjects=PLACES[:4] + schools))


def test_partners_who_meet_too_often(county: County) -> None:
    told = found(make(county, people=PEOPLE[:3]))["pairs"]

    assert "均匀搭配是 50%" in told["what"]
    assert told["changes"][0]["todo"] == "再增加 2 名“公共场所、学校卫生”人员"
    assert "pairs" not in found(make(county, people=PEOPLE))


def test_visits_that_cannot_be_merged_for_want_of_people(county: County) -> None:
    both = [f"C{n:02},酒店{n:02},公共场所；学校卫生,,,2022-05-01" for n in range(1, 21)]
    people = [
        *PEOPLE[:2],
        *(one.replace("；学校卫生", "") for one in PEOPLE[2:5]),
        *(one.replace("公共场所；", "") for one in PEOPLE[5:]),
    ]

    told = found(make(county, people=people, subjects=both))["merge"]

    assert told["figures"]["specialties"] == ["GGCS", "XXWS"]
    assert told["what"].startswith("平均有 10 次检查不能合并")
    (change,) = told["changes"]
    assert change["todo"] == "再增加一名“公共场所、学校卫生”人员"
    assert change["tried"] == "20 次模拟平均少去 10 次"
    assert "merge" not in found(make(county, subjects=both))


def test_a_plan_that_visits_separately_is_told_what_merging_saves(county: County) -> None:
    both = [f"C{n:02},酒店{n:02},公共场所；学校卫生,,,2022-05-01" for n in range(1, 21)]

    told = found(make(county, subjects=both, plan=PLAN + "visits: separate\n"))["separate"]

    assert told["figures"] == {"tasks": 20.0, "visits": 10.0}
    assert told["changes"][0]["tried"] == "20 次模拟平均 10 次检查，少 50%"
    assert "separate" not in found(make(county, plan=PLAN + "visits: separate\n"))
    assert "separate" not in found(make(county, subjects=both))


def test_those_who_have_no_chance_because_others_must_be_drawn(county: County) -> None:
    must = [one.replace(",,,", ",投诉,,") for one in PLACES[:10]]

    told = found(make(county, subjects=[*must, *PLACES[10:], *SCHOOLS]))["no-chance"]

    assert told["what"] == "“公共场所”应抽 10 家都被必查占满，其余 10 家没有机会。"
    assert told["changes"][0]["figures"] == {"ratio": "51%"}
    assert "no-chance" not in found(make(county, subjects=[*must[:9], *PLACES[9:], *SCHOOLS]))


def test_a_riskier_grade_that_is_drawn_less(county: County) -> None:
    plan = PLAN.replace("name: 公共场所, ratio: 50%", "name: 公共场所, ratio: 20%")
    places, schools = (
        [one.replace(",,,", f",,{grade},") for one in rows] for rows, grade in ((PLACES, "D"), (SCHOOLS, "A"))
    )

    told = found(make(county, subjects=places + schools, plan=plan))["grade"]

    assert told["what"] == "信用风险等级 D 的 20 家平均每家抽查 0.25 项，风险较低的平均 0.50 项：风险高的反而查得少。"
    assert told["changes"][0]["figures"] == {"grade": "D", "ratio": "46%"}
    assert "grade" not in found(make(county, subjects=places + schools))


def test_years_that_do_not_reach_everybody_and_the_ratio_that_does(county: County) -> None:
    plan = PLAN.replace("coverage: {years: 5}\n", "").replace(
        "name: 公共场所, ratio: 50%", "name: 公共场所, ratio: 10%"
    )

    told = found(make(county, plan=plan))["coverage"]

    assert told["what"].startswith("每年各抽各的，5 年查不遍：平均查到“公共场所”4")
    (change,) = told["changes"]
    assert change["todo"] == "在方案里写 coverage: {years: 5}，比例提高到：“公共场所”15.1%"
    assert (
        change["tried"]
        == "20 次模拟各 5 年，在册的都在 5 年内查到，每年多抽 2 家；久未检查的要先补上，头几年最多要抽：“公共场所”5 家"
    )
    mended = plan.replace("ratio: 10%", "ratio: 15.1%") + "coverage: {years: 5}\n"
    assert "coverage" not in found(make(county, plan=mended))


def test_years_in_which_a_draw_must_grow(county: County) -> None:
    plan = PLAN.replace("name: 公共场所, ratio: 50%", "name: 公共场所, ratio: 10%")

    told = found(make(county, plan=plan))["coverage-grows"]

    assert told["what"] == "“公共场所”按比例每年抽 2 家，为了 5 年查遍，第 1 年要抽 5 家。"
    assert told["changes"][0]["todo"] == "比例提高到 21%"
    assert "coverage-grows" not in found(make(county, plan=plan.replace("10%", "21%")))


@pytest.mark.parametrize(
    ("more", "measure", "advice"),
    [
        ("rounding: floor\n", "ratio: 10%", "比例提高到 25%"),
        ("rounding: half-up\n", "ratio: 10%", "比例提高到 23%"),
        ("must_include: on-top\n", "ratio: 5%", "比例提高到 24%"),
        ("", "count: 2", "家数提高到 5 家"),
    ],
)
def test_the_number_that_makes_a_draw_grow_no_more_is_by_the_plan_s_own_rules(
    county: County, more: str, measure: str, advice: str
) -> None:
    must = "上年受过处罚" if "on-top" in more else ""
    people = [
        place.replace(",公共场所,,", f",公共场所,{must},", 1) if n < 3 else place for n, place in enumerate(PLACES)
    ]

    def told(measure: str) -> dict[str, dict]:
        plan = PLAN.replace("name: 公共场所, ratio: 50%", f"name: 公共场所, {measure}") + more
        return found(make(county, subjects=people + SCHOOLS, plan=plan))

    (change,) = told(measure)["coverage-grows"]["changes"]

    assert change["todo"] == advice
    number = advice.removeprefix("比例提高到 ").removeprefix("家数提高到 ").removesuffix(" 家")
    assert "coverage-grows" not in told(f"{measure.split(':', maxsplit=1)[0]}: {number}")
