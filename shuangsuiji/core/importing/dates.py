"""Dates as people write them, as YYYY-MM-DD; what can be read in two ways is a Fault and never guessed.

- 2023.5.1, 2023年5月1日, 2023/5/1, 20230501, 二〇二三年五月一日, 13.5.2023 (if it can be one day only), 45047 (Excel's
  count of days).
- A month without a day: the last day of a date until which something holds, else the first; told as a change.
- A range: its last date, of a date until which something holds; else a Fault.
- 01/02/2023, 23.5.1, 2023, 2023年2月30日 are Faults.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from shuangsuiji.core.importing.raw import Fault, Why

_NEVER_ENDS = frozenset(
    {"长期", "永久", "长期有效", "永久有效", "长期有效期", "無期限", "无期限", "無固定期限", "无固定期限"}
)
_CLOCK = re.compile(r"(?<=[\d日号])(?:T|\s)?\s*(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_DASHES = str.maketrans(
    dict.fromkeys("‐‑‒–—―−－~～﹣", "-") | {"号": "日", "號": "日", "。": ".", "．": ".", "〇": "0"}
)
_WHOLE = re.compile(r"(\d{4})(?:(年)|([-./、]))(\d{1,2})(?:(?(2)月|\3)(\d{1,2})日?)?\.?")
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月(?:份|底|末)?|[-./](\d{1,2}))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{2}(?:年\d{1,2}月(?:\d{1,2}日?)?|([-./])\d{1,2}\1\d{1,2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DECIMAL = re.compile(r"\d{4}\.\d{1,2}")
_RANGE = re.compile(r"^(?:自|从)?(.*?\d[日年月.]?)(?:起)?(?:至|到|--?)((?:\d{4}[年./-]|长期|永久|\d{8}).*?)(?:止)?$")
_UNTIL = re.compile(r"^(?:有效期)?(?:至|到)|(?:止|前|为止)$")
_CHINESE = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")}
_CHINESE_DATE = re.compile(
    r"[0零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]+(?=[月日])")
_LONGEST = 60
_YEARS = range(1900, 2101)
_SERIALS = range(20_000, 80_001)
_TODO = "写成 2023-05-01 的样子；没有日期就留空。"


class Dated(NamedTuple):
    """YYYY-MM-DD or 长期, blank where `fault` says what is wrong."""

    value: str
    why: tuple[Why, ...] = ()
    fault: Fault | None = None


def dated(text: str, *, until: bool = False, is_number: bool = False) -> Dated:  # noqa: PLR0911 - a list of forms
    """The date that `text` (tidied, not blank) means; `until`: something holds up to it.

    >>> dated("2023年5月1日").value, dated("45047").value, dated("2023.5", until=True).value
    ('2023-05-01', '2023-05-01', '2023-05-31')
    >>> dated("01/02/2023").fault.code, dated("2023年2月30日").fault.code
    ('ambiguous-date', 'no-such-day')
    """
    if len(text) > _LONGEST:
        return _fault("bad-date", f"“{text[:_LONGEST]}…”不是日期。")
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(_CLOCK.sub("", plain.strip()).split())
    if plain in _NEVER_ENDS:
        return Dated("长期", () if text == "长期" else ("date",))
    if _CHINESE_DATE.fullmatch(plain):
        plain = _arabic(plain)
    if is_number and _DECIMAL.fullmatch(plain):
        return _decimal(text, plain, until=until)
    found = _single(text, plain, until=until)
    if found.fault and found.fault.code == "bad-date":
        if parts := _RANGE.match(plain):
            last = dated(parts[2], until=until)
            if until and not last.fault:
                return Dated(last.value, ("last-of-range", *(why for why in last.why if why != "date")))
            if not last.fault:
                return _fault("date-range", f"“{text}”是一段时间，不知道要哪一天。")
        if until and (ended := _UNTIL.sub("", plain)) != plain and ended:
            return dated(ended, until=until)
    return found


def _single(text: str, plain: str, *, until: bool) -> Dated:  # noqa: PLR0911 - a list of forms
    if whole := _WHOLE.fullmatch(plain):
        if whole[5]:
            return _day(text, int(whole[1]), int(whole[4]), int(whole[5]))
        plain = plain.rstrip(".")
    if found := _COMPACT.fullmatch(plain):
        return _day(text, *map(int, found.groups()))
    if found := _MONTH.fullmatch(plain) or _COMPACT_MONTH.fullmatch(plain):
        year, month = (int(part) for part in found.groups() if part)
        return _month(text, year, month, until=until)
    if found := _YEAR_LAST.fullmatch(plain):
        return _year_last(text, int(found[1]), int(found[3]), int(found[4]))
    if _SERIAL.fullmatch(plain) and int(plain[:5]) in _SERIALS:
        return Dated((date(1899, 12, 30) + timedelta(days=int(plain[:5]))).isoformat(), ("date",))
    if _SHORT_YEAR.fullmatch(plain):
        return _fault("two-digit-year", f"“{text}”的年份只有两位，分不清是哪一年。")
    if (plain.isdecimal() and len(plain) == 4) or re.fullmatch(r"\d{4}年", plain):  # noqa: PLR2004 - a year
        return _fault("bad-date", f"“{text}”只有年份。")
    return _fault("bad-date", f"“{text}”不是日期。")


def _day(text: str, year: int, month: int, day: int) -> Dated:
    if year not in _YEARS:
        return _fault("bad-date", f"“{text}”的年份不对。")
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return _fault("no-such-day", f"没有“{text}”这一天。")
    return Dated(value, () if value == text else ("date",))


def _month(text: str, year: int, month: int, *, until: bool) -> Dated:
    if not 1 <= month <= 12 or year not in _YEARS:  # noqa: PLR2004 - months
        return _fault("bad-date", f"“{text}”不是日期。")
    day = monthrange(year, month)[1] if until else 1
    return Dated(date(year, month, day).isoformat(), ("last-day" if until else "first-day",))


def _decimal(text: str, plain: str, *, until: bool) -> Dated:
    """2023.5 as a number: 2023.1 was 2023.1 or 2023.10."""
    year, month = plain.split(".")
    if month == "1":
        return _fault("ambiguous-date", f"“{text}”以数字存放，分不清是 1 月还是 10 月。")
    return _month(text, int(year), int(month), until=until)


def _year_last(text: str, first: int, second: int, year: int) -> Dated:
    if first != second and max(first, second) <= 12:  # noqa: PLR2004 - months
        what = f"“{text}”分不清是 {first} 月 {second} 日还是 {second} 月 {first} 日。"
        return _fault("ambiguous-date", what)
    return _day(text, year, min(first, second), max(first, second))


def _fault(code: str, what: str) -> Dated:
    return Dated("", (), Fault(code, what, _TODO))


def _arabic(text: str) -> str:
    """Chinese numerals as digits.

    >>> _arabic("二零二三年十一月二十日")
    '2023年11月20日'
    """
    year, rest = text.split("年")
    digits = "".join(_CHINESE.get(sign, sign) for sign in year)
    return digits + "年" + _CHINESE_NUMBER.sub(lambda found: str(_number(found[0])), rest)


def _number(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (int(_CHINESE.get(tens, "1")) * 10 if ten else 0) + int(_CHINESE.get(ones, "0"))
