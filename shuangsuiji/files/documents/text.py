"""Texts on their way into a document: whatever people typed stays what it is, and stays where it is.

- What no document can hold (control characters, halves of a character) is taken out.
- A mark that turns the reading direction (U+202E …) ends with its text, so that it cannot turn what follows.
"""

import re
from collections.abc import Mapping

from shuangsuiji.files.sheets.text import tidy

_OPENED = re.compile("[\u202a\u202b\u202d\u202e]|[\u2066-\u2068]")
_EMBEDDED = "\u202a\u202b\u202d\u202e"
_POP, _POP_ISOLATE = "\u202c", "\u2069"


def literal(text: str) -> str:
    r"""`text` as a document can hold it.

    >>> literal("甲\x00店"), literal("乙\u202e店")
    ('甲店', '乙\u202e店\u202c')
    """
    if text.isprintable():
        return text
    text = tidy(text)
    closing = [_POP if mark in _EMBEDDED else _POP_ISOLATE for mark in _OPENED.findall(text)]
    return text + "".join(reversed(closing))


def settled(value: object) -> object:
    """`value` with all texts in it `literal`; dicts, lists and tuples are copied."""
    match value:
        case str():
            return literal(value)
        case Mapping():
            return {key: settled(each) for key, each in value.items()}
        case list() | tuple():
            return [settled(each) for each in value]
        case _:
            return value
