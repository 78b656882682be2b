"""What every command about a plan needs: the plan, the rosters, what other draws of the year took, the pool to be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuangsuiji.core.plan.membership import Leaving
from shuangsuiji.core.plan.sealing import Intent, Rosters, Sealing, reference_day, seal
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.plan import read_plan
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
    intent, problems = read_plan(plan_file, workspace.shown(plan_file))
    if intent is None:
        raise Faulty(problems)
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
    reader.sources[workspace.shown(plan_file)] = intent.digest
    return Gathered(intent, rosters, sealing, (*reader.problems, *wrong), dict(sorted(reader.sources.items())), as_of)


def without_errors(gathered: Gathered) -> Gathered:
    """`gathered` itself. Raises Faulty when its Problems forbid to go on."""
    if errors(gathered.problems):
        raise Faulty(gathered.problems)
    return gathered


def _drawn_elsewhere(workspace: Workspace, dossier: Dossier, year: int) -> dict[str, list[str]]:
    """Subjects that other draws of the workspace took in `year`, each with the draws' ids."""
    taken: dict[str, list[str]] = defaultdict(list)
    for other in workspace.other_dossiers(dossier):
        drawn = fold(read_ledger(other.folder).happened).drawn
        if drawn is not None and drawn.year == year:
            for subject in {d.subject for subjects in drawn.drawn.values() for d in subjects}:
                taken[subject].append(drawn.draw)
    return taken
