"""``ssj forms``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, who, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal


def forms(
    kind: Annotated[str, typer.Argument(metavar="种类", help="notice 随机抽查通知书；record 抽查情况记录表。")],
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    visit: Annotated[
        list[str] | None, typer.Option("--visit", metavar="检查编号", help="这一次检查的，可写多次。")
    ] = None,
    inspector: Annotated[
        str, typer.Option("--inspector", metavar="执法证号|姓名", help="这名检查人员要去的全部检查。")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="全部检查。")] = False,
    separate: Annotated[bool, typer.Option("--separate", help="每次检查一个文件。")] = False,
    one_file: Annotated[bool, typer.Option("--one-file", help="合在一个文件里（默认）。")] = False,
    single_sided: Annotated[
        bool, typer.Option("--single-sided", help="单面打印；默认按双面，每次检查从纸的正面开始。")
    ] = False,
    over: Annotated[bool, typer.Option("--over", help="已检查完毕的也做。")] = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """印制检查用的通知书和记录表（Word），已知的都填好；放在卷宗的 forms 里，不记台账。"""
    from shuangsuiji.actions.forms import Asked, kind_of  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.forms import forms as act  # noqa: PLC0415
    from shuangsuiji.core.year.forms.choice import Choice  # noqa: PLC0415
    from shuangsuiji.screen.formed import print_formed, show_formed  # noqa: PLC0415

    if separate and one_file:
        raise Refusal("wrong-options", "--separate 和 --one-file 只能写一个。", exit_code=USAGE)
    choice = Choice(tuple(visit or ()), inspector.strip(), everything, over)
    asked = Asked(kind_of(kind), choice, separate=separate, duplex=not single_sided)
    (print_formed if json else show_formed)(act(workspace_at(workspace), plan, who(by), asked))
