"""What is wrong over the years: not everybody is seen in time, or a year's draw must grow to see them."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from shuangsuiji.core.draw.pool import CoverageRule, Pool, PoolStratum
from shuangsuiji.core.draw.quota import number_to_draw, rounded
from shuangsuiji.core.plan.coverage import COVERING_YEARS, Enough, enough
from shuangsuiji.core.simulating.finding import TRYING, Finding, Simulated, percent
from shuangsuiji.core.simulating.remedy import Change, ratio_for, with_quotas
from shuangsuiji.core.simulating.years import Course, Waiting, years_on

_RUNS, _NAMED = TRYING // 5, 4


def coverage(of: Simulated) -> Iterator[Finding]:
    """Not everybody is seen in the years that a plan should take; or a year's draw must grow to see them."""
    rule = of.pool.rules.coverage
    years = rule.years if rule else COVERING_YEARS
    if of.course.years < years:
        return
    if rule:
        yield from _grows(of, years)
        return
    seen = {one.stratum: of.waiting[one.stratum].share(years) for one in of.pool.strata if one.population}
    few = sorted((one for one in of.pool.strata if seen.get(one.stratum, 1) < 1), key=lambda one: seen[one.stratum])
    if not few:
        return
    shown = "、".join(f"“{one.name}”{percent(seen[one.stratum])}" for one in few[:_NAMED])
    more = f" 等 {len(few)} 层" if len(few) > _NAMED else ""
    what = f"每年各抽各的，{years} 年查不遍：平均查到{shown}{more}。"
    change = _covered(of, few, years)
    figures = {"years": years, "seen": {one.stratum: seen[one.stratum] for one in few}}
    yield Finding("coverage", what, [change] if change else [], figures, f"请写 coverage: {{years: {years}}}。")


def _covered(of: Simulated, few: list[PoolStratum], years: int) -> Change | None:
    """A coverage rule, and the least numbers that can keep it."""
    few = [one for one in of.pool.strata if one in few]  # as the plan has them
    least = _least(of, few, years)
    quotas = {code: each.number for code, each in least.items()}
    pool = with_quotas(of.pool, quotas)
    pool = replace(pool, rules=pool.rules.model_copy(update={"coverage": CoverageRule(years=years)}))
    courses = years_on(pool, of.text, Course(years, of.course.turnover), of.waited, range(1, _RUNS + 1))
    if any(max(courses[one.stratum].unseen) for one in few) and not of.course.turnover:
        return None
    raised = [one for one in few if one.stratum in least]
    todo = f"在方案里写 coverage: {{years: {years}}}"
    if raised:
        shown = (f"“{one.name}”{least[one.stratum].ratio or f' {quotas[one.stratum]} 家'}" for one in raised)
        todo += f"，{'比例' if all(least[one.stratum].ratio for one in raised) else '抽查'}提高到：{'、'.join(shown)}"
    extra = sum(quotas[one.stratum] - one.quota for one in raised)
    tried = f"{_RUNS} 次模拟各 {years} 年，在册的都在 {years} 年内查到" + (f"，每年多抽 {extra} 家" if extra else "")
    most = {one: _most(courses[one.stratum]) for one in few}
    late = [one for one in few if most[one] > _usual(of, one, quotas.get(one.stratum, one.quota))]
    if late:
        shown = (f"“{one.name}”{most[one]} 家" for one in late)
        tried += f"；久未检查的要先补上，头几年最多要抽：{'、'.join(shown)}"
    figures = {"coverage": years, "numbers": {code: each._asdict() for code, each in least.items()}}
    return Change("ratio", todo, tried, figures)


def _least(of: Simulated, few: list[PoolStratum], years: int) -> dict[str, Enough]:
    """The least numbers that could cover the strata in time; none for a stratum whose own number can."""
    on_top = of.pool.rules.must_include == "on-top"
    found = {one.stratum: enough(of.layers[one.stratum], one.population - one.must * on_top, years) for one in few}
    return {code: each for code, each in found.items() if each}


def _grows(of: Simulated, years: int) -> Iterator[Finding]:
    for one in of.pool.strata:
        drawn = of.waiting[one.stratum].drawn
        usual = _usual(of, one, one.quota)
        year = max(drawn, key=lambda year: (max(drawn[year]), -year))
        most = max(drawn[year])
        if most > usual:
            what = f"“{one.name}”按{'比例' if one.ratio else '方案'}每年抽 {usual} 家，"
            what += f"为了 {years} 年查遍，第 {year} 年要抽 {most} 家。"
            change = _enough(of, one, most)
            figures = {"stratum": one.stratum, "usual": usual, "most": most, "year": year}
            yield Finding("coverage-grows", what, [change] if change else [], figures, "请提高比例，或延长覆盖年限。")


def _enough(of: Simulated, one: PoolStratum, most: int) -> Change | None:
    """The smallest number (of a ratio: whole percentage) with which no year of the courses draws more than it says.

    `most` that any year draws now is enough.
    """
    base = one.population - (one.must if of.pool.rules.must_include == "on-top" else 0)
    low, high = one.quota, min(base, most)
    while high - low > 1:  # low: not enough; high: enough
        middle = (low + high) // 2
        low, high = (low, middle) if _is_enough(of, one, middle) else (middle, high)
    figures: dict[str, object] = {"stratum": one.stratum, "number": high}
    todo = f"家数提高到 {high} 家"
    if one.ratio:
        ratio = ratio_for(base, high, one.rounding)
        high = rounded(base, Fraction(ratio, 100), one.rounding)
        figures, todo = {"stratum": one.stratum, "ratio": f"{ratio}%"}, f"比例提高到 {ratio}%"
    if not _is_enough(of, one, high):
        return None
    tried = f"{_RUNS} 次模拟各 {of.course.years} 年，每年都不超过 {_usual(of, one, high)} 家"
    return Change("ratio", todo, tried, figures)


def _is_enough(of: Simulated, one: PoolStratum, quota: int) -> bool:
    pool = _alone(with_quotas(of.pool, {one.stratum: quota}), one.stratum)
    found = years_on(pool, of.text, of.course, of.waited, range(1, _RUNS + 1))[one.stratum]
    return _most(found) <= _usual(of, one, quota)


def _alone(pool: Pool, stratum: str) -> Pool:
    """One stratum of `pool`: the others have no say in whom it draws."""
    return replace(
        pool,
        strata=tuple(one for one in pool.strata if one.stratum == stratum),
        subjects=tuple(one for one in pool.subjects if one.stratum == stratum),
    )


def _usual(of: Simulated, one: PoolStratum, quota: int) -> int:
    """What a year draws without a rule of coverage."""
    return number_to_draw(one.population, one.must, quota, of.pool.rules.must_include)


def _most(waiting: Waiting) -> int:
    """The most that any year of any course draws."""
    return max(max(drawn) for drawn in waiting.drawn.values())
