"""Working days (工作日): arithmetic on a Calendar, nothing else.

- The start day is not counted (民法典第二百零一条).
- A last day that is no working day moves to the next one, for limits in natural days too (民法典第二百零三条).
- Working days follow the State Council's yearly notice, make-up weekends included. A year without a notice is
  unknown, never Monday to Friday; with `assume_weekdays` it is answered that way, and marked as assumed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

SATURDAY = 5
WEEKDAYS = "一二三四五六日"


class UnknownYear(LookupError):
    """No notice is known for `year`; of one after MAXYEAR there never will be: dates end there."""

    def __init__(self, year: int):
        super().__init__(f"no notice for {year}")
        self.year = year


class Year(NamedTuple):
    """The working days of one year in order; `notice` = the document's number; `names` of days off, where known."""

    days: tuple[date, ...]
    notice: str = ""
    names: Mapping[date, str] = {}


class Due(NamedTuple):
    """A last day, and whether weekdays had to be assumed to find it."""

    day: date
    assumed: bool = False


class Special(NamedTuple):
    """A weekday off, or a weekend day worked (`is_off` false)."""

    day: date
    is_off: bool
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years whose notice is known."""

    years: Mapping[int, Year]
    assume_weekdays: bool = False

    def days(self, year: int) -> tuple[date, ...]:
        """The working days of `year`. Raises UnknownYear."""
        known = self.years.get(year)
        if known is not None:
            return known.days
        if self.assume_weekdays and year <= MAXYEAR:
            return weekdays(year)
        raise UnknownYear(year)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is a working day. Raises UnknownYear."""
        days = self.days(day.year)
        place = bisect_left(days, day)
        return place < len(days) and days[place] == day


@lru_cache
def weekdays(year: int) -> tuple[date, ...]:
    """Monday to Friday of `year`: what is assumed where nothing is known.

    >>> len(weekdays(2027))
    261
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < SATURDAY)


def after(calendar: Calendar, start: date, number: int) -> Due:
    """The `number`-th (from 1) working day after `start`. Raises UnknownYear where a year on the way is unknown.

    >>> after(Calendar({}, assume_weekdays=True), date(2027, 3, 5), 1)
    Due(day=datetime.date(2027, 3, 8), assumed=True)
    """
    if start == date.max:
        raise UnknownYear(MAXYEAR + 1)
    return _counted(calendar, start + timedelta(days=1), number)


def on_or_after(calendar: Calendar, day: date) -> Due:
    """`day` itself, or the next working day where it is none (民法典第二百零三条)."""
    return _counted(calendar, day, 1)


def _counted(calendar: Calendar, first: date, number: int) -> Due:
    """The `number`-th working day from `first` on."""
    year = first.year
    days = calendar.days(year)
    place = bisect_left(days, first) + number - 1
    assumed = year not in calendar.years
    while place >= len(days):
        place -= len(days)
        year += 1
        days = calendar.days(year)
        assumed = assumed or year not in calendar.years
    return Due(days[place], assumed)


def days_left(calendar: Calendar, today: date, due: date) -> int:
    """How many working days lie after `today` up to and with `due`; negative: how many `due` is past."""
    if due < today:
        return -_between(calendar, due, today)
    return _between(calendar, today, due)


def special_days(calendar: Calendar, start: date, end: date) -> Iterator[Special]:
    """Weekdays off and weekend days worked, after `start` up to and with `end`; none of assumed years."""
    for number in range(1, (end - start).days + 1):
        day = start + timedelta(days=number)
        year = calendar.years.get(day.year)
        if year is not None and calendar.is_workday(day) != (day.weekday() < SATURDAY):
            yield Special(day, day.weekday() < SATURDAY, year.names.get(day, ""))


def _between(calendar: Calendar, start: date, end: date) -> int:
    count = 0
    for year in range(start.year, end.year + 1):
        days = calendar.days(year)
        count += bisect_right(days, end) - bisect_right(days, start)
    return count
