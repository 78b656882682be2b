"""``ssj init``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption


def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="要新建的工作文件夹；已有内容的不行。")],
    sample: Annotated[bool, typer.Option("--sample", help="放入虚构的样例县，可以马上试抽。")] = False,
    json: JsonOption = False,
) -> None:
    """新建工作文件夹：空白名册（xlsx，带下拉和填写说明）、带注释的方案、模板。"""
    from shuangsuiji.actions.init import init as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.started import print_started, show_started  # noqa: PLC0415

    started = act(folder, clock.today(), sample=sample)
    (print_started if json else show_started)(started)
