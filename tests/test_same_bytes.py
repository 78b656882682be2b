"""The same inputs and seed give the same bytes: with any hash seed, on any Python, whatever the order of rows."""

import csv
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import County

OTHERS = [python for python in os.environ.get("SSJ_PYTHONS", "").split(os.pathsep) if python]
"""Interpreters of other versions that have ssj installed; CI names those that the machine has."""

GOLDEN = "275ecf01f28dc87cdf2d7320c14923359d67bb18fa10d814863ab933c80a8818"
"""SHA-256 over `pool/` and `result/` of the sample county with ``--seed 2023``."""


def bytes_of(dossier: Path) -> dict[str, bytes]:
    return {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in ("pool", "result")
        for path in sorted((dossier / folder).iterdir())
    }


def digest_of(files: dict[str, bytes]) -> str:
    lines = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize("python", [sys.executable, *OTHERS], ids=lambda python: Path(python).parts[-3])
def test_the_sample_county_gives_the_golden_bytes_with_any_hash_seed(sample: County, python: str) -> None:
    for hash_seed in ("0", "1", "random"):
        command = [python, "-m", "shuangsuiji", "draw", "-C", str(sample.root), "--seed", "2023", "--no-sheets"]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"}
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=sample.root)

        assert digest_of(bytes_of(sample.dossier)) == GOLDEN
        for path in sorted(sample.dossier.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_the_order_of_rows_is_irrelevant(county: County) -> None:
    county.ssj("draw", "--seed", "5", "--no-sheets")
    first = bytes_of(county.dossier)
    shuffle = random.Random(7).shuffle
    for round_ in range(3):
        county.ssj("draw", "--void", "--reason", "换行序", "--document", "1号")
        for name in ("subjects", "inspectors", "items"):
            path = county.root / "rosters" / f"{name}.csv"
            heading, *rows = path.read_text("utf-8").splitlines()
            shuffle(rows)
            path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
        county.ssj("draw", "--seed", "5", "--no-sheets")
        again = bytes_of(county.dossier)
        assert {n: b for n, b in again.items() if n != "result/draw.json"} == {
            n: b for n, b in first.items() if n != "result/draw.json"
        }, round_


def test_growing_a_quota_only_adds_and_an_undrawn_subject_changes_nobody(county: County) -> None:
    def drawn() -> set[tuple[str, str]]:
        county.ssj("draw", "--seed", "5", "--no-sheets")
        with (county.dossier / "result/tickets.csv").open(encoding="utf-8", newline="") as file:
            found = {(row["stratum"], row["subject"]) for row in csv.DictReader(file) if row["drawn"] == "1"}
        county.ssj("draw", "--void", "--reason", "比较", "--document", "1号")
        return found

    sizes = [drawn()]
    for count in (3, 4, 5):
        county.plan(("公共场所, ratio: 50%", f"公共场所, count: {count}"))
        sizes.append(drawn())
    assert sizes[0] <= sizes[1] < sizes[2] < sizes[3]

    county.plan(("公共场所, ratio: 50%", "公共场所, count: 3"))
    undrawn = next(s for s in ("A1", "A2", "A3", "A4") if ("GGCS", s) not in sizes[1])
    lines = (county.root / "rosters/subjects.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(undrawn)]
    county.write("rosters/subjects.csv", "\n".join(kept) + "\n")
    assert drawn() == sizes[1]
