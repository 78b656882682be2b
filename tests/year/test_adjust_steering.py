"""`ssj adjust` cannot be steered: not by an edited plan, a chosen seed, recusals for replacements, or papers of any day."""

import hashlib
import json
import re
from datetime import date
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from shuangsuiji.core.year.events import Recorded
from shuangsuiji.core.year.state import Source, fold
from shuangsuiji.files.ledger import read_ledger
from tests.conftest import Answer, County
from tests.year.returning import Clock

INSPECTORS = "执法证号,姓名,专业,证件有效期\n" + "".join(
    f"P{n},监督员0{n},公共场所；学校卫生,2030-01-01\n" for n in range(1, 9)
)
LEVELS = "adjustment: {limit: 30%, approvals: [县局, 市卫健委]}\n"
DRAWN_ON, TODAY = date(2023, 5, 9), date(2023, 6, 10)
LETTER = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-05-20")
LIST = "抽查任务,单位名称,对象编号,执法证号\n公共场所,甲宾馆,A1,P1、P2\n学校卫生,一小,B1,P3、P4\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, standing at the draw."""
    clock = Clock(monkeypatch)
    clock(f"{DRAWN_ON}T10:00")
    return clock


@pytest.fixture(autouse=True)
def _chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's chance, the same each time a test runs."""
    numbers = count()
    monkeypatch.setattr("secrets.token_hex", lambda size: hashlib.sha256(b"%d" % next(numbers)).hexdigest()[: 2 * size])


@pytest.fixture
def undrawn(county: County) -> County:
    """The small county with eight inspectors and two levels of approval."""
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more=LEVELS)
    return county


@pytest.fixture
def drawn(undrawn: County, clock: Clock) -> County:
    """The same, drawn by local chance a month ago."""
    assert undrawn.ssj("draw", "--no-sheets").code == 0
    clock(f"{TODAY}T10:00")
    return undrawn


def receive(county: County) -> None:
    county.write("list.csv", LIST)
    answer = county.ssj("receive", str(county.root / "list.csv"), *LETTER, "--no-sheets")
    assert answer.code == 0, answer.err


def teams(county: County) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for visit, inspector, _ in county.read("result/teams.csv"):
        found.setdefault(visit, []).append(inspector)
    return found


def busy(county: County) -> list[str]:
    return sorted({inspector for team in teams(county).values() for inspector in team})


def recuse(county: County, visit: str, inspector: str, *more: str) -> Answer:
    who = ("--visit", visit, "--inspector", inspector)
    return county.ssj("adjust", "recuse", *who, "--asked-by", "firm", "--reason", "亲属", *more)


def sick(county: County, inspector: str, *more: str) -> Answer:
    return county.ssj("adjust", "replace", "--inspector", inspector, "--why", "illness", "--reason", "住院", *more)


def approve(county: County, level: str, on: str, *more: str, document: str = "") -> Answer:
    words = ("--level", level, "--document", document or f"{level}1号", "--on", on)
    return county.ssj("adjust", "approve", "A1", *words, *more)


def withdraw(county: County, *words: str) -> Answer:
    return county.ssj("adjust", "withdraw", *words)


def share(county: County, source: str = "") -> dict[str, object]:
    shares = county.ssj("adjust", "log", "--json").json["shares"]
    return next(one for one in shares if one["source"] == source)


def source(county: County, name: str = "") -> Source:
    return fold(read_ledger(county.dossier).happened).sources[name]


def without_record(county: County) -> None:
    """The ledger as an older version wrote it: the draw says nothing of the plan's rules."""
    ledger = county.dossier / "ledger.jsonl"
    sealed, drawn = (json.loads(line) for line in ledger.read_text("utf-8").splitlines())
    for field in ("adjustment", "seed_mode"):
        drawn["event"].pop(field, None)
    first = ledger.read_bytes().splitlines(keepends=True)[0]
    ledger.write_bytes(first + json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    assert sealed["event"]["kind"] == "sealed"


def end_visit(county: County, visit: str) -> None:
    task = next(row[0] for row in county.read("result/tasks.csv") if row[1] == visit)
    read_ledger(county.dossier).append(
        [Recorded(on=TODAY, task=task, values={"check_ended": "2023-06-09T15:00"})],
        at=f"{TODAY}T10:00:00+08:00",
        by="x",
    )


# the plan's rule, as it is on record


def test_the_draw_and_a_list_put_the_rule_and_the_seed_mode_on_record(drawn: County) -> None:
    receive(drawn)

    for name in ("", "R1"):
        event = source(drawn, name).event
        assert event.adjustment is not None
        assert (event.adjustment.limit, event.adjustment.of) == ("30%", "inspectors")
        assert (event.adjustment.approvals, event.seed_mode) == (("县局", "市卫健委"), "local")


@pytest.mark.parametrize(
    ("edited", "said"),
    [
        (
            "adjustment: {limit: 100%, approvals: [县局, 市卫健委]}\n",
            "调整比例记录的是“30%”，方案现在是“100%”",
        ),
        ("adjustment: {limit: 30%}\n", "批准级别记录的是“县局、市卫健委”，方案现在是“无”"),
        (
            "adjustment: {limit: 30%, of: places, approvals: [县局, 市卫健委]}\n",
            "比例的算法记录的是“按人”，方案现在是“按人次”",
        ),
        (LEVELS + "seed: {mode: given}\n", "种子记录的是“本机随机（local）”，方案现在是“人工给定（given）”"),
    ],
)
def test_a_plan_that_was_edited_after_the_draw_stops_every_change(drawn: County, edited: str, said: str) -> None:
    visit, team = min(teams(drawn).items())
    task = drawn.read("result/tasks.csv")[0][0]
    assert sick(drawn, busy(drawn)[-1]).code == 0
    drawn.plan(more=edited)
    before = drawn.files()

    refused = [
        sick(drawn, team[0], "--document", "1号"),
        recuse(drawn, visit, team[0], "--seed", "x"),
        approve(drawn, "县局", str(TODAY)),
        withdraw(drawn, "A1", "--reason", "写错"),
        drawn.ssj("adjust", "void", "--task", task, "--why", "duplicate", "--reason", "x", "--document", "1号"),
    ]

    assert [answer.code for answer in refused] == [3] * 5
    for answer in refused:
        assert "方案的调整规则在抽取（接收）后被改动，不能办理调整。" in answer.err
        assert said in answer.err
        assert "请把方案改回；方案确已依程序调整并重新公布的，凭批准文书作废抽取（ssj draw --void）" in answer.err
    assert drawn.files() == before


def test_put_back_the_plan_is_as_good_as_never_edited_and_another_way_to_write_the_ratio_is_no_edit(
    drawn: County,
) -> None:
    drawn.plan(more="adjustment: {limit: 99%}\n")
    drawn.plan(more="adjustment: {limit: 3/10, approvals: [县局, 市卫健委]}\n")

    answer = sick(drawn, busy(drawn)[0], "--json")

    assert answer.json["adjustments"][0]["waiting_for"] == ["县局", "市卫健委"]


def test_the_log_and_the_status_go_by_the_record_and_say_that_the_plan_differs(drawn: County) -> None:
    sick(drawn, busy(drawn)[0])
    drawn.plan(more="adjustment: {limit: 99%}\n")

    log, status = drawn.ssj("adjust", "log", "--json").json, drawn.ssj("status", "--json").json["plans"][0]

    assert (log["shares"][0]["limit"], log["rows"][0]["waiting_for"]) == ("30%", ["县局", "市卫健委"])
    assert [warning["code"] for warning in log["warnings"]] == ["plan-changed"]
    assert (status["sources"][0]["adjusted"]["limit"], status["pending"][0]["levels"]) == ("30%", ["县局", "市卫健委"])


def test_an_old_ledger_that_says_nothing_of_the_rule_goes_by_the_plan(drawn: County) -> None:
    without_record(drawn)
    drawn.plan(more="adjustment: {limit: 40%}\n")

    answer = sick(drawn, busy(drawn)[0], "--document", "1号", "--json")

    assert answer.json["adjustments"][0]["status"] == "done"
    assert answer.json["adjustments"][0]["share"]["limit"] == "40%"


def test_a_list_received_under_a_changed_plan_has_the_new_rule_and_the_draw_keeps_its_own(drawn: County) -> None:
    drawn.plan(more="adjustment: {limit: 100%}\n")
    receive(drawn)
    visit, team = min(teams(drawn).items())

    of_list = sick(drawn, "P2", "--visit", "R1/A1", "--document", "1号", "--json")
    of_draw = sick(drawn, team[0], "--visit", visit, "--document", "1号", "--json")

    assert of_list.json["adjustments"][0]["status"] == "done"
    assert of_list.json["adjustments"][0]["share"]["limit"] == "100%"
    assert of_draw.json["adjustments"][0]["waiting_for"] == ["县局", "市卫健委"]
    assert of_draw.json["adjustments"][0]["share"]["limit"] == "30%"
    assert [warning["code"] for warning in of_draw.json["warnings"]] == ["plan-changed"]


# the seed of a re-draw


def test_a_draw_by_local_chance_is_re_drawn_by_local_chance(drawn: County) -> None:
    visit, team = min(teams(drawn).items())
    before = drawn.files()

    typed = recuse(drawn, visit, team[0], "--seed", "7")
    assert typed.code == 3
    assert "本次抽取没有用人工给定的种子，重新抽取也不能由人工给定：选种子就是选人。" in typed.err
    assert "请去掉 --seed" in typed.err
    assert drawn.files() == before
    made = recuse(drawn, visit, team[0], "--json").json["rounds"][0]
    assert re.fullmatch(r"ssj1\|seed\|T-2023/r1\|local:[0-9a-f]{64}", made["seed_line"])


def test_a_draw_by_a_typed_seed_may_be_re_drawn_by_one(undrawn: County) -> None:
    undrawn.ssj("draw", "--seed", "1", "--no-sheets")
    visit, team = min(teams(undrawn).items())

    typed = recuse(undrawn, visit, team[0], "--seed", "7", "--json")

    assert typed.json["rounds"][0]["seed_line"] == "ssj1|seed|T-2023/r1|given:7"
    again, others = min(teams(undrawn).items())
    assert recuse(undrawn, again, others[0], "--json").json["rounds"][0]["grade"] == "local"


def test_a_list_is_re_drawn_by_a_typed_seed_only_where_the_plan_had_one_when_it_was_received(
    undrawn: County, clock: Clock
) -> None:
    clock(f"{TODAY}T10:00")
    receive(undrawn)
    assert recuse(undrawn, "R1/A1", "P1", "--seed", "7").code == 3
    assert recuse(undrawn, "R1/A1", "P1").code == 0
    assert undrawn.ssj("receive", "--void", "R1", "--reason", "重来", "--document", "1号").code == 0
    undrawn.plan(more=LEVELS + "seed: {mode: given}\n")
    undrawn.write("list.csv", LIST.replace("P3、P4", "P5、P6"))
    assert undrawn.ssj("receive", str(undrawn.root / "list.csv"), *LETTER, "--no-sheets").code == 0
    name = next(iter(fold(read_ledger(undrawn.dossier).happened).sources))

    without = recuse(undrawn, f"{name}/A1", "P1")
    typed = recuse(undrawn, f"{name}/A1", "P1", "--seed", "7", "--json")

    assert without.code == 2
    assert "方案规定种子由人工给定，命令里没有给。" in without.err
    assert typed.json["rounds"][0]["grade"] == "given"


# recusal is no way round the limit


def test_a_recusal_by_the_bureau_itself_needs_its_document(drawn: County) -> None:
    visit, team = min(teams(drawn).items())
    drawn.write("回避.csv", f"检查编号,执法证号,申请人,原因\n{visit},{team[0]},本机关,亲属\n")
    before = drawn.files()

    typed = recuse(drawn, visit, team[0], "--asked-by", "bureau")
    listed = drawn.ssj("adjust", "recuse", "--file", str(drawn.root / "回避.csv"))

    assert (typed.code, listed.code) == (2, 1)
    assert "没有写本机关决定回避的文号。" in typed.err
    assert "回避.csv，第2行：没有写本机关决定回避的文号。" in listed.err
    assert drawn.files() == before
    assert recuse(drawn, visit, team[0], "--asked-by", "bureau", "--document", "测卫〔2023〕3号").code == 0


def recuse_often(county: County, times: int) -> tuple[str, list[Answer]]:
    """Somebody on that many visits at least, and what was answered when he stepped back from one after the other."""
    mine = {i: [v for v, team in sorted(teams(county).items()) if i in team] for i in busy(county)}
    inspector = min(mine, key=lambda i: (-len(mine[i]), i))
    assert len(mine[inspector]) >= times
    return inspector, [recuse(county, visit, inspector) for visit in mine[inspector][:times]]


@pytest.fixture
def crowded(undrawn: County, clock: Clock) -> County:
    """All subjects drawn: everybody is on more than one visit."""
    undrawn.plan(
        ("公共场所, ratio: 50%", "公共场所, ratio: 100%"),
        ("学校卫生, ratio: 50%", "学校卫生, ratio: 100%"),
        more=LEVELS,
    )
    undrawn.ssj("draw", "--no-sheets")
    clock(f"{TODAY}T10:00")
    return undrawn


def test_the_second_recusal_of_the_same_inspector_says_that_it_is(crowded: County) -> None:
    inspector, (first, second) = recuse_often(crowded, 2)

    assert "次回避，不计入" not in first.out
    assert "，第 2 次回避，不计入调整比例。" in second.out
    assert "本方案抽取：另有回避 1 人（2 人次），不计入" in second.out
    log = crowded.ssj("adjust", "log", "--json").json
    assert [(row["leaves"]["inspector"], row["time"]) for row in log["rows"]] == [(inspector, 1), (inspector, 2)]
    assert (log["shares"][0]["recused"], log["shares"][0]["recused_places"]) == (1, 2)
    assert "回避（第2次）" in crowded.ssj("adjust", "log").out
    assert "回避（第2次）" not in crowded.ssj("adjust", "log", "--public").out


def test_one_act_that_leaves_several_visits_is_one_time(undrawn: County) -> None:
    undrawn.plan(
        ("公共场所, ratio: 50%", "公共场所, ratio: 100%"),
        ("学校卫生, ratio: 50%", "学校卫生, ratio: 100%"),
        more="visits: separate\nteam: {size: 5}\n" + LEVELS,
    )
    assert undrawn.ssj("draw", "--no-sheets").code == 0
    both = sorted(set(teams(undrawn)["GGCS/B2"]) & set(teams(undrawn)["XXWS/B2"]))
    other = next(v for v, team in sorted(teams(undrawn).items()) if both[0] in team and "B2" not in v)

    first = recuse(undrawn, "GGCS/B2", both[0], "--json").json["recusals"]
    second = recuse(undrawn, other, both[0], "--json").json["recusals"]

    assert [(one["visit"], one["time"]) for one in first] == [("GGCS/B2", 1), ("XXWS/B2", 1)]
    assert [(one["visit"], one["time"]) for one in second] == [(other, 2)]


def test_how_many_stepped_back_stands_beside_the_share_on_screen_xlsx_and_status(crowded: County) -> None:
    visit, team = min(teams(crowded).items())
    recuse(crowded, visit, team[0])
    total = share(crowded)["total"]
    beside = f"另有回避 1 人（1 人次），不计入；与替换合计 1/{total} = {100 / int(str(total)):.2f}%，不超过 30%"

    crowded.ssj("adjust", "log", "--xlsx", str(crowded.root / "台账.xlsx"))

    sheet = openpyxl.load_workbook(crowded.root / "台账.xlsx")["调整台账"]
    assert any(beside in str(cell.value) for row in sheet for cell in row)
    assert beside in crowded.ssj("adjust", "log").out
    assert beside in crowded.ssj("status").out


def test_recused_and_replaced_together_above_the_limit_are_told_and_not_refused(crowded: County) -> None:
    people = busy(crowded)
    allowed = len(people) * 30 // 100
    answers = []
    for inspector in people[: allowed + 1]:
        visit = next(v for v, team in sorted(teams(crowded).items()) if inspector in team)
        answers.append(recuse(crowded, visit, inspector, "--json"))

    codes = [[warning["code"] for warning in answer.json["warnings"]] for answer in answers]
    assert codes == [[]] * allowed + [["above-limit-with-recusals"]]
    assert answers[-1].json["shares"][0]["above_together"] is True
    again = sick(crowded, next(inspector for inspector in people[: allowed + 1] if inspector in busy(crowded)))
    assert again.code == 0
    assert f"与替换合计 {allowed + 1}/{len(people)} = " in again.err
    assert "回避是法定义务，不因此拒绝；请逐项核对回避的理由和依据。" in again.err


# what is asked for can end without a change


def test_a_mistaken_request_is_taken_back_and_counts_no_more(drawn: County) -> None:
    [inspector, *_] = busy(drawn)
    sick(drawn, inspector)
    approve(drawn, "县局", str(TODAY))
    assert share(drawn)["used"] == 1

    answer = withdraw(drawn, "A1", "--reason", "写错了人", "--json")

    assert (answer.json["adjustments"][0]["status"], answer.json["adjustments"][0]["waiting_for"]) == ("withdrawn", [])
    assert share(drawn)["used"] == 0
    assert drawn.ssj("status", "--json").json["plans"][0]["pending"] == []
    rows = drawn.ssj("adjust", "log", "--json").json["rows"]
    assert {(r["status"], r["counted"], r["closed_because"], r["done_by"]) for r in rows} == {
        ("withdrawn", False, "写错了人", "经办人")
    }
    assert "已撤回" in drawn.ssj("adjust", "log").out


def test_whoever_was_declared_away_by_mistake_can_be_drawn_again_and_be_replaced_again(drawn: County) -> None:
    [inspector, *_] = busy(drawn)
    sick(drawn, inspector)
    withdraw(drawn, "A1", "--reason", "写错了人")
    visit = next(v for v, team in sorted(teams(drawn).items()) if inspector not in team)
    came = False
    for _ in range(6):
        came = came or inspector in teams(drawn)[visit]
        recuse(drawn, visit, next(i for i in teams(drawn)[visit] if i != inspector))
    came = came or inspector in teams(drawn)[visit]

    assert came
    assert sick(drawn, inspector, "--json").json["adjustments"][0]["adjustment"] == "A2"


def test_what_cannot_be_taken_back_is_refused(drawn: County) -> None:
    first, second, *_ = busy(drawn)
    papers = ("--approval", "县局=1号@2023-06-01", "--approval", "市卫健委=2号@2023-06-02")
    visit = next(v for v, team in sorted(teams(drawn).items()) if first in team)
    sick(drawn, first, "--visit", visit, *papers)
    sick(drawn, second, "--excess-document", "3号")
    withdraw(drawn, "A2", "--reason", "写错")
    before = drawn.files()

    refused = [
        withdraw(drawn, "A1", "--reason", "写错"),
        withdraw(drawn, "A2", "--reason", "写错"),
        withdraw(drawn, "A9", "--reason", "写错"),
        drawn.ssj("adjust", "approve", "A2", "--level", "县局", "--document", "1号", "--on", str(TODAY)),
        withdraw(drawn, "A1"),
        withdraw(drawn, "--reason", "写错"),
    ]

    assert [answer.code for answer in refused] == [3, 3, 3, 3, 2, 2]
    said = [answer.err.splitlines()[0] for answer in refused]
    assert "A1 已经批准并换了人，不能撤回。" in said[0]
    assert f"A2 已于 {TODAY} 撤回。" in said[1]
    assert "没有“A9”这项调整。" in said[2]
    assert f"A2 已于 {TODAY} 撤回。" in said[3]
    assert "缺少 --reason。" in said[4]
    assert "缺少 编号（如 A1）。" in said[5]
    assert drawn.files() == before


def test_several_are_taken_back_from_a_sheet_all_or_none(drawn: County) -> None:
    first, second, *_ = busy(drawn)
    sick(drawn, first)
    sick(drawn, second, "--excess-document", "3号")
    drawn.write("撤回.csv", "编号,原因,文号\nA1,写错,\nA7,写错,\nA2,,\n")
    before = drawn.files()

    wrong = withdraw(drawn, "--file", str(drawn.root / "撤回.csv"))
    assert wrong.code == 1
    assert "第4行，“原因”列" in wrong.err
    assert drawn.files() == before
    drawn.write("撤回.csv", "编号,原因,文号\nA1,写错,\nA7,写错,\nA1,写错,\n")
    wrong = withdraw(drawn, "--file", str(drawn.root / "撤回.csv"))
    assert "第3行：没有“A7”这项调整。" in wrong.err
    assert "第4行：A1 写了两次。" in wrong.err
    drawn.write("撤回.csv", "编号,原因,文号\nA1,写错,测卫1号\nA2,病好了,\n")
    done = withdraw(drawn, "--file", str(drawn.root / "撤回.csv"), "--json")

    assert [one["status"] for one in done.json["adjustments"]] == ["withdrawn", "withdrawn"]
    assert share(drawn)["used"] == 0


def test_the_last_approval_that_finds_nothing_left_closes_the_replacement(drawn: County) -> None:
    visit, team = min(teams(drawn).items())
    sick(drawn, team[0], "--visit", visit)
    approve(drawn, "县局", str(TODAY))
    end_visit(drawn, visit)
    assert "已没有要换的检查，可撤回：ssj adjust withdraw A1" in drawn.ssj("status").out

    answer = approve(drawn, "市卫健委", str(TODAY))

    assert answer.code == 0
    assert "A1 已批准，但已没有要换的检查，不占比例。调整比例：已替换 0 人，抽取 " in answer.out
    assert share(drawn)["used"] == 0
    assert drawn.ssj("status", "--json").json["plans"][0]["pending"] == []
    [row] = drawn.ssj("adjust", "log", "--json").json["rows"]
    assert (row["status"], row["counted"], row["closed_because"]) == ("lapsed", False, "")
    assert "已无可替换" in drawn.ssj("adjust", "log").out
    before = drawn.files()
    assert approve(drawn, "市卫健委", str(TODAY)).out == "已经登记过，没有变化。\n"
    assert withdraw(drawn, "A1", "--reason", "x").code == 3
    assert drawn.files() == before


def form_of(county: County, folder: Path) -> str:
    assert county.ssj("adjust", "log", "--forms", str(folder)).code == 0
    document = Document(str(next(folder.iterdir())))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_approval_forms_say_that_it_was_taken_back_or_found_nothing_left(drawn: County, tmp_path: Path) -> None:
    visit, team = min(teams(drawn).items())
    sick(drawn, team[0], "--visit", visit)
    withdraw(drawn, "A1", "--reason", "写错了人", "--document", "测卫〔2023〕8号")

    form = form_of(drawn, tmp_path / "forms")

    assert "已撤回（2023年6月10日，测卫〔2023〕8号，写错了人）" in form
    assert "待批准后抽取" not in form


# papers and their days


def test_approvals_older_than_the_draw_the_request_or_younger_than_today_are_refused(drawn: County) -> None:
    [inspector, *_] = busy(drawn)
    before = drawn.files()

    refused = [
        sick(drawn, inspector, "--approval", "县局=1号@2023-05-08"),
        sick(drawn, inspector, "--approval", "县局=1号@2023-06-11"),
        sick(drawn, inspector, "--on", "2023-06-01", "--approval", "县局=1号@2023-05-31"),
        sick(drawn, inspector, "--on", "2023-05-08"),
        sick(drawn, inspector, "--on", "2023-06-11"),
    ]

    assert [answer.code for answer in refused] == [3] * 5
    said = [answer.err.splitlines()[0] for answer in refused]
    assert "“县局”的批准日期 2023-05-08 早于抽取的日期 2023-05-09。" in said[0]
    assert "“县局”的批准日期 2023-06-11 还没有到。" in said[1]
    assert "“县局”的批准日期 2023-05-31 早于申请的日期 2023-06-01。" in said[2]
    assert "申请日期 2023-05-08 早于抽取的日期 2023-05-09。" in said[3]
    assert "申请日期 2023-06-11 还没有到。" in said[4]
    assert drawn.files() == before


def test_a_request_is_of_the_day_it_says_else_of_its_first_approval_else_of_today(drawn: County) -> None:
    first, second, third, *_ = busy(drawn)
    sick(drawn, first, "--on", "2023-06-01", "--approval", "县局=1号@2023-06-02")
    sick(drawn, second, "--approval", "县局=2号@2023-06-05", "--excess-document", "9号")
    sick(drawn, third, "--excess-document", "9号")

    rows = drawn.ssj("adjust", "log", "--json").json["rows"]

    days = {row["adjustment"]: row["on"] for row in rows}
    assert days == {"A1": "2023-06-01", "A2": "2023-06-05", "A3": "2023-06-10"}


def test_an_approval_registered_later_is_not_older_than_the_request(drawn: County) -> None:
    sick(drawn, busy(drawn)[0])
    before = drawn.files()

    answer = approve(drawn, "县局", "2023-06-09")

    assert answer.code == 3
    assert "“县局”的批准日期 2023-06-09 早于申请的日期 2023-06-10。" in answer.err
    assert "用 --on 写明申请日期重新登记" in answer.err
    assert drawn.files() == before


def test_a_sheet_of_replacements_says_when_they_asked(drawn: County) -> None:
    first, second, *_ = busy(drawn)
    heading = "执法证号,事由,原因,批准意见,申请日期\n"
    drawn.write(
        "替换.csv", f"{heading}{first},因病,住院,县局=1号@2023-06-02,2023-06-03\n{second},休假,产假,,2023-5-1\n"
    )

    wrong = drawn.ssj("adjust", "replace", "--file", str(drawn.root / "替换.csv"))

    assert wrong.code == 1
    assert "第2行：“县局”的批准日期 2023-06-02 早于申请的日期 2023-06-03。" in wrong.err
    assert "第3行：申请日期 2023-05-01 早于抽取的日期 2023-05-09。" in wrong.err


def test_a_paper_that_closes_a_task_is_no_older_than_the_draw_or_the_list(drawn: County) -> None:
    receive(drawn)
    own = drawn.read("result/tasks.csv")[0][0]
    words = ("--why", "duplicate", "--reason", "同一家", "--document", "省〔2023〕1号")
    before = drawn.files()

    refused = [
        drawn.ssj("adjust", "void", "--task", own, *words, "--on", "2023-05-08"),
        drawn.ssj("adjust", "void", "--task", "R1/GGCS/A1", *words, "--on", "2023-05-19"),
        drawn.ssj("adjust", "void", "--task", own, *words, "--on", "2023-06-11"),
    ]

    assert [answer.code for answer in refused] == [3, 3, 3]
    assert "文书日期 2023-05-08 早于抽取的日期 2023-05-09。" in refused[0].err
    assert "文书日期 2023-05-19 早于清单 R1 下达的日期 2023-05-20。" in refused[1].err
    assert "文书日期 2023-06-11 还没有到。" in refused[2].err
    assert drawn.files() == before
    assert drawn.ssj("adjust", "void", "--task", "R1/GGCS/A1", *words, "--on", "2023-05-20").code == 0


def test_the_papers_of_a_list_are_no_older_than_the_list(drawn: County) -> None:
    receive(drawn)

    answer = sick(drawn, "P1", "--visit", "R1/A1", "--approval", "县局=1号@2023-05-19")

    assert answer.code == 3
    assert "“县局”的批准日期 2023-05-19 早于清单 R1 下达的日期 2023-05-20。" in answer.err


def test_one_document_number_for_two_levels_is_told(drawn: County) -> None:
    sick(drawn, busy(drawn)[0])
    first = approve(drawn, "县局", str(TODAY), "--json", document="卫〔2023〕1号")

    second = approve(drawn, "市卫健委", str(TODAY), "--json", document="卫〔2023〕 1号")

    assert first.json["warnings"] == []
    assert second.json["warnings"] == [
        {
            "code": "same-document",
            "what": "A1 的“县局”“市卫健委”登记了同一个文号 卫〔2023〕1号，请核对是不是各级各自的文书。",
        }
    ]


# what is said


def test_the_refusal_above_the_limit_does_not_point_to_the_closing_of_tasks(drawn: County) -> None:
    people = busy(drawn)
    for inspector in people[: len(people) * 30 // 100]:
        assert sick(drawn, inspector).code == 0

    refused = sick(drawn, people[-1])

    assert refused.code == 3
    assert "批准机关同意超出的，请用 --excess-document 写明它的文号；没有同意的，不能替换。" in refused.err
    assert "void" not in refused.err


def test_the_public_log_does_not_say_who_entered_it(drawn: County) -> None:
    sick(drawn, busy(drawn)[0])
    withdraw(drawn, "A1", "--reason", "写错了人")
    target = drawn.root / "公开.xlsx"

    drawn.ssj("adjust", "log", "--xlsx", str(target), "--public")
    said = drawn.ssj("adjust", "log", "--public").out + drawn.ssj("adjust", "log", "--public", "--json").out
    forms = drawn.ssj("adjust", "log", "--public", "--forms", str(drawn.root / "forms"))

    cells = "\n".join(str(cell.value) for sheet in openpyxl.load_workbook(target) for row in sheet for cell in row)
    for private in ("经办人", "登记人", '"by"', "写错了人"):
        assert private not in cells + said
    assert "登记时间" in cells
    assert (forms.code, (drawn.root / "forms").exists()) == (2, False)
    assert "审批表写有原因和登记人，不能对外。" in forms.err


def test_a_draw_that_the_plan_calls_by_another_number_is_not_changed(drawn: County) -> None:
    visit, (inspector, *_) = min(teams(drawn).items())
    drawn.plan(("draw: T-2023", "draw: T-2024"), more=LEVELS)
    before = drawn.files()

    answers = [recuse(drawn, visit, inspector), drawn.ssj("record", "--task", "GGCS/A1", "--set", "备注=无")]

    for answer in answers:
        assert (answer.code, answer.err.splitlines()[0]) == (
            3,
            "没有执行  方案的抽取编号改成了 T-2024，台账里是 T-2023。",
        )
    assert drawn.files() == before


def test_above_the_limit_it_is_said_of_which_list_and_how_to_go_on_without_it(drawn: County) -> None:
    receive(drawn)
    inspector = next(one for one in busy(drawn) if one in {"P1", "P2", "P3", "P4"})
    drawn.ssj("receive", "--void", "R1", "--reason", "重发", "--document", "1号")
    drawn.write("list.csv", f"抽查任务,单位名称,对象编号,执法证号\n公共场所,甲宾馆,A1,{inspector}、P8\n")
    assert drawn.ssj("receive", str(drawn.root / "list.csv"), *LETTER, "--no-sheets").code == 0
    own = [visit for visit, team in teams(drawn).items() if inspector in team]

    answer = drawn.ssj("adjust", "replace", "--inspector", inspector, "--why", "leave", "--reason", "休假")

    assert answer.code == 3
    assert "：接收清单R2（省卫生健康委）：已替换 0 人，抽取 2 人，再替换 1 人为 1/2 = 50.00%，超过 30%。" in answer.err
    assert f"只换其他来源的检查，另写：{' '.join(f'--visit {visit}' for visit in own)}" in answer.err
