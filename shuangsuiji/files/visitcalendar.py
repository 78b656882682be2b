"""Planned visits as a calendar file that Outlook and phones take: one all-day event each.

No telephone numbers: calendars wander to phones and clouds. The same visit has the same UID each time, and a greater
SEQUENCE after each schedule, so a calendar that imports the file again moves its entry.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from shuangsuiji.files.ics import calendar_file, escaped


class Stop(NamedTuple):
    """One visit: `key` names it for ever; `what`: the specialties, `team`: the inspectors, as people read them."""

    key: str
    day: date
    visit: str
    name: str
    address: str
    what: str
    team: str


def visit_calendar(title: str, stops: Sequence[Stop], now: datetime, sequence: int) -> bytes:
    """The calendar file of `stops`; `sequence`: the how-manieth schedule this is."""
    return calendar_file(title, (_event(stop, now, sequence) for stop in stops))


def _event(stop: Stop, now: datetime, sequence: int) -> Iterator[str]:
    told = "\n".join(
        (f"检查编号：{stop.visit}", f"专业：{stop.what}", f"检查人员：{stop.team}", "内部资料，不得外传。")
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(stop.key.encode()).hexdigest()[:32]}@shuangsuiji"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{sequence}"
    yield f"DTSTART;VALUE=DATE:{stop.day:%Y%m%d}"
    if stop.day < date.max:
        yield f"DTEND;VALUE=DATE:{stop.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'检查：{stop.name}')}"
    if stop.address:
        yield f"LOCATION:{escaped(stop.address)}"
    yield f"DESCRIPTION:{escaped(told)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
