"""What can be recorded of a task, as data: field by field its name, Chinese heading, kind and codes.

- A value is text: a code for a choice, ``YYYY-MM-DDTHH:MM`` (local) for a moment, ``YYYY-MM-DD`` for a date, yuan for
  money (``2000``, ``2000.50``). A blank value is no value.
- A new field is one line here; one that inspectors fill in has another line in `files.sheets.form`.
- How cells become such text is `core.year.cell_values`; what must hold between fields is `core.year.finding_rules`.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Literal, NamedTuple

Kind = Literal["text", "choice", "date", "moment", "money"]

OUTCOMES = {
    "NO_PROBLEM_FOUND": "未发现问题",
    "CORRECTION_ORDERED": "发现问题已责令改正",
    "PENALISED": "行政处罚",
    "UNREACHABLE": "无法联系",
}
"""The four published classes (S2 四(一))."""

REASONS = {
    "closed": "已关闭",
    "moved": "已搬迁",
    "deregistered": "已注销",
    "refused": "拒绝检查",
    "no-business": "未开展相关业务",
    "other": "其他",
}
YES_NO = {"yes": "是", "no": "否"}
TESTS = {"pass": "合格", "fail": "不合格"}
FOLLOW_UPS = {"corrected": "已改正", "partly": "部分改正", "not": "未改正"}

MEASURES = {"reminder": "提醒", "training": "培训", "talk": "约谈", "points": "记分"}
"""What the bureau may do after a visit beside the law's own means (S1 六(六))."""

PARTIES = {"organisation": "法人及非法人组织", "business": "个体工商户", "person": "自然人"}
"""Whom a penalty is against (行政相对人类别), as 双公示 names them."""

BASES = {"complaint": "投诉", "tip": "线索", "handed-over": "移送", "special": "专项"}
"""Why a visit was made outside the random draw (S1 四)."""

LONG, SHORT, LINK = 4000, 200, 500
"""Characters: how long a text may be that people write freely, a number or a name, a web address."""


class Finding(NamedTuple):
    """One field: `codes` of a choice with their Chinese, `longest` text in characters, `is_link` for web addresses."""

    name: str
    heading: str
    kind: Kind
    codes: Mapping[str, str] = {}
    longest: int = SHORT
    is_link: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """What a choice offers, in Chinese."""
        return tuple(self.codes.values())

    def shown(self, value: str) -> str:
        """`value` as people read it.

        >>> FINDINGS["outcome"].shown("PENALISED"), FINDINGS["check_ended"].shown("2023-05-09T14:30")
        ('行政处罚', '2023-05-09 14:30')
        """
        return self.codes.get(value, value) if self.kind == "choice" else value.replace("T", " ", self.kind == "moment")


_ON_THE_FORM = (
    Finding("check_ended", "检查结束时间", "moment"),
    Finding("outcome", "抽查结果", "choice", OUTCOMES),
    Finding("reason", "结果细类", "choice", REASONS),
    Finding("problems", "存在的主要问题", "text", longest=LONG),
    Finding("sampled", "是否抽样检测", "choice", YES_NO),
    Finding("report_received", "检测报告收到时间", "moment"),
    Finding("test_result", "检测结果", "choice", TESTS),
    Finding("correction_ordered_on", "责令改正日期", "date"),
    Finding("correct_by", "改正期限", "date"),
    Finding("followed_up_on", "复查日期", "date"),
    Finding("follow_up_result", "复查结果", "choice", FOLLOW_UPS),
    Finding("case_filed_on", "立案日期", "date"),
    Finding("case_no", "立案编号", "text"),
    Finding("penalty_decided_on", "处罚决定日期", "date"),
    Finding("penalty_no", "处罚决定书文号", "text"),
    Finding("fine", "罚款金额（元）", "money"),
    Finding("confiscated", "没收金额（元）", "money"),
    Finding("case_closed_on", "结案日期", "date"),
    Finding("referred_to", "移送机关", "text"),
    Finding("referred_on", "移送日期", "date"),
    Finding("note", "备注", "text", longest=LONG),
)
_BY_THE_OFFICE = (
    Finding("uploaded", "检查结果上传时间", "moment"),
    Finding("report_uploaded", "检测结果上传时间", "moment"),
    Finding("case_filed_entered", "立案信息录入日期", "date"),
    Finding("penalty_decided_entered", "处罚信息录入日期", "date"),
    Finding("case_closed_entered", "结案信息录入日期", "date"),
    Finding("published", "结果公示日期", "date"),
    Finding("published_at", "公示网址", "text", longest=LINK, is_link=True),
    Finding("penalty_published", "处罚公示日期", "date"),
    Finding("penalty_changed_on", "处罚变更或撤销日期", "date"),
    Finding("penalty_withdrawn", "处罚公示撤下日期", "date"),
    Finding("party_kind", "行政相对人类别", "choice", PARTIES),
    Finding("violation_type", "违法行为类型", "text", longest=2000),
    Finding("violation_facts", "违法事实", "text", longest=5000),
    Finding("penalty_basis", "处罚依据", "text", longest=2048),
    Finding("penalty_kinds", "处罚类别", "text"),
    Finding("penalty_content", "处罚内容", "text", longest=LONG),
    Finding("licence_withheld", "暂扣或吊销证照名称及编号", "text"),
    Finding("penalty_valid_until", "处罚有效期", "date"),
    Finding("public_until", "公示截止期", "date"),
)
FINDINGS: Mapping[str, Finding] = {finding.name: finding for finding in (*_ON_THE_FORM, *_BY_THE_OFFICE)}
"""All fields by name: those of the return form, then those that the office alone records."""

_FREE = frozenset(name for name, finding in FINDINGS.items() if finding.kind == "text")
_MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_WHEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")
_MOST = 1 << 16
_seen: set[tuple[str, str]] = set()
"""Fields and values that were looked at already."""


def refuse_strange(values: Mapping[str, str]) -> None:
    """Raise ValueError where a date, an amount or a code is none: what no command of ours puts on record."""
    if values.items() <= _seen:  # of a hundred thousand results nearly all say the same few things
        return
    for name, text in values.items():
        if text and name not in _FREE and not _is_ours(name, text):
            raise ValueError(text)
    if len(_seen) < _MOST:
        _seen.update(values.items())


def _is_ours(name: str, text: str) -> bool:
    field = FINDINGS.get(name)
    if field is None:  # of a version to come: whoever reads it does not ask for it
        return True
    match field.kind:
        case "choice":
            return text in field.codes
        case "money":
            return _MONEY.fullmatch(text) is not None
        case _:
            try:
                return _WHEN.fullmatch(text) is not None and datetime.fromisoformat(text).year > 0
            except ValueError:
                return False


def finding(text: str) -> Finding | None:
    """The field that a person means by its name or Chinese heading, None where there is no such field.

    >>> finding("复查日期").name, finding("罚款金额").name, finding("Outcome").name, finding("天气")
    ('followed_up_on', 'fine', 'outcome', None)
    """
    wanted = text.strip()
    name = wanted.lower().replace("-", "_")
    if name in FINDINGS:
        return FINDINGS[name]
    return next((one for one in FINDINGS.values() if wanted in {one.heading, one.heading.removesuffix("（元）")}), None)


def coded(text: str, codes: Mapping[str, str]) -> str | None:
    """The code of `codes` that a person means by its Chinese or by itself, None where there is none.

    >>> coded("行政处罚", OUTCOMES), coded("penalised", OUTCOMES), coded("罚款", OUTCOMES)
    ('PENALISED', 'PENALISED', None)
    """
    wanted = text.strip()
    name = wanted.lower().replace("_", "-")
    return next((c for c, chinese in codes.items() if wanted == chinese or name == c.lower().replace("_", "-")), None)


def nearest(text: str) -> tuple[str, ...]:
    """Headings and names that look like `text`, for a sentence about a field that does not exist."""
    known = [word for one in FINDINGS.values() for word in (one.heading, one.name)]
    return tuple(get_close_matches(text.strip(), known, n=5, cutoff=0.5))
