"""``ssj publish``."""

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
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal


def publish(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="类别",
            help="plan 抽查计划，items 事项清单，draw 抽取结果，adjustments 调整情况，results 抽查结果，"
            "penalties 行政处罚；list 或不写则列出已公示的。",
            show_default=False,
        ),
    ] = "list",
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", metavar="格式", help="html,docx,xlsx,csv 中的几种；默认全要。", show_default=False),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="只公示 7 日内到期和已逾期的。")] = False,
    all_ready: Annotated[bool, typer.Option("--all-ready", help="公示全部可以公示的（默认）。")] = False,
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="任务编号", help="只公示这些任务，可写多次。")
    ] = None,
    otherwise: Annotated[bool, typer.Option("--otherwise", help="也公示随机抽查以外的检查（N1、N2 等）。")] = False,
    correct: Annotated[
        str, typer.Option("--correct", metavar="名称", help="更正已公示的一份，如 results-1；要写 --reason。")
    ] = "",
    withdraw: Annotated[
        list[str] | None,
        typer.Option("--withdraw", metavar="任务编号", help="撤下已变更或撤销的处罚；要写 --reason。"),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="更正、撤下或调整的理由，随公示公开。")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会公示什么，不写任何文件。")] = False,
    at: Annotated[str, typer.Option("--at", metavar="网址", help="公示放在哪个网址；可事后再登记。")] = "",
    notice: Annotated[
        str, typer.Option("--notice", metavar="名称", help="和 --at 一起用：只登记这一份的网址，不公示新的。")
    ] = "",
    on: OnOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """公示：计划、清单、抽取、调整、结果和处罚，制成网页、Word、Excel 和 CSV，并记入台账。"""
    from shuangsuiji.actions.publish import listing, publishing, request  # noqa: PLC0415 - pays for its own imports
    from shuangsuiji.files.documents import FORMATS  # noqa: PLC0415
    from shuangsuiji.screen.published import print_list, print_published, show_list, show_published  # noqa: PLC0415

    me, where = who(by), workspace_at(workspace)
    if due and all_ready:
        raise Refusal("wrong-options", "--due 和 --all-ready 只能写一个。", exit_code=USAGE)
    if kind == "list":
        if any((formats, due, all_ready, task, otherwise, correct, withdraw, reason, dry_run, at, notice, on)):
            what = "列出公示时不用别的选项。"
            raise Refusal(
                "option-without-kind", what, todo="要公示，请写明类别，如 ssj publish results。", exit_code=USAGE
            )
        listed = listing.listing(where, plan, me)
        (print_list if json else show_list)(listed)
        if listed.damages:
            raise typer.Exit(DAMAGED)
        return
    asked = request.Request(
        kind=request.kind_of(kind),
        on=day_of(on, me.now.date()),
        formats=request.formats_of(formats) if formats is not None else FORMATS,
        only_due=due,
        tasks=tuple(task or ()),
        otherwise=otherwise,
        correct=correct.strip(),
        withdraw=tuple(withdraw or ()),
        reason=reason,
        url=request.url_of(at),
        notice=notice.strip(),
        dry_run=dry_run,
    )
    request.checked(asked, all_ready=all_ready, formats=formats is not None)
    (print_published if json else show_published)(publishing.publish(where, plan, me, asked))
