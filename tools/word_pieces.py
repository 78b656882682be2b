"""Pieces of Word: runs, paragraphs, rows, tables, sections, as strings of its XML.

In texts, each ``＿`` is a blank to write on, and what stands between ⟦ and ⟧ is underlined.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

WIDTH = 9412
"""Twentieths of a point between the margins of 22 mm."""

HEIGHT, FOOT = 16838, 1134
"""Of the page, of its bottom margin."""

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_PIECES = re.compile(r"(＿+|⟦.*?⟧)")


def run(text: str, *, underlined: bool = False) -> str:
    """A text of one look; a line break where it has one. A box to tick stays with what is behind it."""
    look = '<w:rPr><w:u w:val="single"/></w:rPr>' if underlined else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(
        escape(line) for line in text.replace("□ ", "□\u00a0").split("\n")
    )
    return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def runs(text: str) -> str:
    """A text with its blanks."""
    made = []
    for piece in _PIECES.split(text):
        if piece.startswith("＿"):
            made.append(run("　" * len(piece), underlined=True))
        elif piece.startswith("⟦"):
            made.append(run(piece[1:-1], underlined=True))
        elif piece:
            made.append(run(piece))
    return "".join(made)


def p(style: str, text: str = "", *, more: str = "") -> str:
    """A paragraph; `more`: further properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs(text)}</w:p>'


def tag(jinja: str) -> str:
    """A paragraph that is not there afterwards: ``{%p … %}``."""
    return f'<w:p><w:r><w:t xml:space="preserve">{{%p {escape(jinja)} %}}</w:t></w:r></w:p>'


def cell(width: int, *paragraphs: str, span: int = 1, middle: bool = True) -> str:
    """A cell; `span`: so many columns."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    at = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{at}</w:tcPr>{"".join(paragraphs)}</w:tc>'


def row(*cells: str, tall: int = 0, repeated: bool = False) -> str:
    """A row that no page break cuts; at least `tall`; `repeated` on every page."""
    height = f'<w:trHeight w:val="{tall}" w:hRule="atLeast"/>' if tall else ""
    head = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def kept(rows: str) -> str:
    """Rows that stay on a page with the one after them."""
    return re.sub(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", rows)


def row_tag(jinja: str, columns: Sequence[int]) -> str:
    """A row that is not there afterwards: ``{%tr … %}``."""
    return row(cell(sum(columns), p("form-cell", f"{{%tr {jinja} %}}"), span=len(columns)))


def table(columns: Sequence[int], *rows: str) -> str:
    """A table of these column widths."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="grid"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def section(kind: str, *, top: int = 1134, bottom: int = FOOT, restart: bool = False) -> str:
    """A page and how it begins: ``oddPage``, ``nextPage``, ``continuous``."""
    number = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:type w:val="{kind}"/>'
        f'<w:pgSz w:w="11906" w:h="{HEIGHT}"/><w:pgMar w:top="{top}" w:right="1247" w:bottom="{bottom}" w:left="1247" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{number}<w:cols w:space="425"/></w:sectPr>'
    )


def ends(sections: str) -> str:
    """The paragraph that ends a section."""
    return p("after", more=sections)


def either(duplex: str, single: str) -> str:
    """One for paper printed on both sides, one for one side."""
    return tag("if duplex") + duplex + tag("else") + single + tag("endif")


def footer(*pieces: str) -> bytes:
    """The foot of all pages; a piece in capitals is a field, and blank where a program does not know it."""
    made = []
    for piece in pieces:
        if piece.isupper():
            shown = "1" if piece == "PAGE" else "　"
            made.append(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> {piece} </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        else:
            made.append(run(piece))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    foot = f'<w:p><w:pPr><w:pStyle w:val="form-foot"/></w:pPr>{"".join(made)}</w:p>'
    return f"{head}<w:ftr {NAMESPACES}>{foot}</w:ftr>\n".encode()
