"""The headings of the rosters, with their usual variants. A new column is one line here."""

from shuangsuiji.core.table import Column

SUBJECTS = (
    Column(
        "单位名称",
        ("被监督单位", "被监督单位名称", "检查对象名称", "检查对象", "对象名称", "企业名称", "单位", "名称"),
        required=True,
    ),
    Column("专业", ("监督专业", "专业类别", "所属专业", "抽查专业"), "list", required=True),
    Column("对象编号", ("检查对象编号", "编号", "对象代码", "单位编号"), "id"),
    Column("统一社会信用代码", ("社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码/组织机构代码"), "id"),
    Column("类别", ("单位类别", "对象类别", "类型")),
    Column("地址", ("单位地址", "经营地址", "注册地址", "详细地址", "生产经营地址", "经营场所", "住所", "住址")),
    Column("区域", ("所属区域", "乡镇", "辖区", "所在乡镇", "行政区划")),
    Column("法定代表人", ("法人代表", "法定代表人（负责人）", "法人", "负责人", "法定代表人/负责人", "经营者")),
    Column("联系人"),
    Column("联系电话", ("电话", "手机", "手机号", "联系方式", "联系人电话")),
    Column("许可证号", ("卫生许可证号", "许可证编号", "许可证件号")),
    Column("许可证有效期", ("有效期至", "许可证有效期至", "有效期限", "许可有效期"), "date"),
    Column("信用风险等级", ("风险等级", "信用等级", "风险分级", "信用风险分类")),
    Column("必查原因", ("必查", "必抽原因")),
    Column("上次检查日期", ("最近检查日期", "上次检查时间", "最近一次检查日期"), "date"),
    Column("登记日期", ("成立日期", "注册日期", "发证日期", "建档日期"), "date"),
    Column("状态", ("经营状态", "单位状态", "登记状态", "存续状态")),
    Column("备注", ("说明",)),
)

INSPECTORS = (
    Column("执法证号", ("行政执法证号", "执法证件号", "证件编号", "执法证编号", "证号"), "id", required=True),
    Column("姓名", ("执法人员", "执法人员姓名", "检查人员", "人员姓名"), required=True),
    Column("专业", ("监督专业", "执法专业", "擅长专业"), "list", required=True),
    Column("所属部门", ("部门", "单位", "所属单位", "执法机关")),
    Column("证件有效期", ("有效期至", "执法证有效期", "证件有效期至", "有效期"), "date"),
    Column("主办", ("主办人员", "是否主办")),
    Column("区域", ("负责区域", "所属区域", "辖区"), "list"),
    Column("任务上限", ("上限", "最多任务"), "count"),
    Column("已有任务", ("已有任务数", "已承担任务"), "count"),
    Column("状态", ("在岗状态", "人员状态")),
    Column("备注", ("说明",)),
)

ITEMS = (
    Column("事项编码", ("事项编号", "抽查事项编码", "编码"), "id", required=True),
    Column("抽查事项", ("事项名称", "抽查事项名称", "检查事项", "抽查项目"), required=True),
    Column("专业", ("监督专业", "所属专业"), required=True),
    Column("抽查依据", ("检查依据", "法律依据", "依据"), required=True),
    Column("抽查主体", ("检查主体", "主体", "实施主体"), required=True),
    Column("抽查内容", ("检查内容", "内容"), required=True),
    Column("抽查方式", ("检查方式", "方式"), required=True),
    Column("抽查比例", ("比例",), required=True),
    Column("抽查频次", ("频次",), required=True),
    Column("事项类别", ("类别",)),
    Column("检查对象", ("抽查对象",)),
    Column("检测项目", ("检验项目",)),
    Column("抽查要求", ("要求",)),
)

CONFLICTS = (
    Column("执法证号", ("行政执法证号", "执法证件号", "证号"), "id", required=True),
    Column("对象编号", ("检查对象编号", "编号"), "id"),
    Column("统一社会信用代码", ("社会信用代码", "信用代码"), "id"),
    Column("原因", ("回避原因", "回避事由")),
    Column("申报日期", ("申报时间",), "date"),
)

LEAVE = (
    Column("执法证号", ("行政执法证号", "执法证件号", "证号"), "id", required=True),
    Column("开始日期", ("请假开始日期", "起始日期", "开始时间", "起"), "date", required=True),
    Column("结束日期", ("请假结束日期", "截止日期", "结束时间", "止"), "date", required=True),
    Column("原因", ("请假原因", "事由", "说明")),
)
"""On which days an inspector is away."""

LISTED = (
    Column("对象编号", ("检查对象编号", "编号"), "id"),
    Column("统一社会信用代码", ("社会信用代码", "信用代码"), "id"),
    Column("原因", ("排除原因", "说明", "备注")),
)
"""A list of subjects that a plan names: left out (`exclude`), or drawn elsewhere this year (`already`)."""

_OF_SUBJECTS = {column.heading: column for column in SUBJECTS}

RECEIVED = (
    *(_OF_SUBJECTS[heading] for heading in ("单位名称", "对象编号", "统一社会信用代码", "地址")),
    Column(
        "专业",
        ("抽查任务", "任务名称", "抽查任务名称", "抽查层", "抽查类别", *_OF_SUBJECTS["专业"].aliases),
        "list",
        required=True,
    ),
    Column(
        "检查人员",
        ("执法人员", "执法检查人员", "监督员", "检查人员姓名", "执法人员姓名", "检查人员1", "执法人员1", "监督员1"),
        "list",
    ),
    Column("检查人员2", ("执法人员2", "监督员2"), "list"),
    Column("执法证号", ("行政执法证号", "执法证件号", "执法证编号", "证号", "检查人员证号", "执法证号1"), "ids"),
    Column("执法证号2", ("行政执法证号2", "证号2"), "ids"),
    Column("任务编号", ("任务号", "抽查任务编号", "任务代码")),
    Column("备注", ("说明",)),
)
"""A task list that a higher level drew: one task a row, its inspectors in one column or in two."""
