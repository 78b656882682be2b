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


def filled(workbook: bytes, sheets: Mapping[int, tuple[int, Rows]], few: Mapping[int, Sequence[int]] = NONE) -> bytes:
    """`workbook` with rows in its sheets: by the sheet's number (from 1) how many columns it has, and the rows.

    `few`: of a sheet, the columns (from 0) whose texts stand there again and again; the more of them, the faster.
    """
    parts = {f"xl/worksheets/sheet{n}.xml": (*rows, few.get(n, ())) for n, rows in sheets.items()}
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(content, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename in parts:
                data = _sheet(data, *parts[info.filename])
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
            target.writestr(made, data, compresslevel=_LEVEL)
    return content.getvalue()


def _sheet(xml: bytes, width: int, rows: Rows, few: Sequence[int]) -> bytes:
    styles = [0] * width
    for first, last, style in _COLUMN.findall(xml):
        for position in range(int(first) - 1, min(int(last), width)):
            styles[position] = int(style)
    found = _LAST_ROW.match(xml)
    top = int(found[1]) if found else 0
    body = list(_rows(rows, top, styles, few))
    before, after = xml.split(_END)
    last = f"A1:{column_letter(width - 1)}{top + len(body)}"
    before = _DIMENSION.sub(f'<dimension ref="{last}"/>'.encode(), before)
    return b"".join((before, *body, _END, after))


def _rows(rows: Rows, top: int, styles: Sequence[int], few: Sequence[int]) -> Iterator[bytes]:
    """The rows as XML. Rows that have the same cells blank, and the same texts in `few`, share one pattern."""
    patterns: dict[tuple[object, ...], bytes] = {}
    often, other = frozenset(few), [place for place in range(len(styles)) if place not in few]
    own = [1 + 2 * place + 1 - sum(one < place for one in few) for place in other]
    room = 1 + 2 * len(other) + len(few)
    for number, row in enumerate(rows, top + 1):
        texts = [row[place] for place in other] if few else row
        line = "".join(texts)
        care = len(line) > _LONG or not line.isprintable() or "&" in line or "<" in line or ">" in line or " " in line
        if care:
            texts = [_with_care(value) for value in texts]
        key = (care, *map(type, texts), *map(bool, texts), *[row[place] for place in few])
        if key not in patterns:
            patterns[key] = _pattern(row, styles, often, ' xml:space="preserve"' if care else "")
        parts = [b"%d" % number] * room
        for place, text in zip(own, texts, strict=True):
            parts[place] = text.encode()
        yield patterns[key] % tuple(parts)


def _pattern(row: Sequence[str], styles: Sequence[int], often: frozenset[int], blanks: str) -> bytes:
    """A row for ``%``: its number, then for each cell the number and, but for those `often` the same, the text.

    Blank cells leave nothing.
    """
    cells = []
    for position, (value, style) in enumerate(zip(row, styles, strict=True)):
        start = f'<c r="{column_letter(position)}%s" s="{style}"'
        if not value:
            cells.append("%.0s" if position in often else "%.0s%.0s")
        elif position in often:
            text = _with_care(value).replace("%", "%%")
            cells.append(f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        elif isinstance(value, Figure):
            cells.append(f"{start}><v>%s</v></c>")
        else:
            cells.append(f'{start} t="inlineStr"><is><t{blanks}>%s</t></is></c>')
    return f'<row r="%s">{"".join(cells)}</row>'.encode()


def _with_care(value: str) -> str:
    """A text without what no cell can hold, and with what XML would take for its own escaped."""
    return value if isinstance(value, Figure) else clean(value).translate(_ESCAPED)
