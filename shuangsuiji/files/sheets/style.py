"""How the sheets look: types, borders, tints, and the page they are printed on. Change a look here, and only here.

The fonts are those that Chinese offices have: 黑体 for headings, 宋体 for tables, 仿宋_GB2312 for prose. A spreadsheet
cannot name a second choice; where one is missing, Excel, WPS and LibreOffice take their own.
"""

from collections.abc import Mapping

from shuangsuiji.files.sheets.text import clean, cut

SONG, HEI, FANG = "宋体", "黑体", "仿宋_GB2312"

A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.75}
"""Inches, as the file format has them."""
FOOTER_MARGIN = 0.35
LONGEST_FOOTER = 255

TINT, TAB, GREY, LINE = "#FFF8DC", "#F2C94C", "#E9EDF2", "#595959"
"""To fill in; the tab of the sheet that is to be filled in; headings; borders."""

DATE, MOMENT, MONEY, TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00", "@"

DEFAULT_TYPE = {"font_name": SONG, "font_size": 11, "font_charset": 134, "font_scheme": "none"}
DEFAULT_ROW, DEFAULT_COLUMN = 18, 72
"""Of a workbook, in pixels, as Chinese Excel has them. Columns are measured by the default type, and 宋体 is where
offices are, Calibri is not (Kylin, UOS)."""

_BASE = {
    "font_name": SONG,
    "font_size": 10,
    "font_charset": 134,
    "font_scheme": "none",
    "valign": "vcenter",
    "text_wrap": True,
}
_CELL = {**_BASE, "border": 1, "border_color": LINE}
_ENTRY = {**_CELL, "bg_color": TINT, "locked": False}

STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {**_BASE, "font_size": 18, "bold": True, "align": "center"},
    "note": _BASE,
    "signature": {**_BASE, "font_name": FANG, "font_size": 12},
    "prose": {**_BASE, "font_name": FANG, "font_size": 13, "valign": "top"},
    "prose head": {**_BASE, "font_name": HEI, "font_size": 13},
    "heading": {**_CELL, "font_name": HEI, "align": "center", "bg_color": GREY},
    "band": {**_CELL, "font_name": HEI, "bg_color": GREY},
    "band middle": {**_CELL, "font_name": HEI, "align": "center", "bg_color": GREY},
    "label": {**_CELL, "font_name": HEI, "bg_color": GREY, "font_size": 11, "align": "center"},
    "value": {**_CELL, "font_size": 11, "indent": 1},
    "cell": _CELL,
    "middle": {**_CELL, "align": "center"},
    "entry text": {**_ENTRY, "num_format": TEXT},
    "entry choice": {**_ENTRY, "num_format": TEXT, "align": "center"},
    "entry date": {**_ENTRY, "num_format": DATE, "align": "center"},
    "entry moment": {**_ENTRY, "num_format": MOMENT, "align": "center"},
    "entry money": {**_ENTRY, "num_format": MONEY, "align": "right"},
}


def footer(draw: str, checkpoint: str) -> str:
    r"""The footer of every page: the draw and the checkpoint on the left, the page's number on the right.

    A checkpoint that does not fit is cut with a mark, whole signs only.

    >>> footer("130129-2023-01", "青禾&云岭 47 3f9a")
    '&L&"宋体"&8抽取编号：130129-2023-01\n校验点：青禾&&云岭 47 3f9a&R&"宋体"&9第&P页 共&N页'
    """
    left, right = f'&L&"{SONG}"&8抽取编号：{_doubled(draw)}\n校验点：', f'&R&"{SONG}"&9第&P页 共&N页'
    room = LONGEST_FOOTER - len(left) - len(right)
    longest = room
    shown = _doubled(checkpoint)
    while len(shown.encode("utf-16-le")) > 2 * room:
        longest -= 1
        shown = _doubled(cut(clean(checkpoint), longest, "…"))
    return left + shown + right


def _doubled(text: str) -> str:
    # xlsxwriter takes "&G" and "&[Picture]" for a picture even where the & is doubled, and drops the footer.
    return clean(text).replace("&G", "＆G").replace("&[", "＆[").replace("&", "&&")


def pixels(width: float) -> int:
    """How wide a column must be to show `width` half-width characters of 10 points.

    >>> pixels(20)
    141
    """
    return round(width * 20 / 3) + 8


def book_options() -> dict[str, object]:
    """With what a workbook of ours is opened in xlsxwriter: made in memory, our type, rows and columns of its size."""
    return {
        "in_memory": True,
        "default_format_properties": dict(DEFAULT_TYPE),
        "default_row_height": DEFAULT_ROW,
        "default_column_width": DEFAULT_COLUMN,
    }
