"""A new folder with everything in it, or none at all.

- Built beside its place under a name that begins with ``.ssj-``, then renamed; what failed leaves nothing behind.
- A folder that is there and empty is filled, not replaced: the clerk may stand in it, and Windows would refuse.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.files.whole import refusing, sync_folder

_NAMED = 5


def refuse_occupied(folder: Path) -> None:
    """Raises Refusal, naming what is in the way, unless `folder` (absolute) is free: not there yet, or empty."""
    with refusing(folder):
        there = next((path for path in (folder, *folder.parents) if path.exists()), None)
        if there is None:
            raise Refusal("no-drive", f"找不到“{folder.anchor}”这个盘。", todo="请核对文件夹名。", exit_code=USAGE)
        if not there.is_dir():
            raise _in_the_way(f"“{there}”是一个文件，不能当文件夹用。", [there.name])
        names = sorted(path.name for path in folder.iterdir()) if there == folder else []
    if names:
        more = f"等 {len(names)} 项" if len(names) > _NAMED else ""
        raise _in_the_way(f"文件夹“{folder}”里已有内容：{'、'.join(names[:_NAMED])}{more}。", names)


def make_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files`, by their path inside it, into `folder`, absolute and free (`refuse_occupied`)."""
    with refusing(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        home = missing[-1].parent if missing else folder
        built = Path(tempfile.mkdtemp(prefix=".ssj-", dir=home))
        moved: list[Path] = []
        try:
            for name, content in files.items():
                _write(built / folder.relative_to(home) / name, content)
            for made in sorted(built.iterdir()):
                made.rename(home / made.name)
                moved.append(home / made.name)
        except BaseException:
            for path in moved:
                _remove(path)
            raise
        finally:
            shutil.rmtree(built, ignore_errors=True)
        sync_folder(home)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _in_the_way(what: str, names: list[str]) -> Refusal:
    todo = "已有的东西不会被覆盖。请换一个文件夹名，或先把它移走。"
    return Refusal("folder-not-empty", f"{what}没有写入任何东西。", todo=todo, details={"in_the_way": names})
