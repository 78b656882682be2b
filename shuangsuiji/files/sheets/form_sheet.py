"""The sheet 结果回填: one row per task, the columns of `form.FORM`, two printed pages wide.

Twenty-four columns on one page would be printed in 5-point type. So the sheet breaks after the follow-up visit (what
every task needs is on the left page, cases and referrals on the right one), and both pages begin with the task.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from shuangsuiji.core.year.briefing import Briefing
from shuangsuiji.files.sheets.form import FORM, SHEET, Entry
from shuangsuiji.files.sheets.paper import Paper, Sheet
from shuangsuiji.files.sheets.style import TAB, pixels

LEFT_PAGE_ENDS = "follow_up_result"
PAGE = 1046
"""Pixels between the margins of A4 across."""

ROOM = 42.0
"""Points: a row takes three lines of handwriting or type."""

LOOK_AHEAD = 5
"""A date may lie as many years after the end of the plan's period; what is later is a slip of the hand."""

ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


class Blank(NamedTuple):
    """One row of the form, to be filled in."""

    task: str
    name: str
    stratum: str


FIXED = sum(entry.kind == "fixed" for entry in FORM)
LEFT = 1 + [entry.field for entry in FORM].index(LEFT_PAGE_ENDS)
"""How many columns are printed beforehand, how many stand on the left page."""


def form_sheet(paper: Paper, briefing: Briefing, who: str, blanks: Sequence[Blank]) -> None:
    """Write it: fixed columns locked, all others tinted, with prompts, drop-downs and checks."""
    sheet = paper.sheet(SHEET, [entry.width for entry in FORM], landscape=True)
    _head(sheet, briefing, who)
    sheet.headings([entry.heading for entry in FORM], freeze=FIXED)
    first = sheet.row
    _rows(sheet, blanks)
    for column, entry in enumerate(FORM):
        if blanks and (rule := _rule(entry, briefing)):
            sheet.page.data_validation(first, column, sheet.row - 1, column, rule)
    sheet.page.repeat_rows(first - 2, first - 1)
    sheet.page.repeat_columns(0, FIXED - 1)
    sheet.page.set_print_scale(_scale())
    sheet.page.set_v_pagebreaks([LEFT])
    sheet.page.print_across()  # the right page comes after its left one
    sheet.page.set_tab_color(TAB)
    sheet.page.protect("", ALLOWED)


def _head(sheet: Sheet, briefing: Briefing, who: str) -> None:
    sheet.across("抽查结果回填表", "title", first=0, last=LEFT - 1)
    sheet.across("抽查结果回填表（续）", "title", first=LEFT, last=len(FORM) - 1)
    sheet.step(36)
    note = f"抽取编号：{briefing.draw}　　只填浅黄色单元格，填法见“填写说明”。"
    sheet.across(who, "note", first=0, last=FIXED - 1)
    sheet.across(note, "note", first=FIXED, last=LEFT - 1)
    sheet.step(21)
    for first, last, part in _parts():
        sheet.across(part, "band middle", first=first, last=last)
    sheet.step(22)


def _rows(sheet: Sheet, blanks: Sequence[Blank]) -> None:
    entries = [(column, sheet.paper.style(f"entry {entry.kind}")) for column, entry in enumerate(FORM[FIXED:], FIXED)]
    for blank in blanks:
        for column, style in entries:
            sheet.page.write_blank(sheet.row, column, None, style)
        sheet.body(blank, ("cell", "cell", "middle"), lowest=ROOM)
    sheet.page.ignore_errors({"number_stored_as_text": f"A1:Z{sheet.row}"})


def _scale() -> int:
    """Per cent at which each half is one page wide, with a fifth to spare: not every office has our fonts."""
    wide = [pixels(entry.width) for entry in FORM]
    return 80 * PAGE // max(sum(wide[:LEFT]), sum(wide[:FIXED] + wide[LEFT:]))


def _parts() -> Iterator[tuple[int, int, str]]:
    start = 0
    for part, entries in groupby(FORM, key=lambda entry: entry.part):
        end = start + sum(1 for _ in entries)
        yield start, end - 1, part
        start = end


def _rule(entry: Entry, briefing: Briefing) -> dict[str, Any] | None:
    """What may be entered, as xlsxwriter wants it: the check, the prompt, and the sentence for what is refused."""
    first_year = int(min(briefing.drawn_on, briefing.period_start or briefing.drawn_on)[:4])
    last_year = int((briefing.period_end or briefing.drawn_on)[:4]) + LOOK_AHEAD
    check: dict[str, Any]
    match entry.kind:
        case "fixed":
            return None
        case "text":
            if not entry.hint:
                return None
            check, how, refusal = {"validate": "any"}, "", ""
        case "choice":
            check, how = {"validate": "list", "source": list(entry.choices)}, "请从下拉列表中选择。"
            refusal = f"请从下拉列表中选择：{'、'.join(entry.choices)}。"
        case "date" | "moment":
            what, example = ("日期和时间", "2023-5-9 14:30") if entry.kind == "moment" else ("日期", "2023-5-9")
            earliest, latest = f"{first_year}-01-01T00:00", f"{last_year}-12-31T23:59"
            check = {
                "validate": "date",
                "criteria": "between",
                "minimum": datetime.fromisoformat(earliest),
                "maximum": datetime.fromisoformat(latest),
            }
            how = f"按 {example} 的样式填写。"
            refusal = f"请填写{first_year}年至{last_year}年之间的{what}，{how}"
        case "money":
            check, how = {"validate": "decimal", "criteria": ">=", "value": 0}, ""
            refusal = "请只填数字，单位为元，不小于0，不写“元”“万元”。"
    return {
        **check,
        "input_title": entry.heading,
        "input_message": entry.hint + how,
        "error_title": f"“{entry.heading}”填写有误",
        "error_message": refusal,
    }
