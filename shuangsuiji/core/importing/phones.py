"""Telephone numbers: 13812345678 and 0311-87654321, several joined by ；.

What is no telephone number as far as one can see is kept as it stands, and told.
"""

import re
import unicodedata

from shuangsuiji.core.importing.raw import Fault

_PARTS = re.compile(r"[;；、,，/\n]|(?<=\d{7})\s+(?=[01])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－~～﹣_", "-"))
_NOISE = re.compile(r"[\s.·]+")
_COUNTRY = re.compile(r"(?:\+|00)?86-?(?=1[3-9]\d)")
_MOBILE = re.compile(r"(1[3-9]\d)-?(\d{4})-?(\d{4})")
_AREA = re.compile(r"\(?(010|02\d|0[3-9]\d{2})\)?-*(\d{3,4})-?(\d{4})(?:(?:-|转|分机|ext\.?)(\d{1,6}))?", re.IGNORECASE)
_LOCAL = re.compile(r"(?:[2-8]\d{2,3}-?\d{4}|1\d{2,4}|[48]00-?\d{3}-?\d{4})(?:[-转]\d{1,6})?")
_CLEAN = re.compile(r"1[3-9][0-9]{9}|0(?:10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}")
_TODO = "请核对号码；不影响导入。"
_WITHOUT_ZERO = re.compile(r"(?:10|2\d|[3-9]\d{2})\d{7,8}")


def phones(text: str, *, is_number: bool = False) -> tuple[str, Fault | None]:
    """`text` (tidied, not blank) with every number in one form, and what looks wrong.

    >>> phones("138 1234-5678、（0311）8765 4321")
    ('13812345678；0311-87654321', None)
    """
    if _CLEAN.fullmatch(text):
        return text, None
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    parts = [part for part in (_one(part) for part in _PARTS.split(plain)) if part]
    if not parts or any(part is None for part in (_form(part) for part in parts)):
        what = f"“{text}”不像电话号码。"
        if is_number and _WITHOUT_ZERO.fullmatch(plain):
            what = f"“{text}”以数字存放，区号前的 0 可能已丢失。"
        return text, Fault("odd-phone", what, _TODO)
    return "；".join(dict.fromkeys(filter(None, map(_form, parts)))), None


def _one(part: str) -> str:
    return _COUNTRY.sub("", _NOISE.sub("", part), count=1)


def _form(part: str) -> str | None:
    if mobile := _MOBILE.fullmatch(part):
        return "".join(mobile.groups())
    if land := _AREA.fullmatch(part):
        area, first, last, extension = land.groups()
        return f"{area}-{first}{last}" + (f"转{extension}" if extension else "")
    return part if _LOCAL.fullmatch(part) else None
