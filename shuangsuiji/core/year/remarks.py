"""What is lawful and yet wants a second look: said with every change, never a reason to refuse it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.events import Approved, Happened, Recused, ReplacementAsked
from shuangsuiji.core.year.rule import differences, rule_of
from shuangsuiji.core.year.share import share
from shuangsuiji.core.year.state import Source, State


class Remark(NamedTuple):
    """`code` for programs, `what` for people."""

    code: str
    what: str


def remarks(state: State, new: Sequence[Happened], plan: Plan) -> list[Remark]:
    """What is to be said of `new`, which led to `state`."""
    events = [one.event for one in new]
    touched = {event.source for event in events if isinstance(event, Recused | ReplacementAsked)}
    approved = {event.adjustment for event in events if isinstance(event, Approved)}
    sources = [source for source in state.sources.values() if source.id in touched]
    return [
        *(remark for source in sources for remark in about_rule(source, plan)),
        *(remark for source in sources for remark in about_recusals(state, source, plan)),
        *(remark for name in state.adjustments if name in approved for remark in _about_papers(state, name)),
    ]


def about_rule(source: Source, plan: Plan) -> Iterator[Remark]:
    """That the plan was changed since `source` came into being, which stays under the rule on record."""
    found = differences(source, plan)
    if found:
        which = f"清单 {source.id}" if source.id else "本方案的抽取"
        yield Remark("plan-changed", f"{which}按记录的规则办理：{'；'.join(map(str, found))}。")


def about_recusals(state: State, source: Source, plan: Plan) -> Iterator[Remark]:
    """That recusals and replacements together go beyond the limit."""
    found = share(state, source, rule_of(source, plan))
    if found.is_above_together:
        what = f"{found.recusals}。回避是法定义务，不因此拒绝；请逐项核对回避的理由和依据。"
        yield Remark("above-limit-with-recusals", what)


def _about_papers(state: State, name: str) -> Iterator[Remark]:
    """That two levels agreed by one document number."""
    levels: dict[str, list[str]] = {}
    for approval in state.adjustments[name].approvals:
        levels.setdefault("".join(approval.document_no.split()), []).append(approval.level)
    for document_no, of in levels.items():
        if len(of) > 1:
            what = f"{name} 的“{'”“'.join(of)}”登记了同一个文号 {document_no}，请核对是不是各级各自的文书。"
            yield Remark("same-document", what)
