"""Files that would do harm, made as an attacker makes them: a good workbook with one part of it replaced."""

import io
import zipfile
from collections.abc import Iterable, Mapping

import openpyxl

XMLNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
HEADINGS = ("单位名称", "专业", "对象编号")
SPREADSHEET = "urn:oasis:names:tc:opendocument:xmlns"


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{"".join(cell(f"{column}1", text) for column, text in zip("ABC", HEADINGS, strict=True))}</row>'
ONE = f'<row r="2">{cell("A2", "甲店")}{cell("B2", "公共场所")}{cell("C2", "A1")}</row>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet's XML."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{XMLNS}"><sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>'


def workbook(parts: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A good workbook with `parts` in the place of its own, or beside them."""
    good = io.BytesIO()
    openpyxl.Workbook().save(good)
    made = io.BytesIO()
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(made, "w", how) as after:
        for info in before.infolist():
            if info.filename not in parts:
                after.writestr(info.filename, before.read(info))
        for name, content in parts.items():
            after.writestr(name, content)
    return made.getvalue()


def claiming(content: bytes, part: str, size: int) -> bytes:
    """A zip that says of one of its parts that it has `size` bytes unpacked."""
    made = bytearray(content)
    at = made.rfind(b"PK\x01\x02", 0, made.rfind(part.encode()))
    made[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(made)


def ods(rows: str, before: str = "") -> bytes:
    """An OpenDocument spreadsheet of `rows`."""
    names = " ".join(f'xmlns:{name}="{SPREADSHEET}:{name}:1.0"' for name in ("office", "table", "text"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{before}<office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="名录">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def entities(name: str, depth: int = 12) -> str:
    """A DOCTYPE of entities that would unfold to 10 ** `depth` laughs; `name` is the last one's."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY a0 "哈">{laughs}<!ENTITY {name} "{f"&a{depth - 1};" * 10}">]>'


def numbered(rows: Iterable[int], inside: str) -> str:
    """Rows alike; ``@`` in `inside` is the row's number."""
    return "".join(f'<row r="{row}">{inside.replace("@", str(row))}</row>' for row in rows)


PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
"""As an xlsx with a password begins."""
