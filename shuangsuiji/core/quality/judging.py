"""The roster judged: what was found of each subject that takes part in the draw, and how many of it per stratum.

- Judged are the subjects of the plan's strata, as they would be sealed: closed and excluded ones are not counted.
- Dates are judged by the day by which certificates and coverage are judged (`core.plan.sealing.reference_day`).
- A visit on record counts like one in the roster, whatever its specialty was.
- One subject in two strata counts in both, and once in the whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.plan.coverage import COVERING_YEARS
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.quality.alike import Twins, twins
from shuangsuiji.core.quality.measures import Kind, score
from shuangsuiji.core.roster.ident import credit_code_fault
from shuangsuiji.core.roster.subject import Subject

_DAY = len("2023-05-01")


class Frame(NamedTuple):
    """By what dates are judged: the reference day, the last day of the plan (both YYYY-MM-DD), years of a round."""

    day: str
    until: str
    years: int

    @property
    def before(self) -> str:
        """Who was visited on this day or before has not been visited for `years` years."""
        return f"{int(self.day[:4]) - self.years:04d}{self.day[4:]}"


class Share(NamedTuple):
    """One stratum, or all of them (`code` and `name` blank): how many subjects, and how many findings of each kind."""

    code: str
    name: str
    subjects: int
    counts: Mapping[Kind, int]

    @property
    def score(self) -> Fraction | None:
        """From 0 to 100, None where there are no subjects."""
        return score(self.counts, self.subjects)


@dataclass(frozen=True, slots=True)
class Quality:
    """`subjects` with what was `found` of each (in the same order), and in which `strata` it is (their codes)."""

    title: str
    frame: Frame
    shares: Sequence[Share]
    whole: Share
    subjects: Sequence[Subject]
    found: Sequence[tuple[Kind, ...]]
    strata: Sequence[tuple[str, ...]]
    twins: Twins
    visits: Mapping[str, str]

    def last_visit(self, subject: Subject) -> str:
        """The day of the last visit by roster and record, blank where there was none."""
        return _last_visit(subject, self.visits)


def quality(
    plan: Plan,
    names: Sequence[tuple[str, str]],
    members: Mapping[str, Sequence[Subject]],
    seen: Mapping[tuple[str, str], str],
    as_of: date,
) -> Quality:
    """`names`: code and name of each stratum, in the plan's order; `members`: its subjects by code.

    `seen`: the day of the last visit on record by (specialty, id or 统一社会信用代码).
    """
    years = plan.coverage.years if plan.coverage else COVERING_YEARS
    frame = Frame(as_of.isoformat(), plan.period.end.isoformat(), years)
    subjects: list[Subject] = []
    strata: list[tuple[str, ...]] = []
    position_of: dict[int, int] = {}
    positions: dict[str, list[int]] = {}
    for code, _ in names:
        here = positions[code] = []
        for subject in members[code]:
            position = position_of.setdefault(id(subject), len(subjects))
            if position == len(subjects):
                subjects.append(subject)
                strata.append((code,))
            else:
                strata[position] = (*strata[position], code)
            here.append(position)
    like = twins(subjects)
    visits: dict[str, str] = {}
    for (_, subject_id), day in seen.items():
        visits[subject_id] = max(day, visits.get(subject_id, ""))
    found = [tuple(_kinds(subject, position in like, frame, visits)) for position, subject in enumerate(subjects)]
    shares = [
        Share(code, name, len(positions[code]), _counted(found[position] for position in positions[code]))
        for code, name in names
    ]
    return Quality(
        title=plan.title,
        frame=frame,
        shares=shares,
        whole=Share("", "", len(subjects), _counted(found)),
        subjects=subjects,
        found=found,
        strata=strata,
        twins=like,
        visits=visits,
    )


def _kinds(subject: Subject, is_like_another: bool, frame: Frame, visits: Mapping[str, str]) -> Iterator[Kind]:
    if not subject.code:
        yield "no_code"
    elif credit_code_fault(subject.code):
        yield "bad_code"
    if not subject.address:
        yield "no_address"
    if not subject.phone:
        yield "no_phone"
    if is_like_another:
        yield "duplicate"
    until = subject.licence_until
    if until and until <= frame.until and _is_day(until):
        yield "licence_lapsed" if until < frame.day else "licence_lapsing"
    seen = _last_visit(subject, visits) if visits else subject.last_visit
    if seen:
        if seen <= frame.before and _is_day(seen):
            yield "not_visited"
    elif not subject.registered or (subject.registered <= frame.before and _is_day(subject.registered)):
        yield "never_visited"


def _last_visit(subject: Subject, visits: Mapping[str, str]) -> str:
    on_record = visits.get(subject.subject) or visits.get(subject.code, "")
    return max(subject.last_visit, on_record) if _is_day(subject.last_visit) else on_record or subject.last_visit


def _is_day(text: str) -> bool:
    """Whether the door could read a date; what it could not is a Problem of its own."""
    return len(text) == _DAY and text[4] == text[7] == "-"


def _counted(found: Iterable[tuple[Kind, ...]]) -> Counter[Kind]:
    counts: Counter[Kind] = Counter()
    for kinds, number in Counter(found).items():
        for kind in kinds:
            counts[kind] += number
    return counts
