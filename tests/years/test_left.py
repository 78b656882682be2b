"""Years left (protocol §5) from the roster and from all dossiers, and what `ssj check` tells of it."""

import pytest

from tests.conftest import County
from tests.year.returning import Clock

SUBJECTS = """\
对象编号,单位名称,专业,上次检查日期,登记日期
A1,甲宾馆,公共场所,2019-05-01,2010-01-01
A2,乙宾馆,公共场所,2019-05-01,2022-06-01
A3,丙宾馆,公共场所,,2021-05-01
A4,丁宾馆,公共场所,,
"""
PLAN_2024 = """\
draw: T-2024
title: 测试县2024年抽查方案
agency: {code: WJ, name: 测试县卫生健康局}
year: 2024
period: {start: 2024-04-01, end: 2024-11-30}
coverage: {years: 5}
strata:
  - {code: GG, name: 公共场所, specialty: GGCS, ratio: 50%}
specialties: {GGCS: [公共场所]}
"""


@pytest.fixture
def years(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """2023 drawn in full, nothing recorded yet; it is April 2024, with a plan whose strata have other codes."""
    county.write("rosters/subjects.csv", SUBJECTS)
    county.plan(("  - {code: XXWS, name: 学校卫生, ratio: 50%}\n", ""), ("50%", "100%"))
    clock = Clock(monkeypatch)
    clock("2023-05-02T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    clock("2024-04-10T09:00")
    county.write("plans/2024.yaml", PLAN_2024)
    return county


def left(county: County) -> dict[str, int]:
    """Subject → years left, as `ssj seal` freezes it."""
    answer = county.ssj("seal", "--plan", "2024")
    assert answer.code == 0, answer.err
    lines = (county.root / "plans/2024/pool/subjects.csv").read_text("utf-8").splitlines()[1:]
    return {line.split(",")[1]: int(line.split(",")[5]) for line in lines}


def record(county: County, task: str, *words: str) -> None:
    answer = county.ssj("record", "--plan", "2023", "--task", task, *words)
    assert answer.code == 0, answer.err


def coverage(county: County) -> dict[str, object]:
    (stratum,) = county.ssj("check", "--plan", "2024", "--json").json["coverage"]["strata"]
    return dict(stratum)


def test_without_records_the_roster_decides_and_a_renewed_registration_makes_no_visit_younger(years: County) -> None:
    assert left(years) == {"A1": 1, "A2": 1, "A3": 3, "A4": 5}


def test_who_has_no_date_at_all_counts_from_the_first_sealed_pool_of_an_earlier_plan(years: County) -> None:
    years.write("plans/2027.yaml", PLAN_2024.replace("2024", "2027"))

    stratum = years.ssj("check", "--plan", "2027", "--json").json["coverage"]["strata"][0]

    assert stratum["never"] == 2
    assert stratum["due"] == 3  # A1, A2, and A3 of 2021; A4 is known since 2023
    years.ssj("seal", "--plan", "2027")
    lines = (years.root / "plans/2027/pool/subjects.csv").read_text("utf-8").splitlines()[1:]
    assert [line[-1] for line in lines] == ["1", "1", "1", "2"]


def test_a_visit_on_record_counts_for_its_specialty_whatever_its_stratum_was_called(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")

    assert left(years) == {"A1": 5, "A2": 1, "A3": 3, "A4": 5}


def test_a_visit_that_found_nobody_is_none_but_one_that_found_no_such_business_is(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "无法联系", "--set", "reason=已关闭", "--set", "check_ended=2023-06-01 10:00")
    record(
        years,
        "GGCS/A2",
        "--outcome",
        "无法联系",
        "--set",
        "reason=未开展相关业务",
        "--set",
        "check_ended=2023-06-01 10:00",
    )

    assert coverage(years)["unreached"] == 1
    assert left(years) == {"A1": 1, "A2": 5, "A3": 3, "A4": 5}


def test_a_task_closed_by_the_superior_was_no_visit(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")
    words = ("--why", "duplicate", "--reason", "重复建档", "--document", "省卫〔2023〕9号")
    answer = years.ssj("adjust", "void", "--plan", "2023", "--task", "GGCS/A1", *words)
    assert answer.code == 0, answer.err

    assert left(years)["A1"] == 1


@pytest.mark.parametrize(("is_done", "years_left"), [(True, 5), (False, 1)], ids=["made", "registered only"])
def test_a_visit_outside_the_draw_counts_once_it_is_made(years: County, *, is_done: bool, years_left: int) -> None:
    team = ("--inspector", "P1", "--inspector", "P2")
    visit = ("--subject", "A2", "--stratum", "GGCS", "--document", "投诉〔2023〕1号", "--on", "2023-09-01")
    answer = years.ssj("record", "--plan", "2023", "--otherwise", "投诉", *visit, *team)
    assert answer.code == 0, answer.err
    if is_done:
        record(years, "N1", "--outcome", "未发现问题", "--set", "check_ended=2023-09-01 10:00")

    assert left(years)["A2"] == years_left


def warnings(county: County, year: str = "2024") -> dict[str, str]:
    found = county.ssj("check", "--plan", year, "--json").json["problems"]
    return {one["code"]: one["what"] for one in found}


def test_a_visit_outside_the_draw_that_puts_off_who_was_due_is_told(years: County) -> None:
    team = ("--inspector", "P1", "--inspector", "P2", "--on", "2023-09-01", "--stratum", "GGCS")
    done = ("--outcome", "未发现问题", "--check-ended", "2023-09-01 10:00")
    for number, subject in enumerate(("A2", "A3")):
        visit = ("--subject", subject, "--document", f"投诉〔2023〕{number}号")
        assert years.ssj("record", "--plan", "2023", "--otherwise", "投诉", *visit, *team, *done).code == 0

    told = warnings(years)["coverage-otherwise"]

    assert told.startswith("“乙宾馆”（A2）今年本应到期，因为有随机抽查以外的检查")  # A3 was not due
    record(years, "GGCS/A2", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")
    assert "coverage-otherwise" not in warnings(years)  # its drawn visit puts it off anyway


@pytest.mark.parametrize(
    "edited",
    [
        "A1,甲宾馆,公共场所,2023-03-01,2010-01-01",  # before any plan of this workspace
        "A1,甲宾馆,公共场所,2024-11-30,2010-01-01",
        "A1,甲宾馆,公共场所,,2024-06-01",
        "A1,甲宾馆,公共场所,,",
    ],
)
def test_a_date_of_the_roster_that_puts_off_a_subject_without_a_visit_on_record_is_told(
    years: County, edited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left(years)["A1"] == 1
    years.write("plans/2025.yaml", PLAN_2024.replace("2024", "2025"))
    Clock(monkeypatch)("2025-04-10T09:00")
    assert "coverage-younger" not in warnings(years, "2025")
    years.write("rosters/subjects.csv", SUBJECTS.replace("A1,甲宾馆,公共场所,2019-05-01,2010-01-01", edited))

    told = warnings(years, "2025")["coverage-younger"]

    assert told.startswith("“甲宾馆”（A1）的上次检查日期或登记日期比上一次封存时晚了（或删去了），台账里却没有新的检查")


def test_a_date_of_the_roster_that_a_visit_on_record_explains_is_no_worry(
    years: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left(years)["A1"] == 1
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2024-04-09 10:00")
    years.write("plans/2025.yaml", PLAN_2024.replace("2024", "2025"))
    Clock(monkeypatch)("2025-04-10T09:00")
    years.write("rosters/subjects.csv", SUBJECTS.replace("2019-05-01,2010", "2024-04-09,2010"))

    assert "coverage-younger" not in warnings(years, "2025")


def test_a_date_that_was_changed_between_a_void_sealing_and_the_next_is_told(years: County) -> None:
    assert left(years)["A1"] == 1
    words = ("--reason", "名册有误", "--document", "测卫〔2024〕1号")
    assert years.ssj("seal", "--plan", "2024", "--void", *words).code == 0
    assert "coverage-younger" not in warnings(years)
    years.write("rosters/subjects.csv", SUBJECTS.replace("2019-05-01,2010", "2023-05-01,2010"))

    assert "coverage-younger" in warnings(years)


def test_visits_after_the_reference_day_are_not_known_on_it(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")
    years.write("plans/2022.yaml", PLAN_2024.replace("2024", "2022"))

    stratum = years.ssj("check", "--plan", "2022", "--json").json["coverage"]["strata"][0]

    assert [band["subjects"] for band in stratum["bands"]] == [0, 0, 0, 2, 0, 0]


def test_a_damaged_pool_of_an_older_year_stops_nothing(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")
    assert left(years)["A1"] == 5
    pool = years.dossier / "pool/strata.csv"
    pool.write_bytes(pool.read_bytes().replace(b",GGCS,", b",XXXX,"))
    years.write("plans/2026.yaml", PLAN_2024.replace("2024", "2026"))

    stratum = years.ssj("check", "--plan", "2026", "--json").json["coverage"]["strata"][0]

    # The stratum's code is then taken for its specialty: here it is.
    assert [band["subjects"] for band in stratum["bands"]] == [0, 0, 1, 0, 0, 1]


def test_check_tells_who_was_not_seen_for_how_long_and_what_years_to_come_draw(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")

    found = coverage(years)

    assert (found["never"], [band["subjects"] for band in found["bands"]]) == (2, [1, 0, 0, 0, 1, 0])
    assert found["bands"][4:] == [{"from": 4, "to": 5, "subjects": 1}, {"from": 5, "to": None, "subjects": 0}]
    assert found["forecast"][0] == {"year": 2024, "draw": 2}
    assert [one["year"] for one in found["forecast"]] == [2024, 2025, 2026, 2027, 2028, 2029]
    assert (found["due"], found["uncovered"], found["enough"]) == (1, 0, None)

    shown = years.ssj("check", "--plan", "2024").out

    assert "多久没有检查" in shown
    assert "按 coverage 规则5年覆盖" in shown


def test_the_report_tells_the_same_of_the_year_that_was(years: County) -> None:
    record(years, "GGCS/A1", "--outcome", "未发现问题", "--set", "check_ended=2023-06-01 10:00")

    assert years.ssj("report", "--plan", "2023", "--format", "html").code == 0

    shown = (years.dossier / "report/report.html").read_text("utf-8")
    assert "按专业看，5年以上没有检查或没有检查记录的有公共场所2家。" in shown
    assert "名录库和方案不变，以后每年预计抽取4家次。" in shown
