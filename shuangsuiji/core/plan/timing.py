"""When visits may be made, as the plan writes it (``schedule``)."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from shuangsuiji.core.plan.ratio import said
from shuangsuiji.core.plan.strict import Strict, listed


def _span(text: str) -> str:
    try:
        days = [date.fromisoformat(part) for part in text.replace(" ", "").split("/")]
    except ValueError:
        raise said("span_form", f"“{text}”不是日期，请写成 2023-06-05，连续几天写成 2023-06-05/2023-06-09。") from None
    if len(days) > 2:  # noqa: PLR2004 - first and last
        raise said("span_form", f"“{text}”写了不止两个日期，每段请分开写。")
    if days[-1] < days[0]:
        raise said("span_form", f"“{text}”的结束日期早于开始日期。请对调或改正。")
    return text


class Schedule(Strict):
    """Visits are made on working days that are `weekdays` (1 = Monday), and none of `closed` (days, or first/last).

    `per_day`, `per_week`: how many visits one inspector makes at most.
    """

    per_day: Annotated[int, Field(ge=1, le=20)] = 2
    per_week: Annotated[int, Field(ge=1, le=100)] = 6
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    closed: Annotated[tuple[Annotated[str, AfterValidator(_span)], ...], BeforeValidator(listed)] = ()

    @property
    def closed_spans(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each of `closed`."""
        spans = [[date.fromisoformat(part) for part in text.replace(" ", "").split("/")] for text in self.closed]
        return tuple((days[0], days[-1]) for days in spans)
