"""``ssj record``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from shuangsuiji.actions.record.keeping import RecordResult
    from shuangsuiji.actions.record.options import Asked
    from shuangsuiji.actions.record.otherwise import Visit
    from shuangsuiji.actions.who import Who


def record(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="任务单或文件夹", help="收回的任务单，或放任务单的文件夹。")
    ] = None,
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    task: Annotated[str, typer.Option("--task", metavar="任务编号", help="逐项录入：哪一项任务。")] = "",
    inspector: Annotated[
        list[str] | None, typer.Option("--inspector", metavar="执法证号", help="填报人；登记其他检查时写全部检查人员。")
    ] = None,
    check_ended: Annotated[
        str, typer.Option("--check-ended", metavar="时间", help="检查结束时间，如 2023-05-09T14:30。")
    ] = "",
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="结果",
            help="抽查结果：未发现问题、发现问题已责令改正、行政处罚、无法联系（或其代码）。",
        ),
    ] = "",
    uploaded: Annotated[
        str,
        typer.Option(
            "--uploaded", metavar="时间", help="到这一刻为止的内容都已上传（录入）上级平台，如 2023-05-10T09:00。"
        ),
    ] = "",
    all_open: Annotated[
        bool, typer.Option("--all-open", help="和 --uploaded 一起用：本方案全部待上传的任务。")
    ] = False,
    setting: Annotated[
        list[str] | None, typer.Option("--set", metavar="名称=内容", help="录入任一项，如 --set 复查日期=2023-5-9。")
    ] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="名称", help="清除已录入的一项（留痕）。")
    ] = None,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", metavar="文件", help="登记证据文件的名称、大小和 SHA-256。")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="把证据文件复制到卷宗里。")] = False,
    measure: Annotated[str, typer.Option("--measure", metavar="措施", help="登记措施：提醒、培训、约谈、记分。")] = "",
    text: Annotated[str, typer.Option("--text", metavar="文字", help="措施的内容。")] = "",
    otherwise: Annotated[
        str, typer.Option("--otherwise", metavar="缘由", help="登记随机抽查以外的检查：投诉、线索、移送、专项。")
    ] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="对象编号", help="其他检查的对象。")] = "",
    name: Annotated[str, typer.Option("--name", metavar="单位名称", help="对象不在名录库里时写明名称。")] = "",
    stratum: Annotated[
        str, typer.Option("--stratum", metavar="专业", help="其他检查的专业（抽查层代码或名称）。")
    ] = "",
    document: Annotated[str, typer.Option("--document", metavar="文号", help="投诉、线索、移送等的编号。")] = "",
    on: OnOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """录入抽查结果：从收回的任务单（或文件夹），或逐项录入；也登记证据、措施和随机抽查以外的检查。"""
    from shuangsuiji.actions.record.options import Asked  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.actions.record.otherwise import Visit  # noqa: PLC0415

    me = who(by)
    day = day_of(on, me.now.date())
    paths = list(files or [])
    proof = [*(evidence or []), *(paths if evidence else [])]
    people = tuple(inspector or ())
    settings = [*_pair("check_ended", check_ended), *_pair("outcome", outcome), *(setting or [])]
    asked = Asked(
        settings=settings,
        clears=clear or [],
        inspector="" if otherwise else "".join(people[:1]),
        evidence=proof,
        copy=copy,
        measure=measure,
        text=text,
        on=day,
        uploaded=uploaded,
    )
    visit = Visit(otherwise, subject, name, stratum, document, day, people)
    _use(asked, visit, task, paths=[] if evidence else paths, dated=on is not None, all_open=all_open)
    result = _act(workspace, plan, me, paths, task, asked, visit, all_open=all_open)
    from shuangsuiji.screen.recorded import print_recorded, show_recorded  # noqa: PLC0415

    (print_recorded if json else show_recorded)(result)


def _act(
    workspace: Path,
    plan: str | None,
    me: "Who",
    paths: list[Path],
    task: str,
    asked: "Asked",
    visit: "Visit",
    *,
    all_open: bool,
) -> "RecordResult":
    if all_open:
        from shuangsuiji.actions.record.upload import record_uploaded  # noqa: PLC0415

        return record_uploaded(workspace_at(workspace), plan, me, asked.uploaded)
    if visit.basis:
        from shuangsuiji.actions.record.otherwise import record_otherwise  # noqa: PLC0415

        return record_otherwise(workspace_at(workspace), plan, me, visit, asked)
    if task:
        from shuangsuiji.actions.record.options import record_task  # noqa: PLC0415

        return record_task(workspace_at(workspace), plan, me, task, asked)
    from shuangsuiji.actions.record.workbooks import record_workbooks  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415

    with Bar() as progress:
        return record_workbooks(workspace_at(workspace), plan, me, paths, progress=progress)


def _use(asked: "Asked", visit: "Visit", task: str, *, paths: list[Path], dated: bool, all_open: bool) -> None:
    """Raise Refusal (wrong use) for options that do not go together."""
    one = bool(task or visit.basis)
    findings = bool(asked.settings or asked.clears)
    anything = findings or (asked.uploaded and not all_open) or bool(asked.evidence or asked.measure)
    elsewhere = bool(visit.subject or visit.name or visit.stratum or visit.document_no)
    faults = (
        (all_open and not asked.uploaded, "--all-open 只和 --uploaded 一起用。"),
        (
            all_open and (one or paths or anything or visit.inspectors),
            "--all-open 不和 --task、--otherwise 或文件一起用。",
        ),
        (task and visit.basis, "--task 和 --otherwise 不能一起用。"),
        (asked.uploaded and visit.basis, "--uploaded 只和 --task 或 --all-open 一起用。"),
        (paths and one, "任务单文件和 --task、--otherwise 不能一起用。"),
        (not one and (anything or visit.inspectors), "没有写明是哪一项任务（--task）。"),
        (not one and not paths and not all_open, "没有写明录入什么：任务单文件、文件夹，或 --task、--otherwise。"),
        (task and not anything, f"没有写明录入任务 {task} 的什么内容。"),
        (elsewhere and not visit.basis, "--subject、--name、--stratum、--document 只和 --otherwise 一起用。"),
        (len(visit.inspectors) > 1 and not visit.basis, "--inspector 在录入结果时只写填报人一人。"),
        (asked.copy and not asked.evidence, "--copy 只和 --evidence 一起用。"),
        (asked.text and not asked.measure, "--text 只和 --measure 一起用。"),
        (dated and not (asked.measure or visit.basis), "--on 只和 --measure 或 --otherwise 一起用。"),
    )
    for fault, what in faults:
        if fault:
            raise Refusal("wrong-options", what, todo="用法见 ssj record --help。", exit_code=USAGE)


def _pair(name: str, text: str) -> list[str]:
    return [f"{name}={text}"] if text else []
