"""What is looked for in the roster of subjects, and how much it weighs: the one place of both.

- A subject is worth 100 points. Six things are looked at: code 20, address 20, telephone 10, whether it is there
  twice 20, licence 15, visits 15. Of each at most one finding is made, the heavier one; a subject with all is worth 0.
- A stratum's score is the mean of its subjects: 100 − Σ weight × share.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "no_code",
    "bad_code",
    "no_address",
    "no_phone",
    "duplicate",
    "licence_lapsed",
    "licence_lapsing",
    "never_visited",
    "not_visited",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FULL = 100


class Measure(NamedTuple):
    """One thing that is looked for: what it is called, its `weight`, the roster's column, the rule, what to do.

    ``{years}``, ``{day}`` and ``{until}`` stand for the years of a round, the reference day, the end of the plan.
    """

    name: str
    weight: int
    column: str
    rule: str
    todo: str


MEASURES: Mapping[Kind, Measure] = {
    "no_code": Measure(
        "无代码",
        20,
        "统一社会信用代码",
        "没有填统一社会信用代码。",
        "从营业执照或许可证上查到后补填；确实没有的不用管。",
    ),
    "bad_code": Measure(
        "代码有误",
        10,
        "统一社会信用代码",
        "统一社会信用代码不是 18 位、有不该出现的字符，或校验位不对。",
        "对照营业执照核对；不影响抽取。",
    ),
    "no_address": Measure("无地址", 20, "地址", "没有填地址。", "补填实际经营地址，任务单上要用。"),
    "no_phone": Measure("无电话", 10, "联系电话", "没有填联系电话。", "补填联系电话，上门前联系要用。"),
    "duplicate": Measure(
        "疑似重复",
        20,
        "单位名称",
        "编号不同，而许可证号相同，或代码和名称相同，或代码相同、地址不矛盾，或名称相同、地址不矛盾。",
        "核对；是同一家的合并成一行，否则被抽中的机会加倍。",
    ),
    "licence_lapsed": Measure(
        "许可过期", 15, "许可证有效期", "许可证在 {day} 以前已经到期。", "核对是否延续；已停业、注销的改“状态”。"
    ),
    "licence_lapsing": Measure(
        "许可将到期",
        5,
        "许可证有效期",
        "许可证在 {day} 到 {until}（方案期间内）到期。",
        "提醒办理延续，延续后更新有效期。",
    ),
    "never_visited": Measure(
        "满轮未查",
        15,
        "上次检查日期",
        "没有上次检查日期，登记日期也空着或已满 {years} 年。",
        "查过的补填日期；确实没有查过的，考虑列入必查。",
    ),
    "not_visited": Measure(
        "久未检查",
        10,
        "上次检查日期",
        "上次检查到 {day} 已满 {years} 年。",
        "核对日期；确实没有再查过的，考虑列入必查。",
    ),
}

PAIRS: tuple[tuple[Kind, ...], ...] = (
    ("no_code", "bad_code"),
    ("no_address",),
    ("no_phone",),
    ("duplicate",),
    ("licence_lapsed", "licence_lapsing"),
    ("never_visited", "not_visited"),
)
"""The six things that are looked at: of each at most one finding."""


def score(counts: Mapping[Kind, int], subjects: int) -> Fraction | None:
    """From 0 to 100, exact; None where there are no subjects.

    >>> score({"no_code": 1, "no_phone": 2}, 4)
    Fraction(90, 1)
    """
    if not subjects:
        return None
    return FULL - Fraction(sum(MEASURES[kind].weight * number for kind, number in counts.items()), subjects)


def shown(value: Fraction | None) -> str:
    """A score with one decimal, never rounded up: 100.0 is a roster in which nothing was found.

    >>> shown(Fraction(99999, 1000)), shown(Fraction(100)), shown(None)
    ('99.9', '100.0', '')
    """
    if value is None:
        return ""
    whole, tenth = divmod(value * 10 // 1, 10)
    return f"{whole}.{tenth}"
