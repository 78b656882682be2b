"""``ssj check``."""

from pathlib import Path

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import FOUND


def check(workspace: WorkspaceOption = Path(), plan: PlanOption = None, json: JsonOption = False) -> None:
    """检查名册和方案：列出全部问题和各抽查层的对象数、比例、应抽家数、可派人员。不写任何文件。"""
    from shuangsuiji.actions.check import check as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.core.problem import errors  # noqa: PLC0415
    from shuangsuiji.screen.strata import print_checked, show_checked  # noqa: PLC0415

    checked = act(workspace_at(workspace), plan, clock.today())
    (print_checked if json else show_checked)(checked)
    if errors(checked.problems):
        raise typer.Exit(FOUND)
