"""Each rule fires, and does not where it should not; a rule file that is wrong says where and how."""

import re

import pytest

from shuangsuiji.core.risk.rules import rules_of
from shuangsuiji.files.yamltree import parse_yaml
from tests.conftest import REPOSITORY, County
from tests.risk.reviewing import judged, penalise, record


def rules(county: County, *lines: str, grades: str = "") -> None:
    head = f"grades: [{grades}]\n" if grades else ""
    county.write("rosters/risk.yaml", head + "rules:\n" + "".join(f"  - {{{line}}}\n" for line in lines))


def about(on: str, more: str = "") -> str:
    return f"code: r, name: 规则, on: {on}, must: 理由, basis: 细则五{more}"


def met(county: County) -> list[str]:
    return [row["subject"] for row in judged(county)]


def otherwise(county: County, basis: str, subject: str = "A3", paper: str = "文〔2023〕1号") -> None:
    team = ("--inspector", "P1", "--inspector", "P2")
    words = ("--subject", subject, "--stratum", "GGCS", "--document", paper, "--on", "2023-09-01")
    answer = county.ssj("record", "--plan", "2023", "--otherwise", basis, *words, *team)
    assert answer.code == 0, answer.err


CHECKED = "check_ended=2023-06-01 10:00"
SAMPLED = (CHECKED, "outcome=未发现问题", "sampled=是", "report_received=2023-06-09 10:00")
CORRECTED = (CHECKED, "outcome=发现问题已责令改正", "problems=无证", "correction_ordered_on=2023-06-01")
BY = "correct_by=2023-06-20"
EVENTS = {
    "failed-sample": ((*SAMPLED, "test_result=不合格"), (*SAMPLED, "test_result=合格")),
    "correction": ((*CORRECTED, BY), (CHECKED, "outcome=未发现问题")),
    "uncorrected": (
        (*CORRECTED, BY, "followed_up_on=2023-06-21", "follow_up_result=部分改正"),
        (*CORRECTED, BY, "followed_up_on=2023-06-21", "follow_up_result=已改正"),
    ),
    "refused": (
        (CHECKED, "outcome=无法联系", "reason=拒绝检查"),
        (CHECKED, "outcome=无法联系", "reason=已关闭"),
    ),
    "unreachable": (
        (CHECKED, "outcome=无法联系", "reason=已搬迁"),
        (CHECKED, "outcome=无法联系", "reason=未开展相关业务"),
    ),
}


@pytest.mark.parametrize("on", EVENTS)
def test_what_was_found_on_a_visit_meets_its_rule_and_nothing_else_does(on: str, year: County) -> None:
    rules(year, about(on))
    event, other = EVENTS[on]
    record(year, "GGCS/A1", *event)
    record(year, "GGCS/A2", *other)

    assert met(year) == ["A1"]


def test_visits_outside_the_draw_meet_the_rule_of_their_basis_one_per_paper(year: County) -> None:
    rules(
        year, about("complaint", ", at_least: 2"), about("special").replace("code: r, name: 规则", "code: s, name: 专")
    )
    otherwise(year, "投诉", "A3", "投〔2023〕1号")
    otherwise(year, "投诉", "A3", "投〔2023〕2号")
    otherwise(year, "投诉", "A4", "投〔2023〕3号")
    otherwise(year, "投诉", "A4", "投〔2023〕3号")
    otherwise(year, "专项", "A1")

    assert [(row["subject"], row["rule"]) for row in judged(year)] == [("A1", "专"), ("A3", "规则")]


def test_one_penalty_entered_for_two_tasks_counts_once(year: County) -> None:
    rules(year, about("penalty", ", at_least: 2"))
    penalise(year, "GGCS/B2", "1")
    penalise(year, "XXWS/B2", "1")
    assert met(year) == []
    penalise(year, "GGCS/A1", "2")
    record(year, "XXWS/B2", "penalty_no=测卫罚〔2023〕9号")

    assert met_again(year) == ["B2"]


def met_again(county: County) -> list[str]:
    return [row["subject"] for row in judged(county, "--out", str(county.root / "第二张.xlsx"))]


def test_only_penalties_of_the_same_kind_count_together_where_the_rule_says_so(year: County) -> None:
    rules(year, about("penalty", ", at_least: 2, same: violation"))
    for number, (task, violation) in enumerate((("GGCS/B2", "无证"), ("XXWS/B2", "超范围"), ("GGCS/A1", "无证")), 1):
        penalise(year, task, str(number), "2023-05-18", f"violation_type={violation}")
    assert met(year) == []
    record(year, "XXWS/B2", "violation_type=无证")

    assert met_again(year) == ["B2"]


@pytest.mark.parametrize(
    ("within", "is_met"),
    [("last-year", True), ("2 years", True), ("9 months", False), ("10 months", True), ("always", True)],
)
def test_only_what_happened_within_the_period_counts(within: str, is_met: bool, year: County) -> None:
    rules(year, about("penalty", f", within: {within}"))
    penalise(year, "GGCS/A1")

    assert met(year) == (["A1"] if is_met else [])


def test_what_happened_after_the_day_of_the_sheet_is_not_known_on_it(year: County) -> None:
    penalise(year, "GGCS/A1")

    assert judged(year, day="2023-05-17") == []


def test_a_task_closed_by_the_superior_and_a_closed_firm_suggest_nothing(year: County) -> None:
    penalise(year, "GGCS/A1", "1")
    penalise(year, "GGCS/A2", "2")
    words = ("--why", "duplicate", "--reason", "重卡", "--document", "省卫〔2023〕9号")
    assert year.ssj("adjust", "void", "--plan", "2023", "--task", "GGCS/A1", *words).code == 0
    roster = (year.root / "rosters/subjects.csv").read_text("utf-8").splitlines()
    closed = [
        f"{line},{'注销' if line.startswith('A2') else '状态' if line.startswith('对象') else ''}" for line in roster
    ]
    year.write("rosters/subjects.csv", "\n".join(closed) + "\n")

    answer = year.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01", "--json").json

    assert answer["suggestions"] == []
    assert answer["closed"] == 1


def test_events_of_firms_that_the_roster_does_not_have_are_told(year: County) -> None:
    penalise(year, "GGCS/A1")
    roster = (year.root / "rosters/subjects.csv").read_text("utf-8")
    year.write("rosters/subjects.csv", roster.replace("A1,", "A9,"))

    answer = year.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01")

    assert "有 1 件的对象不在名录库里" in answer.out
    assert "A1 2023-05-18 行政处罚" in answer.out


def test_a_list_from_elsewhere_meets_by_number_or_credit_code_and_by_its_columns(year: County) -> None:
    roster = (year.root / "rosters/subjects.csv").read_text("utf-8").splitlines()
    codes = {"A1": "91990129QH0000101P", "对象编号": "统一社会信用代码"}
    coded = [f"{line},{codes.get(line.split(',')[0], '')}" for line in roster]
    year.write("rosters/subjects.csv", "\n".join(coded) + "\n")
    year.write(
        "rosters/经营异常名录.csv",
        "统一社会信用代码,对象编号,列入日期,状态\n"
        "91990129QH0000101P,,2023年3月1日,列入\n,A2,2023-04-01,移出\n,A3,2021-04-01,列入\n91990129QH0009999X,,2023-01-02,列入\n",
    )
    rules(year, about("listed", ", file: rosters/经营异常名录.csv, day: 列入日期, where: {状态: 列入}"))

    answer = year.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01", "--json").json

    assert [row["subject"] for row in answer["suggestions"]] == ["A1"]
    assert "2023-03-01 列入名单（rosters/经营异常名录.csv，第2行）" in answer["suggestions"][0]["why"]
    assert answer["lists"] == {"rosters/经营异常名录.csv": 1}


def test_grades_are_raised_never_lowered_by_raise_to_but_set_by_set_to(year: County) -> None:
    roster = (year.root / "rosters/subjects.csv").read_text("utf-8").splitlines()
    grade = {"对象编号": "信用风险等级", "A1": "D", "A2": "B", "A3": ""}
    year.write(
        "rosters/subjects.csv", "\n".join(f"{line},{grade.get(line.split(',')[0], 'C')}" for line in roster) + "\n"
    )
    for number, subject in enumerate(("A1", "A2", "A3", "A4"), 1):
        penalise(year, f"GGCS/{subject}", str(number))
    up = "code: up, name: 提, on: penalty, raise_to: C, basis: 细则五"
    rules(year, up, "code: to, name: 定, on: penalty, set_to: B, basis: 细则五", grades="A, B, C, D")

    found = [(row["subject"], row["rule"], row["grade_now"], row["grade"]) for row in judged(year)]

    assert found == [
        ("A1", "定", "D", "B"),
        ("A2", "提", "B", "C"),
        ("A3", "提", "", "C"),
        ("A3", "定", "", "B"),
        ("A4", "定", "C", "B"),
    ]


WRONG = {
    "onn: penalty, must: 甲, basis: 乙, code: a, name: 子": "risk-unknown-key",
    "on: penaltyy, must: 甲, basis: 乙, code: a, name: 子": "risk-literal-error",
    "on: penalty, must: 甲, code: a, name: 子": "risk-missing",
    "on: penalty, basis: 乙, code: a, name: 子": "risk-outcome",
    "on: penalty, raise_to: A, set_to: B, basis: 乙, code: a, name: 子": "risk-outcome",
    "on: penalty, must: 甲, within: 去年, basis: 乙, code: a, name: 子": "risk-within",
    "on: listed, must: 甲, basis: 乙, code: a, name: 子": "risk-file",
    "on: penalty, day: 日期, must: 甲, basis: 乙, code: a, name: 子": "risk-file",
    "on: refused, same: violation, must: 甲, basis: 乙, code: a, name: 子": "risk-same",
    "on: penalty, must: 甲, at_least: 0, basis: 乙, code: a, name: 子": "risk-greater-than-equal",
    "on: penalty, must: 甲, basis: 乙, code: 甲, name: 子": "risk-code",
}


def faults(county: County) -> list[tuple[str, int]]:
    before = county.files()
    answer = county.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01", "--json")
    assert answer.code == 1
    assert county.files() == before
    return [(one["code"], one["row"]) for one in answer.json["problems"]]


def test_all_rules_that_are_wrong_are_told_at_once_each_with_its_line(year: County) -> None:
    rules(year, *WRONG)

    assert set(faults(year)) >= {(code, row) for row, code in enumerate(WRONG.values(), 2)}


def test_rules_that_do_not_fit_together_are_told(year: County) -> None:
    rules(year, about("penalty"), about("refused"))
    assert faults(year) == [("risk-twice", 1)]
    rules(year, "code: a, name: 甲, on: penalty, raise_to: D, basis: 细则五", grades="A, B")
    assert faults(year) == [("risk-grades", 1)]
    year.write("rosters/risk.yaml", "- 一条\n")
    assert faults(year) == [("risk-form", None)]


def test_the_packaged_rules_hold_and_so_do_their_examples() -> None:
    text = (REPOSITORY / "templates" / "risk.yaml").read_text("utf-8")
    enabled = re.sub(
        r"^( *)#(?=[^ #\n])",
        r"\1",
        re.sub(r"^  #(?=[- ] )(?! [^ ])", "  ", text, flags=re.MULTILINE),
        flags=re.MULTILINE,
    )
    for content in (text, enabled):
        tree, lines, problems = parse_yaml(content.encode(), "risk.yaml")
        found, wrong = rules_of(tree, lines)
        assert problems == wrong == []
        assert found is not None
        assert len(found.rules) == (5 if content == text else 8)


def test_a_list_that_is_not_there_stops_the_judging(year: County) -> None:
    rules(year, about("listed", ", file: rosters/没有.csv"))

    answer = year.ssj("risk", "--plan", "2024", "--json")

    assert answer.code == 1
    assert [one["code"] for one in answer.json["problems"]] == ["file-missing"]
