"""Good files of every kind, made by the tool itself and the libraries that offices use: what mutations begin with."""

import contextlib
import io
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

from shuangsuiji.cli.main import run
from tests.conftest import INSPECTORS, ITEMS, PLAN, REPOSITORY, SUBJECTS
from tests.safety.fuzz.mutations import packed

CONFLICTS = "执法证号,对象编号,原因,申报日期\nP1,A1,亲属,2023-01-05\nP2,B2,曾任职,2023年2月\n"
MESSY = """\
青禾县公共场所单位一览表,,,,,,
填报单位：某所,,,,,填报日期：2023.5.1,
序号,单位名称（全称）,统一社会信用代码,地  址,负责人,联系电话,许可证有效期
东区,,,,,,
1,甲宾馆,91350100M000100Y43,东街１号,张某,139 0000 0001,2025.5.1
2,乙美容美发店,,西街2号，二楼,李某,0311-1234567,2024年5月
,,,,,,
3,丙游泳馆,91350100M000100Y43,东街1号,王某,13900000003,45047
合计,3,,,,,
注：名单截至五月底。,,,,,,
"""
LIST = "单位名称,抽查任务,检查人员,统一社会信用代码\n甲宾馆,公共场所,监督员01、监督员02,\n某某诊所,公共场所,监督员03、监督员04,\n"
RICH_PLAN = (
    PLAN.replace(
        "ratio: 50%}\n  - {code: XXWS, name: 学校卫生, ratio: 50%}",
        "ratio: 50%, expect: 3, where: {区域: [东, 西]}}\n  - {code: XXWS, name: 学校卫生, count: 1, items: [X-1]}",
    )
    + """\
total: 4
rounding: ceil
must_include: within
tickets: shared
coverage: {years: 5}
frequency: {per_year: 1}
visits: merge
team: {size: 2, specialty: every, lead: true, area: any}
seed: {mode: local}
exclude: {区域: 北, reason: 另行安排}
adjustment: {limit: 15%, of: inspectors, approvals: [县卫生健康局, 市卫生健康委]}
disclosure: {inspectors: codes}
"""
)
CALENDAR = "2027:\n  notice: 国办发明电〔2026〕1号\n  holidays: [2027-01-01, 2027-02-05/2027-02-11]\n  workdays: [2027-02-14]\n"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def rows(text: str) -> list[list[str]]:
    """A csv without quotes as rows."""
    return [line.split(",") for line in text.splitlines()]


def xlsx(*sheets: str, how: str = "openpyxl") -> bytes:
    """A workbook of csv texts, by one library or the other."""
    content = io.BytesIO()
    if how == "openpyxl":
        book = openpyxl.Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for number, text in enumerate(sheets):
            sheet = book.create_sheet(f"名录{number}")
            for row in rows(text):
                sheet.append([float(cell) if cell == "45047" else cell for cell in row])
        book.save(content)
    else:
        with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
            for text in sheets:
                page = made.add_worksheet()
                for at, row in enumerate(rows(text)):
                    page.write_row(at, 0, row)
                page.set_row(2, None, None, {"hidden": True})
                page.write_formula(3, 1, "=NA()", None, "#N/A")
                page.merge_range(0, 8, 0, 9, "合并")
    return content.getvalue()


def xls(text: str) -> bytes:
    """The same as Excel 97 has it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for at, row in enumerate(rows(text)):
        for column, cell in enumerate(row):
            sheet.write(at, column, float(cell) if cell == "45047" else cell)
    sheet.row(2).hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods(text: str) -> bytes:
    """The same as LibreOffice has it."""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if cell
            else '<table:table-cell table:number-columns-repeated="1"/>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows(text)
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="名录"><table:table-column table:number-columns-repeated="7"/>{body}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="m"/>'
    return packed(
        {"mimetype": _ODS.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def page(text: str) -> bytes:
    """The same as platforms export it: a web page that is called xls."""
    body = "".join(
        "<tr>" + "".join(f"<td colspan=1 class='x'>{cell}</td>" for cell in row) + "</tr>" for row in rows(text)
    )
    return f"<html><head><meta charset='utf-8'></head><body><table border=1>{body}</table></body></html>".encode()


class County:
    """A small county in `root` with a draw, a received list, an adjustment and findings: what the year's doors read."""

    def __init__(self, root: Path, clock: Callable[[str], None]):
        self.root, self._clock = root, clock
        for name, text in (("subjects", SUBJECTS), ("inspectors", INSPECTORS), ("items", ITEMS)):
            self.write(f"rosters/{name}.csv", text)
        self.write("plans/2023.yaml", PLAN)

    @property
    def dossier(self) -> Path:
        return self.root / "plans" / "2023"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def ssj(self, *words: str) -> Any:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([words[0], *words[1:], "-C", str(self.root), "--json"])
        if code:
            raise RuntimeError(f"{words}: {out.getvalue()}{err.getvalue()}")
        return json.loads(out.getvalue())

    @cached_property
    def drawn(self) -> Path:
        """The dossier after some weeks."""
        self._clock("2023-05-08T09:00:00")
        self.ssj("draw", "--seed", "1")
        self._clock("2023-05-09T09:00:00")
        by = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--no-sheets")
        self.ssj("receive", str(self.write("省抽.csv", LIST)), *by)
        self._clock("2023-05-10T17:00:00")
        tasks = [
            line.split(",")[:2] for line in (self.dossier / "result/tasks.csv").read_text("utf-8").splitlines()[1:]
        ]
        found = ("--set", "存在的主要问题=未公示", "--set", "责令改正日期=2023-05-10", "--set", "改正期限=2023-05-24")
        self.ssj(
            "record",
            "--task",
            tasks[0][0],
            "--check-ended",
            "2023-05-10T09:30",
            "--outcome",
            "发现问题已责令改正",
            *found,
        )
        team = (self.dossier / "result/teams.csv").read_text("utf-8").splitlines()[-1].split(",")
        self.ssj(
            "adjust", "recuse", "--visit", team[0], "--inspector", team[1], "--asked-by", "firm", "--reason", "亲属"
        )  # fmt: skip
        self.ssj("note", "training", "--title", "业务培训", "--people", "15")
        return self.dossier

    @cached_property
    def returned(self) -> bytes:
        """A task sheet with a row filled in."""
        path = min((self.drawn / "sheets").glob("任务单_*.xlsx"))
        book = openpyxl.load_workbook(path)
        sheet = book["结果回填"]
        for column, typed in ((4, "2023-05-09 14:30"), (5, "未发现问题"), (7, "无")):
            sheet.cell(5, column).value = typed
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    @cached_property
    def zipped(self) -> bytes:
        """The dossier in a zip, without its sheets."""
        files = {
            p.relative_to(self.root / "plans").as_posix(): p.read_bytes()
            for p in sorted(self.drawn.rglob("*"))
            if p.is_file()
        }
        return packed({name: content for name, content in files.items() if "/sheets/" not in name and "/." not in name})


def template(name: str) -> bytes:
    """One of the templates that come with the tool."""
    return (REPOSITORY / "templates" / name).read_bytes()


def as_yaml(text: str) -> list[bytes]:
    """A csv as yaml rosters: once in blocks, once in brackets."""
    headings, *records = rows(text)
    pairs = [[(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell] for row in records]
    blocks = "".join("- " + "\n  ".join(f"{heading}: {cell}" for heading, cell in record) + "\n" for record in pairs)
    brackets = "".join(
        "- {" + ", ".join(f"{heading}: '{cell}'" for heading, cell in record) + "}\n" for record in pairs
    )
    return [blocks.encode(), brackets.encode()]
