"""What may be changed after the draw, and what one request changes: recusal, replacement, closing of a task.

- A visit whose check has ended stays as it is; so does one whose tasks the superior has closed.
- Recusal conflicts the inspector with the subject: he leaves all its open visits, in every source of tasks. Where the
  bureau itself decides it, there is a paper.
- A replacement that is not carried out yet can be taken back; one that finds nothing left to replace closes itself.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.approval import Since, refuse_day, since
from shuangsuiji.core.year.events import AdjustmentClosed, DrawnVisit, Recused, Voided
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.receiving import PLACEHOLDER
from shuangsuiji.core.year.state import Adjustment, Source, State
from shuangsuiji.core.year.wholevisit import whole

Asker = Literal["inspector", "firm", "bureau"]
Absence = Literal["illness", "leave", "transfer", "other"]
Slip = Literal["duplicate", "entry-error", "other"]

ASKERS: Mapping[Asker, str] = {"inspector": "检查人员申请", "firm": "检查对象申请", "bureau": "本机关决定"}
ABSENCES: Mapping[Absence, str] = {"illness": "因病", "leave": "休假", "transfer": "调离", "other": "其他"}
SLIPS: Mapping[Slip, str] = {"duplicate": "重卡", "entry-error": "录入错误", "other": "其他"}
UNAVAILABLE = frozenset({"illness", "leave", "transfer"})
"""Whoever is away for these is in no team any more (protocol §8)."""

_SHOWN = 12


class Lookup:
    """A state with what is asked of it again and again: which visits are still open."""

    def __init__(self, state: State):
        self.state = state
        self.open = _open_visits(state)

    def visit(self, name: str) -> tuple[Source, DrawnVisit]:
        """The visit called `name`, and where it came from. Raises Refusal where there is none."""
        for source in self.state.sources.values():
            if name in source.visits:
                return source, source.visits[name]
        names = [visit for source in self.state.sources.values() for visit in source.visits]
        parts = [visit for visit in names if whole(visit) == name]
        if parts:
            what = f"{name} 是联合检查，各部门的检查组分别编号。"
            raise Refusal(
                "which-department", what, todo=f"请写明是哪一个：{'、'.join(parts)}。", details={"near": parts}
            )
        raise _unknown("unknown-visit", "检查编号", name, names, "检查编号见任务单的“我的任务”。")

    def inspector(self, text: str) -> str:
        """The 执法证号 of whoever is or was on a team; a name that only one has is understood too."""
        known = {i: name for source in self.state.sources.values() for i, name in source.inspectors.items()}
        if text in known:
            return text
        namesakes = [inspector for inspector, name in known.items() if name == text]
        if len(namesakes) == 1:
            return namesakes[0]
        raise _unknown("unknown-inspector", "执法人员", text, known, "请写任务清单上的执法证号。")

    def name(self, inspector: str) -> str:
        """``监督员01（P1）``."""
        for source in self.state.sources.values():
            if inspector in source.inspectors:
                return f"{source.inspectors[inspector]}（{inspector}）"
        return inspector

    def can_change(self, source: Source, visit: DrawnVisit) -> bool:
        """Whether the check has not ended and something of it is still to be done."""
        return (source.id, whole(visit.visit)) in self.open

    def of(self, inspector: str) -> list[tuple[Source, DrawnVisit]]:
        """The open visits that `inspector` is to do."""
        return [
            (source, visit)
            for source in self.state.sources.values()
            for visit in source.visits.values()
            if inspector in visit.team and self.can_change(source, visit)
        ]


def recuse(
    lookup: Lookup, visit: str, inspector: str, *, asked_by: Asker, reason: str, document_no: str, on: date
) -> list[Recused]:
    """All visits from which `inspector` steps back, the named one first. Raises Refusal where he cannot.

    One on record from which he is not gone yet is among them: a crash cut off the round.
    """
    _refuse_blank(reason, "回避的原因", "--reason")
    if asked_by == "bureau":
        _refuse_blank(document_no, "本机关决定回避的文号", "--document")
    source, found = lookup.visit(visit)
    if (visit, inspector) in source.recused and inspector not in found.team:
        what = f"{lookup.name(inspector)}已经回避 {visit}，并已换人。"
        raise Refusal("already-recused", what, todo="可用 ssj adjust log 查看。")
    _refuse_not_on_team(lookup, source, found, inspector)
    _refuse_over(lookup, source, found, "回避要在检查前提出；已做的检查按案件程序处理。")
    places = [(source, found)]
    whom = identity(source.id, found.subject)
    places += [(s, v) for s, v in lookup.of(inspector) if identity(s.id, v.subject) == whom and v.visit != found.visit]
    return [
        Recused(
            on=on,
            source=at.id,
            visit=each.visit,
            subject=each.subject,
            inspector=inspector,
            asked_by=asked_by,
            reason=reason.strip(),
            document_no=document_no.strip(),
        )
        for at, each in places
    ]


def to_replace(lookup: Lookup, inspector: str, visits: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The visits in which `inspector` is to be replaced, by source; all his open ones where none are named."""
    places = [lookup.visit(visit) for visit in dict.fromkeys(visits)] if visits else lookup.of(inspector)
    who = lookup.name(inspector)
    for source, visit in places:
        _refuse_not_on_team(lookup, source, visit, inspector)
        _refuse_over(lookup, source, visit, "只替换还没有做的检查。")
        _refuse_asked(lookup, visit, inspector)
    if not places:
        gone = any(inspector in source.gone for source in lookup.state.sources.values())
        what = f"{who}已经被替换，没有要换的检查。" if gone else f"{who}没有还没做的检查，不需要替换。"
        raise Refusal("nothing-to-replace", what, todo="可用 ssj adjust log 查看。")
    found: dict[str, tuple[str, ...]] = {}
    for source, visit in places:
        found[source.id] = (*found.get(source.id, ()), visit.visit)
    return found


def places_left(lookup: Lookup, adjustment: Adjustment) -> list[tuple[Source, DrawnVisit]]:
    """The visits asked for which are still open and still his."""
    asked = adjustment.asked
    source = lookup.state.sources[asked.source]
    places = ((source, source.visits[visit]) for visit in asked.visits)
    return [(at, visit) for at, visit in places if asked.inspector in visit.team and lookup.can_change(at, visit)]


def asked_for(state: State, name: str) -> Adjustment:
    """The replacement called `name`. Raises Refusal where there is none, or it was taken back."""
    known = state.adjustments
    if name not in known:
        todo = f"现有：{'、'.join(known)}。" if known else "还没有报批的替换。"
        raise Refusal("unknown-adjustment", f"没有“{name}”这项调整。", todo=todo)
    closed = known[name].closed
    if closed is not None and closed.why == "withdrawn":
        todo = "仍要替换的，用 ssj adjust replace 重新登记。"
        raise Refusal("already-withdrawn", f"{name} 已于 {closed.on} 撤回。", todo=todo)
    return known[name]


def withdraw(state: State, name: str, *, reason: str, document_no: str, on: date) -> AdjustmentClosed:
    """The taking back of a replacement that is not carried out. Raises Refusal."""
    _refuse_blank(reason, "撤回的原因", "--reason")
    found = asked_for(state, name)
    if found.done:
        what = f"{name} 已经批准并换了人，不能撤回。"
        raise Refusal("already-done", what, todo="台账只增不改；要再换人的，用 ssj adjust replace 另行报批。")
    if found.closed is not None:
        what = f"{name} 已于 {found.closed.on} 因没有可替换的检查而结束，不占比例，不需要撤回。"
        raise Refusal("already-closed", what, todo="可用 ssj adjust log 查看。")
    return AdjustmentClosed(
        on=on, adjustment=name, why="withdrawn", reason=reason.strip(), document_no=document_no.strip()
    )


def void_task(state: State, task: str, *, why: Slip, reason: str, document_no: str, on: date, today: date) -> Voided:
    """The closing of `task` by the superior, by a paper of the day `on`.

    Raises Refusal where there is no such task, it is closed already, or the paper's day cannot be.
    """
    _refuse_blank(reason, "完结的理由", "--reason")
    _refuse_blank(document_no, "上级的文号", "--document")
    if task not in state.tasks:
        raise _unknown("unknown-task", "任务编号", task, state.tasks, "任务编号见任务清单。")
    had = state.tasks[task].voided
    if had is not None:
        what = f"任务 {task} 已于 {had.on} 凭 {had.document_no} 完结。"
        raise Refusal("already-voided", what, todo="可用 ssj adjust log 查看。")
    refuse_day(on, _began(state, task), today, "文书日期")
    return Voided(on=on, task=task, why=why, reason=reason.strip(), document_no=document_no.strip())


def identity(source: str, subject: str) -> tuple[str, str]:
    """Who `subject` is in any source: a list's own number for one that it does not name means nothing outside it."""
    return (source if PLACEHOLDER.fullmatch(subject) else "", subject)


def _began(state: State, task: str) -> Since:
    """Since when there can be a paper about `task`."""
    source = state.sources.get(state.tasks[task].source)
    return since(source) if source is not None else Since(state.otherwise[task].on, "检查")


def _open_visits(state: State) -> set[tuple[str, str]]:
    some: set[tuple[str, str]] = set()
    over: set[tuple[str, str]] = set()
    for task in state.tasks.values():
        match status(task):
            case "open":
                some.add((task.source, task.visit))
            case "checked" | "done" | "published":
                over.add((task.source, task.visit))
            case "closed":
                pass
    return some - over


def _refuse_not_on_team(lookup: Lookup, source: Source, visit: DrawnVisit, inspector: str) -> None:
    if inspector not in visit.team:
        team = "、".join(f"{source.inspectors[i]}（{i}）" for i in visit.team)
        what = f"{lookup.name(inspector)}不在 {visit.visit} 的检查组里。"
        raise Refusal("not-on-team", what, todo=f"这次检查的人员是：{team}。")


def _refuse_over(lookup: Lookup, source: Source, visit: DrawnVisit, todo: str) -> None:
    if not lookup.can_change(source, visit):
        what = f"{visit.visit} 的现场检查已经结束，或任务已经完结，不能再换人。"
        raise Refusal("visit-over", what, todo=todo, source="行政处罚法第四十三条；调整在检查之前")


def _refuse_asked(lookup: Lookup, visit: DrawnVisit, inspector: str) -> None:
    for each in lookup.state.adjustments.values():
        if each.is_pending and each.asked.inspector == inspector and visit.visit in each.asked.visits:
            name = each.asked.adjustment
            what = f"{lookup.name(inspector)}在 {visit.visit} 的替换已经报批（{name}），还没有批完。"
            raise Refusal("already-asked", what, todo=f"登记批准意见请用 ssj adjust approve {name}。")


def _refuse_blank(text: str, word: str, option: str) -> None:
    if not text.strip():
        raise Refusal("blank", f"没有写{word}。", todo=f"请写明（命令里用 {option}）。", exit_code=2)


def _unknown(code: str, word: str, text: str, known: Iterable[str], todo: str) -> Refusal:
    names = list(known)
    near = difflib.get_close_matches(text, names[:5000], n=5) or names[:_SHOWN]
    shown = f"有的是：{'、'.join(near)}{' 等' if len(names) > len(near) else ''}。" if near else ""
    return Refusal(code, f"没有“{text}”这个{word}。", todo=shown + todo, details={"near": near})
