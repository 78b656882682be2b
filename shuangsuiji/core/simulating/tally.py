"""What many simulated draws come to, counted: it adds up in any order, so that several processes can count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from shuangsuiji.core.draw.pairing import Need

Key = TypeVar("Key")
Value = TypeVar("Value")
Group = tuple[str, ...]
"""The strata of one visit."""


@dataclass(slots=True)
class Tally:
    """Counts over `seeds` draws; those without lawful teams (`stuck`, by number) count for subjects and visits only.

    `drawn`: by stratum, how often each subject was; `subjects`: in any stratum. `tasks`, `visits`: with `visits` of the
    plan merged, whatever it says; `groups`: strata of these visits; `apart`: subjects that needed more than one.
    `loads`: how often each load; `seats`: by need, how often each inspector was on the team; `pairs`: who met whom.
    """

    seeds: int = 0
    drawn: dict[str, Counter[str]] = field(default_factory=dict)
    subjects: Counter[str] = field(default_factory=Counter)
    tasks: int = 0
    visits: Counter[int] = field(default_factory=Counter)
    groups: Counter[Group] = field(default_factory=Counter)
    apart: Counter[tuple[Group, ...]] = field(default_factory=Counter)
    loads: dict[str, Counter[int]] = field(default_factory=dict)
    seats: dict[Need, Counter[str]] = field(default_factory=dict)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    stuck: list[int] = field(default_factory=list)

    @property
    def paired(self) -> int:
        """Draws that had lawful teams."""
        return self.seeds - len(self.stuck)

    def add(self, other: "Tally") -> None:
        """Count `other`'s draws too."""
        self.seeds += other.seeds
        self.tasks += other.tasks
        _add(self.drawn, other.drawn)
        _add(self.loads, other.loads)
        _add(self.seats, other.seats)
        for name in ("subjects", "visits", "groups", "apart", "pairs"):
            getattr(self, name).update(getattr(other, name))
        self.stuck = sorted((*self.stuck, *other.stuck))


def _add(mine: dict[Key, Counter[Value]], theirs: Mapping[Key, Counter[Value]]) -> None:
    for key, counter in theirs.items():
        mine.setdefault(key, Counter()).update(counter)


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def mean(counter: Counter[int]) -> float:
    """The mean of the values; 0 where there are none.

    >>> mean(Counter({1: 1, 4: 2}))
    3.0
    """
    number = counter.total()
    return sum(value * times for value, times in counter.items()) / number if number else 0.0


def quantile(counter: Counter[int], percent: int) -> int:
    """The smallest value that at least `percent` % do not exceed; 0 where there are none.

    >>> [quantile(Counter(range(1, 101)), percent) for percent in (5, 95, 100)]
    [5, 95, 100]
    """
    wanted, seen, value = percent * counter.total(), 0, 0
    for value in sorted(counter):
        seen += counter[value]
        if seen * 100 >= wanted:
            break
    return value
