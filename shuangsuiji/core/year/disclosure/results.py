"""The results' notice (随机监督抽查结果公示): 一、抽查对象 二、抽查内容 三、抽查依据 四、抽查结果, and a row per task.

- Four classes of results (S2 四(一)); the sub-reason, the test, the follow-up visit and the penalty's number stand in
  备注.
- Inspectors are not named: they are 执法人员 also where the text names them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.roster.item import Item
from shuangsuiji.core.year.briefing import items_of
from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose
from shuangsuiji.core.year.disclosure.notice import BLANK, Matter, Notice
from shuangsuiji.core.year.disclosure.units import Units
from shuangsuiji.core.year.disclosure.unnamed import Unnamed
from shuangsuiji.core.year.disclosure.wording import chinese_day, plan_citation, several
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.findings import FINDINGS, OUTCOMES
from shuangsuiji.core.year.state import OTHERWISE, Task

_FIELDS = (
    Field("name", "单位名称", 26),
    Field("address", "地址", 26),
    Field("items", "抽查事项/专业", 14),
    Field("checked_on", "检查日期", 12),
    Field("outcome", "抽查结果", 18),
    Field("problems", "存在的主要问题", 34),
    Field("note", "备注", 20),
)
_UNSAID = frozenset({"其他"})


def notice(matter: Matter, tasks: Sequence[str]) -> Notice:
    """The notice of these tasks' results, in the order in which the tasks came into being."""
    wanted = set(tasks)
    found = [task for name, task in matter.state.tasks.items() if name in wanted]
    strata = _Strata(matter)
    units, unnamed = Units(matter, (task.subject for task in found)), Unnamed(matter.state)
    rows = [_row(task, units, strata, unnamed) for task in found]
    dates = sorted(task.values["check_ended"][:10] for task in found if "check_ended" in task.values)
    by_stratum = list(_by_stratum(found, strata))
    outcomes = list(_outcomes(found))
    items = strata.items(found)
    bases = [plan_citation(matter.plan), *_letters(matter, found)]
    own = {
        "changes": [],
        "tasks_total": len(found),
        "subjects_total": len({task.subject for task in found}),
        "by_stratum": by_stratum,
        "objects_text": "、".join(f"{each['name']}{each['subjects']}家" for each in by_stratum),
        "items": [
            {"code": item.code, "name": item.name, "basis": item.basis, "content": item.content, "method": item.method}
            for item in items
        ],
        "items_text": "；".join(item.name for item in items),
        "bases": bases,
        "bases_text": "、".join(bases),
        "laws": list(dict.fromkeys(item.basis for item in items)),
        "outcomes": outcomes,
        "outcomes_text": "，".join(f"{each['name']}{each['tasks']}项" for each in outcomes if each["tasks"]),
        "period_start": chinese_day(date.fromisoformat(dates[0])) if dates else "",
        "period_end": chinese_day(date.fromisoformat(dates[-1])) if dates else "",
    }
    about = f"{several(strata.name(task) for task in found)}随机监督抽查结果的公示"
    listing = Listing("rows", "随机监督抽查结果", _FIELDS, rows)
    told = replace(matter, reason=unnamed(units.said(matter.reason)))
    return compose(told, "results", about, own, [listing], [task.task for task in found])


class _Strata:
    """What the strata of tasks are called: as the plan's rules are, for a grade is the unit's own affair."""

    def __init__(self, matter: Matter):
        rules = matter.plan.strata
        all_layers = layers(matter.plan)
        self._rule = {layer.code: rules[layer.index] for layer in all_layers}
        self._items = items_of(matter.plan, matter.rosters)
        self._order = {layer.code: number for number, layer in enumerate(all_layers)}

    def code(self, task: Task) -> str:
        rule = self._rule.get(task.stratum)
        return rule.code if rule else task.stratum

    def name(self, task: Task) -> str:
        rule = self._rule.get(task.stratum)
        return rule.name if rule else task.stratum

    def place(self, task: Task) -> int:
        """Where the stratum stands in the plan; behind all others where it does not."""
        return self._order.get(task.stratum, len(self._order))

    def items(self, tasks: Sequence[Task]) -> list[Item]:
        """The items that these tasks check, in the plan's order."""
        codes = sorted({task.stratum for task in tasks} & self._items.keys(), key=self._order.__getitem__)
        return list({item.code: item for code in codes for item in self._items[code]}.values())


def _row(task: Task, units: Units, strata: _Strata, unnamed: Unnamed) -> tuple[str, ...]:
    unit, values = units.of(task), task.values
    return (
        unit.name,
        unit.address,
        strata.name(task),
        values.get("check_ended", "")[:10],
        OUTCOMES.get(values.get("outcome", ""), BLANK),
        unnamed(unit.said(values.get("problems", ""))),
        unnamed(unit.said("；".join(_notes(task)))),
    )


def _notes(task: Task) -> Iterator[str]:
    values = task.values
    if task.source == OTHERWISE:
        yield "非随机抽查"
    reason = FINDINGS["reason"].shown(values.get("reason", ""))
    if reason and reason not in _UNSAID:
        yield reason
    for field, called in (("test_result", "检测"), ("follow_up_result", "复查")):
        if field in values:
            yield f"{called}{FINDINGS[field].shown(values[field])}"
    if "penalty_no" in values:
        yield f"行政处罚决定书{values['penalty_no']}"
    if "note" in values:
        yield values["note"]


def _by_stratum(tasks: Sequence[Task], strata: _Strata) -> Iterator[dict[str, object]]:
    """How many of each stratum; the counts are of tasks, and of units that are not the same."""
    number: dict[tuple[str, str], int] = defaultdict(int)
    subjects: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in sorted(tasks, key=strata.place):
        key = (strata.code(task), strata.name(task))
        number[key] += 1
        subjects[key].add(task.subject)
    for (code, name), count in number.items():
        yield {"stratum": code, "name": name, "tasks": count, "subjects": len(subjects[code, name])}


def _outcomes(tasks: Sequence[Task]) -> Iterator[dict[str, object]]:
    number: dict[str, int] = defaultdict(int)
    for task in tasks:
        number[task.values.get("outcome", "")] += 1
    for code, name in OUTCOMES.items():
        yield {"code": code, "name": name, "tasks": number[code]}


def _letters(matter: Matter, tasks: Sequence[Task]) -> Iterator[str]:
    """The papers by which others' lists came, of those whose tasks are here."""
    for source_id in dict.fromkeys(task.source for task in tasks):
        source = matter.state.sources.get(source_id)
        if source is not None and isinstance(source.event, Received):
            event = source.event
            yield f"{event.drawn_by}下达的随机监督抽查任务" + (f"（{event.document_no}）" if event.document_no else "")
