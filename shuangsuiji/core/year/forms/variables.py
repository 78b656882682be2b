"""All that a template of the forms may use, as texts, numbers, lists and dicts; docs/templates.md lists it.

What is not known is blank: the template leaves room to write it by hand.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Literal

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.briefing import ItemCard
from shuangsuiji.core.year.disclosure.wording import chinese_day, place_of, plan_citation
from shuangsuiji.core.year.findings import OUTCOMES, REASONS
from shuangsuiji.core.year.forms.visit import FormTask, FormTeam, FormVisit

Kind = Literal["notice", "record"]
TITLES: dict[Kind, str] = {"notice": "随机抽查通知书", "record": "抽查情况记录表"}

_POINT = re.compile(r"(?:^|\s+|(?<=[。；;]))(?:[（(]?\d{1,2}(?:[.．、]|[）)])|[①-⑳])\s?(?=[^\d\s])")
_DIGITS = "零一二三四五六七八九"
_TEN = 10


def variables(
    kind: Kind, plan: Plan, visits: Sequence[FormVisit], checkpoint: str, drawn_on: date, *, duplex: bool
) -> dict[str, object]:
    """The variables of one file.

    `drawn_on`: the last draw or list. `duplex`: each visit begins on the front of a sheet printed on both sides.
    """
    return {
        "kind": kind,
        "title": f"{plan.agency.name}{TITLES[kind]}",
        "form": TITLES[kind],
        "year": plan.year,
        "place": place_of(plan.agency.name),
        "agency": plan.agency.name,
        "plan_title": plan.title,
        "document_no": plan.document_no,
        "basis": plan_citation(plan),
        "period_start": chinese_day(plan.period.start),
        "period_end": chinese_day(plan.period.end),
        "period": f"{chinese_day(plan.period.start)}至{chinese_day(plan.period.end)}",
        "drawn_on": chinese_day(drawn_on),
        "drawn_on_iso": drawn_on.isoformat(),
        "checkpoint": checkpoint,
        "duplex": duplex,
        "outcomes": [{"code": code, "name": name} for code, name in OUTCOMES.items()],
        "reasons": [{"code": code, "name": name} for code, name in REASONS.items()],
        "visits_total": len(visits),
        "visits": [_visit(number, visit) for number, visit in enumerate(visits, 1)],
    }


def chinese_number(number: int) -> str:
    """A number from 1 to 99 as headings have it.

    >>> [chinese_number(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def points(text: str) -> list[str]:
    r"""A text cut into its numbered points, without their numbers; where nothing is numbered, at its semicolons.

    >>> points("1. 卫生许可证有效 2. 水质 7.5 度；氯"), points("1.教学环境。2.饮用水")
    (['卫生许可证有效', '水质 7.5 度；氯'], ['教学环境。', '饮用水'])
    >>> points("许可；\n健康证明"), points("")
    (['许可', '健康证明'], [])
    """
    numbered = [part.strip() for line in text.split("\n") for part in _POINT.split(line) if part.strip()]
    if _POINT.search(text):
        return numbered
    return [part.strip() for line in numbered for part in re.split("[；;]", line) if part.strip()]


def _visit(number: int, visit: FormVisit) -> dict[str, object]:
    subject, counted, tasks = visit.subject, count(1), visit.tasks
    strata = [_stratum(task, counted, items) for task, items in zip(tasks, _numbered(tasks), strict=True)]
    return {
        "number": number,
        "visit": visit.visit,
        "source": visit.source,
        "draw": visit.draw,
        "drawn_by": visit.drawn_by,
        "drawn_by_document": visit.document_no,
        "name": subject.name,
        "subject": subject.subject,
        "code": subject.code,
        "kind": subject.kind,
        "address": subject.address,
        "area": subject.area,
        "legal_representative": subject.legal_representative,
        "contact": subject.contact,
        "phone": subject.phone,
        "licence": subject.licence,
        "licence_until": _day(subject.licence_until),
        "grade": subject.grade,
        "strata": strata,
        "strata_text": "、".join(task.name for task in tasks),
        "tasks_text": "、".join(task.task for task in tasks),
        "tests_text": "；".join(dict.fromkeys(item.tests for task in tasks for item in task.items if item.tests)),
        "items_total": sum(len(task.items) for task in tasks),
        "teams": [_team(team) for team in visit.teams],
        "is_joint": len(visit.teams) > 1,
        "departments_text": "、".join(team.department for team in visit.teams),
    }


def _numbered(tasks: Sequence[FormTask]) -> Iterator[list[tuple[int, ItemCard]]]:
    """The items of each task, numbered through the visit."""
    number = count(1)
    for task in tasks:
        yield [(next(number), item) for item in task.items]


def _stratum(task: FormTask, counted: "count[int]", items: Sequence[tuple[int, ItemCard]]) -> dict[str, object]:
    return {
        "task": task.task,
        "code": task.stratum,
        "name": task.name,
        "items": [_item(number, item, counted) for number, item in items],
    }


def _item(number: int, item: ItemCard, counted: "count[int]") -> dict[str, object]:
    return {
        "number": number,
        "chinese_number": chinese_number(number) if number < _TEN * _TEN else str(number),
        "code": item.code,
        "name": item.name,
        "category": item.category,
        "basis": item.basis,
        "content": item.content,
        "method": item.method,
        "tests": item.tests,
        "demand": item.demand,
        "points": [{"number": next(counted), "text": text} for text in points(item.content) or [item.name]],
    }


def _team(team: FormTeam) -> dict[str, object]:
    return {
        "department": team.department,
        "members": [
            {"number": number, "name": member.name, "inspector": member.inspector, "lead": member.lead}
            for number, member in enumerate(team.members, 1)
        ],
    }


def _day(text: str) -> str:
    """A date as papers write it; what is no date (blank, 长期) stays as it is."""
    try:
        return chinese_day(date.fromisoformat(text))
    except ValueError:
        return text
