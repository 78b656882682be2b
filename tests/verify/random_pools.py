"""Small pools of chance's own making, over every rule that a draw can have; the same for ever for one `name`."""

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from shuangsuiji.core.draw.pool import (
    CoverageRule,
    Pool,
    PoolInspector,
    PoolStratum,
    PoolSubject,
    Rules,
    TeamRule,
)
from shuangsuiji.core.draw.quota import quota

NAMES = ("甲宾馆", '“乙”，"丙"酒店', "A&B <丁>公司", "戊,己诊所", "庚\n辛小学", "𠮷野家", " 壬 ")
RATIOS = {"8%": Fraction(8, 100), "0.5%": Fraction(1, 200), "33.3%": Fraction(333, 1000), "1/7": Fraction(1, 7),
          "100%": Fraction(1), "45%": Fraction(45, 100)}  # fmt: skip
SPECIALTIES = ("GGCS", "XXWS", "YLWS")
AREAS = ("东", "西", "")


class Case(NamedTuple):
    """One draw to be computed by everybody; `seed` = its sources."""

    name: str
    pool: Pool
    sources: tuple[str, ...]


def random_cases(count: int, name: str) -> Iterator[Case]:
    """`count` draws; about one in eight has no lawful teams."""
    rng = random.Random(name)
    for number in range(count):
        yield Case(f"{name}-{number}", _pool(rng, number), _sources(rng))


def _pool(rng: random.Random, number: int) -> Pool:
    codes = rng.sample(["GGCS-A", "GGCS-B", "XXWS", "YLWS.1", "0S"], rng.randint(1, 4))
    ids = [
        f"{rng.choice(['QH', 'a', 'A', '9'])}{n}{rng.choice(['', '.x', '_', '-Z'])}" for n in range(rng.randint(1, 14))
    ]
    years = rng.choice([None, None, 1, 3, 5])
    joint = (
        {c: {"WJ": rng.randint(1, 2), "SJ": rng.randint(1, 2)} for c in codes if rng.random() < 0.5}
        if number % 5 == 0
        else None
    )
    rules = Rules(
        protocol="ssj1",
        draw=f"T-{number}",
        agency="WJ",
        tickets=rng.choice(["shared", "independent"]),
        must_include=rng.choice(["within", "on-top"]),
        coverage=None if years is None else CoverageRule(years=years),
        team=TeamRule(
            size=rng.randint(1, 3),
            specialty=rng.choice(["every", "every", "one", "any"]),
            lead=rng.random() < 0.3,
            area=rng.choice(["any", "any", "own", "other"]),
        ),
        visits=rng.choice(["merge", "separate"]),
        departments=joint or None,
    )
    where = {subject: rng.choice(AREAS) for subject in ids}
    subjects = [
        PoolSubject(
            code, subject, rng.choice(NAMES), where[subject], rng.random() < 0.2,
            rng.randint(1, years) if years and rng.random() < 0.9 else None,
        )
        for code in codes for subject in ids if rng.random() < 0.7
    ]  # fmt: skip
    inspectors = [
        PoolInspector(
            f"P{n:02d}", rng.choice(["WJ", "SJ"]) if joint else "WJ",
            tuple(sorted(rng.sample(SPECIALTIES, rng.choice([1, 2, 3, 3, 3])))), rng.random() < 0.5,
            rng.choice([0, 0, 0, 1, 4]), rng.choice([None, None, None, 5, 9]),
            tuple(rng.sample(["东", "西"], rng.randint(0, 2))),
        )
        for n in range(rng.randint(3, 10))
    ]  # fmt: skip
    conflicts = [(i.inspector, subject) for i in inspectors for subject in ids if rng.random() < 0.05]
    return Pool(
        strata=tuple(_stratum(rng, code, subjects, rules.must_include) for code in codes),
        subjects=tuple(sorted(subjects)),
        inspectors=tuple(inspectors),
        conflicts=tuple(sorted(conflicts)),
        excluded=(),
        rules=rules,
    )


def _stratum(rng: random.Random, code: str, subjects: list[PoolSubject], must_include: str) -> PoolStratum:
    mine = [s for s in subjects if s.stratum == code]
    must = sum(s.must for s in mine)
    base = len(mine) - (must if must_include == "on-top" else 0)
    rounding, ratio = rng.choice(["ceil", "half-up", "floor"]), rng.choice([*RATIOS, ""])
    number = quota(
        base,
        ratio=RATIOS.get(ratio),
        rounding=rounding,
        count=None if ratio else rng.randint(0, 6),
        all_below=rng.choice([None, 3]),
        minimum=rng.choice([None, 1]),
    )
    return PoolStratum(code, f"层{code}", rng.choice(SPECIALTIES), len(mine), must, ratio, rounding, number)


def _sources(rng: random.Random) -> tuple[str, ...]:
    reds = "".join(f"{ball:02d}" for ball in sorted(rng.sample(range(1, 34), 6)))
    return rng.choice([
        (f"given:{rng.random()}",),
        (f"local:{rng.getrandbits(256):064x}",),
        (f"ssq:2026099:{reds}+{rng.randint(1, 16):02d}", f"dice:{rng.randint(10**9, 10**10 - 1)}"),
    ])  # fmt: skip
