"""Deadlines in words, for calendars and messages. No telephone numbers, no addresses: a Deadline has none."""

from collections.abc import Sequence

from shuangsuiji.core.year.deadlines import Deadline

LINES = 20
"""How many deadlines a message lists."""

STATUS = {"overdue": "逾期", "due": "将到期", "done-late": "逾期完成", "done": "按期完成"}
EXPIRES = {"certificate": "执法证", "licence": "许可证"}


def left_words(deadline: Deadline) -> str:
    """How long there is, or how long it has been due."""
    if deadline.left is None:
        return ""
    unit = "小时" if deadline.left_unit == "hours" else "个工作日"
    mark = "（推算）" if deadline.assumed else ""
    if deadline.left == 0 and deadline.status == "due":
        return ("不到 1 小时" if deadline.left_unit == "hours" else "今天") + mark
    return f"{'已过' if deadline.status == 'overdue' else '还有'} {abs(deadline.left)} {unit}{mark}"


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
    due = deadline.due.replace("T", " ")
    end = f"{EXPIRES[deadline.clock]} {due} 到期" if deadline.clock in EXPIRES else f"应于 {due} 前{deadline.what}"
    if deadline.clock == "half-time":
        end = f"{deadline.what}（{due}）"
    who = f"（{people(deadline)}）" if deadline.inspectors and deadline.clock != "certificate" else ""
    return f"【{STATUS[deadline.status]}】{about(deadline)}：{end}，{left_words(deadline)}{who}"


def reminder(deadlines: Sequence[Deadline]) -> tuple[str, str]:
    """The title and the text of a message about what is overdue or due."""
    overdue = sum(deadline.status == "overdue" for deadline in deadlines)
    open_ones = [deadline for deadline in deadlines if deadline.status in {"overdue", "due"}]
    parts = [f"逾期 {overdue} 项"] if overdue else []
    parts += [f"将到期 {len(open_ones) - overdue} 项"] if len(open_ones) > overdue else []
    lines = [line(deadline) for deadline in open_ones[:LINES]]
    if len(open_ones) > LINES:
        lines.append(f"……另有 {len(open_ones) - LINES} 项，请运行 ssj deadlines 查看。")
    return f"双随机期限提醒：{'，'.join(parts)}", "\n".join(lines)
