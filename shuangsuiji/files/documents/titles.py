"""A title in lines of like length, cut between words (GB/T 9704: 词意完整，排列对称，长短适宜)."""

import re
import unicodedata

LINE = 19
"""Characters of 2号 in a line of 156 mm, one less than fit with the right type."""

_ENDS = ("局", "委员会", "委", "关于", "”", "》", "）", "、", "，")
"""After these a title is cut best."""

_STARTS = (
    "关于",
    "“",
    "《",
    "（",
    "年度",
    "双随机",
    "随机监督",
    "监督抽查",
    "抽查",
    "结果",
    "行政处罚",
    "工作",
    "情况",
    "实施方案",
)
"""Before these it may be."""

_OPENED = {"“": "”", "《": "》", "（": "）"}


def balanced(title: str, line: int = LINE) -> str:
    r"""`title` on as few lines as it needs, with line breaks in it.

    >>> balanced("2023年青禾县卫生健康局“双随机、一公开”监督抽查工作实施方案")
    '2023年青禾县卫生健康局\n“双随机、一公开”监督抽查工作实施方案'
    """
    wide = breadth(title)
    if wide <= line or "\n" in title or wide > 4 * line:
        return title
    lines, rest = [], title
    for left in range(-int(-wide // line), 1, -1):
        cut = _cut(rest, breadth(rest) / left, line)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return "\n".join([*lines, rest])


def breadth(text: str) -> float:
    """How many full-width characters wide it is."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _cut(text: str, ideal: float, line: int) -> int:
    def cost(at: int) -> float:
        away = abs(breadth(text[:at]) - ideal)
        if breadth(text[:at]) > line:
            away += 100
        return away + _roughness(text, at)

    return min(range(1, len(text)), key=cost)


def _roughness(text: str, at: int) -> float:
    """What it costs to cut here: nothing after a bureau's name, much inside a number or a short quotation."""
    before, after = text[:at], text[at:]
    if re.search(r"[0-9A-Za-z]$", before) and re.match(r"[0-9A-Za-z年月日号]", after):
        return 50
    if after[0] in "”》）、，。：；" or before[-1] in "“《（":
        return 50
    inside = any(before.count(left) > before.count(right) for left, right in _OPENED.items())
    if before.endswith(_ENDS):
        return 6 if inside else 0
    if after.startswith(_STARTS) and not before.endswith(("双", "随机", "监督")):
        return 8 if inside else 3
    return 12 if inside else 6
