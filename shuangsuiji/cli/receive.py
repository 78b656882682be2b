"""``ssj receive``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import (
    ByOption,
    JsonOption,
    OnOption,
    PlanOption,
    WorkspaceOption,
    day_of,
    who,
    workspace_at,
)


def receive(
    file: Annotated[Path, typer.Argument(metavar="文件", help="上级下达的任务清单：xlsx、xls、ods、csv 或 yaml。")],
    drawn_by: Annotated[str, typer.Option("--drawn-by", metavar="机关", help="抽取并下达清单的上级机关。")],
    document: Annotated[str, typer.Option("--document", metavar="文号", help="下达清单的文件文号。")],
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    on: OnOption = None,
    no_sheets: Annotated[bool, typer.Option("--no-sheets", help="不制作任务单（以后再运行一次可补做）。")] = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """接收上级抽取下达的任务清单：与本地名录库核对，转为任务和检查，制作任务单。抽取过程本系统不能核验。"""
    from shuangsuiji.actions.receive import receive as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415
    from shuangsuiji.screen.received import print_received, show_received  # noqa: PLC0415

    somebody = who(by)
    with Bar() as progress:
        result = act(
            workspace_at(workspace),
            plan,
            somebody,
            file=file,
            drawn_by=drawn_by,
            document_no=document,
            on=day_of(on, somebody.now.date()),
            sheets=not no_sheets,
            progress=progress,
        )
    (print_received if json else show_received)(result)
