"""How far tasks have come, and the rates that managers are graded on (domain: 完成率, 完结率, 公示率).

- Done: an outcome is recorded, and the test report is in where samples were taken.
- 完成率 = done ÷ all; 完结率 = (done + closed by the superior) ÷ all; 公示率 = published ÷ done. Why so:
  docs/decisions/0008-rates-and-uploads.md.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from shuangsuiji.core.year.state import Task

_WHOLE = 10_000

Status = Literal["open", "checked", "done", "published", "closed"]

FORMULAS: Mapping[str, tuple[str, str]] = {
    "done": ("完成率", "有结果 ÷ 全部任务"),
    "finished": ("完结率", "（有结果＋上级完结）÷ 全部任务"),
    "published": ("公示率", "已公示 ÷ 有结果"),
}
"""What the rates are called, and how they are reckoned: said beside every figure."""


def status(task: Task) -> Status:
    """``open`` → ``checked`` (visit over) → ``done`` → ``published``; ``closed`` = closed by the superior."""
    values = task.values
    if task.voided is not None:
        return "closed"
    if "outcome" not in values or (values.get("sampled") == "yes" and "report_received" not in values):
        return "checked" if "check_ended" in values else "open"
    penalty_out = values["outcome"] == "PENALISED" and "penalty_published" in values
    return "published" if "published" in values or penalty_out else "done"


class Rate(NamedTuple):
    """`part` of `whole`; of nothing there is no rate."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """Two places, half up; only all of it is 100.00%, only none of it 0.00%.

        >>> Rate(843, 861).percent, Rate(861, 861).percent, Rate(99_999, 100_000).percent, Rate(0, 0).percent
        ('97.91%', '100.00%', '99.99%', '—')
        """
        if not self.whole:
            return "—"
        hundredths = (2 * _WHOLE * self.part + self.whole) // (2 * self.whole)
        if 0 < self.part < self.whole:
            hundredths = min(_WHOLE - 1, max(1, hundredths))
        return f"{hundredths // 100}.{hundredths % 100:02}%"

    def __str__(self) -> str:
        return f"{self.part}/{self.whole} = {self.percent}"


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
