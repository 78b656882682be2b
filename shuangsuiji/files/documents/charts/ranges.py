"""Ranges as SVG: a bar from low to high per row, with a mark in it; for a page, like `svg`."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from shuangsuiji.files.documents.charts import COLOURS, INK
from shuangsuiji.files.documents.charts.svg import shortened
from shuangsuiji.files.documents.text import literal

_WIDTH, _SIZE, _LABEL, _NUMBER = 480, 15, 160, 96
_ROW, _BAR, _TOP = 28, 12, 8
_LEAST = 3.0
"""Pixels: a bar of nothing is seen all the same."""


class Range(NamedTuple):
    """One row: the bar from `low` to `high`, a line at `mark`, a ring at `ring`, a limit; `said`: the row's figures."""

    label: str
    low: float
    high: float
    mark: float | None
    said: str
    ring: float | None = None
    limit: float | None = None


def svg(caption: str, rows: Iterable[Range]) -> str:
    """The drawing. Values begin at 0; a limit far beyond all values is not drawn."""
    found = list(rows)
    inside = [value for row in found for value in (row.high, row.mark, row.ring) if value is not None]
    most = max([*inside, 0.0]) or 1.0
    near = [row.limit for row in found if row.limit is not None and row.limit <= 1.5 * most]
    start = min(_LABEL, max([_SIZE * len(shortened(row.label)) + 14 for row in found], default=_LABEL))
    scale = (_WIDTH - start - _NUMBER) / max(most, *near, 0.0)
    height = _TOP * 2 + _ROW * len(found)
    told = escape("；".join(f"{row.label}：{row.said}" for row in found))
    parts = "".join(part for at, row in enumerate(found) for part in _row(row, _TOP + at * _ROW, start, scale, near))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" font-size="{_SIZE}">'
        f"<title>{escape(caption)}</title><desc>{told}</desc>{parts}</svg>"
    )


def _row(row: Range, top: float, start: int, scale: float, near: list[float]) -> Iterator[str]:
    middle, end = top + _ROW / 2, _WIDTH - _NUMBER
    base = middle + _SIZE * 0.36
    label = escape(shortened(literal(row.label)))
    yield f'<text x="{start - 10}" y="{base:.1f}" text-anchor="end" fill="#{INK}">{label}</text>'
    yield f'<line x1="{start}" x2="{end}" y1="{middle:.1f}" y2="{middle:.1f}" stroke="#e3e6eb"/>'
    left, wide = start + row.low * scale, max(_LEAST, (row.high - row.low) * scale)
    yield (
        f'<rect x="{left:.1f}" y="{middle - _BAR / 2:.1f}" width="{wide:.1f}" height="{_BAR}" rx="2" '
        f'fill="#{COLOURS["blue"]}"/>'
    )
    if row.limit is not None and row.limit in near:
        yield _line(start + row.limit * scale, middle, 9, 'stroke="#b3151d" stroke-dasharray="3 2"')
    if row.ring is not None:
        yield f'<circle cx="{start + row.ring * scale:.1f}" cy="{middle:.1f}" r="4" fill="#fff" stroke="#{INK}"/>'
    if row.mark is not None:
        yield _line(start + row.mark * scale, middle, 8, f'stroke="#{INK}" stroke-width="2"')
    yield f'<text x="{end + 10}" y="{base:.1f}" fill="#{INK}" font-size="13">{escape(row.said)}</text>'


def _line(x: float, middle: float, half: int, style: str) -> str:
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{middle - half:.1f}" y2="{middle + half:.1f}" {style}/>'
