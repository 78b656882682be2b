"""What all dossiers of a workspace tell together: whom somebody visited, and when; who was taken for a visit, and how.

Distilled from the folds of their ledgers, one at a time, so that a long ledger need not stay in memory.

A visit that counts as one (docs/coverage.md):

- Its task has a check that ended, also outside the draw, and was not closed by the superior.
- 无法联系 is no visit: nobody was inspected, and a firm that is never found must not rest for years. But
  未开展相关业务 is one: the inspectors stood there and saw it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from shuangsuiji.core.plan.coverage import Stood
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.findings import BASES
from shuangsuiji.core.year.receiving import known_subjects
from shuangsuiji.core.year.state import OTHERWISE, Source, State, Task

Kind = Literal["drawn", "received", "complaint", "tip", "handed-over", "special"]
SEEN_ALL_THE_SAME = "no-business"
"""The reason of 无法联系 that says: somebody was there."""
_DAY = len("2023-05-09")


class Visited(NamedTuple):
    """A visit that was made: `day` (ISO), for which `specialty`, out of which `source` (draw id, list, N1 …)."""

    subject: str
    specialty: str
    stratum: str
    day: str
    dossier: str
    source: str
    is_random: bool


class Taken(NamedTuple):
    """A subject was taken for visits of `year`: `visits` of them by one draw, one list, or one visit outside both.

    `label`: what people call it. `stratum`: of a visit outside the draw; blank for draws and lists.
    """

    subject: str
    year: int
    kind: Kind
    dossier: str
    label: str
    visits: int
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What one dossier tells. `draws`: ids of its sealings and draws, void ones included; `missed`: 无法联系."""

    dossier: str
    visits: tuple[Visited, ...] = ()
    missed: tuple[Visited, ...] = ()
    taken: tuple[Taken, ...] = ()
    draws: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """All dossiers, `own` = the name of the plan's. `listed`: (specialty, subject) → the first day it was in a pool.

    `stood`: how long it had not been seen, as the last pool before the plan's says.
    """

    own: str
    pasts: tuple[Past, ...] = ()
    listed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    stood: Mapping[tuple[str, str], Stood] = field(default_factory=dict)

    def seen(self, until: str, *, at_random: bool = False) -> dict[tuple[str, str], str]:
        """(specialty, subject) → the day of the last visit made up to the day `until`.

        `at_random`: of those that were drawn.
        """
        return latest(
            visit
            for past in self.pasts
            for visit in past.visits
            if visit.day <= until and (visit.is_random or not at_random)
        )

    def missed(self, until: str) -> dict[tuple[str, str], str]:
        """(specialty, subject) → the day of the last visit, up to the day `until`, that found nobody."""
        return latest(visit for past in self.pasts for visit in past.missed if visit.day <= until)

    def taken(self, year: int, *, with_own_draw: bool = False) -> dict[str, list[Taken]]:
        """Who was taken in `year`, by subject: by other draws, by all lists, and outside the draw.

        `with_own_draw`: by the plan's own draw too.
        """
        found: dict[str, list[Taken]] = defaultdict(list)
        for past in self.pasts:
            for one in past.taken:
                is_own_draw = one.kind == "drawn" and past.dossier == self.own
                if one.year == year and (with_own_draw or not is_own_draw):
                    found[one.subject].append(one)
        return found


def past(dossier: str, state: State, specialty_of: Mapping[str, str]) -> Past:
    """What `state`, the fold of the ledger of `dossier`, tells; strata that `specialty_of` lacks are specialties."""
    unknown = {name: _unknown(source) for name, source in state.sources.items()}
    visits: list[Visited] = []
    missed: list[Visited] = []
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in state.tasks.values():
        if task.subject in unknown.get(task.source, ()):
            continue
        day = task.values.get("check_ended", "")[:_DAY]
        if task.source != OTHERWISE and (task.voided is None or day):
            ids[task.source, task.subject].add(task.visit)
        if day and task.voided is None:
            specialty = specialty_of.get(task.stratum, task.stratum)
            whose = _called(state, task.source) or task.task
            is_random = task.source != OTHERWISE
            made = Visited(task.subject, specialty, task.stratum, day, dossier, whose, is_random)
            (visits if _is_reached(task) else missed).append(made)
    taken = [
        Taken(subject, source.event.year, _kind(source), dossier, _called(state, name), len(visits_of))
        for (name, subject), visits_of in ids.items()
        for source in (state.sources[name],)
    ]
    taken += [
        Taken(visit.subject, visit.on.year, visit.basis, dossier, _without_people(name, visit.basis), 1, visit.stratum)
        for name, visit in state.otherwise.items()
    ]
    return Past(dossier, tuple(visits), tuple(missed), tuple(taken), frozenset(_draws(state)))


def latest(visits: Iterable[Visited]) -> dict[tuple[str, str], str]:
    """(specialty, subject) → the last day among `visits`."""
    last: dict[tuple[str, str], str] = {}
    for visit in visits:
        key = (visit.specialty, visit.subject)
        if visit.day > last.get(key, ""):
            last[key] = visit.day
    return last


def _draws(state: State) -> Iterator[str]:
    for event in (state.sealed, state.drawn, *(voided.drawn for voided in state.voided)):
        if event is not None:
            yield event.draw


def _unknown(source: Source) -> set[str]:
    """Subjects of a list whose number says nothing outside it."""
    event = source.event
    return set(event.unmatched) - known_subjects(event) if isinstance(event, Received) else set()


def _kind(source: Source) -> Kind:
    return "received" if isinstance(source.event, Received) else "drawn"


def _called(state: State, name: str) -> str:
    """What a draw or a list is called; blank for what is neither."""
    if name == OTHERWISE:
        return ""
    event = state.sources[name].event
    return f"{name} ({event.document_no})" if isinstance(event, Received) else event.draw


def _without_people(name: str, basis: Kind) -> str:
    """What a visit outside the draw is called where anybody may read it: not that somebody told of the firm."""
    return f"{name}（{BASES[basis]}）" if basis == "special" else name


def _is_reached(task: Task) -> bool:
    return task.values.get("outcome") != "UNREACHABLE" or task.values.get("reason") == SEEN_ALL_THE_SAME
