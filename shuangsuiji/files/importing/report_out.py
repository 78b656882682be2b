"""The report of an import as a workbook: 概要, 动态更新, 改动 (one row for each change), 列, 没有导入的行, 提醒.

The same import, the same bytes: no time stands in it. When it was made its file's name says.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from shuangsuiji.core.importing import report as told
from shuangsuiji.core.importing.report import Report
from shuangsuiji.files.importing.roster_out import YEAR
from shuangsuiji.files.sheets.filling import Figure, filled
from shuangsuiji.files.sheets.style import (
    A4,
    FOOTER_MARGIN,
    MARGINS,
    SONG,
    STYLES,
    TEXT,
    book_options,
    pixels,
)

_CHANGE_WIDTHS = (22, 12, 7, 5, 14, 14, 24, 28, 28, 14, 36)
_FEW = [told.CHANGES.index(heading) for heading in ("文件", "工作表", "列", "原标题", "栏目", "做了什么")]
_FOOTER = f'&C&"{SONG}"&9第&P页　共&N页'


class _Sheet(NamedTuple):
    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]


def report_bytes(report: Report) -> bytes:
    """The file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    sheets = list(_sheets(report))
    content = BytesIO()
    book = Workbook(content, book_options())
    title = f"{told.KINDS[report.kind]}导入报告"
    book.set_properties({"title": title, "created": datetime(YEAR, 1, 1)})  # noqa: DTZ001 - the format has no zone
    heading = book.add_format({**STYLES["heading"], "bold": True})
    cell = book.add_format({**STYLES["note"], "num_format": TEXT, "valign": "top"})
    for sheet in sheets:
        _head(book.add_worksheet(sheet.name), sheet, heading, cell)
    book.close()
    return filled(
        content.getvalue(),
        {number: (len(sheet.headings), sheet.rows) for number, sheet in enumerate(sheets, 1)},
        {number: _FEW for number, sheet in enumerate(sheets, 1) if sheet.headings == told.CHANGES},
    )


def _sheets(report: Report) -> Iterable[_Sheet]:
    yield _Sheet("概要", ("项目", "内容"), (30, 80), list(told.summary(report)))
    if report.is_update:
        yield _Sheet("动态更新", told.CHANGES, _CHANGE_WIDTHS, _changes(report, updates=True))
    yield _Sheet("改动", told.CHANGES, _CHANGE_WIDTHS, _changes(report, updates=False))
    yield _Sheet("列的对应", told.COLUMNS, (22, 14, 6, 24, 24, 22), list(told.columns(report)))
    yield _Sheet("没有导入的行", told.SKIPPED, (22, 14, 12, 50, 30), list(told.skipped(report)))
    yield _Sheet("提醒", told.WARNINGS, (22, 14, 8, 16, 60, 50), list(told.warnings(report)))


def _changes(report: Report, *, updates: bool) -> list[Sequence[str]]:
    """The changes with their row numbers as numbers, for sorting."""
    return [(*row[:2], Figure(row[2]), *row[3:]) for row in told.changes(report, updates=updates)]


def _head(page: Any, sheet: _Sheet, heading: Any, cell: Any) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(**MARGINS)
    page.fit_to_pages(1, 0)
    page.set_footer(_FOOTER, {"margin": FOOTER_MARGIN})
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_row(0, 26)
    for position, (text, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column_pixels(position, position, pixels(width), cell)
        page.write_string(0, position, text, heading)
    last = len(sheet.headings) - 1
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), last)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.rows) + 1}"})
