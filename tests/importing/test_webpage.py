"""Web pages that are called Excel exports, and UTF-16 that lacks its mark."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.importing.raw import Merged
from shuangsuiji.files.importing.content import marked
from shuangsuiji.files.importing.webpage import is_page, tables


def rows(page):
    [found] = tables(page, "导出.xls")
    return [cells for _, cells in found.rows]


@pytest.mark.parametrize(
    ("page", "cells"),
    [
        ("<table><tr><td>甲<td>乙<tr><td>丙</table>", [("甲", "乙"), ("丙", "")]),
        ("<TABLE><TR><TD>甲<!-- <td>旧</td> --></TD></TR></TABLE>", [("甲",)]),
        ("<table><td>甲<script>if (a<b) '<td>x'</script>乙</table>", [("甲乙",)]),
        ("<table><td> 甲\n  乙 <br> 丙<p>丁</p></table>", [("甲 乙\n丙\n丁",)]),
        ("<table><td>A&amp;B &lt;甲&gt; 3 < 5</table>", [("A&B <甲> 3 < 5",)]),
        ("<table><tr><td>甲", [("甲",)]),
    ],
)
def test_cells_are_read_as_a_browser_shows_them(page, cells):
    assert rows(page) == cells


def test_merged_cells_push_the_others_aside():
    [found] = tables("<table><tr><td rowspan=2>甲<td colspan='2'>乙<tr><td>丙<td>丁</table>", "导出.xls")

    assert [cells for _, cells in found.rows] == [("甲", "乙", ""), ("", "丙", "丁")]
    assert found.merged == [Merged(1, 0, 2, 0), Merged(1, 1, 1, 2)]


def test_every_table_of_a_page_is_a_sheet_and_one_within_a_cell_too():
    found = tables("<table><tr><td>甲<table><tr><td>里</table>乙</table><table><tr><td>丙</table>", "导出.xls")

    assert [(sheet.sheet, sheet.rows) for sheet in found] == [
        ("第1个表格", [(1, ("甲乙",))]),
        ("第2个表格", [(1, ("里",))]),
        ("第3个表格", [(1, ("丙",))]),
    ]


@pytest.mark.parametrize(
    "page",
    ["<table><tr>" + "<td colspan=1000>甲" * 6000, "<table><td>" + "甲" * (33 << 20)],
)
def test_a_page_of_unbearable_size_is_refused(page):
    start = time.monotonic()

    with pytest.raises(OverflowError):
        tables(page, "导出.xls")
    assert time.monotonic() - start < 10


@given(
    st.lists(st.sampled_from(["<table>", "<tr>", "<td rowspan=3>", "</td>", "<!--", "-->", "<script>", "甲", "<", ">"]))
)
def test_no_page_is_a_bug(parts):
    for sheet in tables("".join(parts), "导出.xls"):
        assert {len(cells) for _, cells in sheet.rows} == {len(sheet.rows[0][1])}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<html xmlns:x='urn'>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC>', True),
        ("<!-- 导出 -->\n<table border=1>", True),
        ("<?xml version='1.0'?><Workbook>", False),
        ("单位名称,<html>", False),
    ],
)
def test_a_page_is_told_by_its_beginning(text, answer):
    assert is_page(text) is answer


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@given(text=st.text("甲乙丙丁单位名称,\t0123456789\n", min_size=3).filter(lambda text: "\n" in text or "," in text))
def test_utf16_without_its_mark_is_told_by_its_look(codec, text):
    assert marked(text.encode(codec)).decode("utf-16") == text


@given(st.text("甲乙丙abc,;\n\u3000·", min_size=1))
def test_no_other_text_is_taken_for_utf16(text):
    for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert marked(text.encode(codec)) == text.encode(codec)
