"""``ssj seal --request``, ``--timestamp``: time stamps of the pool or of a checkpoint, kept with the dossier.

What a stamp is of, its digest says: the pool's, or that of a ledger line.
"""

from pathlib import Path
from typing import Literal, NamedTuple

from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import TimestampAttached
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import Ledger, line_digests, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.public import sha256
from shuangsuiji.files.timestamps import Stamp, read_stamp, request
from shuangsuiji.files.whole import sweep, write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

Of = Literal["pool", "checkpoint"]


class RequestResult(NamedTuple):
    """The request that was written, and of what; `line`: the checkpoint's."""

    file: Path
    of: Of
    digest: str
    line: int


class StampResult(NamedTuple):
    """The stamp on record, and the file that was kept."""

    event: TimestampAttached
    kept: Path
    checkpoint: Checkpoint


def ask(workspace: Workspace, plan_name: str | None, file: Path, of: Of) -> RequestResult:
    """Write the request for a stamp of the sealed pool, or of the ledger as it is now, to `file`."""
    workspace.refuse_kept(file, "--request")
    dossier = workspace.dossier(workspace.plan_file(plan_name))
    ledger = read_ledger(dossier.folder)
    if of == "pool":
        digest, line = _sealed(fold(ledger.happened)), 0
    else:
        checkpoint = ledger.checkpoint("")
        if not checkpoint.lines:
            raise Refusal("nothing-yet", "台账还是空的，没有校验点。", todo="先封存或抽取。")
        digest, line = checkpoint.digest, checkpoint.lines
    write_whole(file, request(digest))
    return RequestResult(file, of, digest, line)


def attach(
    workspace: Workspace, plan_name: str | None, who: Who, file: Path, *, certificate: Path, of: Of | None
) -> StampResult:
    """Put the stamp in `file` on record. `certificate`: of a root that is trusted. Raises Refusal."""
    dossier = workspace.dossier(workspace.plan_file(plan_name))
    content = _read(file)
    roots = _read(certificate)
    stamp = read_stamp(content, roots)
    _event(dossier, read_ledger(dossier.folder), stamp, content, of, who)
    with locked(dossier.folder, by=who.by, at=who.at, command="seal --timestamp"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        event = _event(dossier, ledger, stamp, content, of, who)
        kept = dossier.timestamps / event.file
        write_whole(kept, content)
        write_whole(kept.with_suffix(".pem"), roots)
        ledger.append([event], at=who.at, by=who.by)
    origin = fold(ledger.happened).sealed
    return StampResult(event, kept, ledger.checkpoint(origin.draw if origin else dossier.folder.name))


def _event(
    dossier: Dossier, ledger: Ledger, stamp: Stamp, content: bytes, of: Of | None, who: Who
) -> TimestampAttached:
    """What to put on record. Raises Refusal where the stamp is of something else, or on record already."""
    state = fold(ledger.happened)
    is_pool = state.sealed is not None and stamp.digest == state.sealed.pool_digest
    line = 0 if is_pool else next((n for n, one in line_digests(dossier.folder) if one == stamp.digest), 0)
    found: Of = "pool" if is_pool else "checkpoint"
    if not is_pool and not line:
        what = f"这个时间戳证明的是 {stamp.digest}，既不是本卷宗的名册摘要，也不是任何一行台账的校验点。"
        raise Refusal("other-timestamp", what, todo="请核对是不是别的卷宗的；请求文件用 ssj seal --request 重新做。")
    if of is not None and of != found:
        what = "时间戳证明的是名册摘要。" if is_pool else f"时间戳证明的是台账第 {line} 行的校验点。"
        raise Refusal("other-timestamp", what, todo=f"请去掉 --of，或写 --of {found}。", exit_code=USAGE)
    digest = sha256(content)
    for one in state.timestamps:
        if one.sha256 == digest:
            raise Refusal("already-attached", f"这个时间戳已经登记过（{one.file}）。")
    same = sum(one.of == found and one.line == line for one in state.timestamps)
    name = f"{found}{f'-{line}' if line else ''}{f'_{same + 1}' if same else ''}.tsr"
    return TimestampAttached(
        on=who.now.date(),
        of=found,
        digest=stamp.digest,
        line=line,
        time=stamp.time,
        authority=stamp.authority,
        file=name,
        sha256=digest,
        certificate=stamp.certificate,
    )


def _sealed(state: State) -> str:
    if state.sealed is None:
        raise Refusal("nothing-sealed", "名册还没有封存，没有摘要可以做时间戳。", todo="封存用 ssj seal。")
    return state.sealed.pool_digest


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise Refusal("no-file", f"读不了“{file}”。", todo="请核对文件名。", exit_code=USAGE) from failure
