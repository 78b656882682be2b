"""Which subject belongs to which layer, and who is left out before the draw and why.

- A subject belongs to every layer whose specialty it has and whose conditions it meets; of one specialty to one only.
- Left out, in this order: closed (注销/停业 …), by `exclude`, taken often enough this year (`frequency`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from shuangsuiji.core.draw.pool import Excluded
from shuangsuiji.core.plan.frequency import Caps
from shuangsuiji.core.plan.layers import GRADE, Layer
from shuangsuiji.core.plan.model import Exclude, Plan
from shuangsuiji.core.plan.publicname import public_name, public_reason
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.roster.subject import Subject

Group = Literal["closed", "exclude", "frequency"]
"""The rules that leave subjects out."""


class Listed(NamedTuple):
    """Ids (or credit codes) that a file of the plan names, each with its reason."""

    reasons: Mapping[str, str]

    def reason(self, subject: Subject) -> str | None:
        """Why `subject` is on the list; None where it is not."""
        return self.reasons.get(subject.subject) or (self.reasons.get(subject.code) if subject.code else None)


@dataclass(slots=True)
class Membership:
    """Who is in which layer (by code), who was left out by which rule, who is in although his cap is reached.

    `groups`: stratum and subject of each that was left out → its rule. `spared`: as `excluded`, with why he is exempt.
    """

    members: dict[str, list[Subject]]
    excluded: list[Excluded] = field(default_factory=list)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    spared: list[Excluded] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Leaving(NamedTuple):
    """What leaves subjects out: lists by file name, and the caps of the year (None: there are none)."""

    lists: Mapping[str, Listed]
    caps: Caps | None

    def reason(self, subject: Subject, excludes: Sequence[Exclude]) -> tuple[Group, str] | None:
        """By which rule and why `subject` is left out; None where it is not."""
        if subject.status and subject.is_closed:
            return "closed", f"状态：{subject.status}"
        for rule in excludes:
            if rule.file is not None:
                listed = self.lists[rule.file].reason(subject)
                if listed is not None:
                    return "exclude", rule.reason or listed
            elif all(subject.cell(column) in values for column, values in rule.where.items()):
                return "exclude", rule.reason
        often = self.caps.reason(subject) if self.caps is not None and self.caps.taken else ""
        return ("frequency", often) if often else None


GROUP_NAMES: Mapping[Group, str] = {
    "closed": "已停业、注销等",
    "exclude": "按方案规定排除",
    "frequency": "本年度检查次数已满",
}


def excluded_text(excluded: Iterable[Excluded]) -> str:
    """How many a pool leaves out, by rule, as notices say it; blank where there are none.

    >>> excluded_text([Excluded("G", "A1", "甲", "状态：注销"), Excluded("G", "A2", "乙", "本年度已抽取：R1")])
    '已停业、注销等1家次，本年度检查次数已满1家次'
    """
    count = Counter(_group_of(one.reason) for one in excluded)
    return "，".join(f"{name}{count[group]}家次" for group, name in GROUP_NAMES.items() if count[group])


def _group_of(reason: str) -> Group:
    """Which rule gave a pool's public reason: those of `Leaving.reason` begin like this."""
    return "closed" if reason.startswith("状态：") else "frequency" if reason.startswith("本年度已") else "exclude"


def membership(
    plan: Plan,
    place: Place,
    layers: Sequence[Layer],
    subjects: Sequence[Subject],
    specialties: Specialties,
    leaving: Leaving,
) -> Membership:
    """Sort `subjects` into `layers`. `place` = the plan file, for what the rosters as a whole lack."""
    sorting = _Sorting(layers, specialties, leaving)
    for subject in subjects:
        if subject.subject:
            for word in subject.specialties:
                sorting.place(subject, word)
    result = sorting.result
    result.problems.extend(_without_stratum(sorting.no_stratum, place))
    result.problems.extend(_unknown_columns(plan, place, layers, subjects))
    return result


class _Sorting:
    """The work of `membership`, subject by subject."""

    def __init__(self, layers: Sequence[Layer], specialties: Specialties, leaving: Leaving):
        self.result = Membership({layer.code: [] for layer in layers})
        self.no_stratum: dict[str, list[Subject]] = defaultdict(list)
        self._specialties, self._leaving = specialties, leaving
        self._of_specialty: dict[str, list[Layer]] = defaultdict(list)
        for layer in layers:
            self._of_specialty[layer.specialty].append(layer)
        self._taken: set[tuple[str, str]] = set()

    def place(self, subject: Subject, word: str) -> None:
        """Put `subject` into the layer that its specialty `word` leads to."""
        code = self._specialties.code(word)
        if code is None:
            self._without_layer(subject, word)
            return
        choice = self._of_specialty[code]
        if len(choice) > 1 or choice[0].where:
            choice = [layer for layer in choice if meets(subject, layer)]
        if len(choice) != 1:
            self.result.problems.extend(_unplaced(subject, word, choice, self._of_specialty[code]))
            return
        self._join(subject, choice[0])

    def _join(self, subject: Subject, layer: Layer) -> None:
        if (layer.code, subject.subject) in self._taken:
            what = f"编号 {subject.subject}（“{subject.name}”）在“{layer.name}”这一层重复出现。"
            todo = "请删去重复的一行，或改正编号。"
            self.result.problems.append(subject.problem("duplicate-subject", what, todo, "对象编号"))
            return
        self._taken.add((layer.code, subject.subject))
        found = self._leaving.reason(subject, layer.exclude)
        if found is None:
            self.result.members[layer.code].append(subject)
            return
        group, reason = found
        caps = self._leaving.caps
        exempt = caps.exempt.reason(subject, layer.code) if group == "frequency" and caps is not None else ""
        left_out = Excluded(layer.code, subject.subject, public_name(subject), public_reason(exempt or reason))
        if exempt:
            self.result.members[layer.code].append(subject)
            self.result.spared.append(left_out)
        else:
            self.result.excluded.append(left_out)
            self.result.groups[layer.code, subject.subject] = group

    def _without_layer(self, subject: Subject, word: str) -> None:
        if not self._specialties.is_known(word):
            what = f"“{subject.name}”的专业“{word}”不认识。"
            advice = self._specialties.advice(word)
            self.result.problems.append(subject.problem("unknown-specialty", what, advice, "专业"))
        elif not subject.is_closed:
            self.no_stratum[word].append(subject)


def meets(subject: Subject, layer: Layer) -> bool:
    """Whether `subject` has, for each column of the layer's `where`, one of its values."""
    return all(subject.cell(column) in values for column, values in layer.where.items())


def _unplaced(subject: Subject, word: str, choice: list[Layer], candidates: list[Layer]) -> Iterator[Problem]:
    if choice:
        names = "、".join(f"“{layer.name}”" for layer in choice)
        what = f"“{subject.name}”同时落入{names}，同一专业的各层不能重叠。"
        yield subject.problem("overlapping-strata", what, "请修改方案里这些层的 where 条件。", "专业")
    elif subject.is_closed or (GRADE in candidates[0].where and GRADE not in subject.table.cells):
        return  # nothing to place, or the missing column is reported once
    elif any(GRADE in layer.where for layer in candidates):
        grade = subject.grade or "空白"
        what = f"“{subject.name}”的信用风险等级是“{grade}”，方案的 by_grade 没有这一级。"
        todo = "请补填等级，或在方案这一层写 ungraded（未评级按哪一级抽）。"
        yield subject.problem("grade-without-ratio", what, todo, GRADE)
    else:
        what = f"“{subject.name}”有专业“{word}”，但不符合方案中任何一层的条件，不参加抽取。"
        yield warning("no-stratum", subject.table.place(subject.row, "专业"), what, "如应参加，请修改方案的 where。")


def _without_stratum(found: Mapping[str, list[Subject]], place: Place) -> Iterator[Problem]:
    for word, subjects in found.items():
        what = f"专业“{word}”有 {len(subjects)} 家检查对象，但方案没有这一层，它们不参加抽取。"
        yield warning("no-stratum", place, what, "如应抽查，请在方案里补上这一层。")


def _unknown_columns(
    plan: Plan, place: Place, layers: Sequence[Layer], subjects: Sequence[Subject]
) -> Iterator[Problem]:
    tables = {id(subject.table): subject.table for subject in subjects}.values()
    headings = {heading for table in tables for heading in table.cells}
    asked = {column for layer in layers for column in layer.where}
    asked |= {column for rule in plan.exclude for column in rule.where}
    asked |= {column for stratum in plan.strata for rule in stratum.exclude for column in rule.where}
    for column in sorted(asked - headings):
        what = f"方案的条件用到“{column}”列，检查对象名录库里没有这一列。"
        yield error("condition-column", place, what, "请核对列名，或在名册里补上这一列。")
