"""What people see: Word files as LibreOffice prints them, pages as Chromium shows them on a phone and on a desk."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from shuangsuiji.files.documents import render_notice
from shuangsuiji.files.documents.package import opened, zipped
from shuangsuiji.files.workspace import Workspace
from tests.publish.papers import HOSTILE, KINDS, bureau, edited, results

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler-utils is not installed"
)
needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")

LOOK = """
<iframe id="page" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
const frame = document.getElementById("page");
frame.onload = () => {{
  const page = frame.contentDocument, view = frame.contentWindow, seen = page.scrollingElement;
  const cell = page.querySelector("tbody td");
  document.title = "seen " + JSON.stringify({{
    inner: view.innerWidth, scroll: seen.scrollWidth, card: view.getComputedStyle(cell).display,
    label: view.getComputedStyle(page.querySelector("tbody td:nth-child(2)"), "::before").content,
    sideways: [...page.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > view.innerWidth + 1
      && !e.closest(".scroll")).length,
    font: parseFloat(view.getComputedStyle(page.querySelector("article p:not(.source)")).fontSize),
  }});
}};
</script>
"""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def printed(content: bytes, office: Path, name: str) -> Path:
    """The PDF that LibreOffice makes of a docx or xlsx."""
    (office / name).write_bytes(content)
    home = f"-env:UserInstallation={(office / 'home').as_uri()}"
    command = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(office), str(office / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (office / name).with_suffix(".pdf")


def text_of(pdf: Path, order: str = "-layout") -> str:
    done = subprocess.run(["pdftotext", order, str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout


def pages(pdf: Path) -> list[str]:
    return text_of(pdf).split("\f")[:-1]


def shown(page: bytes, width: int, folder: Path) -> dict[str, object]:
    """What Chromium says of a page of that width; its console must stay silent."""
    path = folder / "look.html"
    path.write_text(LOOK.format(width=width, page=escape(page.decode())), "utf-8")
    home = f"--user-data-dir={folder / 'home'}"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", home]
    size = f"--window-size={max(500, width)},900"
    command = [
        "chromium",
        *quiet,
        size,
        "--enable-logging=stderr",
        "--virtual-time-budget=20000",
        "--dump-dom",
        path.as_uri(),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=240)
    assert "CONSOLE" not in done.stderr
    found = re.search(r"<title>seen (.*?)</title>", done.stdout)
    assert found, done.stdout[:500]
    seen: dict[str, object] = json.loads(found[1])
    return seen


# ── Word ──


@needs_office
def test_a_full_page_has_22_lines_of_28_characters(office: Path, tmp_path: Path) -> None:
    text = "国" * (26 + 28 * 50)
    own = bureau(tmp_path, results_docx=edited("results.docx", ("特此公告。", text)))
    parts = opened("x", render_notice(own, results("甲"), ("docx",))["results-1.docx"])
    body = parts["word/document.xml"].decode()
    paragraph = next(each for each in re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL) if text in each)
    page = re.findall(r"<w:sectPr>.*?</w:sectPr>", body, re.DOTALL)[0]
    head = body[: body.index("<w:body>") + len("<w:body>")]
    parts["word/document.xml"] = f"{head}{paragraph}{page}</w:body></w:document>".encode()

    second = pages(printed(zipped(parts), office, "lines.docx"))[1].splitlines()

    lines = [line.strip() for line in second if "国" in line]
    assert [len(line) for line in lines] == [28] * 22


@needs_office
@pytest.mark.parametrize("kind", KINDS)
def test_each_notice_prints_with_its_page_numbers(published: Mapping[str, bytes], office: Path, kind: str) -> None:
    pdf = printed(published[f"{kind}-1.docx"], office, f"{kind}.docx")
    done = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True, text=True)
    upright = [float(wide) < float(high) for wide, high in re.findall(r"size: +([\d.]+) x ([\d.]+)", done.stdout)]
    made = pages(pdf)

    assert len(made) == len(upright) >= 2
    for number, page in enumerate(made, 1):
        assert page.strip()
        if upright[number - 1]:
            foot = page.rstrip().splitlines()[-1]
            assert re.fullmatch(rf" *— ?{number} ?—", foot)
            assert (len(foot) - len(foot.lstrip()) > 20) is (number % 2 == 1)


@needs_office
def test_a_long_table_repeats_its_heading_on_every_page(published: Mapping[str, bytes], office: Path) -> None:
    made = pages(printed(published["results-1.docx"], office, "long.docx"))
    table = [page for page in made if "单位名称" in page]

    assert len(table) >= 5
    assert len(table) == len(made) - next(n for n, page in enumerate(made) if "单位名称" in page)


@needs_office
def test_hostile_texts_print_and_5000_characters_are_all_there(office: Path) -> None:
    made = render_notice(Workspace(Path("x")), results(*HOSTILE.values()), ("docx", "xlsx"))

    text = text_of(printed(made["results-1.docx"], office, "hostile.docx"), "-raw")

    assert "<script>alert(1)</script>" in "".join(text.split())
    assert text.count("长") == 3 * 5000
    assert printed(made["results-1.xlsx"], office, "hostile.xlsx").stat().st_size > 0


# ── html ──


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_never_scrolls_sideways(published: Mapping[str, bytes], tmp_path: Path, kind: str, width: int) -> None:
    seen = shown(published[f"{kind}-1.html"], width, tmp_path)

    assert seen["inner"] == width
    assert seen["scroll"] == width
    assert seen["sideways"] == 0
    assert seen["card"] == ("grid" if width == 390 else "table-cell")
    assert seen["font"] == (17 if width == 390 else 18)


@needs_chromium
def test_on_a_phone_a_card_says_the_heading(published: Mapping[str, bytes], tmp_path: Path) -> None:
    assert shown(published["results-1.html"], 390, tmp_path)["label"] == '"单位名称"'
    assert shown(published["results-1.html"], 1280, tmp_path)["label"] == "none"


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_texts_do_not_make_a_page_scroll_or_run(tmp_path: Path, width: int) -> None:
    page = render_notice(Workspace(Path("x")), results(*HOSTILE.values()), ("html",))["results-1.html"]

    assert shown(page, width, tmp_path)["scroll"] == width


@needs_chromium
@needs_office
def test_a_page_prints_on_a4_and_repeats_the_heading_of_its_table(
    published: Mapping[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_bytes(published["results-1.html"])
    pdf = tmp_path / "page.pdf"
    home = f"--user-data-dir={tmp_path / 'home'}"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", home, "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run(
        ["chromium", *quiet, (tmp_path / "page.html").as_uri()], check=True, capture_output=True, timeout=240
    )

    made = pages(pdf)
    done = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True, text=True)
    sizes = {
        tuple(sorted(map(round, map(float, size)))) for size in re.findall(r"size: +([\d.]+) x ([\d.]+)", done.stdout)
    }
    assert sizes == {(595, 842)}
    assert len([page for page in made if "单位名称" in page]) >= 5
    assert all("单位名称" in page for page in made[-4:])
