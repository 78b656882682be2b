"""``ssj schedule``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import (
    AssumeOption,
    ByOption,
    JsonOption,
    PlanOption,
    WorkspaceOption,
    entropy,
    who,
    workspace_at,
)
from shuangsuiji.core.refusal import FOUND, USAGE, Refusal


def schedule(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="只看排不排得下：每人每周要查几次、能查几次；抽取之前也能看，什么也不写。")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="办不到的日期（请假、换人、过期）重新排，须写明 --reason；其余的不变。")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="与 --again 一起用：没有检查的全部重新排。")] = False,
    possible: Annotated[
        bool, typer.Option("--possible", help="能排的先排：组员没有一天同时在岗的检查先不排，等换人以后再排。")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="重新排的理由，记入台账，不公开。")] = "",
    ics: Annotated[
        Path | None,
        typer.Option(
            "--ics", metavar="文件或文件夹", help="另存为日历：写文件名则合为一份，写现有的文件夹则每人一份。"
        ),
    ] = None,
    assume_weekdays: AssumeOption = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """给每次检查随机排一个日子：每人每周尽量均匀，避开节假日和请假；印在任务单上，不公开。"""
    if preview:
        if again or everything or possible or reason or ics:
            what = "--preview 只看不写，不和 --again、--all、--possible、--reason、--ics 一起用。"
            raise Refusal("wrong-options", what, exit_code=USAGE)
        _preview(workspace, plan, json=json, assume_weekdays=assume_weekdays)
        return
    from shuangsuiji.actions.schedule import Asked  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.schedule import schedule as act  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415
    from shuangsuiji.screen.scheduled import print_scheduled, show_scheduled  # noqa: PLC0415

    asked = Asked(again, everything, possible, reason, ics, assume_weekdays)
    with Bar() as progress:
        done = act(workspace_at(workspace), plan, who(by), asked, entropy=entropy, progress=progress)
    (print_scheduled if json else show_scheduled)(done)


def _preview(workspace: Path, plan: str | None, *, json: bool, assume_weekdays: bool) -> None:
    from shuangsuiji.actions.plannable import preview as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.capacity import print_preview, show_preview  # noqa: PLC0415

    found = act(workspace_at(workspace), plan, clock.today(), assume_weekdays=assume_weekdays)
    (print_preview if json else show_preview)(found)
    if found.capacity.shortages:
        raise typer.Exit(FOUND)
