"""What ``ssj deadlines`` shows: overdue and due by urgency, or by inspector; nothing where nothing is."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from shuangsuiji.actions.deadlines import Found
from shuangsuiji.core.law.clocks import CLOCKS
from shuangsuiji.core.year.deadlines import STATUSES, Deadline
from shuangsuiji.core.year.reminder import EXPIRES, STATUS, about, left_words, people
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

if TYPE_CHECKING:
    from rich.text import Text

ROWS = 100
"""How many rows a table shows; the rest is counted, and is in the JSON and the calendar file."""

_WIDE = 100
"""Columns of a screen that holds the whole table."""
_STYLE = {"overdue": "bold red", "due": "yellow", "unknown": "bold yellow", "done-late": "dim", "done": "dim"}


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
    _bases(found.deadlines)
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
    """The first rows; on a narrow screen the task stands under its subject, and the people under what they have to do.

    What is the same for many rows, the basis, stands below, once for each kind.
    """
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    rows = [_Row.of(deadline) for deadline in deadlines[:ROWS]]
    names = ["状态", "期限", "剩余", "对象", "事项", "检查人员", "任务"]
    if console.width < _WIDE:
        rows = [row.narrow() for row in rows]
    shown = [number for number in range(len(names)) if any(row[number] for row in rows)]
    table = Table()
    for number in shown:
        table.add_column(names[number], overflow="fold", no_wrap=number in {0, 1, 2, 6})
    for row, deadline in zip(rows, deadlines, strict=False):
        table.add_row(*(_cell(number, row[number], deadline) for number in shown))
    console.print(table)
    if len(deadlines) > ROWS:
        console.print(f"…… 另有 {len(deadlines) - ROWS} 项，用 --json 或 --ics 可看全部。")


class _Row(NamedTuple):
    """What the columns say of a deadline."""

    status: str
    due: str
    left: str
    about: str
    what: str
    people: str
    task: str

    @classmethod
    def of(cls, deadline: Deadline) -> Self:
        """The row of `deadline`."""
        what = f"{EXPIRES[deadline.clock]}到期" if deadline.clock in EXPIRES else deadline.what
        left = left_words(deadline) or deadline.done_on.replace("T", " ")
        whose = "" if deadline.clock == "certificate" else people(deadline).replace("、", "\n")
        due = deadline.due.replace("T", " ")
        return cls(STATUS[deadline.status], due, left, about(deadline), what, whose, deadline.task)

    def narrow(self) -> Self:
        """The same in fewer columns: the words of `left` say what `status` says, but for what is done."""
        status = "" if self.left.startswith(("已过", "还有", "不到")) else self.status
        about, what = ("\n".join(filter(None, pair)) for pair in ((self.about, self.task), (self.what, self.people)))
        return self._replace(
            status="", left="\n".join(filter(None, (status, self.left))), about=about, what=what, people="", task=""
        )


def _cell(number: int, text: str, deadline: Deadline) -> "Text":
    from rich.text import Text  # noqa: PLC0415 - see console

    return Text(plain(text), _STYLE[deadline.status] if number in {0, 2} else "")


def _bases(deadlines: Sequence[Deadline]) -> None:
    """On what each kind of clock rests."""
    console = answers()
    bases = dict.fromkeys((CLOCKS[deadline.clock].name, deadline.basis) for deadline in deadlines)
    console.print("依据：" + "；".join(f"{name}——{plain(basis)}" for name, basis in bases) + "。", soft_wrap=True)


def _as_json(deadline: Deadline) -> dict[str, object]:
    return {**deadline._asdict(), "inspectors": [person._asdict() for person in deadline.inspectors]}
