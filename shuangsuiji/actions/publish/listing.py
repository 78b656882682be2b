"""``ssj publish list``: what is public, whether every file is what it was, and what waits. Puts nothing on record."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.actions.publish.notices import rows_now
from shuangsuiji.actions.publish.site import settle_public, shelves_of
from shuangsuiji.actions.who import Who
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.disclosure import choosing
from shuangsuiji.core.year.disclosure.choosing import Choice, OfTasks
from shuangsuiji.core.year.publication import Publication
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.public import Damage, size_of
from shuangsuiji.files.workspace import Workspace

KINDS: tuple[OfTasks, ...] = ("results", "penalties")


class Listing(NamedTuple):
    """All notices of a plan. `again`: files just made again; `damages`: those that cannot be had any more.

    `ready`: what waits, by kind; `changed`, `to_withdraw`: see `deciding.Decided`. `sizes`: bytes by file.
    """

    plan: Plan
    notices: Mapping[str, Publication]
    sizes: Mapping[str, int]
    ready: Mapping[OfTasks, Choice]
    changed: Mapping[str, Sequence[str]]
    to_withdraw: Sequence[str]
    again: Sequence[str]
    damages: Sequence[Damage]


def listing(workspace: Workspace, plan_name: str | None, who: Who) -> Listing:
    """What is public and what waits. Raises Refusal or Faulty where that cannot be known."""
    desk = Desk(workspace, plan_name, who)
    settled = settle_public(desk)
    state = fold(read_ledger(desk.folder).happened)
    clocks = desk.open_clocks(state) if state.tasks else []
    changed: dict[str, list[str]] = {}
    for kind in KINDS:
        out = list(choosing.public(state, kind))
        changed |= choosing.changed(state, kind, rows_now(desk, state, kind, out))
    found = ((name, size_of(desk.folder, shelf, name)) for shelf in shelves_of(state) for name in shelf.files)
    return Listing(
        plan=desk.plan,
        notices=state.notices,
        sizes={name: size for name, size in found if size is not None},
        ready={kind: choosing.choose(state, kind, clocks, otherwise=False) for kind in KINDS},
        changed=changed,
        to_withdraw=choosing.to_be_withdrawn(state),
        again=settled.again,
        damages=settled.damages,
    )
