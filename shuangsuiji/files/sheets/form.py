"""The return form (结果回填): its columns as data, for the sheet that goes out and for `ssj record`, which reads it.

A new column is one line here. Headings are what the reader goes by; a form already sent out keeps the old ones, so a
changed heading needs a new `FORMAT`.
"""

from typing import Literal, NamedTuple

FORMAT = "ssj-return/1"
SHEET = "结果回填"
MACHINE_SHEET = "_ssj"
"""Very hidden: rows of key and value: format, draw, inspector, checkpoint."""

Kind = Literal["fixed", "text", "choice", "date", "moment", "money"]
"""``fixed`` is printed and locked; ``moment`` = date and time; ``money`` = yuan, 0 or more."""

OUTCOMES = ("未发现问题", "发现问题已责令改正", "行政处罚", "无法联系")
REASONS = ("已关闭", "已搬迁", "已注销", "拒绝检查", "未开展相关业务", "其他")
YES_NO = ("是", "否")
TESTS = ("合格", "不合格")
FOLLOW_UPS = ("已改正", "部分改正", "未改正")


class Entry(NamedTuple):
    """One column: `field` is its name in programs, `part` the band above it, `hint` what the prompt says."""

    heading: str
    field: str
    kind: Kind
    part: str
    width: float
    choices: tuple[str, ...] = ()
    hint: str = ""


FORM = (
    Entry("任务编号", "task", "fixed", "抽查任务", 19),
    Entry("单位名称", "name", "fixed", "抽查任务", 22),
    Entry("专业", "stratum", "fixed", "抽查任务", 10),
    Entry("检查结束时间", "check_ended", "moment", "现场检查", 17, hint="现场检查结束的时间。24小时上传期限由此起算。"),
    Entry("抽查结果", "outcome", "choice", "现场检查", 14, OUTCOMES, "四类结果选一类。"),
    Entry("结果细类", "reason", "choice", "现场检查", 12, REASONS, "无法联系或者未能检查的，选原因；其他情形留空。"),
    Entry("存在的主要问题", "problems", "text", "现场检查", 26, hint="如实、简要填写；将随结果公示，不写个人信息。"),
    Entry("是否抽样检测", "sampled", "choice", "抽样检测", 8, YES_NO),
    Entry(
        "检测报告收到时间",
        "report_received",
        "moment",
        "抽样检测",
        17,
        hint="收到最后一份报告的时间。24小时上传期限由此起算。",
    ),
    Entry("检测结果", "test_result", "choice", "抽样检测", 9, TESTS, "有一项不合格即选不合格。"),
    Entry(
        "责令改正日期", "correction_ordered_on", "date", "责令改正与复查", 12, hint="下达责令改正（监督意见）的日期。"
    ),
    Entry("改正期限", "correct_by", "date", "责令改正与复查", 11, hint="文书载明的改正期限。"),
    Entry("复查日期", "followed_up_on", "date", "责令改正与复查", 11),
    Entry("复查结果", "follow_up_result", "choice", "责令改正与复查", 9, FOLLOW_UPS),
    Entry("立案日期", "case_filed_on", "date", "立案与处罚", 11),
    Entry("立案编号", "case_no", "text", "立案与处罚", 16),
    Entry("处罚决定日期", "penalty_decided_on", "date", "立案与处罚", 12, hint="7个工作日公示期限由此起算。"),
    Entry("处罚决定书文号", "penalty_no", "text", "立案与处罚", 18),
    Entry("罚款金额（元）", "fine", "money", "立案与处罚", 14, hint="单位为元，只填数字；警告等没有罚款的填0。"),
    Entry("没收金额（元）", "confiscated", "money", "立案与处罚", 14, hint="没收违法所得、非法财物的金额，单位为元。"),
    Entry("结案日期", "case_closed_on", "date", "立案与处罚", 11),
    Entry("移送机关", "referred_to", "text", "移送与备注", 16, hint="移送其他行政机关或者司法机关的，填机关名称。"),
    Entry("移送日期", "referred_on", "date", "移送与备注", 11),
    Entry("备注", "note", "text", "移送与备注", 18),
)
