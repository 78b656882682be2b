"""The content.xml of an .ods, surveyed: far cells, error cells, hidden rows and columns. See `worksheet`.

Rows and cells may be repeated, by the million where they are blank: a row is counted from above first, and cell by
cell only where it holds an error or would be too far away.
"""

import html
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from shuangsuiji.core.table import column_letter
from shuangsuiji.files.tables.grid import MAX_CELLS, MOST_BAD, BadCell, Survey

_CHUNK = 1 << 20
_LONGEST_ROW = 64 << 20
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
_MOST_NAMED = 1000
_TAGS = 60
"""Bytes of XML around the text of a cell, at least."""
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL_END = b"</table:table-cell"
_LAST_ROW = b"<table:table-row"
_CELL = re.compile(rb"<table:(?:covered-)?table-cell((?:[\s/][^<>]*)?)>")
_AROUND = re.compile(rb"<table:table(-column)?((?:\s[^<>]*)?)>")
_NAME = re.compile(rb'\stable:name="([^"]*)"')
_REPEATED = re.compile(rb'\stable:number-(?:rows|columns)-repeated="([0-9]+)"')
_HIDDEN = re.compile(rb'\stable:visibility="(?:collapse|filter)"')
_VALUE = b"value-type"
_REPEATED_VALUE = re.compile(rb'<table:table-cell(?=[^<>]*value-type)[^<>]*\stable:number-columns-repeated="([0-9]+)"')
_ERROR = b'value-type="error"'
_SPANNED = re.compile(rb'\stable:number-(columns|rows)-spanned="([0-9]{1,7})"')
_ERROR_TEXT = re.compile(rb"<text:p[^<>]*>([^<]*)<")


class DamagedError(Exception):
    """The XML is broken; calamine would never come to its end."""


def survey(reopen: Callable[[], IO[bytes]]) -> dict[str, Survey]:
    """What each sheet holds, by its name; `reopen` gives the XML from the beginning."""
    try:
        with reopen() as stream:
            ParserCreate().ParseFile(stream)
    except ExpatError as broken:
        raise DamagedError from broken
    found: dict[str, Survey] = {}
    sheet = _Sheet()
    with reopen() as stream:
        for piece in _pieces(stream):
            starts = [match.start() for match in _ROW.finditer(piece)]
            for start, stop in zip([0, *starts], [*starts, len(piece)], strict=True):
                part = piece[start:stop]
                if part.startswith(_LAST_ROW):
                    sheet.row(part)
                for tag in _AROUND.finditer(part):
                    if tag[1]:
                        sheet.column(tag[2])
                        continue
                    sheet = _Sheet()
                    name = _NAME.search(tag[2])
                    found[html.unescape(name[1].decode("utf-8", "replace")) if name else ""] = sheet.found
    return found


class _Sheet:
    """Counts along one sheet: rows from 1, columns from 0."""

    def __init__(self) -> None:
        self.found = Survey()
        self._columns = self._rows = self._lowest = self._widest = 0

    def column(self, attributes: bytes) -> None:
        """The description of one or more columns."""
        first, self._columns = self._columns, min(self._columns + _times(attributes), _MOST_COLUMNS)
        if _HIDDEN.search(attributes):
            self.found.hidden_columns.update(range(first, self._columns))

    def row(self, part: bytes) -> None:
        """One row, or many alike, with its cells."""
        attributes = part[: part.index(b">")]
        first, times = self._rows + 1, _times(attributes)
        self._rows += times
        if _VALUE not in part:
            return
        if b"-spanned=" in part:
            self._merged(part, first)
        if _HIDDEN.search(attributes):
            self.found.hidden_rows.update(range(first, min(self._rows, _MOST_ROWS) + 1))
        self._lowest = self._rows
        last = part.rfind(b"<table:table-cell")
        held = part if _VALUE in part[last:] else part[:last]
        at_most = held.count(b"<table:") + sum(map(int, _REPEATED.findall(held, len(attributes))))
        found = self.found
        values = held.count(_VALUE)
        found.held += values * times
        found.size += max(0, len(held) - _TAGS * values) * times
        for cell in _REPEATED_VALUE.finditer(held):
            more = (int(cell[1]) - 1) * times
            found.held += more
            found.size += more * (held.find(_CELL_END, cell.end()) - cell.start())
        if _ERROR not in part and self._lowest * max(at_most, self._widest) <= MAX_CELLS:
            self._widest = max(at_most, self._widest)
            found.cells = self._lowest * self._widest
            return
        self._closely(part, first)

    def _merged(self, part: bytes, row: int) -> None:
        following = 0
        for cell in _CELL.finditer(part):
            column, following = following, following + _times(cell[1])
            spanned = {name: int(number) for name, number in _SPANNED.findall(cell[1])}
            down, across = spanned.get(b"rows", 1), spanned.get(b"columns", 1)
            if down > 1 or across > 1:
                self.found.merged.append((row, column, row + down - 1, column + across - 1))

    def _closely(self, part: bytes, first: int) -> None:
        following = 0
        for cell in _CELL.finditer(part):
            column, following = following, following + _times(cell[1])
            if _VALUE not in cell[1]:
                continue
            self._widest = max(self._widest, following)
            self.found.cells = self._lowest * self._widest
            if self._lowest * self._widest > MAX_CELLS:
                self.found.far = self.found.far or f"{column_letter(following - 1)}{self._lowest}"
                return
            if _ERROR in cell[1]:
                text = _ERROR_TEXT.search(part, cell.end(), cell.end() + 400)
                shown = text[1].decode("utf-8", "replace") if text else "错误值"
                rows, columns = range(first, self._rows + 1)[:_MOST_NAMED], range(column, following)[:_MOST_NAMED]
                bad = (BadCell(row, place, shown) for row in rows for place in columns)
                self.found.bad += islice(bad, max(0, MOST_BAD - len(self.found.bad)))


def _times(attributes: bytes) -> int:
    repeated = _REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end where a row begins."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(_LAST_ROW)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise DamagedError
    yield rest
