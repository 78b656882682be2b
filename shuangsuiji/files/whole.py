"""Files are written whole or not at all: temporary file, fsync, rename. Folders are swapped in.

A crash leaves the old file or the new one, and at most a temporary one whose name begins with ``.ssj-``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shuangsuiji.core.refusal import DAMAGED, Refusal

_TEMPORARY = ".ssj-"


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put `content` at `path`. Raises Refusal where the disk or another program does not let us."""
    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A temporary folder that takes the place of `path` when the block ends well, and vanishes when it does not."""
    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=path.parent))
        temporary.chmod(0o755)
        try:
            yield temporary
            _swap(temporary, path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        sync_folder(path.parent)


def write_folder(path: Path, files: dict[str, bytes]) -> None:
    """Make `path` a folder of exactly `files`."""
    with whole_folder(path) as temporary:
        for name, content in files.items():
            target = temporary / name
            with target.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Remove what a crash left in `folder`. Only under the lock of the one who writes there."""
    for leftover in folder.glob(f"{_TEMPORARY}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except PermissionError as failure:
        what = f"写不进“{failure.filename or path}”，可能正被 Excel 或 WPS 打开，或没有写入权限。"
        raise Refusal("file-locked", what, todo="请关闭它，再运行一次同样的命令。", exit_code=DAMAGED) from failure
    except OSError as failure:
        what = f"写“{path}”时出错：{reason_of(failure)}。"
        raise Refusal("write-failed", what, todo="请处理后再运行一次同样的命令。", exit_code=DAMAGED) from failure


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system has that notion (not Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(temporary: Path, path: Path) -> None:
    if path.exists():
        old = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=path.parent))
        path.replace(old / path.name)
        try:
            temporary.replace(path)
        except BaseException:
            (old / path.name).replace(path)
            old.rmdir()
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        temporary.replace(path)


def reason_of(failure: OSError) -> str:
    """Why the operating system refused, in Chinese where we know the word."""
    import errno  # noqa: PLC0415 - only when something failed

    known = {errno.ENOSPC: "磁盘已满", errno.EROFS: "磁盘是只读的", errno.EDQUOT: "磁盘配额已满"}
    known |= {
        errno.ENAMETOOLONG: "文件名太长",
        errno.ENOENT: "文件夹不存在",
        errno.EIO: "磁盘读写故障",
        errno.EACCES: "没有权限",
        errno.EISDIR: "是文件夹，不是文件",
        errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
        errno.EEXIST: "路径里有一段是文件，不是文件夹",
    }
    return known.get(failure.errno or 0, failure.strerror or "未知原因")
