"""The draw's notice (抽取结果公示): who was drawn, by which seed, out of which pool, and how anybody can check it.

- Teams as they were drawn, and only as far as `disclosure.inspectors` lets them be seen; later changes are in the
  notice of adjustments.
- A draw that was voided before is named, with its seed and the paper that voided it.
"""

from collections.abc import Iterator, Mapping

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.membership import excluded_text
from shuangsuiji.core.privacy.scrubbing import is_identity_number
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose
from shuangsuiji.core.year.disclosure.notice import BLANK, Matter, Notice
from shuangsuiji.core.year.disclosure.units import Units
from shuangsuiji.core.year.disclosure.wording import chinese_day, chinese_moment, inspector_shown
from shuangsuiji.core.year.events import Drawn
from shuangsuiji.core.year.state import OWN, State

GRADES = {
    "public": "公开种子：名册封存以后产生的公开随机数，任何人可以查证",
    "local": "本机随机：由抽取所用计算机的操作系统产生",
    "given": "人工给定：由现场人员输入",
}
_SEVERAL = 2
_DRAWN = (
    Field("task", "任务编号", 20),
    Field("stratum_name", "抽查层", 16),
    Field("name", "单位名称", 34),
    Field("area", "区域", 14),
)
_STRATA = (
    Field("stratum", "代码", 12),
    Field("name", "抽查层", 18),
    Field("population", "名册家数", 10),
    Field("must", "其中必查", 10),
    Field("ratio", "抽查比例", 10),
    Field("quota", "应抽家数", 10),
    Field("drawn", "抽中家数", 10),
)
_EXCLUDED = (
    Field("stratum_name", "抽查层", 16),
    Field("name", "单位名称", 34),
    Field("reason", "未参加抽取的原因", 34),
)
_TEAMS = (Field("visit", "检查编号", 24), Field("name", "单位名称", 34), Field("inspectors", "检查人员", 34))
_VOIDED = (
    Field("drawn_on", "抽取日期", 14),
    Field("seed_line", "种子文本", 50),
    Field("voided_on", "作废日期", 14),
    Field("document_no", "作废文书", 24),
    Field("reason", "作废理由", 30),
)


def notice(matter: Matter) -> Notice:
    """The notice of the draw in force. Raises Refusal where nothing is drawn."""
    state, pool, plan = matter.state, matter.pool, matter.plan
    drawn = state.drawn
    if drawn is None:
        raise Refusal("nothing-drawn", "还没有抽取，没有抽取结果可以公示。", todo="请先用 ssj draw 抽取。")
    names = {stratum.stratum: stratum.name for stratum in pool.strata}
    subjects = [(stratum, one.subject) for stratum, chosen in drawn.drawn.items() for one in chosen]
    units = Units(matter, [*(subject for _, subject in subjects), *(one.subject for one in pool.excluded)])
    listings = [
        Listing("rows", "抽查对象名单", _DRAWN, [_drawn(units, names, *one) for one in subjects]),
        Listing("strata", "抽查层及抽取数量", _STRATA, _strata(pool, drawn)),
    ]
    excluded = [(names.get(e.stratum, e.stratum), units.unit(e.subject), e.reason) for e in pool.excluded]
    if excluded:
        rows = [(stratum, unit.name, unit.said(reason)) for stratum, unit, reason in excluded]
        listings.append(Listing("excluded", "未参加抽取的单位", _EXCLUDED, rows))
    shows_teams = plan.disclosure.inspectors != "hidden"
    if shows_teams:
        listings.append(Listing("teams", "检查人员匹配结果", _TEAMS, list(_teams(matter, drawn, units))))
    if state.voided:
        listings.append(Listing("voided", "此前作废的抽取", _VOIDED, _voided(state)))
    own: dict[str, object] = {
        "excluded": [],
        "teams": [],
        "voided": [],
        "tasks_total": len(subjects),
        "subjects_total": len({subject for _, subject in subjects}),
        "visits_total": len({visit.visit.split(":", 1)[0] for visit in drawn.visits}),
        "inspectors_total": len({who for visit in drawn.visits for who in visit.team}),
        "population_total": len({subject.subject for subject in pool.subjects}),
        "drawn_on": chinese_day(drawn.on),
        "drawn_at": chinese_moment(state.sources[OWN].at) or chinese_day(drawn.on),
        "sealed_on": chinese_day(state.sealed.on) if state.sealed else "",
        "method": _method(pool, called(plan)),
        "seed_line": drawn.seed_line,
        "seed": drawn.seed,
        "seed_sources": list(drawn.sources),
        "grade": drawn.grade,
        "grade_text": GRADES[drawn.grade],
        "pool_digest": drawn.pool_digest,
        "ledger_line": state.line,
        "excluded_total": len(excluded),
        "excluded_text": excluded_text(pool.excluded),
        "shows_teams": shows_teams,
        "checks": list(_checks(pool, drawn, hides=matter.plan.disclosure.inspectors == "hidden")),
        "strata_text": "、".join(f"{s.name}{len(drawn.drawn.get(s.stratum, ()))}家" for s in pool.strata),
    }
    return compose(matter, "draw", "随机监督抽查任务抽取结果的公示", own, listings)


def _drawn(units: Units, names: dict[str, str], stratum: str, subject: str) -> tuple[str, ...]:
    unit = units.unit(subject)
    return f"{stratum}/{subject}", names.get(stratum, stratum), unit.name, unit.area


def _strata(pool: Pool, drawn: Drawn) -> list[tuple[str, ...]]:
    return [
        (
            s.stratum,
            s.name,
            str(s.population),
            str(s.must),
            s.ratio or BLANK,
            str(s.quota),
            str(len(drawn.drawn.get(s.stratum, ()))),
        )
        for s in pool.strata
    ]


def _teams(matter: Matter, drawn: Drawn, units: Units) -> Iterator[tuple[str, ...]]:
    names = called(matter.plan)
    for visit in drawn.visits:
        team = "、".join(inspector_shown(matter.plan, who, drawn.inspectors.get(who, who)) for who in visit.team)
        whose = f"{names.get(visit.department, visit.department)}：" if visit.department else ""
        yield visit.visit, units.unit(visit.subject).name, whose + team


def _voided(state: State) -> list[tuple[str, ...]]:
    return [
        (
            chinese_day(voided.drawn.on),
            voided.drawn.seed_line,
            chinese_day(voided.void.on),
            voided.void.document_no,
            voided.void.reason,
        )
        for voided in state.voided
    ]


def _method(pool: Pool, departments: Mapping[str, str]) -> list[str]:
    """How it was drawn, in words that a citizen follows (protocol §5 to §7)."""
    shared = "同一单位在各层用同一个签号" if pool.rules.tickets == "shared" else "同一单位在各层分别计算签号"
    steps = [
        "抽取前封存检查对象和执法检查人员名册，计算名册摘要；抽取只依据封存的名册和种子。",
        f"每个单位的签号由种子和单位编号用 SHA-256 计算得出，{shared}；各层按签号从小到大依次抽取，抽满应抽家数为止。",
    ]
    if any(stratum.must for stratum in pool.strata):
        steps.append("名册中列明必查原因的单位一律抽取。")
    if pool.rules.coverage:
        steps.append(f"为保证{pool.rules.coverage.years}年全面覆盖，临近期限的单位按规则优先抽取。")
    joint = pool.rules.departments or {}
    alone = [s for s in pool.strata if len(joint.get(s.stratum, ())) < _SEVERAL]
    places = sorted({places for s in alone for _, places in pool.rules.seats(s.stratum)})
    steps += joint_teams(pool, departments)
    number = f"执法人员{'、'.join(map(str, places))}名" if places else "各部门的执法人员"
    steps.append(f"每次检查由同一种子随机匹配{number}，与检查对象有利害关系的人员不参加匹配，任务量均衡分配。")
    return steps


def joint_teams(pool: Pool, departments: Mapping[str, str]) -> Iterator[str]:
    """Which strata several departments inspect jointly, and how many each sends; `departments`: names by code."""
    found: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for stratum in pool.strata:
        seats = pool.rules.seats(stratum.stratum)
        if len(seats) >= _SEVERAL:
            found.setdefault(seats, []).append(stratum.name)
    for seats, strata in found.items():
        teams = "、".join(f"{departments.get(code, code)}{places}名" for code, places in seats)
        yield f"{'、'.join(strata)}实行部门联合检查，各部门从本部门执法人员中随机匹配：{teams}，同时到场，一次检查。"


def _checks(pool: Pool, drawn: Drawn, *, hides: bool) -> Iterator[dict[str, str]]:
    """How anybody can check it with ``sha256sum`` alone: what, the command, what it must give.

    `hides`: of the pool the inspectors and their conflicts are not public, so that two files of the list are missing.
    """
    less = "（检查人员和回避名单不公开，略过）" if hides else ""
    yield {
        "what": f"核对定稿名册：在名册（pool）文件夹内运行，每一行应为“成功”（OK）{less}",
        "command": "sha256sum -c --ignore-missing SHA256SUMS" if hides else "sha256sum -c SHA256SUMS",
        "expect": "",
    }
    yield {"what": "核对名册摘要", "command": "sha256sum SHA256SUMS", "expect": drawn.pool_digest}
    yield {
        "what": "核对种子",
        "command": f"printf '%s' '{drawn.seed_line}' | sha256sum",
        "expect": drawn.seed,
    }
    subjects = [(stratum, one.subject) for stratum, chosen in drawn.drawn.items() for one in chosen]
    stratum, subject = next((one for one in subjects if not is_identity_number(one[1])), ("", ""))
    if subject:
        scope = "shared" if pool.rules.tickets == "shared" else stratum
        yield {
            "what": f"核对任意一家的签号（以 {stratum}/{subject} 为例），与卷宗 result/tickets.csv 所列相同",
            "command": f"printf '%s' 'ssj1|{drawn.seed}|object|{scope}|{subject}' | sha256sum",
            "expect": "",
        }
    yield {"what": "用卷宗重算全部抽取和匹配", "command": "ssj verify", "expect": ""}
