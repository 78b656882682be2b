"""Days for visits: even by week, at random, never on a holiday or on leave, the same for the same seed."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangsuiji.core.law.workdays import Calendar, Year, weekdays
from shuangsuiji.core.roster.leave import Leave
from shuangsuiji.core.scheduling.horizon import Horizon, horizon, monday
from shuangsuiji.core.scheduling.planning import Kept, Limits, Scheduling, Visit, schedule

HOLIDAY = date(2023, 5, 1)
DAYS = tuple(day for day in weekdays(2023) if day != HOLIDAY)
CALENDAR = Calendar({2023: Year((*DAYS, date(2023, 5, 6)))})
FREE = Limits(99, 99)


def days(first: date, last: date, *on: int) -> Horizon:
    return horizon(CALENDAR, first, last, on or (1, 2, 3, 4, 5))


SIX_WEEKS = days(date(2023, 5, 8), date(2023, 6, 16))


def visits(number: int, people: int, seed: int = 1, size: int = 2) -> list[Visit]:
    pick = random.Random(seed)
    names = [f"P{n:02}" for n in range(people)]
    return [Visit("", f"V{n}", tuple(sorted(pick.sample(names, size)))) for n in range(number)]


def scheduled(
    asked: Sequence[Visit],
    among: Horizon = SIX_WEEKS,
    leaves: Sequence[Leave] = (),
    limits: Limits = FREE,
    seed: int = 1,
    kept: Sequence[Kept] = (),
) -> Scheduling:
    return schedule(asked, kept, among, leaves, limits, f"{seed:064x}")


def loads(asked: Sequence[Visit], found: Scheduling) -> Counter[tuple[str, date]]:
    return Counter((name, monday(found.days[visit.name])) for visit in asked for name in visit.team)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(6, 12), st.integers(0, 10**6))
def test_everybodys_weeks_are_within_one_of_the_even_share_when_nothing_constrains(
    number: int, people: int, seed: int
) -> None:
    asked = visits(number, people, seed)
    load, total = loads(asked, scheduled(asked, seed=seed)), Counter(name for visit in asked for name in visit.team)

    weeks = len(SIX_WEEKS.weeks)
    assert [(n, w) for n in total for w in SIX_WEEKS.mondays if abs(weeks * load[n, w] - total[n]) > weeks] == []


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(0, 10**6), st.data())
def test_no_visit_is_on_a_day_off_or_on_leave_or_above_a_limit(number: int, seed: int, data: st.DataObject) -> None:
    asked, limits = visits(number, 8, seed), Limits(2, 5)
    start = st.dates(date(2023, 5, 1), date(2023, 6, 1))
    leaves = [Leave(f"P{n:02}", day, date(2023, 6, 2)) for n, day in enumerate(data.draw(st.lists(start, max_size=3)))]
    among = days(date(2023, 4, 24), date(2023, 7, 14))

    found = scheduled(asked, among, leaves, limits, seed)

    if not found.lacks:
        by_day = Counter((name, found.days[visit.name]) for visit in asked for name in visit.team)
        assert set(found.days.values()) <= set(DAYS)
        assert not any(leave.covers(day) for leave in leaves for name, day in by_day if name == leave.inspector)
        assert max(by_day.values()) <= limits.per_day
        assert max(loads(asked, found).values()) <= limits.per_week
        assert set(found.days) == {visit.name for visit in asked}


def test_the_same_seed_gives_the_same_days_whatever_the_order_and_another_seed_others() -> None:
    asked = visits(60, 8)

    one = scheduled(asked).days

    assert scheduled(asked[::-1]).days == one
    assert sum(scheduled(asked, seed=2).days[name] != day for name, day in one.items()) > 40


def test_over_many_seeds_a_visit_falls_on_every_day_about_equally_often() -> None:
    asked, fortnight = visits(4, 4), days(date(2023, 5, 8), date(2023, 5, 19))

    count = Counter(scheduled(asked, fortnight, seed=seed).days[":V0"] for seed in range(400))

    assert sorted(count) == list(fortnight.days)
    assert all(20 < number < 60 for number in count.values())


def test_make_up_weekends_are_used_only_where_the_plan_names_their_weekday() -> None:
    first, last = date(2023, 4, 29), date(2023, 5, 7)

    assert HOLIDAY not in days(first, last).days
    assert date(2023, 5, 6) not in days(first, last).days
    assert days(first, last, 6).days == (date(2023, 5, 6),)
    assert horizon(CALENDAR, first, last, (2, 3), [(date(2023, 5, 2), date(2023, 5, 2))]).days == (date(2023, 5, 3),)


def test_a_short_week_gets_less() -> None:
    asked = visits(200, 8)
    among = days(date(2023, 5, 12), date(2023, 5, 26))

    per_week = Counter(monday(day) for day in scheduled(asked, among).days.values())

    assert per_week[date(2023, 5, 8)] < 30
    assert min(per_week[date(2023, 5, 15)], per_week[date(2023, 5, 22)]) > 80


def test_visits_that_keep_their_day_count() -> None:
    asked = [Visit("", "V", ("A", "B"))]
    week = days(date(2023, 5, 8), date(2023, 5, 9))
    kept = [Kept(("A", "C"), date(2023, 5, 8))]

    assert scheduled(asked, week, limits=Limits(1, 2), kept=kept).days == {":V": date(2023, 5, 9)}
    assert scheduled(asked, week, limits=Limits(1, 1), kept=kept).lacks[0].inspector == "A"


def test_what_cannot_be_done_is_proven_by_counting_where_that_proves_it() -> None:
    one_day = days(date(2023, 5, 8), date(2023, 5, 8))
    asked = [Visit("", "V1", ("A", "B")), Visit("", "V2", ("A", "C"))]

    lack = scheduled(asked, one_day, limits=Limits(1, 5)).lacks
    assert [(one.inspector, one.visits, one.room, one.proven) for one in lack] == [("A", 2, 1, True)]

    away = [Leave("A", date(2023, 5, 8), date(2023, 5, 8))]
    assert [one.visit for one in scheduled(asked, one_day, away).lacks if one.visit] == ["V1", "V2"]


def test_a_triangle_that_does_not_fit_is_told_by_whom_and_when_though_counting_does_not_prove_it() -> None:
    two_days = days(date(2023, 5, 8), date(2023, 5, 9))
    asked = [Visit("", "V1", ("A", "B")), Visit("", "V2", ("B", "C")), Visit("", "V3", ("A", "C"))]

    lack = scheduled(asked, two_days, limits=Limits(1, 5)).lacks

    assert lack
    assert {(one.proven, one.week) for one in lack} == {(False, date(2023, 5, 8))}


def test_tight_limits_are_met_by_moving_others() -> None:
    asked, among = visits(160, 10, 3), days(date(2023, 5, 8), date(2023, 7, 14))
    most = max(Counter(name for visit in asked for name in visit.team).values())
    limits = Limits(1, -(-most // len(among.weeks)) + 1)

    found = scheduled(asked, among, limits=limits)

    assert not found.lacks
    assert max(loads(asked, found).values()) <= limits.per_week


def test_four_hundred_visits_of_twenty_inspectors_take_less_than_a_second() -> None:
    asked, year = visits(400, 20), days(date(2023, 4, 3), date(2023, 11, 30))
    took = []
    for seed in range(3):
        start = time.process_time()
        assert not scheduled(asked, year, limits=Limits(2, 6), seed=seed).lacks
        took.append(time.process_time() - start)

    assert min(took) < 1


@pytest.mark.parametrize("day", [date(2023, 5, 8), date(2023, 5, 14), date.min])
def test_a_week_begins_on_monday(day: date) -> None:
    assert monday(day).weekday() == 0
