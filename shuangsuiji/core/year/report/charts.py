"""The report's charts as values: what `files.documents.charts` draws as SVG, for Word and for Excel.

Bars only: they keep their meaning in a black-and-white copy, and each carries its number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from shuangsuiji.core.year.findings import OUTCOMES
from shuangsuiji.core.year.report.entries import Entry
from shuangsuiji.core.year.report.figures import Table

MOST = 24
"""So many bars can be read on a page; the smallest ones of more are put together."""
_MONTHS = 12
_DATE = len("2023-05")

Colour = Literal["blue", "green", "amber", "red", "grey"]


class Series(NamedTuple):
    """One row of numbers; `colour` by what it means, the same in every chart."""

    name: str
    colour: Colour
    values: tuple[int, ...]


class Chart(NamedTuple):
    """``stacked``: a bar per category, its parts side by side; ``columns``: upright, series beside one another."""

    name: str
    caption: str
    kind: Literal["stacked", "columns"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "项"

    @property
    def totals(self) -> tuple[int, ...]:
        """The length of each bar."""
        return tuple(map(sum, zip(*(series.values for series in self.series), strict=True)))


def charts(found: Sequence[Entry], tables: Iterable[Table]) -> list[Chart]:
    """Those that have something to show, in the report's order."""
    by_name = {table.name: table for table in tables}
    drawn = [entry for entry in found if entry.is_drawn]
    count = Counter(entry.outcome for entry in drawn if entry.outcome)
    made = [
        _stacked(
            by_name["strata"],
            "progress",
            "各专业任务完成情况",
            (("有结果", "blue", 4), ("待结果", "amber", 3), ("未检查", "grey", 2), ("上级完结", "green", 6)),
        ),
        Chart(
            "outcomes",
            "抽查结果分类",
            "columns",
            tuple(OUTCOMES.values()),
            (Series("任务", "blue", tuple(count[code] for code in OUTCOMES)),),
        ),
        _stacked(
            by_name["results"],
            "findings",
            "各专业抽查结果",
            (("未发现问题", "green", 3), ("责令改正", "amber", 4), ("行政处罚", "red", 5), ("无法联系", "grey", 6)),
        ),
        *_months(drawn),
    ]
    return [chart for chart in made if any(chart.totals)]


def _stacked(table: Table, name: str, caption: str, parts: Sequence[tuple[str, Colour, int]]) -> Chart:
    """`parts`: series with their column in `table`."""
    rows = [(str(row[0]), [int(str(row[place])) for _, _, place in parts]) for row in table.rows]
    rows = [row for row in rows if any(row[1])]
    if len(rows) > MOST:
        order = sorted(rows, key=lambda row: -sum(row[1]))
        small = order[MOST - 1 :]
        kept = [row for row in rows if row in order[: MOST - 1]][: MOST - 1]
        rows = [*kept, (f"其余{len(small)}个专业", [sum(each) for each in zip(*(v for _, v in small), strict=True)])]
    series = tuple(
        Series(word, colour, tuple(values[at] for _, values in rows)) for at, (word, colour, _) in enumerate(parts)
    )
    return Chart(name, caption, "stacked", tuple(label for label, _ in rows), tuple(s for s in series if any(s.values)))


def _months(drawn: Sequence[Entry]) -> list[Chart]:
    """Checks that ended, by month; one column alone would say nothing."""
    count = Counter(entry.said("check_ended")[:_DATE] for entry in drawn if entry.said("check_ended"))
    if len(count) < 2:  # noqa: PLR2004 - two columns make a chart
        return []
    first, last = min(count), max(count)
    start, end = (int(month[:4]) * _MONTHS + int(month[5:]) - 1 for month in (first, last))
    if end - start > _MONTHS:
        return []
    months = [divmod(number, _MONTHS) for number in range(start, end + 1)]
    one_year = first[:4] == last[:4]
    labels = tuple(f"{month + 1}月" if one_year else f"{year}年{month + 1}月" for year, month in months)
    values = tuple(count[f"{year:04}-{month + 1:02}"] for year, month in months)
    return [Chart("months", "各月完成检查", "columns", labels, (Series("检查", "blue", values),))]
