"""``ssj status``: where a plan stands, or all plans, and what to do next. Reads only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.deadlines import Asked, deadlines
from shuangsuiji.actions.gather import read_intent
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, Standing, next_clocks, standing
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.workspace import Dossier, Workspace

_CLOCKS_SHOWN = 5
_FAR = "9999d"
_SOON = timedelta(days=60)
"""What runs out in the rosters is shown when it ends by then."""


class Status(NamedTuple):
    """One plan: `file` as people see it. `problems`: of rosters whose dates could not be looked at."""

    file: str
    plan: Plan
    standing: Standing
    problems: Sequence[Problem]


def status(workspace: Workspace, plan_name: str | None, now: datetime) -> list[Status]:
    """The plan called `plan_name`, or all plans by name. Raises Faulty with the Problems of all plan files."""
    files = [workspace.plan_file(plan_name)] if plan_name else workspace.plan_files() or [workspace.plan_file(None)]
    found: list[Status] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(_status(workspace, file, now))
        except Faulty as faulty:
            problems += faulty.problems
    if problems:
        raise Faulty(problems)
    return found


def _status(workspace: Workspace, file: Path, now: datetime) -> Status:
    plan = read_intent(workspace, file).plan
    dossier = workspace.dossier(file)
    state = fold(read_ledger(dossier.folder).happened)
    shown = workspace.shown(file)
    if not state.tasks:
        return Status(shown, plan, standing(state, plan, (), ()), ())
    # Status answers in any year: one without a notice is taken as Monday to Friday, and marked so.
    found = deadlines(workspace, shown, Asked(now, within=_FAR, assume_weekdays=True))
    soon = (now + _SOON).date().isoformat()
    clocks = [each for each in found.deadlines if each.clock not in ROSTER_CLOCKS or each.due <= soon]
    lines = next_clocks(clocks, _CLOCKS_SHOWN)
    return Status(shown, plan, standing(state, plan, lines, _without_sheets(dossier, state)), found.problems)


def _without_sheets(dossier: Dossier, state: State) -> list[str]:
    sheets = {
        source: dossier.sheets if source == OWN else dossier.received(source) / "sheets" for source in state.sources
    }
    return [source for source, folder in sheets.items() if not folder.exists()]
