"""What a plan's numbers cannot do over the years, and what its caps cannot mean: warnings, each with what would do.

Nothing here stops a draw.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from shuangsuiji.core.draw.pool import Pool, PoolStratum
from shuangsuiji.core.draw.quota import number_to_draw
from shuangsuiji.core.plan.coverage import COVERING_YEARS, Known, enough
from shuangsuiji.core.plan.frequency import grades
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.problem import Problem, warning
from shuangsuiji.core.roster.subject import Subject

_NAMED = 3


def over_the_years(
    intent: Intent,
    strata: Sequence[Layer],
    pool: Pool,
    members: Mapping[str, Sequence[Subject]],
    known: Known,
    as_of: date,
) -> Iterator[Problem]:
    """All warnings about coverage, and about caps for grades that nobody has."""
    due = Counter(one.stratum for one in pool.subjects if one.left == 1) if intent.plan.coverage else Counter[str]()
    for layer, stratum in zip(strata, pool.strata, strict=True):
        if stratum.population:
            yield from _too_few(intent, layer, stratum)
            yield from _backlog(intent, layer, stratum, due[layer.code])
    if intent.plan.coverage:
        unknown = sum(not known.since(s, layer.specialty) for layer in strata for s in members[layer.code])
        if unknown:
            what = f"有 {unknown} 家既无上次检查日期也无登记日期，按刚检查过计算覆盖年限。"
            yield warning("coverage-unknown", intent.place("coverage"), what, "请补填，否则不能保证按期覆盖。")
        yield from _put_off(intent, strata, members, known, as_of)


def unknown_grades(intent: Intent, strata: Sequence[Layer], in_roster: Collection[str]) -> Iterator[Problem]:
    """Caps for a grade that nobody has: a word written otherwise than in the roster would cap nobody."""
    in_plan = {word for layer in strata for word in layer.grades}
    for word in grades(intent.plan):
        if word not in in_roster and word not in in_plan:
            what = f"frequency.by_grade 写了等级“{word}”，名册的信用风险等级里没有这一级，不起作用。"
            todo = "请写名册里的说法，或 strata 里 by_grade 的代码。"
            yield warning("frequency-grade", intent.place("frequency", "by_grade", word), what, todo)


def _put_off(
    intent: Intent, strata: Sequence[Layer], members: Mapping[str, Sequence[Subject]], known: Known, as_of: date
) -> Iterator[Problem]:
    """Who would be due but for a date of the roster that no visit on record explains, or a visit outside the draw."""
    if intent.plan.coverage is None:
        return
    place, years = intent.place("coverage"), intent.plan.coverage.years
    every = [(s, layer.specialty) for layer in strata for s in members[layer.code]]
    younger = [s for s, specialty in every if known.is_younger(s, specialty, years, as_of)] if known.stood else []
    if younger:
        what = f"{_shown(younger)}的上次检查日期或登记日期比上一次封存时晚了（或删去了），台账里却没有新的检查；"
        todo = "请核对名册；确实检查过的，请用 ssj record 录入那一次检查。"
        yield warning("coverage-younger", place, f"{what}剩余年数因此变大，会推迟抽到。", todo)
    put_off = [s for s, specialty in every if known.is_put_off(s, specialty, years, as_of)] if known.seen else []
    if put_off:
        what = f"{_shown(put_off)}今年本应到期，因为有随机抽查以外的检查（投诉、线索、移送、专项），推后到期。"
        yield warning("coverage-otherwise", place, what, "请核对台账里这些检查是否属实、是否查了这个专业。")


def _shown(subjects: Sequence[Subject]) -> str:
    names = {subject.subject: subject.name for subject in subjects}
    shown = "、".join(f"“{name}”（{subject}）" for subject, name in list(names.items())[:_NAMED])
    return shown + (f"等 {len(names)} 家" if len(names) > _NAMED else "")


def _too_few(intent: Intent, layer: Layer, stratum: PoolStratum) -> Iterator[Problem]:
    """A number that cannot reach everybody in time, and the least that could."""
    rule = intent.plan.coverage
    years = rule.years if rule else COVERING_YEARS
    base = stratum.population - stratum.must if intent.plan.must_include == "on-top" else stratum.population
    least = enough(layer, base, years)
    if least is None:
        return
    measure = f"比例 {layer.ratio}" if layer.ratio else "定数"
    what = f"“{layer.name}”{measure}，每年 {stratum.quota} 家，{years}年最多抽到 {stratum.quota * years} 家，"
    what += f"名册有 {base} 家，{years}年内不能全部抽到一遍"
    what += "；按 coverage 规则，实抽家数会多于应抽家数。" if rule else "。"
    need = f"每年至少抽 {least.number} 家" + (f"，即比例至少 {least.ratio}" if least.ratio else "")
    todo = f"要按期覆盖，{need}" + ("。" if rule else f"，并写 coverage: {{years: {years}}}。")
    yield warning("ratio-below-coverage", intent.place("strata", layer.index), what, todo)


def _backlog(intent: Intent, layer: Layer, stratum: PoolStratum, due: int) -> Iterator[Problem]:
    """More are due this year than the number: the draw will take them all."""
    number = number_to_draw(stratum.population, stratum.must, stratum.quota, intent.plan.must_include)
    if due > number:
        what = f"“{layer.name}”有 {due} 家今年到期（最迟今年要抽到），多于应抽 {number} 家，今年全部要抽。"
        todo = "人手不够时，可先把 coverage.years 写大一些，以后逐年减小；以后各年的预计见 ssj check。"
        yield warning("coverage-backlog", intent.place("strata", layer.index), what, todo)
