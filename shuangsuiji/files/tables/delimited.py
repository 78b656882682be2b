"""csv and txt become a grid: UTF-8, UTF-16, GB18030 or Big5; comma, semicolon or tab; rows by their line in the file.

A quote that is not closed swallows the rows that follow, a comma too many shifts a row: both are Problems.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.table import Column
from shuangsuiji.files.tables.encoding import recognised
from shuangsuiji.files.tables.grid import MAX_CELLS, Grid
from shuangsuiji.files.tables.headings import HeadingRow, find
from shuangsuiji.files.tables.weight import is_bearable, of_text, too_heavy

_DELIMITERS = ",;\t"
_LOOKED_AT = 1 << 16
_LINES = 60
_CLOSE = '请检查这一行起的双引号是否成对；文字里的引号要写成两个（""）。'


class Lines(NamedTuple):
    """The records of a text file, each with the line where it begins; not yet of equal length."""

    encoding: str
    delimiter: str
    numbers: list[int]
    rows: list[list[str]]


def lines(data: bytes, file: str, columns: Sequence[Column]) -> Lines | Problem:
    """What a csv holds, or why it cannot be read; `columns` tell the delimiter by their headings."""
    encoding = recognised(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return error("bad-encoding", Place(file), "文字编码无法识别。", "请另存为“CSV UTF-8”，或另存为 .xlsx。")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        what = "文件里有空字符（NUL），不是正常的文本。"
        return error("nul-character", Place(file, row=line), what, "请用 Excel/WPS 打开，另存为 .xlsx。")
    if problem := _too_large(text, file, len(data)):
        return problem
    delimiter = max(_DELIMITERS, key=lambda one: _score(text, one, columns))
    numbers, rows, problem = _records(text, delimiter, file)
    if len(rows) * (widest := max(map(len, rows), default=0)) > MAX_CELLS:
        at = Place(file, row=next(number for number, row in zip(numbers, rows, strict=True) if len(row) == widest))
        return error("far-cell", at, f"这一行有 {widest} 格，整张表大到无法读入。", "请检查这一行多余的分隔符。")
    return problem or Lines(encoding, delimiter, numbers, rows)


def _too_large(text: str, file: str, size: int) -> Problem | None:
    rows, parted = text.count("\n") + text.count("\r"), max(map(text.count, _DELIMITERS))
    taken = of_text(parted + 5 * rows, len(text), parted + rows)
    return None if is_bearable(taken, 0, size) else too_heavy(Place(file), rows + parted)


def read(data: bytes, file: str, columns: Sequence[Column]) -> tuple[list[Grid], list[Problem]]:
    """The one grid that a csv is, or what is wrong with it."""
    found = lines(data, file, columns)
    if isinstance(found, Problem):
        return [], [found]
    _, delimiter, numbers, rows = found
    heading = find(rows, columns)
    problems = _misfits(numbers, rows, heading, delimiter, file) if heading else []
    width = len(rows[heading.row]) if heading else max(map(len, rows), default=0)
    if set(map(len, rows)) != {width}:
        rows = [(row + [""] * (width - len(row)))[:width] for row in rows]
    return [Grid(None, numbers, rows)], problems


def _score(text: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """How many headings a delimiter parts; where none are known, how many rows of several cells are equally long."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text[:_LOOKED_AT], newline=""), delimiter=delimiter), _LINES))
    except csv.Error:
        return 0, 0
    heading = find(rows, columns)
    alike = Counter(len(row) for row in rows if len(row) > 1)
    return len(heading.columns) if heading else 0, max(alike.values(), default=0)


def _records(text: str, delimiter: str, file: str) -> tuple[list[int], list[list[str]], Problem | None]:
    """Every record with the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbers: list[int] = []
    rows: list[list[str]] = []
    line = 1
    try:
        for row in reader:
            if reader.line_num > line and _swallows(row, delimiter):
                return (
                    [],
                    [],
                    error("unclosed-quote", Place(file, row=line), "双引号没有成对，后面的行并成了一格。", _CLOSE),
                )
            numbers.append(line)
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as broken:
        return [], [], _unreadable(broken, Place(file, row=line))
    return numbers, rows, None


def _swallows(row: list[str], delimiter: str) -> bool:
    """Whether a cell of several lines holds a line with as many delimiters as a whole row has."""
    whole = max(2, len(row) - 1)
    return any(line.count(delimiter) >= whole for cell in row if "\n" in cell for line in cell.split("\n"))


def _unreadable(broken: csv.Error, place: Place) -> Problem:
    message = str(broken)
    if "unexpected end of data" in message:
        return error("unclosed-quote", place, "双引号没有成对，一直开到文件末尾。", _CLOSE)
    if "field larger" in message:
        return error("unclosed-quote", place, "有一格超过 13 万字，多半是双引号没有成对。", _CLOSE)
    return error("bad-csv", place, "双引号后面还有文字，分不清这一格到哪里为止。", _CLOSE)


def _misfits(
    numbers: Sequence[int], rows: Sequence[list[str]], heading: HeadingRow, delimiter: str, file: str
) -> list[Problem]:
    """Rows with more cells than there are headings: something in them was taken for a delimiter."""
    width = len(rows[heading.row])
    shown = {"\t": "制表符"}.get(delimiter, f"“{delimiter}”")
    todo = f"文字里有{shown}的格子要用双引号括起来；或另存为 .xlsx。"
    return [
        error(
            "extra-cells", Place(file, row=number), f"这一行有 {len(row)} 格，标题只有 {width} 格，内容可能错位。", todo
        )
        for number, row in zip(numbers, rows, strict=True)
        if number > numbers[heading.row] and any(row[width:])
    ]
