"""Laws of the teams (protocol §7), whatever the visits, the inspectors and the seed."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import shuangsuiji
from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, Pairing, deal, pair

LAW = settings(max_examples=150, deadline=None, derandomize=True)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def instances(draw):
    """Needs, start loads, caps and the seed."""
    people = [f"P{i}" for i in range(draw(st.integers(1, 9)))]
    everybody = (1 << len(people)) - 1
    bits = st.integers(1, everybody)
    visits = draw(st.lists(st.tuples(bits, bits | st.just(everybody), st.integers(1, 3)), max_size=12))

    def chosen(mask):
        return frozenset(i for place, i in enumerate(people) if mask >> place & 1)

    needs = {f"V{n}": Need(chosen(e), chosen(e & led), k) for n, (e, led, k) in enumerate(visits)}
    load = dict(zip(people, draw(st.lists(st.integers(0, 3), min_size=len(people), max_size=len(people))), strict=True))
    limits = draw(st.lists(st.none() | st.integers(2, 6), min_size=len(people), max_size=len(people)))
    cap = {i: limit for i, limit in zip(people, limits, strict=True) if limit is not None}
    return needs, load, cap, draw(SEEDS)


@st.composite
def feasible(draw):
    """Instances with teams, and those teams."""
    needs, load, cap, seed = draw(instances())
    for visit, (lawful, leads, places) in needs.items():
        # Repair what no teams could meet, instead of throwing most instances away.
        needs[visit] = Need(lawful, leads or lawful, min(places, len(lawful)))
    result = pair(needs, load, cap, tickets(seed))
    assume(not result.stuck)
    return needs, load, cap, result


@LAW
@given(instances(), st.randoms(use_true_random=False))
def test_the_order_of_visits_inspectors_and_caps_is_irrelevant(instance, rng):
    needs, load, cap, seed = instance

    def shuffled(table):
        return dict(rng.sample(list(table.items()), len(table)))

    def rebuilt(people):
        return frozenset(rng.sample(sorted(people), len(people)))

    others = {visit: Need(rebuilt(n.lawful), rebuilt(n.leads), n.places) for visit, n in shuffled(needs).items()}

    one = pair(needs, load, cap, tickets(seed))
    other = pair(others, shuffled(load), shuffled(cap), tickets(seed))

    assert one == other
    assert list(one.teams) == list(other.teams)


def test_another_hash_seed_gives_the_same_teams():
    """Sets of texts iterate in another order in every process; nothing of it may show."""
    script = """
import hashlib, random
from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, pair
rng, seen = random.Random("hash"), hashlib.sha256()
for n in range(60):
    people = [f"P{i}" for i in range(rng.randint(3, 15))]
    needs = {}
    for t in range(rng.randint(1, 30)):
        lawful = rng.sample(people, rng.randint(2, len(people)))
        needs[f"V{t}"] = Need(frozenset(lawful), frozenset(lawful[: rng.randint(1, len(lawful))]), 2)
    cap = {i: rng.randint(1, 6) for i in people if rng.random() < 0.5}
    result = pair(needs, dict.fromkeys(people, 0), cap, tickets(str(n)))
    seen.update(repr((result.teams, result.loads, *map(sorted, result.stuck), *map(sorted, result.frozen))).encode())
print(set(map(str, range(30))), seen.hexdigest(), sep=" | ")
"""
    home = Path(shuangsuiji.__file__).parents[1]
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(home)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split(" | ")
        for seed in ("1", "2", "3")
    ]

    order, digest = zip(*runs, strict=True)
    assert len(set(order)) > 1, "control: the hash seed had no effect at all"
    assert len(set(digest)) == 1


@LAW
@given(feasible())
def test_nobody_unlawful_is_on_a_team(case):
    needs, _, _, result = case

    assert all(set(team) <= needs[visit].lawful for visit, team in result.teams.items())


@LAW
@given(feasible())
def test_every_team_is_of_its_size_without_doubles(case):
    needs, _, _, result = case

    assert result.teams.keys() == needs.keys()
    assert all(len(set(team)) == len(team) == needs[visit].places for visit, team in result.teams.items())


@LAW
@given(feasible())
def test_every_team_has_a_lead(case):
    needs, _, _, result = case

    assert all(needs[visit].leads & set(team) for visit, team in result.teams.items())


@LAW
@given(feasible())
def test_no_cap_is_exceeded_and_nobody_above_it_gets_more(case):
    _, load, cap, result = case

    assert all(result.loads[i] <= max(load[i], limit) for i, limit in cap.items())


@LAW
@given(feasible())
def test_loads_are_start_loads_and_visits_added_up(case):
    _, load, _, result = case
    visits = Counter(i for team in result.teams.values() for i in team)

    assert result.loads == {i: start + visits[i] for i, start in load.items()}


@LAW
@given(instances())
def test_refused_needs_still_break_no_rule_in_the_teams_so_far(instance):
    """Places may stay open, and only those; a team with all places but one taken by others keeps the last for a lead."""
    needs, load, cap, seed = instance

    result = pair(needs, load, cap, tickets(seed))

    visits = Counter(i for team in result.teams.values() for i in team)
    for visit, team in result.teams.items():
        need = needs[visit]
        assert set(team) <= need.lawful
        assert len(set(team)) == len(team) <= need.places
        assert len(set(team) - need.leads) < need.places
    assert result.loads == {i: start + visits[i] for i, start in load.items()}
    assert all(result.loads[i] <= max(load[i], limit) for i, limit in cap.items())
    assert bool(result.stuck) == any(len(team) < needs[visit].places for visit, team in result.teams.items())
    assert not (result.stuck and result.frozen)


@LAW
@given(feasible())
def test_the_input_is_left_as_it_was(case):
    needs, load, cap, result = case
    before = (dict(needs), dict(load), dict(cap))

    pair(needs, load, cap, tickets("00"))

    assert before == (needs, load, cap)
    assert result.loads is not load


@LAW
@given(st.integers(2, 9), st.integers(1, 12), st.integers(1, 2), SEEDS)
def test_with_equal_rights_no_load_differs_by_more_than_one(inspectors, visits, places, seed):
    people = frozenset(f"P{i}" for i in range(inspectors))
    needs = {f"V{t}": Need(people, people, places) for t in range(visits)}

    result = pair(needs, dict.fromkeys(people, 0), {}, tickets(seed))

    assert max(result.loads.values()) - min(result.loads.values()) <= 1
    assert result.frozen == ()


@LAW
@given(instances())
def test_the_deal_gives_each_place_to_the_smallest_key_of_its_moment(instance):
    """Replayed: every inspector that DEAL placed had the smallest key among those who might have had the place."""
    needs, load, cap, seed = instance
    ticket = tickets(seed)
    state = Pairing(needs, load, cap, ticket)
    deal(state)
    now = dict(load)
    for visit in state.order:
        need, team = needs[visit], set(state.teams[visit])
        taken = set()
        for place in range(need.places):
            pool = (need.lawful if place else need.leads) - taken
            able = [i for i in pool if now[i] < cap.get(i, now[i] + 1)]
            if able:
                first = min(able, key=lambda i: (now[i], ticket("card", i, str(now[i]))))
                assert first in team
                taken.add(first)
                now[first] += 1
        assert taken == team
    assert now == state.load
