"""One entry per task, with everything that a report sorts by: the source of all its tables and of its pivot table.

Names, areas, kinds (类别) and grades are those of today's roster; what the roster does not say is 未登记.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.coverage import Known
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.disclosure.notice import Matter
from shuangsuiji.core.year.disclosure.units import Units
from shuangsuiji.core.year.disclosure.unnamed import Unnamed
from shuangsuiji.core.year.events import Happened, Received
from shuangsuiji.core.year.findings import BASES, OUTCOMES
from shuangsuiji.core.year.progress import Status, status
from shuangsuiji.core.year.state import OTHERWISE, OWN, State, Task
from shuangsuiji.core.year.teams import Teams

NOT_KNOWN = "未登记"
OWN_DRAW, OUTSIDE = "本级抽取", "非随机"
STATUSES: Mapping[Status, str] = {
    "open": "未检查",
    "checked": "待结果",
    "done": "有结果",
    "published": "已公示",
    "closed": "上级完结",
}
_WHY = {"must": "必查", "coverage": "覆盖年限", "random": "随机"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made of. `pool`: that of the draw in force; `clocks`: all of them, those long kept as well.

    `public`: for readers outside the bureau. `last`: the year before, if any. `known`: when subjects were seen.
    """

    plan: Plan
    rosters: Rosters
    state: State
    happened: Sequence[Happened]
    pool: Pool
    clocks: Sequence[Deadline]
    checkpoint: Checkpoint
    now: datetime
    public: bool = False
    last: tuple[Plan, State] | None = None
    known: Known = field(default_factory=Known)

    @property
    def today(self) -> date:
        """The day of the report."""
        return self.now.date()

    @property
    def matter(self) -> Matter:
        """The same as notices have it."""
        return Matter(self.plan, self.rosters, self.state, self.pool, str(self.checkpoint), self.today)


class Entry(NamedTuple):
    """A task. `source`: 本级抽取, R1 … or 非随机; `stratum` = its name; `why`: 必查 …, or why it lies outside the draw.

    `team`: (执法证号, 姓名). `name`, `problems`: for the public without people.
    """

    task: Task
    status: Status
    source: str
    stratum: str
    name: str
    kind: str
    area: str
    grade: str
    why: str
    team: tuple[tuple[str, str], ...]
    problems: str

    @property
    def is_drawn(self) -> bool:
        """Whether it counts for the rates: visits outside the draw do not."""
        return self.task.source != OTHERWISE

    @property
    def is_done(self) -> bool:
        """Whether it has its result, as the rates count it."""
        return self.status in {"done", "published"}

    @property
    def outcome(self) -> str:
        """The class of its result; blank while it does not count as done."""
        return self.task.values.get("outcome", "") if self.is_done else ""

    @property
    def has_problem(self) -> bool:
        """Whether something was found."""
        return self.outcome in {"CORRECTION_ORDERED", "PENALISED"}

    @property
    def is_public(self) -> bool:
        """Whether the public may read of it: published, and no penalty revoked since (行政处罚法第四十八条)."""
        changed, decided = self.said("penalty_changed_on"), self.said("penalty_decided_on")
        revoked = changed and (decided < changed or self.said("penalty_published") < self.said("penalty_withdrawn"))
        return self.status == "published" and not revoked

    def said(self, field: str) -> str:
        """What is recorded under `field`, blank where nothing is."""
        return self.task.values.get(field, "")


def entries(of: Gathered) -> list[Entry]:
    """All tasks: strata in the plan's order inside each source, sources in the order in which they came."""
    state, strata, units = of.state, stratum_names(of.plan, public=of.public), _Units(of)
    teams, whys = Teams(state), _whys(state)
    public = _Public(of) if of.public else None
    found = []
    for task in state.tasks.values():
        name, kind, area, grade = units.of(task)
        problems = task.values.get("problems", "")
        if public is not None:
            name, problems = public.of(task)
        people = () if of.public else tuple((who, teams.names.get(who, "")) for who in teams.members(task))
        found.append(
            Entry(
                task=task,
                status=status(task),
                source=_source(task),
                stratum=strata.get(task.stratum, task.stratum),
                name=name,
                kind=kind,
                area=area,
                grade=grade,
                why=whys.get(task.task, ""),
                team=people,
                problems=problems,
            )
        )
    return found


def stratum_names(plan: Plan, *, public: bool) -> dict[str, str]:
    """What strata are called, in the plan's order; for the public without the grade, which is the unit's own affair."""
    rules = plan.strata
    return {layer.code: rules[layer.index].name if public else layer.name for layer in layers(plan)}


def grouped(
    found: Iterable[Entry], by: Callable[[Entry], str], order: Sequence[str] = ()
) -> list[tuple[str, list[Entry]]]:
    """Entries by what `by` says: in the given order, then the largest first; what is not known stands last."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[by(entry)].append(entry)
    places = {label: number for number, label in enumerate(dict.fromkeys(order))}

    def place(group: tuple[str, list[Entry]]) -> tuple[bool, int, int, str]:
        label, members = group
        return label == NOT_KNOWN, places.get(label, len(places)), -len(members), label

    return sorted(groups.items(), key=place)


def outcomes(found: Iterable[Entry]) -> dict[str, int]:
    """How many of each class of results, in the order of the law."""
    count = Counter(entry.outcome for entry in found)
    return {code: count[code] for code in OUTCOMES}


def _source(task: Task) -> str:
    return {OWN: OWN_DRAW, OTHERWISE: OUTSIDE}.get(task.source, task.source)


def _whys(state: State) -> dict[str, str]:
    whys: dict[str, str] = {}
    if state.drawn is not None:
        for stratum, subjects in state.drawn.drawn.items():
            whys |= {f"{stratum}/{drawn.subject}": _WHY[drawn.why] for drawn in subjects}
    return whys | {task: BASES[visit.basis] for task, visit in state.otherwise.items()}


class _Units:
    """What is known of the units of tasks: by id, the first word that the roster's rows say."""

    def __init__(self, of: Gathered):
        wanted = {task.subject for task in of.state.tasks.values()}
        self._named: dict[str, str] = {}
        self._known: dict[str, list[str]] = {}
        for row in of.rosters.subjects:
            if row.subject in wanted:
                self._named.setdefault(row.subject, row.name)
                known = self._known.setdefault(row.subject, ["", "", ""])
                self._known[row.subject] = [
                    old or new for old, new in zip(known, (row.kind, row.area, row.grade), strict=True)
                ]
        self._drawn = {one.subject: one for one in of.pool.subjects if one.subject in wanted}
        self._lists = {one.id for one in of.state.sources.values() if isinstance(one.event, Received)}

    def of(self, task: Task) -> tuple[str, str, str, str]:
        drawn = self._drawn.get(task.subject)
        name = task.name if task.source in self._lists or task.source == OTHERWISE else ""
        name = name or (drawn.name if drawn else "") or self._named.get(task.subject, "")
        kind, area, grade = self._known.get(task.subject, ("", "", ""))
        area = area or (drawn.area if drawn else "")
        return name or task.subject, kind or NOT_KNOWN, area or NOT_KNOWN, grade or NOT_KNOWN


class _Public:
    """Units as the public may read of them: no person's name, neither theirs nor an inspector's."""

    def __init__(self, of: Gathered):
        self._units = Units(of.matter, {task.subject for task in of.state.tasks.values()})
        self._unnamed = Unnamed(of.state)

    def of(self, task: Task) -> tuple[str, str]:
        unit = self._units.of(task)
        return unit.name or task.subject, self._unnamed(unit.said(task.values.get("problems", "")))
