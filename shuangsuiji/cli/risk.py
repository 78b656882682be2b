"""``ssj risk``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, day_of, workspace_at


def risk(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="日期", help="研判到哪一天为止，如 2024-03-01；默认今天。", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="文件",
            help="写到哪里；默认 rosters/风险研判/日期.xlsx。已有的不覆盖。",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """风险研判：按 rosters/risk.yaml 的规则，从上年台账和名单列出建议必查、调整等级的单位，做成表，由人逐行复核。"""
    from shuangsuiji.actions.risk import risk as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.risk import print_risk, show_risk  # noqa: PLC0415

    made = act(workspace_at(workspace), plan, day_of(as_of, clock.today()), out)
    (print_risk if json else show_risk)(made)
