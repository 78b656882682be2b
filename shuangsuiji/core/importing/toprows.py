"""Which rows of a sheet are its headings: one, or two or three of which the upper groups the lower.

- The row among the first thirty that are not blank which gives the most known columns.
- Where no row gives two, one that gives a column without which a list is none, by its name or nearly.
- Two or three rows are read as one where that gives more columns, or as many and the rows are shaped like a group over
  its parts: merged cells, or blanks that only make sense so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from shuangsuiji.core.heading import bare, known_as, lookup, plain
from shuangsuiji.core.importing.near import ending, nearness
from shuangsuiji.core.importing.raw import RawSheet
from shuangsuiji.core.table import Column
from shuangsuiji.core.wording import tidy

_LOOKED_AT = 30
_MOST_ROWS = 3
_LONGEST = 10
_NEARLY = 0.6
NEUTRAL = ("基本", "信息", "情况", "资料", "单位", "对象", "人员", "名录", "名单")
"""Groups that say nothing about the columns under them."""
GENERIC = frozenset(
    {
        "编号",
        "名称",
        "类别",
        "类型",
        "号码",
        "有效期",
        "有效期至",
        "有效期限",
        "日期",
        "时间",
        "电话",
        "说明",
        "姓名",
        "状态",
    }
    | {"代码", "编码", "证号", "等级", "地址", "要求", "内容", "方式", "比例", "依据"}
)
"""Headings that mean something else under every group: 编号 under 许可证 is no 对象编号."""


class Top(NamedTuple):
    """Where the headings stand (indices into the sheet's rows) and what they say, upper/lower joined by ``/``."""

    rows: tuple[int, ...]
    texts: tuple[str, ...]


def meanings(heading: str) -> tuple[str, ...]:
    """The ways to read a heading over two or three rows, the most telling first.

    >>> meanings("许可证/有效期"), meanings("基本信息/名称"), meanings("单位名称/全称")
    (('许可证有效期',), ('名称', '基本信息名称'), ('单位名称全称', '全称'))
    >>> meanings("许可情况/卫生许可证/编号"), meanings("许可证/基本信息/编号")
    (('卫生许可证编号',), ('许可证编号', '编号', '基本信息编号'))
    """
    upper, slash, lower = heading.rpartition("/")
    if not slash or not upper or not lower:
        return (heading,)
    above, slash, group = upper.rpartition("/")
    if slash and above and group:
        near = meanings(f"{group}/{lower}")
        return (*meanings(f"{above}/{lower}"), *near) if any(word in group for word in NEUTRAL) else near
    if any(word in upper for word in NEUTRAL) and plain(lower) in GENERIC:
        return lower, upper + lower
    joined = (upper + lower[1:], upper + lower) if upper[-1] == lower[0] else (upper + lower,)  # 卫生许可证/证号
    return joined if bare(lower) in GENERIC else (*joined, lower)


def known(heading: str, ways: dict[str, Column]) -> Column | None:
    """The column that a heading means by name, also one over two rows."""
    if found := known_as(heading, ways):  # 法定代表人/负责人 in one cell
        return found
    return next(filter(None, (known_as(way, ways) for way in meanings(heading))), None)


def top(sheet: RawSheet, columns: Sequence[Column], needed: Sequence[str], named: Iterable[str] = ()) -> Top | None:
    """The heading rows of a sheet, None where nothing looks like them; `named`: headings that the clerk names."""
    clerks = {plain(name): Column(name) for name in named}
    ways = clerks | lookup(columns)
    best: Top | None = None
    best_score = 1
    above: list[tuple[int, int, tuple[str, ...]]] = []
    for index, number, texts in _first(sheet):
        if (score := _score(texts, ways)) > best_score:
            best, best_score = Top((index,), texts), score
        rows: tuple[int, ...] = (index,)
        lower = texts
        for higher, at, upper in reversed(above):
            if higher != rows[0] - 1 or not (joined := _joined(sheet, at, upper, lower)):
                break
            rows, score = (higher, *rows), _score(joined, ways)
            fits = best is None or best.rows[0] in rows
            if score > best_score or (score == best_score and fits and _is_group(sheet, at, upper, lower)):
                best, best_score = Top(rows, joined), score
            lower = joined
        above = [*above, (index, number, texts)][1 - _MOST_ROWS :]
    return best or _poor(sheet, columns, needed, clerks)


def _first(sheet: RawSheet) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The first rows that are not blank: index, number, texts without what cannot be seen."""
    rows = ((index, number, tuple(map(tidy, cells))) for index, (number, cells) in enumerate(sheet.rows) if any(cells))
    return islice((row for row in rows if any(row[2])), _LOOKED_AT)


def _poor(
    sheet: RawSheet, columns: Sequence[Column], needed: Sequence[str], clerks: Mapping[str, Column]
) -> Top | None:
    """The first row with a column that is needed or that the clerk names, among short texts only."""
    wanted = [column for column in columns if column.heading in needed]
    for index, _, texts in _first(sheet):
        held = list(filter(None, texts))
        if all(len(text) <= 2 * _LONGEST for text in held):
            nearest_one = max(nearness(bare(text), column) for text in held for column in wanted)
            if nearest_one >= (_NEARLY if len(held) > 1 else 1) or any(plain(text) in clerks for text in held):
                return Top((index,), texts)
    return None


def _score(texts: Sequence[str], ways: dict[str, Column]) -> int:
    found = (known(text, ways) or ending(meanings(text), ways) for text in texts if text)
    return len({column.heading for column in found if column})


def _joined(sheet: RawSheet, upper_row: int, upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...] | None:
    """Two rows as one, each text of the upper one over all columns that it groups."""
    if any(len(text) > 4 * _LONGEST for text in (*upper, *lower)):
        return None
    over = list(upper)
    for start, stop in _groups(sheet, upper_row, upper, lower):
        over[start:stop] = [upper[start]] * (stop - start)
    return tuple(
        f"{high}/{low}" if high and low and high != low else low or high for high, low in zip(over, lower, strict=True)
    )


def _groups(sheet: RawSheet, row: int, upper: Sequence[str], lower: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of columns that one text of the upper row stands over: merged, or blank on its right."""
    merged = {one.left: one.right + 1 for one in sheet.merged if one.top == row == one.bottom and one.right > one.left}
    if merged or any(one.top == row for one in sheet.merged):
        return [(start, min(stop, len(upper))) for start, stop in merged.items() if start < len(upper) and upper[start]]
    spans = []
    starts = [*(place for place, text in enumerate(upper) if text), len(upper)]
    for start, stop in pairwise(starts):
        parts = next((place for place in range(start, stop) if not lower[place]), stop)
        if parts > start + 1:
            spans.append((start, parts))
    return spans


def _is_group(sheet: RawSheet, row: int, upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row's texts stand under groups only, and the upper row is no title or remark."""
    groups = _groups(sheet, row, upper, lower)
    grouped = {place for start, stop in groups for place in range(start, stop)}
    held = list(filter(None, upper))
    return (
        bool(groups)
        and len(held) > 1
        and all(len(text) <= _LONGEST and not any(sign in text for sign in "：:。0123456789") for text in held)
        and all(
            place in grouped or not (high and low) for place, (high, low) in enumerate(zip(upper, lower, strict=True))
        )
        and not any(len(text) > 2 * _LONGEST for text in lower)
    )
