"""What a certificate says, as figures: on which strata, how many visits, who alone could do them, what lacks.

Figures for programs, sentences for people; both stand in ``draw.json``.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from shuangsuiji.core.draw.certificate import must_carry
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.visits import Visit
from shuangsuiji.core.refusal import Refusal


class Strain(NamedTuple):
    """`visits` in `strata`, to `subjects`, have `places` that only the certificate's inspectors could fill.

    `department`: whose teams they are, where several departments go.
    """

    strata: tuple[str, ...]
    visits: int
    places: int
    subjects: tuple[str, ...] = ()
    department: str = ""


class Burden(NamedTuple):
    """A certificate in figures: `places` fall to `inspectors`, who have `room` for so many (None: no limit)."""

    inspectors: tuple[str, ...]
    places: int
    room: int | None
    strains: tuple[Strain, ...]

    @property
    def lacking(self) -> int:
        """How many places nobody can fill."""
        return max(0, self.places - (self.places if self.room is None else self.room))


def burden(
    members: Collection[str], visits: Mapping[Visit, Need], load: Mapping[str, int], cap: Mapping[str, int]
) -> Burden:
    """What falls to `members` alone; `load` = the loads at the start. Heaviest strains first."""
    found: dict[tuple[tuple[str, ...], str], list[tuple[str, int]]] = defaultdict(list)
    for visit, need in visits.items():
        places = must_carry(need, members)
        if places:
            found[visit.strata, visit.department].append((visit.subject, places))
    strains = sorted(
        (
            Strain(strata, len(carried), sum(n for _, n in carried), tuple(sorted({s for s, _ in carried})), department)
            for (strata, department), carried in found.items()
        ),
        key=lambda s: (-s.places, s),
    )
    room = sum(max(0, cap[i] - load[i]) for i in members) if all(i in cap for i in members) else None
    return Burden(tuple(sorted(members)), sum(s.places for s in strains), room, tuple(strains))


class Names(NamedTuple):
    """How people call the ids in a certificate."""

    strata: Mapping[str, str]
    inspectors: Mapping[str, str]
    subjects: Mapping[str, str] = {}
    departments: Mapping[str, str] = {}

    def of_strata(self, strata: Collection[str]) -> str:
        """``“放射卫生”`` or, for a merged visit, ``“医疗卫生、放射卫生”``."""
        return f"“{'、'.join(self.strata.get(code, code) for code in strata)}”"

    def of_strain(self, strain: Strain) -> str:
        """The strata, and the department where several go: ``“公共场所”（县市场监管局）``."""
        whose = self.departments.get(strain.department, strain.department)
        return self.of_strata(strain.strata) + (f"（{whose}）" if whose else "")

    def of_visits(self, strain: Strain, most: int = 3) -> str:
        """``“学校卫生”1 次检查（一小）``: to whom, where it is only a few."""
        whom = f"（{'、'.join(self.subjects.get(s, s) for s in strain.subjects)}）" if strain.visits <= most else ""
        return f"{self.of_strain(strain)}{strain.visits} 次检查{whom if self.subjects else ''}"

    def of_inspectors(self, inspectors: Collection[str], most: int = 8) -> str:
        """The first few by name, and how many there are."""
        names = [self.inspectors.get(i, i) for i in sorted(inspectors)]
        return "、".join(names[:most]) + (f" 等 {len(names)} 人" if len(names) > most else "")


def shortage_sentence(found: Burden, names: Names) -> str:
    """Why there are no lawful teams, in words.

    >>> names = Names({"FSWS": "放射卫生"}, {"A1": "监督员01"})
    >>> shortage_sentence(Burden((), 2, 0, (Strain(("FSWS",), 2, 2),)), names)
    '“放射卫生”2 次检查缺 2 人次：有关人员须回避或没有相应专业，没有别的人可以去。'
    >>> shortage_sentence(Burden(("A1",), 3, 1, (Strain(("FSWS",), 3, 3),)), names)
    '“放射卫生”3 次检查有 3 人次只有监督员01能去，而他们最多还能承担 1 人次，缺 2 人次。'
    """
    where = "，".join(map(names.of_visits, found.strains))
    if not found.inspectors:
        return f"{where}缺 {found.places} 人次：有关人员须回避或没有相应专业，没有别的人可以去。"
    who = names.of_inspectors(found.inspectors)
    return (
        f"{where}有 {found.places} 人次只有{who}能去，而他们最多还能承担 {found.room} 人次，缺 {found.lacking} 人次。"
    )


def unevenness_sentence(found: Burden, names: Names, loads: Mapping[str, int]) -> str:
    """Why the loads of a certificate's inspectors could not be shared with the others, in words."""
    who = names.of_inspectors(found.inspectors)
    most, others = (
        max(loads[i] for i in found.inspectors),
        [n for i, n in loads.items() if i not in found.inspectors],
    )
    than = f"（每人最多 {most} 次，其余人员最少 {min(others)} 次）" if others else ""
    if not found.strains:
        return f"{who}的任务是抽取前已有的，不能由别人分担{than}。"
    where = "，".join(f"{names.of_strain(s)}{s.places} 人次" for s in found.strains[:4])
    more = " 等" if len(found.strains) > 4 else ""  # noqa: PLR2004 - a line's worth
    return f"{where}{more}只能由{who}承担，别人不能分担{than}。"


class Infeasible(Refusal):
    """No lawful teams exist for what was drawn; `burdens` prove it."""

    def __init__(self, burdens: Collection[Burden], names: Names):
        sentences = "".join(f"\n· {shortage_sentence(found, names)}" for found in burdens)
        super().__init__(
            "infeasible",
            f"抽中的检查排不出合法的检查组，没有写入任何内容。{sentences}",
            todo="请补充有相应专业的在岗人员，或放宽这些人的任务上限，再抽取。",
            source="行政处罚法第四十二条、第四十三条；方案的 team",
            details={"shortages": [as_json(found) for found in burdens]},
        )


def as_json(found: Burden) -> dict[str, object]:
    """The figures for programs; `lacking` places nobody can fill (0 where a load is merely uneven)."""
    return {
        "inspectors": list(found.inspectors),
        "places": found.places,
        "room": found.room,
        "lacking": found.lacking,
        "strata": [
            {
                "strata": list(s.strata),
                "visits": s.visits,
                "places": s.places,
                "subjects": list(s.subjects),
                **({"department": s.department} if s.department else {}),
            }
            for s in found.strains
        ],
    }
