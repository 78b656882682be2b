"""Where a plan stands: the fold of its events.

`fold(a + b)` is `fold(b, fold(a))`. A State is read-only once folded; folding further leaves the old one as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, assert_never

from shuangsuiji.core.year.events import (
    AdjustmentClosed,
    Approved,
    Drawn,
    DrawnVisit,
    DrawVoided,
    EvidenceKept,
    Happened,
    Issued,
    KeyRevealed,
    ListVoided,
    MeasureTaken,
    Noted,
    Placed,
    Published,
    Received,
    Recorded,
    Recused,
    Redrawn,
    ReplacementAsked,
    Scheduled,
    Sealed,
    SealVoided,
    TimestampAttached,
    VisitedOtherwise,
    Voided,
)
from shuangsuiji.core.year.findings import refuse_strange
from shuangsuiji.core.year.planned import with_planned
from shuangsuiji.core.year.publication import Publication, findings_of, with_published, without_draw
from shuangsuiji.core.year.unfoldable import Unfoldable
from shuangsuiji.core.year.wholevisit import visits_of_tasks
from shuangsuiji.core.year.withdrawn import VoidedDraw, VoidedList, VoidedSeal

OWN, OTHERWISE = "", "N"
"""The sources of tasks that have no list: the own draw, and visits outside any draw. Lists are ``R1``, ``R2`` …"""


class Task(NamedTuple):
    """One task. `values`: findings by field; `entered`: when each of them was entered (ISO time of the ledger line)."""

    task: str
    source: str
    visit: str
    stratum: str
    subject: str
    name: str
    values: Mapping[str, str] = {}
    entered: Mapping[str, str] = {}
    voided: Voided | None = None


_new, _NONE = tuple.__new__, Task("", "", "", "", "", "").values
"""Tasks in their hundred thousands are made by the tuple's own `__new__`: half the time."""


class Source(NamedTuple):
    """Where tasks came from: the own draw (id blank) or a received list; its visits with the teams as they are now.

    `line`, `at`: its ledger line and when that was entered. `gone`: inspectors in no team any more; `recused`:
    (visit, inspector). `issued`: the day on which its tasks were (blank: not yet), `how`. `planned`: by whole visit.
    """

    id: str
    event: Drawn | Received
    line: int
    visits: Mapping[str, DrawnVisit]
    inspectors: Mapping[str, str]
    gone: frozenset[str] = frozenset()
    recused: frozenset[tuple[str, str]] = frozenset()
    rounds: int = 0
    at: str = ""
    issued: str = ""
    how: Literal["sheets", "otherwise"] = "sheets"
    planned: Mapping[str, date] = {}


class Adjustment(NamedTuple):
    """A replacement: asked for, approved level by level, and carried out on ledger line `done` (0: it is not).

    `closed`: it was taken back, or nothing was left to replace.
    """

    asked: ReplacementAsked
    line: int
    approvals: tuple[Approved, ...] = ()
    done: int = 0
    closed: AdjustmentClosed | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it still waits: neither carried out nor closed."""
        return not self.done and self.closed is None


@dataclass(frozen=True, slots=True)
class State:
    """`sealed`, `drawn`: pool and draw in force, `line` the draw's ledger line. All else by id, in order of entry.

    `lines`: how many ledger lines this is the fold of. `history`: recusals, rounds and voids as they happened.
    `sealed_line`: the sealing's; `revealed`: the key of a sealed draw once it is public.
    """

    sealed: Sealed | None = None
    drawn: Drawn | None = None
    line: int = 0
    lines: int = 0
    voided: tuple[VoidedDraw, ...] = ()
    sealed_line: int = 0
    voided_seals: tuple[VoidedSeal, ...] = ()
    revealed: str = ""
    timestamps: tuple[TimestampAttached, ...] = ()
    voided_lists: tuple[VoidedList, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    otherwise: Mapping[str, VisitedOtherwise] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[EvidenceKept]] = field(default_factory=dict)
    measures: Sequence[MeasureTaken] = ()
    notes: Sequence[Noted] = ()
    history: Sequence[Happened] = ()
    notices: Mapping[str, Publication] = field(default_factory=dict)


def fold(happened: Iterable[Happened], start: State | None = None) -> State:
    """The state after what `happened` since `start`. Raises Unfoldable at a line that names what there is not."""
    work = _Work(start or State())
    for one in happened:
        try:
            work.take(one)
        except (LookupError, ValueError) as unknown:
            raise Unfoldable(one.line, one.event.kind, unknown) from unknown
    return work.state()


def in_force(state: State) -> Drawn:
    """The draw in force. Raises LookupError where there is none: ask `state.drawn` first."""
    if state.drawn is None:
        raise LookupError("nothing is drawn")
    return state.drawn


class _Work:
    """A State in the making: copies of its dicts and lists, changed in place."""

    def __init__(self, start: State):
        self.base = start
        self.lines = start.lines
        self.sources = dict(start.sources)
        self.tasks = dict(start.tasks)
        self.adjustments = dict(start.adjustments)
        self.otherwise = dict(start.otherwise)
        self.evidence = {task: list(kept) for task, kept in start.evidence.items()}
        self.measures = list(start.measures)
        self.notes = list(start.notes)
        self.history = list(start.history)
        self.notices: Mapping[str, Publication] = dict(start.notices)

    def state(self) -> State:
        return replace(
            self.base,
            lines=self.lines,
            sources=self.sources,
            tasks=self.tasks,
            adjustments=self.adjustments,
            otherwise=self.otherwise,
            evidence={task: tuple(kept) for task, kept in self.evidence.items()},
            measures=tuple(self.measures),
            notes=tuple(self.notes),
            history=tuple(self.history),
            notices=self.notices,
        )

    def take(self, happened: Happened) -> None:  # noqa: C901, PLR0912, PLR0915 - one case per kind of event
        event, line = happened.event, happened.line
        match event:
            case Recorded():
                self._record(event, happened.at)
            case Sealed():
                self.base = replace(self.base, sealed=event, sealed_line=line)
            case SealVoided():
                self._seal_voided(event)
            case KeyRevealed():
                self.base = replace(self.base, revealed=event.key)
            case TimestampAttached():
                self.base = replace(self.base, timestamps=(*self.base.timestamps, event))
            case Drawn():
                self._drawn(event, happened)
            case DrawVoided():
                self._draw_voided(event)
            case Received():
                self._received(event, happened)
            case Issued():
                self._issued(event)
            case ListVoided():
                self._list_voided(event)
            case Recused():
                source = self.sources[event.source]
                recused = source.recused | {(event.visit, event.inspector)}
                self.sources[event.source] = source._replace(recused=recused)
                self.history.append(happened)
            case ReplacementAsked():
                self.adjustments[event.adjustment] = Adjustment(event, line)
            case Approved():
                asked = self.adjustments[event.adjustment]
                self.adjustments[event.adjustment] = asked._replace(approvals=(*asked.approvals, event))
            case AdjustmentClosed():
                self.adjustments[event.adjustment] = self.adjustments[event.adjustment]._replace(closed=event)
            case Redrawn():
                self._redrawn(event, line)
                self.history.append(happened)
            case Voided():
                self.tasks[event.task] = self.tasks[event.task]._replace(voided=event)
                self.history.append(happened)
            case EvidenceKept():
                others = [kept for kept in self.evidence.get(event.task, ()) if kept.sha256 != event.sha256]
                self.evidence[event.task] = [*others, event]  # once by name alone, later copied: the same evidence
            case MeasureTaken():
                self.measures.append(event)
            case VisitedOtherwise():
                self.otherwise[event.task] = event
                self.tasks[event.task] = Task(
                    event.task, OTHERWISE, event.task, event.stratum, event.subject, event.name
                )
            case Noted():
                self.notes.append(event)
            case Scheduled():
                self.sources = with_planned(self.sources, event)
            case Published():
                self._published(event, happened)
            case Placed():
                self._placed(event, happened.at)
            case _:
                assert_never(event)
        self.lines = line

    def _record(self, event: Recorded, at: str) -> None:
        refuse_strange(event.values)
        values, now = event.values, dict.fromkeys(event.values, at)
        name, source, visit, stratum, subject, called, before, entered, voided = self.tasks[event.task]
        if before:
            values = {**before, **values}
            # A field was entered when it first was: a correction later does not make a kept clock late.
            now = {**now, **entered}
        if "" in event.values.values():
            blank = {field for field, text in values.items() if not text}
            values = {field: text for field, text in values.items() if field not in blank}
            now = {field: when for field, when in now.items() if field not in blank}
        self.tasks[name] = _new(Task, (name, source, visit, stratum, subject, called, values, now, voided))

    def _drawn(self, event: Drawn, happened: Happened) -> None:
        self.base = replace(self.base, drawn=event, line=happened.line)
        visits = {visit.visit: visit for visit in event.visits}
        self.sources[OWN] = Source(OWN, event, happened.line, visits, event.inspectors, at=happened.at)
        if event.sheets:
            self._issued(Issued(on=event.on, source=OWN, how="sheets"))
        visit_of = visits_of_tasks(event.visits)
        for stratum, subjects in event.drawn.items():
            for drawn in subjects:
                task, subject = f"{stratum}/{drawn.subject}", drawn.subject
                visit = visit_of[stratum, subject]
                self.tasks[task] = _new(Task, (task, OWN, visit, stratum, subject, "", _NONE, _NONE, None))

    def _issued(self, event: Issued) -> None:
        source = self.sources[event.source]
        if not source.issued:
            self.sources[event.source] = source._replace(issued=event.on.isoformat(), how=event.how)

    def _draw_voided(self, event: DrawVoided) -> None:
        if self.base.drawn is not None:
            voided = (*self.base.voided, VoidedDraw(self.base.drawn, event))
            self.base = replace(self.base, sealed=None, drawn=None, line=0, voided=voided, sealed_line=0, revealed="")
        self.notices = without_draw(self.notices, event.document_no)
        self._without(OWN)

    def _seal_voided(self, event: SealVoided) -> None:
        if self.base.sealed is not None:
            voided = (*self.base.voided_seals, VoidedSeal(self.base.sealed, event))
            self.base = replace(self.base, sealed=None, voided_seals=voided, sealed_line=0)

    def _list_voided(self, event: ListVoided) -> None:
        received = self.sources[event.source].event
        if isinstance(received, Received):
            voided = (*self.base.voided_lists, VoidedList(received, event))
            self.base = replace(self.base, voided_lists=voided)
        self._without(event.source)

    def _published(self, event: Published, happened: Happened) -> None:
        for task, values, blanks in findings_of(self.notices, event):
            if task in self.tasks:
                self._fill(task, {**blanks, **self.tasks[task].values, **values}, happened.at)
        self.notices = with_published(self.notices, event, happened.line, happened.at)

    def _placed(self, event: Placed, at: str) -> None:
        notice = self.notices[event.notice]
        self.notices = {**self.notices, event.notice: notice._replace(urls=(*notice.urls, event.url))}
        for name in notice.event.tasks:
            task = self.tasks.get(name)
            source = self.sources.get(task.source) if task else None
            if task is not None and (source is None or source.line < notice.line):
                self._fill(name, {**task.values, "published_at": event.url}, at)

    def _fill(self, name: str, values: Mapping[str, str], at: str) -> None:
        task = self.tasks[name]
        self.tasks[name] = task._replace(values=values, entered={**dict.fromkeys(values, at), **task.entered})

    def _without(self, source: str) -> None:
        self.sources.pop(source, None)
        self.tasks = {name: task for name, task in self.tasks.items() if task.source != source}
        self.adjustments = {name: a for name, a in self.adjustments.items() if a.asked.source != source}

    def _received(self, event: Received, happened: Happened) -> None:
        visits = {visit.visit: visit for visit in event.visits}
        self.sources[event.source] = Source(
            event.source, event, happened.line, visits, event.inspectors, at=happened.at
        )
        if event.sheets:
            self._issued(Issued(on=date.fromisoformat(happened.at[:10]), source=event.source, how="sheets"))
        visit_of = visits_of_tasks(event.visits)
        for stratum, subjects in event.subjects.items():
            for subject in subjects:
                task = f"{event.source}/{stratum}/{subject}"
                visit = visit_of[stratum, subject]
                self.tasks[task] = Task(task, event.source, visit, stratum, subject, event.names[subject])

    def _redrawn(self, event: Redrawn, line: int) -> None:
        source = self.sources[event.source]
        visits = dict(source.visits)
        for change in event.changes:
            visit = visits[change.visit]
            team = sorted({*visit.team} - {change.leaves} | {change.joins})
            visits[change.visit] = replace(visit, team=tuple(team))
        for name in {change.adjustment for change in event.changes if change.adjustment}:
            self.adjustments[name] = self.adjustments[name]._replace(done=line)
        self.sources[event.source] = source._replace(
            visits=visits,
            inspectors={**source.inspectors, **event.inspectors},
            gone=source.gone | set(event.unavailable),
            rounds=event.round,
        )
