"""Every round of re-draws computed again (protocol §8), from the state as it was and the pool of its source.

Who leaves is not believed either: the recusals since the last round, and the replacements that all levels approved.
"""

from collections.abc import Iterator
from itertools import zip_longest

from shuangsuiji.core.draw.chance import Seed
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.verifying.changes import is_complete
from shuangsuiji.core.verifying.story import Story, at
from shuangsuiji.core.verifying.verdict import Checks, shown
from shuangsuiji.core.year.adjustment import Lookup, places_left
from shuangsuiji.core.year.events import Change, Happened, Recused, Redrawn
from shuangsuiji.core.year.redrawing import Leaving, redrawn
from shuangsuiji.core.year.state import Source, State


def check_round(story: Story, one: Happened, event: Redrawn, state: State, pool: Pool | None, checks: Checks) -> None:
    """One round; `state`: before its line, `pool`: of its source."""
    source = state.sources[event.source]
    asked = _asked(one, event, state, source, checks)
    leaving = {(each.visit, each.inspector): each for each in (*_recused(story, one, event, state), *asked)}
    told = {(c.visit, c.leaves): c.because for c in event.changes if c.because != "chain"}
    check = checks["rounds"]
    for visit, inspector in sorted(leaving.keys() ^ told.keys()):
        place = shown((visit, inspector))
        missing = (visit, inspector) in leaving
        check.wrong(at(one.line), "leaves", place if missing else "", "" if missing else place)
    if leaving.keys() != told.keys():
        return
    check.expect(at(one.line), "round", source.rounds + 1, event.round)
    if pool is None:
        check.cannot(len(event.changes))
        return
    seed = Seed(event.seed_line, event.seed, event.grade, event.sources)
    try:
        expected = redrawn(state, source, pool, list(leaving.values()), seed, on=event.on, names={})
    except Refusal as nobody:
        check.wrong(at(one.line), "nobody-left", nobody.code)
        return
    for wanted, found in zip_longest(expected.changes, event.changes):
        check.same(at(one.line), "change", _shown(wanted), _shown(found))
    check.expect(at(one.line), "unavailable", shown(expected.unavailable), shown(event.unavailable))
    joined = sorted({change.joins for change in event.changes})
    check.expect(at(one.line), "names", shown(joined), shown(sorted(event.inspectors)))


def _recused(story: Story, one: Happened, event: Redrawn, state: State) -> Iterator[Leaving]:
    """The recusals of this source since its last round, of visits that are still to be done."""
    source, lookup = state.sources[event.source], Lookup(state)
    for before in reversed(story.happened[: one.line - 1]):
        if before.line <= source.line:
            return
        if isinstance(before.event, Redrawn) and before.event.source == event.source:
            return
        if isinstance(before.event, Recused) and before.event.source == event.source:
            visit = source.visits.get(before.event.visit)
            if visit is not None and lookup.can_change(source, visit):
                yield Leaving(before.event.visit, before.event.inspector, "recusal")


def _asked(one: Happened, event: Redrawn, state: State, source: Source, checks: Checks) -> Iterator[Leaving]:
    """The places of the replacements that are carried out: those approved by all, and those that the round says."""
    rule, check, lookup = source.event.adjustment, checks["approvals"], Lookup(state)
    named = {change.adjustment for change in event.changes if change.adjustment}
    for name, adjustment in state.adjustments.items():
        if adjustment.asked.source != event.source or not adjustment.is_pending:
            if name in named:
                check.wrong(at(one.line), "carried-out-twice", "", name)
            continue
        approved = is_complete(adjustment, rule) if rule is not None else name in named
        if name in named and rule is None:
            check.cannot()
        elif name in named and rule is not None:
            had = shown([each.level for each in adjustment.approvals])
            check.same(at(one.line), "not-approved", shown(rule.approvals) if rule.approvals else had or "*", had)
        if approved or name in named:
            for _, visit in places_left(lookup, adjustment):
                yield Leaving(visit.visit, adjustment.asked.inspector, "replacement", name)


def _shown(change: Change | None) -> str:
    if change is None:
        return ""
    return shown((change.visit, change.leaves, "→", change.joins, change.because, change.adjustment)).rstrip()
