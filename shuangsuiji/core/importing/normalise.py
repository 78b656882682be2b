"""One list's cells, normalised under the roster's headings; a Change for every cell that reads differently.

How one cell is treated: `core.importing.cells`. A text that stands in many rows is looked at once.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from shuangsuiji.core.importing.cells import Cell, normalised
from shuangsuiji.core.importing.fields import AREA, COLUMNS, GROUP
from shuangsuiji.core.importing.raw import Change, Layout, Mapping, Normalised, Why
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import Column, Table, column_letter, spans

WHY: dict[Why, str] = {
    "blanks": "去掉多余的空格",
    "line-break": "去掉换行",
    "invisible": "去掉看不见的字符",
    "width": "全角字母、数字改为半角",
    "brackets": "括号统一为全角",
    "date": "日期改为年-月-日",
    "phone": "电话号码统一写法",
    "upper-case": "字母改为大写",
    "code": "编号去掉空格，改为半角",
    "separator": "几项之间统一用“；”分开，重复的只留一个",
    "simplified": "繁体改为简体",
    "merged": "合并单元格，按第一格补齐",
    "area": "按上方的区域行补齐",
    "group": "按上方的分组行补齐",
    "count": "改为整数",
    "percent": "小数改为百分数",
    "last-day": "只有年月，按当月最后一天",
    "first-day": "只有年月，按当月第一天",
    "last-of-range": "一段时间，取最后一天",
    "placeholder": "表示没有内容，改为空",
    "look-alike": "形近的部首、兼容字改为通用字",
    "mark": "去掉开头的单引号",
}
"""What the report says of each reason."""


def normalise(layout: Layout, index: int, mapping: Mapping) -> Normalised:
    """The list of `layout`, the `index`-th of those that were matched."""
    known = {column.heading: column for column in COLUMNS[mapping.kind]}
    targets = mapping.targets(index)
    places = {heading: place for place, heading in targets.items()}
    order = [*(heading for heading in known if heading in places), *(name for name in places if name not in known)]
    numbers = [number for number, _ in layout.rows]
    cells: dict[str, Sequence[str]] = {}
    changes: list[tuple[int, int, Change]] = []
    problems: list[Problem] = []
    for heading in order:
        place = places[heading]
        read = _Column(layout, place, known.get(heading, Column(heading)), is_local=heading not in known)
        cells[heading] = read.values()
        changes += read.changes
        problems += read.problems
    for heading, above, why in ((AREA, layout.areas, "area"), (GROUP, layout.groups, "group")):
        if above:
            column = _Above(heading, above, why, places.get(heading))  # type: ignore[arg-type]
            cells = _with_above(layout, numbers, cells, column, changes, list(known))
    changes.sort(key=itemgetter(0, 1))
    problems.sort(key=lambda problem: problem.place.row or 0)
    letters = {heading: column_letter(places[heading]) for heading in order}
    table = Table(layout.sheet.file, layout.sheet.sheet, numbers, cells, letters)
    return Normalised(table, [change for _, _, change in changes], problems)


class _Column:
    """One column's cells: as few looks as there are different texts."""

    def __init__(self, layout: Layout, place: int, column: Column, *, is_local: bool):
        self.changes: list[tuple[int, int, Change]] = []
        self.problems: list[Problem] = []
        self._layout, self._place, self._column, self._is_local = layout, place, column, is_local
        self._numeric = layout.sheet.numeric.get(place, frozenset())
        self._filled = {row for one in layout.filled if one.column == place for row in one.rows}
        letter = column_letter(place)
        self._where = layout.sheet, layout.headings[place] or f"{letter}列", letter
        self._known: dict[tuple[str, bool], Cell] = {}

    def values(self) -> Sequence[str]:
        """The column's values; what was changed and is wrong is kept."""
        place, numeric, known = self._place, self._numeric, self._known
        texts = [cells[place] for _, cells in self._layout.rows]
        values: list[str] = []
        for (number, _), text in zip(self._layout.rows, texts, strict=True) if any(texts) else ():
            key = text, number in numeric
            cell = known.get(key)
            if cell is None:
                cell = known[key] = normalised(self._column, text, is_number=key[1], is_local=self._is_local)
            values.append(cell.value)
            if cell.why or cell.fault or number in self._filled:
                self._note(number, text, cell)
        self.problems += self._bad()
        self.problems += self._numbers_in_ids()
        return values or texts

    def _at(self, row: int | None) -> Place:
        sheet, heading, letter = self._where
        return Place(sheet.file, sheet.sheet, row, heading, letter)

    def _note(self, row: int, text: str, cell: Cell) -> None:
        at = self._at(row)
        if row in self._filled:
            why: tuple[Why, ...] = ("merged", *cell.why)
            self.changes.append((row, self._place, Change(at, self._column.heading, "", cell.value, why)))
        elif cell.value != text:
            self.changes.append((row, self._place, Change(at, self._column.heading, text, cell.value, cell.why)))
        if cell.fault:
            make = error if cell.severe else warning
            self.problems.append(make(cell.fault.code, at, cell.fault.what, cell.fault.todo))

    def _bad(self) -> Iterator[Problem]:
        """Cells that hold a failed formula: in a column of the roster nobody knows what is lost."""
        make = warning if self._is_local else error
        rows = {number for number, _ in self._layout.rows} if self._layout.sheet.bad else set()
        for (row, place), text in sorted(self._layout.sheet.bad.items()):
            if place == self._place and row in rows and text:
                what = f"公式出错（{text}），读不出内容。"
                yield make("error-cell", self._at(row), what, "改正公式，或直接填写内容。")
            elif place == self._place and row in rows:
                what = "公式没有保存计算结果，读不出内容。"
                yield make("formula-not-saved", self._at(row), what, "用 Excel/WPS 打开，保存一次，再试。")

    def _numbers_in_ids(self) -> Iterator[Problem]:
        """Short numbers in a column of ids lost no digits, but perhaps the zeros before them."""
        if self._column.kind not in {"id", "ids"} or not self._numeric:
            return
        lost = {one.place.row for one in self.problems if one.code == "id-lost-digits"}
        rows = [number for number, _ in self._layout.rows if number in self._numeric and number not in lost]
        if rows:
            what = f"有 {len(rows)} 格编号以数字格式存放（{spans(rows)}），开头如有 0，已经丢失。"
            yield warning("id-was-number", self._at(None), what, "请核对；如有丢失，在来源中设为“文本”格式重填。")


class _Above(NamedTuple):
    """A column that rows above the list's own fill, and which one of the list it is, if it has it."""

    heading: str
    texts: Sequence[str]
    why: Why
    place: int | None


def _with_above(
    layout: Layout,
    numbers: Sequence[int],
    cells: dict[str, Sequence[str]],
    column: _Above,
    changes: list[tuple[int, int, Change]],
    order: Sequence[str],
) -> dict[str, Sequence[str]]:
    """区域 from the area rows (类别 from the group rows), where a row has none of its own."""
    heading, above, why, place = column
    own = cells.get(heading, [""] * len(numbers))
    at = layout.sheet.place(None, heading if place is None else layout.headings[place])
    at = at._replace(letter=None if place is None else column_letter(place))
    for number, text, found in zip(numbers, own, above, strict=True):
        if found and not text:
            position = len(layout.headings) if place is None else place
            changes.append((number, position, Change(at._replace(row=number), heading, "", found, (why,))))
    cells = cells | {heading: [text or found for text, found in zip(own, above, strict=True)]}
    ranks = {heading: rank for rank, heading in enumerate(order)}
    return dict(sorted(cells.items(), key=lambda one: ranks.get(one[0], len(ranks))))
