"""Which rows of a sheet are its list: headings found, merged cells filled, everything else left out with its reason.

- Left out: blank rows, 合计 and 小计, footnotes, headings that are repeated on every printed page, filling examples.
- A row that holds nothing but the name of a place is no subject: it is the 区域 of the rows below it.
- A row that groups by anything else (二、学校) is the 类别 of the subjects below it; in other lists it is left out and
  told, for it is not known what it says. What comes first is the outer one: where it changes, the inner one ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from shuangsuiji.core.heading import lookup
from shuangsuiji.core.importing.contents import shapes
from shuangsuiji.core.importing.fields import COLUMNS, NEEDED
from shuangsuiji.core.importing.raw import Filled, Kind, Layout, RawSheet, Reason, Row, Skipped
from shuangsuiji.core.importing.rowkinds import RowReader
from shuangsuiji.core.importing.toprows import Top, known, top
from shuangsuiji.core.problem import Problem, error, warning
from shuangsuiji.core.table import column_letter, spans
from shuangsuiji.core.wording import tidy

_SURE = 0.6
_GUIDES = frozenset({"填写说明", "填表说明", "填报说明", "填写示例"})
"""Sheets that tell how to fill in a form, as those of `ssj init` have one: what stands there is no list."""
_LOOKED_AT = 200


def lay_out(sheet: RawSheet, kind: Kind, named: Iterable[str] = ()) -> Layout:
    """The list that a sheet holds; one without headings is a list only if its cells say so beyond doubt.

    `named`: headings that the clerk names (``--map``), though nobody else knows them.
    """
    if sheet.sheet and tidy(sheet.sheet) in _GUIDES:
        return Layout(sheet, (), (), [])
    heading = top(sheet, COLUMNS[kind], NEEDED[kind], named) or _headless(sheet)
    if heading is None:
        return Layout(sheet, (), (), [])
    ways = lookup(COLUMNS[kind])
    meant = (known(text, ways) for text in heading.texts)
    name = next((place for place, one in enumerate(meant) if one and one.heading in NEEDED[kind]), None)
    rows: list[Row] = []
    above = _GroupsAbove()
    skipped = [*_above(sheet, heading)]
    reader = RowReader(sheet, heading, name, ways)
    strange: list[Problem] = []
    for row in sheet.rows[heading.rows[-1] + 1 if heading.rows else 0 :]:
        reason, text = reader.reason(row)
        if reason is None:
            rows.append(row)
            above.hold()
            continue
        if reason == "section" and kind == "subjects":
            reason = "group"
        if reason == "heading-again" and (again := _title_above(skipped)) is not None:
            above.forget(skipped[again].reason)
            skipped[again] = skipped[again]._replace(reason="title")
        if reason == "heading-again" and rows and rows[-1][0] == row[0] - 1 and (title := _only(rows[-1])):
            skipped.append(Skipped(rows.pop()[0], row[0] - 1, "title", title))
            above.let_go()
        if reason == "heading-again" and (places := list(reader.strange(row))):
            strange.append(_strange(sheet, row, places[0], heading))
        above.see(reason, text)
        skipped.append(Skipped(row[0], row[0], reason, text))
    rows, filled = _filled(sheet, rows)
    return Layout(
        sheet,
        tuple(sheet.rows[index][0] for index in heading.rows),
        heading.texts,
        rows,
        above.filled("area"),
        above.filled("group"),
        list(_together(skipped)),
        filled,
        [
            *strange,
            *_unseen(sheet, rows, heading.texts),
            *_sections(sheet, skipped),
            *_misfits(sheet, rows, heading.texts),
        ],
    )


class _GroupsAbove:
    """The area and the group that hold for the rows that come next, and for those that came."""

    def __init__(self) -> None:
        self._now: dict[Reason, str] = {}
        self._held: dict[Reason, list[str]] = {"area": [], "group": []}
        self._outer: Reason | None = None

    def see(self, reason: Reason, text: str) -> None:
        if reason in self._held:
            self._outer = self._outer or reason
            self._now = {**(self._now if reason != self._outer else {}), reason: text}

    def forget(self, reason: Reason) -> None:
        self._now.pop(reason, None)

    def hold(self) -> None:
        for reason, held in self._held.items():
            held.append(self._now.get(reason, ""))

    def let_go(self) -> None:
        for held in self._held.values():
            held.pop()

    def filled(self, reason: Reason) -> Sequence[str]:
        held = self._held[reason]
        return held if any(held) else ()


def _only(row: Row) -> str:
    """The text of a row that holds but one, and more columns than that."""
    texts = [tidy(cell) for cell in row[1] if cell]
    return texts[0] if len(texts) == 1 and len(row[1]) > 1 else ""


def _title_above(skipped: Sequence[Skipped]) -> int | None:
    """Where the title stands over headings that are repeated: the last row that was left out and is not blank."""
    place = next((place for place in reversed(range(len(skipped))) if skipped[place].reason != "blank"), None)
    return place if place is not None and skipped[place].reason in {"group", "section"} else None


def _headless(sheet: RawSheet) -> Top | None:
    """A list whose first row is data already: codes or telephone numbers beside names."""
    held = [cells for _, cells in sheet.rows[: 2 * _LOOKED_AT] if any(cells)][:_LOOKED_AT]
    if len(held) < 2 or len(held[0]) < 2:  # noqa: PLR2004 - too little to say anything
        return None
    seen = [shapes(column) for column in zip(*held, strict=True)]
    has_names = any(one.get("name", 0) >= _SURE for one in seen)
    has_ids = any(one.get(shape, 0) >= _SURE for one in seen for shape in ("code", "phone"))
    return Top((), tuple(f"{column_letter(place)}列" for place in range(len(seen)))) if has_names and has_ids else None


def _above(sheet: RawSheet, heading: Top) -> Iterator[Skipped]:
    for number, cells in sheet.rows[: heading.rows[0] if heading.rows else 0]:
        text = " ".join(filter(None, map(tidy, cells)))
        yield Skipped(number, number, "title" if text else "blank", text)


def _together(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """Blank rows that follow each other as one."""
    open_: Skipped | None = None
    for one in skipped:
        if open_ and one.reason == "blank" and one.first == open_.last + 1:
            open_ = open_._replace(last=one.last)
            continue
        if open_:
            yield open_
            open_ = None
        if one.reason == "blank":
            open_ = one
        else:
            yield one
    if open_:
        yield open_


def _filled(sheet: RawSheet, rows: list[Row]) -> tuple[list[Row], list[Filled]]:
    """Cells merged downwards hold their text in every row of the list."""
    downwards = defaultdict(list)
    for one in sheet.merged:
        if one.bottom > one.top:
            downwards[one.left].append(one)
    index = {number: place for place, (number, _) in enumerate(rows)}
    cells: dict[int, list[str]] = {}
    filled = []
    for column, ranges in sorted(downwards.items()):
        last = 0
        for one in sorted(ranges):
            start, last = max(one.top, last) + 1, max(one.bottom, last)
            if one.top not in index or not (text := rows[index[one.top]][1][column : column + 1]):
                continue
            blank = [
                number
                for number in range(start, min(one.bottom, rows[-1][0]) + 1)
                if number in index and not tidy(rows[index[number]][1][column])
            ]
            if blank and tidy(text[0]):
                for number in blank:
                    cells.setdefault(index[number], list(rows[index[number]][1]))[column] = text[0]
                filled.append(Filled(column, tuple(blank), one.top, tidy(text[0])))
    for place, texts in cells.items():
        rows[place] = rows[place][0], tuple(texts)
    return rows, filled


def _unseen(sheet: RawSheet, rows: Sequence[Row], headings: Sequence[str]) -> Iterator[Problem]:
    """What of the sheet cannot be seen on the screen and is read all the same."""
    if sheet.hidden:
        yield warning("hidden-sheet", sheet.place(), "这张工作表被隐藏，照常读入。", "如果不该用它，请删除这张工作表。")
    if hidden := sheet.hidden_rows.intersection(number for number, _ in rows):
        what = f"有{len(hidden)}行被隐藏（{spans(hidden)}），照常读入。"
        yield warning("hidden-rows", sheet.place(), what, "如果不该用它们，请删除这些行，不要只是隐藏或筛选。")
    places = [place for place in sorted(sheet.hidden_columns) if place < len(headings) and headings[place]]
    if places:
        said = "、".join(f"“{headings[place]}”（{column_letter(place)}列）" for place in places)
        yield warning("hidden-columns", sheet.place(), f"{said}被隐藏，照常读入。", "请取消隐藏，核对内容。")


def _sections(sheet: RawSheet, skipped: Sequence[Skipped]) -> Iterator[Problem]:
    for one in skipped:
        if one.reason == "section":
            what = f"“{one.text}”独占一行，像是下面各行的分组，不是地名，没有读入。"
            yield warning("section-row", sheet.place(one.first), what, "如有用，请在源文件中加一列写明。")


def _strange(sheet: RawSheet, row: Row, place: int, heading: Top) -> Problem:
    """A second list under the first, whose columns are others."""
    text, above, letter = tidy(row[1][place]), heading.texts[place], column_letter(place)
    top = f"第{sheet.rows[heading.rows[-1]][0]}行" if heading.rows else "上面"
    what = f"这一行又是标题，与{top}的不同（{letter}列是“{text}”，上面是“{above}”），照上面的读，下面各行会错位。"
    todo = "请把这一行起的名单剪切到另一张工作表，再导入。"
    return error("other-headings", sheet.place(row[0], text, letter), what, todo)


def _misfits(sheet: RawSheet, rows: Sequence[Row], headings: Sequence[str]) -> Iterator[Problem]:
    """Rows of a text file with more cells than there are headings: something in them was taken for a delimiter."""
    width = max((place for place, text in enumerate(headings, 1) if text), default=0)
    if not sheet.how or width == len(headings):
        return
    over = [number for number, cells in rows if any(cells[width:])]
    for number in over if 2 * len(over) <= len(rows) else ():
        what = f"这一行的格数比标题（{width} 格）多，内容可能错位。"
        yield error("extra-cells", sheet.place(number), what, "文字里有分隔符的格子要用双引号括起来；或另存为 .xlsx。")
