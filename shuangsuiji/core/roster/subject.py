"""Subjects (检查对象): rows of the roster as values, and what is wrong with them.

- Id = 对象编号, or where that is blank the 统一社会信用代码; both as the protocol can carry them.
- 注销/停业 … are left out and reported; an unknown 状态 is a warning and counts as open.
- A credit code that fails its check, a lapsed licence, a repeated name and address: warnings.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.roster.ident import ID_RULE, credit_code_fault, is_id
from shuangsuiji.core.table import Table
from shuangsuiji.core.wording import FORMULA

OPEN = frozenset({"", "正常", "在业", "存续", "营业", "开业", "在营", "有效", "在册", "在用", "正常营业"})
_CLOSED = re.compile(
    r"(已|已经|暂时|长期|现)?(被)?(注销|停业|吊销|撤销|迁出|关闭|关停|歇业|倒闭|停止营业|未在最新名单).{0,4}"
)
_REVIEWED = {"信用风险等级": "grade", "必查原因": "must"}
"""What a reviewed sheet (`core.risk`) may change of a row."""


class Subject(NamedTuple):
    """One row of the roster. Dates are YYYY-MM-DD or blank; `table` and `row` (from 0) tell where it stands."""

    subject: str
    name: str
    specialties: tuple[str, ...]
    code: str
    kind: str
    address: str
    area: str
    legal_representative: str
    contact: str
    phone: str
    licence: str
    licence_until: str
    grade: str
    must: str
    last_visit: str
    registered: str
    status: str
    table: Table
    row: int

    @property
    def is_closed(self) -> bool:
        """Whether the roster says that there is nothing left to inspect."""
        return says_closed(self.status)

    def cell(self, heading: str) -> str:
        """What stands under any heading of the roster, also one that no rule knows; grade and 必查 as reviewed."""
        reviewed = _REVIEWED.get(heading)
        return getattr(self, reviewed) if reviewed else self.table.cell(self.row, heading)

    def problem(self, code: str, what: str, todo: str = "", heading: str | None = None) -> Problem:
        """An error in this row."""
        return error(code, self.table.place(self.row, heading), what, todo)


def says_closed(status: str) -> bool:
    """Whether a roster's 状态 means that there is nothing left to inspect.

    >>> [says_closed(word) for word in ("", "注销", "已停业", "未注销", "曾停业，现已恢复")]
    [False, True, True, False, False]
    """
    return status not in OPEN and _CLOSED.fullmatch(status) is not None


def subjects(tables: Iterable[Table], as_of: str) -> tuple[list[Subject], list[Problem]]:
    """All subjects of the roster in their order, and what is wrong with them. `as_of` is a date, YYYY-MM-DD."""
    kept = list(tables)
    found = [subject for table in kept for subject in _rows(table)]
    problems = [problem for table in kept for problem in _without_id(table)]
    codes: dict[str, str] = {}
    for subject in found:
        if not (subject.name and subject.specialties and subject.subject and is_id(subject.subject)):
            problems.extend(_broken(subject))
        if subject.code and subject.code not in codes:
            codes[subject.code] = credit_code_fault(subject.code)
            if codes[subject.code]:
                place = subject.table.place(subject.row, "统一社会信用代码")
                what = f"“{subject.name}”的统一社会信用代码 {subject.code} {codes[subject.code]}。"
                problems.append(warning("credit-code", place, what, "请核对；不影响抽取。"))
        if subject.name.startswith(FORMULA):
            place = subject.table.place(subject.row, "单位名称")
            what = f"“{subject.name}”以“{subject.name[0]}”开头，在 Excel 里打开结果文件（csv）时会被当成公式。"
            problems.append(warning("formula-like-name", place, what, "请核对名称。"))
        if subject.last_visit > as_of:
            place = subject.table.place(subject.row, "上次检查日期")
            what = f"“{subject.name}”的上次检查日期 {subject.last_visit} 晚于名册基准日 {as_of}。"
            problems.append(warning("visit-to-come", place, what, "请核对日期。"))
        if subject.status not in OPEN:
            problems.append(_standing(subject))
        if subject.licence_until and subject.licence_until < as_of and not subject.is_closed:
            place = subject.table.place(subject.row, "许可证有效期")
            what = f"“{subject.name}”的许可证已于 {subject.licence_until} 到期。"
            problems.append(warning("licence-lapsed", place, what, "请核对是否延续或已停业；仍参加抽取。"))
    problems.extend(_twice(found))
    return found, problems


def _standing(subject: Subject) -> Problem:
    place = subject.table.place(subject.row, "状态")
    if subject.is_closed:
        what = f"“{subject.name}”的状态为“{subject.status}”，不参加抽取。"
        return warning("subject-left-out", place, what)
    what = f"“{subject.name}”的状态“{subject.status}”不认识，按正常营业对待。"
    return warning("unknown-status", place, what, "如已停业或注销，请改为“停业”或“注销”。")


def _rows(table: Table) -> Iterator[Subject]:
    ids, codes = table.column("对象编号"), table.column("统一社会信用代码")
    split: dict[str, tuple[str, ...]] = {}
    for text in set(table.column("专业")):
        split[text] = tuple(part for part in text.split("；") if part)
    chosen = [subject or code for subject, code in zip(ids, codes, strict=True)]
    held = [split[text] for text in table.column("专业")]
    return map(
        Subject,
        chosen,
        table.column("单位名称"),
        held,
        codes,
        *(table.column(heading) for heading in ("类别", "地址", "区域", "法定代表人", "联系人", "联系电话")),
        *(table.column(heading) for heading in ("许可证号", "许可证有效期", "信用风险等级", "必查原因")),
        *(table.column(heading) for heading in ("上次检查日期", "登记日期", "状态")),
        [table] * len(table),
        range(len(table)),
    )


def _without_id(table: Table) -> Iterator[Problem]:
    if len(table) and not {"对象编号", "统一社会信用代码"} & set(table.cells):
        place = Place(table.file, table.sheet)
        what = "既没有“对象编号”列，也没有“统一社会信用代码”列。"
        yield error("missing-id-column", place, what, "请至少补上其中一列。")


def _broken(subject: Subject) -> Iterator[Problem]:
    has = subject.table.cells
    if not subject.name and "单位名称" in has:
        yield subject.problem("blank-name", "单位名称空着。", "请填写单位名称。", "单位名称")
    if not subject.specialties and "专业" in has:
        yield subject.problem("blank-specialty", f"“{subject.name}”没有填专业。", "请填写专业。", "专业")
    if not subject.subject and {"对象编号", "统一社会信用代码"} & set(has):
        what = f"“{subject.name}”既没有对象编号，也没有统一社会信用代码。"
        yield subject.problem("blank-id", what, "请填写其中一个。", "对象编号")
    elif subject.subject and not is_id(subject.subject):
        heading = "对象编号" if subject.cell("对象编号") else "统一社会信用代码"
        what = f"“{subject.name}”的编号“{subject.subject}”不合规定。"
        yield subject.problem("bad-id", what, ID_RULE, heading)


def _twice(found: list[Subject]) -> Iterator[Problem]:
    if len({s.subject for s in found}) == len({(s.name, s.address) for s in found}) == len(found):
        return  # the usual case, in a third of the time
    first: dict[str, Subject] = {}
    place_of: dict[tuple[str, str], Subject] = {}
    for subject in found:
        known = first.setdefault(subject.subject, subject)
        if subject.subject and known.name != subject.name:
            what = f"编号 {subject.subject} 有两个名称：“{known.name}”（第{_row(known)}行）和“{subject.name}”。"
            todo = "一个编号只能是一家单位，请改正编号或名称。"
            yield subject.problem("id-with-two-names", what, todo, "对象编号")
        twin = place_of.setdefault((subject.name, subject.address), subject)
        if twin.subject != subject.subject and subject.name:
            place = subject.table.place(subject.row, "单位名称")
            what = f"“{subject.name}”与第{_row(twin)}行名称、地址相同，编号不同（{twin.subject}、{subject.subject}）。"
            yield warning("same-name-and-address", place, what, "如是同一家，请合并，否则被抽中的机会加倍。")


def _row(subject: Subject) -> int:
    return subject.table.numbers[subject.row]
