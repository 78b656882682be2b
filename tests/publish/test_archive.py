"""`ssj archive`: a BagIt bag that others' tools accept, the same bytes each time, and read back bounded."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.files.bag import read_bag
from shuangsuiji.files.bag.tags import info, manifest, read_info, read_manifest
from shuangsuiji.files.lock import locked
from tests.conftest import County
from tests.year.returning import Clock


@pytest.fixture
def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county after its draw, in December 2023."""
    clock = Clock(monkeypatch)
    clock("2023-05-08T09:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock("2023-12-20T16:00")
    return county


def archived(county: County, *words: str) -> Path:
    answer = county.ssj("archive", "--json", *words)
    assert answer.code == 0, answer.out + answer.err
    return Path(answer.json["path"])


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
    return next(folder.iterdir())


def test_the_tool_of_the_library_of_congress_finds_the_bag_valid(drawn: County, tmp_path: Path) -> None:
    drawn.write("plans/2023/evidence/GGCS_A1/现场 照片①.jpg", b"\xff\xd8")
    bag = unpacked(archived(drawn), tmp_path / "out")

    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bag)], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    opened = bagit.Bag(str(bag))
    assert opened.tags["BagIt-Version"] == "1.0"
    assert sorted(opened.algorithms) == ["sha256", "sha512"]
    checkpoint = drawn.ssj("archive", "--json").json["checkpoint"]
    assert opened.info == {
        "Source-Organization": "测试县卫生健康局",
        "External-Description": "测试县抽查方案",
        "External-Identifier": "T-2023",
        "Bagging-Date": "2023-12-20",
        "Bag-Software-Agent": opened.info["Bag-Software-Agent"],
        "Ledger-Checkpoint": f"T-2023#{checkpoint['lines']}:{checkpoint['digest']}",
        "Payload-Oxum": opened.info["Payload-Oxum"],
    }


def test_the_archive_holds_the_dossier_the_plan_and_the_rosters_to_the_byte(drawn: County) -> None:
    before = drawn.files()

    path = archived(drawn)

    with read_bag(path) as bag:
        assert dict(bag) == {name: content for name, content in before.items() if not name.endswith(".lock")}
        assert bag.faults() == []
    assert path == drawn.root / "archive" / "T-2023.zip"
    assert {name for name in drawn.files() if name not in before} == {"archive/T-2023.zip"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_anybody_can_check_it_with_sha256sum_alone_as_the_readme_says(drawn: County, tmp_path: Path) -> None:
    bag = unpacked(archived(drawn), tmp_path / "out")
    readme = (bag / "README.txt").read_text("utf-8-sig")

    for line in ("sha256sum -c manifest-sha256.txt", "sha256sum -c tagmanifest-sha256.txt"):
        assert line in readme
        assert subprocess.run(line.split(), cwd=bag, check=False, capture_output=True).returncode == 0
    (bag / "data/plans/2023/ledger.jsonl").write_bytes(b"{}\n")
    assert subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=bag, check=False, capture_output=True
    ).returncode


def test_the_same_dossier_and_day_give_the_same_bytes(drawn: County, tmp_path: Path) -> None:
    first = archived(drawn, "--out", str(tmp_path / "a")).read_bytes()
    for path in drawn.root.rglob("*"):
        os.utime(path, (1, 1))

    assert archived(drawn, "--out", str(tmp_path / "b")).read_bytes() == first


def test_what_is_archived_already_is_not_archived_again_and_what_is_new_gets_a_new_name(drawn: County) -> None:
    first = archived(drawn)
    kept = first.read_bytes()
    again = drawn.ssj("archive", "--json").json
    drawn.ssj("note", "training", "--title", "业务培训")

    second = archived(drawn)

    assert (Path(again["path"]), again["fresh"]) == (first, False)
    assert second.name == "T-2023_2.zip"
    assert first.read_bytes() == kept


def test_a_strange_file_of_that_name_stays(drawn: County) -> None:
    drawn.write("archive/T-2023.zip", "不是归档")

    assert archived(drawn).name == "T-2023_2.zip"
    assert (drawn.root / "archive/T-2023.zip").read_text("utf-8") == "不是归档"


def test_nothing_is_archived_while_a_command_holds_the_lock(drawn: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuangsuiji.files.lock.WAIT_SECONDS", 0.05)
    monkeypatch.setitem(locked.__wrapped__.__kwdefaults__, "wait", 0.05)  # type: ignore[attr-defined]
    with locked(drawn.dossier, by="乙", at="2023-12-20T16:00", command="record"):
        answer = drawn.ssj("archive", "--json")

    assert (answer.code, answer.json["error"]) == (4, "locked")
    assert not (drawn.root / "archive").exists()


@pytest.mark.parametrize("folder", ["plans/2023", "plans/2023/result/x", "rosters", "plans"])
def test_an_archive_cannot_be_put_where_it_would_be_archived(drawn: County, folder: str) -> None:
    answer = drawn.ssj("archive", "--json", "--out", str(drawn.root / folder))

    assert (answer.code, answer.json["error"]) == (2, "archive-inside")


def test_without_a_dossier_there_is_nothing_to_archive(county: County) -> None:
    before = county.files()

    assert county.ssj("archive", "--json").json["error"] == "no-dossier"
    assert county.files() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("ledger.jsonl", b"T-2023", b"T-2024", "ledger-damaged"),
        ("pool/subjects.csv", b"A1", b"A9", "pool-damaged"),
    ],
)
def test_a_damaged_dossier_is_refused(drawn: County, name: str, old: bytes, new: bytes, error: str) -> None:
    path = drawn.dossier / name
    path.write_bytes(path.read_bytes().replace(old, new, 1))

    answer = drawn.ssj("archive", "--json")

    assert (answer.code, answer.json["error"]) == (4, error)
    assert not (drawn.root / "archive").exists()


def test_what_differs_from_the_ledger_is_said(drawn: County) -> None:
    drawn.write("photo.jpg", b"\xff\xd8 photo")
    drawn.ssj("record", "--task", "GGCS/A1", "--check-ended", "2023-05-09T09:30", "--outcome", "未发现问题")
    task = drawn.read("result/tasks.csv")[0][0]
    assert drawn.ssj("record", "--task", task, "--evidence", str(drawn.root / "photo.jpg"), "--copy").code == 0
    next((drawn.dossier / "evidence").rglob("photo.jpg")).write_bytes(b"other")
    drawn.write("rosters/subjects.csv", (drawn.root / "rosters/subjects.csv").read_text("utf-8") + "\n")

    found = drawn.ssj("archive", "--json").json["problems"]

    assert {one["code"] for one in found} == {"archive-source", "archive-evidence", "archive-early"}
    assert {one["severity"] for one in found} == {"warning"}


def test_passing_files_and_links_stay_out(drawn: County) -> None:
    drawn.write("plans/2023/sheets/~$任务清单.xlsx", b"x")
    drawn.write("plans/2023/.ssj-rest", b"x")
    drawn.write("secret.txt", b"x")
    (drawn.dossier / "link.txt").symlink_to(drawn.root / "secret.txt")

    answer = drawn.ssj("archive", "--json").json

    assert not [name for name in answer["payload"] if "~$" in name or ".ssj" in name or "link" in name]
    assert "archive-link" in {one["code"] for one in answer["problems"]}


def test_the_public_archive_holds_nothing_but_what_was_published(drawn: County) -> None:
    assert drawn.ssj("archive", "--public", "--json").json["error"] == "nothing-public"
    drawn.write("plans/2023/public/results-1.html", b"<p>")

    path = archived(drawn, "--public")

    assert path.name == "T-2023-public.zip"
    with read_bag(path) as bag:
        assert list(bag) == ["plans/2023/public/results-1.html"]


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], target: Path) -> Path:
    """A copy of the archive with its files changed."""
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return target


LEDGER = "T-2023/data/plans/2023/ledger.jsonl"
TAMPERED: dict[str, tuple[Callable[[dict[str, bytes]], object], str, set[str]]] = {
    "a changed file": (
        lambda f: f.update({LEDGER: f[LEDGER] + b" "}),
        "data/plans/2023/ledger.jsonl",
        {"changed", "oxum"},
    ),
    "a missing file": (lambda f: f.pop(LEDGER), "data/plans/2023/ledger.jsonl", {"missing", "oxum"}),
    "a file more": (lambda f: f.update({"T-2023/data/x": b""}), "data/x", {"extra", "oxum"}),
    "another checkpoint": (
        lambda f: f.update({"T-2023/bag-info.txt": f["T-2023/bag-info.txt"].replace(b"T-2023#2", b"T-2023#3")}),
        "bag-info.txt",
        {"changed"},
    ),
    "no manifest": (
        lambda f: [f.pop(f"T-2023/manifest-sha{bits}.txt") for bits in (256, 512)],
        "manifest-sha256.txt",
        {"no-manifest"},
    ),
    "an unreadable manifest": (
        lambda f: f.update({"T-2023/manifest-sha256.txt": b"\xff\n"}),
        "manifest-sha256.txt",
        {"manifest-form", "changed"},
    ),
    "another version": (lambda f: f.update({"T-2023/bagit.txt": b"BagIt-Version: 9\n"}), "bagit.txt", {"no-bag"}),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_bag_is_found(drawn: County, tmp_path: Path, how: str) -> None:
    change, name, why = TAMPERED[how]
    path = rewritten(archived(drawn), lambda files: change(files) and None, tmp_path / "T-2023.zip")

    with read_bag(path) as bag:
        faults = bag.faults()
        with pytest.raises(Refusal):
            bag.sound()

    assert name in {fault.name for fault in faults}
    assert {fault.why for fault in faults} == why


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.update({"T-2023/data/../../x": b""}), "不合规定"),
        (lambda f: f.update({"/etc/x": b""}), "不合规定"),
        (lambda f: f.update({"T-2023/data/a\\..\\b": b""}), "不合规定"),
        (lambda f: f.update({"C:/x": b""}), "不合规定"),
        (lambda f: f.update({"other/x": b""}), "不是 BagIt"),
        (lambda f: f.pop("T-2023/bagit.txt"), "不是 BagIt"),
        (lambda f: f.update({"T-2023/data/bomb": bytes(64 << 20)}), "不相称"),
    ],
)
def test_what_must_not_be_unpacked_is_refused(
    drawn: County, tmp_path: Path, change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    path = rewritten(archived(drawn), lambda files: change(files) and None, tmp_path / "T-2023.zip")

    with pytest.raises(Refusal, match=told) as refused:
        read_bag(path)

    assert refused.value.exit_code == 4


def test_too_many_files_a_name_twice_and_no_zip_at_all_are_refused(
    drawn: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived(drawn)
    twice = tmp_path / "twice.zip"
    shutil.copy(path, twice)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as file:
        file.writestr(LEDGER, b"other")
    (tmp_path / "text.zip").write_text("不是", encoding="utf-8")
    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[:-40])

    for bad, told in ((twice, "同名"), (tmp_path / "text.zip", "不是 zip"), (tmp_path / "cut.zip", "不能读")):
        with pytest.raises(Refusal, match=told):
            read_bag(bad)
    monkeypatch.setattr("shuangsuiji.files.bag.reading.MOST_FILES", 5)
    with pytest.raises(Refusal, match="太多"):
        read_bag(path)


def test_damaged_bytes_inside_the_zip_are_found(drawn: County, tmp_path: Path) -> None:
    content = bytearray(archived(drawn).read_bytes())
    content[200:210] = bytes(10)
    path = tmp_path / "T-2023.zip"
    path.write_bytes(content)

    try:
        with read_bag(path) as bag:
            found = [fault.why for fault in bag.faults()]
    except Refusal as refusal:
        found = [refusal.code]

    assert found


def test_a_crash_while_writing_leaves_nothing_and_the_next_archive_sweeps_its_rest(
    drawn: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shuangsuiji.files.bag.writing._fill", full)
        answer = drawn.ssj("archive", "--json")
    assert (answer.code, answer.json["error"]) == (4, "write-failed")
    assert list((drawn.root / "archive").iterdir()) == []

    (drawn.root / "archive/.ssj-T-2023-rest").write_bytes(b"x")
    archived(drawn)
    assert [path.name for path in (drawn.root / "archive").iterdir()] == ["T-2023.zip"]


def test_manifests_carry_any_name_there_and_back() -> None:
    names = {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("data/95%.jpg", "data/a\nb", "data/甲 乙", "d%0A")
    }

    assert read_manifest(manifest(names)) == names
    assert b"data/95%25.jpg" in manifest(names)


def test_bag_info_is_one_line_each_and_reads_folded_lines() -> None:
    assert info([("A", "甲\n乙: 丙"), ("B", " ")]) == "A: 甲 乙: 丙\n".encode()
    assert read_info("A: 一\n  二\nB: 三:四\n".encode()) == {"A": "一 二", "B": "三:四"}


def test_the_answer_for_programs_lists_every_file_with_its_digest(drawn: County) -> None:
    answer = drawn.ssj("archive", "--json")
    said = json.loads(answer.out)

    ledger = (drawn.dossier / "ledger.jsonl").read_bytes()
    assert said["payload"]["plans/2023/ledger.jsonl"] == hashlib.sha256(ledger).hexdigest()
    assert said["files"] == len(said["payload"])
    assert said["fresh"] is True
