"""This year beside the last: the same figures, reckoned in the same way from either ledger."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.findings import OUTCOMES
from shuangsuiji.core.year.progress import Rate, progress, status
from shuangsuiji.core.year.report.figures import Column, Row, Table, shown, yuan
from shuangsuiji.core.year.standing import rates
from shuangsuiji.core.year.state import OTHERWISE, State


class Line(NamedTuple):
    """One figure of a year."""

    name: str
    unit: str
    value: int | Decimal | Rate


def comparison(year: int, state: State, last: tuple[Plan, State]) -> Table:
    """Both years and the change."""
    plan, before = last
    now, then = figures(state), figures(before)
    columns = (
        Column("name", "指标", 22, "text"),
        Column("unit", "单位", 8, "text"),
        Column("now", f"{year}年", 16, "text"),
        Column("then", f"{plan.year}年", 16, "text"),
        Column("change", "增减", 16, "text"),
    )
    rows: list[Row] = [
        (a.name, a.unit, a.value, b.value, change(a.value, b.value)) for a, b in zip(now, then, strict=True)
    ]
    note = "率的增减为百分点。上年数按上年台账现有记录，用同样的算法。"
    return Table("comparison", f"与{plan.year}年比较", columns, rows, (), note)


def figures(state: State) -> list[Line]:
    """What is compared."""
    drawn = [task for task in state.tasks.values() if task.source != OTHERWISE]
    total = progress(drawn)
    of = rates(total)
    done = [task for task in drawn if status(task) in {"done", "published"}]
    count = {code: sum(task.values["outcome"] == code for task in done) for code in OUTCOMES}
    found, met = count["CORRECTION_ORDERED"] + count["PENALISED"], len(done) - count["UNREACHABLE"]
    decided = [t for t in state.tasks.values() if t.voided is None and "penalty_decided_on" in t.values]
    money = yuan(task.values.get(field, "") for task in decided for field in ("fine", "confiscated"))
    return [
        Line("抽查任务", "项", total.tasks),
        Line("有结果", "项", total.done),
        Line("完成率", "", of.done),
        Line("完结率", "", of.finished),
        Line("公示率", "", of.published),
        *(Line(name, "项", count[code]) for code, name in OUTCOMES.items()),
        Line("发现问题率", "", Rate(found, met)),
        Line("行政处罚决定", "件", len(decided)),
        Line("罚没金额", "元", money),
        Line("非随机检查", "项", len(state.otherwise)),
        Line("回避", "人次", sum(len(source.recused) for source in state.sources.values())),
    ]


def change(now: int | Decimal | Rate, then: int | Decimal | Rate) -> str:
    """The difference with its sign; of rates in percentage points, two places, half away from zero.

    >>> change(5, 3), change(3, 3), change(Decimal("1.5"), Decimal(2)), change(Rate(1, 2), Rate(1, 3))
    ('+2', '0', '−0.5', '+16.67')
    """
    if isinstance(now, Rate) or isinstance(then, Rate):
        return _points(now, then)
    size = shown(now - then if now > then else then - now)
    return _signed(size, is_less=now < then, is_same=now == then)


def _points(now: int | Decimal | Rate, then: int | Decimal | Rate) -> str:
    if not (isinstance(now, Rate) and isinstance(then, Rate) and now.whole and then.whole):
        return "/"
    apart = Fraction(now.part, now.whole) - Fraction(then.part, then.whole)
    hundredths = (abs(apart) * 20_000 + 1) // 2
    return _signed(f"{hundredths // 100}.{hundredths % 100:02}", is_less=apart < 0, is_same=not hundredths)


def _signed(size: str, *, is_less: bool, is_same: bool) -> str:
    return size if is_same else f"{'−' if is_less else '+'}{size}"
