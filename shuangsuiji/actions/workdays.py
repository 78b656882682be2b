"""``ssj workdays``: the N-th working day after a date, and which days off and make-up days lie between."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.law.workdays import Special, UnknownYear, after, special_days
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.files.calendar import read_calendar, unknown_year
from shuangsuiji.files.workspace import Workspace

MOST = 10_000


class Counted(NamedTuple):
    """The answer. `assumed`: a year without notice was taken as Monday to Friday."""

    start: date
    workdays: int
    due: date
    assumed: bool
    special: Sequence[Special]


def workdays(workspace: Workspace, start: str, number: str, *, assume_weekdays: bool) -> Counted:
    """The `number`-th working day after `start`; both as typed. Raises Refusal for what is no date or number."""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        what = f"“{start}”不是日期。"
        raise Refusal("bad-date", what, todo="请写成 2025-09-26 的样子。", exit_code=USAGE) from None
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= MOST):
        what = f"“{number}”不是工作日数。"
        raise Refusal("bad-number", what, todo=f"请写 1 到 {MOST} 的整数。", exit_code=USAGE)
    calendar = read_calendar(workspace, assume_weekdays=assume_weekdays)
    try:
        last = after(calendar, first, int(number))
    except UnknownYear as unknown:
        raise unknown_year(unknown.year) from unknown
    return Counted(first, int(number), last.day, last.assumed, tuple(special_days(calendar, first, last.day)))
