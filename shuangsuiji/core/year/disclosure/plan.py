"""The plan's notice (年度随机抽查计划公示): what will be inspected, of whom how many, when, by whom (S1 四).

The plan is public before it is carried out. Populations are those of the sealed pool, or of today's rosters.
"""

from collections.abc import Iterator, Mapping, Sequence

from shuangsuiji.core.draw.drawing import numbers
from shuangsuiji.core.draw.pool import Pool, PoolStratum
from shuangsuiji.core.draw.sources import announced, bits, grade_announced, outcomes
from shuangsuiji.core.plan.caprule import MUST_WORD, Frequency
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.frequency import counted_kinds, grades
from shuangsuiji.core.plan.layers import GRADE, Layer, layers
from shuangsuiji.core.plan.membership import excluded_text
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.privacy.scrubbing import HIDDEN, is_identity_number
from shuangsuiji.core.year.briefing import items_of
from shuangsuiji.core.year.closed import is_closed
from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose
from shuangsuiji.core.year.disclosure.draw import joint_teams
from shuangsuiji.core.year.disclosure.notice import BLANK, Matter, Notice
from shuangsuiji.core.year.disclosure.wording import chinese_day
from shuangsuiji.core.year.events import PoolChanges, RiskCount
from shuangsuiji.core.year.findings import BASES
from shuangsuiji.core.year.sealtext import CHANGES, qr_text

_FIELDS = (
    Field("name", "抽查任务名称", 14),
    Field("items", "抽查事项", 34),
    Field("type", "抽查类型", 9),
    Field("objects", "对象范围", 30),
    Field("ratio", "抽查比例", 12),
    Field("quota", "数量", 8),
    Field("period", "时间", 16),
    Field("department", "部门", 18),
)
_CHANGED = (
    Field("change", "变动", 10),
    Field("subject", "对象编号", 20),
    Field("name", "单位名称", 30),
    Field("strata", "抽查层", 20),
    Field("before", "原来", 24),
)
SEED_MODES = {
    "local": "抽取时由本机操作系统产生随机数",
    "given": "抽取时由现场人员给定",
    "public": "名册封存以后产生的公开随机数",
}
_ROUNDING = {"ceil": "小数一律进一", "half-up": "四舍五入", "floor": "舍去小数"}


def notice(matter: Matter) -> Notice:
    """The notice of a plan, drawn or not."""
    plan, pool = matter.plan, matter.pool
    strata = {stratum.stratum: stratum for stratum in pool.strata}
    drawing = numbers(pool)
    items = items_of(plan, matter.rosters)
    sealed = matter.state.sealed
    rows = [
        (
            layer.name,
            "；".join(item.name for item in items[layer.code]),
            "不定向" if plan.team.specialty == "any" else "定向",
            _objects(layer, strata.get(layer.code)),
            _ratio(layer),
            f"{drawing[layer.code]}家" if layer.code in drawing else BLANK,
            _period(plan),
            _department(plan, layer),
        )
        for layer in layers(plan)
    ]
    own = {
        "period_start": chinese_day(plan.period.start),
        "period_end": chinese_day(plan.period.end),
        "period": f"{chinese_day(plan.period.start)}至{chinese_day(plan.period.end)}",
        "strata_total": len(rows),
        "population_total": len({subject.subject for subject in pool.subjects}),
        "quota_total": sum(drawing.values()),
        "excluded_total": len(pool.excluded),
        "excluded_text": excluded_text(pool.excluded),
        "strata": [
            {
                "stratum": s.stratum,
                "name": s.name,
                "population": s.population,
                "ratio": s.ratio,
                "quota": drawing[s.stratum],
            }
            for s in pool.strata
        ],
        "rules": [*_rules(plan, pool), *_risk(matter.risk)],
        "is_sealed": sealed is not None,
        "sealed_on": chinese_day(sealed.on) if sealed else "",
        "pool_digest": sealed.pool_digest if sealed else "",
        "seed_mode": SEED_MODES[plan.seed.mode],
        "seed_sources": list(plan.seed.sources),
        **_announcement(matter),
    }
    listings = [Listing("rows", "随机抽查计划", _FIELDS, rows)]
    if matter.pool_changes and not is_closed(matter.state):
        names = {stratum.stratum: stratum.name for stratum in pool.strata}
        listings.append(
            Listing("pool_changes", "与上一次封存的名册相比的变动", _CHANGED, list(_changed(matter, names)))
        )
    return compose(matter, "plan", "年度随机监督抽查计划的公示", own, listings)


def _announcement(matter: Matter) -> dict[str, object]:
    """What a sealing of its own (``ssj seal``) announces; all of it blank where the pool is sealed with the draw."""
    sealed, voided = matter.state.sealed, matter.state.voided_seals
    told = sealed.announced if sealed else ()
    changes = sealed.changes if sealed else None
    return {
        "announced": [
            {"source": text, "name": str(one.name if one else text)} for text in told for one in announced(text)[:1]
        ],
        "known_on": chinese_day(sealed.known_on) if sealed and sealed.known_on else "",
        "seed_bits": bits(outcomes(told)),
        "seed_grade": grade_announced(told) if told else "",
        "key_commitment": sealed.key_commitment if sealed else "",
        "qr": qr_text(sealed) if sealed and sealed.inspectors else "",
        "changes_against": changes.against if changes else "",
        "changes_text": _counted(changes) if changes else "",
        "pool_changes": [],
        "voided_seals": [
            {
                "sealed_on": chinese_day(one.sealed.on),
                "pool_digest": one.sealed.pool_digest,
                "announced": "、".join(one.sealed.announced) or BLANK,
                "voided_on": chinese_day(one.void.on),
                "document_no": one.void.document_no,
                "reason": one.void.reason,
            }
            for one in voided
        ],
    }


def _counted(changes: PoolChanges) -> str:
    found = [f"{word}{number}家" for kind, word in CHANGES.items() if (number := getattr(changes, kind))]
    return "、".join(found) or "没有变动"


def _changed(matter: Matter, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """One row for each subject that changed; ids that are persons' numbers are hidden."""

    def strata(text: str) -> str:
        return "、".join(names.get(code, code) for code in text.split(";") if code)

    for row in matter.pool_changes:
        kind, before = row["change"], row["before"]
        ids = [HIDDEN if is_identity_number(text) else text for text in (row["subject"], before)]
        earlier = {"reclassified": strata(before), "renumbered": ids[1]}.get(kind, before)
        yield CHANGES[kind], ids[0], row["name"], strata(row["strata"]), earlier


def _objects(layer: Layer, stratum: PoolStratum | None) -> str:
    parts = [f"{column}为{'、'.join(sorted(filter(None, values)))}" for column, values in layer.where.items()]
    where = f"（{'，'.join(part.replace(GRADE, '信用风险等级') for part in parts)}）" if parts else ""
    population = f"，共{stratum.population}家" if stratum else ""
    return f"检查对象名录库中{layer.name.split('（')[0]}单位{where}{population}"


def _ratio(layer: Layer) -> str:
    parts = [layer.ratio or "按数量抽取"]
    if layer.all_below:
        parts.append(f"不足{layer.all_below}家的全部抽取")
    if layer.minimum:
        parts.append(f"不少于{layer.minimum}家")
    return "，".join(parts)


def _period(plan: Plan) -> str:
    start, end = plan.period.start, plan.period.end
    first = f"{start.year}年{start.month}月{start.day}日"
    last = f"{end.month}月{end.day}日" if end.year == start.year else chinese_day(end)
    return f"{first}至{last}"


def _department(plan: Plan, layer: Layer) -> str:
    known = called(plan)
    joint = [known.get(code, code) for code in layer.departments or ()]
    return "、".join(joint) or plan.agency.name


def _rules(plan: Plan, pool: Pool) -> Iterator[str]:
    """The rules of the draw, in words: those that the pool was sealed with, whatever the plan file says since."""
    rules = pool.rules
    yield f"按比例计算的家数，{_ROUNDING[plan.rounding]}。"
    within = "计入应抽家数" if rules.must_include == "within" else "在应抽家数之外另计"
    yield f"名录库中列明必查原因的单位一律纳入，{within}。"
    if rules.coverage:
        yield f"按{rules.coverage.years}年全面覆盖一次确定抽查对象。"
    if plan.frequency:
        yield from _caps(plan, plan.frequency)
    if rules.visits == "merge":
        yield "同一单位涉及多个专业的，尽量合并为一次检查。"
    who = {"every": "均具备相应专业", "one": "至少一人具备相应专业", "any": "不限专业"}[rules.team.specialty]
    lead = "，其中至少一名主办人员" if rules.team.lead else ""
    area = {"own": "，从负责该区域的人员中匹配", "other": "，从其他区域的人员中匹配", "any": ""}[rules.team.area]
    yield f"每次检查随机匹配执法人员{rules.team.size}名，{who}{lead}{area}；与检查对象有利害关系的依法回避。"
    if rules.departments:
        yield from joint_teams(pool, called(plan))
    approvals = f"，经{'、'.join(plan.adjustment.approvals)}批准" if plan.adjustment.approvals else ""
    people = "抽取人员总数" if plan.adjustment.of == "inspectors" else "抽取人次总数"
    limit = f"调整比例不超过{people}的{plan.adjustment.limit}"
    yield f"抽查任务原则上不得擅自调整；确需调整执法人员的{approvals}，{limit}。"


def _risk(found: Sequence[RiskCount]) -> Iterator[str]:
    """How many units last year's record made 必查, and how many grades it changed, by rule."""
    must = "，".join(f"{one.rule}{one.must}家" for one in found if one.must)
    if must:
        yield f"经风险研判并逐家复核，列为必查的：{must}（一家符合几项的，各项都计）。"
    grades = "，".join(f"{one.rule}{one.grades}家" for one in found if one.grades)
    if grades:
        yield f"经风险研判并逐家复核，调整信用风险等级的：{grades}。"


def _caps(plan: Plan, rule: Frequency) -> Iterator[str]:
    """How often a unit is inspected in a year, and who is exempt from that."""
    counted = counted_kinds(rule)
    others = "、".join(f"{name}检查" for code, name in BASES.items() if code in counted)
    of_grades = "、".join(f"为{word}的不超过{cap}次" for word, cap in grades(plan).items())
    said = f"同一单位一年内随机抽查{f'（含{others}）' if others else ''}不超过{rule.per_year}次"
    yield f"{said}，其中信用风险等级{of_grades}。" if of_grades else f"{said}。"
    names = {layer.code: layer.name for layer in layers(plan)} | {one.code: one.name for one in plan.strata}
    words = ["列明必查原因的单位" if word == MUST_WORD else names.get(word, "") for word in rule.exempt]
    words += [f"列入{name.rpartition('/')[2].rpartition('.')[0]}的单位" for name in rule.exempt_files]
    if any(words):
        yield f"下列单位和抽查任务不受上述次数限制：{'、'.join(filter(None, words))}。"
