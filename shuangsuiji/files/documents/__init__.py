"""A notice becomes files for the website, the printer and other programs: html, docx, xlsx, csv.

- html and docx come from templates that a bureau may change; xlsx and csv hold the notice's tables.
- Same notice and templates, same bytes. Nothing is written here: whoever publishes writes.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.disclosure.notice import Notice
from shuangsuiji.files.workspace import Workspace

Format = Literal["html", "docx", "xlsx", "csv"]
FORMATS: tuple[Format, ...] = ("html", "docx", "xlsx", "csv")


def render_notice(workspace: Workspace, notice: Notice, formats: Sequence[Format] = FORMATS) -> dict[str, bytes]:
    """The files of `notice` by name: ``results-1.html``; a second table's csv is ``results-1-2.csv``.

    Raises Faulty with what is wrong in both templates at once.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for kind in formats:
        try:
            files |= _made(workspace, notice, kind)
        except Faulty as faulty:
            problems += faulty.problems
    if problems:
        raise Faulty(problems, "公示文书模板")
    return files


def _made(workspace: Workspace, notice: Notice, kind: Format) -> Mapping[str, bytes]:
    from shuangsuiji.files.documents.delimited import csv_bytes  # noqa: PLC0415 - only who publishes pays for the doors
    from shuangsuiji.files.documents.html import render_html  # noqa: PLC0415
    from shuangsuiji.files.documents.word import render_word  # noqa: PLC0415
    from shuangsuiji.files.documents.workbook import xlsx_bytes  # noqa: PLC0415

    match kind:
        case "html":
            content = render_html(workspace, f"{notice.kind}.html.j2", notice.variables)
        case "docx":
            content = render_word(workspace, f"{notice.kind}.docx", notice.variables)
        case "xlsx":
            content = xlsx_bytes(notice)
        case "csv":
            return {
                f"{notice.name}{f'-{number}' if number > 1 else ''}.csv": csv_bytes(grid)
                for number, grid in enumerate(notice.tables, 1)
            }
    return {f"{notice.name}.{kind}": content}
