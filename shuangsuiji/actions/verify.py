"""``ssj verify``: gather a dossier's bytes, let `core.verifying` decide. Writes nothing, whatever it finds."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.verifying import FORM, LEDGER, Check, Line, Verdict, shown, tidy
from shuangsuiji.core.verifying import verify as decide
from shuangsuiji.core.year.events import TimestampAttached
from shuangsuiji.files.dossier import Opened, opened
from shuangsuiji.files.workspace import Workspace

_TRIES = 3
"""How often it is looked again where another command wrote in between."""


class Verified(NamedTuple):
    """The verdict on the dossier at `path` (in it, at `base`); `checkpoints`: how many were given."""

    path: Path
    base: str
    verdict: Verdict
    checkpoints: int


def verify(workspace: Workspace, plan_name: str | None, path: Path | None, checkpoints: Sequence[str]) -> Verified:
    """Verify the dossier at `path`, else the plan's own.

    Raises Refusal: wrong use for what is no dossier or no checkpoint, exit 4 for what cannot be read.
    """
    for text in checkpoints:
        if not FORM.fullmatch(tidy(text)):
            what = f"“{text}”不是校验点。"
            todo = "校验点写成 抽取编号#行数:64位摘要，印在任务单、公示文书和抽取的屏幕上。"
            raise Refusal("checkpoint-form", what, todo=todo, exit_code=USAGE)
    where = workspace.dossier(workspace.plan_file(plan_name)).folder if path is None else path
    if path is None and not (where / LEDGER).is_file():
        what = f"“{workspace.shown(where)}”里没有台账，没有可核对的。"
        raise Refusal("no-dossier", what, todo="先抽取（ssj draw），或写明卷宗、zip、归档包的路径。", exit_code=USAGE)
    for _ in range(_TRIES):
        with opened(where, Path(plan_name).stem if plan_name else "") as found:
            before = len(found.files.get(LEDGER, b""))
            verdict = _verdict(found, checkpoints)
            if verdict.holds or before == _length(found):
                break
    return Verified(found.path, found.base, verdict, len(checkpoints))


def _verdict(found: Opened, checkpoints: Sequence[str]) -> Verdict:
    """The verdict; a bag's own manifests are a check of their own, its checkpoint one that is given."""
    verdict = decide(found.files, [*checkpoints, *filter(None, [found.checkpoint])])
    if verdict.stamps:
        verdict = verdict._replace(lines=(*verdict.lines, _stamps(found, verdict.stamps)))
    if found.faults is None:
        return verdict
    first = found.faults[0] if found.faults else None
    if first is None:
        line = Line("bag", found.payload)
    else:
        line = Line("bag", found.payload, len(found.faults), 0, first.name, f"bag-{first.why}", "", first.what)
    return verdict._replace(lines=(line, *verdict.lines))


def _stamps(found: Opened, stamps: Sequence[TimestampAttached]) -> Line:
    """Whether the signatures of the time stamps hold, by the certificates kept beside them."""
    from shuangsuiji.files.timestamps import read_stamp  # noqa: PLC0415 - only where there are any

    check = Check("stamps")
    for event in stamps:
        name = f"timestamps/{event.file}"
        roots = f"{name.removesuffix('.tsr')}.pem"
        missing = [each for each in (name, roots) if each not in found.files]
        if missing:
            check.wrong(missing[0], "missing")
            continue
        try:
            stamp = read_stamp(found.files[name], found.files[roots])
        except Refusal as refused:
            if refused.code == "no-library":
                check.cannot()
            else:
                check.wrong(name, "stamp", "", refused.what)
            continue
        told = (event.digest, event.time, event.certificate)
        check.same(name, "stamp", shown(told), shown((stamp.digest, stamp.time, stamp.certificate)))
    return check.line


def _length(found: Opened) -> int:
    """How long the ledger is now: another command may have written meanwhile."""
    return len(found.files.get(LEDGER, b""))
