"""``ssj note``."""

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


def note(
    topic: Annotated[
        str,
        typer.Argument(
            metavar="类别",
            help="training 培训，publicity 宣传，review 督查；issued 任务已另行下达；list 或不写则列出已记的。",
            show_default=False,
        ),
    ] = "list",
    title: Annotated[str, typer.Option("--title", metavar="标题", help="做了什么。", show_default=False)] = "",
    people: Annotated[int | None, typer.Option("--people", metavar="人数", help="参加人数。")] = None,
    text: Annotated[str, typer.Option("--text", metavar="文字", help="补充说明。", show_default=False)] = "",
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="编号", help="issued：哪一份接收的清单，如 R1；不写是全部没有下达的。"),
    ] = None,
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    on: OnOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """记录培训、宣传和对双随机工作本身的督查，供年度总结使用；也登记任务已另行下达；不写类别则列出已记的。"""
    if topic == "issued":
        _issued(workspace, plan, by, on, title, source, json, people=people, text=text)
        return
    from shuangsuiji.actions import note as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.noted import print_noted, print_notes, show_noted, show_notes  # noqa: PLC0415

    if topic == "list":
        if title or text or on or source or people is not None:
            what = "列出记录时不用 --title、--on、--people、--text、--source。"
            raise Refusal(
                "option-without-topic", what, todo="要记一条，请写明类别，如 ssj note training。", exit_code=USAGE
            )
        (print_notes if json else show_notes)(act.notes(workspace_at(workspace), plan))
        return
    somebody = who(by)
    event = act.noted(topic, day_of(on, somebody.now.date()), title, people, text)
    if source is not None:
        raise Refusal("option-without-topic", "--source 只和 issued 一起用。", exit_code=USAGE)
    (print_noted if json else show_noted)(act.note(workspace_at(workspace), plan, somebody, event))


def _issued(
    workspace: Path,
    plan: str | None,
    by: str | None,
    on: str | None,
    title: str,
    source: str | None,
    json: bool,
    *,
    people: int | None,
    text: str,
) -> None:
    from shuangsuiji.actions.issue import issue  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.noted import print_issued, show_issued  # noqa: PLC0415

    if people is not None or text:
        raise Refusal("option-without-topic", "issued 不用 --people、--text，怎样下达的写在 --title。", exit_code=USAGE)
    somebody = who(by)
    day = day_of(on, somebody.now.date())
    (print_issued if json else show_issued)(issue(workspace_at(workspace), plan, somebody, day, title, source))
