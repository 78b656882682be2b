"""The content.xml of an .ods, surveyed: far cells, error cells, hidden rows and columns. See `worksheet`."""

import html
import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from shuangsuiji.files.tables.grid import MAX_CELLS, BadCell, Survey, column_letter

_CHUNK = 1 << 20
_MOST_COLUMNS = 1 << 14
_TAG = re.compile(rb"<table:(table|table-row|table-column|table-cell|covered-table-cell)((?:\s[^>]*)?)>")
_NAME = re.compile(rb'\stable:name="([^"]*)"')
_REPEATED = re.compile(rb'\stable:number-(?:rows|columns)-repeated="([0-9]+)"')
_HIDDEN = re.compile(rb'\stable:visibility="(?:collapse|filter)"')
_ERROR_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)<")


class DamagedError(Exception):
    """The XML is broken; calamine would never come to its end."""


def survey(reopen: Callable[[], IO[bytes]]) -> dict[str, Survey]:
    """What each sheet holds, by its name; `reopen` gives the XML from the beginning."""
    try:
        with reopen() as stream:
            ParserCreate().ParseFile(stream)
    except ExpatError as broken:
        raise DamagedError from broken
    with reopen() as stream:
        return _sheets(stream)


def _sheets(stream: IO[bytes]) -> dict[str, Survey]:
    found: dict[str, Survey] = {}
    sheet = _Sheet()
    for piece in _pieces(stream):
        for tag in _TAG.finditer(piece):
            kind, attributes = tag[1], tag[2]
            repeated = _REPEATED.search(attributes)
            times = int(repeated[1]) if repeated else 1
            match kind:
                case b"table":
                    name = _NAME.search(attributes)
                    sheet = _Sheet()
                    found[html.unescape(name[1].decode("utf-8", "replace")) if name else ""] = sheet.found
                case b"table-row":
                    sheet.row(times, hidden=bool(_HIDDEN.search(attributes)))
                case b"table-column":
                    sheet.described(times, hidden=bool(_HIDDEN.search(attributes)))
                case _:
                    sheet.cell(times, attributes, piece, tag.end())
    return found


class _Sheet:
    """Counts along one sheet: `_row` is the number of the last of the rows that are being read."""

    def __init__(self) -> None:
        self.found = Survey()
        self._row = self._rows = self._column = self._described = 0
        self._lowest = self._widest = 0

    def row(self, times: int, *, hidden: bool) -> None:
        self._row, self._rows, self._column = self._row + times, times, 0
        if hidden and times < _MOST_COLUMNS:
            self.found.hidden_rows.update(range(self._row - times + 1, self._row + 1))

    def described(self, times: int, *, hidden: bool) -> None:
        if hidden and self._described < _MOST_COLUMNS:
            self.found.hidden_columns.update(range(self._described, min(self._described + times, _MOST_COLUMNS)))
        self._described += times

    def cell(self, times: int, attributes: bytes, piece: bytes, end: int) -> None:
        first, self._column = self._column, self._column + times
        if b"value-type" not in attributes:
            return
        self._lowest, self._widest = max(self._lowest, self._row), max(self._widest, self._column)
        if self._lowest * self._widest > MAX_CELLS:
            self.found.far = self.found.far or f"{column_letter(self._column - 1)}{self._row}"
        elif b'value-type="error"' in attributes:
            text = _ERROR_TEXT.search(piece, end, end + 400)
            shown = text[1].decode("utf-8", "replace") if text else "错误值"
            self.found.bad += [
                BadCell(row, column, shown)
                for row in range(self._row - self._rows + 1, self._row + 1)
                for column in range(first, self._column)
            ]


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        block = rest + chunk
        cut = block.rfind(b"<table:table-row")
        if cut <= 0:
            cut = max(0, block.rfind(b"<"))
        yield block[:cut]
        rest = block[cut:]
    yield rest
