"""One county's year: an own draw and a received list, recusal, sick leave, a refusal, a void, results, a penalty."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import County
from tests.year.returning import Clock, fill, sheet_of, tasks_in

LIST = """\
单位名称,抽查任务,检查人员
青禾县人民医院,医疗卫生,监督员06、监督员09
青禾县人民医院,传染病防治,监督员06、监督员09
某某已注销诊所,医疗卫生,监督员06、监督员09
"""


class Year:
    """The county with its clock; every answer as JSON."""

    def __init__(self, county: County, clock: Clock):
        self.county, self.clock = county, clock

    def at(self, moment: str) -> None:
        self.clock(moment)

    def ssj(self, *words: str, code: int = 0) -> Any:
        answer = self.county.ssj(*words, "--json")
        assert answer.code == code, answer.out + answer.err
        return answer.json

    def numbers(self) -> tuple[int, ...]:
        """Tasks: all, open, checked, done, published, closed."""
        plan = self.ssj("status")["plans"][0]
        return tuple(plan[name] for name in ("tasks", "open", "checked", "done", "published", "closed"))

    def used(self, source: str = "") -> tuple[int, int, int]:
        """Of the limit: done, pending, total."""
        sources = {one["source"]: one["adjusted"] for one in self.ssj("status")["plans"][0]["sources"]}
        return tuple(sources[source][name] for name in ("done", "pending", "total"))

    def clocks(self, clock: str, *words: str) -> list[tuple[str, str, str]]:
        """Task, due, status of one kind of clock."""
        found = json.loads(self.county.ssj("deadlines", "--json", "--all", "--within", "400d", *words).out)
        return sorted((one["task"], one["due"], one["status"]) for one in found["deadlines"] if one["clock"] == clock)

    def team(self, visit: str) -> set[str]:
        return {row[1] for row in self.county.read("result/teams.csv") if row[0] == visit}


@pytest.fixture
def year(sample: County, monkeypatch: pytest.MonkeyPatch) -> Year:
    return Year(sample, Clock(monkeypatch))


def test_a_county_runs_its_whole_year(year: Year, tmp_path: Path) -> None:  # noqa: PLR0915 - a year is long
    # May: the own draw, and the province's list
    year.at("2023-05-09T10:00")
    drawn = year.ssj("draw", "--seed", "2023")
    assert (drawn["tasks"], drawn["visits"], year.numbers()) == (132, 94, (132, 132, 0, 0, 0, 0))

    year.at("2023-05-10T09:00")
    (tmp_path / "省抽.csv").write_text(LIST, encoding="utf-8")
    received = year.ssj(
        "receive", str(tmp_path / "省抽.csv"), "--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号"
    )
    assert (received["source"], received["verifiable"], received["unmatched"]) == ("R1", False, ["X0001"])
    assert year.numbers() == (135, 135, 0, 0, 0, 0)

    # A firm asks for a recusal: only that place changes
    before = {row[0]: year.team(row[0]) for row in year.county.read("result/teams.csv")}
    year.at("2023-05-12T09:00")
    leaves = min(before["QH00001"])
    year.ssj(
        "adjust",
        "recuse",
        "--visit",
        "QH00001",
        "--inspector",
        leaves,
        "--asked-by",
        "firm",
        "--reason",
        "亲属",
        "--seed",
        "a",
    )
    after = {visit: year.team(visit) for visit in before}
    assert {visit for visit in before if before[visit] != after[visit]} == {"QH00001"}
    assert leaves not in after["QH00001"]
    assert len(after["QH00001"]) == 2
    assert year.used() == (0, 0, 13)

    # Sick leave: pending until the third approval is in
    year.at("2023-05-20T09:00")
    year.ssj(
        "adjust",
        "replace",
        "--inspector",
        "13012900116",
        "--why",
        "illness",
        "--reason",
        "住院",
        "--approval",
        "青禾县卫生健康局=青卫〔2023〕11号@2023-05-19",
        "--seed",
        "b",
    )
    assert year.used() == (0, 1, 13)
    assert {visit: year.team(visit) for visit in before} == after
    year.ssj(
        "adjust",
        "approve",
        "A1",
        "--level",
        "市卫生健康委",
        "--document",
        "市卫〔2023〕20号",
        "--on",
        "2023-05-19",
        "--seed",
        "b",
    )
    assert year.used() == (0, 1, 13)
    year.ssj(
        "adjust",
        "approve",
        "A1",
        "--level",
        "省卫生健康委综合监督处",
        "--document",
        "省卫〔2023〕5号",
        "--on",
        "2023-05-20",
        "--seed",
        "b",
    )
    assert year.used() == (1, 0, 13)
    replaced = {visit: year.team(visit) for visit in before}
    assert all("13012900116" not in team and len(team) == 2 for team in replaced.values())
    assert {v for v in after if replaced[v] != after[v]} == {v for v in after if "13012900116" in after[v]}

    # The next replacement would be 2 of 13, above 15 %: refused, nothing written
    files = year.county.files()
    refused = year.ssj(
        "adjust", "replace", "--inspector", "13012900101", "--why", "transfer", "--reason", "调离", code=3
    )
    assert "2/13 = 15.38%，超过 15%" in refused["message"]
    assert year.county.files() == files

    # The province closes a task that was entered twice
    year.ssj(
        "adjust",
        "void",
        "--task",
        "R1/YLWS/X0001",
        "--why",
        "duplicate",
        "--reason",
        "重卡",
        "--document",
        "省卫〔2023〕9号",
    )
    assert year.numbers() == (135, 134, 0, 0, 0, 1)

    # June: an inspector sends back his sheet, results of all four classes
    year.at("2023-06-01T17:00")
    sheet = sheet_of(year.county, "13012900103")
    first, second, third, fourth = tasks_in(sheet)[:4]
    day = "2023-06-01"
    returned = fill(
        sheet,
        tmp_path / "返回" / "监督员03.xlsx",
        {
            first: {"check_ended": _at(f"{day}T09:30"), "outcome": "未发现问题"},
            second: {
                "check_ended": _at(f"{day}T10:30"),
                "outcome": "发现问题已责令改正",
                "problems": "未公示许可证",
                "correction_ordered_on": _at(day).date(),
                "correct_by": _at("2023-06-15").date(),
            },
            third: {
                "check_ended": _at(f"{day}T11:30"),
                "case_filed_on": _at(day).date(),
                "case_no": "青卫立〔2023〕1号",
            },
            fourth: {"check_ended": _at(f"{day}T14:30"), "outcome": "无法联系", "reason": "已搬迁"},
        },
    )
    told = year.ssj("record", str(returned.parent))
    assert sorted(told["recorded"]) == sorted([first, second, third, fourth])
    assert year.numbers() == (135, 130, 1, 3, 0, 1)
    assert year.ssj("record", str(returned.parent))["events"] == 0
    assert year.clocks("result-public") == [(task, "2023-06-30", "due") for task in sorted([first, second, fourth])]
    assert year.clocks("follow-up") == [(second, "2023-06-15", "due")]

    # The penalty is decided: seven working days over the Dragon Boat Festival
    year.at("2023-06-16T09:00")
    year.ssj(
        "record",
        "--task",
        third,
        "--outcome",
        "行政处罚",
        "--set",
        "处罚决定日期=2023-06-16",
        "--set",
        "处罚决定书文号=青卫罚〔2023〕1号",
        "--set",
        "罚款金额（元）=2000",
    )
    assert year.numbers() == (135, 130, 0, 4, 0, 1)
    assert year.clocks("penalty-public") == [(third, "2023-06-28", "due")]
    assert year.clocks("follow-up") == [(second, "2023-06-15", "overdue")]

    # Late follow-up, publication in time, a correction that keeps the old value
    year.ssj("record", "--task", second, "--set", "复查日期=2023-06-16", "--set", "复查结果=已改正")
    assert year.clocks("follow-up") == [(second, "2023-06-15", "done-late")]
    year.at("2023-06-20T09:00")
    for task in (first, second, fourth):
        year.ssj("record", "--task", task, "--set", "published=2023-06-20")
    assert year.clocks("result-public") == [(task, "2023-06-30", "done") for task in sorted([first, second, fourth])]
    assert year.numbers() == (135, 130, 0, 4, 3, 1)
    corrected = year.ssj("record", "--task", first, "--set", "存在的主要问题=台账不全")
    assert corrected["events"] == 1

    # A complaint, training, and the year's rates with their formulas
    year.ssj(
        "record",
        "--otherwise",
        "投诉",
        "--subject",
        "QH00500",
        "--stratum",
        "GGCS",
        "--document",
        "诉1号",
        "--inspector",
        "13012900101",
        "--inspector",
        "13012900104",
    )
    year.ssj("note", "training", "--title", "业务培训", "--people", "15")
    plan = year.ssj("status")["plans"][0]
    assert (plan["otherwise"]["tasks"], plan["notes"]["training"]) == (1, 1)
    assert plan["rates"]["done"] == {"part": 4, "whole": 135, "percent": "2.96%"}
    assert plan["rates"]["finished"] == {"part": 5, "whole": 135, "percent": "3.70%"}
    assert plan["rates"]["published"] == {"part": 3, "whole": 4, "percent": "75.00%"}


def _at(text: str) -> Any:
    from datetime import datetime  # noqa: PLC0415

    return datetime.fromisoformat(text)
