"""What people wrote into a cell, or after an option, becomes a value of `core.year.findings`, or is told to be wrong.

- A moment needs its clock time: the 24 hours of S2 四(二) run from the minute.
- Money is yuan to the fen; 万元 is refused, never converted in silence.
- Text loses control characters and is cut, with a warning, where it is too long; else it stays as it is.
"""

import math
import re
import unicodedata
from datetime import MAXYEAR, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from shuangsuiji.core.year.findings import LONG, Finding, coded

CUT = "…（已截断）"
_BLANKS = (
    "\t\n\v\f\r \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200C))) + "\ufeff"
)
_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_WHEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:(?:[\sT]+|(?<=[日号]))(\d{1,2})\s*(?::\s*(\d{1,2})(?::\d{1,2}(?:\.\d+)?)?|[时点]\s*(?:(\d{1,2})\s*分?)?))?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIALS = range(20_000, 80_001)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as spreadsheets are
_FIRST_YEAR = 2000
_MOST = Decimal(10) ** 12
_MONEY = re.compile(r"[¥￥]?([+-]?[\d,]*\.?\d+|[+-]?[\d,]+\.)元?")


class Wrong(NamedTuple):
    """What is wrong with a cell; after a ``warning`` there is a value all the same."""

    code: str
    what: str
    todo: str
    severity: Literal["error", "warning"] = "error"


def value(finding: Finding, raw: object) -> tuple[str, Wrong | None]:
    """`raw` (text, number, date, …) as a value of `finding`, blank where it is blank or an error.

    >>> from shuangsuiji.core.year.findings import FINDINGS
    >>> value(FINDINGS["check_ended"], "2023年5月9日14时30分"), value(FINDINGS["fine"], "2,000.5元")
    (('2023-05-09T14:30', None), ('2000.50', None))
    """
    text = plain(raw)
    if not text:
        return "", None
    match finding.kind:
        case "text":
            return _text(finding, text)
        case "choice":
            found: str | Wrong = _choice(finding, raw, text)
        case "money":
            found = _money(finding, raw, text)
        case "date" | "moment":
            found = _when(finding, raw, text)
    return ("", found) if isinstance(found, Wrong) else (found, None)


def plain(raw: object) -> str:
    r"""Any cell as text without control characters, line breaks as ``\n``, blanks gone from its ends.

    >>> plain("=1+1\x00\r\n甲 "), plain(12.0), plain(None)
    ('=1+1\n甲', '12', '')
    """
    match raw:
        case None:
            return ""
        case str():
            return _CONTROLS.sub("", _BREAKS.sub("\n", raw).replace("\t", " ")).strip(_BLANKS)
        case float() if raw.is_integer() and abs(raw) < _MOST:
            return str(int(raw))
        case datetime():
            return raw.isoformat(sep=" ", timespec="minutes")
        case _:
            return str(raw)


def _text(finding: Finding, text: str) -> tuple[str, Wrong | None]:
    if finding.longest < LONG:
        text = " ".join(text.split("\n"))
    if finding.is_link and (not re.match(r"https?://[^/\s]", text) or re.search(r"\s", text)):
        what = f"“{_short(text)}”不是网址。"
        return "", Wrong("bad-link", what, "写成 https://www.example.gov.cn/… 的样子。")
    if len(text) > finding.longest:
        what = f"文字有 {len(text)} 个字，只保留前 {finding.longest} 个字。"
        return text[: finding.longest - len(CUT)] + CUT, Wrong("text-cut", what, "请精简。", "warning")
    return text, None


def _choice(finding: Finding, raw: object, text: str) -> str | Wrong:
    word = ("是" if raw else "否") if isinstance(raw, bool) else unicodedata.normalize("NFKC", text)
    what = f"“{_short(text)}”不在可选的内容里。"
    return coded(word, finding.codes) or Wrong("bad-choice", what, f"请选：{'、'.join(finding.choices)}。")


def _money(finding: Finding, raw: object, text: str) -> str | Wrong:
    found = _MONEY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None or isinstance(raw, bool):
        return Wrong("bad-money", f"“{_short(text)}”不是金额。", "只填数字，单位为元；没有罚没款的填 0 或留空。")
    try:
        amount = Decimal(found[1].replace(",", ""))
    except InvalidOperation:
        return Wrong("bad-money", f"“{_short(text)}”不是金额。", "只填数字，单位为元。")
    if amount < 0:
        return Wrong("negative-money", f"{finding.heading}是 {text}，小于 0。", "请核对，单位为元。")
    cents = (amount * 100).to_integral_value()
    if abs(amount * 100 - cents) > (Decimal("1e-6") if isinstance(raw, float) else 0) or amount >= _MOST:
        return Wrong("bad-money", f"{finding.heading}是 {_short(text)}，精确到分都写不下。", "请核对，单位为元。")
    yuan, fen = divmod(int(cents), 100)
    return f"{yuan}.{fen:02}" if fen else str(yuan)


def _when(finding: Finding, raw: object, text: str) -> str | Wrong:
    example = "2023-5-9 14:30" if finding.kind == "moment" else "2023-5-9"
    told = text if isinstance(raw, str) else plain(raw)
    found, has_clock = _read_when(raw, text)
    if found is None:
        what = f"“{_short(told)}”不是{'日期和时间' if finding.kind == 'moment' else '日期'}。"
        return Wrong(f"bad-{finding.kind}", what, f"写成 {example} 的样子。")
    if finding.kind == "date":
        return found.date().isoformat()
    if not has_clock:
        what = f"“{told.removesuffix(' 00:00')}”只有日期，没有几点几分。"
        return Wrong("no-clock", what, f"24小时的期限由此起算，写成 {example} 的样子。")
    return found.isoformat(timespec="minutes")


def _read_when(raw: object, text: str) -> tuple[datetime | None, bool]:
    """The day (and time) that a cell means, and whether it has a time. A cell at midnight is a day."""
    found: datetime | None = None
    match raw:
        case bool():
            pass
        case datetime():
            found = raw.replace(tzinfo=None)
        case date():
            found = datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001 - local
        case int() | float() if math.isfinite(raw) and int(raw) in _SERIALS:
            found = _EPOCH + timedelta(days=raw)
        case _:
            return _read_text(unicodedata.normalize("NFKC", text))
    if found is None or not _FIRST_YEAR <= found.year < MAXYEAR:
        return None, False
    found = (found + timedelta(milliseconds=500)).replace(microsecond=0)  # 14:30 may be stored as 14:29:59.9999
    return found.replace(second=0), (found.hour, found.minute, found.second) != (0, 0, 0)


def _read_text(text: str) -> tuple[datetime | None, bool]:
    match = _WHEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None, False
    year, month, day, *clock = match.groups()
    hour, minute = ([int(part) for part in clock if part] + [0, 0])[:2]
    try:
        found = datetime(int(year), int(month), int(day), hour, minute)  # noqa: DTZ001 - local
    except ValueError:
        return None, False
    return (found, any(clock)) if found.year >= _FIRST_YEAR else (None, False)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[:most] + "…"
