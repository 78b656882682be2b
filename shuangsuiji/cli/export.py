"""``ssj export``."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, who, workspace_at
from shuangsuiji.core.refusal import FOUND, USAGE, Refusal


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="种类",
            help="penalties 双公示行政处罚；inspections 互联网+监管检查行为；results 信用信息公示系统抽查结果。",
        ),
    ],
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="日期", help="从这一天起（处罚决定日期或检查日期），如 2023-05-01。"),
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="日期", help="到这一天为止，含当天。")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="写到哪里，默认是工作文件夹里的 exports/方案名。")
    ] = None,
    formats: Annotated[str, typer.Option("--format", metavar="格式", help="xlsx、csv，或 xlsx,csv。")] = "xlsx,csv",
    partial: Annotated[
        bool, typer.Option("--partial", help="有问题的行留下，只写没有问题的行（退出码为 1）。")
    ] = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """导出报送其他平台的文件；先核对每一行，有缺漏就逐条列出，什么也不写。"""
    from shuangsuiji.actions.export import Asked  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.export import export as act  # noqa: PLC0415
    from shuangsuiji.core.year.export.row import Period  # noqa: PLC0415
    from shuangsuiji.screen.exported import print_exported, show_exported  # noqa: PLC0415

    period = Period(_day("--since", since), _day("--until", until))
    wanted = tuple(dict.fromkeys(part.strip() for part in formats.replace("，", ",").split(",") if part.strip()))
    found = act(workspace_at(workspace), plan, who(by), Asked(kind, period, wanted, out, partial))
    (print_exported if json else show_exported)(found)
    if len(found.export.sound) < len(found.export.rows):
        raise typer.Exit(FOUND)


def _day(option: str, text: str | None) -> str:
    """The day that the option says, blank where it says nothing. Raises Refusal where that is no date."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        what = f"{option} 的“{text}”不是日期。"
        raise Refusal("bad-date", what, todo="请写成 2023-05-09 的样子。", exit_code=USAGE) from None
