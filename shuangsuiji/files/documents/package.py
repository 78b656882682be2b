"""A docx as the zip that it is: what is in it, and the same bytes each time it is closed."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.files.documents.faults import Source
from shuangsuiji.files.unzip import DAMAGED, read

_LARGEST = 64 << 20


def opened(shown: str, content: bytes) -> dict[str, bytes]:
    """The files in it by name. Raises Faulty where it is no Word file, or one that no template needs to be."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            large = sum(each.file_size for each in package.infolist()) > _LARGEST
            files = {} if large else {info.filename: read(package, info) for info in package.infolist()}
    except DAMAGED:
        files, large = {}, False
    if "word/document.xml" in files:
        return files
    if large:
        what, todo = "模板太大（展开后超过 64 MB）。", "请删去其中的图片。"
        raise Faulty([Source(shown).problem("template-file", None, what, todo)], "公示文书模板")
    raise Faulty([unusable(shown)], "公示文书模板")


def unusable(shown: str) -> Problem:
    """A file that is called .docx and is none that Word writes."""
    what, todo = "不是能用的 Word 文件（.docx）。", "请用 Word 或 WPS 另存为 .docx，不加密码；删除它就用自带的。"
    return Source(shown).problem("template-file", None, what, todo)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The package, with fixed times."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in files.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()
