"""The quality report of ``ssj check --quality``: a workbook beside the rosters, never among them."""

from pathlib import Path

from shuangsuiji.core.quality.alike import near_names
from shuangsuiji.core.quality.findings import findings, near_findings
from shuangsuiji.core.quality.judging import Quality
from shuangsuiji.core.refusal import RULE, USAGE, Refusal
from shuangsuiji.files.whole import write_whole
from shuangsuiji.files.workspace import Workspace

OPTION = "--quality"


def refuse_unfit(workspace: Workspace, path: Path) -> None:
    """Raises Refusal where the report cannot be written to `path`: nothing has been read then."""
    workspace.refuse_kept(path, OPTION)
    if path.suffix.lower() != ".xlsx":
        todo = "请写成 名册质量.xlsx 的样子。"
        raise Refusal("not-xlsx", f"“{path.name}”不是 .xlsx 文件。", todo=todo, exit_code=USAGE)
    if path.exists():
        raise Refusal("file-exists", f"“{path}”已经存在，没有改动。", todo="请换一个文件名。", exit_code=RULE)


def write_quality(quality: Quality, path: Path) -> None:
    """Make the report: every finding, and the nearly equal names, which are looked for only here."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only a report compares names

    from shuangsuiji.files.documents.qualitybook import quality_bytes  # noqa: PLC0415 - see rapidfuzz

    near = near_names(quality.subjects, ratio)
    write_whole(path, quality_bytes(quality, (*findings(quality), *near_findings(quality, near))))
