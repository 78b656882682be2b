"""By which rule the teams of a source may be changed: the one on record, not the one that the plan file says today.

- The draw, or the receipt of a list, put the plan's `adjustment` and its seed mode on record: who edits a line of the
  plan afterwards changes nothing. Lines of older ledgers do not say; for them the plan speaks.
- A plan that says otherwise than what is on record stops every change: an adjusted plan is published again (S2 三),
  and a draw is made by it, or it is put back.
"""

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.events import AdjustmentRule, Drawn, Received
from shuangsuiji.core.year.state import Source, State

SeedMode = Literal["local", "given", "public"]

_DRAW = "抽取时", "抽取（ssj draw --void）"
_OF = {"inspectors": "按人", "places": "按人次"}
_MODES: dict[SeedMode, str] = {
    "local": "本机随机（local）",
    "given": "人工给定（given）",
    "public": "公开种子（public）",
}


def rule_in(plan: Plan) -> AdjustmentRule:
    """What the plan says of adjustments now."""
    rule = plan.adjustment
    return AdjustmentRule(limit=rule.limit, of=rule.of, approvals=rule.approvals)


def rule_of(source: Source, plan: Plan) -> AdjustmentRule:
    """What holds for `source`."""
    return source.event.adjustment or rule_in(plan)


def levels_of(source: Source, plan: Plan) -> Sequence[str]:
    """Who must agree, in order: where nobody is named, the agency itself."""
    return rule_of(source, plan).approvals or (plan.agency.name,)


def may_be_given(source: Source, plan: Plan) -> bool:
    """Whether the seed of a re-draw may be typed by hand: only as the draw's own was, or as the plan wants it.

    A hand that may choose the seed of a re-draw chooses who comes. So a draw by local chance is re-drawn by it.
    """
    if isinstance(source.event, Drawn):
        return any(one.startswith("given:") for one in source.event.sources)
    return _mode(source, plan) == "given"


def must_be_given(source: Source, plan: Plan) -> bool:
    """Whether the seed has to be typed by hand."""
    return _mode(source, plan) == "given"


def clock_rules(plan: Plan) -> str:
    """Period, limits and platform as one text: two plans have the same clocks when these are the same."""
    said = plan.model_dump(mode="json", include={"period", "deadlines", "platform"})
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def clocks_were_changed(state: State, plan: Plan) -> bool:
    """Whether the plan's clocks are others than those on record, and no adjusted plan was published since (S2 三)."""
    now = clock_rules(plan)
    told = max((one.line for one in state.notices.values() if one.event.what == "plan"), default=0)
    known = [source for source in state.sources.values() if source.event.clocks]
    return bool(known) and all(source.event.clocks != now and source.line > told for source in known)


class Difference(NamedTuple):
    """One thing that the plan says otherwise than the record, in words."""

    what: str
    recorded: str
    now: str

    def __str__(self) -> str:
        return f"{self.what}记录的是“{self.recorded}”，方案现在是“{self.now}”"


def differences(source: Source, plan: Plan) -> list[Difference]:
    """In what the plan differs from the record of `source`; how a ratio is written is no difference."""
    had, mode, now = source.event.adjustment, source.event.seed_mode, rule_in(plan)
    found: list[Difference] = []
    if had is not None:
        if fraction(had.limit) != fraction(now.limit):
            found.append(Difference("调整比例", had.limit, now.limit))
        if had.of != now.of:
            found.append(Difference("比例的算法", _OF[had.of], _OF[now.of]))
        if tuple(had.approvals) != tuple(now.approvals):
            found.append(Difference("批准级别", "、".join(had.approvals) or "无", "、".join(now.approvals) or "无"))
    if mode is not None and mode != plan.seed.mode:
        found.append(Difference("种子", _MODES[mode], _MODES[plan.seed.mode]))
    return found


def refuse_renamed(state: State, plan: Plan) -> None:
    """Raises Refusal where the plan's draw has another number than the one on record: seeds and checkpoints name it."""
    begun = state.drawn or state.sealed
    if begun is not None and begun.draw != plan.draw:
        what = f"方案的抽取编号改成了 {plan.draw}，台账里是 {begun.draw}。"
        raise Refusal("draw-id-changed", what, todo="请把方案的 draw 改回去。", source="抽取编号写进种子和校验点")


def refuse_changed(state: State, plan: Plan) -> None:
    """Raises Refusal where the plan says otherwise than every source of tasks has on record.

    What came into being under the plan as it is now put its change on record; older sources keep the rule they have.
    """
    differing = {source.id: differences(source, plan) for source in state.sources.values()}
    if not all(differing.values()):
        return
    source = max(state.sources.values(), key=lambda one: one.line)
    said = "；".join(map(str, differing[source.id]))
    is_list = isinstance(source.event, Received)
    when, void = (f"接收清单 {source.id} 时", f"接收（ssj receive --void {source.id}）") if is_list else _DRAW
    raise Refusal(
        "plan-changed",
        f"方案的调整规则在抽取（接收）后被改动，不能办理调整。{when}：{said}。",
        todo=f"请把方案改回；方案确已依程序调整并重新公布的，凭批准文书作废{void}，再按新方案办理。",
        source="“对需调整的年度抽查计划必须严格履行相关工作程序，调整后的年度抽查计划要及时向社会公开”",
        details={
            "source": source.id,
            "differences": [difference._asdict() for difference in differing[source.id]],
        },
    )


def _mode(source: Source, plan: Plan) -> SeedMode:
    return source.event.seed_mode or plan.seed.mode
