"""Sentences about a simulation that screen and page share."""

from collections.abc import Iterable, Iterator

from shuangsuiji.core.simulating.finding import count, percent
from shuangsuiji.core.simulating.simulation import Simulation


def about(found: Simulation) -> Iterator[str]:
    """What this is, and what it is not."""
    asked = found.asked
    yield (
        f"按今天的名册模拟 {asked.seeds} 次抽取、往后 {asked.years} 年。种子由文字“{asked.text}”推出，"
        "写法与真正抽取的种子不同，不会相同；文字和名册不变，结果不变。模拟不是抽取，不写台账。"
    )
    if found.is_drawn:
        yield "本方案已经抽取：模拟与抽取结果无关，也不能代替它。"
    elif found.announced:
        yield "本方案用公开种子，或名册已经封存：真正的种子还没有产生，模拟不能预知谁会抽中、谁去检查。"


def merging_said(found: Simulation) -> str:
    """Visits by stratum and merged, in one sentence."""
    visits = found.visits
    plan = "" if visits.merges else "（方案写的是分开检查）"
    return (
        f"检查次数：各专业分开 {count(visits.separate)} 次；同一家合并，平均 {count(visits.merged)} 次"
        f"（{visits.fewest}–{visits.most}），少 {percent(visits.saved)}{plan}。"
    )


def absences_said(found: Simulation) -> str:
    """What becomes of the draw when one inspector is missing, in one sentence."""
    absences = found.of.absences
    broken = [one for one in absences if not one.is_harmless]
    if broken:
        who = found.of.people([one.inspector for one in broken if one.inspector])
        return f"缺席：少了{who}中的任何一人会排不出检查组，见下；其余 {len(absences) - len(broken)} 人缺席不影响。"
    if all(one.verdict == "feasible" for one in absences):
        return "缺席：任何一人缺席，无论抽到谁都排得出检查组（已证明）。"
    measured = [one for one in absences if one.verdict == "measured"]
    return f"缺席：任何一人缺席都排得出检查组（{len(measured)} 人各模拟 {measured[0].seeds} 次，其余已证明）。"


def coverage_said(found: Simulation) -> str:
    """The caption of the table of years."""
    turnover = f"；每年关停和新开各 {percent(found.asked.turnover)}" if found.asked.turnover else ""
    rule = found.of.pool.rules.coverage
    said = f"按 coverage: {{years: {rule.years}}} 抽" if rule else "没有 coverage，每年各抽各的"
    return f"在册单位 {found.asked.years} 年内查到的比例（{said}{turnover}；最长间隔从上次检查或登记算起）"


def from_to(numbers: Iterable[int]) -> str:
    """The lowest and the highest, or the one that there is.

    >>> from_to([3, 1, 2]), from_to([5, 5])
    ('1–3', '5')
    """
    found = sorted(set(numbers))
    return str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}"


def changes_said(found: Simulation) -> Iterator[tuple[str, list[str]]]:
    """What was found, with what to do about each."""
    for one in found.findings:
        if one.changes:
            several = "或者：" if len(one.changes) > 1 else ""
            yield (
                one.what,
                [
                    f"{several if n else ''}{change.todo}。试算：{change.tried}。"
                    for n, change in enumerate(one.changes)
                ],
            )
        else:
            yield one.what, [one.otherwise]
