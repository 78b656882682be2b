"""The rule file (``rosters/risk.yaml``): which record of a subject makes it 必查, or gives it another credit grade.

Strict like the plan. A rule suggests; people decide, row by row, on the sheet that `ssj risk` makes.
"""

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, model_validator

from shuangsuiji.core.plan.faults import Path, told
from shuangsuiji.core.plan.ratio import said
from shuangsuiji.core.plan.strict import Strict, Text, Values
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.risk.adopted import OTHERS

FILE = "rosters/risk.yaml"

On = Literal[
    "penalty",
    "failed-sample",
    "correction",
    "uncorrected",
    "refused",
    "unreachable",
    "complaint",
    "tip",
    "handed-over",
    "special",
    "listed",
]
KINDS: Mapping[str, str] = {
    "penalty": "行政处罚",
    "failed-sample": "抽检不合格",
    "correction": "责令改正",
    "uncorrected": "复查未改正",
    "refused": "拒绝检查",
    "unreachable": "无法联系",
    "complaint": "投诉举报",
    "tip": "线索核查",
    "handed-over": "移送案件",
    "special": "专项检查",
    "listed": "列入名单",
}
"""What a rule may be about, as people say it."""
TOLD_BY_OTHERS = frozenset({"complaint", "tip", "handed-over"})
"""Behind these stand people who told of something: a notice does not name them, unless the rule says ``public``."""

_WITHIN = re.compile(r"last-year|always|([1-9]\d?) (years|months)")


def _code(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", text):
        raise said("code", f"规则代码“{text}”只能用小写字母、数字和连字符，不超过 32 个字符。")
    return text


class Period(NamedTuple):
    """From `first` to `last`, both included (ISO; a blank `first`: since ever); `words` for people."""

    first: str
    last: str
    words: str

    def holds(self, day: str) -> bool:
        """Whether `day` lies in it; a list without dates says how things are now."""
        return not day or self.first <= day <= self.last


class Rule(Strict):
    """`at_least` so many events of the kind `on` `within` a period → 必查 for the reason `must`, or another grade.

    `same` ``violation``: only penalties for the same 违法行为类型 count together. Of ``listed``: `file` = subjects by
    id or credit code, `where` = which rows of it count, `day` = the column with their dates.
    """

    code: Annotated[str, AfterValidator(_code)]
    name: Text
    on: On
    at_least: Annotated[int, Field(ge=1, le=999)] = 1
    within: str = "last-year"
    same: Literal["violation"] | None = None
    file: Text | None = None
    where: dict[str, Values] = {}
    day: Text | None = None
    must: Text | None = None
    raise_to: Text | None = None
    set_to: Text | None = None
    basis: Text
    public: bool | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not _WITHIN.fullmatch(self.within):
            todo = "可以写 last-year（上年度）、3 years（前三年）、18 months（近18个月）、always（不限）。"
            raise said("within", f"within 不能是“{self.within}”。{todo}")
        if not (self.must or self.raise_to or self.set_to):
            raise said("outcome", "没有写结果。请写 must（必查原因）、raise_to（等级提到）、set_to（等级定为）之一。")
        if self.raise_to and self.set_to:
            raise said("outcome", "raise_to 和 set_to 只能写一个。")
        if (self.on == "listed") != bool(self.file):
            raise said("file", "on: listed 要写 file（名单文件），其他的不写。")
        if self.on != "listed" and (self.where or self.day):
            raise said("file", "where 和 day 只用于 on: listed。")
        if self.same and self.on != "penalty":
            raise said("same", "same: violation（同类处罚）只用于 on: penalty。")
        return self

    @property
    def kind(self) -> str:
        """The kind of its facts: those of each list are a kind of their own."""
        return f"listed/{self.code}" if self.on == "listed" else self.on

    @property
    def grade(self) -> str:
        """The grade that it suggests, blank if none."""
        return self.raise_to or self.set_to or ""

    @property
    def public_name(self) -> str:
        """What a notice calls it."""
        is_public = self.public if self.public is not None else self.on not in TOLD_BY_OTHERS
        return self.name if is_public else OTHERS

    def period(self, year: int, as_of: date) -> Period:
        """Of the plan of `year`; nothing after `as_of` counts."""
        found = _WITHIN.fullmatch(self.within)
        last, number = as_of.isoformat(), int(found[1]) if found and found[1] else 1
        if self.within == "always":
            return Period("", last, f"到{last}为止")
        if found and found[2] == "months":
            first = (_months_before(as_of, number) + timedelta(days=1)).isoformat()
            return Period(first, last, f"{first}至{last}")
        first, end = f"{year - number}-01-01", min(f"{year - 1}-12-31", last)
        return Period(first, end, f"{first}至{end}")


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _listed(value: object) -> object:
    return [] if value is None else value


class RiskRules(Strict):
    """A rule file: `grades` from the lowest risk to the highest, in the roster's words."""

    grades: tuple[Text, ...] = ()
    rules: Annotated[tuple[Rule, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for words, what in (
            ([rule.code for rule in self.rules], "code"),
            ([rule.name for rule in self.rules], "name"),
            (self.grades, "grades"),
        ):
            twice = sorted({word for word in words if list(words).count(word) > 1})
            if twice:
                raise said("twice", f"{what} 里“{'、'.join(twice)}”写了两次。")
        unknown = sorted({rule.grade for rule in self.rules if rule.grade} - set(self.grades))
        if unknown:
            what = f"等级“{'、'.join(unknown)}”不在 grades 里。"
            raise said("grades", f"{what}请在 grades 里从低风险到高风险列出全部等级，如 grades: [A, B, C, D]。")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 of what they say; comments and the look of the file do not count."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def rank(self, grade: str) -> int:
        """How risky a grade is; −1 where there is none, or nobody knows it."""
        return rank(self.grades, grade)


def rank(grades: tuple[str, ...], grade: str) -> int:
    """The place of `grade` among `grades`, −1 where it is none of them."""
    return grades.index(grade) if grade in grades else -1


def rules_of(tree: object, lines: Mapping[Path, int], file: str = FILE) -> tuple[RiskRules | None, list[Problem]]:
    """The rules that a YAML file (all scalars as text) holds, or everything that is wrong with it."""
    try:
        return RiskRules.model_validate(tree if tree is not None else {}), []
    except ValidationError as invalid:
        return None, told(invalid, lines, file, _keys, "risk")


def _keys(path: Path) -> list[str]:
    owner: type[BaseModel] = Rule if len(path) > 1 and path[0] == "rules" else RiskRules
    return list(owner.model_fields)
