"""Names that become file names, links that lead away, folders and files that cannot be read or written."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from shuangsuiji.files.evidence import look
from tests.conftest import INSPECTORS, County

NAMES = (
    "..",
    "../../外面",
    "CON",
    "con.xlsx",
    "张" * 300,
    "王五...",
    "李/四",
    "赵\\六",
    "a:b|c?",
    "钱\x07\x1b[2J",
    "COM¹",
)


def drawn(county: County) -> County:
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    return county


@pytest.mark.parametrize("name", NAMES)
def test_an_inspectors_name_never_leads_a_sheet_out_of_its_folder(county: County, name: str) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS.replace("监督员01", name))
    before = set(county.root.parent.rglob("*"))

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 0
    new = set(county.root.parent.rglob("*")) - before
    assert all(path.is_relative_to(county.dossier) for path in new)
    sheets = [path.name for path in (county.dossier / "sheets").iterdir()]
    assert all(sheet.startswith("任务") and sheet.endswith(".xlsx") and len(sheet.encode()) <= 240 for sheet in sheets)
    assert not any(set(sheet) & set('<>:"/\\|?*\x07\x1b') for sheet in sheets)


@pytest.mark.parametrize("draw", ["../../x", "..", "a/b", "T 2023", "T-2023\x1b"])
def test_a_draws_id_that_could_be_a_path_is_a_problem(county: County, draw: str) -> None:
    county.plan(("draw: T-2023", f"draw: '{draw}'"))
    before = county.files()

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 1
    assert county.files() == before


@pytest.mark.parametrize("name", ["照片.j:pg", "照片.jp\ng", "x." + "长" * 200, "照片.."])
def test_evidence_keeps_no_name_that_a_system_could_refuse(tmp_path: Path, name: str) -> None:
    path = tmp_path / name[:80]
    path.write_bytes(b"x")

    [evidence] = look([path])

    assert not set(evidence.name) & set('<>:"/\\|?*\n')
    assert len(evidence.name.encode()) <= 240
    assert not evidence.name.endswith((".", " "))


def test_a_template_cannot_include_a_file_from_elsewhere(county: County) -> None:
    drawn(county)
    county.write("secret.html.j2", "秘密")
    county.write("templates/draw.html.j2", '<html>{% include "../secret.html.j2" %}</html>')

    answer = county.ssj("publish", "draw", "--format", "html")

    assert answer.code == 1
    assert "找不到它引用的模板“../secret.html.j2”。" in answer.err


@pytest.mark.parametrize("linked", ["plans", "plans/2023", "plans/2023/received", "plans/2023/ledger.jsonl"])
def test_nothing_is_written_through_a_link(county: County, tmp_path: Path, linked: str) -> None:
    drawn(county)
    elsewhere, path = tmp_path / "elsewhere", county.root / linked
    if path.exists():
        path.rename(elsewhere)
    else:
        elsewhere.mkdir()
    path.symlink_to(elsewhere, target_is_directory=elsewhere.is_dir())
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    answer = county.ssj("draw", "--void", "--reason", "重来", "--document", "测卫〔2023〕1号")

    assert answer.code == 4
    assert f"“{path}”是指向别处的链接，不能往里写：内容会落到工作文件夹之外。没有写入任何内容。" in answer.err
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_an_import_does_not_write_into_a_linked_rosters_folder(county: County, tmp_path: Path) -> None:
    (county.root / "rosters/subjects.csv").rename(tmp_path / "名单.csv")
    (county.root / "rosters").rename(tmp_path / "elsewhere")
    (county.root / "rosters").symlink_to(tmp_path / "elsewhere", target_is_directory=True)

    answer = county.ssj("import", str(tmp_path / "名单.csv"), "--as", "subjects")

    assert answer.code == 4
    assert "是指向别处的链接，不能往里写" in answer.err
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["inspectors.csv", "items.csv"]


def test_a_roster_that_is_a_pipe_or_a_device_is_no_roster(county: County) -> None:
    (county.root / "rosters/items.csv").unlink()
    (county.root / "rosters/items.csv").symlink_to("/dev/zero")

    answer = county.ssj("check")

    assert answer.code == 1
    assert "缺少随机抽查事项清单" in answer.err


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errno.EROFS, "磁盘是只读的"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "可能正被 Excel 或 WPS 打开，或没有写入权限"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_there(
    county: County, monkeypatch: pytest.MonkeyPatch, error: int, told: str
) -> None:
    def unwritable(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    before = county.files()
    monkeypatch.setattr(tempfile, "mkdtemp", unwritable)
    monkeypatch.setattr(tempfile, "mkstemp", unwritable)

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 4
    assert told in answer.err
    assert {name: content for name, content in county.files().items() if "/.lock" not in name} == before


@pytest.mark.parametrize(
    ("words", "opened"),
    [
        (("check",), "items.csv"),
        (("check",), "2023.yaml"),
        (("import", "名单.xlsx", "--as", "items", "--out", "新.xlsx"), "名单.xlsx"),
        (("record", "任务单.xlsx"), "任务单.xlsx"),
    ],
)
def test_a_file_that_excel_holds_open_is_told_by_every_door(
    county: County, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], opened: str
) -> None:
    drawn(county)
    for name in ("名单.xlsx", "任务单.xlsx"):
        county.write(name, b"x")
    monkeypatch.chdir(county.root)
    before = county.files()
    read_bytes = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == opened:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        answer = county.ssj(*words)

    assert answer.code == 1
    assert "打不开这个文件，可能正被 Excel 或 WPS 打开。请先关闭它，再试一次。" in answer.err
    assert county.files() == before


def test_a_result_that_excel_holds_open_is_told_and_the_next_command_writes_it(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county)
    replace = Path.replace

    def locked(path: Path, target: Path) -> Path:
        if Path(target).name == "调整台账.xlsx":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", locked)
        refused = county.ssj("adjust", "log", "--xlsx", str(county.root / "调整台账.xlsx"))

    assert refused.code == 4
    assert "可能正被 Excel 或 WPS 打开，或没有写入权限。" in refused.err
    assert not list(county.root.glob(".ssj-*"))
    assert county.ssj("adjust", "log", "--xlsx", str(county.root / "调整台账.xlsx")).code == 0
