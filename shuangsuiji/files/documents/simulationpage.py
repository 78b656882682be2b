"""The page of ``ssj simulate --html``: one file with charts, for the bureau itself; no script, no network.

It is the same for everybody: a bureau's own templates do not change it.
"""

import re
from collections.abc import Iterable, Mapping

from shuangsuiji.core.simulating.finding import count, percent
from shuangsuiji.core.simulating.planning import OFTEN
from shuangsuiji.core.simulating.simulation import Simulation, shown_years
from shuangsuiji.core.simulating.words import (
    about,
    absences_said,
    changes_said,
    coverage_said,
    from_to,
    merging_said,
)
from shuangsuiji.core.year.report.charts import Chart, Series
from shuangsuiji.files.documents.charts import ranges, svg
from shuangsuiji.files.documents.charts.ranges import Range
from shuangsuiji.files.documents.html import render_html
from shuangsuiji.files.starter.county import packaged
from shuangsuiji.files.workspace import Workspace

TEMPLATE = "simulation.html.j2"
_PAIRS, _MOST = 8, 40
"""So many rows can be read; of more inspectors the busiest are drawn."""


def simulation_page(found: Simulation) -> bytes:
    """The page."""
    page = render_html(Workspace(packaged()), TEMPLATE, _variables(found))
    page = svg.drawn(page, _charts(found))
    drawings = {"⟦图 loads⟧": _loads(found), "⟦图 chances⟧": _chances(found)}

    def figure(place: re.Match[str]) -> str:
        drawing = drawings.get(place[1])
        return f'<figure class="chart">{drawing}</figure>' if drawing else place[0]

    return re.sub(r'<p class="chart">([^<]*)</p>', figure, page.decode()).encode()


def _variables(found: Simulation) -> Mapping[str, object]:
    names, years = found.of.names.inspectors, shown_years(found.asked.years)
    return {
        "title": found.title,
        "draw": found.draw,
        "about": list(about(found)),
        "figures": _figures(found),
        "changes": [{"what": what, "todo": todo} for what, todo in changes_said(found)],
        "loads": [
            {
                **row._asdict(),
                "cap": "—" if row.cap is None else row.cap,
                "mean": count(row.mean),
            }
            for row in found.loads
        ],
        "absences": absences_said(found),
        "coverage_note": coverage_said(found),
        "years": years,
        "coverage": [
            {
                "name": row.stratum.name,
                "shares": [percent(waiting.share(year)) for year in years],
                "drawn": from_to(n for drawn in waiting.drawn.values() for n in drawn),
                "gap": max(waiting.waits, default=0),
            }
            for row in found.strata
            for waiting in (found.of.waiting[row.stratum.stratum],)
        ],
        "merging": merging_said(found),
        "pairs": [
            {
                "name": names.get(one.inspector, one.inspector),
                "partner": names.get(one.partner, one.partner),
                "share": percent(one.share),
                "even": percent(one.even),
                "often": one.share >= OFTEN,
            }
            for one in found.of.meetings[:_PAIRS]
        ],
        "strata": [
            {
                "name": row.stratum.name,
                "population": row.stratum.population,
                "must": row.stratum.must,
                "number": row.number,
                "expected": "—" if row.expected is None else percent(row.expected),
                "lowest": percent(row.lowest),
                "highest": percent(row.highest),
            }
            for row in found.strata
        ],
        "grades": [
            {
                "grade": row.grade or "未填",
                "subjects": row.subjects,
                "measured": percent(row.measured),
                "tasks": f"{row.tasks:.3f}",
                "expected": "—" if row.expected is None else f"{row.expected:.3f}",
            }
            for row in found.grades
        ]
        if any(row.grade for row in found.grades)
        else [],
    }


def _figures(found: Simulation) -> Iterable[Mapping[str, str]]:
    failed = len(found.of.tally.stuck)
    busiest = max(found.loads, key=lambda row: row.mean, default=None)
    return [
        {"value": f"{found.asked.seeds}", "name": "次模拟抽取"},
        {"value": f"{failed}" if failed else "没有", "name": "排不出检查组的"},
        {"value": percent(found.visits.saved), "name": "合并检查省下的次数"},
        {"value": count(busiest.mean) if busiest else "—", "name": "最忙的人平均几次"},
    ]


def _charts(found: Simulation) -> list[Chart]:
    years = found.asked.years
    shares = [found.of.waiting[row.stratum.stratum].share(years) for row in found.strata]
    seen = tuple(round(100 * share) for share in shares)
    return [
        Chart(
            "coverage",
            f"{years} 年内查到的比例（%）",
            "stacked",
            tuple(row.stratum.name for row in found.strata),
            (
                Series("查到（%）", "green", seen),
                Series("没有查到（%）", "grey", tuple(100 - share for share in seen)),
            ),
            "%",
        ),
        Chart(
            "visits",
            "平均检查次数",
            "columns",
            ("各专业分开", "同一家合并"),
            (Series("次", "blue", (round(found.visits.separate), round(found.visits.merged))),),
        ),
    ]


def _loads(found: Simulation) -> str:
    rows = found.loads
    if len(rows) > _MOST:
        busiest = {row.inspector for row in sorted(rows, key=lambda row: (-row.mean, row.inspector))[:_MOST]}
        rows = [row for row in rows if row.inspector in busiest]
    return ranges.svg(
        "每人工作量",
        (Range(row.name, row.low, row.high, row.mean, f"平均 {count(row.mean)}", row.most, row.cap) for row in rows),
    )


def _chances(found: Simulation) -> str:
    return ranges.svg(
        "各抽查层的机会",
        (
            Range(
                row.stratum.name,
                row.lowest,
                row.highest,
                None if row.expected is None else float(row.expected),
                f"应为 {percent(row.expected)}" if row.expected is not None else "看还剩几年",
            )
            for row in found.strata
        ),
    )
