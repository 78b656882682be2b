"""Returned workbooks come in: the filled rows of 结果回填 as values, whose they are, and all that is wrong with them.

- The same door as for rosters (`files.tables`): a container is looked at before it is opened, content never raises.
- The form's columns are found by heading; headings are `core.year.findings`' and must all be there, for a column that
  was renamed or deleted would be lost in silence.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import column_letter
from shuangsuiji.core.year.cell_values import plain, value
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.recording import Entered
from shuangsuiji.core.year.returned import Returned
from shuangsuiji.files.sheets.form import FORM, FORMAT, MACHINE_SHEET, SHEET
from shuangsuiji.files.sheets.tasklist import FILE as TASK_LIST
from shuangsuiji.files.tables import spreadsheet
from shuangsuiji.files.tables.grid import Grid
from shuangsuiji.files.tables.guard import MAX_FILE
from shuangsuiji.files.yamltree import unreadable

PUT_AWAY = "作废"
"""The folder of superseded sheets: what lies there is not recorded; what is filled in there is told."""
UNRELATED = "not-a-return"
"""The Problem of a workbook that has nothing of our sheets."""

_TASK, _NAME = FORM[0].heading, FORM[1].heading
_FIXED = {entry.heading for entry in FORM if entry.kind == "fixed"}
_FIELDS = {entry.heading: FINDINGS[entry.field] for entry in FORM if entry.kind != "fixed"}
_RETURN_TODO = "请用 ssj 发出的任务单填写；零星的结果可用 ssj record --task 任务编号 录入；无关的文件请移出。"


def workbooks(folder: Path) -> tuple[list[Path], list[Path]]:
    """The workbooks in `folder` and below, by name, without lock files and task lists; then the superseded ones."""
    found: tuple[list[Path], list[Path]] = [], []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if (
            path.suffix.lower() == ".xlsx"
            and not path.name.startswith("~$")
            and path.name != TASK_LIST
            and not any(part.startswith(".") for part in inside)
            and path.is_file()
        ):
            found[PUT_AWAY in inside[:-1]].append(path)
    return found


def read_return(path: Path, shown_as: str) -> tuple[Returned | None, list[Problem]]:
    """The workbook in `path`, None where it is not a return; `shown_as` is what Problems call it."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
    except OSError as failure:
        return None, [unreadable(failure, shown_as)]
    if content is None:
        return None, [error("too-big", Place(shown_as), f"文件超过 {MAX_FILE >> 20} MB，没有打开。", _RETURN_TODO)]
    grids, problems = spreadsheet.read(content, shown_as, only=(SHEET, MACHINE_SHEET))
    return (None, problems) if problems else _returned(path.name, hashlib.sha256(content).hexdigest(), grids, shown_as)


def _returned(name: str, sha256: str, grids: Sequence[Grid], shown_as: str) -> tuple[Returned | None, list[Problem]]:
    place = Place(shown_as)
    by_name = {grid.sheet: grid for grid in grids}
    lacking = [sheet for sheet in (SHEET, MACHINE_SHEET) if sheet not in by_name]
    if len(lacking) > 1:
        what = f"这不是 ssj 发出的任务单：没有“{SHEET}”工作表和隐藏的“{MACHINE_SHEET}”工作表。"
        return None, [error(UNRELATED, place, what, _RETURN_TODO)]
    if lacking:
        what = f"任务单被改动过：没有“{lacking[0]}”工作表。"
        return None, [error("damaged-return", place, what, _RETURN_TODO)]
    facts = {plain(row[0]): plain(row[1]) for row in by_name[MACHINE_SHEET].rows if len(row) > 1}
    if facts.get("format") != FORMAT:
        what = f"任务单的格式是“{facts.get('format', '')}”，本版本只认识“{FORMAT}”。"
        return None, [error("unknown-format", place, what, "请用与任务单同一版本或更新的 ssj。")]
    inspector = facts.get("inspector", "")
    rows, problems = _rows(by_name[SHEET], shown_as)
    entered = [row._replace(inspector=inspector, file=name, sha256=sha256) for row in rows]
    returned = Returned(shown_as, sha256, facts.get("draw", ""), inspector, facts.get("checkpoint", ""), entered)
    return returned, problems


def _rows(grid: Grid, file: str) -> tuple[list[Entered], list[Problem]]:
    place = Place(file, grid.sheet)
    top = next((index for index, row in enumerate(grid.rows) if row and plain(row[0]) == _TASK), None)
    if top is None:
        what = f"没有以“{_TASK}”开头的标题行。"
        return [], [error("no-heading", place, what, _RETURN_TODO)]
    columns: dict[str, int] = {}
    for index, cell in enumerate(grid.rows[top]):
        if heading := plain(cell):
            columns.setdefault(heading, index)
    absent = [entry.heading for entry in FORM if entry.heading not in columns]
    if absent:
        what = f"缺少列：{'、'.join(absent)}。"
        todo = "标题行和列请勿改动、删除；请把内容填回原来的任务单。"
        return [], [error("missing-columns", place._replace(row=grid.numbers[top]), what, todo)]
    rows: list[Entered] = []
    problems = list(_unknown(grid, top, columns, place))
    bad = {(cell.row, cell.column): cell.text for cell in grid.survey.bad}
    for index in range(top + 1, len(grid.rows)):
        row, wrong = _row(grid, index, columns, place, bad)
        problems += wrong
        if row is not None:
            rows.append(row)
    return rows, problems


def _row(
    grid: Grid, index: int, columns: Mapping[str, int], place: Place, bad: Mapping[tuple[int, int], str]
) -> tuple[Entered | None, list[Problem]]:
    """One row where anything is filled in, None where nothing is."""
    cells, number = grid.rows[index], grid.numbers[index]
    values: dict[str, str] = {}
    unread: set[str] = set()
    problems = []
    for heading, field in _FIELDS.items():
        column = columns[heading]
        at = place._replace(row=number, column=heading, letter=column_letter(column))
        if (number, column) in bad:
            shown = bad[number, column]
            what = f"单元格是错误值“{shown}”。" if shown else "单元格里的公式没有算出结果。"
            problems.append(error("bad-cell", at, what, "请直接填写内容，不用公式。"))
            unread.add(field.name)
            continue
        text, wrong = value(field, cells[column])
        if wrong is not None:
            problems.append(Problem(wrong.severity, wrong.code, at, wrong.what, wrong.todo))
        if text:
            values[field.name] = text
        elif wrong is not None:
            unread.add(field.name)
    if not values:
        return None, problems
    task = plain(cells[columns[_TASK]])
    here = place._replace(row=number)
    if not task:
        what = "这一行填了内容，却没有任务编号。"
        return None, [*problems, error("no-task", here, what, "请填在印好任务编号的行里。")]
    letters = {field.name: column_letter(columns[heading]) for heading, field in _FIELDS.items()}
    name = plain(cells[columns[_NAME]])
    return Entered(task, values, here, letters, unread=frozenset(unread), name=name), problems


def _unknown(grid: Grid, top: int, columns: Mapping[str, int], place: Place) -> Iterator[Problem]:
    """Columns that somebody added and filled: not read, and said so."""
    for heading, column in columns.items():
        if heading not in _FIELDS and heading not in _FIXED and _is_filled(grid.rows[top + 1 :], column):
            at = place._replace(row=grid.numbers[top], column=heading, letter=column_letter(column))
            yield warning("unknown-column", at, "不认识这一列，没有录入。", "内容请写在“备注”列。")


def _is_filled(rows: Sequence[Sequence[object]], column: int) -> bool:
    return any(plain(row[column]) for row in rows)
