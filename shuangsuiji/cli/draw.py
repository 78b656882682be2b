"""``ssj draw``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, entropy, who, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal


def draw(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    seed: Annotated[
        str | None, typer.Option("--seed", metavar="文字", help="人工给定的种子（等级记为 given，印在每张纸上）。")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="来源",
            help="公布过的种子来源和结果，按公布的顺序每项写一次，如 ssq:2026099:010512182633+09。",
        ),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="文件", help="种子来源写在文本文件里，每行一项。")
    ] = None,
    no_sheets: Annotated[bool, typer.Option("--no-sheets", help="不制作任务单（以后再运行一次可补做）。")] = False,
    void: Annotated[bool, typer.Option("--void", help="作废已有的抽取，须同时写明理由和批准文号。")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="作废的理由。")] = "",
    document: Annotated[str, typer.Option("--document", metavar="文号", help="批准作废的文号。")] = "",
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """抽取检查对象、匹配执法人员，写入台账，制作任务单。一个方案只抽一次。"""
    if void:
        _void(workspace, plan, by, reason, document, json)
        return
    if reason or document:
        raise Refusal("option-without-void", "--reason 和 --document 只在作废（--void）时用。", exit_code=USAGE)
    from shuangsuiji.actions.draw import draw as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.drawn import print_drawn, show_drawn  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    with Bar() as progress:
        result = act(
            workspace_at(workspace),
            plan,
            who(by),
            given=seed,
            sources=_sources(source or (), sources),
            entropy=entropy,
            sheets=not no_sheets,
            progress=progress,
        )
    (print_drawn if json else show_drawn)(result)


def _sources(typed: Sequence[str], file: Path | None) -> Sequence[str]:
    if file is None:
        return typed
    if typed:
        raise Refusal("wrong-options", "--source 和 --sources 只能写一种。", exit_code=USAGE)
    from shuangsuiji.actions.seed import sources_in  # noqa: PLC0415 - a command pays for its own imports

    return sources_in(file)


def _void(workspace: Path, plan: str | None, by: str | None, reason: str, document: str, json: bool) -> None:
    from shuangsuiji.actions.void import void as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.drawn import print_void, show_void  # noqa: PLC0415

    result = act(workspace_at(workspace), plan, who(by), reason=reason, document_no=document)
    (print_void if json else show_void)(result)
