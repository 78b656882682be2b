"""How fast is an import: 30,000 rows become roster and report (promised ≤ 5 s), then the same list as an update.

    python benchmarks/importing.py

First a list as a platform exports it: one date of every row is to be rewritten, everything else stands as it should.
Then a messy one: every second row has no code, in every row a name and two dates are to be rewritten and a specialty is
to be told by keyword: 135,000 lines of report. Told besides are what reading the file alone takes, and the most memory.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook

ROWS = 30_000
SSJ = [sys.executable, "-m", "shuangsuiji"]
CALAMINE = "import python_calamine as c; c.CalamineWorkbook.from_path({!r}).get_sheet_by_index(0).to_python()"
HEADINGS = (
    "序号",
    "单位名称",
    "信用代码",
    "经营地址",
    "乡镇",
    "负责人",
    "电话",
    "许可证号",
    "发证日期",
    "有效期至",
    "备注",
)
SIGNS = "悦来福顺康明德华美佳宏达兴隆和平春夏秋冬松竹梅兰"
KINDS = ("宾馆", "理发店", "诊所", "小学", "幼儿园", "美容店", "浴池", "门诊部", "卫生室", "游泳馆")
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def row(number: int) -> tuple[str, ...]:
    """The `number`-th subject; names meet again rarely."""
    spread = number * 7919
    name = "".join(SIGNS[spread // len(SIGNS) ** place % len(SIGNS)] for place in range(4))
    return (
        str(number + 1),
        f"青禾县{name}{KINDS[number % len(KINDS)]}({number % 40}号店)",
        code(number) if number % 2 else "",
        f"青禾县城关镇{SIGNS[spread % 23]}{SIGNS[number % 19]}路{number % 300 + 1}号",
        ("城关镇", "云岭镇")[number % 2],
        f"代表人{number % 500:03d}",
        f"139{number:08d}",
        f"青禾卫公证字〔2024〕第{number:05d}号",
        f"2023.{number % 12 + 1}.{number % 28 + 1}",
        f"2030年{number % 12 + 1}月{number % 28 + 1}日",
        "",
    )


def tidy(number: int) -> tuple[str, ...]:
    """The same subject as a platform exports it, with the specialty behind."""
    cells = list(row(number))
    cells[1] = cells[1].replace("(", "（").replace(")", "）")
    cells[2] = code(number)
    cells[8] = f"2023-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return (*cells, ("公共场所", "学校卫生", "医疗卫生")[number % 3])


def code(number: int) -> str:
    """A credit code whose check character is right."""
    begun = f"91990129QH{number:07d}"
    total = sum(CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(begun))
    return begun + CODE_SIGNS[-total % 31]


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A workbook of texts."""
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.write_string(number, place, cell)
    book.close()


def seconds(command: list[str]) -> float:
    """How long one run of `command` takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Make the lists, import them, print."""
    rows = [HEADINGS, *map(row, range(ROWS))]
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        write(folder / "export.xlsx", [(*HEADINGS, "专业"), *map(tidy, range(ROWS))])
        base = seconds([sys.executable, "-c", "import pandas, openpyxl"])
        words = ["import", str(folder / "export.xlsx"), "--as", "subjects", "-C", str(folder / "tidy")]
        (folder / "tidy").mkdir()
        taken = seconds([*SSJ, *words])
        print(f"{'ssj import export.xlsx':<40}{taken:6.2f} s = {taken / base:.1f} × {base:.2f} s (promised ≤ 5 s)")
        with (folder / "list.csv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(rows)
        write(folder / "list.xlsx", rows)
        reading = seconds([sys.executable, "-c", CALAMINE.format(str(folder / "list.xlsx"))])
        print(f"{'calamine alone reads the xlsx':<40}{reading:6.2f} s")
        for name, more in (("list.xlsx", []), ("list.csv", ["--update"])):
            words = ["import", str(folder / name), "--as", "subjects", "-C", home, *more]
            print(f"{' '.join(['ssj import', name, *more]):<40}{seconds([*SSJ, *words]):6.2f} s (promised ≤ 5 s)")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"{'most memory':<40}{most:6} MB")


if __name__ == "__main__":
    main()
