"""Cells become text, by what their column holds; a cell that cannot is a Fault that says why.

- Text keeps its characters (no NFKC); blanks that cannot be seen go from its ends, line breaks become one space.
- An id that was typed as a number has lost its digits already: refused, never guessed.
- Nothing is called per cell where a column is clean already: one look at the joined column tells.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from shuangsuiji.core.table import Kind
from shuangsuiji.core.wording import tidy

_PARTS = re.compile(r"[；;、,，/\r\n\v\x85\u2028\u2029]")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"(?<=[\d日])[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
_DIGITS = re.compile(r"[0-9０-９]*")
_SERIALS = range(20_000, 80_001)
_FIRST_YEAR = 1900


class Fault(NamedTuple):
    """A cell that cannot be read for what it should hold; `text` is what stands there."""

    code: str
    text: str
    what: str
    todo: str


def texts(kind: Kind, raw: Sequence[object]) -> tuple[Sequence[str], list[tuple[int, Fault]]]:
    """A column's cells as text, and what is wrong with them by their place in the column."""
    words = cast("Sequence[str]", raw)
    try:
        if _is_clean(kind, "".join(words)):
            return words, []
    except TypeError:  # there are numbers or dates among them
        pass
    clean = _CLEANERS[kind]
    if set(map(type, raw)) <= _EQUAL_IF_SAME:
        known = {cell: clean(cell) for cell in set(raw)}
        read = list(map(known.__getitem__, raw))
        if not any(isinstance(cell, Fault) for cell in known.values()):
            return cast("Sequence[str]", read), []
    else:
        read = list(map(clean, raw))
    faults = [(place, cell) for place, cell in enumerate(read) if isinstance(cell, Fault)]
    return [cell.text if isinstance(cell, Fault) else cell for cell in read], faults


def _is_clean(kind: Kind, joined: str) -> bool:
    """Whether cleaning would change nothing: printable means no control, zero-width or wide blank characters."""
    match kind:
        case "text":
            return joined.isprintable() and " " not in joined
        case "id":
            return joined.isascii() and joined.isprintable() and " " not in joined and "+" not in joined
        case _:
            return not joined


def _text(cell: object) -> str:
    match cell:
        case str():
            return tidy(cell)
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
        case _:
            return str(cell)


def _list(cell: object) -> str:
    text = cell if isinstance(cell, str) else _text(cell)
    return "；".join(dict.fromkeys(filter(None, map(tidy, _PARTS.split(text)))))


def _id(cell: object) -> str | Fault:
    if isinstance(cell, str):
        text = tidy(cell)  # and no more: ids are never repaired silently (protocol §1)
        if not _SCIENTIFIC.fullmatch(text):
            return text
    elif cell is None:
        return ""
    what = f"编号以数字格式存放（{_text(cell)}），可能已丢失位数或前导零。"
    return Fault("id-is-number", _text(cell), what, "把该列设为“文本”格式后重新填写。")


def _ids(cell: object) -> str | Fault:
    if not isinstance(cell, str):
        return _id(cell)
    read = [_id(part) for part in _PARTS.split("；".join(tidy(cell).split()))]
    wrong = next((part for part in read if isinstance(part, Fault)), None)
    return wrong or "；".join(dict.fromkeys(part for part in read if isinstance(part, str) and part))


def _date(cell: object) -> str | Fault:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() | int() if not isinstance(cell, bool) and int(cell) in _SERIALS:
            return (date(1899, 12, 30) + timedelta(days=int(cell))).isoformat()
    shown = _text(cell)
    text = unicodedata.normalize("NFKC", shown)
    text = "".join(_CLOCK.sub("", text).split())
    if not text or text in _NEVER_ENDS:
        return text and "长期"
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(number) for number in found.groups() if number)
        if year >= _FIRST_YEAR:
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                pass
    return Fault("bad-date", shown, f"“{shown}”不是日期。", "写成 2023-05-01 的样子；没有日期就留空。")


def _count(cell: object) -> str | Fault:
    text = _text(cell)
    if _DIGITS.fullmatch(text):
        return unicodedata.normalize("NFKC", text)
    return Fault("bad-count", text, f"“{text}”不是整数。", "填写 0、1、2 这样的整数；没有就留空。")


_EQUAL_IF_SAME = {str, date, datetime, type(None)}
"""Types of which equal cells read the same; 1, 1.0 and True are equal too, and do not."""

_NEVER_ENDS = frozenset({"长期", "永久", "长期有效", "永久有效", "长期有效期"})
"""What licences and certificates say instead of a last day; later than any date as text, too."""

_CLEANERS: dict[Kind, Callable[[object], str | Fault]] = {
    "text": _text,
    "list": _list,
    "id": _id,
    "ids": _ids,
    "date": _date,
    "count": _count,
}
