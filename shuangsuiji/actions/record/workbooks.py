"""``ssj record FILE…``: any number of returned workbooks, and folders of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from shuangsuiji.actions.record.keeping import Decided, RecordResult, desk, keep
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import digest
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.recording import Entered, decide, past
from shuangsuiji.core.year.returned import Returned, accepted
from shuangsuiji.core.year.state import State
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.returns import read_return, workbooks
from shuangsuiji.files.workspace import Workspace

Progress = Callable[[str, int, int], None]


def record_workbooks(
    workspace: Workspace, plan_name: str | None, who: Who, paths: Sequence[Path], *, progress: Progress
) -> RecordResult:
    """Record what the workbooks say. Raises Faulty with every Problem of all of them, or another Refusal."""
    at = desk(workspace, plan_name, who)
    files = _found(workspace, paths)
    returned: list[Returned] = []
    problems: list[Problem] = []
    for number, path in enumerate(files, 1):
        found, wrong = read_return(path, workspace.shown(path))
        problems += wrong
        returned += [found] if found else []
        progress("returns", number, len(files))
    returned.sort(key=lambda one: (one.inspector, one.file))

    def decided(ledger: Ledger, state: State) -> Decided:
        if not state.tasks:
            what = "本方案还没有任务：既没有抽取，也没有接收任务清单。"
            raise Refusal("no-tasks", what, todo="请先用 ssj draw 抽取，或用 ssj receive 接收。")
        digests = _digests(ledger)
        rows: list[Entered] = []
        wrong: list[Problem] = []
        for one in returned:
            found, refused = accepted(one, state, draw=at.plan.draw, digests=digests)
            rows += found
            wrong += refused
        findings = decide(state, rows, past(ledger.happened, state), who.now.replace(tzinfo=None))
        return Decided(findings.events, findings._replace(problems=(*wrong, *findings.problems)))

    return keep(at, decided, problems, files=len(files))


def _digests(ledger: Ledger) -> list[str]:
    """The digest of each line, to compare checkpoints with."""
    lines = ledger.path.read_bytes().split(b"\n")[: len(ledger.happened)] if ledger.happened else []
    return [digest(line) for line in lines]


def _found(workspace: Workspace, paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` mean: here or in the workspace, folders looked through, none twice."""
    files: dict[Path, None] = {}
    for path in paths:
        there = next((one for one in (path, workspace.root / path) if one.exists()), None)
        if there is None:
            raise Refusal("no-file", f"找不到“{path}”。", todo="请核对文件或文件夹的路径。", exit_code=USAGE)
        found = workbooks(there) if there.is_dir() else [there]
        if not found:
            what = f"文件夹“{path}”里没有任务单（.xlsx）。"
            raise Refusal("no-returns", what, todo="请把收回的任务单放进这个文件夹。", exit_code=USAGE)
        files |= dict.fromkeys(one.resolve() for one in found)
    return list(files)
