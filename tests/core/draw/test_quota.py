"""How many are drawn (protocol §4; the figures of a real plan: 青禾 2023)."""

from fractions import Fraction

import pytest

from shuangsuiji.core.draw.quota import number_to_draw, quota, rounded

ZANHUANG = [
    # what, percent, drawn, smallest and largest population that gives it
    ("公共场所", 8, 26, 313, 325),
    ("饮水卫生", 8, 1, 1, 12),
    ("放射卫生", 40, 3, 6, 7),
    ("学校卫生", 20, 25, 121, 125),
    ("医疗卫生", 7, 19, 258, 271),
    ("妇幼健康", 75, 3, 3, 4),
    ("传染病防治", 23, 52, 222, 226),
    ("消毒产品", 100, 2, 2, 2),
    ("职业卫生", 1, 1, 1, 100),
]


@pytest.mark.parametrize(("percent", "drawn", "smallest", "largest"), [row[1:] for row in ZANHUANG])
def test_the_populations_behind_a_published_plan(percent, drawn, smallest, largest):
    ratio = Fraction(percent, 100)

    assert quota(smallest - 1, ratio=ratio) < drawn
    assert quota(smallest, ratio=ratio) == drawn
    assert quota(largest, ratio=ratio) == drawn
    assert quota(largest + 1, ratio=ratio) > drawn


def test_the_published_plan_adds_up_to_132():
    assert sum(quota(largest, ratio=Fraction(percent, 100)) for _, percent, _, _, largest in ZANHUANG) == 132


@pytest.mark.parametrize(
    ("population", "ratio", "ceil", "half_up", "floor"),
    [
        (0, "8/100", 0, 0, 0),
        (1, "1/200", 1, 0, 0),
        (99, "1/200", 1, 0, 0),
        (100, "1/200", 1, 1, 0),  # exactly a half goes up
        (199, "1/200", 1, 1, 0),
        (200, "1/200", 1, 1, 1),
        (201, "1/200", 2, 1, 1),
        (300, "1/200", 2, 2, 1),
        (312, "8/100", 25, 25, 24),
        (313, "8/100", 26, 25, 25),
        (325, "8/100", 26, 26, 26),
        (3, "1/3", 1, 1, 1),
        (7, "1", 7, 7, 7),
        # Where floating point goes wrong: 0.07 × 100 = 7.000000000000001, 0.29 × 100 = 28.999999999999996.
        (100, "7/100", 7, 7, 7),
        (100, "29/100", 29, 29, 29),
        (10**18 + 1, "1/2", 5 * 10**17 + 1, 5 * 10**17 + 1, 5 * 10**17),
    ],
)
def test_rounding_is_exact(population, ratio, ceil, half_up, floor):
    assert rounded(population, Fraction(ratio), "ceil") == ceil
    assert rounded(population, Fraction(ratio), "half-up") == half_up
    assert rounded(population, Fraction(ratio), "floor") == floor


def test_rounding_is_up_unless_the_plan_says_otherwise():
    assert quota(313, ratio=Fraction(8, 100)) == 26
    assert quota(313, ratio=Fraction(8, 100), rounding="half-up") == 25
    assert quota(324, ratio=Fraction(8, 100), rounding="floor") == 25


@pytest.mark.parametrize("rounding", ["ceiling", "half-even", "round", "CEIL"])
def test_an_unknown_rounding_is_an_error(rounding):
    with pytest.raises(ValueError, match=rounding):
        quota(10, ratio=Fraction(1, 2), rounding=rounding)


@pytest.mark.parametrize(("population", "drawn"), [(0, 0), (1, 1), (4, 4), (5, 1), (20, 1), (21, 2)])
def test_all_below_takes_everybody_of_a_smaller_stratum_only(population, drawn):
    assert quota(population, ratio=Fraction(5, 100), all_below=5) == drawn


@pytest.mark.parametrize(("population", "drawn"), [(0, 0), (2, 2), (3, 3), (50, 3), (60, 3), (61, 4)])
def test_a_minimum_raises_the_quota_but_never_above_the_population(population, drawn):
    assert quota(population, ratio=Fraction(5, 100), minimum=3) == drawn


@pytest.mark.parametrize(("population", "drawn"), [(0, 0), (2, 2), (9, 9), (10, 3), (100, 5)])
def test_all_below_and_minimum_together(population, drawn):
    assert quota(population, ratio=Fraction(5, 100), all_below=10, minimum=3) == drawn


@pytest.mark.parametrize(("population", "drawn"), [(0, 0), (2, 2), (3, 3), (1000, 3)])
def test_a_count_is_taken_as_it_is_and_never_above_the_population(population, drawn):
    assert quota(population, ratio=None, count=3) == drawn


def test_a_count_goes_before_a_ratio_and_obeys_the_other_rules_too():
    assert quota(100, ratio=Fraction(1, 2), count=3) == 3
    assert quota(4, ratio=None, count=1, all_below=5) == 4
    assert quota(100, ratio=None, count=1, minimum=2) == 2


@pytest.mark.parametrize(
    ("population", "must", "asked", "within", "on_top"),
    [
        (100, 0, 8, 8, 8),
        (100, 3, 8, 8, 11),
        (100, 8, 8, 8, 16),
        (100, 9, 8, 9, 17),
        (10, 6, 5, 6, 10),
        (10, 10, 8, 10, 10),
        (0, 0, 0, 0, 0),
    ],
)
def test_those_always_drawn_count_within_the_quota_or_come_on_top(population, must, asked, within, on_top):
    assert number_to_draw(population, must, asked, "within") == within
    assert number_to_draw(population, must, asked, "on-top") == on_top


def test_on_top_takes_the_quota_of_the_others():
    others = quota(313 - 13, ratio=Fraction(8, 100))

    assert others == 24
    assert number_to_draw(313, 13, others, "on-top") == 37


def test_ceil_never_falls_below_the_announced_ratio_and_nothing_exceeds_the_population():
    for population in range(260):
        for percent in range(1, 101):
            ratio = Fraction(percent, 100)
            assert quota(population, ratio=ratio) >= population * ratio > quota(population, ratio=ratio) - 1
            assert population * ratio - 1 < quota(population, ratio=ratio, rounding="floor") <= population * ratio
            assert abs(quota(population, ratio=ratio, rounding="half-up") - population * ratio) <= Fraction(1, 2)
            assert quota(population, ratio=ratio, all_below=7, minimum=9) <= population
