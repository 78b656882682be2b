"""``ssj adjust log``: the adjustment log, as an xlsx and as approval forms where asked for. Reads only."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.adjust.case import Case, refuse_empty
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.adjustlog import Row, of_adjustment, rows
from shuangsuiji.core.year.closed import refuse_closed
from shuangsuiji.core.year.events import Happened, Redrawn
from shuangsuiji.core.year.remarks import Remark, about_recusals, about_rule
from shuangsuiji.core.year.rule import levels_of, rule_of
from shuangsuiji.core.year.share import Share, share, source_name
from shuangsuiji.core.year.state import Source, State
from shuangsuiji.files.adjustlog import LogPaper, log_workbook
from shuangsuiji.files.approvalform import Form, approval_form, form_name, write_forms
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.whole import write_whole
from shuangsuiji.files.workspace import Workspace


class Logged(NamedTuple):
    """The log; `shares` by source, `rounds` of what is in force; which files were written. `remarks`: second looks."""

    plan: Plan
    state: State
    rows: Sequence[Row]
    shares: Sequence[tuple[Source, Share]]
    rounds: Sequence[Redrawn]
    checkpoint: Checkpoint
    public: bool
    xlsx: Path | None
    forms: Sequence[Path]
    remarks: Sequence[Remark]


def log(
    workspace: Workspace, plan_name: str | None, who: Who, *, xlsx: Path | None, forms: Path | None, public: bool
) -> Logged:
    """The adjustment log of a plan; `xlsx` = a file, `forms` = a folder to write.

    Raises Refusal (wrong use) for forms that are to be public: they say reasons and who entered what.
    """
    if public and forms is not None:
        what = "审批表写有原因和登记人，不能对外。"
        raise Refusal("forms-not-public", what, todo="请把 --public 和 --forms 分两次运行。", exit_code=USAGE)
    for path, option in ((xlsx, "--xlsx"), (forms, "--forms")):
        if path is not None:
            workspace.refuse_kept(path, option)
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    case = Case(workspace, plan, dossier, who, read_ledger(dossier.folder))
    state = case.state
    refuse_empty(state)
    if public:
        refuse_closed(state, "对外公开调整台账")
    subjects = {s.subject: s.name for source in state.sources.values() for s in case.pool(source).subjects}
    found = rows(case.ledger.happened, plan, subjects)
    shares = [(source, share(state, source, rule_of(source, plan))) for source in state.sources.values()]
    made = _rounds(state)
    if xlsx is not None:
        sentences = [f"{source_name(source)}：{each.all_said}。" for source, each in shares]
        paper = LogPaper(plan, found, made, sentences, str(case.checkpoint), who.now.date().isoformat())
        write_whole(xlsx, log_workbook(paper, public=public))
    written = _forms(case, found, forms) if forms is not None else []
    said = [
        remark
        for source in state.sources.values()
        for remark in (*about_rule(source, plan), *about_recusals(state, source, plan))
    ]
    return Logged(plan, state, found, shares, made, case.checkpoint, public, xlsx, written, said)


def _rounds(state: State) -> list[Redrawn]:
    return [
        one.event
        for one in state.history
        if isinstance(one.event, Redrawn)
        and one.event.source in state.sources
        and one.line > state.sources[one.event.source].line
    ]


def _forms(case: Case, found: Sequence[Row], folder: Path) -> list[Path]:
    """All forms are made before the first is written."""
    lines: dict[int, Happened] = {one.line: one for one in case.ledger.happened}
    made: list[tuple[str, bytes]] = []
    for adjustment in case.state.adjustments.values():
        entered = lines[adjustment.line]
        done = lines[adjustment.done].event if adjustment.done else None
        form = Form(
            adjustment=adjustment,
            rows=of_adjustment(found, adjustment),
            levels=levels_of(case.state.sources[adjustment.asked.source], case.plan),
            seed_line=done.seed_line if isinstance(done, Redrawn) else "",
            at=entered.at,
            by=entered.by,
            checkpoint=str(case.checkpoint),
        )
        made.append((form_name(form), approval_form(case.workspace, case.plan, form)))
    return write_forms(folder, made)
