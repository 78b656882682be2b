"""The records of an old .xls, surveyed: error cells, hidden rows and columns, a password.

An .xls is a small file system (OLE) whose stream ``Workbook`` is a row of records: type, length, content.

- It has at most 65,536 rows and 256 columns, so no cell of it is too far away.
- calamine believes every length and place in it and aborts the process on a wrong one, so they are checked.
"""

from collections.abc import Iterator, Sequence
from struct import Struct, error, unpack_from

from shuangsuiji.files.tables.grid import MOST_BAD, BadCell, Survey

_END = 0xFFFFFFFA
_SECTORS = {9: 512, 12: 4096}
_SMALL_STREAM, _SMALL_SECTOR, _ENTRY = 4096, 64, 128
_BOF, _EOF, _FILEPASS, _SHEET, _STRINGS = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC
_NUMBERS, _NAMED, _CONTINUED = 0x00BD, 0x00FD, 0x003C
_ROW, _COLUMNS, _FORMULA, _ERROR = 0x0208, 0x007D, 0x0006, 0x0205
_EXTENT, _EXTENT_BIFF8 = 0x0200, 14
_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_HIDDEN_ROW = 0x20
_FAILED = 2
_BIFF8 = 0x0600
_RECORD = Struct("<HH")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class LockedError(Exception):
    """The workbook asks for a password."""


class DamagedError(Exception):
    """The file cannot be followed."""


def survey(data: bytes) -> dict[str, Survey]:
    """What each sheet holds, by its name."""
    try:
        stream = _workbook(data)
        is_biff8 = unpack_from("<H", stream, _RECORD.size)[0] == _BIFF8
        sheets: dict[str, int] = {}
        strings: list[bytes] = []
        before = 0
        for kind, at, size in _records(stream, 0):
            if kind == _FILEPASS:
                raise LockedError
            if kind == _STRINGS and unpack_from("<I", stream, at + 4)[0] > len(stream):
                raise DamagedError
            if kind == _STRINGS or (kind == _CONTINUED and before == _STRINGS):
                strings.append(stream[at : at + size])
                kind = _STRINGS  # noqa: PLW2901 - what is continued goes on
            if kind == _SHEET:
                start = unpack_from("<I", stream, at)[0]
                if start in sheets.values():  # each would be read, however many share one place
                    raise DamagedError
                sheets[_name(stream[at + 6 : at + size], is_biff8=is_biff8)] = start
            before = kind
        texts = _lengths(strings)
        found = {name: _sheet(stream, start, texts) for name, start in sheets.items()}
    except (error, LookupError) as broken:
        raise DamagedError from broken
    return found


def _name(content: bytes, *, is_biff8: bool) -> str:
    if not is_biff8:
        return content[1 : 1 + content[0]].decode("gb18030", "replace")
    if content[1] & 1:
        return content[2 : 2 + 2 * content[0]].decode("utf-16-le", "replace")
    return content[2 : 2 + content[0]].decode("latin-1")


def _sheet(stream: bytes, start: int, texts: Sequence[int]) -> Survey:
    """`texts`: how long each shared text is, in bytes."""
    found = Survey()
    lowest = widest = 0
    for kind, at, size in _records(stream, start):
        if kind == _ROW and size >= 16 and stream[at + 12] & _HIDDEN_ROW:  # noqa: PLR2004 - a ROW record's length
            found.hidden_rows.add(unpack_from("<H", stream, at)[0] + 1)
        elif kind == _COLUMNS and size >= 10 and stream[at + 8] & 1:  # noqa: PLR2004 - a COLINFO record's length
            first, last = unpack_from("<HH", stream, at)
            found.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
        elif kind in {_ERROR, _FORMULA} and len(found.bad) < MOST_BAD:
            found.bad += _failed(stream, at, kind)
        elif kind == _EXTENT:
            top, bottom, left, right = unpack_from("<IIHH" if size >= _EXTENT_BIFF8 else "<HHHH", stream, at)
            if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
                raise DamagedError
        if kind in _CELLS:
            row, column = unpack_from("<HH", stream, at)
            last = column + (size - 12) // 6 if kind == _NUMBERS else column
            if last >= _MOST_COLUMNS:
                raise DamagedError
            lowest, widest = max(lowest, row + 1), max(widest, last + 1)
            found.held += last - column + 1
            found.size += size if kind != _NAMED else _length(stream, at, texts)
    found.cells = lowest * widest
    return found


def _length(stream: bytes, at: int, texts: Sequence[int]) -> int:
    number = unpack_from("<I", stream, at + 6)[0]
    return texts[number] if number < len(texts) else 0


def _lengths(records: Sequence[bytes]) -> list[int]:
    """How many bytes each shared text takes. One that goes on in the next record begins there with its width again."""
    if not records:
        return []
    lengths: list[int] = []
    record, at = 0, 8
    count = unpack_from("<I", records[0], 4)[0]
    while len(lengths) < count and record < len(records):
        if at >= len(records[record]):
            record, at = record + 1, 0
            continue
        signs, flags = unpack_from("<HB", records[record], at)
        at += 3
        rest = 0
        if flags & 8:
            rest += 4 * unpack_from("<H", records[record], at)[0]
            at += 2
        if flags & 4:
            rest += unpack_from("<I", records[record], at)[0]
            at += 4
        lengths.append(2 * signs)
        width = 1 + (flags & 1)
        while signs and record < len(records):
            here = min(signs, (len(records[record]) - at) // width)
            signs -= here
            at += here * width
            if signs:
                record, at = record + 1, 1
                width = 1 + (records[record][0] & 1)
        while rest and record < len(records):
            here = min(rest, len(records[record]) - at)
            rest, at = rest - here, at + here
            if rest:
                record, at = record + 1, 0
    return lengths


def _failed(stream: bytes, at: int, kind: int) -> Iterator[BadCell]:
    if kind == _ERROR and stream[at + 7]:
        yield _bad(stream, at, stream[at + 6])
    elif kind == _FORMULA and stream[at + 6] == _FAILED and stream[at + 12 : at + 14] == b"\xff\xff":
        yield _bad(stream, at, stream[at + 8])


def _bad(stream: bytes, at: int, code: int) -> BadCell:
    row, column = unpack_from("<HH", stream, at)
    return BadCell(row + 1, column, _ERRORS.get(code, "错误值"))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record of one part of the stream, up to its end; not of charts within."""
    depth = 0
    while at + _RECORD.size <= len(stream):
        kind, size = _RECORD.unpack_from(stream, at)
        at += _RECORD.size
        if at + size > len(stream):
            return
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at, size
        at += size


def _workbook(data: bytes) -> bytes:
    """The stream ``Workbook`` (``Book`` in Excel 95)."""
    sector = _SECTORS[unpack_from("<H", data, 30)[0]]
    lengths = (unpack_from("<I", data, place)[0] * sector for place in (40, 44, 64, 72))
    body = data[sector:]
    table = _numbers(b"".join(body[block * sector : (block + 1) * sector] for block in _table_blocks(data, sector)))
    directory = _chain(unpack_from("<I", data, 48)[0], table, body, sector)
    entries = [directory[start : start + _ENTRY] for start in range(0, len(directory), _ENTRY)]
    if max(*lengths, *(unpack_from("<I", entry, 120)[0] for entry in entries)) > len(data):
        raise DamagedError
    for entry in entries:
        name = entry[: max(0, unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name in {"Workbook", "Book"}:
            first, size = unpack_from("<II", entry, 116)
            if size >= _SMALL_STREAM:
                return _chain(first, table, body, sector)[:size]
            small = _chain(unpack_from("<I", directory, 116)[0], table, body, sector)
            small_table = _numbers(_chain(unpack_from("<I", data, 60)[0], table, body, sector))
            return _chain(first, small_table, small, _SMALL_SECTOR)[:size]
    raise DamagedError


def _table_blocks(data: bytes, sector: int) -> list[int]:
    """The sectors that hold the file's allocation table: 109 listed in the header, more in a chain of lists."""
    blocks = list(unpack_from("<109I", data, 76))
    more = unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // sector):
        if more >= _END:
            return [block for block in blocks if block < _END]
        *listed, more = unpack_from(f"<{sector // 4}I", data, (more + 1) * sector)
        blocks += listed
    raise DamagedError


def _numbers(content: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(content) // 4}I", content)


def _chain(start: int, table: Sequence[int], body: bytes, sector: int) -> bytes:
    """The sectors that follow each other from `start`; a chain that bites its tail has no end."""
    places: list[int] = []
    while start < _END:
        if len(places) > len(table):
            raise DamagedError
        places.append(start)
        start = table[start]
    return b"".join(body[place * sector : (place + 1) * sector] for place in places)
