"""From the plan's strata to layers: one per stratum, and one per grade where a stratum is graded.

A layer says which rows of the roster are in it and how many of them are drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shuangsuiji.core.draw.quota import quota
from shuangsuiji.core.plan.model import Exclude, Plan
from shuangsuiji.core.plan.ratio import fraction

GRADE = "信用风险等级"


@dataclass(frozen=True, slots=True)
class Layer:
    """One stratum of the draw; `index` = its entry in the plan, for Problems; `rule` = that entry's code.

    A subject belongs to it when it has the specialty and, for each column of `where`, one of the values.
    """

    index: int
    rule: str
    code: str
    name: str
    specialty: str
    where: Mapping[str, frozenset[str]]
    ratio: str
    count: int | None
    rounding: str
    all_below: int | None
    minimum: int | None
    expect: int | None
    items: tuple[str, ...]
    exclude: tuple[Exclude, ...]
    departments: Mapping[str, int] | None

    @property
    def grades(self) -> frozenset[str]:
        """The roster's words for its grade; none where it is not graded."""
        return self.where.get(GRADE, frozenset()) - {""}

    def quota_of(self, population: int) -> int:
        """The quota of protocol §4 for so many subjects."""
        return quota(
            population,
            ratio=fraction(self.ratio) if self.ratio else None,
            rounding=self.rounding,
            count=self.count,
            all_below=self.all_below,
            minimum=self.minimum,
        )


def layers(plan: Plan) -> list[Layer]:
    """The plan's layers, in the plan's order."""
    return list(_layers(plan))


def _layers(plan: Plan) -> Iterator[Layer]:
    for index, rule in enumerate(plan.strata):
        where = {column: frozenset(values) for column, values in rule.where.items()}
        for grade, share in rule.by_grade.items() if rule.by_grade else [("", rule)]:
            graded = dict(where)
            if grade:
                word = getattr(share, "grade", None) or grade
                graded[GRADE] = frozenset((word, "") if word == rule.ungraded else (word,))
            yield Layer(
                index=index,
                rule=rule.code,
                code=f"{rule.code}-{grade}" if grade else rule.code,
                name=f"{rule.name}（{getattr(share, 'grade', None) or grade}）" if grade else rule.name,
                specialty=rule.specialty or rule.code,
                where=graded,
                ratio=share.ratio or "",
                count=share.count,
                rounding=rule.rounding or plan.rounding,
                all_below=rule.all_below,
                minimum=rule.minimum,
                expect=share.expect,
                items=rule.items,
                exclude=(*plan.exclude, *rule.exclude),
                departments=rule.departments,
            )
