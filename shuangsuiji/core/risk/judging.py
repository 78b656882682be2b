"""The rules applied to the record: suggestions, one for each subject and rule, each with all that it rests on.

- A rule that would change nothing suggests nothing: ``raise_to`` below what a subject has, a grade that it has already.
- Closed subjects are passed over; events of subjects that the roster does not have are told apart.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.risk.facts import Fact, as_told, distinct, within
from shuangsuiji.core.risk.rules import Period, RiskRules, Rule
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.wording import tidy

_MOST_TOLD = 20


class Suggestion(NamedTuple):
    """One row of the sheet. `rule`: its name; `grade`, `must`: what is suggested, blank where that is not."""

    subject: str
    name: str
    rule: str
    grade_now: str
    grade: str
    must: str
    why: str

    @property
    def mark(self) -> str:
        """By which the sheet's row is known to be as it was made."""
        return hashlib.sha256("\x1f".join(map(tidy, self)).encode()).hexdigest()


class Judged(NamedTuple):
    """`hits`: how many subjects each rule (by code) met. `strangers`: events of subjects that are not on the roster."""

    rules: RiskRules
    as_of: date
    suggestions: tuple[Suggestion, ...]
    hits: Mapping[str, int]
    strangers: tuple[Fact, ...]
    closed: int


def judge(rules: RiskRules, found: Iterable[Fact], subjects: Sequence[Subject], year: int, as_of: date) -> Judged:
    """What the rules suggest for the plan of `year`, of what is on record up to `as_of`."""
    by_kind: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in distinct(found):
        by_kind[fact.kind][fact.subject].append(fact)
    known: dict[str, Subject] = {}
    for subject in subjects:
        known.setdefault(subject.subject, subject)
    rows: list[tuple[str, int, Suggestion]] = []
    hits = dict.fromkeys((rule.code for rule in rules.rules), 0)
    strangers: dict[Fact, None] = {}
    closed: set[str] = set()
    for order, rule in enumerate(rules.rules):
        period = rule.period(year, as_of)
        for subject_id, every in by_kind[rule.kind].items():
            met = _met(rule, within(every, period))
            if not met:
                continue
            its = known.get(subject_id)
            if its is None:
                strangers |= dict.fromkeys(met)
            elif its.is_closed:
                closed.add(subject_id)
            else:
                hits[rule.code] += 1
                if made := _suggestion(rules, rule, period, its, met):
                    rows.append((subject_id, order, made))
    suggestions = tuple(row for _, _, row in sorted(rows))
    return Judged(rules, as_of, suggestions, hits, tuple(sorted(strangers)), len(closed))


def _met(rule: Rule, found: Sequence[Fact]) -> list[Fact]:
    """The events that meet the rule; none where they are too few."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        groups[fact.alike if rule.same else ""].append(fact)
    return [fact for group in groups.values() if len(group) >= rule.at_least for fact in group]


def _suggestion(rules: RiskRules, rule: Rule, period: Period, its: Subject, met: Sequence[Fact]) -> Suggestion | None:
    grade = rule.grade
    if grade == its.grade or (rule.raise_to and rules.rank(its.grade) >= rules.rank(grade)):
        grade = ""
    if not grade and not rule.must:
        return None
    told = "；".join(f"{number}. {as_told(fact)}" for number, fact in enumerate(met[:_MOST_TOLD], 1))
    more = f"等{len(met)}项" if len(met) > _MOST_TOLD else ""
    alike = "同类" if rule.same else ""
    limit = f"规则 {rule.code}：{rule.at_least}次以上；{rule.basis}"
    why = f"{period.words}，{alike}{len(met)}次（{limit}）：{told}{more}"
    return Suggestion(its.subject, its.name, rule.name, its.grade, grade, rule.must or "", why)
