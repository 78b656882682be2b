"""``ssj deadlines`` as people and programs meet it: silent when nothing is due, loud when something is."""

import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from types import ModuleType

import icalendar
import pytest

from shuangsuiji.core.year.deadlines import Deadline, Person
from shuangsuiji.core.year.events import Recorded
from shuangsuiji.files.ics import ics
from shuangsuiji.files.ledger import read_ledger
from tests.conftest import INSPECTORS, SUBJECTS, County
from tests.year.returning import Clock

WITH_CONTACTS = SUBJECTS.replace("区域\n", "区域,联系电话,地址,许可证有效期,状态\n").replace(
    "东\n", "东,13900000000,某街1号,,\n"
)


@pytest.fixture
def drawn(county: County) -> County:
    """The small county after its draw, with one result on record that is not public yet."""
    county.plan(("2023-04-01", "2025-04-01"), ("2023-11-30", "2026-03-31"))
    county.write("rosters/subjects.csv", WITH_CONTACTS)
    assert county.ssj("draw", "--seed", "1").code == 0
    return county


def record(county: County, task: str, at: str = "2025-09-26T18:00:00+08:00", **values: str) -> None:
    event = Recorded(on=date.fromisoformat(at[:10]), task=task, values=values)
    read_ledger(county.dossier).append([event], at=at, by="经办人")


def result(county: County) -> str:
    """Record a check of the first task that ended on 2025-09-26, due to be public on 2025-10-30."""
    task = county.read("result/tasks.csv")[0][0]
    record(county, task, check_ended="2025-09-26T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")
    return task


def clocks(answer: object) -> list[tuple[str, str]]:
    return [(d["clock"], d["status"]) for d in answer["deadlines"]]  # type: ignore[index]


def test_nothing_due_is_silent_and_fine(drawn: County) -> None:
    assert drawn.ssj("deadlines", "--as-of", "2025-05-08") == (0, "", "")


def test_a_plan_that_is_only_intended_has_no_clocks(county: County) -> None:
    assert county.ssj("deadlines") == (0, "", "")


def test_programs_are_told_that_nothing_is_due(drawn: County) -> None:
    answer = drawn.ssj("deadlines", "--as-of", "2025-05-08", "--json")

    assert answer.code == 0
    assert (answer.json["ok"], answer.json["deadlines"], answer.json["within"]) == (True, [], "7d")
    assert answer.json["counts"] == {"overdue": 0, "due": 0, "unknown": 0, "done-late": 0, "done": 0}


def test_what_is_due_is_shown_with_its_basis_and_exits_with_1(drawn: County) -> None:
    task = result(drawn)
    name = {row[1]: row[2] for row in drawn.read("pool/subjects.csv")}[task.split("/")[1]]

    answer = drawn.ssj("deadlines", "--as-of", "2025-10-28", "--within", "3d")

    assert (answer.code, answer.err) == (1, "")
    assert "截至 2025-10-28 00:00：逾期 1 项，将到期 1 项。" in answer.out
    row = next(line for line in answer.out.splitlines() if "将到期" in line and "│" in line)
    assert "2025-10-30" in row
    assert "还有 2 个工作日" in answer.out
    assert name in answer.out
    assert "时间过半，完成率" in answer.out


def test_every_field_of_a_deadline_is_in_the_json(drawn: County) -> None:
    task = result(drawn)

    answer = drawn.ssj("deadlines", "--as-of", "2025-11-03T09:00", "--json")

    assert answer.code == 1
    found = next(d for d in answer.json["deadlines"] if d["clock"] == "result-public")
    team = next(row for row in drawn.read("result/tasks.csv") if row[0] == task)[1]
    assert found.pop("inspectors") == [
        {"inspector": row[1], "name": row[2]} for row in drawn.read("result/teams.csv") if row[0] == team
    ]
    assert found.pop("name")
    assert found == {
        "id": f"T-2023:result-public:{task}",
        "clock": "result-public",
        "status": "overdue",
        "plan": "T-2023",
        "task": task,
        "subject": task.split("/")[1],
        "inspector": "",
        "what": "公开抽查结果",
        "started": "2025-09-26",
        "due": "2025-10-30",
        "done_on": "",
        "left": -2,
        "left_unit": "workdays",
        "basis": "抽查实施方案四（一）；实施细则七",
        "assumed": False,
        "unknown_year": None,
    }


@pytest.mark.parametrize(
    ("as_of", "within", "is_shown"),
    [
        ("2025-10-23", "7d", True),
        ("2025-10-22", "7d", False),
        ("2025-10-22", "5w", False),
        ("2025-10-23", "5w", True),
        ("2025-10-29", "24h", True),
        ("2025-10-28T23:00", "24h", False),
        ("2025-10-30", "0d", True),
        ("2025-10-30", "0w", True),
        ("2025-10-29", "0h", False),
    ],
)
def test_the_window_counts_days_working_days_or_hours(as_of: str, within: str, is_shown: bool, drawn: County) -> None:
    result(drawn)

    answer = drawn.ssj("deadlines", "--as-of", as_of, "--within", within, "--json").json

    assert ("result-public", "due") in clocks(answer) if is_shown else ("result-public", "due") not in clocks(answer)


def test_what_is_done_is_listed_only_on_request(drawn: County) -> None:
    task = result(drawn)
    record(drawn, task, published="2025-10-31")

    short = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--json").json
    long = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--all", "--json").json

    assert clocks(short) == [("half-time", "overdue")]
    assert ("result-public", "done-late") in clocks(long)
    assert ("check-upload", "done") in clocks(long)
    assert "逾期完成" in drawn.ssj("deadlines", "--as-of", "2025-11-03", "--all").out


def test_nothing_open_is_fine_even_when_done_is_listed(drawn: County) -> None:
    answer = drawn.ssj("deadlines", "--as-of", "2025-05-08", "--all")

    assert answer.code == 0
    assert "按期完成 1 项" in answer.out


def test_by_inspector_shows_who_is_late_with_what(drawn: County) -> None:
    task = result(drawn)
    visit = next(row for row in drawn.read("result/tasks.csv") if row[0] == task)[1]
    team = {row[1]: row[2] for row in drawn.read("result/teams.csv") if row[0] == visit}

    answer = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--by", "inspector")
    told = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--by", "inspector", "--json").json

    for who, name in team.items():
        assert f"{name}（{who}）：1 项，其中逾期 1 项" in answer.out
    assert "未指定检查人员：1 项，其中逾期 1 项" in answer.out
    assert [one["inspector"] for one in told["inspectors"]] == [*sorted(team), ""]
    assert told["inspectors"][0] == {
        "inspector": min(team),
        "name": team[min(team)],
        "overdue": 1,
        "due": 0,
        "unknown": 0,
        "done-late": 0,
        "done": 0,
        "deadlines": [f"T-2023:result-public:{task}"],
    }


def test_all_plans_that_have_begun_are_looked_at_unless_one_is_named(drawn: County) -> None:
    text = (drawn.root / "plans/2023.yaml").read_text("utf-8")
    drawn.write("plans/2024.yaml", text.replace("T-2023", "T-2024") + "frequency:\n")
    drawn.write("plans/2099.yaml", "还没有写好\n")
    assert drawn.ssj("draw", "--plan", "2024", "--seed", "2").code == 0

    everything = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--json").json
    one = drawn.ssj("deadlines", "--plan", "2024", "--as-of", "2025-11-03", "--json").json

    assert [d["plan"] for d in everything["deadlines"]] == ["T-2023", "T-2024"]
    assert [d["plan"] for d in one["deadlines"]] == ["T-2024"]


def test_certificates_and_licences_come_from_the_rosters(drawn: County) -> None:
    drawn.write("rosters/inspectors.csv", INSPECTORS.replace("西,,2030-01-01", "西,,2025-05-20", 1))
    tasks = drawn.read("result/tasks.csv")
    visited, other = tasks[0][3], next(s for s in ("A1", "A2", "A3", "A4") if s not in {row[3] for row in tasks})
    rows = [
        f"{visited},甲,公共场所,2025-05-01,",
        f"{other},乙,公共场所,2025-05-01,",
        "A9,丙,公共场所,2025-05-30,",
        "A8,丁,公共场所,2025-05-30,注销",
    ]
    drawn.write("rosters/subjects.csv", "\n".join(["对象编号,单位名称,专业,许可证有效期,状态", *rows]))

    answer = drawn.ssj("deadlines", "--as-of", "2025-05-08", "--json")

    assert answer.code == 1
    assert [(d["clock"], d["status"], d["subject"] or d["inspector"], d["due"]) for d in answer.json["deadlines"]] == [
        ("licence", "overdue", visited, "2025-05-01"),
        ("certificate", "due", "P2", "2025-05-20"),
        ("licence", "due", "A9", "2025-05-30"),
    ]


def test_a_roster_that_cannot_be_read_is_said_and_hides_no_clock(drawn: County) -> None:
    drawn.write("rosters/inspectors.csv", "不,是,名册\n")

    answer = drawn.ssj("deadlines", "--as-of", "2025-11-03")

    assert answer.code == 1
    assert "rosters/inspectors.csv" in answer.err
    assert "时间过半" in answer.out


LACKING = "错误  rosters/calendar.yaml：不知道 2027 年的放假安排，1 个期限算不出。请按国务院办公厅的通知填写 rosters/calendar.yaml，"


def test_a_year_without_notice_hides_no_other_clock(drawn: County, apprise: type["FakeApprise"]) -> None:
    task, other = (row[0] for row in drawn.read("result/tasks.csv")[:2])
    record(drawn, task, check_ended="2026-12-18T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")
    record(drawn, other, check_ended="2026-11-25T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")
    file = drawn.root / "到期.ics"

    answer = drawn.ssj("deadlines", "--as-of", "2026-12-20", "--ics", str(file), "--notify", "wecombot://k")
    told = drawn.ssj("deadlines", "--as-of", "2026-12-20", "--json").json

    assert answer.code == 1
    assert answer.err.startswith(LACKING)
    rows = [line.split() for line in answer.out.splitlines() if "公开抽查结果" in line and "│" in line]
    assert [(row[1], "2026-12-23" in row) for row in rows] == [("将到期", True), ("算不出", False)]
    assert (told["ok"], told["counts"]["unknown"]) == (False, 1)
    assert [(p["code"], p["file"]) for p in told["problems"]] == [("unknown-year", "rosters/calendar.yaml")]
    [unknown] = [d for d in told["deadlines"] if d["status"] == "unknown"]
    assert (unknown["task"], unknown["due"], unknown["left"], unknown["unknown_year"]) == (task, "", None, 2027)
    assert other in file.read_text("utf-8").replace("\n ", "")
    assert task not in file.read_text("utf-8").replace("\n ", "")
    ((_, title, body),) = apprise.sent
    assert "将到期 1 项，算不出 1 项，错误 1 处" in title
    assert "公开抽查结果，从 2026-12-18 起算，缺 2027 年的放假安排" in body
    assert "rosters/calendar.yaml" in body.splitlines()[-1]


def test_a_clock_that_is_overdue_into_a_year_without_notice_is_not_called_unknown(drawn: County) -> None:
    task = drawn.read("result/tasks.csv")[0][0]
    record(drawn, task, check_ended="2026-11-25T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")

    answer = drawn.ssj("deadlines", "--as-of", "2027-01-05")
    told = drawn.ssj("deadlines", "--as-of", "2027-01-05", "--json").json

    overdue = [one for one in told["deadlines"] if one["status"] == "overdue" and one["unknown_year"] == 2027]
    assert overdue
    assert f"不知道 2027 年的放假安排，{len(overdue)} 个期限数不出剩余工作日。" in answer.err
    assert "算不出" not in answer.err


def test_looking_ahead_by_working_days_into_a_year_without_notice_is_done_and_said(drawn: County) -> None:
    task = drawn.read("result/tasks.csv")[0][0]
    record(drawn, task, check_ended="2026-12-02T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")

    answer = drawn.ssj("deadlines", "--as-of", "2026-12-28", "--within", "9w")

    assert answer.code == 1
    assert "不知道 2027 年的放假安排，--within 按周一至周五推算。" in answer.err
    assert "2026-12-30" in answer.out


def test_a_year_without_notice_is_assumed_on_request(drawn: County) -> None:
    task = drawn.read("result/tasks.csv")[0][0]
    record(drawn, task, check_ended="2026-12-18T16:30", sampled="no", outcome="NO_PROBLEM_FOUND")

    assumed = drawn.ssj("deadlines", "--as-of", "2026-12-20", "--within", "40d", "--assume-weekdays", "--json")

    found = {d["clock"]: d for d in assumed.json["deadlines"]}
    assert (found["result-public"]["due"], found["result-public"]["assumed"]) == ("2027-01-15", True)
    shown = drawn.ssj("deadlines", "--as-of", "2026-12-20", "--within", "40d", "--assume-weekdays").out
    assert "推算" in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--within", "3天"], "--within 的“3天”看不懂。"),
        (["--as-of", "昨天"], "--as-of 的“昨天”不是日期或时间。"),
        (["--by", "subject"], "--by 不能是“subject”。"),
        (["--plan", "1999"], "找不到方案“1999”。"),
    ],
)
def test_wrong_use_is_said(words: list[str], says: str, drawn: County) -> None:
    answer = drawn.ssj("deadlines", *words)

    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_the_command_changes_nothing_in_the_workspace(drawn: County) -> None:
    result(drawn)
    before = drawn.files()

    drawn.ssj("deadlines", "--as-of", "2025-11-03", "--all", "--by", "inspector")

    assert drawn.files() == before


def test_the_calendar_file_holds_what_is_open(drawn: County) -> None:
    task = result(drawn)
    file = drawn.root / "到期.ics"

    answer = drawn.ssj("deadlines", "--as-of", "2025-10-28", "--all", "--ics", str(file))

    assert answer.code == 1
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [date(2025, 9, 30), date(2025, 10, 30)]
    assert str(events[1]["SUMMARY"]).endswith("：公开抽查结果")
    assert f"任务：{task}" in str(events[1]["DESCRIPTION"])
    assert "13900000000" not in file.read_text("utf-8")
    again = file.read_bytes()
    drawn.ssj("deadlines", "--as-of", "2025-10-28", "--all", "--ics", str(file))
    assert file.read_bytes() == again


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (".", "--ics 的“.”是文件夹，不是文件名。"),
        ("新/夹/到期.ics", "--ics 要写进的文件夹“新/夹”不存在。"),
        ("/dev/null", "--ics 的“/dev/null”不是普通文件（是设备、管道之类），没有写。"),
    ],
)
def test_a_place_where_no_calendar_file_can_be_is_told_and_nothing_made(
    drawn: County, monkeypatch: pytest.MonkeyPatch, path: str, says: str
) -> None:
    monkeypatch.chdir(drawn.root)
    before = sorted(drawn.root.rglob("*"))

    answer = drawn.ssj("deadlines", "--as-of", "2025-10-28", "--ics", path)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"没有执行  {says}\n请写明现有文件夹里的文件名，如 --ics 期限.ics。\n"
    assert sorted(drawn.root.rglob("*")) == before


def deadline(**more: object) -> Deadline:
    values: dict[str, object] = {
        "id": "T:result-public:G/A1",
        "clock": "result-public",
        "status": "due",
        "plan": "T",
        "task": "G/A1",
        "subject": "A1",
        "name": "甲宾馆",
        "inspector": "",
        "what": "公开抽查结果",
        "started": "2025-09-26",
        "due": "2025-10-30",
        "done_on": "",
        "left": 2,
        "left_unit": "workdays",
        "basis": "实施细则七",
        "inspectors": (Person("P1", "监督员01"),),
        "assumed": False,
        **more,
    }
    return Deadline(**values)  # type: ignore[arg-type]


def parsed(*deadlines: Deadline) -> Sequence[icalendar.Event]:
    content = ics(deadlines, datetime.fromisoformat("2025-10-28T09:00:00+08:00"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    content.decode("utf-8")
    return icalendar.Calendar.from_ical(content).walk("VEVENT")  # type: ignore[no-any-return]


def test_a_calendar_entry_says_what_when_and_by_whom_and_rings_before() -> None:
    (event,) = parsed(deadline(), deadline(done_on="2025-10-20"))

    assert str(event["SUMMARY"]) == "甲宾馆：公开抽查结果"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2025, 10, 30), date(2025, 10, 31))
    assert event.decoded("DTSTAMP").isoformat() == "2025-10-28T01:00:00+00:00"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "【将到期】甲宾馆：应于 2025-10-30 前公开抽查结果，还有 2 个工作日（监督员01）",
        "依据：实施细则七",
        "任务：G/A1",
        "检查人员：监督员01",
    ]
    (alarm,) = event.walk("VALARM")
    assert (str(alarm["ACTION"]), alarm.decoded("TRIGGER").total_seconds()) == ("DISPLAY", -15 * 3600)


@pytest.mark.parametrize(
    "name", ["甲,乙;丙\\丁：“戊”\n己", "一" * 200, "𠮷野家😀" * 40, "a" * 74, "\x07响铃", "END:VCALENDAR\r\nX:"]
)
def test_any_name_survives_the_calendar_file(name: str) -> None:
    (event,) = parsed(deadline(name=name))

    clean = "".join(c for c in name.replace("\r", "") if c.isprintable() or c == "\n")
    assert str(event["SUMMARY"]) == f"{clean}：公开抽查结果"


def test_a_deadline_keeps_its_uid_while_it_becomes_overdue() -> None:
    (one,), (later,), (other,) = (
        parsed(deadline()),
        parsed(deadline(status="overdue", left=-3)),
        parsed(deadline(id="T:x")),
    )

    assert one["UID"] == later["UID"] != other["UID"]


class FakeApprise:
    """What apprise would send."""

    sent: list[tuple[list[str], str, str]]
    works = True

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def add(self, address: str) -> bool:
        self.addresses.append(address)
        return "://" in address

    def notify(self, *, title: str, body: str) -> bool:
        self.sent.append((self.addresses, title, body))
        return self.works


@pytest.fixture
def apprise(monkeypatch: pytest.MonkeyPatch) -> type[FakeApprise]:
    module = ModuleType("apprise")
    fake = type("Apprise", (FakeApprise,), {"sent": []})
    module.Apprise = fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "apprise", module)
    return fake


def test_a_message_goes_to_all_addresses_and_holds_no_contacts(drawn: County, apprise: type[FakeApprise]) -> None:
    result(drawn)

    words = ("--notify", "wecombot://k", "--notify", "mailto://u:p@h")
    answer = drawn.ssj("deadlines", "--as-of", "2025-10-28", *words)

    assert answer.code == 1
    ((addresses, title, body),) = apprise.sent
    assert addresses == ["wecombot://k", "mailto://u:p@h"]
    assert title == "双随机期限提醒：逾期 1 项，将到期 1 项"
    assert "前公开抽查结果，还有 2 个工作日（监督员" in body
    assert "13900000000" not in body
    assert "某街" not in body


def test_no_message_goes_out_when_nothing_is_due(drawn: County, apprise: type[FakeApprise]) -> None:
    assert drawn.ssj("deadlines", "--as-of", "2025-05-08", "--notify", "wecombot://k") == (0, "", "")
    assert apprise.sent == []


def test_a_long_message_is_cut_and_says_how_much_is_missing(drawn: County, apprise: type[FakeApprise]) -> None:
    expiring = INSPECTORS.splitlines()[0] + "".join(f"\nQ{n},监督员{n},公共场所,否,东,,2025-05-20" for n in range(30))
    drawn.write("rosters/inspectors.csv", expiring)

    drawn.ssj("deadlines", "--as-of", "2025-05-08", "--notify", "wecombot://k")

    lines = apprise.sent[0][2].splitlines()
    assert lines[0] == "【将到期】监督员0：执法证 2025-05-20 到期，还有 8 个工作日"
    assert lines[20:] == ["……另有 10 项，请运行 ssj deadlines 查看。"]


def test_an_address_that_apprise_does_not_know_is_refused_without_its_secret(
    drawn: County, apprise: type[FakeApprise]
) -> None:
    answer = drawn.ssj("deadlines", "--notify", "wecombot:secret")

    assert (answer.code, apprise.sent) == (2, [])
    assert "--notify 的地址“wecombot:…”看不懂。" in answer.err
    assert "secret" not in answer.err


def test_a_message_that_could_not_be_sent_is_said_after_the_table(drawn: County, apprise: type[FakeApprise]) -> None:
    result(drawn)
    apprise.works = False

    answer = drawn.ssj("deadlines", "--as-of", "2025-10-28", "--notify", "wecombot://k")

    assert answer.code == 3
    assert "将到期 1 项" in answer.out
    assert "通知没有全部发出去。" in answer.err


def test_without_apprise_the_command_says_how_to_install_it(drawn: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)

    answer = drawn.ssj("deadlines", "--notify", "wecombot://k")

    assert (answer.code, answer.out) == (2, "")
    assert "没有安装发送通知的组件 apprise。" in answer.err
    assert "python -m pip install" in answer.err


def test_a_roster_that_cannot_be_read_is_sent_as_well(drawn: County, apprise: type[FakeApprise]) -> None:
    drawn.write("rosters/inspectors.csv", "不,是,名册\n")

    drawn.ssj("deadlines", "--as-of", "2025-05-08", "--notify", "wecombot://k")

    ((_, title, body),) = apprise.sent
    assert title == "双随机期限提醒：错误 1 处"
    assert body.startswith("rosters/inspectors.csv")


def test_what_the_plans_owe_stands_before_what_runs_out_in_the_rosters(drawn: County) -> None:
    drawn.write("rosters/inspectors.csv", INSPECTORS.replace("西,,2030-01-01", "西,,2025-05-20", 1))

    found = drawn.ssj("deadlines", "--as-of", "2025-11-03", "--json").json

    assert clocks(found) == [("half-time", "overdue"), ("certificate", "overdue")]


def test_on_a_narrow_screen_no_name_is_torn(drawn: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuangsuiji.screen.console._PIPE_WIDTH", 80)
    task = result(drawn)

    lines = drawn.ssj("deadlines", "--as-of", "2025-10-28", "--within", "3d").out.splitlines()

    table = [line for line in lines if line.startswith(("│", "┃"))]
    assert max(len(line) + sum(ord(c) > 0x2FFF for c in line) for line in lines if not line.startswith("依据")) <= 80
    row = next(number for number, line in enumerate(table) if "公开抽查结果" in line)
    assert "2025-10-30" in table[row]
    assert "还有 2 个工作日" in table[row]
    assert task in table[row + 1]
    assert re.search("监督员0[1-4] ", table[row + 1])
    assert re.search("监督员0[1-4] ", table[row + 2])
    assert lines[-1] == (
        "依据：过半时间的完成率——年度抽查方案的实施时间；公开抽查结果——抽查实施方案四（一）；实施细则七。"
    )


@pytest.fixture
def separate(county: County, monkeypatch: pytest.MonkeyPatch) -> tuple[County, Clock]:
    """A county that uploads to its province's platform by hand: two checks on record, one with a case."""
    clock = Clock(monkeypatch)
    clock("2023-05-08T09:00")
    county.plan(more="platform: separate\n")
    county.ssj("draw", "--seed", "1")
    one, two = (row[0] for row in county.read("result/tasks.csv")[:2])
    clock("2023-05-10T18:00")
    words = ("--check-ended", "2023-05-09T14:00", "--outcome", "未发现问题")
    assert county.ssj("record", "--task", one, *words).code == 0
    words = ("--check-ended", "2023-05-10T15:00", "--set", "立案日期=2023-05-10", "--set", "立案编号=1")
    assert county.ssj("record", "--task", two, *words).code == 0
    return county, clock


def open_uploads(county: County) -> list[tuple[str, str]]:
    found = county.ssj("deadlines", "--within", "10d", "--json").json["deadlines"]
    wanted = ("upload", "case")
    return [(d["clock"], d["status"]) for d in found if d["clock"].endswith(wanted[0]) or d["clock"][:4] == wanted[1]]


def test_an_upload_that_is_not_on_record_becomes_overdue_and_all_are_recorded_at_once(
    separate: tuple[County, Clock],
) -> None:
    county, clock = separate
    assert open_uploads(county) == [("check-upload", "overdue"), ("check-upload", "due"), ("case-filed", "due")]

    clock("2023-05-10T19:00")
    early = county.ssj("record", "--uploaded", "2023-05-10T14:59", "--all-open")
    assert (early.code, open_uploads(county)) == (0, [("check-upload", "due")])  # of a case the day counts
    assert county.ssj("record", "--uploaded", "2023-05-10T18:30", "--all-open").code == 0
    before = county.files()
    again = county.ssj("record", "--uploaded", "2023-05-10T18:40", "--all-open")

    assert open_uploads(county) == []
    assert again.out.startswith("到 2023-05-10 18:40 为止没有待上传的内容。")
    assert county.files() == before


def test_one_task_may_be_recorded_and_called_uploaded_in_one_go(separate: tuple[County, Clock]) -> None:
    county, clock = separate
    task = county.read("result/tasks.csv")[2][0]
    clock("2023-05-11T16:00")
    words = ("--check-ended", "2023-05-11T10:00", "--outcome", "未发现问题", "--uploaded", "2023-05-11T11:00")

    answer = county.ssj("record", "--task", task, *words)

    assert answer.code == 0
    event = read_ledger(county.dossier).happened[-1].event
    assert isinstance(event, Recorded)
    assert event.values["uploaded"] == "2023-05-11T11:00"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--uploaded", "2023-05-10", "--all-open"], 1, "“2023-05-10”只有日期，没有几点几分。"),
        (["--uploaded", "2023-05-11T09:00", "--all-open"], 2, "2023-05-11 09:00 还没有到。"),
        (["--all-open"], 2, "--all-open 只和 --uploaded 一起用。"),
        (["--uploaded", "2023-05-10T09:00"], 2, "没有写明是哪一项任务（--task）。"),
        (["--uploaded", "2023-05-10T09:00", "--all-open", "--task", "X"], 2, "--all-open 不和 --task、--otherwise"),
        (["--uploaded", "2023-05-10T09:00", "--otherwise", "投诉"], 2, "--uploaded 只和 --task 或 --all-open 一起用。"),
    ],
)
def test_wrong_use_of_uploads_is_said(separate: tuple[County, Clock], words: list[str], code: int, says: str) -> None:
    county, _ = separate
    before = county.files()

    answer = county.ssj("record", *words)

    assert (answer.code, answer.out, county.files()) == (code, "", before)
    assert says in answer.err
