"""Working days: the vectors, the State Council's notices, the calendar file, and what must always hold."""

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.law.workdays import Calendar, UnknownYear, Year, after, days_left, on_or_after
from shuangsuiji.files.calendar import read_calendar
from shuangsuiji.files.workspace import Workspace
from tests.conftest import REPOSITORY, County

VECTORS = json.loads((REPOSITORY / "tests/vectors/workdays.json").read_text("utf-8"))
KNOWN = read_calendar(Workspace(REPOSITORY))
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: f"{case['start']}+{case['workdays']}")
def test_the_vectors_are_reproduced(case: dict[str, str | int], county: County) -> None:
    answer = county.ssj("workdays", str(case["start"]), str(case["workdays"]), "--json")

    assert (answer.code, answer.json) == (0, case)


@pytest.mark.parametrize(("year", "number"), VECTORS["workdays_in_year"].items())
def test_a_year_has_so_many_working_days(year: str, number: int) -> None:
    assert len(KNOWN.days(int(year))) == number


def test_the_library_s_tables_and_its_answers_agree() -> None:
    for year in (2004, 2011, 2020, 2023, 2026):
        days = chinese_calendar.get_workdays(date(year, 1, 1), date(year, 12, 31))

        assert list(KNOWN.days(year)) == days


def test_the_answer_names_the_days_off_and_the_weekends_worked(county: County) -> None:
    answer = county.ssj("workdays", "2025-09-26", "20")

    assert answer.code == 0
    assert answer.out.splitlines() == [
        "2025-09-26（星期五）起第 20 个工作日：2025-10-30（星期四）",
        "其间放假：10-01至10-03（国庆节）、10-06（中秋）、10-07至10-08（国庆节）",
        "周末上班：09-28（国庆节）、10-11（国庆节）",
    ]


def test_a_year_without_notice_is_refused_and_the_file_to_fill_is_named(county: County) -> None:
    answer = county.ssj("workdays", "2026-12-26", "20")

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines() == [
        "没有执行  不知道 2027 年的放假安排，算不出工作日。",
        "依据：工作日以国务院办公厅每年的放假通知为准",
        "请按国务院办公厅的通知填写 rosters/calendar.yaml，例如 2027: {notice: 文号, holidays: [2027-01-01], workdays: []}。急用时可加 --assume-weekdays，按周一至周五推算，结果会注明。",
    ]
    told = county.ssj("workdays", "2026-12-26", "20", "--json").json
    assert (told["error"], told["year"], told["file"]) == ("unknown-year", 2027, "rosters/calendar.yaml")


def test_weekdays_are_assumed_only_on_request_and_the_answer_says_so(county: County) -> None:
    assert county.ssj("workdays", "2026-12-26", "20", "--assume-weekdays", "--json").json == {
        "start": "2026-12-26",
        "workdays": 20,
        "due": "2027-01-22",
        "assumed": True,
    }
    assert "按周一至周五推算" in county.ssj("workdays", "2026-12-26", "20", "--assume-weekdays").err
    known = county.ssj("workdays", "2026-03-02", "5", "--assume-weekdays", "--json").json
    assert known == {"start": "2026-03-02", "workdays": 5, "due": "2026-03-09"}


def test_a_year_of_the_calendar_file_is_known(county: County) -> None:
    county.write(
        "rosters/calendar.yaml",
        "2027:\n  notice: 国办发明电〔2026〕1号\n  holidays: [2027-01-01, 2027-02-05/2027-02-11]\n  workdays: [2027-01-30]\n",
    )

    due = [
        county.ssj("workdays", start, "1", "--json").json["due"] for start in ("2026-12-31", "2027-01-29", "2027-02-04")
    ]

    assert due == ["2027-01-04", "2027-01-30", "2027-02-12"]


def test_a_year_of_the_calendar_file_takes_the_library_s_place(county: County) -> None:
    county.write("rosters/calendar.yaml", "2025: {holidays: [2025-01-01]}\n")

    assert county.ssj("workdays", "2025-09-30", "1", "--json").json["due"] == "2025-10-01"


def test_a_notice_may_change_the_december_before(county: County) -> None:
    county.write("rosters/calendar.yaml", "2027: {holidays: [2026-12-31/2027-01-02], workdays: [2026-12-27]}\n")

    due = [county.ssj("workdays", start, "1", "--json").json["due"] for start in ("2026-12-25", "2026-12-30")]

    assert due == ["2026-12-27", "2027-01-04"]


BAD = [
    ("x: {holidays: [2027-01-01]}", "第1行：“x”不是年份。请写成 2027 的样子。"),
    ("2027:", "第1行：2027 年是空的。请写 notice、holidays 和 workdays。"),
    ("[a]", "第1行：不是“年份: 内容”的形式。"),
    ("2027: {holidays: []}", "第1行：2027 年没有写 holidays。请写放假的日期。"),
    ("2027: {holiday: [2027-01-01]}", "第1行：2027 年里不认识“holiday”这一项。是不是想写“holidays”？"),
    ("2027:\n  holidays: [2027-01-01, 2027-2-5]", "第2行：“2027-2-5”不是日期。日期写成 2027-01-01，"),
    ("2027:\n  holidays: [2027-02-11/2027-02-05]", "第2行：“2027-02-11/2027-02-05”的结束日期早于开始日期。"),
    ("2027:\n  holidays: [2027-02-01/2027-12-05]", "第2行：“2027-02-01/2027-12-05”超过 31 天。"),
    ("2027:\n  holidays:\n  - 2028-01-01", "第3行：2028-01-01 不在 2027 年。"),
    ("2027: {holidays: [2027-01-02], workdays: [2027-01-02]}", "第1行：2027-01-02 又放假又上班。"),
    ("2027: {holidays: [2027-01-01], workdays: [2027-01-04]}", "第1行：2027-01-04 不是周末，不用写在 workdays 里。"),
    ("2027: {notice: [1], holidays: [2027-01-01]}", "第1行：notice 不是文字。"),
    ("2027: {holidays: [{a: b}]}", "不是日期。"),
    ("2027: {holidays: [2027-01-01]}\n2027: {}", "“2027”写了两次。"),
]


@pytest.mark.parametrize(("text", "says"), BAD, ids=lambda text: text.replace("\n", " ")[:40])
def test_a_bad_calendar_is_a_problem_with_its_line(text: str, says: str, county: County) -> None:
    county.write("rosters/calendar.yaml", text + "\n")

    answer = county.ssj("workdays", "2026-12-26", "20")

    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2025-9-26", "20"), "“2025-9-26”不是日期。"),
        (("2025-02-30", "20"), "“2025-02-30”不是日期。"),
        (("2025-09-26", "0"), "“0”不是工作日数。"),
        (("2025-09-26", "二十"), "“二十”不是工作日数。"),
        (("2025-09-26", "99999999"), "“99999999”不是工作日数。"),
    ],
)
def test_what_is_no_date_or_number_is_wrong_use(words: tuple[str, str], says: str, county: County) -> None:
    answer = county.ssj("workdays", *words)

    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


@given(DAYS, st.integers(1, 60))
def test_a_due_day_is_a_working_day_after_the_start(start: date, number: int) -> None:
    due = after(KNOWN, start, number).day

    assert due > start
    assert KNOWN.is_workday(due)
    assert days_left(KNOWN, start, due) == number
    assert days_left(KNOWN, due, start) == -number


@given(DAYS, st.integers(1, 60))
def test_one_more_day_is_the_next_working_day(start: date, number: int) -> None:
    assert after(KNOWN, start, number + 1) == after(KNOWN, after(KNOWN, start, number).day, 1)


@given(DAYS, DAYS, st.integers(1, 60))
def test_who_starts_later_is_due_no_earlier(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))

    assert after(KNOWN, first, number).day <= after(KNOWN, second, number).day


@given(DAYS)
def test_a_last_day_moves_to_the_next_working_day_or_stays(day: date) -> None:
    moved = on_or_after(KNOWN, day).day

    assert moved == next(d for n in range(20) if KNOWN.is_workday(d := day + timedelta(days=n)))


def test_a_year_without_working_days_is_passed_over() -> None:
    calendar = Calendar({2025: Year(()), 2026: Year((date(2026, 1, 5),))})

    assert after(calendar, date(2025, 3, 1), 1).day == date(2026, 1, 5)


def test_the_last_day_of_a_known_year_needs_the_next() -> None:
    with pytest.raises(UnknownYear, match="2027"):
        after(KNOWN, date(2026, 12, 31), 1)
