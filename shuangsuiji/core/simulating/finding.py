"""What a simulation finds worth changing, as a value; and the words that several findings share."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.draw.explain import Names
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.simulating.absence import Absence
from shuangsuiji.core.simulating.meeting import Meeting
from shuangsuiji.core.simulating.remedy import Change
from shuangsuiji.core.simulating.tally import Tally
from shuangsuiji.core.simulating.years import Course, Waited, Waiting

TRYING = 100
"""So many draws are simulated to try a change; of courses of years a fifth of that."""


class Finding(NamedTuple):
    """`code` is stable English for programs; `what` was found, `changes` that mend it, each with what was seen.

    `otherwise`: what to do where nothing that was tried mends it.
    """

    code: str
    what: str
    changes: Sequence[Change]
    figures: Mapping[str, object]
    otherwise: str = ""


class Simulated(NamedTuple):
    """Everything that a simulation counted, of a pool and the word `text`; `layers`: the plan's, by code."""

    pool: Pool
    text: str
    names: Names
    tally: Tally
    absences: Sequence[Absence]
    meetings: Sequence[Meeting]
    course: Course
    waiting: Mapping[str, Waiting]
    grades: Mapping[str, str]
    waited: Waited
    layers: Mapping[str, Layer]

    @property
    def bench(self) -> range:
        """The numbers of the draws with which changes are tried."""
        return range(1, min(TRYING, self.tally.seeds) + 1)

    def said(self, specialties: Sequence[str]) -> str:
        """Specialty codes as people call them: ``“放射卫生”``."""
        by_code = {one.specialty: one.name.split("（")[0] for one in reversed(self.pool.strata)}
        return f"“{'、'.join(by_code.get(code, code) for code in specialties)}”"

    def people(self, inspectors: Sequence[str]) -> str:
        """Inspectors by name, the first few."""
        return self.names.of_inspectors(inspectors, most=4)

    def specialties(self, strata: Sequence[str]) -> list[str]:
        """What an inspector must hold for these strata."""
        by_code = {one.stratum: one.specialty for one in self.pool.strata}
        return sorted({by_code[stratum] for stratum in strata})


def percent(share: float | Fraction) -> str:
    """A share with one decimal, without a needless zero; a little is never nothing, nearly all never all.

    >>> percent(0.082), percent(Fraction(1, 5)), percent(0.0001), percent(0.99999)
    ('8.2%', '20%', '不到0.1%', '99.9%')
    """
    value = float(share) * 100
    if 0 < value < 0.05:  # noqa: PLR2004 - would be shown as 0
        return "不到0.1%"
    if 99.95 <= value < 100:  # noqa: PLR2004 - would be shown as 100
        return "99.9%"
    return f"{value:.1f}".removesuffix(".0") + "%"


def count(number: float) -> str:
    """A mean number with one decimal, without a needless zero."""
    return f"{number:.1f}".removesuffix(".0")
