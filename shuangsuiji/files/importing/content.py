"""What the bytes of a text file say of it, beyond what every door asks (`files.tables.encoding`).

UTF-16 without a byte order mark is told by its look: read the right way round it is Chinese and ASCII, the wrong way
round it is neither. Every text with lines or delimiters holds NUL bytes then, which no other encoding does.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from shuangsuiji.files.tables.encoding import decode

_EXPECTED = re.compile("[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]")
_LOOKED_AT = 1 << 16
_BEGINNING = 4096
_MOST = 0.9
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_ORDERS = (("utf-16-le", BOM_UTF16_LE), ("utf-16-be", BOM_UTF16_BE))


def marked(data: bytes) -> bytes:
    r"""`data`, with its byte order mark where it is UTF-16 that lacks one.

    >>> marked("单位名称,地址".encode("utf-16-be"))[:2], marked("单位名称,地址".encode())[:2]
    (b'\xfe\xff', b'\xe5\x8d')
    """
    start = data[:_LOOKED_AT]
    if b"\0" not in start or len(data) % 2 or data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    looks = [(_look(start, codec), mark) for codec, mark in _ORDERS]
    best, mark = max(looks)
    return mark + data if best >= _MOST else data


def unwrapped(text: str) -> str:
    """A cell of a text file as which platforms export a code, so that Excel does not take it for a number.

    >>> unwrapped('="0399001"'), unwrapped('=SUM(A1)')
    ('0399001', '=SUM(A1)')
    """
    found = _AS_TEXT.fullmatch(text) if text.startswith('="') else None
    return found[1].replace('""', '"') if found else text


def _look(data: bytes, codec: str) -> float:
    """The share of characters that lists are written with; a pair that is cut off at the end does not count."""
    text = data.decode(codec, "ignore")
    return len(_EXPECTED.findall(text)) / max(len(text), len(data) // 2 - 1, 1)


def beginning(data: bytes) -> str:
    """The first signs of a text, of which only the ASCII ones are right."""
    codec = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "latin-1"
    return data[:_BEGINNING].decode(codec, "ignore").lstrip("\ufeff\xef\xbb\xbf")


def as_text(data: bytes) -> str | None:
    """The text that `data` is, None where it is none."""
    try:
        text = decode(data)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
