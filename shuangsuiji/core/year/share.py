"""How much of what was drawn may be changed (S2 三: 原则上不得超过抽取人员总数的15%).

- ``inspectors``: distinct inspectors replaced ÷ distinct inspectors drawn. ``places``: places ÷ places.
- What is carried out, what waits for approval and what is asked for now all count. What was taken back, or found
  nothing left to replace, does not.
- Recusal is a duty: it does not count either. How many stepped back stands beside the share all the same, and a sum
  above the limit is said: recusal must not become the way round it.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.events import AdjustmentRule, Received, Redrawn
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.state import Source, State

_UNIT = {"inspectors": "人", "places": "人次"}


class Share(NamedTuple):
    """`done`, `pending` and `adding` (asked for now) of `total` drawn; `limit` as the plan writes it.

    Beside them: distinct inspectors `recused`, from `recused_places`; `together` = recused and replaced, each once.
    """

    of: Literal["inspectors", "places"]
    done: int
    pending: int
    adding: int
    total: int
    limit: str
    recused: int = 0
    recused_places: int = 0
    together: int = 0

    @property
    def used(self) -> int:
        """All that counts."""
        return self.done + self.pending + self.adding

    @property
    def is_above(self) -> bool:
        """Whether it goes beyond the limit."""
        return Fraction(self.used, self.total) > fraction(self.limit)

    @property
    def is_above_together(self) -> bool:
        """Whether recusals and replacements together go beyond the limit, with recusals among them."""
        return bool(self.recused) and Fraction(self.together, self.total) > fraction(self.limit)

    @property
    def figures(self) -> str:
        """``3/13 = 23.08%``."""
        return str(Rate(self.used, self.total))

    @property
    def recusals(self) -> str:
        """What stands beside the share; blank where nobody stepped back.

        >>> Share("inspectors", 1, 0, 0, 13, "15%", recused=2, recused_places=5, together=3).recusals
        '另有回避 2 人（5 人次），不计入；与替换合计 3/13 = 23.08%，超过 15%'
        """
        if not self.recused:
            return ""
        sum_up = "超过" if self.is_above_together else "不超过"
        said = f"另有回避 {self.recused} 人（{self.recused_places} 人次），不计入"
        return f"{said}；与替换合计 {Rate(self.together, self.total)}，{sum_up} {self.limit}"

    @property
    def all_said(self) -> str:
        """The arithmetic, and the recusals beside it."""
        return "。".join(filter(None, (self.sentence, self.recusals)))

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
        more = {"used": self.used, "above": self.is_above, "above_together": self.is_above_together}
        return {**self._asdict(), **more}


class AboveLimit(Refusal):
    """A replacement would go beyond what the plan allows; `share` shows the arithmetic.

    `within`: in which source of tasks, where there are several; `others`: visits asked for in the other ones.
    """

    def __init__(self, share: Share, who: str, within: str = "", others: Sequence[str] = ()):
        elsewhere = f"只换其他来源的检查，另写：{' '.join(f'--visit {visit}' for visit in others)}" if others else ""
        super().__init__(
            "above-limit",
            f"不能替换{who}：{within and f'{within}：'}{share.sentence}。",
            todo=f"批准机关同意超出的，请用 --excess-document 写明它的文号；没有同意的，不能替换。{elsewhere}",
            source="方案的 adjustment.limit；“调整比例原则上不得超过抽取人员总数的15%”",
            details={"share": share.as_json()},
        )


def source_name(source: Source) -> str:
    """What people call where tasks came from."""
    if isinstance(source.event, Received):
        return f"接收清单{source.id}（{source.event.drawn_by}）"
    return "本方案抽取"


def share(state: State, source: Source, rule: AdjustmentRule, adding: Sequence[tuple[str, int]] = ()) -> Share:
    """How much of `source` is changed; `adding` = (inspector, places) asked for now."""
    counted = [each for each in state.adjustments.values() if each.asked.source == source.id and each.closed is None]
    drawn = source.event.visits
    recused = {inspector for _, inspector in source.recused}
    if rule.of == "places":
        places = _places_changed(state)
        done = sum(places.get(each.asked.adjustment, 0) for each in counted if each.done)
        pending = sum(len(each.asked.visits) for each in counted if each.is_pending)
        asked = sum(number for _, number in adding)
        total, together = sum(len(visit.team) for visit in drawn), done + pending + asked + len(source.recused)
    else:
        replaced = {each.asked.inspector for each in counted if each.done}
        waiting = {each.asked.inspector for each in counted} - replaced
        new = {inspector for inspector, _ in adding} - replaced - waiting
        done, pending, asked = len(replaced), len(waiting), len(new)
        total = len({inspector for visit in drawn for inspector in visit.team})
        together = len(replaced | waiting | new | recused)
    return Share(rule.of, done, pending, asked, total, rule.limit, len(recused), len(source.recused), together)


def _places_changed(state: State) -> dict[str, int]:
    count: dict[str, int] = {}
    for happened in state.history:
        if isinstance(happened.event, Redrawn):
            for change in happened.event.changes:
                if change.because == "replacement":
                    count[change.adjustment] = count.get(change.adjustment, 0) + 1
    return count
