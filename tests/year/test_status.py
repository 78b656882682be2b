"""`ssj status`: figures with their formulas, and in one line the next thing to do."""

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.actions.status import status
from shuangsuiji.core.law.clocks import CLOCKS
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.deadlines import Deadline
from shuangsuiji.core.year.events import (
    Approved,
    Change,
    Event,
    Happened,
    Noted,
    Received,
    Recorded,
    Recused,
    Redrawn,
    ReplacementAsked,
    VisitedOtherwise,
    Voided,
)
from shuangsuiji.core.year.events.drawn import DrawnVisit
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, ClockLine, Standing, Step, next_clocks, standing
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.plan import read_plan
from shuangsuiji.files.workspace import Workspace
from shuangsuiji.screen.next_step import next_step
from shuangsuiji.screen.status import show_status
from tests.conftest import INSPECTORS, PLAN, County
from tests.year.returning import Clock

CHINA = timezone(timedelta(hours=8))
DAY = date(2023, 5, 9)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN + "adjustment: {limit: 25%, approvals: [县局, 市委]}\n", encoding="utf-8")
    intent, _ = read_plan(path, "plan.yaml")
    assert intent
    return intent.plan


def folded(*events: Event) -> State:
    return fold(Happened(line, f"2023-05-09T10:{line:02}:00+08:00", "经办人", e) for line, e in enumerate(events, 1))


def received(number: int, source: str = "R1", stratum: str = "GGCS") -> Received:
    """A list of `number` tasks, two inspectors each out of eight."""
    subjects = [f"S{n:03}" for n in range(number)]
    teams = [tuple(sorted({f"P{n % 8}", f"P{(n + 1) % 8}"})) for n in range(number)]
    return Received(
        on=DAY,
        source=source,
        year=2023,
        drawn_by="省卫生健康委",
        document_no="1号",
        file="list.xlsx",
        sha256="0" * 64,
        pool_digest="0" * 64,
        subjects={stratum: tuple(subjects)},
        names={subject: f"单位{subject}" for subject in subjects},
        visits=tuple(
            DrawnVisit(visit=f"{source}/{subject}", subject=subject, strata=(stratum,), team=team)
            for subject, team in zip(subjects, teams, strict=True)
        ),
        inspectors={f"P{n}": f"监督员0{n}" for n in range(8)},
    )


def recorded(task: str, **values: str) -> Recorded:
    return Recorded(on=DAY, task=task, values={"check_ended": "2023-05-09T10:00", **values})


def voided(task: str) -> Voided:
    return Voided(on=DAY, task=task, why="duplicate", reason="重卡", document_no="2号")


def all_done(number: int, *, closed: int = 0, published: int = 0) -> list[Event]:
    """`number` tasks: the last `closed` closed by the superior, all others done, the first `published` of them public."""
    tasks = [f"R1/GGCS/S{n:03}" for n in range(number)]
    done = tasks[: number - closed]
    public = {"published": "2023-05-20"}
    return [
        received(number),
        *(recorded(t, outcome="NO_PROBLEM_FOUND", **(public if n < published else {})) for n, t in enumerate(done)),
        *map(voided, tasks[number - closed :]),
    ]


def said(rates: Any) -> list[str]:
    return [str(rate) for rate in rates]


def test_rates_are_those_of_a_published_year(plan: Plan) -> None:
    found = standing(folded(*all_done(861, closed=18, published=800)), plan, (), (), today=DAY)

    assert said(found.rates) == ["843/861 = 97.91%", "861/861 = 100.00%", "800/843 = 94.90%"]
    assert found.total == (861, 0, 0, 843, 800, 18)


def test_what_was_sampled_is_done_when_the_report_is_in(plan: Plan) -> None:
    tests = {"outcome": "NO_PROBLEM_FOUND", "sampled": "yes"}
    events = [
        received(4),
        recorded("R1/GGCS/S000", **tests),
        recorded("R1/GGCS/S001", **tests, report_received="2023-05-20T09:00"),
        recorded("R1/GGCS/S002"),
    ]

    found = standing(folded(*events), plan, (), (), today=DAY)

    assert (found.total.open, found.total.checked, found.total.done) == (1, 2, 1)
    assert said(found.rates) == ["1/4 = 25.00%", "1/4 = 25.00%", "0/1 = 0.00%"]


def test_without_tasks_there_are_no_rates_and_the_next_step_is_to_draw(plan: Plan) -> None:
    found = standing(State(), plan, (), (), today=DAY)

    assert said(found.rates) == ["0/0 = —", "0/0 = —", "0/0 = —"]
    assert (found.sources, found.lines, found.step) == ((), (), Step("draw"))


def test_several_sources_stand_apart_and_strata_in_the_plans_order(plan: Plan) -> None:
    found = standing(
        folded(received(3, "R1", "XXWS"), received(2, "R2"), received(1, "R3", "OLD")), plan, (), (), today=DAY
    )

    assert [(line.source, line.stratum, line.name, line.progress.tasks) for line in found.lines] == [
        ("R1", "XXWS", "学校卫生", 3),
        ("R2", "GGCS", "公共场所", 2),
        ("R3", "OLD", "OLD", 1),
    ]
    assert [(s.source, s.progress.tasks, s.visits) for s in found.sources] == [("R1", 3, 3), ("R2", 2, 2), ("R3", 1, 1)]


def test_visits_outside_the_draw_count_apart(plan: Plan) -> None:
    other = VisitedOtherwise(
        on=DAY,
        task="N1",
        subject="A1",
        name="甲宾馆",
        stratum="GGCS",
        basis="complaint",
        document_no="",
        inspectors=("P1", "P2"),
    )

    found = standing(folded(received(2), other, recorded("N1", outcome="UNREACHABLE")), plan, (), (), today=DAY)

    assert (found.total.tasks, found.total.done, found.otherwise.tasks, found.otherwise.done) == (2, 0, 1, 1)


def asked(name: str, inspector: str, visits: tuple[str, ...]) -> ReplacementAsked:
    return ReplacementAsked(
        on=DAY, source="R1", adjustment=name, inspector=inspector, visits=visits, why="illness", reason="住院"
    )


def test_replacements_count_towards_the_limit_recusals_do_not_and_what_waits_says_for_whom(plan: Plan) -> None:
    change = Change(visit="R1/S000", leaves="P0", joins="P5", because="replacement", adjustment="A1")
    recusal = Change(visit="R1/S003", leaves="P3", joins="P6", because="recusal")
    events = [
        received(8),
        Recused(on=DAY, source="R1", visit="R1/S003", subject="S003", inspector="P3", asked_by="firm", reason="亲属"),
        asked("A1", "P0", ("R1/S000",)),
        Approved(on=DAY, adjustment="A1", level="县局", document_no="1号"),
        Approved(on=DAY, adjustment="A1", level="市委", document_no="2号"),
        Redrawn(
            on=DAY,
            source="R1",
            round=1,
            seed_line="ssj1|seed|T-2023/R1/r1|given:1",
            seed="0" * 64,
            grade="given",
            sources=("given:1",),
            changes=(recusal, change),
        ),
        asked("A2", "P4", ("R1/S003", "R1/S004")),
        Approved(on=DAY, adjustment="A2", level="县局", document_no="3号"),
    ]

    found = standing(folded(*events), plan, (), (), today=DAY)

    [source] = found.sources
    assert (source.share.done, source.share.pending, source.share.total, source.recusals) == (1, 1, 8, 1)
    assert [tuple(each) for each in found.pending] == [("A2", "P4", "监督员04", 2, 2, ("市委",))]
    assert found.step == Step("approve", 1, "A2")


LATE = ClockLine(
    *("result-public", "公开抽查结果", "overdue", 3, "2023-05-09", -2, "workdays", "R1/GGCS/S000", "附件四"),
    assumed=False,
)
OPEN = LATE._replace(status="due", left=2)
FOLLOW_UP = OPEN._replace(clock="follow-up", what="复查整改情况", number=1)
HALF_TIME = LATE._replace(clock="half-time", what="时间过半", number=1, first="")


@pytest.mark.parametrize(
    ("events", "clocks", "without_sheets", "step", "sentence"),
    [
        (
            [],
            [],
            [],
            "draw",
            "核对名册和方案（ssj check），然后抽取（ssj draw）；上级下达任务清单的，用 ssj receive 接收。",
        ),
        (
            [received(2)],
            [OPEN, LATE],
            ["R1"],
            "overdue",
            "有 3 个期限已过，先办“公开抽查结果”：用 ssj publish results 公示；已在别处公示的，登记结果公示日期。逐项见 ssj deadlines。",
        ),
        (
            [received(2)],
            [HALF_TIME],
            [],
            "issue",
            "2 项任务都还没有结果：把任务单发给执法人员，收回后用 ssj record 登记。",
        ),
        (
            [received(2), asked("A1", "P0", ("R1/S000",))],
            [OPEN],
            ["R1"],
            "approve",
            "有 1 项调整等待批准，批准后用 ssj adjust approve 登记（最早一项 A1）。",
        ),
        (
            [received(2)],
            [],
            ["R1"],
            "sheets",
            "还没有制作任务单：再接收一次 R1 的清单文件（ssj receive），只补做任务单，已有的结果不变。",
        ),
        ([received(2)], [], [], "issue", "2 项任务都还没有结果：把任务单发给执法人员，收回后用 ssj record 登记。"),
        (
            [received(2), voided("R1/GGCS/S000")],
            [],
            [],
            "issue",
            "1 项任务都还没有结果：把任务单发给执法人员，收回后用 ssj record 登记。",
        ),
        (
            [received(2), recorded("R1/GGCS/S000", outcome="UNREACHABLE")],
            [],
            [],
            "record",
            "还有 1 项任务没有结果：收回任务单，用 ssj record 登记。",
        ),
        (
            all_done(4, closed=1, published=1),
            [],
            ["R1"],
            "publish",
            "任务都有结果了，还有 2 项没有公示：用 ssj publish 公示；已在别处公示的，登记公示日期。",
        ),
        (
            [*all_done(4, closed=1, published=3), asked("A1", "P0", ("R1/S000",))],
            [],
            [],
            "withdraw",
            "有 1 项待批准的调整已没有要换的检查：用 ssj adjust withdraw 撤回（最早一项 A1）。",
        ),
        (
            all_done(4, closed=1, published=3),
            [FOLLOW_UP],
            [],
            "clock",
            "任务都有结果并已公示，还有 1 个期限在走，先办“复查整改情况”：复查后用 ssj record 登记复查日期和结果。",
        ),
        (
            all_done(4, closed=1, published=3),
            [],
            [],
            "close",
            "任务全部办结并已公示：写年度总结，用 ssj archive 归档。",
        ),
    ],
)
def test_the_next_thing_to_do_is_said_in_one_line(
    plan: Plan, events: list[Event], clocks: list[ClockLine], without_sheets: list[str], step: str, sentence: str
) -> None:
    found = standing(folded(*events), plan, clocks, without_sheets, today=DAY)

    assert (found.step.code, next_step(found.step)) == (step, sentence)


def test_before_any_task_the_next_step_says_that_the_plans_time_is_over(plan: Plan) -> None:
    last = standing(State(), plan, (), (), today=date(2023, 11, 30)).step
    after = standing(State(), plan, (), (), today=date(2023, 12, 1)).step

    assert (last, after) == (Step("draw"), Step("draw", subject="2023-11-30"))
    assert next_step(after).startswith("方案的实施时间已于 2023-11-30 结束，还没有任务，请先核对方案的 period；")


@pytest.mark.parametrize("clock", [clock for clock in CLOCKS if clock not in {"half-time", *ROSTER_CLOCKS}])
def test_for_every_clock_that_is_overdue_the_next_step_says_what_to_do(clock: str) -> None:
    sentence = next_step(Step("overdue", 1, CLOCKS[clock].name, clock))

    assert re.fullmatch(r"有 1 个期限已过，先办“[^”]+”：[^。]{6,}。逐项见 ssj deadlines。", sentence)


def deadline(clock: str, due: str, status: str, task: str, left: int | None = 1, *, assumed: bool = False) -> Deadline:
    return Deadline(
        id=f"T-2023:{clock}:{task}",
        clock=clock,
        status=status,  # type: ignore[arg-type]
        plan="T-2023",
        task=task,
        subject="S",
        name="",
        inspector="",
        what=clock,
        started="",
        due=due,
        done_on="",
        left=left,
        left_unit="workdays",
        basis="附件四",
        inspectors=(),
        assumed=assumed,
    )


def test_clocks_that_are_overdue_stand_together_by_kind_and_the_others_by_day(plan: Plan) -> None:
    found = [
        deadline("a", "2023-05-03", "overdue", "t2", -4),
        deadline("a", "2023-05-02", "overdue", "t1", -5),
        deadline("b", "2023-05-12", "due", "t3", 3),
        deadline("b", "2023-05-12", "due", "t4", 3, assumed=True),
        deadline("a", "2023-05-11", "due", "t5", 2),
        deadline("c", "2023-05-30", "due", "t6", 9),
        deadline("a", "2023-05-01", "done-late", "t7", None),
        deadline("a", "2023-05-01", "done", "t8", None),
    ]

    lines = next_clocks(found, 2)

    assert [(line.clock, line.status, line.number, line.due, line.left, line.first) for line in lines] == [
        ("a", "overdue", 2, "2023-05-02", -5, "t1"),
        ("a", "due", 1, "2023-05-11", 2, "t5"),
        ("b", "due", 2, "2023-05-12", 3, "t3"),
    ]
    assert [line.assumed for line in lines] == [False, False, True]
    assert standing(folded(received(2)), plan, lines, (), today=DAY).step == Step("overdue", 2, "a", "a")


def test_what_runs_out_in_the_rosters_is_one_line_and_never_the_next_thing_to_do(plan: Plan) -> None:
    lapsed = deadline("certificate", "2023-04-01", "overdue", "P1", -30)
    ends = [deadline("licence", day, "due", day) for day in ("2023-06-02", "2023-06-01")]

    lines = next_clocks([lapsed, *ends, deadline("a", "2023-05-11", "due", "t5", 2)], 5)

    assert [(line.clock, line.number, line.due) for line in lines] == [
        ("certificate", 1, "2023-04-01"),
        ("a", 1, "2023-05-11"),
        ("licence", 2, "2023-06-01"),
    ]
    assert standing(folded(received(2)), plan, lines, (), today=DAY).step.code == "issue"


def test_notes_are_counted_by_topic(plan: Plan) -> None:
    notes = [Noted(on=DAY, topic="training", title=title) for title in ("甲", "乙")]

    found: Standing = standing(folded(*notes, Noted(on=DAY, topic="review", title="丙")), plan, (), (), today=DAY)

    assert found.notes == {"training": 2, "publicity": 0, "review": 1}


LIST = """\
抽查任务,单位名称,对象编号,执法证号
学校卫生,二小,B2,P2、P3
学校卫生,一小,B1,P1、P3
"""

SCREEN = """\
测试县抽查方案（plans/2023.yaml）
R1 省卫生健康委抽取，省卫〔2023〕6号，2023-04-20 下达（本系统不能核验其抽取过程）：2 项任务，2 次检查，3 名执法人员
本级抽取：7 项任务，6 次检查，4 名执法人员
┏━━━━━━┳━━━━━━━━━━┳━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━┓
┃ 来源 ┃ 抽查层   ┃ 任务 ┃ 未检查 ┃ 待结果 ┃ 有结果 ┃ 其中已公示 ┃ 上级完结 ┃
┡━━━━━━╇━━━━━━━━━━╇━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━┩
│ R1   │ 学校卫生 │    2 │      1 │        │      1 │            │          │
│ 本级 │ 公共场所 │    5 │      1 │      1 │      2 │          1 │        1 │
│ 本级 │ 学校卫生 │    2 │      2 │        │        │            │          │
├──────┼──────────┼──────┼────────┼────────┼────────┼────────────┼──────────┤
│ 合计 │          │    9 │      4 │      1 │      3 │          1 │        1 │
└──────┴──────────┴──────┴────────┴────────┴────────┴────────────┴──────────┘
完成率　有结果 ÷ 全部任务　　　　　　　3/9 = 33.33%
完结率　（有结果＋上级完结）÷ 全部任务　4/9 = 44.44%
公示率　已公示 ÷ 有结果　　　　　　　　1/3 = 33.33%
人员调整（R1）　替换人数 ÷ 抽取人数　0/3 = 0.00%（上限 15%）
人员调整（本级）　替换人数 ÷ 抽取人数　0/4 = 0.00%（上限 15%）
期限    公开抽查结果 3 项，2023-06-06 到期，还有 3 个工作日
期限    复查整改情况 1 项，2023-06-09 到期，还有 6 个工作日
期限    时间过半，完成率（有结果 ÷ 全部任务）应达 80%，现为 3/9 = 33.33%，2023-07-31 到期，还有 41 个工作日
期限    完成检查 5 项，2023-11-30 到期，还有 125 个工作日
待公示  抽查结果 2 项，最早一项的期限是 2023-06-06，用 ssj publish results
工作记录：培训 1 次，宣传 0 次，督查 0 次
下一步：还有 5 项任务没有结果：收回任务单，用 ssj record 登记。
"""


@pytest.fixture
def year(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """An own draw of six and a received list of two, some of them done."""
    county.plan(("ratio: 50%", "ratio: 100%"), more="adjustment: {limit: 15%, of: inspectors}\nfrequency:\n")
    county.write("list.csv", LIST)
    words = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-04-20")
    with monkeypatch.context() as patched:
        Clock(patched)("2023-05-08T09:00")
        county.ssj("receive", str(county.root / "list.csv"), *words)
        county.ssj("draw", "--seed", "1")
    ledger = read_ledger(county.dossier)
    ledger.append(
        [
            recorded("GGCS/A1", outcome="NO_PROBLEM_FOUND", published="2023-05-20"),
            recorded(
                "GGCS/A2", outcome="CORRECTION_ORDERED", correction_ordered_on="2023-05-09", correct_by="2023-06-09"
            ),
            recorded("GGCS/A3"),
            voided("GGCS/A4"),
            recorded("R1/XXWS/B2", outcome="UNREACHABLE"),
            Noted(on=DAY, topic="training", title="培训"),
        ],
        at="2023-05-09T16:00:00+08:00",
        by="经办人",
    )
    return county


def test_the_whole_screen(year: County, capsys: pytest.CaptureFixture[str]) -> None:
    show_status(status(Workspace(year.root), None, datetime(2023, 6, 1, 9, 0, tzinfo=CHINA)))

    assert capsys.readouterr().out == SCREEN


def test_the_same_for_a_program(year: County) -> None:
    [told] = year.ssj("status", "--json").json["plans"]

    assert (told["plan"], told["draw"], told["tasks"], told["done"], told["closed"]) == (
        "plans/2023.yaml",
        "T-2023",
        9,
        3,
        1,
    )
    assert told["rates"]["done"] == {"part": 3, "whole": 9, "percent": "33.33%"}
    assert [(s["source"], s["verifiable"], s["drawn_by"], s["tasks"]) for s in told["sources"]] == [
        ("R1", False, "省卫生健康委", 2),
        ("", True, "测试县卫生健康局", 7),
    ]
    assert told["notes"] == {"training": 1, "publicity": 0, "review": 0}
    assert told["next"]["step"] == "overdue"  # the plan's period is long over


def test_before_the_draw_there_is_a_block_with_what_to_do(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch)("2023-04-03T09:00")

    answer = county.ssj("status")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "测试县抽查方案（plans/2023.yaml）\n"
        "下一步：核对名册和方案（ssj check），然后抽取（ssj draw）；上级下达任务清单的，用 ssj receive 接收。\n"
    )


def test_every_plan_has_its_block_and_one_can_be_asked_for(county: County) -> None:
    county.write("plans/2024.yaml", PLAN.replace("T-2023", "T-2024"))

    assert [plan["draw"] for plan in county.ssj("status", "--json").json["plans"]] == ["T-2023", "T-2024"]
    assert [plan["draw"] for plan in county.ssj("status", "--plan", "2024", "--json").json["plans"]] == ["T-2024"]
    assert county.ssj("status").out.count("下一步：") == 2


def test_plans_that_cannot_be_read_are_a_problem_each(county: County) -> None:
    county.write("plans/2023.yaml", "draw: T-2023\n")
    county.write("plans/2024.yaml", "[\n")

    answer = county.ssj("status", "--json")

    assert (answer.code, {p["file"] for p in answer.json["problems"]}) == (1, {"plans/2023.yaml", "plans/2024.yaml"})


def test_without_a_plan_it_says_how_to_begin(county: County) -> None:
    (county.root / "plans/2023.yaml").unlink()

    assert county.ssj("status", "--json").json["error"] == "no-plan"


def test_a_certificate_that_ends_soon_is_among_the_clocks_and_one_that_ends_late_is_not(year: County) -> None:
    text = INSPECTORS.replace("否,西,,2030-01-01", "否,西,,2023-06-20")
    year.write("rosters/inspectors.csv", text)

    [found] = status(Workspace(year.root), None, datetime(2023, 6, 1, 9, 0, tzinfo=CHINA))

    assert [(line.due, line.number, line.first) for line in found.standing.clocks if line.clock == "certificate"] == [
        ("2023-06-20", 1, "P2")
    ]


def test_rosters_that_cannot_be_read_do_not_hide_where_the_plan_stands(
    year: County, capsys: pytest.CaptureFixture[str]
) -> None:
    year.write("rosters/inspectors.csv", "姓名\n监督员01\n")

    show_status(status(Workspace(year.root), None, datetime(2023, 6, 1, 9, 0, tzinfo=CHINA)))

    out = capsys.readouterr().out
    assert "证件和许可证的期限没有算全，见 ssj check。" in out
    assert "期限    公开抽查结果 3 项，2023-06-06 到期，还有 3 个工作日" in out


def test_the_share_at_half_time_has_the_base_of_the_rate_above_it(year: County) -> None:
    [found] = status(Workspace(year.root), None, datetime(2023, 6, 1, 9, 0, tzinfo=CHINA))

    [half] = [line.what for line in found.standing.clocks if line.clock == "half-time"]
    assert half.endswith(f"现为 {found.standing.rates.done}")
    assert found.standing.total.closed == 1


def test_a_last_day_within_the_weekend_is_not_called_today(year: County, capsys: pytest.CaptureFixture[str]) -> None:
    year.plan(("2023-11-30", "2023-12-03"))

    show_status(status(Workspace(year.root), None, datetime(2023, 12, 1, 17, 0, tzinfo=CHINA)))

    out = capsys.readouterr().out
    assert "期限    完成检查 5 项，2023-12-03 到期，不到 1 个工作日" in out
    assert "已过期  复查整改情况 1 项，2023-06-09 到期，已过 120 个工作日" in out


def test_the_next_step_follows_a_county_through_its_year(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)

    def step(moment: str) -> str:
        clock(moment)
        return str(county.ssj("status", "--json").json["plans"][0]["next"]["step"])

    assert step("2023-04-03T09:00") == "draw"
    county.ssj("draw", "--seed", "1", "--no-sheets")
    assert step("2023-04-04T09:00") == "sheets"
    assert step("2023-04-12T09:00") == "overdue"  # 清明节 on Wednesday: five working days end on the eleventh
    county.ssj("draw")
    assert step("2023-04-12T09:01") == "issue"
    tasks = [row[0] for row in county.read("result/tasks.csv")]
    clock("2023-05-09T18:00")
    for task in tasks:
        county.ssj("record", "--task", task, "--check-ended", "2023-05-09T14:00", "--outcome", "未发现问题")
        assert step("2023-05-09T18:01") == ("publish" if task == tasks[-1] else "record")
    assert step("2023-06-10T09:00") == "overdue"
    for task in tasks:
        county.ssj("record", "--task", task, "--set", "结果公示日期=2023-06-10")
    assert step("2023-06-10T09:01") == "close"
    assert step("2024-01-10T09:00") == "close"


def test_when_the_plans_time_is_over_the_tasks_left_are_overdue(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    clock("2023-04-03T09:00")
    county.ssj("draw", "--seed", "1")
    clock("2023-12-01T09:00")

    answer = county.ssj("status")

    assert answer.out.splitlines()[-1] == (
        "下一步：有 4 个期限已过，先办“完成检查”：完成检查，收回任务单用 ssj record 登记。逐项见 ssj deadlines。"
    )


def test_voided_draws_are_told_where_nothing_is_drawn_again(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")

    assert "此前作废抽取 1 次。" in county.ssj("status").out
