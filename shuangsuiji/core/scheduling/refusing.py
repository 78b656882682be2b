"""The Refusals of ``ssj schedule``: each names whom and when it is about, and what would do."""

from collections.abc import Mapping, Sequence
from datetime import date

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.scheduling.agenda import Entry
from shuangsuiji.core.scheduling.planning import Lack, Limits

_SHOWN = 8
_SOURCE = "方案的 period 和 schedule；rosters/leave 的请假"


class CannotSchedule(Refusal):
    """No schedule was found; `lacks` say for whom."""

    def __init__(self, lacks: Sequence[Lack], limits: Limits, names: Mapping[str, str], last: date):
        said = "".join(_said(lack, names) for lack in lacks[:_SHOWN])
        more = f"另有 {len(lacks) - _SHOWN} 处。" if len(lacks) > _SHOWN else ""
        rule = f"每人每天最多 {limits.per_day} 次、每周最多 {limits.per_week} 次"
        super().__init__(
            "cannot-schedule",
            f"排不出检查计划（{rule}，到 {last} 为止）：{said}{more}什么也没有写。",
            todo="可以：把方案的 schedule.per_day、per_week 改大，或写进更多的 weekdays；核对 rosters/leave 的请假；"
            "用 ssj adjust replace 换人，其余的加 --possible 先排；经批准延长方案的 period。",
            source=_SOURCE,
            details={
                "proven": all(lack.proven for lack in lacks),
                "lacks": [
                    {"visit": lack.visit, "proven": lack.proven}
                    if lack.visit
                    else {key: value for key, value in lack._asdict().items() if value not in ("", None)}
                    for lack in lacks
                ],
            },
        )


def no_days(first: date, last: date) -> Refusal:
    """There is no day at all on which anybody could go."""
    what = f"从 {first} 到 {last} 没有一天可以排检查：都是休息日，或方案的 schedule.closed、weekdays 不让排。"
    what += "什么也没有写。"
    todo = "请核对方案的 schedule.closed 和 weekdays；经批准延长的，先改方案的 period，再重新公示方案。"
    return Refusal("no-days", what, todo=todo, source=_SOURCE)


def _said(lack: Lack, names: Mapping[str, str]) -> str:
    if lack.visit:
        return f"检查 {lack.visit} 的组员没有一天同时在岗；"
    who = f"{names.get(lack.inspector, '')}（{lack.inspector}）"
    if lack.proven:
        return f"{who}有 {lack.visits} 次检查，最多排得下 {lack.room} 次；"
    week = f"，最紧的是 {lack.week} 那一周" if lack.week else ""
    return f"{who}有 {lack.visits} 次检查，与同组的人凑不到一起{week}；"


def entry_said(entry: Entry, names: Mapping[str, str]) -> str:
    """``A1（2023-05-09）：监督员01 当天请假``."""
    away = [f"{names.get(name, '') or name} 当天请假" for name in entry.away]
    away += [f"{names.get(name, '') or name} 当天检查太多" for name in entry.crowded]
    away += ["不在方案现在的检查期间、schedule 以内"] if entry.is_shut else []
    why = "、".join([*away, *(["已过，还没有登记检查"] if entry.is_missed else [])])
    return f"{entry.visit.visit}（{entry.planned}）{why}"
