"""What the tests of contents share: the matter of a county's notices, as its files and ledger are now."""

from dataclasses import replace
from datetime import date

from shuangsuiji.actions.gather import gather
from shuangsuiji.core.year.disclosure.notice import Grid, Matter
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Workspace
from tests.conftest import County

ON = date(2023, 6, 30)
CHECKPOINT = "T-2023#9:" + "ab13800000001c" * 4 + "0123abcd"
"""64 hex digits that hold what looks like a telephone number."""


def matter(county: County, **changes: object) -> Matter:
    """The matter, parts of it changed."""
    workspace = Workspace(county.root)
    plan_file = workspace.plan_file(None)
    dossier = workspace.dossier(plan_file)
    gathered = gather(workspace, plan_file, date(2023, 5, 8))
    happened = read_ledger(dossier.folder).happened
    state = fold(happened)
    pool = read_pool(dossier.pool, state.sealed.pool_digest) if state.sealed else gathered.sealing.pool
    made = Matter(gathered.intent.plan, gathered.rosters, state, pool, CHECKPOINT, ON, happened=happened)
    return replace(made, **changes)  # type: ignore[arg-type]


def headings(grid: Grid) -> list[str]:
    return [column.heading for column in grid.columns]


def everything(value: object) -> str:
    """All texts of a notice's variables, keys apart."""
    if isinstance(value, dict):
        return "\n".join(map(everything, value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(map(everything, value))
    return str(value)
