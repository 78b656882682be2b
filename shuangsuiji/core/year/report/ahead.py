"""Who has not been seen for how long, by stratum, and what coming years will draw: as ``ssj check`` reckons it.

Of the pool that was drawn from and of today's roster, with what all ledgers of the workspace tell.
"""

from collections import defaultdict
from datetime import date

from shuangsuiji.core.draw.drawing import by_stratum
from shuangsuiji.core.plan.coverage import COVERING_YEARS, bands, forecast, never_drawn, years_left
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.outlook import band_names
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.report.entries import Gathered, stratum_names
from shuangsuiji.core.year.report.figures import Column, Row, Table

_NAMED = 3


def seen_table(of: Gathered) -> Table | None:
    """Strata of the own draw by the years since the last visit; None where there is no draw."""
    if of.state.drawn is None:
        return None
    years, roster = _years(of), _roster(of)
    count: dict[str, list[int]] = {}
    for (_, name, specialty), members in _strata(of).items():
        days = (max((of.known.last_visit(row, specialty) for row in roster[who]), default="") for who in members)
        found = bands(days, years, of.today)
        before = count.get(name, [0] * len(found))
        count[name] = [one + other for one, other in zip(before, found, strict=True)]
    names = band_names(years)
    columns = (
        Column("stratum", "专业", 18, "text"),
        *(Column(f"band{number}", name, 11) for number, name in enumerate(names)),
    )
    rows: list[Row] = [(name, *numbers) for name, numbers in count.items()]
    total: Row = ("合计", *(sum(column) for column in zip(*count.values(), strict=True)))
    note = "按名录库的上次检查日期和历年台账；无法联系的不算检查；同一单位有几个专业的分别计入。"
    return Table("unseen", "多久没有检查（家）", columns, rows, total, note)


def forecast_table(of: Gathered) -> Table | None:
    """How many each coming year will draw, if roster and plan stay as they are; None where there is no draw."""
    if of.state.drawn is None:
        return None
    years, roster, candidates = _years(of), _roster(of), by_stratum(of.pool)
    rule, quotas = of.plan.coverage, {layer.code: layer for layer in layers(of.plan)}
    start = of.plan.period.start
    next_day = date(of.plan.year + 1, start.month, min(start.day, 28))
    count: dict[str, list[int]] = {}
    for (code, name, specialty), members in _strata(of).items():
        if code not in quotas:
            continue
        later = quotas[code].quota_of(len(members))
        ahead = [later] * years
        if rule:
            since = {who: max((of.known.since(r, specialty) for r in roster[who]), default="") for who in members}
            waiting = [
                one._replace(must=False, left=years_left(since[one.subject], years, next_day))
                for one in candidates[code]
                if one.subject in since
            ]
            ahead = forecast(waiting, number=later, later=later, years=years, ahead=years - 1)
        uncovered = 0 if rule else never_drawn(len(members), later, years)
        before = count.get(name, [0] * (years + 1))
        count[name] = [one + other for one, other in zip(before, (*ahead, uncovered), strict=True)]
    columns = (
        Column("stratum", "专业", 18, "text"),
        *(Column(f"year{number}", f"{of.plan.year + number}年", 9) for number in range(1, years + 1)),
        Column("uncovered", f"约有几家{years}年抽不到", 20),
    )
    rows: list[Row] = [(name, *numbers) for name, numbers in count.items()]
    total: Row = ("合计", *(sum(column) for column in zip(*count.values(), strict=True)))
    said = f"按coverage规则{years}年覆盖" if rule else "没有coverage规则，每年各抽各的"
    return Table(
        "forecast", "以后各年预计抽取（家）", columns, rows, total, f"{said}；假定名录库和方案不变、没有必查。"
    )


def ahead_text(seen: Table | None, coming: Table | None) -> str:
    """The two tables in a sentence or two; blank where there are none."""
    if seen is None or coming is None or not coming.total:
        return ""
    longest = seen.columns[-1].heading
    late = sorted(((int(str(row[1])) + int(str(row[-1])), str(row[0])) for row in seen.rows), key=lambda one: -one[0])
    parts = [f"{name}{number}家" for number, name in late if number]
    text = ""
    if parts:
        more = f"等{len(parts)}个专业" if len(parts) > _NAMED else ""
        text = f"按专业看，{longest}没有检查或没有检查记录的有{'、'.join(parts[:_NAMED])}{more}。"
    years = [column.heading for column in coming.columns[1:-1]]
    numbers = [int(str(cell)) for cell in coming.total[1:-1]]
    if len(set(numbers)) == 1:
        text += f"名录库和方案不变，以后每年预计抽取{numbers[0]}家次"
    else:
        parts = [f"{year}{number}" for year, number in zip(years, numbers, strict=True)]
        text += f"名录库和方案不变，以后各年预计抽取（家次）：{'、'.join(parts)}"
    missed = int(str(coming.total[-1]))
    return text + (f"，约有{missed}家次{len(years)}年内抽不到。" if missed else "。")


def _years(of: Gathered) -> int:
    return of.plan.coverage.years if of.plan.coverage else COVERING_YEARS


def _strata(of: Gathered) -> dict[tuple[str, str, str], list[str]]:
    """(code, name, specialty) of each stratum → its subjects that today's roster still has open."""
    names, members = stratum_names(of.plan, public=of.public), by_stratum(of.pool)
    roster = _roster(of)
    return {
        (s.stratum, names.get(s.stratum, s.name), s.specialty): [
            one.subject for one in members[s.stratum] if one.subject in roster
        ]
        for s in of.pool.strata
    }


def _roster(of: Gathered) -> dict[str, list[Subject]]:
    """Rows of today's roster by subject, closed ones apart."""
    rows: dict[str, list[Subject]] = defaultdict(list)
    for subject in of.rosters.subjects:
        if not subject.is_closed:
            rows[subject.subject].append(subject)
    return dict(rows)
