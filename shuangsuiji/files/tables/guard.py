"""What a file really is, told by its first bytes, and whether it is safe to unpack. Nothing is unpacked here.

- calamine and openpyxl only ever see a container that passed here.
- A zip may hold a bomb: sizes and ratio are looked at first.
"""

import io
import zipfile
from typing import Literal, NamedTuple

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.files.unzip import DAMAGED, USUAL, read

MAX_FILE = 150 << 20
MAX_UNPACKED = 1 << 30
_SMALL = 64 << 20
_MAX_RATIO = 120
_MAX_PARTS = 10_000
_ZIP = b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_PARTS = "META-INF/manifest.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TODO = "用 Excel/WPS 打开它，“另存为”Excel 工作簿（.xlsx），再试。"
_KINDS = (
    (b"%PDF", "一份 PDF"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"\x89PNG\r\n", "图片（PNG）"),
    (b"GIF8", "图片（GIF）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
    (b"Rar!\x1a", "压缩包（RAR）"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）"),
    (b"\x1f\x8b\x08", "压缩包（gz）"),
    (b"SQLite format 3\0", "数据库文件"),
    (b"\0\1\0\0Standard", "Access 数据库"),
    (b"{\\rtf", "RTF 文档"),
)
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<style", b"<body", b"<script")

Form = Literal["xlsx", "ods", "xls"]


class Container(NamedTuple):
    """A spreadsheet file that may be opened; `parts` are the files in its zip by lower-case name."""

    form: Form
    data: bytes
    archive: zipfile.ZipFile | None = None
    parts: dict[str, zipfile.ZipInfo] = {}

    def part(self, name: str) -> bytes:
        """The content of one small part, empty if there is none."""
        info = self.parts.get(name.lower())
        return read(self.archive, info) if self.archive and info else b""


def is_container(data: bytes) -> bool:
    """Whether the bytes are those of a spreadsheet program, whatever the file is called."""
    return data.startswith((_ZIP, _OLE))


def kind_of(data: bytes) -> str:
    """What a file is that is no list, whatever it is called; blank where its first bytes do not say.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"a,b")
    ('一份 PDF', '')
    """
    return next((name for start, name in _KINDS if data.startswith(start)), "")


def contain(data: bytes, place: Place) -> Container | Problem:
    """The container that `data` is, or why it is not opened."""
    if data.startswith(_OLE):
        return _ole(data, place)
    if data.startswith(_ZIP):
        try:
            return _zip(data, place)
        except DAMAGED:
            return corrupt(place)
    return _mislabelled(data, place)


def _mislabelled(data: bytes, place: Place) -> Problem:
    """What is called a spreadsheet and is none."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return error("empty-file", place, "文件是空的。", "请填写内容；不需要它就删除它。")
    if what := kind_of(data):
        todo = "图片、PDF 里的内容要先录成表格，压缩包要先解压；或换成电子表格文件。"
        return error("not-a-spreadsheet", place, f"这是{what}，不是电子表格。", todo)
    if head.startswith(_WEB_PAGE):
        what = "文件名像 Excel 表格，内容却是网页（HTML），多是从业务系统导出的。"
    elif head.startswith(b"<?xml"):
        what = "文件名像 Excel 表格，内容却是 XML。"
    elif b"\0" not in head:
        what = "文件名像 Excel 表格，内容却是纯文本（如 CSV）。"
        return error("mislabelled", place, what, "把扩展名改为 .csv；或" + _TODO)
    else:
        return error("mislabelled", place, "文件名像 Excel 表格，内容却不是。", _TODO)
    return error("mislabelled", place, what, _TODO)


def corrupt(place: Place) -> Problem:
    """A container that is cut off or damaged."""
    return error("corrupt-file", place, "文件损坏或不完整，读不出来。", "请重新复制或下载；或" + _TODO)


def protected(place: Place) -> Problem:
    """A container that asks for a password."""
    return error("protected-file", place, "文件有打开密码。", "请在 Excel/WPS 中取消打开密码，保存，再试。")


def _ole(data: bytes, place: Place) -> Container | Problem:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") and not holds("Workbook"):
        return protected(place)
    if not (holds("Workbook") or holds("Book")):
        return error("not-a-spreadsheet", place, "这不是电子表格文件（可能是 Word 等文档）。", "请换成名册文件。")
    return Container("xls", data)


def _zip(data: bytes, place: Place) -> Container | Problem:
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
    size = sum(info.file_size for info in archive.infolist())
    found = Container("xlsx", data, archive, parts)
    if size > MAX_UNPACKED or len(parts) > _MAX_PARTS or (size > _SMALL and size > _MAX_RATIO * len(data)):
        what = f"文件解压后有 {size >> 20} MB，大得不正常，没有打开。"
        return error("too-big", place, what, "请把数据复制到新的工作簿中，另存，再试。")
    if any(info.flag_bits & 1 for info in parts.values()) or b"encryption-data" in found.part(_ODS_PARTS):
        return protected(place)
    if not {info.compress_type for info in parts.values()} <= USUAL:
        return corrupt(place)
    if found.part("mimetype").startswith(_ODS):
        found = found._replace(form="ods")
    elif "xl/workbook.bin" in parts:
        return error("not-supported", place, "这是二进制工作簿（.xlsb），不支持。", _TODO)
    elif "xl/workbook.xml" not in parts:
        return error("not-a-spreadsheet", place, "这不是电子表格文件（可能是 Word 文档或压缩包）。", "请换成名册文件。")
    return found
