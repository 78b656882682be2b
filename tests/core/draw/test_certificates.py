"""The proofs of refusal and of unevenness (protocol §7, end): they hold, they are needed, and they can fail."""

from itertools import chain, combinations

import pytest

from shuangsuiji.core.draw.certificate import must_carry, proves_infeasible, proves_uneven
from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, Pairing, deal, mend, pair


def need(lawful, leads=None, places=2):
    return Need(frozenset(lawful), frozenset(lawful if leads is None else leads), places)


def subsets(people):
    return map(frozenset, chain.from_iterable(combinations(people, size) for size in range(len(people) + 1)))


def results(cases, count, **sizes):
    for case in cases(count, "certificates", **sizes):
        yield case, pair(case.needs, case.load, case.cap, tickets(case.seed))


def test_every_refusal_is_proved_by_its_sets(cases, checker):
    refusals = 0
    for case, result in results(cases, 1500):
        for members in result.stuck:
            refusals += 1
            assert checker.infeasible(members, case.needs, case.load, case.cap), case.name
            assert proves_infeasible(members, case.needs, case.load, case.cap), case.name
    assert refusals > 200


def test_every_uneven_load_is_proved_by_its_sets(cases, checker):
    proofs = 0
    for case, result in results(cases, 1500):
        for members in result.frozen:
            proofs += 1
            assert checker.uneven(members, case.needs, case.load, result.loads), case.name
            assert proves_uneven(members, case.needs, case.load, result.loads), case.name
    assert proofs > 400


def test_loads_that_differ_by_two_without_a_proof_between_them_do_not_occur(cases):
    """Inside one ring of the growing sets, and among those never frozen, everybody is full or within one of the most."""
    for case, result in results(cases, 1500):
        if result.stuck:
            continue
        inner = frozenset()
        tops = []
        for members in (*result.frozen, frozenset(case.load)):
            assert inner <= members
            ring, inner = members - inner, members
            if ring:
                tops.append(max(result.loads[i] for i in ring))
                assert all(result.loads[i] >= min(tops[-1] - 1, case.cap.get(i, tops[-1])) for i in ring), case.name
        assert tops == sorted(tops, reverse=True), case.name


def test_both_checkers_agree_on_every_set_of_small_instances(cases, checker):
    yes = no = 0
    for case, result in results(cases, 120, inspectors=6, visits=8):
        for members in subsets(case.load):
            assert checker.falls_to(members, case.needs) == sum(must_carry(n, members) for n in case.needs.values())
            uneven = checker.uneven(members, case.needs, case.load, result.loads)
            assert proves_uneven(members, case.needs, case.load, result.loads) == uneven, case.name
            if members <= case.cap.keys():
                infeasible = checker.infeasible(members, case.needs, case.load, case.cap)
                assert proves_infeasible(members, case.needs, case.load, case.cap) == infeasible, case.name
                yes, no = yes + infeasible, no + (not infeasible)
    assert min(yes, no) > 50


def test_no_set_at_all_proves_a_feasible_instance_infeasible(cases, checker):
    feasible = 0
    for case, result in results(cases, 200, inspectors=7, visits=10):
        if not result.stuck:
            feasible += 1
            proofs = [v for v in subsets(case.load) if checker.infeasible(v, case.needs, case.load, case.cap)]
            assert proofs == [], case.name
    assert feasible > 50


def test_no_lawful_teams_give_a_frozen_set_less(cases, checker):
    """What falls to a set is a floor: no result, even or not, lets any set carry less."""
    for case, result in results(cases, 150, inspectors=7, visits=10):
        if not result.stuck:
            for members in subsets(case.load):
                carried = sum(result.loads[i] - case.load[i] for i in members)
                assert carried >= checker.falls_to(members, case.needs), case.name


def test_refusals_lose_their_proof_with_a_member_that_matters(cases, checker):
    matters = 0
    for case, result in results(cases, 600):
        for members in result.stuck:
            lacking = [members - {i} for i in members]
            matters += sum(not checker.infeasible(v, case.needs, case.load, case.cap) for v in lacking)
    assert matters > 200


def test_loads_before_levelling_are_often_not_proved(cases, checker):
    """Control: against the loads that DEAL and MEND leave, the final sets are refuted."""
    refuted = 0
    for case, result in results(cases, 1500):
        state = Pairing(case.needs, case.load, case.cap, tickets(case.seed))
        deal(state)
        if not mend(state):
            refuted += sum(not checker.uneven(f, case.needs, case.load, state.load) for f in result.frozen)
    assert refuted > 30


NARROW = {"V1": need("AB"), "V2": need("AB"), "V3": need("ABCD", leads="A", places=1)}
"""A and B must both go to V1 and V2; A, the only lead, to V3 too."""


@pytest.mark.parametrize(
    ("members", "falls"),
    [("", 0), ("A", 3), ("B", 2), ("AB", 5), ("CD", 0), ("ABC", 5), ("ABCD", 5)],
)
def test_what_falls_to_a_set_counted_by_hand(members, falls, checker):
    assert checker.falls_to(set(members), NARROW) == falls
    assert sum(must_carry(visit, set(members)) for visit in NARROW.values()) == falls


def test_a_cap_of_two_for_the_only_lead_is_refused_and_only_sets_with_the_lead_prove_it(checker):
    start, cap = dict.fromkeys("ABCD", 0), dict.fromkeys("ABCD", 2)

    result = pair(NARROW, start, cap, tickets("00"))

    assert result.stuck == (frozenset("A"),)
    for members in subsets("ABCD"):
        proof = members in (frozenset("A"), frozenset("AB"))
        assert checker.infeasible(members, NARROW, start, cap) == proof, members
        assert proves_infeasible(members, NARROW, start, cap) == proof, members


def test_a_load_that_another_could_carry_is_not_proved_unavoidable(checker):
    needs = {"V1": need("AB", places=1), "V2": need("AB", places=1)}
    start = {"A": 0, "B": 0}

    for check in (checker.uneven, proves_uneven):
        assert not check({"A"}, needs, start, {"A": 2, "B": 0})
        assert not check({"A"}, needs, start, {"A": 1, "B": 1})
        assert check({"A", "B"}, needs, start, {"A": 1, "B": 1})


def test_places_that_nobody_could_ever_take_are_proved_by_the_empty_set(checker):
    needs = {"V1": need("A", places=2), "V2": need("AB")}

    result = pair(needs, {"A": 0, "B": 0}, {}, tickets("00"))

    assert result.stuck == (frozenset(),)
    assert checker.infeasible(frozenset(), needs, {"A": 0, "B": 0}, {})
    assert proves_infeasible(frozenset(), needs, {"A": 0, "B": 0}, {})


def test_refused_needs_report_every_reason_at_once(checker):
    needs = {"V1": need("AB"), "V2": need("CD"), "V3": need("EF")}
    start, cap = dict.fromkeys("ABCDEF", 0), {"A": 0, "C": 0}

    result = pair(needs, start, cap, tickets("00"))

    assert set(result.stuck) == {frozenset("A"), frozenset("C")}
    assert result.frozen == ()
    assert all(checker.infeasible(members, needs, start, cap) for members in result.stuck)
