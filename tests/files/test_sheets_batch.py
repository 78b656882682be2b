"""One process or several: the same files, the same bytes, and errors that are no riddles."""

import subprocess
import sys
from dataclasses import replace

import pytest

from shuangsuiji.files.sheets import batch, pool, write_sheets
from tests.files.test_sheets_example import county


def quiet(done, total):
    pass


def contents(paths):
    return {path.name: path.read_bytes() for path in paths}


@pytest.fixture
def several(monkeypatch):
    """Processes are used even for a handful of inspectors."""
    monkeypatch.setattr(batch, "WORTH_IT", 1)
    monkeypatch.setattr(batch, "CHUNK", 3)


@pytest.fixture
def alone(tmp_path):
    folder = tmp_path / "alone"
    folder.mkdir()
    return contents(write_sheets(folder, county(8, 12), workers=1, progress=quiet))


@pytest.fixture
def together(tmp_path):
    folder = tmp_path / "together"
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("several")
def test_several_processes_give_the_same_bytes_as_one(alone, together):
    told = []

    paths = write_sheets(together, county(8, 12), workers=2, progress=lambda *counts: told.append(counts))

    assert contents(paths) == alone
    assert [path.name for path in paths] == list(alone)
    assert sorted(told) == told
    assert told[-1] == (len(paths), len(paths))


@pytest.mark.usefixtures("several")
def test_where_no_processes_can_be_had_one_does_it_all(alone, together, monkeypatch):
    def none(*_):
        raise pool.NoProcessesError

    monkeypatch.setattr(pool, "each_result", none)

    assert contents(write_sheets(together, county(8, 12), workers=2, progress=quiet)) == alone


@pytest.mark.usefixtures("several")
def test_an_error_of_the_disk_passes_through_from_another_process(tmp_path):
    (tmp_path / "taken").write_text("no folder")

    with pytest.raises(OSError, match="taken"):
        write_sheets(tmp_path / "taken", county(8, 12), workers=2, progress=quiet)


def test_an_error_of_the_disk_passes_through(tmp_path):
    (tmp_path / "taken").write_text("no folder")

    with pytest.raises(OSError, match="taken"):
        write_sheets(tmp_path / "taken", county(8, 12), workers=1, progress=quiet)


def test_inspectors_whose_ids_differ_in_case_only_get_a_file_each(tmp_path):
    briefing = county(8, 12)
    first, *others = briefing.assignments
    team = (first.team[0]._replace(inspector="a01", name="张三"), first.team[1]._replace(inspector="A01", name="张三"))

    paths = write_sheets(
        tmp_path, replace(briefing, assignments=(first._replace(team=team), *others)), workers=1, progress=quiet
    )

    names = [path.name for path in paths]
    assert len({name.casefold() for name in names}) == len(names)
    assert {"任务单_A01_张三.xlsx", "任务单_a01_张三_2.xlsx"} <= set(names)


def test_importing_the_room_does_not_import_the_heavy_library():
    code = "import sys, shuangsuiji.files.sheets; print(sorted({'xlsxwriter', 'multiprocessing'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
