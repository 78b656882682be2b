"""A visit as its forms show it: one unit, the tasks still to be done there with their items, the teams as they are now.

- A joint visit has a team for each department, and one set of forms.
- What the superior has closed is nobody's work any more; what is recorded as checked is over.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shuangsuiji.core.year.briefing import Assignment, Briefing, ItemCard, Member, SubjectCard
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import Source, State
from shuangsuiji.core.year.wholevisit import whole


class FormTask(NamedTuple):
    """One task: its stratum's name, and what is to be checked (nothing: the list of items says nothing)."""

    task: str
    stratum: str
    name: str
    items: tuple[ItemCard, ...]


class FormTeam(NamedTuple):
    """Who comes; `department` is the plan's own agency unless several visit jointly."""

    department: str
    members: tuple[Member, ...]


class FormVisit(NamedTuple):
    """One visit. `draw`: the draw's id, or the list's; `drawn_by`, `document_no`: of a list that somebody else drew.

    `open`, `over`: its tasks; both are blank where all were closed. `waiting`: adjustments of it that are not decided.
    """

    visit: str
    source: str
    draw: str
    drawn_by: str
    document_no: str
    subject: SubjectCard
    teams: tuple[FormTeam, ...]
    open: tuple[FormTask, ...]
    over: tuple[FormTask, ...]
    waiting: tuple[str, ...] = ()

    @property
    def inspectors(self) -> frozenset[str]:
        """Whoever is in one of its teams."""
        return frozenset(member.inspector for team in self.teams for member in team.members)

    @property
    def tasks(self) -> tuple[FormTask, ...]:
        """What the forms list: what is to be done; of a visit that is over, what was."""
        return self.open or self.over


def visits_of(briefing: Briefing, state: State, source: Source) -> Iterator[FormVisit]:
    """The visits of one source of tasks, in its order."""
    joined: dict[str, list[Assignment]] = {}
    for assignment in briefing.assignments:
        joined.setdefault(whole(assignment.visit), []).append(assignment)
    names = {stratum.code: stratum.name or stratum.code for stratum in briefing.strata}
    items = {stratum.code: stratum.items for stratum in briefing.strata}
    cards = {card.code: card for card in briefing.items}
    waiting = _waiting(state, source.id)
    event = source.event
    received = (event.drawn_by, event.document_no) if isinstance(event, Received) else ("", "")
    for visit, parts in joined.items():
        tasks = _tasks(parts[0], names, {code: tuple(cards[item] for item in found) for code, found in items.items()})
        standing = {task.task: status(state.tasks[task.task]) for task in tasks}
        yield FormVisit(
            visit,
            source.id,
            briefing.draw,
            *received,
            subject=parts[0].subject,
            teams=tuple(FormTeam(part.department or briefing.agency, _lead_first(part.team)) for part in parts),
            open=tuple(task for task in tasks if standing[task.task] == "open"),
            over=tuple(task for task in tasks if standing[task.task] not in {"open", "closed"}),
            waiting=tuple(dict.fromkeys(each for part in parts for each in waiting.get(part.visit, ()))),
        )


def _tasks(
    assignment: Assignment, names: Mapping[str, str], items: Mapping[str, tuple[ItemCard, ...]]
) -> tuple[FormTask, ...]:
    return tuple(
        FormTask(task, code, names.get(code, code), items.get(code, ()))
        for task, code in zip(assignment.tasks, assignment.strata, strict=True)
    )


def _lead_first(team: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(team, key=lambda member: not member.lead))


def _waiting(state: State, source: str) -> dict[str, list[str]]:
    """The replacements that are asked for and not decided, by visit."""
    found: dict[str, list[str]] = {}
    for name, adjustment in state.adjustments.items():
        if adjustment.is_pending and adjustment.asked.source == source:
            for visit in adjustment.asked.visits:
                found.setdefault(visit, []).append(name)
    return found
