"""What every command about a plan needs: the plan, the rosters, what other draws of the year took, the pool to be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.membership import Leaving
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, Sealing, reference_day, seal
from shuangsuiji.core.problem import Problem, error, errors
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.events import Drawn, Received
from shuangsuiji.core.year.receiving import known_subjects
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Dossier, Workspace


@dataclass(frozen=True, slots=True)
class Gathered:
    """Plan and rosters as values, and the pool that they make on `as_of`. `sources`: SHA-256 by file name."""

    intent: Intent
    rosters: Rosters
    sealing: Sealing
    problems: Sequence[Problem]
    sources: Mapping[str, str]
    as_of: date


def gather(workspace: Workspace, plan_file: Path, today: date) -> Gathered:
    """Read plan and rosters. Raises Faulty, with every Problem found, when they cannot be read as values at all."""
    intent = read_intent(workspace, plan_file)
    plan = intent.plan
    as_of = reference_day(plan, today)
    reader = RosterReader(workspace)
    rosters = reader.rosters(as_of.isoformat())
    lists, listed = reader.lists(plan)
    drawn: dict[str, list[str]] = defaultdict(list, listed)
    if plan.frequency is not None:
        for subject, draws in _drawn_elsewhere(workspace, workspace.dossier(plan_file), plan.year).items():
            drawn[subject].extend(draws)
    leaving = Leaving(lists, drawn, plan.frequency.per_year if plan.frequency else None)
    sealing, wrong = seal(intent, rosters, leaving, as_of)
    wrong += _used_elsewhere(workspace, workspace.dossier(plan_file), intent)
    reader.sources[workspace.shown(plan_file)] = intent.digest
    return Gathered(intent, rosters, sealing, (*reader.problems, *wrong), dict(sorted(reader.sources.items())), as_of)


def _used_elsewhere(workspace: Workspace, dossier: Dossier, intent: Intent) -> list[Problem]:
    """A draw's id names one draw: a copied plan would be a second one of the same name."""
    found = []
    for other in workspace.other_dossiers(dossier):
        state = fold(read_ledger(other.folder).happened)
        drawn = [state.sealed, state.drawn, *(voided.drawn for voided in state.voided)]
        if intent.plan.draw in {event.draw for event in drawn if event is not None}:
            what = f"抽取编号 {intent.plan.draw} 已用于 {workspace.shown(other.folder)} 的抽取。"
            todo = "一个编号只能抽一次；如确是另一次抽取，请用新的编号。"
            found.append(error("draw-id-used", intent.place("draw"), what, todo))
    return found


def taken_this_year(workspace: Workspace, dossier: Dossier, plan: Plan) -> dict[str, list[str]]:
    """Subjects that any draw or received list of the workspace took in the plan's year, its own draw included."""
    taken: dict[str, list[str]] = defaultdict(list, _drawn_elsewhere(workspace, dossier, plan.year))
    for subject in _drawn(fold(read_ledger(dossier.folder).happened).drawn, plan.year):
        taken[subject].append(plan.draw)
    return taken


def changed_sources(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names of the files that differ between two readings, or are in one of them only."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def without_errors(gathered: Gathered) -> Gathered:
    """`gathered` itself. Raises Faulty when its Problems forbid to go on."""
    if errors(gathered.problems):
        raise Faulty(gathered.problems)
    return gathered


def _drawn_elsewhere(workspace: Workspace, dossier: Dossier, year: int) -> dict[str, list[str]]:
    """Subjects that other draws, and lists received for this plan or others, took in `year`, each with their ids."""
    taken: dict[str, list[str]] = defaultdict(list)
    for other in (dossier, *workspace.other_dossiers(dossier)):
        state = fold(read_ledger(other.folder).happened)
        if other != dossier and state.drawn is not None:
            for subject in _drawn(state.drawn, year):
                taken[subject].append(state.drawn.draw)
        for source in state.sources.values():
            if isinstance(source.event, Received) and source.event.year == year:
                whose = "" if other == dossier else f"{other.folder.name}/"
                for subject in known_subjects(source.event):
                    taken[subject].append(f"{whose}{source.id} ({source.event.document_no})")
    return taken


def _drawn(drawn: Drawn | None, year: int) -> set[str]:
    if drawn is None or drawn.year != year:
        return set()
    return {d.subject for subjects in drawn.drawn.values() for d in subjects}
