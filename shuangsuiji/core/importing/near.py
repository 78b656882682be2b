"""How near a heading that is not known is to a column: its end says what it is, the rest qualifies it.

``被许可单位名称`` is a 单位名称, ``法人姓名`` a 法人; ``法定代表人电话`` is a telephone number and no person.
"""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from shuangsuiji.core.heading import bare
from shuangsuiji.core.table import Column

_TAILS = frozenset({"名称", "姓名", "号码", "全称", "信息", "情况", "日期", "时间"})
_NO_COLUMN = ("传真", "邮编", "邮箱", "身份证", "微信", "网址", "面积", "人数", "金额", "经度", "纬度")
"""What a heading may end in that is like no column of ours, though its letters are."""
_SHORT = 2
_LONGEST = 30
_TELLING = frozenset({"地址", "电话", "手机"})
"""Short names that say all by themselves."""
NEAR = 0.5
"""Below this nothing is said of a heading."""
SURE = 0.85
"""From this on a heading needs no support by its cells."""


class Near(NamedTuple):
    """A column and how near a heading is to it, 0 to 1."""

    column: Column
    score: float


def nearest(ways: Sequence[str], columns: Sequence[Column]) -> list[Near]:
    """The columns that a heading, read in several `ways`, may mean: the nearest first."""
    scores = (Near(column, max(nearness(bare(way), column) for way in ways)) for column in columns)
    return sorted((near for near in scores if near.score >= NEAR), key=lambda near: -near.score)


def ending(ways: Sequence[str], names: Mapping[str, Column]) -> Column | None:
    """The column whose name a heading (read in several `ways`) ends in, so that it surely is that column.

    Quick, for every row that may hold headings is asked. `names`: every accepted name of a column.
    """
    for way in map(bare, ways):
        if len(way) <= _LONGEST and not any(word in way for word in _NO_COLUMN):
            for start in range(1, len(way) - 1):
                column = names.get(way[start:])
                if column and _like(way, way[start:]) >= SURE:
                    return column
    return None


@cache
def nearness(heading: str, column: Column) -> float:
    """0 to 1, where 1 is the column's own heading or an alias of it.

    >>> columns = Column("单位名称"), Column("法定代表人", ("法人",)), Column("联系电话", ("电话",))
    >>> [nearness("被许可单位名称", columns[0]) > SURE, nearness("法人姓名", columns[1]) > SURE]
    [True, True]
    >>> nearness("法定代表人电话", columns[1]) < SURE
    True
    """
    if not _SHORT <= len(heading) <= _LONGEST or any(word in heading for word in _NO_COLUMN):
        return 0.0
    return max(_like(heading, bare(name)) for name in (column.heading, *column.aliases))


def _like(heading: str, name: str) -> float:
    if heading == name:
        return 1.0
    if heading.endswith(name):
        share = len(name) / len(heading)
        if name in _TELLING:
            return 0.8 + 0.2 * share
        return 0.75 + 0.25 * share if len(name) > _SHORT else 0.6 + 0.2 * share
    if heading.startswith(name) and heading[len(name) :] in _TAILS:
        return 0.9
    return 0.9 * SequenceMatcher(None, heading, name).ratio()
