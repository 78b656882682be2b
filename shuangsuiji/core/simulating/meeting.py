"""Who meets whom: of an inspector's visits the share with the same partner, against what even mixing gives.

Even mixing: on each of his visits everybody who may lawfully be there beside him is there equally often. Where only
few may, even mixing itself brings the same two together: then only more people help.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.simulating.tally import Tally


class Meeting(NamedTuple):
    """`visits` of `inspector` per draw, and of these the `share` with `partner`; `even`: the share by even mixing."""

    inspector: str
    partner: str
    visits: float
    share: float
    even: float


def meetings(tally: Tally) -> list[Meeting]:
    """All who met or could have met, both ways; the largest shares first."""
    visits: Counter[str] = Counter()
    even: dict[tuple[str, str], float] = defaultdict(float)
    for need, seats in tally.seats.items():
        for inspector, number in seats.items():
            visits[inspector] += number
            for partner in need.lawful:
                if partner != inspector:
                    even[inspector, partner] += number * beside(need, inspector, partner)
    found = []
    for (inspector, partner), expected in even.items():
        met = tally.pairs[min(inspector, partner), max(inspector, partner)]
        found.append(
            Meeting(
                inspector,
                partner,
                visits[inspector] / tally.paired,
                met / visits[inspector],
                expected / visits[inspector],
            )
        )
    return sorted(found, key=lambda one: (-one.share, one.inspector, one.partner))


def beside(need: Need, inspector: str, partner: str) -> float:
    """How probable `partner` is on a team that `inspector` is on, when everybody is equally so.

    >>> three = frozenset("ABC")
    >>> beside(Need(three, three, 2), "A", "B")
    0.5
    >>> beside(Need(three, frozenset("B"), 2), "A", "B"), beside(Need(three, frozenset("B"), 2), "A", "C")
    (1.0, 0.0)
    """
    others, places = len(need.lawful) - 1, need.places - 1
    if not places or not others:
        return 0.0
    if inspector in need.leads:
        return min(1.0, places / others)
    rest = (places - 1) / (others - 1) if others > 1 else 0.0  # a lead has taken one of the places
    if partner in need.leads:
        first = 1 / len(need.leads)
        return first + (1 - first) * rest
    return rest
