"""``ssj status``: where a plan stands, or all plans, and what to do next. Reads only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.deadlines import Asked, deadlines
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.core.ledger.times import SetBack, set_back
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.scheduling.agenda import Agenda, agenda, allowing
from shuangsuiji.core.scheduling.changes import Changes, changes
from shuangsuiji.core.year.disclosure.choosing import Choice, OfTasks, choose
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, Standing, next_clocks, standing
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Dossier, Workspace

_CLOCKS_SHOWN = 5
_FAR = "9999d"
_SOON = timedelta(days=60)
"""What runs out in the rosters is shown when it ends by then."""


class Status(NamedTuple):
    """One plan: `file` as people see it. `problems`: of rosters whose dates could not be looked at.

    `set_back`: ledger lines that were entered by a clock earlier than that of the line before. `ready`: what may be
    published and is not yet. `agenda`: visits with their days, where any was planned;
    `changes`: how often days were planned anew. `names`: of inspectors.
    """

    file: str
    plan: Plan
    standing: Standing
    problems: Sequence[Problem]
    set_back: Sequence[SetBack] = ()
    ready: Mapping[OfTasks, Choice] = {}
    agenda: Agenda | None = None
    names: Mapping[str, str] = {}
    changes: Changes = Changes()


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
    happened = read_ledger(dossier.folder).happened
    state, back = fold(happened), list(set_back(one.at for one in happened))
    shown = workspace.shown(file)
    if not state.tasks:
        return Status(shown, plan, standing(state, plan, (), (), today=now.date()), (), back)
    # Status answers in any year: one without a notice is taken as Monday to Friday, and marked so.
    found = deadlines(workspace, shown, Asked(now, within=_FAR, assume_weekdays=True))
    soon = (now + _SOON).date().isoformat()
    clocks = [each for each in found.deadlines if each.clock not in ROSTER_CLOCKS or each.due <= soon]
    lines = next_clocks(clocks, _CLOCKS_SHOWN)
    stands = standing(state, plan, lines, _without_sheets(dossier, state), today=now.date())
    kinds: tuple[OfTasks, ...] = ("results", "penalties")
    ready = {kind: choose(state, kind, found.deadlines, otherwise=False) for kind in kinds}
    names = {i: name for source in state.sources.values() for i, name in source.inspectors.items()}
    visits, wrong = _agenda(workspace, plan, state, now.date())
    return Status(shown, plan, stands, [*found.problems, *wrong], back, ready, visits, names, changes(happened))


def _agenda(workspace: Workspace, plan: Plan, state: State, today: date) -> tuple[Agenda | None, list[Problem]]:
    """Visits with their days, and what is wrong with the list of leave; it may name people who are on no team."""
    if not any(source.planned for source in state.sources.values()):
        return None, []
    reader = RosterReader(workspace)
    leaves = reader.leaves({name for source in state.sources.values() for name in source.inspectors})
    wrong = [problem for problem in reader.problems if problem.code != "leave-inspector"]
    return agenda(state, leaves, today, plan.schedule.per_day, allowing(plan)), wrong


def _without_sheets(dossier: Dossier, state: State) -> list[str]:
    """Sources that lack their sheets; not those whose tasks were issued otherwise."""
    sheets = {
        source: dossier.sheets if source == OWN else dossier.received(source) / "sheets" for source in state.sources
    }
    return [
        source
        for source, folder in sheets.items()
        if not folder.exists() and not (state.sources[source].issued and state.sources[source].how == "otherwise")
    ]
