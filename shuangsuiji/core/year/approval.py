"""Who must agree to a replacement: the plan's levels in their order, each on paper, with a day (S2 三).

County verifies → city agrees → province approves; no level may be skipped, no day may lie before the one before.
No paper about a task is older than the task: than the draw, the list's own day, and what was asked for.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Approved, Received
from shuangsuiji.core.year.state import Adjustment, Source

_ASKED_EARLIER = "请核对日期；申请其实更早的，撤回这一项（ssj adjust withdraw），用 --on 写明申请日期重新登记。"
RULE = "方案的 adjustment.approvals；“经市同意后，报省批准作出调整决定”"


class Paper(NamedTuple):
    """What a level signed: the level as the plan calls it, the document, its day."""

    level: str
    document_no: str
    on: date


class Since(NamedTuple):
    """The day before which no paper can be, what happened on it, and what to do about an older one."""

    on: date
    what: str
    todo: str = "请核对文书上的日期。"


def since(source: Source) -> Since:
    """The day of the draw, or of the list."""
    if isinstance(source.event, Received):
        return Since(source.event.on, f"清单 {source.id} 下达")
    return Since(source.event.on, "抽取")


def since_asked(source: Source, asked_on: date) -> Since:
    """The day from which a replacement can be approved: that of its request, never before the tasks were there."""
    first = since(source)
    return Since(asked_on, "申请", _ASKED_EARLIER) if asked_on > first.on else first


def refuse_day(on: date, first: Since, today: date, paper: str) -> None:
    """Raises Refusal where `paper` is dated before `first`, or after today."""
    if on < first.on:
        what = f"{paper} {on} 早于{first.what}的日期 {first.on}。"
        raise Refusal("paper-too-early", what, todo=first.todo, source="文书不能早于它所批准的事项")
    if on > today:
        raise Refusal("paper-to-come", f"{paper} {on} 还没有到。", todo="请核对文书上的日期。")


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
    levels: Sequence[str], had: Sequence[Approved], adjustment: str, papers: Sequence[Paper], first: Since, today: date
) -> list[Approved]:
    """The events that `papers` make, after those that were `had`; a paper that is on record already makes none.

    Raises Refusal for a level that the plan does not know, that is not next, or whose day cannot be: before `first`,
    before the level below, or to come.
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
        refuse_day(paper.on, first, today, f"“{paper.level}”的批准日期")
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
