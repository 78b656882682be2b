"""Whether the year fits into its weeks: a warning where it does not, with the figure that would; none where it does."""

import pytest

from tests.conftest import County
from tests.year.returning import Clock

WHOLE = 202
"""Visits that one inspector can make in the period: week by week the lesser of six and two for each working day."""
APRIL = ("end: 2023-11-30", "end: 2023-04-07")
WIDE = ("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X")


@pytest.fixture(autouse=True)
def march(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Before the period."""
    clock = Clock(monkeypatch)
    clock("2023-03-20T09:00")
    return clock


def test_a_year_that_fits_is_one_line_in_check_and_no_warning(county: County) -> None:
    told = county.ssj("check").out.replace("\n", "")

    assert "检查工作量：约 4 次检查、8 人次，4 人，2023-04-01 至 2023-11-30 有 162 个工作日、34 周" in told
    assert "排不下" not in told
    assert county.ssj("schedule", "--preview", "--json").json["shortages"] == []


def test_a_year_that_does_not_fit_is_told_with_the_figure_that_would(county: County) -> None:
    county.plan(WIDE, APRIL, more="schedule: {per_day: 2, per_week: 1}\n")

    preview = county.ssj("schedule", "--preview", "--json").json
    told = county.ssj("check").out.replace("\n", "")

    shortage = preview["shortages"][0]
    assert (shortage["places"], shortage["room"], shortage["per_week"], shortage["more"]) == (12, 4, 3, 8)
    assert "要 12 人次，只有监督员01、监督员02、监督员03、监督员04能去，最多 4 人次。" in told
    assert "schedule.per_week 改为 3，或再增加 8 人，就排得下" in told

    county.plan(WIDE, APRIL, more="schedule: {per_day: 2, per_week: 3}\n")
    assert county.ssj("schedule", "--preview", "--json").json["shortages"] == []
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    assert county.ssj("schedule").code == 0


def test_leave_and_caps_of_people_count(county: County) -> None:
    assert county.ssj("schedule", "--preview", "--json").json["room"] == 4 * WHOLE
    county.write("rosters/leave.csv", "执法证号,开始日期,结束日期\nP1,2023-04-01,2023-11-30\n")

    assert county.ssj("schedule", "--preview", "--json").json["room"] == 3 * WHOLE

    inspectors = (county.root / "rosters/inspectors.csv").read_text("utf-8")
    county.write("rosters/inspectors.csv", inspectors.replace("否,西,,", "否,西,2,"))
    assert county.ssj("schedule", "--preview", "--json").json["room"] == 2 * WHOLE + 2


def test_a_bad_list_of_leave_is_a_warning_for_check_and_an_error_for_the_preview(county: County) -> None:
    county.write("rosters/leave.csv", "执法证号,开始日期,结束日期\nP9,2023-04-01,2023-11-30\n")

    assert county.ssj("check").code == 0
    assert [one["code"] for one in county.ssj("check", "--json").json["problems"]][-1] == "leave-inspector"
    assert county.ssj("schedule", "--preview").code == 1


def test_after_the_draw_it_is_reckoned_by_the_teams_on_record_and_in_what_is_left_of_the_period(
    county: County, march: Clock
) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    march("2023-11-27T09:00")

    preview = county.ssj("schedule", "--preview", "--json").json

    assert (preview["drawn"], preview["first"], preview["workdays"], preview["visits"]) == (True, "2023-11-28", 3, 4)


def test_when_the_period_is_over_all_of_it_is_taken(county: County, march: Clock) -> None:
    march("2024-05-06T09:00")

    answer = county.ssj("schedule", "--preview")

    assert "（期间已过，按整个期间算）" in answer.out.replace("\n", "")
    assert "检查期间已过，不能再排期" in answer.err
    assert "可以排期：" not in answer.err


def test_after_the_draw_nothing_is_said_of_drawing_fewer(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.write("rosters/leave.csv", "执法证号,开始日期,结束日期\nP1,2023-04-01,2023-11-30\n")

    answer = county.ssj("schedule", "--preview")

    assert "减少抽查家数" not in answer.out
    assert "最多 0 人次。可以用 ssj adjust replace 换人、经批准延长 period。" in answer.out.replace("\n", "")
    assert "请假的人用 ssj adjust replace 换人" in answer.err
