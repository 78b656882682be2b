"""What comes in comes out as a text: on the screen, in every workbook and csv that people open."""

import csv
import io

import openpyxl
import pytest
from rich.table import Table

from shuangsuiji.screen.console import answers
from tests.conftest import INSPECTORS, SUBJECTS, County
from tests.year.returning import Clock

FORMULA = '=HYPERLINK("http://a.invalid","x")'
STEERING = "甲\x1b[2J\x1b]0;x\x07\u202e乙\u2066\u200b"


@pytest.fixture
def hostile(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county, drawn, published and reported, with a firm and an inspector that are formulas."""
    clock = Clock(monkeypatch)
    quoted = '"' + FORMULA.replace('"', '""') + '"'
    county.write("rosters/subjects.csv", SUBJECTS.replace("甲宾馆", quoted).replace("一小", quoted))
    county.write("rosters/inspectors.csv", INSPECTORS.replace("监督员01", quoted))
    county.plan(("ratio: 50%}\n  - {code: XXWS", "ratio: 100%}\n  - {code: XXWS"))
    clock("2023-05-08T09:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock("2023-06-01T09:00")
    for words in (
        ("publish", "draw", "--format", "html,docx,xlsx,csv"),
        ("adjust", "log", "--xlsx", str(county.root / "台账.xlsx")),
        ("report",),
    ):
        assert county.ssj(*words).code == 0, words
    return county


def test_no_workbook_and_no_csv_that_people_open_takes_a_name_for_a_formula(hostile: County) -> None:
    books = sorted(hostile.root.rglob("*.xlsx"))

    found = [
        (path.name, cell.coordinate)
        for path in books
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "HYPERLINK" in str(cell.value)
    ]
    opened = [path for path in hostile.root.rglob("*.csv") if path.read_bytes().startswith(b"\xef\xbb\xbf")]

    cells = [
        cell
        for path in opened
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        for cell in row
    ]

    assert len(books) > 5
    assert found == []
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_names_that_look_like_formulas_are_reminded_of_before_the_draw(county: County) -> None:
    county.write("rosters/subjects.csv", SUBJECTS.replace("甲宾馆", "=1+1"))
    county.write("rosters/inspectors.csv", INSPECTORS.replace("监督员01", "＠SUM(1)"))

    told = county.ssj("check").err

    assert "在 Excel 里打开结果文件（csv）时会被当成公式。请核对名称。" in told
    assert "在 Excel 里打开结果文件（csv）时会被当成公式。请核对姓名。" in told


@pytest.mark.parametrize("words", [("check",), ("draw", "--seed", "1"), ("status",), ("deadlines",), ("verify",)])
def test_no_command_sends_a_terminal_anything_but_text(county: County, words: tuple[str, ...]) -> None:
    county.write("rosters/subjects.csv", SUBJECTS.replace("甲宾馆", f"甲{STEERING}宾馆"))
    county.write("rosters/inspectors.csv", INSPECTORS.replace("监督员01", STEERING))
    county.plan(
        ("title: 测试县抽查方案", 'title: "测试\\e[2J\\u202E方案"'), ("name: 公共场所", 'name: "公共\\u202E场所"')
    )
    if words[0] not in {"check", "draw"}:
        county.ssj("draw", "--seed", "1", "--no-sheets")

    answer = county.ssj(*words)

    said = answer.out + answer.err
    assert all(sign.isprintable() or sign == "\n" for sign in said)


def test_a_table_that_forgot_to_ask_is_quiet_too(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("单位", width=60)
    table.add_row(STEERING)

    answers().print(table)
    answers().print(STEERING)

    said = capsys.readouterr().out
    assert said.count("甲�[2J�]0;x�乙��") == 2
    assert all(sign.isprintable() or sign == "\n" for sign in said)


def test_a_path_with_control_characters_is_shown_without_them(county: County) -> None:
    county.plan(("strata:", 'exclude: {file: "名\\e[2J单.csv"}\nstrata:'))

    answer = county.ssj("check")

    assert answer.code == 1
    assert "\x1b" not in answer.err + answer.out
