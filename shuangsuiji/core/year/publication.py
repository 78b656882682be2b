"""Notices as they stand, and what publishing them says of tasks: so that their clocks end.

- A results notice gives its tasks the day of publication, a penalties notice theirs; one that only restates what
  another had made public leaves those days as they are.
- Of a corrected penalties notice the old one goes off the site; any other stays beside its correction.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shuangsuiji.core.year.events import Published

_DAY = {"results": "published", "penalties": "penalty_published"}


class Publication(NamedTuple):
    """A published notice: its ledger line and when that was entered; `urls` where it stands, the newest last.

    `corrected_by`: the notices that correct or replace it. `void`: the paper that voided the draw it tells of.
    """

    event: Published
    line: int
    at: str
    urls: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    void: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether its files are on the site no more."""
        return self.event.what == "penalties" and bool(self.corrected_by)

    @property
    def number(self) -> int:
        """The number in its name: 2 for ``results-2``."""
        return int(self.event.notice.rsplit("-", 1)[1])


def with_published(notices: Mapping[str, Publication], event: Published, line: int, at: str) -> dict[str, Publication]:
    """`notices` and that of `event`."""
    found = dict(notices)
    old = found.get(event.corrects)
    if old is not None:
        found[event.corrects] = old._replace(corrected_by=(*old.corrected_by, event.notice))
    found[event.notice] = Publication(event, line, at, (event.url,) if event.url else ())
    return found


def without_draw(notices: Mapping[str, Publication], document_no: str) -> dict[str, Publication]:
    """`notices` after the draw in force was voided by that paper: draw notices from before tell of a void one."""
    return {
        name: one._replace(void=document_no) if one.event.what == "draw" and not one.void else one
        for name, one in notices.items()
    }


def findings_of(
    notices: Mapping[str, Publication], event: Published
) -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    """By task what a publication sets, and what it sets where nothing stands. `notices`: those before it."""
    field, day = _DAY.get(event.what, ""), event.on.isoformat()
    if not field:
        return
    corrected = notices.get(event.corrects)
    before = corrected.event.tasks if corrected is not None else {}
    where = {"published_at": event.url} if event.url else {}
    for task in event.tasks:
        yield (task, where, {field: day}) if task in before else (task, {field: day, **where}, {})
    for task in event.withdraws:
        yield task, {"penalty_withdrawn": day}, {}


def latest(notices: Mapping[str, Publication], what: str) -> Publication | None:
    """The newest notice of a kind; None where there is none."""
    return next((one for one in reversed(list(notices.values())) if one.event.what == what), None)


def standing(notices: Mapping[str, Publication], what: str) -> dict[str, Publication]:
    """By task the newest notice of a kind that tells of it; tasks that a notice withdrew are not public."""
    found: dict[str, Publication] = {}
    for one in notices.values():
        if one.event.what == what:
            found.update(dict.fromkeys(one.event.tasks, one))
            for task in one.event.withdraws:
                found.pop(task, None)
    return found
