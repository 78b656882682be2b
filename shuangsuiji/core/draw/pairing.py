"""Teams: deal, mend, level (protocol §7).

- Deal gives every place to the lawful inspector with the smallest key: fewest visits, then a fresh card.
- Mend fills places that stayed open by moving inspectors along chains; if it cannot, nobody can.
- Level moves visits along chains from the busiest to those who have two less, until no rule allows more.

It finds lawful teams whenever there are any, and the most even load that the rules allow; what cannot be is
proved by a set of inspectors (`core.draw.certificate`).
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Ticket

Key = tuple[int, str]
FEW = 16


class Need(NamedTuple):
    """What one visit needs: `places` of `lawful` (E), at least one of them in `leads` (L ⊆ E)."""

    lawful: frozenset[str]
    leads: frozenset[str]
    places: int


class Step(NamedTuple):
    """`joins` takes the place of `leaves` (None: an open place) on `visit`."""

    leaves: str | None
    visit: str
    joins: str


class Paired(NamedTuple):
    """The teams, the loads afterwards, and the two kinds of certificate.

    `stuck`: sets of inspectors, each proving that no lawful teams exist (empty = feasible, all places filled).
    `frozen`: growing sets, each proving that the loads inside it could not be more even with those outside.
    """

    teams: dict[str, tuple[str, ...]]
    loads: dict[str, int]
    stuck: tuple[frozenset[str], ...]
    frozen: tuple[frozenset[str], ...]


class Pairing:
    """Teams in the making: who sits where, and everybody's load.

    `load` holds every inspector (start loads); `cap` those with a limit.
    """

    def __init__(self, needs: Mapping[str, Need], load: Mapping[str, int], cap: Mapping[str, int], ticket: Ticket):
        self.needs = needs
        self.order = sorted(needs, key=lambda visit: ticket("task", visit))
        self.rank = {visit: place for place, visit in enumerate(self.order)}
        self.load = dict(load)
        self.cap = cap
        self.teams: dict[str, set[str]] = {visit: set() for visit in needs}
        self.visits: dict[str, set[str]] = {inspector: set() for inspector in load}
        self._ticket = ticket
        self.key: dict[str, Key] = {}
        for inspector in self.load:
            self._shuffle(inspector)

    def has_room(self, inspector: str) -> bool:
        """Whether `inspector` may take one visit more."""
        return self.load[inspector] < self.cap.get(inspector, self.load[inspector] + 1)

    def joinable(self, visit: str, leaving: str | None) -> frozenset[str]:
        """Who may join `visit` when `leaving` has left it: the law's members, and a lead if else there were none."""
        return self.allowed(visit, leaving) - self.teams[visit]

    def allowed(self, visit: str, leaving: str | None) -> frozenset[str]:
        """L or E of `visit`: from which of them the one must come who joins when `leaving` has left it."""
        need = self.needs[visit]
        if len(need.leads) == len(need.lawful):
            return need.lawful
        others = self.teams[visit] - need.leads
        return need.leads if len(others) - (leaving in others) >= need.places - 1 else need.lawful

    def apply(self, path: Iterable[Step]) -> None:
        """Carry out the steps of a chain, in order."""
        for leaves, visit, joins in path:
            if leaves is not None:
                self.leave(visit, leaves)
            self.teams[visit].add(joins)
            self.visits[joins].add(visit)
            self._set_load(joins, self.load[joins] + 1)

    def leave(self, visit: str, inspector: str) -> None:
        """`inspector` is on `visit` no more; his place is open."""
        self.teams[visit].remove(inspector)
        self.visits[inspector].remove(visit)
        self._set_load(inspector, self.load[inspector] - 1)

    def in_order(self, visits: Iterable[str]) -> list[str]:
        """`visits` in the order in which the protocol takes them."""
        return sorted(visits, key=self.rank.__getitem__)

    def _set_load(self, inspector: str, load: int) -> None:
        self.load[inspector] = load
        self._shuffle(inspector)

    def _shuffle(self, inspector: str) -> None:
        load = self.load[inspector]
        self.key[inspector] = (load, self._ticket("card", inspector, str(load)))


def pair(needs: Mapping[str, Need], load: Mapping[str, int], cap: Mapping[str, int], ticket: Ticket) -> Paired:
    """Lawful teams for all visits, as even as the rules allow, or the proof that there are none."""
    state = Pairing(needs, load, cap, ticket)
    deal(state)
    stuck = mend(state)
    frozen = () if stuck else level(state)
    teams = {visit: tuple(sorted(state.teams[visit])) for visit in state.order}
    return Paired(teams, state.load, stuck, frozen)


def deal(state: Pairing) -> None:
    """Place by place, the smallest key of those who may; a place that nobody may take stays open."""
    deck = sorted((*state.key[inspector], inspector) for inspector in state.load if state.has_room(inspector))
    for visit in state.order:
        need, team = state.needs[visit], state.teams[visit]
        for place in range(need.places):
            allowed = need.leads if place == 0 else need.lawful
            # Few of many: asking each is shorter than going through the deck.
            if len(allowed) * FEW < len(deck):
                able = ((*state.key[i], i) for i in allowed if i not in team and state.has_room(i))
                card = min(able, default=None)
            else:
                card = next((card for card in deck if card[2] in allowed and card[2] not in team), None)
            if card is None:
                continue
            inspector = card[2]
            del deck[bisect_left(deck, card)]
            state.apply([Step(None, visit, inspector)])
            if state.has_room(inspector):
                insort(deck, (*state.key[inspector], inspector))


def mend(state: Pairing) -> tuple[frozenset[str], ...]:
    """Fill the open places; where none can be filled, the set that proves it. All such sets are returned at once."""
    stuck: dict[frozenset[str], None] = {}
    for visit in state.order:
        while len(state.teams[visit]) < state.needs[visit].places:
            path, entered = chain(state, None, [visit], barred=frozenset(), goal=state.has_room)
            if path is None:
                stuck[entered] = None
                break
            state.apply(path)
    return tuple(stuck)


def level(state: Pairing) -> tuple[frozenset[str], ...]:
    """Even out the loads; the growing sets of those who could not be evened out any further."""
    frozen: frozenset[str] = frozenset()
    proofs: list[frozenset[str]] = []
    live = set(state.load)
    while live:
        most = max(map(state.load.__getitem__, live))
        if most - min(map(state.load.__getitem__, live)) < 2:  # noqa: PLR2004 - the protocol's own number
            break
        busiest = min((i for i in live if state.load[i] == most), key=state.key.__getitem__)
        target = most - 2
        path, entered = chain(
            state,
            busiest,
            state.in_order(state.visits[busiest]),
            barred=frozen | {busiest},
            goal=lambda i, target=target: state.load[i] <= target and state.has_room(i),  # type: ignore[misc]
        )
        if path is None:
            frozen |= entered | {busiest}
            live -= frozen
            proofs.append(frozen)
        else:
            state.apply(path)
    return tuple(proofs)


def chain(
    state: Pairing,
    giver: str | None,
    visits: list[str],
    *,
    barred: frozenset[str],
    goal: Callable[[str], bool],
) -> tuple[list[Step] | None, frozenset[str]]:
    """The shortest chain from a place of `visits` (left by `giver`) to a `goal`, else everybody reached.

    Breadth first; each inspector is entered once, by the first that reaches it; a layer is taken in order of key.
    """
    came: dict[str, Step] = {}
    unseen = set(state.load) - barred
    layer: list[str] = []
    done: set[str] = set()

    def enter(leaves: str | None, visit: str) -> None:
        allowed = state.allowed(visit, leaves)
        if len(allowed) == len(state.needs[visit].lawful):
            done.add(visit)  # teams stand still here: all of E is entered, nobody is left to find
        for inspector in (allowed & unseen) - state.teams[visit]:
            came[inspector] = Step(leaves, visit, inspector)
            unseen.remove(inspector)
            layer.append(inspector)

    for visit in visits:
        enter(giver, visit)
    while layer:
        layer.sort(key=state.key.__getitem__)
        end = next(filter(goal, layer), None)
        if end is not None:
            return _walked(came, end, giver), frozenset(came)
        reached, layer[:] = list(layer), []
        for inspector in reached:
            for visit in state.in_order(state.visits[inspector] - done):
                enter(inspector, visit)
    return None, frozenset(came)


def _walked(came: dict[str, Step], end: str, giver: str | None) -> list[Step]:
    path = [came[end]]
    while path[-1].leaves != giver:
        leaves = path[-1].leaves
        assert leaves is not None  # noqa: S101 - only a giver of None ends a chain at an open place
        path.append(came[leaves])
    return path[::-1]
