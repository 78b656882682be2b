"""What publishing needs: the plan, its ledger, rosters and pool, read once, when they are first asked for."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from shuangsuiji.actions.draw import risk_counts
from shuangsuiji.actions.gather import gather, without_errors
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.sealing import Rosters, pool_rules, reference_day
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import Faulty, Refusal
from shuangsuiji.core.year.deadlines import Deadline, Window, deadlines
from shuangsuiji.core.year.disclosure.notice import Kind
from shuangsuiji.core.year.events import RiskCount
from shuangsuiji.core.year.state import State
from shuangsuiji.files.calendar import read_calendar
from shuangsuiji.files.pool import read_changes, read_pool
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Workspace


class Desk:
    """One plan, and who publishes when."""

    def __init__(self, workspace: Workspace, plan_name: str | None, who: Who):
        self.workspace, self.who = workspace, who
        self.plan_file = workspace.plan_file(plan_name)
        self.plan = read_intent(workspace, self.plan_file).plan
        self.dossier = workspace.dossier(self.plan_file)
        self.problems: list[Problem] = []
        self._pools: dict[str, Pool] = {}
        self._risk: Sequence[RiskCount] = ()
        self.opened: dict[str, Mapping[str, bytes]] = {}

    @property
    def folder(self) -> Path:
        """The dossier."""
        return self.dossier.folder

    @property
    def today(self) -> date:
        """This day."""
        return self.who.now.date()

    @cached_property
    def rosters(self) -> Rosters:
        """Today's rosters: addresses and items. Raises Faulty where the subjects or items cannot be read at all.

        Single rows that are wrong are left in `problems`: they do not keep others from being published in time.
        """
        reader = RosterReader(self.workspace)
        rosters = reader.rosters(reference_day(self.plan, self.today).isoformat(), self.plan.departments)
        self.problems = errors(reader.problems)
        if not rosters.subjects or not rosters.items:
            raise Faulty(reader.problems)
        return rosters

    def pool(self, state: State, kind: Kind) -> Pool:
        """The sealed pool; where there is none, or the plan has other strata since, what sealing would give today.

        Raises Faulty, for a notice of the plan, where it cannot be sealed; Refusal where the pool is damaged, or a plan
        was sealed as another and is not drawn yet: the digest beside the notice would be that of another pool.
        """
        if state.sealed is not None:
            pool = self.sealed_pool(state.sealed.pool_digest)
            if kind != "plan":
                return pool
            if state.drawn is None and not (
                self._fits(pool) and pool_rules(self.plan, layers(self.plan)) == pool.rules
            ):
                raise Refusal(
                    "plan-changed-since-sealing",
                    "封存名册以后，方案的抽查层、比例或抽取规则改过；公示的方案要和封存的名册一致，没有公示。",
                    todo="请把方案改回封存时的样子；确需改动的，先作废封存（ssj seal --void），再重新封存、公示。",
                    source="抽取规则 §3：定稿名册是抽取的唯一依据，封存后不能改",
                )
            if self._fits(pool):
                return pool
        if "" not in self._pools:
            gathered = gather(self.workspace, self.plan_file, self.today)
            self._pools[""] = (without_errors(gathered) if kind == "plan" else gathered).sealing.pool
            self._risk = risk_counts(gathered.risk)
        return self._pools[""]

    def risk(self, state: State) -> Sequence[RiskCount]:
        """What the reviewed sheet did to the pool of the plan's notice, by rule."""
        pool = self.pool(state, "plan")
        return self._risk if pool is self._pools.get("") or state.sealed is None else state.sealed.risk

    def pool_changes(self, state: State) -> Sequence[Mapping[str, str]]:
        """What changed against the pool sealed before. Raises Refusal where the list is lost, or another one."""
        changes = state.sealed.changes if state.sealed else None
        kept = (folder / self.dossier.pool_changes.name for folder in (self.folder / "voided").glob("*"))
        return read_changes((self.dossier.pool_changes, *kept), changes.sha256) if changes else ()

    def names(self, state: State) -> Mapping[str, str]:
        """What subjects of the own draw are called, by id; those of lists and other visits carry their names."""
        if state.sealed is None:
            return {}
        return {subject.subject: subject.name for subject in self.sealed_pool(state.sealed.pool_digest).subjects}

    def open_clocks(self, state: State) -> list[Deadline]:
        """The clocks that run. In a year without notice they are reckoned Monday to Friday, and marked so."""
        calendar = read_calendar(self.workspace, assume_weekdays=True)
        return deadlines(state, self.plan, calendar, self.who.now, (), Window(done=False))

    def _fits(self, pool: Pool) -> bool:
        """Whether the pool has the strata that the plan has now."""
        intended = [(layer.code, layer.name, layer.ratio) for layer in layers(self.plan)]
        return intended == [(stratum.stratum, stratum.name, stratum.ratio) for stratum in pool.strata]

    def sealed_pool(self, digest: str) -> Pool:
        """The pool of that digest: the one in force, or one that was put away with a voided draw."""
        if digest not in self._pools:
            folders = [self.dossier.pool, *sorted((self.folder / "voided").glob("*/pool"))]
            for folder in folders[1:]:
                try:
                    self._pools[digest] = read_pool(folder, digest)
                except Refusal:
                    continue
                return self._pools[digest]
            self._pools[digest] = read_pool(folders[0], digest)
        return self._pools[digest]
