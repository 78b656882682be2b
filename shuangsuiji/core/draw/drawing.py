"""The whole draw: pool and seed in, who is visited by whom out. The same bytes for the same input, always."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, Paired, pair
from shuangsuiji.core.draw.pool import Pool, PoolStratum, PoolSubject
from shuangsuiji.core.draw.quota import number_to_draw
from shuangsuiji.core.draw.selection import Ticketed, number_drawn, select
from shuangsuiji.core.draw.visits import Visit, plan_visits


class Draw(NamedTuple):
    """`selected`: every subject of every stratum in ticket order; `visits` with their needs; `paired` teams."""

    selected: Mapping[str, list[Ticketed]]
    visits: Mapping[Visit, Need]
    paired: Paired


def draw(pool: Pool, seed: str) -> Draw:
    """Draw subjects and teams; `seed` = 64 hex digits. Whether teams exist is in `Draw.paired.stuck`."""
    selected = selection(pool, seed)
    drawn = {stratum: [t.subject for t in order if t.why] for stratum, order in selected.items()}
    visits = plan_visits(pool, drawn)
    paired = pair(
        {visit.visit: need for visit, need in visits.items()},
        {i.inspector: i.load for i in pool.inspectors},
        {i.inspector: i.cap for i in pool.inspectors if i.cap is not None},
        tickets(seed),
    )
    return Draw(selected, visits, paired)


def selection(pool: Pool, seed: str) -> dict[str, list[Ticketed]]:
    """Every subject of every stratum with its ticket and why it was drawn; strata in the plan's order."""
    ticket = tickets(seed)
    candidates = by_stratum(pool)
    return {
        stratum.stratum: select(
            candidates[stratum.stratum],
            number=_number(pool, stratum),
            years=_years(pool),
            scope="shared" if pool.rules.tickets == "shared" else stratum.stratum,
            ticket=ticket,
        )
        for stratum in pool.strata
    }


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
