"""What holds for every seed: lawful teams exist whatever is drawn, or some subject could not be visited at all.

- *Short*: of some subject's stratum fewer may go than the team needs (or none who must be on it). ``ssj draw``
  refuses such a roster before any seed.
- *Sure*: spread the places of every possible visit evenly over those who may fill them. If that brings nobody above
  his cap even when what falls to him is drawn most often, whole teams exist too (flows are integral). A visit is
  charged to its first stratum, of which no more are drawn than its number and no more than there are of each type.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from shuangsuiji.core.draw.drawing import loads_of
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.visits import Visiting

MOST_STRATA = 8
"""A subject of more strata has too many combinations: then nothing is proved, and the simulation must tell."""


class Type(NamedTuple):
    """Subjects that are visited alike whenever they are drawn for the same strata: one of them, and how many."""

    subject: str
    strata: tuple[str, ...]
    number: int


class Kinds:
    """The subjects of a pool by what matters for who may visit them: the same whoever of the inspectors is missing."""

    def __init__(self, pool: Pool):
        visiting = Visiting(pool)
        place = {stratum.stratum: at for at, stratum in enumerate(pool.strata)}
        strata: dict[str, list[str]] = defaultdict(list)
        self.alike: dict[tuple[object, str], list[str]] = defaultdict(list)
        for one in sorted(pool.subjects, key=lambda one: place[one.stratum]):
            strata[one.subject].append(one.stratum)
            self.alike[visiting.kind(one.subject), one.stratum].append(one.subject)
        types: dict[tuple[object, tuple[str, ...]], list[str]] = defaultdict(list)
        for subject, mine in strata.items():
            types[visiting.kind(subject), tuple(mine)].append(subject)
        self.types = [Type(subjects[0], mine, len(subjects)) for (_, mine), subjects in types.items()]
        some = {one.subject for one in self.types} | {subjects[0] for subjects in self.alike.values()}
        self._some = tuple(one for one in pool.subjects if one.subject in some)

    def visiting(self, pool: Pool) -> Visiting:
        """The visits to one of each kind, in a pool of the same subjects."""
        return Visiting(replace(pool, subjects=self._some))


def short(pool: Pool, kinds: Kinds, numbers: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """By stratum the subjects that no lawful team could visit; no stratum where all can be."""
    visiting = kinds.visiting(pool)
    found: dict[str, list[str]] = defaultdict(list)
    for (_, stratum), subjects in kinds.alike.items():
        needs = (need for _, seats in visiting.stops(subjects[0], (stratum,)) for _, need in seats)
        if numbers[stratum] and any(map(is_short, needs)):
            found[stratum] += subjects
    return {stratum: tuple(sorted(subjects)) for stratum, subjects in found.items()}


def is_short(need: Need) -> bool:
    """Whether too few may go."""
    return len(need.lawful) < need.places or not need.leads


def always_feasible(pool: Pool, kinds: Kinds, numbers: Mapping[str, int], *, missing: int = 0) -> bool:
    """Whether it is proved that lawful teams exist for every seed; False says nothing.

    `missing`: 1 where that must hold without any one of the inspectors too.
    """
    load, cap = loads_of(pool)
    visiting = kinds.visiting(pool)
    most: dict[tuple[str, str], Counter[Fraction]] = defaultdict(Counter)
    for one in kinds.types:
        if len(one.strata) > MOST_STRATA:
            return False
        worst: dict[tuple[str, str], Fraction] = {}
        for need, group in _needs(visiting, one):
            left = len(need.lawful) - missing
            # Tasks that were merged because there is one to spare stay one visit only while there is.
            if left < need.places + (missing and len(group) > 1) or len(need.leads) <= missing:
                return False
            part = Fraction(need.places, left) if need.leads == need.lawful else Fraction(1)
            for inspector in need.lawful & cap.keys():
                worst[inspector, group[0]] = max(part, worst.get((inspector, group[0]), part))
        for key, part in worst.items():
            most[key][part] += one.number
    carried: dict[str, Fraction] = defaultdict(Fraction)
    for (inspector, stratum), parts in most.items():
        carried[inspector] += _heaviest(parts, numbers[stratum])
    return all(load[inspector] + carried[inspector] <= cap[inspector] for inspector in cap)


def even_part(need: Need) -> Fraction:
    """How much of a visit falls to each who may go, spread evenly; where a lead must be there, at most all of it."""
    return Fraction(need.places, len(need.lawful)) if need.leads == need.lawful else Fraction(1)


def _needs(visiting: Visiting, one: Type) -> Iterator[tuple[Need, tuple[str, ...]]]:
    """What every visit to such a subject can need, and its strata."""
    for size in range(1, len(one.strata) + 1):
        for drawn in combinations(one.strata, size):
            for group, seats in visiting.stops(one.subject, drawn):
                for _, need in seats:
                    yield need, group


def _heaviest(parts: Counter[Fraction], number: int) -> Fraction:
    """The most that `number` visits can come to: the heaviest first, as often as there are such subjects."""
    whole = Fraction(0)
    for part in sorted(parts, reverse=True):
        times = min(number, parts[part])
        whole += part * times
        number -= times
    return whole
