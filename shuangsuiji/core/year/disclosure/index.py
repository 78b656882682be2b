"""The list of all notices of a plan (``index.html``): by kind and day, with files, digests, and what corrects what.

Of a notice that was withdrawn nothing is listed but its name, its day and what took its place.
"""

from collections.abc import Mapping, Sequence

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.privacy.masking import scrubbed
from shuangsuiji.core.year.disclosure.notice import KINDS
from shuangsuiji.core.year.publication import Publication

KIND_NAMES = {
    "plan": "抽查计划",
    "items": "抽查事项清单",
    "draw": "抽取结果",
    "adjustments": "调整情况",
    "results": "抽查结果",
    "penalties": "行政处罚",
}
_FORMATS = {"html": "网页", "docx": "Word 文档", "xlsx": "Excel 表格", "csv": "CSV 数据"}
_VERIFY = "verify.html"
_UNITS = ((1 << 20, "MB"), (1 << 10, "KB"))


def index_variables(
    plan: Plan, notices: Mapping[str, Publication], sizes: Mapping[str, int], opened: Sequence[str] = ()
) -> dict[str, object]:
    """What the template of the page may use. `sizes`: bytes by file; a file without one is missing.

    `opened`: what anybody can recompute the draw with, by path.
    """
    kinds = []
    for kind in KINDS:
        listed = [one for one in reversed(list(notices.values())) if one.event.what == kind]
        if listed:
            told = [_notice(one, notices, sizes) for one in listed]
            kinds.append({"kind": kind, "name": KIND_NAMES[kind], "notices": told})
    days = [one.event.on for one in notices.values()]
    return {
        "title": f"{plan.agency.name}{plan.year}年“双随机、一公开”公示",
        "agency": plan.agency.name,
        "year": plan.year,
        "plan_title": plan.title,
        "document_no": plan.document_no,
        "draw": plan.draw,
        "number": len(notices),
        "updated": chinese_day(max(days)) if days else "",
        "updated_iso": max(days).isoformat() if days else "",
        "kinds": kinds,
        "verify": _VERIFY if _VERIFY in opened else "",
        "opened": [path for path in opened if path != _VERIFY],
    }


def size_text(size: int) -> str:
    """A number of bytes as people read it.

    >>> size_text(900), size_text(20_480), size_text(3_500_000)
    ('900 B', '20 KB', '3.3 MB')
    """
    for unit, word in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {word}"
    return f"{size} B"


def chinese_day(day: object) -> str:
    """``2023年6月30日``."""
    year, month, date = (int(part) for part in str(day).split("-"))
    return f"{year}年{month}月{date}日"


def _notice(one: Publication, notices: Mapping[str, Publication], sizes: Mapping[str, int]) -> dict[str, object]:
    event = one.event
    return {
        "name": event.notice,
        "title": event.title,
        "on": chinese_day(event.on),
        "on_iso": event.on.isoformat(),
        "files": [] if one.is_withdrawn else [_file(name, event.files[name], sizes) for name in event.files],
        "urls": [] if one.is_withdrawn else list(dict.fromkeys(one.urls)),
        "corrects": [_reference(name, notices) for name in (event.corrects,) if name],
        "corrected_by": [_reference(name, notices) for name in one.corrected_by],
        "withdrawn": one.is_withdrawn,
        "void": one.void,
        "reason": scrubbed(event.reason),
        "checkpoint": event.checkpoint,
    }


def _reference(name: str, notices: Mapping[str, Publication]) -> dict[str, str]:
    """Another notice: its name, its day, and its page where that is to be seen."""
    one = notices[name]
    page = f"{name}.html" if f"{name}.html" in one.event.files and not one.is_withdrawn else ""
    return {"name": name, "on": chinese_day(one.event.on), "page": page}


def _file(name: str, sha256: str, sizes: Mapping[str, int]) -> dict[str, object]:
    stem, kind = name.rsplit(".", 1)
    part = stem.split("-")[2:]
    size = sizes.get(name)
    return {
        "name": name,
        "format": kind,
        "label": _FORMATS.get(kind, kind) + (f"（附表{part[0]}）" if part else ""),
        "size": "" if size is None else size_text(size),
        "missing": size is None,
        "sha256": sha256,
    }
