"""Who may record what: the teams of the tasks as they are now, and who left them when."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.year.events import DrawnVisit, Redrawn
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import OTHERWISE, OWN, State, Task
from shuangsuiji.core.year.wholevisit import is_joint, whole


class Left(NamedTuple):
    """A place that somebody gave up: on which ledger line, on which day, and who took it."""

    line: int
    on: date
    joins: str


class Teams:
    """The teams of a state. Of a joint visit all departments' teams are the team."""

    def __init__(self, state: State):
        self._state = state
        self._joint: dict[tuple[str, str], list[DrawnVisit]] = {}
        for source in state.sources.values():
            if is_joint(source.visits.values()):
                for visit in source.visits.values():
                    self._joint.setdefault((source.id, whole(visit.visit)), []).append(visit)
        self.names: Mapping[str, str] = {
            who: name for source in state.sources.values() for who, name in source.inspectors.items()
        }
        self._left: dict[tuple[str, str, str], Left] = {}
        for happened in state.history:
            event = happened.event
            if isinstance(event, Redrawn) and (event.source != OWN or happened.line > state.line):
                for change in event.changes:
                    key = (event.source, whole(change.visit), change.leaves)
                    self._left[key] = Left(happened.line, event.on, change.joins)

    def members(self, task: Task) -> tuple[str, ...]:
        """Ids of those who do the task's visit now."""
        if task.source == OTHERWISE:
            return self._state.otherwise[task.task].inspectors
        joint = self._joint.get((task.source, task.visit))
        if joint is None:
            return self._state.sources[task.source].visits[task.visit].team
        return tuple(who for visit in joint for who in visit.team)

    def left(self, task: Task, inspector: str) -> Left | None:
        """When `inspector` gave up the task's visit, None where he never did or is back."""
        if inspector in self.members(task):
            return None
        return self._left.get((task.source, task.visit, inspector))

    def shown(self, inspector: str) -> str:
        """An inspector as sheets name him; of visits outside the draw the id alone, if no list has him."""
        name = self.names.get(inspector)
        return f"{name}（{inspector}）" if name else inspector


class Outstanding(NamedTuple):
    """What one inspector's teams still owe: tasks without a result, and tasks whose test report is not in."""

    inspector: str
    name: str
    results: tuple[str, ...]
    reports: tuple[str, ...]


def outstanding(state: State) -> list[Outstanding]:
    """Who still owes what, by id; a task counts for everybody on its team, a closed one for nobody."""
    teams = Teams(state)
    owed: dict[str, tuple[list[str], list[str]]] = {}
    for task in state.tasks.values():
        if status(task) in {"open", "checked"}:
            for who in teams.members(task):
                owed.setdefault(who, ([], []))["outcome" in task.values].append(task.task)
    return [Outstanding(who, teams.names.get(who, ""), *map(tuple, owed[who])) for who in sorted(owed)]
