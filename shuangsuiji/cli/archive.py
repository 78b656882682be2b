"""``ssj archive``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, who, workspace_at


def archive(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="放在哪里，默认是工作文件夹里的 archive。")
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="只归档公示过的文书，可以对外提供。")] = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """把卷宗、方案和名册归档为一个 zip（BagIt），附清单，任何人可以核对；不覆盖已有的归档。"""
    from shuangsuiji.actions.archive import archive as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.archived import print_archived, show_archived  # noqa: PLC0415

    found = act(workspace_at(workspace), plan, who(by), folder=out, public=public)
    (print_archived if json else show_archived)(found)
