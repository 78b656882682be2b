"""Changes to a pool that could mend what a simulation found, and the search for the smallest one that does.

Whether a change mends is tried, not reckoned: `mends` gets the changed pool and says by what it was seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from shuangsuiji.core.draw.lawful import Lawful
from shuangsuiji.core.draw.pool import Pool, PoolInspector
from shuangsuiji.core.draw.quota import rounded

Mends = Callable[[Pool], str]
"""What was seen with the changed pool, in words; blank where it does not mend."""
MOST_PEOPLE = 3
_WHOLE = 100


class Change(NamedTuple):
    """What to do (`kind`: inspector, cap, visits, ratio), and what was seen when it was tried."""

    kind: str
    todo: str
    tried: str
    figures: Mapping[str, object]


def one_more(
    pool: Pool, sets: Iterable[tuple[str, ...]], said: Callable[[Sequence[str]], str], mends: Mends
) -> Change | None:
    """The fewest people, of the fewest specialties of `sets`, who mend. `said`: specialty codes as people call them."""
    choices = sorted(dict.fromkeys(sets), key=len)
    for number in range(1, MOST_PEOPLE + 1):
        for specialties in choices:
            seen = mends(with_people(pool, specialties, number))
            if seen:
                who = "一名" if number == 1 else f" {number} 名"
                todo = f"再增加{who}{said(specialties)}人员"
                figures = {"people": number, "specialties": list(specialties)}
                return Change("inspector", todo, seen, figures)
    return None


def higher_cap(pool: Pool, people: Sequence[str], mends: Mends) -> Change | None:
    """The lowest cap for `people` (whoever has more keeps it) that mends."""
    caps = {one.inspector: one.cap for one in pool.inspectors if one.cap is not None and one.inspector in people}
    if not caps:
        return None
    low, high = min(caps.values()), max(caps.values()) + len(pool.subjects) * pool.rules.team.size
    seen = mends(with_caps(pool, people, high))
    if not seen:
        return None
    while high - low > 1:  # low: not enough; high: enough
        middle = (low + high) // 2 if high < 2 * low + 2 else 2 * low + 1
        told = mends(with_caps(pool, people, middle))
        low, high, seen = (low, middle, told) if told else (middle, high, seen)
    return Change("cap", f"任务上限提高到 {high}", seen, {"cap": high, "inspectors": list(people)})


def scarce_first(pool: Pool, codes: Iterable[str]) -> list[tuple[str, ...]]:
    """Sets of specialties that one more person could have: each alone, the scarcest first; two of them; all."""
    held = {code: sum(code in one.specialties for one in pool.inspectors) for code in codes}
    order = sorted(held, key=lambda code: (held[code], code))
    pairs = combinations(order[:3], 2)
    return [*((code,) for code in order), *(tuple(sorted(pair)) for pair in pairs), tuple(sorted(order))]


def with_people(pool: Pool, specialties: Sequence[str], number: int) -> Pool:
    """`pool` with so many people more: without cap, conflicts or tasks, a lead, wherever the area rule asks for."""
    known = {one.inspector for one in pool.inspectors}
    names = (name for name in (f"ZZ.{n}" for n in range(len(known) + number)) if name not in known)
    agency = _short_agency(pool, specialties)
    areas = tuple(sorted({one.area for one in pool.subjects if one.area})) if pool.rules.team.area == "own" else ()
    new = [PoolInspector(next(names), agency, tuple(sorted(specialties)), True, 0, None, areas) for _ in range(number)]
    return replace(pool, inspectors=tuple(sorted((*pool.inspectors, *new), key=lambda one: one.inspector)))


def with_caps(pool: Pool, people: Sequence[str], cap: int) -> Pool:
    """`pool` where each of `people` has at least that cap."""
    return replace(
        pool,
        inspectors=tuple(
            one._replace(cap=max(one.cap, cap)) if one.cap is not None and one.inspector in people else one
            for one in pool.inspectors
        ),
    )


def with_quotas(pool: Pool, quotas: Mapping[str, int]) -> Pool:
    """`pool` with other quotas."""
    return replace(pool, strata=tuple(one._replace(quota=quotas.get(one.stratum, one.quota)) for one in pool.strata))


def ratio_for(population: int, number: int, rounding: str) -> int:
    """The smallest whole percentage that draws at least `number` of `population`.

    >>> ratio_for(318, 64, "ceil"), ratio_for(318, 64, "floor")
    (20, 21)
    """
    return next(
        (percent for percent in _percentages() if rounded(population, Fraction(percent, _WHOLE), rounding) >= number),
        _WHOLE,
    )


def _percentages() -> Iterator[int]:
    return iter(range(1, _WHOLE + 1))


def _short_agency(pool: Pool, specialties: Sequence[str]) -> str:
    """Whose person is wanted: of the departments that visit strata of these specialties the one with fewest lawful."""
    lawful = Lawful(pool)
    found = [
        (len(lawful.need("", "", (stratum.stratum,), seat).lawful), seat[0])
        for stratum in pool.strata
        if stratum.specialty in specialties
        for seat in pool.rules.seats(stratum.stratum)
    ]
    return min(found)[1] if found else pool.rules.agency
