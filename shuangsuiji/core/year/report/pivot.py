"""The long table: one row per task with all that it can be sorted by, for a pivot table in Excel or WPS.

The public reads of a unit only what was published of it, and no inspector, no grade, no evidence.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.report.entries import NOT_KNOWN, STATUSES, Entry, Gathered
from shuangsuiji.core.year.report.figures import Cell, Column, Table

_DATE = len("2023-05-09")


class _Of(NamedTuple):
    """A column: whether the public may read it always, and only of published tasks; where its cell comes from."""

    column: Column
    public: bool
    cell: Callable[[Entry], Cell]


def _choice(field: str) -> Callable[[Entry], Cell]:
    def cell(entry: Entry) -> Cell:
        return FINDINGS[field].shown(entry.said(field)) if entry.said(field) else None

    return cell


def _text(field: str) -> Callable[[Entry], Cell]:
    return lambda entry: entry.said(field) or None


def _yuan(field: str) -> Callable[[Entry], Cell]:
    return lambda entry: Decimal(entry.said(field)) if entry.said(field) else None


def _known(text: str) -> Cell:
    return None if text == NOT_KNOWN else text


def _month(entry: Entry) -> Cell:
    ended = entry.said("check_ended")
    return int(ended[5:7]) if ended else None


def _number(is_so: Callable[[Entry], bool]) -> Callable[[Entry], Cell]:
    return lambda entry: int(is_so(entry))


def pivot(of: Gathered, found: Sequence[Entry]) -> Table:
    """All tasks, those outside the draw too; for the public those whose results it may read."""
    columns = [one for one in _columns(of.state.evidence) if one.public or not of.public]
    shown = [e for e in found if not of.public or e.is_public]
    rows = [tuple(one.cell(entry) for one in columns) for entry in shown]
    note = "每项任务一行，可直接插入数据透视表；数字列可以求和。"
    return Table("tasks", "任务明细", tuple(one.column for one in columns), rows, (), note)


def moment(text: str) -> date | datetime | None:
    """A recorded day or moment as a sheet has it."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == _DATE else datetime.fromisoformat(text)


def _columns(evidence: Mapping[str, Sequence[object]]) -> list[_Of]:
    text: Literal["text"] = "text"
    return [
        _Of(Column("task", "任务编号", 22, text), True, lambda e: e.task.task),
        _Of(Column("source", "来源", 10, text), True, lambda e: e.source),
        _Of(Column("stratum", "专业", 14, text), True, lambda e: e.stratum),
        _Of(Column("subject", "对象编号", 14, text), False, lambda e: e.task.subject),
        _Of(Column("name", "单位名称", 28, text), True, lambda e: e.name),
        _Of(Column("kind", "类别", 14, text), True, lambda e: _known(e.kind)),
        _Of(Column("area", "区域", 12, text), True, lambda e: _known(e.area)),
        _Of(Column("grade", "信用风险等级", 14, text), False, lambda e: _known(e.grade)),
        _Of(Column("why", "抽取或检查原因", 16, text), False, lambda e: e.why or None),
        _Of(Column("visit", "检查编号", 18, text), False, lambda e: e.task.visit),
        _Of(Column("team", "执法人员", 22, text), False, lambda e: "、".join(name or who for who, name in e.team)),
        _Of(Column("status", "进度", 10, text), True, lambda e: STATUSES[e.status]),
        _Of(Column("check_ended", "检查结束时间", 17, "moment"), False, _text("check_ended")),
        _Of(Column("day", "检查日期", 12, "moment"), True, lambda e: e.said("check_ended")[:_DATE] or None),
        _Of(Column("month", "检查月份", 10), True, _month),
        _Of(Column("outcome", "抽查结果", 20, text), True, _choice("outcome")),
        _Of(Column("reason", "结果细类", 14, text), True, _choice("reason")),
        _Of(Column("problems", "存在的主要问题", 40, text), False, lambda e: e.problems or None),
        _Of(Column("done", "有结果", 8), True, _number(lambda e: e.is_done)),
        _Of(Column("found", "发现问题", 10), True, _number(lambda e: e.has_problem)),
        _Of(Column("sampled", "是否抽样检测", 14, text), False, _choice("sampled")),
        _Of(Column("report_received", "检测报告收到时间", 17, "moment"), False, _text("report_received")),
        _Of(Column("test_result", "检测结果", 10, text), False, _choice("test_result")),
        _Of(Column("correction_ordered_on", "责令改正日期", 13, "moment"), False, _text("correction_ordered_on")),
        _Of(Column("correct_by", "改正期限", 12, "moment"), False, _text("correct_by")),
        _Of(Column("followed_up_on", "复查日期", 12, "moment"), False, _text("followed_up_on")),
        _Of(Column("follow_up_result", "复查结果", 10, text), False, _choice("follow_up_result")),
        _Of(Column("case_filed_on", "立案日期", 12, "moment"), False, _text("case_filed_on")),
        _Of(Column("penalty_decided_on", "处罚决定日期", 13, "moment"), False, _text("penalty_decided_on")),
        _Of(Column("penalty_no", "处罚决定书文号", 22, text), False, _text("penalty_no")),
        _Of(Column("fine", "罚款（元）", 12, "yuan"), False, _yuan("fine")),
        _Of(Column("confiscated", "没收（元）", 12, "yuan"), False, _yuan("confiscated")),
        _Of(Column("case_closed_on", "结案日期", 12, "moment"), False, _text("case_closed_on")),
        _Of(Column("published", "结果公示日期", 13, "moment"), True, _text("published")),
        _Of(Column("penalty_published", "处罚公示日期", 13, "moment"), True, _text("penalty_published")),
        _Of(Column("evidence", "证据（件）", 10), False, lambda e: len(evidence.get(e.task.task, ()))),
    ]
