"""How much of what was drawn may be changed (S2 三: 原则上不得超过抽取人员总数的15%).

- ``inspectors``: distinct inspectors replaced ÷ distinct inspectors drawn. ``places``: places ÷ places.
- What is carried out, what waits for approval and what is asked for now all count. Recusal is a duty: it does not.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.model import Adjustment as Rule
from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.events import Redrawn
from shuangsuiji.core.year.state import Source, State

_UNIT = {"inspectors": "人", "places": "人次"}


class Share(NamedTuple):
    """`done`, `pending` and `adding` (asked for now) of `total` drawn; `limit` as the plan writes it."""

    of: Literal["inspectors", "places"]
    done: int
    pending: int
    adding: int
    total: int
    limit: str

    @property
    def used(self) -> int:
        """All that counts."""
        return self.done + self.pending + self.adding

    @property
    def is_above(self) -> bool:
        """Whether it goes beyond the limit."""
        return Fraction(self.used, self.total) > fraction(self.limit)

    @property
    def figures(self) -> str:
        """``3/13 = 23.08%``."""
        return f"{self.used}/{self.total} = {percent(Fraction(self.used, self.total))}"

    @property
    def sentence(self) -> str:
        """The arithmetic in words.

        >>> Share("inspectors", 2, 0, 1, 13, "15%").sentence
        '已替换 2 人，抽取 13 人，再替换 1 人为 3/13 = 23.08%，超过 15%'
        >>> Share("places", 2, 3, 0, 100, "15%").sentence
        '已替换 2 人次，待批准 3 人次，抽取 100 人次，为 5/100 = 5.00%，不超过 15%'
        """
        unit = _UNIT[self.of]
        pending = f"，待批准 {self.pending} {unit}" if self.pending else ""
        adding = f"再替换 {self.adding} {unit}" if self.adding else ""
        above = "超过" if self.is_above else "不超过"
        start = f"已替换 {self.done} {unit}{pending}，抽取 {self.total} {unit}"
        return f"{start}，{adding}为 {self.figures}，{above} {self.limit}"

    def as_json(self) -> dict[str, object]:
        """The figures for programs."""
        return {**self._asdict(), "used": self.used, "above": self.is_above}


class AboveLimit(Refusal):
    """A replacement would go beyond what the plan allows; `share` shows the arithmetic."""

    def __init__(self, share: Share, who: str):
        super().__init__(
            "above-limit",
            f"不能替换{who}：{share.sentence}。",
            todo="如批准机关同意超出，请用 --excess-document 写明它的文号；或凭上级文书作废任务（ssj adjust void）。",
            source="方案的 adjustment.limit；“调整比例原则上不得超过抽取人员总数的15%”",
            details={"share": share.as_json()},
        )


def percent(ratio: Fraction) -> str:
    """Two places, half up.

    >>> percent(Fraction(3, 13)), percent(Fraction(1, 8))
    ('23.08%', '12.50%')
    """
    hundredths = int(ratio * 10000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def share(state: State, source: Source, rule: Rule, adding: Iterable[tuple[str, int]] = ()) -> Share:
    """How much of `source` is changed; `adding` = (inspector, places) asked for now."""
    mine = [each for each in state.adjustments.values() if each.asked.source == source.id]
    drawn = source.event.visits
    if rule.of == "places":
        places = _places_changed(state)
        done = sum(places.get(each.asked.adjustment, 0) for each in mine if each.done)
        pending = sum(len(each.asked.visits) for each in mine if not each.done)
        total = sum(len(visit.team) for visit in drawn)
        return Share("places", done, pending, sum(number for _, number in adding), total, rule.limit)
    replaced = {each.asked.inspector for each in mine if each.done}
    waiting = {each.asked.inspector for each in mine} - replaced
    new = {inspector for inspector, _ in adding} - replaced - waiting
    total = len({inspector for visit in drawn for inspector in visit.team})
    return Share("inspectors", len(replaced), len(waiting), len(new), total, rule.limit)


def _places_changed(state: State) -> dict[str, int]:
    count: dict[str, int] = {}
    for happened in state.history:
        if isinstance(happened.event, Redrawn):
            for change in happened.event.changes:
                if change.because == "replacement":
                    count[change.adjustment] = count.get(change.adjustment, 0) + 1
    return count
