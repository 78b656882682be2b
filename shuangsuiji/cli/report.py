"""``ssj report``."""

from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, who, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal


def report(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", metavar="格式", help="docx,html,xlsx 中的几种；默认全要。", show_default=False),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="对外的一份：不写执法人员，只列已公示的任务，隐去个人信息。")
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="方案", help="和哪个方案比较；默认是上一年的方案。", show_default=False),
    ] = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """全年总结报告：抽查了什么、查出什么、期限、调整、工作量、与上年比较，附图表；Word、网页和 Excel。"""
    from shuangsuiji.actions.report import FORMATS, Asked, report_year  # noqa: PLC0415 - pays for its own imports
    from shuangsuiji.screen.reported import print_reported, show_reported  # noqa: PLC0415

    wanted = {part.strip().lower() for part in (formats or "").replace("，", ",").split(",")} - {""}
    unknown = sorted(wanted - set(FORMATS))
    if unknown or (formats is not None and not wanted):
        what = f"--format 不认识“{'、'.join(unknown)}”。" if unknown else "--format 没有写格式。"
        raise Refusal("unknown-format", what, todo=f"可以写：{','.join(FORMATS)}。", exit_code=USAGE)
    chosen = tuple(one for one in FORMATS if one in wanted) or FORMATS
    found = report_year(workspace_at(workspace), plan, who(by), Asked(chosen, public, compare))
    (print_reported if json else show_reported)(found)
