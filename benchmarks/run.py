"""How fast is it: medians of whole processes, as ratios within one run, so that machines can be compared.

    python benchmarks/run.py [--runs 5] [--big]

`--big` adds the province: 100,000 subjects in an xlsx, 1,000 inspectors, 10 % drawn (takes some minutes).
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from big_county import make

REPOSITORY = Path(__file__).parents[1]
PYTHON = sys.executable
SSJ = [PYTHON, "-m", "shuangsuiji"]
BASE = [PYTHON, "-c", "import pandas, openpyxl"]
CALAMINE = "import python_calamine as c; c.CalamineWorkbook.from_path({!r}).get_sheet_by_index(0).to_python()"
IN_MEMORY = """
import time
from datetime import date
from pathlib import Path
from shuangsuiji.actions.gather import gather
from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import draw
from shuangsuiji.files.workspace import Workspace
workspace = Workspace(Path({!r}))
pool = gather(workspace, workspace.plan_file(None), date(2023, 5, 1)).sealing.pool
for _ in range({}):
    start = time.perf_counter()
    draw(pool, seed_of("BIG-2023", ("given:1",)).digest)
    print(time.perf_counter() - start)
"""


def seconds(command: list[str], runs: int, before: Callable[[], None] = lambda: None) -> float:
    """The median of `runs` runs of `command`; `before` each run what `before` does, not counted."""
    taken = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def line(what: str, taken: float, base: float, limit: float, of: str) -> None:
    """One result: seconds, ratio, and the promise."""
    print(f"{what:<44}{taken:8.2f} s  = {taken / base:5.2f} × {of} (promised ≤ {limit})")


def county(folder: Path, runs: int) -> None:
    """The sample county against what importing pandas and openpyxl takes."""
    shutil.copytree(REPOSITORY / "rosters", folder / "rosters")
    (folder / "plans").mkdir()
    shutil.copy(REPOSITORY / "plans/2023.yaml", folder / "plans")
    dossier = folder / "plans" / "2023"
    base = seconds(BASE, runs)
    print(f"{'import pandas, openpyxl':<44}{base:8.2f} s")
    line("ssj --help", seconds([*SSJ, "--help"], runs), base, 0.6, "that")
    draw = [*SSJ, "draw", "-C", str(folder), "--seed", "1"]
    line("ssj draw, sample county, with sheets", seconds(draw, runs, lambda: _clear(dossier)), base, 2, "that")


def province(folder: Path, runs: int) -> None:
    """100,000 subjects × 1,000 inspectors against what calamine takes to read the workbook."""
    make(folder)
    dossier = folder / "plans" / "2023"
    reading = seconds([PYTHON, "-c", CALAMINE.format(str(folder / "rosters/subjects.xlsx"))], runs)
    print(f"{'calamine reads the workbook':<44}{reading:8.2f} s")
    draw = [*SSJ, "draw", "-C", str(folder), "--seed", "1"]
    alone = seconds([*draw, "--no-sheets"], runs, lambda: _clear(dossier))
    line("ssj draw --no-sheets", alone, reading, 3, "that")
    told = subprocess.run([PYTHON, "-c", IN_MEMORY.format(str(folder), runs)], check=True, capture_output=True)
    inside = statistics.median(map(float, told.stdout.split()))
    print(f"{'the draw itself, pool in memory → teams':<44}{inside:8.2f} s  (promised ≤ 3 s)")
    whole = seconds(draw, 1, lambda: _clear(dossier))
    print(f"{'1,000 workbooks and the list':<44}{whole - alone:8.2f} s  (promised ≤ 30 s)")


def _clear(dossier: Path) -> None:
    shutil.rmtree(dossier, ignore_errors=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--big", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county(Path(folder) / "county", asked.runs)
    if asked.big:
        with tempfile.TemporaryDirectory() as folder:
            province(Path(folder) / "province", asked.runs)


if __name__ == "__main__":
    main()
