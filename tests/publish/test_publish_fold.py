"""What publishing means for the state: folded in one go or in two, read from old lines, for a draw that was voided."""

from datetime import date
from typing import Any

import pytest

from shuangsuiji.core.year.events import Event, Happened, Placed, Published, event_of, stored
from shuangsuiji.core.year.publication import latest, standing
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from tests.conftest import County
from tests.publish.going_public import FAST, drawn, penalise, publish, record

DAY = date(2023, 5, 9)


def notice(name: str, *tasks: str, **more: Any) -> Published:
    files = {f"{name}.csv": "0" * 64}
    what = name.split("-", maxsplit=1)[0]
    fields = {
        "on": DAY,
        "notice": name,
        "what": what,
        "title": name,
        "files": files,
        "tasks": dict.fromkeys(tasks, "d"),
    }
    return Published.model_validate({**fields, **more})


def happened(*events: Event, first: int = 1) -> list[Happened]:
    return [Happened(n, f"2023-05-09T10:{n:02}:00+08:00", "甲", event) for n, event in enumerate(events, first)]


def test_folding_in_two_steps_is_folding_in_one(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    penalise(county, "GGCS/A2")
    publish(county, "results", *FAST)
    publish(county, "penalties", *FAST)
    record(county, "GGCS/A2", "处罚变更或撤销日期=2023-05-09", outcome="")
    publish(county, "penalties", "--withdraw", "GGCS/A2", "--reason", "撤销", *FAST)
    publish(county, "results", "--at", "https://www.example.gov.cn/1")
    whole = read_ledger(county.dossier).happened

    assert len(whole) > 8
    for cut in range(len(whole) + 1):
        assert fold(whole[cut:], fold(whole[:cut])) == fold(whole)


def test_an_event_is_stored_and_read_back() -> None:
    for event in (notice("results-1", "GGCS/A1"), Placed(on=DAY, notice="results-1", url="https://x.gov.cn")):
        assert event_of(stored(event)) == event


def test_a_line_with_the_bare_fields_is_readable() -> None:
    line = {
        "kind": "published",
        "v": 1,
        "on": "2023-05-09",
        "notice": "plan-1",
        "what": "plan",
        "title": "计划",
        "files": {},
    }

    assert event_of(line) == Published(on=DAY, notice="plan-1", what="plan", title="计划", files={})


def test_a_task_keeps_the_day_of_its_first_publication(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    before = fold(read_ledger(county.dossier).happened)
    first = notice("results-1", "GGCS/A1")
    again = notice("results-2", "GGCS/A1", on=date(2023, 5, 20), corrects="results-1")

    state = fold(happened(first, again, first=before.lines + 1), before)

    assert state.tasks["GGCS/A1"].values["published"] == "2023-05-09"
    assert state.notices["results-1"].corrected_by == ("results-2",)
    assert standing(state.notices, "results")["GGCS/A1"].event.notice == "results-2"


def test_of_penalties_the_corrected_notice_is_withdrawn_of_results_it_stays() -> None:
    state = fold(
        happened(
            notice("results-1"),
            notice("results-2", corrects="results-1"),
            notice("penalties-1"),
            notice("penalties-2", corrects="penalties-1"),
        )
    )

    assert [one.is_withdrawn for one in state.notices.values()] == [False, False, True, False]
    newest = latest(state.notices, "penalties")
    assert newest is not None
    assert (newest.event.notice, newest.number) == ("penalties-2", 2)


def test_a_notice_of_tasks_that_are_gone_changes_no_task() -> None:
    state = fold(happened(notice("results-1", "GGCS/A1"), Placed(on=DAY, notice="results-1", url="https://x.gov.cn")))

    assert state.tasks == {}
    assert state.notices["results-1"].urls == ("https://x.gov.cn",)
