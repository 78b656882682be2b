"""What a simulation counts is what the protocol would draw, and what it calls proved holds for every seed."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from shuangsuiji.actions.gather import gather
from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import Drawing, draw, drawn_of, loads_of, numbers
from shuangsuiji.core.draw.pool import CoverageRule, Pool
from shuangsuiji.core.draw.visits import plan_visits
from shuangsuiji.core.simulating.absence import Absences, stuck, without
from shuangsuiji.core.simulating.chance import by_stratum, chances
from shuangsuiji.core.simulating.meeting import meetings
from shuangsuiji.core.simulating.seeds import simulated, simulated_line
from shuangsuiji.core.simulating.surely import Kinds, always_feasible, short
from shuangsuiji.core.simulating.tally import mean
from shuangsuiji.core.simulating.trials import Trials
from shuangsuiji.core.simulating.years import Course, expected_share, years_on
from shuangsuiji.files.workspace import Workspace
from tests.conftest import REPOSITORY
from tests.verify.random_pools import random_cases


@pytest.fixture(scope="module")
def sample() -> Pool:
    """The pool of the sample county."""
    workspace = Workspace(REPOSITORY)
    return gather(workspace, REPOSITORY / "plans/2023.yaml", date(2023, 5, 1)).sealing.pool


def test_the_counts_are_those_of_the_protocols_own_draws() -> None:
    for case in random_cases(60, "counts"):
        tally = Trials(case.pool, "x").run(range(1, 4))

        draws = [draw(case.pool, simulated("x", number)) for number in (1, 2, 3)]
        drawn = [drawn_of(each.selected) for each in draws]
        lawful = [each.paired for each in draws if not each.paired.stuck]
        assert tally.drawn == {s.stratum: Counter(i for d in drawn for i in d[s.stratum]) for s in case.pool.strata}
        assert tally.stuck == [number for number, each in enumerate(draws, 1) if each.paired.stuck]
        assert tally.loads == {
            i.inspector: Counter(paired.loads[i.inspector] for paired in lawful) for i in case.pool.inspectors
        }
        assert sum(c.total() for c in tally.seats.values()) == sum(len(t) for p in lawful for t in p.teams.values())


def test_preparing_a_pool_once_changes_no_draw() -> None:
    for case in random_cases(60, "prepared"):
        drawing = Drawing(case.pool)
        for number in (1, 2):
            seed = simulated("x", number)
            assert drawing.drawn(seed) == drawn_of(drawing.selection(seed))
            assert drawing.draw(seed) == draw(case.pool, seed)
            assert drawing.visiting.plan(drawing.drawn(seed)) == plan_visits(case.pool, drawing.drawn(seed))


def test_what_is_proved_for_every_seed_holds_and_what_is_measured_is_exact() -> None:
    proved = refused = failed = 0
    for case in random_cases(150, "proved"):
        pool, number = case.pool, numbers(case.pool)
        kinds = Kinds(pool)
        sure, poor = always_feasible(pool, kinds, number), short(pool, kinds, number)
        load, cap = loads_of(pool)
        for one in (1, 2, 3):
            seed = simulated("x", one)
            drawn = draw(pool, seed)
            assert (stuck(drawn.visits, load, cap, seed) is not None) == bool(drawn.paired.stuck)
            assert not (sure and drawn.paired.stuck)
            bad = {s for s, subjects in poor.items() if set(subjects) & {t.subject for t in drawn.selected[s] if t.why}}
            assert drawn.paired.stuck or not bad
            failed += bool(drawn.paired.stuck)
        proved += sure
        refused += bool(poor)
    assert proved > 25
    assert refused > 25
    assert failed > 25


def test_what_is_proved_of_all_absences_at_once_holds_for_each() -> None:
    proved = 0
    for case in random_cases(200, "robust"):
        pool, number = case.pool, numbers(case.pool)
        kinds = Kinds(pool)
        if always_feasible(pool, kinds, number, missing=1):
            proved += 1
            for one in pool.inspectors:
                fewer = without(pool, one.inspector)
                assert not short(fewer, kinds, number)
                assert not draw(fewer, simulated("x", 1)).paired.stuck
    assert proved > 5


def test_a_simulated_seed_is_none_that_a_draw_can_have() -> None:
    real = {seed_of("simulate", (f"given:{n}",)).digest for n in range(200)}

    assert simulated_line("一段|文字", 3) == "ssj1|simulate|3|1|一段|文字"
    assert not real & {simulated("simulate", n) for n in range(200)}
    assert seed_of("simulate", ("given:3",)).line.startswith("ssj1|seed|")
    assert len({simulated("a", n, y) for n in range(30) for y in range(1, 30)}) == 30 * 29


def test_chances_are_those_that_equal_tickets_give(sample: Pool) -> None:
    tally = Trials(sample, "x").run(range(1, 81))
    found = chances(sample, tally)
    rows = {row.stratum.stratum: row for row in by_stratum(sample, found, tally.seeds)}

    assert rows["GGCS"].expected == Fraction(24, 316)  # 26 drawn, 2 of them always
    assert sum(one.expected for one in found if one.stratum == "GGCS") == 26
    assert all(one.measured == 1 for one in found if one.must)
    for row in rows.values():
        assert row.expected - row.noise <= row.lowest <= row.highest <= row.expected + row.noise


def test_in_the_sample_county_nobody_is_indispensable_and_that_is_proved(sample: Pool) -> None:
    absences = Absences(sample, "x", ()).all()

    assert {one.verdict for one in absences} == {"feasible"}
    assert len(absences) == 13


def test_even_mixing_shares_all_places_out(sample: Pool) -> None:
    found = meetings(Trials(sample, "x").run(range(1, 21)))

    for inspector in {one.inspector for one in found}:
        mine = [one for one in found if one.inspector == inspector]
        assert sum(one.even for one in mine) == pytest.approx(1)  # teams of two
        assert sum(one.share for one in mine) == pytest.approx(1)


def test_in_the_sample_county_merging_saves_a_quarter_of_the_visits(sample: Pool) -> None:
    tally = Trials(sample, "x").run(range(1, 61))

    assert tally.tasks == 60 * 132
    assert not tally.apart  # whatever can be one visit is one
    assert 1 - mean(tally.visits) / 132 >= 0.25
    assert 1 - max(tally.visits) / 132 >= 0.15


def test_a_coverage_rule_keeps_every_wait_within_its_years_and_without_one_shares_are_as_reckoned(sample: Pool) -> None:
    some = _of(sample, "XXWS")
    ruled = replace(some, rules=some.rules.model_copy(update={"coverage": CoverageRule(years=5)}))
    waited = {("XXWS", one.subject): n % 5 for n, one in enumerate(some.subjects)}

    kept = years_on(ruled, "x", Course(12, Fraction(4, 100)), waited, range(1, 6))["XXWS"]
    free = years_on(some, "x", Course(6, Fraction(0)), {}, range(1, 41))["XXWS"]

    assert max(kept.waits) == 5
    assert kept.runs == 5
    assert all(counter.total() == 5 for counter in kept.drawn.values())
    assert max(free.waits) == 6  # somebody waits all the time
    for year in range(1, 7):
        assert free.share(year) == pytest.approx(float(expected_share(some.strata[0], 25, year)), abs=0.02)


def test_the_first_year_is_the_draw_of_the_same_number(sample: Pool) -> None:
    some = _of(sample, "CRBFZ")

    waiting = years_on(some, "x", Course(1, Fraction(0)), {}, [7])["CRBFZ"]

    assert waiting.seen[1] == len(Drawing(some).drawn(simulated("x", 7))["CRBFZ"]) == 52


def _of(pool: Pool, stratum: str) -> Pool:
    return replace(
        pool,
        strata=tuple(one for one in pool.strata if one.stratum == stratum),
        subjects=tuple(one for one in pool.subjects if one.stratum == stratum),
    )
