"""The exports' door: rows become a workbook and a csv as platforms take them, texts to the letter.

- Every cell is text, so that no code loses a digit; the heading is the first row; csv is UTF-8 with a byte order mark.
- A file that is there with other content stays: the clerk may have filled in what ssj does not keep.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from shuangsuiji.core.year.export.row import Column
from shuangsuiji.files.whole import refusing, write_whole

FORMATS = ("xlsx", "csv")
_LONGEST_CELL = 32_767
_NARROW, _WIDE = 10, 40


def export_bytes(kind: str, title: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> bytes:
    """The file of one format (``xlsx`` or ``csv``)."""
    return _workbook(title, columns, rows) if kind == "xlsx" else _delimited(columns, rows)


def put(folder: Path, stem: str, files: dict[str, bytes]) -> list[Path]:
    """Write `files` (content by ending) as ``STEM.xlsx`` …, with a number behind where other content has that name."""
    number, names = 1, [folder / f"{stem}.{ending}" for ending in files]
    while any(_other(path, content) for path, content in zip(names, files.values(), strict=True)):
        number += 1
        names = [folder / f"{stem}-{number}.{ending}" for ending in files]
    for path, content in zip(names, files.values(), strict=True):
        write_whole(path, content)
    return names


def _other(path: Path, content: bytes) -> bool:
    with refusing(path):
        return path.exists() and path.read_bytes() != content


def _workbook(title: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write workbooks should pay

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same bytes each time
    text, heading = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    page = book.add_worksheet(title)
    for number, column in enumerate(columns):
        page.set_column(number, number, min(max(_NARROW, 2 * len(column.heading)), _WIDE), text)
    page.freeze_panes(1, 0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for number, row in enumerate([tuple(column.heading for column in columns), *rows]):
        for place, cell in enumerate(row):
            if len(cell) > _LONGEST_CELL or page.write_string(number, place, cell, text if number else heading):
                raise ValueError(f"row {number + 1}, column {place + 1}: a sheet cannot hold it")
    book.close()
    return content.getvalue()


def _delimited(columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
