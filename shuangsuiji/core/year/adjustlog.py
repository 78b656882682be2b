"""The adjustment log (调整台账): every change since the draw as a row, for the screen, the xlsx and the approval forms.

Who, from, to, why, on what paper, when, by whom entered, share afterwards. Recusals are shown and not counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.adjustment import ABSENCES, ASKERS, SLIPS
from shuangsuiji.core.year.approval import missing
from shuangsuiji.core.year.events import (
    AdjustmentClosed,
    Approved,
    Change,
    Happened,
    Recused,
    Redrawn,
    ReplacementAsked,
    Voided,
)
from shuangsuiji.core.year.recusals import times
from shuangsuiji.core.year.rule import levels_of, rule_of
from shuangsuiji.core.year.share import Share, share
from shuangsuiji.core.year.state import Adjustment, State, fold

Kind = Literal["recusal", "replacement", "chain", "void"]
Status = Literal["done", "pending", "withdrawn", "lapsed"]

KINDS: Mapping[Kind, str] = {"recusal": "回避", "replacement": "替换", "chain": "连带调整", "void": "任务完结"}
STATUSES: Mapping[Status, str] = {
    "done": "已完成",
    "pending": "待批准",
    "withdrawn": "已撤回",
    "lapsed": "已无可替换",
}


class Row(NamedTuple):
    """One place changed, still waiting, or one task closed. `subject` with `name`; people as (执法证号, 姓名).

    `on`: the day that counts; `at`, `by`: when and by whom the request was entered; `done_at`, `done_by`: when and by
    whom it was carried out or closed. `reason` of a recusal is private; `closed_because`: why a request was taken back.
    `counted`: whether it counts towards the limit; `share`: with it, then. `time`: of a recusal, which one of his.
    """

    kind: Kind
    adjustment: str
    source: str
    visit: str
    subject: str
    name: str
    leaves: tuple[str, str]
    joins: tuple[str, str]
    why: str
    why_code: str
    reason: str
    papers: tuple[str, ...]
    on: date
    at: str
    by: str
    status: Status
    waiting: tuple[str, ...]
    done_at: str
    round: int
    counted: bool
    share: Share | None
    done_by: str = ""
    closed_because: str = ""
    time: int = 0


def status_of(adjustment: Adjustment, levels: Sequence[str]) -> Status:
    """Where a replacement stands. Older ledgers have some that all levels approved, with nothing left to replace."""
    if adjustment.done:
        return "done"
    if adjustment.closed is not None:
        return "withdrawn" if adjustment.closed.why == "withdrawn" else "lapsed"
    return "pending" if missing(levels, adjustment) else "lapsed"


def rows(happened: Sequence[Happened], plan: Plan, names: Mapping[str, str]) -> list[Row]:
    """The log of what is in force, in order of entry; `names` of subjects, for draws that do not carry them.

    What happened to a draw that was voided later went with it; it stays in the ledger.
    """
    state = fold(happened)
    reader = _Reader(state, plan, names, _shares(happened, state, plan))
    found: list[tuple[int, Row]] = []
    for one in happened:
        if _is_in_force(state, one):
            found += ((reader.place(one, row), row) for row in reader.rows(one))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


class _Reader:
    def __init__(self, state: State, plan: Plan, names: Mapping[str, str], shares: Mapping[str, Share]):
        self._state, self._plan, self._names, self._shares = state, plan, names, shares
        self._times = times(state)
        self._recused: dict[tuple[str, str], Happened] = {}
        self._asked: dict[str, Happened] = {}

    def place(self, happened: Happened, row: Row) -> int:
        """After which ledger line the row stands: that of the request."""
        return self._asked[row.adjustment].line if row.adjustment else happened.line

    def rows(self, happened: Happened) -> Iterator[Row]:
        match happened.event:
            case Recused() as event:
                self._recused[event.visit, event.inspector] = happened
            case ReplacementAsked() as event:
                self._asked[event.adjustment] = happened
                if self._state.adjustments[event.adjustment].is_pending:
                    for visit in event.visits:
                        yield self._replacement(event, visit, ("", ""), None)
            case AdjustmentClosed() as event:
                asked = self._asked[event.adjustment].event
                assert isinstance(asked, ReplacementAsked)  # noqa: S101 - that is what stands under its name
                for visit in asked.visits:
                    yield self._replacement(asked, visit, ("", ""), happened)
            case Redrawn() as event:
                for change in event.changes:
                    yield self._changed(event, change, happened)
            case Voided() as event:
                yield self._void(event, happened)
            case _:
                pass

    def _changed(self, event: Redrawn, change: Change, happened: Happened) -> Row:
        joins = self._person(event.source, change.joins)
        if change.because == "replacement":
            asked = self._asked[change.adjustment].event
            assert isinstance(asked, ReplacementAsked)  # noqa: S101 - that is what stands under its name
            return self._replacement(asked, change.visit, joins, happened)
        entered = self._recused.get((change.visit, change.leaves), happened)
        recused = entered.event if isinstance(entered.event, Recused) else None
        row = self._row(change.because, event.source, change.visit, entered)
        return row._replace(
            leaves=self._person(event.source, change.leaves),
            joins=joins,
            why=ASKERS[recused.asked_by] if recused else "为腾出人员连带调整",
            why_code=recused.asked_by if recused else "chain",
            reason=recused.reason if recused else "",
            papers=(recused.document_no,) if recused and recused.document_no else (),
            done_at=happened.at,
            done_by=happened.by,
            round=event.round,
            time=self._times.get((change.visit, change.leaves), 0) if recused else 0,
        )

    def _replacement(self, asked: ReplacementAsked, visit: str, joins: tuple[str, str], done: Happened | None) -> Row:
        adjustment = self._state.adjustments[asked.adjustment]
        levels = levels_of(self._state.sources[asked.source], self._plan)
        status, closed = status_of(adjustment, levels), adjustment.closed
        papers = [f"{a.level} {a.document_no} {a.on}" for a in adjustment.approvals]
        papers += [f"超限批准 {asked.excess_document}"] if asked.excess_document else []
        papers += [f"撤回 {closed.document_no} {closed.on}"] if closed and closed.document_no else []
        row = self._row("replacement", asked.source, visit, self._asked[asked.adjustment])
        return row._replace(
            adjustment=asked.adjustment,
            leaves=self._person(asked.source, asked.inspector),
            joins=joins,
            why=ABSENCES[asked.why],
            why_code=asked.why,
            reason=asked.reason,
            papers=tuple(papers),
            status=status,
            waiting=tuple(missing(levels, adjustment)) if status == "pending" else (),
            done_at=done.at if done else "",
            done_by=done.by if done else "",
            closed_because=closed.reason if closed else "",
            round=done.event.round if done and isinstance(done.event, Redrawn) else 0,
            counted=closed is None,
            share=None if closed else self._shares[asked.adjustment],
        )

    def _void(self, event: Voided, happened: Happened) -> Row:
        task = self._state.tasks[event.task]
        row = self._row("void", task.source, event.task, happened)
        return row._replace(
            subject=task.subject,
            name=task.name or self._names.get(task.subject, ""),
            why=SLIPS[event.why],
            why_code=event.why,
            reason=event.reason,
            papers=(event.document_no,),
            done_at=happened.at,
            done_by=happened.by,
        )

    def _row(self, kind: Kind, source: str, visit: str, entered: Happened) -> Row:
        found = self._state.sources[source].visits.get(visit) if source in self._state.sources else None
        subject = found.subject if found else ""
        return Row(
            kind=kind,
            adjustment="",
            source=source,
            visit=visit,
            subject=subject,
            name=self._name(source, subject),
            leaves=("", ""),
            joins=("", ""),
            why="",
            why_code="",
            reason="",
            papers=(),
            on=entered.event.on,
            at=entered.at,
            by=entered.by,
            status="done",
            waiting=(),
            done_at=entered.at,
            round=0,
            counted=False,
            share=None,
        )

    def _name(self, source: str, subject: str) -> str:
        event = self._state.sources[source].event if source in self._state.sources else None
        return getattr(event, "names", {}).get(subject) or self._names.get(subject, "")

    def _person(self, source: str, inspector: str) -> tuple[str, str]:
        return inspector, self._state.sources[source].inspectors.get(inspector, inspector)


def of_adjustment(found: Sequence[Row], adjustment: Adjustment) -> list[Row]:
    """The rows of one replacement."""
    return [row for row in found if row.adjustment == adjustment.asked.adjustment]


def _is_in_force(state: State, happened: Happened) -> bool:
    """Whether it was not swept away with a voided draw."""
    match happened.event:
        case Recused() | Redrawn() | ReplacementAsked() as event:
            source = state.sources.get(event.source)
            return source is not None and happened.line > source.line
        case Approved() | AdjustmentClosed() as event:
            return event.adjustment in state.adjustments
        case Voided() as event:
            task = state.tasks.get(event.task)
            return task is not None and task.voided == event
        case _:
            return False


def _shares(happened: Sequence[Happened], state: State, plan: Plan) -> dict[str, Share]:
    """By adjustment: the share when it had been asked for."""
    found: dict[str, Share] = {}
    before, start = State(), 0
    for number, one in enumerate(happened, 1):
        if isinstance(one.event, ReplacementAsked) and one.event.adjustment in state.adjustments:
            before, start = fold(happened[start:number], before), number
            source = before.sources.get(one.event.source)
            if source is not None:
                found[one.event.adjustment] = share(before, source, rule_of(source, plan))
    return found
