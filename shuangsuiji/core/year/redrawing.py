"""One round of re-draws as an event: from the state, the pool and who leaves to the Redrawn that goes on record.

- Only open visits change. What is over, or closed, counts as load and stays.
- In no E: whoever is conflicted by a recusal, in any source; whoever is away, declared at any time before or now;
  whoever was replaced on that very visit.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from shuangsuiji.core.draw.chance import Seed, tickets
from shuangsuiji.core.draw.lawful import Lawful
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.redraw import Stuck, redraw
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.adjustment import UNAVAILABLE, Lookup, identity
from shuangsuiji.core.year.events import Change, DrawnVisit, Redrawn
from shuangsuiji.core.year.state import Source, State


class Leaving(NamedTuple):
    """Who leaves which visit, and why; `adjustment` is blank for a recusal."""

    visit: str
    inspector: str
    because: Literal["recusal", "replacement"]
    adjustment: str = ""


class Figures(NamedTuple):
    """What a round computes from: the open visits' needs and teams, loads besides them, caps."""

    needs: Mapping[str, Need]
    teams: Mapping[str, tuple[str, ...]]
    load: Mapping[str, int]
    cap: Mapping[str, int]


class NobodyLeft(Refusal):
    """Places that nobody in the sealed pool can take."""

    def __init__(self, stuck: Sequence[Stuck], source: Source, pool: Pool, names: Mapping[str, str]):
        strata = {s.stratum: s.name for s in pool.strata}
        subjects = {s.subject: s.name for s in pool.subjects}
        sentences = []
        for each in stuck:
            visit = source.visits[each.visit]
            where = "、".join(strata.get(code, code) for code in visit.strata)
            said = f"“{where}”检查 {each.visit}（{subjects.get(visit.subject, visit.subject)}）"
            full = "、".join(names.get(i, i) for i in each.full)
            why = f"能去的 {full} 都已到任务上限，也换不开" if full else "没有别的人可以去"
            sentences.append(f"\n· {said}：{names.get(each.leaves, each.leaves)}退出后，{why}。")
        super().__init__(
            "nobody-left",
            f"换不出合法的检查组，没有写入任何内容。{''.join(sentences)}",
            todo="封存的名册里没有别的人选：请报告上级另行派员。",
            source="行政处罚法第四十二条、第四十三条；方案的 team",
            details={"stuck": [each._asdict() for each in stuck]},
        )


def redrawn(
    state: State,
    source: Source,
    pool: Pool,
    leaving: Sequence[Leaving],
    seed: Seed,
    *,
    on: date,
    names: Mapping[str, str],
) -> Redrawn:
    """The round that fills the places of `leaving`. Raises NobodyLeft.

    `state`: with the recusals and replacements of this round in it; `source` of it. `names` of all inspectors.
    """
    places = {(each.visit, each.inspector): each for each in leaving}
    figures = figures_of(state, source, pool, places)
    decided = redraw(*figures, places.keys(), tickets(seed.digest))
    if decided.stuck:
        raise NobodyLeft(decided.stuck, source, pool, names)
    changes = []
    for move in decided.moves:
        cause = places.get((move.visit, move.leaves))
        changes.append(
            Change(
                visit=move.visit,
                leaves=move.leaves,
                joins=move.joins,
                because=cause.because if cause else "chain",
                adjustment=cause.adjustment if cause else "",
            )
        )
    asked = {each.adjustment for each in leaving if each.adjustment}
    away = {a.asked.inspector for name, a in state.adjustments.items() if name in asked and a.asked.why in UNAVAILABLE}
    return Redrawn(
        on=on,
        source=source.id,
        round=source.rounds + 1,
        seed_line=seed.line,
        seed=seed.digest,
        grade=seed.grade,
        sources=seed.sources,
        changes=tuple(changes),
        unavailable=tuple(sorted(away)),
        inspectors={c.joins: names.get(c.joins, c.joins) for c in sorted(changes, key=lambda c: c.joins)},
    )


def figures_of(state: State, source: Source, pool: Pool, leaving: Collection[tuple[str, str]] = ()) -> Figures:
    """What a round of `source` computes from. `leaving` (visit, inspector) leave in their turn, not before."""
    lookup = Lookup(state)
    conflicts = recused_from(state)
    away = unavailable(state)
    replaced = {(visit, a.asked.inspector) for a in state.adjustments.values() for visit in a.asked.visits if a.done}
    lawful = Lawful(pool)
    areas = {subject.subject: subject.area for subject in reversed(pool.subjects)}
    load = {i.inspector: i.load for i in pool.inspectors}
    needs: dict[str, Need] = {}
    for visit in source.visits.values():
        if not lookup.can_change(source, visit):
            for inspector in visit.team:
                load[inspector] = load.get(inspector, 0) + 1
            continue
        need = lawful.need(visit.subject, areas.get(visit.subject, ""), visit.strata, _seat(pool, visit))
        whom = identity(source.id, visit.subject)
        out = {i for i, subject in conflicts if subject == whom and (visit.visit, i) not in leaving}
        out |= {i for where, i in replaced if where == visit.visit and (visit.visit, i) not in leaving}
        needs[visit.visit] = Need(need.lawful - away - out, need.leads - away - out, len(visit.team))
    teams = {visit: source.visits[visit].team for visit in needs}
    return Figures(needs, teams, load, {i.inspector: i.cap for i in pool.inspectors if i.cap is not None})


def recused_from(state: State) -> set[tuple[str, tuple[str, str]]]:
    """(inspector, subject): whom a recusal, in any source, keeps from which subject."""
    return {
        (inspector, identity(source.id, source.visits[visit].subject))
        for source in state.sources.values()
        for visit, inspector in source.recused
    }


def unavailable(state: State) -> frozenset[str]:
    """Whoever was declared away, approved or not: he joins no team. A request taken back declares nothing."""
    asked = {
        a.asked.inspector
        for a in state.adjustments.values()
        if a.asked.why in UNAVAILABLE and (a.closed is None or a.closed.why != "withdrawn")
    }
    return frozenset(asked.union(*(source.gone for source in state.sources.values())))


def _seat(pool: Pool, visit: DrawnVisit) -> tuple[str, int]:
    """Whose inspectors go, and how many: as many as went before."""
    return visit.department or pool.rules.agency, len(visit.team)
