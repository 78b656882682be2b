"""What a verification says: one Line for each check, and the Verdict of all.

A check counts what it looked at. The first thing that does not hold is kept with where it stands, what was expected and
what was found; of the others only the number. What lacks the files for it is counted apart: it neither holds nor fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Grade
from shuangsuiji.core.year.events import TimestampAttached

LEDGER = "ledger.jsonl"
CHECKS = (
    "chain",
    "checkpoints",
    "printed",
    "dates",
    "order",
    "pool",
    "quotas",
    "seed",
    "grade",
    "selection",
    "visits",
    "teams",
    "certificates",
    "tickets",
    "lists",
    "recusals",
    "limit",
    "approvals",
    "rounds",
    "voids",
    "findings",
    "planned",
    "results",
    "published",
    "notices",
    "public",
)
"""All checks, in the order in which they are told; what each of them means stands in ``docs/verify.md``."""
_LONGEST = 300


class Fault(NamedTuple):
    """One thing that does not hold: `where` = file, or file:line; `why` is stable English."""

    where: str
    why: str
    expected: str = ""
    found: str = ""

    @property
    def line(self) -> int:
        """The ledger's line, 0 where it is in another file."""
        file, _, number = self.where.partition(":")
        return int(number) if file == LEDGER and number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One check: `count` things were looked at, `failing` of them do not hold, `unchecked` more could not be looked at.

    `where`, `why`, `expected`, `found`: of the first that does not hold.
    """

    check: str
    count: int
    failing: int = 0
    unchecked: int = 0
    where: str = ""
    why: str = ""
    expected: str = ""
    found: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether all of it holds; None where nothing of it could be looked at."""
        if self.failing:
            return False
        return None if self.unchecked and not self.count else True

    @property
    def fault(self) -> Fault | None:
        """The first thing that does not hold."""
        return Fault(self.where, self.why, self.expected, self.found) if self.failing else None


class Remark(NamedTuple):
    """Something that is no fault and yet is to be known; `code` is stable English."""

    code: str
    where: str
    what: str = ""


class Verdict(NamedTuple):
    """All that a verification found. `grade`: of the draw in force, recomputed; None where nothing is drawn.

    `draw`: its id. `events`: how many ledger lines were read. `public`: only a public folder was there to look at.
    `stamps`: time stamps whose signatures are still to be checked: that needs a library.
    """

    lines: tuple[Line, ...]
    grade: Grade | None = None
    draw: str = ""
    events: int = 0
    remarks: tuple[Remark, ...] = ()
    public: bool = False
    stamps: tuple[TimestampAttached, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return not any(line.failing for line in self.lines)

    @property
    def first_fault(self) -> tuple[str, Fault] | None:
        """What is wrong first, and by which check: of faults in the ledger the one on the earliest line.

        What follows from it shows on later lines, or in other checks.
        """
        wrong = [(line.check, line.fault) for line in self.lines if line.fault]
        lines = [(number, one) for one in wrong if (number := one[1].line)]
        if wrong and wrong[0][1].line:
            return min(lines, key=lambda one: one[0])[1]
        return wrong[0] if wrong else None


class Check:
    """A Line in the making."""

    def __init__(self, name: str):
        self.name = name
        self.count = self.failing = self.unchecked = 0
        self.first: Fault | None = None

    def passed(self, number: int = 1) -> None:
        """So many things hold."""
        self.count += number

    def cannot(self, number: int = 1) -> None:
        """So many things cannot be looked at: what they need is not there, or does not hold itself."""
        self.unchecked += number

    def wrong(self, where: str, why: str, expected: object = "", found: object = "") -> None:
        """One thing does not hold."""
        self.count += 1
        self.failing += 1
        if self.first is None:
            self.first = Fault(where, why, _short(expected), _short(found))

    def same(self, where: str, why: str, expected: object, found: object) -> bool:
        """Whether one thing is what it should be; counted either way."""
        if expected == found:
            self.count += 1
            return True
        self.wrong(where, why, expected, found)
        return False

    def expect(self, where: str, why: str, expected: object, found: object) -> bool:
        """The same of what is no thing of its own: counted only where it does not hold."""
        if expected != found:
            self.wrong(where, why, expected, found)
        return expected == found

    @property
    def line(self) -> Line:
        """What there is to say."""
        return Line(self.name, self.count, self.failing, self.unchecked, *(self.first or ()))


class Checks(dict[str, Check]):
    """All checks by name, in their order."""

    def __init__(self) -> None:
        super().__init__((name, Check(name)) for name in CHECKS)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those that had anything to look at."""
        return tuple(check.line for check in self.values() if check.count or check.unchecked)


def shown(parts: Sequence[object]) -> str:
    """Several values as one text, for `expected` and `found`."""
    return " ".join(map(str, parts))


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
