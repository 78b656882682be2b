"""Each warning about the years: one test in which it fires, one in which it does not."""

import pytest

from tests.conftest import County

MANY = "对象编号,单位名称,专业,上次检查日期\n" + "".join(f"A{n},宾馆{n},公共场所,2022-06-01\n" for n in range(1, 31))
ONE = ("  - {code: XXWS, name: 学校卫生, ratio: 50%}\n", "")
STRATUM = "{code: GGCS, name: 公共场所, ratio: 50%}"
RULE = "coverage: {years: 5}\n"


@pytest.fixture
def thirty(county: County) -> County:
    county.write("rosters/subjects.csv", MANY)
    return county


def problems(county: County, measure: str, more: str = "") -> dict[str, dict[str, str]]:
    county.plan(ONE, (STRATUM, f"{{code: GGCS, name: 公共场所, {measure}}}"), more=more)
    answer = county.ssj("check", "--json")
    assert answer.json["ok"], answer.json["problems"]
    return {problem["code"]: problem for problem in answer.json["problems"]}


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("ratio: 8%", "16.7%"),  # ceil: 3 a year; 6 are needed, and 16.6 % of 30 is 4.98
        ("ratio: 8%, rounding: half-up", "18.4%"),  # 5.5 and more become 6
        ("ratio: 8%, rounding: floor", "20%"),
    ],
)
def test_a_ratio_that_cannot_cover_in_time_is_told_with_the_least_that_could(
    thirty: County, measure: str, least: str
) -> None:
    warning = problems(thirty, measure)["ratio-below-coverage"]

    assert warning["todo"] == f"要按期覆盖，每年至少抽 6 家，即比例至少 {least}，并写 coverage: {{years: 5}}。"
    assert "ratio-below-coverage" not in problems(thirty, measure.replace("8%", least))


def test_the_least_ratio_is_the_least() -> None:
    assert -(-30 * 166 // 1000) == 5
    assert -(-30 * 167 // 1000) == 6


def test_a_count_that_cannot_cover_is_told_with_the_least_count(thirty: County) -> None:
    assert "每年至少抽 6 家，并写" in problems(thirty, "count: 5")["ratio-below-coverage"]["todo"]
    assert "ratio-below-coverage" not in problems(thirty, "count: 6")


def test_with_the_rule_a_small_ratio_is_told_to_grow_and_the_years_are_the_rule_s(thirty: County) -> None:
    warning = problems(thirty, "ratio: 20%", "coverage: {years: 3}\n")["ratio-below-coverage"]

    assert warning["what"].endswith("3年内不能全部抽到一遍；按 coverage 规则，实抽家数会多于应抽家数。")
    assert warning["todo"] == "要按期覆盖，每年至少抽 10 家，即比例至少 30.1%。"
    assert "ratio-below-coverage" not in problems(thirty, "ratio: 20%", RULE)


def test_a_small_stratum_whose_rounded_number_covers_it_is_no_worry(county: County) -> None:
    assert "ratio-below-coverage" not in problems(county, "ratio: 1%")  # five hotels, one a year


def test_more_that_are_due_than_the_number_is_a_backlog(thirty: County) -> None:
    thirty.write("rosters/subjects.csv", MANY.replace("2022-06-01", "2015-06-01", 7))

    found = problems(thirty, "ratio: 20%", RULE)

    assert "有 7 家今年到期（最迟今年要抽到），多于应抽 6 家" in found["coverage-backlog"]["what"]
    assert "number-grows" in found
    thirty.write("rosters/subjects.csv", MANY.replace("2022-06-01", "2015-06-01", 6))
    assert "coverage-backlog" not in problems(thirty, "ratio: 20%", RULE)


def test_a_number_that_grows_by_the_rule_is_told(thirty: County) -> None:
    assert "number-grows" in problems(thirty, "ratio: 20%", RULE)  # a year gone by, six drawn of thirty: 8 are owed
    assert "number-grows" not in problems(thirty, "ratio: 27%", RULE)


def test_who_must_be_drawn_on_top_is_no_backlog_and_a_number_that_grows_above_both_is_told(county: County) -> None:
    def told(due: int) -> dict[str, dict[str, str]]:
        rows = [
            f"A{n},宾馆{n},公共场所,{'2015-06-01' if n <= due else '2023-03-01'},{'上年受过处罚' if n <= 3 else ''}"
            for n in range(1, 21)
        ]
        county.write("rosters/subjects.csv", "\n".join(["对象编号,单位名称,专业,上次检查日期,必查原因", *rows]) + "\n")
        return problems(county, "count: 4", f"{RULE}must_include: on-top\n")

    found = told(10)

    assert found["number-grows"]["what"] == "“公共场所”应抽 7 家，因必查或覆盖年限要求实抽 10 家。"
    assert "有 10 家今年到期（最迟今年要抽到），多于应抽 7 家" in found["coverage-backlog"]["what"]
    assert not {"number-grows", "coverage-backlog"} & told(5).keys()  # three of the five are drawn on top


def test_a_grade_that_nobody_has_this_year_stops_no_draw_and_is_told(county: County) -> None:
    county.write(
        "rosters/subjects.csv", "对象编号,单位名称,专业,信用风险等级\nA1,甲宾馆,公共场所,A\nA2,乙宾馆,公共场所,A\n"
    )

    found = problems(county, "by_grade: {A: 50%, D: 100%}")

    assert found["empty-grade"]["what"] == "“公共场所（D）”今年没有检查对象，不抽。"
    assert county.ssj("draw", "--no-sheets").code == 0
    assert county.ssj("verify", str(county.dossier)).code == 0
    county.plan(ONE, (STRATUM, "{code: GGCS, name: 公共场所, by_grade: {A: 50%, D: {ratio: 100%, expect: 1}}}"))
    assert "empty-stratum" in {one["code"] for one in county.ssj("check", "--json").json["problems"]}


def test_a_plan_whose_year_is_not_that_of_its_period_is_told(county: County) -> None:
    county.plan(("year: 2023", "year: 2024"))
    (warning,) = county.ssj("check", "--json").json["problems"]
    assert warning["code"] == "year-without-period"
    assert warning["what"] == "方案的年度是 2024，检查期间却是 2023-04-01 至 2023-11-30。"

    county.plan(("start: 2023", "start: 2022"))

    assert county.ssj("check", "--json").json["problems"] == []


def test_without_the_rule_nobody_is_due(thirty: County) -> None:
    thirty.write("rosters/subjects.csv", MANY.replace("2022-06-01", "2015-06-01"))

    assert "coverage-backlog" not in problems(thirty, "ratio: 20%")


def test_who_has_no_date_is_told_only_where_it_matters(thirty: County) -> None:
    thirty.write("rosters/subjects.csv", MANY.replace("2022-06-01", "", 2))

    assert problems(thirty, "ratio: 20%", RULE)["coverage-unknown"]["what"].startswith("有 2 家")
    assert "coverage-unknown" not in problems(thirty, "ratio: 20%")
    thirty.write("rosters/subjects.csv", MANY)
    assert "coverage-unknown" not in problems(thirty, "ratio: 20%", RULE)


def test_a_cap_for_a_grade_that_nobody_has_is_told(county: County) -> None:
    county.write(
        "rosters/subjects.csv", "对象编号,单位名称,专业,信用风险等级\nA1,甲宾馆,公共场所,高\nA2,乙宾馆,公共场所,低\n"
    )

    warning = problems(county, "ratio: 50%", "frequency: {by_grade: {D: 4}}\n")["frequency-grade"]

    assert warning["what"] == "frequency.by_grade 写了等级“D”，名册的信用风险等级里没有这一级，不起作用。"
    assert "frequency-grade" not in problems(county, "ratio: 50%", "frequency: {by_grade: {高: 4}}\n")
    graded = "by_grade: {D: {grade: 高, ratio: 100%}, A: {grade: 低, ratio: 50%}}"
    assert "frequency-grade" not in problems(county, graded, "frequency: {by_grade: {D: 4}}\n")
