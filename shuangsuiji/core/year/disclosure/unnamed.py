"""Inspectors stay unnamed in what results and penalties say (domain: result tables do not name inspectors).

- All whom seal, draw, redraw or task list name, not only the team: a text may tell of colleagues who came along.
- Not those of today's roster alone: what is published must read the same when somebody new joins the bureau.
"""

import re

from shuangsuiji.core.year.state import State

_INSPECTOR = "执法人员"
_LEAST = 2
"""Characters that a name has; a single one would be found everywhere."""


class Unnamed:
    """Texts with inspectors' names taken out: ``unnamed("监督员01到场")`` is ``执法人员到场``."""

    def __init__(self, state: State):
        names = {name for source in state.sources.values() for name in source.inspectors.values()}
        if state.sealed is not None:
            names.update(state.sealed.inspectors.values())
        longest_first = sorted((name for name in names if len(name) >= _LEAST), key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> str:
        """`text` without their names."""
        return self._pattern.sub(_INSPECTOR, text)
