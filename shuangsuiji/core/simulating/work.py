"""The work of a simulation in pieces that do not depend on one another, so that several processes can share it."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.simulating.absence import Absence, Absences
from shuangsuiji.core.simulating.seeds import WORD
from shuangsuiji.core.simulating.tally import Tally, together
from shuangsuiji.core.simulating.trials import Trials
from shuangsuiji.core.simulating.years import Course, Waited, Waiting, added, years_on

PIECE = 25
"""So many draws in one piece: an eighth of a second in a county."""
_ABSENT, _COURSES = 200, 100
"""So many draws for each absence that nothing is proved about, and so many courses of years, at most."""


class Asked(NamedTuple):
    """How many draws, how many years, which share of the subjects changes each year, and the word for the seeds."""

    seeds: int = 2000
    years: int = 5
    turnover: Fraction = Fraction(0)
    text: str = WORD


class Piece(NamedTuple):
    """Draws or courses by their numbers, or one absence (`inspector`)."""

    kind: str
    numbers: range
    inspector: str = ""

    @property
    def weight(self) -> int:
        """How much of the progress it is."""
        return len(self.numbers) if self.kind != "absences" else 1


Made = Tally | Absence | Mapping[str, Waiting]


class Worker:
    """Does pieces of one simulation; what they share is made once."""

    def __init__(self, pool: Pool, asked: Asked, waited: Waited):
        self._pool, self._asked, self._waited = pool, asked, waited
        self._trials = Trials(pool, asked.text)
        self._absences = Absences(pool, asked.text, range(1, min(_ABSENT, asked.seeds) + 1))

    def do(self, piece: Piece) -> Made:
        """The counts of one piece."""
        match piece.kind:
            case "draws":
                return self._trials.run(piece.numbers)
            case "absences":
                return self._absences.of(piece.inspector)
            case _:
                course = Course(self._asked.years, self._asked.turnover)
                return years_on(self._pool, self._asked.text, course, self._waited, piece.numbers)


def pieces(pool: Pool, asked: Asked) -> list[Piece]:
    """All of the work."""
    courses = min(_COURSES, asked.seeds)
    return [
        *(Piece("draws", numbers) for numbers in _parts(asked.seeds)),
        *(Piece("years", numbers) for numbers in _parts(courses)),
        *(Piece("absences", range(0), one.inspector) for one in pool.inspectors),
    ]


def put_together(made: Iterable[Made]) -> tuple[Tally, list[Absence], dict[str, Waiting]]:
    """The counts of all pieces, whatever their order."""
    tallies, absences, waiting = [], [], []
    for each in made:
        match each:
            case Tally():
                tallies.append(each)
            case Absence():
                absences.append(each)
            case _:
                waiting.append(each)
    return together(tallies), sorted(absences, key=lambda one: one.inspector or ""), added(waiting)


def _parts(number: int, size: int = PIECE) -> Iterator[range]:
    for first in range(1, number + 1, size):
        yield range(first, min(first + size, number + 1))
