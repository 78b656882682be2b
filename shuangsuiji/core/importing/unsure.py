"""Columns of which only the clerk can say what they are: what is open, and how it is told where nobody can be asked.

``--map 列=字段`` answers; ``--map 列=保留`` carries a column along under its own heading, ``=不导入`` leaves it behind.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from shuangsuiji.core.heading import plain
from shuangsuiji.core.importing.headings import LEFT_OUT, Key
from shuangsuiji.core.importing.raw import Layout, Unsure
from shuangsuiji.core.problem import Problem, error

KEPT = "保留"


def apart(given: Mapping[Key, str]) -> tuple[dict[Key, str], set[Key]]:
    """What ``--map`` says of fields, and the columns that are to be kept as they are."""
    kept = {key for key, field in given.items() if field == KEPT}
    return {key: field for key, field in given.items() if key not in kept}, kept


def still_unsure(unsure: Sequence[Unsure], kept: Collection[Key]) -> list[Unsure]:
    """Those of `unsure` that nobody wants kept as they are."""
    names = {plain(key) for key in kept if isinstance(key, str)}
    return [
        one
        for one in unsure
        if (one.layout, one.column) not in kept and not {plain(one.heading) or one.letter, one.letter} & names
    ]


def key_of(one: Unsure, layouts: Sequence[Layout]) -> Key:
    """How an answer names the column: by its heading, so that it holds for all lists; by its place where that is blank
    or stands twice in one list.
    """
    count = max(Counter(map(plain, layout.headings))[plain(one.heading)] for layout in layouts)
    return one.heading if one.heading and count == 1 else (one.layout, one.column)


def as_problem(one: Unsure) -> Problem:
    """The question as a Problem, with every answer as it is to be typed."""
    name = one.heading or one.letter
    title = f"“{one.heading}”（{one.letter}列）" if one.heading else f"{one.letter}列没有标题，"
    like = f"（如：{'、'.join(one.samples)}）" if one.samples else ""
    may_be = "、".join(f"{found.target}（{found.why}）" for found in one.candidates)
    what = f"{title}看不出是什么{like}。" + (f"可能是：{may_be}。" if may_be else "")
    ways = [f"--map {name}={found.target}" for found in one.candidates]
    todo = f"请加上 {' 或 '.join([*ways, f'--map {name}={KEPT}'])}；不要这一列的，--map {name}={LEFT_OUT}。"
    return error("unsure-column", one.place, what, todo)
