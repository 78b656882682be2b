"""``ssj record FILE…``: any number of returned workbooks, and folders of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.record.keeping import Decided, Desk, RecordResult, desk, keep
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import digest
from shuangsuiji.core.problem import Place, Problem, warning
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Happened
from shuangsuiji.core.year.jointly import between_departments
from shuangsuiji.core.year.recording import Entered, decide, is_news, past
from shuangsuiji.core.year.returned import Returned, accepted, misplaced
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.pool import subject_names
from shuangsuiji.files.returns import UNRELATED, read_return, workbooks
from shuangsuiji.files.workspace import Workspace

Progress = Callable[[str, int, int], None]
_SHOWN = 5


class _Found(NamedTuple):
    """Workbooks to read, by path: whether a name said so, or only its folder. `put_away`: superseded ones."""

    named: Mapping[Path, bool]
    put_away: Sequence[Path]


def record_workbooks(
    workspace: Workspace, plan_name: str | None, who: Who, paths: Sequence[Path], *, progress: Progress
) -> RecordResult:
    """Record what the workbooks say. Raises Faulty with every Problem of all of them, or another Refusal.

    Of a folder, workbooks that are not ours are passed over, and said so; a damaged one of ours is not.
    """
    at = desk(workspace, plan_name, who)
    files = _found(workspace, paths)
    returned: list[Returned] = []
    problems: list[Problem] = []
    for number, (path, is_named) in enumerate(files.named.items(), 1):
        found, wrong = read_return(path, workspace.shown(path))
        problems += wrong if is_named else map(_passed_over, wrong)
        returned += [found] if found else []
        progress("returns", number, len(files.named))
    if not returned:  # nothing was read: then it matters that a workbook is not ours
        problems = [problem._replace(severity="error") for problem in problems]
    returned.sort(key=lambda one: (one.inspector, one.file))
    superseded = [found for path in files.put_away if (found := read_return(path, workspace.shown(path))[0])]

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
        known = past(ledger.happened, state)
        wrong += misplaced([row for row in rows if row.sha256 not in known.files], state, _names(at, state))
        wrong += between_departments(state, rows, ledger.happened, known, at.plan)
        findings = decide(state, rows, known, who.now.replace(tzinfo=None))
        new = [Happened(state.lines + n, who.at, who.by, event) for n, event in enumerate(findings.events, 1)]
        after = fold(new, state) if superseded and new else state
        for one in superseded:
            filled = [
                row.task
                for row in accepted(one, state, draw=at.plan.draw, digests=digests)[0]
                if is_news(after, row, known)
            ]
            wrong += [_filled(one, filled)] if filled else []
        return Decided(findings.events, findings._replace(problems=(*wrong, *findings.problems)))

    return keep(at, decided, problems, files=len(returned))


def _names(at: Desk, state: State) -> dict[str, str]:
    """What the subjects of the own draw were called when it was made."""
    return subject_names(at.dossier.pool, {task.subject for task in state.tasks.values() if not task.name})


def _passed_over(problem: Problem) -> Problem:
    """A workbook of a folder that is not ours is no error."""
    if problem.code != UNRELATED:
        return problem
    return warning(UNRELATED, problem.place, "不是 ssj 发出的任务单，没有读。")


def _filled(superseded: Returned, tasks: Sequence[str]) -> Problem:
    which = "、".join(tasks[:_SHOWN]) + ("等" if len(tasks) > _SHOWN else "")
    what = f"这份已作废的任务单填了还没有录入的内容（{which}），没有读入。"
    todo = "确是退出以前所做检查的，请单独录入：ssj record 这个文件；其余的由现在的检查组用新的任务单填报。"
    return warning("put-away", Place(superseded.file), what, todo)


def _digests(ledger: Ledger) -> list[str]:
    """The digest of each line, to compare checkpoints with."""
    lines = ledger.path.read_bytes().split(b"\n")[: len(ledger.happened)] if ledger.happened else []
    return [digest(line) for line in lines]


def _found(workspace: Workspace, paths: Sequence[Path]) -> _Found:
    """The files that `paths` mean: here or in the workspace, folders looked through, none twice."""
    named: dict[Path, bool] = {}
    put_away: dict[Path, None] = {}
    for path in paths:
        there = next((one for one in (path, workspace.root / path) if one.exists()), None)
        if there is None:
            raise Refusal("no-file", f"找不到“{path}”。", todo="请核对文件或文件夹的路径。", exit_code=USAGE)
        if not there.is_dir():
            named[there.resolve()] = True
            continue
        found, aside = workbooks(there)
        if not found:
            what = f"文件夹“{path}”里没有任务单（.xlsx）。"
            raise Refusal("no-returns", what, todo="请把收回的任务单放进这个文件夹。", exit_code=USAGE)
        for one in found:
            named.setdefault(one.resolve(), False)
        put_away |= dict.fromkeys(one.resolve() for one in aside)
    return _Found(named, [path for path in put_away if path not in named])
