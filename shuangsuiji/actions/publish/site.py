"""The public folder as the ledger says it should be: what a crash cut off is finished, what is missing is made again.

A published file that cannot be had any more is told, and keeps nothing else from being published.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.actions.publish.notices import Making, before, build, shelf_of
from shuangsuiji.actions.publish.opened import opened
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.disclosure.index import index_variables
from shuangsuiji.core.year.publication import Publication
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.documents import FORMATS, render_notice
from shuangsuiji.files.documents.html import render_html
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.public import (
    INDEX,
    PUBLIC,
    Damage,
    Shelf,
    clear_staging,
    has_pages,
    is_settled,
    settle,
    size_of,
    write_pages,
)
from shuangsuiji.files.whole import sweep


class Settled(NamedTuple):
    """Files that were made again, and published files that are lost or were altered."""

    again: Sequence[str] = ()
    damages: Sequence[Damage] = ()


def settle_public(desk: Desk) -> Settled:
    """Finish what an earlier command left, under the lock where there is something to do."""
    state = fold(read_ledger(desk.folder).happened)
    shelves = shelves_of(state)
    if is_settled(desk.folder, shelves) and (not shelves or has_pages(desk.folder, shelves, pages(desk, state, {}))):
        return Settled()
    with locked(desk.folder, by=desk.who.by, at=desk.who.at, command="publish"):
        sweep(desk.folder)
        ledger = read_ledger(desk.folder)
        return put_in_place(desk, ledger, fold(ledger.happened))


def put_in_place(desk: Desk, ledger: Ledger, state: State) -> Settled:
    """Every published file where it belongs, then the lists. Only under the lock."""
    shelves = shelves_of(state)
    sweep(desk.folder / PUBLIC)
    again, damages = settle(desk.folder, shelves, lambda name: _remade(desk, ledger, state.notices[name]))
    if shelves:
        write_pages(desk.folder, shelves, pages(desk, state, {}))
    else:
        clear_staging(desk.folder)
    return Settled(again, damages)


def shelves_of(state: State) -> list[Shelf]:
    """The files of all notices."""
    return [shelf_of(one) for one in state.notices.values()]


def pages(desk: Desk, state: State, fresh: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is made anew whenever something becomes public: the list of all notices, and what is open to recompute.

    `fresh`: files that are not in their place yet. Raises Faulty for a wrong template.
    """
    sizes = {name: len(content) for name, content in fresh.items()}
    for shelf in shelves_of(state):
        for name in shelf.files:
            size = size_of(desk.folder, shelf, name)
            if size is not None:
                sizes.setdefault(name, size)
    files = opened(desk, state)
    variables = index_variables(desk.plan, state.notices, sizes, list(files))
    return {**files, INDEX: render_html(desk.workspace, f"{INDEX}.j2", variables)}


def _remade(desk: Desk, ledger: Ledger, one: Publication) -> Mapping[str, bytes]:
    """The files of a notice made again, from the ledger as it was and rosters and templates as they are."""
    event = one.event
    making = Making(
        kind=event.what,
        on=event.on,
        number=one.number,
        checkpoint=event.checkpoint,
        tasks=tuple(event.tasks),
        corrects=event.corrects,
        reason=event.reason,
        withdraws=event.withdraws,
    )
    formats = tuple(kind for kind in FORMATS if any(name.endswith(f".{kind}") for name in event.files))
    try:
        notice = build(desk, before(one, ledger.happened), making, ledger.happened[: one.line - 1])
        return render_notice(desk.workspace, notice, formats)
    except Refusal:
        return {}
