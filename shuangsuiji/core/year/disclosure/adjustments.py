"""The notice of adjustments (调整情况公示): every change since the draw, and how it stands to the limit (S2 三).

- Never a reason in anybody's own words; a replacement's category alone (因病, 调离 …), and not even that of an
  inspector whom the plan lets be named. Recusals say only that they are recusals.
- Who left and who joined only as far as `disclosure.inspectors` lets it be seen.
"""

from collections import Counter
from collections.abc import Sequence

from shuangsuiji.core.year.adjustlog import KINDS, STATUSES, Row, rows
from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose
from shuangsuiji.core.year.disclosure.draw import GRADES
from shuangsuiji.core.year.disclosure.notice import Matter, Notice
from shuangsuiji.core.year.disclosure.units import Units
from shuangsuiji.core.year.disclosure.wording import chinese_day, inspector_shown
from shuangsuiji.core.year.events import Received, Redrawn
from shuangsuiji.core.year.rule import rule_of
from shuangsuiji.core.year.share import share
from shuangsuiji.core.year.state import Source

_WHAT = (
    Field("kind", "类型", 10),
    Field("visit", "检查（任务）编号", 22),
    Field("name", "单位名称", 30),
)
_PEOPLE = (Field("leaves", "原检查人员", 14), Field("joins", "调整后人员", 14))
_HOW = (
    Field("why", "事由", 14),
    Field("papers", "批准文书", 36),
    Field("on", "日期", 12),
    Field("status", "状态", 16),
    Field("share", "调整后占比", 16),
)
_SHARES = (Field("name", "任务来源", 34), Field("sentence", "调整比例", 60))
_ROUNDS = (
    Field("name", "任务来源", 24),
    Field("round", "轮次", 8),
    Field("on", "日期", 12),
    Field("changes", "换人处数", 10),
    Field("grade", "种子等级", 30),
    Field("seed_line", "种子文本", 50),
    Field("seed", "种子", 66),
)
_RECUSED, _CHAIN, _SPECIAL = "依法回避", "为腾出人员连带调整", "特殊原因"


def notice(matter: Matter) -> Notice:
    """The notice; `matter.happened` is what it tells of, perhaps nothing."""
    state, plan = matter.state, matter.plan
    names = {one.subject: one.name for one in matter.pool.subjects}
    found = rows(matter.happened, plan, names)
    units = Units(matter, (row.subject for row in found))
    shows_people = plan.disclosure.inspectors != "hidden"
    fields = (*_WHAT, *(_PEOPLE if shows_people else ()), *_HOW)
    count = Counter(row.kind for row in found)
    listings = [
        Listing("rows", "调整情况", fields, [_row(matter, units, row, shows_people=shows_people) for row in found]),
        Listing(
            "shares", "调整比例", _SHARES, [(_called(s), f"{_share(matter, s)}。") for s in state.sources.values()]
        ),
    ]
    rounds = _rounds(matter)
    if rounds:
        listings.append(Listing("rounds", "重新抽取记录", _ROUNDS, rounds))
    own = {
        "rounds": [],
        "adjustments_total": len(found),
        "by_kind": [{"code": kind, "name": name, "rows": count[kind]} for kind, name in KINDS.items()],
        "shows_people": shows_people,
        "limit": plan.adjustment.limit,
        "approvals": list(plan.adjustment.approvals),
    }
    return compose(matter, "adjustments", "随机监督抽查任务调整情况的公示", own, listings)


def _row(matter: Matter, units: Units, row: Row, *, shows_people: bool) -> tuple[str, ...]:
    unit = units.unit(row.subject, row.name)
    people = [inspector_shown(matter.plan, *who) if who[0] else "" for who in (row.leaves, row.joins)]
    status = STATUSES[row.status] + (f"（第{row.round}轮）" if row.round else "")
    return (
        KINDS[row.kind],
        row.visit,
        unit.name,
        *(people if shows_people else ()),
        _why(row, shows_people=shows_people),
        "；".join(unit.said(paper) for paper in row.papers),
        row.on.isoformat(),
        f"{status}：{'、'.join(row.waiting)}" if row.waiting else status,
        row.share.figures if row.share else "不计入",
    )


def _why(row: Row, *, shows_people: bool) -> str:
    match row.kind:
        case "recusal":
            return _RECUSED
        case "chain":
            return _CHAIN
        case "replacement":
            return _SPECIAL if shows_people or row.why_code == "other" else row.why
        case "void":
            return row.why


def _called(source: Source) -> str:
    event = source.event
    if isinstance(event, Received):
        return f"{event.drawn_by}下达的抽查任务" + (f"（{event.document_no}）" if event.document_no else "")
    return "本方案抽取"


def _share(matter: Matter, source: Source) -> str:
    return share(matter.state, source, rule_of(source, matter.plan)).sentence


def _rounds(matter: Matter) -> Sequence[tuple[str, ...]]:
    sources = matter.state.sources
    return [
        (
            _called(sources[event.source]),
            str(event.round),
            chinese_day(event.on),
            str(len(event.changes)),
            GRADES[event.grade],
            event.seed_line,
            event.seed,
        )
        for one in matter.state.history
        if isinstance(event := one.event, Redrawn) and event.source in sources and one.line > sources[event.source].line
    ]
