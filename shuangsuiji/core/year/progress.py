"""How far tasks have come, and the rates that managers are graded on (domain: 完成率, 完结率, 公示率).

- Done: an outcome is recorded, and the test report is in where samples were taken.
- 完成率 = done ÷ all; 完结率 = (done + closed by the superior) ÷ all; 公示率 = published ÷ done.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from shuangsuiji.core.year.state import Task

Status = Literal["open", "checked", "done", "published", "closed"]


def status(task: Task) -> Status:
    """``open`` → ``checked`` (visit over) → ``done`` → ``published``; ``closed`` = closed by the superior."""
    values = task.values
    if task.voided is not None:
        return "closed"
    if "outcome" not in values or (values.get("sampled") == "yes" and "report_received" not in values):
        return "checked" if "check_ended" in values else "open"
    penalty_out = values["outcome"] == "PENALISED" and "penalty_published" in values
    return "published" if "published" in values or penalty_out else "done"


class Progress(NamedTuple):
    """Numbers of tasks; `done` includes the published ones."""

    tasks: int
    open: int
    checked: int
    done: int
    published: int
    closed: int


def progress(tasks: Iterable[Task]) -> Progress:
    """How many of `tasks` have come how far."""
    count = dict.fromkeys(("open", "checked", "done", "published", "closed"), 0)
    for task in tasks:
        count[status(task)] += 1
    done = count["done"] + count["published"]
    return Progress(sum(count.values()), count["open"], count["checked"], done, count["published"], count["closed"])
