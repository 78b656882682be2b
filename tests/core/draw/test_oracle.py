"""An outside solver (OR-tools, min-cost flow) on small, tight instances: the same feasibility, the same balance.

The law as a flow: a visit sends one unit through its lead place (to L) and k − 1 through its other places (to E);
each inspector is passed at most once per visit, and each further visit of an inspector costs more than the last.
"""

from collections import Counter

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, Pairing, deal, mend, pair

CASES = 2400


def best_loads(needs, start, cap):
    """The loads of least sum of squares, sorted; None if there are no lawful teams."""
    node = Counter()
    number = {}
    arcs = []

    def at(*name):
        return number.setdefault(name, len(number))

    for visit, need in needs.items():
        node[at("lead", visit)] += 1
        node[at("others", visit)] += need.places - 1
        node[at("end")] -= need.places
        for i in need.lawful:
            arcs.append((at("others", visit), at("seat", visit, i), 1, 0))
            arcs.append((at("seat", visit, i), at("inspector", i), 1, 0))
        arcs.extend((at("lead", visit), at("seat", visit, i), 1, 0) for i in need.leads)
    most = max(start.values()) + len(needs)
    for i in start:
        # From load x to x + 1 the square grows by 2x + 1.
        arcs.extend((at("inspector", i), at("end"), 1, 2 * x + 1) for x in range(start[i], min(cap.get(i, most), most)))
    flow = SimpleMinCostFlow()
    tails, heads, capacities, costs = (np.array(column, dtype=np.int64) for column in zip(*arcs, strict=True))
    used = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.arange(len(number)), np.array([node[n] for n in range(len(number))], dtype=np.int64))
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    assert status == flow.OPTIMAL
    carried = Counter()
    for tail, units, cost in zip(tails.tolist(), flow.flows(used).tolist(), costs.tolist(), strict=True):
        carried[tail] += units * (cost > 0)
    return sorted(start[i] + carried[at("inspector", i)] for i in start)


def squares(loads):
    return sum(load * load for load in loads)


@pytest.fixture(scope="module")
def solved(cases):
    return [(case, best_loads(case.needs, case.load, case.cap)) for case in cases(CASES, "oracle")]


def test_teams_are_found_exactly_when_the_solver_finds_any(solved):
    for case, best in solved:
        result = pair(case.needs, case.load, case.cap, tickets(case.seed))

        assert bool(result.stuck) == (best is None), case.name


def test_loads_are_as_even_as_the_solver_can_make_them(solved):
    for case, best in solved:
        if best is not None:
            loads = pair(case.needs, case.load, case.cap, tickets(case.seed)).loads

            assert squares(loads.values()) == squares(best), case.name
            assert sorted(loads.values()) == best, case.name


def test_the_cases_are_of_every_kind(solved):
    found = Counter(best is None for _, best in solved)
    assert found[True] > CASES // 10
    assert found[False] > CASES // 2
    assert sum(any(need.leads < need.lawful for need in case.needs.values()) for case, _ in solved) > CASES * 0.4
    assert sum(any(case.load.values()) for case, _ in solved) > CASES * 0.4


def test_without_levelling_the_solver_is_often_better(solved):
    """Control: the comparison of balance sees an uneven result."""
    uneven = 0
    for case, best in solved:
        state = Pairing(case.needs, case.load, case.cap, tickets(case.seed))
        deal(state)
        if not mend(state):
            assert squares(state.load.values()) >= squares(best), case.name
            uneven += squares(state.load.values()) > squares(best)
    assert uneven > CASES // 20


def test_without_mending_teams_are_often_missed(solved):
    """Control: the comparison of feasibility sees places that only a chain can fill."""
    missed = 0
    for case, best in solved:
        state = Pairing(case.needs, case.load, case.cap, tickets(case.seed))
        deal(state)
        missed += best is not None and any(len(state.teams[t]) < need.places for t, need in case.needs.items())
    assert missed > CASES // 20


def test_the_solver_obeys_the_lead_rule():
    """Control: without it B and C would do; with it A, the only lead, must go twice."""
    everybody = frozenset("ABC")
    led = {"V1": Need(everybody, frozenset("A"), 1), "V2": Need(everybody, frozenset("A"), 1)}

    assert best_loads(led, dict.fromkeys("ABC", 0), {}) == [0, 0, 2]
    assert best_loads(led, dict.fromkeys("ABC", 0), {"A": 1}) is None
    assert best_loads({t: Need(everybody, everybody, 1) for t in led}, dict.fromkeys("ABC", 0), {}) == [0, 1, 1]


def test_an_inspector_already_above_the_cap_gets_nothing_more():
    needs = {"V1": Need(frozenset("ABC"), frozenset("ABC"), 2)}
    start, cap = {"A": 5, "B": 0, "C": 0}, {"A": 3, "B": 2, "C": 2}

    result = pair(needs, start, cap, tickets("00"))

    assert result.teams == {"V1": ("B", "C")}
    assert sorted(result.loads.values()) == best_loads(needs, start, cap)
