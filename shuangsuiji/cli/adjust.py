"""``ssj adjust``: recuse, replace, approve, withdraw, void, log."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, entropy, who, workspace_at
from shuangsuiji.cli.words import ChineseCommand, ChineseGroup
from shuangsuiji.core.refusal import USAGE, Refusal

if TYPE_CHECKING:
    from shuangsuiji.actions.adjust.case import Adjusted

Word = TypeVar("Word", bound=str)

app = typer.Typer(
    name="adjust",
    cls=ChineseGroup,
    help="抽取后的调整：回避、替换、批准、撤回、任务完结，以及调整台账。",
    no_args_is_help=True,
    rich_markup_mode=None,
)

SeedOption = Annotated[
    str | None,
    typer.Option("--seed", metavar="文字", help="人工给定的种子，只在抽取本身也由人工给定时可用；否则由本机随机产生。"),
]
FileOption = Annotated[
    Path | None, typer.Option("--file", "-f", metavar="文件", help="一次登记多项：按标题读取的 xlsx、csv 表格。")
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="文字", help="原因，记入台账。")]


@app.callback()
def _adjust(context: typer.Context, workspace: WorkspaceOption = Path()) -> None:
    """抽取后的调整：回避、替换、批准、撤回、任务完结，以及调整台账。"""
    names = ("recuse", "replace", "approve", "withdraw", "void", "log")
    context.default_map = {name: {"workspace": str(workspace)} for name in names}


@app.command(cls=ChineseCommand)
def recuse(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    visit: Annotated[str, typer.Option("--visit", metavar="检查编号", help="要回避的检查。")] = "",
    inspector: Annotated[str, typer.Option("--inspector", metavar="执法证号", help="回避的执法人员。")] = "",
    asked_by: Annotated[
        str,
        typer.Option("--asked-by", metavar="谁", help="谁提出：inspector 检查人员、firm 检查对象、bureau 本机关。"),
    ] = "",
    reason: ReasonOption = "",
    document: Annotated[
        str, typer.Option("--document", metavar="文号", help="文书号；本机关决定回避（bureau）的必须写，其他可不写。")
    ] = "",
    file: FileOption = None,
    seed: SeedOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """回避：有利害关系的人员退出检查，当场重新抽取。不计入调整比例。"""
    from shuangsuiji.actions.adjust.ask import from_sheet  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.adjust.recuse import recuse as act  # noqa: PLC0415
    from shuangsuiji.core.year.adjustment import ASKERS  # noqa: PLC0415
    from shuangsuiji.core.year.requests import RECUSALS, RecusalRequest, recusal_requests  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    if file is not None:
        _alone(visit, inspector, asked_by, reason, document)
        requests = from_sheet(file, RECUSALS, recusal_requests)
    else:
        _given({"--visit": visit, "--inspector": inspector, "--asked-by": asked_by, "--reason": reason})
        asker = _one_of(asked_by, ASKERS, "--asked-by")
        requests = [RecusalRequest(visit, inspector, asker, reason, document)]
    show, at = _screen(json), workspace_at(workspace)
    with Bar() as bar:
        show(act(at, plan, who(by), requests, given=seed, entropy=entropy, progress=bar))


@app.command(cls=ChineseCommand)
def replace(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    inspector: Annotated[str, typer.Option("--inspector", metavar="执法证号", help="被替换的执法人员。")] = "",
    why: Annotated[
        str, typer.Option("--why", metavar="事由", help="illness 因病、leave 休假、transfer 调离、other 其他。")
    ] = "",
    reason: ReasonOption = "",
    visit: Annotated[
        list[str] | None, typer.Option("--visit", metavar="检查编号", help="只替换这些检查；不写就是他未做的全部。")
    ] = None,
    approval: Annotated[
        list[str] | None,
        typer.Option("--approval", metavar="级别=文号@日期", help="一级批准，按方案的顺序；没有批全的先待批准。"),
    ] = None,
    excess_document: Annotated[
        str, typer.Option("--excess-document", metavar="文号", help="批准超出调整比例的文号。")
    ] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="文号", help="方案没有规定批准级别时，本机关的批准文号。")
    ] = "",
    on: Annotated[
        str,
        typer.Option("--on", metavar="日期", help="申请的日期；不写就是第一份批准的日期，没有批准的就是今天。"),
    ] = "",
    file: FileOption = None,
    seed: SeedOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """替换：因病、休假、调离等不能执行任务的，逐级批准后重新抽取。计入调整比例。"""
    from shuangsuiji.actions.adjust.ask import from_sheet  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.adjust.replace import replace as act  # noqa: PLC0415
    from shuangsuiji.core.year.adjustment import ABSENCES  # noqa: PLC0415
    from shuangsuiji.core.year.approval import paper_of  # noqa: PLC0415
    from shuangsuiji.core.year.requests import (  # noqa: PLC0415
        REPLACEMENTS,
        ReplacementRequest,
        replacement_requests,
    )
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    if file is not None:
        _alone(inspector, why, reason, visit, approval, excess_document, document, on)
        requests = from_sheet(file, REPLACEMENTS, replacement_requests)
    else:
        _given({"--inspector": inspector, "--why": why, "--reason": reason})
        request = ReplacementRequest(
            inspector=inspector,
            why=_one_of(why, ABSENCES, "--why"),
            reason=reason,
            visits=tuple(visit or ()),
            papers=tuple(map(paper_of, approval or ())),
            excess_document=excess_document,
            document_no=document,
            on=_day(on) if on else None,
        )
        requests = [request]
    show, at = _screen(json), workspace_at(workspace)
    with Bar() as bar:
        show(act(at, plan, who(by), requests, given=seed, entropy=entropy, progress=bar))


@app.command(cls=ChineseCommand)
def approve(
    adjustment: Annotated[str, typer.Argument(metavar="编号", help="哪一项替换，如 A1。")],
    level: Annotated[str, typer.Option("--level", metavar="级别", help="批准的机关，用方案里的名称。")],
    document: Annotated[str, typer.Option("--document", metavar="文号", help="批准的文号。")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="批准的日期，如 2023-05-09。")],
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    seed: SeedOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """登记一级批准；最后一级登记后，当场重新抽取。"""
    from shuangsuiji.actions.adjust.replace import approve as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.core.year.approval import Paper  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    _given({"--level": level, "--document": document})
    paper = Paper(level.strip(), document.strip(), _day(on))
    show, at = _screen(json), workspace_at(workspace)
    with Bar() as bar:
        show(act(at, plan, who(by), adjustment, paper, given=seed, entropy=entropy, progress=bar))


@app.command(cls=ChineseCommand)
def withdraw(
    adjustment: Annotated[str, typer.Argument(metavar="编号", help="哪一项替换，如 A1。")] = "",
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    reason: ReasonOption = "",
    document: Annotated[str, typer.Option("--document", metavar="文号", help="同意撤回的文号，可不写。")] = "",
    file: FileOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """撤回还没有换人的替换：登记错了，或者不再需要。撤回后不占调整比例。"""
    from shuangsuiji.actions.adjust.ask import from_sheet  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.adjust.replace import withdraw as act  # noqa: PLC0415
    from shuangsuiji.core.year.requests import WITHDRAWALS, WithdrawalRequest, withdrawal_requests  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    if file is not None:
        _alone(adjustment, reason, document)
        requests = from_sheet(file, WITHDRAWALS, withdrawal_requests)
    else:
        _given({"编号（如 A1）": adjustment, "--reason": reason})
        requests = [WithdrawalRequest(adjustment.strip(), reason, document)]
    show, at = _screen(json), workspace_at(workspace)
    with Bar() as bar:
        show(act(at, plan, who(by), requests, progress=bar))


@app.command(cls=ChineseCommand)
def void(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    task: Annotated[str, typer.Option("--task", metavar="任务编号", help="要完结的任务。")] = "",
    why: Annotated[
        str, typer.Option("--why", metavar="事由", help="duplicate 重卡、entry-error 录入错误、other 其他。")
    ] = "",
    reason: ReasonOption = "",
    document: Annotated[str, typer.Option("--document", metavar="文号", help="上级的文号。")] = "",
    on: Annotated[str, typer.Option("--on", metavar="日期", help="文书的日期；不写就是今天。")] = "",
    file: FileOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """任务完结：重卡、录入错误等，凭上级文书关闭任务。底档和记录都不删除。"""
    from shuangsuiji.actions.adjust.ask import from_sheet  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.adjust.void import void as act  # noqa: PLC0415
    from shuangsuiji.core.year.adjustment import SLIPS  # noqa: PLC0415
    from shuangsuiji.core.year.requests import VOIDS, VoidRequest, void_requests  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    today = clock.today()
    if file is not None:
        _alone(task, why, reason, document, on)
        requests = from_sheet(file, VOIDS, lambda tables: void_requests(tables, today))
    else:
        _given({"--task": task, "--why": why, "--reason": reason, "--document": document})
        day = _day(on) if on else today
        requests = [VoidRequest(task, _one_of(why, SLIPS, "--why"), reason, document, day)]
    show, at = _screen(json), workspace_at(workspace)
    with Bar() as bar:
        show(act(at, plan, who(by), requests, progress=bar))


@app.command(cls=ChineseCommand)
def log(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="把调整台账写成 xlsx。")] = None,
    forms: Annotated[
        Path | None, typer.Option("--forms", metavar="文件夹", help="每项替换写一张调整审批表（docx）。")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="可对外的版本：不含原因和登记人，人员按方案 disclosure 显示。")
    ] = False,
    json: JsonOption = False,
) -> None:
    """调整台账：谁换谁、原因、批准文书、时间、登记人、调整后占比。"""
    from shuangsuiji.actions.adjust.log import log as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.adjustlog import print_log, show_log  # noqa: PLC0415

    result = act(workspace_at(workspace), plan, who(None), xlsx=xlsx, forms=forms, public=public)
    (print_log if json else show_log)(result)


def _screen(json: bool) -> Callable[["Adjusted"], None]:
    """What shows the result; fetched before anything is written."""
    from shuangsuiji.screen.adjusted import print_adjusted, show_adjusted  # noqa: PLC0415 - see above

    return print_adjusted if json else show_adjusted


def _given(options: dict[str, str]) -> None:
    """Raises Refusal (wrong use) where any of `options` has nothing in it."""
    blank = [option for option, text in options.items() if not text.strip()]
    if blank:
        raise Refusal("option-missing", f"缺少 {'、'.join(blank)}。", todo="一次登记多项可用 --file。", exit_code=USAGE)


def _alone(*options: object) -> None:
    """Raises Refusal (wrong use) where anything is typed beside a sheet."""
    if any(options):
        raise Refusal("option-with-file", "用了 --file，就不要再写单项的内容。", exit_code=USAGE)


def _one_of(text: str, words: Mapping[Word, str], option: str) -> Word:
    """The word that `text` is."""
    for word in words:
        if word == text:
            return word
    known = "、".join(f"{word}（{chinese}）" for word, chinese in words.items())
    raise Refusal("option-value", f"{option} 不认识“{text}”。", todo=f"可以写：{known}。", exit_code=USAGE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("option-value", f"“{text}”不是日期。", todo="请写成 2023-05-09。", exit_code=USAGE) from None
