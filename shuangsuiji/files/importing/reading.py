"""Source files become RawSheets: every sheet of every file, each cell's text as the file has it.

- Through the same door and guard as the rosters (`files.tables`): xlsx, xlsm, xls, ods, csv, txt, tsv.
- What a file is, its bytes say: a csv or a web page that is called xls is read as what it is, with a warning.
- A number becomes its digits, a date YYYY-MM-DD; which cells were numbers is kept, for a number may have lost digits.
- The files are read once and never modified.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.raw import Kind, Merged, RawSheet
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.files.importing.content import as_text, beginning, marked, unwrapped
from shuangsuiji.files.importing.webpage import is_page, tables
from shuangsuiji.files.tables import DELIMITED, SPREADSHEETS, delimited, load, spreadsheet
from shuangsuiji.files.tables.cells import texts
from shuangsuiji.files.tables.encoding import SHOWN
from shuangsuiji.files.tables.grid import Grid
from shuangsuiji.files.tables.guard import is_container, kind_of

_DELIMITERS = {",": "逗号", ";": "分号", "\t": "制表符"}
_SUPPORTED = "名单可以是 .xlsx、.xls、.ods、.csv 或 .txt。"
_OTHERWISE = "图片、PDF 里的名单要先录成表格，压缩包要先解压；" + _SUPPORTED


def read_sources(
    paths: Sequence[Path], kind: Kind, shown: Callable[[Path], str] = lambda path: path.name
) -> tuple[list[RawSheet], list[Problem]]:
    """All sheets of `paths` in their order, and what is wrong with files that cannot be read.

    `shown` is what Problems and the report call a file. A file named twice is read once, with a warning.
    """
    sheets: list[RawSheet] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in paths:
        if (real := path.resolve()) in seen:
            problems.append(warning("file-twice", Place(shown(path)), "同一个文件写了两次，只读一次。"))
            continue
        seen.add(real)
        found, wrong = _read(path, shown(path), kind)
        sheets += found
        problems += wrong
    return sheets, problems


def _read(path: Path, file: str, kind: Kind) -> tuple[list[RawSheet], list[Problem]]:
    data = load(path, file) if not path.is_dir() else _folder(file or f"{path}")
    if isinstance(data, Problem):
        return [], [data]
    suffix = path.suffix.lower()
    if is_container(data):
        grids, problems = spreadsheet.read(data, file)
        return [_sheet(grid, file) for grid in grids], problems
    data = marked(data)
    if is_page(beginning(data)):
        return _of_page(data, file, is_named=suffix not in SPREADSHEETS)
    if suffix in SPREADSHEETS and _is_no_text(data):
        return [], spreadsheet.read(data, file)[1]
    if suffix not in DELIMITED | SPREADSHEETS or kind_of(data):
        return [], [_no_list(data, file, path.suffix)]
    return _of_text(data, file, kind, is_named=suffix in DELIMITED)


def _is_no_text(data: bytes) -> bool:
    return not kind_of(data) and (beginning(data).lstrip().startswith("<") or as_text(data) is None)


def _folder(file: str) -> Problem:
    return error("is-folder", Place(file), "这是文件夹，不是文件。", "请写其中的文件名，如 名单.xlsx；可以写几个。")


def _no_list(data: bytes, file: str, suffix: str) -> Problem:
    """A photo, an archive or anything else that nobody can read as a list."""
    if what := kind_of(data):
        return error("not-a-spreadsheet", Place(file), f"这是{what}，不是名单。", _OTHERWISE)
    what = f"不认识扩展名“{suffix}”。" if suffix else "文件名没有扩展名，看不出是什么文件。"
    return error("not-supported", Place(file), what, _SUPPORTED)


def _of_text(data: bytes, file: str, kind: Kind, *, is_named: bool) -> tuple[list[RawSheet], list[Problem]]:
    found = delimited.lines(data, file, COLUMNS[kind])
    if isinstance(found, Problem):
        return [], [found]
    width = max(map(len, found.rows), default=0)
    rows = [list(map(unwrapped, row)) for row in found.rows] if b'="' in data or b"=\0" in data else found.rows
    cells = (tuple(row + [""] * (width - len(row))) for row in rows)
    how = f"{SHOWN[found.encoding]}，{_DELIMITERS[found.delimiter]}分隔"
    sheet = RawSheet(file, None, list(zip(found.numbers, cells, strict=True)), how=how)
    return [sheet], [] if is_named else [_mislabelled(file, "纯文本", "纯文本")]


def _of_page(data: bytes, file: str, *, is_named: bool) -> tuple[list[RawSheet], list[Problem]]:
    place = Place(file)
    text = as_text(data)
    try:
        sheets = tables(text or "", file)
    except OverflowError:
        what = "网页里的表格大得不正常，没有读入。"
        return [], [error("too-big", place, what, "请把数据复制到新的工作簿中，另存，再试。")]
    if not sheets:
        what = "文件内容是网页（HTML），里面没有表格。"
        todo = "多半没有导出成功（例如登录已过期）：请用浏览器打开看看，重新导出。"
        return [], [error("mislabelled", place, what, todo)]
    return sheets, [] if is_named else [_mislabelled(file, "网页（HTML）", "网页里的表格")]


def _mislabelled(file: str, really: str, read: str) -> Problem:
    what = f"文件名像 Excel 表格，内容却是{really}，已按{read}读入。"
    return warning("mislabelled", Place(file), what, "请核对各列有没有错位。")


def _sheet(grid: Grid, file: str) -> RawSheet:
    """A grid with every cell as text; column by column, for most columns are text already."""
    columns: list[Sequence[str]] = []
    numeric: dict[int, frozenset[int]] = {}
    for index, cells in enumerate(zip(*grid.rows, strict=True)):
        column, numbers = _texts(cells, grid.numbers)
        columns.append(column)
        if numbers:
            numeric[index] = numbers
    survey = grid.survey
    return RawSheet(
        file,
        grid.sheet,
        list(zip(grid.numbers, zip(*columns, strict=True), strict=True)) if columns else [],
        [Merged(*ends) for ends in survey.merged],
        numeric,
        {(bad.row, bad.column): bad.text for bad in survey.bad},
        grid.hidden,
        frozenset(survey.hidden_rows),
        frozenset(survey.hidden_columns),
    )


def _texts(cells: Sequence[object], rows: Sequence[int]) -> tuple[Sequence[str], frozenset[int]]:
    """A column's cells as text, and the rows in which a number stood."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cells, frozenset()  # type: ignore[return-value]
    is_number = [type(cell) in {int, float} for cell in cells]
    others = [cell for cell in cells if not isinstance(cell, str)]
    read, _ = texts("text", others)
    following = iter(read)
    words = [cell if isinstance(cell, str) else next(following) for cell in cells]
    return words, frozenset(row for row, number in zip(rows, is_number, strict=True) if number)
