"""How fast is ``ssj simulate``: 2,000 seeds of the sample county, against importing pandas and openpyxl.

    python benchmarks/simulate.py [--seeds 2000] [--runs 3]

With one process and with as many as the computer has cores; seconds, and ratios within one run, which can be compared
between machines. Exit code 1 where the quicker of the two takes longer than was promised.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PROMISED = 20
BASE = [sys.executable, "-c", "import pandas, openpyxl"]


def seconds(command: list[str]) -> float:
    """How long one run of `command` takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run both in turns with the base, so that all see the same machine; print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    quickest = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(REPOSITORY / "rosters", root / "rosters")
        (root / "plans").mkdir()
        shutil.copy(REPOSITORY / "plans/2023.yaml", root / "plans")
        for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
            words = ["simulate", "-C", folder, "--seeds", str(asked.seeds), "--jobs", str(jobs)]
            command = [sys.executable, "-m", "shuangsuiji", *words]
            pairs = [(seconds(BASE), seconds(command)) for _ in range(asked.runs)]
            base, taken = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for other, one in pairs)
            print(f"{asked.seeds} seeds, {jobs} processes: {taken:.1f} s = {ratio:.1f} × {base:.2f} s")
            quickest = min(quickest, taken)
    print(f"promised: {PROMISED} s for 2000 seeds")
    sys.exit(quickest > PROMISED * max(1, asked.seeds / 2000))


if __name__ == "__main__":
    main()
