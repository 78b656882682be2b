"""One cell at a time: what is typed in many ways becomes one, and why; what cannot be read is a Fault, never a guess.

- Every text: nothing invisible, no blanks at its ends, no line breaks, digits and letters of half width, radicals and
  compatibility forms (⼀, 﨑) as the characters that they look like.
- Names, addresses, words: no blanks beside Chinese characters, brackets of full width （ ） where they hold or follow
  Chinese. Running text (备注) keeps its blanks and brackets.
- Ids: half width, no blanks, a 统一社会信用代码 in capitals; a number that has lost digits is a Fault.
- What is clean already is not changed, and what was changed is clean: normalising twice is normalising once.
"""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from shuangsuiji.core.importing.dates import dated
from shuangsuiji.core.importing.fields import CODE, FREE, PHONES, RATIOS, UNTIL, WORDS
from shuangsuiji.core.importing.phones import phones
from shuangsuiji.core.importing.raw import Fault, Why
from shuangsuiji.core.roster.ident import credit_code_fault
from shuangsuiji.core.table import Column
from shuangsuiji.core.wording import EDGES, simplified

_BREAK = re.compile(r"[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f]+")
_EDGES = "".join(sign for sign in EDGES if sign.isspace())
_BLANKS = re.compile(f"[{_EDGES}]+")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_TO_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
_UNTIDY = re.compile(
    f"^['{_EDGES}]|[{_EDGES}]$|[\x00-\x1f\x7f-\x9f\u2028\u2029]|  "
    f"|{_INVISIBLE.pattern}|{_WIDE.pattern}|{_LOOK_ALIKE.pattern}|[{_EDGES.replace(' ', '')}]"
)
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60\u3001-\u301f“”·\U00020000-\U0003ffff"
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) +| +(?=[{_HAN}])")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_HAS_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_PARTS = re.compile(r"[；;、,，/\r\n\v\x85\u2028\u2029]")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[Ee]\+?\d+")
_PLACEHOLDERS = frozenset(
    {"/", "／", "\\", "-", "--", "—", "——", "－", "_", "无", "暂无", "空", "N/A", "n/a", "NULL", "null", "None"}
)
_NO = frozenset({"否", "不是", "非必查", "0"})
"""必查原因 is drawn always wherever it is not blank: these are no reason."""
_MANY_DIGITS = re.compile(r"\d{15}0{1,9}")
_LOST = "请打开最初的来源（不是这个文件）核对，把该列设为“文本”格式后重新填写。"
_KEPT_DIGITS = 15


class Cell(NamedTuple):
    """What a cell holds now, why it was changed, and what is wrong with it (`severe`: nothing can be made of it)."""

    value: str
    why: tuple[Why, ...] = ()
    fault: Fault | None = None
    severe: bool = True


def normalised(column: Column, text: str, *, is_number: bool = False, is_local: bool = False) -> Cell:
    r"""`text` as `column` holds it; `is_number`: it stood in the file as a number.

    `is_local`: a column that no rule knows, treated as running text; digits that it lost are told and do not matter.

    >>> from shuangsuiji.core.table import Column
    >>> normalised(Column("单位名称"), " 某某\n美 容店(东关店)").value
    '某某美容店（东关店）'
    >>> normalised(Column("统一社会信用代码", (), "id"), "１.30129E+17").fault.code
    'id-lost-digits'
    """
    plain, why = _plain_list(text) if column.kind in {"list", "ids"} else _plain(text)
    is_free = is_local or column.heading in FREE
    if _says_nothing(column, plain, is_free=is_free):
        return Cell("", ("placeholder",))
    if not plain:
        return Cell("", why)
    if is_number and column.kind != "date" and _has_lost_digits(plain):
        return Cell(plain, (), _lost(plain), severe=not is_local)
    if column.heading in RATIOS:
        return _ratio(plain, why) if is_number else _percent(plain, why)
    match column.kind:
        case "id" | "ids":
            cell = _id(column, plain, why)
        case "date":
            cell = _date(column, plain, why, is_number=is_number)
        case "count":
            cell = _count(plain, why)
        case "list":
            cell = _list(plain, why, is_known=column.heading in WORDS)
        case _ if column.heading in PHONES:
            cell = _phones(plain, why, is_number=is_number)
        case _:
            cell = Cell(plain, why) if is_free else _words(plain, why, is_known=column.heading in WORDS)
    return Cell("", ("placeholder",)) if _says_nothing(column, cell.value, is_free=is_free) else cell


def _says_nothing(column: Column, plain: str, *, is_free: bool) -> bool:
    return (plain in _PLACEHOLDERS and not is_free) or (column.heading == "必查原因" and plain in _NO)


def _plain(text: str) -> tuple[str, tuple[Why, ...]]:
    """What every text gets."""
    if not _UNTIDY.search(text):
        return text, ()
    why: list[Why] = []
    seen = _INVISIBLE.sub("", text)
    if seen != text:
        why.append("invisible")
    trimmed = seen.strip(EDGES)
    joined = _on_one_line(trimmed)
    if joined != trimmed:
        why.append("line-break")
    spaced = _BLANKS.sub(" ", joined)
    if spaced != joined or trimmed != seen:
        why.append("blanks")
    if spaced.startswith("'"):  # the mark by which Excel takes a number for a text
        spaced = spaced.lstrip("'" + EDGES)
        why.append("mark")
    alike = _LOOK_ALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), spaced)
    if alike != spaced:
        why.append("look-alike")
    narrow = alike.translate(_TO_NARROW)
    if narrow != alike:
        why.append("width")
    return narrow, tuple(why)


def _plain_list(text: str) -> tuple[str, tuple[Why, ...]]:
    """`_plain`, where a line break parts what is listed."""
    parted = _BREAK.sub("；", text)
    plain, why = _plain(parted)
    return plain, why if parted == text else (*why, "separator")


def _on_one_line(text: str) -> str:
    """A line break between Chinese characters is nothing, another is a blank."""
    lines = list(filter(None, (line.strip(EDGES) for line in _BREAK.split(text))))
    pieces = lines[:1]
    for before, after in pairwise(lines):
        pieces += ["" if _BESIDE_HAN.search(f"{before[-1]} {after[0]}") else " ", after]
    return "".join(pieces)


def _words(plain: str, why: tuple[Why, ...], *, is_known: bool) -> Cell:
    value = plain
    if " " in value and (closed := _BESIDE_HAN.sub("", value)) != value:
        value = closed
        why = (*why, "blanks") if "blanks" not in why else why
    if ("(" in value or ")" in value) and _HAS_HAN.search(value):
        value = _BESIDE_HAN.sub("", value.translate(_WIDE_BRACKETS))
        why = (*why, "brackets")
    if is_known and (known := simplified(value)) != value:
        value = known
        why = (*why, "simplified")
    return Cell(value, why)


def _list(plain: str, why: tuple[Why, ...], *, is_known: bool) -> Cell:
    written = _PARTS.split(plain)
    bare = [part.strip(EDGES) for part in written]
    parts = [_words(part.lstrip("'" + EDGES), (), is_known=is_known) for part in bare]
    value = "；".join(dict.fromkeys(part.value for part in parts if part.value and part.value not in _PLACEHOLDERS))
    reasons = [*why, *(reason for part in parts for reason in part.why)]
    if bare != written:
        reasons.append("blanks")
    if any(part.startswith("'") for part in bare):
        reasons.append("mark")
    if "；".join(written) != plain or value != "；".join(part.value for part in parts):
        reasons.append("separator")
    return Cell(value, tuple(dict.fromkeys(reasons)))


def _id(column: Column, plain: str, why: tuple[Why, ...]) -> Cell:
    value = plain.translate(_TO_ASCII).replace(" ", "").lstrip("'")
    if _SCIENTIFIC.fullmatch(value):
        return Cell(plain, (), _lost(plain))
    if column.kind == "ids":
        return _list(plain, why, is_known=False)
    if value != plain:
        why = (*why, "code")
    if column.heading == CODE:
        upper = value.upper()
        if upper != value:
            value, why = upper, (*why, "upper-case")
    if _MANY_DIGITS.fullmatch(value) and not (column.heading == CODE and not credit_code_fault(value)):
        what = f"“{value}”有 {len(value)} 位，第 15 位以后都是 0，像是按数字存放过，已丢失后面的位数。"
        return Cell(value, why, Fault("id-lost-digits", what, _LOST), severe=column.heading == CODE)
    return Cell(value, why)


def _has_lost_digits(plain: str) -> bool:
    digits = plain.lstrip("-").partition(".")[0]
    return _SCIENTIFIC.fullmatch(plain) is not None or (digits.isdecimal() and len(digits) > _KEPT_DIGITS)


def _lost(plain: str) -> Fault:
    return Fault("id-lost-digits", f"“{plain}”以数字格式存放，只剩 15 位有效数字，后面的位数已经丢失。", _LOST)


def _date(column: Column, plain: str, why: tuple[Why, ...], *, is_number: bool) -> Cell:
    found = dated(plain, until=column.heading in UNTIL, is_number=is_number)
    if found.fault:
        return Cell(plain, why, found.fault)
    return Cell(found.value, tuple(dict.fromkeys((*why, *found.why))))


def _phones(plain: str, why: tuple[Why, ...], *, is_number: bool) -> Cell:
    value, fault = phones(plain, is_number=is_number)
    return Cell(value, (*why, "phone") if value != plain else why, fault, severe=False)


def _count(plain: str, why: tuple[Why, ...]) -> Cell:
    if plain.isdecimal() and plain.isascii():
        return Cell(plain, why)
    return Cell(plain, why, Fault("bad-count", f"“{plain}”不是整数。", "填写 0、1、2 这样的整数；没有就留空。"))


def _percent(plain: str, why: tuple[Why, ...]) -> Cell:
    cell = _words(plain.replace("％", "%"), why, is_known=False)
    return cell._replace(why=tuple(dict.fromkeys((*cell.why, "width")))) if "％" in plain else cell


def _ratio(plain: str, why: tuple[Why, ...]) -> Cell:
    whole, _, part = plain.partition(".")
    if whole not in {"0", "1"} or (whole == "1" and part.strip("0")):
        return Cell(plain, why)
    digits = (whole + part.ljust(2, "0"))[:3].lstrip("0") or "0"
    rest = part[2:].rstrip("0")
    return Cell(f"{digits}.{rest}%" if rest else f"{digits}%", (*why, "percent"))
