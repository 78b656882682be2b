"""The plan file as a value. Every rule that a draw obeys stands here, with its default.

Strict: an unknown key is refused. Sentences of these refusals are made in `core.plan.faults`.
"""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from shuangsuiji.core.draw.chance import CODE
from shuangsuiji.core.draw.pool import CoverageRule, TeamRule
from shuangsuiji.core.law.clocks import CLOCKS, unfit_unit, unknown_clock
from shuangsuiji.core.plan.caprule import Frequency, refuse_unknown
from shuangsuiji.core.plan.departments import Department, refuse_ambiguous
from shuangsuiji.core.plan.ratio import checked, said
from shuangsuiji.core.plan.strict import Strict, Text, Values, listed
from shuangsuiji.core.plan.timing import Schedule

LAWFUL_TEAM = 2
"""行政处罚法第四十二条: at least two inspectors."""
MAX_TEAM = 20


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise said(
            "code_form",
            f"代码“{text}”不合规定。只能用大写字母、数字、点和连字符，以字母或数字开头，不超过 32 个字符。",
        )
    return text


def _day(value: object) -> object:
    # Pydantic would take "0" for the first day of 1970.
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise said("date_form", f"“{value}”不是日期，请写成 2023-04-01 的样子。")
    return value


def _clock(name: str) -> str:
    if name not in CLOCKS:
        raise said("clock_unknown", unknown_clock(name))
    return name


Code = Annotated[str, AfterValidator(_code)]
Ratio = Annotated[str, BeforeValidator(checked)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Day = Annotated[date, BeforeValidator(_day)]
Rounding = Literal["ceil", "half-up", "floor"]


class Agency(Strict):
    """Who inspects: the code stands in the pool, the name on paper."""

    code: Code
    name: Text


class Period(Strict):
    """When the visits are done, both days included."""

    start: Day
    end: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise said("period_order", f"结束日期 {self.end} 早于开始日期 {self.start}。请对调或改正。")
        return self


class Grade(Strict):
    """One credit grade of a stratum: its share or number. `grade` = the roster's word when the key is not it."""

    grade: str | None = None
    ratio: Ratio | None = None
    count: Count | None = None
    expect: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"ratio": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.ratio is None) == (self.count is None):
            raise said("measure", "每个等级要写 ratio（比例）或 count（家数），两者写一个。")
        return self


class Exclude(BaseModel):
    """Subjects left out before the draw: those of a `file`, or those whose columns hold the given values."""

    model_config = ConfigDict(frozen=True, extra="allow")
    file: str | None = None
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"file": value} if isinstance(value, str) else value

    @property
    def where(self) -> dict[str, tuple[str, ...]]:
        """Column → values of which one must stand there."""
        extra = self.model_extra or {}
        return {column: (value,) if isinstance(value, str) else tuple(value) for column, value in extra.items()}

    @model_validator(mode="after")
    def _something(self) -> Self:
        if bool(self.file) == bool(self.model_extra):
            raise said("exclude_form", "exclude 要写名单文件，或“列名: 值”加 reason（理由），两者写一种。")
        if self.model_extra and not self.reason.strip():
            raise said("exclude_reason", "按条件排除必须写 reason（理由），理由随定稿名册公开。")
        if not all(
            isinstance(v, str) or (isinstance(v, list) and all(isinstance(x, str) for x in v))
            for v in (self.model_extra or {}).values()
        ):
            raise said("exclude_value", "exclude 里每一列的值要是文字，或文字的列表。")
        return self


Excludes = Annotated[tuple[Exclude, ...], BeforeValidator(listed)]


class StratumRule(Strict):
    """One stratum as the plan writes it; with `by_grade` it stands for one stratum per grade."""

    code: Code
    name: Text
    ratio: Ratio | None = None
    count: Count | None = None
    by_grade: dict[str, Grade] | None = None
    ungraded: str | None = None
    all_below: Count | None = None
    minimum: Count | None = None
    rounding: Rounding | None = None
    expect: Count | None = None
    items: Values = ()
    specialty: Code | None = None
    where: dict[str, Values] = {}
    exclude: Excludes = ()
    departments: dict[Code, Annotated[int, Field(ge=1, le=MAX_TEAM)]] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        given = [key for key in ("ratio", "count", "by_grade") if getattr(self, key) is not None]
        if len(given) != 1:
            raise said("measure", "每一层要写 ratio（比例）、count（家数）、by_grade（按等级）中的一个，只写一个。")
        if self.by_grade is not None and not self.by_grade:
            raise said("by_grade", "by_grade 是空的。请写出每个等级的比例，如 {A: 5%, B: 20%}。")
        for grade in self.by_grade or ():
            if not re.fullmatch(r"[0-9A-Z][0-9A-Z.-]{0,7}", grade) or not CODE.fullmatch(f"{self.code}-{grade}"):
                raise said(
                    "grade_code",
                    f"等级代码“{grade}”要用大写字母或数字。等级名是中文时写成 {{H: {{grade: {grade}, ratio: 100%}}}}。",
                )
        words = [rule.grade or grade for grade, rule in (self.by_grade or {}).items()]
        if len(set(words)) != len(words):
            raise said("by_grade", "by_grade 里有两个等级是同一个。请只保留一个。")
        if self.ungraded is not None and self.ungraded not in words:
            raise said("ungraded", f"ungraded 指的等级“{self.ungraded}”不在 by_grade 里。")
        if self.departments is not None and sum(self.departments.values()) < LAWFUL_TEAM:
            raise said("team_size", "联合检查各部门合计不得少于 2 人（行政处罚法第四十二条）。")
        return self


def _source(text: str) -> str:
    from shuangsuiji.core.draw.sources import announced  # noqa: PLC0415 - few plans have any

    for fault in announced(text)[1]:
        raise said("seed_source", fault)
    return text


class SeedRule(Strict):
    """Where the seed comes from. For ``public``: the `sources` announced, and the day on which all of them are out.

    `sealed`: a key that is published later goes into the seed too (unannounced visits, protocol §8).
    """

    mode: Literal["local", "given", "public"] = "local"
    sources: Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], BeforeValidator(listed)] = ()
    known_on: Day | None = None
    sealed: bool = False

    @model_validator(mode="after")
    def _announced(self) -> Self:
        if self.mode != "public":
            if self.sealed:
                raise said("seed_sealed", "密封抽取（sealed: true）要用公开种子（mode: public）。")
            return self
        if not self.sources:
            raise said("seed_sources", "公开种子要写明 sources，例如 sources: [ssq:2026099, dlt:26098]。")
        if self.known_on is None:
            raise said("seed_known_on", "公开种子要写明 known_on：全部结果公布的那一天，例如 known_on: 2026-08-30。")
        from shuangsuiji.core.draw.sources import announced, announced_faults  # noqa: PLC0415 - see above

        found = announced_faults(self.sources)
        for one in filter(None, (announced(text)[0] for text in dict.fromkeys(self.sources))):
            if one.days and one.days[0] > self.known_on:
                found.append(f"{one.name}最早 {one.days[0]} 才有结果，known_on 写的是 {self.known_on}。")
        if found:
            raise said("seed_sources", "".join(found))
        return self


class Adjustment(Strict):
    """How far the drawn teams may be changed, and who must agree."""

    limit: Ratio = "15%"
    of: Literal["inspectors", "places"] = "inspectors"
    approvals: Values = ()


class ClockRule(Strict):
    """Another limit for one clock of `core.law.clocks`, with its unit and its basis.

    `done` (of ``result-public``): whether its time runs from the end of each task or of all the tasks of a draw.
    """

    limit: Annotated[int, Field(ge=1, le=3650)] | None = None
    unit: Literal["workdays", "days", "hours", "date", "percent"] | None = None
    basis: str = ""
    done: Literal["task", "campaign"] | None = None

    @model_validator(mode="after")
    def _founded(self) -> Self:
        if (self.limit is not None or self.unit is not None) and not self.basis.strip():
            raise said("clock_basis", "另定期限必须写 basis（依据的文件和条款）。")
        return self


def _clocks(rules: dict[str, ClockRule]) -> dict[str, ClockRule]:
    for name, rule in rules.items():
        clock = CLOCKS[name]
        if rule.done is not None and name != "result-public":
            raise said("clock_done", f"“{name}”不能写 done，只有 result-public 可以。")
        if rule.unit is not None or rule.limit is not None:
            fault = unfit_unit(clock, rule.unit or clock.unit)
            if fault:
                raise said("clock_unit", fault)
        if clock.unit == "percent" and (rule.limit or 0) > 100:  # noqa: PLR2004 - per cent
            raise said("clock_percent", f"“{name}”的 limit 是百分数，不能大于 100。")
    return rules


class Disclosure(Strict):
    """Whether public documents show inspectors."""

    inspectors: Literal["hidden", "codes", "names"] = "hidden"


class Plan(Strict):
    """A plan file. ``frequency:`` left blank means no limit per year; left out, one draw per subject and year.

    `platform`: whether what is entered here counts as uploaded to the superior's platform, or is uploaded separately.
    """

    meaningful_when_blank: ClassVar[frozenset[str]] = frozenset({"frequency"})
    draw: Code
    title: Text
    document_no: str = ""
    agency: Agency
    year: Annotated[int, Field(ge=2000, le=2999)]
    period: Period
    strata: Annotated[tuple[StratumRule, ...], Field(min_length=1)]
    total: Count | None = None
    rounding: Rounding = "ceil"
    must_include: Literal["within", "on-top"] = "within"
    tickets: Literal["shared", "independent"] = "shared"
    coverage: CoverageRule | None = None
    frequency: Frequency | None = Frequency()
    risk: Text | None = None
    visits: Literal["merge", "separate"] = "merge"
    team: TeamRule = TeamRule(size=2, specialty="every", lead=False, area="any")
    seed: SeedRule = SeedRule()
    adjustment: Adjustment = Adjustment()
    deadlines: Annotated[dict[Annotated[str, AfterValidator(_clock)], ClockRule], AfterValidator(_clocks)] = {}
    platform: Literal["same", "separate"] = "same"
    disclosure: Disclosure = Disclosure()
    schedule: Schedule = Schedule()
    exclude: Excludes = ()
    departments: dict[Code, Department] = {}
    specialties: dict[Code, Values] = {}

    @model_validator(mode="before")
    @classmethod
    def _team_defaults(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("team"), dict):
            defaults = {"size": "2", "specialty": "every", "lead": "false", "area": "any"}
            return {**value, "team": {**defaults, **value["team"]}}
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.team.size < LAWFUL_TEAM:
            raise said("team_size", "检查组不得少于 2 人（行政处罚法第四十二条）。请把 team.size 改为 2 或更多。")
        if self.team.size > MAX_TEAM:
            raise said("team_size", f"team.size 是 {self.team.size}，超过 {MAX_TEAM} 人。请核对。")
        if self.coverage is not None and not 1 <= self.coverage.years <= 50:  # noqa: PLR2004 - a working life
            raise said("coverage_years", "coverage.years 要在 1 到 50 之间，通常是 3 到 5。")
        if self.frequency is not None:
            codes = {stratum.code for stratum in self.strata}
            codes |= {f"{stratum.code}-{grade}" for stratum in self.strata for grade in stratum.by_grade or ()}
            refuse_unknown(self.frequency, codes)
        refuse_ambiguous(self.agency.code, self.agency.name, self.departments)
        return self
