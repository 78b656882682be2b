"""The whole report: its variables for the templates, its tables and charts, and its long table of tasks.

- Rates, totals and shares are those of ``ssj status`` (`core.year.standing`), clocks those of ``ssj deadlines``.
- For the public: no inspector by name, no unpublished finding of a unit; every text goes through the notices' veil.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.privacy.masking import Veil
from shuangsuiji.core.year.disclosure.composing import veil_of
from shuangsuiji.core.year.disclosure.wording import chinese_day, place_of, plan_citation
from shuangsuiji.core.year.progress import FORMULAS
from shuangsuiji.core.year.report.ahead import ahead_text, forecast_table, seen_table
from shuangsuiji.core.year.report.carried import (
    adjusted,
    adjustment_table,
    clock_table,
    clocks,
    kept,
    late_table,
    loads,
    notices,
    workload,
)
from shuangsuiji.core.year.report.charts import Chart, charts
from shuangsuiji.core.year.report.comparison import comparison
from shuangsuiji.core.year.report.coverage import coverage_table, since_last, slow
from shuangsuiji.core.year.report.drawn import basics, own_draw
from shuangsuiji.core.year.report.drawn import tables as drawn_tables
from shuangsuiji.core.year.report.entries import Gathered, entries
from shuangsuiji.core.year.report.figures import Table
from shuangsuiji.core.year.report.found import penalties, results
from shuangsuiji.core.year.report.found import tables as found_tables
from shuangsuiji.core.year.report.judging import Issue, issues
from shuangsuiji.core.year.report.pivot import pivot
from shuangsuiji.core.year.standing import standing

_ORDER = (
    *("quotas", "sources", "strata", "clocks", "adjustments", "workload"),
    *("results", "kinds", "areas", "grades", "penalties", "outside"),
    *("coverage", "comparison", "problems", "items"),
)
"""In which the text shows its tables, so that their numbers run on. Others stand in the xlsx alone."""
_CHARTS = ("progress", "months", "outcomes", "findings")
_CHINESE = "一二三四五六七八九十"
_FIRST_PROBLEMS = 10


class Report(NamedTuple):
    """`variables`: all that a template may use; `tables`: for the xlsx, all of them; `pivot`: a row per task."""

    title: str
    variables: Mapping[str, object]
    tables: Sequence[Table]
    charts: Sequence[Chart]
    pivot: Table


def report(of: Gathered) -> Report:
    """The report. There is something to report: at least one task."""
    stands = standing(of.state, of.plan, (), (), today=of.today)
    found = entries(of)
    table_of_coverage = coverage_table(of, found)
    made = [*drawn_tables(of, stands), clock_table(of), *found_tables(of, found)]
    seen, coming = seen_table(of), forecast_table(of)
    made += [table for table in (table_of_coverage, seen, coming) if table]
    names = {entry.task.subject: entry.name for entry in found}
    changes, work = adjustment_table(of, names), workload(of, found)
    made += [changes] if changes.rows else []
    if not of.public:
        made += [table for table in (work, late_table(of, names)) if table.rows]
    if of.last is not None:
        made.append(comparison(of.plan.year, of.state, of.last))
    made = [table for table in made if table.rows]
    by_name = {table.name: table for table in made}
    drawings = charts(found, _with_results(by_name, made))
    concluded = issues(
        of, stands, found, {"problems": Table("problems", "", (), ()), **by_name}, slow(table_of_coverage)
    )
    title = f"{of.plan.year}年{of.plan.agency.name}“双随机、一公开”监督抽查工作总结报告"
    variables: dict[str, object] = {
        **_shared(of, title),
        "total": basics(of, stands, found),
        "own": own_draw(of),
        "rates": {
            name: {"name": FORMULAS[name][0], "formula": FORMULAS[name][1], "text": str(rate), "percent": rate.percent}
            for name, rate in stands.rates._asdict().items()
        },
        "progress": stands.total._asdict(),
        "clocks": clocks(of),
        "adjusted": adjusted(stands, public=of.public),
        "loads": loads(work),
        "kept": kept(of, found),
        "notices": notices(of, found),
        "results": results(found),
        "penalties": penalties(found),
        "outside": stands.otherwise._asdict(),
        "coverage": {**since_last(of, found), "ahead": ahead_text(seen, coming)},
        "last_year": of.last[0].year if of.last else 0,
        "issues": [{"number": number, **each._asdict()} for number, each in _numbered(concluded)],
        "tables": _tables(by_name),
        "charts": _charts(drawings),
    }
    long = pivot(of, found)
    if of.public:
        veil = veil_of(of.matter)
        variables = {key: veil.value(value) for key, value in variables.items()}
        made, long = [_veiled(table, veil) for table in made], _veiled(long, veil)
    return Report(title, variables, made, drawings, long)


def _shared(of: Gathered, title: str) -> dict[str, object]:
    plan, place = of.plan, place_of(of.plan.agency.name)
    return {
        "kind": "report",
        "title": title,
        "year": plan.year,
        "place": place,
        "agency": plan.agency.name,
        "bureau": plan.agency.name.removeprefix(place),
        "plan_title": plan.title,
        "document_no": plan.document_no,
        "basis": plan_citation(plan),
        "draw": plan.draw,
        "period_start": chinese_day(plan.period.start),
        "period_end": chinese_day(plan.period.end),
        "is_over": of.today > plan.period.end,
        "on": chinese_day(of.today),
        "on_iso": of.today.isoformat(),
        "checkpoint": str(of.checkpoint),
        "lines": of.checkpoint.lines,
        "public": of.public,
        "corrects": "",
        "reason": "",
    }


def _tables(by_name: Mapping[str, Table]) -> dict[str, object]:
    """As the text shows them: numbered, the problems cut to the first ones; those that there are not are empty."""
    there = [name for name in _ORDER if name in by_name]
    shown: dict[str, object] = {}
    for name in _ORDER:
        table = by_name.get(name)
        if table is not None and name == "problems":
            table = table._replace(rows=table.rows[:_FIRST_PROBLEMS])
        empty = Table(name, "", (), ())
        shown[name] = (table or empty).as_variables(there.index(name) + 1 if table else 0)
    return shown


def _charts(drawings: Sequence[Chart]) -> dict[str, object]:
    by_name = {chart.name: chart for chart in drawings}
    there = [name for name in _CHARTS if name in by_name]
    return {
        name: {
            "number": there.index(name) + 1 if name in by_name else 0,
            "caption": by_name[name].caption if name in by_name else "",
            "place": f"⟦图 {name}⟧" if name in by_name else "",
        }
        for name in _CHARTS
    }


def _with_results(by_name: Mapping[str, Table], made: Sequence[Table]) -> Sequence[Table]:
    """Charts want both tables, also where every task lies outside the draw."""
    missing = [Table(name, "", (), ()) for name in ("strata", "results") if name not in by_name]
    return [*made, *missing]


def _numbered(concluded: Sequence[Issue]) -> list[tuple[str, Issue]]:
    return [(_CHINESE[at] if at < len(_CHINESE) else str(at + 1), each) for at, each in enumerate(concluded)]


def _veiled(table: Table, veil: Veil) -> Table:
    rows = [tuple(veil.text(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows]
    return table._replace(rows=rows)
