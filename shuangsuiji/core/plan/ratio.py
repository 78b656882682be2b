"""Ratios as plans write them: ``8%``, ``0.5%`` or ``1/3``; exact fractions, never floats (protocol §4)."""

import re
from fractions import Fraction

from pydantic_core import PydanticCustomError

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)%")
_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})")


def said(code: str, sentence: str) -> PydanticCustomError:
    """A refusal of a plan's value with its own sentence, for pydantic to collect."""
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence})


def fraction(text: str) -> Fraction:
    """The exact value of a ratio that `checked` let through.

    >>> fraction("8%"), fraction("0.5%"), fraction("1/3")
    (Fraction(2, 25), Fraction(1, 200), Fraction(1, 3))
    """
    percent = _PERCENT.fullmatch(text)
    return Fraction(percent[1]) / 100 if percent else Fraction(text)


def checked(value: object) -> str:
    """`value` as a ratio's text without spaces; full-width ％ is understood.

    Raises PydanticCustomError for anything that is not a ratio above 0 and up to 100 %.
    """
    text = str(value).replace("％", "%").replace(" ", "")
    if not _PERCENT.fullmatch(text) and not (_FRACTION.fullmatch(text) and int(text.split("/")[1])):
        raise said("ratio_form", _meant(text))
    if not 0 < fraction(text) <= 1:
        raise said("ratio_range", f"抽查比例“{text}”不在 0 到 100% 之间。应大于 0、不超过 100%。")
    return text


def _meant(text: str) -> str:
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return f"抽查比例“{text}”看不懂。请写成百分数，如 8%。"
    if 0 < number < 1:
        return f"抽查比例“{text}”没有百分号。如果是百分之{_plain(number * 100)}，请写成 {_plain(number * 100)}%。"
    return f"抽查比例“{text}”没有百分号。如果是百分之{text}，请写成 {text}%；如果是 {text} 家，请改用 count: {text}。"


def _plain(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else str(float(number))
