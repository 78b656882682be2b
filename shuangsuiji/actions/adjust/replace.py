"""``ssj adjust replace`` and ``approve``: somebody cannot do his visits; when all levels agree, others are drawn."""

from collections.abc import Sequence

from shuangsuiji.actions.adjust.ask import each
from shuangsuiji.actions.adjust.case import Adjusted, Case, opened
from shuangsuiji.actions.adjust.round import Entropy, rounds
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.who import Who
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.adjustment import Lookup, to_replace
from shuangsuiji.core.year.approval import Paper, approved, missing
from shuangsuiji.core.year.events import Approved, Event, ReplacementAsked
from shuangsuiji.core.year.redrawing import Leaving
from shuangsuiji.core.year.requests import ReplacementRequest
from shuangsuiji.core.year.share import AboveLimit, share
from shuangsuiji.core.year.state import Adjustment, State
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
    """Record one level's approval; the last one triggers the round. What is on record already changes nothing."""
    with opened(workspace, plan_name, who, command="approve", progress=progress) as case:
        known = case.state.adjustments
        if adjustment not in known:
            todo = f"现有：{'、'.join(known)}。" if known else "还没有报批的替换。"
            raise Refusal("unknown-adjustment", f"没有“{adjustment}”这项调整。", todo=todo)
        levels = _levels(case)
        had = known[adjustment]
        events: list[Event] = [*approved(levels, had.approvals, adjustment, [paper], who.now.date())]
        leaving: dict[str, list[Leaving]] = {}
        if events:
            after = case.provisional(events)
            if not missing(levels, after.adjustments[adjustment]):
                leaving = _carried_out(after, [adjustment])
        return case.record([*events, *rounds(case, events, leaving, given=given, entropy=entropy)], progress)


class _Asking:
    """The events of one command, request after request: each sees the limit as those before it left it."""

    def __init__(self, case: Case):
        self._case, self._lookup = case, Lookup(case.state)
        self._asked: dict[tuple[str, str], ReplacementRequest] = {}
        self._levels = _levels(case)
        self._next = case.next_adjustment()
        self.events: list[Event] = []
        self.complete: list[str] = []

    def check(self, request: ReplacementRequest) -> None:
        """Raises Refusal where the request itself cannot be: unknown people, visits, levels, or the same twice."""
        inspector = self._lookup.inspector(request.inspector)
        for visits in to_replace(self._lookup, inspector, request.visits).values():
            for visit in visits:
                if (visit, inspector) in self._asked:
                    what = f"{self._lookup.name(inspector)}在 {visit} 的替换写了两次。"
                    raise Refusal("asked-twice", what, todo="请只留一行。")
                self._asked[visit, inspector] = request
        if not request.reason.strip():
            raise Refusal("blank", "没有写替换的原因。", todo="请加上 --reason。", exit_code=USAGE)
        self._approvals(request, "")

    def ask(self, request: ReplacementRequest) -> None:
        """Add the request's events. Raises AboveLimit."""
        case, inspector = self._case, self._lookup.inspector(request.inspector)
        for source, visits in to_replace(self._lookup, inspector, request.visits).items():
            state = case.provisional(self.events)
            rule = case.plan.adjustment
            found = share(state, state.sources[source], rule, [(inspector, len(visits))])
            if found.is_above and not request.excess_document.strip():
                raise AboveLimit(found, self._lookup.name(inspector))
            name = f"A{self._next}"
            self._next += 1
            asked = ReplacementAsked(
                on=case.who.now.date(),
                source=source,
                adjustment=name,
                inspector=inspector,
                visits=visits,
                why=request.why,
                reason=request.reason.strip(),
                excess_document=request.excess_document.strip() if found.is_above else "",
            )
            approvals = self._approvals(request, name)
            self.events += [asked, *approvals]
            if not missing(self._levels, Adjustment(asked, 0, tuple(approvals))):
                self.complete.append(name)

    def _approvals(self, request: ReplacementRequest, name: str) -> list[Approved]:
        papers, today = list(request.papers), self._case.who.now.date()
        if not self._case.plan.adjustment.approvals:
            if not request.document_no.strip():
                what = "方案没有规定批准级别，替换要写明本机关的批准文号。"
                raise Refusal(
                    "no-document", what, todo="请加上 --document。", source="方案的 adjustment", exit_code=USAGE
                )
            papers += [Paper(self._levels[0], request.document_no.strip(), today)]
        return approved(self._levels, (), name, papers, today)


def _levels(case: Case) -> Sequence[str]:
    """Who must agree, in order: where the plan names nobody, the agency itself."""
    return case.plan.adjustment.approvals or (case.plan.agency.name,)


def _carried_out(state: State, adjustments: Sequence[str]) -> dict[str, list[Leaving]]:
    """Who leaves which visits, by source: those asked for which are still open and still his."""
    lookup = Lookup(state)
    leaving: dict[str, list[Leaving]] = {}
    for name in adjustments:
        asked = state.adjustments[name].asked
        source = state.sources[asked.source]
        for visit in asked.visits:
            found = source.visits[visit]
            if asked.inspector in found.team and lookup.can_change(source, found):
                leaving.setdefault(source.id, []).append(Leaving(visit, asked.inspector, "replacement", name))
    return leaving
