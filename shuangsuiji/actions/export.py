"""``ssj export``: files for other platforms. Reads the ledger and today's rosters; changes neither.

All rows are checked first: with a fault nothing is written, unless the sound rows alone were asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.year.export.inspections import inspections
from shuangsuiji.core.year.export.penalties import penalties
from shuangsuiji.core.year.export.results import results
from shuangsuiji.core.year.export.row import Export, Material, Period
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.codes import read_codes
from shuangsuiji.files.exports import FORMATS, export_bytes, put
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import subject_names
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Workspace

Kind = Literal["penalties", "inspections", "results"]
TITLES: Mapping[str, str] = {"penalties": "行政处罚", "inspections": "检查行为", "results": "抽查结果"}
_MAKERS: Mapping[str, Callable[[Material, Period], Export]] = {
    "penalties": penalties,
    "inspections": inspections,
    "results": results,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to export: of which period, in which formats, into which folder (None: ``exports/2023`` for plan 2023).

    `partial`: the sound rows are wanted even where others have faults.
    """

    kind: str
    period: Period
    formats: Sequence[str] = FORMATS
    folder: Path | None = None
    partial: bool = False


class Exported(NamedTuple):
    """What was exported, and into which files: none where there was no row to write."""

    plan: Plan
    export: Export
    files: Sequence[Path]
    problems: Sequence[Problem]


def export(workspace: Workspace, plan_name: str | None, who: Who, asked: Asked) -> Exported:
    """Write the files that are `asked` for. Raises Faulty with every Problem of all rows, or Refusal (wrong use)."""
    _sensible(asked)
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    state = fold(read_ledger(dossier.folder).happened)
    if not state.tasks:
        what = "本方案还没有任务：既没有抽取，也没有接收任务清单。"
        raise Refusal("no-tasks", what, todo="请先用 ssj draw 抽取，或用 ssj receive 接收。")
    codes, wrong = read_codes(workspace)
    if errors(wrong):
        raise Faulty(wrong, "代码表")
    rosters = _rosters(workspace, plan, who)
    names = subject_names(dossier.pool, {task.subject for task in state.tasks.values()})
    material = Material(plan, state, rosters, names, codes, who.now.replace(tzinfo=None), who.by)
    made = _MAKERS[asked.kind](material, asked.period)
    problems = made.all_problems
    if errors(problems) and not asked.partial:
        raise Faulty(problems, "要导出的内容")
    rows = [row.cells for row in made.sound]
    folder = asked.folder or workspace.root / "exports" / plan_file.stem
    title = TITLES[asked.kind]
    files = {kind: export_bytes(kind, title, made.columns, rows) for kind in asked.formats} if rows else {}
    return Exported(plan, made, put(folder, f"{asked.kind}-{who.now.date()}", files) if files else (), problems)


def _sensible(asked: Asked) -> None:
    """Raise Refusal where the words of the command do not make sense."""
    if asked.kind not in TITLES:
        what = f"没有“{asked.kind}”这一种导出。"
        told = "、".join(f"{kind}（{title}）" for kind, title in TITLES.items())
        raise Refusal("unknown-export", what, todo=f"可以导出：{told}。", exit_code=USAGE)
    unknown = [kind for kind in asked.formats if kind not in FORMATS]
    if unknown or not asked.formats:
        what = f"--format 里的“{'、'.join(unknown)}”不认识。" if unknown else "--format 没有写格式。"
        raise Refusal("unknown-format", what, todo=f"可以写 {'、'.join(FORMATS)}，或两种：xlsx,csv。", exit_code=USAGE)
    if asked.period.since and asked.period.until and asked.period.until < asked.period.since:
        what = f"--until {asked.period.until} 早于 --since {asked.period.since}。"
        raise Refusal("bad-period", what, todo="请对调或改正。", exit_code=USAGE)


def _rosters(workspace: Workspace, plan: Plan, who: Who) -> Rosters:
    """Today's rosters. What is wrong with single rows is `check`'s business; one that cannot be read stops us."""
    reader = RosterReader(workspace)
    rosters = reader.rosters(who.now.date().isoformat(), plan.departments)
    if not (rosters.subjects and rosters.inspectors):
        raise Faulty(errors(reader.problems), "名册")
    return rosters
