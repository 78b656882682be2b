"""The clocks of the law as data: from what, how long, on what basis. A plan may override them (`deadlines:`).

- S1 = a district’s 抽查监管工作实施细则; S2 = a county’s 抽查工作实施方案 of 2023, its annex.
- ``date``: the day stands elsewhere (in the order, in the plan); ``percent``: a share of all tasks, at half time.
- “5日内” of S2 四(二) leaves the unit open: natural days by default, which is stricter; working days by choice.
"""

from collections.abc import Mapping
from datetime import MAXYEAR, date, datetime, timedelta
from difflib import get_close_matches
from typing import Literal, NamedTuple

from shuangsuiji.core.law.workdays import Calendar, UnknownYear, after, on_or_after

Unit = Literal["workdays", "days", "hours", "date", "percent"]
UNITS: Mapping[str, str] = {"workdays": "个工作日", "days": "日", "hours": "小时", "date": "", "percent": "%"}
DATE = len("2025-09-26")
"""Dates are texts of this length, ``YYYY-MM-DD``; moments are longer, ``YYYY-MM-DDTHH:MM``: both sort as time does."""

ANNEX = "抽查实施方案四"


class Clock(NamedTuple):
    """One limit: `name` = what has to be done, `since` = from when; `units` = those that a plan may choose."""

    id: str
    name: str
    since: str
    limit: int
    unit: Unit
    basis: str
    units: tuple[Unit, ...]

    @property
    def term(self) -> str:
        """The limit in words.

        >>> CLOCKS["result-public"].term, CLOCKS["check-upload"].term
        ('20个工作日', '24小时')
        """
        return f"{self.limit}{UNITS[self.unit]}" if self.unit != "date" else "规定日期"


_DAYS: tuple[Unit, ...] = ("workdays", "days")
_MOMENT: tuple[Unit, ...] = ("hours", "workdays", "days")

CLOCKS: Mapping[str, Clock] = {
    clock.id: clock
    for clock in (
        Clock("task-list", "下达任务清单", "抽取完成", 5, "workdays", "2018年国家随机监督抽查计划", _DAYS),
        Clock("check-upload", "上传检查结果", "现场检查结束", 24, "hours", f"{ANNEX}（二）", _MOMENT),
        Clock("report-upload", "上传检测结果", "接到检测报告", 24, "hours", f"{ANNEX}（二）", _MOMENT),
        Clock("case-filed", "录入立案信息", "立案", 5, "days", f"{ANNEX}（二）", _DAYS),
        Clock("penalty-decided", "录入处罚决定信息", "作出处罚决定", 5, "days", f"{ANNEX}（二）", _DAYS),
        Clock("case-closed", "录入结案信息", "结案", 5, "days", f"{ANNEX}（二）", _DAYS),
        Clock("result-public", "公开抽查结果", "抽查任务完成", 20, "workdays", f"{ANNEX}（一）；实施细则七", _DAYS),
        Clock("penalty-public", "公开行政处罚信息", "作出处罚决定", 7, "workdays", f"{ANNEX}（一）；实施细则七", _DAYS),
        Clock(
            *("penalty-withdrawn", "撤下已变更或撤销的处罚公示", "处罚变更或撤销", 3, "workdays"),
            *("行政处罚法第四十八条、第八十五条", _DAYS),
        ),
        Clock("follow-up", "复查整改情况", "责令改正", 0, "date", "责令改正文书；实施细则六（五）", ()),
        Clock("period-end", "完成检查", "方案开始", 0, "date", "年度抽查方案的实施时间", ()),
        Clock("half-time", "过半时间的完成率", "方案开始", 80, "percent", "年度抽查方案的实施时间", ("percent",)),
        Clock("certificate", "更换执法证", "执法证到期前", 30, "days", "行政处罚法第四十二条", ("days",)),
        Clock("licence", "核对许可证延续", "许可证到期前", 30, "days", "行政许可法第五十条", ("days",)),
    )
}


def unknown_clock(name: str) -> str:
    """A sentence about a clock that does not exist, with the nearest that does."""
    near = get_close_matches(name, CLOCKS, n=1, cutoff=0.6)
    return f"没有“{name}”这个期限。" + (f"是不是想写“{near[0]}”？" if near else f"可以写：{'、'.join(CLOCKS)}。")


def unfit_unit(clock: Clock, unit: str) -> str:
    """A sentence about a unit that a clock cannot have; blank where it can."""
    if unit in clock.units:
        return ""
    if not clock.units:
        return f"“{clock.id}”的日期由文书或方案规定，不能另定期限。请删去 limit 和 unit。"
    return f"“{clock.id}”的单位不能是“{unit}”。只能是 {'、'.join(clock.units)}。"


def due(clock: Clock, started: str, calendar: Calendar) -> tuple[str, bool]:
    """When `clock` ends that started on a date or at a moment, and whether weekdays had to be assumed.

    A limit in hours ends at a moment (of a bare date: counted from the day's end), any other on a date.
    Raises UnknownYear.

    >>> due(CLOCKS["check-upload"], "2025-09-26T16:30", Calendar({}))
    ('2025-09-27T16:30', False)
    """
    try:
        if clock.unit == "hours":
            moment = datetime.fromisoformat(started if len(started) > DATE else f"{started}T23:59")
            return (moment + timedelta(hours=clock.limit)).isoformat(timespec="minutes"), False
        start = date.fromisoformat(started[:DATE])
        if clock.unit == "workdays":
            last = after(calendar, start, clock.limit)
        else:
            last = on_or_after(calendar, start + timedelta(days=clock.limit))
    except OverflowError:
        raise UnknownYear(MAXYEAR + 1) from None
    return last.day.isoformat(), last.assumed
