"""Dates end on 9999-12-31 and begin on 0001-01-01: what would reckon past them says so itself, in a sentence."""

from datetime import date, datetime, timedelta, timezone

import pytest

from shuangsuiji.core.law.clocks import CLOCKS, due
from shuangsuiji.core.law.workdays import Calendar, UnknownYear, after, on_or_after, weekdays
from shuangsuiji.core.year.cell_values import value
from shuangsuiji.core.year.deadlines import Expiry
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.files.ics import ics
from tests.conftest import County
from tests.year.test_deadlines import clocks

ASSUMED = Calendar({}, assume_weekdays=True)


@pytest.mark.parametrize(
    "words",
    [
        ("9999-12-31", "5"),
        ("9999-12-31", "1", "--assume-weekdays"),
        ("9999-12-01", "300", "--assume-weekdays"),
        ("9990-01-01", "10000", "--assume-weekdays"),
    ],
)
def test_a_working_day_after_the_end_of_time_is_wrong_use(words: tuple[str, ...], county: County) -> None:
    answer = county.ssj("workdays", *words, "--json")

    assert (answer.code, answer.json["error"]) == (2, "date-out-of-range")
    assert answer.json["message"] == "算到了 9999 年以后，没有这样的日期。"


def test_the_last_working_day_of_all_is_found(county: County) -> None:
    answer = county.ssj("workdays", "9999-12-30", "1", "--assume-weekdays", "--json")

    assert (answer.code, answer.json["due"]) == (0, "9999-12-31")


@pytest.mark.parametrize(
    ("as_of", "within"),
    [("9999-12-31", "7d"), ("9999-12-31", "24h"), ("9999-12-30", "3w"), ("9999-12-20T12:00", "9999w")],
)
def test_a_window_past_the_end_of_time_is_wrong_use(as_of: str, within: str, county: County) -> None:
    answer = county.ssj("deadlines", "--as-of", as_of, "--within", within, "--json")

    assert (answer.code, answer.json["error"]) == (2, "bad-within")
    assert answer.json["message"] == f"从 {as_of[:10]} 起看 {within}，超出了能计算的日期（到 9999 年为止）。"


@pytest.mark.parametrize("clock", ["check-upload", "case-filed", "result-public"])
def test_no_clock_runs_past_the_end_of_time(clock: str) -> None:
    with pytest.raises(UnknownYear, match="10000"):
        due(CLOCKS[clock], "9999-12-31T12:00", ASSUMED)


def test_working_days_are_counted_from_the_first_day_to_the_last() -> None:
    assert on_or_after(ASSUMED, date.min).day == date(1, 1, 1)
    assert after(ASSUMED, date(9999, 12, 30), 1).day == date.max
    assert weekdays(9999)[-1] == date.max
    assert (len(weekdays(2027)), len(weekdays(2028))) == (261, 260)


def test_a_certificate_that_ended_when_time_began_is_overdue() -> None:
    found = clocks("2025-10-20", expiries=(Expiry("certificate", "P1", "监督员01", "0001-01-05"),))

    assert (found["certificate"].status, found["certificate"].started) == ("overdue", "0001-01-01")


def test_what_is_due_on_the_last_day_goes_into_a_calendar_file() -> None:
    licence = Expiry("licence", "A1", "甲宾馆", "2025-11-01")
    last = clocks("2025-10-20", expiries=(licence,))["licence"]._replace(due="9999-12-31")

    text = ics([last], datetime(2025, 10, 20, tzinfo=timezone(timedelta(hours=8))))

    assert "DTSTART;VALUE=DATE:99991231" in text.decode()
    assert "DTEND" not in text.decode()


def test_a_cell_in_the_last_moment_of_time_is_no_date() -> None:
    text, wrong = value(FINDINGS["check_ended"], datetime.max)  # noqa: DTZ901 - cells have no zone

    assert (text, wrong and wrong.code) == ("", "bad-moment")
