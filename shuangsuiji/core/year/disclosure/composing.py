"""How a notice is put together: every text of it goes through one Veil, whatever kind it is.

- A cell that says nothing is `BLANK`; every row is numbered.
- A listing is both a table (xlsx, csv, attachment) and a variable of the templates, with the same texts.
- A task's digest is that of its row as the public reads it, without the number.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.privacy.masking import Veil
from shuangsuiji.core.privacy.scrubbing import is_identity_number
from shuangsuiji.core.year.disclosure.notice import BLANK, Column, Grid, Kind, Matter, Notice
from shuangsuiji.core.year.disclosure.wording import chinese_day, place_of, plan_citation
from shuangsuiji.core.year.events import Drawn
from shuangsuiji.core.year.sealtext import qr_text

_AGAIN: Mapping[Kind, str] = {
    "plan": "（调整后）",
    "items": "（调整后）",
    "draw": "（第{}次）",
    "adjustments": "（第{}期）",
    "results": "（第{}批）",
    "penalties": "（第{}批）",
}
_NUMBER = Column("序号", 6)
_DIGEST = 16
_SIGNS = re.compile(r"[\s\-]")


class Field(NamedTuple):
    """A column: its variable in a row, its heading, its width in characters."""

    key: str
    heading: str
    width: int


class Listing(NamedTuple):
    """Rows that are shown as a table: `variable` is what templates call them; without the number, which is added."""

    variable: str
    caption: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[str]]


def compose(
    matter: Matter,
    kind: Kind,
    about: str,
    own: Mapping[str, object],
    listings: Iterable[Listing],
    tasks: Sequence[str] = (),
) -> Notice:
    """The notice: `about` = its title after year and agency, `own` = its variables beside those of all notices.

    `tasks`: those that the rows of the first listing make public, in their order.
    """
    veil = veil_of(matter)
    title = veil.text(title_of(matter, kind, about))
    variables = {**_shared(matter, kind, title), **own}
    tables = []
    for listing in listings:
        rows = [
            (str(number), *(veil.text(cell.strip()) or BLANK for cell in row))
            for number, row in enumerate(listing.rows, 1)
        ]
        keys = ("number", *(field.key for field in listing.fields))
        variables[listing.variable] = _Made(dict(zip(keys, row, strict=True)) for row in rows)
        columns = (_NUMBER, *(Column(field.heading, field.width) for field in listing.fields))
        tables.append(Grid(veil.text(listing.caption), columns, rows))
    return Notice(
        kind=kind,
        number=matter.number,
        title=title,
        on=matter.on,
        variables={
            key: list(value) if isinstance(value, _Made) else veil.value(value) for key, value in variables.items()
        },
        tables=tuple(tables),
        tasks={task: digest_of(row) for task, row in zip(tasks, tables[0].rows, strict=True)} if tasks else {},
        corrects=matter.corrects,
        reason=veil.text(matter.reason),
    )


def digest_of(row: Sequence[str]) -> str:
    """What a published row is compared by; its first cell, the number, says nothing of it."""
    return hashlib.sha256("\x1f".join(row[1:]).encode()).hexdigest()[:_DIGEST]


def title_of(matter: Matter, kind: Kind, about: str) -> str:
    """Year, place, bureau, subject; and which one it is where there are several."""
    again = ""
    if matter.corrects:
        again = "（调整后）" if kind in {"plan", "items"} else "（更正）"
    else:
        batch = _batch(matter, kind)
        again = _AGAIN[kind].format(batch) if batch > 1 else ""
    return f"{matter.plan.year}年{matter.plan.agency.name}{about}{again}"


def _batch(matter: Matter, kind: Kind) -> int:
    """Which one of its kind it is, corrections not counted: 第2批 follows the first, however often that was mended."""
    corrections = sum(one.event.what == kind and bool(one.event.corrects) for one in matter.state.notices.values())
    return matter.number - corrections


def veil_of(matter: Matter) -> Veil:
    """What all texts of a notice of `matter` go through."""
    state, plan = matter.state, matter.plan
    ids = {task.subject for task in state.tasks.values()} | {one.subject for one in matter.pool.excluded}
    phones = {_SIGNS.sub("", subject.phone) for subject in matter.rosters.subjects if subject.subject in ids}
    keep = {one for one in ids - phones if not is_identity_number(one)} | {item.code for item in matter.rosters.items}
    if plan.disclosure.inspectors == "codes":
        keep |= {inspector for source in state.sources.values() for inspector in source.inspectors}
    draws = [one.event for one in state.sources.values() if isinstance(one.event, Drawn)]
    rounds = [one.event.seed_line for one in state.history if one.event.kind == "redrawn"]
    lines = [*(draw.seed_line for draw in (*draws, *(voided.drawn for voided in state.voided))), *rounds]
    seeds = [source for draw in draws for source in draw.sources]
    sealed = (qr_text(state.sealed), *state.sealed.announced) if state.sealed else ()
    return Veil(keep, (plan.draw, plan.document_no, matter.checkpoint, *lines, *seeds, *sealed))


class _Made(list[dict[str, str]]):
    """Rows that went through the veil already."""


def _shared(matter: Matter, kind: Kind, title: str) -> dict[str, object]:
    plan, place = matter.plan, place_of(matter.plan.agency.name)
    return {
        "kind": kind,
        "title": title,
        "year": plan.year,
        "place": place,
        "agency": plan.agency.name,
        "bureau": plan.agency.name.removeprefix(place),
        "plan_title": plan.title,
        "document_no": plan.document_no,
        "basis": plan_citation(plan),
        "draw": plan.draw,
        "on": chinese_day(matter.on),
        "on_iso": matter.on.isoformat(),
        "number": matter.number,
        "name": f"{kind}-{matter.number}",
        "corrects": matter.corrects,
        "reason": matter.reason,
        "checkpoint": matter.checkpoint,
    }
