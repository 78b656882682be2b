"""One grid becomes one Table: blank rows and 合计 rows are passed over, every other cell is read or is a Problem.

A cell that calamine reads as blank because its formula failed is a Problem too: a roster must not lose cells silently.
"""

from collections.abc import Sequence
from itertools import compress

from shuangsuiji.core.heading import plain
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import Column, Table, column_letter, spans
from shuangsuiji.core.wording import EDGES, tidy
from shuangsuiji.files.tables.cells import texts
from shuangsuiji.files.tables.grid import BadCell, Grid
from shuangsuiji.files.tables.headings import HeadingRow, Layout, lay_out

_TOTALS = frozenset(("合计", "总计", "小计", "总数"))
_DOUBTFUL = frozenset(("", *EDGES, *(total[0] for total in _TOTALS)))
"""With what a row may begin that is to be left out; all others need no closer look."""


def table(file: str, grid: Grid, heading: HeadingRow, columns: Sequence[Column]) -> tuple[Table, list[Problem]]:
    """The Table under `heading`, and all that is wrong with it, its cells in the order of the rows."""
    place = Place(file, grid.sheet)
    top = grid.numbers[heading.row]
    layout, problems = lay_out(heading, columns, place._replace(row=top))

    below = grid.rows[heading.row + 1 :]
    numbers = grid.numbers[heading.row + 1 :]
    heads = [row[0] or next(filter(None, row), "") for row in below]
    kept = [
        (type(head) is str and head[:1] in _DOUBTFUL and _is_left_out(row)) is False
        for head, row in zip(heads, below, strict=True)
    ]
    totals: set[int] = set()
    if not all(kept):
        totals = {
            number for number, head, keep in zip(numbers, heads, kept, strict=True) if tidy(str(head)) and not keep
        }
        below, numbers = list(compress(below, kept)), list(compress(numbers, kept))

    cells: dict[str, Sequence[str]] = {}
    letters: dict[str, str] = {}
    wrong: list[Problem] = []
    headings = {position: (column.heading, column.kind) for position, column in layout.known.items()}
    headings |= {position: (text, "text") for position, text in layout.unknown.items()}
    raw: list[list[object]] = [list(cells) for cells in zip(*below, strict=True)]
    raw = raw or [[] for _ in grid.rows[heading.row]]
    for position, (name, kind) in sorted(headings.items()):
        letters[name] = column_letter(position)
        cells[name], faults = texts(kind, raw[position])
        for index, fault in faults:
            at = place._replace(row=numbers[index], column=name, letter=letters[name])
            wrong.append(error(fault.code, at, fault.what, fault.todo))
    wrong += [
        _bad_cell(place, bad, layout)
        for bad in grid.survey.bad
        if bad.row > top and bad.column in layout.known and bad.row not in totals
    ]
    wrong.sort(key=lambda problem: problem.place.row or 0)
    problems += [*_hidden(place, grid, layout, numbers), *wrong]
    return Table(file, grid.sheet, numbers, cells, letters), problems


def _is_left_out(row: Sequence[object]) -> bool:
    """Whether a row is blank or begins with 合计."""
    said = (tidy(cell) if type(cell) is str else str(cell) for cell in row if cell)
    first = next(filter(None, said), "")
    return not first or plain(first) in _TOTALS


def _bad_cell(place: Place, bad: BadCell, layout: Layout) -> Problem:
    at = place._replace(row=bad.row, column=layout.known[bad.column].heading, letter=column_letter(bad.column))
    if bad.text:
        return error("error-cell", at, f"公式出错（{bad.text}），读不出内容。", "改正公式，或直接填写内容。")
    what = "公式没有保存计算结果，读不出内容。"
    return error("formula-not-saved", at, what, "用 Excel/WPS 打开，保存一次，再试。")


def _hidden(place: Place, grid: Grid, layout: Layout, numbers: Sequence[int]) -> list[Problem]:
    """What of the sheet cannot be seen on the screen and is read all the same."""
    found = []
    if grid.hidden:
        what = "这张工作表被隐藏，照常读入。"
        found.append(warning("hidden-sheet", place, what, "如果不该用它，请删除这张工作表。"))
    if rows := grid.survey.hidden_rows.intersection(numbers):
        what = f"有{len(rows)}行被隐藏（{spans(rows)}），照常读入。"
        found.append(warning("hidden-rows", place, what, "如果不该用它们，请删除这些行，不要只是隐藏或筛选。"))
    if hidden := sorted(grid.survey.hidden_columns.intersection(layout.known)):
        said = "、".join(f"“{layout.known[position].heading}”（{column_letter(position)}列）" for position in hidden)
        what = f"{said}被隐藏，照常读入。"
        found.append(warning("hidden-columns", place, what, "请取消隐藏，核对内容。"))
    return found
