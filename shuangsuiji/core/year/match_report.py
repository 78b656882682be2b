"""``匹配报告.csv``: how each row of a received list was matched to our rosters, or not."""

from shuangsuiji.core.draw.pool import csv_bytes
from shuangsuiji.core.wording import FORMULA
from shuangsuiji.core.year.receiving import Reception

FILE = "匹配报告.csv"

WAYS = {
    "id": "按对象编号",
    "code": "按统一社会信用代码",
    "name-address": "按名称和地址",
    "name": "仅按名称（须核对）",
    "none": "未匹配",
}
"""What the report calls the ways of matching."""

REPORT = (
    *("工作表", "行号", "单位名称", "对象编号", "统一社会信用代码", "地址"),
    *("匹配方式", "本地编号", "本地名称", "可能是", "任务", "检查编号", "检查人员", "原任务编号"),
)


def report(reception: Reception) -> bytes:
    """``匹配报告.csv``: row by row, how it was matched or not; with a mark that makes spreadsheets read UTF-8."""
    cells: list[tuple[str, ...]] = []
    for row, visit in zip(reception.rows, reception.visit_of, strict=True):
        matched = row.match.subject
        team = "；".join(f"{i.name}（{i.inspector}）" for i in row.team)
        tasks = "；".join(f"{reception.event.source}/{stratum}/{row.subject}" for stratum in row.strata)
        where = (row.table.sheet or "", str(row.line))
        found = (WAYS[row.match.way], row.subject, matched.name if matched else "", "；".join(row.match.candidates))
        cells.append(
            (
                *where,
                *map(_inert, (row.sought.name, row.sought.subject, row.sought.code, row.sought.address)),
                *map(_inert, found),
                tasks,
                visit,
                team,
                _inert(row.task_no),
            )
        )
    return b"\xef\xbb\xbf" + csv_bytes(REPORT, cells)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
