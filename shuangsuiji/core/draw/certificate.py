"""Proofs that a refusal or an uneven load could not be avoided (protocol §7, end).

Of a visit's k places, r can be filled from outside a set V; the other k − r fall to V. If more falls to V than
V may carry, no lawful teams exist; if exactly what V carries falls to V, V's load cannot be given to others.
"""

from collections.abc import Collection, Mapping, Sequence

from shuangsuiji.core.draw.pairing import Need


def must_carry(need: Need, members: Collection[str]) -> int:
    """How many places (k − r) of this visit only `members` can fill, whoever else takes the others."""
    leads = sum(inspector not in members for inspector in need.leads)
    others = sum(inspector not in members for inspector in need.lawful - need.leads)
    return need.places - min(need.places, leads + min(others, need.places - 1))


def proves_infeasible(
    members: Collection[str], needs: Mapping[str, Need], load: Mapping[str, int], cap: Mapping[str, int]
) -> bool:
    """Whether `members` have to carry more than they may; `load` = the loads at the start.

    A member without a cap has room for anything; one who starts above his cap has none, but takes none from others.
    """
    if not all(inspector in cap for inspector in members):
        return False
    room = sum(max(0, cap[inspector] - load[inspector]) for inspector in members)
    return sum(must_carry(need, members) for need in needs.values()) > room


def proves_uneven(
    members: Collection[str], needs: Mapping[str, Need], start: Mapping[str, int], load: Mapping[str, int]
) -> bool:
    """Whether `members` carry nothing (`load` against `start`) that anybody else could have carried."""
    carried = sum(load[inspector] - start[inspector] for inspector in members)
    return carried == sum(must_carry(need, members) for need in needs.values())


def by_level(frozen: Sequence[frozenset[str]], load: Mapping[str, int]) -> list[frozenset[str]]:
    """Of growing sets the last of each load level: one explanation for all who carry equally much.

    >>> by_level([frozenset("A"), frozenset("AB"), frozenset("ABC")], {"A": 5, "B": 5, "C": 3}) == [
    ...     frozenset("AB"), frozenset("ABC")]
    True
    """
    before: frozenset[str] = frozenset()
    levels: dict[int, frozenset[str]] = {}
    for proof in frozen:
        levels[max(load[inspector] for inspector in proof - before)] = proof
        before = proof
    return list(levels.values())
