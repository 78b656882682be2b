"""``ssj report``: the year's report as docx, html and xlsx in ``report/`` of the dossier.

- No event: it can be made again.
- Files that somebody changed since they were made are kept beside the new ones, under a name with a number.
- All of them are put in place at once, or none.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.history import chronicle
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.actions.who import Who
from shuangsuiji.core.plan.coverage import Known
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.year.deadlines import deadlines
from shuangsuiji.core.year.report.entries import Gathered
from shuangsuiji.core.year.report.report import Report, report
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.calendar import read_calendar, year_missing
from shuangsuiji.files.documents.reporting import FORMATS, Format, render_report
from shuangsuiji.files.ledger import NAME, read_ledger, replay
from shuangsuiji.files.lock import locked
from shuangsuiji.files.reportfolder import FOLDER, put
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace

__all__ = ["FORMATS", "Asked", "Reported", "report_year"]


class Asked(NamedTuple):
    """What is wanted. `compare`: the plan of the year before, None for the one that there is."""

    formats: tuple[Format, ...] = FORMATS
    public: bool = False
    compare: str | None = None


class Last(NamedTuple):
    """The year before: its plan file as people see it, or `why` there is nothing to compare with."""

    file: str = ""
    why: str = ""
    found: tuple[Plan, State] | None = None


class Reported(NamedTuple):
    """The report, its files, those of people's that were kept, and what it is compared with."""

    plan: Plan
    report: Report
    files: Sequence[Path]
    kept: Sequence[Path]
    last: Last
    problems: Sequence[Problem]


def report_year(workspace: Workspace, plan_name: str | None, who: Who, asked: Asked) -> Reported:
    """Make it. Raises Refusal or Faulty; then nothing was written."""
    desk = Desk(workspace, plan_name, who)
    ledger = read_ledger(desk.folder)
    state = fold(ledger.happened)
    if not state.tasks:
        what = "还没有抽取，也没有接收清单，没有可以总结的内容。"
        raise Refusal("nothing-to-report", what, todo="抽取请用 ssj draw，接收清单请用 ssj receive。")
    last = _last(desk, asked.compare)
    clocks = deadlines(state, desk.plan, read_calendar(workspace), who.now)
    made = report(
        Gathered(
            plan=desk.plan,
            rosters=desk.rosters,
            state=state,
            happened=ledger.happened,
            pool=desk.pool(state, "results"),
            clocks=clocks,
            checkpoint=ledger.checkpoint(desk.plan.draw),
            now=who.now,
            public=asked.public,
            last=last.found,
            known=_known(desk, state),
        )
    )
    years = sorted({clock.unknown_year for clock in clocks if clock.unknown_year is not None})
    missing = [year_missing(year, "有的期限算不出") for year in years]
    day = datetime(who.now.year, who.now.month, who.now.day)  # noqa: DTZ001 - the formats know no zone
    files = render_report(workspace, made, asked.formats, day)
    with locked(desk.folder, by=who.by, at=who.at, command="report"):
        sweep(desk.folder)
        kept = put(desk.folder / FOLDER, files)
    paths = [desk.folder / FOLDER / name for name in files]
    return Reported(desk.plan, made, paths, kept, last, [*desk.problems, *missing])


def _known(desk: Desk, state: State) -> Known:
    """When subjects were seen, as all ledgers of the workspace tell."""
    history = chronicle(desk.workspace, desk.dossier, own=state, first_days=desk.plan.coverage is not None).history
    return Known(history.seen(desk.today.isoformat()), history.listed)


def _last(desk: Desk, compare: str | None) -> Last:
    """The plan of the year before that has begun. Raises Refusal for one that was named and cannot be compared."""
    workspace, year = desk.workspace, desk.plan.year - 1
    if compare is not None:
        file = workspace.plan_file(compare)
        shown = workspace.shown(file)
        if file == desk.plan_file:
            raise Refusal("compare-itself", f"“{shown}”就是本方案，不能和自己比较。", exit_code=USAGE)
        if not (workspace.dossier(file).folder / NAME).exists():
            raise Refusal("nothing-to-compare", f"“{shown}”还没有台账，不能比较。", exit_code=USAGE)
        return Last(shown, "", (read_intent(workspace, file).plan, fold(replay(workspace.dossier(file).folder))))
    begun: Mapping[Path, Plan] = {
        file: plan
        for file in workspace.plan_files()
        if (workspace.dossier(file).folder / NAME).exists() and (plan := _plan(workspace, file)) and plan.year == year
    }
    if len(begun) != 1:
        why = f"工作文件夹里没有{year}年的台账" if not begun else f"{year}年有{len(begun)}个方案，用 --compare 指明"
        return Last(why=why)
    ((file, plan),) = begun.items()
    return Last(workspace.shown(file), "", (plan, fold(replay(workspace.dossier(file).folder))))


def _plan(workspace: Workspace, file: Path) -> Plan | None:
    """A plan beside ours; one that cannot be read is compared with nothing."""
    try:
        return read_intent(workspace, file).plan
    except Faulty:
        return None
