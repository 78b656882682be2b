"""Deadlines in words, for calendars and messages. No telephone numbers, no addresses: a Deadline has none."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from shuangsuiji.core.law.clocks import DATE
from shuangsuiji.core.year.deadlines import STATUSES, Deadline

LINES = 20
"""How many deadlines a message lists."""

STATUS = {"overdue": "逾期", "due": "将到期", "unknown": "算不出", "done-late": "逾期完成", "done": "按期完成"}
EXPIRES = {"certificate": "执法证", "licence": "许可证"}


def left_words(deadline: Deadline) -> str:
    """How long there is, or how long it has been due; blank where that is over or not known."""
    if deadline.left is None:
        return ""
    mark = "（推算）" if deadline.assumed else ""
    return span(deadline.left, deadline.left_unit, is_over=deadline.status == "overdue") + mark


def span(left: int, unit: Literal["workdays", "hours"], *, is_over: bool) -> str:
    """Working days or hours to a last day, or since; a day off may be the last, so 0 need not be today.

    >>> span(2, "workdays", is_over=False), span(0, "workdays", is_over=False), span(-30, "hours", is_over=True)
    ('还有 2 个工作日', '不到 1 个工作日', '已过 30 小时')
    """
    number, word = abs(left) or "不到 1", {"workdays": "个工作日", "hours": "小时"}[unit]
    start = "已过 " if is_over else "还有 " if left else ""
    return f"{start}{number} {word}"


def about(deadline: Deadline) -> str:
    """Whom or what it concerns: the subject's name, or the inspector's, or the plan."""
    if deadline.clock == "certificate":
        return deadline.inspectors[0].name
    return deadline.name or deadline.subject or deadline.plan


def people(deadline: Deadline) -> str:
    """The inspectors by name."""
    return "、".join(person.name or person.inspector for person in deadline.inspectors)


def line(deadline: Deadline) -> str:
    """One deadline in one line."""
    if not deadline.due:
        lacks = f"从 {deadline.started[:DATE]} 起算，缺 {deadline.unknown_year} 年的放假安排"
        return f"【{STATUS[deadline.status]}】{about(deadline)}：{deadline.what}，{lacks}"
    due = deadline.due.replace("T", " ")
    end = f"{EXPIRES[deadline.clock]} {due} 到期" if deadline.clock in EXPIRES else f"应于 {due} 前{deadline.what}"
    if deadline.clock == "half-time":
        end = f"{deadline.what}（{due}）"
    left = f"，{left_words(deadline)}" if left_words(deadline) else ""
    who = f"（{people(deadline)}）" if deadline.inspectors and deadline.clock != "certificate" else ""
    return f"【{STATUS[deadline.status]}】{about(deadline)}：{end}{left}{who}"


def reminder(deadlines: Sequence[Deadline], faults: Sequence[str] = ()) -> tuple[str, str]:
    """The title and the text of a message about what is open; `faults`: why something could not be looked at."""
    open_ones = [deadline for deadline in deadlines if not deadline.done_on]
    count = Counter(deadline.status for deadline in open_ones)
    parts = [f"{STATUS[status]} {count[status]} 项" for status in STATUSES if count[status]]
    parts += [f"错误 {len(faults)} 处"] if faults else []
    lines = [line(deadline) for deadline in open_ones[:LINES]]
    if len(open_ones) > LINES:
        lines.append(f"……另有 {len(open_ones) - LINES} 项，请运行 ssj deadlines 查看。")
    return f"双随机期限提醒：{'，'.join(parts)}", "\n".join([*lines, *faults[:LINES]])
