"""The report's figures as xlsx: a sheet per table, native charts, and the long table of tasks for pivot tables.

- Numbers are numbers: counts, rates (as per cents, rounded as on paper), yuan, days. Texts never become formulas.
- 任务明细 is an Excel table (named 任务明细) with typed columns and a filter: click into it and insert a pivot table.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.charts import Chart
from shuangsuiji.core.year.report.figures import BLANK, Cell, Column, Table, shown
from shuangsuiji.core.year.report.pivot import moment
from shuangsuiji.core.year.report.report import Report
from shuangsuiji.files.documents.charts import COLOURS, INK
from shuangsuiji.files.sheets.names import sheet_names
from shuangsuiji.files.sheets.style import (
    A4,
    DATE,
    DEFAULT_COLUMN,
    DEFAULT_ROW,
    DEFAULT_TYPE,
    FOOTER_MARGIN,
    HEI,
    MARGINS,
    MOMENT,
    MONEY,
    SONG,
    STYLES,
    pixels,
)
from shuangsuiji.files.sheets.text import LOWEST, clean, height

_FOOTER = f'&C&"{SONG}"&9第&P页　共&N页'
_PORTRAIT, _DATE = 106, len("2023-05-09")
_PERCENT = "0.00%"
_CHARTS, _TASKS, _FIRST = "图表", "任务明细", "说明"


def book(report: Report, created: datetime) -> bytes:
    """The file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    content = BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": dict(DEFAULT_TYPE),
        "default_row_height": DEFAULT_ROW,
        "default_column_width": DEFAULT_COLUMN,
    }
    made = Workbook(content, options)
    made.set_properties({"title": clean(report.title)[:255], "created": created})
    looks = _Looks(made)
    tables = list(report.tables)
    names = sheet_names([table.caption for table in tables], taken=(_FIRST, _TASKS, _CHARTS))
    _guide(made.add_worksheet(_FIRST), report, list(zip(names, tables, strict=True)), looks)
    _pivot(made.add_worksheet(_TASKS), report.pivot, looks)
    if report.charts:
        _charts(made, report.charts, looks)
    for name, table in zip(names, tables, strict=True):
        _sheet(made.add_worksheet(name), table, looks)
    made.close()
    return content.getvalue()


class _Looks:
    """Formats by what a cell is."""

    def __init__(self, made: Any):
        self.title = made.add_format(dict(STYLES["title"]))
        self.note = made.add_format({**STYLES["note"], "font_color": "#5C6370"})
        self.heading = made.add_format(dict(STYLES["heading"]))
        self.text = made.add_format(dict(STYLES["cell"]))
        self.middle = made.add_format(dict(STYLES["middle"]))
        number: Mapping[str, object] = {**STYLES["middle"], "num_format": "0"}
        self.kinds = {
            "text": self.text,
            "count": made.add_format(dict(number)),
            "rate": made.add_format({**number, "num_format": _PERCENT}),
            "yuan": made.add_format({**number, "num_format": MONEY, "align": "right"}),
        }
        self.bold = {
            name: made.add_format({**number, "num_format": form, "font_name": HEI, "align": align})
            for name, form, align in (
                ("text", "@", "center"),
                ("count", "0", "center"),
                ("rate", _PERCENT, "center"),
                ("yuan", MONEY, "right"),
            )
        }
        plain = {
            key: STYLES["cell"][key] for key in ("font_name", "font_size", "font_charset", "font_scheme", "valign")
        }
        self.plain = {
            "text": made.add_format(dict(plain)),
            "count": made.add_format({**plain, "num_format": "0", "align": "center"}),
            "yuan": made.add_format({**plain, "num_format": MONEY}),
            "date": made.add_format({**plain, "num_format": DATE, "align": "center"}),
            "moment": made.add_format({**plain, "num_format": MOMENT, "align": "center"}),
        }


def _guide(page: Any, report: Report, tables: Sequence[tuple[str, Table]], looks: _Looks) -> None:
    page.hide_gridlines(2)
    page.set_column_pixels(0, 0, pixels(30))
    page.set_column_pixels(1, 1, pixels(76))
    page.merge_range(0, 0, 0, 1, "", looks.title)
    page.write_string(0, 0, clean(report.title), looks.title)
    page.set_row(0, height(clean(report.title), 106, 18))
    said = str(report.variables["on"])
    lines = [
        ("数据截至", f"{said}，台账第{report.variables['lines']}行"),
        ("校验点", str(report.variables["checkpoint"])),
        (
            "使用范围",
            "可对外提供" if report.variables["public"] else "内部资料，含执法人员和未公示的内容，不得对外提供",
        ),
        (_TASKS, report.pivot.note),
        *([(_CHARTS, "可在 Excel、WPS 中修改，数据取自本文件各表")] if report.charts else []),
        *((name, table.note) for name, table in tables),
    ]
    for row, (name, what) in enumerate(lines, 1):
        page.write_string(row, 0, clean(name), looks.text)
        page.write_string(row, 1, clean(what), looks.text)
        page.set_row(row, height(clean(what), 76))
    _printed(page, 106)


def _sheet(page: Any, table: Table, looks: _Looks) -> None:
    widths = [column.width for column in table.columns]
    last = len(widths) - 1
    for at, width in enumerate(widths):
        page.set_column_pixels(at, at, pixels(width))
    page.merge_range(0, 0, 0, last, "", looks.title)
    page.write_string(0, 0, clean(table.caption), looks.title)
    page.set_row(0, max(36, height(clean(table.caption), sum(widths), 18)))
    for at, column in enumerate(table.columns):
        page.write_string(1, at, column.heading, looks.heading)
    page.set_row(1, max(26, *(height(c.heading, c.width) for c in table.columns)))
    for number, row in enumerate(table.rows, 2):
        page.set_row(number, _tall(row, widths))
        for at, cell in enumerate(row):
            _write(page, number, at, cell, looks.kinds)
    end = len(table.rows) + 2
    if table.total:
        page.set_row(end, 22)
        for at, cell in enumerate(table.total):
            _write(page, end, at, cell, looks.bold)
        end += 1
    if table.note:
        page.merge_range(end, 0, end, last, "", looks.note)
        page.write_string(end, 0, clean(table.note), looks.note)
        page.set_row(end, height(clean(table.note), sum(widths)))
    page.hide_gridlines(2)
    page.repeat_rows(1)
    page.freeze_panes(2, 1)
    _printed(page, sum(widths))


def _tall(row: Sequence[Cell], widths: Sequence[int]) -> float:
    texts = ((shown(cell), width) for cell, width in zip(row, widths, strict=True))
    return max([LOWEST, *(height(clean(text), width) for text, width in texts if len(text) * 2 > width)])


def _write(page: Any, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> None:
    match cell:
        case Rate():
            if cell.whole:
                page.write_number(row, column, float(Decimal(cell.percent.rstrip("%")).scaleb(-2)), looks["rate"])
            else:
                page.write_string(row, column, cell.percent, looks["count"])
        case Decimal():
            page.write_number(row, column, float(cell), looks["yuan"])
        case int():
            page.write_number(row, column, cell, looks["count"])
        case None | "":
            page.write_string(row, column, BLANK, looks["count"])
        case str():
            page.write_string(row, column, clean(cell), looks["text"])


def _pivot(page: Any, table: Table, looks: _Looks) -> None:
    for at, column in enumerate(table.columns):
        page.set_column_pixels(at, at, pixels(column.width))
    columns = [{"header": column.heading} for column in table.columns]
    size = max(1, len(table.rows))
    style = {"columns": columns, "name": _TASKS, "style": "Table Style Light 9"}
    page.add_table(0, 0, size, len(columns) - 1, style)
    for number, row in enumerate(table.rows, 1):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _typed(page, number, at, cell, column, looks.plain)
    page.freeze_panes(1, 1)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{size + 1}"})


def _typed(page: Any, row: int, at: int, cell: Cell, column: Column, looks: Mapping[str, Any]) -> None:
    """A blank stays blank: a pivot table counts what is there."""
    match cell:
        case None | "":
            return
        case str() if column.kind == "moment":
            kind = "date" if len(cell) == _DATE else "moment"
            when = moment(cell)
            if isinstance(when, date):
                page.write_datetime(row, at, when, looks[kind])
        case str():
            page.write_string(row, at, clean(cell), looks["text"])
        case Decimal():
            page.write_number(row, at, float(cell), looks["yuan"])
        case int():
            page.write_number(row, at, cell, looks["count"])


def _charts(made: Any, charts: Iterable[Chart], looks: _Looks) -> None:
    """The charts, and right of them the numbers that they show."""
    page = made.add_worksheet(_CHARTS)
    page.hide_gridlines(2)
    top, first = 0, 14
    page.set_column_pixels(first, first, pixels(18))
    for chart in charts:
        page.write_string(top, first, chart.caption, looks.heading)
        for at, series in enumerate(chart.series, 1):
            page.write_string(top, first + at, series.name, looks.heading)
        for row, category in enumerate(chart.categories, 1):
            page.write_string(top + row, first, clean(category), looks.text)
            for at, series in enumerate(chart.series, 1):
                page.write_number(top + row, first + at, series.values[row - 1], looks.kinds["count"])
        rows = max(18, len(chart.categories) + 8)
        page.insert_chart(top, 0, _native(made, chart, top, first), {"x_offset": 8, "y_offset": 6})
        top += rows
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _native(made: Any, chart: Chart, top: int, first: int) -> Any:
    is_stacked = chart.kind == "stacked"
    native = made.add_chart({"type": "bar", "subtype": "stacked"} if is_stacked else {"type": "column"})
    last = top + len(chart.categories)
    type_ = {"name": SONG, "size": 10}
    for at, series in enumerate(chart.series, 1):
        label = {
            "value": True,
            "font": {**type_, "size": 9, "color": f"#{INK}"},
            "num_format": "0;;;" if is_stacked else "0",
        }
        native.add_series(
            {
                "name": [_CHARTS, top, first + at],
                "categories": [_CHARTS, top + 1, first, last, first],
                "values": [_CHARTS, top + 1, first + at, last, first + at],
                "fill": {"color": f"#{COLOURS[series.colour]}"},
                "border": {"color": "#FFFFFF"},
                "gap": 45 if is_stacked else 70,
                "data_labels": {**label, "position": "center" if is_stacked else "outside_end"},
            }
        )
    native.set_title({"name": chart.caption, "name_font": {"name": HEI, "size": 12, "bold": False}, "overlay": False})
    native.set_x_axis({"num_font": type_, "visible": not is_stacked, "major_gridlines": {"visible": False}})
    native.set_y_axis(
        {"num_font": type_, "reverse": is_stacked, "visible": is_stacked, "major_gridlines": {"visible": False}}
    )
    native.set_legend({"position": "top", "font": type_} if is_stacked or len(chart.series) > 1 else {"none": True})
    rows = max(18, len(chart.categories) + 8)
    native.set_size({"width": 860, "height": (rows - 1) * DEFAULT_ROW * 4 // 3})
    return native


def _printed(page: Any, width: int) -> None:
    page.set_paper(A4)
    if width > _PORTRAIT:
        page.set_landscape()
    page.set_margins(**MARGINS)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.set_footer(_FOOTER, {"margin": FOOTER_MARGIN})
