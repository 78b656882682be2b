"""`ssj adjust`: recusal, replacement with approvals and limit, tasks closed by the superior."""

import hashlib
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.core.year.events import Recorded
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from tests.conftest import Answer, County
from tests.year.returning import Clock

INSPECTORS = "执法证号,姓名,专业,证件有效期\n" + "".join(
    f"P{n},监督员0{n},公共场所；学校卫生,2030-01-01\n" for n in range(1, 9)
)
LEVELS = "adjustment: {limit: 30%, approvals: [县局, 市卫健委, 省卫健委]}\n"
TODAY = date(2023, 6, 10)
"""Papers are dated between the draw and it: an older one, or one of tomorrow, is refused."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, standing at ten o'clock of `TODAY`."""
    clock = Clock(monkeypatch)
    clock(f"{TODAY}T10:00")
    return clock


@pytest.fixture
def drawn(county: County, clock: Clock) -> County:
    """The small county with eight inspectors, drawn a month ago: A…-visits, each of two."""
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more=LEVELS)
    clock("2023-05-09T10:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock(f"{TODAY}T10:00")
    return county


def adjust(county: County, *words: str) -> Answer:
    return county.ssj("adjust", *words)


def teams(county: County) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for visit, inspector, _ in county.read("result/teams.csv"):
        found.setdefault(visit, set()).add(inspector)
    return found


def kinds(county: County) -> list[str]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"]["kind"] for line in lines]


def somebody(county: County) -> tuple[str, str]:
    """A visit and one of its team."""
    visit, team = min(teams(county).items())
    return visit, min(team)


def busy(county: County, number: int) -> list[str]:
    """Inspectors on teams."""
    return sorted({i for team in teams(county).values() for i in team})[:number]


def recuse(county: County, visit: str, inspector: str, *more: str) -> Answer:
    words = (
        "--visit",
        visit,
        "--inspector",
        inspector,
        "--asked-by",
        "firm",
        "--reason",
        "亲属在该单位",
        "--seed",
        "7",
    )
    return adjust(county, "recuse", *words, *more)


def sick(county: County, inspector: str, *more: str) -> Answer:
    return adjust(county, "replace", "--inspector", inspector, "--why", "illness", "--reason", "住院", *more)


def paper(level: str, days_ago: int = 10) -> str:
    return f"{level}=〔{level}〕1号@{TODAY - timedelta(days=days_ago)}"


ALL = ("--approval", paper("县局"), "--approval", paper("市卫健委", 9), "--approval", paper("省卫健委", 8))


# recuse


def test_a_recusal_puts_somebody_else_on_that_visit_only(drawn: County) -> None:
    before = teams(drawn)
    visit, inspector = somebody(drawn)

    answer = recuse(drawn, visit, inspector, "--json")

    after = teams(drawn)
    [change] = answer.json["rounds"][0]["changes"]
    assert (change["visit"], change["leaves"], change["because"]) == (visit, inspector, "recusal")
    assert after[visit] == before[visit] - {inspector} | {change["joins"]}
    assert {v: t for v, t in after.items() if v != visit} == {v: t for v, t in before.items() if v != visit}
    assert answer.json["rounds"][0]["seed_line"] == "ssj1|seed|T-2023/r1|given:7"
    assert kinds(drawn)[-2:] == ["recused", "redrawn"]


def test_recusals_are_not_counted_towards_the_limit(drawn: County) -> None:
    recuse(drawn, *somebody(drawn))

    [share] = adjust(drawn, "log", "--json").json["shares"]

    assert (share["done"], share["pending"], share["used"]) == (0, 0, 0)


def test_whoever_stepped_back_never_comes_back_to_that_visit(drawn: County) -> None:
    visit, _ = somebody(drawn)
    gone: set[str] = set()
    for _ in range(6):
        inspector = min(teams(drawn)[visit])
        assert recuse(drawn, visit, inspector).code == 0
        gone.add(inspector)

        assert not teams(drawn)[visit] & gone

    last = recuse(drawn, visit, min(teams(drawn)[visit]))
    assert last.code == 3
    assert "没有别的人可以去" in last.err
    assert len(teams(drawn)[visit]) == 2


def test_a_recusal_leaves_all_open_visits_of_that_subject(county: County) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(("ratio: 50%", "ratio: 100%"), more="visits: separate\n" + LEVELS)
    county.ssj("draw", "--seed", "1")
    mine = next(t for v, t in teams(county).items() if v == "GGCS/B2")
    other = teams(county)["XXWS/B2"]
    both = mine & other
    inspector = min(both or mine)

    answer = recuse(county, "GGCS/B2", inspector, "--json")

    assert {r["visit"] for r in answer.json["recusals"]} == ({"GGCS/B2", "XXWS/B2"} if both else {"GGCS/B2"})
    assert inspector not in teams(county)["GGCS/B2"] | teams(county)["XXWS/B2"]


def test_what_cannot_be_recused_is_refused_with_what_there_is_and_nothing_is_written(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    other = min(set(busy(drawn, 8)) - teams(drawn)[visit])
    before = drawn.files()

    unknown = recuse(drawn, "A9", inspector)
    nobody = recuse(drawn, visit, "P99")
    stranger = recuse(drawn, visit, other)
    untold = adjust(drawn, "recuse", "--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", " ")
    by_whom = recuse(drawn, visit, inspector, "--asked-by", "mayor")
    bad_seed = recuse(drawn, visit, inspector, "--seed", "中")

    assert [a.code for a in (unknown, nobody, stranger, untold, by_whom, bad_seed)] == [3, 3, 3, 2, 2, 2]
    assert "没有“A9”这个检查编号。" in unknown.err
    assert visit in unknown.err
    assert "没有“P99”这个执法人员。" in nobody.err
    assert f"不在 {visit} 的检查组里。" in stranger.err
    assert f"（{inspector}）" in stranger.err
    assert "inspector（检查人员申请）、firm（检查对象申请）、bureau（本机关决定）" in by_whom.err
    assert drawn.files() == before


def test_a_check_that_has_ended_stays_as_it_is(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    task = next(t for t, v, *_ in drawn.read("result/tasks.csv") if v == visit)
    ledger = read_ledger(drawn.dossier)
    ledger.append(
        [Recorded(on=TODAY, task=task, values={"check_ended": "2023-05-09T15:00"})],
        at="2023-05-09T15:05:00+08:00",
        by="x",
    )
    before = drawn.files()

    answer = recuse(drawn, visit, inspector)

    assert answer.code == 3
    assert f"{visit} 的现场检查已经结束，或任务已经完结，不能再换人。" in answer.err
    assert drawn.files() == before
    assert visit not in sick(drawn, inspector, "--json").json.get("adjustments", [{"visits": []}])[0]["visits"]


def test_recusing_twice_is_refused(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    recuse(drawn, visit, inspector)
    before = drawn.files()

    again = recuse(drawn, visit, inspector)

    assert again.code == 3
    assert f"已经回避 {visit}，并已换人。" in again.err
    assert drawn.files() == before


def test_before_there_is_a_draw_nothing_can_be_adjusted(county: County) -> None:
    answer = recuse(county, "A1", "P1")

    assert (answer.code, county.dossier.exists()) == (3, False)
    assert "本方案还没有抽取，也没有接收任务清单，没有可调整的。" in answer.err


# replace and approve


def test_a_replacement_waits_for_its_levels_and_the_last_triggers_the_round(drawn: County) -> None:
    [inspector] = busy(drawn, 1)
    before = teams(drawn)

    asked = sick(drawn, inspector, "--json")
    county = adjust(drawn, "approve", "A1", "--level", "县局", "--document", "1号", "--on", str(TODAY), "--json")
    city = adjust(drawn, "approve", "A1", "--level", "市卫健委", "--document", "2号", "--on", str(TODAY), "--json")
    pending = teams(drawn)
    last = ("approve", "A1", "--level", "省卫健委", "--document", "3号", "--on", str(TODAY), "--seed", "9")
    province = adjust(drawn, *last, "--json")

    waiting = [answer.json["adjustments"][0]["waiting_for"] for answer in (asked, county, city, province)]
    assert waiting == [["县局", "市卫健委", "省卫健委"], ["市卫健委", "省卫健委"], ["省卫健委"], []]
    assert pending == before
    assert province.json["adjustments"][0]["status"] == "done"
    after = teams(drawn)
    his = {visit for visit, team in before.items() if inspector in team}
    assert {visit for visit in before if after[visit] != before[visit]} == his
    assert all(inspector not in team for team in after.values())
    assert all(after[v] > before[v] - {inspector} and len(after[v]) == 2 for v in his)
    assert kinds(drawn)[2:] == ["replacement-asked", "approved", "approved", "approved", "redrawn"]


def test_with_all_approvals_at_once_it_is_carried_out_at_once(drawn: County) -> None:
    [inspector] = busy(drawn, 1)

    answer = sick(drawn, inspector, *ALL)

    assert answer.code == 0
    assert "A1 已完成。调整比例：已替换 1 人，抽取 " in answer.out
    assert kinds(drawn)[2:] == ["replacement-asked", "approved", "approved", "approved", "redrawn"]


def test_approving_again_changes_nothing_and_another_paper_is_refused(drawn: County) -> None:
    [inspector] = busy(drawn, 1)
    sick(drawn, inspector, *ALL)
    before = drawn.files()
    day = str(TODAY - timedelta(days=8))

    again = adjust(drawn, "approve", "A1", "--level", "省卫健委", "--document", "〔省卫健委〕1号", "--on", day)
    other = adjust(drawn, "approve", "A1", "--level", "省卫健委", "--document", "5号", "--on", day)

    assert (again.code, again.out) == (0, "已经登记过，没有变化。\n")
    assert other.code == 3
    assert "“省卫健委”已登记为 〔省卫健委〕1号" in other.err
    assert drawn.files() == before


def test_levels_come_in_the_order_of_the_plan_with_days_that_can_be(drawn: County) -> None:
    [inspector] = busy(drawn, 1)
    before = drawn.files()

    refused = [
        sick(drawn, inspector, "--approval", paper("市卫健委")),
        sick(drawn, inspector, "--approval", paper("国家卫健委")),
        sick(drawn, inspector, "--approval", paper("县局", 5), "--approval", paper("市卫健委", 6)),
        sick(drawn, inspector, "--approval", paper("县局", -1)),
        sick(drawn, inspector, "--approval", "县局 1号 2023-05-09"),
        adjust(drawn, "approve", "A1", "--level", "县局", "--document", "1号", "--on", "2023-05-09"),
    ]

    assert [answer.code for answer in refused] == [3, 3, 3, 3, 2, 3]
    said = [answer.err.splitlines()[0] for answer in refused]
    assert "要先由“县局”批准，才轮到“市卫健委”。" in said[0]
    assert "方案没有“国家卫健委”这一级批准。" in said[1]
    assert "“市卫健委”的批准日期" in said[2]
    assert "还没有到。" in said[3]
    assert "批准意见“县局 1号 2023-05-09”看不懂。" in said[4]
    assert "没有“A1”这项调整。" in said[5]
    assert drawn.files() == before


def test_the_limit_counts_what_is_done_and_what_waits_and_shows_its_arithmetic(drawn: County) -> None:
    people = busy(drawn, 8)
    total = len(people)
    allowed = total * 30 // 100
    for number, inspector in enumerate(people[:allowed]):
        assert sick(drawn, inspector, *(ALL if number == 0 else ())).code == 0
    before = drawn.files()
    following = next(i for i in busy(drawn, 8) if i in people[allowed:])

    refused = sick(drawn, following, *ALL)

    used = allowed + 1
    percent = f"{used / total * 100:.2f}%"
    pending = f"，待批准 {allowed - 1} 人" if allowed > 1 else ""
    assert refused.code == 3
    assert f"已替换 1 人{pending}，抽取 {total} 人，再替换 1 人为 {used}/{total} = {percent}，超过 30%。" in refused.err
    assert drawn.files() == before
    covered = sick(drawn, following, *ALL, "--excess-document", "省卫〔2023〕9号", "--json")
    assert covered.json["adjustments"][0]["excess_document"] == "省卫〔2023〕9号"
    assert covered.json["adjustments"][0]["share"]["above"] is True


def test_the_limit_can_count_places(county: County) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more="adjustment: {limit: 10%, of: places}\n")
    county.ssj("draw", "--seed", "1")
    places = len(county.read("result/teams.csv"))
    visit, inspector = somebody(county)

    answer = sick(county, inspector, "--visit", visit, "--document", "1号")

    assert answer.code == 3
    assert f"已替换 0 人次，抽取 {places} 人次，再替换 1 人次为 1/{places} = " in answer.err


def test_a_plan_without_levels_wants_the_bureaus_own_document(county: County) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more="adjustment: {limit: 30%}\n")
    county.ssj("draw", "--seed", "1")
    [inspector] = busy(county, 1)

    without = sick(county, inspector)
    answer = sick(county, inspector, "--document", "测卫〔2023〕8号", "--json")

    assert without.code == 2
    assert "替换要写明本机关的批准文号。" in without.err
    assert answer.json["adjustments"][0]["status"] == "done"
    [row, *_] = adjust(county, "log", "--json").json["rows"]
    assert row["papers"] == [f"测试县卫生健康局 测卫〔2023〕8号 {TODAY}"]


def test_whoever_is_away_joins_no_team_any_more_even_while_it_waits(drawn: County) -> None:
    [first] = busy(drawn, 1)
    sick(drawn, first)
    visit = next(v for v, team in sorted(teams(drawn).items()) if first not in team)
    for _ in range(4):
        recuse(drawn, visit, min(teams(drawn)[visit]))

        assert first not in teams(drawn)[visit]

    state = fold(read_ledger(drawn.dossier).happened)
    assert state.sources[""].gone == frozenset()


def test_one_who_cannot_be_replaced_is_refused_with_the_reason(drawn: County) -> None:
    [inspector] = busy(drawn, 1)
    sick(drawn, inspector)
    waiting = drawn.files()
    twice = sick(drawn, inspector)
    assert drawn.files() == waiting
    for level in ("县局", "市卫健委", "省卫健委"):
        adjust(drawn, "approve", "A1", "--level", level, "--document", "1号", "--on", str(TODAY))
    before = drawn.files()

    again = sick(drawn, inspector)
    nobody = sick(drawn, "P99")

    assert [answer.code for answer in (twice, again, nobody)] == [3, 3, 3]
    assert "的替换已经报批（A1），还没有批完。" in twice.err
    assert "已经被替换，没有要换的检查。" in again.err
    assert "没有“P99”这个执法人员。" in nobody.err
    assert drawn.files() == before


def test_only_the_named_visits_are_replaced_where_any_are_named(drawn: County) -> None:
    visits = teams(drawn)
    inspector = max(busy(drawn, 8), key=lambda i: sum(i in team for team in visits.values()))
    mine = sorted(visit for visit, team in visits.items() if inspector in team)

    answer = adjust(
        drawn, "replace", "--inspector", inspector, "--why", "other", "--reason", "培训", "--visit", mine[0], *ALL
    )

    assert answer.code == 0
    assert [visit for visit, team in sorted(teams(drawn).items()) if inspector in team] == mine[1:]


# void


def test_a_closed_task_counts_as_finished_and_nothing_is_deleted(drawn: County) -> None:
    [task, visit, *_] = drawn.read("result/tasks.csv")[0]

    answer = adjust(
        drawn,
        "void",
        "--task",
        task,
        "--why",
        "duplicate",
        "--reason",
        "同一家",
        "--document",
        "省〔2023〕1号",
        "--json",
    )

    assert answer.json["voided"] == [task]
    assert {row[0]: row[-1] for row in drawn.read("result/tasks.csv")}[task] == "closed"
    assert visit in teams(drawn)
    again = adjust(drawn, "void", "--task", task, "--why", "duplicate", "--reason", "x", "--document", "2号")
    assert again.code == 3
    assert f"任务 {task} 已于 {TODAY} 凭 省〔2023〕1号 完结。" in again.err
    unknown = adjust(drawn, "void", "--task", "GGCS/A77", "--why", "duplicate", "--reason", "x", "--document", "2号")
    assert unknown.code == 3
    assert "没有“GGCS/A77”这个任务编号。" in unknown.err


def test_a_visit_of_which_all_is_closed_stays_as_it_is(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    for task in [row[0] for row in drawn.read("result/tasks.csv") if row[1] == visit]:
        adjust(drawn, "void", "--task", task, "--why", "other", "--reason", "x", "--document", "1号")

    answer = recuse(drawn, visit, inspector)

    assert answer.code == 3
    assert "或任务已经完结，不能再换人。" in answer.err


def test_a_task_is_closed_only_on_paper(drawn: County) -> None:
    task = drawn.read("result/tasks.csv")[0][0]
    before = drawn.files()

    answer = adjust(drawn, "void", "--task", task, "--why", "entry-error", "--reason", "录错")

    assert (answer.code, drawn.files()) == (2, before)
    assert "缺少 --document。" in answer.err


# several at once


def test_several_recusals_from_a_sheet_are_one_round(drawn: County) -> None:
    (first, one), (second, two) = [(v, min(t)) for v, t in sorted(teams(drawn).items())[:2]]
    sheet = f"回避登记表,,,,\n检查编号,执法证号,申请人,原因,文号\n{first},{one},单位,亲属,\n{second},{two},本人,曾任职,3号\n"
    drawn.write("回避.csv", sheet)

    answer = adjust(drawn, "recuse", "--file", str(drawn.root / "回避.csv"), "--json")

    assert answer.code == 0
    [made] = answer.json["rounds"]
    assert made["round"] == 1
    assert {(c["visit"], c["leaves"]) for c in made["changes"] if c["because"] == "recusal"} >= {
        (first, one),
        (second, two),
    }
    assert one not in teams(drawn)[first]
    assert two not in teams(drawn)[second]


def test_all_problems_of_a_sheet_are_shown_at_once_and_nothing_is_written(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    sheet = f"检查编号,执法证号,申请人,原因\n{visit},{inspector},县长,亲属\nA9,{inspector},单位,\n"
    drawn.write("a.csv", sheet)
    drawn.write("b.csv", f"检查编号,执法证号,申请人,原因\nA9,{inspector},单位,亲属\n{visit},P99,单位,亲属\n")
    before = drawn.files()

    form = adjust(drawn, "recuse", "--file", str(drawn.root / "a.csv"), "--json")
    facts = adjust(drawn, "recuse", "--file", str(drawn.root / "b.csv"))
    both = adjust(drawn, "recuse", "--file", str(drawn.root / "b.csv"), "--visit", visit)

    assert (form.code, [(p["row"], p["column"]) for p in form.json["problems"]]) == (1, [(2, "申请人"), (3, "原因")])
    assert facts.code == 1
    assert "b.csv，第2行：没有“A9”这个检查编号。" in facts.err
    assert "b.csv，第3行：没有“P99”这个执法人员。" in facts.err
    assert "表格有错误，没有写入任何内容。改好后再运行一次。" in facts.err
    assert both.code == 2
    assert drawn.files() == before


def test_several_replacements_and_closings_from_sheets(drawn: County) -> None:
    people = busy(drawn, 8)
    allowed = len(people) * 30 // 100
    assert allowed >= 1
    papers = "；".join((paper("县局"), paper("市卫健委", 9), paper("省卫健委", 8)))
    rows = "".join(f"{i},因病,住院,,{papers}\n" for i in people[:allowed])
    drawn.write("替换.csv", f"执法证号,事由,原因,检查编号,批准意见\n{rows}")
    tasks = [row[0] for row in drawn.read("result/tasks.csv")[:2]]
    drawn.write(
        "完结.csv", "任务编号,事由,原因,文号,文书日期\n" + "".join(f"{t},重卡,同一家,1号,2023-6-1\n" for t in tasks)
    )

    replaced = adjust(drawn, "replace", "--file", str(drawn.root / "替换.csv"), "--json")
    closed = adjust(drawn, "void", "--file", str(drawn.root / "完结.csv"), "--json")

    assert closed.json["voided"] == tasks
    assert [a["status"] for a in replaced.json["adjustments"]] == ["done"] * allowed
    assert len(replaced.json["rounds"]) == 1
    voids = [row for row in adjust(drawn, "log", "--json").json["rows"] if row["kind"] == "void"]
    assert [row["on"] for row in voids] == ["2023-06-01"] * 2


def test_a_sheet_above_the_limit_is_refused_as_a_whole(drawn: County) -> None:
    people = busy(drawn, 8)
    drawn.write("替换.csv", "执法证号,事由,原因\n" + "".join(f"{i},因病,住院\n" for i in people))
    before = drawn.files()

    answer = adjust(drawn, "replace", "--file", str(drawn.root / "替换.csv"))

    assert answer.code == 3
    assert "超过 30%" in answer.err
    assert drawn.files() == before


# papers


def test_sheets_of_those_affected_are_made_anew_and_the_older_ones_put_away(drawn: County) -> None:
    sheets = drawn.dossier / "sheets"
    before = {path.name: path.read_bytes() for path in sheets.iterdir()}
    visit, inspector = somebody(drawn)
    team = teams(drawn)[visit]

    answer = recuse(drawn, visit, inspector, "--json")

    joins = answer.json["rounds"][0]["changes"][0]["joins"]
    affected = {f"任务单_{i}_监督员0{i[1:]}" for i in team | {joins}}
    old = {path.name for path in (sheets / "作废" / "第1轮").iterdir()}
    assert old == {f"{name}_已作废.xlsx" for name in affected if f"{name}.xlsx" in before} | {"任务清单_已作废.xlsx"}
    now = {path.name: path.read_bytes() for path in sheets.iterdir() if path.is_file()}
    assert {name for name in now if now[name] != before.get(name)} <= {f"{n}.xlsx" for n in affected} | {
        "任务清单.xlsx"
    }
    his = sheets / f"任务单_{joins}_监督员0{joins[1:]}.xlsx"
    assert visit in {str(c.value) for row in openpyxl.load_workbook(his)["我的任务"] for c in row}


def test_a_closed_task_is_on_no_new_task_sheet_and_marked_on_the_list(drawn: County) -> None:
    task, visit, *_ = drawn.read("result/tasks.csv")[0]
    inspector = min(teams(drawn)[visit])

    adjust(drawn, "void", "--task", task, "--why", "duplicate", "--reason", "同一家", "--document", "1号")

    sheets = drawn.dossier / "sheets"
    listed = openpyxl.load_workbook(sheets / "任务清单.xlsx")["全部任务"]
    rows = [[str(cell.value) for cell in row] for row in listed]
    assert next(row for row in rows if task in row)[-1] == "已完结"
    for path in sheets.glob(f"任务单_{inspector}_*.xlsx"):
        form = openpyxl.load_workbook(path)["结果回填"]
        assert task not in {str(row[0].value) for row in form}


def test_papers_that_a_crash_left_old_are_made_good_by_the_next_command(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    kept = drawn.root / "kept"
    shutil.copytree(drawn.dossier, kept)
    recuse(drawn, visit, inspector)
    done = drawn.files()
    for name in ("sheets", "result"):
        shutil.rmtree(drawn.dossier / name)
        shutil.copytree(kept / name, drawn.dossier / name)
    (drawn.dossier / ".rendered").unlink()

    assert recuse(drawn, visit, inspector).code == 3

    assert drawn.files() == done


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_crash_amid_the_sheets_loses_no_older_sheet(drawn: County, moved: int) -> None:
    """The older sheets were put aside and `moved` of the new ones were in place when the power went."""
    visit, inspector = somebody(drawn)
    recuse(drawn, visit, inspector)
    done = drawn.files()
    sheets = drawn.dossier / "sheets"
    made = sorted(path.name.replace("_已作废", "") for path in (sheets / "作废" / "第1轮").iterdir())
    for name in made[moved:]:
        (sheets / name).unlink(missing_ok=True)
    (drawn.dossier / ".rendered").unlink()

    assert recuse(drawn, visit, inspector).code == 3

    assert drawn.files() == done


def cut(county: County, kind: str) -> None:
    """The power went while the last event, of `kind`, was written: half of its line is there."""
    path = county.dossier / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    assert json.loads(lines[-1])["event"]["kind"] == kind
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:100])


def test_a_recusal_whose_round_a_crash_cut_off_is_drawn_when_it_is_asked_for_again(drawn: County) -> None:
    visit, inspector = somebody(drawn)
    kept = drawn.root / "kept"
    shutil.copytree(drawn.dossier, kept)
    recuse(drawn, visit, inspector)
    done = (drawn.dossier / "ledger.jsonl").read_bytes()
    shutil.rmtree(drawn.dossier)
    shutil.copytree(kept, drawn.dossier)
    (drawn.dossier / "ledger.jsonl").write_bytes(done)
    cut(drawn, "redrawn")

    answer = recuse(drawn, visit, inspector)

    assert (answer.code, kinds(drawn)[2:]) == (0, ["recused", "redrawn"])
    assert inspector not in teams(drawn)[visit]
    assert recuse(drawn, visit, inspector).code == 3


def test_a_replacement_whose_round_a_crash_cut_off_is_drawn_when_the_last_level_is_registered_again(
    drawn: County,
) -> None:
    [inspector] = busy(drawn, 1)
    papers = [("县局", "1号", "2023-05-20"), ("市卫健委", "2号", "2023-05-21"), ("省卫健委", "3号", "2023-05-22")]
    approvals = [word for level, number, on in papers for word in ("--approval", f"{level}={number}@{on}")]
    why = ("--inspector", inspector, "--why", "illness", "--reason", "住院")
    assert adjust(drawn, "replace", *why, *approvals, "--seed", "3").code == 0
    cut(drawn, "redrawn")
    last = ("approve", "A1", "--level", "省卫健委", "--document", "3号", "--on", "2023-05-22", "--seed", "4")

    assert adjust(drawn, *last).code == 0

    assert kinds(drawn)[2:] == ["replacement-asked", *["approved"] * 3, "redrawn"]
    assert all(inspector not in team for team in teams(drawn).values())
    before = drawn.files()
    assert adjust(drawn, *last).code == 0
    assert drawn.files() == before


def test_sheets_of_a_ledger_that_was_put_back_from_a_copy_are_all_made_anew(drawn: County) -> None:
    ledger = drawn.dossier / "ledger.jsonl"
    copy = ledger.read_bytes()
    visit, inspector = somebody(drawn)
    recuse(drawn, visit, inspector)
    ledger.write_bytes(copy)
    other, second = max((name, max(team)) for name, team in teams(drawn).items() if name != visit)

    assert recuse(drawn, other, second).code == 0

    assert second not in teams(drawn)[other]
    for path in (drawn.dossier / "sheets").glob("任务单_*.xlsx"):
        facts = {row[0]: row[1] for row in openpyxl.load_workbook(path)["_ssj"].iter_rows(values_only=True)}
        number, digest = str(facts["checkpoint"]).rpartition("#")[2].split(":")
        lines = ledger.read_bytes().splitlines()
        assert hashlib.sha256(lines[int(number) - 1]).hexdigest() == digest


# received lists


def test_a_received_list_is_redrawn_under_its_own_seed_line_in_its_own_folder(drawn: County) -> None:
    drawn.write("list.csv", "抽查任务,单位名称,对象编号,执法证号\n公共场所,甲宾馆,A1,P1、P2\n学校卫生,一小,B1,P1、P3\n")
    letter = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-04-20")
    assert drawn.ssj("receive", str(drawn.root / "list.csv"), *letter).code == 0

    answer = adjust(
        drawn, "recuse", "--visit", "R1/B1", "--inspector", "P1", "--asked-by", "firm", "--reason", "亲属", "--json"
    )

    [made] = [each for each in answer.json["rounds"] if each["source"] == "R1"]
    assert re.fullmatch(r"ssj1\|seed\|T-2023/R1/r1\|local:[0-9a-f]{64}", made["seed_line"])
    assert made["changes"][0]["visit"] == "R1/B1"
    rows = drawn.read("received/R1/teams.csv")
    assert ["R1/B1", "P1", "监督员01"] not in rows
    assert (drawn.dossier / "received/R1/sheets/作废/第1轮").is_dir()
    shares = {each["source"]: each["total"] for each in adjust(drawn, "log", "--json").json["shares"]}
    assert shares["R1"] == 3


def test_a_replacement_in_two_sources_is_two_adjustments(drawn: County) -> None:
    [inspector] = busy(drawn, 1)
    drawn.write(
        "list.csv",
        f"抽查任务,单位名称,对象编号,执法证号\n公共场所,甲宾馆,A1,{inspector}、P8\n学校卫生,一小,B1,P6、P7\n",
    )
    letter = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-04-20")
    drawn.ssj("receive", str(drawn.root / "list.csv"), *letter)

    answer = sick(drawn, inspector, *ALL, "--json")

    assert [(a["adjustment"], a["source"], a["status"]) for a in answer.json["adjustments"]] == [
        ("A1", "", "done"),
        ("A2", "R1", "done"),
    ]
    assert [(r["source"], r["round"]) for r in answer.json["rounds"]] == [("", 1), ("R1", 1)]


def test_the_workspace_may_be_named_before_or_after_the_word(drawn: County, ssj, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    before = drawn.ssj("adjust", "log")
    after = ssj("adjust", "log", "-C", str(drawn.root), root=tmp_path)

    assert (before.code, after.code) == (0, 0)
    assert before.out == after.out
