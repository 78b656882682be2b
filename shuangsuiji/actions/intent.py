"""What a command needs that only asks what the plan says: the plan, without the rosters (`gather` has both)."""

from pathlib import Path

from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.files.plan import read_plan
from shuangsuiji.files.workspace import Workspace


def read_intent(workspace: Workspace, plan_file: Path) -> Intent:
    """The plan. Raises Faulty with everything that is wrong with the file."""
    intent, problems = read_plan(plan_file, workspace.shown(plan_file))
    if intent is None:
        raise Faulty(problems)
    return intent
