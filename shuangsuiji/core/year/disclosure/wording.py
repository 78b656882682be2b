"""Phrases that all notices share: where the bureau is, dates, the plan as papers cite it."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from shuangsuiji.core.plan.model import Plan

_PLACES = (
    re.compile(r".{2,}?[省市县区旗州盟](?=卫|健康|疾|中医|爱国|人民政府)"),
    re.compile(r".{2,}?[县区旗](?!域)"),
    re.compile(r".{2,}?市(?!场|政|容|管)"),
    re.compile(r".{2,}?(?:省|自治区)"),
)
_SEVERAL = 3
"""More strata than these are not all named in a title."""


def place_of(agency: str) -> str:
    """Where an agency is, blank where its name does not say.

    >>> [place_of(name) for name in ("青禾县卫生健康局", "某某市青禾区市场监督管理局", "卫生健康委员会")]
    ['青禾县', '某某市青禾区', '']
    """
    found = next((found for pattern in _PLACES if (found := pattern.match(agency))), None)
    return found[0] if found else ""


def chinese_day(on: date) -> str:
    """``2023年6月30日``."""
    return f"{on.year}年{on.month}月{on.day}日"


def chinese_moment(at: str) -> str:
    """``2023年5月9日10时12分`` of an ISO moment; blank of a blank one."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    return f"{chinese_day(moment.date())}{moment.hour}时{moment.minute:02d}分"


def citation(title: str, document_no: str) -> str:
    """A document as papers cite it: 《…》（文号）."""
    named = title if title.startswith("《") else f"《{title}》"
    return named + (f"（{document_no}）" if document_no else "")


def plan_citation(plan: Plan) -> str:
    """The plan, cited."""
    return citation(plan.title, plan.document_no)


def several(names: Iterable[str]) -> str:
    """Strata as a title names them; blank for none.

    >>> several(["公共场所", "学校卫生"]), several(["甲", "乙", "丙", "丁"])
    ('公共场所、学校卫生', '甲等4个专业')
    """
    found = list(dict.fromkeys(names))
    return "、".join(found) if len(found) <= _SEVERAL else f"{found[0]}等{len(found)}个专业"


def inspector_shown(plan: Plan, inspector: str, name: str) -> str:
    """An inspector as the plan's `disclosure.inspectors` lets the public read of him; blank: not at all."""
    match plan.disclosure.inspectors:
        case "names":
            return name
        case "codes":
            return inspector
        case "hidden":
            return ""
