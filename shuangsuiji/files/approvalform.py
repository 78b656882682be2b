"""调整审批表.docx: one form per replacement, from the Word template that a bureau may change.

The template is the workspace's ``templates/adjustment-approval.docx``, else the packaged one (`files.documents.word`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.adjustlog import STATUSES, Row
from shuangsuiji.core.year.state import Adjustment
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.sheets.wording import day
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
    """The filled form. Raises Faulty where the template is damaged or asks for what there is not."""
    from shuangsuiji.files.documents.word import render_word  # noqa: PLC0415 - lxml and docx: 150 ms

    return render_word(workspace, TEMPLATE, _context(plan, form))


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
                "joins": f"{row.joins[1]}（{row.joins[0]}）" if row.joins[0] else _joins(row),
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
        "status": STATUSES[first.status],
        "round": f"第{first.round}轮" if first.round else _not_drawn(form.adjustment),
        "seed_line": form.seed_line or "／",
        "entered_by": form.by,
        "entered_at": form.at[:16].replace("T", " "),
        "checkpoint": form.checkpoint,
    }


def _joins(row: Row) -> str:
    return "待批准后抽取" if row.status == "pending" else STATUSES[row.status]


def _not_drawn(adjustment: Adjustment) -> str:
    closed = adjustment.closed
    if closed is None:
        return "尚未抽取"
    if closed.why == "nothing-left":
        return f"已无可替换（{day(closed.on.isoformat())}）"
    paper = f"，{closed.document_no}" if closed.document_no else ""
    return f"已撤回（{day(closed.on.isoformat())}{paper}，{closed.reason}）"
