"""What changed between two pools: who was added, removed, re-classified, re-named, re-numbered since the last sealing.

A subject that vanished under one id and appeared under another, with a name that is nobody else's in either pool, is
the same one with another number: ids make tickets, so a new number is a new ticket.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool, csv_bytes

FIELDS = ("change", "subject", "name", "strata", "before")


class PoolChange(NamedTuple):
    """Subject ids; `against` = the dossier of the earlier pool; `renumbered` = (earlier id, id now)."""

    against: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reclassified: tuple[str, ...]
    renamed: tuple[str, ...]
    renumbered: tuple[tuple[str, str], ...] = ()


def change(before: Pool, now: Pool, against: str) -> PoolChange:
    """How `now` differs from `before`; a subject counts once, whatever the number of its strata."""
    strata_before, names_before = _sorted_in(before)
    strata_now, names_now = _sorted_in(now)
    both = sorted(strata_before.keys() & strata_now.keys())
    gone, come = strata_before.keys() - strata_now.keys(), strata_now.keys() - strata_before.keys()
    renumbered = tuple(sorted(_renumbered(names_before, names_now, gone, come)))
    return PoolChange(
        against,
        added=tuple(sorted(come - {new for _, new in renumbered})),
        removed=tuple(sorted(gone - {old for old, _ in renumbered})),
        reclassified=tuple(subject for subject in both if strata_before[subject] != strata_now[subject]),
        renamed=tuple(subject for subject in both if names_before[subject] != names_now[subject]),
        renumbered=renumbered,
    )


def change_rows(before: Pool, now: Pool, found: PoolChange) -> Iterator[tuple[str, ...]]:
    """One row for each: which change, id, name and strata as they are now (of those removed: were), what was before."""
    strata_before, names_before = _sorted_in(before)
    strata_now, names_now = _sorted_in(now)

    def row(kind: str, subject: str, earlier: str = "") -> tuple[str, ...]:
        is_gone = kind == "removed"
        name, strata = (names_before, strata_before) if is_gone else (names_now, strata_now)
        return kind, subject, name[subject], ";".join(sorted(strata[subject])), earlier

    yield from (row("added", subject) for subject in found.added)
    yield from (row("removed", subject) for subject in found.removed)
    for subject in found.reclassified:
        yield row("reclassified", subject, ";".join(sorted(strata_before[subject])))
    yield from (row("renamed", subject, names_before[subject]) for subject in found.renamed)
    yield from (row("renumbered", new, old) for old, new in found.renumbered)


def change_file(before: Pool, now: Pool, found: PoolChange) -> bytes:
    """``pool-changes.csv``, published with the plan."""
    return csv_bytes(FIELDS, change_rows(before, now, found))


def _renumbered(
    before: Mapping[str, str], now: Mapping[str, str], gone: Collection[str], come: Collection[str]
) -> Iterator[tuple[str, str]]:
    if not gone or not come:
        return
    often_before, often_now = Counter(before.values()), Counter(now.values())
    under = {now[subject]: subject for subject in come if often_now[now[subject]] == 1}
    for subject in gone:
        name = before[subject]
        if name in under and often_before[name] == 1:
            yield subject, under[name]


def _sorted_in(pool: Pool) -> tuple[dict[str, set[str]], dict[str, str]]:
    strata: dict[str, set[str]] = {}
    for subject in pool.subjects:
        strata.setdefault(subject.subject, set()).add(subject.stratum)
    return strata, {subject.subject: subject.name for subject in pool.subjects}
