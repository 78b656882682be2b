"""``ssj risk``: the record of earlier years, by the bureau's rules, becomes a sheet of suggestions to be reviewed.

- Reads only, but for the sheet. Nothing of the draw changes until people have reviewed it and the plan names it.
- The same record, rules and day give the same bytes. A sheet that is there is never overwritten: it may be reviewed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import RULE, USAGE, Faulty, Refusal
from shuangsuiji.core.risk.facts import Fact, facts, listed
from shuangsuiji.core.risk.judging import Judged, judge
from shuangsuiji.core.risk.rules import RiskRules
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.risk import read_list, read_rules
from shuangsuiji.files.riskbook import risk_bytes
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.whole import write_whole
from shuangsuiji.files.workspace import Workspace

FOLDER = "rosters/风险研判"


class RiskResult(NamedTuple):
    """The sheet and what stands on it. `is_same`: it was there already; `is_own`: the workspace has its own rules.

    `strangers`: rows of lists that no subject has, by file. `settled`: the draw's pool is sealed, or it is drawn.
    """

    plan: Plan
    judged: Judged
    file: Path
    shown: str
    is_same: bool
    is_own: bool
    settled: bool
    strangers: dict[str, int]
    problems: list[Problem]


def risk(workspace: Workspace, plan_name: str | None, as_of: date, out: Path | None) -> RiskResult:
    """Judge the record up to `as_of` for the plan. Raises Faulty or Refusal; then nothing was written."""
    plan_file = workspace.plan_file(plan_name)
    file = _target(workspace, as_of, out)
    plan = read_intent(workspace, plan_file).plan
    read = read_rules(workspace)
    reader = RosterReader(workspace)
    subjects = reader.subjects(as_of.isoformat())
    found, strangers, faults = _listed(workspace, read.rules, subjects)
    wrong = [*read.problems, *reader.problems, *faults]
    if read.rules is None or errors(wrong):
        raise Faulty(wrong, "方案、名册、规则或名单")
    found += _told(workspace)
    settled = fold(read_ledger(workspace.dossier(plan_file).folder).happened).sealed is not None
    judged = judge(read.rules, found, subjects, plan.year, as_of)
    content = risk_bytes(judged, plan.draw, plan.title)
    is_same = _is_there(file, content)
    if not is_same:
        write_whole(file, content)
    shown = workspace.shown(file.resolve())
    return RiskResult(plan, judged, file, shown, is_same, read.is_own, settled, strangers, wrong)


def on_record(
    workspace: Workspace, plan: Plan, subjects: Sequence[Subject], rules: RiskRules, as_of: date
) -> Judged | None:
    """What `rules` suggest now of the record up to `as_of`; None where a list that they name cannot be read."""
    found, _, wrong = _listed(workspace, rules, subjects)
    return None if errors(wrong) else judge(rules, [*found, *_told(workspace)], subjects, plan.year, as_of)


def _told(workspace: Workspace) -> Iterator[Fact]:
    """What all ledgers tell."""
    for dossier in workspace.dossiers():
        happened = read_ledger(dossier.folder).happened
        yield from facts(workspace.shown(dossier.folder), fold(happened), happened)


def _listed(
    workspace: Workspace, rules: RiskRules | None, subjects: Sequence[Subject]
) -> tuple[list[Fact], dict[str, int], list[Problem]]:
    """What the lists tell that rules name, how many rows of each no subject has, and what is wrong with them."""
    found: list[Fact] = []
    strangers: dict[str, int] = {}
    wrong: list[Problem] = []
    for rule in rules.rules if rules else ():
        if rule.on == "listed":
            tables, faults = read_list(workspace, rule)
            wrong += faults
            more, unknown = listed(rule, tables, subjects)
            found += more
            if unknown:
                strangers[rule.file or ""] = unknown
    return found, strangers, wrong


def _target(workspace: Workspace, as_of: date, out: Path | None) -> Path:
    if out is None:
        return workspace.root / FOLDER / f"{as_of}.xlsx"
    if out.suffix.lower() != ".xlsx":
        todo = f"例如 --out {FOLDER}/{as_of}.xlsx。"
        raise Refusal("not-xlsx", f"“{out.name}”不是 .xlsx 文件。", todo=todo, exit_code=USAGE)
    kept = [(workspace.root / folder).resolve() for folder in ("plans", "templates")]
    place = out.resolve()
    if any(place.is_relative_to(folder) for folder in kept) or place.parent == (workspace.root / "rosters").resolve():
        what = f"--out 不能写到“{out}”：那里是卷宗、方案、模板或名册。"
        raise Refusal("kept-folder", what, todo=f"请放在 {FOLDER} 里，或别的文件夹。", exit_code=USAGE)
    return out


def _is_there(file: Path, content: bytes) -> bool:
    """Whether `content` is there already. Raises Refusal where something else is: it may be reviewed."""
    if not file.exists():
        return False
    if file.is_file() and file.read_bytes() == content:
        return True
    todo = "已有的研判表（可能复核过）不会被覆盖。要另做一张，请用 --out 换一个文件名；不要的先移走。"
    raise Refusal("file-exists", f"“{file.name}”已经存在，内容不同，没有改动。", todo=todo, exit_code=RULE)
