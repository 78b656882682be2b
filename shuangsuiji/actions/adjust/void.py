"""``ssj adjust void``: the superior closed tasks (重卡、录入错误): they count as 完结; nothing is deleted."""

from collections.abc import Sequence

from shuangsuiji.actions.adjust.ask import each
from shuangsuiji.actions.adjust.case import Adjusted, opened
from shuangsuiji.actions.papers import Progress
from shuangsuiji.actions.who import Who
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.adjustment import void_task
from shuangsuiji.core.year.events import Voided
from shuangsuiji.core.year.requests import VoidRequest
from shuangsuiji.files.workspace import Workspace


def void(
    workspace: Workspace, plan_name: str | None, who: Who, requests: Sequence[VoidRequest], *, progress: Progress
) -> Adjusted:
    """Record the closing of tasks. Raises Refusal; then nothing is written."""
    with opened(workspace, plan_name, who, command="void", progress=progress) as case:
        seen: set[str] = set()

        def ask(request: VoidRequest) -> Voided:
            if request.task in seen:
                raise Refusal("asked-twice", f"任务 {request.task} 写了两次。", todo="请只留一行。")
            seen.add(request.task)
            return void_task(
                case.state,
                request.task,
                why=request.why,
                reason=request.reason,
                document_no=request.document_no,
                on=request.on,
                today=who.now.date(),
            )

        return case.record(each(requests, ask), progress)
