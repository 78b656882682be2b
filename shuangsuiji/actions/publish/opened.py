"""The files with which anybody can recompute the draw: ``public/pool``, ``public/result``, the page ``verify.html``,
and in ``public/check`` the rules and programs that are not ours to run.

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
from shuangsuiji.files.public import CHECK, VERIFY, open_files
from shuangsuiji.files.starter.county import checkers


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
            is_private = has_private_ids(pool, lambda: _telephones(desk))
        except Refusal:  # the pool, or the rosters, cannot be read
            return open_files(desk.folder)
        shown = desk.plan.disclosure.inspectors
        whole = encode(pool)
        if digest(whole) != matter.digest or is_private:
            desk.opened[key] = {}
        else:
            selected = selection(pool, matter.drawn.seed) if matter.drawn else {}
            files = {**pool_files(whole, shown), **result_files(matter, pool, selected, shown)}
            programs = {f"{CHECK}/{name}": content for name, content in checkers().items()}
            desk.opened[key] = {**files, **programs, VERIFY: verify_page(facts, files)}
    return desk.opened[key]


def _telephones(desk: Desk) -> set[str]:
    return {"".join(filter(str.isdigit, subject.phone)) for subject in desk.rosters.subjects}
