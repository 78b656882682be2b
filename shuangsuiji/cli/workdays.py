"""``ssj workdays``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import AssumeOption, JsonOption, WorkspaceOption, workspace_at


def workdays(
    start: Annotated[str, typer.Argument(metavar="日期", help="起算的日期（当日不计），如 2025-09-26。")],
    number: Annotated[str, typer.Argument(metavar="天数", help="第几个工作日，如 20。")],
    workspace: WorkspaceOption = Path(),
    assume_weekdays: AssumeOption = False,
    json: JsonOption = False,
) -> None:
    """算某日起第几个工作日是哪一天：节假日不计，调休上班的周末计入。"""
    from shuangsuiji.actions.workdays import workdays as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.workdays import print_workdays, show_workdays  # noqa: PLC0415

    counted = act(workspace_at(workspace), start, number, assume_weekdays=assume_weekdays)
    (print_workdays if json else show_workdays)(counted)
