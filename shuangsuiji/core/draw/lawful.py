"""Who may lawfully do a visit: E and L of protocol §7.

- Of the visit's department, no conflict with the subject, the area rule kept.
- ``every``: holding all the visit's specialties. ``one``: at least one on the team holds them all. ``any``: no rule.
- ``lead``: at least one on the team is a lead (主办).
"""

from collections import defaultdict

from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import Pool, PoolInspector


class Lawful:
    """Answers for one pool; visits of the same kind share their sets."""

    def __init__(self, pool: Pool):
        self._team = pool.rules.team
        self._specialty = {stratum.stratum: stratum.specialty for stratum in pool.strata}
        self._of_agency: dict[str, list[PoolInspector]] = defaultdict(list)
        for inspector in pool.inspectors:
            self._of_agency[inspector.agency].append(inspector)
        self._conflicts: dict[str, set[str]] = defaultdict(set)
        for who, subject in pool.conflicts:
            self._conflicts[subject].add(who)
        self._kinds: dict[tuple[str, frozenset[str], str], tuple[frozenset[str], frozenset[str]]] = {}

    def kind(self, subject: str, area: str) -> tuple[str, frozenset[str]]:
        """What of a subject decides who may go there: subjects of one kind have the same needs."""
        return "" if self._team.area == "any" else area, frozenset(self._conflicts.get(subject, ()))

    def need(self, subject: str, area: str, strata: tuple[str, ...], seat: tuple[str, int]) -> Need:
        """The need of a visit to `subject` in `area` for `strata` by the department and number of `seat`."""
        department, places = seat
        specialties = frozenset(self._specialty[stratum] for stratum in strata)
        kind = (department, specialties, "" if self._team.area == "any" else area)
        if kind not in self._kinds:
            self._kinds[kind] = self._sets(*kind)
        lawful, leads = self._kinds[kind]
        recused = self._conflicts.get(subject)
        if recused:
            return Need(lawful - recused, leads - recused, places)
        return Need(lawful, leads, places)

    def _sets(self, department: str, specialties: frozenset[str], area: str) -> tuple[frozenset[str], frozenset[str]]:
        team = self._team
        near = [i for i in self._of_agency.get(department, ()) if self._keeps_area(i, area)]
        holders = {i.inspector for i in near if specialties.issubset(i.specialties)}
        lawful = frozenset(holders if team.specialty == "every" else (i.inspector for i in near))
        leads = set(lawful)
        if team.specialty == "one":
            leads &= holders
        if team.lead:
            leads &= {i.inspector for i in near if i.lead}
        # One object for both where no rule tells them apart: half the memory of a large draw.
        return lawful, lawful if leads == lawful else frozenset(leads)

    def _keeps_area(self, inspector: PoolInspector, area: str) -> bool:
        match self._team.area:
            case "any":
                return True
            case "own":
                return area in inspector.areas
            case "other":
                return area not in inspector.areas
