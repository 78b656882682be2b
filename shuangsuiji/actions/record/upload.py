"""``ssj record --uploaded WHEN --all-open``: everything that had happened by then is on the superior's platform."""

from shuangsuiji.actions.record.keeping import Decided, RecordResult, desk, keep
from shuangsuiji.actions.record.options import COMMAND_LINE, moment_of_upload
from shuangsuiji.actions.who import Who
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.recording import Entered, decide, past
from shuangsuiji.core.year.state import State
from shuangsuiji.core.year.uploading import uploaded
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.workspace import Workspace


def record_uploaded(workspace: Workspace, plan_name: str | None, who: Who, text: str) -> RecordResult:
    """Record the upload of all tasks of the plan at the moment `text`. Raises Faulty where that is none."""
    at = desk(workspace, plan_name, who)
    when, problems = moment_of_upload(text)
    if when > who.now.replace(tzinfo=None).isoformat(timespec="minutes"):
        what = f"{when.replace('T', ' ')} 还没有到。"
        raise Refusal("date-to-come", what, todo="只能记录已经发生的事情。", exit_code=USAGE)

    def decided(ledger: Ledger, state: State) -> Decided:
        fields = {name: uploaded(task.values, when) for name, task in state.tasks.items() if task.voided is None}
        rows = [Entered(name, values, COMMAND_LINE) for name, values in fields.items() if values]
        findings = decide(state, rows, past(ledger.happened, state), who.now.replace(tzinfo=None))
        known = () if rows or problems else (f"到 {when.replace('T', ' ')} 为止没有待上传的内容。",)
        return Decided(findings.events, findings, known)

    return keep(at, decided, problems)
