"""A worksheet's XML, surveyed before calamine sees it: far cells, error cells, what is hidden.

- calamine lays the sheet out as one rectangle and aborts the process where that does not fit into memory.
- It gives ``""`` for ``#N/A``, and for a formula whose result was never saved.
- One pass over pieces of about 1 MB that end where a row begins, with byte searches only; unpacking runs ahead on
  another core. A closer look, cell by cell, only where the first pass finds a far cell or unusual XML.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import islice
from typing import IO

from shuangsuiji.core.table import column_letter
from shuangsuiji.files.tables.grid import MAX_CELLS, MOST_BAD, BadCell, Survey, column_index
from shuangsuiji.files.tables.weight import BEARABLE, weight

_CHUNK = 1 << 20
_LONGEST_TEXT = 8 << 20
_NARROW = 26
_TAGS = 30
"""Bytes of XML around the text of a cell, at least."""
_COLUMN_OF = re.compile(rb' r="([A-Z]+)[0-9]')
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*>(?=<[vif])')
_ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^<>]*?)?)(/?)>(</)?")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]*)([0-9]+)")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)")
_MIN_MAX = re.compile(rb"\s(min|max)=[\"']([0-9]+)")
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*? t="e"[^<>]*>')
_ERROR_TYPE = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_ERROR_TEXT = re.compile(rb">(#[^<]{1,40})<")
_UNSAVED = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")?><f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>'
)
_UNSAVED_SIGNS = (b"</f></c>", b"</f><v></v></c>", b"</f><v/></c>", b"</f><v /></c>")


def survey(reopen: Callable[[], IO[bytes]]) -> Survey:
    """What the worksheet holds that calamine would hide or choke on; `reopen` gives its XML from the beginning."""
    found = Survey()
    widest, lowest, plain = 1, 0, True
    with reopen() as stream:
        for number, piece in enumerate(_pieces(stream)):
            if number == 0:
                plain = b"<worksheet" in piece and piece.count(b"<c ") == piece.count(b'<c r="')
                found.hidden_columns = _hidden_columns(piece)
            if not plain:
                break
            found.size += len(piece)
            found.held += piece.count(b"</c>")
            if _wider(min(widest, _NARROW)).search(piece):
                widest = max(widest, *(1 + column_index(name.decode()) for name in set(_COLUMN_OF.findall(piece))))
            if last := _ROW.search(piece, max(0, piece.rfind(b"<row "))):
                lowest = max(lowest, _row_number(last[1]) or 0)
            if b' hidden="' in piece:
                found.hidden_rows |= _hidden_rows(piece)
            found.bad += islice(_bad_cells(piece), max(0, MOST_BAD - len(found.bad)))
    if not plain:
        with reopen() as stream:
            return _closely(stream)
    found.cells = widest * lowest
    found.size = max(0, found.size - _TAGS * found.held)
    if weight(found) > BEARABLE and found.held <= MAX_CELLS:  # blank cells take no room, and have no text
        with reopen() as stream:
            _filled(stream, found)
    return found


def _texts(piece: bytes) -> int:
    """About how many bytes of a piece are texts, not tags."""
    return max(0, len(piece) - _TAGS * piece.count(b"<c "))


@cache
def _wider(width: int) -> re.Pattern[bytes]:
    """Finds a cell beyond that many columns, which are at most 26."""
    letter = rb"[%c-Z]|" % (ord("A") + width) if width < _NARROW else b""
    return re.compile(rb' r="(?:' + letter + rb"[A-Z]{2,})[0-9]")


def _filled(stream: IO[bytes], found: Survey) -> None:
    """The rectangle of cells that are not blank, and a cell that makes it too large."""
    lowest = widest = found.size = 0
    low_cell = wide_cell = ""
    for piece in _pieces(stream):
        found.size += _texts(piece)
        cells = _FILLED.findall(piece) if b"</c>" in piece else ()
        if not cells:
            continue
        column, row = max(((name, number) for name, number in cells), key=lambda cell: (len(cell[0]), cell[0]))
        if (position := column_index(column.decode())) >= widest:
            widest, wide_cell = position + 1, (column + row).decode()
        column, row = max(cells, key=lambda cell: int(cell[1]))
        if int(row) > lowest:
            lowest, low_cell = int(row), (column + row).decode()
    found.cells = lowest * widest
    if found.cells > MAX_CELLS:
        found.far = wide_cell if widest > 8 * _NARROW else low_cell


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces, none of which cuts a tag or (as a rule) a row."""
    rest = b""
    chunk = stream.read(_CHUNK)
    if len(chunk) < _CHUNK:  # a small sheet: nothing to run ahead for
        yield chunk
        return
    with ThreadPoolExecutor(1) as ahead:
        while chunk:
            following = ahead.submit(stream.read, _CHUNK)
            block = rest + chunk
            cut = block.rfind(b"<row ")
            if cut <= 0:
                cut = max(0, block.rfind(b"<"))
            if cut:
                yield block[:cut]
            rest = block[cut:]
            if len(rest) > _LONGEST_TEXT:
                raise ValueError("no cell holds so much")
            chunk = following.result()
    yield rest


def _closely(stream: IO[bytes]) -> Survey:
    """The same cell by cell: any spelling of the tags, cells without a reference, blank cells not counted."""
    found = Survey()
    row = column = lowest = widest = 0
    low_cell = wide_cell = ""
    for piece in _pieces(stream):
        found.size += _texts(piece)
        found.hidden_rows |= _hidden_rows(piece)
        found.hidden_columns |= _hidden_columns(piece)
        for tag in _CELL.finditer(piece):
            name, attributes, empty, closed = tag.groups()
            reference = _REFERENCE.search(attributes)
            if name == b"row":
                row, column = (int(reference[2]) if reference else row + 1), -1
                continue
            column = column_index(reference[1].decode()) if reference else column + 1
            if empty or closed:
                continue
            found.held += 1
            at = int(reference[2]) if reference else row
            if at > lowest:
                lowest, low_cell = at, f"{column_letter(column)}{at}"
            if column >= widest:
                widest, wide_cell = column + 1, f"{column_letter(column)}{at}"
            if len(found.bad) < MOST_BAD and _ERROR_TYPE.search(attributes):
                found.bad.append(BadCell(at, column, _error_text(piece, tag.end())))
    found.cells = lowest * widest
    if found.cells > MAX_CELLS:
        found.far = wide_cell if widest > 8 * _NARROW else low_cell
    return found


def _row_number(attributes: bytes) -> int | None:
    reference = _REFERENCE.search(b" " + attributes)
    return int(reference[2]) if reference else None


def _hidden_rows(piece: bytes) -> set[int]:
    hidden = (row[1] for row in _ROW.finditer(piece) if _HIDDEN.search(row[0]))
    return {number for attributes in hidden if (number := _row_number(attributes))}


def _hidden_columns(piece: bytes) -> set[int]:
    columns: set[int] = set()
    for column in _COLUMN.finditer(piece):
        if _HIDDEN.search(column[0]):
            ends = {name: int(number) for name, number in _MIN_MAX.findall(column[0])}
            columns.update(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), 1 << 14)))
    return columns


def _bad_cells(piece: bytes) -> Iterator[BadCell]:
    if b' t="e"' in piece:
        yield from (_bad(at, _error_text(piece, at.end())) for at in _ERROR.finditer(piece))
    if b"</f>" in piece and any(sign in piece for sign in _UNSAVED_SIGNS):
        yield from (_bad(at, "") for at in _UNSAVED.finditer(piece))


def _bad(at: re.Match[bytes], text: str) -> BadCell:
    return BadCell(int(at[2]), column_index(at[1].decode()), text)


def _error_text(piece: bytes, start: int) -> str:
    stop = piece.find(b"<c", start)
    text = _ERROR_TEXT.search(piece, start - 1, stop if stop > 0 else len(piece))
    return text[1].decode("ascii", "replace") if text else "错误值"
