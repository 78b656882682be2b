"""`ssj publish results`: what is ready goes out once, with its last day; what changed since is corrected by name."""

import csv
import io

import pytest

from tests.conftest import County
from tests.publish.going_public import FAST, TASKS, digest, drawn, events, penalise, public, publish, record, refused


def rows(county: County, name: str) -> list[list[str]]:
    text = public(county)[name].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_what_is_done_and_not_yet_published_goes_out(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    record(
        county,
        "GGCS/A3",
        "存在的主要问题=未公示许可证",
        "责令改正日期=2023-05-09",
        "改正期限=2023-05-20",
        outcome="发现问题已责令改正",
    )
    record(county, "GGCS/A4", "是否抽样检测=是")
    penalise(county, "GGCS/A2")

    done = publish(county, "results", *FAST)

    assert done["notice"]["name"] == "results-1"
    assert done["notice"]["tasks"] == ["GGCS/A1", "GGCS/A3"]
    assert [row[1:3] + row[5:7] for row in rows(county, "results-1.csv")] == [
        ["甲宾馆", "东街1号", "未发现问题", "/"],
        ["丙宾馆", "东街3号", "发现问题已责令改正", "未公示许可证"],
    ]
    assert [one["due"] for one in done["going"]] == ["2023-06-06", "2023-06-06"]
    assert done["overdue"] == 0


def test_the_event_holds_the_digests_of_the_files_that_lie_in_the_public_folder(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")

    publish(county, "results", "--format", "csv,xlsx")

    event, files = events(county)[-1], public(county)
    assert event["kind"] == "published"
    assert event["files"] == {name: digest(files[name]) for name in ("results-1.xlsx", "results-1.csv")}
    assert list(event["tasks"]) == ["GGCS/A1"]
    assert sorted(files) == ["SHA256SUMS", "index.html", "results-1.csv", "results-1.xlsx"]
    sums = [f"{digest(files[name])}  {name}" for name in ("results-1.csv", "results-1.xlsx")]
    assert files["SHA256SUMS"].decode().splitlines() == sums


def test_the_same_task_is_never_published_twice(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    publish(county, "results", *FAST)
    before = county.files()

    assert publish(county, "results", *FAST)["notice"] is None
    assert county.files() == before

    again = refused(county, "results", "--task", "GGCS/A1")
    assert again.code == 3
    assert "任务 GGCS/A1 已在 results-1 公示。" in again.err

    record(county, "GGCS/A3")
    assert publish(county, "results", *FAST)["notice"]["tasks"] == ["GGCS/A3"]
    assert public(county)["results-1.csv"] == before["plans/2023/public/results-1.csv"]


def test_a_published_result_ends_its_clock_and_counts_as_published(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    before = county.ssj("deadlines", "--within", "60d", "--json").json["deadlines"]
    publish(county, "results", *FAST)

    after = county.ssj("deadlines", "--within", "60d", "--json").json["deadlines"]

    assert ["result-public" in {one["clock"] for one in found} for found in (before, after)] == [True, False]
    assert county.ssj("status", "--json").json["plans"][0]["rates"]["published"]["part"] == 1


def test_what_was_published_elsewhere_and_recorded_is_not_published_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1", "结果公示日期=2023-05-09")

    assert publish(county, "results", *FAST)["notice"] is None
    assert "任务 GGCS/A1 已于 2023-05-09 公示（登记的日期）。" in refused(county, "results", "--task", "GGCS/A1").err


def test_only_what_is_due_within_a_week_where_that_is_asked_for(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    clock("2023-06-02T09:00")
    done = county.ssj("record", "--task", "GGCS/A3", "--check-ended", "2023-06-01T10:00", "--outcome", "未发现问题")
    assert done.code == 0, done.err

    done = publish(county, "results", "--due", "--dry-run")

    assert [one["task"] for one in done["going"]] == ["GGCS/A1"]
    assert [one["task"] for one in done["waiting"]] == ["GGCS/A3"]


def test_a_dry_run_tells_what_is_late_and_writes_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = drawn(county, monkeypatch)
    for task in ("GGCS/A1", "GGCS/A3"):
        record(county, task)
    clock("2023-06-08T09:00")

    done = refused(county, "results", "--dry-run", *FAST)

    assert done.code == 0
    assert "将公示 results-1" in done.out
    assert "逾期 2" in done.out
    assert "共 2 项，其中 2 项已过公示期限。" in done.out


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("GGCS/A9", "没有任务“GGCS/A9”"),
        ("GGCS/A4", "任务 GGCS/A4 还没有完成"),
        ("GGCS/A2", "任务 GGCS/A2 的结果是行政处罚，用 ssj publish penalties 公示。"),
        ("GGCS/B2", "任务 GGCS/B2 已由上级完结（上级1号），不公示。"),
    ],
)
def test_a_task_that_is_not_ready_is_refused_by_name(
    county: County, monkeypatch: pytest.MonkeyPatch, task: str, why: str
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    penalise(county, "GGCS/A2")
    record(county, "GGCS/B2")
    void = ("--why", "duplicate", "--reason", "重卡", "--document", "上级1号")
    assert county.ssj("adjust", "void", "--task", "GGCS/B2", *void).code == 0

    done = refused(county, "results", "--task", "GGCS/A1", "--task", task)

    assert done.code == 3
    assert why in done.err


def test_visits_outside_the_draw_go_out_only_where_that_is_asked_for(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    visit = ("--subject", "A2", "--stratum", "GGCS", "--document", "诉1", "--inspector", "P1", "--inspector", "P2")
    ended = ("--outcome", "未发现问题", "--check-ended", "2023-05-09T09:30")
    assert county.ssj("record", "--otherwise", "投诉", *visit, *ended).code == 0

    left = county.ssj("publish", "results", *FAST)
    assert left.code == 0
    assert "没有待公示的抽查结果。" in left.out
    assert "另有 1 项随机抽查以外的检查没有公示，要公示请加 --otherwise。" in left.err

    assert publish(county, "results", "--otherwise", *FAST)["notice"]["tasks"] == ["N1"]


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2023-05-08", "公示日期 2023-05-08 早于"),
        ("2023-05-10", "2023-05-10 还没有到"),
    ],
)
def test_the_day_of_publication_is_not_before_what_is_published_nor_to_come(
    county: County, monkeypatch: pytest.MonkeyPatch, on: str, why: str
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")

    done = refused(county, "results", "--on", on)

    assert done.code in {2, 3}
    assert why in done.err


def test_a_notice_cannot_be_older_than_the_last_line_of_the_ledger(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    clock("2023-05-12T09:00")
    assert county.ssj("note", "training", "--title", "培训").code == 0

    done = refused(county, "results", "--on", "2023-05-11")

    assert done.code == 3
    assert "公示日期 2023-05-11 早于台账最后记录的事情（2023-05-12）" in done.err


def test_a_published_row_that_changed_since_is_told_until_it_is_corrected(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    record(county, "GGCS/A3")
    publish(county, "results", *FAST)
    first = public(county)["results-1.csv"]
    clock("2023-05-10T09:00")
    record(county, "GGCS/A1", "存在的主要问题=照明不足", outcome="")

    told = county.ssj("publish", "results")
    assert "results-1 公示以后，有 1 项内容变了：GGCS/A1。" in told.err
    assert publish(county, "list")["changed"] == {"results-1": ["GGCS/A1"]}

    done = publish(county, "results", "--correct", "results-1", "--reason", "漏记问题", *FAST)

    assert done["notice"]["corrects"] == "results-1"
    assert done["notice"]["tasks"] == ["GGCS/A1"]
    assert done["changed"] == {}
    assert rows(county, "results-2-2.csv") == [["1", "甲宾馆", "存在的主要问题", "/", "照明不足"]]
    assert public(county)["results-1.csv"] == first
    assert publish(county, "results")["changed"] == {}


def test_the_old_text_comes_from_the_published_file_where_the_roster_has_changed(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    publish(county, "results", *FAST)
    subjects = (county.root / "rosters/subjects.csv").read_text("utf-8")
    county.write("rosters/subjects.csv", subjects.replace("东街1号", "东街101号"))

    publish(county, "results", "--correct", "results-1", "--reason", "地址有误", *FAST)

    assert rows(county, "results-2-2.csv") == [["1", "甲宾馆", "地址", "东街1号", "东街101号"]]


def test_there_is_nothing_to_correct_where_nothing_changed(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    publish(county, "results", *FAST)

    unchanged = refused(county, "results", "--correct", "results-1", "--reason", "看看")
    unknown = refused(county, "results", "--correct", "results-7", "--reason", "看看")
    without = refused(county, "results", "--correct", "results-1")

    assert (unchanged.code, unknown.code, without.code) == (3, 2, 2)
    assert "results-1 公示的内容没有变化，没有可更正的。" in unchanged.err
    assert "没有公示文书“results-7”。" in unknown.err
    assert "更正或撤下必须写明理由（--reason）。" in without.err


def test_results_of_a_new_draw_go_out_though_the_void_one_had_the_same_tasks(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    publish(county, "results", *FAST)
    assert county.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号").code == 0
    assert county.ssj("draw", "--seed", "2", "--no-sheets").code == 0
    record(county, "GGCS/A1", "存在的主要问题=照明不足")

    done = publish(county, "results", *FAST)

    assert (done["notice"]["name"], done["notice"]["tasks"]) == ("results-2", ["GGCS/A1"])
    assert done["changed"] == {}


def test_all_results_of_a_county_in_the_order_of_its_tasks(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    for task in reversed(TASKS):
        record(county, task)

    done = publish(county, "results", *FAST)

    assert sorted(done["notice"]["tasks"]) == TASKS
    assert [row[0] for row in rows(county, "results-1.csv")] == [str(number) for number in range(1, 8)]
