"""Every clock of the law from the state of a plan: due, overdue, kept, kept late, each with its exact day."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from shuangsuiji.core.law.clocks import CLOCKS
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.deadlines import Deadline, Expiry, Person, Window, deadlines
from shuangsuiji.core.year.events import (
    Drawn,
    DrawnSubject,
    DrawnVisit,
    Event,
    Happened,
    Issued,
    Received,
    Recorded,
    VisitedOtherwise,
    Voided,
    event_of,
    stored,
)
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.core.year.uploading import uploaded
from shuangsuiji.files.calendar import read_calendar
from shuangsuiji.files.workspace import Workspace
from tests.conftest import REPOSITORY

CHINA = timezone(timedelta(hours=8))
KNOWN = read_calendar(Workspace(REPOSITORY))
DRAWN_ON = date(2025, 4, 1)


def plan(**more: Any) -> Plan:
    return Plan.model_validate(
        {
            "draw": "T-2025",
            "title": "方案",
            "agency": {"code": "WJ", "name": "某县卫生健康局"},
            "year": 2025,
            "period": {"start": "2025-04-01", "end": "2025-11-28"},
            "strata": [{"code": "G", "name": "公共场所", "ratio": "50%"}],
            **more,
        }
    )


def drawn(*subjects: str, sheets: bool = True) -> Drawn:
    return Drawn(
        sheets=sheets,
        on=DRAWN_ON,
        draw="T-2025",
        year=2025,
        pool_digest="0" * 64,
        seed_line="x",
        seed="1" * 64,
        grade="given",
        sources=("given:1",),
        drawn={"G": tuple(DrawnSubject(subject=s, why="random") for s in subjects)},
        visits=tuple(DrawnVisit(visit=s, subject=s, strata=("G",), team=("P1", "P2")) for s in subjects),
        inspectors={"P1": "监督员01", "P2": "监督员02"},
    )


def received(*subjects: str, sheets: bool = True) -> Received:
    return Received(
        sheets=sheets,
        on=DRAWN_ON,
        source="R1",
        year=2025,
        drawn_by="某省卫生健康委",
        document_no="1号",
        file="x.xlsx",
        sha256="0" * 64,
        pool_digest="0" * 64,
        subjects={"G": subjects},
        names={s: f"{s}店" for s in subjects},
        visits=tuple(DrawnVisit(visit=f"R1/{s}", subject=s, strata=("G",), team=("P3",)) for s in subjects),
        inspectors={"P3": "监督员03"},
    )


def state(*events: Event | tuple[str, Event]) -> State:
    """Events in order, each entered at nine on its day or at the time given before it."""
    happened = []
    for line, entry in enumerate(events, 1):
        at, event = entry if isinstance(entry, tuple) else (f"{entry.on}T09:00:00+08:00", entry)
        happened.append(Happened(line, at, "经办人", event))
    return fold(happened)


def recorded(
    values: Mapping[str, str], at: str = "2025-09-26T18:00:00+08:00", task: str = "G/A1"
) -> tuple[str, Recorded]:
    return at, Recorded(on=date.fromisoformat(at[:10]), task=task, values=dict(values))


def clocks(now: str, *events: Event | tuple[str, Event], of: Plan | None = None, **more: Any) -> dict[str, Deadline]:
    """The clocks of the one task G/A1 and of its plan as a whole, by name."""
    found = deadlines(
        state(drawn("A1"), *events), of or plan(), KNOWN, datetime.fromisoformat(now).replace(tzinfo=CHINA), **more
    )
    assert len({deadline.clock for deadline in found}) == len(found)
    return {deadline.clock: deadline for deadline in found}


def told(deadline: Deadline) -> tuple[str, str, str, str, int | None]:
    return deadline.status, deadline.started, deadline.due, deadline.done_on, deadline.left


CHECKED = {"check_ended": "2025-09-26T16:30", "sampled": "no", "outcome": "NO_PROBLEM_FOUND"}
PENALISED = {
    "check_ended": "2025-09-01T10:00",
    "outcome": "PENALISED",
    "case_filed_on": "2025-09-03",
    "penalty_decided_on": "2025-09-26",
    "penalty_no": "1号",
}


def test_the_task_list_of_an_own_draw_is_handed_out_with_the_draw() -> None:
    assert told(clocks("2025-04-02")["task-list"]) == ("done", "2025-04-01", "2025-04-09", "2025-04-01", None)


@pytest.mark.parametrize(("entered", "status"), [("2025-04-09", "done"), ("2025-04-10", "done-late")])
def test_a_received_list_is_handed_out_when_it_is_entered(entered: str, status: str) -> None:
    now = datetime(2025, 4, 20, tzinfo=CHINA)

    found = deadlines(state((f"{entered}T10:00:00+08:00", received("A1"))), plan(), KNOWN, now)

    lists = [told(deadline) for deadline in found if deadline.clock == "task-list"]
    assert lists == [(status, "2025-04-01", "2025-04-09", entered, None)]


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("issued", "now", "status"),
    [
        ("", "2025-04-09", "due"),
        ("", "2025-04-10", "overdue"),
        ("2025-04-09", "2025-04-20", "done"),
        ("2025-04-10", "2025-04-20", "done-late"),
    ],
)
def test_a_list_without_sheets_is_not_issued_until_they_are_made_or_it_is_said(
    own: bool, issued: str, now: str, status: str
) -> None:
    source = "" if own else "R1"
    began: Event = drawn("A1", sheets=False) if own else received("A1", sheets=False)
    later = [Issued(on=date.fromisoformat(issued), source=source, how="otherwise")] if issued else []
    moment = datetime.fromisoformat(now).replace(tzinfo=CHINA)

    found = deadlines(state(began, *later), plan(), KNOWN, moment, window=Window(f"{now}T23:59", done=bool(issued)))

    [list_] = [deadline for deadline in found if deadline.clock == "task-list"]
    assert (list_.status, list_.due, list_.done_on) == (status, "2025-04-09", issued)
    assert (list_.id, list_.what) == (
        ("T-2025:task-list:draw", "下达任务清单") if own else ("T-2025:task-list:R1", "下达任务清单（R1）")
    )


def test_a_list_is_issued_once_and_an_old_line_says_that_it_was() -> None:
    again = Issued(on=date(2025, 5, 1), source="", how="otherwise", text="x")
    line = {name: value for name, value in stored(drawn("A1")).items() if name != "sheets"}

    assert told(clocks("2025-05-02", again)["task-list"])[3] == "2025-04-01"
    assert state(event_of(line)).sources[""].issued == "2025-04-01"


@pytest.mark.parametrize(
    ("more", "entered", "status", "done"),
    [
        ({}, "2025-09-27T16:30:59+08:00", "done", "2025-09-27T16:30"),
        ({}, "2025-09-27T16:31:00+08:00", "done-late", "2025-09-27T16:31"),
        ({}, "2025-09-27T08:31:00+00:00", "done-late", "2025-09-27T16:31"),
        ({"uploaded": "2025-09-26T20:00"}, "2025-10-15T09:00:00+08:00", "done", "2025-09-26T20:00"),
        ({"uploaded": "2025-09-28T09:00"}, "2025-09-26T17:00:00+08:00", "done-late", "2025-09-28T09:00"),
    ],
)
def test_results_are_uploaded_within_24_hours_of_the_check(
    more: dict[str, str], entered: str, status: str, done: str
) -> None:
    found = clocks("2025-10-20", recorded({**CHECKED, **more}, entered))

    assert told(found["check-upload"]) == (status, "2025-09-26T16:30", "2025-09-27T16:30", done, None)
    assert found["check-upload"].left_unit == "hours"


def test_a_test_report_has_24_hours_of_its_own() -> None:
    values = {**CHECKED, "sampled": "yes", "report_received": "2025-10-01T09:00"}

    found = clocks("2025-10-20", recorded(values, "2025-10-02T09:01:00+08:00"))

    assert told(found["report-upload"]) == (
        "done-late",
        "2025-10-01T09:00",
        "2025-10-02T09:00",
        "2025-10-02T09:01",
        None,
    )


@pytest.mark.parametrize(
    ("field", "clock"),
    [
        ("case_filed_on", "case-filed"),
        ("penalty_decided_on", "penalty-decided"),
        ("case_closed_on", "case-closed"),
    ],
)
@pytest.mark.parametrize(
    ("day", "due"), [("2025-09-10", "2025-09-15"), ("2025-09-26", "2025-10-09"), ("2025-09-22", "2025-09-28")]
)
def test_a_case_is_entered_within_five_days_and_a_last_day_off_moves(
    field: str, clock: str, day: str, due: str
) -> None:
    late = date.fromisoformat(due) + timedelta(days=1)
    values = {field: day}

    kept = clocks("2025-10-20", recorded(values, f"{due}T23:59:00+08:00"))[clock]
    missed = clocks("2025-10-20", recorded(values, f"{late}T00:00:00+08:00"))[clock]
    said = clocks("2025-10-20", recorded({**values, f"{field[:-3]}_entered": day}, "2025-12-01T00:00:00+08:00"))[clock]

    assert told(kept) == ("done", day, due, due, None)
    assert told(missed) == ("done-late", day, due, str(late), None)
    assert told(said) == ("done", day, due, day, None)


SEPARATE: Mapping[str, Any] = {"platform": "separate"}


@pytest.mark.parametrize(
    ("field", "since", "there", "clock", "due", "left"),
    [
        ("check_ended", "2025-09-26T16:30", "uploaded", "check-upload", "2025-09-27T16:30", 3),
        ("report_received", "2025-09-26T16:30", "report_uploaded", "report-upload", "2025-09-27T16:30", 3),
        ("case_filed_on", "2025-09-24", "case_filed_entered", "case-filed", "2025-09-29", 2),
        ("penalty_decided_on", "2025-09-24", "penalty_decided_entered", "penalty-decided", "2025-09-29", 2),
        ("case_closed_on", "2025-09-24", "case_closed_entered", "case-closed", "2025-09-29", 2),
    ],
)
def test_where_the_platform_is_separate_our_entry_ends_no_clock(
    field: str, since: str, there: str, clock: str, due: str, left: int
) -> None:
    length = len(since)
    entry = recorded({field: since}, "2025-09-26T18:00:00+08:00")
    kept = recorded({there: due}, "2025-10-08T18:00:00+08:00")
    late = recorded({there: "2025-09-30T09:00"[:length]}, "2025-10-08T18:00:00+08:00")
    near = Window("2025-10-01T00:00", done=False)

    def at(now: str, *entries: tuple[str, Recorded], of: Plan | None = None, window: Window | None = None) -> Any:
        return clocks(now, *entries, of=of or plan(**SEPARATE), window=window).get(clock)

    assert told(at("2025-09-27T13:30", entry, window=near)) == ("due", since, due, "", left)
    assert told(at("2025-09-30T09:00", entry, window=near))[0] == "overdue"
    assert at("2025-09-30T09:00", entry, kept, window=near) is None
    assert told(at("2025-09-30T09:00", entry, kept))[::3] == ("done", due)
    assert told(at("2025-09-30T09:00", entry, late))[::3] == ("done-late", "2025-09-30T09:00"[:length])
    assert at("2025-09-30T09:00", entry, of=plan(), window=near) is None


def test_what_had_happened_by_a_moment_was_uploaded_then_and_the_rest_was_not() -> None:
    values = {
        "check_ended": "2025-09-26T16:30",
        "report_received": "2025-09-27T09:01",
        "case_filed_on": "2025-09-27",
        "penalty_decided_on": "2025-09-26",
        "penalty_decided_entered": "2025-09-26",
        "case_closed_on": "2025-09-28",
    }

    assert uploaded(values, "2025-09-27T09:00") == {
        "uploaded": "2025-09-27T09:00",
        "case_filed_entered": "2025-09-27",
    }


@pytest.mark.parametrize("outcome", ["NO_PROBLEM_FOUND", "CORRECTION_ORDERED", "UNREACHABLE"])
def test_a_result_is_public_in_twenty_working_days(outcome: str) -> None:
    entry = recorded({**CHECKED, "outcome": outcome})

    assert told(clocks("2025-10-30", entry)["result-public"]) == ("due", "2025-09-26", "2025-10-30", "", 0)
    assert told(clocks("2025-10-28", entry)["result-public"]) == ("due", "2025-09-26", "2025-10-30", "", 2)
    assert told(clocks("2025-10-31", entry)["result-public"]) == ("overdue", "2025-09-26", "2025-10-30", "", -1)
    kept, late = (recorded({"published": day}, f"{day}T10:00:00+08:00") for day in ("2025-10-30", "2025-10-31"))
    assert told(clocks("2025-11-20", entry, kept)["result-public"])[::3] == ("done", "2025-10-30")
    assert told(clocks("2025-11-20", entry, late)["result-public"])[::3] == ("done-late", "2025-10-31")


def test_a_task_with_samples_is_done_when_the_report_is_in() -> None:
    waiting = recorded({**CHECKED, "sampled": "yes"})
    report = recorded({"report_received": "2025-09-30T10:00"}, "2025-09-30T11:00:00+08:00")

    assert "result-public" not in clocks("2025-10-20", waiting)
    assert told(clocks("2025-10-20", waiting, report)["result-public"])[1:3] == ("2025-09-30", "2025-11-04")


def test_a_result_that_nobody_entered_yet_is_due_all_the_same() -> None:
    assert told(clocks("2025-10-28", recorded({"check_ended": "2025-09-26T16:30"}))["result-public"])[0] == "due"


def test_a_penalty_has_its_own_publication_in_seven_working_days() -> None:
    entry = recorded(PENALISED)

    assert "result-public" not in clocks("2025-10-20", entry)
    assert told(clocks("2025-10-13", entry)["penalty-public"]) == ("due", "2025-09-26", "2025-10-13", "", 0)
    assert told(clocks("2025-10-15", entry)["penalty-public"]) == ("overdue", "2025-09-26", "2025-10-13", "", -2)
    late = recorded({"penalty_published": "2025-10-14"}, "2025-10-14T10:00:00+08:00")
    assert told(clocks("2025-10-20", entry, late)["penalty-public"])[::3] == ("done-late", "2025-10-14")


def test_a_case_that_is_open_keeps_the_result_waiting_for_the_penalty() -> None:
    values = {"check_ended": "2025-09-01T10:00", "case_filed_on": "2025-09-03"}

    assert "result-public" not in clocks("2025-10-20", recorded(values))


def test_a_published_penalty_that_changed_is_withdrawn_in_three_working_days() -> None:
    changed = recorded({**PENALISED, "penalty_changed_on": "2025-09-30"})
    published = recorded({"penalty_published": "2025-09-27"})
    withdrawn = recorded({"penalty_withdrawn": "2025-10-11"})

    assert "penalty-withdrawn" not in clocks("2025-10-20", changed)
    assert told(clocks("2025-10-01", changed, published)["penalty-withdrawn"]) == (
        "due",
        "2025-09-30",
        "2025-10-11",
        "",
        3,
    )
    assert told(clocks("2025-10-12", changed, published)["penalty-withdrawn"])[0] == "overdue"
    assert told(clocks("2025-10-20", changed, published, withdrawn)["penalty-withdrawn"])[0] == "done"


def test_a_follow_up_is_due_on_the_day_in_the_order() -> None:
    ordered = recorded(
        {**CHECKED, "outcome": "CORRECTION_ORDERED", "correction_ordered_on": "2025-09-26", "correct_by": "2025-10-12"}
    )
    visited = recorded({"followed_up_on": "2025-10-13"}, "2025-10-13T10:00:00+08:00")

    assert told(clocks("2025-10-10", ordered)["follow-up"]) == ("due", "2025-09-26", "2025-10-12", "", 1)
    assert told(clocks("2025-10-13", ordered)["follow-up"]) == ("overdue", "2025-09-26", "2025-10-12", "", -1)
    assert told(clocks("2025-10-20", ordered, visited)["follow-up"])[::3] == ("done-late", "2025-10-13")


def test_all_tasks_are_done_by_the_end_of_the_period() -> None:
    assert told(clocks("2025-11-27")["period-end"]) == ("due", "2025-04-01", "2025-11-28", "", 1)
    assert told(clocks("2025-12-01")["period-end"]) == ("overdue", "2025-04-01", "2025-11-28", "", -1)
    assert told(clocks("2025-12-01", recorded(CHECKED))["period-end"])[::3] == ("done", "2025-09-26")
    late = recorded({**CHECKED, "check_ended": "2025-11-29T10:00"})
    assert told(clocks("2025-12-01", late)["period-end"])[::3] == ("done-late", "2025-11-29")


def test_at_half_time_four_fifths_are_done() -> None:
    five = state(drawn("A1", "A2", "A3", "A4", "A5"))
    some = [recorded({**CHECKED, "check_ended": f"2025-0{n}-10T10:00"}, task=f"G/A{n}") for n in (4, 5, 3)]

    def half(now: str, *, fourth: str = "") -> Deadline:
        entries = [*some, *([recorded({**CHECKED, "check_ended": fourth}, task="G/A1")] if fourth else [])]
        more = fold([Happened(n, at, "经办人", event) for n, (at, event) in enumerate(entries, 2)], five)
        found = deadlines(more, plan(), KNOWN, datetime.fromisoformat(now).replace(tzinfo=CHINA))
        return next(deadline for deadline in found if deadline.clock == "half-time")

    assert told(half("2025-07-30")) == ("due", "2025-04-01", "2025-07-30", "", 0)
    assert told(half("2025-07-31")) == ("overdue", "2025-04-01", "2025-07-30", "", -1)
    assert half("2025-07-31").what == "时间过半，完成率（有结果 ÷ 全部任务）应达 80%，现为 3/5 = 60.00%"
    assert told(half("2025-08-10", fourth="2025-07-30T09:00"))[::3] == ("done", "2025-07-30")
    assert told(half("2025-08-10", fourth="2025-08-01T09:00"))[::3] == ("done-late", "2025-08-01")


def test_at_half_time_closed_tasks_stand_in_the_base_and_hold_nothing_up_when_none_is_open() -> None:
    names = [f"A{n}" for n in range(1, 6)]
    done = [recorded({**CHECKED, "check_ended": f"2025-0{n}-10T10:00"}, task=f"G/A{n}") for n in (4, 5)]
    last = recorded({**CHECKED, "check_ended": "2025-06-10T10:00"}, task="G/A1")
    voids = [
        Voided(on=date(2025, 7, day), task=f"G/A{day}", why="duplicate", reason="", document_no="") for day in (2, 3)
    ]

    def half(*events: Event | tuple[str, Event]) -> Deadline:
        found = deadlines(state(drawn(*names), *events), plan(), KNOWN, datetime(2025, 8, 10, tzinfo=CHINA))
        return next(deadline for deadline in found if deadline.clock == "half-time")

    assert half(*done, *voids).what.endswith("现为 2/5 = 40.00%")
    assert told(half(*done, *voids))[0] == "overdue"
    assert told(half(*done, last, *voids))[::3] == ("done", "2025-07-03")


def test_certificates_and_licences_are_shown_from_thirty_days_before_their_end() -> None:
    ends = (
        Expiry("certificate", "P1", "监督员01", "2025-11-19"),
        Expiry("licence", "A1", "甲宾馆", "2025-10-19"),
        Expiry("licence", "A2", "乙宾馆", "2025-11-20"),
    )

    found = clocks("2025-10-20", expiries=ends, window=Window("2025-10-27T00:00", done=False))

    assert told(found["certificate"]) == ("due", "2025-10-20", "2025-11-19", "", 22)
    assert (found["certificate"].inspector, found["certificate"].inspectors) == ("P1", (Person("P1", "监督员01"),))
    assert told(found["licence"]) == ("overdue", "2025-09-19", "2025-10-19", "", -1)
    assert (found["licence"].subject, found["licence"].name) == ("A1", "甲宾馆")


def test_a_task_that_the_superior_closed_has_no_clocks() -> None:
    void = Voided(on=date(2025, 9, 27), task="G/A1", why="duplicate", reason="重卡", document_no="1号")

    assert set(clocks("2025-12-20", recorded(CHECKED), void)) == {"task-list"}


def test_a_visit_outside_the_draw_has_no_result_to_publish_and_no_period() -> None:
    visit = VisitedOtherwise(
        on=DRAWN_ON,
        task="N1",
        subject="A9",
        name="戊店",
        stratum="G",
        basis="complaint",
        document_no="",
        inspectors=("P2",),
    )
    now = datetime(2025, 9, 28, tzinfo=CHINA)

    found = deadlines(state(visit, recorded(CHECKED, task="N1")), plan(), KNOWN, now)

    assert [(d.clock, d.task, d.name, d.inspectors) for d in found] == [
        ("check-upload", "N1", "戊店", (Person("P2", ""),))
    ]


def test_a_deadline_says_whose_it_is_and_on_what_basis() -> None:
    found = clocks("2025-10-28", recorded(CHECKED))["result-public"]

    assert (found.id, found.plan, found.task, found.subject) == ("T-2025:result-public:G/A1", "T-2025", "G/A1", "A1")
    assert (found.what, found.basis) == ("公开抽查结果", "抽查实施方案四（一）；实施细则七")
    assert found.inspectors == (Person("P1", "监督员01"), Person("P2", "监督员02"))
    assert (found.left_unit, found.assumed) == ("workdays", False)


def test_a_plan_may_set_another_limit_with_its_unit_and_basis() -> None:
    rules = {
        "result-public": {"limit": "15", "unit": "days", "basis": "市局通知第三条"},
        "case-filed": {"unit": "workdays", "basis": "省局答复"},
        "check-upload": {"limit": "1", "unit": "workdays", "basis": "省局答复"},
    }
    entry = recorded({**CHECKED, "case_filed_on": "2025-09-26"}, "2025-09-28T23:00:00+08:00")

    found = clocks("2025-09-29", entry, of=plan(deadlines=rules))

    assert (found["result-public"].due, found["result-public"].basis) == ("2025-10-11", "市局通知第三条")
    assert found["case-filed"].due == "2025-10-10"
    assert told(found["check-upload"])[:3] == ("done", "2025-09-26T16:30", "2025-09-28")


def test_a_plan_may_count_from_the_end_of_the_whole_campaign() -> None:
    campaign = plan(deadlines={"result-public": {"done": "campaign"}})
    first = recorded({**CHECKED, "check_ended": "2025-09-08T10:00"})
    last = recorded({**CHECKED, "check_ended": "2025-09-26T10:00"}, task="G/A2")
    now = datetime(2025, 10, 20, tzinfo=CHINA)

    half, whole = (
        [told(d)[1:3] for d in deadlines(s, campaign, KNOWN, now) if d.clock == "result-public"]
        for s in (state(drawn("A1", "A2"), first), state(drawn("A1", "A2"), first, last))
    )

    assert half == []
    assert whole == [("2025-09-26", "2025-10-30")] * 2


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"result-publc": {}}, "没有“result-publc”这个期限。是不是想写“result-public”？"),
        ({"weather": {}}, "没有“weather”这个期限。可以写：task-list、"),
        ({"result-public": {"limit": "15", "unit": "workdays"}}, "另定期限必须写 basis（依据的文件和条款）。"),
        ({"case-filed": {"unit": "hours", "basis": "x"}}, "“case-filed”的单位不能是“hours”。只能是 workdays、days。"),
        (
            {"follow-up": {"limit": "3", "unit": "days", "basis": "x"}},
            "“follow-up”的日期由文书或方案规定，不能另定期限。",
        ),
        ({"case-filed": {"done": "campaign"}}, "“case-filed”不能写 done，只有 result-public 可以。"),
        ({"half-time": {"limit": "120", "basis": "x"}}, "“half-time”的 limit 是百分数，不能大于 100。"),
    ],
)
def test_an_override_that_cannot_be_is_a_problem(rules: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        plan(deadlines=rules)

    assert says in refused.value.errors()[0]["msg"]


def test_a_window_leaves_out_what_is_done_and_what_is_far() -> None:
    other = [recorded({**CHECKED, "published": "2025-10-10"}), recorded(CHECKED, task="G/A2")]
    now = datetime(2025, 10, 27, tzinfo=CHINA)
    both = state(drawn("A1", "A2", "A3"), *other)

    near = deadlines(both, plan(), KNOWN, now, window=Window("2025-10-30T00:00", done=False))
    nearer = deadlines(both, plan(), KNOWN, now, window=Window("2025-10-29T23:59", done=False))

    assert [(d.clock, d.task) for d in near] == [("half-time", ""), ("result-public", "G/A2")]
    assert [(d.clock, d.task) for d in nearer] == [("half-time", "")]


def test_the_most_urgent_stands_first() -> None:
    found = deadlines(state(drawn("A1", "A2"), recorded(CHECKED)), plan(), KNOWN, datetime(2025, 10, 31, tzinfo=CHINA))

    assert [(d.status, d.clock, d.task) for d in found] == [
        ("overdue", "half-time", ""),
        ("overdue", "result-public", "G/A1"),
        ("due", "period-end", "G/A2"),
        ("done", "task-list", ""),
        ("done", "check-upload", "G/A1"),
        ("done", "period-end", "G/A1"),
    ]


def test_a_year_without_notice_hides_no_clock() -> None:
    entry = recorded({**CHECKED, "check_ended": "2026-12-18T10:00"}, "2026-12-18T11:00:00+08:00")
    other = recorded({**CHECKED, "check_ended": "2026-11-25T10:00"}, "2026-11-25T11:00:00+08:00", task="G/A2")
    both = state(drawn("A1", "A2"), entry, other)

    def open_ones(now: datetime) -> dict[str, Deadline]:
        window = Window(f"{now:%Y-%m-%d}T23:59", done=False)
        return {d.task: d for d in deadlines(both, plan(), KNOWN, now, window=window) if d.clock == "result-public"}

    old = open_ones(datetime(2026, 12, 23, tzinfo=CHINA))
    new = open_ones(datetime(2027, 1, 5, tzinfo=CHINA))

    assert told(old["G/A1"]) == ("unknown", "2026-12-18", "", "", None)
    assert told(old["G/A2"]) == ("due", "2026-11-25", "2026-12-23", "", 0)
    assert told(new["G/A2"]) == ("overdue", "2026-11-25", "2026-12-23", "", None)
    assert [d.unknown_year for d in (old["G/A1"], old["G/A2"], new["G/A2"])] == [2027, None, 2027]


def test_a_year_without_notice_is_assumed_on_request() -> None:
    entry = recorded({**CHECKED, "check_ended": "2026-12-18T10:00"}, "2026-12-18T11:00:00+08:00")
    now = datetime(2026, 12, 20, tzinfo=CHINA)
    assumed = read_calendar(Workspace(REPOSITORY), assume_weekdays=True)

    found = {d.clock: d for d in deadlines(state(drawn("A1"), entry), plan(), assumed, now)}

    assert (found["result-public"].due, found["result-public"].assumed) == ("2027-01-15", True)
    assert (found["check-upload"].assumed, found["period-end"].assumed) == (False, False)


def test_every_clock_has_a_basis_and_a_name_of_its_own() -> None:
    assert len({clock.name for clock in CLOCKS.values()}) == len(CLOCKS) == 14
    assert all(clock.basis and clock.since and clock.id == name for name, clock in CLOCKS.items())


def test_the_page_on_deadlines_has_every_clock_with_its_own_basis() -> None:
    page = (REPOSITORY / "docs/deadlines.md").read_text("utf-8")

    for clock in CLOCKS.values():
        assert re.search(rf"^\| \S+ `{clock.id}` \|[^|]*\|[^|]*\| {re.escape(clock.basis)} \|", page, re.MULTILINE), (
            clock
        )
