"""抽查情况记录表, as it is made for each visit: who and what, item by item, results and signatures."""

from word_pieces import WIDTH, cell, either, ends, kept, p, row, row_tag, section, table, tag

_WHOSE = "（检查编号：{{ visit.visit }}　{{ visit.name|truncate(40, True, '…', 0) }}）"
"""On every page: the heads of tables are repeated."""


def record() -> str:
    """The body."""
    return "".join(
        [
            tag("for visit in visits"),
            p("form-agency", "{{ agency }}"),
            p("form-title", "“双随机、一公开”抽查情况记录表"),
            p("form-number", "抽取编号：{{ visit.draw }}　　检查编号：{{ visit.visit }}"),
            _who(),
            p("form-gap"),  # without one Word makes one table of two, and repeats no heading
            _found(),
            p("form-gap"),
            _decided(),
            either(ends(section("oddPage", restart=True)), ends(section("nextPage", restart=True))),
            tag("endfor"),
            p("after"),
            section("continuous"),
        ]
    )


def _who() -> str:
    columns = [1400, 3306, 1400, 3306]
    wide = sum(columns[1:])

    def pair(*texts: str) -> str:
        cells = [
            cell(width, p("form-cell" if number % 2 else "form-label", text))
            for number, (width, text) in enumerate(zip(columns, texts, strict=True))
        ]
        return row(*cells, tall=430)

    def line(label: str, *paragraphs: str) -> str:
        return row(cell(columns[0], p("form-label", label)), cell(wide, *paragraphs, span=3), tall=430)

    return table(
        columns,
        row(cell(WIDTH, p("form-band", "一、基本情况"), span=4), tall=400),
        line("被检查单位", p("form-cell", "{{ visit.name }}{% if visit.kind %}（{{ visit.kind }}）{% endif %}")),
        line("地址", p("form-cell", "{{ visit.address }}")),
        pair(
            "统一社会\n信用代码",
            "{{ visit.code }}",
            "许可证号",
            "{{ visit.licence }}{% if visit.licence_until %}\n有效期至{{ visit.licence_until }}{% endif %}",
        ),
        pair(
            "法定代表人\n（负责人）",
            "{{ visit.legal_representative }}",
            "联系人\n及电话",
            "{{ visit.contact }}　{{ visit.phone }}",
        ),
        line(
            "检查依据",
            p(
                "form-cell",
                "{{ basis }}{% if visit.drawn_by %}；{{ visit.drawn_by }}下达的抽查任务"
                "{% if visit.drawn_by_document %}（{{ visit.drawn_by_document }}）{% endif %}{% endif %}",
            ),
        ),
        line("检查任务", p("form-cell", "{{ visit.strata_text }}（任务编号：{{ visit.tasks_text }}）")),
        line("检查时间", p("form-cell", "＿＿＿＿年＿＿月＿＿日＿＿时＿＿分 至 ＿＿月＿＿日＿＿时＿＿分")),
        line("检查地点", p("form-cell", "□ 同上述地址　　□ ＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿")),
        line(
            "检查人员",
            tag("for team in visit.teams"),
            p(
                "form-cell",
                "{% if visit.is_joint %}{{ team.department }}：{% endif %}{% for member in team.members %}"
                "{{ member.name }}（执法证号{{ member.inspector }}{% if member.lead %}，主办{% endif %}）"
                "{% if not loop.last %}、{% endif %}{% endfor %}",
            ),
            tag("endfor"),
        ),
        line(
            "表明身份\n和告知",
            p("form-cell", "□ 检查人员已出示执法证件，说明检查事由和依据，告知被检查单位有权申请回避、陈述和申辩。"),
            p("form-cell", "被检查单位：□ 不申请回避　□ 申请＿＿＿＿＿＿＿回避，理由：＿＿＿＿＿＿＿＿＿＿＿＿"),
        ),
    )


def _found() -> str:
    columns = [620, 4992, 560, 560, 780, 1900]
    headings = ("序号", "检查内容", "是", "否", "合理\n缺项", "情况说明")

    def point(number: str, text: str, tall: int) -> str:
        boxes = (cell(width, p("form-box", "□")) for width in columns[2:5])
        return row(
            cell(columns[0], p("form-centre", number)),
            cell(columns[1], p("form-cell", text)),
            *boxes,
            cell(columns[5], p("form-cell")),
            tall=tall,
        )

    return table(
        columns,
        row(
            cell(
                WIDTH,
                p(
                    "form-band",
                    f"二、检查情况{_WHOSE}",
                ),
                span=6,
            ),
            tall=400,
            repeated=True,
        ),
        row(
            *(cell(width, p("form-label", heading)) for width, heading in zip(columns, headings, strict=True)),
            tall=440,
            repeated=True,
        ),
        row_tag("for stratum in visit.strata", columns),
        row_tag("for item in stratum.items", columns),
        row(
            cell(
                WIDTH,
                p(
                    "form-item",
                    "（{{ item.chinese_number }}）{{ item.name }}"
                    "{% if visit.strata|length > 1 %}　〔{{ stratum.name }}〕{% endif %}",
                    more="<w:keepNext/>",
                ),
                p(
                    "form-source",
                    "依据：{{ item.basis }}{% if item.method %}　方式：{{ item.method }}{% endif %}",
                    more="<w:keepNext/>",
                ),
                span=6,
            ),
        ),
        row_tag("for point in item.points", columns),
        point("{{ point.number }}", "{{ point.text }}", 420),
        row_tag("endfor", columns),
        row_tag("if item.tests", columns),
        row(
            cell(columns[0], p("form-centre", "检测")),
            cell(
                WIDTH - columns[0],
                p("form-cell", "检测项目：{{ item.tests }}{% if item.demand %}。{{ item.demand }}{% endif %}"),
                p("form-cell", "□ 未抽样　□ 已抽样，采样文书编号：＿＿＿＿＿＿＿＿＿＿　样品数：＿＿＿＿"),
                span=5,
            ),
        ),
        row_tag("endif", columns),
        row_tag("endfor", columns),
        row_tag("if not stratum.items", columns),
        row(
            cell(
                WIDTH,
                p(
                    "form-item",
                    "{{ stratum.name }}：事项清单没有列明抽查事项，按抽查方案检查，逐项填写。",
                    more="<w:keepNext/>",
                ),
                span=6,
            ),
            tall=400,
        ),
        *(point("", "", 560) for _ in range(5)),
        row_tag("endif", columns),
        row_tag("endfor", columns),
    )


def _decided() -> str:
    columns = [1400, WIDTH - 1400]
    outcomes = "{% for outcome in outcomes %}□ {{ outcome.name }}{% if not loop.last %}　{% endif %}{% endfor %}"
    reasons = "{% for reason in reasons %}□ {{ reason.name }}{% if not loop.last %}　{% endif %}{% endfor %}"

    def line(label: str, *paragraphs: str, tall: int = 430, middle: bool = True) -> str:
        return row(cell(columns[0], p("form-label", label)), cell(columns[1], *paragraphs, middle=middle), tall=tall)

    return table(
        columns,
        row(
            cell(WIDTH, p("form-band", f"三、检查结果和处理{_WHOSE}"), span=2),
            tall=400,
            repeated=True,
        ),
        line(
            "存在的\n主要问题",
            p("form-cell", "（没有问题的，写“未发现问题”；有问题的，写明序号、地点、数量和情况）"),
            tall=2300,
            middle=False,
        ),
        line(
            "监督意见",
            p("form-cell", "□ 责令立即改正　　□ 责令于＿＿＿＿年＿＿月＿＿日前改正，到期复查"),
            p("form-cell", "监督意见书等文书编号：＿＿＿＿＿＿＿＿＿＿＿＿＿＿"),
            p("form-cell", "意见："),
            tall=1500,
            middle=False,
        ),
        line(
            "抽查结果",
            tag("for stratum in visit.strata"),
            p("form-cell", "{% if visit.strata|length > 1 %}{{ stratum.name }}：{% endif %}" + outcomes),
            tag("endfor"),
            p("form-cell", "无法联系或者未能检查的，原因："),
            p("form-cell", reasons),
            p("form-cell", "后续处理：□ 无　□ 复查　□ 立案查处　□ 移送＿＿＿＿＿＿＿＿"),
        ),
        kept(
            line(
                "被检查单位\n意见",
                p("form-cell", "以上记录已阅，□ 情况属实　□ 有异议：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿"),
                p(
                    "form-line",
                    "现场负责人（签名、盖章）：＿＿＿＿＿＿＿　职务：＿＿＿＿　电话：＿＿＿＿＿＿",
                ),
                p("form-right", "＿＿＿＿年＿＿月＿＿日"),
                tall=1500,
            )
        ),
        row_tag("for team in visit.teams", columns),
        kept(
            line(
                "检查人员\n签名{% if visit.is_joint %}\n（{{ team.department }}）{% endif %}",
                p(
                    "form-line",
                    "{% for member in team.members %}{{ member.name }}{% if member.lead %}（主办）{% endif %}"
                    "：＿＿＿＿＿＿＿＿＿　{% endfor %}{% if team.members|length < 2 %}＿＿＿＿＿＿＿＿＿{% endif %}",
                ),
                p("form-right", "＿＿＿＿年＿＿月＿＿日"),
                tall=900,
            )
        ),
        row_tag("endfor", columns),
        kept(
            line(
                "拒签情况",
                p("form-cell", "□ 被检查单位拒绝签名，原因：＿＿＿＿＿＿＿＿＿＿＿　见证人：＿＿＿＿＿＿"),
            )
        ),
        row(
            cell(
                WIDTH,
                p(
                    "form-source",
                    "填写说明：逐项检查，在“是”“否”“合理缺项”中选一格打“√”；“否”的写明情况。涂改处由被检查单位签名"
                    "或者盖章。未填写的空白处用斜线划去。",
                ),
                span=2,
            ),
        ),
    )
