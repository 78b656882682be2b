"""The one clock: commands ask it, everything further in is told."""

from datetime import date, datetime


def now() -> datetime:
    """This moment, in local time with its offset."""
    return datetime.now().astimezone()


def today() -> date:
    """This day, in local time."""
    return now().date()
