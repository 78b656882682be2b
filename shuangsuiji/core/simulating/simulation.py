"""A simulation as a value: what was asked, what came of it, what it finds worth changing. Screen and page show it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shuangsuiji.core.simulating import covering, planning, staffing
from shuangsuiji.core.simulating.chance import (
    Chance,
    GradeChance,
    StratumChance,
    by_grade,
    by_stratum,
    chances,
)
from shuangsuiji.core.simulating.finding import Finding, Simulated
from shuangsuiji.core.simulating.tally import mean, quantile
from shuangsuiji.core.simulating.work import Asked

RULES = (
    staffing.infeasible,
    staffing.absence,
    staffing.used_up,
    staffing.uneven,
    planning.pairs,
    planning.merged,
    planning.no_chance,
    planning.grade,
    covering.coverage,
)


class Load(NamedTuple):
    """One inspector's visits after the draw, those `before` it included; `low`, `high`: 5 % and 95 % are not above."""

    inspector: str
    name: str
    before: int
    cap: int | None
    mean: float
    low: int
    high: int
    most: int


class Visits(NamedTuple):
    """Visits per draw: each stratum by itself, and with those to one subject merged; `saved` = share of the first."""

    separate: float
    merged: float
    fewest: int
    most: int
    merges: bool

    @property
    def saved(self) -> float:
        """The share that merging saves."""
        return 1 - self.merged / self.separate if self.separate else 0.0


class Simulation(NamedTuple):
    """Everything to show. `announced`: the plan's seed is public, or its pool sealed: simulating predicts nothing."""

    title: str
    draw: str
    asked: Asked
    of: Simulated
    strata: Sequence[StratumChance]
    grades: Sequence[GradeChance]
    subjects: Sequence[Chance]
    loads: Sequence[Load]
    visits: Visits
    findings: Sequence[Finding]
    announced: bool
    is_drawn: bool


def concluded(
    title: str,
    draw: str,
    asked: Asked,
    of: Simulated,
    *,
    announced: bool,
    is_drawn: bool,
    trying: Callable[[int, int], None],
) -> Simulation:
    """What the counts say. `trying` is told how many of the `RULES` have been gone through."""
    found = chances(of.pool, of.tally)
    findings: list[Finding] = []
    for number, rule in enumerate(RULES):
        trying(number, len(RULES))
        findings += rule(of)
    trying(len(RULES), len(RULES))
    tally = of.tally
    return Simulation(
        title,
        draw,
        asked,
        of,
        by_stratum(of.pool, found, tally.seeds),
        by_grade(of.pool, found, tally, of.grades),
        found,
        _loads(of),
        Visits(
            tally.tasks / tally.seeds,
            mean(tally.visits),
            min(tally.visits),
            max(tally.visits),
            of.pool.rules.visits == "merge",
        ),
        findings,
        announced,
        is_drawn,
    )


def _loads(of: Simulated) -> list[Load]:
    return [
        Load(
            one.inspector,
            of.names.inspectors.get(one.inspector, one.inspector),
            one.load,
            one.cap,
            mean(counter),
            quantile(counter, 5),
            quantile(counter, 95),
            max(counter, default=0),
        )
        for one in of.pool.inspectors
        for counter in (of.tally.loads[one.inspector],)
    ]


def shown_years(years: int) -> list[int]:
    """The years that a table has room for, the last always among them.

    >>> shown_years(5), shown_years(40)
    ([1, 2, 3, 4, 5], [1, 2, 3, 5, 10, 15, 20, 30, 40])
    """
    if years <= _ROOM:
        return list(range(1, years + 1))
    return [*(year for year in (1, 2, 3, 5, 10, 15, 20, 30) if year < years), years]


_ROOM = 8
