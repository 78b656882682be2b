"""``ssj check``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import FOUND


def check(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    quality: Annotated[
        Path | None,
        typer.Option("--quality", metavar="文件", help="把名册质量报告写成 xlsx：各层得分和逐条的问题；内部使用。"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """检查名册和方案：列出全部问题和各抽查层的对象数、应抽家数、可派人员、名册质量。不加 --quality 就不写任何文件。"""
    from shuangsuiji.actions.check import check as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.core.problem import errors  # noqa: PLC0415
    from shuangsuiji.screen.strata import print_checked, show_checked  # noqa: PLC0415

    checked = act(workspace_at(workspace), plan, clock.today(), quality)
    (print_checked if json else show_checked)(checked)
    if errors(checked.problems):
        raise typer.Exit(FOUND)
