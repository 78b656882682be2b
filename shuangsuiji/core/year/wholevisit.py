"""A visit and its teams: where several departments go together, ``A1:WJ`` and ``A1:SJ`` are one visit, ``A1``.

Programs count teams (protocol §6: each has an id), people count visits.
"""

from collections.abc import Iterable

from shuangsuiji.core.year.events import DrawnVisit


def whole(visit: str) -> str:
    """The visit of which `visit` is a department's part.

    >>> whole("A1:SJ"), whole("A1/2")
    ('A1', 'A1/2')
    """
    return visit.split(":", 1)[0]


def number_of_visits(visits: Iterable[DrawnVisit]) -> int:
    """How many visits, as people count them."""
    return len({whole(visit.visit) for visit in visits})


def is_joint(visits: Iterable[DrawnVisit]) -> bool:
    """Whether any visit is made by several departments."""
    return any(visit.department for visit in visits)


def visits_of_tasks(visits: Iterable[DrawnVisit]) -> dict[tuple[str, str], str]:
    """(stratum, subject) → the visit. Of a joint visit's teams (``visit:DEPARTMENT``) the visit as a whole."""
    return {(stratum, v.subject): v.visit.split(":", 1)[0] for v in visits for stratum in v.strata}
