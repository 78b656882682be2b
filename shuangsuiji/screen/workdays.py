"""What ``ssj workdays`` shows: the due date with its weekday, days off and make-up days on the way."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from shuangsuiji.actions.workdays import Counted
from shuangsuiji.core.law.workdays import WEEKDAYS, Special
from shuangsuiji.screen.console import answers, notices, print_json


def show_workdays(counted: Counted) -> None:
    """The answer in a sentence."""
    console = answers()
    console.print(
        f"{_day(counted.start)}起第 {counted.workdays} 个工作日：{_day(counted.due)}", style="bold", soft_wrap=True
    )
    for is_off, word in ((True, "其间放假"), (False, "周末上班")):
        days = [special for special in counted.special if special.is_off is is_off]
        if days:
            console.print(f"{word}：{'、'.join(_runs(days))}", soft_wrap=True)
    if counted.assumed:
        notices().print("注意：有的年份没有放假通知，按周一至周五推算，仅供参考。", soft_wrap=True)


def print_workdays(counted: Counted) -> None:
    """The same for a program; `assumed` only where it is so."""
    print_json(
        {
            "start": counted.start.isoformat(),
            "workdays": counted.workdays,
            "due": counted.due.isoformat(),
            **({"assumed": True} if counted.assumed else {}),
        }
    )


def _day(day: date) -> str:
    return f"{day}（星期{WEEKDAYS[day.weekday()]}）"


def _runs(days: Sequence[Special]) -> list[str]:
    """Days that follow each other under one name as one stretch: ``10-01至10-03（国庆节）``."""
    runs: list[list[Special]] = [[days[0]]]
    for before, day in pairwise(days):
        if day.day - before.day == timedelta(days=1) and day.name == before.name:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        f"{run[0].day:%m-%d}"
        + (f"至{run[-1].day:%m-%d}" if len(run) > 1 else "")
        + (f"（{run[0].name}）" if run[0].name else "")
        for run in runs
    ]
