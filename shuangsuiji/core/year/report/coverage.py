"""How far the year's inspections reach: in each stratum's roster, and in years since the last visit. A hint."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from shuangsuiji.core.plan.coverage import COVERING_YEARS
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.entries import Entry, Gathered, stratum_names
from shuangsuiji.core.year.report.figures import Column, Row, Table


def coverage_table(of: Gathered, found: Sequence[Entry]) -> Table | None:
    """Strata of the own draw; None where there is none."""
    if of.state.drawn is None:
        return None
    population: Counter[str] = Counter()
    names = stratum_names(of.plan, public=of.public)
    for stratum in of.pool.strata:
        population[names.get(stratum.stratum, stratum.name)] += stratum.population
    tasks: dict[str, set[str]] = defaultdict(set)
    visited: dict[str, set[str]] = defaultdict(set)
    for entry in found:
        if entry.is_drawn and entry.status != "closed":
            tasks[entry.stratum].add(entry.task.subject)
            if entry.is_done and entry.outcome != "UNREACHABLE":
                visited[entry.stratum].add(entry.task.subject)
    columns = (
        Column("stratum", "专业", 18, "text"),
        Column("population", "名录库（家）", 12),
        Column("tasks", "抽查（家）", 10),
        Column("visited", "已检查（家）", 12),
        Column("rate", "检查覆盖率", 11, "rate"),
        Column("years", "全覆盖约需（年）", 16),
    )
    rows: list[Row] = []
    for name, number in population.items():
        drawn, seen = len(tasks[name]), len(visited[name])
        rows.append(
            (name, number, drawn, seen, Rate(min(seen, number), number), -(-number // drawn) if drawn else None)
        )
    note = (
        "检查覆盖率＝已检查÷名录库家数（无法联系的不算已检查）；全覆盖年数＝名录库家数÷本年抽查家数，进一取整，"
        "假定每年抽查同样多且不重复。"
    )
    return Table("coverage", "各专业检查覆盖情况", columns, rows, (), note)


def slow(table: Table | None) -> dict[str, int]:
    """Strata that would need more years than a plan should: name and years."""
    rows = table.rows if table else ()
    return {str(row[0]): row[5] for row in rows if isinstance(row[5], int) and row[5] > COVERING_YEARS}


def since_last(of: Gathered, found: Sequence[Entry]) -> dict[str, object]:
    """Open subjects of today's roster by their last visit, this year's inspections counted."""
    years = of.plan.coverage.years if of.plan.coverage else COVERING_YEARS
    seen = {entry.task.subject for entry in found if entry.is_done and entry.outcome != "UNREACHABLE"}
    last: dict[str, str] = {}
    for subject in of.rosters.subjects:
        if not subject.is_closed:
            last[subject.subject] = max(last.get(subject.subject, ""), subject.last_visit)
    for (_, who), day in of.known.seen.items():
        if who in last and _is_date(last[who] or day):
            last[who] = max(last[who], day)
    count: Counter[str] = Counter()
    since = f"{of.plan.year - years + 1:04}-01-01"
    for who, day in last.items():
        if who in seen:
            count["this"] += 1
        elif not _is_date(day):
            count["unknown"] += 1
        else:
            count["recent" if day >= since else "longer"] += 1
    recent = count["this"] + count["recent"]
    return {
        "years": years,
        "subjects": len(last),
        "this": count["this"],
        "recent": recent,
        "longer": count["longer"],
        "unknown": count["unknown"],
        "rate": str(Rate(recent, len(last))),
    }


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
