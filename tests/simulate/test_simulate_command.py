"""``ssj simulate`` on the screen, for programs, as a page; it writes nothing else and ends when told to."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import County
from tests.simulate.quiet import PLACES, PLAN, SCHOOLS, make
from tests.verify.browser import browser, needs_chromium


@pytest.fixture
def quiet(county: County) -> County:
    return make(county)


def test_the_tables_and_the_sentence_that_this_is_no_draw(quiet: County) -> None:
    answer = quiet.ssj("simulate", "--seeds", "30")

    assert answer.code == 0
    assert "模拟不是抽取" in answer.out
    assert "由文字“simulate”推出" in answer.out
    for caption in ("抽中机会", "每人工作量", "最常同组的搭档", "缺席：", "查到的比例", "该改什么"):
        assert caption in answer.out
    assert "按信用风险等级" not in answer.out  # nobody has one
    assert "不能预知" not in answer.out
    assert answer.err == ""  # no progress where nobody watches


def test_nothing_is_written_and_the_same_word_gives_the_same_figures(quiet: County) -> None:
    before = quiet.files()

    first, again, other = (quiet.ssj("simulate", "--json", "--seeds", "30", "--from", word).json for word in "aab")

    assert quiet.files() == before
    assert first == again
    assert first["inspectors"] != other["inspectors"] or first["subjects"] != other["subjects"]
    assert first["seed_line"] == "ssj1|simulate|1|1|a"
    assert [row["expected"] for row in first["strata"]] == [None, None]  # a rule of coverage: no short formula


def test_two_processes_count_the_same_as_one(quiet: County) -> None:
    one, two = (quiet.ssj("simulate", "--json", "--seeds", "120", "--jobs", jobs) for jobs in "12")

    assert two.code == 0
    assert one.out == two.out


def test_the_work_is_done_here_where_no_process_can_be_begun(quiet: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no semaphores")

    alone = quiet.ssj("simulate", "--json", "--seeds", "60", "--jobs", "1").out
    monkeypatch.setattr("shuangsuiji.actions.spread.ProcessPoolExecutor", refused)

    assert quiet.ssj("simulate", "--json", "--seeds", "60", "--jobs", "2").out == alone


def test_the_figures_for_programs(quiet: County) -> None:
    told = quiet.ssj("simulate", "--json", "--seeds", "30", "--years", "3", "--turnover", "10%").json

    assert told["ok"] is True
    assert (told["seeds"], told["years"], told["turnover"], told["announced"], told["drawn"]) == (
        30,
        3,
        0.1,
        False,
        False,
    )
    assert told["visits"] == {"separate": 15.0, "merged": 15.0, "fewest": 15, "most": 15, "merges": True, "saved": 0.0}
    assert sum(row["mean"] for row in told["inspectors"]) == pytest.approx(30)
    assert len(told["subjects"]) == 30
    assert {one["verdict"] for one in told["absences"]} == {"feasible"}
    assert [row["drawn"] for row in told["coverage"]] == [
        {"1": [10, 10], "2": [10, 10], "3": [10, 10]},
        {"1": [5, 5], "2": [5, 5], "3": [5, 5]},
    ]
    assert told["infeasible"] == {"seeds": 0, "first": []}


def test_of_a_public_or_sealed_plan_it_says_that_nothing_is_predicted(quiet: County) -> None:
    public = PLAN + "seed: {mode: public, sources: [ssq:2023099, dlt:23098], known_on: 2023-09-01}\n"
    make(quiet, plan=public)

    assert "模拟不能预知谁会抽中" in quiet.ssj("simulate", "--seeds", "5").out
    make(quiet)
    quiet.ssj("seal")
    assert "模拟不能预知谁会抽中" in quiet.ssj("simulate", "--seeds", "5").out
    quiet.ssj("draw", "--seed", "1", "--no-sheets")
    told = quiet.ssj("simulate", "--seeds", "5").out
    assert "已经抽取：模拟与抽取结果无关" in told
    assert "真正的种子还没有产生" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--turnover", "4"), "--turnover 不能是“4”"),
        (("--seeds", "0"), "“--seeds”的值不对：不能小于 1。"),
        (("--seeds", "1000000000"), "“--seeds”的值不对：不能大于 1000000。"),
        (("--years", "一百"), "“--years”的值不对：应是数字。"),
        (("--html", "plans/2023/public/x.html"), "不能写到"),
        (("--html", "rosters/x.html"), "不能写到"),
        (("--html", "模拟.xlsx"), "后缀不是 .html"),
        (("--html", "没有/模拟.html"), "上级文件夹不存在"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_done(quiet: County, words: tuple[str, str], said: str) -> None:
    before = quiet.files()

    option, value = words
    answer = quiet.ssj("simulate", option, str(quiet.root / value) if option == "--html" else value)

    assert answer.code == 2
    assert said in answer.err
    assert quiet.files() == before


def test_faulty_rosters_are_shown_as_in_check(quiet: County) -> None:
    quiet.write("rosters/inspectors.csv", "执法证号,姓名,专业\nP1,监督员01,公共场所\n")

    answer = quiet.ssj("simulate")

    assert answer.code == 1
    assert "可派的执法人员只有" in answer.err


def test_the_page_is_one_file_without_script_and_says_what_the_screen_says(quiet: County, tmp_path: Path) -> None:
    make(
        quiet,
        subjects=[*PLACES, *SCHOOLS],
        plan=PLAN.replace("公共场所, ratio", "<b>公共&场所, ratio").replace(
            "{code: GGCS, name: <b>公共&场所,", '{code: GGCS, name: "<b>公共&场所",'
        ),
    )
    for name in ("subjects", "inspectors", "items"):
        path = quiet.root / "rosters" / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace("公共场所", "GGCS"), encoding="utf-8")
    page = tmp_path / "模拟.html"
    before = quiet.files()

    answer = quiet.ssj("simulate", "--seeds", "30", "--html", str(page))

    assert answer.code == 0, answer.err
    assert quiet.files() == before
    text = page.read_text("utf-8")
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert "&lt;b&gt;公共&amp;场所" in text
    assert "<b>公共" not in text
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=", text)
    assert "⟦" not in text
    assert text.count("<svg") == 4
    assert "没有发现要改的。" in text


@needs_chromium
def test_the_page_fits_a_phone_and_a_screen(quiet: County, tmp_path: Path) -> None:
    page = tmp_path / "simulation.html"
    quiet.ssj("simulate", "--seeds", "10", "--html", str(page))
    text = page.read_text("utf-8").replace('<html lang="zh-CN">', '<html lang="zh-CN" data-verdict="ok">')
    page.write_text(text, encoding="utf-8")

    with browser(tmp_path / "home") as tab:
        for width in (390, 1280):
            tab.open(page, width)
            assert tab.run("document.documentElement.scrollWidth") <= width
            assert tab.console == []
            assert tab.run(
                "[...document.querySelectorAll('svg')].every((one) => one.getBoundingClientRect().width > 300)"
            )


@pytest.mark.skipif(os.name == "nt", reason="signals are sent to a process group of Unix")
def test_an_interrupt_ends_all_processes_at_once(quiet: County) -> None:
    words = [sys.executable, "-m", "shuangsuiji", "simulate", "-C", str(quiet.root), "--seeds", "100000", "--jobs", "2"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 20
    while len(_children(running.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    children = _children(running.pid)
    time.sleep(0.3)

    os.killpg(running.pid, signal.SIGINT)
    try:
        out, err = running.communicate(timeout=20)
    finally:
        running.kill()

    assert running.returncode == 130
    assert out == b""
    assert err.decode() == "已中断。没有写完的内容不算数，可以重新运行。\n"
    assert len(children) >= 2
    while _alive(children) and time.monotonic() < deadline + 20:
        time.sleep(0.02)  # the one who looks after semaphores goes last
    assert not _alive(children)


def _alive(children: list[int]) -> list[int]:
    return [child for child in children if Path(f"/proc/{child}").exists()]


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(word) for word in found.split()]


def test_the_json_has_no_number_that_json_has_not(quiet: County) -> None:
    text = quiet.ssj("simulate", "--json", "--seeds", "3").out

    json.loads(text, parse_constant=pytest.fail)
