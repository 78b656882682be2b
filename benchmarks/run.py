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


def seconds(command: list[str]) -> float:
    """How long one run of `command` takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(
    what: str, command: list[str], base: list[str], limit: float, runs: int, before: Callable[[], None]
) -> None:
    """Run `base` and `command` in turns, so that both see the same machine; print medians and their ratio."""
    pairs = []
    for _ in range(runs):
        before()
        pairs.append((seconds(base), seconds(command)))
    least, taken = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for other, one in pairs)
    print(f"{what:<44}{taken:8.2f} s = {ratio:5.2f} × {least:.2f} s (promised ≤ {limit})")


def county(folder: Path, runs: int) -> None:
    """The sample county against what importing pandas and openpyxl takes."""
    shutil.copytree(REPOSITORY / "rosters", folder / "rosters")
    (folder / "plans").mkdir()
    shutil.copy(REPOSITORY / "plans/2023.yaml", folder / "plans")
    dossier = folder / "plans" / "2023"
    compare("ssj --help, against importing pandas", [*SSJ, "--help"], BASE, 0.6, runs, lambda: None)
    draw = [*SSJ, "draw", "-C", str(folder), "--seed", "1"]
    compare("ssj draw, sample county, against the same", draw, BASE, 2, runs, lambda: _clear(dossier))


def province(folder: Path, runs: int) -> None:
    """100,000 subjects × 1,000 inspectors against what calamine takes to read the workbook."""
    make(folder)
    dossier = folder / "plans" / "2023"
    reading = [PYTHON, "-c", CALAMINE.format(str(folder / "rosters/subjects.xlsx"))]
    draw = [*SSJ, "draw", "-C", str(folder), "--seed", "1"]
    quick = [*draw, "--no-sheets"]
    compare("ssj draw --no-sheets, against calamine alone", quick, reading, 3, runs, lambda: _clear(dossier))
    told = subprocess.run([PYTHON, "-c", IN_MEMORY.format(str(folder), runs)], check=True, capture_output=True)
    inside = statistics.median(map(float, told.stdout.split()))
    print(f"{'the draw itself, pool in memory → teams':<44}{inside:8.2f} s  (promised ≤ 3 s)")
    start = time.perf_counter()
    subprocess.run(draw, check=False, capture_output=True)
    taken = time.perf_counter() - start
    print(f"{'1,000 workbooks and the list, made afterwards':<44}{taken:8.2f} s  (promised ≤ 30 s)")


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
