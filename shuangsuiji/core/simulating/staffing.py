"""What is wrong with people and caps: no lawful teams, one absence too many, caps that are used up, uneven loads."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from shuangsuiji.core.draw.drawing import Drawing, loads_of
from shuangsuiji.core.draw.explain import Burden, burden, shortage_sentence
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.simulating.absence import Absence, Absences, stuck
from shuangsuiji.core.simulating.finding import TRYING, Finding, Simulated, count, percent
from shuangsuiji.core.simulating.remedy import Change, Mends, higher_cap, one_more, scarce_first
from shuangsuiji.core.simulating.seeds import simulated
from shuangsuiji.core.simulating.tally import Tally, mean, quantile
from shuangsuiji.core.simulating.trials import Trials

USED_UP = 0.05
"""A cap that is reached in so many draws shifts work to others."""
TIMES, MORE = 1.5, 3
"""A load is uneven where it is so many times the mean, and so many visits above it."""


def infeasible(of: Simulated) -> Iterator[Finding]:
    """Some seeds have no lawful teams at all."""
    failed = of.tally.stuck
    if not failed:
        return
    why = _why(of, failed[0])
    what = (
        f"{of.tally.seeds} 次模拟里有 {len(failed)} 次（{percent(len(failed) / of.tally.seeds)}）排不出合法的检查组："
        f"{shortage_sentence(why, of.names)}"
    )
    bench = [*failed[:TRYING], *of.bench]

    def mends(pool: Pool) -> str:
        return _seen(Absences(pool, of.text, bench).of(None))

    figures = {"failed": len(failed), "seeds": of.tally.seeds, "inspectors": list(why.inspectors)}
    yield Finding("infeasible", what, _changes(of, [why], mends), figures, "请补充人员或减少任务后再模拟。")


def absence(of: Simulated) -> Iterator[Finding]:
    """Without one inspector the plan is not to be drawn, or not with every seed."""
    harm: dict[tuple[str, tuple[str, ...]], list[Absence]] = defaultdict(list)
    for one in of.absences:
        if not one.is_harmless:
            harm[one.verdict, tuple(one.short)].append(one)
    for (verdict, strata), group in harm.items():
        who = [one.inspector for one in group if one.inspector]
        missing = f"少了{of.people(who)}" + ("中的任何一人" if len(who) > 1 else "")
        if verdict == "infeasible":
            what = f"{missing}，{_where(of, group[0], strata)}就凑不齐检查组，不能抽取。"
        else:
            most = max(group, key=lambda one: one.failed)
            why = shortage_sentence(most.burden, of.names) if most.burden else ""
            what = f"{missing}，{most.seeds} 次模拟里最多有 {most.failed} 次排不出检查组：{why}"

        def mends(pool: Pool, who: Sequence[str] = who) -> str:
            bench = Absences(pool, of.text, of.bench)
            found = [bench.of(inspector) for inspector in who]
            return "" if not all(one.is_harmless for one in found) else "上述人员逐一缺席，" + _seen(*found)

        burdens = [one.burden for one in group if one.burden] or [Burden((), 0, 0, ())]
        changes = _changes(of, burdens, mends, strata)
        figures: dict[str, object] = {"inspectors": who, "verdict": verdict, "strata": list(strata)}
        figures |= {"failed": max(one.failed for one in group), "seeds": group[0].seeds}
        yield Finding("absence", what, changes, figures, "请补充能替补的人员。")


def used_up(of: Simulated) -> Iterator[Finding]:
    """Some reach their cap, so that others must carry more, and no recusal can be given to them."""
    full = _full(of.pool, of.tally)
    if not full:
        return
    caps = {one.inspector: one.cap for one in of.pool.inspectors}
    others = max((quantile(c, 95) for who, c in of.tally.loads.items() if who not in full), default=0)
    shown = "、".join(sorted({str(caps[who]) for who in full}, key=int))
    what = (
        f"{of.people(list(full))}在 {percent(max(full.values()))} 的模拟里用满任务上限（{shown} 次）"
        + (f"，其余人员最多要担 {others} 次" if others > max(caps[who] or 0 for who in full) else "")
        + "，回避、调整时没有余地。"
    )

    def mends(pool: Pool) -> str:
        tally = Trials(pool, of.text).run(of.bench)
        busiest = max((quantile(counter, 95) for counter in tally.loads.values()), default=0)
        return "" if _full(pool, tally) or tally.stuck else f"{len(of.bench)} 次模拟无人用满，最忙的人 {busiest} 次"

    change = higher_cap(of.pool, list(full), mends)
    yield Finding("cap", what, [change] if change else [], {"inspectors": dict(full)}, "请补充人员。")


def uneven(of: Simulated) -> Iterator[Finding]:
    """Some carry much more than the others, because few share their specialties."""
    busy = _busy(of.pool, of.tally)
    if not busy:
        return
    average = _average(of.tally)
    most = max(busy.values())
    needed = _scarce(of, busy)
    what = (
        f"{of.people(list(busy))}平均要担 {count(most)} 次，全员平均 {count(average)} 次：能去{of.said(needed)}的人少。"
    )

    def mends(pool: Pool) -> str:
        tally = Trials(pool, of.text).run(of.bench)
        highest = max(map(mean, tally.loads.values()))
        return "" if _busy(pool, tally) else f"{len(of.bench)} 次模拟，最忙的人平均 {count(highest)} 次"

    change = one_more(of.pool, scarce_first(of.pool, needed), of.said, mends)
    figures = {"inspectors": busy, "mean": average}
    yield Finding("uneven", what, [change] if change else [], figures, "请再培训几名有这些专业的人员。")


def _changes(of: Simulated, burdens: Sequence[Burden], mends: Mends, strata: Sequence[str] = ()) -> list[Change]:
    """The smallest number of people, and the lowest cap, that mend; one of them, both, or none."""
    short = [stratum for each in burdens for strain in each.strains for stratum in strain.strata]
    codes = of.specialties([*strata, *short])
    people = sorted({inspector for each in burdens for inspector in each.inspectors})
    found = [one_more(of.pool, scarce_first(of.pool, codes), of.said, mends)]
    if people:
        found.append(higher_cap(of.pool, people, mends))
    return [change for change in found if change]


def _seen(*found: Absence) -> str:
    """By what it was seen that teams exist; blank where they do not."""
    if not all(one.is_harmless for one in found):
        return ""
    if all(one.verdict == "feasible" for one in found):
        return "任何种子都排得出检查组"
    return f"{max(one.seeds for one in found)} 次模拟都排得出检查组"


def _why(of: Simulated, number: int) -> Burden:
    """The certificate of one draw that has no lawful teams."""
    drawing, seed = Drawing(of.pool), simulated(of.text, number)
    visits, (load, cap) = drawing.visiting.plan(drawing.drawn(seed)), loads_of(of.pool)
    return burden(stuck(visits, load, cap, seed) or (), visits, load, cap)


def _where(of: Simulated, one: Absence, strata: Sequence[str]) -> str:
    """The strata, or the few subjects of them, that could not be visited."""
    populations = {stratum.stratum: stratum.population for stratum in of.pool.strata}
    parts = []
    for stratum in strata:
        subjects = one.short[stratum]
        name = of.names.of_strata([stratum])
        some = f"的{of.names.subjects.get(subjects[0], subjects[0])}" + (
            f"等 {len(subjects)} 家" if len(subjects) > 1 else ""
        )
        parts.append(name if len(subjects) == populations[stratum] else name + some)
    return "、".join(parts)


def _full(pool: Pool, tally: Tally) -> dict[str, float]:
    """Who reaches his cap in how many of the draws, where that is often; not who starts there."""
    share = {
        one.inspector: sum(n for load, n in tally.loads[one.inspector].items() if load >= one.cap) / tally.paired
        for one in pool.inspectors
        if tally.paired and one.cap is not None and one.load < one.cap
    }
    return {inspector: each for inspector, each in share.items() if each >= USED_UP}


def _busy(pool: Pool, tally: Tally) -> dict[str, float]:
    """Whose mean load is far above the average, by the draw and not by what he had before."""
    average = _average(tally)
    loads = {one.inspector: (mean(tally.loads[one.inspector]), one.load) for one in pool.inspectors}
    return {
        inspector: load
        for inspector, (load, before) in loads.items()
        if load >= TIMES * average and load >= average + MORE and load > before
    }


def _scarce(of: Simulated, busy: Collection[str]) -> list[str]:
    """The specialties of those who carry much that few others hold."""
    mine = [set(one.specialties) for one in of.pool.inspectors if one.inspector in busy]
    drawn = {one.specialty for one in of.pool.strata}
    codes = sorted((set.intersection(*mine) or set.union(*mine)) & drawn)
    held = {code: sum(code in one.specialties for one in of.pool.inspectors) for code in codes}
    return [code for code in codes if 2 * held[code] < len(of.pool.inspectors)] or codes


def _average(tally: Tally) -> float:
    return sum(map(mean, tally.loads.values())) / len(tally.loads) if tally.loads else 0.0
