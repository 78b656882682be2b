"""Jobs over slots, at random and as even as can be for everybody: visits over weeks, and over the days of a week.

- Jobs come in the order of their tickets; each goes where its team is least burdened against its even share, the
  ticket of (job, slot) decides between equal ones. So the first jobs go anywhere, the last ones fill the gaps.
- Then single jobs are moved while that makes it more even; then chains of jobs, each making room for the one
  before (as Kernighan and Lin do), where somebody is still off the share, or above a cap.
- All numbers are integers: the same everywhere, for the same tickets.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Ticket

SCALE = 10**6
"""Units of a job in which even shares are counted."""
_OVER = 10**12
"""What a job above a cap costs: more than any unevenness."""
_CHAIN = 6
_SWEEPS = 60
_PASSES = 4
_TRIES = 2
_NEAREST = 8


class Job(NamedTuple):
    """Something that all of `team` do in one of `slots`."""

    name: str
    team: tuple[str, ...]
    slots: tuple[int, ...]


class Person(NamedTuple):
    """By slot: how many jobs are `fixed` there already, how many there may be (`caps`), and the even `shares`."""

    fixed: Sequence[int]
    caps: Sequence[int]
    shares: Sequence[int]


def person(weights: Sequence[int], caps: Sequence[int], fixed: Sequence[int], jobs: int) -> Person:
    """Somebody with so many `jobs` beside those `fixed`, to be shared out by `weights` (days present)."""
    total, number = sum(weights), sum(fixed) + jobs
    return Person(fixed, caps, [SCALE * number * weight // total if total else 0 for weight in weights])


class Spread(NamedTuple):
    """The slot of each job; `without`: those that found none within the caps."""

    slots: Mapping[str, int]
    without: frozenset[str]


def spread(jobs: Sequence[Job], people: Mapping[str, Person], ticket: Ticket, label: str) -> Spread:
    """Give each of `jobs` one of its slots. `label` keeps the tickets of several spreads apart."""
    return _Work(jobs, people, ticket, label).spread()


class _Work:
    """Where everything is just now: `add` and `less`, by person and slot, what one job more costs, one less saves."""

    def __init__(self, jobs: Sequence[Job], people: Mapping[str, Person], ticket: Ticket, label: str):
        self._people = people
        self._order = [job for _, job in sorted((ticket(label, job.name), job) for job in jobs)]
        self._prefer = {
            job.name: [slot for _, slot in sorted((ticket(label, job.name, str(slot)), slot) for slot in job.slots)]
            for job in jobs
        }
        self._load = {name: list(person.fixed) for name, person in people.items()}
        self._add = {name: [0] * len(person.fixed) for name, person in people.items()}
        self._less = {name: [0] * len(person.fixed) for name, person in people.items()}
        for name, one in people.items():
            for slot in range(len(one.fixed)):
                self._price(name, slot)
        self._at: dict[str, int] = {}
        self._tries = _TRIES * (len(jobs) + 1)
        self._of: dict[str, list[Job]] = {name: [] for name in people}
        for job in self._order:
            for name in job.team:
                self._of[name].append(job)

    def spread(self) -> Spread:
        for job in self._order:
            if job.slots:
                self._put(job, min(self._prefer[job.name], key=lambda slot: self._cost(job, slot)))
        self._move_single()
        self._move_chains()
        without = {job.name for job in self._order if not job.slots} | self._above_caps()
        return Spread({name: slot for name, slot in self._at.items() if name not in without}, frozenset(without))

    def _price(self, name: str, slot: int) -> None:
        """One job more or less at `slot`: how the square of the distance from the share changes, and the cap."""
        one, load = self._people[name], self._load[name][slot]
        even = 2 * (SCALE * load - one.shares[slot])
        over = load - one.caps[slot]
        self._add[name][slot] = even + SCALE + (_OVER * (over + 1) if over >= 0 else 0)
        self._less[name][slot] = even - SCALE + (_OVER * over if over > 0 else 0)

    def _cost(self, job: Job, slot: int) -> int:
        return sum(self._add[name][slot] for name in job.team)

    def _saved(self, job: Job) -> int:
        return sum(self._less[name][self._at[job.name]] for name in job.team)

    def _put(self, job: Job, slot: int) -> None:
        before = self._at.get(job.name)
        self._at[job.name] = slot
        for name in job.team:
            if before is not None:
                self._load[name][before] -= 1
                self._price(name, before)
            self._load[name][slot] += 1
            self._price(name, slot)

    def _move_single(self) -> None:
        for _ in range(_SWEEPS):
            moved = False
            for job in self._order:
                if job.name in self._at:
                    here, saved = self._at[job.name], self._saved(job)
                    rows = [self._add[name] for name in job.team]
                    best, least = here, saved
                    for slot in self._prefer[job.name]:
                        cost = sum(row[slot] for row in rows)
                        if cost < least and slot != here:
                            best, least = slot, cost
                    if best != here:
                        self._put(job, best)
                        moved = True
            if not moved:
                return

    def _move_chains(self) -> None:
        """While somebody is a whole job off the share, or above a cap, and a chain helps."""
        for _ in range(_PASSES):
            helped = [self._helped(name, slot) for _, name, slot in sorted(self._off(), reverse=True)]
            if not any(helped):
                return

    def _off(self) -> Iterator[tuple[int, str, int]]:
        """Who is a job or more off the share, or above a cap, where; the worst has the greatest number."""
        for name, loads in self._load.items():
            for slot in range(len(loads)):
                if off := self._is_off(name, slot):
                    yield off, name, slot

    def _is_off(self, name: str, slot: int) -> int:
        """How far; 0 for less than one job."""
        one, load = self._people[name], self._load[name][slot]
        off = abs(SCALE * load - one.shares[slot])
        return off + max(0, load - one.caps[slot]) * _OVER if off >= SCALE or load > one.caps[slot] else 0

    def _helped(self, name: str, slot: int) -> bool:
        """Whether a chain brought `name` nearer to the share there, if that was still needed."""
        if not self._is_off(name, slot):
            return False
        add, one = self._add[name], self._people[name]
        others = sorted((other for other in range(len(add)) if other != slot), key=add.__getitem__)
        if SCALE * self._load[name][slot] > one.shares[slot]:
            return any(
                self._chain(job, slot, other)
                for other in others[:_NEAREST]
                for job in self._of[name]
                if self._is(job, slot)
            )
        return any(
            self._chain(job, other, slot)
            for other in others[: -_NEAREST - 1 : -1]
            for job in self._of[name]
            if self._is(job, other)
        )

    def _is(self, job: Job, slot: int) -> bool:
        return self._at.get(job.name) == slot

    def _chain(self, first: Job, one: int, two: int) -> bool:
        """Move `first` from `one` to `two`, then whatever that makes best; keep what was best of it, if anything."""
        if two not in first.slots or not self._tries:
            return False
        self._tries -= 1
        moved = [(first, one)]
        touched = {one, two}
        total = self._moved(first, two)
        best = min(0, total)
        kept = int(total < 0)
        while len(moved) < _CHAIN and (found := self._next([job for job, _ in moved], touched)):
            job, slot = found
            moved.append((job, self._at[job.name]))
            touched.add(slot)
            total += self._moved(job, slot)
            if total < best:
                best, kept = total, len(moved)
        for job, before in reversed(moved[kept:]):
            self._put(job, before)
        return kept > 0

    def _moved(self, job: Job, slot: int) -> int:
        """Put it there; by how much that is dearer."""
        change = self._cost(job, slot) - self._saved(job)
        self._put(job, slot)
        return change

    def _next(self, moved: Sequence[Job], touched: Collection[int]) -> tuple[Job, int] | None:
        """The best move of a job in a slot `touched`, of somebody disturbed so far."""
        done = {job.name for job in moved}
        best: tuple[int, str, int] | None = None
        chosen = None
        for name in {name for job in moved for name in job.team}:
            for job in self._of[name]:
                here = self._at.get(job.name)
                if here in touched and job.name not in done:
                    rows, saved = [self._add[each] for each in job.team], self._saved(job)
                    for slot in job.slots:
                        rank = sum(row[slot] for row in rows) - saved, job.name, slot
                        if slot != here and (best is None or rank < best):
                            best, chosen = rank, job
        return (chosen, best[2]) if chosen and best else None

    def _above_caps(self) -> set[str]:
        """The jobs to be taken out, the last in the order first, until nobody is above a cap."""
        taken: set[str] = set()
        for job in reversed(self._order):
            slot = self._at.get(job.name)
            if slot is not None and any(self._load[name][slot] > self._people[name].caps[slot] for name in job.team):
                taken.add(job.name)
                for name in job.team:
                    self._load[name][slot] -= 1
        return taken
