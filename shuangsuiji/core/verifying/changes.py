"""Recusals, requests, limit and approvals, each by the state before it and the rule on record."""

import re
from fractions import Fraction

from shuangsuiji.core.plan.ratio import fraction
from shuangsuiji.core.verifying.story import Past, Story, at
from shuangsuiji.core.verifying.verdict import Check, Checks, shown
from shuangsuiji.core.year.adjustment import Lookup, identity, places_left
from shuangsuiji.core.year.approval import since_asked
from shuangsuiji.core.year.events import (
    AdjustmentClosed,
    AdjustmentRule,
    Approved,
    DrawVoided,
    Happened,
    ListVoided,
    Recused,
    Redrawn,
    ReplacementAsked,
)
from shuangsuiji.core.year.share import share
from shuangsuiji.core.year.state import Adjustment, State

LIMIT = re.compile(r"\d{1,3}(?:\.\d{1,6})?%|\d{1,6}/0*[1-9]\d{0,5}")


def check_changes(story: Story, checks: Checks) -> None:
    """Every recusal, request and approval; and that every recusal was followed by its round."""
    past = Past(story.happened)
    waiting: dict[tuple[str, str, str], int] = {}
    for one in story.happened:
        match one.event:
            case Recused() as event:
                _check_recused(past.before(one.line), one, event, checks["recusals"])
                waiting[event.source, event.visit, event.inspector] = one.line
            case ReplacementAsked() as event:
                _check_asked(past.before(one.line), one, event, checks["limit"])
            case Approved() as event:
                _check_approved(past.before(one.line), one, event, checks["approvals"])
            case AdjustmentClosed() as event:
                _check_closed(past.before(one.line), one, event, checks["approvals"])
            case Redrawn() as event:
                _check_same_firm(past.before(one.line), one, waiting, checks["recusals"])
                waiting = {place: line for place, line in waiting.items() if place[0] != event.source}
            case DrawVoided():
                waiting = {place: line for place, line in waiting.items() if place[0]}
            case ListVoided() as event:
                waiting = {place: line for place, line in waiting.items() if place[0] != event.source}
            case _:
                pass
    for place, line in waiting.items():
        checks["recusals"].wrong(at(line), "no-round", "", shown(place[1:]))


def is_complete(adjustment: Adjustment, rule: AdjustmentRule) -> bool:
    """Whether all levels of the rule have agreed, in their order."""
    had = tuple(each.level for each in adjustment.approvals)
    return had == rule.approvals if rule.approvals else bool(had)


def _check_recused(state: State, one: Happened, event: Recused, check: Check) -> None:
    source = state.sources.get(event.source)
    visit = source.visits.get(event.visit) if source else None
    if source is None or visit is None:
        check.wrong(at(one.line), "unknown-visit", "", event.visit)
    elif visit.subject != event.subject:
        check.wrong(at(one.line), "other-subject", visit.subject, event.subject)
    elif event.inspector not in visit.team:
        check.wrong(at(one.line), "not-on-team", shown(visit.team), event.inspector)
    elif not Lookup(state).can_change(source, visit):
        check.wrong(at(one.line), "visit-over", "", event.visit)
    elif event.asked_by == "bureau" and not event.document_no.strip():
        check.wrong(at(one.line), "no-document")
    else:
        check.same(at(one.line), "no-reason", True, bool(event.reason.strip()))


def _check_same_firm(state: State, one: Happened, waiting: dict[tuple[str, str, str], int], check: Check) -> None:
    """Who steps back from a firm, steps back from all its open visits."""
    pairs = {
        (place[2], identity(place[0], state.sources[place[0]].visits[place[1]].subject))
        for place in waiting
        if place[0] in state.sources and place[1] in state.sources[place[0]].visits
    }
    lookup = Lookup(state) if pairs else None
    for inspector, whom in sorted(pairs):
        for source, visit in lookup.of(inspector) if lookup else ():
            place = (source.id, visit.visit, inspector)
            if identity(source.id, visit.subject) == whom and place not in waiting:
                check.wrong(at(one.line), "still-there", "", shown(place[1:]))


def _check_asked(state: State, one: Happened, event: ReplacementAsked, check: Check) -> None:
    source = state.sources.get(event.source)
    if source is None or not event.visits or not {*event.visits} <= source.visits.keys():
        check.wrong(at(one.line), "unknown-visit", "", shown(event.visits))
        return
    lookup = Lookup(state)
    for name in event.visits:
        if event.inspector not in source.visits[name].team:
            check.wrong(at(one.line), "not-on-team", shown(source.visits[name].team), event.inspector)
            return
        if not lookup.can_change(source, source.visits[name]):
            check.wrong(at(one.line), "visit-over", "", name)
            return
    rule = source.event.adjustment
    if rule is None:
        check.cannot()  # an older ledger does not say by which rule; the plan did
    elif not LIMIT.fullmatch(rule.limit):
        check.wrong(at(source.line), "limit-form", "", rule.limit)
    else:
        found = share(state, source, rule, [(event.inspector, len(event.visits))])
        is_above = Fraction(found.used, max(1, found.total)) > fraction(rule.limit)
        if is_above and not event.excess_document.strip():
            check.wrong(at(one.line), "above-limit", rule.limit, found.figures)
        else:
            check.passed()


def _check_approved(state: State, one: Happened, event: Approved, check: Check) -> None:
    adjustment = state.adjustments[event.adjustment]
    source = state.sources[adjustment.asked.source]
    rule, had = source.event.adjustment, adjustment.approvals
    first = max([since_asked(source, adjustment.asked.on).on, *(each.on for each in had)])
    if not adjustment.is_pending:
        check.wrong(at(one.line), "approved-late", "", event.adjustment)
    elif not event.document_no.strip():
        check.wrong(at(one.line), "no-document")
    elif event.on < first:
        check.wrong(at(one.line), "approval-date", first, event.on)
    elif rule is None:
        check.cannot()
    else:
        levels = rule.approvals or (event.level,)
        expected = levels[len(had)] if len(had) < len(levels) else ""
        check.same(at(one.line), "approval-level", expected, event.level)


def _check_closed(state: State, one: Happened, event: AdjustmentClosed, check: Check) -> None:
    adjustment = state.adjustments[event.adjustment]
    rule = state.sources[adjustment.asked.source].event.adjustment
    if not adjustment.is_pending:
        check.wrong(at(one.line), "closed-late", "", event.adjustment)
    elif event.why == "withdrawn":
        check.same(at(one.line), "no-reason", True, bool(event.reason.strip()))
    elif places_left(Lookup(state), adjustment):
        check.wrong(at(one.line), "something-left", "", event.adjustment)
    elif rule is not None and not is_complete(adjustment, rule):
        check.wrong(at(one.line), "not-approved", shown(rule.approvals), shown([a.level for a in adjustment.approvals]))
    else:
        check.passed()
