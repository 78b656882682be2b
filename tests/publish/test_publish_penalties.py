"""`ssj publish penalties`: apart from results, within seven working days; a changed or revoked one leaves the site."""

import pytest

from tests.conftest import County
from tests.publish.going_public import FAST, drawn, events, penalise, public, publish, record, refused
from tests.year.returning import Clock


def two_published(county: County, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = drawn(county, monkeypatch)
    penalise(county, "GGCS/A1", 1)
    penalise(county, "GGCS/A2", 2)
    publish(county, "penalties", *FAST)
    clock("2023-05-15T09:00")
    return clock


def revoke(county: County, task: str, on: str = "2023-05-15") -> None:
    record(county, task, f"处罚变更或撤销日期={on}", outcome="")


def test_penalties_go_out_with_their_own_last_day(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A3")
    penalise(county, "GGCS/A1")

    done = publish(county, "penalties", *FAST)

    assert done["notice"]["tasks"] == ["GGCS/A1"]
    assert [one["due"] for one in done["going"]] == ["2023-05-18"]
    assert publish(county, "penalties", *FAST)["notice"] is None
    assert publish(county, "results", *FAST)["notice"]["tasks"] == ["GGCS/A3"]


def test_a_published_penalty_ends_its_clock(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    two_published(county, monkeypatch)

    found = county.ssj("deadlines", "--within", "60d", "--json").json["deadlines"]

    assert "penalty-public" not in {one["clock"] for one in found}


def test_a_revoked_penalty_is_asked_for_until_it_is_withdrawn(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    two_published(county, monkeypatch)
    old = public(county)["penalties-1.csv"]
    revoke(county, "GGCS/A1")
    told = county.ssj("publish", "penalties")
    assert "1 项已公示的处罚登记了变更或撤销，三个工作日内要撤下：GGCS/A1。" in told.err

    done = publish(county, "penalties", "--withdraw", "GGCS/A1", "--reason", "复议撤销", *FAST)

    notice = done["notice"]
    assert (notice["name"], notice["corrects"]) == ("penalties-2", "penalties-1")
    assert (notice["tasks"], notice["withdraws"]) == (["GGCS/A2"], ["GGCS/A1"])
    assert done["to_withdraw"] == []
    assert [name for name in public(county) if name.startswith("penalties-1")] == []
    assert (county.dossier / "withdrawn" / "penalties-1.csv").read_bytes() == old
    found = county.ssj("deadlines", "--within", "60d", "--json").json["deadlines"]
    assert "penalty-withdrawn" not in {one["clock"] for one in found}


def test_the_index_tells_of_a_withdrawn_notice_its_name_and_nothing_else(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_published(county, monkeypatch)
    revoke(county, "GGCS/A1")
    publish(county, "penalties", "--withdraw", "GGCS/A1", "--reason", "复议撤销", *FAST)

    page = public(county)["index.html"].decode()

    assert "penalties-1（2023年5月9日公示）已撤下，由" in page
    assert 'href="penalties-1.csv"' not in page
    assert events(county)[-3]["files"]["penalties-1.csv"] not in page
    assert b"penalties-1.csv" not in public(county)["SHA256SUMS"]


def test_a_penalty_decided_anew_goes_out_again(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = two_published(county, monkeypatch)
    revoke(county, "GGCS/A1")
    publish(county, "penalties", "--withdraw", "GGCS/A1", "--reason", "变更", *FAST)
    assert "任务 GGCS/A1 的处罚公示已于 2023-05-15 撤下。" in refused(county, "penalties", "--task", "GGCS/A1").err
    clock("2023-05-17T09:00")
    anew = ("--clear", "处罚公示日期", "--set", "处罚决定日期=2023-05-15", "--set", "罚款金额=1000")
    assert county.ssj("record", "--task", "GGCS/A1", *anew).code == 0

    done = publish(county, "penalties", *FAST)

    assert (done["notice"]["name"], done["notice"]["tasks"]) == ("penalties-3", ["GGCS/A1"])
    assert done["to_withdraw"] == []
    assert publish(county, "penalties", *FAST)["notice"] is None


def test_a_penalty_may_be_decided_anew_later_than_the_old_one_was_revoked(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = two_published(county, monkeypatch)
    revoke(county, "GGCS/A1")
    clock("2023-05-22T09:00")
    anew = ("--clear", "处罚公示日期", "--set", "处罚决定日期=2023-05-22", "--set", "罚款金额=1000")
    assert "早于" in county.ssj("record", "--task", "GGCS/A1", *anew).err
    publish(county, "penalties", "--withdraw", "GGCS/A1", "--reason", "变更", *FAST)
    assert county.ssj("record", "--task", "GGCS/A1", *anew).code == 0

    done = publish(county, "penalties", *FAST)

    assert done["notice"]["tasks"] == ["GGCS/A1"]
    assert done["notice"]["title"] == "2023年测试县卫生健康局行政处罚信息的公示（第2批）"


def test_what_double_publicity_asks_for_and_nobody_recorded_is_told(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    penalise(county, "GGCS/A1", 1)
    penalise(county, "GGCS/A2", 2)
    record(county, "GGCS/A1", "处罚依据=《公共场所卫生管理条例实施细则》第三十五条", outcome="")

    seen = county.ssj("publish", "penalties", "--dry-run", *FAST)
    done = publish(county, "penalties", *FAST)

    assert "提醒  没有录入，公示里写的是“/”：违法行为类型 2 件、处罚依据 1 件、处罚类别 2 件" in seen.err
    assert "补录，再公示。" in seen.err
    assert done["unsaid"] == {
        "违法行为类型": 2,
        "处罚依据": 1,
        "处罚类别": 2,
        "处罚内容": 2,
        "处罚有效期": 2,
        "公示截止期": 2,
    }


def test_all_penalties_of_a_notice_may_be_withdrawn(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    two_published(county, monkeypatch)
    for task in ("GGCS/A1", "GGCS/A2"):
        revoke(county, task)

    both = ("--withdraw", "GGCS/A1", "--withdraw", "GGCS/A2")
    done = publish(county, "penalties", *both, "--reason", "复议撤销")

    assert (done["notice"]["tasks"], done["notice"]["withdraws"]) == ([], ["GGCS/A1", "GGCS/A2"])
    files = public(county)
    assert {"penalties-2.html", "penalties-2.docx"} <= set(files)
    assert "撤下" in files["penalties-2.html"].decode()


def test_what_was_not_changed_or_is_not_public_cannot_be_withdrawn(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_published(county, monkeypatch)

    not_changed = refused(county, "penalties", "--withdraw", "GGCS/A1", "--reason", "误")
    not_public = refused(county, "penalties", "--withdraw", "GGCS/A3", "--reason", "误")
    without_reason = refused(county, "penalties", "--withdraw", "GGCS/A1")

    assert [one.code for one in (not_changed, not_public, without_reason)] == [3, 3, 2]
    assert "任务 GGCS/A1 的处罚没有登记变更或撤销" in not_changed.err
    assert "行政处罚法第四十八条" in not_changed.err
    assert "任务 GGCS/A3 没有正在公示的行政处罚" in not_public.err


def test_the_tasks_of_one_decision_are_withdrawn_together(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = drawn(county, monkeypatch)
    penalise(county, "GGCS/B2", 7)
    penalise(county, "XXWS/B2", 7)
    publish(county, "penalties", *FAST)
    clock("2023-05-15T09:00")
    revoke(county, "GGCS/B2")

    alone = refused(county, "penalties", "--withdraw", "GGCS/B2", "--reason", "撤销")
    assert alone.code == 3
    assert "XXWS/B2 和要撤下的任务是同一个处罚决定，要一起撤下。" in alone.err

    revoke(county, "XXWS/B2")
    both = ("--withdraw", "GGCS/B2", "--withdraw", "XXWS/B2")
    assert publish(county, "penalties", *both, "--reason", "撤销", *FAST)["notice"]["tasks"] == []


def test_a_wrong_row_is_corrected_by_a_notice_that_takes_the_place_of_the_old_one(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_published(county, monkeypatch)
    record(county, "GGCS/A1", "罚款金额=3000", outcome="")

    done = publish(county, "penalties", "--correct", "penalties-1", "--reason", "金额录错")

    assert done["notice"]["tasks"] == ["GGCS/A1", "GGCS/A2"]
    files = public(county)
    assert "penalties-1.csv" not in files
    assert "甲宾馆，罚款金额（万元）原为“0.2”，更正为“0.3”。" in files["penalties-2.html"].decode()
    assert "原公示内容" in files["penalties-2-2.csv"].decode("utf-8-sig")
