"""The quality report as a workbook: 概要 (a row per stratum), 逐条 (a row per finding), 评分办法.

- It is for the bureau itself and says so on top of each sheet and on each printed page.
- The counts are links to the first finding of their kind; 逐条 has filters.
- The same roster on the same day, the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from shuangsuiji.core.quality.findings import NEAR, Finding
from shuangsuiji.core.quality.judging import Quality, Share
from shuangsuiji.core.quality.measures import FULL, KINDS, MEASURES, shown
from shuangsuiji.files.sheets.filling import Figure, filled
from shuangsuiji.files.sheets.style import (
    A4,
    FOOTER_MARGIN,
    MARGINS,
    SONG,
    STYLES,
    TEXT,
    book_options,
    pixels,
)
from shuangsuiji.files.sheets.text import clean, height

INTERNAL = "内部使用，不得公开"
SUMMARY, LIST, RULES = "概要", "逐条", "评分办法"
MOST = 1_000_000
"""Findings in the file: a sheet has little more room."""

_FOOTER = f'&L&"{SONG}"&9{INTERNAL}&R&"{SONG}"&9第&P页 共&N页'
_WIDTHS = (10, 22, 8, 9, *(11,) * len(KINDS))
_RULES = (14, 8, 62, 62)
_ONE_PAGE = 12
"""Strata: so many fit on one page."""
_LISTED = (
    *(("项目", 12), ("抽查层", 20), ("单位名称", 28), ("文件", 22), ("工作表", 14)),
    *(("行", 7), ("列", 5), ("列标题", 18), ("问题", 52), ("怎么办", 44)),
)
_NUMBER, _SHARE, _RED, _WORST = "0", "0.0%", "#C00000", "#F4B183"
_HEAD_ROWS = 2


class _Looks(NamedTuple):
    title: Any
    warning: Any
    note: Any
    caption: Any
    heading: Any
    cell: Any
    middle: Any
    number: Any
    share: Any
    score: Any
    link: Any


def quality_bytes(quality: Quality, found: Iterable[Finding]) -> bytes:
    """The file; `found` are its findings in their order."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 80 ms that only those who write sheets should pay

    rows = list(map(_row, islice(found, MOST + 1)))
    is_cut = len(rows) > MOST
    content = BytesIO()
    book = Workbook(content, book_options())
    day = datetime.fromisoformat(quality.frame.day)
    book.set_properties({"title": clean(f"{quality.title}名册质量报告")[:255], "created": day, "comments": INTERNAL})
    looks = _looks(book)
    _summary(book.add_worksheet(SUMMARY), quality, looks, is_cut=is_cut)
    _list_head(book.add_worksheet(LIST), min(len(rows), MOST), looks, book)
    _rules(book.add_worksheet(RULES), quality, looks)
    book.close()
    return filled(content.getvalue(), {2: (len(_LISTED), rows[:MOST])})


def _looks(book: Any) -> _Looks:
    cell, middle = STYLES["cell"], STYLES["middle"]
    return _Looks(
        title=book.add_format(dict(STYLES["title"])),
        warning=book.add_format({**STYLES["note"], "bold": True, "font_color": _RED, "align": "center"}),
        note=book.add_format(dict(STYLES["note"])),
        caption=book.add_format({**STYLES["prose head"], "font_size": 12}),
        heading=book.add_format(dict(STYLES["heading"])),
        cell=book.add_format({**cell, "num_format": TEXT}),
        middle=book.add_format({**middle, "num_format": TEXT}),
        number=book.add_format({**middle, "num_format": _NUMBER}),
        share=book.add_format({**middle, "num_format": _SHARE}),
        score=book.add_format({**middle, "num_format": "0.0", "bold": True}),
        link=book.add_format({**middle, "num_format": _NUMBER, "font_color": "#0563C1", "underline": 1}),
    )


def _summary(page: Any, quality: Quality, looks: _Looks, *, is_cut: bool) -> None:
    _for_printing(page)
    page.fit_to_pages(1, 1 if len(quality.shares) <= _ONE_PAGE else 0)
    _title(page, "检查对象名录库质量报告", _WIDTHS, looks)
    last = len(_WIDTHS) - 1
    row = 2
    for text in _facts(quality, is_cut=is_cut):
        page.merge_range(row, 0, row, last, clean(text), looks.note)
        page.set_row(row, height(text, sum(_WIDTHS)))
        row += 1
    shares = [*quality.shares, quality.whole]
    row = _table(page, row + 1, "一、得分和各项占家数的比例", shares, looks, None)
    _table(page, row + 1, f"二、各项家数（点数字看“{LIST}”）", shares, looks, _first_rows(quality))
    page.activate()


def _facts(quality: Quality, *, is_cut: bool) -> list[str]:
    frame = quality.frame
    facts = [
        f"方案：{quality.title}",
        f"基准日：{frame.day}　方案期间到：{frame.until}　几年一轮：{frame.years} 年",
        "范围：参加抽取的检查对象；停业、注销、方案排除和今年已抽过的不计。",
    ]
    if is_cut:
        facts.append(f"问题太多，“{LIST}”只列出前 {MOST} 条；家数和得分按全部计算。")
    return facts


def _table(
    page: Any, row: int, caption: str, shares: Sequence[Share], looks: _Looks, first: Mapping[str, int] | None
) -> int:
    """A row per stratum, the whole last: shares, or counts where `first` says where each kind's findings begin."""
    _caption(page, row, caption, looks)
    row += 1
    for column, text in enumerate(("代码", "抽查层", "家数", "得分", *(MEASURES[kind].name for kind in KINDS))):
        page.write_string(row, column, text, looks.heading)
    page.set_row(row, 26)
    top = row + 1
    for row, share in enumerate(shares, top):
        name = share.name if share.code else "合计（每家只算一次）"
        page.write_string(row, 0, share.code, looks.middle)
        page.write_string(row, 1, clean(name), looks.cell)
        page.write_number(row, 2, share.subjects, looks.number)
        if share.subjects:
            page.write_number(row, 3, float(shown(share.score)), looks.score)
        else:
            page.write_string(row, 3, "", looks.middle)
        for column, kind in enumerate(KINDS, 4):
            number = share.counts.get(kind, 0)
            if first is None and number:
                page.write_number(row, column, number / share.subjects, looks.share)
            elif first is not None and number:
                page.write_url(row, column, f"internal:'{LIST}'!A{first[kind]}", looks.link, str(number))
                page.write_number(row, column, number, looks.link)
            else:
                page.write_string(row, column, "", looks.middle)
        page.set_row(row, height(name, _WIDTHS[1]))
    if first is None:
        scale = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
        page.conditional_format(top, 4, row, len(_WIDTHS) - 1, {**scale, "min_color": "#FFFFFF", "max_color": _WORST})
    return row + 1


def _first_rows(quality: Quality) -> dict[str, int]:
    """The row of 逐条 on which the findings of each kind begin."""
    found: dict[str, int] = {}
    row = _HEAD_ROWS + 1
    for kind in KINDS:
        found[kind] = min(row, MOST)
        row += quality.whole.counts.get(kind, 0)
    return found


def _rules(page: Any, quality: Quality, looks: _Looks) -> None:
    _for_printing(page)
    page.fit_to_pages(1, 1)
    _title(page, RULES, _RULES, looks)
    told = (
        f"每家满分 {FULL} 分，有下面的问题就扣去相应的分；代码、许可证、检查日期各只扣一项（重的），所以最多扣完。",
        "一层的得分 = 各家得分的平均 = 100 − Σ（扣分 × 有此问题的家数 ÷ 家数），保留一位小数，余下的舍去。",
        f"“{LIST}”里的“{NEAR}”只供核对，不计分。",
    )
    for line, text in enumerate(told, 2):
        page.merge_range(line, 0, line, len(_RULES) - 1, text, looks.note)
        page.set_row(line, height(text, sum(_RULES)))
    row = 2 + len(told)
    page.set_row(row, 26)
    for column, text in enumerate(("项目", "扣分", "怎样算", "怎么办")):
        page.write_string(row, column, text, looks.heading)
    for line, kind in enumerate(KINDS, row + 1):
        measure = MEASURES[kind]
        rule = measure.rule.format(**quality.frame._asdict())
        page.write_string(line, 0, measure.name, looks.middle)
        page.write_number(line, 1, measure.weight, looks.number)
        page.write_string(line, 2, rule, looks.cell)
        page.write_string(line, 3, measure.todo, looks.cell)
        page.set_row(line, max(height(rule, _RULES[2]), height(measure.todo, _RULES[3])))


def _title(page: Any, text: str, widths: Sequence[int], looks: _Looks) -> None:
    page.hide_gridlines(2)
    for column, width in enumerate(widths):
        page.set_column_pixels(column, column, pixels(width))
    page.merge_range(0, 0, 0, len(widths) - 1, text, looks.title)
    page.set_row(0, 34)
    page.merge_range(1, 0, 1, len(widths) - 1, INTERNAL, looks.warning)


def _caption(page: Any, row: int, text: str, looks: _Looks) -> None:
    page.merge_range(row, 0, row, len(_WIDTHS) - 1, text, looks.caption)
    page.set_row(row, 24)


def _list_head(page: Any, number: int, looks: _Looks, book: Any) -> None:
    _for_printing(page)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.freeze_panes(_HEAD_ROWS, 3)
    text = book.add_format({**STYLES["note"], "num_format": TEXT, "valign": "top"})
    for position, (heading, width) in enumerate(_LISTED):
        page.set_column_pixels(position, position, pixels(width), text)
        page.write_string(1, position, heading, looks.heading)
    page.set_row(0, 22)
    page.set_row(1, 26)
    page.write_string(0, 0, INTERNAL, book.add_format({"font_name": SONG, "bold": True, "font_color": _RED}))
    page.autofilter(1, 0, max(1, number) + 1, len(_LISTED) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{number + _HEAD_ROWS}"})


def _row(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    name = NEAR if finding.kind == "near_name" else MEASURES[finding.kind].name
    row = Figure(place.row) if place.row is not None else ""
    return (
        *(name, "；".join(finding.strata), finding.name, place.file, place.sheet or ""),
        *(row, place.letter or "", place.column or "", finding.what, finding.todo),
    )


def _for_printing(page: Any) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(**MARGINS)
    page.center_horizontally()
    page.set_footer(_FOOTER, {"margin": FOOTER_MARGIN})
