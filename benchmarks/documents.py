"""How fast are the documents: a results' notice of 10,000 rows as html, csv, docx and xlsx.

    python benchmarks/documents.py [ROWS] [--runs 3] [--keep DIR]

The notice is made by hand with cells as long as real ones. Each format is made in a process of its own; its time is
that of the whole process, its memory the most it ever had, and the base is `python -c "import pandas, openpyxl"`.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from shuangsuiji.core.year.disclosure.notice import Column, Grid, Notice

BASE = [sys.executable, "-c", "import pandas, openpyxl"]
PROMISED = {"html,csv": 3, "docx": 6, "xlsx": 6}
HEADINGS = ("序号", "单位名称", "地址", "抽查事项/专业", "检查日期", "抽查结果", "存在的主要问题", "备注")
KEYS = ("number", "name", "address", "items", "checked_on", "outcome", "problems", "note")
WIDTHS = (6, 26, 26, 14, 12, 18, 34, 20)


def notice(rows: int) -> Notice:
    """Results of `rows` tasks."""
    cells = [
        (
            str(n),
            f"青禾县第{n}综合服务有限责任公司",
            f"青禾县城关镇人民路{n}号",
            "公共场所",
            "2023-05-10",
            "发现问题已责令改正" if n % 4 == 0 else "未发现问题",
            "未公示卫生许可证；直接为顾客服务的人员中2人未持有效健康合格证明" if n % 4 == 0 else "/",
            "/",
        )
        for n in range(1, rows + 1)
    ]
    variables: dict[str, object] = {
        "kind": "results",
        "title": "2023年青禾县卫生健康局随机监督抽查结果的公示",
        "agency": "青禾县卫生健康局",
        "on": "2023年6月30日",
        "on_iso": "2023-06-30",
        "changes": [],
        "corrects": "",
        "reason": "",
        "basis": "《2023年青禾县卫生健康局“双随机、一公开”监督抽查工作实施方案》（青禾卫法监〔2023〕3号）",
        "bases_text": "《2023年青禾县卫生健康局“双随机、一公开”监督抽查工作实施方案》（青禾卫法监〔2023〕3号）",
        "period_start": "2023年5月8日",
        "period_end": "2023年5月25日",
        "subjects_total": rows,
        "tasks_total": rows,
        "objects_text": f"公共场所{rows}家",
        "items": [{"name": "公共场所卫生许可和从业人员管理情况的监督检查"}],
        "outcomes_text": f"未发现问题{rows - rows // 4}项，发现问题已责令改正{rows // 4}项",
        "rows": [dict(zip(KEYS, row, strict=True)) for row in cells],
    }
    columns = tuple(Column(heading, width) for heading, width in zip(HEADINGS, WIDTHS, strict=True))
    title = str(variables["title"])
    return Notice("results", 1, title, date(2023, 6, 30), variables, (Grid("随机监督抽查结果", columns, cells),))


def make(rows: int, formats: str, folder: Path | None) -> None:
    """Make the files in this process; the most memory it had, in MB, on stdout."""
    from shuangsuiji.files.documents import FORMATS, render_notice  # noqa: PLC0415 - part of what is measured
    from shuangsuiji.files.workspace import Workspace  # noqa: PLC0415

    wanted = [each for each in FORMATS if each in formats.split(",")]
    files = render_notice(Workspace(folder or Path()), notice(rows), wanted)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def timed(command: list[str]) -> tuple[float, str]:
    """How long one run of `command` takes, and what it prints."""
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout.strip()


def main() -> None:
    """Run each format, print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        make(asked.rows, asked.make, asked.keep)
        return
    for formats, promised in PROMISED.items():
        keep = ["--keep", str(asked.keep)] if asked.keep else []
        command = [sys.executable, __file__, str(asked.rows), "--make", formats, *keep]
        runs = [(timed(BASE)[0], *timed(command)) for _ in range(asked.runs)]
        base, taken = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
        ratio = statistics.median(run[1] / run[0] for run in runs)
        memory = max(int(run[2]) for run in runs)
        print(
            f"{formats:<10}{taken:6.2f} s = {ratio:5.2f} × {base:.2f} s, {memory} MB (promised ≤ {promised} s, 1024 MB)"
        )


if __name__ == "__main__":
    main()
