"""The one door through which tables come in: a file in, Tables and Problems out, all Problems at once.

What a file is, its first bytes say; its name only tells csv from yaml. Content never raises.
"""

from collections.abc import Sequence
from pathlib import Path

from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.table import Column, Table
from shuangsuiji.files.tables import delimited, records, spreadsheet
from shuangsuiji.files.tables.delimited import decode
from shuangsuiji.files.tables.grid import column_letter
from shuangsuiji.files.tables.guard import MAX_FILE, is_container
from shuangsuiji.files.tables.headings import find, no_heading
from shuangsuiji.files.tables.sheet import table
from shuangsuiji.files.yamltree import unreadable

__all__ = ["column_letter", "decode", "read_tables"]

_SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
_DELIMITED = {".csv", ".txt", ".tsv"}
_RECORDS = {".yaml", ".yml"}


def read_tables(path: Path, shown_as: str, columns: Sequence[Column]) -> tuple[list[Table], list[Problem]]:
    """One Table per sheet that has a heading row; `shown_as` is what Problems call the file."""
    place = Place(shown_as)
    try:
        if path.stat().st_size > MAX_FILE:
            what = f"文件超过 {MAX_FILE >> 20} MB，没有打开。"
            return [], [error("too-big", place, what, "请把数据复制到新的工作簿中，或分成几个文件。")]
        data = path.read_bytes()
    except OSError as failure:
        return [], [unreadable(failure, shown_as)]
    if not data.strip():
        return [], [error("empty-file", place, "文件是空的。", "请填写内容；不需要它就删除它。")]

    suffix = path.suffix.lower()
    if is_container(data) or suffix in _SPREADSHEETS:
        grids, problems = spreadsheet.read(data, shown_as)
    elif suffix in _DELIMITED:
        grids, problems = delimited.read(data, shown_as, columns)
    elif suffix in _RECORDS:
        return records.read(data, shown_as, columns)
    else:
        what = f"不认识扩展名“{path.suffix}”。"
        return [], [error("not-supported", place, what, "名册可以是 .xlsx、.xls、.ods、.csv 或 .yaml。")]

    tables = []
    for grid in grids:
        if heading := find(grid.rows, columns):
            found, wrong = table(shown_as, grid, heading, columns)
            tables.append(found)
            problems += wrong
    if not tables and not errors(problems):
        problems.append(no_heading(columns, place))
    return tables, problems
