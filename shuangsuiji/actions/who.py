"""Who enters something, and when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Who:
    """`by` = the person's name or account; `now` carries its offset from UTC."""

    by: str
    now: datetime

    @property
    def at(self) -> str:
        """The time as ledgers store it."""
        return self.now.isoformat(timespec="seconds")
