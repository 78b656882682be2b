"""In which encoding a text file is: told by its bytes, never by its name.

- A byte order mark decides; then strict UTF-8, which other text hardly ever is by chance.
- GB18030 decodes nearly all Big5, to rare characters: Big5 it is where its bytes give common characters (the first
  level of its table) and GB18030 gives far fewer of its own.
"""

import re

_BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOOKED_AT = 1 << 16
_COMMON_IN_BIG5 = 0.9
_FEWER_IN_GB = 0.15
_BIG5 = re.compile(rb"[\xa1-\xc6][\x40-\xfe]")
_GB = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
"""Punctuation and the first level: the 5,401 and 3,755 characters that are in daily use."""
SHOWN = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030", "cp950": "Big5"}
"""What a clerk knows an encoding by."""


def decode(data: bytes) -> str:
    """Text in the encoding that it shows; UnicodeDecodeError if none.

    >>> decode("赵䶮".encode("gb18030")), decode("赵䶮".encode("utf-8-sig")), decode("統一社會信用代碼".encode("big5"))
    ('赵䶮', '赵䶮', '統一社會信用代碼')
    """
    return data.decode(recognised(data))


def recognised(data: bytes) -> str:
    """The codec's name; GB18030 where nothing speaks for another."""
    if marked := _BYTE_ORDERS.get(data[:2]):
        return marked
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp950" if _is_big5(data) else "gb18030"
    return "utf-8-sig"


def _is_big5(data: bytes) -> bool:
    looked_at = data[: data.rfind(b"\n", 0, _LOOKED_AT) + 1] or data[:_LOOKED_AT]
    common = _share(looked_at, "cp950", _BIG5)
    if common < _COMMON_IN_BIG5 or common - _share(looked_at, "gb18030", _GB) < _FEWER_IN_GB:
        return False
    try:
        data.decode("cp950")
    except UnicodeDecodeError:
        return False
    return True


def _share(data: bytes, codec: str, common: re.Pattern[bytes]) -> float:
    """The share of common characters and punctuation among those that are not ASCII; 0 if it cannot be decoded."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    written = [character.encode(codec) for character in text if not character.isascii()]
    return sum(common.fullmatch(pair) is not None for pair in written) / len(written) if written else 0.0
