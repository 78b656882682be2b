"""A workbook in the making: sheets of one look, and text that stays text whatever it begins with.

- Nothing is left to guessing: a string goes through `write_string`, so that ``=HYPERLINK(…)`` is a name and no formula.
- Same calls, same bytes: the file's date is the draw's, and nothing touches the disk before the whole is done.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from shuangsuiji.core.year.briefing import Briefing
from shuangsuiji.files.sheets.style import (
    A4,
    DEFAULT_COLUMN,
    DEFAULT_ROW,
    DEFAULT_TYPE,
    FOOTER_MARGIN,
    MARGINS,
    STYLES,
    footer,
    pixels,
)
from shuangsuiji.files.sheets.text import LOWEST, clean, height


class Column(NamedTuple):
    """A column of a list: heading, width, what of a row it shows. An `optional` one is left out where all is blank."""

    heading: str
    width: float
    cell: Callable[[Any], str | int]
    centred: bool = False
    optional: bool = False


class Paper:
    """One workbook."""

    def __init__(self, briefing: Briefing, subject: str) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

        self._bytes = BytesIO()
        options = {
            "in_memory": True,
            "default_format_properties": dict(DEFAULT_TYPE),  # a copy: xlsxwriter writes into it
            "default_row_height": DEFAULT_ROW,
            "default_column_width": DEFAULT_COLUMN,
        }
        self._book = Workbook(self._bytes, options)
        self._book.set_properties(
            {
                "title": clean(subject),
                "subject": clean(briefing.title),
                "company": clean(briefing.agency),
                "created": datetime.fromisoformat(briefing.drawn_on),
            }
        )
        self._footer = footer(briefing.draw, briefing.checkpoint)
        self._styles: dict[str, Any] = {}

    def style(self, name: str) -> Any:
        """The format of that name (`style.STYLES`), made when first asked for."""
        if name not in self._styles:
            self._styles[name] = self._book.add_format(dict(STYLES[name]))
        return self._styles[name]

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool) -> "Sheet":
        """A new worksheet, ready for an A4 printer; `name` as `names.sheet_names` makes it."""
        page = self._book.add_worksheet(name)
        page.set_paper(A4)
        if landscape:
            page.set_landscape()
        page.set_margins(**MARGINS)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.set_footer(self._footer, {"margin": FOOTER_MARGIN})
        page.hide_gridlines(2)
        for column, width in enumerate(widths):
            page.set_column_pixels(column, column, pixels(width))
        return Sheet(self, page, widths)

    def hidden(self, name: str, facts: Mapping[str, str]) -> None:
        """A worksheet for machines only, which no menu of Excel can show."""
        page = self._book.add_worksheet(name)
        for row, (key, value) in enumerate(facts.items()):
            page.write_string(row, 0, key)
            page.write_string(row, 1, clean(value))
        page.very_hidden()

    def finished(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """A worksheet written from top to bottom; `row` is the next free one."""

    def __init__(self, paper: Paper, page: Any, widths: Sequence[float]) -> None:
        self.paper, self.page, self.widths, self.row = paper, page, widths, 0

    def write(self, row: int, column: int, value: str | int, style: str) -> str:
        """A text or a whole number in one cell; the text as it was written."""
        if isinstance(value, int):
            self.page.write_number(row, column, value, self.paper.style(style))
            return str(value)
        text = clean(value)
        if text:
            code = self.page.write_string(row, column, text, self.paper.style(style))
        else:
            code = self.page.write_blank(row, column, None, self.paper.style(style))
        if code != 0:
            raise ValueError(f"row {row + 1} of {self.page.get_name()}: no room on the sheet (xlsxwriter says {code})")
        return text

    def across(self, text: str, style: str, *, first: int, last: int) -> None:
        """One text over several columns of the row."""
        if last > first:
            self.page.merge_range(self.row, first, self.row, last, "", self.paper.style(style))
        self.write(self.row, first, text, style)

    def step(self, tall: float) -> None:
        """The row is done, and so high; go to the next."""
        self.page.set_row(self.row, tall)
        self.row += 1

    def line(self, text: str, style: str, *, first: int = 0, lowest: float = LOWEST) -> None:
        """One text from the column `first` to the last one, the row high enough for it."""
        self.across(text, style, first=first, last=len(self.widths) - 1)
        size = float(str(STYLES[style]["font_size"]))
        self.step(max(lowest, height(clean(text), sum(self.widths[first:]), size)))

    def head(self, title: str, notes: Sequence[str]) -> None:
        """The title and the lines under it."""
        self.line(title, "title", lowest=36)
        for note in notes:
            self.line(note, "note")

    def headings(self, columns: Sequence[str], *, stay: bool = True, freeze: int = 0) -> None:
        """The heading row. It may `stay`: repeated on every printed page, and on the screen with `freeze` columns."""
        tall = max(height(heading, width) for heading, width in zip(columns, self.widths, strict=True))
        for column, heading in enumerate(columns):
            self.write(self.row, column, heading, "heading")
        self.step(max(26, tall))
        if stay:
            self.page.repeat_rows(self.row - 1)
            self.page.freeze_panes(self.row, freeze)

    def body(self, cells: Sequence[str | int], styles: Sequence[str], *, lowest: float = LOWEST) -> None:
        """One row of a list, high enough for its longest cell."""
        tall = lowest
        for column, (value, style) in enumerate(zip(cells, styles, strict=True)):
            text = self.write(self.row, column, value, style)
            if len(text) * 2 > self.widths[column]:
                tall = max(tall, height(text, self.widths[column]))
        self.step(tall)


def listing(
    paper: Paper,
    name: str,
    title: str,
    notes: Sequence[str],
    *,
    columns: Sequence[Column],
    rows: Sequence[Any],
    landscape: bool = True,
) -> Sheet:
    """A sheet that is one list: title, notes, headings with a filter, numbered rows."""
    shown = [column for column in columns if not column.optional or any(column.cell(row) for row in rows)]
    sheet = paper.sheet(name, [5, *(column.width for column in shown)], landscape=landscape)
    sheet.head(title, notes)
    sheet.headings(["序号", *(column.heading for column in shown)])
    first = sheet.row
    styles = ["middle", *("middle" if column.centred else "cell" for column in shown)]
    for number, row in enumerate(rows, start=1):
        sheet.body([number, *(column.cell(row) for column in shown)], styles)
    if rows:
        sheet.page.autofilter(first - 1, 0, sheet.row - 1, len(shown))
        sheet.page.ignore_errors({"number_stored_as_text": f"A1:Z{sheet.row}"})
    return sheet
