"""What the tests of documents share: notices made by hand, the sample county's year, and a look inside the files."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from shuangsuiji.core.year.disclosure.notice import Column, Grid, Notice
from shuangsuiji.files.workspace import Workspace
from tests.conftest import REPOSITORY, County
from tests.year.returning import Clock, fill, tasks_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = ("plan", "items", "draw", "adjustments", "results", "penalties")
HEADINGS = ("序号", "单位名称", "地址", "抽查事项/专业", "检查日期", "抽查结果", "存在的主要问题", "备注")
KEYS = ("number", "name", "address", "items", "checked_on", "outcome", "problems", "note")
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "formula": '=HYPERLINK("http://a.invalid","x")',
    "jinja": "{{ 7*7 }}{% for x in rows %}{_{ 1 }_}",
    "cdata": "]]><b>&amp;&",
    "long": "长" * 5000,
    "word": "a" * 5000,
    "emoji": "甲👍🏽乙🀄",
    "turned": "甲\u202e乙丙",
    "controls": "甲\x00\x07\x1b乙",
    "lines": "甲\n乙\r\n丙",
    "quotes": "\"'`“”",
    "at": "@SUM(1)",
    "minus": "-2+3",
    "tab": "\t=1+1",
}


def results(*names: str, **changes: object) -> Notice:
    """A notice of results whose rows are about units of these names."""
    rows = [(str(n), name, name, "公共场所", "2023-05-10", "未发现问题", name, "/") for n, name in enumerate(names, 1)]
    variables: dict[str, object] = {
        "kind": "results",
        "name": "results-1",
        "number": 1,
        "year": 2023,
        "title": "2023年测试县卫生健康局随机监督抽查结果的公示",
        "agency": "测试县卫生健康局",
        "on": "2023年6月30日",
        "on_iso": "2023-06-30",
        "corrects": "",
        "reason": "",
        "changes": [],
        "basis": "《测试县抽查方案》",
        "bases_text": "《测试县抽查方案》",
        "period_start": "2023年5月8日",
        "period_end": "2023年5月25日",
        "subjects_total": len(rows),
        "tasks_total": len(rows),
        "objects_text": f"公共场所{len(rows)}家",
        "items": [{"name": "公共场所卫生"}],
        "outcomes_text": f"未发现问题{len(rows)}项",
        "rows": [dict(zip(KEYS, row, strict=True)) for row in rows],
        **changes,
    }
    columns = tuple(Column(heading, 14) for heading in HEADINGS)
    grid = Grid("随机监督抽查结果", columns, rows)
    return Notice("results", 1, str(variables["title"]), date(2023, 6, 30), variables, (grid,))


def bureau(root: Path, **templates: str | bytes) -> Workspace:
    """A workspace with templates of its own: ``results_html`` is ``results.html.j2``."""
    (root / "templates").mkdir(parents=True, exist_ok=True)
    for name, content in templates.items():
        stem, _, ending = name.rpartition("_")
        path = root / "templates" / f"{stem}.{'html.j2' if ending == 'html' else ending}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Workspace(root)


def edited(template: str, *changes: tuple[str, str]) -> bytes:
    """A packaged template with parts replaced; of Word, in its text."""
    path = REPOSITORY / "templates" / template
    if path.suffix != ".docx":
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return text.encode()
    made = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            for old, new in changes if name == "word/document.xml" else ():
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return made.getvalue()


def part(docx: bytes, name: str = "word/document.xml") -> ET.Element:
    """A part of a docx."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return ET.fromstring(package.read(name))  # noqa: S314 - our own file


def number(element: ET.Element | None, name: str) -> int:
    """An attribute of Word's as a number."""
    assert element is not None
    return int(element.attrib[W + name])


def word_texts(docx: bytes) -> list[str]:
    """The paragraphs of a docx that say something, line breaks as they are."""
    texts = []
    for paragraph in part(docx).iter(f"{W}p"):
        said = [each for each in paragraph.iter() if each.tag in {f"{W}t", f"{W}br"}]
        texts.append("".join("\n" if each.tag == f"{W}br" else each.text or "" for each in said))
    return [text for text in texts if text]


class _Texts(HTMLParser):
    """The paragraphs, headings and cells of a page; `source` stands on the screen only."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._now: list[str] | None = None
        self._silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"h1", "h2", "h3", "p", "td", "th"}:
            self._now, self._silent = [], dict(attrs).get("class") == "source"
        elif tag == "br" and self._now is not None:
            self._now.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h1", "h2", "h3", "p", "td", "th"} and self._now is not None:
            if not self._silent:
                self.texts.append("".join(self._now).strip())
            self._now = None

    def handle_data(self, data: str) -> None:
        if self._now is not None:
            self._now.append(data)


def html_texts(page: bytes) -> list[str]:
    """The same of a page."""
    return [text for text in _Texts(page.decode()).texts if text]


def year_of(county: County, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, bytes]:
    """The sample county's year: drawn, one recusal, all results on record, all six notices published; public files."""
    clock = Clock(monkeypatch)
    clock("2023-04-10T09:00")
    _done(county, "draw", "--seed", "2023")
    clock("2023-04-11T09:00")
    visit, inspector = county.read("result/teams.csv")[0][:2]
    seat = ("--visit", visit, "--inspector", inspector)
    _done(county, "adjust", "recuse", *seat, "--asked-by", "inspector", "--reason", "亲属")
    _fill(county)
    clock("2023-06-02T09:00")
    _done(county, "record", str(county.root / "returned"))
    for kind in KINDS:
        _done(county, "publish", kind)
    folder = county.dossier / "public"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _done(county: County, *words: str) -> None:
    done = county.ssj(*words)
    assert done.code == 0, done.err


def _fill(county: County) -> None:
    seen: set[str] = set()
    for path in sorted((county.dossier / "sheets").glob("任务单_*.xlsx")):
        rows = {}
        for task in tasks_in(path):
            if task not in seen and re.fullmatch(r"[A-Z]+/\w+", task):
                seen.add(task)
                rows[task] = _finding(len(seen))
        fill(path, county.root / "returned" / path.name, rows)


def _finding(n: int) -> dict[str, Any]:
    ended = datetime(2023, 5, 8 + n % 18, 10, 30)  # noqa: DTZ001 - a cell knows no zone
    day, problems = ended.date(), "公共用品用具清洗消毒记录不全；2名从业人员未持有效健康合格证明"
    match n % 9:
        case 1 | 7:
            ordered = {"correction_ordered_on": day, "correct_by": date(2023, 6, 15)}
            return {"check_ended": ended, "outcome": "发现问题已责令改正", "problems": problems, **ordered}
        case 4:
            case = {"case_filed_on": date(2023, 5, 29), "case_no": f"青卫立〔2023〕{n}号"}
            decided = {"penalty_decided_on": date(2023, 6, 1), "penalty_no": f"青卫罚〔2023〕{n}号", "fine": 2000}
            return {"check_ended": ended, "outcome": "行政处罚", "problems": problems, **case, **decided}
        case 8:
            return {"check_ended": ended, "outcome": "无法联系", "reason": "已关闭"}
        case _:
            return {"check_ended": ended, "outcome": "未发现问题"}
