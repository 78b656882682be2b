"""What ``ssj simulate`` shows: tables on stdout, what to change at the end; and its JSON."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from shuangsuiji.core.simulating.finding import count, percent
from shuangsuiji.core.simulating.seeds import simulated_line
from shuangsuiji.core.simulating.simulation import Simulation, shown_years
from shuangsuiji.core.simulating.tally import mean
from shuangsuiji.core.simulating.words import about, absences_said, changes_said, coverage_said, from_to, merging_said
from shuangsuiji.screen.console import answers, plain, print_json

_PAIRS, _DIGITS = 6, 6


def show_simulation(found: Simulation, page: Path | None) -> None:
    """The tables one after the other, then what to change."""
    console = answers()
    console.print(plain(found.title), style="bold", soft_wrap=True)
    for sentence in about(found):
        console.print(plain(sentence), soft_wrap=True)
    _table(
        "抽中机会（必查的总会抽中，不算在内）",
        ("抽查层", "对象数", "必查", "每次抽", "应有机会", "实测最低", "实测最高"),
        [
            (
                row.stratum.name,
                row.stratum.population,
                row.stratum.must,
                row.number,
                "—" if row.expected is None else percent(row.expected),
                percent(row.lowest),
                percent(row.highest),
            )
            for row in found.strata
        ],
    )
    if any(row.grade for row in found.grades):
        _table(
            "按信用风险等级",
            ("等级", "家数", "至少抽中一项", "平均每家任务（项）", "应为"),
            [
                (
                    row.grade or "未填",
                    row.subjects,
                    percent(row.measured),
                    f"{row.tasks:.3f}",
                    "—" if row.expected is None else f"{row.expected:.3f}",
                )
                for row in found.grades
            ],
        )
    _table(
        "每人工作量（含已有任务；少时、多时：九成的模拟在两者之间）",
        ("执法人员", "已有", "上限", "平均", "少时", "多时", "最多"),
        [
            (row.name, row.before, "—" if row.cap is None else row.cap, count(row.mean), row.low, row.high, row.most)
            for row in found.loads
        ],
    )
    console.print(merging_said(found), soft_wrap=True)
    names = found.of.names.inspectors
    _table(
        "最常同组的搭档",
        ("执法人员", "搭档", "占本人检查", "均匀搭配应占"),
        [
            (
                names.get(one.inspector, one.inspector),
                names.get(one.partner, one.partner),
                percent(one.share),
                percent(one.even),
            )
            for one in found.of.meetings[:_PAIRS]
        ],
    )
    console.print(plain(absences_said(found)), soft_wrap=True)
    _years(found)
    console.print("该改什么", style="bold")
    for number, (what, todo) in enumerate(changes_said(found), 1):
        console.print(plain(f"{number}. {what}"), style="yellow", soft_wrap=True)
        for line in todo:
            console.print(plain(f"   → {line}"), soft_wrap=True)
    if not found.findings:
        console.print("没有发现要改的。")
    if page is not None:
        console.print(plain(f"网页：{page}"), soft_wrap=True)


def _years(found: Simulation) -> None:
    years = shown_years(found.asked.years)
    _table(
        coverage_said(found),
        ("抽查层", *(f"第{year}年" for year in years), "每年抽", "最长间隔（年）"),
        [
            (
                row.stratum.name,
                *(percent(waiting.share(year)) for year in years),
                from_to(n for drawn in waiting.drawn.values() for n in drawn),
                max(waiting.waits, default=0),
            )
            for row in found.strata
            for waiting in (found.of.waiting[row.stratum.stratum],)
        ],
    )


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    table = Table()
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(plain(str(cell)) for cell in row))
    answers().print(plain(caption), style="bold", soft_wrap=True)
    answers().print(table)


def print_simulation(found: Simulation) -> None:
    """The same for a program, every subject too."""
    tally, asked = found.of.tally, found.asked
    print_json(
        {
            "ok": True,
            "title": found.title,
            "draw": found.draw,
            "seeds": asked.seeds,
            "years": asked.years,
            "turnover": float(asked.turnover),
            "from": asked.text,
            "seed_line": simulated_line(asked.text, 1),
            "announced": found.announced,
            "drawn": found.is_drawn,
            "strata": [
                {
                    "stratum": row.stratum.stratum,
                    "name": row.stratum.name,
                    "population": row.stratum.population,
                    "must": row.stratum.must,
                    "draw": row.number,
                    "expected": None if row.expected is None else _short(row.expected),
                    "lowest": _short(row.lowest),
                    "highest": _short(row.highest),
                    "noise": None if row.noise is None else _short(row.noise),
                }
                for row in found.strata
            ],
            "grades": [row._asdict() for row in found.grades],
            "subjects": [
                {**one._asdict(), "expected": None if one.expected is None else _short(one.expected)}
                for one in found.subjects
            ],
            "inspectors": [row._asdict() for row in found.loads],
            "visits": {**found.visits._asdict(), "saved": _short(found.visits.saved)},
            "pairs": [one._asdict() for one in found.of.meetings],
            "infeasible": {"seeds": len(tally.stuck), "first": tally.stuck[:20]},
            "absences": [
                {
                    "inspector": one.inspector,
                    "verdict": one.verdict,
                    "short": {stratum: list(subjects) for stratum, subjects in one.short.items()},
                    "failed": one.failed,
                    "seeds": one.seeds,
                }
                for one in found.of.absences
            ],
            "coverage": [
                {
                    "stratum": code,
                    "runs": waiting.runs,
                    "seen": {year: _short(waiting.share(year)) for year in range(1, asked.years + 1)},
                    "drawn": {year: [min(drawn), max(drawn)] for year, drawn in sorted(waiting.drawn.items())},
                    "longest_gap": max(waiting.waits, default=0),
                    "unseen": _short(mean(waiting.unseen)),
                }
                for code, waiting in found.of.waiting.items()
            ],
            "findings": [
                {
                    "code": one.code,
                    "what": one.what,
                    "figures": one.figures,
                    "changes": [change._asdict() for change in one.changes],
                    "otherwise": "" if one.changes else one.otherwise,
                }
                for one in found.findings
            ],
        }
    )


def _short(number: object) -> float:
    return round(float(number), _DIGITS)  # type: ignore[arg-type]
