"""Coverage over the years (protocol §5; docs/coverage.md): how long a subject has not been seen, and what follows.

- `left` = C minus the full years since the last visit, at least 1: the roster's 上次检查日期, or one on record for the
  stratum's specialty, whichever is later; who was never visited counts from 登记日期, else from the first
  sealed pool of an earlier plan that lists him.
- Registration never makes a known visit younger: a renewed licence is no inspection.
- What coming years will draw follows from how many have how many years left; where tickets decide between them, shares
  are taken (largest remainder), so a forecast has no randomness.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.draw.pool import PoolSubject
from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.roster.subject import Subject

COVERING_YEARS = 5
"""S1 五: everybody once in 3–5 years; below a fifth a year nobody can promise that."""
_TENTHS = 1000

Key = tuple[str, str]


class Stood(NamedTuple):
    """What a sealed pool says of a subject: on `day` (ISO) at least so many full `years` had gone by."""

    day: str
    years: int


class Known(NamedTuple):
    """What is on record: (specialty, subject) → the day of the last visit, or the first day in a sealed pool.

    `stood`: what the last sealed pool before this one says; `at_random`: `seen` without visits outside the draw.
    """

    seen: Mapping[Key, str] = {}
    listed: Mapping[Key, str] = {}
    stood: Mapping[Key, Stood] = {}
    at_random: Mapping[Key, str] = {}

    def last_visit(self, subject: Subject, specialty: str) -> str:
        """The day of the last visit, blank where none is known."""
        return max(subject.last_visit if _is_day(subject.last_visit) else "", _of(self.seen, subject, specialty))

    def since(self, subject: Subject, specialty: str) -> str:
        """From which day its years are counted, blank where nothing is known."""
        registered = subject.registered if _is_day(subject.registered) else ""
        return self.last_visit(subject, specialty) or registered or _of(self.listed, subject, specialty)

    def is_put_off(self, subject: Subject, specialty: str, years: int, as_of: date) -> bool:
        """Whether its time would be up, were it not for a visit outside the draw."""
        if _of(self.seen, subject, specialty) == _of(self.at_random, subject, specialty):
            return False
        without = self._replace(seen=self.at_random)
        due, now = (years_left(known.since(subject, specialty), years, as_of) for known in (without, self))
        return due == 1 < now

    def is_younger(self, subject: Subject, specialty: str, years: int, as_of: date) -> bool:
        """Whether it has more years left than the last pool and the visits on record allow: its dates were changed."""
        stood = self.stood.get((specialty, subject.subject))
        if stood is None or stood.day > as_of.isoformat():
            return False
        passed = stood.years + max(0, full_years(stood.day, as_of))
        if seen := _of(self.seen, subject, specialty):
            passed = min(passed, full_years(seen, as_of))
        return years_left(self.since(subject, specialty), years, as_of) > min(years, max(1, years - passed))


class Enough(NamedTuple):
    """The least that could cover a stratum in time: `number` a year, and the ratio that gives it (blank: a count)."""

    number: int
    ratio: str


def full_years(since: str, as_of: date) -> int:
    """Full years from the day `since` to `as_of`; negative for a day to come.

    >>> full_years("2018-05-10", date(2023, 5, 9)), full_years("2018-05-10", date(2023, 5, 10))
    (4, 5)
    """
    then = date.fromisoformat(since)
    return as_of.year - then.year - ((as_of.month, as_of.day) < (then.month, then.day))


def years_left(since: str, years: int, as_of: date) -> int:
    """`left` of protocol §5, 1 … C; C where `since` is blank.

    >>> [years_left(day, 5, date(2023, 4, 1)) for day in ("", "2022-05-01", "2020-04-01", "2011-01-01")]
    [5, 5, 2, 1]
    """
    return min(years, max(1, years - full_years(since, as_of))) if since else years


def bands(days: Iterable[str], years: int, as_of: date) -> tuple[int, ...]:
    """How many were not seen for how long: never known, less than 1 year, 1 to 2, …, `years` or more.

    >>> bands(["", "2023-01-01", "2021-01-01", "2010-01-01"], 3, date(2023, 4, 1))
    (1, 1, 0, 1, 1)
    """
    count = Counter(-1 if not day else min(years, max(0, full_years(day, as_of))) for day in days)
    return tuple(count[band] for band in range(-1, years + 1))


def enough(layer: Layer, population: int, years: int) -> Enough | None:
    """The least that could cover so many subjects in time; None where the stratum's own number can."""
    number = -(-population // years)
    if layer.quota_of(population) >= number:  # nobody to reach: nothing to do
        return None
    if not layer.ratio:
        return Enough(number, "")
    low, high = 1, _TENTHS
    while low < high:
        middle = (low + high) // 2
        if replace(layer, ratio=_percent(middle)).quota_of(population) >= number:
            high = middle
        else:
            low = middle + 1
    return Enough(number, _percent(low))


def forecast(members: Sequence[PoolSubject], *, number: int, later: int, years: int, ahead: int) -> list[int]:
    """How many will be drawn this year and in the `ahead` years after it, if the roster stays as it is.

    `number`: n of protocol §5 this year, `later`: in the years after it, when nobody is 必查. `members` have `left`.
    """
    waiting = Counter(subject.left or years for subject in members if not subject.must)
    drawn = Counter(subject.left or years for subject in members if subject.must)
    told = []
    for year in range(ahead + 1):
        for horizon in range(1, years + 1):
            within = [left for left in range(1, horizon + 1) if waiting[left] or drawn[left]]
            size = sum(waiting[left] + drawn[left] for left in within)
            _take(waiting, drawn, within, -(-size // horizon) - sum(drawn[left] for left in within))
        _take(waiting, drawn, sorted(waiting), (later if year else number) - drawn.total())
        told.append(drawn.total())
        older: Counter[int] = Counter()
        for left, how_many in waiting.items():
            older[max(1, left - 1)] += how_many
        older[years] += drawn.total()
        waiting, drawn = older, Counter()
    return told


def never_drawn(population: int, number: int, years: int) -> int:
    """How many of `population` to expect not drawn in `years` draws of `number` that know nothing of each other.

    >>> never_drawn(325, 26, 5)
    214
    """
    if not population:
        return 0
    return round(population * Fraction(max(0, population - number), population) ** years)


def _take(waiting: Counter[int], drawn: Counter[int], within: Sequence[int], missing: int) -> None:
    """Move `missing` from those waiting to those drawn, in shares of the largest remainder."""
    size = sum(waiting[left] for left in within)
    missing = min(missing, size)
    if missing <= 0:
        return
    share = {left: divmod(missing * waiting[left], size) for left in within}
    rest = missing - sum(whole for whole, _ in share.values())
    largest = sorted(within, key=lambda left: (-share[left][1], left))[:rest]
    for left in within:
        part = share[left][0] + (left in largest)
        waiting[left] -= part
        drawn[left] += part


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def _of(days: Mapping[Key, str], subject: Subject, specialty: str) -> str:
    if not days:
        return ""
    return days.get((specialty, subject.subject), "") or (
        days.get((specialty, subject.code), "") if subject.code else ""
    )


def _is_day(text: str) -> bool:
    if not text:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:  # that is a Problem of its own
        return False
    return True
