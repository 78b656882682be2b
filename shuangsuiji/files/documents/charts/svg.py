"""A chart as SVG inside a page: no script, no font but the reader's own, readable on a phone and in print.

The svg scales with the page; its text is real text (found, copied, read aloud), its numbers stand in its description.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from shuangsuiji.core.year.report.charts import Chart, Series
from shuangsuiji.files.documents.charts import COLOURS, INK
from shuangsuiji.files.documents.text import literal

_WIDTH, _SIZE = 540, 15
_BAR, _GAP, _TOP = 22, 12, 40
_LABEL, _NUMBER = 150, 46
_PLOT, _FOOT = 210, 34
_LONGEST = 9.5
"""Characters of a label that fit before the bars."""
_WIDE_ENOUGH = 9
"""Pixels per digit: a number that does not fit into its part is left out; the total stands behind the bar."""
_INK, _GREY = f"#{INK}", "#5c6370"


def drawn(page: bytes, charts: Iterable[Chart]) -> bytes:
    """The page with each chart where it says."""
    by_place = {f"⟦图 {chart.name}⟧": chart for chart in charts}

    def figure(found: re.Match[str]) -> str:
        chart = by_place.get(found[1].strip())
        return f'<figure class="chart">{svg(chart)}</figure>' if chart else found[0]

    return re.sub(r'<p class="chart">([^<]*)</p>', figure, page.decode()).encode()


def svg(chart: Chart) -> str:
    """The drawing."""
    height, parts = _stacked(chart) if chart.kind == "stacked" else _columns(chart)
    numbers = "；".join(
        f"{category}：" + "、".join(f"{series.name}{series.values[at]}" for series in chart.series)
        for at, category in enumerate(chart.categories)
    )
    title, description = _safe(chart.caption), _safe(numbers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" font-size="{_SIZE}">'
        f"<title>{title}</title><desc>{description}</desc>{''.join(parts)}</svg>"
    )


def _stacked(chart: Chart) -> tuple[int, Iterator[str]]:
    return _TOP + len(chart.categories) * (_BAR + _GAP), _bars(chart)


def _bars(chart: Chart) -> Iterator[str]:
    yield from _legend(chart)
    scale = (_WIDTH - _LABEL - _NUMBER) / max(1, *chart.totals)
    for at, (category, total) in enumerate(zip(chart.categories, chart.totals, strict=True)):
        top = _TOP + at * (_BAR + _GAP)
        base = top + _BAR / 2 + _SIZE * 0.36
        yield _text(_LABEL - 10, base, shortened(category), anchor="end")
        left = float(_LABEL)
        for series in chart.series:
            value = series.values[at]
            wide = value * scale
            if value:
                yield _rect(left, top, wide, _BAR, series)
                if wide >= _WIDE_ENOUGH * len(str(value)) + 4 and len(chart.series) > 1:
                    yield _text(left + wide / 2, base - 1, str(value), anchor="middle", size=13)
            left += wide
        yield _text(left + 7, base, str(total))


def _columns(chart: Chart) -> tuple[int, Iterator[str]]:
    head = _TOP if len(chart.series) > 1 else 12
    return head + 20 + _PLOT + _FOOT, _uprights(chart, head + 20)


def _uprights(chart: Chart, top: int) -> Iterator[str]:
    if len(chart.series) > 1:
        yield from _legend(chart)
    most = max(1, *(value for series in chart.series for value in series.values))
    slot = (_WIDTH - 24) / len(chart.categories)
    wide = min(64.0, slot * 0.62) / len(chart.series)
    bottom = top + _PLOT
    for at, category in enumerate(chart.categories):
        middle = 12 + slot * (at + 0.5)
        left = middle - wide * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            value = series.values[at]
            tall = value / most * _PLOT
            x = left + number * wide
            yield _rect(x, bottom - tall, wide, tall, series)
            yield _text(x + wide / 2, bottom - tall - 6, str(value), anchor="middle")
        yield _text(middle, bottom + 22, category, anchor="middle", size=14 if slot > _LABEL / 2 else 12)
    yield f'<line x1="12" x2="{_WIDTH - 12}" y1="{bottom}" y2="{bottom}" stroke="{_GREY}"/>'


def _legend(chart: Chart) -> Iterator[str]:
    left = 40.0
    for series in chart.series:
        yield f'<rect x="{left:.0f}" y="8" width="13" height="13" fill="#{COLOURS[series.colour]}"/>'
        yield _text(left + 19, 20, series.name, fill=_GREY, size=14)
        left += 19 + 14 * len(series.name) + 26


def _rect(x: float, y: float, wide: float, tall: float, series: Series) -> str:
    size = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return f'<rect {size} fill="#{COLOURS[series.colour]}" stroke="#fff"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", fill: str = _INK, size: int = _SIZE) -> str:
    given = f' font-size="{size}"' if size != _SIZE else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"{given}>{_safe(words)}</text>'


def shortened(label: str) -> str:
    """As much of a label as stands before its bar."""
    wide, kept = 0.0, ""
    for sign in label:
        wide += 0.55 if sign.isascii() else 1
        if wide > _LONGEST - 1:
            return kept + "…"
        kept += sign
    return kept


def _safe(text: str) -> str:
    return escape(" ".join(literal(text).split()))
