"""A published table as csv: for programs, and for Excel and WPS when they open it.

- UTF-8 with a byte order mark (without one, Chinese Excel reads GBK), lines end with CR LF (RFC 4180).
- A text that a spreadsheet would take for a formula (it begins with ``= + - @``, a tab or a line break, also in full
  width) gets an apostrophe before it, as OWASP advises; the xlsx holds it as it is.
"""

import csv
import io
import re

from shuangsuiji.core.year.disclosure.notice import Grid
from shuangsuiji.files.sheets.text import tidy

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def csv_bytes(grid: Grid) -> bytes:
    """The table: one line of headings, then its rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in grid.columns])
    writer.writerows([guarded(cell) for cell in row] for row in grid.rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """`text` as a cell that is no formula.

    >>> guarded("=1+1"), guarded("甲宾馆")
    ("'=1+1", '甲宾馆')
    """
    text = tidy(text)
    return f"'{text}" if _FORMULA.match(text) else text
