"""When ledger lines were entered: a computer's clock may have been set back, or once have run years ahead.

Nothing stops for that: the time stays as the computer had it, and it is said which lines it concerns.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

TOLERANCE = timedelta(minutes=10)
"""How far the clocks of two computers may differ without a word."""
_MINUTES = len("2023-05-09 10:00")


def is_time(at: str) -> bool:
    """Whether `at` is a time that a computer's clock can have shown.

    >>> is_time("2023-05-09T10:00:00+08:00"), is_time("gestern"), is_time("0001-01-01T00:00:00+08:00")
    (True, False, False)
    """
    try:
        datetime.fromisoformat(at).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


class SetBack(NamedTuple):
    """Line number `line` was entered `at`, which is earlier than the line before it (`before`)."""

    line: int
    at: str
    before: str

    def shown(self) -> tuple[str, str]:
        """Both times for people, in the zone of `at`.

        >>> SetBack(2, "2023-05-09T10:00:00+08:00", "2023-05-09T03:00:00+00:00").shown()
        ('2023-05-09 10:00', '2023-05-09 11:00')
        """
        at = datetime.fromisoformat(self.at)
        before = datetime.fromisoformat(self.before).astimezone(at.tzinfo)
        return at.isoformat(" ")[:_MINUTES], before.isoformat(" ")[:_MINUTES]

    @property
    def warning(self) -> str:
        """What is said when such a line is entered."""
        at, before = self.shown()
        return (
            f"提醒  电脑时间是 {at}，早于台账上一行（第{self.line - 1}行）的录入时间 {before}。"
            "已照电脑时间记入台账，没有停下。请核对电脑的日期和时间：现在不对的，先改正再办下一项；"
            "上一行不对的，不用处理。ssj status 会列出这样的行。"
        )


def is_set_back(before: str, at: str) -> bool:
    """Whether the time `at` (ISO, as ledgers store it) is earlier than `before` by more than the tolerance.

    >>> is_set_back("2023-05-09T10:00:00+08:00", "2023-05-09T09:49:00+08:00")
    True
    >>> is_set_back("2023-05-09T10:00:00+08:00", "2023-05-09T03:00:00+00:00")
    False
    """
    if before[-6:] == at[-6:] and before <= at:  # one zone, as nearly all lines: no need to reckon
        return False
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(at) > TOLERANCE
    except (ValueError, TypeError):
        return False  # no time that we wrote


def set_back(times: Iterable[str]) -> Iterator[SetBack]:
    """The lines whose time runs backwards; `times` of all lines in order."""
    before = ""
    for line, at in enumerate(times, 1):
        if before and is_set_back(before, at):
            yield SetBack(line, at, before)
        before = at
