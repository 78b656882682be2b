"""A round of re-draws (protocol §8): who takes the places of those who step back or are replaced.

- In order of ``T("recuse", visit, inspector)`` the inspector leaves, and is no longer among the lawful ones there.
- The hat: who may join and has room, and carries no more than the ⌈half⌉-th least loaded of them; the smallest
  ``T("redraw", visit, c)`` joins. The half, not the least loaded alone: whoever stepped down last would be next.
- An empty hat: the shortest chain of moves, as when teams are first mended. Else only the asked places change.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Ticket
from shuangsuiji.core.draw.pairing import Need, Pairing, Step, chain


class Move(NamedTuple):
    """`joins` takes the place of `leaves` on `visit`; `asked` is false for those whom a chain moved."""

    visit: str
    leaves: str
    joins: str
    asked: bool


class Stuck(NamedTuple):
    """A place that nobody can take; `full` = those who may by law, but have no room."""

    visit: str
    leaves: str
    full: tuple[str, ...]


class Round(NamedTuple):
    """`moves` in the order in which they were made; with anything `stuck` they are not to be used."""

    moves: tuple[Move, ...]
    stuck: tuple[Stuck, ...]


def redraw(
    needs: Mapping[str, Need],
    teams: Mapping[str, Collection[str]],
    load: Mapping[str, int],
    cap: Mapping[str, int],
    leaving: Collection[tuple[str, str]],
    ticket: Ticket,
) -> Round:
    """Fill the places of `leaving` (visit, inspector) under the round's own `ticket`.

    `needs`, `teams`: the visits that may change at all; whoever is unavailable, or stepped back from a visit before,
    is already out of `needs`. `load`: what everybody carries besides these `teams`.
    """
    needs = dict(needs)
    start = {**dict.fromkeys((i for team in teams.values() for i in team), 0), **load}
    state = Pairing(needs, start, cap, ticket)
    state.apply(Step(None, visit, inspector) for visit, team in teams.items() for inspector in team)
    moves: list[Move] = []
    stuck: list[Stuck] = []
    for visit, inspector in sorted(leaving, key=lambda place: ticket("recuse", *place)):
        is_there = inspector in state.teams[visit]  # a chain may have moved him already
        if is_there:
            state.leave(visit, inspector)
        need = needs[visit]
        needs[visit] = need._replace(lawful=need.lawful - {inspector}, leads=need.leads - {inspector})
        if not is_there:
            continue
        path = _path(state, visit, ticket)
        if path is None:
            stuck.append(Stuck(visit, inspector, tuple(sorted(state.joinable(visit, None)))))
            continue
        state.apply(path)
        for leaves, where, joins in path:
            gone = inspector if leaves is None else leaves
            moves.append(Move(where, gone, joins, (where, gone) in leaving))
    return Round(tuple(moves), tuple(stuck))


def _path(state: Pairing, visit: str, ticket: Ticket) -> list[Step] | None:
    """How the open place of `visit` is filled: one step from the hat, else a chain; None where nothing helps."""
    hat = _hat(state, visit)
    if hat:
        return [Step(None, visit, min(hat, key=lambda inspector: ticket("redraw", visit, inspector)))]
    return chain(state, None, [visit], barred=frozenset(), goal=state.has_room)[0]


def _hat(state: Pairing, visit: str) -> list[str]:
    able = [inspector for inspector in state.joinable(visit, None) if state.has_room(inspector)]
    if not able:
        return []
    half = sorted(state.load[inspector] for inspector in able)[(len(able) + 1) // 2 - 1]
    return [inspector for inspector in able if state.load[inspector] <= half]
