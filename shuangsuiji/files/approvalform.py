"""调整审批表.docx: one form per replacement, from the Word template that a bureau may change.

The template is the workspace's ``templates/adjustment-approval.docx``, else the packaged one. It runs in a sandbox;
a name that it does not know is refused; what it is given is escaped. Same content, same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.adjustlog import Row
from shuangsuiji.core.year.state import Adjustment
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.sheets.wording import day
from shuangsuiji.files.starter.county import packaged
from shuangsuiji.files.workspace import Workspace

TEMPLATE = "adjustment-approval.docx"
_BLANK_DAY = "　　年　　月　　日"


class Form(NamedTuple):
    """One replacement on paper: `rows` of it in the log; `seed_line` is blank while it waits."""

    adjustment: Adjustment
    rows: Sequence[Row]
    levels: Sequence[str]
    seed_line: str
    at: str
    by: str
    checkpoint: str


def form_name(form: Form) -> str:
    """``调整审批表_A1_监督员01.docx``."""
    inspector, name = form.rows[0].leaves
    return file_names([f"调整审批表_{form.adjustment.asked.adjustment}_{name or inspector}"], ".docx")[0]


def approval_form(workspace: Workspace, plan: Plan, form: Form) -> bytes:
    """The filled form. Raises Refusal (exit 4) where the template is damaged or asks for what there is not."""
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - lxml and docx: 150 ms
    from docxtpl import DocxTemplate  # noqa: PLC0415
    from jinja2 import StrictUndefined, TemplateError  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    own = workspace.root / "templates" / TEMPLATE
    path = own if own.is_file() else packaged() / "templates" / TEMPLATE
    try:
        template = DocxTemplate(path)
        template.render(
            _context(plan, form),
            jinja_env=SandboxedEnvironment(undefined=StrictUndefined, autoescape=True),
            autoescape=True,
        )
    except (TemplateError, PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as failure:
        what = f"模板“{workspace.shown(path)}”不能用：{failure}。"
        todo = f"请改正模板；删除它就用自带的（{path.name}）。"
        raise Refusal("template", what, todo=todo, exit_code=DAMAGED) from failure
    content = io.BytesIO()
    template.save(content)
    return _settled(content.getvalue())


def write_forms(folder: Path, forms: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Put the forms into `folder`; their paths."""
    from shuangsuiji.files.whole import write_whole  # noqa: PLC0415 - only with forms

    for name, content in forms:
        write_whole(folder / name, content)
    return [folder / name for name, _ in forms]


def _context(plan: Plan, form: Form) -> dict[str, object]:
    """What a template may use: `docs/adjust.md` lists it."""
    first, asked = form.rows[0], form.adjustment.asked
    had = {each.level: each for each in form.adjustment.approvals}
    return {
        "agency": plan.agency.name,
        "plan": plan.title,
        "document_no": plan.document_no or "／",
        "draw": plan.draw,
        "adjustment": asked.adjustment,
        "inspector": first.leaves[1],
        "inspector_id": first.leaves[0],
        "why": first.why,
        "reason": asked.reason,
        "asked_on": day(asked.on.isoformat()),
        "visits": [
            {
                "number": number,
                "visit": row.visit,
                "name": row.name,
                "leaves": row.leaves[1],
                "joins": f"{row.joins[1]}（{row.joins[0]}）" if row.joins[0] else "待批准后抽取",
            }
            for number, row in enumerate(form.rows, 1)
        ],
        "share": first.share.sentence if first.share else "／",
        "excess_document": asked.excess_document or "／",
        "approvals": [
            {
                "level": level,
                "opinion": "同意" if level in had else "",
                "document_no": had[level].document_no if level in had else "",
                "on": day(had[level].on.isoformat()) if level in had else _BLANK_DAY,
            }
            for level in form.levels
        ],
        "round": f"第{first.round}轮" if first.round else "尚未抽取",
        "seed_line": form.seed_line or "／",
        "entered_by": form.by,
        "entered_at": form.at[:16].replace("T", " "),
        "checkpoint": form.checkpoint,
    }


def _settled(content: bytes) -> bytes:
    """The same file with fixed times inside its zip."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()
