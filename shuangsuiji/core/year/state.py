"""Where a plan stands: the fold of its events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from shuangsuiji.core.year.events import Drawn, DrawVoided, Event, Sealed


@dataclass(frozen=True, slots=True)
class Voided:
    """A draw that was declared void, with the paper that did it."""

    drawn: Drawn
    void: DrawVoided


@dataclass(frozen=True, slots=True)
class State:
    """The pool and the draw in force, the ledger line of the draw, and the draws voided before it."""

    sealed: Sealed | None = None
    drawn: Drawn | None = None
    line: int = 0
    voided: tuple[Voided, ...] = ()


def fold(events: Iterable[Event], start: State | None = None, lines: int = 0) -> State:
    """The state after `events`, which follow `start` (of so many `lines`)."""
    state = start or State()
    for number, event in enumerate(events, lines + 1):
        state = _after(state, event, number)
    return state


def _after(state: State, event: Event, number: int) -> State:
    match event:
        case Sealed():
            return replace(state, sealed=event)
        case Drawn():
            return replace(state, drawn=event, line=number)
        case DrawVoided():
            voided = (*state.voided, Voided(state.drawn, event)) if state.drawn else state.voided
            return replace(state, sealed=None, drawn=None, line=0, voided=voided)
        case _:
            assert_never(event)


def in_force(state: State) -> Drawn:
    """The draw in force. Raises LookupError where there is none: ask `state.drawn` first."""
    if state.drawn is None:
        raise LookupError("nothing is drawn")
    return state.drawn
