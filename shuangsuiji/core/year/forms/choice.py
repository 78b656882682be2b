"""Which visits a form is wanted for: some by their number, one inspector's, or all."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.forms.visit import FormVisit


class Choice(NamedTuple):
    """What was asked for: `visits` by number, or those of `inspector` (执法证号 or name), or `everything`.

    `over`: visits that are over too.
    """

    visits: tuple[str, ...] = ()
    inspector: str = ""
    everything: bool = False
    over: bool = False


class Chosen(NamedTuple):
    """The visits; `whose`: the inspector's number and name, where they are his; how many were left out, and why."""

    visits: Sequence[FormVisit]
    whose: tuple[str, str] | None = None
    over: int = 0
    closed: int = 0


def chosen(visits: Sequence[FormVisit], choice: Choice, inspectors: Mapping[str, str]) -> Chosen:
    """The visits meant. `inspectors`: names by 执法证号, of all who are or were in a team or on the roster.

    Raises Refusal where the words mean no visit, or one that is over or closed and was asked for by its number.
    """
    if sum((bool(choice.visits), bool(choice.inspector), choice.everything)) != 1:
        what = "没有写要哪些检查的文书。" if not any(choice[:3]) else "--visit、--inspector 和 --all 只能写一种。"
        todo = "请写 --visit 检查编号（可写多次），或 --inspector 执法证号，或 --all。"
        raise Refusal("which-visits", what, todo=todo, exit_code=USAGE)
    if choice.visits:
        return Chosen([_named(visits, visit, over=choice.over) for visit in dict.fromkeys(choice.visits)])
    whose = None
    if choice.inspector:
        whose = _inspector(choice.inspector.strip(), inspectors)
        visits = [visit for visit in visits if whose[0] in visit.inspectors]
    wanted = [visit for visit in visits if visit.open or (choice.over and visit.over)]
    closed = sum(not visit.tasks for visit in visits)
    return Chosen(wanted, whose, len(visits) - len(wanted) - closed, closed)


def _named(visits: Iterable[FormVisit], wanted: str, *, over: bool) -> FormVisit:
    by_number = {visit.visit: visit for visit in visits}
    visit = by_number.get(wanted.strip()) or by_number.get(wanted.strip().split(":", 1)[0])
    if visit is None:
        near = get_close_matches(wanted, by_number, n=3, cutoff=0.6)
        todo = f"是不是 {'、'.join(near)}？" if near else "检查编号见 result/tasks.csv，或任务清单的“检查编号”列。"
        raise Refusal("unknown-visit", f"没有编号为“{wanted}”的检查。", todo=todo, exit_code=USAGE)
    if not visit.tasks:
        what = f"{visit.visit}（{visit.subject.name}）的任务已由上级完结（重卡、录入错误等），不再检查。"
        raise Refusal("visit-closed", what, source="已完结的任务不再执行")
    if not visit.open and not over:
        what = f"{visit.visit}（{visit.subject.name}）已经检查完毕。"
        raise Refusal("visit-over", what, todo="如需补做文书，请加 --over。", source="检查结束后文书一般不再印制")
    return visit


def _inspector(wanted: str, inspectors: Mapping[str, str]) -> tuple[str, str]:
    if wanted in inspectors:
        return wanted, inspectors[wanted]
    named = sorted(inspector for inspector, name in inspectors.items() if name == wanted)
    if len(named) == 1:
        return named[0], wanted
    if named:
        what, todo = f"叫“{wanted}”的有{len(named)}人。", f"请写执法证号：{'、'.join(named)}。"
    else:
        near = get_close_matches(wanted, [*inspectors, *inspectors.values()], n=3, cutoff=0.6)
        what = f"没有“{wanted}”这名检查人员。"
        todo = f"是不是 {'、'.join(near)}？" if near else "请写执法证号或者姓名。"
    raise Refusal("unknown-inspector", what, todo=todo, exit_code=USAGE)
