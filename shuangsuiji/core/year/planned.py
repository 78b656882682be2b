"""The day planned for each visit, by source: what `Scheduled` makes of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from shuangsuiji.core.year.events import Scheduled
from shuangsuiji.core.year.wholevisit import whole

if TYPE_CHECKING:
    from shuangsuiji.core.year.state import Source


def with_planned(sources: "Mapping[str, Source]", event: Scheduled) -> "dict[str, Source]":
    """`sources` with the days of `event`. Raises KeyError for a visit that there is not."""
    planned: dict[str, dict[str, date]] = {}
    for one in event.visits:
        planned.setdefault(one.source, {})[one.visit] = one.day
    changed = dict(sources)
    for name, days in planned.items():
        source = sources[name]
        strange = days.keys() - set(map(whole, source.visits))
        if strange:
            raise KeyError(min(strange))
        changed[name] = source._replace(planned={**source.planned, **days})
    return changed
