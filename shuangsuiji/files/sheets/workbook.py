"""One inspector's workbook: 我的任务, 检查内容, 结果回填, 填写说明, and a hidden sheet that says of which draw."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from shuangsuiji.core.year.briefing import Assignment, Briefing, ItemCard, Member, StratumLine
from shuangsuiji.files.sheets.form import FORMAT, MACHINE_SHEET
from shuangsuiji.files.sheets.form_sheet import Blank, form_sheet
from shuangsuiji.files.sheets.guide import guide
from shuangsuiji.files.sheets.paper import Column, Paper, listing
from shuangsuiji.files.sheets.text import clean, pieces
from shuangsuiji.files.sheets.wording import (
    basis,
    beside,
    day,
    drawn,
    member,
    period,
    points,
    specialties,
    stratum_names,
)

VISITS, ITEMS = "我的任务", "检查内容"


class Visit(NamedTuple):
    """One row of 我的任务."""

    strata: str
    partners: str
    of: Assignment


VISIT_COLUMNS = (
    Column("检查编号", 13, lambda row: row.of.visit),
    Column("计划检查日期", 11, lambda row: row.of.planned, centred=True, optional=True),
    Column("单位名称", 27, lambda row: row.of.subject.name),
    Column("专业", 11, lambda row: row.strata, centred=True),
    Column("地址", 27, lambda row: row.of.subject.address),
    Column("区域", 9, lambda row: row.of.subject.area, centred=True),
    Column("法定代表人", 9, lambda row: row.of.subject.legal_representative, centred=True, optional=True),
    Column("联系人", 9, lambda row: row.of.subject.contact, centred=True),
    Column("联系电话", 13, lambda row: row.of.subject.phone, centred=True),
    Column("许可证号及有效期", 20, lambda row: _licence(row.of), optional=True),
    Column("信用风险等级", 8, lambda row: row.of.subject.grade, centred=True, optional=True),
    Column("必查原因", 12, lambda row: row.of.subject.must, optional=True),
    Column("检查部门", 12, lambda row: row.of.department, centred=True, optional=True),
    Column("同组人员（执法证号）", 30, lambda row: row.partners),
    Column("同去的其他部门", 26, lambda row: beside(row.of), optional=True),
)

ITEM_HEADINGS = ("序号", "事项编码", "抽查事项", "抽查内容", "抽查依据", "抽查方式", "检测项目", "要求")
ITEM_WIDTHS = (5, 11, 20, 42, 34, 12, 18, 20)

TALLEST = 330.0
"""Points: an item that needs more goes on in a second row, for no program shows a row above 409."""


def workbook(briefing: Briefing, inspector: Member, assignments: Sequence[Assignment]) -> bytes:
    """The file for `inspector`, who is on the team of each of `assignments`; those of `briefing` are not looked at."""
    paper = Paper(briefing, f"双随机抽查任务单（{inspector.name}）")
    names = stratum_names(briefing.strata)
    blanks = [
        Blank(task, of.subject.name, names.get(code, code))
        for of in assignments
        for code, task in zip(of.strata, of.tasks, strict=True)
    ]
    who = f"检查人员：{inspector.name}（执法证号{inspector.inspector}）"
    finish = f"检查期间：{period(briefing)}，请于{day(briefing.period_end)}前完成"
    notes = [
        f"{who}　　共{len(assignments)}次检查，{len(blanks)}项任务　　{finish}",
        f"依据：{basis(briefing)}　　{drawn(briefing)}",
    ]
    visits = [Visit(specialties(of, names), _partners(of, inspector.inspector), of) for of in assignments]
    title = f"{briefing.agency}“双随机、一公开”抽查任务单"
    listing(paper, VISITS, title, notes, columns=VISIT_COLUMNS, rows=visits)
    mine = {code for of in assignments for code in of.strata}
    _items(paper, [stratum for stratum in briefing.strata if stratum.code in mine], briefing.items)
    form_sheet(paper, briefing, who, blanks)
    guide(paper, joint=any(of.beside for of in assignments))
    whose = {"draw": briefing.draw, "inspector": inspector.inspector, "checkpoint": briefing.checkpoint}
    paper.hidden(MACHINE_SHEET, {"format": FORMAT, **whose})
    return paper.finished()


def _partners(of: Assignment, inspector: str) -> str:
    lines = [member(each) for each in of.team if each.inspector != inspector]
    lead = any(each.lead for each in of.team if each.inspector == inspector)
    return "\n".join([*lines, "本人主办"] if lead else lines)


def _licence(of: Assignment) -> str:
    until = f"至{day(of.subject.licence_until)}" if of.subject.licence_until else ""
    return "\n".join(filter(None, (of.subject.licence, until)))


def _items(paper: Paper, strata: Sequence[StratumLine], items: Sequence[ItemCard]) -> None:
    cards = {card.code: card for card in items}
    sheet = paper.sheet(ITEMS, ITEM_WIDTHS, landscape=True)
    sheet.head("检查内容", ["按专业列出随机抽查事项清单中本次检查的事项。"])
    sheet.headings(ITEM_HEADINGS)
    styles = ("middle", "middle", "cell", "cell", "cell", "middle", "cell", "cell")
    for stratum in strata:
        sheet.line(f"{stratum.name}（{stratum.code}）", "band", lowest=24)
        if not stratum.items:
            sheet.line("本专业没有列明抽查事项，按抽查方案执行。", "cell")
        for number, code in enumerate(stratum.items, start=1):
            card = cards.get(code, ItemCard(code, "（事项清单中没有这一编码）", "", "", ""))
            name = f"{card.name}\n（{card.category}）" if card.category else card.name
            texts = (card.code, name, points(card.content), card.basis, card.method, card.tests, card.demand)
            parts = [pieces(clean(text), width, TALLEST) for text, width in zip(texts, ITEM_WIDTHS[1:], strict=True)]
            for row, cells in enumerate(zip_longest(*parts, fillvalue="")):
                sheet.body(["续" if row else number, *cells], styles)
