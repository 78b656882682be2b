"""An empty roster as a workbook: the sheet to be filled in, and 填写说明 with an example.

- An example row stands above the headings: what is above them is no data to any reader, whatever it says. More
  examples are on 填写说明 the other way round, one column of the roster a row, so that no row there looks like headings
  to the loader (two would do). A roster that is filled in (`ssj import`) has no example.
- Headings and example are protected, without a password; all other cells of the sheet are not.
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
    FOOTER_MARGIN,
    GREY,
    MARGINS,
    SONG,
    STYLES,
    TEXT,
    book_options,
    pixels,
)
from shuangsuiji.files.sheets.text import LOWEST, height
from shuangsuiji.files.starter.forms import Ask, Form

GUIDE = "填写说明"
ROWS = 2_000
"""Rows under the headings that have drop-downs and checks."""

COLOURS: Mapping[str, str] = {"必填": "#F8CBAD", "任填一项": "#FFE699", "选填": GREY}
EARLIEST, LATEST = date(1949, 10, 1), date(2119, 12, 31)

_PLAIN, _RULED = STYLES["note"], STYLES["cell"]
_HEADING = {**STYLES["heading"], "bold": True}
_EXAMPLE_LOOK = {**_RULED, "italic": True, "font_size": 9, "font_color": "#7F7F7F", "num_format": TEXT}
_LAST_COLUMN = 16_383
_NUMBERS = {"id": TEXT, "text": TEXT, "list": TEXT, "date": DATE, "count": "0"}
_ERROR_TYPES = {"refused": "stop", "asked": "warning"}
_PAGE = 1046
"""Pixels between the margins of A4 across."""
_NOTE_WIDTH, _NOTE_SIGN = 240, 13
"""Pixels of a cell note, and of one Chinese character in it."""
_GUIDE_WIDTHS = (17, 10, 60, 30, 30)

EXAMPLE = "例："
"""With what the example row begins."""

_ALLOWED = (
    *("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "insert_columns"),
    *("sort", "autofilter", "select_locked_cells", "select_unlocked_cells"),
)
"""What may be done on the protected sheet: all that leaves the headings as they are."""
_EXAMPLE_NOTE = "这一行是填写的样子，在标题上面，不会被读入，也不会被抽到。从标题下面一行填起。"

_COMMON_RULES = (
    "标题和上面的例子已锁住，其他格都能改；鼠标停在标题上，能看到这一列填什么。",
    "要删去没有内容的选填列、调换列的次序，先撤销工作表保护（在“审阅”里，没有密码）。",
    "日期写成 2026-05-01 的样子。编号、代码、电话都是文本格式，不会丢掉前面的 0。",
    "从别处粘贴时请选“只粘贴数值”，否则会冲掉下拉、把格锁住；锁住了的，撤销保护就能改。",
    "填好后保存关闭，用 ssj check 检查；这张“填写说明”不会被读入，可以删去。",
)


def workbook(form: Form, year: int, rows: int = ROWS, *, example: bool = True) -> bytes:
    """The file ``rosters/FILE.xlsx``; `rows` under the headings have drop-downs and checks."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    content = BytesIO()
    book = Workbook(content, book_options())
    book.set_properties({"title": form.sheet, "created": datetime(year, 1, 1)})  # noqa: DTZ001 - the format has no zone
    _roster(book, form, rows, example=example)
    _guide(book, form)
    book.close()
    return content.getvalue()


def _roster(book: Any, form: Form, rows: int, *, example: bool) -> None:
    page = book.add_worksheet(form.sheet)
    wide = sum(pixels(form.asks[column.heading].width) for column in form.columns)
    _for_printing(page, form.sheet)
    page.fit_to_pages(max(1, round(wide / _PAGE)), 0)
    page.print_across()
    top = 1 if example else 0
    last = len(form.columns) - 1
    page.repeat_rows(top)
    page.repeat_columns(0)
    page.hide_gridlines(0)
    page.freeze_panes(top + 1, 1)
    free = {**_PLAIN, "locked": False}
    styles = {kind: book.add_format({**free, "num_format": how}) for kind, how in _NUMBERS.items()}
    headings = {demand: book.add_format({**_HEADING, "bg_color": colour}) for demand, colour in COLOURS.items()}
    page.set_row(top, 36)
    if example:
        _example(page, form, book.add_format(_EXAMPLE_LOOK))
    for position, column in enumerate(form.columns):
        ask, demand = form.asks[column.heading], form.demand(column)
        page.set_column_pixels(position, position, pixels(ask.width), styles[column.kind])
        page.write_string(top, position, column.heading, headings[demand])
        note = f"「{demand}」{ask.note}"
        page.write_comment(top, position, note, _note_look(note))
        if rule := _rule(column, ask, f"{_letter(position)}{top + 2}"):
            page.data_validation(top + 1, position, top + rows, position, rule)
    page.set_column(last + 1, _LAST_COLUMN, None, styles["text"])
    page.autofilter(top, 0, top + rows, last)
    page.protect("", dict.fromkeys(_ALLOWED, True))
    page.ignore_errors({"number_stored_as_text": f"A1:{_letter(last)}{top + rows + 1}"})
    page.activate()


def _example(page: Any, form: Form, look: Any) -> None:
    """The first row: how a row looks when it is filled in."""
    tall = LOWEST
    for position, column in enumerate(form.columns):
        ask = form.asks[column.heading]
        text = f"{EXAMPLE}{ask.examples[0]}" if position == 0 else ask.examples[0]
        page.write_string(0, position, text, look)
        tall = max(tall, height(text, ask.width, 9))
    page.set_row(0, tall)
    page.write_comment(0, 0, _EXAMPLE_NOTE, _note_look(_EXAMPLE_NOTE))


def _note_look(note: str) -> dict[str, Any]:
    lines = 1 + len(note) * _NOTE_SIGN // _NOTE_WIDTH
    return {"font_name": SONG, "font_size": 9, "author": "ssj", "width": _NOTE_WIDTH + 14, "height": lines * 18 + 10}


def _rule(column: Column, ask: Ask, cell: str) -> dict[str, Any] | None:
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
            formula = f"=ISTEXT({cell})"
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
