"""What goes on paper for those who do the visits: a Briefing, gathered once, rendered by `files.sheets`.

Only working papers may be made from it: it holds addresses and telephone numbers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.roster.item import Item
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.closed import is_closed
from shuangsuiji.core.year.events import Drawn, Received
from shuangsuiji.core.year.state import Source, State
from shuangsuiji.core.year.wholevisit import is_joint, whole

RECEIVED = "received"
"""The grade of a list that somebody else drew: we cannot verify it."""


class SubjectCard(NamedTuple):
    """A subject as the inspectors need it; from today's rosters, blank where they say nothing."""

    subject: str
    name: str
    kind: str = ""
    address: str = ""
    area: str = ""
    legal_representative: str = ""
    contact: str = ""
    phone: str = ""
    licence: str = ""
    licence_until: str = ""
    grade: str = ""
    must: str = ""
    code: str = ""


class Member(NamedTuple):
    """One inspector of a team."""

    inspector: str
    name: str
    lead: bool


class ItemCard(NamedTuple):
    """One item of the published list (随机抽查事项清单), as inspectors need it on site."""

    code: str
    name: str
    basis: str
    content: str
    method: str
    tests: str = ""
    demand: str = ""
    category: str = ""


class StratumLine(NamedTuple):
    """One stratum of the draw; `items` are the codes of what is to be checked there."""

    code: str
    name: str
    population: int
    ratio: str
    quota: int
    drawn: int
    items: tuple[str, ...]


class Office(NamedTuple):
    """A department of a joint inspection: whose sheets are whose. `name` on paper, `inspectors` of the pool."""

    code: str
    name: str
    inspectors: frozenset[str]


class Assignment(NamedTuple):
    """One visit: whose, in which strata (codes, plan order), by whom. A task is ``stratum/subject``.

    `department` is its name where several departments visit jointly, else blank; `source` the received list, if any.
    `closed`: those of `strata` whose task the superior has closed (重卡、录入错误). `beside`: the teams of the other
    departments that come along, by their names. `planned`: the day planned for it, blank where there is none.
    """

    visit: str
    subject: SubjectCard
    strata: tuple[str, ...]
    team: tuple[Member, ...]
    department: str = ""
    source: str = ""
    closed: tuple[str, ...] = ()
    beside: tuple[tuple[str, tuple[Member, ...]], ...] = ()
    planned: str = ""

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the visit's tasks."""
        list_id = f"{self.source}/" if self.source else ""
        return tuple(f"{list_id}{stratum}/{self.subject.subject}" for stratum in self.strata)


def remaining(assignment: Assignment) -> Assignment | None:
    """What of the visit is still to be done; None where all of it was closed."""
    if not assignment.closed:
        return assignment
    strata = tuple(stratum for stratum in assignment.strata if stratum not in assignment.closed)
    return assignment._replace(strata=strata, closed=()) if strata else None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything that the sheets of one draw show. Dates are YYYY-MM-DD.

    `offices`: where any visit is joint, who gets sheets of their own; blank where none is. `office`: whose part it is.
    """

    draw: str
    title: str
    document_no: str
    agency: str
    drawn_on: str
    period_start: str
    period_end: str
    grade: str
    seed: str
    pool_digest: str
    checkpoint: str
    voided: int
    strata: tuple[StratumLine, ...]
    items: tuple[ItemCard, ...]
    assignments: tuple[Assignment, ...]
    offices: tuple[Office, ...] = ()
    office: str = ""


def briefing(plan: Plan, rosters: Rosters, state: State, source: Source, pool: Pool, checkpoint: str) -> Briefing:
    """The Briefing of one source of tasks, teams as they are now; contacts as the rosters have them now."""
    event = source.event
    own = isinstance(event, Drawn)
    items = items_of(plan, rosters)
    cards = _cards(rosters.subjects, {v.subject for v in source.visits.values()})
    names = {subject.subject: subject.name for subject in pool.subjects}
    number = Counter(subject.stratum for subject in state.tasks.values() if subject.source == source.id)
    leads = {i.inspector for i in pool.inspectors if i.lead}
    agencies = called(plan)
    planned = {visit: day.isoformat() for visit, day in source.planned.items()}
    closed: dict[str, list[str]] = {}
    for task in state.tasks.values():
        if task.source == source.id and task.voided is not None:
            closed.setdefault(task.subject, []).append(task.stratum)
    return Briefing(
        draw=event.draw if isinstance(event, Drawn) else f"{plan.draw}/{source.id}",
        title=plan.title,
        document_no=plan.document_no,
        agency=plan.agency.name,
        drawn_on=event.on.isoformat(),
        period_start=plan.period.start.isoformat(),
        period_end=plan.period.end.isoformat(),
        grade=event.grade if isinstance(event, Drawn) else RECEIVED,
        seed=_seed(event, state),
        pool_digest=event.pool_digest,
        checkpoint=checkpoint,
        voided=len(state.voided) if own else 0,
        strata=tuple(
            StratumLine(
                code=s.stratum,
                name=s.name,
                population=s.population,
                ratio=s.ratio,
                quota=s.quota,
                drawn=number[s.stratum],
                items=tuple(item.code for item in items.get(s.stratum, ())),
            )
            for s in pool.strata
        ),
        items=tuple(_item_card(item) for item in {i.code: i for found in items.values() for i in found}.values()),
        assignments=_with_others(
            Assignment(
                visit=v.visit,
                subject=cards.get(v.subject) or _stranger(v.subject, names[v.subject], event),
                strata=v.strata,
                team=tuple(Member(i, source.inspectors[i], i in leads) for i in v.team),
                department=agencies.get(v.department, v.department),
                source=source.id,
                closed=tuple(stratum for stratum in closed.get(v.subject, ()) if stratum in v.strata),
                planned=planned.get(whole(v.visit), ""),
            )
            for v in source.visits.values()
        ),
        offices=tuple(_offices(agencies, pool)) if is_joint(event.visits) else (),
    )


def _offices(agencies: Mapping[str, str], pool: Pool) -> Iterator[Office]:
    """The departments of the pool, the plan's own first."""
    found: dict[str, set[str]] = {pool.rules.agency: set()}
    for inspector in pool.inspectors:
        found.setdefault(inspector.agency, set()).add(inspector.inspector)
    for code, inspectors in found.items():
        yield Office(code, agencies.get(code, code), frozenset(inspectors))


def _with_others(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Each with the teams of other departments that make the same visit."""
    every = tuple(assignments)
    together: dict[str, list[Assignment]] = {}
    for each in every:
        if each.department:
            together.setdefault(whole(each.visit), []).append(each)
    if not together:
        return every
    return tuple(
        each._replace(beside=tuple((o.department, o.team) for o in together[whole(each.visit)] if o is not each))
        if each.department
        else each
        for each in every
    )


def _seed(event: Drawn | Received, state: State) -> str:
    """What the sheets print as the seed; that of a sealed draw is closed until its key is public."""
    if isinstance(event, Received):
        return f"{event.drawn_by} {event.document_no}"
    return "密封抽取，密钥公开以后公布" if is_closed(state) else event.seed


def _stranger(subject: str, name: str, event: Drawn | Received) -> SubjectCard:
    """A subject that the roster does not know, or no longer."""
    address = event.addresses.get(subject, "") if isinstance(event, Received) else ""
    return SubjectCard(subject, name, address=address)


def items_of(plan: Plan, rosters: Rosters) -> dict[str, list[Item]]:
    """The items to check in each stratum: those that the plan names, else all of its specialty."""
    by_code = {item.code: item for item in rosters.items}
    strata = layers(plan)
    specialties = Specialties(plan, strata, ())
    result: dict[str, list[Item]] = {}
    for layer in strata:
        named = [by_code[code] for code in layer.items if code in by_code]
        result[layer.code] = named or [i for i in rosters.items if specialties.code(i.specialty) == layer.specialty]
    return result


def _item_card(item: Item) -> ItemCard:
    return ItemCard(item.code, item.name, item.basis, item.content, item.method, item.tests, item.demand, item.category)


def _cards(subjects: Iterable[Subject], wanted: set[str]) -> Mapping[str, SubjectCard]:
    cards: dict[str, SubjectCard] = {}
    for s in subjects:
        if s.subject in wanted and s.subject not in cards:
            cards[s.subject] = SubjectCard(
                subject=s.subject,
                name=s.name,
                kind=s.kind,
                address=s.address,
                area=s.area,
                legal_representative=s.legal_representative,
                contact=s.contact,
                phone=s.phone,
                licence=s.licence,
                licence_until=s.licence_until,
                grade=s.grade,
                must=s.must,
                code=s.code,
            )
    return cards
