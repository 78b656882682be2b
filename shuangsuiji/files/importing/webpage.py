"""Web pages that platforms call an Excel export: every table of the page becomes a RawSheet.

- Tags are only looked at for where cells begin and end; nothing is run, loaded or followed.
- One pass from front to back, whatever stands in the page; sizes of merged cells are bounded as browsers bound them.
"""

import re
from collections.abc import Iterator
from html import unescape

from shuangsuiji.core.importing.raw import Merged, RawSheet

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)*<(?:!doctype\s+html|html|head|meta|style|script|body|table|div)"
)
_MOST_SIGNS, _MOST_CELLS = 32 << 20, 5_000_000
_ROW = 5
"""What a row weighs against cells: a million rows are as many as a sheet has."""
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_COMMENT_ENDS = "-->"
_PIECE = re.compile(r"<(!--|[/!?]?[a-zA-Z][a-zA-Z0-9]*|)([^<>]*)>?([^<]*)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDEST, _HIGHEST = 1000, 65_534
_BREAKS = frozenset({"br", "p", "/p", "div", "/div", "li", "/li"})
_UNSEEN = frozenset({"script", "style", "title"})


def is_page(text: str) -> bool:
    """Whether a text that begins so is a web page.

    >>> is_page("<!DOCTYPE HTML><html>"), is_page("单位名称,地址")
    (True, False)
    """
    return _START.match(text.lower()) is not None


def tables(text: str, file: str) -> list[RawSheet]:
    """The tables of a page in their order, those without any text left out; OverflowError if they are unbearable."""
    if len(text) > _MOST_SIGNS:
        raise OverflowError
    found = [table for table in _Page(text).tables if any(any(cells) for cells in table.rows)]
    return [table.sheet(file, f"第{number}个表格" if len(found) > 1 else None) for number, table in enumerate(found, 1)]


class _Table:
    """One table while it is read; `_hanging`: for each column the rows that a cell from above still covers."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.size = 0
        self._merged: list[Merged] = []
        self._hanging: dict[int, int] = {}
        self._open: tuple[list[str], int, int] | None = None

    def row(self) -> None:
        self.close()
        if self.rows:
            self._hanging = {column: left - 1 for column, left in self._hanging.items() if left > 1}
        self.rows.append([])
        self.size += _ROW

    def cell(self, wide: int, high: int) -> None:
        self.close()
        if not self.rows:
            self.rows.append([])
        self._open = [], wide, high

    def add(self, text: str) -> None:
        if self._open:
            self._open[0].append(text)

    def close(self) -> None:
        """End the cell that is open, if one is."""
        if self._open is None:
            return
        (parts, wide, high), self._open = self._open, None
        row = self.rows[-1]
        while len(row) in self._hanging:
            row.append("")
        left, top = len(row), len(self.rows)
        text = "".join(parts).strip(" ")
        if "\n" in text:
            text = "\n".join(filter(None, (line.strip(" ") for line in text.split("\n"))))
        row += [text, *[""] * (wide - 1)]
        self.size += wide
        if high > 1:
            self._hanging.update(dict.fromkeys(range(left, left + wide), high))
        if wide > 1 or high > 1:
            self._merged.append(Merged(top, left, top + high - 1, left + wide - 1))

    def sheet(self, file: str, name: str | None) -> RawSheet:
        self.close()
        width = max(map(len, self.rows))
        if width * len(self.rows) > _MOST_CELLS:
            raise OverflowError
        rows = [(number, (*cells, *[""] * (width - len(cells)))) for number, cells in enumerate(self.rows, 1)]
        merged = [one._replace(bottom=min(one.bottom, len(rows))) for one in self._merged]
        return RawSheet(file, name, rows, merged)


class _Page:
    """Reads a page once, piece by piece from ``<`` to ``<``."""

    def __init__(self, text: str):
        self.tables: list[_Table] = []
        self._inside: list[_Table] = []
        for tag, attributes, after in _pieces(text):
            self._tag(tag, attributes)
            if after and self._inside:
                self._inside[-1].add(_BLANKS.sub(" ", unescape(after) if "&" in after else after))

        for table in self._inside:
            table.close()

    def _tag(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self.tables.append(_Table())
            self._inside.append(self.tables[-1])
        if not self._inside:
            return
        table = self._inside[-1]
        if tag == "/table":
            self._inside.pop().close()
        elif tag == "tr":
            table.row()
            self._bear(table)
        elif tag in {"td", "th"}:
            found = _SPAN.findall(attributes) if "span" in attributes.lower() else ()
            spans = {name.lower(): max(int(number), 1) for name, number in found}
            table.cell(min(spans.get("colspan", 1), _WIDEST), min(spans.get("rowspan", 1), _HIGHEST))
            self._bear(table)
        elif tag in {"/td", "/th", "/tr"}:
            table.close()
        elif tag in _BREAKS:
            table.add("\n")

    def _bear(self, table: _Table) -> None:
        if table.size + len(self.tables) > _MOST_CELLS:
            raise OverflowError


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Each tag with its attributes and the text behind it; comments, scripts and styles are passed over."""
    until = ""
    for found in _PIECE.finditer(text):
        tag, attributes, after = found.groups()
        name = tag.lower()
        if until == _COMMENT_ENDS or (not until and name == "!--"):
            _, end, after = found[0][len("<!") :].partition(_COMMENT_ENDS)
            until = "" if end else _COMMENT_ENDS
            yield "", "", after
        elif until and name != until:
            continue
        elif until:
            until = ""
            yield "", "", after
        elif not tag:
            yield "", "", found[0]
        else:
            until = f"/{name}" if name in _UNSEEN else ""
            yield name, attributes, "" if until else after
