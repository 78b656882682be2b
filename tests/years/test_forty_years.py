"""Forty years of one stratum with 4 % turnover a year: is anybody forgotten? On pools, as `seal` and the draw do it."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from shuangsuiji.core.draw.chance import seed_of, tickets
from shuangsuiji.core.draw.pool import PoolSubject
from shuangsuiji.core.draw.selection import number_drawn, select
from shuangsuiji.core.plan.coverage import forecast, never_drawn, years_left

FIRST, YEARS, PEOPLE, LEAVING = 2020, 40, 300, 12
"""12 of 300 are 4 %."""


class Year(NamedTuple):
    """Who was on the roster, who was drawn, and the left years of all."""

    present: frozenset[str]
    drawn: frozenset[str]
    left: Counter[int]


def live(number: int, covering: int | None, seed: str, *, leaving: int = LEAVING, lumpy: bool = False) -> list[Year]:
    """Forty plans in a row. Draws and visits are made on days that differ from year to year."""
    chance = random.Random(seed)
    since = {
        f"S{n}": f"{FIRST - (1 if lumpy else chance.randint(1, 5))}-{chance.randint(4, 11):02}-15"
        for n in range(PEOPLE)
    }
    years, newest = [], PEOPLE
    for year in range(FIRST, FIRST + YEARS):
        as_of = date(year, 4, 1) + timedelta(chance.randint(0, 60))
        members = [
            PoolSubject("G", who, who, "", must=False, left=years_left(day, covering, as_of) if covering else None)
            for who, day in sorted(since.items())
        ]
        ticket = tickets(seed_of("T", (f"given:{seed}-{year}",)).digest)
        order = select(members, number=number, years=covering, scope="shared", ticket=ticket)
        drawn = frozenset(one.subject for one in order if one.why)
        years.append(Year(frozenset(since), drawn, Counter(one.left or 0 for one in members)))
        since |= {who: (as_of + timedelta(chance.randint(1, 180))).isoformat() for who in drawn}
        for who in chance.sample(sorted(since), leaving):
            del since[who]
        since |= {f"S{newest + n}": f"{year}-{chance.randint(1, 12):02}-20" for n in range(leaving)}
        newest += leaving
    return years


def longest_wait(years: list[Year]) -> int:
    """The most consecutive plans in which somebody was on the roster and not drawn."""
    wait: Counter[str] = Counter()
    longest = 0
    for year in years:
        for who in year.present:
            wait[who] = 0 if who in year.drawn else wait[who] + 1
            longest = max(longest, wait[who])
    return longest


@pytest.mark.parametrize("covering", [3, 4, 5])
def test_where_the_ratio_allows_nobody_waits_longer_than_the_rule_says(covering: int) -> None:
    for seed in ("1", "2", "3"):
        years = live(-(-PEOPLE // covering), covering, seed)

        # In any C consecutive plans everybody is drawn; a newcomer, registered after a draw, C plans after that year.
        assert longest_wait(years) <= covering
        assert longest_wait([year._replace(present=_settled(years, at, covering)) for at, year in enumerate(years)]) < (
            covering
        )


def test_a_ratio_that_is_too_small_makes_the_number_grow_and_still_nobody_waits_longer() -> None:
    years = live(24, 5, "1")

    assert longest_wait(years) <= 5
    assert all(len(year.drawn) > 24 for year in years)
    average = sum(len(year.drawn) for year in years) / YEARS
    assert 60 <= average <= 66  # a fifth of 300, and a little more: newcomers and those who leave are not in step


def test_without_the_rule_a_small_ratio_leaves_as_many_unseen_as_foretold() -> None:
    years = live(24, None, "1", leaving=0)
    unseen = [
        PEOPLE - len(frozenset().union(*(year.drawn for year in years[start : start + 5])))
        for start in range(YEARS - 4)
    ]

    assert min(unseen) >= PEOPLE - 5 * 24  # proven: five years reach 120 at most
    assert abs(sum(unseen) / len(unseen) - never_drawn(PEOPLE, 24, 5)) < 3
    assert longest_wait(years) >= -(-PEOPLE // 24)  # proven: somebody waits as long as one round takes


def test_the_forecast_is_what_the_draws_then_take() -> None:
    for number, lumpy in ((24, False), (24, True), (60, False)):
        years = live(number, 5, "7", leaving=0, lumpy=lumpy)
        left = [one for band, how_many in years[0].left.items() for one in [band] * how_many]
        members = [PoolSubject("G", f"S{n}", "", "", must=False, left=one) for n, one in enumerate(left)]

        foretold = forecast(members, number=number, later=number, years=5, ahead=9)

        assert foretold[0] == len(years[0].drawn)
        assert all(abs(told - len(year.drawn)) <= 9 for told, year in zip(foretold, years, strict=False))


def test_the_first_year_of_a_forecast_is_exact_also_with_those_who_must_be_drawn() -> None:
    chance = random.Random(4)
    for _ in range(60):
        members = [
            PoolSubject("G", f"S{n}", "", "", must=chance.random() < 0.2, left=chance.randint(1, 5))
            for n in range(chance.randint(0, 60))
        ]
        number = min(len(members), chance.randint(0, 20))
        exact = number_drawn(members, number=number, years=5)

        assert forecast(members, number=number, later=number, years=5, ahead=3)[0] == exact


def _settled(years: list[Year], at: int, covering: int) -> frozenset[str]:
    """Those who were on the roster `covering` plans ago already: their first years no longer count."""
    return years[at].present & years[max(0, at - covering)].present if at >= covering else frozenset()
