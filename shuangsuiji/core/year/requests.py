"""What people ask for, one request a row: from a table with Chinese headings, or from the command's own words.

`place` is where the row stands, for Problems; None for a request typed as options.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.table import Column, Table
from shuangsuiji.core.year.adjustment import ABSENCES, ASKERS, SLIPS, Absence, Asker, Slip
from shuangsuiji.core.year.approval import Paper, paper_of

_VISIT = Column("检查编号", ("检查号",), "id")
_INSPECTOR = Column("执法证号", ("行政执法证号", "执法证件号", "证号"), "id", required=True)
_REASON = Column("原因", ("理由", "具体原因"), required=True)
_DOCUMENT = Column("文号", ("批准文号", "文书号"))

RECUSALS = (
    _VISIT._replace(required=True),
    _INSPECTOR,
    Column("申请人", ("提出人", "申请方"), required=True),
    _REASON,
    _DOCUMENT,
)
REPLACEMENTS = (
    _INSPECTOR,
    Column("事由", ("类别", "事由类别"), required=True),
    _REASON,
    _VISIT._replace(kind="text"),
    Column("批准意见", ("批准", "审批意见")),
    Column("超限批准文号", ("超出比例批准文号",)),
    _DOCUMENT,
    Column("申请日期", ("日期",), "date"),
)
WITHDRAWALS = (
    Column("编号", ("调整编号", "替换编号"), "id", required=True),
    _REASON,
    _DOCUMENT,
)
VOIDS = (
    Column("任务编号", ("任务号",), "id", required=True),
    Column("事由", ("类别", "事由类别"), required=True),
    _REASON,
    _DOCUMENT._replace(required=True),
    Column("文书日期", ("日期", "批准日期"), "date"),
)

_ASKED_BY: Mapping[str, Asker] = {word: asker for asker, word in ASKERS.items()} | {
    "检查人员": "inspector",
    "执法人员": "inspector",
    "本人": "inspector",
    "检查对象": "firm",
    "被检查单位": "firm",
    "单位": "firm",
    "企业": "firm",
    "本机关": "bureau",
    "本局": "bureau",
}
_WHY: Mapping[str, Absence] = {word: why for why, word in ABSENCES.items()} | {
    "病假": "illness",
    "生病": "illness",
    "请假": "leave",
    "调动": "transfer",
}
_SLIP: Mapping[str, Slip] = {word: slip for slip, word in SLIPS.items()} | {
    "重复建卡": "duplicate",
    "错录": "entry-error",
}
_SEVERAL = re.compile(r"[；;、,，\s]+")
_PAPERS = re.compile(r"[；;\n]+")
Word = TypeVar("Word", bound=str)


class RecusalRequest(NamedTuple):
    """`inspector` steps back from `visit`."""

    visit: str
    inspector: str
    asked_by: Asker
    reason: str
    document_no: str
    place: Place | None = None


class ReplacementRequest(NamedTuple):
    """`inspector` cannot do `visits` (none named: all). `document_no` is for plans without levels of approval.

    `on` = when he asked; None: on the day of the first approval, else today.
    """

    inspector: str
    why: Absence
    reason: str
    visits: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    excess_document: str = ""
    document_no: str = ""
    on: date | None = None
    place: Place | None = None


class WithdrawalRequest(NamedTuple):
    """The replacement called `adjustment` is taken back."""

    adjustment: str
    reason: str
    document_no: str
    place: Place | None = None


class VoidRequest(NamedTuple):
    """The superior closed `task`."""

    task: str
    why: Slip
    reason: str
    document_no: str
    on: date
    place: Place | None = None


def recusal_requests(tables: Sequence[Table]) -> tuple[list[RecusalRequest], list[Problem]]:
    """The rows of a sheet of recusals, and what is wrong with them."""
    found: list[RecusalRequest] = []
    problems: list[Problem] = []
    for table, row in _rows(tables):
        asker = _word(table, row, "申请人", _ASKED_BY, problems)
        blank = _blanks(table, row, ("检查编号", "执法证号", "原因"))
        problems += blank
        if asker and not blank:
            visit, inspector = table.cell(row, "检查编号"), table.cell(row, "执法证号")
            reason, document_no = table.cell(row, "原因"), table.cell(row, "文号")
            found.append(RecusalRequest(visit, inspector, asker, reason, document_no, table.place(row)))
    return found, problems


def replacement_requests(tables: Sequence[Table]) -> tuple[list[ReplacementRequest], list[Problem]]:
    """The rows of a sheet of replacements, and what is wrong with them. 批准意见 holds 级别=文号@日期, joined by ；."""
    found: list[ReplacementRequest] = []
    problems: list[Problem] = []
    for table, row in _rows(tables):
        why = _word(table, row, "事由", _WHY, problems)
        blank = _blanks(table, row, ("执法证号", "原因"))
        problems += blank
        papers = []
        for text in filter(str.strip, _PAPERS.split(table.cell(row, "批准意见"))):
            try:
                papers.append(paper_of(text))
            except Refusal as refusal:
                problems.append(error(refusal.code, table.place(row, "批准意见"), refusal.what, refusal.todo))
        if why and not blank:
            request = ReplacementRequest(
                inspector=table.cell(row, "执法证号"),
                why=why,
                reason=table.cell(row, "原因"),
                visits=tuple(filter(None, _SEVERAL.split(table.cell(row, "检查编号")))),
                papers=tuple(papers),
                excess_document=table.cell(row, "超限批准文号"),
                document_no=table.cell(row, "文号"),
                on=_day(table, row, "申请日期"),
                place=table.place(row),
            )
            found.append(request)
    return found, problems


def void_requests(tables: Sequence[Table], today: date) -> tuple[list[VoidRequest], list[Problem]]:
    """The rows of a sheet of tasks to close, and what is wrong with them."""
    found: list[VoidRequest] = []
    problems: list[Problem] = []
    for table, row in _rows(tables):
        why = _word(table, row, "事由", _SLIP, problems)
        blank = _blanks(table, row, ("任务编号", "原因", "文号"))
        problems += blank
        on = _day(table, row, "文书日期") or today
        if why and not blank:
            cells = (table.cell(row, "任务编号"), why, table.cell(row, "原因"), table.cell(row, "文号"))
            found.append(VoidRequest(*cells, on, table.place(row)))
    return found, problems


def withdrawal_requests(tables: Sequence[Table]) -> tuple[list[WithdrawalRequest], list[Problem]]:
    """The rows of a sheet of replacements to take back, and what is wrong with them."""
    found: list[WithdrawalRequest] = []
    problems: list[Problem] = []
    for table, row in _rows(tables):
        blank = _blanks(table, row, ("编号", "原因"))
        problems += blank
        if not blank:
            adjustment, reason = table.cell(row, "编号"), table.cell(row, "原因")
            found.append(WithdrawalRequest(adjustment, reason, table.cell(row, "文号"), table.place(row)))
    return found, problems


def _day(table: Table, row: int, heading: str) -> date | None:
    try:
        return date.fromisoformat(table.cell(row, heading))
    except ValueError:  # blank; or the door has reported it, or it says 长期
        return None


def _rows(tables: Sequence[Table]) -> Iterator[tuple[Table, int]]:
    for table in tables:
        for row in range(len(table)):
            yield table, row


def _word(table: Table, row: int, heading: str, words: Mapping[str, Word], problems: list[Problem]) -> Word | None:
    text = table.cell(row, heading)
    if text in words:
        return words[text]
    if heading in table.cells:
        what = f"“{text}”看不懂。" if text else f"“{heading}”空着。"
        problems.append(error("unknown-word", table.place(row, heading), what, f"请填其中之一：{'、'.join(words)}。"))
    return None


def _blanks(table: Table, row: int, headings: Sequence[str]) -> list[Problem]:
    return [
        error("blank", table.place(row, heading), f"“{heading}”空着。", "请填写。")
        for heading in headings
        if heading in table.cells and not table.cell(row, heading)
    ]
