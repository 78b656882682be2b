"""Take one inspector away: is the plan still to be drawn?

First what holds for every seed (`surely`); else draws are simulated, and each is decided exactly: by an even spread
that fits, or by the protocol's own deal and mend, which find lawful teams whenever there are any.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.drawing import Drawing, loads_of, numbers
from shuangsuiji.core.draw.explain import Burden, burden
from shuangsuiji.core.draw.pairing import Need, Pairing, deal, mend
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.visits import Visit, Visiting
from shuangsuiji.core.simulating.seeds import simulated
from shuangsuiji.core.simulating.surely import Kinds, always_feasible, even_part, is_short, short

Verdict = Literal["feasible", "infeasible", "measured"]


class Absence(NamedTuple):
    """Without `inspector` (None: with everybody) lawful teams exist for every seed, for none, or as `measured`.

    `short`: by stratum those whom nobody could visit (``infeasible``); `failed` of `seeds` draws had no teams, and
    `burden` says of one of them why.
    """

    inspector: str | None
    verdict: Verdict
    short: Mapping[str, Sequence[str]]
    failed: int = 0
    seeds: int = 0
    burden: Burden | None = None

    @property
    def is_harmless(self) -> bool:
        """Whether nothing was found against it."""
        return self.verdict != "infeasible" and not self.failed


class Absences:
    """Absences from one pool, measured on the same draws: those with the numbers `seeds`, derived from `text`."""

    def __init__(self, pool: Pool, text: str, seeds: Iterable[int]):
        self._pool, self._text, self._seeds = pool, text, seeds
        self._numbers, self._kinds = numbers(pool), Kinds(pool)

    @cached_property
    def _is_robust(self) -> bool:
        """Whether it is proved of all absences at once that they are harmless."""
        return always_feasible(self._pool, self._kinds, self._numbers, missing=1)

    @cached_property
    def _drawn(self) -> dict[int, dict[str, list[str]]]:
        drawing = Drawing(self._pool)
        return {number: drawing.drawn(simulated(self._text, number)) for number in self._seeds}

    def of(self, inspector: str | None) -> Absence:
        """What becomes of the draws without `inspector`."""
        if inspector is not None and self._is_robust:
            return Absence(inspector, "feasible", {})
        pool = without(self._pool, inspector)
        poor = short(pool, self._kinds, self._numbers)
        if poor:
            return Absence(inspector, "infeasible", poor)
        if always_feasible(pool, self._kinds, self._numbers):
            return Absence(inspector, "feasible", {})
        load, cap = loads_of(pool)
        visiting = Visiting(pool)
        failed, why = 0, None
        for number, drawn in self._drawn.items():
            visits = visiting.plan(drawn)
            members = stuck(visits, load, cap, simulated(self._text, number))
            if members is not None:
                failed += 1
                why = why or burden(members, visits, load, cap)
        return Absence(inspector, "measured", {}, failed, len(self._drawn), why)

    def all(self) -> list[Absence]:
        """Everybody in turn."""
        return [self.of(one.inspector) for one in self._pool.inspectors]


def without(pool: Pool, inspector: str | None) -> Pool:
    """`pool` when `inspector` is not there."""
    if inspector is None:
        return pool
    return replace(
        pool,
        inspectors=tuple(one for one in pool.inspectors if one.inspector != inspector),
        conflicts=tuple(pair for pair in pool.conflicts if pair[0] != inspector),
    )


def stuck(
    visits: Mapping[Visit, Need], load: Mapping[str, int], cap: Mapping[str, int], seed: str
) -> frozenset[str] | None:
    """The certificate that these visits have no lawful teams; None where they have."""
    if spreads(visits, load, cap):
        return None
    needs = {visit.visit: need for visit, need in visits.items()}
    state = Pairing(needs, load, cap, tickets(seed))
    deal(state)
    return next(iter(mend(state)), None)


def spreads(visits: Mapping[Visit, Need], load: Mapping[str, int], cap: Mapping[str, int]) -> bool:
    """Whether the places, spread evenly over those who may fill them, bring nobody above his cap."""
    carried: dict[str, float] = defaultdict(float)
    for need, times in Counter(visits.values()).items():
        if is_short(need):
            return False
        part = float(even_part(need) * times)
        for inspector in need.lawful & cap.keys():
            carried[inspector] += part
    return all(load[inspector] + part <= cap[inspector] - _MARGIN for inspector, part in carried.items())


_MARGIN = 1e-6
"""Floats are not exact: at the very cap the protocol's own steps decide."""
