"""``ssj verify``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import FOUND


def verify(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="卷宗", help="卷宗文件夹、zip、归档包或公示文件夹；不写就是本方案的卷宗。", show_default=False
        ),
    ] = None,
    checkpoint: Annotated[
        list[str] | None,
        typer.Option("--checkpoint", metavar="校验点", help="任务单、公示文书等纸面上的校验点，可写多次。"),
    ] = None,
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    json: JsonOption = False,
) -> None:
    """从头复算卷宗：台账、名册、种子、签号、抽取、检查组、调整、公示，指出最先不符的一处。有不符的，退出码为 1。"""
    from shuangsuiji.actions.verify import verify as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.verified import print_verified, show_verified  # noqa: PLC0415

    found = act(workspace_at(workspace), plan, path, checkpoint or [])
    (print_verified if json else show_verified)(found)
    if not found.verdict.holds:
        raise typer.Exit(FOUND)
