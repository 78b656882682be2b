"""``ssj seal``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from shuangsuiji.cli.options import ByOption, JsonOption, PlanOption, WorkspaceOption, entropy, who, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal


def seal(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    void: Annotated[bool, typer.Option("--void", help="结果公布以前作废封存，须同时写明理由和批准文号。")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="作废的理由。")] = "",
    document: Annotated[str, typer.Option("--document", metavar="文号", help="批准作废的文号。")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="公开密封抽取的密钥；检查做完再公开。")] = False,
    timestamp: Annotated[
        Path | None, typer.Option("--timestamp", metavar="文件", help="登记时间戳（.tsr），登记前先核对。")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="文件", help="时间戳机构的根证书，核对签名用。")
    ] = None,
    request: Annotated[
        Path | None, typer.Option("--request", metavar="文件", help="写一个时间戳请求（.tsq），交给时间戳机构。")
    ] = None,
    of: Annotated[
        str, typer.Option("--of", metavar="什么", help="时间戳证明什么：pool 名册摘要（默认）、checkpoint 台账校验点。")
    ] = "",
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """封存名册：抽取以前定下名册、公布摘要和种子来源。一个方案封存一次。"""
    chosen = [void, reveal, timestamp is not None, request is not None]
    if sum(chosen) > 1:
        raise Refusal("wrong-options", "--void、--reveal、--timestamp、--request 只能写一个。", exit_code=USAGE)
    if (reason or document) and not void:
        raise Refusal("option-without-void", "--reason 和 --document 只在作废（--void）时用。", exit_code=USAGE)
    if (certificate is None) != (timestamp is None) or (of and timestamp is None and request is None):
        what = "--timestamp 和 --certificate（机构的根证书）一起用；--of 和 --timestamp 或 --request 一起用。"
        raise Refusal("wrong-options", what, exit_code=USAGE)
    at = workspace_at(workspace)
    from shuangsuiji.screen import sealed as screen  # noqa: PLC0415 - a command pays for its own imports

    if void or reveal:
        from shuangsuiji.actions import unseal  # noqa: PLC0415 - see above

        if void:
            voided = unseal.unseal(at, plan, who(by), reason=reason, document_no=document)
            (screen.print_unsealed if json else screen.show_unsealed)(voided)
        else:
            (screen.print_revealed if json else screen.show_revealed)(unseal.reveal(at, plan, who(by)))
    elif timestamp is not None or request is not None:
        from shuangsuiji.actions import timestamp as stamping  # noqa: PLC0415 - see above

        if request is not None:
            (screen.print_request if json else screen.show_request)(stamping.ask(at, plan, request, _of(of) or "pool"))
        elif timestamp is not None and certificate is not None:
            kept = stamping.attach(at, plan, who(by), timestamp, certificate=certificate, of=_of(of))
            (screen.print_stamp if json else screen.show_stamp)(kept)
    else:
        from shuangsuiji.actions.seal import seal as act  # noqa: PLC0415 - see above

        (screen.print_sealed if json else screen.show_sealed)(act(at, plan, who(by), entropy=entropy))


def _of(text: str) -> Literal["pool", "checkpoint"] | None:
    if text in {"", "pool", "checkpoint"}:
        return text or None  # type: ignore[return-value]  # what it can be is said above
    raise Refusal("option-value", f"--of 不认识“{text}”。", todo="可以写 pool 或 checkpoint。", exit_code=USAGE)
