"""Recusals counted: for the how-manieth time somebody steps back.

Recusal is a duty and is never refused for its number. But it is told, so that it does not become the way to choose
who goes where. One act counts once, with however many visits of the subject it concerns.
"""

from collections.abc import Mapping

from shuangsuiji.core.year.adjustment import identity
from shuangsuiji.core.year.events import Recused
from shuangsuiji.core.year.state import State


def times(state: State) -> Mapping[tuple[str, str], int]:
    """By (visit, inspector) of the recusals in force: which time it was for him, in all sources."""
    acts: dict[str, dict[tuple[tuple[str, str], str], int]] = {}
    found: dict[tuple[str, str], int] = {}
    for happened in state.history:
        event = happened.event
        if isinstance(event, Recused) and _is_in_force(state, event.source, happened.line):
            mine = acts.setdefault(event.inspector, {})
            act = identity(event.source, event.subject), happened.at
            found[event.visit, event.inspector] = mine.setdefault(act, len(mine) + 1)
    return found


def _is_in_force(state: State, source: str, line: int) -> bool:
    return source in state.sources and line > state.sources[source].line
