"""What a dossier tells before any of it is believed: its files, its ledger's lines, and the state before each line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.verifying.verdict import LEDGER
from shuangsuiji.core.year.events import Drawn, DrawVoided, Happened, ListVoided, Received, Sealed, SealVoided
from shuangsuiji.core.year.state import State, fold

Files = Mapping[str, bytes]
"""A dossier: content by path, with slashes, relative to its folder."""


def at(line: int) -> str:
    """``ledger.jsonl:7``: where a fault in the ledger stands."""
    return f"{LEDGER}:{line}"


class Story(NamedTuple):
    """`happened`: the events up to the first line that is none; `digests`: of all lines. `whole`: all could be read."""

    happened: Sequence[Happened]
    digests: Sequence[str]
    whole: bool


class Past:
    """The state before any line, folded as one goes along; ask in ascending order."""

    def __init__(self, happened: Sequence[Happened]):
        self._happened, self._state = happened, State()

    def before(self, line: int) -> State:
        """The fold of all lines before `line`. The Story is one that folds."""
        had = self._state.lines
        if had < line - 1:
            self._state = fold(self._happened[had : line - 1], self._state)
        return self._state


class Sealing(NamedTuple):
    """A pool that was sealed: its event, its draw where there was one, and where both are kept now.

    `until`: the line that voided it; 0 where it is in force.
    """

    line: int
    sealed: Sealed
    drawn_line: int
    drawn: Drawn | None
    folder: str
    until: int = 0

    @property
    def pool(self) -> str:
        """Where its pool belongs."""
        return f"{self.folder}pool"

    @property
    def result(self) -> str:
        """Where its result files belong."""
        return f"{self.folder}result"


class Reception(NamedTuple):
    """A list that was received, and where it is kept now; `until`: the line that took it back, 0 where none did."""

    line: int
    received: Received
    folder: str
    until: int = 0


def sealings(happened: Sequence[Happened]) -> Iterator[Sealing]:
    """Every pool that was sealed, in order, with what became of it."""
    now: Sealing | None = None
    draws = seals = 0
    for one in happened:
        event = one.event
        if isinstance(event, Sealed):
            if now is not None:
                yield now
            now = Sealing(one.line, event, 0, None, "")
        elif isinstance(event, Drawn) and now is not None and now.drawn is None:
            now = now._replace(drawn_line=one.line, drawn=event)
        elif isinstance(event, DrawVoided) and now is not None:
            draws += 1
            yield now._replace(folder=f"voided/{draws}/", until=one.line)
            now = None
        elif isinstance(event, SealVoided) and now is not None:
            seals += 1
            yield now._replace(folder=f"voided/S{seals}/", until=one.line)
            now = None
    if now is not None:
        yield now


def receptions(happened: Sequence[Happened]) -> Iterator[Reception]:
    """Every list that was received, in order."""
    voided = {one.event.source: one.line for one in happened if isinstance(one.event, ListVoided)}
    for one in happened:
        if isinstance(one.event, Received):
            until = voided.get(one.event.source, 0)
            folder = "voided" if until else "received"
            yield Reception(one.line, one.event, f"{folder}/{one.event.source}/", until)
