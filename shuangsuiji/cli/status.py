"""``ssj status``."""

from pathlib import Path

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, workspace_at


def status(workspace: WorkspaceOption = Path(), plan: PlanOption = None, json: JsonOption = False) -> None:
    """看方案进展：各层任务、完成率、完结率、公示率、人员调整、期限和下一步；不写方案则全部列出。不写任何文件。"""
    from shuangsuiji.actions.status import status as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.screen.status import print_status, show_status  # noqa: PLC0415

    found = act(workspace_at(workspace), plan, clock.now())
    (print_status if json else show_status)(found)
