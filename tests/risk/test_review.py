"""What of a reviewed sheet is applied, and what stops the sealing."""

import openpyxl
import pytest

from shuangsuiji.core.risk.judging import Suggestion
from shuangsuiji.files.riskbook import MACHINE_SHEET, SHEET
from tests.conftest import County
from tests.risk.reviewing import COLUMN, FIRST, NO, PLAN_2024, SHEET_OF_2024, YES, fill, penalise, problems, reviewed


@pytest.fixture
def two(year: County) -> County:
    """Two suggestions: A1 and A2."""
    penalise(year, "GGCS/A1", "1")
    penalise(year, "GGCS/A2", "2")
    return year


def test_a_row_that_nobody_reviewed_is_an_error_and_nothing_can_be_sealed(two: County) -> None:
    reviewed(two, YES)
    before = two.files()

    answer = two.ssj("seal", "--plan", "2024")

    assert problems(two) == [("risk-unreviewed", FIRST + 1, "采用")]
    assert answer.code == 1
    assert "“乙宾馆”这一行还没有复核" in answer.err
    assert two.files() == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({**YES, "复核人": None}, ("risk-unreviewed", FIRST, "复核人")),
        ({**NO, "复核日期": None}, ("risk-unreviewed", FIRST, "复核日期")),
        ({**YES, "采用": "可以"}, ("risk-adopt", FIRST, "采用")),
        ({**YES, "复核日期": "2024-02-29"}, ("risk-day", FIRST, "复核日期")),
        ({**YES, "复核日期": "2024-03-10"}, ("risk-day", FIRST, "复核日期")),
        ({**YES, "复核日期": "上周"}, ("bad-date", FIRST, "复核日期")),
        ({**YES, "建议必查": "别的理由"}, ("risk-row-changed", FIRST, None)),
        ({**YES, "对象编号": "A3"}, ("risk-row-added", FIRST, None)),
    ],
)
def test_a_row_that_is_not_whole_or_not_as_it_was_made_is_an_error(
    typed: dict[str, object], found: tuple[str, int, str | None], two: County
) -> None:
    reviewed(two, typed, YES)

    assert found in problems(two)


def test_a_row_with_a_forged_mark_and_one_that_was_entered_later_are_told(two: County) -> None:
    reviewed(two, YES, YES)
    forged = Suggestion("A4", "丁宾馆", "上年度受到行政处罚", "", "", "上年度受到行政处罚", "编造")
    book = openpyxl.load_workbook(two.root / SHEET_OF_2024)
    book[MACHINE_SHEET].append(["row", forged.subject, forged.rule, forged.mark])
    for column, text in enumerate((*forged, *YES.values()), 1):
        book[SHEET].cell(FIRST + 2, column).value = text  # type: ignore[assignment]
    book.save(two.root / SHEET_OF_2024)

    assert problems(two) == []
    assert problems(two, "warning") == [("risk-not-on-record", FIRST + 2, None)]
    penalise(two, "GGCS/A4", "4")
    assert problems(two, "warning") == []
    penalise(two, "GGCS/A3", "3")
    assert problems(two, "warning") == [("risk-not-in-sheet", None, None)]


def test_a_sheet_of_a_day_before_the_year_was_over_is_told(two: County) -> None:
    assert two.ssj("risk", "--plan", "2024", "--as-of", "2023-05-01").code == 0
    two.write("plans/2024.yaml", PLAN_2024 + "risk: rosters/风险研判/2023-05-01.xlsx\n")

    (warning,) = two.ssj("check", "--plan", "2024", "--json").json["problems"]

    assert warning["code"] == "risk-early"
    assert warning["what"] == "研判到 2023-05-01 为止，上年度（2023年）还没有完：那以后的处罚、投诉等不在表里。"
    reviewed(two, YES, YES)
    assert problems(two, "warning") == []


def test_a_row_that_was_added_or_taken_out_is_an_error(two: County) -> None:
    reviewed(two, YES, YES, {"对象编号": "A4", "单位名称": "丁宾馆", "规则": "上年度受到行政处罚", **YES})
    assert problems(two) == [("risk-row-added", FIRST + 2, None)]
    book = openpyxl.load_workbook(two.root / SHEET_OF_2024)
    book[SHEET].delete_rows(FIRST + 1, 2)
    book.save(two.root / SHEET_OF_2024)

    assert problems(two) == [("risk-row-missing", None, None)]


def test_rows_may_be_sorted(two: County) -> None:
    reviewed(two, YES, NO)
    book = openpyxl.load_workbook(two.root / SHEET_OF_2024)
    page = book[SHEET]
    for column in COLUMN.values():
        one, other = page.cell(FIRST, column), page.cell(FIRST + 1, column)
        one.value, other.value = other.value, one.value  # type: ignore[assignment]
    book.save(two.root / SHEET_OF_2024)

    assert two.ssj("check", "--plan", "2024", "--json").json["risk"]["must"] == {"A1": "上年度受到行政处罚"}


def test_rules_that_changed_since_are_a_warning_but_not_their_comments(two: County) -> None:
    reviewed(two, YES, YES)
    rules = "rules:\n  - {code: penalty, name: 处罚, on: penalty, must: 处罚, basis: 细则五}\n"
    assert problems(two, "warning") == []
    two.write("rosters/risk.yaml", rules)

    assert problems(two, "warning") == [("risk-rules-changed", None, None)]
    assert problems(two) == []


def test_a_sheet_of_another_draw_and_a_file_that_is_no_such_sheet_are_errors(two: County) -> None:
    reviewed(two, YES, YES)
    two.write("plans/2024.yaml", (two.root / "plans/2024.yaml").read_text("utf-8").replace("T-2024", "T-2024-2"))
    assert problems(two) == [("risk-other-plan", None, None)]
    book = openpyxl.load_workbook(two.root / SHEET_OF_2024)
    del book[MACHINE_SHEET]
    book.save(two.root / SHEET_OF_2024)
    assert problems(two) == [("risk-sheet", None, None)]
    (two.root / SHEET_OF_2024).unlink()

    assert problems(two) == [("file-missing", None, None)]


def test_what_changed_in_the_roster_since_is_told(two: County) -> None:
    reviewed(two, YES, YES)
    roster = (two.root / "rosters/subjects.csv").read_text("utf-8")
    two.write("rosters/subjects.csv", roster.replace("A1,甲宾馆", "A7,甲宾馆").replace("乙宾馆", "新乙宾馆"))

    found = problems(two, "warning")

    assert found == [("risk-subject-gone", FIRST, None), ("risk-subject-renamed", FIRST + 1, None)]
    assert list(two.ssj("check", "--plan", "2024", "--json").json["risk"]["must"]) == ["A2"]


def test_grades_that_the_draw_knows_nothing_of_are_told(two: County) -> None:
    two.write(
        "rosters/risk.yaml",
        "grades: [低, 高]\nrules:\n  - {code: p, name: 处罚, on: penalty, raise_to: 高, basis: 细则五}\n",
    )
    reviewed(two, YES, YES)
    assert problems(two, "warning") == [("risk-grade-unused", None, None)]
    plan = (two.root / "plans/2024.yaml").read_text("utf-8")
    graded = plan.replace("公共场所, count: 1", "公共场所, by_grade: {A: {grade: 中, count: 1}}, ungraded: 中")
    two.write("plans/2024.yaml", graded)

    assert ("risk-grade-unknown", None, None) in problems(two)


def test_a_reviewed_row_stays_reviewed_when_the_sheet_is_filled_in_twice(two: County) -> None:
    reviewed(two, YES, YES)
    fill(two, NO)

    assert list(two.ssj("check", "--plan", "2024", "--json").json["risk"]["must"]) == ["A2"]
