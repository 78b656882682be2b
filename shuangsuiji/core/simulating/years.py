"""N years, one draw after the other with the protocol's selection: who is seen when, and how long others wait.

- Years are counted as the plan counts them: whoever is visited in year y has waited z − y years in year z. `left` is
  C minus the full years before the draw, that is C − (z − y − 1), at least 1 (protocol §5).
- `waited`: full years before the first draw, by stratum and subject, as rosters and ledgers tell; 0 where unknown.
- Turnover: after each year the same share of subjects closes, by tickets of the simulation, and as many open.
- Numbers, and who must always be drawn, stay as they are today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Ticket, shared_tickets, tickets
from shuangsuiji.core.draw.pool import Pool, PoolStratum
from shuangsuiji.core.draw.quota import number_to_draw
from shuangsuiji.core.draw.selection import chosen
from shuangsuiji.core.simulating.seeds import simulated


@dataclass(slots=True)
class Member:
    """One subject in one stratum; `last` = the year of its last visit (or of the one before it opened)."""

    subject: str
    must: bool
    last: int
    left: int | None = None
    seen: bool = False


@dataclass(slots=True)
class Waiting:
    """Of one stratum over `runs` of N years. By year: members seen since the first year; numbers drawn.

    `waits`: by run the longest wait that ended or was still going on; `unseen`: by run, after the last year.
    """

    population: int = 0
    runs: int = 0
    seen: Counter[int] = field(default_factory=Counter)
    drawn: dict[int, Counter[int]] = field(default_factory=dict)
    waits: Counter[int] = field(default_factory=Counter)
    unseen: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Waiting") -> None:
        """Count `other`'s runs too."""
        self.population = other.population
        self.runs += other.runs
        self.seen.update(other.seen)
        self.waits.update(other.waits)
        self.unseen.update(other.unseen)
        for year, counter in other.drawn.items():
            self.drawn.setdefault(year, Counter()).update(counter)

    def share(self, year: int) -> float:
        """The mean share of those there in `year` who have been seen by then."""
        return self.seen[year] / (self.runs * self.population) if self.runs and self.population else 0.0


class Course(NamedTuple):
    """How many years, and which share of the subjects changes after each."""

    years: int
    turnover: Fraction


Waited = Mapping[tuple[str, str], int]


def years_on(pool: Pool, text: str, course: Course, waited: Waited, runs: Iterable[int]) -> dict[str, Waiting]:
    """The courses with these numbers, by stratum."""
    found = {stratum.stratum: Waiting() for stratum in pool.strata}
    for run in runs:
        for stratum, waiting in _Run(pool, text, course, waited, run).waiting().items():
            found[stratum].add(waiting)
    return found


def added(parts: Iterable[Mapping[str, Waiting]]) -> dict[str, Waiting]:
    """All of them as one."""
    whole: dict[str, Waiting] = {}
    for part in parts:
        for stratum, waiting in part.items():
            whole.setdefault(stratum, Waiting()).add(waiting)
    return whole


def expected_share(stratum: PoolStratum, number: int, year: int) -> Fraction:
    """The mean share seen after `year` years without coverage rule and turnover: each year is a new chance."""
    free = stratum.population - stratum.must
    if not free:
        return Fraction(1)
    missed = 1 - Fraction(number - stratum.must, free)
    return 1 - Fraction(free, stratum.population) * missed**year


class _Run:
    def __init__(self, pool: Pool, text: str, course: Course, waited: Waited, run: int):
        self._pool, self._text, self._course, self._run = pool, text, course, run
        self._cover = pool.rules.coverage.years if pool.rules.coverage else None
        self._members: dict[str, dict[str, Member]] = {stratum.stratum: {} for stratum in pool.strata}
        for one in pool.subjects:
            since = waited.get((one.stratum, one.subject), 0)
            self._members[one.stratum][one.subject] = Member(one.subject, one.must, -since)

    def waiting(self) -> dict[str, Waiting]:
        """What the years bring."""
        found = {code: Waiting(len(members), 1) for code, members in self._members.items()}
        longest: Counter[str] = Counter()
        for year in range(1, self._course.years + 1):
            seed = simulated(self._text, self._run, year)
            ticket = tickets(seed)
            for stratum, order in zip(self._pool.strata, self._orders(seed, ticket), strict=True):
                code = stratum.stratum
                why = self._chosen(stratum, order, year)
                for member in order:
                    if member.subject in why:
                        longest[code] = max(longest[code], year - member.last)
                        member.last, member.seen = year, True
                found[code].drawn[year] = Counter((len(why),))
                found[code].seen[year] = sum(member.seen for member in order)
            if year < self._course.years:
                self._turn(ticket, year)
        for code, members in self._members.items():
            still = max((self._course.years - member.last for member in members.values()), default=0)
            found[code].waits[max(longest[code], still)] += 1
            found[code].unseen[sum(not member.seen for member in members.values())] += 1
        return found

    def _chosen(self, stratum: PoolStratum, order: Sequence[Member], year: int) -> Mapping[str, object]:
        if self._cover:
            for member in order:
                member.left = min(self._cover, max(1, self._cover - (year - member.last - 1)))
        must = sum(member.must for member in order)
        number = number_to_draw(len(order), must, stratum.quota, self._pool.rules.must_include)
        return chosen(order, number=number, years=self._cover)

    def _orders(self, seed: str, ticket: Ticket) -> list[list[Member]]:
        """The members of each stratum in ticket order."""
        if self._pool.rules.tickets == "independent":
            return [
                [members[s] for _, s in sorted((ticket("object", code, s), s) for s in members)]
                for code, members in self._members.items()
            ]
        everybody = list(dict.fromkeys(subject for members in self._members.values() for subject in members))
        shared = shared_tickets(seed, map(str.encode, everybody))
        order = [subject for _, subject in sorted(zip(shared, everybody, strict=True))]
        return [[members[s] for s in order if s in members] for members in self._members.values()]

    def _turn(self, ticket: Ticket, year: int) -> None:
        """Some close and as many open, of the same strata, never visited yet."""
        everybody = sorted({subject for members in self._members.values() for subject in members})
        leaving = round(len(everybody) * self._course.turnover)
        if not leaving:
            return
        strata: dict[str, list[str]] = defaultdict(list)
        for code, members in self._members.items():
            for subject in members:
                strata[subject].append(code)
        for number, subject in enumerate(sorted(everybody, key=lambda s: ticket("leave", s))[:leaving]):
            new = f"NEW.{year}.{number}"
            for code in strata[subject]:
                del self._members[code][subject]
                self._members[code][new] = Member(new, must=False, last=year)
