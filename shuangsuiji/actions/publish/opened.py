"""The files with which anybody can recompute the draw: ``public/pool``, ``public/result`` and the page ``verify.html``.

Made again from ledger and pool like the index. Where the pool is damaged what is public stays as it is.
"""

from collections.abc import Mapping

from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.core.draw.drawing import selection
from shuangsuiji.core.draw.pool import digest, encode
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.disclosure.opening import (
    has_private_ids,
    open_now,
    page_facts,
    pool_files,
    result_files,
)
from shuangsuiji.core.year.state import State
from shuangsuiji.files.documents.verifypage import verify_page
from shuangsuiji.files.public import VERIFY, open_files


def opened(desk: Desk, state: State) -> Mapping[str, bytes]:
    """What is open by `state`, by path in the public folder; nothing where no pool is public."""
    matter = open_now(state)
    if matter is None:
        return {}
    facts = page_facts(matter, desk.plan)
    key = repr((facts, matter.drawn is not None))
    if key not in desk.opened:
        try:
            pool = desk.sealed_pool(matter.digest)
        except Refusal:
            return open_files(desk.folder)
        shown = desk.plan.disclosure.inspectors
        whole = encode(pool)
        if digest(whole) != matter.digest or has_private_ids(pool):
            desk.opened[key] = {}
        else:
            selected = selection(pool, matter.drawn.seed) if matter.drawn else {}
            files = {**pool_files(whole, shown), **result_files(matter, pool, selected, shown)}
            desk.opened[key] = {**files, VERIFY: verify_page(facts, files)}
    return desk.opened[key]
