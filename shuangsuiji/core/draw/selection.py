"""Which subjects of a stratum are drawn (protocol §5).

1. Everybody who must be drawn.
2. With coverage: for h = 1 … C, from those whose time is up within h years, in ticket order, until a fair share
   (one in h, rounded up) of them is drawn.
3. Anybody in ticket order until the number is reached.

Steps 1 and 2 may exceed the number; it grows, it never shrinks.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from shuangsuiji.core.draw.chance import Ticket

Why = Literal["must", "coverage", "random"]
MUST: Why = "must"
COVERAGE: Why = "coverage"
RANDOM: Why = "random"


class Candidate(Protocol):
    """One subject of one stratum; `left` = years left until it must have been visited, or None."""

    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def must(self) -> bool: ...  # noqa: D102
    @property
    def left(self) -> int | None: ...  # noqa: D102


class Ticketed(NamedTuple):
    """A subject with its ticket, and why it was drawn (blank = not drawn)."""

    subject: str
    ticket: str
    why: Why | Literal[""]


def select(
    candidates: Sequence[Candidate],
    *,
    number: int,
    years: int | None,
    scope: str,
    ticket: Ticket,
) -> list[Ticketed]:
    """All `candidates` in ticket order, each with why it was drawn; `number` = n of the protocol.

    `scope` is the stratum's code (independent tickets) or ``shared``; `years` = C of the coverage rule, or None.
    """
    order = sorted((ticket("object", scope, c.subject), c) for c in candidates)
    why = chosen([c for _, c in order], number=number, years=years)
    return [Ticketed(c.subject, text, why.get(c.subject, "")) for text, c in order]


def chosen(order: Sequence[Candidate], *, number: int, years: int | None) -> dict[str, Why]:
    """Those who are drawn, and why; `order` = all candidates in ticket order."""
    why = {c.subject: MUST for c in order if c.must}
    for horizon in range(1, (years or 0) + 1):
        due = [c.subject for c in order if c.left is not None and c.left <= horizon]
        missing = -(-len(due) // horizon) - sum(subject in why for subject in due)
        _draw_first(due, missing, COVERAGE, why)
    _draw_first((c.subject for c in order), number - len(why), RANDOM, why)
    return why


def number_drawn(candidates: Sequence[Candidate], *, number: int, years: int | None) -> int:
    """How many `select` draws: the same for every seed, so a plan can be checked before its draw.

    Step 2 draws for each h exactly what the share of those within h still lacks, whoever that is, and a subject
    drawn for h counts for every later h too: only the numbers per year matter, never the tickets.

    """
    drawn = sum(c.must for c in candidates)
    if not years:
        return max(drawn, number)
    for horizon in range(1, years + 1):
        due = [c for c in candidates if c.left is not None and c.left <= horizon]
        # Whatever was drawn by coverage so far has left ≤ horizon; of the must only those within it count.
        outside = sum(c.must for c in candidates) - sum(c.must for c in due)
        drawn = max(drawn, outside + -(-len(due) // horizon))
    return max(drawn, number)


def _draw_first(subjects: Iterable[str], missing: int, reason: Why, why: dict[str, Why]) -> None:
    for subject in subjects:
        if missing <= 0:
            return
        if subject not in why:
            why[subject] = reason
            missing -= 1
