"""Killed at any write of any command, the ledger stays whole, nothing is doubled, and the next command goes on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import INSPECTORS, PLAN, REPOSITORY, SUBJECTS, County
from tests.year.returning import Clock

RECEIVED = (
    "单位名称,专业,对象编号,检查人员\n甲宾馆,公共场所,A1,监督员01、监督员02\n丙宾馆,公共场所,A3,监督员03、监督员04\n"
)
APPROVALS = "adjustment: {limit: 50%, of: inspectors, approvals: [县局, 市委]}\n"
CLOSED = """\
seed: {mode: public, sources: [ssq:2023099, dlt:23098], known_on: 2023-08-30, sealed: true}
frequency:
"""
KINDS = [
    ["sealed"],
    ["seal-voided"],
    ["sealed", "drawn"],
    ["issued"],
    ["draw-voided"],
    ["sealed", "drawn"],
    ["received"],
    ["recused", "redrawn"],
    ["replacement-asked", "approved"],
    ["approved", "redrawn"],
    ["replacement-asked"],
    ["adjustment-closed"],
    ["voided"],
    ["recorded"],
    ["recorded"],
    ["recorded"],
    ["evidence-kept"],
    ["measure-taken"],
    ["visited-otherwise", "recorded"],
    ["noted"],
    ["list-voided"],
    ["sealed"],
]


def commands(county: County) -> list[list[str]]:
    """A year in commands, on the small county with one inspector more."""
    county.write("rosters/inspectors.csv", INSPECTORS + "P5,监督员05,公共场所；学校卫生,是,东,,2030-01-01\n")
    county.write("rosters/subjects.csv", SUBJECTS)
    county.write("省抽.csv", RECEIVED)
    county.write("照片.jpg", b"\xff\xd8 photo")
    county.plan(("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"), more=APPROVALS + "frequency:\n")
    probe = county.ssj("draw", "--seed", "1", "--no-sheets", "--json")
    assert probe.code == 0
    teams = county.read("result/teams.csv")
    visit, inspector = next((v, i) for v, i, _ in teams if v == "A2")
    for path in sorted(county.dossier.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    county.dossier.rmdir()
    done = "2023-05-09T09:30"
    other = next(i for v, i, _ in teams if v == "A4")
    third = next(i for v, i, _ in teams if v == "A3" and i != other)
    list_file, photo = str(county.root / "省抽.csv"), str(county.root / "照片.jpg")
    county.write("密.yaml", PLAN.replace("T-2023", "T-2023-S") + CLOSED)
    return [
        ["seal"],
        ["seal", "--void", "--reason", "名册有误", "--document", "1号"],
        ["draw", "--seed", "9", "--no-sheets"],
        ["draw"],
        ["draw", "--void", "--reason", "名册有误", "--document", "1号"],
        ["draw", "--seed", "1"],
        ["receive", list_file, "--drawn-by", "省卫生健康委", "--document", "省〔2023〕1号"],
        [
            "adjust",
            "recuse",
            "--visit",
            visit,
            "--inspector",
            inspector,
            "--asked-by",
            "firm",
            "--reason",
            "亲属",
            "--seed",
            "2",
        ],
        [
            "adjust",
            "replace",
            "--inspector",
            other,
            "--why",
            "illness",
            "--reason",
            "住院",
            "--visit",
            "A4",
            "--approval",
            "县局=1号@2023-05-09",
            "--seed",
            "3",
        ],
        ["adjust", "approve", "A1", "--level", "市委", "--document", "2号", "--on", "2023-05-09", "--seed", "4"],
        ["adjust", "replace", "--inspector", third, "--why", "other", "--reason", "培训", "--visit", "A3"],
        ["adjust", "withdraw", "A2", "--reason", "写错了人"],
        ["adjust", "void", "--task", "R1/GGCS/A3", "--why", "duplicate", "--reason", "重卡", "--document", "3号"],
        ["record", "--task", "GGCS/A1", "--check-ended", done, "--outcome", "未发现问题"],
        ["record", "--uploaded", "2023-05-09T09:45", "--all-open"],
        ["record", "--task", "GGCS/A1", "--set", "存在的主要问题=无"],
        ["record", "--task", "GGCS/A1", "--evidence", photo, "--copy"],
        ["record", "--task", "GGCS/A1", "--measure", "提醒", "--text", "当面提醒"],
        [
            "record",
            "--otherwise",
            "投诉",
            "--subject",
            "A2",
            "--stratum",
            "GGCS",
            "--document",
            "诉1",
            "--inspector",
            "P1",
            "--inspector",
            "P2",
            "--outcome",
            "未发现问题",
            "--check-ended",
            done,
        ],
        ["note", "training", "--title", "业务培训"],
        ["receive", "--void", "R1", "--reason", "重复下达", "--document", "4号"],
        ["seal", "--plan", "密.yaml"],
    ]


FORKS = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, and killed at each of their writes")


def run_all(county: County, folder: Path, *how: str) -> list[dict[str, Any]]:
    words = commands(county)
    (folder / "commands.json").write_text(json.dumps(words), encoding="utf-8")
    script = [sys.executable, str(REPOSITORY / "tests/year/crash.py"), str(county.root), str(folder / "commands.json")]
    done = subprocess.run([*script, *how], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    told: list[dict[str, Any]] = json.loads(done.stdout)
    assert [one["added"] for one in told] == KINDS
    assert [one["wrong"] for one in told] == [[]] * len(words)
    return told


@FORKS
def test_a_year_of_commands_killed_at_every_write(county: County, tmp_path: Path) -> None:
    told = run_all(county, tmp_path, "kill")

    assert sum(one["points"] for one in told) >= 200


@FORKS
def test_a_year_of_commands_on_a_disk_that_fills_up(county: County, tmp_path: Path) -> None:
    told = run_all(county, tmp_path, "full", "3")

    assert sum(one["points"] for one in told) >= 50


@FORKS
def test_two_commands_race_a_hundred_times_and_no_event_is_doubled(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch)("2023-05-09T08:00")
    county.ssj("draw", "--seed", "1", "--no-sheets")
    task = county.read("result/tasks.csv")[0][0]
    Clock(monkeypatch)("2023-05-09T09:40")
    done = county.ssj("record", "--task", task, "--check-ended", "2023-05-09T09:30", "--outcome", "未发现问题")
    assert done.code == 0, done.err
    script = [sys.executable, str(REPOSITORY / "tests/year/race.py"), str(county.root), "100"]
    raced = subprocess.run(script, capture_output=True, check=False)

    assert raced.returncode == 0, raced.stderr.decode()
    told = json.loads(raced.stdout)
    assert told["events"] == told["races"] == 100
    assert set(told["codes"]) <= {"0,0", "0,3"}


@FORKS
def test_two_sealings_race_and_one_of_them_happens(county: County) -> None:
    script = [sys.executable, str(REPOSITORY / "tests/year/race.py"), str(county.root), "20", "seal"]
    raced = subprocess.run(script, capture_output=True, check=False)

    assert raced.returncode == 0, raced.stderr.decode()
    told = json.loads(raced.stdout)
    assert told["events"] == told["races"] == 20
    assert set(told["codes"]) == {"0,3"}
