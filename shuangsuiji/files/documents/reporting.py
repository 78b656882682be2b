"""The year's report becomes files: html and docx from templates with the charts put in, xlsx with the figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.report.report import Report
from shuangsuiji.files.documents.charts import drawing, svg
from shuangsuiji.files.documents.html import render_html
from shuangsuiji.files.documents.reportbook import book
from shuangsuiji.files.documents.word import render_word
from shuangsuiji.files.workspace import Workspace

Format = Literal["docx", "html", "xlsx"]
FORMATS: tuple[Format, ...] = ("docx", "html", "xlsx")


def render_report(
    workspace: Workspace, report: Report, formats: Sequence[Format], created: datetime
) -> dict[str, bytes]:
    """The files by name. Raises Faulty with what is wrong in both templates at once."""
    stem = "report-public" if report.variables["public"] else "report"
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for kind in formats:
        try:
            files[f"{stem}.{kind}"] = _made(workspace, report, kind, created)
        except Faulty as faulty:
            problems += faulty.problems
    if problems:
        raise Faulty(problems, "总结报告模板")
    return files


def _made(workspace: Workspace, report: Report, kind: Format, created: datetime) -> bytes:
    match kind:
        case "html":
            return svg.drawn(render_html(workspace, "report.html.j2", report.variables), report.charts)
        case "docx":
            return drawing.drawn(render_word(workspace, "report.docx", report.variables), report.charts, created)
        case "xlsx":
            return book(report, created)
