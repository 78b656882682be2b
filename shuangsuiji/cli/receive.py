"""``ssj receive``: take a list in, or take one back."""

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
from shuangsuiji.core.refusal import USAGE, Refusal


def receive(
    file: Annotated[
        Path | None, typer.Argument(metavar="文件", help="上级下达的任务清单：xlsx、xls、ods、csv 或 yaml。")
    ] = None,
    drawn_by: Annotated[str, typer.Option("--drawn-by", metavar="机关", help="抽取并下达清单的上级机关。")] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="文号", help="下达清单的文件文号；作废时是批准作废的文号。")
    ] = "",
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    on: OnOption = None,
    another: Annotated[
        bool, typer.Option("--another", help="确是另一份清单：与已接收的同一文号（补充、分批），或内容碰巧相同。")
    ] = False,
    no_sheets: Annotated[bool, typer.Option("--no-sheets", help="不制作任务单（以后再运行一次可补做）。")] = False,
    void: Annotated[
        str, typer.Option("--void", metavar="清单编号", help="作废接收错的清单，如 R1，须同时写明理由和批准文号。")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="作废的理由。")] = "",
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """接收上级抽取下达的任务清单：与本地名录库核对，转为任务和检查，制作任务单。抽取过程本系统不能核验。"""
    _use(void, reason, file, other=bool(file or drawn_by or on or another or no_sheets))
    if void:
        _void(workspace, plan, by, void, reason, document, json)
        return
    from shuangsuiji.actions.receive import receive as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415
    from shuangsuiji.screen.received import print_received, show_received  # noqa: PLC0415

    somebody = who(by)
    with Bar() as progress:
        result = act(
            workspace_at(workspace),
            plan,
            somebody,
            file=file or Path(),
            drawn_by=drawn_by,
            document_no=document,
            on=day_of(on, somebody.now.date()),
            another=another,
            sheets=not no_sheets,
            progress=progress,
        )
    (print_received if json else show_received)(result)


def _use(void: str, reason: str, file: Path | None, *, other: bool) -> None:
    """Raise Refusal (wrong use) for options that do not go together."""
    faults = (
        (void and other, "作废清单（--void）时只写 --reason 和 --document，不写文件和接收用的选项。"),
        (reason and not void, "--reason 只在作废（--void）时用。"),
        (not void and file is None, "没有写明接收哪个文件。"),
    )
    for fault, what in faults:
        if fault:
            raise Refusal("wrong-options", what, todo="用法见 ssj receive --help。", exit_code=USAGE)


def _void(
    workspace: Path, plan: str | None, by: str | None, source: str, reason: str, document: str, json: bool
) -> None:
    from shuangsuiji.actions.takeback import take_back  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.received import print_taken_back, show_taken_back  # noqa: PLC0415

    result = take_back(workspace_at(workspace), plan, who(by), source, reason=reason, document_no=document)
    (print_taken_back if json else show_taken_back)(result)
