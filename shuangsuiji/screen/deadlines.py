"""What ``ssj deadlines`` shows: overdue and due by urgency, or by inspector; nothing where nothing is."""

from collections import Counter
from collections.abc import Sequence

from shuangsuiji.actions.deadlines import Found
from shuangsuiji.core.year.deadlines import STATUSES, Deadline
from shuangsuiji.core.year.reminder import EXPIRES, STATUS, about, left_words, people
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

ROWS = 100
"""How many rows a table shows; the rest is counted, and is in the JSON and the calendar file."""

_STYLE = {"overdue": "bold red", "due": "yellow", "done-late": "dim", "done": "dim"}


def show_deadlines(found: Found, *, by_inspector: bool) -> None:
    """The table on stdout; silent where there is nothing to say."""
    show_problems(found.problems)
    if not found.deadlines:
        return
    count = Counter(deadline.status for deadline in found.deadlines)
    told = "，".join(f"{STATUS[status]} {count[status]} 项" for status in STATUSES if count[status])
    moment = f"{found.asked.now:%Y-%m-%d %H:%M}"
    answers().print(f"截至 {moment}：{told}。", style="bold", soft_wrap=True)
    if by_inspector:
        for who, name, theirs in _by_inspector(found.deadlines):
            late = sum(deadline.status == "overdue" for deadline in theirs)
            head = f"{plain(name)}（{who}）" if who else "未指定检查人员"
            answers().print(f"{head}：{len(theirs)} 项，其中逾期 {late} 项", style="bold", soft_wrap=True)
            _table(theirs)
    else:
        _table(found.deadlines)
    if any(deadline.assumed for deadline in found.deadlines):
        answers().print("带“推算”的：该年没有放假通知，按周一至周五推算。", soft_wrap=True)


def print_deadlines(found: Found, *, by_inspector: bool) -> None:
    """The same for a program; also where there is nothing."""
    count = Counter(deadline.status for deadline in found.deadlines)
    value: dict[str, object] = {
        "ok": not found.problems,
        "as_of": found.asked.now.isoformat(timespec="minutes"),
        "within": found.asked.within,
        "counts": {status: count[status] for status in STATUSES},
        "deadlines": [_as_json(deadline) for deadline in found.deadlines],
        "problems": [as_json(problem) for problem in found.problems],
    }
    if by_inspector:
        value["inspectors"] = [
            {
                "inspector": who,
                "name": name,
                **{status: sum(d.status == status for d in theirs) for status in STATUSES},
                "deadlines": [deadline.id for deadline in theirs],
            }
            for who, name, theirs in _by_inspector(found.deadlines)
        ]
    print_json(value)


def _by_inspector(deadlines: Sequence[Deadline]) -> list[tuple[str, str, list[Deadline]]]:
    """Inspectors with their deadlines, the one with most overdue first; a blank id for those of nobody."""
    theirs: dict[str, list[Deadline]] = {}
    names: dict[str, str] = {}
    for deadline in deadlines:
        for person in deadline.inspectors:
            theirs.setdefault(person.inspector, []).append(deadline)
            names[person.inspector] = person.name
        if not deadline.inspectors:
            theirs.setdefault("", []).append(deadline)

    def order(who: str) -> tuple[bool, int, int, str]:
        return not who, -sum(d.status == "overdue" for d in theirs[who]), -len(theirs[who]), who

    return [(who, names.get(who, ""), theirs[who]) for who in sorted(theirs, key=order)]


def _table(deadlines: Sequence[Deadline]) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console
    from rich.text import Text  # noqa: PLC0415

    table = Table()
    for heading in ("状态", "期限", "剩余", "对象", "事项", "检查人员", "任务", "依据"):
        table.add_column(heading, overflow="fold")
    for deadline in deadlines[:ROWS]:
        what = f"{EXPIRES[deadline.clock]}到期" if deadline.clock in EXPIRES else deadline.what
        done = f"（{deadline.done_on.replace('T', ' ')}）" if deadline.done_on else ""
        table.add_row(
            Text(STATUS[deadline.status], _STYLE[deadline.status]),
            deadline.due.replace("T", " "),
            left_words(deadline) or done,
            *map(plain, (about(deadline), what, people(deadline), deadline.task, deadline.basis)),
        )
    console = answers()
    console.print(table)
    if len(deadlines) > ROWS:
        console.print(f"…… 另有 {len(deadlines) - ROWS} 项，用 --json 或 --ics 可看全部。")


def _as_json(deadline: Deadline) -> dict[str, object]:
    return {**deadline._asdict(), "inspectors": [person._asdict() for person in deadline.inspectors]}
