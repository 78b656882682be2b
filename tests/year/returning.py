"""What the tests of the year share: a clock that stands still, and inspectors who fill in what `ssj draw` sent them."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.files.sheets.form import FORM, SHEET
from tests.conftest import County

COLUMN = {entry.field: number for number, entry in enumerate(FORM, 1)}
HEADINGS = 4
"""The heading row of 结果回填."""


class Clock:
    """What time it is for `ssj`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self._patch = monkeypatch

    def __call__(self, moment: str) -> None:
        now = datetime.fromisoformat(moment).astimezone()
        self._patch.setattr("shuangsuiji.cli.clock.now", lambda: now)


def sheet_of(county: County, inspector: str) -> Path:
    """The workbook that the draw made for `inspector`."""
    return next((county.dossier / "sheets").glob(f"任务单_{inspector}_*.xlsx"))


def tasks_in(path: Path) -> list[str]:
    """The tasks printed on a workbook's form."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    return [str(row[0]) for row in sheet.iter_rows(min_row=HEADINGS + 1, max_col=1, values_only=True)]


def fill(path: Path, target: Path, rows: Mapping[str, Mapping[str, object]]) -> Path:
    """A copy of the workbook at `target`, with `rows` (task → field → what is typed); its checks are kept."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    line = {sheet.cell(number, 1).value: number for number in range(HEADINGS + 1, sheet.max_row + 1)}
    for task, cells in rows.items():
        for field, typed in cells.items():
            sheet.cell(line[task], COLUMN[field]).value = typed  # type: ignore[assignment]
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


FINE: Mapping[str, object] = {"check_ended": datetime.fromisoformat("2023-05-09T14:30"), "outcome": "未发现问题"}
CORRECTION: Mapping[str, object] = {
    "check_ended": datetime.fromisoformat("2023-05-10T09:05"),
    "outcome": "发现问题已责令改正",
    "problems": "未公示卫生许可证",
    "correction_ordered_on": date(2023, 5, 10),
    "correct_by": date(2023, 5, 24),
}
PENALTY: Mapping[str, object] = {
    "check_ended": datetime.fromisoformat("2023-05-11T16:00"),
    "outcome": "行政处罚",
    "case_filed_on": date(2023, 5, 12),
    "case_no": "测卫立〔2023〕1号",
    "penalty_decided_on": date(2023, 5, 18),
    "penalty_no": "测卫罚〔2023〕1号",
    "fine": 2000,
}
GONE: Mapping[str, object] = {
    "check_ended": datetime.fromisoformat("2023-05-12T10:00"),
    "outcome": "无法联系",
    "reason": "已关闭",
}
