"""A dossier stays where it is: nothing is written through a link, which might lead anywhere.

A folder that came by mail or on a stick may hold links (or Windows' junctions) to other people's files. Reading through
them is the reader's own right; a write would land where nobody looks. Files themselves are safe: they are replaced, not
written into (`files.whole`), but for the ledger, which grows in its place.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from shuangsuiji.core.refusal import DAMAGED, Refusal


def refuse_links(folder: Path) -> None:
    """Raise Refusal where `folder`, the one it stands in, or something in it (two levels deep) is a link."""
    for path in (folder.parent, folder, *_within(folder, 2)):
        if _is_link(path):
            raise Refusal(
                "linked-folder",
                f"“{path}”是指向别处的链接，不能往里写：内容会落到工作文件夹之外。没有写入任何内容。",
                todo="请删去这个链接，把文件放回原处；要放在别的磁盘上，请移动整个工作文件夹。",
                exit_code=DAMAGED,
            )


def _within(folder: Path, levels: int) -> Iterator[Path]:
    if not levels or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
                if not _is_link(Path(entry.path)):
                    yield from _within(Path(entry.path), levels - 1)


def _is_link(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    is_junction = getattr(found, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return stat.S_ISLNK(found.st_mode) or is_junction
