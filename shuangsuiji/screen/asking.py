"""What ``ssj import`` asks on a terminal: what a column is, and what becomes of rows that are one beyond doubt."""

from collections.abc import Sequence
from typing import TypeVar

import typer

from shuangsuiji.core.importing.duplicates import Policy, Twins
from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.headings import LEFT_OUT
from shuangsuiji.core.importing.raw import Kind, Unsure
from shuangsuiji.core.importing.unsure import KEPT
from shuangsuiji.screen.console import notices, plain

T = TypeVar("T", bound=str)

_POLICIES: Sequence[tuple[Policy, str]] = (
    ("merge", "合并成一行"),
    ("mark", "保留，在“疑似重复”列标记"),
    ("keep", "保留，不标记"),
)


class Asking:
    """Questions on stderr, answers from the keyboard: the number of a choice."""

    def __init__(self, kind: Kind):
        self._fields = [column.heading for column in COLUMNS[kind]]

    def column(self, unsure: Unsure) -> str:
        """The field that a column is."""
        title = f"“{unsure.heading}”（{unsure.letter}列）" if unsure.heading else f"{unsure.letter}列（没有标题）"
        _say(f"\n{unsure.place.file} 的{title}是什么？")
        if unsure.samples:
            _say(f"内容如：{'、'.join(unsure.samples)}")
        choices = [(one.target, f"{one.target}（{one.why}）") for one in unsure.candidates]
        choices += [(KEPT, "照原样保留，作为本单位自己的列"), (LEFT_OUT, "不导入这一列"), ("", "别的字段")]
        chosen = _choose(choices)
        return chosen or _choose([(field, field) for field in self._fields])

    def policy(self, groups: Sequence[Twins]) -> Policy:
        """What becomes of rows that are one beyond doubt."""
        rows = sum(len(twins.rows) for twins in groups)
        reasons = "；".join(dict.fromkeys(reason for twins in groups for reason in twins.why.split("；")))
        _say(f"\n有 {rows} 行其实是 {len(groups)} 家（{reasons}）。怎么办？")
        return _choose(_POLICIES)


def _choose(choices: Sequence[tuple[T, str]]) -> T:
    for number, (_, said) in enumerate(choices, 1):
        _say(f"  {number}. {said}")
    while True:
        answer = typer.prompt("请输入编号", default="1", err=True).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1][0]
        _say(f"请输入 1 到 {len(choices)}。")


def _say(text: str) -> None:
    notices().print(plain(text), soft_wrap=True)
