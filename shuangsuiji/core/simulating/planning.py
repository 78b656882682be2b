"""What is wrong with plan and rosters: who meets too often, visits that could be one, chances."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from shuangsuiji.core.draw.drawing import numbers
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.draw.quota import rounded
from shuangsuiji.core.simulating.chance import GradeChance, by_grade, chances
from shuangsuiji.core.simulating.finding import Finding, Simulated, count, percent
from shuangsuiji.core.simulating.meeting import Meeting, meetings
from shuangsuiji.core.simulating.remedy import Change, one_more, ratio_for, scarce_first
from shuangsuiji.core.simulating.tally import mean
from shuangsuiji.core.simulating.trials import Trials

OFTEN, FEWEST = 1 / 3, 3
"""A third of the visits with the same partner is too often; with fewer visits than three there is nothing to mix."""
WORTH = 0.05
"""Merging is worth a word from so many visits saved on."""
RISK = {"A": 0, "B": 1, "C": 2, "D": 3, "低": 0, "一般": 1, "中": 1, "较高": 2, "高": 3}
"""Credit grades by risk, as far as they are known."""
_CLEARLY = 0.95


def pairs(of: Simulated) -> Iterator[Finding]:
    """The same two would go together again and again."""
    often = _often(of.meetings)
    if not often:
        return
    first = often[0]
    who, partner = of.people([first.inspector]), of.people([first.partner])
    more = f"；另有 {len(often) - 1} 例" if len(often) > 1 else ""
    what = f"{who}的检查有 {percent(first.share)} 是和{partner}同去（均匀搭配是 {percent(first.even)}）{more}。"
    held = {one.inspector: set(one.specialties) for one in of.pool.inspectors}
    both = set.union(*(held[one.inspector] & held[one.partner] for one in often))
    needed = sorted(both & {one.specialty for one in of.pool.strata})

    def mends(pool: Pool) -> str:
        found = [one for one in meetings(Trials(pool, of.text).run(of.bench)) if one.visits >= FEWEST]
        return "" if not found or _often(found) else f"{len(of.bench)} 次模拟，同一搭档最多占 {percent(found[0].share)}"

    change = one_more(of.pool, scarce_first(of.pool, needed), of.said, mends)
    figures = {"pairs": [one._asdict() for one in often]}
    yield Finding("pairs", what, [change] if change else [], figures, "请增加有这些专业的人员，或定期调换片区和专业。")


def merged(of: Simulated) -> Iterator[Finding]:
    """Visits that could be one: the plan says ``separate``, or too few hold all the specialties."""
    tally = of.tally
    tasks, visits = tally.tasks / tally.seeds, mean(tally.visits)
    if of.pool.rules.visits == "separate":
        if tasks - visits >= WORTH * tasks:
            change = Change(
                "visits",
                "在方案里写 visits: merge",
                f"{tally.seeds} 次模拟平均 {count(visits)} 次检查，少 {percent(1 - visits / tasks)}",
                {"visits": "merge"},
            )
            what = f"方案把同一家的各专业分开检查，平均要去 {count(tasks)} 次。"
            yield Finding("separate", what, [change], {"tasks": tasks, "visits": visits})
        return
    lost = sum((len(groups) - 1) * times for groups, times in tally.apart.items()) / tally.seeds
    if lost < max(1, WORTH * visits):
        return
    groups = max(tally.apart, key=lambda each: (tally.apart[each], each))
    strata = [stratum for group in groups for stratum in group]
    codes = of.specialties(strata)
    what = f"平均有 {count(lost)} 次检查不能合并：同时具备{of.said(codes)}的人不够（要比检查组多一人，以便回避）。"

    def mends(pool: Pool) -> str:
        now = mean(Trials(pool, of.text).run(of.bench).visits)
        return f"{len(of.bench)} 次模拟平均少去 {count(visits - now)} 次" if visits - now >= lost / 2 else ""

    change_ = one_more(of.pool, [tuple(codes)], of.said, mends)
    figures = {"lost": lost, "strata": strata, "specialties": codes}
    yield Finding("merge", what, [change_] if change_ else [], figures, "请培训现有人员补齐这些专业。")


def no_chance(of: Simulated) -> Iterator[Finding]:
    """Those who must be drawn use up the number: nobody else can be."""
    drawn = numbers(of.pool)
    for one in of.pool.strata:
        number = drawn[one.stratum]
        if number == one.must and number < one.population and number:
            free = one.population - one.must
            tried = f"按此抽 {number + 1} 家以上，其余 {free} 家每家至少有 {percent(1 / free)} 的机会"
            figures: dict[str, object] = {"number": one.must + 1}
            todo = f"家数提高到 {one.must + 1} 家"
            if one.ratio:
                ratio = ratio_for(one.population, one.must + 1, one.rounding)
                figures, todo = {"ratio": f"{ratio}%"}, f"比例提高到 {ratio}%"
            change = Change("ratio", f"{todo}，或写 must_include: on-top", tried, figures)
            what = f"“{one.name}”应抽 {number} 家都被必查占满，其余 {free} 家没有机会。"
            yield Finding("no-chance", what, [change], {"stratum": one.stratum, "must": one.must, "population": free})


def grade(of: Simulated) -> Iterator[Finding]:
    """A riskier grade is drawn less than a safer one."""
    rows = [row for row in by_grade(of.pool, chances(of.pool, of.tally), of.tally, of.grades) if row.grade in RISK]
    for row in sorted(rows, key=lambda row: -RISK[row.grade]):
        safer = [one for one in rows if RISK[one.grade] < RISK[row.grade]]
        people = sum(one.subjects for one in safer)
        tasks = sum(one.tasks * one.subjects for one in safer) / people if people else 0.0
        if tasks * _CLEARLY > row.tasks:
            what = (
                f"信用风险等级 {row.grade} 的 {row.subjects} 家平均每家抽查 {row.tasks:.2f} 项，"
                f"风险较低的平均 {tasks:.2f} 项：风险高的反而查得少。"
            )
            figures = {"grade": row.grade, "tasks": row.tasks, "safer": [one.grade for one in safer], "average": tasks}
            yield Finding(
                "grade", what, _graded(of, row, tasks), figures, "请按等级定比例（by_grade），或写明必查原因。"
            )
            return


def _graded(of: Simulated, row: GradeChance, wanted: float) -> list[Change]:
    """The smallest whole percentage of every stratum's subjects of this grade that draws them as often as others."""
    mine = {one.subject for one in of.pool.subjects if of.grades.get(one.subject) == row.grade}
    number_of = Counter(one.stratum for one in of.pool.subjects if one.subject in mine)
    for ratio in range(1, 101):
        tasks = sum(rounded(number, Fraction(ratio, 100), "ceil") for number in number_of.values()) / row.subjects
        if tasks >= wanted:
            todo = f"按等级定比例（by_grade），{row.grade} 的比例提高到 {ratio}%"
            return [
                Change("ratio", todo, f"按此平均每家抽查 {tasks:.2f} 项", {"grade": row.grade, "ratio": f"{ratio}%"})
            ]
    return []


def _often(found: Iterable[Meeting]) -> list[Meeting]:
    return [one for one in found if one.share >= OFTEN and one.visits >= FEWEST]
