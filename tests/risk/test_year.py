"""From a year's penalties to the firms that the next year's draw takes, by way of people who review."""

import hashlib
import json

from tests.conftest import County
from tests.risk.reviewing import NO, PLAN_2024, SHEET_OF_2024, YES, fill, judged, penalise, problems, reviewed


def drawn(county: County) -> dict[tuple[str, str], str]:
    """(stratum, subject) → why, of the draw of 2024."""
    answer = county.ssj("draw", "--plan", "2024", "--seed", "7", "--no-sheets")
    assert answer.code == 0, answer.err
    lines = (county.root / "plans/2024/result/tickets.csv").read_text("utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    return {(row[0], row[1]): row[5] for row in rows if row[4] == "1"}


def test_firms_with_penalties_are_drawn_next_year_where_the_review_says_so(year: County) -> None:
    for number, subject in enumerate(("A1", "A2", "A4"), 1):
        penalise(year, f"GGCS/{subject}", str(number))
    reviewed(year, YES, NO, YES)

    checked = year.ssj("check", "--plan", "2024", "--json").json

    assert checked["risk"] == {
        "file": SHEET_OF_2024,
        "as_of": "2024-03-01",
        "must": {"A1": "上年度受到行政处罚", "A4": "上年度受到行政处罚"},
        "grades": {},
        "rules": [{"rule": "上年度受到行政处罚", "must": 2, "grades": 0}],
        "declined": 1,
    }
    assert "列为必查 2 家，调整等级 0 家，不采用 1 行" in year.ssj("check", "--plan", "2024").out
    assert {key: why for key, why in drawn(year).items() if key[0] == "GGCS"} == {
        ("GGCS", "A1"): "must",
        ("GGCS", "A4"): "must",
    }


def test_the_sealing_holds_the_digest_of_the_sheet_and_how_many_by_rule(year: County) -> None:
    penalise(year, "GGCS/A1")
    reviewed(year, YES)
    assert year.ssj("seal", "--plan", "2024").code == 0

    line = (year.root / "plans/2024/ledger.jsonl").read_text("utf-8").splitlines()[0]
    event = json.loads(line)["event"]

    assert event["sources"][SHEET_OF_2024] == hashlib.sha256((year.root / SHEET_OF_2024).read_bytes()).hexdigest()
    assert event["risk"] == [{"rule": "上年度受到行政处罚", "must": 1, "grades": 0}]
    assert year.ssj("draw", "--plan", "2024", "--seed", "7", "--no-sheets").err.count("封存名册之后有改动") == 0
    assert year.ssj("verify", str(year.root / "plans/2024")).code == 0


def test_the_plan_notice_says_how_many_by_which_rule_and_names_no_complaints(year: County) -> None:
    penalise(year, "GGCS/A1")
    for number in (1, 2, 3):
        visit = ("--subject", "A2", "--stratum", "GGCS", "--document", f"投诉〔2023〕{number}号", "--on", "2023-09-01")
        team = ("--inspector", "P1", "--inspector", "P2")
        assert year.ssj("record", "--plan", "2023", "--otherwise", "投诉", *visit, *team).code == 0
    reviewed(year, YES, YES)
    answer = year.ssj("publish", "plan", "--plan", "2024", "--format", "html")
    assert answer.code == 0, answer.err

    (page,) = (year.root / "plans/2024/public").glob("plan-1*.html")
    told = page.read_text("utf-8")

    assert "列为必查的：上年度受到行政处罚1家，其他风险情形1家" in told
    assert "投诉" not in told


def test_the_sheet_names_rule_event_paper_day_and_ledger_line(year: County) -> None:
    penalise(year, "GGCS/A1")

    (row,) = judged(year)

    assert row["subject"] == "A1"
    assert row["must"] == "上年度受到行政处罚"
    assert row["why"] == (
        "2023-01-01至2023-12-31，1次（规则 penalty：1次以上；实施细则五第二款（受到同类处罚））："
        "1. 2023-05-18 行政处罚：测卫罚〔2023〕1号，罚款2000元（卷宗 plans/2023 台账第3行，任务 GGCS/A1）"
    )


def test_the_same_record_gives_the_same_bytes_and_a_reviewed_sheet_is_never_overwritten(year: County) -> None:
    penalise(year, "GGCS/A1")
    judged(year)
    path = year.root / SHEET_OF_2024
    made = path.read_bytes()
    assert judged(year, "--out", str(year.root / "另一张.xlsx"))
    assert (year.root / "另一张.xlsx").read_bytes() == made
    assert year.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01", "--json").json["written"] is False
    fill(year, YES)
    kept = path.read_bytes()

    answer = year.ssj("risk", "--plan", "2024", "--as-of", "2024-03-01")

    assert made != kept == path.read_bytes()
    assert answer.code == 3
    assert "不会被覆盖" in answer.err


def test_without_a_sheet_in_the_plan_nothing_is_applied(year: County) -> None:
    penalise(year, "GGCS/A1")
    judged(year)
    fill(year, YES)
    year.write("plans/2024.yaml", PLAN_2024)

    assert year.ssj("check", "--plan", "2024", "--json").json["risk"] is None
    assert problems(year) == []


def test_a_raised_grade_moves_a_firm_into_the_stratum_of_its_new_grade(year: County) -> None:
    subjects = (year.root / "rosters/subjects.csv").read_text("utf-8").splitlines()
    graded = [subjects[0] + ",信用风险等级", *(f"{line},{'B' if line < 'A3' else 'A'}" for line in subjects[1:])]
    year.write("rosters/subjects.csv", "\n".join(graded) + "\n")
    rule = "{code: p, name: 上年度受处罚, on: penalty, raise_to: C, basis: 细则五}"
    year.write("rosters/risk.yaml", f"grades: [A, B, C]\nrules:\n  - {rule}\n")
    penalise(year, "GGCS/A1")
    reviewed(year, YES)
    strata = (year.root / "plans/2024.yaml").read_text("utf-8")
    by_grade = "by_grade: {A: {count: 1}, B: {count: 1}, C: 100%}"
    year.write("plans/2024.yaml", strata.replace("公共场所, count: 1", f"公共场所, {by_grade}"))

    checked = year.ssj("check", "--plan", "2024", "--json").json

    assert checked["risk"]["grades"] == {"A1": {"from": "B", "to": "C"}}
    assert {row["stratum"]: row["population"] for row in checked["strata"]} == {
        "GGCS-A": 3,
        "GGCS-B": 1,
        "GGCS-C": 1,
        "XXWS": 2,
    }
    assert drawn(year)["GGCS-C", "A1"] == "random"
