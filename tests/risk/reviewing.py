"""A year on record, the sheet that `ssj risk` makes of it, and people who review it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from shuangsuiji.files.riskbook import FILLED, MADE, SHEET
from tests.conftest import County

SHEET_OF_2024 = "rosters/风险研判/2024-03-01.xlsx"
COLUMN = {heading: number for number, heading in enumerate((*MADE, *FILLED), 1)}
FIRST = 4
"""The first row under the headings."""
YES: Mapping[str, object] = {"采用": "是", "复核人": "王复核", "复核日期": date(2024, 3, 5)}
NO: Mapping[str, object] = {**YES, "采用": "否", "复核意见": "已整改到位"}

PLAN_2024 = """\
draw: T-2024
title: 测试县2024年抽查方案
agency: {code: WJ, name: 测试县卫生健康局}
year: 2024
period: {start: 2024-04-01, end: 2024-11-30}
strata:
  - {code: GGCS, name: 公共场所, count: 1}
  - {code: XXWS, name: 学校卫生, count: 1}
"""


def record(county: County, task: str, *values: str) -> None:
    """Findings of `task`, in Chinese or English names."""
    words = [word for value in values for word in ("--set", value)]
    answer = county.ssj("record", "--plan", "2023", "--task", task, *words)
    assert answer.code == 0, answer.err


def penalise(county: County, task: str, number: str = "1", day: str = "2023-05-18", *more: str) -> None:
    """A penalty on record."""
    record(
        county,
        task,
        "check_ended=2023-05-11 16:00",
        "outcome=行政处罚",
        "case_filed_on=2023-05-12",
        f"case_no=测卫立〔2023〕{number}号",
        f"penalty_decided_on={day}",
        f"penalty_no=测卫罚〔2023〕{number}号",
        "fine=2000",
        *more,
    )


def judged(county: County, *words: str, day: str = "2024-03-01") -> list[dict[str, Any]]:
    """What `ssj risk` suggests on `day`."""
    answer = county.ssj("risk", "--plan", "2024", "--as-of", day, "--json", *words)
    assert answer.code == 0, answer.out + answer.err
    return list(answer.json["suggestions"])


def fill(county: County, *rows: Mapping[str, object], name: str = SHEET_OF_2024) -> Path:
    """Type into the rows of the sheet, the first suggestion first."""
    path = county.root / name
    book = openpyxl.load_workbook(path)
    for number, cells in enumerate(rows, FIRST):
        for heading, typed in cells.items():
            book[SHEET].cell(number, COLUMN[heading]).value = typed  # type: ignore[assignment]
    book.save(path)
    return path


def reviewed(county: County, *rows: Mapping[str, object], more: str = "") -> None:
    """The sheet of today, filled in, and named in the plan of 2024."""
    judged(county)
    fill(county, *rows)
    county.write("plans/2024.yaml", PLAN_2024 + f"risk: {SHEET_OF_2024}\n" + more)


def problems(county: County, severity: str = "error") -> list[tuple[str, int | None, str | None]]:
    """Code, row and column of the Problems about the sheet."""
    found = county.ssj("check", "--plan", "2024", "--json").json["problems"]
    return [
        (one["code"], one["row"], one["column"])
        for one in found
        if one["severity"] == severity and one["file"] == SHEET_OF_2024
    ]
