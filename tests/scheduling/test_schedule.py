"""`ssj schedule`: days on record, on the sheets and in calendars; changed only with a reason; told to nobody outside."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from shuangsuiji.core.refusal import Refusal
from tests.conftest import County
from tests.year.returning import Clock, sheet_of

LEAVE = "执法证号,开始日期,结束日期,原因\n"
WIDE = ("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is March, and every local seed is the next number."""
    numbers: Iterator[int] = count(1)
    monkeypatch.setattr("shuangsuiji.cli.schedule.entropy", lambda: f"{next(numbers):064x}")
    clock = Clock(monkeypatch)
    clock("2023-03-20T09:00")
    return clock


@pytest.fixture
def drawn(county: County, clock: Clock) -> County:
    """The small county, every subject of 公共场所 drawn."""
    clock("2023-03-20T09:00")
    county.plan(WIDE)
    assert county.ssj("draw", "--seed", "1").code == 0
    return county


def planned(county: County, *words: str) -> dict[str, str]:
    answer = county.ssj("schedule", "--json", *words)
    assert answer.code == 0, answer.err
    return {visit["visit"]: visit["planned"] for visit in answer.json["visits"]}


def events(county: County) -> list[dict[str, Any]]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines]


def team(county: County, visit: str) -> list[str]:
    return [inspector for name, inspector, _ in county.read("result/teams.csv") if name == visit]


def column(path: Path, sheet: str, heading: str) -> list[object]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    place = next((row.index(heading), number) for number, row in enumerate(rows) if heading in row)
    return [row[place[0]] for row in rows[place[1] + 1 :] if row[0]]


def test_every_open_visit_gets_a_working_day_of_the_period_and_a_line_in_the_ledger(drawn: County) -> None:
    days = planned(drawn)

    assert sorted(days) == sorted({name for name, *_ in drawn.read("result/teams.csv")})
    assert all("2023-04-01" <= day <= "2023-11-30" and date.fromisoformat(day).weekday() < 5 for day in days.values())
    event = events(drawn)[-1]
    assert event["kind"] == "scheduled"
    assert (event["seed"], event["per_day"], event["per_week"], event["first"]) == (f"{1:064x}", 2, 6, "2023-04-01")
    assert {one["visit"]: one["day"] for one in event["visits"]} == days


def test_the_day_is_on_the_sheets_and_the_older_ones_are_put_aside(drawn: County) -> None:
    days = planned(drawn)

    mine = sheet_of(drawn, "P1")
    visits = column(mine, "我的任务", "检查编号")
    assert column(mine, "我的任务", "计划检查日期") == [days[str(visit)] for visit in visits]
    assert set(column(drawn.dossier / "sheets/任务清单.xlsx", "全部任务", "计划检查日期")) == set(days.values())
    assert [path.name for path in (drawn.dossier / "sheets/作废").iterdir()] == ["台账第3行"]


def test_running_it_again_changes_nothing(drawn: County) -> None:
    first = planned(drawn)
    before = drawn.files()

    assert planned(drawn) == first
    assert drawn.files() == before


def test_nobody_is_sent_while_on_leave(drawn: County) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "P1,2023-04-01,2023-11-20,借调\nP2,2023-05-01,2023-05-31,\n")

    days = planned(drawn)

    assert all(day > "2023-11-20" for visit, day in days.items() if "P1" in team(drawn, visit))
    assert not any(day.startswith("2023-05") for visit, day in days.items() if "P2" in team(drawn, visit))


def test_what_is_wrong_with_the_list_of_leave_is_told_by_cell_and_nothing_is_written(drawn: County) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "P9,2023-05-08,2023-05-07,\nP1,五月,,\n,2023-05-08,2023-05-08,\n")
    before = drawn.files()

    problems = drawn.ssj("schedule", "--json").json["problems"]

    assert [(one["code"], one["row"], one["column"]) for one in problems] == [
        ("bad-date", 3, "开始日期"),
        ("leave-inspector", 2, "执法证号"),
        ("leave-order", 2, "结束日期"),
        ("leave-date", 3, "结束日期"),
        ("blank-id", 4, "执法证号"),
    ]
    assert drawn.files() == before
    assert drawn.ssj("check").code == 0


def test_a_day_that_falls_on_leave_later_is_told_and_moved_with_a_reason(drawn: County) -> None:
    days = planned(drawn)
    visit, day = next((visit, day) for visit, day in days.items() if "P1" in team(drawn, visit))
    drawn.write("rosters/leave.csv", LEAVE + f"P1,{day},{day},病假\n")

    assert f"日期办不到  {visit}（{day}）监督员01 当天请假" in drawn.ssj("status").out
    assert f"{visit}（{day}）监督员01 当天请假" in drawn.ssj("schedule").out
    assert planned(drawn) == days
    assert drawn.ssj("schedule", "--again").code == 2

    after = planned(drawn, "--again", "--reason", "病假")

    assert after.pop(visit) != days.pop(visit)
    assert after == days
    assert "日期办不到" not in drawn.ssj("status").out
    kinds = [(one["kind"], one.get("reason")) for one in events(drawn)]
    assert kinds[-2:] == [("scheduled", ""), ("scheduled", "病假")]


def test_visits_that_are_made_keep_their_day_and_all_others_may_be_planned_anew(drawn: County, clock: Clock) -> None:
    days = planned(drawn)
    clock("2023-05-09T18:00")
    done = [row[0] for row in drawn.read("result/tasks.csv") if row[1] == "A1"]
    for task in done:
        drawn.ssj("record", "--task", task, "--check-ended", "2023-05-09T14:30", "--outcome", "未发现问题")

    after = planned(drawn, "--again", "--all", "--reason", "全部提前")

    assert set(after) == set(days) - {"A1"}
    assert all(day > "2023-05-09" for day in after.values())
    assert "A1" not in {one["visit"] for one in events(drawn)[-1]["visits"]}


def test_a_day_that_has_passed_is_told_and_a_received_list_is_planned_without_a_reason(
    drawn: County, clock: Clock
) -> None:
    days = planned(drawn)
    clock("2023-12-01T09:00")
    assert f"{min(days)}（{days[min(days)]}）已过，还没有登记检查" in drawn.ssj("status").out
    assert "已经查过的先登记（ssj record），再重新排：ssj schedule --again" in drawn.ssj("status").out
    clock("2023-03-21T09:00")
    drawn.write("省抽.csv", "单位名称,专业,对象编号,检查人员\n甲宾馆,公共场所,A1,监督员01、监督员02\n")
    listed = drawn.ssj(
        "receive", str(drawn.root / "省抽.csv"), "--drawn-by", "省卫健委", "--document", "1号", "--another"
    )
    assert listed.code == 0, listed.err

    after = planned(drawn)

    assert {visit: after[visit] for visit in days} == days
    assert [one["visit"] for one in events(drawn)[-1]["visits"]] == ["R1/A1"]


def test_after_an_adjustment_the_new_members_leave_is_told(drawn: County) -> None:
    days = planned(drawn)
    visit = min(days)
    leaves, stays = team(drawn, visit)
    others = sorted({"P1", "P2", "P3", "P4"} - {leaves, stays})
    drawn.write("rosters/leave.csv", LEAVE + "".join(f"{one},{days[visit]},{days[visit]},培训\n" for one in others))
    before = drawn.ssj("status", "--json").json["plans"][0]["schedule"]["broken"]

    words = ("--visit", visit, "--inspector", leaves, "--asked-by", "firm", "--reason", "亲属", "--seed", "2")
    assert drawn.ssj("adjust", "recuse", *words).code == 0

    joins = next(name for name in team(drawn, visit) if name != stays)
    broken = drawn.ssj("status", "--json").json["plans"][0]["schedule"]["broken"]
    assert visit not in {one["visit"] for one in before}
    assert [one["away"] for one in broken if one["visit"] == visit] == [[joins]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--again",), "again-needs-reason"),
        (("--reason", "病假"), "option-without-again"),
        (("--all",), "option-without-again"),
        (("--preview", "--all"), "wrong-options"),
        (("--again", "--reason", "病假"), "not-scheduled"),
        (("--ics", "没有/a.ics"), "bad-ics"),
        (("--ics", "plans/a.ics"), "kept-folder"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_written(
    words: tuple[str, ...], code: str, drawn: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(drawn.root)
    before = drawn.files()

    answer = drawn.ssj("schedule", "--json", *words)

    assert (answer.code, answer.json["error"]) == (2, code)
    assert drawn.files() == before


def test_what_is_not_possible_is_refused_with_names_and_figures(drawn: County) -> None:
    drawn.plan(WIDE, more="schedule: {per_day: 1, per_week: 1, closed: 2023-04-08/2023-11-30}\n")
    before = drawn.files()

    answer = drawn.ssj("schedule")

    assert answer.code == 3
    assert "监督员01（P1）有 3 次检查，最多排得下 1 次" in answer.err
    assert "schedule.per_day、per_week 改大" in answer.err
    assert drawn.files() == before


def test_without_a_draw_or_after_the_period_there_is_nothing_to_plan(county: County, clock: Clock) -> None:
    assert county.ssj("schedule", "--json").json["error"] == "nothing-drawn"

    county.ssj("draw", "--seed", "1", "--no-sheets")
    clock("2023-11-30T09:00")
    answer = county.ssj("schedule", "--json")

    assert (answer.code, answer.json["error"]) == (3, "period-over")


def test_calendars_hold_no_telephone_number_and_move_their_entries(drawn: County) -> None:
    drawn.write(
        "rosters/subjects.csv",
        (drawn.root / "rosters/subjects.csv")
        .read_text("utf-8")
        .replace("区域", "联系电话")
        .replace("东", "13800000000"),
    )
    days = planned(drawn, "--ics", str(drawn.root / "计划.ics"))
    (drawn.root / "日历").mkdir()
    drawn.ssj("schedule", "--ics", str(drawn.root / "日历"))

    whole = (drawn.root / "计划.ics").read_bytes().decode()
    assert whole.count("BEGIN:VEVENT") == len(days)
    assert all(f"DTSTART;VALUE=DATE:{day.replace('-', '')}" in whole for day in days.values())
    assert "1380" not in whole
    assert max(len(line.encode()) for line in whole.split("\r\n")) <= 75
    each = {path.name: path.read_text("utf-8").count("BEGIN:VEVENT") for path in (drawn.root / "日历").iterdir()}
    assert each == {f"检查计划_P{n}_监督员0{n}.ics": sum(f"P{n}" in team(drawn, v) for v in days) for n in range(1, 5)}

    drawn.ssj("schedule", "--again", "--all", "--reason", "提前", "--ics", str(drawn.root / "计划.ics"))
    again = (drawn.root / "计划.ics").read_bytes().decode()
    assert "SEQUENCE:2" in again
    assert sorted(line for line in again.split() if line.startswith("UID")) == sorted(
        line for line in whole.split() if line.startswith("UID")
    )


def test_papers_that_were_not_written_are_made_by_the_next_run(drawn: County, monkeypatch: pytest.MonkeyPatch) -> None:
    real = __import__("shuangsuiji.actions.adjust.case", fromlist=["refresh"]).refresh
    calls = count()

    def fails(*words: Any, **named: Any) -> Any:
        if next(calls):
            raise Refusal("file-locked", "正被打开。", exit_code=4)
        return real(*words, **named)

    with monkeypatch.context() as patch:
        patch.setattr("shuangsuiji.actions.adjust.case.refresh", fails)
        assert drawn.ssj("schedule").code == 4

    days = planned(drawn)

    assert [one["kind"] for one in events(drawn)].count("scheduled") == 1
    assert set(column(sheet_of(drawn, "P1"), "我的任务", "计划检查日期")) <= set(days.values())


def test_neither_seed_nor_days_nor_reasons_are_in_anything_public(drawn: County) -> None:
    days = planned(drawn)
    seed = events(drawn)[-1]["seed"]
    assert drawn.ssj("publish", "draw", "--format", "csv", "--format", "html").code == 0
    assert drawn.ssj("archive", "--public").code == 0

    archives = [ZipFile(path) for path in (drawn.root / "archive").glob("*.zip")]
    packed = [archive.read(name) for archive in archives for name in archive.namelist()]
    public = [path.read_bytes() for path in (drawn.dossier / "public").rglob("*") if path.is_file()]
    everything = b"\n".join([*packed, *public]).decode("utf-8", "replace")
    assert len(public) > 10
    assert seed not in everything
    assert [day for day in days.values() if day in everything] == []
    assert "计划检查日期" not in everything
    assert seed not in drawn.ssj("schedule", "--json").out


def test_a_line_that_names_a_visit_that_there_is_not_is_damage(drawn: County) -> None:
    from shuangsuiji.core.year.events import PlannedVisit, Scheduled  # noqa: PLC0415 - only here
    from shuangsuiji.files.ledger import read_ledger  # noqa: PLC0415

    event = Scheduled(
        on=date(2023, 3, 20),
        seed="0" * 64,
        visits=(PlannedVisit(source="", visit="A9", day=date(2023, 5, 9)),),
        first=date(2023, 4, 1),
        last=date(2023, 11, 30),
        per_day=2,
        per_week=6,
        weekdays=(1,),
    )
    read_ledger(drawn.dossier).append([event], at="2023-03-20T09:00:00+08:00", by="经办人")

    answer = drawn.ssj("status")

    assert answer.code == 4
    assert "台账第3行不对：它说到的“A9”" in answer.err


def test_a_scheduled_year_is_verified_day_by_day(drawn: County, clock: Clock) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "P1,2023-04-01,2023-07-31,骨折住院\n")
    days = planned(drawn)
    (drawn.root / "rosters/leave.csv").unlink()
    clock("2023-09-01T10:00")
    first = min(days, key=days.__getitem__)
    assert drawn.ssj("record", "--task", f"GGCS/{first}", "--check-ended", "2023-08-15T10:00").code == 0
    again = planned(drawn, "--again", "--all", "--reason", "进度落后")

    told = drawn.ssj("verify", "--json").json["checks"]

    (line,) = [one for one in told if one["check"] == "planned"]
    assert (line["count"], line["holds"], line["unchecked"]) == (len(days) + len(again), True, 0)
    assert events(drawn)[2]["away"] == [["P1", "2023-04-01", "2023-07-31"]]
    assert "骨折" not in (drawn.dossier / "ledger.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("seed", f"{7:064x}", "planned-day"),
        ("days", ["2023-04-03", "2023-04-04", "2024-01-02"], "days-of-plan"),
        ("away", [["P1", "2023-04-01", "2023-11-20"]], "planned-day"),
        ("visits", [{"source": "", "visit": "B1", "day": "2023-05-09"}], "planned-day"),
    ],
)
def test_days_that_were_chosen_by_hand_are_found_out(field: str, value: object, why: str, drawn: County) -> None:
    planned(drawn)
    content = (drawn.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    line = json.loads(content[2])
    if field == "visits":
        value = [*({**one, "day": "2023-05-09"} for one in line["event"]["visits"])]
    line["event"][field] = value
    content[2] = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    (drawn.dossier / "ledger.jsonl").write_bytes(b"".join(content))

    told = drawn.ssj("verify", "--json").json["checks"]

    (found,) = [one for one in told if one["check"] == "planned"]
    assert (found["holds"], found["where"], found["why"]) == (False, "ledger.jsonl:3", why)


def test_a_schedule_from_before_days_and_leave_were_kept_cannot_be_looked_at_and_is_no_fault(drawn: County) -> None:
    days = planned(drawn)
    content = (drawn.dossier / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    line = json.loads(content[2])
    del line["event"]["days"], line["event"]["away"]
    content[2] = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    (drawn.dossier / "ledger.jsonl").write_bytes(b"".join(content))

    told = drawn.ssj("verify", "--json").json

    (found,) = [one for one in told["checks"] if one["check"] == "planned"]
    assert (told["holds"], found["holds"], found["unchecked"]) == (True, None, len(days))


def test_the_days_of_a_seed_never_change(drawn: County) -> None:
    assert planned(drawn) == {
        "A1": "2023-05-26",
        "A2": "2023-06-29",
        "A3": "2023-06-14",
        "A4": "2023-10-16",
        "B1": "2023-07-21",
        "B2": "2023-07-28",
    }


def test_who_plans_again_and_again_is_told_how_often(drawn: County) -> None:
    days = planned(drawn)
    assert "重新排期" not in drawn.ssj("status").out
    second = planned(drawn, "--again", "--all", "--reason", "一")
    answer = drawn.ssj("schedule", "--again", "--all", "--reason", "二", "--json").json
    third = {visit["visit"]: visit["planned"] for visit in answer["visits"]}
    moved = sum(days[visit] != second[visit] for visit in days) + sum(second[visit] != third[visit] for visit in days)

    assert answer["changes"] == {"times": 2, "visits": moved}
    assert moved > 0
    said = f"累计重新排期 2 次，改动 {moved} 次检查的日子"
    assert said in drawn.ssj("status").out.replace("\n", "")
    assert said in drawn.ssj("schedule").out.replace("\n", "")
    assert drawn.ssj("status", "--json").json["plans"][0]["schedule"]["changes"] == answer["changes"]


def test_a_day_that_the_plan_closes_later_is_told_and_moved(drawn: County) -> None:
    days = planned(drawn)
    first = min(days, key=days.__getitem__)
    drawn.plan(WIDE, more=f"schedule: {{closed: {days[first]}}}\n")

    assert f"{first}（{days[first]}）不在方案现在的检查期间、schedule 以内" in drawn.ssj("status").out.replace("\n", "")
    again = planned(drawn, "--again", "--reason", "迎检")
    assert again[first] != days[first]
    assert {visit for visit in days if again[visit] != days[visit]} <= {v for v in days if days[v] == days[first]}
    assert drawn.ssj("schedule", "--again", "--reason", "迎检").code == 3


def test_who_is_away_all_the_time_is_named_before_the_visits_that_he_holds_up(drawn: County) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "P2,2023-01-01,2023-12-31,病\n")

    answer = drawn.ssj("schedule")

    assert answer.code == 3
    assert "到 2023-11-30 为止）：监督员02（P2）有 3 次检查，最多排得下 0 次；" in answer.err


def test_what_is_possible_is_scheduled_while_somebody_is_away_all_the_time(drawn: County) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "P2,2023-01-01,2023-12-31,病\n")
    held_up = {row[0] for row in drawn.read("result/teams.csv") if row[1] == "P2"}

    done = drawn.ssj("schedule", "--possible", "--json").json

    assert held_up
    assert {one["visit"] for one in done["visits"] if one["planned"] is None} == held_up
    assert done["scheduled"] == len(done["visits"]) - len(held_up) > 0
    assert drawn.ssj("verify").code == 0
    drawn.write("rosters/leave.csv", LEAVE)
    later = drawn.ssj("schedule", "--json").json
    assert {one["visit"] for one in later["visits"] if one["new"]} == held_up


def test_where_nothing_is_possible_possible_changes_nothing(drawn: County) -> None:
    drawn.write("rosters/leave.csv", LEAVE + "".join(f"P{n},2023-01-01,2023-12-31,病\n" for n in range(1, 5)))
    before = drawn.files()

    answer = drawn.ssj("schedule", "--possible")

    assert answer.code == 3
    assert "最多排得下 0 次" in answer.err
    assert drawn.files() == before


def test_a_period_without_any_day_is_told_as_such(drawn: County) -> None:
    drawn.plan(WIDE, more="schedule: {closed: 2023-04-01/2023-11-30}\n")

    answer = drawn.ssj("schedule")

    assert answer.code == 3
    assert "从 2023-04-01 到 2023-11-30 没有一天可以排检查" in answer.err
    assert "schedule.closed 和 weekdays" in answer.err
    assert "没有一天可以排" in drawn.ssj("schedule", "--preview").out


def test_a_file_that_is_no_calendar_is_not_overwritten(drawn: County) -> None:
    drawn.write("下半年.xlsx", b"PK\x03\x04 a workbook")
    before = drawn.files()

    for words in (("schedule",), ("deadlines", "--within", "300d")):
        answer = drawn.ssj(*words, "--ics", str(drawn.root / "下半年.xlsx"))

        assert answer.code == 2
        assert "已经有了，不是日历文件，没有覆盖" in answer.err
    assert drawn.files() == before


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{per_day: 0}", "“schedule → per_day”是 0，不能小于 1。"),
        ("{per_weak: 3}", "是不是想写“per_week”？"),
        ("{weekdays: []}", "“schedule → weekdays”至少要有一项"),
        ("{weekdays: [8]}", "不能大于 7"),
        ("{closed: 五一}", "“五一”不是日期，请写成 2023-06-05"),
        ("{closed: 2023-06-09/2023-06-05}", "结束日期早于开始日期"),
        ("{closed: 2023-06-05/2023-06-06/2023-06-07}", "不止两个日期"),
    ],
)
def test_the_plans_schedule_is_strict(text: str, what: str, county: County) -> None:
    county.plan(more=f"schedule: {text}\n")

    answer = county.ssj("check")

    assert answer.code == 1
    assert what in answer.err.replace("\n", "")
