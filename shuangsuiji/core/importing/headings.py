"""Which column of a list is which field of the roster: by the clerk's word, by heading, by cells, in this order.

- A clear heading is never overruled by cells; where they contradict it, that is a Problem.
- A heading that is only like a known one counts alone if it is very like it, else with its cells' support.
- Cells alone decide only for columns without heading, and for 统一社会信用代码, which nothing looks like by chance.
- What remains doubtful is `Unsure`: asked, or given by ``--map``; until then carried along under its own heading.
- A sheet without the columns that a list must have (statistics) is left out, if another sheet has them.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from difflib import get_close_matches

from shuangsuiji.core.heading import known_as, lookup, plain
from shuangsuiji.core.importing.claims import Claims
from shuangsuiji.core.importing.fields import COLUMNS, INSTEAD, NEEDED
from shuangsuiji.core.importing.raw import Kind, Layout, Mapping, Matched, Unsure
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import Column, column_letter

LEFT_OUT = "不导入"
"""What ``--map 列=不导入`` says: the column is left behind."""

Key = str | tuple[int, int]
"""A column as the clerk names it: its heading or letter, in all lists; or one column of one Layout, both from 0."""


def match(layouts: Sequence[Layout], kind: Kind, given: Map[Key, str] | None = None) -> Mapping:
    """The field of every column of every list; `given`: what the clerk says, ``--map`` or an answer."""
    chosen, problems = _given(layouts, COLUMNS[kind], given or {})
    matched: list[Matched] = []
    unsure: list[Unsure] = []
    lacking: dict[int, list[str]] = {}
    for index, layout in enumerate(layouts):
        if not layout.is_list:
            continue
        if is_beside(layout):
            what = "左右并排了两份名单（标题重复两遍），没法一行一行地读。"
            todo = "请复制一份，把右边的各行剪切到左边各行的下面，再导入。"
            problems.append(error("side-by-side", layout.sheet.place(layout.heading_rows[-1]), what, todo))
            continue
        claims = Claims(index, layout, COLUMNS[kind], chosen.get(index, {}))
        found = claims.matched()
        has = {one.target for one in found if one.how not in {"local", "ordinal"}}
        instead = INSTEAD.get(kind, {})
        if missing := [heading for heading in NEEDED[kind] if not {heading, instead.get(heading)} & has]:
            lacking[index] = missing
        matched += found
        unsure += claims.unsure
        problems += claims.problems
    lists = [index for index, layout in enumerate(layouts) if layout.is_list]
    asked = {(one.layout, candidate.target) for one in unsure for candidate in one.candidates}
    left_out = [
        index
        for index, missing in lacking.items()
        if len(lacking) < len(lists) and not any((index, heading) in asked for heading in missing)
    ]
    for index, missing in lacking.items():
        problems.extend(_lacking(layouts[index], missing, index in left_out, [u for u in unsure if u.layout == index]))
    return Mapping(
        kind,
        [one for one in matched if one.layout not in left_out],
        [one for one in unsure if one.layout not in left_out],
        [
            one
            for one in problems
            if not any(_is_in(one, layouts[index]) for index in left_out) or one.code == "no-list"
        ],
        tuple(left_out),
    )


def is_beside(layout: Layout) -> bool:
    """Whether the headings are the same ones twice, side by side."""
    held = [plain(text) for text in layout.headings if text]
    half = len(held) // 2
    return bool(layout.heading_rows) and half > 1 and held[:half] == held[half:]


def _is_in(problem: Problem, layout: Layout) -> bool:
    return (problem.place.file, problem.place.sheet) == (layout.sheet.file, layout.sheet.sheet)


def _lacking(layout: Layout, missing: Sequence[str], is_left_out: bool, unsure: Sequence[Unsure]) -> Iterator[Problem]:
    place = layout.sheet.place(layout.heading_rows[-1] if layout.heading_rows else None)
    said = "、".join(f"“{heading}”" for heading in missing)
    if is_left_out:
        yield warning("no-list", place, f"没有{said}列，不像名单，没有读入。", "如果是名单，请用 --map 列=字段 指明。")
        return
    for heading in missing:
        doubtful = next((one for one in unsure if any(heading == c.target for c in one.candidates)), None)
        what = f"没有找到“{heading}”列。"
        if doubtful:
            what += f"可能是“{doubtful.heading}”（{doubtful.letter}列）。"
        has = "、".join(filter(None, layout.headings))
        yield error(
            "missing-column", place._replace(column=heading), what, f"现有的列：{has}。请用 --map 列={heading} 指明。"
        )


def _given(
    layouts: Sequence[Layout], columns: Sequence[Column], given: Map[Key, str]
) -> tuple[dict[int, dict[int, Column | None]], list[Problem]]:
    """What the clerk said of each column of each Layout (None: left behind), and what of it makes no sense."""
    ways = lookup(columns)
    chosen: dict[int, dict[int, Column | None]] = {}
    problems: list[Problem] = []
    for key, field in given.items():
        place = Place(f"--map {key}={field}")
        column = known_as(field, ways)
        if column is None and field != LEFT_OUT:
            near = get_close_matches(plain(field), ways, 1, 0.5)
            like = f"最相近的是“{ways[near[0]].heading}”。" if near else ""
            names = "、".join(one.heading for one in columns)
            problems.append(
                error("unknown-field", place, f"没有“{field}”这个字段。{like}", f"可用的字段：{names}，{LEFT_OUT}。")
            )
            continue
        places = _named(layouts, key)
        for layout, position in places:
            chosen.setdefault(layout, {})[position] = column
        if not places:
            has = dict.fromkeys(text for layout in layouts for text in layout.headings if text)
            problems.append(
                error("unknown-column", place, f"哪个文件里都没有“{key}”这一列。", f"现有的列：{'、'.join(has)}。")
            )
    return chosen, problems


def _named(layouts: Sequence[Layout], key: Key) -> list[tuple[int, int]]:
    """The columns that a key means: of that heading (or its lower part), else of that letter."""
    if isinstance(key, tuple):
        layout, column = key
        return [key] if layout < len(layouts) and column < len(layouts[layout].headings) else []
    headed = [
        (index, position, text)
        for index, layout in enumerate(layouts)
        for position, text in enumerate(layout.headings)
        if text and layout.is_list
    ]
    wanted = plain(key)
    found = [(index, position) for index, position, text in headed if plain(text) == wanted]
    found = found or [(index, position) for index, position, text in headed if plain(text).split("/")[-1] == wanted]
    letter = key.strip().upper().removesuffix("列")
    return found or [
        (index, position)
        for index, layout in enumerate(layouts)
        for position in range(len(layout.headings))
        if column_letter(position) == letter and layout.is_list
    ]
