"""The report as people see it: its text as it was agreed, its pages in LibreOffice, its page on a phone."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import County
from tests.publish.papers import html_texts
from tests.publish.reporting import a_year, folder, report
from tests.publish.test_pictures import needs_chromium, needs_office, pages, printed, shown

GOLDEN = Path(__file__).parent / "report.txt"
COLOURS = {(0x6C, 0x9B, 0xD2), (0xF2, 0xB8, 0x4B), (0xC9, 0xCE, 0xD6), (0x8C, 0xC0, 0x8C)}
"""Of the first chart: 有结果, 待结果, 未检查, 上级完结."""


@pytest.fixture
def made(county: County, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small county's report for itself, beside the year before."""
    a_year(county, monkeypatch, before=True)
    report(county)
    return folder(county)


def test_the_text_is_the_one_that_was_agreed(made: Path) -> None:
    told = [text.replace("\n", "") for text in html_texts((made / "report.html").read_bytes())]

    assert told == GOLDEN.read_text("utf-8").splitlines()


@needs_office
def test_the_word_file_opens_with_its_charts_and_chinese_labels(made: Path, tmp_path: Path) -> None:
    pdf = printed((made / "report.docx").read_bytes(), tmp_path, "report.docx")

    told = pages(pdf)
    assert [page for page, text in enumerate(told, 1) if not re.search(rf"—\s*{page}\s*—", text)] == []
    with_chart = next(page for page, text in enumerate(told, 1) if "图1" in text.replace(" ", ""))
    assert "待结果" in told[with_chart - 1]
    assert "上级完结" in told[with_chart - 1]
    picture = tmp_path / "page"
    command = ["pdftoppm", "-r", "60", "-f", str(with_chart), "-l", str(with_chart), str(pdf), str(picture)]
    subprocess.run(command, check=True, timeout=120)
    pixels = next(tmp_path.glob("page*.ppm")).read_bytes()
    assert {colour for colour in COLOURS if bytes(colour) * 3 in pixels} == COLOURS


@needs_office
def test_the_workbook_opens_with_its_charts(made: Path, tmp_path: Path) -> None:
    told = "\n".join(pages(printed((made / "report.xlsx").read_bytes(), tmp_path, "report.xlsx")))

    assert "各专业任务完成情况" in told
    assert not re.findall(r"#(?:REF|NAME|VALUE|DIV/0)", told)


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_never_scrolls_sideways(made: Path, tmp_path: Path, width: int) -> None:
    seen = shown((made / "report.html").read_bytes(), width, tmp_path)

    assert (seen["inner"], seen["scroll"], seen["sideways"]) == (width, width, 0)
