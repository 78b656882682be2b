"""From plan and rosters to the pool, or to everything that stands in the way.

What the pool holds is decided here, once: who is in which stratum, quotas, who may inspect, who is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from shuangsuiji.core.draw.drawing import numbers
from shuangsuiji.core.draw.lawful import Lawful
from shuangsuiji.core.draw.pool import Pool, PoolInspector, PoolStratum, PoolSubject, Rules
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.layers import Layer, layers
from shuangsuiji.core.plan.membership import Leaving, Membership, membership
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.publicname import public_name
from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.problem import Problem, error, errors, warning
from shuangsuiji.core.roster.inspector import Inspector
from shuangsuiji.core.roster.item import Item
from shuangsuiji.core.roster.subject import Subject

COVERING_YEARS = 5
"""S1 五: everybody once in 3–5 years; below a fifth a year nobody can promise that."""


@dataclass(frozen=True, slots=True)
class Rosters:
    """Everything that the rosters hold, as values."""

    subjects: Sequence[Subject]
    inspectors: Sequence[Inspector]
    items: Sequence[Item]
    conflicts: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sealing:
    """The pool as it would be sealed, how many each stratum will draw, and how many may inspect there."""

    pool: Pool
    numbers: Mapping[str, int]
    lawful: Mapping[str, int]


def reference_day(plan: Plan, today: date) -> date:
    """The day on which certificates, licences and years since the last visit are judged.

    Today within the plan's period; before it the first day, after it the last: so a past year can be recomputed.
    """
    return max(plan.period.start, min(today, plan.period.end))


def seal(intent: Intent, rosters: Rosters, leaving: Leaving, as_of: date) -> tuple[Sealing, list[Problem]]:
    """The pool of `intent` on `as_of`, and all Problems; with an error among them the pool is not to be used."""
    plan = intent.plan
    strata = layers(plan)
    specialties = Specialties(plan, strata, (item.specialty for item in rosters.items))
    sorted_in = membership(plan, intent.place(), strata, rosters.subjects, specialties, leaving)
    problems = sorted_in.problems
    inspectors = list(pool_inspectors(plan, strata, rosters.inspectors, specialties, problems))
    known = {i.inspector for i in inspectors}
    in_pool = {subject.subject for members in sorted_in.members.values() for subject in members}
    pool = Pool(
        strata=tuple(_stratum(layer, sorted_in.members[layer.code], plan) for layer in strata),
        subjects=tuple(sorted(_subjects(plan, sorted_in, as_of))),
        inspectors=tuple(sorted(inspectors, key=lambda i: i.inspector)),
        conflicts=tuple(sorted(pair for pair in rosters.conflicts if pair[0] in known and pair[1] in in_pool)),
        excluded=tuple(sorted(sorted_in.excluded)),
        rules=pool_rules(plan, strata),
    )
    sealing = Sealing(pool, numbers(pool), _lawful(pool))
    problems.extend(_faults(intent, strata, rosters, sorted_in, sealing))
    return sealing, problems


def pool_inspectors(
    plan: Plan,
    strata: Sequence[Layer],
    inspectors: Sequence[Inspector],
    specialties: Specialties,
    problems: list[Problem],
) -> Iterator[PoolInspector]:
    """Those who may inspect at all, as the pool has them; what is wrong with others is added to `problems`."""
    agencies: dict[str, str] = {
        "": plan.agency.code,
        plan.agency.code: plan.agency.code,
        plan.agency.name: plan.agency.code,
    }
    for code, name in plan.departments.items():
        agencies |= {code: code, name: code}
    taking_part = {plan.agency.code}.union(*(layer.departments or () for layer in strata))
    agencies |= {code: code for code in taking_part}
    for i in inspectors:
        unknown = [word for word in i.specialties if not specialties.is_known(word)]
        for word in unknown:
            what = f"“{i.name}”的专业“{word}”不认识。"
            problems.append(i.problem("unknown-specialty", what, specialties.advice(word), "专业"))
        agency = agencies.get(i.agency)
        if agency is None:
            what = f"“{i.name}”的所属部门“{i.agency}”方案里没有。"
            todo = f"本机关人员请留空或填“{plan.agency.name}”；联合检查的部门请写进方案的 departments。"
            problems.append(i.problem("unknown-agency", what, todo, "所属部门"))
        elif agency in taking_part and not i.left_out:
            codes = sorted({held for held in map(specialties.code, i.specialties) if held})
            yield PoolInspector(i.inspector, agency, tuple(codes), i.lead, i.load, i.cap, i.areas)


def _stratum(layer: Layer, members: Sequence[Subject], plan: Plan) -> PoolStratum:
    must = sum(bool(subject.must) for subject in members)
    base = len(members) - must if plan.must_include == "on-top" else len(members)
    quota = layer.quota_of(base)
    return PoolStratum(layer.code, layer.name, layer.specialty, len(members), must, layer.ratio, layer.rounding, quota)


def _subjects(plan: Plan, sorted_in: Membership, as_of: date) -> Iterator[PoolSubject]:
    for code, members in sorted_in.members.items():
        for subject in members:
            left = _years_left(subject, plan.coverage.years, as_of) if plan.coverage else None
            yield PoolSubject(code, subject.subject, public_name(subject), subject.area, bool(subject.must), left)


def _years_left(subject: Subject, years: int, as_of: date) -> int:
    """C minus the full years since the last visit or the registration, at least 1; C where neither is known."""
    since = subject.last_visit or subject.registered
    try:
        then = date.fromisoformat(since)
    except ValueError:  # blank, or no date: that is a Problem of its own
        return years
    full = as_of.year - then.year - ((as_of.month, as_of.day) < (then.month, then.day))
    return min(years, max(1, years - full))


def pool_rules(plan: Plan, strata: Sequence[Layer]) -> Rules:
    """What of the plan a draw in `strata` obeys."""
    joint = {layer.code: dict(layer.departments) for layer in strata if layer.departments}
    return Rules(
        protocol="ssj1",
        draw=plan.draw,
        agency=plan.agency.code,
        tickets=plan.tickets,
        must_include=plan.must_include,
        coverage=plan.coverage,
        team=plan.team,
        visits=plan.visits,
        departments=joint or None,
    )


def _lawful(pool: Pool) -> dict[str, int]:
    """How many inspectors may visit each stratum, leaving aside conflicts and areas; the scarcest department's."""
    team = pool.rules.team.model_copy(update={"area": "any"})
    lawful = Lawful(replace(pool, conflicts=(), rules=pool.rules.model_copy(update={"team": team})))
    return {
        s.stratum: min(
            len(need.lawful) if need.leads else 0
            for need in (lawful.need("", "", (s.stratum,), seat) for seat in pool.rules.seats(s.stratum))
        )
        for s in pool.strata
    }


def _faults(
    intent: Intent, strata: Sequence[Layer], rosters: Rosters, sorted_in: Membership, sealing: Sealing
) -> Iterator[Problem]:
    plan = intent.plan
    codes = {item.code for item in rosters.items}
    whole = bool(rosters.subjects) and not errors(sorted_in.problems)
    for layer, stratum in zip(strata, sealing.pool.strata, strict=True):
        place = intent.place("strata", layer.index)
        for code in layer.items:
            if code not in codes:
                what = f"“{layer.name}”的抽查事项 {code} 不在抽查事项清单里。"
                yield error("unknown-item", place, what, "请核对事项编码。")
        yield from _number_faults(intent, layer, stratum, sealing, whole=whole)
    total = sum(sealing.numbers.values())
    if plan.total is not None and plan.total != total and rosters.subjects:
        what = f"合计写的是 {plan.total} 家，按名册和比例应抽 {total} 家。"
        yield error("total", intent.place("total"), what, "请核对名册、比例和 total，一致后再抽取。")
    if plan.seed.mode == "public":
        yield from _seed_faults(intent)
    if plan.coverage:
        unknown = sum(not (s.last_visit or s.registered) for m in sorted_in.members.values() for s in m)
        if unknown:
            what = f"有 {unknown} 家既无上次检查日期也无登记日期，按刚检查过计算覆盖年限。"
            yield warning("coverage-unknown", intent.place("coverage"), what, "请补填，否则不能保证按期覆盖。")
    if plan.team.area != "any":
        yield from _area_faults(rosters, sorted_in)
    yield from _undrawable(sorted_in, sealing)
    for excluded, subject in _must_left_out(rosters, sealing.pool):
        what = f"“{subject.name}”注明必查，但因“{excluded}”不参加抽取。"
        yield warning("must-left-out", subject.table.place(subject.row, "必查原因"), what, "请核对。")


def _seed_faults(intent: Intent) -> Iterator[Problem]:
    """Public sources that anybody could try out: the draw's grade will say so."""
    from shuangsuiji.core.draw.sources import bits, grade_announced, outcomes  # noqa: PLC0415 - few plans have any

    sources = intent.plan.seed.sources
    if grade_announced(sources) != "public":
        what = f"种子来源合计只有约 {bits(outcomes(sources))} 比特，不足 40，等级只能记为 given，不是 public。"
        todo = "如要公开种子，请再加来源，如双色球和大乐透各一期。"
        yield warning("seed-bits", intent.place("seed", "sources"), what, todo)


def _number_faults(
    intent: Intent, layer: Layer, stratum: PoolStratum, sealing: Sealing, *, whole: bool
) -> Iterator[Problem]:
    """What is wrong with a stratum's numbers; of an empty one only if the rest of the roster is `whole`."""
    place = intent.place("strata", layer.index)
    number, lawful = sealing.numbers[layer.code], sealing.lawful[layer.code]
    if not stratum.population:
        if not whole:
            return
        yield error("empty-stratum", place, f"“{layer.name}”这一层没有检查对象。", "请核对名册的专业和方案的条件。")
        return
    if layer.count is not None and layer.count > stratum.population:
        what = f"“{layer.name}”要抽 {layer.count} 家，名册里只有 {stratum.population} 家。"
        yield error("count-above-population", place, what, "请改小 count，或补全名册。")
    if layer.expect is not None and layer.expect != number:
        what = f"“{layer.name}”写明应抽 {layer.expect} 家，按名册（{stratum.population} 家）和规则应抽 {number} 家。"
        yield error("expect", place, what, "请核对名册、比例和 expect，一致后再抽取。")
    if number > stratum.quota and intent.plan.must_include == "within":
        what = f"“{layer.name}”应抽 {stratum.quota} 家，因必查或覆盖年限要求实抽 {number} 家。"
        yield warning("number-grows", place, what)
    size = max((places for _, places in sealing.pool.rules.seats(layer.code)), default=0)
    if number and lawful < size:
        what = f"“{layer.name}”可派的执法人员只有 {lawful} 人，检查组需要 {size} 人。"
        yield error("too-few-inspectors", place, what, "请补充有此专业、在岗、证件有效的人员。")
    elif number and lawful == size:
        what = f"“{layer.name}”可派的执法人员只有 {lawful} 人，无人可替补回避。"
        yield warning("no-spare-inspector", place, what, "建议至少再增加一人。")
    if intent.plan.coverage is None and layer.ratio and fraction(layer.ratio) < Fraction(1, COVERING_YEARS):
        years = -(-1 // fraction(layer.ratio))
        what = f"“{layer.name}”比例 {layer.ratio}，五年内不能全部抽到一遍（约需 {years} 年以上）。"
        yield warning("ratio-below-coverage", place, what, "如要保证覆盖，请写 coverage: {years: 5}。")


def _area_faults(rosters: Rosters, sorted_in: Membership) -> Iterator[Problem]:
    for subject in {s.subject: s for m in sorted_in.members.values() for s in m}.values():
        if not subject.area:
            what = f"“{subject.name}”没有填区域，方案按区域派人（team.area）。"
            yield subject.problem("blank-area", what, "请填写区域。", "区域")
    for i in rosters.inspectors:
        if not i.areas and not i.left_out:
            what = f"“{i.name}”没有填区域，方案按区域派人（team.area）。"
            yield i.problem("blank-area", what, "请填写负责区域。", "区域")


def _undrawable(sorted_in: Membership, sealing: Sealing) -> Iterator[Problem]:
    """Subjects that no lawful team could visit: drawn, they would stop the draw, and a new seed would spare them."""
    lawful = Lawful(sealing.pool)
    in_conflict = {subject for _, subject in sealing.pool.conflicts}
    everybody = sealing.pool.rules.team.area != "any"
    if not everybody and not in_conflict:
        return
    for stratum, members in sorted_in.members.items():
        seats = sealing.pool.rules.seats(stratum)
        if sealing.lawful[stratum] < max(places for _, places in seats):
            continue  # said of the whole stratum already
        for subject in members:
            if not everybody and subject.subject not in in_conflict:
                continue
            needs = [lawful.need(subject.subject, subject.area, (stratum,), seat) for seat in seats]
            short = [need for need in needs if len(need.lawful) < need.places or not need.leads]
            if short:
                able, places = len(short[0].lawful), short[0].places
                what = f"“{subject.name}”除去回避、区域等限制，只有 {able} 人可派，检查组需要 {places} 人"
                what += "。" if able < places else "，且其中没有符合主办或专业要求的人。"
                todo = "请补充人员，或经批准把它写进方案的 exclude。"
                yield subject.problem("subject-without-team", what, todo, "单位名称")


def _must_left_out(rosters: Rosters, pool: Pool) -> Iterator[tuple[str, Subject]]:
    by_id = {subject.subject: subject for subject in rosters.subjects if subject.must}
    for excluded in pool.excluded:
        if excluded.subject in by_id:
            yield excluded.reason, by_id[excluded.subject]
