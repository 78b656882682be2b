"""An empty roster as a workbook: the sheet to be filled in, and 填写说明 with an example.

- The roster sheet has no example row: it would be drawn. The example stands on 填写说明 the other way round, one
  column of the roster a row, so that no row there looks like headings to the loader (two would do).
- Whole columns carry the format of their kind, not 2,000 cells each: an empty roster prints as one page.
- The same year, the same bytes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from shuangsuiji.core.table import Column
from shuangsuiji.files.sheets.style import (
    A4,
    DATE,
    DEFAULT_COLUMN,
    DEFAULT_ROW,
    DEFAULT_TYPE,
    FOOTER_MARGIN,
    GREY,
    MARGINS,
    SONG,
    STYLES,
    TEXT,
    pixels,
)
from shuangsuiji.files.sheets.text import height
from shuangsuiji.files.starter.forms import Ask, Form

GUIDE = "填写说明"
ROWS = 2_000
"""Rows under the headings that have drop-downs and checks."""

COLOURS: Mapping[str, str] = {"必填": "#F8CBAD", "任填一项": "#FFE699", "选填": GREY}
EARLIEST, LATEST = date(1949, 10, 1), date(2119, 12, 31)

_PLAIN, _RULED = STYLES["note"], STYLES["cell"]
_HEADING = {**STYLES["heading"], "bold": True}
_NUMBERS = {"id": TEXT, "text": TEXT, "list": TEXT, "date": DATE, "count": "0"}
_ERROR_TYPES = {"refused": "stop", "asked": "warning"}
_PAGE = 1046
"""Pixels between the margins of A4 across."""
_NOTE_WIDTH, _NOTE_SIGN = 240, 13
"""Pixels of a cell note, and of one Chinese character in it."""
_GUIDE_WIDTHS = (17, 10, 60, 30, 30)

_COMMON_RULES = (
    "第一行标题不要改；列的次序可以调换，没有内容的选填列可以删去。鼠标停在标题上，能看到这一列填什么。",
    "日期写成 2026-05-01 的样子。编号、代码、电话都是文本格式，不会丢掉前面的 0；从别处粘贴时请选“只粘贴数值”。",
    "填好后保存关闭，用 ssj check 检查；这张“填写说明”不会被读入，可以删去。",
)


def workbook(form: Form, year: int, rows: int = ROWS) -> bytes:
    """The file ``rosters/FILE.xlsx``; `rows` under the headings have drop-downs and checks."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    content = BytesIO()
    look = {"default_format_properties": dict(DEFAULT_TYPE)}
    size = {"default_row_height": DEFAULT_ROW, "default_column_width": DEFAULT_COLUMN}
    book = Workbook(content, {"in_memory": True, **look, **size})
    book.set_properties({"title": form.sheet, "created": datetime(year, 1, 1)})  # noqa: DTZ001 - the format has no zone
    _roster(book, form, rows)
    _guide(book, form)
    book.close()
    return content.getvalue()


def _roster(book: Any, form: Form, rows: int) -> None:
    page = book.add_worksheet(form.sheet)
    wide = sum(pixels(form.asks[column.heading].width) for column in form.columns)
    _for_printing(page, form.sheet)
    page.fit_to_pages(max(1, round(wide / _PAGE)), 0)
    page.print_across()
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.hide_gridlines(0)
    page.freeze_panes(1, 1)
    styles = {kind: book.add_format({**_PLAIN, "num_format": how}) for kind, how in _NUMBERS.items()}
    headings = {demand: book.add_format({**_HEADING, "bg_color": colour}) for demand, colour in COLOURS.items()}
    page.set_row(0, 36)
    for position, column in enumerate(form.columns):
        ask, demand = form.asks[column.heading], form.demand(column)
        page.set_column_pixels(position, position, pixels(ask.width), styles[column.kind])
        page.write_string(0, position, column.heading, headings[demand])
        note = f"「{demand}」{ask.note}"
        page.write_comment(0, position, note, _note_look(note))
        if rule := _rule(column, ask, position):
            page.data_validation(1, position, rows, position, rule)
    page.ignore_errors({"number_stored_as_text": f"A2:{_letter(len(form.columns) - 1)}{rows + 1}"})
    page.activate()


def _note_look(note: str) -> dict[str, Any]:
    lines = 1 + len(note) * _NOTE_SIGN // _NOTE_WIDTH
    return {"font_name": SONG, "font_size": 9, "author": "ssj", "width": _NOTE_WIDTH + 14, "height": lines * 18 + 10}


def _rule(column: Column, ask: Ask, position: int) -> dict[str, Any] | None:
    """What may be entered, as xlsxwriter wants it, with the sentence for what is refused."""
    named = {"error_title": f"“{column.heading}”填写有误"}
    if ask.choices:
        rule = {"validate": "list", "source": list(ask.choices)}
        if ask.others == "allowed":
            return {**rule, "show_error": False}
        message = f"一般从列表中选择：{'、'.join(ask.choices)}。"
        return {**rule, **named, "error_type": _ERROR_TYPES[ask.others], "error_message": message}
    match column.kind:
        case "date":
            message = f"请填日期，写成 2026-05-01 的样子，在 {EARLIEST.year} 年到 {LATEST.year} 年之间。"
            span = {"criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
            return {**named, "validate": "date", **span, "error_message": message}
        case "count":
            message = "请填 0、1、2 这样的整数；没有就留空。"
            return {**named, "validate": "integer", "criteria": ">=", "value": 0, "error_message": message}
        case "id":
            message = "编号要以文本存放，否则会丢位数。请把这一格设为“文本”格式后重填。"
            formula = f"=ISTEXT({_letter(position)}2)"
            return {**named, "validate": "custom", "value": formula, "error_message": message}
        case _:
            return None


def _guide(book: Any, form: Form) -> None:
    page = book.add_worksheet(GUIDE)
    _for_printing(page, GUIDE)
    page.fit_to_pages(1, 1)
    page.hide_gridlines(2)
    for position, width in enumerate(_GUIDE_WIDTHS):
        page.set_column_pixels(position, position, pixels(width))
    last = len(_GUIDE_WIDTHS) - 1
    page.merge_range(0, 0, 0, last, f"{form.sheet}{GUIDE}", book.add_format(dict(STYLES["title"])))
    page.set_row(0, 34)
    prose = book.add_format({**_PLAIN, "font_size": 11})
    row = 1
    for number, rule in enumerate((*form.rules, *_COMMON_RULES), start=1):
        page.merge_range(row, 0, row, last, f"{number}. {rule}", prose)
        page.set_row(row, height(rule, sum(_GUIDE_WIDTHS), 11))
        row += 1
    page.set_row(row, 8)
    row += 1
    head = book.add_format(dict(_HEADING))
    for position, text in enumerate(("列名", "是否必填", "填什么", "例一", "例二")):
        page.write_string(row, position, text, head)
    page.set_row(row, 26)
    _examples(book, page, form, row + 1)


def _examples(book: Any, page: Any, form: Form, row: int) -> None:
    names = {demand: book.add_format({**_HEADING, "bg_color": colour}) for demand, colour in COLOURS.items()}
    middle, cell = book.add_format({**_RULED, "align": "center"}), book.add_format({**_RULED, "num_format": TEXT})
    for column in form.columns:
        ask, demand = form.asks[column.heading], form.demand(column)
        texts = (demand, ask.note, *ask.examples)
        page.write_string(row, 0, column.heading, names[demand])
        for position, text in enumerate(texts, start=1):
            page.write_string(row, position, text, middle if position == 1 else cell)
        page.set_row(row, max(height(text, width) for text, width in zip(texts, _GUIDE_WIDTHS[1:], strict=True)))
        row += 1


def _for_printing(page: Any, name: str) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(**MARGINS)
    page.center_horizontally()
    page.set_footer(f'&L&"{SONG}"&9{name}&R&"{SONG}"&9第&P页 共&N页', {"margin": FOOTER_MARGIN})


def _letter(position: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as `workbook`

    return str(xl_col_to_name(position))
