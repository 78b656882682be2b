"""What goes on paper for those who do the visits: a Briefing, gathered once, rendered by `files.sheets`.

Only working papers may be made from it: it holds addresses and telephone numbers.
"""

from dataclasses import dataclass
from typing import NamedTuple


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


class Assignment(NamedTuple):
    """One visit: whose, in which strata (codes, plan order), by whom. A task is ``stratum/subject``.

    `department` is its name where several departments visit jointly, else blank.
    """

    visit: str
    subject: SubjectCard
    strata: tuple[str, ...]
    team: tuple[Member, ...]
    department: str = ""

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the visit's tasks."""
        return tuple(f"{stratum}/{self.subject.subject}" for stratum in self.strata)


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything that the sheets of one draw show. Dates are YYYY-MM-DD."""

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
