"""随机抽查通知书, as it is made for each visit: the letter with its receipt on the front, the items on the back.

The receipt stands at the foot of the front and is cut off: on the back nothing is printed there.
"""

from word_pieces import FOOT, HEIGHT, WIDTH, cell, either, ends, p, row, row_tag, section, table, tag

_RECEIPT = 3100
"""How much of the foot of the notice's first page is cut off; on its back nothing is printed."""


def notice() -> str:
    """The body."""
    label, text = 1500, WIDTH - 1500
    facts = table(
        [label, text],
        _fact("检查时间", "＿＿＿＿年＿＿月＿＿日＿＿时＿＿分"),
        _fact(
            "检查地点", "{{ visit.address }}{% if not visit.address %}＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿{% endif %}"
        ),
        row(
            cell(label, p("form-label", "检查人员")),
            cell(
                text,
                tag("for team in visit.teams"),
                p(
                    "form-cell",
                    "{% if visit.is_joint %}{{ team.department }}：{% endif %}{% for member in team.members %}"
                    "{{ member.name }}（执法证号{{ member.inspector }}{% if member.lead %}，主办{% endif %}）"
                    "{% if not loop.last %}、{% endif %}{% endfor %}",
                ),
                tag("endfor"),
            ),
        ),
        _fact(
            "检查事项",
            "{{ visit.strata_text }}，共{{ visit.items_total }}项，见附表",
            none="{{ visit.strata_text }}，按抽查方案执行",
        ),
        _fact(
            "配合事项",
            "请法定代表人（负责人）或者其委托的人到场，准备好许可证照、管理制度、从业人员健康合格证明、记录和检测报告等与检查事项有关的资料，如实提供。",
        ),
        _fact("联系方式", "联系人＿＿＿＿＿＿＿＿　　联系电话＿＿＿＿＿＿＿＿＿＿＿＿"),
    )
    letter = [
        _receipt(),
        p("form-agency", "{{ agency }}"),
        p("form-title", "随机抽查通知书"),
        p("form-number", "检查编号：{{ visit.visit }}"),
        p("form-to", "{{ visit.name }}："),
        p(
            "form-body",
            "根据{{ basis }}，{% if visit.drawn_by %}经{{ visit.drawn_by }}随机抽取并下达"
            "{% if visit.drawn_by_document %}（{{ visit.drawn_by_document }}）{% endif %}"
            "{% else %}经随机抽取检查对象、随机选派执法检查人员{% endif %}，"
            "你单位为本次“双随机、一公开”监督抽查的检查对象。现将有关事项通知如下：",
        ),
        facts,
        p("form-sub", "你单位的权利"),
        p(
            "form-small",
            "1. 检查人员不少于两人，检查时应当主动出示执法证件。不出示的，你单位有权拒绝检查"
            "（《中华人民共和国行政处罚法》第四十二条、第五十五条）。",
        ),
        p(
            "form-small",
            "2. 认为检查人员与你单位有直接利害关系或者有其他关系可能影响公正的，有权申请回避"
            "（同法第四十三条）；申请可以当场提出，也可以写在回执上。",
        ),
        p(
            "form-small",
            "3. 对检查情况有异议的，可以当场陈述，由检查人员如实记录。检查不收取任何费用。抽查结果依法向社会公开。",
        ),
        p("form-small", "4. 对检查人员有意见的，可以投诉。投诉电话：＿＿＿＿＿＿＿＿＿＿＿＿＿＿"),
        p("form-body", "特此通知。"),
        p(
            "form-sign",
            "{% for team in visit.teams %}{{ team.department }}（印章）{% if not loop.last %}\n{% endif %}{% endfor %}",
        ),
        p("form-sign", "　　　　年　　月　　日"),
    ]
    turned = _RECEIPT + FOOT
    return "".join(
        [
            tag("for visit in visits"),
            *letter,
            either(ends(section("oddPage", restart=True)), ends(section("nextPage", restart=True))),
            *_attached(),
            tag("if not loop.last"),
            either(ends(section("nextPage", bottom=turned)), ends(section("nextPage"))),
            tag("endif"),
            tag("endfor"),
            p("after"),
            section("nextPage", bottom=turned),
        ]
    )


def _fact(label: str, text: str, none: str = "") -> str:
    said = f"{{% if visit.items_total %}}{text}{{% else %}}{none}{{% endif %}}" if none else text
    return row(cell(1500, p("form-label", label)), cell(WIDTH - 1500, p("form-cell", said)), tall=440)


def _receipt() -> str:
    """The part to be cut off: a frame at the foot of the first page, wherever the letter ends."""
    frame = (
        f'<w:framePr w:w="{WIDTH}" w:h="{_RECEIPT}" w:hRule="atLeast" w:wrap="notBeside" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="1247" w:y="{HEIGHT - FOOT - _RECEIPT}"/>'
    )
    # All lines have the border and no indent: so they are one group, and it is drawn once.
    dashes = '<w:pBdr><w:top w:val="dashed" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    lines = (
        ("form-cut", "（沿虚线剪下，交检查人员带回）"),
        ("form-receipt-title", "随机抽查通知书回执"),
        ("form-receipt", "{{ visit.departments_text }}："),
        ("form-receipt", "　　《随机抽查通知书》（检查编号⟦{{ visit.visit }}⟧）已于＿＿＿年＿＿月＿＿日收到。"),
        ("form-receipt", "　　□ 检查人员已出示执法证件，人员、证号与通知书相符。"),
        ("form-receipt", "　　□ 不申请回避　□ 申请＿＿＿＿＿＿＿＿回避，理由：＿＿＿＿＿＿＿＿＿＿＿＿＿"),
        ("form-receipt", "　　单位名称：⟦{{ visit.name|truncate(60, True, '…', 0) }}⟧（印章）"),
        ("form-receipt", "　　签收人：＿＿＿＿＿＿＿　职务：＿＿＿＿＿＿　电话：＿＿＿＿＿＿＿＿＿"),
    )
    return "".join(p(style, text, more=frame + dashes) for style, text in lines)


def _attached() -> list[str]:
    columns = [600, 1750, 2200, 3632, 1230]
    return [
        p("form-caption", "附表：抽查事项、依据、内容和方式"),
        p("form-number", "检查编号：{{ visit.visit }}　　{{ visit.name|truncate(40, True, '…', 0) }}"),
        table(
            columns,
            row(
                *(
                    cell(width, p("form-label", heading))
                    for width, heading in zip(
                        columns, ("序号", "抽查事项", "抽查依据", "抽查内容", "抽查方式"), strict=True
                    )
                ),
                tall=440,
                repeated=True,
            ),
            row_tag("for stratum in visit.strata", columns),
            row_tag("for item in stratum.items", columns),
            row(
                cell(columns[0], p("form-centre", "{{ item.number }}")),
                cell(
                    columns[1],
                    p("form-fine", "{% if visit.strata|length > 1 %}〔{{ stratum.name }}〕{% endif %}{{ item.name }}"),
                ),
                cell(columns[2], p("form-fine", "{{ item.basis }}")),
                cell(
                    columns[3],
                    tag("for point in item.points"),
                    p("form-fine", "{% if item.points|length > 1 %}{{ loop.index }}. {% endif %}{{ point.text }}"),
                    tag("endfor"),
                    tag("if item.tests"),
                    p("form-fine", "检测项目：{{ item.tests }}"),
                    tag("endif"),
                ),
                cell(columns[4], p("form-fine", "{{ item.method }}")),
            ),
            row_tag("endfor", columns),
            row_tag("if not stratum.items", columns),
            row(cell(WIDTH, p("form-fine", "{{ stratum.name }}：按抽查方案规定的内容检查。"), span=5), tall=380),
            row_tag("endif", columns),
            row_tag("endfor", columns),
        ),
    ]
