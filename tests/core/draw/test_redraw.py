"""Re-draws (protocol §8) against a re-implementation written from the page alone, and their laws."""

import hashlib
import json
import random
from pathlib import Path

import pytest

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, pair
from shuangsuiji.core.draw.redraw import Round, redraw

TICKETS = json.loads((Path(__file__).parents[2] / "vectors" / "tickets.json").read_text("utf-8"))
SEED = hashlib.sha256(b"round").hexdigest()


def naive(needs, teams, load, cap, leaving, seed):  # noqa: C901, PLR0915 - the page in one piece
    """Protocol §8, sentence by sentence, with lists and no cleverness."""

    def ticket(*fields):
        return hashlib.sha256("|".join(("ssj1", seed, *fields)).encode()).hexdigest()

    lawful = {t: set(need.lawful) for t, need in needs.items()}
    leads = {t: set(need.leads) for t, need in needs.items()}
    on = {t: set(team) for t, team in teams.items()}
    people = set(load) | {i for team in teams.values() for i in team}
    now = {i: load.get(i, 0) + sum(i in team for team in teams.values()) for i in people}
    order = sorted(needs, key=lambda t: ticket("task", t))
    changes = []

    def key(i):
        return now[i], ticket("card", i, str(now[i]))

    def room(i):
        return i not in cap or now[i] < cap[i]

    def joinable(t, a):
        members = on[t] - {a}
        free = lawful[t] - on[t]
        return free & leads[t] if len(members - leads[t]) >= needs[t].places - 1 else free

    def chain(t):
        entered, layer = {}, []
        for c in joinable(t, None):
            entered[c] = (None, t)
            layer.append(c)
        while layer:
            layer.sort(key=key)
            goals = [c for c in layer if room(c)]
            if goals:
                path, c = [], min(goals, key=key)
                while c is not None:
                    b, u = entered[c]
                    path.append((b, u, c))
                    c = b
                return path[::-1]
            following = []
            for b in layer:
                for u in [u for u in order if b in on[u]]:
                    for c in sorted(joinable(u, b)):
                        if c not in entered:
                            entered[c] = (b, u)
                            following.append(c)
            layer = following
        return None

    for t, i in sorted(leaving, key=lambda place: ticket("recuse", *place)):
        there = i in on[t]
        if there:
            on[t].remove(i)
            now[i] -= 1
        lawful[t].discard(i)
        leads[t].discard(i)
        if not there:
            continue
        able = [c for c in joinable(t, None) if room(c)]
        if able:
            half = sorted(now[c] for c in able)[-(-len(able) // 2) - 1]
            joins = min((c for c in able if now[c] <= half), key=lambda c: ticket("redraw", t, c))
            path = [(None, t, joins)]
        else:
            path = chain(t)
            if path is None:
                return None
        for b, u, c in path:
            if b is not None:
                on[u].remove(b)
                now[b] -= 1
            on[u].add(c)
            now[c] += 1
            changes.append((u, i if b is None else b, c))
    return changes


def rounds(cases, count):
    """Drawn instances with a few places to be filled again; some inspectors are away and leave all their visits."""
    for case in cases(count, "redraw"):
        paired = pair(case.needs, case.load, case.cap, tickets(case.seed))
        if paired.stuck:
            continue
        rng = random.Random(case.name)
        places = [(t, i) for t, team in paired.teams.items() for i in team]
        away = set(rng.sample(sorted(case.load), 1)) if rng.random() < 0.4 else set()
        leaving = {p for p in places if p[1] in away} | set(rng.sample(places, min(len(places), rng.randint(1, 4))))
        needs = {t: Need(n.lawful - away, n.leads - away, n.places) for t, n in case.needs.items()}
        yield case, needs, paired.teams, leaving, away


def applied(teams, moves):
    now = {t: set(team) for t, team in teams.items()}
    for move in moves:
        assert move.leaves in now[move.visit]
        assert move.joins not in now[move.visit]
        now[move.visit] = now[move.visit] - {move.leaves} | {move.joins}
    return now


def test_the_tickets_of_a_round_are_those_of_the_vectors():
    ticket = {tuple(v["fields"]): v["ticket"] for v in TICKETS["tickets"]}

    computed = tickets(TICKETS["seed"])

    assert computed("recuse", "O09", "P01") == ticket["recuse", "O09", "P01"]
    assert computed("redraw", "O09", "P03") == ticket["redraw", "O09", "P03"]


def test_every_round_is_that_of_the_page(cases):
    compared = stuck = chains = 0
    for case, needs, teams, leaving, _ in rounds(cases, 400):
        decided = redraw(needs, teams, case.load, case.cap, frozenset(leaving), tickets(SEED))
        expected = naive(needs, teams, case.load, case.cap, leaving, SEED)

        if expected is None:
            assert decided.stuck, case.name
            stuck += 1
        else:
            assert [move[:3] for move in decided.moves] == expected, case.name
            assert decided.stuck == ()
            chains += any(not move.asked for move in decided.moves)
        compared += 1

    assert compared > 200
    assert stuck > 10
    assert chains > 10


def test_only_the_asked_places_change_and_nobody_comes_back(cases):
    for case, needs, teams, leaving, away in rounds(cases, 400):
        decided = redraw(needs, teams, case.load, case.cap, frozenset(leaving), tickets(SEED))
        if decided.stuck:
            continue
        now = applied(teams, decided.moves)
        moved = {(move.visit, move.leaves) for move in decided.moves if not move.asked}

        for t, team in teams.items():
            gone = {i for visit, i in leaving if visit == t}
            assert len(now[t]) == len(team)
            assert set(team) - now[t] <= gone | {i for visit, i in moved if visit == t}
            assert not now[t] & gone
            assert not now[t] & away
            assert now[t] - set(team) <= needs[t].lawful
        if not moved:
            assert {t for t in teams if now[t] != set(teams[t])} == {t for t, _ in leaving}
        loads = {i: case.load[i] + sum(i in team for team in now.values()) for i in case.load}
        joined = {move.joins for move in decided.moves}
        assert all(loads[i] <= case.cap[i] for i in joined if i in case.cap)


def test_the_teams_keep_a_member_of_whom_one_must_be(cases):
    for case, needs, teams, leaving, away in rounds(cases, 400):
        decided = redraw(needs, teams, case.load, case.cap, frozenset(leaving), tickets(SEED))
        if decided.stuck or away:
            continue

        for t, team in applied(teams, decided.moves).items():
            gone = {i for visit, i in leaving if visit == t}
            assert team & (needs[t].leads - gone), (case.name, t)


def test_the_order_in_which_places_are_named_does_not_matter(cases):
    for case, needs, teams, leaving, _ in rounds(cases, 60):
        once = redraw(needs, teams, case.load, case.cap, sorted(leaving), tickets(SEED))
        again = redraw(needs, teams, case.load, case.cap, sorted(leaving, reverse=True), tickets(SEED))

        assert once == again


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_the_hat_holds_the_lighter_half_and_the_smallest_ticket_of_it_joins(count):
    lawful = frozenset({"A", "B", *(f"P{n}" for n in range(count))})
    needs = {"V": Need(lawful, lawful, 2)}
    load = {"A": 0, "B": 0, **{f"P{n}": n for n in range(count)}}

    decided = redraw(needs, {"V": ("A", "B")}, load, {}, {("V", "A")}, tickets(SEED))

    half = [f"P{n}" for n in range((count + 1) // 2)]
    assert decided.moves[0].joins == min(half, key=lambda i: tickets(SEED)("redraw", "V", i))


def test_an_empty_hat_moves_a_chain_and_says_so():
    needs = {"V": Need(frozenset("ABC"), frozenset("ABC"), 2), "W": Need(frozenset("CDE"), frozenset("CDE"), 2)}
    teams = {"V": ("A", "B"), "W": ("C", "D")}

    decided = redraw(needs, teams, dict.fromkeys("ABCDE", 0), {"C": 1}, {("V", "A")}, tickets(SEED))

    assert decided == Round(moves=(("V", "A", "C", True), ("W", "C", "E", False)), stuck=())


def test_a_place_that_nobody_can_take_names_those_who_may_but_have_no_room():
    needs = {"V": Need(frozenset("ABC"), frozenset("ABC"), 2), "W": Need(frozenset("CD"), frozenset("CD"), 2)}
    teams = {"V": ("A", "B"), "W": ("C", "D")}

    full = redraw(needs, teams, dict.fromkeys("ABCD", 0), {"C": 1}, {("V", "A")}, tickets(SEED))
    none = redraw(needs, teams, dict.fromkeys("ABCD", 0), {"C": 1}, {("W", "D")}, tickets(SEED))

    assert (full.moves, full.stuck) == ((), (("V", "A", ("C",)),))
    assert (none.moves, none.stuck) == ((), (("W", "D", ()),))
