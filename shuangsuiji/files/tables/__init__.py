"""The one door through which tables come in: a file in, Tables and Problems out, all Problems at once.

What a file is, its first bytes say; its name only tells csv from yaml. Content never raises.
"""

from collections.abc import Sequence
from pathlib import Path

from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.table import Column, Table, column_letter
from shuangsuiji.files.tables import delimited, records, spreadsheet
from shuangsuiji.files.tables.encoding import decode
from shuangsuiji.files.tables.guard import MAX_FILE, is_container
from shuangsuiji.files.tables.headings import find, no_heading
from shuangsuiji.files.tables.sheet import table
from shuangsuiji.files.yamltree import unreadable

__all__ = ["DELIMITED", "SPREADSHEETS", "column_letter", "decode", "load", "read_tables"]

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
DELIMITED = {".csv", ".txt", ".tsv"}
_RECORDS = {".yaml", ".yml"}


def read_tables(path: Path, shown_as: str, columns: Sequence[Column]) -> tuple[list[Table], list[Problem]]:
    """One Table per sheet that has a heading row; `shown_as` is what Problems call the file."""
    data = load(path, shown_as)
    if isinstance(data, Problem):
        return [], [data]
    suffix = path.suffix.lower()
    if is_container(data) or suffix in SPREADSHEETS:
        grids, problems = spreadsheet.read(data, shown_as)
    elif suffix in DELIMITED:
        grids, problems = delimited.read(data, shown_as, columns)
    elif suffix in _RECORDS:
        return records.read(data, shown_as, columns)
    else:
        what = f"不认识扩展名“{path.suffix}”。"
        return [], [error("not-supported", Place(shown_as), what, "名册可以是 .xlsx、.xls、.ods、.csv 或 .yaml。")]

    tables = []
    for grid in grids:
        if heading := find(grid.rows, columns):
            found, wrong = table(shown_as, grid, heading, columns)
            tables.append(found)
            problems += wrong
    if not tables and not errors(problems):
        problems.append(no_heading(columns, Place(shown_as)))
    return tables, problems


def load(path: Path, shown_as: str) -> bytes | Problem:
    """The content of a file of bearable size, or why there is none."""
    place = Place(shown_as)
    try:
        if path.stat().st_size > MAX_FILE:
            what = f"文件超过 {MAX_FILE >> 20} MB，没有打开。"
            return error("too-big", place, what, "请把数据复制到新的工作簿中，或分成几个文件。")
        data = path.read_bytes()
    except OSError as failure:
        return unreadable(failure, shown_as)
    return data if data.strip() else error("empty-file", place, "文件是空的。", "请填写内容；不需要它就删除它。")
