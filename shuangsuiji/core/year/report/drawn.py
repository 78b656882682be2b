"""What was drawn: sources of tasks, and what the own draw took from each stratum."""

from collections import Counter
from collections.abc import Sequence

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.year.disclosure.wording import chinese_day
from shuangsuiji.core.year.events import Drawn
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.entries import OUTSIDE, OWN_DRAW, Entry, Gathered, stratum_names
from shuangsuiji.core.year.report.figures import Column, Row, Table
from shuangsuiji.core.year.standing import Standing

_GRADES = {
    "public": "公开种子",
    "local": "本机随机种子",
    "given": "人工给定种子",
}
_PROGRESS = (
    Column("tasks", "任务", 8),
    Column("open", "未检查", 8),
    Column("checked", "待结果", 8),
    Column("done", "有结果", 8),
    Column("published", "其中已公示", 11),
    Column("closed", "上级完结", 9),
)


def basics(of: Gathered, standing: Standing, found: Sequence[Entry]) -> dict[str, object]:
    """What there was to do, altogether and by source. Visits outside the draw are not among it."""
    drawn = [entry for entry in found if entry.is_drawn]
    people = {who for source in of.state.sources.values() for visit in source.visits.values() for who in visit.team}
    return {
        "tasks": standing.total.tasks,
        "subjects": len({entry.task.subject for entry in drawn}),
        "visits": sum(one.visits for one in standing.sources),
        "inspectors": len(people),
        "sources": [
            {
                "source": one.source or OWN_DRAW,
                "is_own": one.received is None,
                "drawn_by": one.received.drawn_by if one.received else of.plan.agency.name,
                "document_no": one.received.document_no if one.received else of.plan.document_no,
                "on": chinese_day(one.received.on) if one.received else "",
                "tasks": one.progress.tasks,
                "visits": one.visits,
            }
            for one in standing.sources
        ],
        "voided_draws": standing.voided_draws,
        "voided_lists": len(standing.voided_lists),
    }


def own_draw(of: Gathered) -> dict[str, object]:
    """The draw in force; empty where there is none."""
    drawn = of.state.drawn
    if drawn is None:
        return {}
    why = _whys(drawn)
    population, taken = sum(stratum.population for stratum in of.pool.strata), why.total()
    return {
        "on": chinese_day(drawn.on),
        "seed": _GRADES[drawn.grade],
        "strata": len(of.pool.strata),
        "population": population,
        "excluded": len(of.pool.excluded),
        "tasks": taken,
        "rate": str(Rate(taken, population)),
        "must": why["must"],
        "coverage": why["coverage"],
        "random": why["random"],
    }


def tables(of: Gathered, standing: Standing) -> list[Table]:
    """Sources; strata of the own draw; strata of all sources together; and, where there are several, apart."""
    made = [_quotas(of.state.drawn, of.pool, of)] if of.state.drawn is not None else []
    if len(standing.sources) > 1:
        made += [_sources(standing), _apart(standing, of)]
    return [*made, _strata(standing, of)]


def _sources(standing: Standing) -> Table:
    columns = (
        Column("source", "来源", 12, "text"),
        Column("drawn_by", "抽取机关", 20, "text"),
        Column("document_no", "文号", 22, "text"),
        *_PROGRESS,
        Column("rate", "完成率", 10, "rate"),
    )
    rows: list[Row] = [
        (
            one.source or OWN_DRAW,
            one.received.drawn_by if one.received else "本机关",
            one.received.document_no if one.received else "",
            *one.progress,
            Rate(one.progress.done, one.progress.tasks),
        )
        for one in standing.sources
    ]
    total: Row = ("合计", "", "", *standing.total, standing.rates.done)
    apart = standing.otherwise
    outside = f"另有{OUTSIDE}检查{apart.tasks}项、有结果{apart.done}项，不计入各率。" if apart.tasks else ""
    return Table("sources", "任务来源和完成情况", columns, rows, total, f"完成率＝有结果÷全部任务。{outside}")


def _quotas(drawn: Drawn, pool: Pool, of: Gathered) -> Table:
    columns = (
        Column("stratum", "专业", 18, "text"),
        Column("population", "名录库（家）", 12),
        Column("ratio", "方案比例", 10, "text"),
        Column("quota", "应抽（家）", 10),
        Column("drawn", "实抽（家）", 10),
        Column("must", "其中必查", 9),
        Column("coverage", "覆盖年限", 9),
        Column("rate", "实际比例", 10, "rate"),
    )
    names = stratum_names(of.plan, public=of.public)
    rows: list[Row] = []
    for stratum in pool.strata:
        why: Counter[str] = Counter(one.why for one in drawn.drawn.get(stratum.stratum, ()))
        taken = why.total()
        rows.append(
            (
                names.get(stratum.stratum, stratum.name),
                stratum.population,
                stratum.ratio or "定数",
                stratum.quota,
                taken,
                why["must"],
                why["coverage"],
                Rate(taken, stratum.population),
            )
        )
    population, taken = sum(s.population for s in pool.strata), sum(len(each) for each in drawn.drawn.values())
    why = _whys(drawn)
    quota = sum(stratum.quota for stratum in pool.strata)
    total: Row = ("合计", population, "", quota, taken, why["must"], why["coverage"], Rate(taken, population))
    return Table("quotas", "本级抽取情况", columns, rows, total, "实际比例＝实抽÷名录库家数（封存名册时）。")


def _strata(standing: Standing, of: Gathered) -> Table:
    """All sources together: each stratum once."""
    together: dict[str, list[int]] = {}
    names = stratum_names(of.plan, public=of.public)
    for name in names.values():  # the plan's order
        if any(names.get(line.stratum, line.name) == name for line in standing.lines):
            together[name] = [0] * len(standing.total)
    for line in standing.lines:
        sums = together.setdefault(names.get(line.stratum, line.name), [0] * len(standing.total))
        for at, number in enumerate(line.progress):
            sums[at] += number
    columns = (Column("stratum", "专业", 18, "text"), *_PROGRESS, Column("rate", "完成率", 10, "rate"))
    rows: list[Row] = [(name, *sums, Rate(sums[3], sums[0])) for name, sums in together.items()]
    total: Row = ("合计", *standing.total, standing.rates.done)
    return Table("strata", "各专业任务完成情况", columns, rows, total, "完成率＝有结果÷全部任务。")


def _apart(standing: Standing, of: Gathered) -> Table:
    names = stratum_names(of.plan, public=of.public)
    columns = (
        Column("source", "来源", 12, "text"),
        Column("stratum", "专业", 18, "text"),
        *_PROGRESS,
        Column("rate", "完成率", 10, "rate"),
    )
    rows: list[Row] = [
        (
            line.source or OWN_DRAW,
            names.get(line.stratum, line.name),
            *line.progress,
            Rate(line.progress.done, line.progress.tasks),
        )
        for line in standing.lines
    ]
    total: Row = ("合计", "", *standing.total, standing.rates.done)
    return Table("lines", "各来源各专业任务完成情况", columns, rows, total, "完成率＝有结果÷全部任务。")


def _whys(drawn: Drawn) -> Counter[str]:
    return Counter(one.why for subjects in drawn.drawn.values() for one in subjects)
