"""A chart as Word's own: a chart part that Word and WPS show and edit, with the workbook that holds its numbers.

The report's document is a zip already; here each paragraph that names a chart gets the drawing, and the parts go in.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from shuangsuiji.core.year.report.charts import Chart, Series
from shuangsuiji.files.documents.charts import COLOURS, INK
from shuangsuiji.files.documents.package import opened, zipped
from shuangsuiji.files.documents.text import literal

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PLACE = re.compile(
    r'(<w:p>(?:(?!</w:p>).)*?<w:pStyle w:val="chart"/>(?:(?!</w:p>).)*?)<w:r>((?:(?!</w:p>).)*)</w:r></w:p>', re.DOTALL
)
_MARK = re.compile(r"<[^>]*>")
_MM = 36_000
_WIDTH, _UPRIGHT, _BAR, _AROUND, _TALLEST = 154, 62, 8.2, 16, 205
"""Millimetres: the width of the text, the height of upright charts, of a bar, of legend and margins; of a page."""
_EDGE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>'
_FONT = '<a:latin typeface="宋体"/><a:ea typeface="宋体"/><a:cs typeface="宋体"/>'


def drawn(document: bytes, charts: Iterable[Chart], created: datetime) -> bytes:
    """The document with each chart where it says. `created`: stands in the workbooks, so that bytes stay the same."""
    files = opened("report.docx", document)
    by_place = {f"⟦图 {chart.name}⟧": chart for chart in charts}
    used: list[Chart] = []

    def drawing(found: re.Match[str]) -> str:
        chart = by_place.get(_MARK.sub("", found[2]).strip())
        if chart is None or chart in used:
            return found[0]
        used.append(chart)
        return f"{found[1]}<w:r>{_inline(chart, len(used))}</w:r></w:p>"

    text = _PLACE.sub(drawing, files["word/document.xml"].decode())
    if not used:
        return document
    files["word/document.xml"] = text.encode()
    relations, types = [], []
    for number, chart in enumerate(used, 1):
        files[f"word/charts/chart{number}.xml"] = chart_part(chart).encode()
        files[f"word/charts/_rels/chart{number}.xml.rels"] = _linked(
            [("rId1", "package", f"../embeddings/chart{number}.xlsx")]
        )
        files[f"word/embeddings/chart{number}.xlsx"] = workbook(chart, created)
        relations.append(
            f'<Relationship Id="rIdChart{number}" Type="{_OFFICE}/chart" Target="charts/chart{number}.xml"/>'
        )
        types.append(
            f'<Override PartName="/word/charts/chart{number}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        )
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    _add(files, "word/_rels/document.xml.rels", "</Relationships>", relations)
    _add(files, "[Content_Types].xml", "</Types>", [f'<Default Extension="xlsx" ContentType="{sheets}"/>', *types])
    return zipped(files)


def chart_part(chart: Chart) -> str:
    """``word/charts/chartN.xml``."""
    is_stacked = chart.kind == "stacked"
    series = "".join(_series(chart, at, one) for at, one in enumerate(chart.series))
    overlap, gap = ("100", "45") if is_stacked else ("0", "70")
    legend = ""
    if is_stacked or len(chart.series) > 1:
        legend = f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_words(10)}</c:legend>'
    grouping, direction = ("stacked", "bar") if is_stacked else ("clustered", "col")
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        f"{_axes(is_stacked=is_stacked)}"
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_words(10)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def workbook(chart: Chart, created: datetime) -> bytes:
    """The numbers, as Word asks for them when somebody edits the chart."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms

    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"created": created})
    page = book.add_worksheet("Sheet1")
    for column, series in enumerate(chart.series, 1):
        page.write_string(0, column, series.name)
    for row, category in enumerate(chart.categories, 1):
        page.write_string(row, 0, literal(category)[:255])
        for column, series in enumerate(chart.series, 1):
            page.write_number(row, column, series.values[row - 1])
    book.close()
    return content.getvalue()


def _series(chart: Chart, at: int, one: Series) -> str:
    column, last = chr(ord("B") + at), len(chart.categories) + 1
    names, values = _points(chart.categories), _points(map(str, one.values))
    is_stacked = chart.kind == "stacked"
    position = "ctr" if is_stacked else "outEnd"
    shown = "0;;;" if is_stacked else "0"  # parts of nothing have no number
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{COLOURS[one.colour]}"/></a:solidFill>{_EDGE}</c:spPr>'
        f'<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="{shown}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_words(9)}<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>"
        f'<c:ptCount val="{len(chart.categories)}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(one.values)}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )


def _points(cells: Iterable[str]) -> str:
    return "".join(f'<c:pt idx="{n}"><c:v>{escape(literal(cell))}</c:v></c:pt>' for n, cell in enumerate(cells))


def _axes(*, is_stacked: bool) -> str:
    """Categories from top to bottom, or from left to right; the values stand in the bars, so their axis is hidden."""
    order, place, across = ("maxMin", "l", "t") if is_stacked else ("minMax", "b", "l")
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="8A9099"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_words(10)}<c:crossAx val="1002"/>'
        '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _words(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size * 100}" b="0">'
        f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill>{_FONT}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _inline(chart: Chart, number: int) -> str:
    tall = min(_TALLEST, _AROUND + _BAR * len(chart.categories)) if chart.kind == "stacked" else _UPRIGHT
    size = f'cx="{_WIDTH * _MM}" cy="{round(tall * _MM)}"'
    caption = quoteattr(literal(chart.caption))
    return (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="图表 {number}" '
        f'descr={caption}/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_OFFICE}" r:id="rIdChart{number}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _linked(links: Iterable[tuple[str, str, str]]) -> bytes:
    inside = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for name, kind, to in links)
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'.encode()


def _add(files: dict[str, bytes], name: str, end: str, more: Iterable[str]) -> None:
    text = files[name].decode("utf-8-sig")
    given = [each for each in more if 'Extension="xlsx"' not in each or 'Extension="xlsx"' not in text]
    if name.startswith("[") and given and given[0].startswith("<Default"):
        default = given.pop(0)
        at = text.index(">", text.index("<Types")) + 1
        text = text[:at] + default + text[at:]
    files[name] = text.replace(end, "".join(given) + end).encode()
