"""A computer's clock that was set back, or once ran years ahead, stops nobody: it is said, and the line keeps its time."""

import json

import pytest

from shuangsuiji.core.ledger.times import SetBack, set_back
from tests.conftest import County
from tests.year.returning import Clock

NOTE = ("note", "training", "--title")
VISIT = ("--subject", "A1", "--stratum", "GGCS", "--document", "1号", "--inspector", "P1", "--inspector", "P2")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def times(county: County) -> list[str]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["at"][:16] for line in lines]


def test_a_clock_set_back_is_said_with_both_times_and_the_entry_keeps_its_own(county: County, clock: Clock) -> None:
    clock("2023-05-09T10:00")
    county.ssj(*NOTE, "甲")
    clock("2023-05-08T09:30")

    answer = county.ssj(*NOTE, "乙", "--json")

    assert (answer.code, answer.json["ok"]) == (0, True)
    assert answer.err == (
        "提醒  电脑时间是 2023-05-08 09:30，早于台账上一行（第1行）的录入时间 2023-05-09 10:00。已照电脑时间记入台账，"
        "没有停下。请核对电脑的日期和时间：现在不对的，先改正再办下一项；上一行不对的，不用处理。"
        "ssj status 会列出这样的行。\n"
    )
    assert times(county) == ["2023-05-09T10:00", "2023-05-08T09:30"]


@pytest.mark.parametrize(
    "words",
    [
        ("draw", "--seed", "1", "--no-sheets"),
        ("receive", "list.csv", "--drawn-by", "省", "--document", "1号", "--on", "2023-04-01", "--no-sheets"),
        ("record", "--otherwise", "投诉", *VISIT),
    ],
    ids=["draw", "receive", "record"],
)
def test_every_command_that_writes_says_it(county: County, clock: Clock, words: tuple[str, ...]) -> None:
    county.write("list.csv", "单位名称,专业,执法证号\n甲宾馆,公共场所,P1、P2\n")
    clock("2023-05-09T10:00")
    county.ssj(*NOTE, "甲")
    clock("2023-05-08T09:30")

    answer = county.ssj(*(str(county.root / word) if word == "list.csv" else word for word in words))

    assert answer.code == 0
    assert "提醒  电脑时间是 2023-05-08 09:30，早于台账上一行（第1行）的录入时间 2023-05-09 10:00。" in answer.err


def test_ten_minutes_between_two_computers_are_nothing(county: County, clock: Clock) -> None:
    clock("2023-05-09T10:00")
    county.ssj(*NOTE, "甲")
    clock("2023-05-09T09:50")

    assert county.ssj(*NOTE, "乙").err == ""


def test_a_clock_that_ran_years_ahead_once_is_said_once_and_locks_nothing(county: County, clock: Clock) -> None:
    for number, moment in enumerate(("2023-05-09T10:00", "2099-01-01T00:00", "2023-05-09T10:20", "2023-05-09T10:30")):
        clock(moment)
        answer = county.ssj(*NOTE, f"第{number}次")
        assert answer.code == 0
        assert ("电脑时间" in answer.err) == (number == 2)

    assert "台账第3行的录入时间 2023-05-09 10:20 早于上一行的 2099-01-01 00:00：" in county.ssj("status").out
    [plan] = county.ssj("status", "--json").json["plans"]
    assert [(line["line"], line["at"][:16], line["before"][:16]) for line in plan["set_back"]] == [
        (3, "2023-05-09T10:20", "2099-01-01T00:00")
    ]


def test_times_are_compared_as_moments_and_what_is_no_time_is_passed_over() -> None:
    east, west = "2023-05-09T10:00:00+08:00", "2023-05-09T03:00:00+00:00"

    assert list(set_back([east, west, east, "2023-05-09T09:00:00+08:00"])) == [
        SetBack(3, east, west),
        SetBack(4, "2023-05-09T09:00:00+08:00", east),
    ]
    assert list(set_back([east, "t", "2023-01-01", east])) == []
