"""The options that many commands share, and what they mean."""

import getpass
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.actions.who import Who
from shuangsuiji.cli import clock
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.files.workspace import Workspace

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-C",
        metavar="文件夹",
        envvar="SSJ_WORKSPACE",
        help="工作文件夹，默认是当前文件夹。",
        show_default=False,
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        "--plan", "-p", metavar="文件", help="方案文件，先在当前文件夹找，再在 plans 里找；只有一个方案时可不写。"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出给程序读的 JSON。")]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="姓名", envvar="SSJ_BY", help="经办人姓名，记入台账；默认是电脑登录名。")
]

OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="日期", help="事情发生的日期，如 2023-05-09；默认今天。", show_default=False),
]

AssumeOption = Annotated[
    bool, typer.Option("--assume-weekdays", help="没有放假通知的年份按周一至周五推算，结果注明是推算的。")
]


def workspace_at(root: Path) -> Workspace:
    """The workspace in `root`. Raises Refusal (wrong use) where there is no such folder."""
    if not root.is_dir():
        raise Refusal("no-workspace", f"找不到工作文件夹“{root}”。", todo="请核对 -C 后面的路径。", exit_code=USAGE)
    return Workspace(root.resolve())


def who(by: str | None) -> Who:
    """Whoever sits at the computer, now, in local time."""
    return Who(by or _account(), clock.now())


def day_of(text: str | None, today: date) -> date:
    """The day that ``--on`` says, `today` where it says nothing. Raises Refusal for no date, or one to come."""
    if text is None:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        what = f"“{text}”不是日期。"
        raise Refusal("bad-date", what, todo="请写成 2023-05-09 的样子。", exit_code=USAGE) from None
    if day > today:
        raise Refusal("date-to-come", f"{day} 还没有到。", todo="只能记录已经发生的事情。", exit_code=USAGE)
    return day


def entropy() -> str:
    """64 hex digits from the operating system: the only randomness that a local draw has."""
    return secrets.token_hex(32)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("COMPUTERNAME", "未具名")
