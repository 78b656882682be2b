"""What was declared void and stays on record: draws, sealings and received lists, each with the paper that did it."""

from typing import NamedTuple

from shuangsuiji.core.year.events import Drawn, DrawVoided, ListVoided, Received, Sealed, SealVoided


class VoidedDraw(NamedTuple):
    """A draw that was declared void, with the paper that did it."""

    drawn: Drawn
    void: DrawVoided


class VoidedSeal(NamedTuple):
    """A sealing that was declared void before its draw, with the paper that did it."""

    sealed: Sealed
    void: SealVoided


class VoidedList(NamedTuple):
    """A received list that was taken back, with the paper that did it."""

    received: Received
    void: ListVoided
