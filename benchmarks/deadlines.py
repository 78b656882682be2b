"""How fast are the clocks: ``ssj deadlines`` over 100,000 tasks, in the middle of the year and at its end.

    python benchmarks/deadlines.py [TASKS] [--returned 50 100] [--runs 5] [--keep DIR]

The ledger is made with the program's own chain: one draw, then one `Recorded` line for each task that is returned (by
default every second, then each); nothing is random. Of those, one result in fifty is not public in time, one follow-up
in fifty not done. The time is that of the whole process, and
of `python -c "import pandas, openpyxl"` in turns with it, so that machines can be compared.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from shuangsuiji.core.ledger.chain import ZERO, Entry, digest, encode
from shuangsuiji.core.year.events import Drawn, DrawnSubject, DrawnVisit, Event, Recorded, Sealed, stored

PLAN = """\
draw: BIG-2025
title: 大县抽查方案
agency: {code: WJ, name: 大县卫生健康局}
year: 2025
period: {start: 2025-04-01, end: 2025-12-31}
strata:
  - {code: GGCS, name: 公共场所, ratio: 10%}
"""
FIRST = date(2025, 4, 1)
OUTCOMES = ("NO_PROBLEM_FOUND", "NO_PROBLEM_FOUND", "CORRECTION_ORDERED", "PENALISED", "UNREACHABLE")
COMMAND = [sys.executable, "-m", "shuangsuiji", "deadlines", "--as-of", "2025-10-20T09:00"]
BASE = [sys.executable, "-c", "import pandas, openpyxl"]


def make(folder: Path, tasks: int, returned: int) -> None:
    """A workspace with one plan and its ledger; `returned`: the share of the tasks that are, in per cent."""
    (folder / "plans" / "2025").mkdir(parents=True)
    (folder / "plans" / "2025.yaml").write_text(PLAN, encoding="utf-8")
    last = ZERO
    with (folder / "plans" / "2025" / "ledger.jsonl").open("wb") as file:
        for line, (day, event) in enumerate(_events(tasks, returned), 1):
            content = encode(Entry(line, last, f"{day}T18:00:00+08:00", "经办人", "ssj 0.1.0", stored(event)))
            last = digest(content[:-1])
            file.write(content)


def _events(tasks: int, returned: int) -> Iterator[tuple[date, Event]]:
    subjects = [f"B{n:06d}" for n in range(tasks)]
    yield (
        FIRST,
        Sealed(on=FIRST, draw="BIG-2025", year=2025, pool_digest="0" * 64, as_of=FIRST, sources={}),
    )
    yield FIRST, _drawn(subjects)
    for n, subject in enumerate(subjects[: tasks * returned // 100]):
        day = FIRST + timedelta(days=n % 190)
        yield day, _recorded(n, subject, day)


def _drawn(subjects: list[str]) -> Drawn:
    teams = [(f"P{n % 1000:04d}", f"P{(n + 1) % 1000:04d}") for n in range(len(subjects))]
    return Drawn(
        on=FIRST,
        draw="BIG-2025",
        year=2025,
        pool_digest="0" * 64,
        seed_line="ssj1|seed|BIG-2025|given:1",
        seed="1" * 64,
        grade="given",
        sources=("given:1",),
        drawn={"GGCS": tuple(DrawnSubject(subject=s, why="random") for s in subjects)},
        visits=tuple(
            DrawnVisit(visit=s, subject=s, strata=("GGCS",), team=team) for s, team in zip(subjects, teams, strict=True)
        ),
        inspectors={f"P{n:04d}": f"监督员{n:04d}" for n in range(1000)},
    )


def _recorded(n: int, subject: str, day: date) -> Recorded:
    def later(days: int) -> str:
        return (day + timedelta(days=days)).isoformat()

    values = {"check_ended": f"{day}T{8 + n % 9:02d}:30", "outcome": OUTCOMES[n % 5], "sampled": "no"}
    if n % 3 == 0:
        values |= {"sampled": "yes", "report_received": f"{later(6)}T10:00"}
    if values["outcome"] == "CORRECTION_ORDERED":
        values |= {"correction_ordered_on": later(0), "correct_by": later(15)}
        if n % 50 != 2:
            values |= {"followed_up_on": later(14), "follow_up_result": "corrected"}
    if values["outcome"] == "PENALISED":
        values |= {"case_filed_on": later(1), "penalty_decided_on": later(20), "penalty_no": "大卫罚〔2025〕1号"}
        values |= {"fine": "2000", "penalty_published": later(24), "case_closed_on": later(30)}
    elif n % 50:
        values["published"] = later(20)
    return Recorded(
        on=day,
        task=f"GGCS/{subject}",
        values=values,
        inspector=f"P{n % 1000:04d}",
        file=f"任务单_P{n % 1000:04d}_监督员{n % 1000:04d}.xlsx",
        sha256=f"{n % 1000:064x}",
    )


def seconds(command: list[str]) -> float:
    """How long one run of `command` takes."""
    start = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Make the ledger, run, print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", type=int, nargs="?", default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--returned", type=int, nargs="+", default=[50, 100], metavar="PERCENT")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for returned in asked.returned:
            folder = (asked.keep or Path(temporary)) / str(returned)
            if not (folder / "plans").exists():
                make(folder, asked.tasks, returned)
            measure(folder, returned, asked.runs)


def measure(folder: Path, returned: int, runs: int) -> None:
    """Run it in turns with the imports, on the screen and as JSON."""
    command = [*COMMAND, "-C", str(folder)]
    for words in ([], ["--json"]):
        pairs = [(seconds(BASE), seconds([*command, *words])) for _ in range(runs)]
        base, taken = (statistics.median(column) for column in zip(*pairs, strict=True))
        least = min(one for _, one in pairs)
        ratio = statistics.median(one / other for other, one in pairs)
        name = " ".join([f"{returned}% returned: ssj deadlines", *words])
        print(f"{name:<42}{taken:6.2f} s (best {least:.2f}) = {ratio:5.2f} × {base:.2f} s (promised ≤ 2 s)")


if __name__ == "__main__":
    main()
