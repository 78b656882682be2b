"""The tables of a notice as xlsx: one sheet each, ready for an A4 printer, all cells text.

The look is that of the task sheets (`files.sheets.style`). A table wider than a page turns it.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from shuangsuiji.core.year.disclosure.notice import Grid, Notice
from shuangsuiji.files.sheets.names import sheet_names
from shuangsuiji.files.sheets.style import (
    A4,
    DEFAULT_COLUMN,
    DEFAULT_ROW,
    DEFAULT_TYPE,
    FOOTER_MARGIN,
    MARGINS,
    SONG,
    STYLES,
    pixels,
)
from shuangsuiji.files.sheets.text import LOWEST, clean, height

_PORTRAIT, _CENTRED = 106, 14
"""Half-width characters: wider tables are turned; narrower columns are centred."""
_FOOTER = f'&C&"{SONG}"&9第&P页　共&N页'


def xlsx_bytes(notice: Notice) -> bytes:
    """The file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    content = BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": dict(DEFAULT_TYPE),
        "default_row_height": DEFAULT_ROW,
        "default_column_width": DEFAULT_COLUMN,
    }
    book = Workbook(content, options)
    created = datetime(notice.on.year, notice.on.month, notice.on.day)  # noqa: DTZ001 - the format knows no zone
    book.set_properties({"title": clean(notice.title)[:255], "created": created})
    styles = {name: book.add_format(dict(STYLES[name])) for name in ("title", "heading", "cell", "middle")}
    names = sheet_names([grid.caption for grid in notice.tables], taken=())
    for name, grid in zip(names, notice.tables, strict=True):
        _sheet(book.add_worksheet(name), grid, styles)
    book.close()
    return content.getvalue()


def _sheet(page: Any, grid: Grid, styles: dict[str, Any]) -> None:
    widths = [column.width for column in grid.columns]
    page.set_paper(A4)
    if sum(widths) > _PORTRAIT:
        page.set_landscape()
    page.set_margins(**MARGINS)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.set_footer(_FOOTER, {"margin": FOOTER_MARGIN})
    page.hide_gridlines(2)
    last = len(widths) - 1
    for column, width in enumerate(widths):
        page.set_column_pixels(column, column, pixels(width))
    if last:
        page.merge_range(0, 0, 0, last, "", styles["title"])
    page.write_string(0, 0, clean(grid.caption), styles["title"])
    page.set_row(0, max(36, height(clean(grid.caption), sum(widths), 18)))
    for column, heading in enumerate(grid.columns):
        page.write_string(1, column, clean(heading.heading), styles["heading"])
    page.set_row(1, max(26, *(height(each.heading, wide) for each, wide in zip(grid.columns, widths, strict=True))))
    looks = [styles["middle" if width <= _CENTRED else "cell"] for width in widths]
    for number, row in enumerate(grid.rows, 2):
        _row(page, number, row, widths, looks)
    page.repeat_rows(1)
    page.freeze_panes(2, 0)
    if grid.rows:
        page.autofilter(1, 0, len(grid.rows) + 1, last)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(grid.rows) + 2}"})


def _row(page: Any, number: int, row: tuple[str, ...], widths: list[int], looks: list[Any]) -> None:
    tall = LOWEST
    for column, (cell, width, look) in enumerate(zip(row, widths, looks, strict=True)):
        text = clean(cell)
        if page.write_string(number, column, text, look):
            raise ValueError(f"row {number + 1}, column {column + 1}: the sheet has no room for it")
        if len(text) * 2 > width:
            tall = max(tall, height(text, width))
    page.set_row(number, tall)
