"""The sheet of `ssj risk` as a workbook: 风险研判 (a row per subject and rule), 说明, 名册里没有的, and a hidden sheet.

- What ssj found is locked, what reviewers fill in is tinted, with a drop-down. There is no password: what a hand
  changes, `ssj check` sees.
- The hidden sheet says for which draw, by which rules and of which day it was made, and the mark of each row.
- The same record, rules and day: the same bytes.
"""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from shuangsuiji.core.risk.facts import as_told
from shuangsuiji.core.risk.judging import Judged
from shuangsuiji.core.risk.review import NO, YES
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
from shuangsuiji.files.sheets.text import clean, height

FORMAT = "ssj-risk/1"
SHEET, MACHINE_SHEET, STRANGERS, GUIDE = "风险研判", "_ssj", "名册里没有的", "说明"
MADE = ("对象编号", "单位名称", "规则", "现等级", "建议等级", "建议必查", "依据")
FILLED = ("采用", "复核人", "复核日期", "复核意见")
INTERNAL = "内部使用，不得公开"

_WIDTHS = (16, 24, 20, 9, 9, 20, 62, 8, 12, 13, 20)
_CENTRED = {"现等级", "建议等级"}
_HEADING_ROW = 2
_ALLOWED = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
_GUIDE = (
    "这张表由 ssj risk 按 rosters/risk.yaml 的规则，从各年台账和规则写明的名单里列出。列出的只是建议，由人逐行复核。",
    "只填浅黄色的四列：“采用”选“是”或“否”，写明复核人、复核日期；不采用的，理由写在“复核意见”里。",
    "一行也不能空着，也不能增加、删去、改动：有一行没有复核，ssj check 就报错误，不能封存和抽取。",
    "另有理由要列为必查的单位，写在检查对象名录库的“必查原因”里。",
    "复核完，在方案里写上：risk: 这张表的位置。封存时只采用填“是”的行；这张表的摘要记入台账。",
)


def risk_bytes(judged: Judged, draw: str, title: str) -> bytes:
    """The file; `draw`: the id of the draw that it is for."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    content = BytesIO()
    book = Workbook(content, book_options())
    day = datetime(judged.as_of.year, judged.as_of.month, judged.as_of.day)  # noqa: DTZ001 - the format has no zone
    book.set_properties({"title": clean(f"{title}风险研判表")[:255], "created": day, "comments": INTERNAL})
    page = book.add_worksheet(SHEET)
    _head(book, page, f"{title}　抽取编号：{draw}　研判日期：{judged.as_of}　{INTERNAL}")
    _rows(book, page, judged)
    _guide(book)
    if judged.strangers:
        _strangers(book, judged)
    _machine(book, judged, draw)
    book.close()
    return content.getvalue()


def _head(book: Any, page: Any, note: str) -> None:
    headings = (*MADE, *FILLED)
    for column, width in enumerate(_WIDTHS):
        page.set_column_pixels(column, column, pixels(width))
    page.merge_range(0, 0, 0, len(headings) - 1, "风险研判表", book.add_format(dict(STYLES["title"])))
    page.set_row(0, 34)
    page.merge_range(1, 0, 1, len(headings) - 1, clean(note), book.add_format(dict(STYLES["note"])))
    page.set_row(1, 22)
    heading = book.add_format(dict(STYLES["heading"]))
    for column, text in enumerate(headings):
        page.write_string(_HEADING_ROW, column, text, heading)
    page.set_row(_HEADING_ROW, 26)
    page.freeze_panes(_HEADING_ROW + 1, 2)
    page.repeat_rows(0, _HEADING_ROW)
    _for_printing(page)


def _rows(book: Any, page: Any, judged: Judged) -> None:
    plain, middle = (book.add_format({**STYLES[name], "num_format": TEXT}) for name in ("cell", "middle"))
    entry = [book.add_format(dict(STYLES[f"entry {kind}"])) for kind in ("choice", "text", "date", "text")]
    first = _HEADING_ROW + 1
    for row, made in enumerate(judged.suggestions, first):
        for column, (heading, text) in enumerate(zip(MADE, made, strict=True)):
            page.write_string(row, column, clean(text), middle if heading in _CENTRED else plain)
        for column, look in enumerate(entry, len(MADE)):
            page.write_blank(row, column, None, look)
        page.set_row(row, max(height(clean(text), width) for text, width in zip(made, _WIDTHS, strict=False)))
    last = _HEADING_ROW + len(judged.suggestions)
    if judged.suggestions:
        adopt, by, on = range(len(MADE), len(MADE) + 3)
        page.data_validation(
            first, adopt, last, adopt, {"validate": "list", "source": [YES, NO], "error_message": "请选“是”或“否”。"}
        )
        page.data_validation(first, by, last, by, {"validate": "any", "input_message": "写复核人的姓名。"})
        span = {"criteria": "between", "minimum": judged.as_of, "maximum": date(judged.as_of.year + 5, 12, 31)}
        told = {
            "input_message": "按 2024-3-9 的样式填写。",
            "error_message": "请填研判之后的日期，按 2024-3-9 的样式。",
        }
        page.data_validation(first, on, last, on, {"validate": "date", **span, **told})
        page.autofilter(_HEADING_ROW, 0, last, len(_WIDTHS) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    page.protect("", dict.fromkeys(_ALLOWED, True))
    page.activate()


def _guide(book: Any) -> None:
    _prose(book, book.add_worksheet(GUIDE), _GUIDE)


def _strangers(book: Any, judged: Judged) -> None:
    """Events of subjects that the roster does not have: nothing is suggested for them, and that is said."""
    told = (f"{fact.subject} {fact.name}：{as_told(fact)}" for fact in judged.strangers)
    note = "下面这些事件的对象，检查对象名录库里没有这个编号，没有列入研判。编号改过的，请在名册里核对。"
    _prose(book, book.add_worksheet(STRANGERS), (note, *told))


def _prose(book: Any, page: Any, lines: Sequence[str]) -> None:
    look = book.add_format(dict(STYLES["note"]))
    page.set_column_pixels(0, 0, pixels(120))
    for row, text in enumerate(lines):
        page.write_string(row, 0, clean(text), look)
        page.set_row(row, height(clean(text), 120))
    page.protect("", dict.fromkeys(_ALLOWED, True))
    _for_printing(page)


def _machine(book: Any, judged: Judged, draw: str) -> None:
    page = book.add_worksheet(MACHINE_SHEET)
    rules = judged.rules
    lines = [
        ("format", FORMAT),
        ("draw", draw),
        ("as_of", judged.as_of.isoformat()),
        ("digest", rules.digest),
        *(("grade", grade) for grade in rules.grades),
        *(("rule", rule.name, rule.public_name) for rule in rules.rules),
        *(("row", made.subject, made.rule, made.mark) for made in judged.suggestions),
    ]
    for row, cells in enumerate(lines):
        for column, text in enumerate(cells):
            page.write_string(row, column, clean(text))
    page.very_hidden()


def _for_printing(page: Any) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(**MARGINS)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    page.set_footer(f'&L&"{SONG}"&9{INTERNAL}&R&"{SONG}"&9第&P页 共&N页', {"margin": FOOTER_MARGIN})
