"""How often a subject may be taken in one year, and whom that leaves out (`frequency` of the plan).

- Counted are visits: one draw that merges several strata of a subject into one visit counts once.
- What counts: draws and received lists of the year in this workspace, non-random visits of the bases that the plan
  names, and each list of `already`. Not by default: visits on a complaint, a tip or a case handed over. They are no
  regular inspection (S1 四), and if they counted, a complaint would take its firm out of the draw.
- Nobody is left out who is exempt: that is told in the plan's notice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shuangsuiji.core.plan.caprule import NON_RANDOM, Frequency
from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.roster.subject import Subject


class Counted(NamedTuple):
    """What counts against the cap: what people call it, how many visits it is, and whether it was at random."""

    label: str
    visits: int = 1
    is_random: bool = True

    def told(self, limit: int) -> str:
        """What is said of it beside a cap of `limit`: how many visits only where that decides."""
        return f"{self.label} {self.visits}次" if self.visits > 1 and limit > 1 else self.label


class Exempt(NamedTuple):
    """Who is exempt: 必查 subjects, strata by code, lists of ids by file name."""

    must: bool = False
    strata: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = {}

    def reason(self, subject: Subject, stratum: str) -> str:
        """Why `subject` is exempt in `stratum`; blank where it is not."""
        if self.must and subject.must:
            return "必查"
        if stratum in self.strata:
            return "本层不限频次"
        named = (name for name, ids in self.lists.items() if subject.subject in ids or subject.code in ids)
        return next((f"列入{name}" for name in named), "")


@dataclass(frozen=True, slots=True)
class Caps:
    """The plan's caps: `by_grade` by the roster's word; `taken`: what counts already, by subject id or credit code."""

    per_year: int
    by_grade: Mapping[str, int] = field(default_factory=dict)
    exempt: Exempt = field(default_factory=Exempt)
    taken: Mapping[str, Sequence[Counted]] = field(default_factory=dict)

    def limit(self, grade: str) -> int:
        """How many visits a subject of that grade may have in the year."""
        return self.by_grade.get(grade, self.per_year)

    def reason(self, subject: Subject) -> str:
        """Why `subject` has had its share, blank where it has not. Public: it stands in ``excluded.csv``."""
        return self.reached((subject.subject, subject.code), subject.grade)

    def reached(self, ids: Iterable[str], grade: str) -> str:
        """The same for a subject of these `ids` (blank ones are none)."""
        taken = [one for text in dict.fromkeys(ids) if text for one in self.taken.get(text, ())]
        limit = self.limit(grade)
        if not taken or sum(one.visits for one in taken) < limit:
            return ""
        parts = []
        for word, is_random in (("抽取", True), ("检查", False)):
            told = [one.told(limit) for one in taken if one.is_random == is_random]
            if told:
                parts.append(f"本年度已{word}：{'、'.join(told)}")
        return "；".join(parts) + (f"；每年不超过{limit}次" if limit > 1 else "")


def counted_kinds(rule: Frequency) -> frozenset[str]:
    """The kinds of `core.year.history` that count; ``otherwise`` stands for all non-random bases."""
    more = NON_RANDOM if "otherwise" in rule.counts else ()
    return frozenset({*rule.counts, *more} - {"otherwise"})


def grades(plan: Plan) -> dict[str, int]:
    """The caps by the roster's word: a key may be the word, or the code that a stratum's `by_grade` gives it."""
    if plan.frequency is None:
        return {}
    words: dict[str, set[str]] = {}
    for stratum in plan.strata:
        for code, grade in (stratum.by_grade or {}).items():
            words.setdefault(code, set()).add(grade.grade or code)
    known = {word for of_code in words.values() for word in of_code}
    caps: dict[str, int] = {}
    for key, cap in plan.frequency.by_grade.items():
        for word in (key,) if key in known else words.get(key, (key,)):
            caps[word] = cap
    return caps


def exempt(rule: Frequency, strata: Sequence[Layer], lists: Mapping[str, frozenset[str]]) -> Exempt:
    """Who is exempt; a graded stratum's code means all its grades. `lists`: the ids in each file that it names."""
    words = set(rule.exempt)
    codes = {layer.code for layer in strata if layer.code in words or layer.rule in words}
    return Exempt("must" in words, frozenset(codes), {name: ids for name, ids in lists.items() if name in words})
