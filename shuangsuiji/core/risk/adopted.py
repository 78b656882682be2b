"""What a reviewed sheet makes of the roster: who becomes 必查 and why, whose grade changes. Only what was adopted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shuangsuiji.core.roster.subject import Subject

OTHERS = "其他风险情形"
"""What a notice calls rules that it does not name."""


class Counted(NamedTuple):
    """How many subjects one rule made 必查, and how many grades it changed; `public_name`: what notices call it."""

    rule: str
    public_name: str
    must: int
    grades: int


class Adopted(NamedTuple):
    """Of the sheet `file`, made on `as_of` (ISO): `must` subject → reasons, `grades` subject → (before, after).

    `rules`: in the order of the rule file, those that did anything; `declined`: rows that were not adopted.
    """

    file: str
    as_of: str
    must: Mapping[str, str]
    grades: Mapping[str, tuple[str, str]]
    rules: tuple[Counted, ...]
    declined: int


def applied(subjects: Iterable[Subject], adopted: Adopted) -> list[Subject]:
    """The roster as it was reviewed: reasons are added to those that stand there, grades take their place."""
    found = []
    for subject in subjects:
        its = subject
        if reason := adopted.must.get(its.subject):
            reasons = [its.must] if its.must else []
            its = its._replace(must="；".join([*reasons, *([reason] if reason not in reasons else [])]))
        if its.subject in adopted.grades:
            its = its._replace(grade=adopted.grades[its.subject][1])
        found.append(its)
    return found


def for_notice(rules: Iterable[Counted]) -> list[tuple[str, int, int]]:
    """Name, 必查, grades of each rule as the public may read it: those without a name of their own together, last."""
    sums: dict[str, tuple[int, int]] = {}
    for one in rules:
        must, grades = sums.get(one.public_name, (0, 0))
        sums[one.public_name] = (must + one.must, grades + one.grades)
    return sorted(((name, *numbers) for name, numbers in sums.items()), key=lambda row: row[0] == OTHERS)
