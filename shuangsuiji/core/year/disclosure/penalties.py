"""The penalties' notice (行政处罚信息公示): 双公示 columns without the private ones, one row per decision.

- No id numbers, and a natural person's name is masked; so is that of a firm's legal representative.
- Penalties that were changed or revoked are named as withdrawn (行政处罚法第四十八条: within three days).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from shuangsuiji.core.privacy.masking import masked, without_people
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose, digest_of
from shuangsuiji.core.year.disclosure.notice import BLANK, Matter, Notice
from shuangsuiji.core.year.disclosure.units import Unit, Units
from shuangsuiji.core.year.disclosure.unnamed import Unnamed
from shuangsuiji.core.year.disclosure.wording import chinese_day
from shuangsuiji.core.year.export.money import in_wan
from shuangsuiji.core.year.export.party import PERSON, kind_of
from shuangsuiji.core.year.state import Task

_FIELDS = (
    Field("name", "行政相对人名称", 20),
    Field("party_kind", "行政相对人类别", 10),
    Field("code", "统一社会信用代码", 12),
    Field("legal_representative", "法定代表人", 7),
    Field("penalty_no", "行政处罚决定书文号", 14),
    Field("violation_type", "违法行为类型", 14),
    Field("violation_facts", "违法事实", 30),
    Field("penalty_basis", "处罚依据", 24),
    Field("penalty_kinds", "处罚类别", 10),
    Field("penalty_content", "处罚内容", 20),
    Field("fine", "罚款金额（万元）", 8),
    Field("confiscated", "没收违法所得、没收非法财物的金额（万元）", 10),
    Field("licence_withheld", "暂扣或吊销证照名称及编号", 12),
    Field("decided_on", "处罚决定日期", 10),
    Field("valid_until", "处罚有效期", 10),
    Field("public_until", "公示截止期", 10),
    Field("authority", "处罚机关", 14),
)
_WITHDRAWN = (
    Field("name", "行政相对人名称", 26),
    Field("penalty_no", "行政处罚决定书文号", 20),
    Field("decided_on", "处罚决定日期", 12),
    Field("changed_on", "处罚变更或撤销日期", 12),
)
_ASKED = frozenset(
    {"violation_type", "violation_facts", "penalty_basis", "penalty_kinds", "penalty_content", "valid_until"}
    | {"public_until"}
)
"""What 双公示 asks of every penalty and the inspectors' sheets do not: somebody has to record it."""
_FREE = ("violation_type", "violation_facts", "penalty_basis", "penalty_kinds", "penalty_content", "licence_withheld")
_OF_DECISION = ("party_kind", "penalty_no", "fine", "confiscated", "penalty_decided_on", "penalty_valid_until")
_ALL = (*_FREE, *_OF_DECISION, "public_until", "problems")


def notice(matter: Matter, tasks: Sequence[str], withdrawn: Sequence[str] = ()) -> Notice:
    """The notice of these tasks' penalties, and of those `withdrawn` from the public, in the order of the tasks."""
    state = matter.state
    wanted, unwanted = set(tasks), set(withdrawn)
    found = [task for name, task in state.tasks.items() if name in wanted]
    gone = [task for name, task in state.tasks.items() if name in unwanted]
    units = Units(matter, (task.subject for task in (*found, *gone)))
    rows_of = _Roster(matter, {task.subject for task in found})
    decisions: dict[tuple[str, str], list[Task]] = {}
    for task in found:
        decisions.setdefault((task.subject, task.values.get("penalty_no") or task.task), []).append(task)
    unnamed = Unnamed(state)
    merged = [_merged(several) for several in decisions.values()]
    rows = [
        _row(matter, values, units.of(several[0]), rows_of.of(several[0]), unnamed)
        for values, several in zip(merged, decisions.values(), strict=True)
    ]
    days = sorted(values["penalty_decided_on"] for values in merged if "penalty_decided_on" in values)
    own = {
        "penalties_total": len(rows),
        "tasks_total": len(found),
        "subjects_total": len({task.subject for task in found}),
        "fines_total": _total(merged, "fine"),
        "confiscated_total": _total(merged, "confiscated"),
        "decided_start": chinese_day(date.fromisoformat(days[0])) if days else "",
        "decided_end": chinese_day(date.fromisoformat(days[-1])) if days else "",
        "changes": [],
        "withdrawn": [],
    }
    listings = [Listing("rows", "行政处罚信息", _FIELDS, rows)]
    if gone:
        cells = [_withdrawn(task, units.of(task)) for task in gone]
        listings.append(Listing("withdrawn", "撤下的行政处罚信息", _WITHDRAWN, cells))
    told = replace(matter, reason=unnamed(units.said(matter.reason)))
    made = compose(told, "penalties", "行政处罚信息的公示", own, listings)
    shown = dict(zip(decisions, made.tables[0].rows, strict=True))
    digests = {task.task: digest_of(shown[key]) for key, several in decisions.items() for task in several}
    return replace(made, tasks=digests)


def unsaid(notice: Notice) -> dict[str, int]:
    """By heading how many penalties say nothing where 双公示 asks for something."""
    rows = notice.tables[0].rows
    asked = [(place, field.heading) for place, field in enumerate(_FIELDS, 1) if field.key in _ASKED]
    count = {heading: sum(row[place] == BLANK for row in rows) for place, heading in asked}
    return {heading: number for heading, number in count.items() if number}


class _Roster:
    """The rows of today's roster that tasks are about."""

    def __init__(self, matter: Matter, wanted: set[str]):
        self._rows: dict[str, Subject] = {}
        for subject in matter.rosters.subjects:
            if subject.subject in wanted:
                self._rows.setdefault(subject.subject, subject)

    def of(self, task: Task) -> Subject | None:
        return self._rows.get(task.subject)


def _merged(tasks: Sequence[Task]) -> dict[str, str]:
    """What is recorded of one decision, in whichever of its tasks; where they differ the first holds."""
    values: dict[str, str] = {}
    for task in tasks:
        for field in _ALL:
            if value := task.values.get(field, ""):
                values.setdefault(field, value)
    return values


def _row(
    matter: Matter, values: Mapping[str, str], unit: Unit, row: Subject | None, unnamed: Unnamed
) -> tuple[str, ...]:
    kind = kind_of(values, row.code if row else "")
    facts = values.get("violation_facts") or values.get("problems", "")
    free = {field: values.get(field, "") for field in _FREE} | {"violation_facts": facts}
    is_person = kind == PERSON
    party = {unit.name: _person(unit.name)} if is_person else {}
    said = {field: unnamed(without_people(unit.said(text), party)) for field, text in free.items()}
    return (
        _person(unit.name) if is_person else unit.name,
        kind,
        "" if is_person or not row else row.code,
        "" if is_person or not row else _person(row.legal_representative),
        values.get("penalty_no", ""),
        said["violation_type"],
        said["violation_facts"],
        said["penalty_basis"],
        said["penalty_kinds"],
        said["penalty_content"],
        in_wan(values.get("fine", "")),
        in_wan(values.get("confiscated", "")),
        said["licence_withheld"],
        values.get("penalty_decided_on", ""),
        values.get("penalty_valid_until", ""),
        values.get("public_until", ""),
        matter.plan.agency.name,
    )


def _person(name: str) -> str:
    """A person's name masked; one that is not known as a name keeps its first character.

    >>> _person("欧阳小红"), _person("阿依古丽"), _person("张某"), _person("")
    ('欧阳某', '阿某', '张某', '')
    """
    shown = masked(name)
    return shown if shown != name or name.endswith("某") or not name else f"{name[0]}某"


def _withdrawn(task: Task, unit: Unit) -> tuple[str, ...]:
    values = task.values
    name = _person(unit.name) if values.get("party_kind") == "person" else unit.name
    return (name, *(values.get(field, "") for field in ("penalty_no", "penalty_decided_on", "penalty_changed_on")))


def _total(decisions: Sequence[Mapping[str, str]], field: str) -> str:
    """The sum in 万元."""
    return in_wan(str(sum((Decimal(values.get(field) or 0) for values in decisions), Decimal(0))))
