"""One writer at a time: a lock on a plan's dossier, held by the command that changes it.

The second command waits briefly, then says who holds the lock. A lock dies with its process.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.files.inside import refuse_links
from shuangsuiji.files.whole import refusing

WAIT_SECONDS = 5.0


@contextmanager
def locked(
    dossier: Path, *, by: str, at: str, command: str, wait: float = WAIT_SECONDS, only_reads: bool = False
) -> Iterator[None]:
    """Hold the dossier's lock during the block. Raises Refusal when somebody else keeps it for `wait` seconds.

    A dossier with links in it is refused, but to who `only_reads`.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers need it

    holder = dossier / ".holder.json"
    with refusing(dossier):
        if not only_reads:
            refuse_links(dossier)
        dossier.mkdir(parents=True, exist_ok=True)
        lock = FileLock(dossier / ".lock", timeout=wait)
        try:
            lock.acquire()
        except Timeout:
            raise Refusal(
                "locked",
                f"“{dossier.name}”正被另一条命令使用{_said(holder)}。",
                todo="请等它结束后再试。",
                exit_code=DAMAGED,
            ) from None
    try:
        with refusing(holder):
            text = json.dumps({"by": by, "at": at, "pid": os.getpid(), "command": command}, ensure_ascii=False)
            holder.write_text(text, encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _said(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"（{told['by']}，{told['at'][:16].replace('T', ' ')} 起，ssj {told['command']}，进程 {told['pid']}）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
