"""What was made public: a notice with its files, and where somebody put it."""

from datetime import date
from typing import Literal

from shuangsuiji.core.year.events.base import Happening


class Published(Happening):
    """A notice (公示文书) was published: `notice` is its name (``results-1``), `what` its kind.

    `files`: SHA-256 by name. `tasks`: those it makes public, each with the digest of its row, so that a later change is
    seen. `content`: digest of what it says, apart from day, number and checkpoint: the same again is nothing new.
    `corrects`: the notice that it corrects or replaces, `withdraws`: the tasks of that one which are public no more.
    `checkpoint`: the one printed on it.
    """

    kind: Literal["published"] = "published"
    v: Literal[1] = 1
    on: date
    notice: str
    what: Literal["plan", "items", "draw", "adjustments", "results", "penalties"]
    title: str
    files: dict[str, str]
    tasks: dict[str, str] = {}
    content: str = ""
    corrects: str = ""
    reason: str = ""
    withdraws: tuple[str, ...] = ()
    url: str = ""
    checkpoint: str = ""


class Placed(Happening):
    """A notice stands at a web address."""

    kind: Literal["placed"] = "placed"
    v: Literal[1] = 1
    on: date
    notice: str
    url: str
