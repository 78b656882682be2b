"""Make the Word templates of the notices from their html templates, so that no wording is written twice.

    python tools/word_templates.py [TEMPLATES]

- Out of each html template (with its base) come title, headings, paragraphs and tables, with the same Jinja in them:
  ``{% for row in rows %}`` between two rows of a table becomes docxtpl's ``{%tr for row in rows %}``, between
  paragraphs ``{%p … %}``.
- The look is in ``word/``: GB/T 9704-2012 in styles, page and footers. A class of the html names a style.
- ``<section class="wide">`` is a landscape section; ``<col style="width:8%">`` is a column's width.

A bureau that has changed its html templates may run it on its own folder. Same input, same bytes.
"""

import re
import sys
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates"
NOTICES = ("plan", "items", "draw", "adjustments", "results", "penalties", "report")

_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*block (\w+)\s*-?%\}(.*?)\{%-?\s*endblock\s*\w*\s*-?%\}", re.DOTALL)
_BREAK = "\ue002"
_MARK = re.compile("\ue000(\\d+)\ue001")
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_UPRIGHT, _TURNED = 8844, 12755
"""Twentieths of a point between the margins."""

_STYLE = {"h1": "title", "h2": "h1", "h3": "h2", "p": "body", "th": "heading", "td": "cell"}
_CLASSES = {"attached", "attached-more", "closing", "agency", "date", "mark", "caption", "code"}
_CLASSES |= {"figure", "chart", "remark", "sum"}
"""Of the html; styles of the same name in ``word/word/styles.xml``."""
_SCREEN_ONLY = {"source", "qr"}


def resolved(name: str, folder: Path) -> str:
    """The article of a template: its base with its blocks put in; without comments."""
    own = (folder / f"{name}.html.j2").read_text("utf-8")
    base = re.search(r"\{%\s*extends \"(.*?)\"\s*%\}", own)
    if base is None:
        whole = own
    else:
        blocks: dict[str, str] = dict(_BLOCK.findall(own))
        whole = _BLOCK.sub(lambda found: blocks.get(found[1]) or str(found[2]), (folder / base[1]).read_text("utf-8"))
    article = re.search(r"<article>(.*)</article>", whole, re.DOTALL)
    if article is None:
        raise SystemExit(f"{name}.html.j2: no <article>")
    return re.sub(r"\{#.*?#\}", "", article[1], flags=re.DOTALL)


class Document(HTMLParser):
    """The body of ``word/document.xml``, element by element."""

    def __init__(self, article: str) -> None:
        super().__init__(convert_charrefs=True)
        self.body: list[str] = []
        self._tags: list[str] = []
        self._style = self._text = ""
        self._silent = self._in_table = False
        self._widths: list[float] = []
        self._cells: list[tuple[str, str]] = []
        self._is_head = self._turned = self._starts_page = self._has_attachment = False
        self.feed(_TAG.sub(self._kept, article))
        self.close()
        if self._has_attachment:
            self.body.append(_paragraph("after", ""))  # Word wants a paragraph behind a table
        self.body.append(_section(turned=self._turned))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What begins."""
        given = {key: value or "" for key, value in attrs}
        classes = set(given.get("class", "").split())
        match tag:
            case "section":
                self._begin_section(turned="wide" in classes)
            case "table":
                self._in_table, self._widths = True, []
            case "col":
                self._widths.append(float(re.sub(r"[^\d.]", "", given["style"])))
            case "thead":
                self.body.append(_table_head(self._columns()))
                self._is_head = True
            case "tr":
                self._cells = []
            case "br":
                self._text += _BREAK
            case "h1" | "h2" | "h3" | "p" | "th" | "td":
                named = classes & _CLASSES
                self._style = named.pop() if named else "centred" if "c" in classes else _STYLE[tag]
                self._silent, self._text = bool(classes & _SCREEN_ONLY), ""

    def handle_endtag(self, tag: str) -> None:
        """What ends."""
        match tag:
            case "h1" | "h2" | "h3" | "p":
                if not self._silent:
                    text = self._restored(_squeezed(self._text))
                    if tag == "h1" and "title|balanced" in text:  # the html cuts it for a phone
                        text = "{{ title|balanced }}"
                    starts = self._starts_page and self._style == "mark"
                    self.body.append(_paragraph(self._style, text, starts_page=starts))
                self._style = ""
            case "th" | "td":
                self._cells.append((self._style, self._restored(_squeezed(self._text))))
                self._style = ""
            case "tr":
                self.body.append(_row(self._cells, self._columns(), is_head=self._is_head))
            case "thead":
                self._is_head = False
            case "table":
                self.body.append("</w:tbl>")
                self._in_table = False

    def handle_data(self, data: str) -> None:
        """Text belongs to a paragraph or cell; Jinja between those stands alone."""
        if self._style:
            self._text += data
            return
        for number in _MARK.findall(data):
            tag = self._tags[int(number)]
            if self._in_table:
                self.body.append(
                    _row([("cell", tag.replace("{%", "{%tr", 1))], [sum(self._columns())], span=len(self._columns()))
                )
            else:
                self.body.append(_paragraph("body", tag.replace("{%", "{%p", 1)))

    def _kept(self, found: re.Match[str]) -> str:
        self._tags.append(re.sub(r"\s+", " ", found[0]))
        return f"\ue000{len(self._tags) - 1}\ue001"

    def _restored(self, text: str) -> str:
        return _MARK.sub(lambda found: self._tags[int(found[1])], text)

    def _columns(self) -> list[int]:
        whole = _TURNED if self._turned else _UPRIGHT
        return [round(whole * width / sum(self._widths)) for width in self._widths]

    def _begin_section(self, *, turned: bool) -> None:
        """Where the page is turned, the section before ends: its last paragraph says how its page is."""
        self._starts_page = turned == self._turned
        self._has_attachment = True
        if turned == self._turned:
            return
        if not self.body[-1].endswith("</w:p>"):
            self.body.append(_paragraph("after", ""))
        self.body[-1] = self.body[-1].replace("</w:pPr>", f"{_section(turned=self._turned)}</w:pPr>", 1)
        self._turned = turned


def _squeezed(text: str) -> str:
    return "\n".join(re.sub(r"[ \t\r\n]+", " ", line).strip(" ") for line in text.split(_BREAK))


def _run(text: str) -> str:
    lines = escape(text).split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines) + "</w:r>"


def _paragraph(style: str, text: str, *, starts_page: bool = False) -> str:
    look = f'<w:pStyle w:val="{style}"/>{"<w:pageBreakBefore/>" if starts_page else ""}'
    return f"<w:p><w:pPr>{look}</w:pPr>{_run(text) if text else ''}</w:p>"


def _row(cells: list[tuple[str, str]], widths: list[int], *, is_head: bool = False, span: int = 0) -> str:
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{f"""<w:gridSpan w:val="{span}"/>""" if span > 1 else ""}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_paragraph(style, text)}</w:tc>'
        for (style, text), width in zip(cells, widths, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{''.join(made)}</w:tr>"


def _table_head(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _section(*, turned: bool) -> str:
    """The page: 37 mm above, 28 mm at the binding edge, 156 × 225 mm of text; a turned one has its head at the left."""
    prefix = "Turned" if turned else ""
    kinds = (("default", "Odd"), ("even", "Even"))
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="rId{prefix}{name}"/>' for kind, name in kinds)
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if turned else 'w:w="11906" w:h="16838"'
    top, right, bottom, left, footer = (1588, 2098, 1474, 1985, 851) if turned else (2098, 1474, 1984, 1588, 1406)
    margins = f'w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:header="851" w:footer="{footer}" w:gutter="0"/><w:cols w:space="425"/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def made(name: str, folder: Path = TEMPLATES) -> dict[str, bytes]:
    """The parts of the Word template of a notice."""
    body = "".join(Document(resolved(name, folder)).body)
    look = HERE / "word"
    parts = {path.relative_to(look).as_posix(): path.read_bytes() for path in sorted(look.rglob("*")) if path.is_file()}
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    document = f"{head}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>\n"
    return {**parts, "word/document.xml": document.encode()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """The docx, with fixed times."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def main() -> None:
    """Write them beside the html templates."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    for name in NOTICES:
        (folder / f"{name}.docx").write_bytes(zipped(made(name, folder)))


if __name__ == "__main__":
    main()
