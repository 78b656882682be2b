"""What must hold between the findings of one task, all fields taken together. A check returns what it found.

- No result before the visit: everything but 备注 needs 检查结束时间, and nothing but 改正期限 and a penalty's own terms
  lies in the future.
- Dates in the order in which things happen; each of the four outcomes with what belongs to it (S2 四(一), S1 六(五)).
- A penalty has its date, its number and its amount (行政处罚法第五十九条; 0 for a warning).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from shuangsuiji.core.year.findings import FINDINGS, OUTCOMES

Values = Mapping[str, str]


class Broken(NamedTuple):
    """A rule that does not hold: the fields concerned, and the one that is `missing`, if it is that."""

    fields: tuple[str, ...]
    code: str
    what: str
    todo: str
    missing: str = ""


_IN_ORDER = (
    ("check_ended", "report_received"),
    ("check_ended", "correction_ordered_on"),
    ("check_ended", "followed_up_on"),
    ("check_ended", "case_filed_on"),
    ("check_ended", "penalty_decided_on"),
    ("check_ended", "referred_on"),
    ("check_ended", "uploaded"),
    ("check_ended", "published"),
    ("report_received", "report_uploaded"),
    ("correction_ordered_on", "correct_by"),
    ("correction_ordered_on", "followed_up_on"),
    ("case_filed_on", "penalty_decided_on"),
    ("case_filed_on", "case_closed_on"),
    ("penalty_decided_on", "case_closed_on"),
    ("penalty_decided_on", "penalty_published"),
    ("penalty_decided_on", "penalty_changed_on"),
    ("penalty_changed_on", "penalty_withdrawn"),
    ("case_filed_on", "case_filed_entered"),
    ("penalty_decided_on", "penalty_decided_entered"),
    ("case_closed_on", "case_closed_entered"),
    ("penalty_decided_on", "penalty_valid_until"),
    ("penalty_decided_on", "public_until"),
)
"""The earlier first; the same day is fine."""
_DECIDED_ANEW = ("penalty_decided_on", "penalty_changed_on")
"""In order until the old decision is off the site; what is decided after that is a new one, later than the change."""

_TO_COME = frozenset({"correct_by", "penalty_valid_until", "public_until"})
"""Dates that lie ahead when they are recorded."""

_NEEDS = (
    ("outcome", "check_ended"),
    ("sampled", "check_ended"),
    ("report_received", "check_ended"),
    ("correction_ordered_on", "check_ended"),
    ("followed_up_on", "check_ended"),
    ("case_filed_on", "check_ended"),
    ("penalty_decided_on", "check_ended"),
    ("referred_on", "check_ended"),
    ("uploaded", "check_ended"),
    ("problems", "check_ended"),
    ("reason", "outcome"),
    ("published", "outcome"),
    ("test_result", "report_received"),
    ("report_uploaded", "report_received"),
    ("correct_by", "correction_ordered_on"),
    ("follow_up_result", "followed_up_on"),
    ("case_no", "case_filed_on"),
    ("penalty_no", "penalty_decided_on"),
    ("fine", "penalty_decided_on"),
    ("confiscated", "penalty_decided_on"),
    ("referred_to", "referred_on"),
    ("referred_on", "referred_to"),
    ("case_filed_entered", "case_filed_on"),
    ("penalty_decided_entered", "penalty_decided_on"),
    ("case_closed_entered", "case_closed_on"),
    ("penalty_published", "penalty_decided_on"),
    ("penalty_changed_on", "penalty_decided_on"),
    ("penalty_withdrawn", "penalty_changed_on"),
    *((field, "penalty_decided_on") for field in ("party_kind", "violation_type", "violation_facts")),
    *((field, "penalty_decided_on") for field in ("penalty_basis", "penalty_kinds", "penalty_content")),
    *((field, "penalty_decided_on") for field in ("licence_withheld", "penalty_valid_until", "public_until")),
)
"""Where the first is recorded, so must be the second."""

_BELONGS = {
    "CORRECTION_ORDERED": ("correction_ordered_on", "correct_by"),
    "PENALISED": ("penalty_decided_on", "penalty_no"),
    "UNREACHABLE": ("reason",),
}
_CONTRADICTS = {
    "NO_PROBLEM_FOUND": ("correction_ordered_on", "penalty_decided_on"),
    "UNREACHABLE": ("correction_ordered_on", "penalty_decided_on"),
}


class Since(NamedTuple):
    """The day before which the task did not exist, and what that day is called."""

    day: date
    called: str


def broken(values: Values, *, since: Since, now: datetime) -> list[Broken]:
    """Every rule that `values` (all findings of a task) break. `now` is local."""
    return [
        *_times(values, since, now),
        *_needs(values),
        *_outcome(values),
    ]


def _times(values: Values, since: Since, now: datetime) -> Iterator[Broken]:
    ended = values.get("check_ended", "")
    if ended and ended[:10] < since.day.isoformat():
        what = f"{_told(values, 'check_ended')}早于{since.called}（{since.day}）。"
        yield Broken(("check_ended",), "before-draw", what, "任务下达以前的检查不是这项任务，请核对日期。")
    this_minute = now.isoformat(timespec="minutes")
    for name, finding in FINDINGS.items():
        value = values.get(name, "")
        if finding.kind in {"date", "moment"} and name not in _TO_COME and value > this_minute[: len(value)]:
            what = f"{_told(values, name)}还没有到，现在是 {this_minute.replace('T', ' ')}。"
            yield Broken((name,), "in-the-future", what, "请核对日期；事情发生以后再填。")
    for earlier, later in _IN_ORDER:
        if (earlier, later) == _DECIDED_ANEW and "penalty_withdrawn" in values:
            continue
        if earlier in values and later in values:
            first, second = values[earlier], values[later]
            length = min(len(first), len(second))
            if second[:length] < first[:length]:
                what = f"{_told(values, later)}早于{_told(values, earlier)}。"
                yield Broken((later, earlier), "out-of-order", what, "请核对两个日期。")


def _needs(values: Values) -> Iterator[Broken]:
    for name, needed in _NEEDS:
        if name in values and needed not in values:
            yield _lacks(f"填了“{_heading(name)}”", name, needed)
    if "report_received" in values and values.get("sampled") != "yes":
        what = "填了“检测报告收到时间”，“是否抽样检测”却不是“是”。"
        yield Broken(("sampled", "report_received"), "not-sampled", what, "抽了样的请选“是”；没有抽样的不填检测报告。")
    if "case_closed_on" in values and not {"case_filed_on", "penalty_decided_on"} & values.keys():
        yield _lacks("填了“结案日期”", "case_closed_on", "case_filed_on")
    if "published_at" in values and not {"published", "penalty_published"} & values.keys():
        yield _lacks("填了“公示网址”", "published_at", "published")


def _outcome(values: Values) -> Iterator[Broken]:
    outcome = values.get("outcome", "")
    is_it = f"“抽查结果”是“{OUTCOMES.get(outcome, '')}”"
    for needed in _BELONGS.get(outcome, ()):
        if needed not in values:
            yield _lacks(is_it, "outcome", needed)
    if outcome == "PENALISED" and not {"fine", "confiscated"} & values.keys():
        what = f"{is_it}，没有填“罚款金额（元）”或“没收金额（元）”。"
        todo = "请补填；警告等没有罚没款的，罚款金额填 0。"
        yield Broken(("outcome", "fine", "confiscated"), "missing", what, todo, "fine")
    for name in _CONTRADICTS.get(outcome, ()):
        if name in values:
            what = f"{is_it}，却填了{_told(values, name)}。"
            todo = f"请改正抽查结果；日期填错的，用 ssj record --task 任务编号 --clear {name} 清除。"
            yield Broken(("outcome", name), "contradiction", what, todo)


def _lacks(has: str, name: str, needed: str) -> Broken:
    what, todo = f"{has}，没有填“{_heading(needed)}”。", f"请补填“{_heading(needed)}”。"
    return Broken((name, needed), "missing", what, todo, needed)


def _heading(name: str) -> str:
    return FINDINGS[name].heading


def _told(values: Values, name: str) -> str:
    return f"“{_heading(name)}”（{FINDINGS[name].shown(values[name])}）"
