"""How often days that were planned have been planned anew: who looks on sees whether somebody draws until it suits."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.year.events import Happened, Scheduled


class Changes(NamedTuple):
    """So many `times` days were planned anew, with a reason; so many `visits` got another day, each time counted."""

    times: int = 0
    visits: int = 0


def changes(happened: Iterable[Happened]) -> Changes:
    """Of a whole ledger, draws that were voided too."""
    planned: dict[tuple[str, str], date] = {}
    times = visits = 0
    for one in happened:
        if isinstance(one.event, Scheduled):
            days = {(each.source, each.visit): each.day for each in one.event.visits}
            if one.event.reason:
                times += 1
                visits += sum(name in planned and planned[name] != day for name, day in days.items())
            planned |= days
    return Changes(times, visits)
