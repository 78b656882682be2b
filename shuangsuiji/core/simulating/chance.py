"""How often each subject is drawn: as it was in the simulation, beside what it must be where that is known.

In a stratum of N with n drawn and m of them always, everybody else has the chance (n − m) ÷ (N − m): tickets are
equal. With a coverage rule it depends on the years left in a way that has no short formula: then only those who are
always drawn are known.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from shuangsuiji.core.draw.drawing import numbers
from shuangsuiji.core.draw.pool import Pool, PoolStratum, PoolSubject
from shuangsuiji.core.simulating.tally import Tally


class Chance(NamedTuple):
    """One subject in one stratum."""

    stratum: str
    subject: str
    name: str
    must: bool
    measured: float
    expected: Fraction | None


class StratumChance(NamedTuple):
    """Those of a stratum who are not always drawn: `expected` (None: unknown), the lowest and highest `measured`.

    `noise`: so far from the expected chance a thousand measured ones may lie by mere luck.
    """

    stratum: PoolStratum
    number: int
    expected: Fraction | None
    lowest: float
    highest: float
    noise: float | None


class GradeChance(NamedTuple):
    """All subjects of one credit grade: the chance of being visited at all, tasks per subject."""

    grade: str
    subjects: int
    measured: float
    tasks: float
    expected: float | None


def chances(pool: Pool, tally: Tally) -> list[Chance]:
    """Everybody, in the plan's order of strata."""
    drawn, years = numbers(pool), pool.rules.coverage
    place = {stratum.stratum: at for at, stratum in enumerate(pool.strata)}
    by_code = {stratum.stratum: stratum for stratum in pool.strata}
    return [
        Chance(
            one.stratum,
            one.subject,
            one.name,
            one.must,
            tally.drawn[one.stratum][one.subject] / max(1, tally.seeds),
            _expected(one, by_code[one.stratum], drawn[one.stratum], covered=years is not None),
        )
        for one in sorted(pool.subjects, key=lambda one: (place[one.stratum], one.subject))
    ]


def by_stratum(pool: Pool, found: list[Chance], seeds: int) -> list[StratumChance]:
    """One line per stratum."""
    drawn = numbers(pool)
    rows = []
    for stratum in pool.strata:
        free = [one for one in found if one.stratum == stratum.stratum and not one.must]
        measured = [one.measured for one in free]
        known = {one.expected for one in free}
        expected = known.pop() if len(known) == 1 else None
        p = None if expected is None else float(expected)
        rows.append(
            StratumChance(
                stratum,
                drawn[stratum.stratum],
                expected,
                min(measured, default=0.0),
                max(measured, default=0.0),
                None if p is None else 4 * sqrt(p * (1 - p) / max(1, seeds)) + 4 / max(1, seeds),
            )
        )
    return rows


def by_grade(pool: Pool, found: list[Chance], tally: Tally, grades: Mapping[str, str]) -> list[GradeChance]:
    """One line per credit grade of the roster (`grades`: by subject id), blank for those without one."""
    rows: dict[str, list[Chance]] = defaultdict(list)
    subjects: dict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        rows[grades.get(one.subject, "")].append(one)
        subjects[grades.get(one.subject, "")][one.subject] = None
    return list(_grades(rows, subjects, tally)) if pool.subjects else []


def _grades(
    rows: Mapping[str, list[Chance]], subjects: Mapping[str, dict[str, None]], tally: Tally
) -> Iterator[GradeChance]:
    for grade in sorted(rows, key=lambda grade: (not grade, grade)):
        people, mine = subjects[grade], rows[grade]
        known = [one.expected for one in mine if one.expected is not None]
        yield GradeChance(
            grade,
            len(people),
            sum(tally.subjects[subject] for subject in people) / max(1, tally.seeds) / len(people),
            sum(one.measured for one in mine) / len(people),
            float(sum(known)) / len(people) if len(known) == len(mine) else None,
        )


def _expected(one: PoolSubject, stratum: PoolStratum, number: int, *, covered: bool) -> Fraction | None:
    if one.must or number >= stratum.population or (covered and one.left == 1):
        return Fraction(1)
    if covered:
        return None
    return Fraction(number - stratum.must, stratum.population - stratum.must)
