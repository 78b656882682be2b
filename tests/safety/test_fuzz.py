"""A short run of ``make fuzz``: everything that ever broke, and some hundred fresh inputs, at every door."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.safety.fuzz import mutations
from tests.safety.fuzz.__main__ import spoilt
from tests.safety.fuzz.doors import Door
from tests.safety.fuzz.shrinking import shrunk
from tests.safety.fuzz.watching import outcome

CSV = b"a,b,c\n1,2,3\n"


def door(enter: object) -> Door:
    return Door("csv", [CSV], mutations.cells, enter)  # type: ignore[arg-type]


def test_nothing_that_ever_broke_a_door_and_no_fresh_input_breaks_one() -> None:
    command = [sys.executable, "-m", "tests.safety.fuzz", "--inputs", "200", "--seed", "1"]

    run = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )

    assert run.returncode == 0, run.stdout + run.stderr
    kept = len(list((Path(__file__).parent / "corpus").rglob("*.bin")))
    assert f"{200 + kept} inputs, 0 faults" in run.stdout


def test_the_same_seed_and_number_are_the_same_input() -> None:
    one = door(lambda _: ())

    assert [spoilt(one, 7, n) for n in range(50)] == [spoilt(one, 7, n) for n in range(50)]
    assert len({spoilt(one, 7, n) for n in range(50)}) > 30


def test_a_crash_is_found_named_and_made_small() -> None:
    def enter(data: bytes) -> tuple[()]:
        if b"3" in data:
            raise KeyError("三")
        return ()

    found = outcome(door(enter), CSV)

    assert (found.what, found.told.partition(" at ")[0]) == ("crash", "KeyError")
    assert shrunk(CSV * 5, lambda less: outcome(door(enter), less).what == "crash") == b"3"
