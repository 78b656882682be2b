"""What a heading means, however it is written.

``（必填）`` and other notes in brackets, asterisks, blanks, full width and traditional characters do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable

from shuangsuiji.core.table import Column
from shuangsuiji.core.wording import simplified

_NOISE = re.compile(r"[\s*★☆:\u00ad\u180e\u200b-\u200f\u2060\ufeff]+")
_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")


def plain(text: str) -> str:
    r"""A heading without what does not matter.

    >>> plain(" ＊單位\n名稱：")
    '单位名称'
    """
    return simplified(_NOISE.sub("", unicodedata.normalize("NFKC", text)))


def bare(text: str) -> str:
    """`plain`, and without its notes in brackets.

    >>> bare("单位名称（全称）")
    '单位名称'
    """
    return _NOTES.sub("", plain(text))


def lookup(columns: Iterable[Column]) -> dict[str, Column]:
    """Every accepted way to write a heading; a column's own heading goes before another's alias."""
    ways = {plain(column.heading): column for column in columns}
    for column in columns:
        for alias in column.aliases:
            ways.setdefault(plain(alias), column)
    return ways


def known_as(text: str, ways: dict[str, Column]) -> Column | None:
    """The column that a heading means, with its bracketed notes or without them."""
    written = plain(text)
    return ways.get(written) or ways.get(_NOTES.sub("", written))
