"""What every change of a plan needs, under its lock: plan, ledger, state, pools, names; and the one way to write.

A crash between the ledger's line and the papers is made good when the next change opens the case.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.adjust.papers import Papers, refresh
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.judged import judged
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, reference_day
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.events import Event, Happened
from shuangsuiji.core.year.remarks import Remark, remarks
from shuangsuiji.core.year.rule import refuse_changed, refuse_renamed
from shuangsuiji.core.year.state import OWN, Source, State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Dossier, Workspace


class Adjusted(NamedTuple):
    """What a command has put on record (nothing, where all of it was there already) and which papers it made.

    `remarks`: what is lawful and yet wants a second look.
    """

    plan: Plan
    state: State
    new: Sequence[Happened]
    checkpoint: Checkpoint
    folder: Path
    papers: Papers
    remarks: Sequence[Remark]


class Case:
    """One plan's year, as its ledger, plan and rosters tell it now."""

    def __init__(self, workspace: Workspace, plan: Plan, dossier: Dossier, who: Who, ledger: Ledger):
        self.workspace, self.plan, self.dossier, self.who, self.ledger = workspace, plan, dossier, who, ledger
        self.state = fold(ledger.happened)
        self._pools: dict[str, Pool] = {}

    @cached_property
    def rosters(self) -> Rosters:
        """Today's rosters, as far as they can be read: names, addresses and items for the papers."""
        today = reference_day(self.plan, self.who.now.date())
        rosters = RosterReader(self.workspace).rosters(today.isoformat(), self.plan.departments)
        return judged(self.workspace, self.plan, rosters, self.who.now.date()).rosters

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Of all inspectors: as the rosters have them, else as they were drawn."""
        drawn = {i: name for source in self.state.sources.values() for i, name in source.inspectors.items()}
        return {**drawn, **{i.inspector: i.name for i in self.rosters.inspectors}}

    def pool(self, source: Source) -> Pool:
        """The sealed pool of a source of tasks."""
        if source.id not in self._pools:
            folder = self.dossier.pool if source.id == OWN else self.dossier.received(source.id) / "pool"
            self._pools[source.id] = read_pool(folder, source.event.pool_digest)
        return self._pools[source.id]

    def next_adjustment(self) -> int:
        """The number of the next adjustment; those of voided draws keep theirs."""
        return 1 + sum(one.event.kind == "replacement-asked" for one in self.ledger.happened)

    def provisional(self, events: Sequence[Event]) -> State:
        """The state that `events` would make."""
        lines = len(self.ledger.happened)
        return fold((Happened(lines + n, self.who.at, self.who.by, e) for n, e in enumerate(events, 1)), self.state)

    def record(self, events: Sequence[Event], progress: Progress) -> Adjusted:
        """Write `events`, all or none, then make the papers that they change."""
        before = len(self.ledger.happened)
        if events:
            self.ledger.append(events, at=self.who.at, by=self.who.by)
            self.state = fold(self.ledger.happened[before:], self.state)
        papers = self.refresh(progress)
        new = self.ledger.happened[before:]
        said = remarks(self.state, new, self.plan)
        return Adjusted(self.plan, self.state, new, self.checkpoint, self.dossier.folder, papers, said)

    @property
    def checkpoint(self) -> Checkpoint:
        """How far the ledger has come."""
        return self.ledger.checkpoint(self.plan.draw)

    def refresh(self, progress: Progress) -> Papers:
        """Make the papers that are older than the ledger."""
        return refresh(
            self.dossier,
            self.ledger,
            self.state,
            plan=self.plan,
            rosters=lambda: self.rosters,
            pool=self.pool,
            progress=progress,
        )


@contextmanager
def opened(
    workspace: Workspace, plan_name: str | None, who: Who, *, command: str, progress: Progress
) -> Iterator[Case]:
    """The case of a plan, held under its lock.

    Raises Refusal where nothing was drawn or received, or the plan says otherwise than what is on record.
    """
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    refuse_empty(fold(read_ledger(dossier.folder).happened))
    with locked(dossier.folder, by=who.by, at=who.at, command=f"adjust {command}"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        case = Case(workspace, plan, dossier, who, ledger)
        refuse_empty(case.state)
        refuse_renamed(case.state, plan)
        refuse_changed(case.state, plan)
        case.refresh(progress)
        yield case


def refuse_empty(state: State) -> None:
    """Raises Refusal where there are no tasks to change."""
    if not state.sources:
        raise Refusal(
            "nothing-drawn", "本方案还没有抽取，也没有接收任务清单，没有可调整的。", todo="抽取请用 ssj draw。"
        )
