"""A returned workbook as a value, and whether it belongs here: of this plan's draw or list, and of this ledger.

The hidden sheet names the draw, the inspector and the checkpoint; the checkpoint has to be a line of this ledger, so a
sheet of a voided draw, or of another copy of the dossier, is told apart.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.year.recording import Entered
from shuangsuiji.core.year.state import OWN, State

_CHECKPOINT = re.compile(r".*#(\d{1,9}):([0-9a-f]{64})")


class Returned(NamedTuple):
    """One workbook: what its hidden sheet says, and its filled rows (`Entered.lines` not yet known)."""

    file: str
    sha256: str
    draw: str
    inspector: str
    checkpoint: str
    rows: Sequence[Entered]


def accepted(
    returned: Returned, state: State, *, draw: str, digests: Sequence[str]
) -> tuple[Sequence[Entered], list[Problem]]:
    """Its rows, if it belongs here. `draw` = the plan's; `digests` = of the ledger's lines in order."""
    place = Place(returned.file)

    def refused(code: str, what: str, todo: str) -> tuple[Sequence[Entered], list[Problem]]:
        return (), [error(code, place, what, todo)]

    source = state.sources.get(OWN if returned.draw == draw else returned.draw.removeprefix(f"{draw}/"))
    if source is None:
        return refused(*_homeless(returned.draw, state, draw))
    found = _CHECKPOINT.fullmatch(returned.checkpoint)
    if found is None:
        what = "隐藏的“_ssj”工作表被改动过，读不出校验点。"
        return refused("bad-checkpoint", what, "请用 ssj 发出的任务单重新填写。")
    lines = int(found[1])
    if not 0 < lines <= len(digests) or digests[lines - 1] != found[2]:
        what = f"任务单上的校验点（第{lines}行）与本方案的台账对不上。"
        todo = "任务单可能来自另一份卷宗，或台账被换成了旧的备份；请核对。"
        return refused("foreign-checkpoint", what, todo)
    if lines < source.line:
        what = "这份任务单属于已作废的抽取。"
        return refused("voided-draw", what, "请用现在的任务单填报，移出这个文件。")
    return [row._replace(lines=lines) for row in returned.rows], []


def misplaced(rows: Sequence[Entered], state: State, names: Mapping[str, str]) -> list[Problem]:
    """Rows whose task number stands beside the name of another task's subject: cells that were sorted or moved.

    `names` of subjects whose tasks bear none. A name that no task has is a new one of the roster's: no matter.
    """
    bearers: dict[str, set[str]] = {}
    for task in state.tasks.values():
        bearers.setdefault(task.name or names.get(task.subject, ""), set()).add(task.subject)
    found = []
    for row in rows:
        its = state.tasks.get(row.task)
        if its is not None and its.subject not in bearers.get(row.name, {its.subject}):
            meant = its.name or names.get(its.subject, its.subject)
            what = f"任务 {row.task} 是“{meant}”的，这一行的单位名称却是“{row.name}”，可能排过序、移动过单元格。"
            todo = "请核对是哪一家的结果，填回原来的任务单；任务编号和单位名称是印好的，请勿改动。"
            found.append(error("row-moved", row.place, what, todo))
    return found


def _homeless(named: str, state: State, draw: str) -> tuple[str, str, str]:
    """Why there is no source of tasks for the draw that a sheet names: code, what, what to do."""
    if named == draw:
        return "nothing-drawn", "本方案没有有效的抽取，任务单不能录入。", "请核对方案（--plan）。"
    for received, void in state.voided_lists:
        if named == f"{draw}/{received.source}":
            what = f"这份任务单属于清单 {received.source}（{received.document_no}），它已凭 {void.document_no} 作废。"
            return "voided-list", what, "请移出这个文件。"
    what = f"这份任务单属于“{named}”，不是本方案的“{draw}”。"
    return "other-draw", what, "请放到对应的方案下录入（--plan），或移出这个文件。"
