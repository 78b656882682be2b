"""The new roster as a workbook: the form of `ssj init` (drop-downs, notes, text format), filled in.

- Columns that the form does not know stand behind its own. Dates are dates, counts are numbers, all else is text.
- The same rows, the same bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from shuangsuiji.core.importing.duplicates import MARK
from shuangsuiji.core.importing.entry import STATUS, Entry
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.table import Column
from shuangsuiji.files.sheets.filling import Figure, filled
from shuangsuiji.files.starter.forms import FORMS, Ask, Form
from shuangsuiji.files.starter.workbook import EARLIEST, ROWS, workbook

YEAR = 2000
"""When the file says it was made: always the same, so that the same rows are the same bytes."""
_EPOCH = date(1899, 12, 30)
_SPARE = 500
_NOTES = {
    MARK: "导入时看到的可能重复；核对后可以清空，不影响抽取。",
    STATUS: "是否还在最新名单里。",
}


def roster_bytes(kind: Kind, headings: Sequence[str], rows: Sequence[Entry]) -> bytes:
    """The file ``rosters/KIND.xlsx``."""
    form = _form(kind, headings)
    empty = workbook(form, YEAR, max(ROWS, len(rows) + _SPARE), example=False)
    return filled(empty, {1: (len(form.columns), _cells(form.columns, rows))})


def _form(kind: Kind, headings: Sequence[str]) -> Form:
    form = next(form for form in FORMS if form.file == kind)
    others = [heading for heading in headings if heading not in form.asks]
    asks = {heading: Ask(_NOTES.get(heading, "本单位自己的列，不影响抽取。"), 16) for heading in others}
    return form._replace(columns=(*form.columns, *map(Column, others)), asks={**form.asks, **asks})


def _cells(columns: Sequence[Column], rows: Sequence[Entry]) -> Iterator[list[str]]:
    names = [(column.heading, column.kind) for column in columns]
    for row in rows:
        cells: list[str] = []
        get = row.cells.get
        for heading, kind in names:
            text = get(heading, "")
            if text and kind == "date":
                cells.append(_serial(text))
            elif text and kind == "count":
                cells.append(Figure(text) if text.isascii() and text.isdecimal() else text)
            else:
                cells.append(text)
        yield cells


def _serial(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return Figure((day - _EPOCH).days) if day >= EARLIEST else text
