"""Simulated draws of one pool, by the protocol's own steps, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.drawing import Drawing, loads_of
from shuangsuiji.core.draw.pairing import Need, pair
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.visits import Visiting
from shuangsuiji.core.simulating.seeds import simulated
from shuangsuiji.core.simulating.tally import Group, Tally


class Trials:
    """Draws of one pool; `text` = the word that the seeds are derived from."""

    def __init__(self, pool: Pool, text: str):
        self.pool, self.text = pool, text
        self.drawing = Drawing(pool)
        self._loads = loads_of(pool)
        self._merged = self.drawing.visiting if pool.rules.visits == "merge" else Visiting(merging(pool))

    def run(self, numbers: Iterable[int]) -> Tally:
        """The draws with these numbers."""
        tally = Tally(
            drawn={stratum.stratum: Counter() for stratum in self.pool.strata},
            loads={inspector.inspector: Counter() for inspector in self.pool.inspectors},
        )
        for number in numbers:
            self._draw(tally, number)
        return tally

    def _draw(self, tally: Tally, number: int) -> None:
        seed = simulated(self.text, number)
        drawn = self.drawing.drawn(seed)
        tally.seeds += 1
        self._count_visits(tally, drawn)
        needs = {visit.visit: need for visit, need in self.drawing.visiting.plan(drawn).items()}
        paired = pair(needs, *self._loads, tickets(seed))
        if paired.stuck:
            tally.stuck.append(number)
            return
        for inspector, load in paired.loads.items():
            tally.loads[inspector][load] += 1
        seats: dict[Need, list[str]] = defaultdict(list)
        for visit, team in paired.teams.items():
            seats[needs[visit]] += team
        for need, inspectors in seats.items():
            tally.seats.setdefault(need, Counter()).update(inspectors)
        tally.pairs.update(chain.from_iterable(combinations(team, 2) for team in paired.teams.values()))

    def _count_visits(self, tally: Tally, drawn: Mapping[str, Sequence[str]]) -> None:
        strata: dict[str, list[str]] = {}
        for stratum, subjects in drawn.items():
            tally.drawn[stratum].update(subjects)
            tally.tasks += len(subjects)
            for subject in subjects:
                strata.setdefault(subject, []).append(stratum)
        tally.subjects.update(strata.keys())
        visits, every = 0, list[Group]()
        for subject, mine in strata.items():
            stops = self._merged.stops(subject, tuple(mine))
            visits += len(stops)
            groups = tuple(group for group, _ in stops)
            every += groups
            if len(groups) > 1:
                tally.apart[groups] += 1
        tally.groups.update(every)
        tally.visits[visits] += 1


def merging(pool: Pool) -> Pool:
    """`pool` as it were with ``visits: merge``."""
    return replace(pool, rules=pool.rules.model_copy(update={"visits": "merge"}))
