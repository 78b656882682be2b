"""Which row holds the headings, and which column is which.

- The heading row is that one of the first thirty rows with something in them which matches the most columns, at least
  two; or one that holds nothing but the heading of an id. Titles above it do not matter.
- A heading over two rows (one merged over the other) is read as one where that matches more.
- How a heading may be written: `core.heading`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shuangsuiji.core.heading import known_as, lookup, plain
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import Column, column_letter
from shuangsuiji.core.wording import near, tidy

_LOOKED_AT = 30


class HeadingRow(NamedTuple):
    """Where the headings stand (`row` from 0, of the lower row if there are two) and what they say."""

    row: int
    texts: tuple[str, ...]
    columns: dict[int, Column]


class Layout(NamedTuple):
    """The position of every column to be read: those that a Column knows, then the others under their own heading."""

    known: dict[int, Column]
    unknown: dict[int, str]


def find(rows: Sequence[Sequence[object]], columns: Sequence[Column]) -> HeadingRow | None:
    """The heading row of a sheet, or None where there is none."""
    ways = lookup(columns)
    best: HeadingRow | None = None
    best_score = min(2, len(columns)) - 1
    above: tuple[str, ...] = ()
    seen = 0
    for index, row in enumerate(rows):
        if not any(row):
            above = ()
            continue
        texts = tuple(tidy(cell) if type(cell) is str else "" for cell in row)
        both = tuple(low or high for low, high in zip(texts, above, strict=False)) if above else texts
        for candidate in (_read(index, texts, ways), _read(index, both, ways)):
            score = len({column.heading for column in candidate.columns.values()})
            if score > best_score or (best is None and _is_lone_id(candidate)):
                best, best_score = candidate, score
        above = texts
        seen += 1
        if seen == _LOOKED_AT:
            break
    return best


def _read(index: int, texts: tuple[str, ...], ways: dict[str, Column]) -> HeadingRow:
    matches = {position: known_as(text, ways) for position, text in enumerate(texts) if text}
    return HeadingRow(index, texts, {position: column for position, column in matches.items() if column})


def _is_lone_id(row: HeadingRow) -> bool:
    return len(list(filter(None, row.texts))) == 1 and [column.kind for column in row.columns.values()] == ["id"]


def lay_out(row: HeadingRow, columns: Sequence[Column], place: Place) -> tuple[Layout, list[Problem]]:
    """Which position holds which column; what is there twice, and which required ones are missing."""
    problems = []
    known: dict[int, Column] = {}
    unknown = {position: text for position, text in enumerate(row.texts) if text and position not in row.columns}
    for column in columns:
        positions = [position for position, match in row.columns.items() if match is column]
        exact = [position for position in positions if plain(row.texts[position]) == plain(column.heading)]
        if len(positions) > 1:
            problems.append(_twice(column, positions, exact, row, place))
        if positions:
            chosen = (exact or positions)[0]
            known[chosen] = column
            unknown |= {position: row.texts[position] for position in positions if position != chosen}
        elif column.required:
            problems.append(missing(column, list(unknown.values()), place))
    taken = {column.heading for column in known.values()}
    for position, text in sorted(unknown.items()):
        unknown[position] = text if text not in taken else f"{text}（{column_letter(position)}列）"
        taken.add(unknown[position])
    return Layout(known, unknown), problems


def _twice(column: Column, positions: list[int], exact: list[int], row: HeadingRow, place: Place) -> Problem:
    said = "、".join(f"“{row.texts[position]}”（{column_letter(position)}列）" for position in positions)
    at = place._replace(column=column.heading)
    if len(exact) == 1:
        what = f"{said}都可以作“{column.heading}”，已按{column_letter(exact[0])}列读取。"
        return warning("duplicate-column", at, what, "如果不对，请改掉多余一列的标题。")
    return error(
        "duplicate-column", at, f"{said}都是“{column.heading}”，不知道以哪一列为准。", "只留一列，或改掉另一列的标题。"
    )


def missing(column: Column, others: Sequence[str], place: Place) -> Problem:
    """A required column that is not there, with the heading among `others` that is most like it."""
    accepted = [column.heading, *column.aliases]
    like = next((text for text in others if near(plain(text), map(plain, accepted))), None)
    what = f"缺少“{column.heading}”列。" + (f"最相近的标题是“{like}”。" if like else "")
    todo = "标题可以写作：" + "、".join(accepted) + "。"
    return error("missing-column", place._replace(column=column.heading), what, todo)


def no_heading(columns: Sequence[Column], place: Place) -> Problem:
    """No sheet of a file has a heading row."""
    required = "、".join(column.heading for column in columns if column.required)
    others = "、".join(column.heading for column in columns if not column.required)
    what = "没有找到标题行。" + (f"必须有的标题：{required}。" if required else "")
    return error("no-heading", place, what + (f"其他标题：{others}。" if others else ""), "在数据上方加一行标题。")
