"""``ssj publish``: decide, make all files, put them on record, then in their place.

- All bytes exist before anything is written. The ledger's line is the moment at which the notice is published.
- A crash before it leaves at most a staging folder that the next command removes; a crash after it loses nothing: the
  next ``ssj publish`` puts the files in their place.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.publish.deciding import Decided, decide
from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.actions.publish.request import Request
from shuangsuiji.actions.publish.site import Settled, pages, put_in_place, settle_public
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.core.year.events import Event, Happened, Placed, Published
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.documents import render_notice
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.public import clear_staging, sha256, stage
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class PublishResult(NamedTuple):
    """What was published (`new`: with the digests of its files; None: nothing), or would be.

    `sizes`: bytes by file. `names`: subjects by id. `problems`: errors in rosters that were passed over.
    """

    plan: Plan
    request: Request
    decided: Decided
    new: Published | None
    sizes: Mapping[str, int]
    names: Mapping[str, str]
    settled: Settled
    problems: Sequence[Problem]
    folder: Path
    checkpoint: Checkpoint


class _Made(NamedTuple):
    """All that one call will write: the event and its files; no files for a web address alone."""

    decided: Decided
    event: Published | Placed | None
    files: Mapping[str, bytes]


def publish(workspace: Workspace, plan_name: str | None, who: Who, request: Request) -> PublishResult:
    """Publish what is asked for. Raises Refusal or Faulty; then nothing was published."""
    desk = Desk(workspace, plan_name, who)
    settled = Settled() if request.dry_run else settle_public(desk)
    ledger = read_ledger(desk.folder)
    state = fold(ledger.happened)
    made = _make(desk, ledger, state, request)
    if made.event is not None and not request.dry_run:
        with locked(desk.folder, by=who.by, at=who.at, command=f"publish {request.kind}"):
            sweep(desk.folder)
            seen = ledger.checkpoint(desk.plan.draw)
            ledger = read_ledger(desk.folder)
            if ledger.checkpoint(desk.plan.draw) != seen:
                state = fold(ledger.happened)
                made = _make(desk, ledger, state, request)
            if made.event is not None:
                settled = _write(desk, ledger, made, settled)
    new = made.event if isinstance(made.event, Published) else None
    sizes = {name: len(content) for name, content in made.files.items()}
    names = desk.names(state)
    checkpoint = ledger.checkpoint(desk.plan.draw)
    return PublishResult(
        desk.plan, request, made.decided, new, sizes, names, settled, desk.problems, desk.folder, checkpoint
    )


def _make(desk: Desk, ledger: Ledger, state: State, request: Request) -> _Made:
    """Decide and render. Raises Refusal or Faulty."""
    decided = decide(desk, state, ledger.happened, str(ledger.checkpoint(desk.plan.draw)), request)
    if decided.published is None or decided.notice is None:
        event: Placed | None = decided.placed
        if event is not None:
            pages(desk, _after(ledger, state, event, desk), {})
        return _Made(decided, event, {})
    files = render_notice(desk.workspace, decided.notice, request.formats)
    published = decided.published.model_copy(update={"files": {name: sha256(files[name]) for name in files}})
    pages(desk, _after(ledger, state, published, desk), files)  # a template that is wrong is told before
    return _Made(decided, published, files)


def _after(ledger: Ledger, state: State, event: Event, desk: Desk) -> State:
    """The state that `event` would make."""
    return fold([Happened(len(ledger.happened) + 1, desk.who.at, desk.who.by, event)], state)


def _write(desk: Desk, ledger: Ledger, made: _Made, settled: Settled) -> Settled:
    """Stage, put on record, put in place. Only under the lock."""
    event = made.event
    if event is None:
        return settled
    try:
        if made.files:
            stage(desk.folder, made.files)
        ledger.append([event], at=desk.who.at, by=desk.who.by)
    except BaseException:
        clear_staging(desk.folder)
        raise
    try:
        finished = put_in_place(desk, ledger, fold(ledger.happened))
    except Refusal as failure:
        line = len(ledger.happened)
        raise Refusal(
            "papers-missing",
            f"已记入台账第{line}行，但公示文件没有放好：{failure.what}",
            todo="处理后再运行一次 ssj publish list，会按台账补齐，不会重复公示。",
            exit_code=DAMAGED,
            happened=True,
        ) from failure
    return Settled((*settled.again, *(name for name in finished.again if name not in made.files)), finished.damages)
