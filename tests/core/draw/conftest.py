"""What several of the draw's tests share: instances of chance's own making, and a checker written from the protocol.

Fixtures that return functions, so that no test imports another file of tests.
"""

import hashlib
import random
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from shuangsuiji.core.draw.pairing import Need


class Case(NamedTuple):
    """One instance of protocol §7."""

    name: str
    seed: str
    needs: dict[str, Need]
    load: dict[str, int]
    cap: dict[str, int]


class Checker:
    """Protocol §7, end, in its own words; knows nothing of `core.draw.certificate`."""

    @staticmethod
    def falls_to(members, needs):
        """Σ (k − r) over the visits."""
        total = 0
        for need in needs.values():
            outside = [i for i in need.lawful if i not in members]
            leads = len([i for i in outside if i in need.leads])
            others = len(outside) - leads
            total += need.places - min(need.places, leads + min(others, need.places - 1))
        return total

    def infeasible(self, members, needs, start, cap):
        """More falls to `members` than they may take; who has no cap may take anything."""
        room = sum(cap.get(i, float("inf")) - start[i] for i in members)
        return self.falls_to(members, needs) > room

    def uneven(self, members, needs, start, load):
        """`members` carry their start loads and what falls to them, and nothing else."""
        return sum(load[i] for i in members) == sum(start[i] for i in members) + self.falls_to(members, needs)


def tight_cases(count: int, name: str, *, inspectors: int = 12, visits: int = 20) -> Iterator[Case]:
    """`count` small instances with hardly any room, the same for ever for one `name`.

    Half have leads fewer than the lawful, half start with loads, most have caps at or just above a fair share.
    """
    rng = random.Random(name)
    for number in range(count):
        people = [f"P{i:02d}" for i in range(rng.randint(2, inspectors))]
        start = {i: rng.choice([0, 0, 1, 2, 5]) if number % 4 < 2 else 0 for i in people}
        popular = rng.sample(people, rng.randint(1, len(people)))
        needs = {}
        for visit in range(rng.randint(1, visits)):
            places = min(rng.randint(1, 3), len(people))
            # Now and then one lawful inspector too few; now and then most visits hang on the same few.
            few = rng.randint(max(1, places - (rng.random() < 0.02)), len(people))
            pool = popular if len(popular) >= few and rng.random() < 0.6 else people
            lawful = rng.sample(pool, few)
            leads = rng.sample(lawful, rng.randint(rng.random() > 0.02, len(lawful))) if number % 2 else lawful
            needs[f"V{visit:02d}"] = Need(frozenset(lawful), frozenset(leads), places)
        share = -(-(sum(need.places for need in needs.values()) + sum(start.values())) // len(people))
        spare = rng.choice([0, 1, 2, 4])
        capped = rng.choice([0.0, 0.5, 1.0, 1.0])
        cap = {i: max(start[i], share + rng.randint(-1, spare)) for i in people if rng.random() < capped}
        yield Case(f"{name} {number}", hashlib.sha256(f"{name} {number}".encode()).hexdigest(), needs, start, cap)


@pytest.fixture(scope="session")
def checker():
    return Checker()


@pytest.fixture(scope="session")
def cases():
    return tight_cases
