"""The roster as a reviewed sheet makes it (`risk` of the plan): for sealing, and for papers made after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.risk.adopted import Adopted, applied
from shuangsuiji.files.workspace import Workspace


class Judgement(NamedTuple):
    """`rosters` with what was adopted; None and nothing where the plan names no sheet. `sources`: as of rosters."""

    rosters: Rosters
    adopted: Adopted | None
    problems: Sequence[Problem]
    sources: dict[str, str]


def judged(
    workspace: Workspace, plan: Plan, rosters: Rosters, today: date, *, against_record: bool = False
) -> Judgement:
    """Apply the sheet that `plan` names, row by row as people decided; what is wrong with it is in `problems`.

    `against_record`: what its rows rest on is looked up in the ledgers again.
    """
    if plan.risk is None:
        return Judgement(rosters, None, (), {})
    from shuangsuiji.core.risk.review import review, unlike_record  # noqa: PLC0415 - few plans have a sheet
    from shuangsuiji.files.risk import in_workspace, read_rules, read_sheet  # noqa: PLC0415 - as above

    sheet, problems, sha256 = read_sheet(workspace, plan.risk)
    sources = {workspace.shown(in_workspace(workspace, plan.risk)): sha256} if sha256 else {}
    if sheet is None or not rosters.subjects:
        return Judgement(rosters, None, problems, sources)
    rules = read_rules(workspace).rules
    adopted, wrong = review(sheet, plan, rosters.subjects, rules.digest if rules else None, today.isoformat())
    if against_record and rules and rules.digest == sheet.digest and _is_day(sheet.as_of):
        from shuangsuiji.actions.risk import on_record  # noqa: PLC0415 - as above

        found = on_record(workspace, plan, rosters.subjects, rules, date.fromisoformat(sheet.as_of))
        wrong += unlike_record(sheet, rosters.subjects, found.suggestions) if found else ()
    subjects = applied(rosters.subjects, adopted)
    return Judgement(replace(rosters, subjects=subjects), adopted, [*problems, *wrong], sources)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:  # somebody changed the hidden sheet
        return False
    return True
