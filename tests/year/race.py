# ruff: noqa: PLC0415
"""Two processes at once, again and again: each pair asks for the same thing, which may happen once only.

python tests/year/race.py WORKSPACE TIMES [seal]
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from crash import _import_all, events


def start(words: list[str], root: Path) -> int:
    """The process id of the command."""
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        from shuangsuiji.cli.main import run

        os._exit(run([*words, "-C", str(root)]))
    return child


def main() -> None:
    """Race, count how each pair ended, and how many events came of it."""
    _import_all()
    root, times = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    before = len(events(root))
    codes: Counter[str] = Counter()
    for number in range(times):
        words = ["note", "training", "--title", f"第{number}次培训"]
        if number % 2 and sys.argv[3:4] != ["seal"]:
            words = ["record", "--task", _task(root), "--set", f"存在的主要问题=第{number}条"]
        if sys.argv[3:4] == ["seal"]:
            words = ["seal", "--void", "--reason", "重来", "--document", "1号"] if number % 2 else ["seal"]
        both = [start(words, root) for _ in range(2)]
        ended = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in both)
        codes[",".join(map(str, ended))] += 1
    json.dump({"races": times, "codes": dict(codes), "events": len(events(root)) - before}, sys.stdout)


def _task(root: Path) -> str:
    lines = (root / "plans/2023/result/tasks.csv").read_text("utf-8").splitlines()
    return lines[1].split(",")[0]


if __name__ == "__main__":
    main()
