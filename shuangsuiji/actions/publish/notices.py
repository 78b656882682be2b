"""A notice of any kind, as the ledger was before it: the same again gives the same bytes."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.publish.desk import Desk
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.disclosure.choosing import differences
from shuangsuiji.core.year.disclosure.composing import digest_of
from shuangsuiji.core.year.disclosure.notice import Column, Grid, Kind, Matter, Notice
from shuangsuiji.core.year.events import Happened
from shuangsuiji.core.year.publication import Publication
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.public import Shelf, published_bytes

_CHANGES = (
    Column("序号", 6),
    Column("单位名称", 24),
    Column("栏目", 12),
    Column("原公示内容", 30),
    Column("更正后", 30),
)
_NUMBER, _NAMES = "序号", {"单位名称", "行政相对人名称"}

Row = tuple[str, ...]


class Making(NamedTuple):
    """What notice to make: of which tasks; which one it `corrects`, and which of its tasks it takes back."""

    kind: Kind
    on: date
    number: int
    checkpoint: str
    tasks: tuple[str, ...] = ()
    corrects: str = ""
    reason: str = ""
    withdraws: tuple[str, ...] = ()


def build(desk: Desk, state: State, making: Making, happened: Sequence[Happened]) -> Notice:
    """The notice. `happened`: the ledger that `state` is the fold of, for the text of what is corrected."""
    notice = _plain(desk, state, making, happened)
    if making.kind not in {"results", "penalties"}:
        return notice
    changes = _changes(desk, state, notice, making, happened) if making.corrects else []
    numbered = [{"number": str(number), **change} for number, change in enumerate(changes, 1)]
    tables = notice.tables
    if changes:
        rows = [tuple(change[key] for key in ("number", "name", "column", "old", "new")) for change in numbered]
        tables = (*tables, Grid("更正情况", _CHANGES, rows))
    return replace(notice, variables={**notice.variables, "changes": numbered}, tables=tables)


def rows_now(desk: Desk, state: State, kind: Kind, tasks: Sequence[str]) -> Mapping[str, str]:
    """The digests of the rows of `tasks` as they would be published now."""
    return _plain(desk, state, Making(kind, desk.today, 1, "", tuple(tasks))).tasks if tasks else {}


def before(publication: Publication, happened: Sequence[Happened]) -> State:
    """The state that a notice was made of."""
    return fold(happened[: publication.line - 1])


def shelf_of(publication: Publication) -> Shelf:
    """The files of a notice."""
    event = publication.event
    return Shelf(event.notice, event.files, publication.is_withdrawn)


def _plain(desk: Desk, state: State, making: Making, happened: Sequence[Happened] = ()) -> Notice:
    matter = Matter(
        plan=desk.plan,
        rosters=desk.rosters,
        state=state,
        pool=desk.pool(state, making.kind),
        checkpoint=making.checkpoint,
        on=making.on,
        number=making.number,
        corrects=_told(state, making.corrects),
        reason=making.reason,
        happened=happened,
        pool_changes=desk.pool_changes(state) if making.kind == "plan" else (),
        risk=desk.risk(state) if making.kind == "plan" else (),
    )
    return _made(matter, making)


def _made(matter: Matter, making: Making) -> Notice:
    """What the builder of the kind makes; only that one is imported."""
    match making.kind:
        case "plan":
            from shuangsuiji.core.year.disclosure import plan  # noqa: PLC0415 - see above

            return plan.notice(matter)
        case "items":
            from shuangsuiji.core.year.disclosure import items  # noqa: PLC0415 - see above

            return items.notice(matter)
        case "draw":
            from shuangsuiji.core.year.disclosure import draw  # noqa: PLC0415 - see above

            return draw.notice(matter)
        case "adjustments":
            from shuangsuiji.core.year.disclosure import adjustments  # noqa: PLC0415 - see above

            return adjustments.notice(matter)
        case "results":
            from shuangsuiji.core.year.disclosure import results  # noqa: PLC0415 - see above

            return results.notice(matter, making.tasks)
        case "penalties":
            from shuangsuiji.core.year.disclosure import penalties  # noqa: PLC0415 - see above

            return penalties.notice(matter, making.tasks, making.withdraws)


def _changes(
    desk: Desk, state: State, notice: Notice, making: Making, happened: Sequence[Happened]
) -> list[dict[str, str]]:
    """What became of the rows that the corrected notice had."""
    old = state.notices[making.corrects]
    columns = [column.heading for column in notice.tables[0].columns]
    new = _by_task(notice.tasks, notice.tables[0].rows)
    known = _published_rows(desk, old, happened)
    numbers = [place for place, heading in enumerate(columns) if heading == _NUMBER]
    name = next((place for place, heading in enumerate(columns) if heading in _NAMES), 0)
    found = [
        {"name": new[change["task"]][name], **{key: change[key] for key in ("column", "old", "new")}}
        for change in differences(columns, known, new, numbers)
    ]
    return list({tuple(change.values()): change for change in found}.values())  # several tasks, one decision: one row


def _published_rows(desk: Desk, old: Publication, happened: Sequence[Happened]) -> dict[str, Row]:
    """The rows as they were published: made again where that gives the same, else as the csv file has them."""
    event = old.event
    making = Making(event.what, event.on, old.number, event.checkpoint, tuple(event.tasks))
    rows: list[Row] = []
    with suppress(Refusal):  # what the rosters no longer give, the file may
        rows += _plain(desk, before(old, happened), making).tables[0].rows
    content = published_bytes(desk.folder, shelf_of(old), f"{event.notice}.csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline="")):
        rows += [tuple(row), tuple(cell.removeprefix("'") for cell in row)]
    return _by_task(event.tasks, rows)


def _by_task(tasks: Mapping[str, str], rows: Iterable[Row]) -> dict[str, Row]:
    """The row of each task, found by its digest."""
    known = {digest_of(row): row for row in rows}
    return {task: known[digest] for task, digest in tasks.items() if digest in known}


def _told(state: State, name: str) -> str:
    """What a notice calls the one that it corrects."""
    if name not in state.notices:
        return ""
    event = state.notices[name].event
    return f"{event.title}（{event.on.year}年{event.on.month}月{event.on.day}日公示，{name}）"
