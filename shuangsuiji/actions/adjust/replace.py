"""``ssj adjust replace``, ``approve``, ``withdraw``: somebody cannot do his visits; once all agree, others are drawn.

A replacement that is not carried out can be taken back.
"""

from collections.abc import Sequence
from datetime import date

from shuangsuiji.actions.adjust.ask import each
from shuangsuiji.actions.adjust.case import Adjusted, Case, opened
from shuangsuiji.actions.adjust.round import Entropy, rounds
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.who import Who
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.adjustment import Lookup, asked_for, places_left, to_replace
from shuangsuiji.core.year.adjustment import withdraw as take_back
from shuangsuiji.core.year.approval import Paper, Since, approved, missing, refuse_day, since, since_asked
from shuangsuiji.core.year.events import AdjustmentClosed, Approved, Event, ReplacementAsked
from shuangsuiji.core.year.redrawing import Leaving
from shuangsuiji.core.year.requests import ReplacementRequest, WithdrawalRequest
from shuangsuiji.core.year.rule import levels_of, rule_of
from shuangsuiji.core.year.share import AboveLimit, share, source_name
from shuangsuiji.core.year.state import Adjustment, Source, State
from shuangsuiji.files.workspace import Workspace


def replace(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    requests: Sequence[ReplacementRequest],
    *,
    given: str | None,
    entropy: Entropy,
    progress: Progress,
) -> Adjusted:
    """Record what is asked for, one adjustment for each source; those that all levels approved are carried out.

    Raises Refusal (above the limit, wrong approvals, nothing to replace); then nothing is written.
    """
    with opened(workspace, plan_name, who, command="replace", progress=progress) as case:
        asking = _Asking(case)
        each(requests, asking.check)
        for request in requests:
            asking.ask(request)
        leaving = _carried_out(case.provisional(asking.events), asking.complete)
        made = rounds(case, asking.events, leaving, given=given, entropy=entropy)
        return case.record([*asking.events, *made], progress)


def approve(
    workspace: Workspace,
    plan_name: str | None,
    who: Who,
    adjustment: str,
    paper: Paper,
    *,
    given: str | None,
    entropy: Entropy,
    progress: Progress,
) -> Adjusted:
    """Record one level's approval; the last one triggers the round. What is on record already changes nothing.

    Where the last one finds nothing left to replace, the adjustment is closed with it. Where all have agreed and a
    crash cut off the round, any of them registered again makes it good.
    """
    with opened(workspace, plan_name, who, command="approve", progress=progress) as case:
        had, today = asked_for(case.state, adjustment), who.now.date()
        source = case.state.sources[had.asked.source]
        levels = levels_of(source, case.plan)
        first = since_asked(source, had.asked.on)
        events: list[Event] = [*approved(levels, had.approvals, adjustment, [paper], first, today)]
        leaving: dict[str, list[Leaving]] = {}
        after = case.provisional(events)
        if had.is_pending and not missing(levels, after.adjustments[adjustment]):
            leaving = _carried_out(after, [adjustment])
            if not leaving:
                events.append(AdjustmentClosed(on=today, adjustment=adjustment, why="nothing-left"))
        return case.record([*events, *rounds(case, events, leaving, given=given, entropy=entropy)], progress)


def withdraw(
    workspace: Workspace, plan_name: str | None, who: Who, requests: Sequence[WithdrawalRequest], *, progress: Progress
) -> Adjusted:
    """Take back replacements that are not carried out: they count no more. Raises Refusal; then nothing is written."""
    with opened(workspace, plan_name, who, command="withdraw", progress=progress) as case:
        seen: set[str] = set()

        def ask(request: WithdrawalRequest) -> AdjustmentClosed:
            if request.adjustment in seen:
                raise Refusal("asked-twice", f"{request.adjustment} 写了两次。", todo="请只留一行。")
            seen.add(request.adjustment)
            return take_back(
                case.state,
                request.adjustment,
                reason=request.reason,
                document_no=request.document_no,
                on=who.now.date(),
            )

        return case.record(each(requests, ask), progress)


class _Asking:
    """The events of one command, request after request: each sees the limit as those before it left it."""

    def __init__(self, case: Case):
        self._case, self._lookup = case, Lookup(case.state)
        self._asked: set[tuple[str, str]] = set()
        self._next = case.next_adjustment()
        self.events: list[Event] = []
        self.complete: list[str] = []

    def check(self, request: ReplacementRequest) -> None:
        """Raises Refusal where the request itself cannot be: unknown people, visits, levels, or the same twice."""
        inspector = self._lookup.inspector(request.inspector)
        if not request.reason.strip():
            raise Refusal("blank", "没有写替换的原因。", todo="请加上 --reason。", exit_code=USAGE)
        for source, visits in to_replace(self._lookup, inspector, request.visits).items():
            for visit in visits:
                if (visit, inspector) in self._asked:
                    what = f"{self._lookup.name(inspector)}在 {visit} 的替换写了两次。"
                    raise Refusal("asked-twice", what, todo="请只留一行。")
                self._asked.add((visit, inspector))
            self._approvals(request, self._case.state.sources[source], "")

    def ask(self, request: ReplacementRequest) -> None:
        """Add the request's events. Raises AboveLimit."""
        case, inspector = self._case, self._lookup.inspector(request.inspector)
        places = to_replace(self._lookup, inspector, request.visits)
        for source, visits in places.items():
            state = case.provisional(self.events)
            at = state.sources[source]
            found = share(state, at, rule_of(at, case.plan), [(inspector, len(visits))])
            if found.is_above and not request.excess_document.strip():
                within = source_name(at) if len(state.sources) > 1 else ""
                others = [visit for other, some in places.items() if other != source for visit in some]
                raise AboveLimit(found, self._lookup.name(inspector), within, others)
            name = f"A{self._next}"
            self._next += 1
            asked = ReplacementAsked(
                on=self._asked_on(request),
                source=source,
                adjustment=name,
                inspector=inspector,
                visits=visits,
                why=request.why,
                reason=request.reason.strip(),
                excess_document=request.excess_document.strip() if found.is_above else "",
            )
            approvals = self._approvals(request, at, name)
            self.events += [asked, *approvals]
            if not missing(levels_of(at, case.plan), Adjustment(asked, 0, tuple(approvals))):
                self.complete.append(name)

    def _asked_on(self, request: ReplacementRequest) -> date:
        """When he asked: as the request says, else no later than the first approval."""
        return request.on or min([self._today, *(paper.on for paper in request.papers)])

    def _approvals(self, request: ReplacementRequest, source: Source, name: str) -> list[Approved]:
        papers, first = list(request.papers), since(source)
        if request.on is not None:
            refuse_day(request.on, first, self._today, "申请日期")
            first = Since(request.on, "申请")
        levels = levels_of(source, self._case.plan)
        if not rule_of(source, self._case.plan).approvals:
            if not request.document_no.strip():
                what = "方案没有规定批准级别，替换要写明本机关的批准文号。"
                raise Refusal(
                    "no-document", what, todo="请加上 --document。", source="方案的 adjustment", exit_code=USAGE
                )
            papers += [Paper(levels[0], request.document_no.strip(), self._today)]
        return approved(levels, (), name, papers, first, self._today)

    @property
    def _today(self) -> date:
        return self._case.who.now.date()


def _carried_out(state: State, adjustments: Sequence[str]) -> dict[str, list[Leaving]]:
    """Who leaves which visits, by source: those asked for which are still open and still his."""
    lookup = Lookup(state)
    leaving: dict[str, list[Leaving]] = {}
    for name in adjustments:
        adjustment = state.adjustments[name]
        for source, visit in places_left(lookup, adjustment):
            place = Leaving(visit.visit, adjustment.asked.inspector, "replacement", name)
            leaving.setdefault(source.id, []).append(place)
    return leaving
