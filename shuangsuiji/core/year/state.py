"""Where a plan stands: the fold of its events.

`fold(a + b)` is `fold(b, fold(a))`. A State is read-only once folded; folding further leaves the old one as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from shuangsuiji.core.year.events import (
    Approved,
    Drawn,
    DrawnVisit,
    DrawVoided,
    EvidenceKept,
    Happened,
    MeasureTaken,
    Noted,
    Received,
    Recorded,
    Recused,
    Redrawn,
    ReplacementAsked,
    Sealed,
    VisitedOtherwise,
    Voided,
)

OWN, OTHERWISE = "", "N"
"""The sources of tasks that have no list: the own draw, and visits outside any draw. Lists are ``R1``, ``R2`` …"""


class VoidedDraw(NamedTuple):
    """A draw that was declared void, with the paper that did it."""

    drawn: Drawn
    void: DrawVoided


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


class Source(NamedTuple):
    """Where tasks came from: the own draw (id blank) or a received list; its visits with the teams as they are now.

    `line`, `at`: its ledger line and when that was entered. `gone`: inspectors in no team any more; `recused`:
    (visit, inspector).
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


class Adjustment(NamedTuple):
    """A replacement: asked for, approved level by level, and carried out on ledger line `done` (0: still pending)."""

    asked: ReplacementAsked
    line: int
    approvals: tuple[Approved, ...] = ()
    done: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """`sealed`, `drawn`: pool and draw in force, `line` the draw's ledger line. All else by id, in order of entry.

    `lines`: how many ledger lines this is the fold of. `history`: recusals, rounds and voids as they happened.
    """

    sealed: Sealed | None = None
    drawn: Drawn | None = None
    line: int = 0
    lines: int = 0
    voided: tuple[VoidedDraw, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    otherwise: Mapping[str, VisitedOtherwise] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[EvidenceKept]] = field(default_factory=dict)
    measures: Sequence[MeasureTaken] = ()
    notes: Sequence[Noted] = ()
    history: Sequence[Happened] = ()


def fold(happened: Iterable[Happened], start: State | None = None) -> State:
    """The state after what `happened` since `start`."""
    work = _Work(start or State())
    for one in happened:
        work.take(one)
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
        )

    def take(self, happened: Happened) -> None:  # noqa: C901, PLR0912 - one case per kind of event
        event, line = happened.event, happened.line
        match event:
            case Recorded():
                self._record(event, happened.at)
            case Sealed():
                self.base = replace(self.base, sealed=event)
            case Drawn():
                self._drawn(event, happened)
            case DrawVoided():
                self._draw_voided(event)
            case Received():
                self._received(event, happened)
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
            case _:
                assert_never(event)
        self.lines = line

    def _record(self, event: Recorded, at: str) -> None:
        name, source, visit, stratum, subject, called, values, entered, voided = self.tasks[event.task]
        # A field was entered when it first was: a correction later does not make a kept clock late.
        values = {**values, **event.values} if values else event.values
        entered = {**dict.fromkeys(event.values, at), **entered} if entered else dict.fromkeys(event.values, at)
        if "" in event.values.values():
            for blank in [field for field, text in values.items() if not text]:
                values = {field: text for field, text in values.items() if field != blank}
                entered = {field: when for field, when in entered.items() if field != blank}
        self.tasks[event.task] = Task(name, source, visit, stratum, subject, called, values, entered, voided)

    def _drawn(self, event: Drawn, happened: Happened) -> None:
        self.base = replace(self.base, drawn=event, line=happened.line)
        visits = {visit.visit: visit for visit in event.visits}
        self.sources[OWN] = Source(OWN, event, happened.line, visits, event.inspectors, at=happened.at)
        visit_of = visits_of_tasks(event.visits)
        for stratum, subjects in event.drawn.items():
            for drawn in subjects:
                task, subject = f"{stratum}/{drawn.subject}", drawn.subject
                self.tasks[task] = Task(task, OWN, visit_of[stratum, subject], stratum, subject, "")

    def _draw_voided(self, event: DrawVoided) -> None:
        if self.base.drawn is not None:
            voided = (*self.base.voided, VoidedDraw(self.base.drawn, event))
            self.base = replace(self.base, sealed=None, drawn=None, line=0, voided=voided)
        self.sources.pop(OWN, None)
        self.tasks = {name: task for name, task in self.tasks.items() if task.source != OWN}
        self.adjustments = {name: a for name, a in self.adjustments.items() if a.asked.source != OWN}

    def _received(self, event: Received, happened: Happened) -> None:
        visits = {visit.visit: visit for visit in event.visits}
        self.sources[event.source] = Source(
            event.source, event, happened.line, visits, event.inspectors, at=happened.at
        )
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
            visits[change.visit] = visit.model_copy(update={"team": tuple(team)})
        for name in {change.adjustment for change in event.changes if change.adjustment}:
            self.adjustments[name] = self.adjustments[name]._replace(done=line)
        self.sources[event.source] = source._replace(
            visits=visits,
            inspectors={**source.inspectors, **event.inspectors},
            gone=source.gone | set(event.unavailable),
            rounds=event.round,
        )


def visits_of_tasks(visits: Iterable[DrawnVisit]) -> dict[tuple[str, str], str]:
    """(stratum, subject) → the visit. Of a joint visit's teams (``visit:DEPARTMENT``) the visit as a whole."""
    return {(stratum, v.subject): v.visit.split(":", 1)[0] for v in visits for stratum in v.strata}
