"""Where a plan stands, for ``ssj status``: tasks by source and stratum, rates, adjustments, and what to do next.

- Visits outside the random draw are counted apart: the rates are those of drawn tasks.
- What comes next is the first that applies: draw, what is overdue, approvals, sheets, records, publishing, clocks that
  still run, closing. A share missed at half time is caught up by recording: it is never a thing to do of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.adjustment import Lookup, places_left
from shuangsuiji.core.year.approval import missing
from shuangsuiji.core.year.closed import is_closed
from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.events import Received, Sealed
from shuangsuiji.core.year.progress import Progress, Rate, progress
from shuangsuiji.core.year.rule import levels_of, rule_of
from shuangsuiji.core.year.share import Share, share
from shuangsuiji.core.year.state import OTHERWISE, Source, State, Task
from shuangsuiji.core.year.wholevisit import number_of_visits
from shuangsuiji.core.year.withdrawn import VoidedList

ROSTER_CLOCKS = frozenset({"certificate", "licence"})
"""Clocks that the rosters start, not the plan: they are shown, and are never the next thing to do."""
_SHOWN_ONLY = ROSTER_CLOCKS | {"half-time"}
TOPICS = ("training", "publicity", "review")


class Rates(NamedTuple):
    """完成率、完结率、公示率."""

    done: Rate
    finished: Rate
    published: Rate


class Line(NamedTuple):
    """One stratum of one source."""

    source: str
    stratum: str
    name: str
    progress: Progress


class Pending(NamedTuple):
    """A replacement that waits; `left` = how many of its visits are still to be done by him.

    `levels` = who has still to agree, in order.
    """

    adjustment: str
    inspector: str
    name: str
    visits: int
    left: int
    levels: tuple[str, ...]


class SourceStanding(NamedTuple):
    """One source of tasks: `received` is None for our own draw; `shares` how much of the limit is used."""

    source: str
    received: Received | None
    progress: Progress
    visits: int
    inspectors: int
    share: Share
    recusals: int


class ClockLine(NamedTuple):
    """Open clocks of one kind: all overdue ones, or those due on one day. `due`, `left`, `first`: the earliest's."""

    clock: str
    what: str
    status: Literal["overdue", "due"]
    number: int
    due: str
    left: int
    left_unit: Literal["workdays", "hours"]
    first: str
    basis: str
    assumed: bool


class Step(NamedTuple):
    """What to do next; `number` of tasks, clocks or approvals that it is about, `subject` = which one first.

    Of a draw: the plan's last day, where that is over; of a public seed the day on which it is out. `clock`: that of
    `subject`.
    """

    code: Literal[
        "seal",
        "announce",
        "wait",
        "draw-sealed",
        "draw",
        "overdue",
        "approve",
        "sheets",
        "issue",
        "record",
        "publish",
        "reveal",
        "withdraw",
        "clock",
        "close",
    ]
    number: int = 0
    subject: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that ``ssj status`` says of one plan."""

    total: Progress
    rates: Rates
    sources: tuple[SourceStanding, ...]
    lines: tuple[Line, ...]
    otherwise: Progress
    pending: tuple[Pending, ...]
    clocks: tuple[ClockLine, ...]
    notes: dict[str, int]
    sealed: Sealed | None
    voided_draws: int
    voided_seals: int
    voided_lists: tuple[VoidedList, ...]
    step: Step


def standing(
    state: State, plan: Plan, clocks: Sequence[ClockLine], without_sheets: Collection[str], *, today: date
) -> Standing:
    """Where `state` stands. `clocks`: see `next_clocks`; `without_sheets`: sources that lack them."""
    drawn = [task for task in state.tasks.values() if task.source != OTHERWISE]
    total = progress(drawn)
    sources = tuple(_source(state, plan, source) for source in state.sources.values())
    pending = tuple(_pending(state, plan))
    return Standing(
        total=total,
        rates=rates(total),
        sources=sources,
        lines=tuple(_lines(plan, state.sources.values(), drawn)),
        otherwise=progress(task for task in state.tasks.values() if task.source == OTHERWISE),
        pending=pending,
        clocks=tuple(clocks),
        notes=dict.fromkeys(TOPICS, 0) | Counter(note.topic for note in state.notes),
        sealed=state.sealed,
        voided_draws=len(state.voided),
        voided_seals=len(state.voided_seals),
        voided_lists=state.voided_lists,
        step=_step(
            total,
            clocks,
            pending,
            [source.source for source in sources if source.source in without_sheets],
            before=_before(state, plan, today),
            closed=state.drawn is not None and is_closed(state),
        ),
    )


def next_clocks(found: Iterable[Deadline], most: int) -> list[ClockLine]:
    """The open ones of `found` as lines: what is overdue by kind, then the `most` days that come next.

    What runs out in the rosters is one line each: it would hide the plan's own clocks.
    """
    lines: dict[tuple[str, str, str], list[Deadline]] = defaultdict(list)
    for deadline in found:
        if deadline.status in {"overdue", "due"}:
            together = deadline.status == "overdue" or deadline.clock in ROSTER_CLOCKS
            lines[deadline.clock, deadline.status, "" if together else deadline.due].append(deadline)
    ordered = sorted(map(_line, lines.values()), key=_urgency)
    late = sum(line.status == "overdue" for line in ordered)
    return ordered[: late + most]


def _urgency(line: ClockLine) -> tuple[bool, bool, str, str]:
    is_due = line.status == "due"
    return is_due, not is_due and line.clock in ROSTER_CLOCKS, line.due, line.clock


def rates(of: Progress) -> Rates:
    """The rates that managers are graded on.

    >>> print(rates(Progress(tasks=861, open=0, checked=0, done=843, published=800, closed=18)).finished)
    861/861 = 100.00%
    """
    return Rates(Rate(of.done, of.tasks), Rate(of.done + of.closed, of.tasks), Rate(of.published, of.done))


def _line(same: Sequence[Deadline]) -> ClockLine:
    first = min(same, key=lambda deadline: (deadline.due, deadline.id))
    return ClockLine(
        clock=first.clock,
        what=first.what,
        status="overdue" if first.status == "overdue" else "due",
        number=len(same),
        due=first.due,
        left=first.left or 0,
        left_unit=first.left_unit,
        first=first.task or first.inspector or first.subject,
        basis=first.basis,
        assumed=any(deadline.assumed for deadline in same),
    )


def _source(state: State, plan: Plan, source: Source) -> SourceStanding:
    return SourceStanding(
        source=source.id,
        received=source.event if isinstance(source.event, Received) else None,
        progress=progress(task for task in state.tasks.values() if task.source == source.id),
        visits=number_of_visits(source.visits.values()),
        inspectors=len({inspector for visit in source.visits.values() for inspector in visit.team}),
        share=share(state, source, rule_of(source, plan)),
        recusals=len(source.recused),
    )


def _lines(plan: Plan, sources: Collection[Source], drawn: Sequence[Task]) -> Iterator[Line]:
    """By source, strata in the plan's order; one that the plan has lost stands last under its code."""
    found: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in drawn:
        found[task.source, task.stratum].append(task)
    names = {layer.code: layer.name for layer in layers(plan)}
    order = list(dict.fromkeys([*names, *sorted(stratum for _, stratum in found)]))
    for source in sources:
        for stratum in order:
            if (source.id, stratum) in found:
                name = names.get(stratum, stratum)
                yield Line(source.id, stratum, name, progress(found[source.id, stratum]))


def _pending(state: State, plan: Plan) -> Iterator[Pending]:
    waiting = {name: adjustment for name, adjustment in state.adjustments.items() if adjustment.is_pending}
    if not waiting:
        return
    lookup = Lookup(state)
    for name, adjustment in waiting.items():
        asked, source = adjustment.asked, state.sources[adjustment.asked.source]
        who, left = source.inspectors.get(asked.inspector, ""), len(places_left(lookup, adjustment))
        levels = tuple(missing(levels_of(source, plan), adjustment))
        yield Pending(name, asked.inspector, who, len(asked.visits), left, levels)


def _step(
    total: Progress,
    clocks: Sequence[ClockLine],
    pending: Sequence[Pending],
    without_sheets: Sequence[str],
    *,
    before: Step,
    closed: bool,
) -> Step:
    running = [line for line in clocks if line.clock not in _SHOWN_ONLY]
    overdue = [line for line in running if line.status == "overdue"]
    to_do = total.open + total.checked
    nothing_yet = total.open == total.tasks - total.closed
    waiting, idle = [p for p in pending if p.left], [p for p in pending if not p.left]
    steps = (
        (not total.tasks, before),
        (overdue, _of_clocks("overdue", overdue)),
        (waiting, Step("approve", len(waiting), "".join(p.adjustment for p in waiting[:1]))),
        (to_do and without_sheets, Step("sheets", len(without_sheets), "".join(without_sheets[:1]))),
        (to_do, Step("issue" if nothing_yet else "record", to_do)),
        (total.published < total.done, Step("publish", total.done - total.published)),
        (closed, Step("reveal")),
        (idle, Step("withdraw", len(idle), "".join(p.adjustment for p in idle[:1]))),
        (running, _of_clocks("clock", running)),
    )
    return next((step for applies, step in steps if applies), Step("close"))


def _before(state: State, plan: Plan, today: date) -> Step:
    """What comes next while nothing is drawn."""
    sealed, over = state.sealed, plan.period.end.isoformat() if plan.period.end < today else ""
    if sealed is None:
        return Step("seal" if plan.seed.mode == "public" else "draw", subject=over)
    if sealed.known_on is None or sealed.known_on <= today:
        return Step("draw-sealed", subject="、".join(sealed.announced))
    told = any(one.event.what == "plan" and one.line > state.sealed_line for one in state.notices.values())
    return Step("wait" if told else "announce", subject=sealed.known_on.isoformat())


def _of_clocks(code: Literal["overdue", "clock"], lines: Sequence[ClockLine]) -> Step:
    what, clock = next(((line.what, line.clock) for line in lines), ("", ""))
    return Step(code, sum(line.number for line in lines), what, clock)
