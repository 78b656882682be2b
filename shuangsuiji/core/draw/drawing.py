"""The whole draw: pool and seed in, who is visited by whom out. The same bytes for the same input, always."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from shuangsuiji.core.draw.chance import shared_tickets, tickets
from shuangsuiji.core.draw.pairing import Need, Paired, pair
from shuangsuiji.core.draw.pool import Pool, PoolStratum, PoolSubject
from shuangsuiji.core.draw.quota import number_to_draw
from shuangsuiji.core.draw.selection import Ticketed, chosen, number_drawn, select
from shuangsuiji.core.draw.visits import Visit, Visiting


class Draw(NamedTuple):
    """`selected`: every subject of every stratum in ticket order; `visits` with their needs; `paired` teams."""

    selected: Mapping[str, list[Ticketed]]
    visits: Mapping[Visit, Need]
    paired: Paired


def draw(pool: Pool, seed: str) -> Draw:
    """Draw subjects and teams; `seed` = 64 hex digits. Whether teams exist is in `Draw.paired.stuck`."""
    return Drawing(pool).draw(seed)


def selection(pool: Pool, seed: str) -> dict[str, list[Ticketed]]:
    """Every subject of every stratum with its ticket and why it was drawn; strata in the plan's order."""
    return Drawing(pool).selection(seed)


class Drawing:
    """Draws of one pool with any number of seeds: what depends on the pool alone is made once."""

    def __init__(self, pool: Pool):
        self.pool = pool
        candidates = by_stratum(pool)
        self._strata = [
            (
                stratum.stratum,
                candidates[stratum.stratum],
                _number(pool, stratum),
                "shared" if pool.rules.tickets == "shared" else stratum.stratum,
            )
            for stratum in pool.strata
        ]

    @cached_property
    def visiting(self) -> Visiting:
        """The visits of any draw."""
        return Visiting(self.pool)

    def draw(self, seed: str) -> Draw:
        """As the function `draw`."""
        selected = self.selection(seed)
        visits = self.visiting.plan(drawn_of(selected))
        needs = {visit.visit: need for visit, need in visits.items()}
        return Draw(selected, visits, pair(needs, *loads_of(self.pool), tickets(seed)))

    def drawn(self, seed: str) -> dict[str, list[str]]:
        """Those whom `selection` draws, by stratum, in ticket order: all that thousands of draws need to know."""
        years = _years(self.pool)
        orders = self._shared_orders(seed) if self.pool.rules.tickets == "shared" else self._own_orders(seed)
        drawn: dict[str, list[str]] = {}
        for (stratum, _, number, _), order in zip(self._strata, orders, strict=True):
            why = chosen(order, number=number, years=years)
            drawn[stratum] = [c.subject for c in order if c.subject in why]
        return drawn

    def _own_orders(self, seed: str) -> list[list[PoolSubject]]:
        ticket = tickets(seed)
        return [
            [c for _, c in sorted((ticket("object", scope, c.subject), c) for c in candidates)]
            for _, candidates, _, scope in self._strata
        ]

    def _shared_orders(self, seed: str) -> list[list[PoolSubject]]:
        """One ticket per subject, for all its strata."""
        orders: list[list[PoolSubject]] = [[] for _ in self._strata]
        ids, rows = self._rows
        for _, at in sorted(zip(shared_tickets(seed, ids), range(len(ids)), strict=True)):
            for place, candidate in rows[at]:
                orders[place].append(candidate)
        return orders

    @cached_property
    def _rows(self) -> tuple[list[bytes], list[list[tuple[int, PoolSubject]]]]:
        """All subjects' ids, and the rows of each: its strata by their place in the plan."""
        rows: dict[str, list[tuple[int, PoolSubject]]] = defaultdict(list)
        for place, (_, candidates, _, _) in enumerate(self._strata):
            for candidate in candidates:
                rows[candidate.subject].append((place, candidate))
        return [subject.encode() for subject in rows], list(rows.values())

    def selection(self, seed: str) -> dict[str, list[Ticketed]]:
        """As the function `selection`."""
        ticket, years = tickets(seed), _years(self.pool)
        return {
            stratum: select(candidates, number=number, years=years, scope=scope, ticket=ticket)
            for stratum, candidates, number, scope in self._strata
        }


def drawn_of(selected: Mapping[str, Sequence[Ticketed]]) -> dict[str, list[str]]:
    """Those who were drawn, by stratum, in ticket order."""
    return {stratum: [t.subject for t in order if t.why] for stratum, order in selected.items()}


def loads_of(pool: Pool) -> tuple[dict[str, int], dict[str, int]]:
    """Everybody's load before the draw, and the caps of those who have one."""
    return (
        {i.inspector: i.load for i in pool.inspectors},
        {i.inspector: i.cap for i in pool.inspectors if i.cap is not None},
    )


def numbers(pool: Pool) -> dict[str, int]:
    """How many each stratum's draw will take: known before any seed."""
    candidates = by_stratum(pool)
    return {
        s.stratum: number_drawn(candidates[s.stratum], number=_number(pool, s), years=_years(pool)) for s in pool.strata
    }


def by_stratum(pool: Pool) -> dict[str, list[PoolSubject]]:
    """The subjects of each stratum; a stratum without any has an empty list."""
    subjects: dict[str, list[PoolSubject]] = defaultdict(list)
    for subject in pool.subjects:
        subjects[subject.stratum].append(subject)
    return subjects


def _number(pool: Pool, stratum: PoolStratum) -> int:
    return number_to_draw(stratum.population, stratum.must, stratum.quota, pool.rules.must_include)


def _years(pool: Pool) -> int | None:
    return pool.rules.coverage.years if pool.rules.coverage else None
