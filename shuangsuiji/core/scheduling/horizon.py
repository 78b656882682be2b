"""The days on which visits can be made: working days that the plan allows, by week; and who is there on which."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from shuangsuiji.core.law.workdays import Calendar
from shuangsuiji.core.roster.leave import Leave


def monday(day: date) -> date:
    """The first day of the week of `day`.

    >>> monday(date(2023, 5, 14))
    datetime.date(2023, 5, 8)
    """
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))


@dataclass(frozen=True)
class Horizon:
    """`days` in order; a set of them is an integer, bit n for the n-th day."""

    days: tuple[date, ...]

    @cached_property
    def weeks(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the days, week by week; weeks without any are left out."""
        found: dict[date, list[int]] = {}
        for number, day in enumerate(self.days):
            found.setdefault(monday(day), []).append(number)
        return tuple(map(tuple, found.values()))

    @cached_property
    def week_masks(self) -> tuple[int, ...]:
        """The days of each week."""
        return tuple(sum(1 << number for number in week) for week in self.weeks)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each week."""
        return tuple(monday(self.days[week[0]]) for week in self.weeks)

    def present(self, leaves: Iterable[Leave]) -> int:
        """The days that none of `leaves` (of one inspector) takes."""
        mask = (1 << len(self.days)) - 1
        for leave in leaves:
            start, stop = bisect_left(self.days, leave.start), bisect_right(self.days, leave.end)
            for number in range(start, stop):
                mask &= ~(1 << number)
        return mask

    def by_week(self, mask: int) -> list[int]:
        """How many days of `mask` each week has."""
        return [(mask & week).bit_count() for week in self.week_masks]


def horizon(
    calendar: Calendar, first: date, last: date, weekdays: Collection[int], closed: Sequence[tuple[date, date]] = ()
) -> Horizon:
    """The working days from `first` to `last` that are `weekdays` (1 = Monday) and none of `closed`. UnknownYear."""
    days = (day for year in range(first.year, last.year + 1) for day in calendar.days(year))
    return Horizon(
        tuple(
            day
            for day in days
            if first <= day <= last
            and day.isoweekday() in weekdays
            and not any(start <= day <= end for start, end in closed)
        )
    )
