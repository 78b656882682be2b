"""``ssj import``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal

if TYPE_CHECKING:
    from shuangsuiji.core.importing.duplicates import Policy


class Kind(StrEnum):
    """Which roster a list is imported as."""

    SUBJECTS = "subjects"
    INSPECTORS = "inspectors"
    ITEMS = "items"
    CONFLICTS = "conflicts"


def bring_in(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", help="名单：xlsx、xls、ods、csv、txt，可以几个；只读，不改动。")
    ],
    kind: Annotated[
        Kind,
        typer.Option(
            "--as",
            metavar="名册",
            help="导入为：subjects 检查对象，inspectors 执法人员，items 抽查事项，conflicts 回避。",
            show_default=False,
        ),
    ],
    workspace: WorkspaceOption = Path(),
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="列=字段",
            help="指明某列是什么，如 证号=执法证号；照原样保留=保留，不要=不导入。可以几次。",
        ),
    ] = None,
    specialty: Annotated[
        str, typer.Option("--specialty", metavar="专业", help="看不出专业的单位，都算这个专业。")
    ] = "",
    update: Annotated[
        bool, typer.Option("--update", help="更新已有的名册：新增、变更，名单里没有的标为“未在最新名单”。")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="与 --update 同用：这份名单只是一部分，没有的不作标记。")
    ] = False,
    merge: Annotated[bool, typer.Option("--merge", help="确定重复的合并，疑似的标记（不写也是这样）。")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="重复的都保留为几行，只写进报告。")] = False,
    mark: Annotated[bool, typer.Option("--mark", help="重复的都保留，在“疑似重复”列标记。")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件.xlsx", help="名册写到别处，不放进 rosters。")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="文件.xlsx", help="报告写到别处；默认放进 rosters/导入记录，用 --out 的放在它旁边。"
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="不提问，名单缺了名册的一多半也更新；有不明白的列就停下，逐列说明。")
    ] = False,
    json: JsonOption = False,
) -> None:
    """导入名单：平台导出的、别人存的表格，整理成名册，每处改动都写进报告；来源文件不改动。"""
    from shuangsuiji.actions.bring_in import Request  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.bring_in import bring_in as act  # noqa: PLC0415
    from shuangsuiji.screen.asking import Asking  # noqa: PLC0415
    from shuangsuiji.screen.imported import print_imported, show_imported  # noqa: PLC0415

    policy = _policy(merge=merge, keep=keep, mark=mark)
    if partial and not update:
        raise _wrong("--partial 只与 --update 同用。")
    request = Request(
        files, kind.value, dict(map(_pair, mapped or [])), specialty.strip(), policy, update, partial, out, report, yes
    )
    can_ask = not yes and not json and sys.stdin.isatty() and sys.stdout.isatty()
    imported = act(workspace_at(workspace), request, clock.today(), Asking(kind.value) if can_ask else None)
    (print_imported if json else show_imported)(imported)


def _policy(*, merge: bool, keep: bool, mark: bool) -> "Policy | None":
    if merge + keep + mark > 1:
        raise _wrong("--merge、--keep、--mark 只能选一个。")
    return "merge" if merge else "keep" if keep else "mark" if mark else None


def _pair(text: str) -> tuple[str, str]:
    """``列=字段``; a heading may hold a ``=`` itself, a field does not."""
    heading, sign, field = text.rpartition("=")
    if not sign or not heading.strip() or not field.strip():
        raise _wrong(f"--map 后面的“{text}”要写成 列=字段 的样子，如 证号=执法证号。")
    return heading.strip(), field.strip()


def _wrong(what: str) -> Refusal:
    return Refusal("wrong-options", what, todo="用法见 ssj import --help。", exit_code=USAGE)
