"""Many rows put into a workbook that is finished but for them: xlsxwriter would take three times as long.

The workbook is made as ever (headings, widths, drop-downs, comments); rows are then written under the last row of a
sheet, each cell as text in the style of its column. Same rows, same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shuangsuiji.core.table import column_letter
from shuangsuiji.files.sheets.text import clean

_COLUMN = re.compile(rb'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"')
_LAST_ROW = re.compile(rb'.*<row r="(\d+)"', re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_END = b"</sheetData>"
_TEXTS, _END_OF_TEXTS = "xl/sharedStrings.xml", b"</sst>"
_UNIQUE = re.compile(rb'uniqueCount="\d+"')
_LEVEL = 1
"""Of compression: a report of a hundred thousand rows is written twice as fast as with the usual 6, and half as large
again.
"""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONG = 16_000

Rows = Iterable[Sequence[str]]
NONE: Mapping[int, Sequence[int]] = {}


class Figure(str):
    """The digits of a cell that is a number, not a text."""

    __slots__ = ()


class _Texts(dict[str, str]):
    """The texts that cells share, each with its number in the workbook's table; a new one gets the next."""

    def __init__(self, table: bytes):
        super().__init__()
        self.table, self._first = table, table.count(b"<si>")

    def __missing__(self, text: str) -> str:
        number = self[text] = str(self._first + len(self))
        return number

    def xml(self) -> bytes:
        """The table with what was added."""
        texts = [_with_care(text) if _needs_care(text) else text for text in self]
        entries = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
        before, after = self.table.split(_END_OF_TEXTS)
        # How often the texts are used need not be right, how many there are must be.
        before = _UNIQUE.sub(f'uniqueCount="{self._first + len(self)}"'.encode(), before)
        return b"".join((before, entries.encode(), _END_OF_TEXTS, after))


def filled(workbook: bytes, sheets: Mapping[int, tuple[int, Rows]], few: Mapping[int, Sequence[int]] = NONE) -> bytes:
    """`workbook` with rows in its sheets: by the sheet's number (from 1) how many columns it has, and the rows.

    `few`: of a sheet whose texts stand there again and again, the columns (from 0) of only a few texts. There a text is
    stored once, however many cells have it: half the time, half the size.
    """
    parts = {f"xl/worksheets/sheet{n}.xml": (*rows, few.get(n, ())) for n, rows in sheets.items()}
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(content, "w") as target:
        texts = _Texts(source.read(_TEXTS))
        infos = sorted(source.infolist(), key=lambda info: info.filename == _TEXTS)  # after those that add to it
        for info in infos:
            data = source.read(info)
            if info.filename in parts:
                data = _sheet(data, *parts[info.filename], texts)
            elif info.filename == _TEXTS:
                data = texts.xml()
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
            target.writestr(made, data, compresslevel=_LEVEL)
    return content.getvalue()


def _sheet(xml: bytes, width: int, rows: Rows, few: Sequence[int], texts: _Texts) -> bytes:
    styles = [0] * width
    for first, last, style in _COLUMN.findall(xml):
        for position in range(int(first) - 1, min(int(last), width)):
            styles[position] = int(style)
    found = _LAST_ROW.match(xml)
    top = int(found[1]) if found else 0
    body = list(_shared(rows, top, styles, few, texts) if few else _inline(rows, top, styles))
    before, after = xml.split(_END)
    last = f"A1:{column_letter(width - 1)}{top + len(body)}"
    before = _DIMENSION.sub(f'<dimension ref="{last}"/>'.encode(), before)
    return b"".join((before, *body, _END, after))


def _inline(rows: Rows, top: int, styles: Sequence[int]) -> Iterator[bytes]:
    """The rows as XML, their texts in them. Rows that have the same cells blank share one pattern."""
    patterns: dict[tuple[object, ...], bytes] = {}
    room = 2 * len(styles) + 1
    for number, row in enumerate(rows, top + 1):
        line = "".join(row)
        care = " " in line or _needs_care(line)
        if care:
            row = [_with_care(value) for value in row]  # noqa: PLW2901 - the same row
        key = (care, *map(type, row), *map(bool, row))
        if key not in patterns:
            blanks = ' xml:space="preserve"' if care else ""
            cells = [
                _cell(position, style, value, ("inlineStr", f"<is><t{blanks}>%s</t></is>"))
                for position, (style, value) in enumerate(zip(styles, row, strict=True))
            ]
            patterns[key] = f'<row r="%s">{"".join(cells)}</row>'.encode()
        parts = [b"%d" % number] * room
        parts[2::2] = [value.encode() for value in row]
        yield patterns[key] % tuple(parts)


def _shared(rows: Rows, top: int, styles: Sequence[int], few: Sequence[int], texts: _Texts) -> Iterator[bytes]:
    """The rows as XML, their texts in the table. The same texts in the columns `few` share one pattern."""
    patterns: dict[tuple[object, ...], str] = {}
    other = [place for place in range(len(styles)) if place not in few]
    own = [2 + 2 * place - sum(one < place for one in few) for place in other]
    room = 1 + 2 * len(other) + len(few)
    for number, row in enumerate(rows, top + 1):
        values = [row[place] for place in other]
        key = (*map(type, values), *map(bool, values), *[row[place] for place in few])
        if key not in patterns:
            cells = [
                _cell(position, style, value, ("s", f"<v>{texts[value]}</v>" if position in few else "<v>%s</v>"))
                for position, (style, value) in enumerate(zip(styles, row, strict=True))
            ]
            patterns[key] = f'<row r="%s">{"".join(cells)}</row>'
        parts = [str(number)] * room
        for place, value in zip(own, values, strict=True):
            parts[place] = texts[value] if type(value) is str and value else value
        yield (patterns[key] % tuple(parts)).encode()


def _cell(position: int, style: int, value: str, text: tuple[str, str]) -> str:
    """One cell for ``%``: its row's number, then its value, unless `text` (type and content) says that already."""
    kind, content = text
    if not value:
        return "%.0s%.0s" if "%s" in content else "%.0s"
    start = f'<c r="{column_letter(position)}%s" s="{style}"'
    if isinstance(value, Figure):
        return f"{start}><v>%s</v></c>"
    return f'{start} t="{kind}">{content}</c>'


def _needs_care(text: str) -> bool:
    return len(text) > _LONG or not text.isprintable() or "&" in text or "<" in text or ">" in text


def _with_care(value: str) -> str:
    """A text without what no cell can hold, and with what XML would take for its own escaped."""
    return value if isinstance(value, Figure) else clean(value).translate(_ESCAPED)
