"""Killed at any write, on a full disk, two at once, with files lost: nothing is published twice, changed or half done."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, County
from tests.publish.going_public import FAST, drawn, events, penalise, public, publish, record, refused

FORKS = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, and killed at each of their writes")
COMMANDS = [
    ["publish", "results", *FAST],
    ["publish", "results", "--at", "https://www.example.gov.cn/1"],
    ["record", "--task", "GGCS/A1", "--set", "存在的主要问题=照明不足"],
    ["publish", "results", "--correct", "results-1", "--reason", "漏记", *FAST],
    ["publish", "penalties", "--withdraw", "GGCS/A2", "--reason", "撤销", *FAST],
]
KINDS = ["published", "placed", "recorded", "published", "published"]


@pytest.fixture
def ready(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """A county with a result and two penalties on record."""
    clock = drawn(county, monkeypatch)
    clock("2023-05-09T09:50")
    record(county, "GGCS/A1")
    penalise(county, "GGCS/A2", 1)
    penalise(county, "GGCS/A3", 2)
    return county


@pytest.fixture
def revoked(ready: County) -> County:
    """The same county after it published plan and penalties, and revoked one."""
    publish(ready, "plan", *FAST)
    publish(ready, "penalties", *FAST)
    record(ready, "GGCS/A2", "处罚变更或撤销日期=2023-05-09", outcome="")
    return ready


def run_all(county: County, folder: Path, *how: str) -> list[dict[str, Any]]:
    (folder / "commands.json").write_text(json.dumps(COMMANDS), encoding="utf-8")
    script = [sys.executable, str(REPOSITORY / "tests/year/crash.py"), str(county.root), str(folder / "commands.json")]
    done = subprocess.run([*script, *how], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    told: list[dict[str, Any]] = json.loads(done.stdout)
    assert [one["added"] for one in told] == [[kind] for kind in KINDS]
    assert [one["wrong"] for one in told] == [[]] * len(COMMANDS)
    return told


@FORKS
def test_publishing_killed_at_every_second_write(revoked: County, tmp_path: Path) -> None:
    told = run_all(revoked, tmp_path, "kill", "2")

    assert sum(one["points"] for one in told) >= 50
    page = public(revoked)["index.html"].decode()
    assert "penalties-1（2023年5月9日公示）已撤下" in page


@FORKS
def test_publishing_on_a_disk_that_fills_up(revoked: County, tmp_path: Path) -> None:
    told = run_all(revoked, tmp_path, "full", "5")

    assert sum(one["points"] for one in told) >= 15


def test_two_at_once_publish_once(ready: County) -> None:
    words = [sys.executable, "-m", "shuangsuiji", "publish", "results", "-C", str(ready.root), *FAST]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]

    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    assert [event["notice"] for event in events(ready) if event["kind"] == "published"] == ["results-1"]


@pytest.mark.parametrize("name", ["results-1.csv", "results-1.xlsx", "results-1.html", "results-1.docx"])
def test_a_lost_file_is_made_again_to_the_byte(ready: County, name: str) -> None:
    publish(ready, "results")
    before = public(ready)
    (ready.dossier / "public" / name).unlink()

    told = publish(ready, "list")

    assert told["remade"] == [name]
    assert public(ready) == before


def test_index_and_sums_come_back_too(ready: County) -> None:
    publish(ready, "results", *FAST)
    before = public(ready)
    for name in ("index.html", "SHA256SUMS"):
        (ready.dossier / "public" / name).unlink()

    publish(ready, "list")

    assert public(ready) == before


def test_an_altered_file_is_put_right(ready: County) -> None:
    publish(ready, "results", *FAST)
    before = public(ready)
    (ready.dossier / "public" / "results-1.csv").write_bytes(b"changed")

    assert publish(ready, "list")["remade"] == ["results-1.csv"]
    assert public(ready) == before


def test_a_file_that_cannot_be_made_again_is_named_and_keeps_nothing_else_back(ready: County) -> None:
    publish(ready, "results", *FAST)
    subjects = (ready.root / "rosters/subjects.csv").read_text("utf-8")
    ready.write("rosters/subjects.csv", subjects.replace("东街1号", "东街101号"))
    (ready.dossier / "public" / "results-1.csv").unlink()

    told = ready.ssj("publish", "list")
    assert told.code == 4
    assert "已公示的 results-1.csv 不见了，按台账也做不出原样。" in told.err
    assert "文件缺失" in public(ready)["index.html"].decode()

    done = publish(ready, "penalties", *FAST)
    assert done["notice"]["name"] == "penalties-1"
    assert done["damaged"] == [{"notice": "results-1", "file": "results-1.csv", "why": "missing"}]


def test_what_was_staged_and_never_put_on_record_is_swept(ready: County) -> None:
    publish(ready, "plan", *FAST)
    staging = ready.dossier / ".staging"
    staging.mkdir()
    (staging / "results-1.csv").write_bytes(b"never published")

    publish(ready, "list")

    assert not staging.exists()
    assert "results-1.csv" not in public(ready)


def test_a_dry_run_leaves_even_the_staging_of_a_crash_alone(ready: County) -> None:
    staging = ready.dossier / ".staging"
    staging.mkdir()
    (staging / "results-1.csv").write_bytes(b"never published")

    assert refused(ready, "results", "--dry-run").code == 0
