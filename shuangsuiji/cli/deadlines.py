"""``ssj deadlines``."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import AssumeOption, JsonOption, PlanOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import FOUND, USAGE, Refusal


def deadlines(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="时间",
            help="按哪一天（零时起）或哪一刻算，如 2025-10-20 或 2025-10-20T14:30；默认现在。",
        ),
    ] = None,
    within: Annotated[
        str, typer.Option("--within", metavar="期间", help="多久以内到期的算将到期：3d 日、5w 工作日、24h 小时。")
    ] = "7d",
    by: Annotated[str | None, typer.Option("--by", metavar="inspector", help="inspector：按检查人员分列。")] = None,
    everything: Annotated[bool, typer.Option("--all", help="已完成的（按期、逾期）也列出。")] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="文件", help="另存为日历文件，可导入 Outlook 和手机。")
    ] = None,
    notify: Annotated[
        list[str] | None,
        typer.Option(
            "--notify", metavar="地址", help="有到期的就发通知（apprise 地址：企业微信、钉钉、飞书、邮件），可写几个。"
        ),
    ] = None,
    assume_weekdays: AssumeOption = False,
    json: JsonOption = False,
) -> None:
    """列出逾期和将到期的事项，附依据；没有就不作声。有逾期或将到期的，退出码为 1。"""
    from shuangsuiji.actions.deadlines import Asked, tell, write_ics  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.deadlines import deadlines as act  # noqa: PLC0415
    from shuangsuiji.screen.deadlines import print_deadlines, show_deadlines  # noqa: PLC0415

    if by not in {None, "inspector"}:
        raise Refusal("bad-by", f"--by 不能是“{by}”。", todo="只能写 --by inspector。", exit_code=USAGE)
    send = None
    if notify:
        from shuangsuiji.files.notify import sender  # noqa: PLC0415

        send = sender(notify)
    asked = Asked(_moment(as_of), within, done=everything, assume_weekdays=assume_weekdays)
    at = workspace_at(workspace)
    found = act(at, plan, asked)
    if ics is not None:
        write_ics(at, found, ics)
    (print_deadlines if json else show_deadlines)(found, by_inspector=by is not None)
    if send is not None:
        tell(found, send)
    if found.is_anything_due:
        raise typer.Exit(FOUND)


def _moment(text: str | None) -> datetime:
    """The moment that ``--as-of`` says, in local time; of a date its beginning; now where it says nothing."""
    try:
        return (datetime.fromisoformat(text) if text else clock.now()).astimezone()
    except (ValueError, OverflowError, OSError):
        what = f"--as-of 的“{text}”不是日期或时间。"
        todo = "请写成 2025-10-20 或 2025-10-20T14:30 的样子。"
        raise Refusal("bad-date", what, todo=todo, exit_code=USAGE) from None
