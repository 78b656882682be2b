"""Whether there are people to send: by stratum and department, by area, by subject (行政处罚法第四十二条, protocol §7).

Said before the draw, in words that tell what to do: a draw that found nobody would only say that it failed, and a
subject that nobody may visit would be spared by a new seed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from shuangsuiji.core.draw.lawful import Lawful
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.plan.departments import called
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.plan.model import LAWFUL_TEAM
from shuangsuiji.core.problem import Problem, error, warning
from shuangsuiji.core.roster.inspector import Inspector
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.wording import near


class Seat(NamedTuple):
    """A department that goes to a stratum: how many `places`, and how many `lawful` people could take them.

    Conflicts and areas are left aside. Without a lead, or a holder, where the plan wants one, nobody is lawful.
    """

    department: str
    places: int
    lawful: int


Seats = Mapping[str, Sequence[Seat]]
"""By stratum."""


def seats(pool: Pool) -> dict[str, tuple[Seat, ...]]:
    """Who may go where."""
    team = pool.rules.team.model_copy(update={"area": "any"})
    lawful = Lawful(replace(pool, conflicts=(), rules=pool.rules.model_copy(update={"team": team})))
    found: dict[str, tuple[Seat, ...]] = {}
    for s in pool.strata:
        needs = [(seat, lawful.need("", "", (s.stratum,), seat)) for seat in pool.rules.seats(s.stratum)]
        found[s.stratum] = tuple(Seat(*seat, len(need.lawful) if need.leads else 0) for seat, need in needs)
    return found


class Staffing:
    """The people of one pool, as the rosters have them, and what lacks."""

    def __init__(self, intent: Intent, pool: Pool, inspectors: Sequence[Inspector], found: Seats):
        self._intent, self._pool, self._seats = intent, pool, found
        self._called = called(intent.plan)
        in_pool = {i.inspector for i in pool.inspectors}
        self._people = [i for i in inspectors if i.inspector in in_pool]

    def of_stratum(self, layer: Layer) -> Iterator[Problem]:
        """Too few people, or nobody to spare, in a stratum of which something is drawn."""
        place = self._intent.place("strata", layer.index)
        joint = bool(layer.departments)
        for department, places, lawful in self._seats[layer.code]:
            whose = f"{self._called.get(department, department)}（{department}）" if joint else ""
            if lawful < places:
                what = f"“{layer.name}”{whose}可派的执法人员只有 {lawful} 人，检查组需要 {places} 人。"
                todo = self._remedy(layer, department) if joint else "请补充有此专业、在岗、证件有效的人员。"
                yield error("too-few-inspectors", place, what, todo)
            elif lawful == places:
                what = f"“{layer.name}”{whose}可派的执法人员只有 {lawful} 人，无人可替补回避。"
                yield warning("no-spare-inspector", place, what, "建议至少再增加一人。")

    def of_departments(self, strata: Sequence[Layer]) -> Iterator[Problem]:
        """What a joint inspection must have: the agency itself, and teams that can act."""
        own = self._intent.plan.agency.code
        told: set[str] = set()
        for layer in strata:
            if not layer.departments:
                continue
            place = self._intent.place("strata", layer.index, "departments")
            if own not in layer.departments:
                what = f"“{layer.name}”的 departments 里没有本机关（{own}）。"
                todo = "本机关也派人的才是联合检查；只由别的部门检查的，请由那个部门另立方案抽取。"
                yield error("department-without-agency", place, what, todo)
            for code, places in layer.departments.items():
                if places < LAWFUL_TEAM and code not in told:
                    told.add(code)
                    what = f"“{layer.name}”{self._called.get(code, code)}只派 {places} 人。"
                    todo = f"合计够 {LAWFUL_TEAM} 人可以检查；"
                    todo += f"该部门单独调查取证、处罚仍须 {LAWFUL_TEAM} 人（行政处罚法第四十二条）。"
                    yield warning("department-alone", place, what, todo)
                if code not in self._called:
                    what = f"“{layer.name}”的 departments 写了 {code}，方案没有说明它是哪个部门。"
                    todo = f"请在方案的 departments 里写上 {code}: 部门全称。"
                    yield warning("department-unnamed", place, what, todo)

    def of_areas(self, members: Mapping[str, Sequence[Subject]]) -> Iterator[Problem]:
        """Areas that are blank, that nobody is in charge of, or that are nowhere: with `team.area` each decides."""
        subjects = {s.subject: s for found in members.values() for s in found}
        for subject in subjects.values():
            if not subject.area:
                what = f"“{subject.name}”没有填区域，方案按区域派人（team.area）。"
                yield subject.problem("blank-area", what, "请填写区域。", "区域")
        for i in self._people:
            if not i.areas:
                what = f"“{i.name}”没有填区域，方案按区域派人（team.area）。"
                yield i.problem("blank-area", what, "请填写负责区域。", "区域")
        yield from self._unknown_areas(Counter(s.area for s in subjects.values() if s.area))

    def of_subjects(self, members: Mapping[str, Sequence[Subject]]) -> Iterator[Problem]:
        """Subjects that no lawful team could visit: drawn, they would stop the draw, and a new seed would spare them.

        An area that nobody of a department may go to is said once, with how many subjects are there.
        """
        lawful = Lawful(self._pool)
        in_conflict = {subject for _, subject in self._pool.conflicts}
        by_area = self._pool.rules.team.area != "any"
        lost: dict[tuple[str, str, str], list[Subject]] = defaultdict(list)
        for stratum, found in members.items() if by_area or in_conflict else ():
            if any(seat.lawful < seat.places for seat in self._seats[stratum]):
                continue  # said of the whole stratum already
            for subject in found:
                if not by_area and subject.subject not in in_conflict:
                    continue
                for seat in self._pool.rules.seats(stratum):
                    need = lawful.need(subject.subject, subject.area, (stratum,), seat)
                    if len(need.lawful) >= need.places and need.leads:
                        continue
                    if subject.area and self._is_area(lawful, subject, stratum, seat):
                        lost[stratum, seat[0], subject.area].append(subject)
                    else:
                        yield self._without_team(subject, seat, len(need.lawful))
        yield from self._lost_areas(lost)

    def _is_area(self, lawful: Lawful, subject: Subject, stratum: str, seat: tuple[str, int]) -> bool:
        """Whether it is the area alone that leaves too few."""
        need = lawful.need("", subject.area, (stratum,), seat)
        return len(need.lawful) < need.places or not need.leads

    def _without_team(self, subject: Subject, seat: tuple[str, int], able: int) -> Problem:
        department, places = seat
        joint = department if self._pool.rules.departments else ""
        whose = f"{self._called.get(joint, joint)}" if joint else ""
        what = f"“{subject.name}”除去回避、区域等限制，{whose}只有 {able} 人可派，检查组需要 {places} 人"
        what += "。" if able < places else "，且其中没有符合主办或专业要求的人。"
        todo = "请补充人员，或经批准把它写进方案的 exclude。"
        return subject.problem("subject-without-team", what, todo, "单位名称")

    def _lost_areas(self, lost: Mapping[tuple[str, str, str], Sequence[Subject]]) -> Iterator[Problem]:
        names = {s.stratum: s.name for s in self._pool.strata}
        own = self._pool.rules.team.area == "own"
        for (stratum, department, area), subjects in lost.items():
            whose = self._called.get(department, department) if self._pool.rules.departments else ""
            may = f"负责“{area}”的" if own else f"不属于“{area}”的"
            what = f"“{names[stratum]}”有 {len(subjects)} 家在“{area}”，{whose}没有足够的{may}人员可派。"
            todo = "本片区检查（own）要有人的区域写着它" if own else "交叉检查（other）要有别的区域的人"
            todo += "；请核对两份名册的区域写法是否一致，或补充人员，或改 team.area。"
            first = subjects[0]
            yield error("area-without-team", first.table.place(first.row, "区域"), what, todo)

    def _unknown_areas(self, there: Mapping[str, int]) -> Iterator[Problem]:
        """Areas of inspectors in which there is no subject: a slip of the pen would send them to their own area."""
        found: dict[str, Inspector] = {}
        for i in self._people:
            for area in i.areas:
                if area not in there:
                    found.setdefault(area, i)
        for area, i in found.items():
            alike = near(area, there)
            what = f"“{i.name}”的区域“{area}”，检查对象名录库里没有一家是这个区域。"
            todo = f"是不是“{alike[0]}”？" if alike else ""
            todo += "两份名册的区域要写得一字不差，否则片区规则（team.area）认不出来。"
            yield warning("area-without-subjects", i.table.place(i.row, "区域"), what, todo)

    def _remedy(self, layer: Layer, department: str) -> str:
        """What to do where a department has too few for a joint stratum."""
        mine = [i for i in self._pool.inspectors if i.agency == department]
        where = f"rosters/inspectors-{department}.xlsx"
        own = department == self._pool.rules.agency
        if not mine and not own:
            return (
                f"没有它的在岗人员：请把它的执法人员名册放到 {where}"
                "（也可在方案的 departments 里用 inspectors 指明文件），"
                f"或在 inspectors 名册的“所属部门”写 {department}。"
            )
        team, holders = self._pool.rules.team, sum(layer.specialty in i.specialties for i in mine)
        todo = f"它在岗 {len(mine)} 人"
        if team.specialty != "any":
            todo += f"，其中有“{layer.name}”专业的 {holders} 人"
        if team.lead:
            todo += f"，主办 {sum(i.lead for i in mine)} 人（各部门的检查组都要有主办）"
        if team.specialty == "any" or holders == len(mine):
            return todo + "。请该部门补充人员，或减少它的人数。"
        return todo + (
            f"。请由该部门确认谁能承担，在它名册的“专业”一列给这些人加上“{layer.name}”；"
            "各部门都不看专业的，方案写 team: {specialty: any}。"
        )
