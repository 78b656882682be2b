"""Who edits period, limits or platform after the draw is told of it until he puts them back or publishes the plan again."""

import pytest

from tests.conftest import County
from tests.year.returning import Clock

LONGER = ("end: 2023-11-30", "end: 2024-11-30")


@pytest.fixture
def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    clock = Clock(monkeypatch)
    clock("2023-05-09T10:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock("2023-12-20T10:00")
    return county


def test_an_edited_period_is_told_by_deadlines_and_status(drawn: County) -> None:
    drawn.plan(LONGER)

    answer = drawn.ssj("deadlines", "--within", "1d")
    assert answer.code == 1
    assert "plans/2023.yaml：时间、期限或平台（period、deadlines、platform）在抽取（接收）以后改过" in answer.err
    assert "在抽取（接收）以后改过" in drawn.ssj("status").out


def test_a_longer_limit_is_told(drawn: County) -> None:
    drawn.plan(more="deadlines: {result-public: {limit: 200, unit: workdays, basis: 本局决定}}\n")

    assert "在抽取（接收）以后改过" in drawn.ssj("deadlines").err


def test_the_plan_as_it_was_is_not_told(drawn: County) -> None:
    drawn.plan(LONGER)
    drawn.plan()

    assert "以后改过" not in drawn.ssj("deadlines").err


def test_an_adjusted_plan_that_was_published_again_is_not_told(drawn: County) -> None:
    assert drawn.ssj("publish", "plan", "--format", "csv").code == 0
    drawn.plan(LONGER)
    assert "以后改过" not in drawn.ssj("publish", "plan", "--format", "csv").err

    assert "以后改过" not in drawn.ssj("deadlines").err
