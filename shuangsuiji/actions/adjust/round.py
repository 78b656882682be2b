"""The round of re-draws that several commands share: a fresh seed, then core decides who joins (protocol §8)."""

from collections.abc import Callable, Sequence

from shuangsuiji.actions.adjust.case import Case
from shuangsuiji.core.draw.chance import FIELD, Seed, seed_of
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Drawn, Event, Redrawn
from shuangsuiji.core.year.redrawing import Leaving, redrawn
from shuangsuiji.core.year.rule import may_be_given, must_be_given
from shuangsuiji.core.year.state import Source

Entropy = Callable[[], str]
"""Gives 64 hex digits from the operating system."""


def rounds(
    case: Case, events: Sequence[Event], leaving: dict[str, list[Leaving]], *, given: str | None, entropy: Entropy
) -> list[Redrawn]:
    """One round for each source with anybody `leaving`; `events` are those that go before it on record.

    Raises Refusal without a seed where the plan wants one, or where a place cannot be filled.
    """
    sources = [source for source in case.provisional(events).sources.values() if leaving.get(source.id)]
    _refuse_given(case, sources, given)
    made: list[Redrawn] = []
    for source in sources:
        state = case.provisional([*events, *made])
        now = state.sources[source.id]
        seed = _seed(case, now, given if may_be_given(now, case.plan) else None, entropy)
        pool, on = case.pool(now), case.who.now.date()
        made.append(redrawn(state, now, pool, leaving[source.id], seed, on=on, names=case.names))
    return made


def _refuse_given(case: Case, sources: Sequence[Source], given: str | None) -> None:
    """Raises Refusal for a seed typed where chance is the machine's, unless another source of the round needs one."""
    barred = [source for source in sources if not may_be_given(source, case.plan)]
    if given is None or not barred or any(must_be_given(source, case.plan) for source in sources):
        return
    which = f"清单 {barred[0].id} 的方案" if barred[0].id else "本次抽取"
    what = f"{which}没有用人工给定的种子，重新抽取也不能由人工给定：选种子就是选人。"
    raise Refusal("seed-mode", what, todo="请去掉 --seed，由本机随机产生（等级记为 local）。", source="抽取规则 §8")


def _seed(case: Case, source: Source, given: str | None, entropy: Entropy) -> Seed:
    if given is None and must_be_given(source, case.plan):
        what = "方案规定种子由人工给定，命令里没有给。"
        raise Refusal("seed-missing", what, todo="请加上 --seed 文字。", exit_code=USAGE)
    if given is not None and not (given and FIELD.fullmatch(f"given:{given}")):
        what = f"种子“{given}”里有不能用的字符。"
        todo = "只能用字母、数字和 . _ : + / -，例如 --seed 2023-0509。"
        raise Refusal("seed-form", what, todo=todo, source="抽取规则 §1", exit_code=USAGE)
    draw = source.event.draw if isinstance(source.event, Drawn) else f"{case.plan.draw}/{source.id}"
    return seed_of(f"{draw}/r{source.rounds + 1}", (f"local:{entropy()}" if given is None else f"given:{given}",))
