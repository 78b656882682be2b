"""Whatever the rosters and rules: a joint team is complete, of its department, without conflict, by every rule.

Lawfulness is judged from the roster's own rows here, not by the code that made the teams; every draw and every round
of re-draws is computed again by the checkers that share no line with us.
"""

import contextlib
import importlib.util
import io
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import draw
from tests.conftest import ITEMS, REPOSITORY, Answer, County
from tests.verify.random_pools import random_cases

WORKSPACES = 12
STRATA = {"公共场所": "GGCS", "学校卫生": "XXWS"}


class Person(NamedTuple):
    """A row of a roster; `agency` = whose file it stands in."""

    number: str
    agency: str
    specialties: frozenset[str]
    lead: bool
    areas: frozenset[str]


class World(NamedTuple):
    """Random rosters and rules."""

    people: dict[str, Person]
    subjects: dict[str, tuple[str, frozenset[str]]]
    conflicts: set[tuple[str, str]]
    departments: dict[str, dict[str, int]]
    specialty: str
    area: str
    lead: bool
    visits: str


def world(rng: random.Random, number: int) -> World:
    area = ("any", "own", "other")[number % 3]
    agencies = ("WJ", "SJ", "GA") if number % 4 == 3 else ("WJ", "SJ")
    people = {}
    for agency in agencies:
        for n in range(rng.randint(5, 7)):
            held = ["公共场所", "学校卫生"] if rng.random() < 0.8 else [rng.choice([*STRATA])]
            areas = rng.choice((["东"], ["西"], ["东", "西"])) if area == "own" else rng.choice((["东"], ["西"]))
            number_ = f"{agency[0]}{n}"
            people[number_] = Person(number_, agency, frozenset(held), n < 3 or rng.random() < 0.4, frozenset(areas))
    subjects = {
        f"Q{n}": (rng.choice(("东", "西")), frozenset(rng.sample([*STRATA], rng.randint(1, 2)))) for n in range(7)
    }
    subjects["Q8"] = ("东", frozenset(STRATA))
    joint = {"GGCS": dict.fromkeys(agencies, 1) | {"WJ": rng.randint(1, 2)}}
    if rng.random() < 0.5:
        joint["XXWS"] = dict(joint["GGCS"]) if rng.random() < 0.5 else {"WJ": 2, "SJ": 1}
    return World(
        people,
        subjects,
        {(who, subject) for who in people for subject in subjects if rng.random() < 0.06},
        joint,
        rng.choice(("every", "one", "any")),
        area,
        rng.random() < 0.4,
        rng.choice(("merge", "separate")),
    )


def write(county: County, of: World) -> None:
    """Its files: one roster, and one list of conflicts, for each department."""
    strata = ""
    for name, code in STRATA.items():
        seats = ", ".join(f"{department}: {places}" for department, places in of.departments.get(code, {}).items())
        joint = f", departments: {{{seats}}}" if seats else ""
        strata += f"  - {{code: {code}, name: {name}, ratio: 60%{joint}}}\n"
    county.write(
        "plans/2023.yaml",
        "draw: T-2023\ntitle: 试\nagency: {code: WJ, name: 卫健局}\nyear: 2023\n"
        f"period: {{start: 2023-04-01, end: 2023-11-30}}\nstrata:\n{strata}"
        f"team: {{specialty: {of.specialty}, area: {of.area}, lead: {str(of.lead).lower()}}}\nvisits: {of.visits}\n"
        "departments: {SJ: 市场局, GA: {name: 公安局, inspectors: inspectors-GA.csv}}\n",
    )
    rows = [f"{s},单位{s},{'；'.join(sorted(held))},{area}" for s, (area, held) in of.subjects.items()]
    county.write("rosters/subjects.csv", "\n".join(["对象编号,单位名称,专业,区域", *rows]) + "\n")
    county.write("rosters/items.csv", ITEMS)
    for agency in ("WJ", "SJ", "GA"):
        own = "" if agency == "WJ" else f"-{agency}"
        nobody = Person("G9", "GA", frozenset(STRATA), lead=True, areas=frozenset("东"))
        lines = [
            f"{p.number},人员{p.number},{_list(p.specialties)},{'是' if p.lead else '否'},{_list(p.areas)}"
            for p in [p for p in of.people.values() if p.agency == agency] or [nobody]
        ]
        county.write(f"rosters/inspectors{own}.csv", "\n".join(["执法证号,姓名,专业,主办,区域", *lines]) + "\n")
        pairs = [f"{who},{s}" for who, s in sorted(of.conflicts) if of.people[who].agency == agency]
        county.write(f"rosters/conflicts{own}.csv", "\n".join(["执法证号,对象编号", *pairs]) + "\n")


def _list(parts: Iterable[str]) -> str:
    return "；".join(sorted(parts))


def faults(of: World, county: County, recused: set[tuple[str, str]]) -> Iterator[str]:
    """Everything unlawful about the teams on record."""
    strata: dict[str, set[str]] = {}
    subject_of: dict[str, str] = {}
    for _, visit, stratum, subject, *_ in county.read("result/tasks.csv"):
        strata.setdefault(visit, set()).add(stratum)
        subject_of[visit] = subject
    found: dict[tuple[str, str], list[Person]] = {}
    for name, who, _ in county.read("result/teams.csv"):
        visit, _, department = name.partition(":")
        found.setdefault((visit, department or "WJ"), []).append(of.people[who])
    for visit, codes in strata.items():
        kinds = {tuple(of.departments.get(code, {"WJ": 2}).items()) for code in codes}
        if len(kinds) != 1:
            yield f"{visit}: strata of different departments"
        for department, places in min(kinds):
            team = found.pop((visit, department), [])
            subject = subject_of[visit]
            area = of.subjects[subject][0]
            needed = {name for name, code in STRATA.items() if code in codes}
            holders = [p for p in team if needed <= p.specialties]
            wrong = {
                "incomplete": len(team) != places,
                "of another department": any(p.agency != department for p in team),
                "in conflict": any((p.number, subject) in of.conflicts | recused for p in team),
                "specialty": len(holders) < {"every": len(team), "one": 1, "any": 0}[of.specialty],
                "lead": of.lead and not any(p.lead for p in team),
                "area": any(of.area != "any" and (area in p.areas) != (of.area == "own") for p in team),
            }
            yield from (f"{visit}:{department} {what}" for what, is_so in wrong.items() if is_so)
    yield from (f"{visit}: a team too many" for visit in found)


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """``docs/verify_rounds.py``, which stands on ``verify_standalone.py`` beside it."""
    docs = REPOSITORY / "docs"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(docs))
        patch.setattr(sys, "dont_write_bytecode", True)
        spec = importlib.util.spec_from_file_location("verify_rounds", docs / "verify_rounds.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def holds(checker: ModuleType, dossier: Path) -> bool:
    """Whether the independent checkers find that all holds; they leave with a sentence where it does not."""
    with contextlib.redirect_stdout(io.StringIO()):
        checker.verify(dossier, [], checker.Year(dossier))
    return True


def test_teams_of_random_workspaces_are_lawful_and_stay_so_when_somebody_steps_back(
    tmp_path: Path, ssj: Callable[..., Answer], checker: ModuleType
) -> None:
    rng, done = random.Random("joint"), Counter[str]()
    for number in range(WORKSPACES):
        of = world(rng, number)
        county = County(tmp_path / str(number), partial(ssj, root=tmp_path / str(number)))
        write(county, of)
        answer = county.ssj("draw", "--seed", str(number), "--no-sheets")
        done[f"{of.area} {answer.code}"] += 1
        if answer.code:
            assert answer.code in {1, 3}, answer.err
            assert not (county.dossier / "ledger.jsonl").exists()
            continue
        assert list(faults(of, county, set())) == []
        assert holds(checker, county.dossier)
        visit, gone, _ = rng.choice([row for row in county.read("result/teams.csv") if ":" in row[0]])
        words = ("--inspector", gone, "--asked-by", "firm", "--reason", "亲属")
        stepped = county.ssj("adjust", "recuse", "--visit", visit, *words, "--seed", "r")
        done[f"recusal {stepped.code}"] += 1
        if stepped.code == 0:
            subject = next(row[3] for row in county.read("result/tasks.csv") if row[1] == visit.split(":")[0])
            assert list(faults(of, county, {(gone, subject)})) == []
            assert holds(checker, county.dossier)
            assert county.ssj("verify").code == 0

    assert min(done[f"{area} 0"] for area in ("any", "own", "other")) >= 2, done
    assert done["recusal 0"] >= 5, done


def test_teams_of_random_pools_are_each_of_their_department() -> None:
    joint = [case for case in random_cases(500, "lawful") if case.pool.rules.departments]
    drawn = 0
    for case in joint:
        decided = draw(case.pool, seed_of(case.pool.rules.draw, case.sources).digest)
        if decided.paired.stuck:
            continue
        people = {i.inspector: i for i in case.pool.inspectors}
        specialty = {s.stratum: s.specialty for s in case.pool.strata}
        for visit in decided.visits:
            team = [people[i] for i in decided.paired.teams[visit.visit]]
            seats = dict(case.pool.rules.seats(visit.strata[0]))
            department = visit.department or case.pool.rules.agency
            assert len(team) == seats[department]
            assert {i.agency for i in team} == {department}
            assert not {(i.inspector, visit.subject) for i in team} & set(case.pool.conflicts)
            if case.pool.rules.team.specialty == "every":
                assert all({specialty[s] for s in visit.strata} <= set(i.specialties) for i in team)
            drawn += 1

    assert drawn > 100
