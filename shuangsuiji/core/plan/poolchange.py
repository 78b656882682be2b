"""What changed between two pools: who was added, removed, re-classified or re-named since the last sealing."""

from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool


class PoolChange(NamedTuple):
    """Subject ids; `against` = the dossier of the earlier pool."""

    against: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reclassified: tuple[str, ...]
    renamed: tuple[str, ...]


def change(before: Pool, now: Pool, against: str) -> PoolChange:
    """How `now` differs from `before`; a subject counts once, whatever the number of its strata."""
    strata_before, names_before = _sorted_in(before)
    strata_now, names_now = _sorted_in(now)
    both = sorted(strata_before.keys() & strata_now.keys())
    return PoolChange(
        against,
        added=tuple(sorted(strata_now.keys() - strata_before.keys())),
        removed=tuple(sorted(strata_before.keys() - strata_now.keys())),
        reclassified=tuple(subject for subject in both if strata_before[subject] != strata_now[subject]),
        renamed=tuple(subject for subject in both if names_before[subject] != names_now[subject]),
    )


def _sorted_in(pool: Pool) -> tuple[dict[str, set[str]], dict[str, str]]:
    strata: dict[str, set[str]] = {}
    for subject in pool.subjects:
        strata.setdefault(subject.subject, set()).add(subject.stratum)
    return strata, {subject.subject: subject.name for subject in pool.subjects}
