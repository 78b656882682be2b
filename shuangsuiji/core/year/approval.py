"""Who must agree to a replacement: the plan's levels in their order, each on paper, with a day (S2 三).

County verifies → city agrees → province approves; no level may be skipped, no day may lie before the one before.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Approved
from shuangsuiji.core.year.state import Adjustment

RULE = "方案的 adjustment.approvals；“经市同意后，报省批准作出调整决定”"


class Paper(NamedTuple):
    """What a level signed: the level as the plan calls it, the document, its day."""

    level: str
    document_no: str
    on: date


def paper_of(text: str) -> Paper:
    """What ``级别=文号@2023-05-09`` says. Raises Refusal (wrong use) where it says something else.

    >>> paper_of("市卫生健康委=石卫函〔2023〕16号@2023-05-09").on.isoformat()
    '2023-05-09'
    """
    level, _, rest = text.partition("=")
    document_no, _, day = rest.rpartition("@")
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        on = None
    if on is None or not level.strip() or not document_no.strip():
        todo = "写成 级别=文号@日期，例如 市卫生健康委=石卫函〔2023〕16号@2023-05-09。"
        raise Refusal("approval-form", f"批准意见“{text}”看不懂。", todo=todo, exit_code=USAGE)
    return Paper(level.strip(), document_no.strip(), on)


def missing(levels: Sequence[str], adjustment: Adjustment) -> Sequence[str]:
    """The levels that have not agreed yet, in order."""
    had = {each.level for each in adjustment.approvals}
    return [level for level in levels if level not in had]


def approved(
    levels: Sequence[str], had: Sequence[Approved], adjustment: str, papers: Sequence[Paper], today: date
) -> list[Approved]:
    """The events that `papers` make, after those that were `had`; a paper that is on record already makes none.

    Raises Refusal for a level that the plan does not know, that is not next, or whose day cannot be.
    """
    known = {each.level: each for each in had}
    last = had[-1] if had else None
    added: list[Approved] = []
    for paper in papers:
        if paper.level in known:
            _refuse_other_paper(known[paper.level], paper)
            continue
        _refuse_wrong_level(levels, known, adjustment, paper)
        if last is not None and paper.on < last.on:
            what = f"“{paper.level}”的批准日期 {paper.on} 早于“{last.level}”的 {last.on}。"
            raise Refusal("approval-date", what, todo="请核对文书上的日期。", source=RULE)
        if paper.on > today:
            what = f"“{paper.level}”的批准日期 {paper.on} 还没有到。"
            raise Refusal("approval-date", what, todo="请核对文书上的日期。", source=RULE)
        last = Approved(on=paper.on, adjustment=adjustment, level=paper.level, document_no=paper.document_no)
        known[paper.level] = last
        added.append(last)
    return added


def _refuse_wrong_level(levels: Sequence[str], known: dict[str, Approved], adjustment: str, paper: Paper) -> None:
    if paper.level not in levels:
        what = f"方案没有“{paper.level}”这一级批准。"
        raise Refusal("approval-level", what, todo=f"方案规定依次为：{'、'.join(levels) or '无'}。", source=RULE)
    waiting = next(level for level in levels if level not in known)
    if paper.level != waiting:
        what = f"{adjustment} 要先由“{waiting}”批准，才轮到“{paper.level}”。"
        raise Refusal("approval-order", what, todo=f"方案规定依次为：{'、'.join(levels)}。", source=RULE)


def _refuse_other_paper(had: Approved, paper: Paper) -> None:
    if (had.document_no, had.on) != (paper.document_no, paper.on):
        what = f"{had.adjustment} 的“{had.level}”已登记为 {had.document_no}（{had.on}），不能改成另一份文书。"
        raise Refusal("approval-again", what, todo="台账只增不改；如登记有误，请在备注中说明并报告。")
