"""The protocol's vectors, made by another hand: reproduced to the last byte."""

import json
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from shuangsuiji.core.draw.certificate import proves_infeasible, proves_uneven
from shuangsuiji.core.draw.chance import seed_of, tickets
from shuangsuiji.core.draw.pairing import Need, pair
from shuangsuiji.core.draw.quota import number_to_draw, quota
from shuangsuiji.core.draw.selection import number_drawn, select


class Candidate(NamedTuple):
    subject: str
    must: bool
    left: int | None


VECTORS = next(folder for folder in Path(__file__).resolve().parents if folder.name == "tests") / "vectors"


def lines(name):
    texts = (VECTORS / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(text), id=f"{name}:{number}") for number, text in enumerate(texts, start=1)]


TICKETS = json.loads((VECTORS / "tickets.json").read_text(encoding="utf-8"))


def test_the_seed_line_gives_the_seed():
    _, _, draw, *sources = TICKETS["seed_line"].split("|")

    seed = seed_of(draw, tuple(sources))

    assert seed.line == TICKETS["seed_line"]
    assert seed.digest == TICKETS["seed"]


@pytest.mark.parametrize("vector", [pytest.param(v, id="|".join(v["fields"])) for v in TICKETS["tickets"]])
def test_every_ticket_is_reproduced(vector):
    assert tickets(TICKETS["seed"])(*vector["fields"]) == vector["ticket"]


def test_the_ticket_order_is_reproduced():
    order = TICKETS["order"]
    candidates = [Candidate(subject, must=False, left=None) for subject in order["subjects"]]

    drawn = select(candidates, number=5, years=None, scope=order["scope"], ticket=tickets(TICKETS["seed"]))

    assert [row.subject for row in drawn] == order["in_ticket_order"]
    assert [row.subject for row in drawn if row.why] == order["in_ticket_order"][:5]


@pytest.mark.parametrize("vector", lines("selection.jsonl"))
def test_every_selection_is_reproduced(vector):
    candidates = [Candidate(row["subject"], row["must"], row["left"]) for row in vector["subjects"]]
    years, population = vector["coverage_years"], vector["population"]
    ratio = Fraction(vector["ratio"].removesuffix("%")) / 100

    asked = quota(population, ratio=ratio, rounding=vector["rounding"])
    number = number_to_draw(population, sum(c.must for c in candidates), asked, "within")
    rows = select(candidates, number=number, years=years, scope=vector["scope"], ticket=tickets(vector["seed"]))

    assert population == len(candidates)
    assert asked == vector["quota"]
    assert sorted(row.subject for row in rows if row.why) == sorted(vector["drawn"])
    assert number_drawn(candidates, number=number, years=years) == len(vector["drawn"])


@pytest.mark.parametrize("vector", lines("pairing.jsonl"))
def test_every_team_is_reproduced_and_every_refusal_proved(vector, checker):
    needs = {
        visit: Need(frozenset(need["lawful"]), frozenset(need["lead"]), need["places"])
        for visit, need in vector["visits"].items()
    }
    start, cap = vector["load"], vector["cap"]

    result = pair(needs, start, cap, tickets(vector["seed"]))

    assert list(start) == vector["inspectors"]
    assert bool(result.stuck) == (vector["teams"] is None)
    if result.stuck:
        assert all(checker.infeasible(members, needs, start, cap) for members in result.stuck)
        assert all(proves_infeasible(members, needs, start, cap) for members in result.stuck)
    else:
        assert {visit: list(team) for visit, team in result.teams.items()} == {
            visit: sorted(team) for visit, team in vector["teams"].items()
        }
        assert all(checker.uneven(members, needs, start, result.loads) for members in result.frozen)
        assert all(proves_uneven(members, needs, start, result.loads) for members in result.frozen)


def test_the_vectors_hold_refusals_chains_and_leads():
    """Control: the vectors exercise what they are meant to."""
    pairing = [param.values[0] for param in lines("pairing.jsonl")]
    selection = [param.values[0] for param in lines("selection.jsonl")]

    assert sum(vector["teams"] is None for vector in pairing) >= 10
    assert sum(any(n["lead"] != n["lawful"] for n in vector["visits"].values()) for vector in pairing) >= 50
    assert {vector["rounding"] for vector in selection} == {"ceil", "floor", "half-up"}
    assert {bool(vector["coverage_years"]) for vector in selection} == {True, False}
