"""When tasks were issued (下达): with sheets at the draw, with sheets made later, or otherwise, as somebody says."""

import json

import pytest

from tests.conftest import County
from tests.year.returning import Clock

LIST = """\
抽查任务,单位名称,对象编号,执法证号
学校卫生,二小,B2,P2、P3
"""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(monkeypatch)
    made("2023-05-08T09:00")
    return made


def kinds(county: County) -> list[str]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"]["kind"] for line in lines]


def lists(county: County) -> list[tuple[str, str]]:
    found = county.ssj("deadlines", "--all", "--within", "30d", "--json").json["deadlines"]
    return [(d["status"], d["done_on"]) for d in found if d["clock"] == "task-list"]


def receive(county: County, *words: str) -> None:
    county.write("list.csv", LIST)
    paper = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-05-04")
    county.ssj("receive", str(county.root / "list.csv"), *paper, *words)


def test_a_draw_with_sheets_issues_its_tasks(county: County, clock: Clock) -> None:
    county.ssj("draw", "--seed", "1")

    assert kinds(county) == ["sealed", "drawn"]
    assert lists(county) == [("done", "2023-05-08")]
    clock("2023-06-08T09:00")
    county.ssj("draw")
    assert kinds(county) == ["sealed", "drawn"]


def test_sheets_made_later_issue_them_then_and_only_once(county: County, clock: Clock) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    assert lists(county) == [("due", "")]
    clock("2023-05-16T09:00")
    assert lists(county) == [("overdue", "")]

    county.ssj("draw")
    for path in (county.dossier / "sheets").iterdir():
        path.unlink()
    county.ssj("draw")

    assert kinds(county) == ["sealed", "drawn", "issued"]
    assert lists(county) == [("done-late", "2023-05-16")]


def test_what_crashed_between_sheets_and_ledger_is_made_good(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.ssj("draw")
    ledger = county.dossier / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:2]))

    county.ssj("draw")

    assert kinds(county) == ["sealed", "drawn", "issued"]


def test_a_received_list_is_issued_with_its_sheets_or_with_those_made_later(county: County, clock: Clock) -> None:
    receive(county, "--no-sheets")
    assert lists(county) == [("due", "")]
    clock("2023-05-12T09:00")

    receive(county)
    receive(county)

    assert kinds(county) == ["received", "issued"]
    assert lists(county) == [("done-late", "2023-05-12")]


def test_tasks_issued_otherwise_are_said_to_be(county: County, clock: Clock) -> None:
    receive(county, "--no-sheets")
    clock("2023-05-16T09:00")

    answer = county.ssj("note", "issued", "--title", "经移动执法终端下达", "--on", "2023-05-09")

    assert answer == (0, "已记入台账：R1的任务已于 2023-05-09 下达（经移动执法终端下达）。\n", "")
    assert lists(county) == [("done", "2023-05-09")]
    assert county.ssj("status", "--json").json["plans"][0]["next"]["step"] == "issue"
    receive(county)  # sheets may follow; the first word on the issue stands
    assert kinds(county) == ["received", "issued"]


@pytest.mark.usefixtures("clock")
def test_one_source_may_be_named_and_programs_are_told(county: County) -> None:
    county.plan(("ratio: 50%", "ratio: 100%"), more="frequency:\n")
    receive(county, "--no-sheets")
    county.ssj("draw", "--seed", "1", "--no-sheets")

    told = county.ssj("note", "issued", "--title", "当面", "--source", "R1", "--json").json

    assert told["issued"] == [{"on": "2023-05-08", "source": "R1", "text": "当面"}]
    assert sorted(lists(county)) == [("done", "2023-05-08"), ("due", "")]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--on", "2023-05-07", "--title", "x"], 3, "2023-05-07 早于本级抽取的日期 2023-05-08。"),
        (["--title", "x", "--source", "R9"], 2, "没有“R9”这份清单。"),
        ([], 2, "没有写怎样下达的。"),
        (["--title", "x", "--people", "3"], 2, "issued 不用 --people、--text"),
    ],
)
@pytest.mark.usefixtures("clock")
def test_a_wrong_word_on_the_issue_is_refused(county: County, words: list[str], code: int, says: str) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    before = county.files()

    answer = county.ssj("note", "issued", *words)

    assert (answer.code, answer.out, county.files()) == (code, "", before)
    assert says in answer.err


def test_what_is_issued_is_not_said_twice(county: County) -> None:
    nothing = county.ssj("note", "issued", "--title", "x")
    county.ssj("draw", "--seed", "1")

    answer = county.ssj("note", "issued", "--title", "x")

    assert (nothing.code, answer.code) == (3, 3)
    assert "本方案还没有任务" in nothing.err
    assert "任务已经下达，没有重复登记（本级抽取 " in answer.err
    assert county.ssj("note", "training", "--title", "x", "--source", "R1").code == 2
