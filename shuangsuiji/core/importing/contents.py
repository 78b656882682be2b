"""What the cells of a column look like, whatever its heading says: codes, telephone numbers, dates, names …

A sample of a column is looked at; the share of its cells that are of one shape is what speaks for a field.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from shuangsuiji.core.roster.ident import LENGTH, credit_code_fault
from shuangsuiji.core.wording import simplified

Shape = Literal["code", "identity-card", "phone", "date", "specialty", "name", "address", "status", "grade", "serial"]

SAMPLE = 200
_LONGEST = 120
_CODE = re.compile(r"[1-9A-Y][1-9][0-9]{6}[0-9A-Y]{10}")
_CARD = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}|\(?0\d{2,3}[-)]?\d{7,8}(?:(?:-|转)\d{1,6})?")
_PHONES = re.compile(r"[;、,，/]")
_DATE = re.compile(r"(?:19|20)\d\d(?:年|[-./])(?:0?[1-9]|1[0-2])(?:月|月?[-./]?(?:[0-2]?\d|3[01])[日号]?)?")
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CLOCK = re.compile(r"T?\d{1,2}:\d{2}(?::\d{2})?$")
_SPECIALTY = re.compile(
    r"(?:公共场所|饮用水|饮水|供水|涉水|放射|学校|托幼|托育|医疗|妇幼|母婴|计划生育|传染病|消毒|职业|餐饮具|餐具|血液|采供血|中医|病媒)"
    r"[\w（）()]{0,6}"
)
_NAME = re.compile(
    r".*(?:公司|厂|店|院|馆|校|学|园|所|室|中心|站|部|局|社|行|场|厅|堂|吧|池|坊|阁|轩|廊|铺|城|苑|楼|KTV|宾馆|酒店|诊所|超市|合作社|协会|集团|美容|理发|发艺|造型)"
    r"(?:（[^（）]*）|\([^()]*\))?"
)
_ADDRESS = re.compile(
    r".*(?:省|市|县|区|镇|乡|村|街道|路|街|巷|大道|小区|胡同|段).*(?:\d|号|楼|层|室|村|路|街|镇|侧|口|对面|旁|院).*"
)
_STATUS = re.compile(r"正常|(?:已|暂时)?(?:注销|停业|吊销|撤销|迁出|关闭|歇业)|在业|存续|营业|开业|在营|正常营业")
_GRADE = re.compile(r"[A-D](?:级|类)?|(?:较?[高低]|中|一般)(?:风险)?")
_SERIAL = re.compile(r"\d{1,6}")
_BLANKS = re.compile(r"\s+")


def shapes(cells: Sequence[str]) -> Mapping[Shape, float]:
    """The share of each shape among up to 200 cells that are not blank; nothing where there are none.

    >>> shapes(["0311-87654321", "13812345678", "", "无"])["phone"] > 0.6
    True
    """
    sample = sampled(cells)
    counts: dict[Shape, int] = {}
    for cell in sample:
        for shape in _of(cell):
            counts[shape] = counts.get(shape, 0) + 1
    return {shape: count / len(sample) for shape, count in counts.items()}


def sampled(cells: Sequence[str], most: int = SAMPLE) -> list[str]:
    """Up to `most` cells that are not blank, spread over the column."""
    held = [cell for cell in cells if cell and not cell.isspace()]
    step = max(1, len(held) // most)
    return held[::step][:most]


def is_serial(cells: Sequence[str]) -> bool:
    """Whether a column counts its rows: whole numbers that mostly go up by one."""
    held = [cell.strip() for cell in cells if cell.strip()]
    if len(held) < 2 or not all(map(_SERIAL.fullmatch, held[:50])):  # noqa: PLR2004 - one row counts nothing
        return False
    numbers = list(map(int, held[:50]))
    ups = sum(two == one + 1 for one, two in pairwise(numbers))
    return ups >= 0.8 * (len(numbers) - 1)


def _of(cell: str) -> set[Shape]:  # noqa: C901 - a list of shapes
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", cell[:_LONGEST]))
    found: set[Shape] = set()
    if len(text) == LENGTH:
        if _CARD.fullmatch(text) and _checked(text):
            found.add("identity-card")
        elif _CODE.fullmatch(text.upper()) or not credit_code_fault(text.upper()):
            found.add("code")
    if all(map(_PHONE.fullmatch, _PHONES.split(text))):
        found.add("phone")
    dated = _CLOCK.sub("", text)
    if _DATE.fullmatch(dated) or _COMPACT.fullmatch(dated) or text in {"长期", "永久", "长期有效"}:
        found.add("date")
    words = simplified(text)
    if _STATUS.fullmatch(words):
        found.add("status")
    if _GRADE.fullmatch(words):
        found.add("grade")
    if all(map(_SPECIALTY.fullmatch, re.split(r"[;、,，/]", words))):
        found.add("specialty")
    elif _NAME.fullmatch(text) and len(text) >= 3:  # noqa: PLR2004 - a name
        found.add("name")
    if _ADDRESS.fullmatch(text) and "name" not in found:
        found.add("address")
    return found


def _checked(card: str) -> bool:
    return card[17].upper() == _CARD_CHECKS[sum(int(a) * b for a, b in zip(card, _CARD_WEIGHTS, strict=False)) % 11]
