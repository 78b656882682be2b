"""A crash, a full disk, two commands at once, a changed file: the ledger stays whole and the next command goes on."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shuangsuiji.core.ledger.chain import read_chain
from shuangsuiji.files import ledger as ledger_file
from shuangsuiji.files import lock, whole
from tests.conftest import SUBJECTS, County


def lines(county: County) -> list[bytes]:
    return (county.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def test_an_unfinished_last_line_is_set_aside_and_the_draw_goes_on(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    sealed, drawn = lines(county)
    (county.dossier / "ledger.jsonl").write_bytes(sealed + drawn[:200])
    _remove(county.dossier / "result")

    answer = county.ssj("draw", "--seed", "1", "--no-sheets", "--json")

    assert (answer.code, answer.json["checkpoint"]["lines"]) == (0, 2)
    assert (county.dossier / "ledger.unfinished").read_bytes() == drawn[:200]
    read_chain((county.dossier / "ledger.jsonl").read_bytes())


def test_a_changed_ledger_line_is_refused_with_its_number(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    sealed, drawn = lines(county)
    (county.dossier / "ledger.jsonl").write_bytes(sealed.replace("经办人".encode(), "别的人".encode()) + drawn)

    answer = county.ssj("draw")

    assert answer.code == 4
    assert "第2行不对：与上一行的摘要对不上。台账可能被改动过，没有写入任何内容。" in answer.err


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b'"seq":2', b'"seq":3', "序号不连续"),
        (b'{"seq":2', b'"seq":2', "不是 JSON"),
        (b'"kind":"drawn"', b'"kind":"drown"', "记录的事件不认识"),
        (b',"by":', b',"xy":', "缺少或多出了字段"),
    ],
)
def test_every_kind_of_damage_is_named(county: County, old: bytes, new: bytes, why: str) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    sealed, drawn = lines(county)
    (county.dossier / "ledger.jsonl").write_bytes(sealed + drawn.replace(old, new))

    answer = county.ssj("draw")

    assert answer.code == 4
    assert f"第2行不对：{why}。" in answer.err


def test_what_was_sealed_before_a_crash_is_drawn_even_when_rosters_changed(county: County) -> None:
    whole_draw = county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json
    (county.dossier / "ledger.jsonl").write_bytes(lines(county)[0])
    _remove(county.dossier / "result")
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")

    answer = county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json

    assert answer["pool_digest"] == whole_draw["pool_digest"]
    assert answer["strata"] == whole_draw["strata"]


def test_a_sealed_pool_that_was_changed_is_refused(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    (county.dossier / "ledger.jsonl").write_bytes(lines(county)[0])
    _remove(county.dossier / "result")
    pool = county.dossier / "pool" / "subjects.csv"
    pool.write_bytes(pool.read_bytes().replace("甲宾馆".encode(), "假宾馆".encode()))

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 4
    assert "内容与 SHA256SUMS 不符。封存后名册不能改动。" in answer.err


def test_a_pool_left_by_a_crash_before_the_ledger_is_replaced(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    (county.dossier / "ledger.jsonl").unlink()
    _remove(county.dossier / "result")
    county.write("rosters/subjects.csv", SUBJECTS + "Z9,新宾馆,公共场所,东\n")

    answer = county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json

    assert answer["strata"][0]["population"] == 6
    assert "新宾馆" in (county.dossier / "pool/subjects.csv").read_text("utf-8")


def test_a_full_disk_at_any_write_leaves_a_whole_ledger_and_the_next_draw_goes_on(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    failed = 0
    for fail_at in range(1, 60):
        calls = 0

        def full(handle: int) -> None:
            nonlocal calls
            calls += 1
            if calls == fail_at:  # noqa: B023 - called within this round only
                raise OSError(errno.ENOSPC, "No space left on device")
            real(handle)

        for module in (whole, ledger_file):
            monkeypatch.setattr(module.os, "fsync", full)
        answer = county.ssj("draw", "--seed", "1", "--no-sheets")
        monkeypatch.setattr(os, "fsync", real)
        if answer.code == 0:
            break
        failed += 1
        assert answer.code == 4
        assert "磁盘已满" in answer.err
        ledger = county.dossier / "ledger.jsonl"
        events = [e.event["kind"] for e in read_chain(ledger.read_bytes())[0]] if ledger.exists() else []
        assert events in ([], ["sealed", "drawn"])
        assert not list(county.root.rglob(".ssj-*"))
        after = county.ssj("draw", "--seed", "1", "--no-sheets")
        assert after.code == (3 if events else 0)
        assert (county.dossier / "result" / "draw.json").exists()
        for path in sorted(county.dossier.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        county.dossier.rmdir()
    assert failed >= 12


def test_who_holds_the_lock_is_told_to_whoever_waits_in_vain(county: County) -> None:
    with lock.locked(county.dossier, by="张三", at="2023-05-09T10:12:00+08:00", command="draw"):
        script = (
            "import sys\nfrom shuangsuiji.files import lock\nlock.WAIT_SECONDS = 0.2\n"
            "lock.locked.__wrapped__.__kwdefaults__['wait'] = 0.2\n"
            "from shuangsuiji.cli.main import main\nmain(sys.argv[1:])"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, "draw", "-C", str(county.root), "--seed", "1"],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )

    assert done.returncode == 4
    told = done.stderr.decode()
    assert "“2023”正被另一条命令使用（张三，2023-05-09 10:12 起，ssj draw，进程" in told
    assert not (county.dossier / "ledger.jsonl").exists()


def test_two_draws_at_once_give_one_draw(county: County) -> None:
    command = [sys.executable, "-m", "shuangsuiji", "draw", "-C", str(county.root), "--no-sheets", "--json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    answers = [(process.communicate()[0], process.returncode) for process in both]

    assert sorted(code for _, code in answers) == [0, 3]
    entries, _ = read_chain((county.dossier / "ledger.jsonl").read_bytes())
    assert [entry.event["kind"] for entry in entries] == ["sealed", "drawn"]
    winner = next(json.loads(out) for out, code in answers if code == 0)
    assert winner["seed"] == entries[1].event["seed"]


def test_a_killed_draw_leaves_nothing_that_hinders_the_next(county: County) -> None:
    command = [sys.executable, "-m", "shuangsuiji", "draw", "-C", str(county.root), "--seed", "1"]
    for wait in (0.25, 0.35, 0.45, 0.55):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()

        assert county.ssj("draw", "--seed", "1").code in {0, 3}
        read_chain((county.dossier / "ledger.jsonl").read_bytes())
        assert len(list((county.dossier / "sheets").iterdir())) == 5
        _remove(county.dossier)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_a_bug_ends_in_a_file_and_one_sentence(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuangsuiji.actions.check.gather", lambda *_: 1 / 0)

    answer = county.ssj("check")

    assert answer.code == 70
    assert "程序出错了（不是您的操作问题）。出错记录：" in answer.err
    assert "Traceback" not in answer.err
    report = Path(answer.err.split("出错记录：")[1].split("，")[0])
    assert "ZeroDivisionError" in report.read_text("utf-8")
    report.unlink()


def test_ctrl_c_is_a_sentence(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shuangsuiji.actions.check.gather", interrupted)

    answer = county.ssj("check")

    assert (answer.code, answer.err) == (130, "已中断。没有写完的内容不算数，可以重新运行。\n")
