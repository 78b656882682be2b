"""Where a plan stands, for ``ssj status``: tasks by source and stratum, rates, adjustments, and what to do next.

- Visits outside the random draw are counted apart: the rates are those of drawn tasks.
- What comes next is the first that applies: draw, what is overdue, approvals, sheets, records, publishing, closing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.approval import missing
from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.progress import Progress, progress
from shuangsuiji.core.year.share import Share, share
from shuangsuiji.core.year.state import OTHERWISE, Source, State, Task

_WHOLE = 10_000
ROSTER_CLOCKS = frozenset({"certificate", "licence"})
"""Clocks that the rosters start, not the plan: they are shown, and are never the next thing to do."""
TOPICS = ("training", "publicity", "review")


class Rate(NamedTuple):
    """`part` of `whole`; of nothing there is no rate."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """Two places, half up; only all of it is 100%, only none of it 0%.

        >>> Rate(843, 861).percent, Rate(861, 861).percent, Rate(99_999, 100_000).percent, Rate(0, 0).percent
        ('97.91%', '100%', '99.99%', '—')
        """
        if not self.whole:
            return "—"
        if self.part in {0, self.whole}:
            return "100%" if self.part else "0%"
        hundredths = (2 * _WHOLE * self.part + self.whole) // (2 * self.whole)
        shown = min(_WHOLE - 1, max(1, hundredths))
        return f"{shown // 100}.{shown % 100:02}%"

    def __str__(self) -> str:
        return f"{self.part}/{self.whole} = {self.percent}"


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
    """A replacement that waits; `levels` = who has still to agree, in order."""

    adjustment: str
    inspector: str
    name: str
    visits: int
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
    """What to do next; `number` of tasks, clocks or approvals that it is about, `subject` = which one first."""

    code: Literal["draw", "overdue", "approve", "sheets", "issue", "record", "publish", "close"]
    number: int = 0
    subject: str = ""


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
    voided_draws: int
    step: Step


def standing(state: State, plan: Plan, clocks: Sequence[ClockLine], without_sheets: Collection[str]) -> Standing:
    """Where `state` stands. `clocks`: see `next_clocks`; `without_sheets`: sources that have none."""
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
        voided_draws=len(state.voided),
        step=_step(total, clocks, pending, [source.source for source in sources if source.source in without_sheets]),
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
    ordered = sorted(map(_line, lines.values()), key=lambda line: (line.status == "due", line.due, line.clock))
    late = sum(line.status == "overdue" for line in ordered)
    return ordered[: late + most]


def rates(of: Progress) -> Rates:
    """The rates that managers are graded on.

    >>> print(rates(Progress(tasks=861, open=0, checked=0, done=843, published=800, closed=18)).finished)
    861/861 = 100%
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
        visits=len(source.visits),
        inspectors=len({inspector for visit in source.visits.values() for inspector in visit.team}),
        share=share(state, source, plan.adjustment),
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
    for name, adjustment in state.adjustments.items():
        asked = adjustment.asked
        if not adjustment.done:
            who = state.sources[asked.source].inspectors.get(asked.inspector, "")
            levels = tuple(missing(plan.adjustment.approvals, adjustment))
            yield Pending(name, asked.inspector, who, len(asked.visits), levels)


def _step(
    total: Progress, clocks: Sequence[ClockLine], pending: Sequence[Pending], without_sheets: Sequence[str]
) -> Step:
    overdue = [line for line in clocks if line.status == "overdue" and line.clock not in ROSTER_CLOCKS]
    to_do = total.open + total.checked
    nothing_yet = total.open == total.tasks - total.closed
    steps = (
        (not total.tasks, Step("draw")),
        (overdue, Step("overdue", sum(line.number for line in overdue), "".join(line.what for line in overdue[:1]))),
        (pending, Step("approve", len(pending), "".join(p.adjustment for p in pending[:1]))),
        (to_do and without_sheets, Step("sheets", len(without_sheets), "".join(without_sheets[:1]))),
        (to_do, Step("issue" if nothing_yet else "record", to_do)),
        (total.published < total.done, Step("publish", total.done - total.published)),
    )
    return next((step for applies, step in steps if applies), Step("close"))
