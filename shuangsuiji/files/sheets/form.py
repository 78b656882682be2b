"""The return form (结果回填): its columns as data, for the sheet that goes out and for `ssj record`, which reads it.

A new column is one line here. Headings are what the reader goes by; a form already sent out keeps the old ones, so a
changed heading needs a new `FORMAT`.
"""

from typing import Literal, NamedTuple

from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.findings import Kind as FindingKind

FORMAT = "ssj-return/1"
SHEET = "结果回填"
MACHINE_SHEET = "_ssj"
"""Very hidden: rows of key and value: format, draw, inspector, checkpoint."""

Kind = FindingKind | Literal["fixed"]
"""``fixed`` is printed and locked; ``moment`` = date and time; ``money`` = yuan, 0 or more."""


class Entry(NamedTuple):
    """One column: `field` is its name in programs, `part` the band above it, `hint` what the prompt says."""

    heading: str
    field: str
    kind: Kind
    part: str
    width: float
    choices: tuple[str, ...] = ()
    hint: str = ""


def _entry(field: str, part: str, width: float, hint: str = "") -> Entry:
    """A column to be filled in: heading, kind and choices are those of `core.year.findings`."""
    finding = FINDINGS[field]
    return Entry(finding.heading, field, finding.kind, part, width, finding.choices, hint)


FORM = (
    Entry("任务编号", "task", "fixed", "抽查任务", 19),
    Entry("单位名称", "name", "fixed", "抽查任务", 22),
    Entry("专业", "stratum", "fixed", "抽查任务", 10),
    _entry("check_ended", "现场检查", 17, "现场检查结束的时间。24小时上传期限由此起算。"),
    _entry("outcome", "现场检查", 14, "四类结果选一类。"),
    _entry("reason", "现场检查", 12, "无法联系或者未能检查的，选原因；其他情形留空。"),
    _entry("problems", "现场检查", 26, "如实、简要填写；将随结果公示，不写个人信息。"),
    _entry("sampled", "抽样检测", 8),
    _entry("report_received", "抽样检测", 17, "收到最后一份报告的时间。24小时上传期限由此起算。"),
    _entry("test_result", "抽样检测", 9, "有一项不合格即选不合格。"),
    _entry("correction_ordered_on", "责令改正与复查", 12, "下达责令改正（监督意见）的日期。"),
    _entry("correct_by", "责令改正与复查", 11, "文书载明的改正期限。"),
    _entry("followed_up_on", "责令改正与复查", 11),
    _entry("follow_up_result", "责令改正与复查", 9),
    _entry("case_filed_on", "立案与处罚", 11),
    _entry("case_no", "立案与处罚", 16),
    _entry("penalty_decided_on", "立案与处罚", 12, "7个工作日公示期限由此起算。"),
    _entry("penalty_no", "立案与处罚", 18),
    _entry("fine", "立案与处罚", 14, "单位为元，只填数字；警告等没有罚款的填0。"),
    _entry("confiscated", "立案与处罚", 14, "没收违法所得、非法财物的金额，单位为元。"),
    _entry("case_closed_on", "立案与处罚", 11),
    _entry("referred_to", "移送与备注", 16, "移送其他行政机关或者司法机关的，填机关名称。"),
    _entry("referred_on", "移送与备注", 11),
    _entry("note", "移送与备注", 18),
)
