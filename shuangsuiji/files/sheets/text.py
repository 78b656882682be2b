"""Text on its way into a cell: what no cell can hold is taken out, what is too long is cut where it can be seen.

Also how much room it takes, for a row's height has to be given: programs fit it neither to merged cells nor, all of
them, to wrapped ones. Widths are in half-width characters of the tables' type (10 points), heights in points.
"""

import re
from bisect import bisect_right
from math import ceil

LONGEST = 32_767
"""What a cell can hold, in UTF-16 units."""

CUT = "…（已截断）"

LOWEST, HIGHEST = 22.0, 409.0
"""Rows: the lowest that looks good, the highest there can be."""

LEADING, PADDING = 1.35, 8.0
"""From one line of type to the next, in sizes of the type; points above and below together."""

NEAR = 40
"""Characters: so far back a stop is looked for where a text must be cut."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNTIDY = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    r"""`text` without control characters and lone surrogates, all line breaks as ``\n``, cut to what a cell holds.

    >>> clean("甲\x00店\r\n乙\t店")
    '甲店\n乙 店'
    """
    text = tidy(text)
    return text if len(text) * 2 <= LONGEST else cut(text, LONGEST)


def tidy(text: str) -> str:
    """The same as `clean`, but as long as it is."""
    if not text.isprintable() and _UNTIDY.search(text):
        text = _CONTROLS.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    return text


def cut(text: str, longest: int, mark: str = CUT) -> str:
    """`text`, or as much of it as fits with `mark` into `longest` UTF-16 units; no character is cut in two.

    >>> cut("一二三四五", 4, "…")
    '一二三…'
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - len(mark))].decode("utf-16-le", "ignore") + mark


def breadth(text: str) -> int:
    """The width of a line in half-width characters: a Chinese one counts two, a rare one four (never too little).

    >>> breadth("GGCS 公共场所")
    13
    """
    return len(text.encode("gb18030", "replace"))


def height(text: str, width: float, size: float = 10) -> float:
    """The height of a row whose cell of `width` holds `text` in type of `size` points; more than `HIGHEST` cannot be.

    >>> height("公共场所", 20) == LOWEST, height("公共场所" * 20, 20)
    (True, 129.5)
    """
    return min(HIGHEST, max(LOWEST, _tall(text, width * 10 / size, size)))


def pieces(text: str, width: float, tallest: float) -> list[str]:
    """`text` in as many pieces as rows of at most `tallest` points need, cut after a stop where one is near.

    >>> [len(piece) for piece in pieces("依法执业情况；" * 40, 20, 200)]
    [126, 126, 28]
    """
    done: list[str] = []
    while _tall(text, width, 10) > tallest:
        end = bisect_right(range(len(text)), tallest, key=lambda end: _tall(text[:end], width, 10)) - 1
        stop = max(text.rfind(mark, end - NEAR, end) for mark in "。；\n") + 1
        done.append(text[: stop or end])
        text = text[stop or end :]
    return [*done, text]


def _tall(text: str, room: float, size: float) -> float:
    if len(text) * 2 <= room and "\n" not in text:
        return size * LEADING + PADDING
    return sum(_lines(line, room) for line in text.split("\n")) * size * LEADING + PADDING


def _lines(line: str, room: float) -> int:
    wide = breadth(line)
    if wide <= room:
        return 1
    return ceil(wide / max(2.0, room - 1.5))  # punctuation may not begin a line, so lines end early
