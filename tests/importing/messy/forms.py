"""A messy list, what is to become of it, and how its files are made."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

C1, C2, C3, C4, C5, C6 = (
    "91990129MA0000001H",
    "91990129MA0000002L",
    "91990129MA0000003P",
    "91990129MA0000004T",
    "91990129MA0000005X",
    "91990129MA00000061",
)
"""Codes of no region that there is, with their right check characters."""


class Messy(NamedTuple):
    """One import. `says` is everything that it makes, as `told` writes it; `rosters` stand in the workspace before.

    `options` are those of the command, `problems` what it must say instead where it must refuse.
    """

    name: str
    files: dict[str, bytes]
    says: str = ""
    kind: str = "subjects"
    options: Sequence[str] = ()
    rosters: dict[str, str | bytes] = {}
    problems: str = ""


class Formula(NamedTuple):
    """A cell of an xlsx that is calculated."""

    text: str
    value: str | float


class Sheet(NamedTuple):
    """A sheet with its merged ranges (``A1:C1``) and what of it is hidden (row numbers, column letters)."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[str] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()


def xlsx(*sheets: Sheet) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the format has no zone
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for place in sheet.merged:
                page.merge_range(place, "")
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    _write(page, row, column, cell, day)
            for number in sheet.hidden_rows:
                page.set_row(number - 1, None, None, {"hidden": True})
            for letter in sheet.hidden_columns:
                page.set_column(f"{letter}:{letter}", 10, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
    return content.getvalue()


def _write(page, row, column, cell, day):
    match cell:
        case Formula(text, value):
            page.write_formula(row, column, text, None, value)
        case date():
            page.write_datetime(row, column, cell, day)
        case int() | float():
            page.write_number(row, column, cell)
        case str() if cell:
            page.write_string(row, column, cell)


def xls(*sheets: Sheet) -> bytes:
    """The old format, as xlwt writes it."""
    book = xlwt.Workbook()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        heads = {}
        for place in sheet.merged:
            (left, top), (right, bottom) = map(_cell, place.split(":"))
            heads[top, left] = bottom, right
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if (row, column) in heads:
                    bottom, right = heads[row, column]
                    page.write_merge(row, bottom, column, right, cell)
                elif cell != "":
                    page.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(text):
    letters = text.rstrip("0123456789")
    return ord(letters) - ord("A"), int(text[len(letters) :]) - 1


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(*sheets: Sheet) -> bytes:
    """OpenDocument: blank cells and rows are written as repeated ones, as LibreOffice does."""
    tables = "".join(
        f'<table:table table:name="{sheet.name}">{"".join(map(_ods_row, sheet.rows))}</table:table>' for sheet in sheets
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
        start = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">'
        archive.writestr("content.xml", f"{start}{body}</office:document-content>")
    return content.getvalue()


def _ods_row(cells):
    if not any(cells):
        return (
            f'<table:table-row><table:table-cell table:number-columns-repeated="{len(cells) or 1}"/></table:table-row>'
        )
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell):
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def html(rows: Sequence[Sequence[str]], *, head: str = "", charset: str = "gb2312") -> bytes:
    """What a platform calls an Excel export: a web page with one table; a title is a cell over all columns."""
    width = max(map(len, rows))
    lines = "".join(
        f"<TR><TD colspan={width} align=center><b>{row[0]}</b></TD></TR>\n"
        if len(row) == 1
        else "<tr>" + "".join(f'<td style="vnd.ms-excel.numberformat:@">{cell}</td>' for cell in row) + "</tr>\n"
        for row in rows
    )
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">{head}</head>'
    return f"{page}<body><table border='1'>\n{lines}</table></body></html>".encode(charset)


def csv(text: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Lines as they stand, in an encoding."""
    return (text.strip("\n") + "\n").replace("\n", end).encode(encoding)


def numbered(name: str, second: str = "") -> str:
    """The number that docs/import.md promises: told by name and address alone (of clean Chinese texts)."""
    return "N" + sha256(f"ssj|number|{name}|{second}".encode()).hexdigest()[:12].upper()
