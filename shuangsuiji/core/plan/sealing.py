"""From plan and rosters to the pool, or to everything that stands in the way.

What the pool holds is decided here, once: who is in which stratum, quotas, who may inspect, who is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shuangsuiji.core.draw.drawing import numbers
from shuangsuiji.core.draw.pool import Excluded, Pool, PoolInspector, PoolStratum, PoolSubject, Rules
from shuangsuiji.core.plan.coverage import Known, years_left
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.layers import Layer, layers
from shuangsuiji.core.plan.membership import Group, Leaving, Membership, excluded_text, membership
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.overyears import over_the_years, unknown_grades
from shuangsuiji.core.plan.publicname import public_name
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.plan.staffing import Seats, Staffing, seats
from shuangsuiji.core.problem import Problem, error, errors, warning
from shuangsuiji.core.roster.inspector import Inspector
from shuangsuiji.core.roster.item import Item
from shuangsuiji.core.roster.subject import Subject


@dataclass(frozen=True, slots=True)
class Rosters:
    """Everything that the rosters hold, as values."""

    subjects: Sequence[Subject]
    inspectors: Sequence[Inspector]
    items: Sequence[Item]
    conflicts: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sealing:
    """The pool as it would be sealed, how many each stratum will draw, how many may inspect there, its roster rows.

    `left_out`, `spared`: who was left out by which rule, and who is exempt from the caps (`Membership`). `known`: when
    subjects were visited, as far as ledgers tell.
    """

    pool: Pool
    numbers: Mapping[str, int]
    seats: Seats
    members: Mapping[str, Sequence[Subject]]
    left_out: Mapping[tuple[str, str], Group] = field(default_factory=dict)
    spared: Sequence[Excluded] = ()
    known: Known = field(default_factory=Known)

    @property
    def lawful(self) -> dict[str, int]:
        """How many inspectors may visit each stratum, leaving aside conflicts and areas; the scarcest department's."""
        return {stratum: min(seat.lawful for seat in found) for stratum, found in self.seats.items()}


def reference_day(plan: Plan, today: date) -> date:
    """The day on which certificates, licences and years since the last visit are judged.

    Today within the plan's period; before it the first day, after it the last: so a past year can be recomputed.
    """
    return max(plan.period.start, min(today, plan.period.end))


_NOTHING = Known()


def seal(
    intent: Intent, rosters: Rosters, leaving: Leaving, as_of: date, known: Known = _NOTHING
) -> tuple[Sealing, list[Problem]]:
    """The pool of `intent` on `as_of`, and all Problems; with an error among them the pool is not to be used.

    `known`: when subjects were visited, as ledgers tell.
    """
    plan = intent.plan
    strata = layers(plan)
    specialties = Specialties(plan, strata, (item.specialty for item in rosters.items))
    sorted_in = membership(plan, intent.place(), strata, rosters.subjects, specialties, leaving)
    problems = sorted_in.problems
    inspectors = list(pool_inspectors(plan, strata, rosters.inspectors, specialties, problems))
    able = {i.inspector for i in inspectors}
    in_pool = {subject.subject for members in sorted_in.members.values() for subject in members}
    pool = Pool(
        strata=tuple(_stratum(layer, sorted_in.members[layer.code], plan) for layer in strata),
        subjects=tuple(sorted(_subjects(plan, strata, sorted_in, as_of, known))),
        inspectors=tuple(sorted(inspectors, key=lambda i: i.inspector)),
        conflicts=tuple(sorted(pair for pair in rosters.conflicts if pair[0] in able and pair[1] in in_pool)),
        excluded=tuple(sorted(sorted_in.excluded)),
        rules=pool_rules(plan, strata),
    )
    groups, spared = sorted_in.groups, sorted_in.spared
    sealing = Sealing(pool, numbers(pool), seats(pool), sorted_in.members, groups, spared, known)
    problems.extend(_faults(intent, strata, rosters, sorted_in, sealing, as_of))
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
    for code, department in plan.departments.items():
        agencies |= {code: code, department.name: code}
    taking_part = {plan.agency.code}.union(*(layer.departments or () for layer in strata))
    agencies |= {code: code for code in taking_part}
    foreign: dict[tuple[str, str], list[Inspector]] = {}
    for i in inspectors:
        agency = agencies.get(i.agency)
        for word in (word for word in i.specialties if not specialties.is_known(word)):
            if agency not in {None, plan.agency.code} and not specialties.is_slip(word):
                foreign.setdefault((i.agency, word), []).append(i)
                continue
            what = f"“{i.name}”的专业“{word}”不认识。"
            problems.append(i.problem("unknown-specialty", what, specialties.advice(word), "专业"))
        if agency is None:
            what = f"“{i.name}”的所属部门“{i.agency}”方案里没有。"
            todo = f"本机关人员请留空或填“{plan.agency.name}”；联合检查的部门请写进方案的 departments。"
            problems.append(i.problem("unknown-agency", what, todo, "所属部门"))
        elif agency in taking_part and not i.left_out:
            codes = sorted({held for held in map(specialties.code, i.specialties) if held})
            yield PoolInspector(i.inspector, agency, tuple(codes), i.lead, i.load, i.cap, i.areas)
    problems.extend(_foreign(plan, foreign))


def _foreign(plan: Plan, found: Mapping[tuple[str, str], Sequence[Inspector]]) -> Iterator[Problem]:
    """Specialties of other departments that this plan does not draw: no fault, and of no use here."""
    names = called(plan)
    for (agency, word), people in found.items():
        first = people[0]
        what = f"{names.get(agency, agency)}有 {len(people)} 人写有专业“{word}”，本方案没有这个专业，派人时不看。"
        todo = "能参加联合检查的，请在这一列加上方案的专业。"
        yield warning("foreign-specialty", first.table.place(first.row, "专业"), what, todo)


def _stratum(layer: Layer, members: Sequence[Subject], plan: Plan) -> PoolStratum:
    must = sum(bool(subject.must) for subject in members)
    base = len(members) - must if plan.must_include == "on-top" else len(members)
    quota = layer.quota_of(base)
    return PoolStratum(layer.code, layer.name, layer.specialty, len(members), must, layer.ratio, layer.rounding, quota)


def _subjects(
    plan: Plan, strata: Sequence[Layer], sorted_in: Membership, as_of: date, known: Known
) -> Iterator[PoolSubject]:
    years = plan.coverage.years if plan.coverage else 0
    names: dict[int, str] = {}  # many are in several strata, and to look for a person in a name takes its time
    for layer in strata:
        for subject in sorted_in.members[layer.code]:
            left = years_left(known.since(subject, layer.specialty), years, as_of) if years else None
            name = names.get(id(subject)) or names.setdefault(id(subject), public_name(subject))
            yield PoolSubject(layer.code, subject.subject, name, subject.area, bool(subject.must), left)


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


def _faults(
    intent: Intent, strata: Sequence[Layer], rosters: Rosters, sorted_in: Membership, sealing: Sealing, as_of: date
) -> Iterator[Problem]:
    plan = intent.plan
    codes = {item.code for item in rosters.items}
    whole = bool(rosters.subjects) and not errors(sorted_in.problems)
    staffing = Staffing(intent, sealing.pool, rosters.inspectors, sealing.seats)
    for layer, stratum in zip(strata, sealing.pool.strata, strict=True):
        place = intent.place("strata", layer.index)
        for code in layer.items:
            if code not in codes:
                what = f"“{layer.name}”的抽查事项 {code} 不在抽查事项清单里。"
                yield error("unknown-item", place, what, "请核对事项编码。")
        yield from _number_faults(intent, layer, stratum, sealing, staffing, whole=whole)
    total = sum(sealing.numbers.values())
    if plan.total is not None and plan.total != total and rosters.subjects:
        what = f"合计写的是 {plan.total} 家，按名册和比例应抽 {total} 家。"
        yield error("total", intent.place("total"), what, "请核对名册、比例和 total，一致后再抽取。")
    if plan.seed.mode == "public":
        yield from _seed_faults(intent)
    if not plan.period.start.year <= plan.year <= plan.period.end.year:
        what = f"方案的年度是 {plan.year}，检查期间却是 {plan.period.start} 至 {plan.period.end}。"
        todo = "频次、风险研判、报告都按 year 计算，写错了，同年的其他抽取就不算在内；请改正。"
        yield warning("year-without-period", intent.place("year"), what, todo)
    yield from over_the_years(intent, strata, sealing.pool, sealing.members, sealing.known, as_of)
    if plan.frequency is not None and plan.frequency.by_grade:
        yield from unknown_grades(intent, strata, {subject.grade for subject in rosters.subjects})
    if plan.team.area != "any":
        yield from staffing.of_areas(sorted_in.members)
    yield from staffing.of_departments(strata)
    yield from staffing.of_subjects(sorted_in.members)
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
    intent: Intent, layer: Layer, stratum: PoolStratum, sealing: Sealing, staffing: Staffing, *, whole: bool
) -> Iterator[Problem]:
    """What is wrong with a stratum's numbers; of an empty one only if the rest of the roster is `whole`."""
    place = intent.place("strata", layer.index)
    number = sealing.numbers[layer.code]
    if not stratum.population:
        if whole:
            yield _empty(intent, layer, sealing)
        return
    if layer.count is not None and layer.count > stratum.population:
        what = f"“{layer.name}”要抽 {layer.count} 家，名册里只有 {stratum.population} 家。"
        yield error("count-above-population", place, what, "请改小 count，或补全名册。")
    if layer.expect is not None and layer.expect != number:
        what = f"“{layer.name}”写明应抽 {layer.expect} 家，按名册（{stratum.population} 家）和规则应抽 {number} 家。"
        yield error("expect", place, what, "请核对名册、比例和 expect，一致后再抽取。")
    usual = stratum.quota if intent.plan.must_include == "within" else stratum.quota + stratum.must
    if number > usual:
        what = f"“{layer.name}”应抽 {usual} 家，因必查或覆盖年限要求实抽 {number} 家。"
        yield warning("number-grows", place, what)
    if number:
        yield from staffing.of_stratum(layer)


def _empty(intent: Intent, layer: Layer, sealing: Sealing) -> Problem:
    """A stratum with nobody in it: an error, but for a grade of a stratum that nobody has this year."""
    place, left_out = intent.place("strata", layer.index), [e for e in sealing.pool.excluded if e.stratum == layer.code]
    if (
        layer.grades
        and not layer.expect
        and any(sealing.members[one.code] for one in layers(intent.plan) if one.rule == layer.rule)
    ):
        return warning(
            "empty-grade", place, f"“{layer.name}”今年没有检查对象，不抽。", "如不对，请核对名册的信用风险等级。"
        )
    if left_out:
        what = f"“{layer.name}”这一层的 {len(left_out)} 家都不参加抽取（{excluded_text(left_out)}），没有可抽的。"
        return error(
            "empty-stratum", place, what, "请核对方案的 frequency 和 exclude；这一层今年不抽的，请从 strata 里去掉。"
        )
    return error("empty-stratum", place, f"“{layer.name}”这一层没有检查对象。", "请核对名册的专业和方案的条件。")


def _must_left_out(rosters: Rosters, pool: Pool) -> Iterator[tuple[str, Subject]]:
    by_id = {subject.subject: subject for subject in rosters.subjects if subject.must}
    for excluded in pool.excluded:
        if excluded.subject in by_id:
            yield excluded.reason, by_id[excluded.subject]
