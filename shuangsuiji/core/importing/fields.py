"""The columns of each roster for an import: what they are called, how they are treated, what their cells look like."""

from collections.abc import Sequence

from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.roster import columns
from shuangsuiji.core.table import Column

NAMED = (
    Column(
        "姓名", ("执法人员", "执法人员姓名", "检查人员", "检查人员姓名", "人员姓名", "监督员", "回避人员", "申报人")
    ),
    Column(
        "单位名称",
        ("被监督单位", "检查对象名称", "检查对象", "对象名称", "企业名称", "回避单位", "回避对象", "利害关系单位"),
    ),
)
"""By which a list of conflicts may say whom it means, instead of numbers: carried along as columns of its own."""

COLUMNS: dict[Kind, Sequence[Column]] = {
    "subjects": columns.SUBJECTS,
    "inspectors": columns.INSPECTORS,
    "items": columns.ITEMS,
    "conflicts": (*columns.CONFLICTS, *NAMED),
}

NEEDED: dict[Kind, tuple[str, ...]] = {
    "subjects": ("单位名称",),
    "inspectors": ("执法证号", "姓名"),
    "items": ("抽查事项",),
    "conflicts": ("执法证号",),
}
"""What a list must have to be imported at all; 专业 and ids of subjects can be given afterwards."""
INSTEAD: dict[Kind, dict[str, str]] = {"conflicts": {"执法证号": "姓名"}}
"""What may stand for a column that a list must have."""

AREA, GROUP = "区域", "类别"
CODE = "统一社会信用代码"
UNTIL = frozenset({"许可证有效期", "证件有效期"})
"""Dates on which something ends: 2023年5月 means its last day, and of a range the last date counts."""
FREE = frozenset({"备注", "抽查内容", "抽查要求", "抽查依据", "原因", "抽查方式", "检测项目", "抽查频次"})
"""Running text: blanks between words stay, “无” is said and meant."""
WORDS = frozenset({"专业", "状态", "信用风险等级", "主办", "事项类别"})
"""Words that the tool knows: in simplified characters."""
PHONES = frozenset({"联系电话"})
RATIOS = frozenset({"抽查比例"})

FIRST = {
    "地址": ("经营地址", "生产经营地址", "经营场所"),
    "法定代表人": ("法人代表", "法人"),
    "登记日期": ("成立日期",),
}
"""Of several columns that mean the same, these are meant: an inspection goes where the business is."""
