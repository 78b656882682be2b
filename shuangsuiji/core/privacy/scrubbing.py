"""What no published text may hold: telephone and ID numbers, bank cards, e-mail addresses (个人信息保护法第二十八条).

- Hidden also in full-width or other digits, with separators, with invisible characters between, in Chinese numerals.
- Left alone: 统一社会信用代码, dates, document and licence numbers, amounts, digests.
- Where an 18-digit number could be either, it is hidden unless only the check character of a 统一社会信用代码 fits.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from shuangsuiji.core.roster.ident import credit_code_fault

HIDDEN = "（已隐去）"

_S = r"[\s\-‐‑‒–—―−_.·•~()\[\]]"
_GAP = f"{_S}{{0,3}}"
_MOBILE_DIGITS = (
    r"1[3-9]\d{9}(?:1[3-9]\d{9})*"
    rf"|\(1[3-9]\d\){_GAP}\d{{4}}{_GAP}\d{{4}}"
    rf"|1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
    rf"|1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}"
    rf"|1[3-9]\d{_S}\d{{3}}{_S}\d{{5}}"
    r"|1[ \u3000\xa0]?[3-9](?:[ \u3000\xa0]?\d){9}"
    rf"|1({_S})[3-9](?:\1\d){{9}}"
)
_MOBILE = rf"(?<!\d)(?:(?:\+|00)?86{_GAP}|0)?(?:{_MOBILE_DIGITS})(?!\d)"
_LANDLINE = (
    r"(?<!\d)(?:(?:\+|00)?86[\s\-]{0,2})?"
    r"(?:\(0\d{2,3}\)\s?|0\d{2,3}[\s\-‐–—―−]{1,3})(?!(?:19|20)\d\d-)\d{3,4}[\s\-]?\d{4}(?:(?:转|[-#]|ext\.?)\d{1,6})?(?!\d)"
)
_LANDLINE_PLAIN = r"(?<![0-9A-Za-z])(?:010\d{8}|02\d{9}|0[3-9]\d{2}[2-9]\d{6,7})(?![0-9A-Za-z])"
_FREE_LINE = r"(?<!\d)[48]00(?:[\s\-]?\d{3}[\s\-]?\d{4}|[\s\-]?\d{4}[\s\-]?\d{3})(?!\d)"
_DAY = rf"(?:18|19|20)\d\d{_S}?(?:0[1-9]|1[0-2]){_S}?(?:0[1-9]|[12]\d|3[01])"
_ID_18 = rf"(?<!\d)[1-9]\d{{5}}{_S}?{_DAY}{_S}?\d{{3}}{_S}?[\dXx×](?!\d)"
_NUMBER_18 = r"(?<![0-9A-Za-z])[1-8]\d{16}[\dXx×](?![0-9A-Za-z])"
_ID_15 = (
    r"(?<![0-9A-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{6}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"
)
_CARD = r"(?<![0-9A-Za-z])[3-6]\d{3}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![0-9A-Za-z])"
_MAIL = r"[0-9A-Za-z._%+\-]{1,64}@[0-9A-Za-z\-]{1,64}(?:\.[0-9A-Za-z\-]{1,63}){1,5}"
_CALLED = "电话|手机|座机|传真|热线|联系方式|[Tt][Ee][Ll]|[Pp]hone|微信|[Qq]{2}|身份证|护照|通行证|银行卡|账号|帐号"
_NAMED = (
    r"(?:电话|手机|座机|传真|热线|联系方式|[Tt][Ee][Ll]|[Pp]hone)(?:号码|号)?[\s:.为是]{0,3}"
    r"(?!\d{4}[-./年])(?P<value>[+(]?\d[\d\-()]{3,18}\d)"
    r"|(?:微信|[Qq]{2}|身份证|护照|通行证|银行卡|账号|帐号)(?:件)?(?:号码|号)?[\s:.为是]{0,3}(?P<other>[0-9A-Za-z_\-]{5,30})"
)
_CHINESE = "[一幺壹][三四五六七八九叁肆伍陆柒捌玖][〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{9}"

_SUSPECT = re.compile(r"(?:\d\D{0,4}){5}|[@＠]|微信|[QqＱｑ]{2}|身份证|护照|通行证|" + _CHINESE)
_CLUSTER = re.compile(rf"\d(?:{_S}{{0,3}}\d){{9,}}")
_NO_DIGIT = re.compile(r"\D+")
_WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff\u20e3]"
)
_DIGEST = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")
_DOUBLED = re.compile(r"[（(\[【]\s*（已隐去）\s*[)）\]】]")


class _Rule(NamedTuple):
    """`least`: so many digits, with no more than separators between, are in every text that the pattern finds."""

    least: int
    pattern: re.Pattern[str]
    is_private: Callable[[str], bool] = bool


def _is_person_number(text: str) -> bool:
    """Whether an 18-character number is an ID number rather than a 统一社会信用代码."""
    code = re.sub(_S, "", text).upper().replace("×", "X")
    if credit_code_fault(code):
        return True
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = sum(w * int(digit) for w, digit in zip(weights, code, strict=False)) % 11
    return code[17] == "10X98765432"[check]


def _is_card(text: str) -> bool:
    """Whether a number has the check digit of bank cards (Luhn)."""
    digits = [int(c) for c in reversed(text) if c.isdigit()]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0


_NUMBERS = (
    _Rule(11, re.compile(_MOBILE)),
    _Rule(10, re.compile(_LANDLINE)),
    _Rule(10, re.compile(_LANDLINE_PLAIN)),
    _Rule(10, re.compile(_FREE_LINE)),
    _Rule(17, re.compile(_ID_18), _is_person_number),
    _Rule(17, re.compile(_NUMBER_18), _is_person_number),
    _Rule(15, re.compile(_ID_15)),
    _Rule(15, re.compile(_CARD), _is_card),
)
_OTHERS = (
    (re.compile("[一幺壹][三四五六七八九叁肆伍陆柒捌玖]"), _Rule(0, re.compile(_CHINESE))),
    (re.compile("@"), _Rule(0, re.compile(_MAIL))),
    (re.compile(_CALLED), _Rule(0, re.compile(_NAMED))),
)
"""Each with what must be in a text before it is worth looking."""


def is_identity_number(text: str) -> bool:
    """Whether `text` as a whole looks like an ID number: a bureau may have numbered a shop by its owner's.

    >>> [is_identity_number(text) for text in ("11010119900307002X", "91350100M000100Y43", "QH00001", "13012900101")]
    [True, False, False, False]
    """
    found = any(re.fullmatch(pattern, text) for pattern in (_ID_18, _NUMBER_18))
    return (found and _is_person_number(text)) or re.fullmatch(_ID_15, text) is not None


def scrubbed(text: str, keep: frozenset[str] = frozenset()) -> str:
    """`text` with everything private replaced by （已隐去）; numbers in `keep` are known to be something else.

    >>> scrubbed("店主电话138-0000-0000，罚款2000元")
    '店主电话（已隐去），罚款2000元'
    >>> scrubbed("91350100M000100Y43，2023-05-09")
    '91350100M000100Y43，2023-05-09'
    """
    if not _SUSPECT.search(text) and not _INVISIBLE.search(text):
        return text
    if len(text) >= 64:  # noqa: PLR2004 - a digest may be in it
        found = _DIGEST.search(text)
        if found:
            before, after = text[: found.start()], text[found.end() :]
            return scrubbed(before, keep) + found[0] + scrubbed(after, keep)
    spans = list(_private(text, keep))
    if not spans:
        return text
    parts, last = [], 0
    for start, end in _joined(spans):
        parts += [text[last:start], HIDDEN]
        last = end
    return _DOUBLED.sub(HIDDEN, "".join((*parts, text[last:])))


def _private(text: str, keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    plain, at = _plain(text)
    most = max((len(_NO_DIGIT.sub("", cluster)) for cluster in _CLUSTER.findall(plain)), default=0)
    rules = [rule for rule in _NUMBERS if rule.least <= most] if most else []
    for rule in (*rules, *(rule for sign, rule in _OTHERS if sign.search(plain))):
        for found in rule.pattern.finditer(plain):
            groups = found.re.groupindex
            group = next((name for name in groups if found[name] is not None), 0)
            if rule.is_private(found[group]) and found[group] not in keep:
                start, end = found.span(group)
                yield at(start), at(end - 1) + 1


def _plain(text: str) -> tuple[str, Callable[[int], int]]:
    """`text` with ASCII digits and signs and nothing invisible, and where its characters stand in `text`."""
    plain = text.translate(_WIDE)
    foreign = set(_FOREIGN_DIGIT.findall(plain))
    if foreign:
        plain = plain.translate({ord(c): str(unicodedata.decimal(c)) for c in foreign})
    if not _INVISIBLE.search(plain):
        return plain, int
    kept = [index for index, c in enumerate(plain) if not _INVISIBLE.match(c)]
    return "".join(plain[index] for index in kept), kept.__getitem__


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = min(spans)
    for first, last in sorted(spans):
        if first > end:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end
