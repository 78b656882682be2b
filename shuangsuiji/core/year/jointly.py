"""What several departments say of a visit that they made together (联合检查): one visit, one result per task.

- Whose a result is does not matter: either department's sheet is accepted, and says it for both. So two that say
  different things are a Problem, also when one of them came in months before: the departments have to agree.
- A case or a penalty is the department's that decides it: another department's stands in its own books
  (谁处罚、谁公示), here it is a referral.
"""

from collections.abc import Iterable, Iterator, Sequence

from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.year.events import Happened, Recorded, Redrawn
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.recording import Entered, Past
from shuangsuiji.core.year.state import OWN, State
from shuangsuiji.core.year.wholevisit import whole

OF_A_CASE = ("case_filed_on", "case_no", "penalty_decided_on", "penalty_no", "fine", "confiscated", "case_closed_on")


def between_departments(
    state: State, entered: Sequence[Entered], happened: Sequence[Happened], known: Past, plan: Plan
) -> list[Problem]:
    """What one department says against what another has said, and cases that are not ours.

    `happened`: the ledger; `known`: of it. A workbook that was recorded before says nothing new.
    """
    joint = _Joint(state, happened, known, plan)
    return [wrong for row in entered if row.sha256 not in known.files for wrong in joint.faults(row)]


class _Joint:
    """A state as departments look at it."""

    def __init__(self, state: State, happened: Sequence[Happened], known: Past, plan: Plan):
        self._state, self._known = state, known
        self._agency, self._called = plan.agency.code, called(plan)
        self._side = _sides(state)
        self._before = _said_by(state, happened) if self._side else {}

    def faults(self, row: Entered) -> Iterator[Problem]:
        """What is wrong with what the inspector of `row` says for his department."""
        task, side = self._state.tasks.get(row.task), self._of(row.task, row.inspector)
        if task is None or not side:
            return
        for name, value in row.values.items():
            if not value or value == task.values.get(name, ""):
                continue
            if side != self._agency and name in OF_A_CASE:
                yield self._case(row, name, self._called.get(side, side))
            elif name in task.values and value not in self._known.former.get((row.task, name), ()):
                before = self._before.get((row.task, name))
                other = self._of(row.task, before.inspector) if before else ""
                if other not in {"", side}:
                    yield self._differ(row, name, side, other, task.values[name])

    def _of(self, task: str, inspector: str) -> str:
        """The department's code; blank where the task is not joint, or the inspector is nobody's."""
        found = self._state.tasks.get(task)
        return self._side.get((found.source, found.visit, inspector), "") if found else ""

    def _case(self, row: Entered, name: str, mine: str) -> Problem:
        what = f"这是{mine}填的立案、处罚内容；本卷宗只记、只公示本机关的处罚。"
        todo = f"请清除这一格，改填“移送机关”“移送日期”（移送给{mine}），由它自己录入、公示（谁处罚、谁公示）。"
        return error("department-case", row.at(name), what, todo)

    def _differ(self, row: Entered, name: str, side: str, other: str, had: str) -> Problem:
        shown, heading = FINDINGS[name].shown, FINDINGS[name].heading
        mine, theirs = (self._called.get(code, code) for code in (side, other))
        what = f"{mine}填的是“{shown(row.values[name])}”，{theirs}已录入“{shown(had)}”。"
        todo = "一次检查一个结果：请两个部门商定；要改已录入的，用"
        todo += f" ssj record --task {row.task} --set {heading}=内容，再清除这一格。"
        return error("departments-differ", row.at(name), what, todo)


def _sides(state: State) -> dict[tuple[str, str, str], str]:
    """By source, joint visit and inspector: for which department he goes, or went before he left."""
    found: dict[tuple[str, str, str], str] = {}
    for source in state.sources.values():
        for visit in (*source.event.visits, *source.visits.values()):
            if visit.department:
                found |= {(source.id, whole(visit.visit), who): visit.department for who in visit.team}
    for happened in state.history if found else ():
        event = happened.event
        if isinstance(event, Redrawn) and event.source in state.sources:
            visits = state.sources[event.source].visits
            for change in event.changes:
                if change.visit in visits and visits[change.visit].department:
                    found[event.source, whole(change.visit), change.joins] = visits[change.visit].department
    return found


def _said_by(state: State, happened: Iterable[Happened]) -> dict[tuple[str, str], Recorded]:
    """By task and field: the entry that holds; what was typed at the office has no inspector."""
    found: dict[tuple[str, str], Recorded] = {}
    for one in happened:
        if isinstance(one.event, Recorded) and one.event.task in state.tasks:
            if state.tasks[one.event.task].source == OWN and one.line < state.line:
                continue  # of a draw that was voided
            for name in one.event.values:
                found[one.event.task, name] = one.event
    return found
