"""Where an import writes: the new roster, its report, and the place of the old roster, which is never lost.

- ``rosters/KIND.xlsx``, or the file that ``--out`` names; ``rosters/旧名册`` keeps what an update replaces;
  ``rosters/导入记录`` keeps a report of each import, by day; that of ``--out`` stands beside its file.
- A file with the very same content is there once: importing twice leaves nothing new.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.importing.report import KINDS
from shuangsuiji.core.problem import errors
from shuangsuiji.core.refusal import DAMAGED, RULE, USAGE, Faulty, Refusal
from shuangsuiji.core.table import Table
from shuangsuiji.files.inside import refuse_links
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.whole import refusing, write_whole
from shuangsuiji.files.workspace import Workspace

OLD, REPORTS = "旧名册", "导入记录"


@dataclass(frozen=True, slots=True)
class Target:
    """`roster`: the file to write; `there`: the roster of the workspace that it takes the place of.

    `old`: what that holds, None where nothing is updated; `is_blank`: it is a form that nobody has filled in.
    `seen`: the bytes that `roster` had then, None where there was no such file.
    """

    roster: Path
    report: Path | None
    folder: Path
    kind: Kind
    there: Path | None = None
    old: list[Table] | None = None
    is_blank: bool = False
    seen: bytes | None = None


def target(
    workspace: Workspace, kind: Kind, sources: Sequence[Path], out: Path | None, report: Path | None, *, update: bool
) -> Target:
    """Where to write. Raises Refusal where something is in the way, Faulty where the roster there cannot be read."""
    there, problems = workspace.roster(kind)
    if problems:
        raise Faulty(problems)
    roster = out or workspace.root / "rosters" / f"{kind}.xlsx"
    _refuse_unfit(workspace, sources, out, report, (there, roster))
    aim = Target(roster, report, workspace.root / "rosters", kind, seen=_content(there or roster))
    if there is None:
        return replace(aim, old=[] if update else None)
    tables, problems = read_tables(there, workspace.shown(there), COLUMNS[kind])
    is_blank = not errors(problems) and not any(map(len, tables))
    if update:
        if errors(problems):
            raise Faulty(problems)
        return replace(aim, there=None if out else there, old=tables, is_blank=is_blank)
    if out is None and not is_blank:
        what = f"已有{KINDS[kind]}“{workspace.shown(there)}”，没有改动。"
        todo = "要用新名单更新它，加 --update；要另存一份，加 --out 文件名.xlsx。"
        raise Refusal("roster-exists", what, todo=todo, exit_code=RULE)
    return replace(aim, there=None if out else there, is_blank=is_blank)


def put(aim: Target, roster: bytes, report: bytes, today: date) -> tuple[Path, Path | None, bool]:
    """Write report and roster; where the report is, where the old roster was put, and whether there was nothing new."""
    refuse_links(aim.folder)
    _refuse_changed(aim)
    told = aim.report or _free(*_report_of(aim, today), ".xlsx", report)
    is_told = told.exists()
    is_same = aim.roster == aim.there and _holds(aim.roster, roster)
    if not is_told:
        write_whole(told, report)
    try:
        put_away = None if is_same or not aim.there else _put_away(aim, today)
        if not is_same:
            write_whole(aim.roster, roster)
            if put_away and aim.there and aim.there != aim.roster:
                with refusing(aim.there):
                    aim.there.unlink()
    except BaseException:
        if not is_told:
            told.unlink(missing_ok=True)
        raise
    return told, put_away, is_same


def _content(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    with refusing(path):
        return path.read_bytes()


def _refuse_changed(aim: Target) -> None:
    """Raise Refusal where the roster is no longer what it was when the import began: somebody else worked on it."""
    now = aim.there or aim.roster
    if aim.roster.parent == aim.folder and _content(now) != aim.seen:
        what = f"导入的时候，“{now.name}”被别的程序或另一条命令改动了，没有写入。"
        raise Refusal("roster-changed", what, todo="请看一看它现在的内容，再运行一次。", exit_code=DAMAGED)


def _report_of(aim: Target, today: date) -> tuple[Path, str]:
    """The folder and name of the report: beside a roster that is written elsewhere, else in ``导入记录``."""
    if aim.roster.parent != aim.folder:
        return aim.roster.parent, f"{aim.roster.stem}-导入报告"
    return aim.folder / REPORTS, f"{KINDS[aim.kind]}-{today}"


def _put_away(aim: Target, today: date) -> Path | None:
    """A copy of the roster that is there, in ``旧名册``; a blank form is not worth one."""
    if aim.there is None or (aim.is_blank and aim.there == aim.roster):
        return None
    with refusing(aim.there):
        content = aim.there.read_bytes()
    kept = _free(aim.folder / OLD, f"{aim.kind}-{today}", aim.there.suffix, content)
    if not kept.exists():
        write_whole(kept, content)
    return kept


def _free(folder: Path, stem: str, suffix: str, content: bytes) -> Path:
    """A file name that is free, or whose file holds `content` already."""
    number, path = 1, folder / f"{stem}{suffix}"
    while path.exists() and not _holds(path, content):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _holds(path: Path, content: bytes) -> bool:
    with refusing(path):
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _refuse_unfit(
    workspace: Workspace,
    sources: Sequence[Path],
    out: Path | None,
    report: Path | None,
    rosters: Sequence[Path | None],
) -> None:
    """Raise Refusal where a file named by the clerk cannot be written, or one to be written is a source."""
    for path, option in ((out, "--out"), (report, "--report")):
        if path is None:
            continue
        workspace.refuse_kept(path, option)
        if path.suffix.lower() != ".xlsx":
            todo = "请写成 名册.xlsx 的样子。"
            raise Refusal("not-xlsx", f"“{path.name}”不是 .xlsx 文件。", todo=todo, exit_code=USAGE)
        if path.exists():
            raise Refusal("file-exists", f"“{path}”已经存在，没有改动。", todo="请换一个文件名。", exit_code=RULE)
    if out and report and out.resolve() == report.resolve():
        todo = "请写成两个文件名。"
        raise Refusal("same-file", "--out 和 --report 是同一个文件。", todo=todo, exit_code=USAGE)
    written = {path.resolve() for path in (*rosters, report) if path is not None}
    for source in sources:
        if source.resolve() in written:
            what = f"“{source.name}”既是来源又是要写的文件，来源不能改动。"
            raise Refusal("source-is-target", what, todo="请把来源另存一份，用那一份导入。", exit_code=USAGE)
