"""Ids of subjects and inspectors, and the check of a 统一社会信用代码 (GB 32100-2015)."""

from operator import mul

from shuangsuiji.core.draw.chance import ID

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LENGTH = 18
ID_RULE = "只能用字母、数字、点、下划线和连字符，以字母或数字开头，不超过 64 个字符。"


def is_id(text: str) -> bool:
    """Whether the protocol can carry `text` as an id (§1)."""
    return ID.fullmatch(text) is not None


def credit_code_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码, blank if nothing.

    Many small premises have none and old ones have 15 digits; one real code in 350 fails. So: warn, never refuse.

    >>> credit_code_fault("91350100M000100Y43"), credit_code_fault("91350100M000100Y44")
    ('', '校验位不对')
    """
    if len(code) != LENGTH:
        return f"是 {len(code)} 位，应为 18 位"
    try:
        *values, check = map(_VALUE.__getitem__, code)
    except KeyError:
        return "含有不该出现的字符（不用 I、O、Z、S、V 和小写字母）"
    return "" if check == -sum(map(mul, values, _WEIGHTS)) % 31 else "校验位不对"
