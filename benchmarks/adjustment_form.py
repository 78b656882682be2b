"""Make ``templates/adjustment-approval.docx``, the form that `ssj adjust log --forms` fills in.

Run it to get the template as it was shipped: ``python benchmarks/adjustment_form.py``. Its tags are Jinja (docxtpl);
what they may use stands in ``docs/adjust.md``.
"""

from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

TARGET = Path(__file__).parents[1] / "templates" / "adjustment-approval.docx"
TITLE, HEAD, BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
WIDTHS = (Mm(28), Mm(50), Mm(32), Mm(54))
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER


def write(cell: _Cell, text: str, *, font: str = BODY, size: float = 12, align: WD_ALIGN_PARAGRAPH = CENTRE) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        set_font(paragraph.add_run(line), font, size)


def set_font(run: object, font: str, size: float) -> None:
    run.font.name, run.font.size = font, Pt(size)  # type: ignore[attr-defined]
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # type: ignore[attr-defined]  # noqa: SLF001


def row(table: Table, height: float = 10) -> _Row:
    added: _Row = table.add_row()  # type: ignore[no-untyped-call]
    added.height = Mm(height)
    for cell, width in zip(added.cells, WIDTHS, strict=True):
        cell.width = width
    return added


def kept_whole(added: _Row) -> None:
    """Never broken over two pages."""
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def labelled(table: Table, label: str, text: str, *, height: float = 10, align: WD_ALIGN_PARAGRAPH = LEFT) -> None:
    cells = row(table, height).cells
    write(cells[0], label, font=HEAD)
    write(cells[1].merge(cells[3]), text, align=align)


def pair(table: Table, *texts: str) -> None:
    for place, (cell, text) in enumerate(zip(row(table).cells, texts, strict=True)):
        write(cell, text, font=BODY if place % 2 else HEAD)


def heads(table: Table, *texts: str) -> None:
    for cell, text in zip(row(table).cells, texts, strict=True):
        write(cell, text, font=HEAD)


def loop(table: Table, tag: str, *texts: str, height: float = 9) -> None:
    """A row repeated for each: docxtpl takes away the rows that hold the tags."""
    write(row(table).cells[0], f"{{%tr for {tag} %}}")
    body = row(table, height)
    kept_whole(body)
    for cell, text in zip(body.cells, texts, strict=True):
        write(cell, text, size=10.5)
    write(row(table).cells[0], "{%tr endfor %}")


def main() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(26), Mm(22)
    section.top_margin, section.bottom_margin = Mm(28), Mm(22)
    title = document.add_paragraph()
    title.alignment = CENTRE
    set_font(title.add_run("“双随机、一公开”抽查任务调整审批表"), TITLE, 20)
    number = document.add_paragraph()
    set_font(number.add_run("{{ agency }}　　　　编号：{{ adjustment }}"), BODY, 12)

    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    labelled(table, "抽查方案", "{{ plan }}\n文号：{{ document_no }}　抽取编号：{{ draw }}", height=16)
    pair(table, "原检查人员", "{{ inspector }}", "执法证号", "{{ inspector_id }}")
    pair(table, "事　　由", "{{ why }}", "申请日期", "{{ asked_on }}")
    labelled(table, "原　　因", "{{ reason }}", height=18)
    heads(table, "检查编号", "单位名称", "原检查人员", "调整后人员")
    loop(table, "v in visits", "{{ v.visit }}", "{{ v.name }}", "{{ v.leaves }}", "{{ v.joins }}")
    labelled(table, "调整比例", "{{ share }}\n超限批准文号：{{ excess_document }}", height=16)
    labelled(table, "重新抽取", "{{ round }}　种子：{{ seed_line }}", height=14)
    heads(table, "批准单位", "意　　见", "文号、日期", "签　　章")
    loop(table, "a in approvals", "{{ a.level }}", "{{ a.opinion }}", "{{ a.document_no }}\n{{ a.on }}", "", height=20)

    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(6)
    set_font(
        foot.add_run("登记人：{{ entered_by }}　　登记时间：{{ entered_at }}　　校验点：{{ checkpoint }}"), BODY, 9
    )
    document.core_properties.title = "抽查任务调整审批表"
    document.core_properties.author = ""
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
