"""Every draw computed again from pool and seed: tickets, selection, visits, teams, certificates (protocol §4–§7)."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from shuangsuiji.core.draw.certificate import by_level, proves_uneven
from shuangsuiji.core.draw.drawing import Draw, draw
from shuangsuiji.core.draw.pairing import Need
from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.verifying.story import at
from shuangsuiji.core.verifying.verdict import Checks, shown
from shuangsuiji.core.year.events import Drawn

_EVEN = 2
"""Loads that differ by less cannot be evened out (protocol §7)."""


class Computed(NamedTuple):
    """A draw as pool and seed give it."""

    pool: Pool
    draw: Draw


def check_draw(line: int, event: Drawn, pool: Pool, names: Mapping[str, str], checks: Checks) -> Computed:
    """Compare the draw on record with the one that its pool and seed give; `names` of inspectors as sealed, if any."""
    computed = draw(pool, event.seed)
    if checks["selection"].expect(at(line), "other-pool", pool.rules.draw, event.draw):
        _check_selection(line, event, computed, checks)
    _check_visits(line, event, computed, checks)
    _check_teams(line, event, computed, names, checks)
    _check_certificates(line, event, computed, pool, checks)
    return Computed(pool, computed)


def cannot_draw(event: Drawn, checks: Checks) -> None:
    """Without its pool nothing of a draw can be computed."""
    for name, number in (
        ("tickets", 1),
        ("selection", sum(map(len, event.drawn.values()))),
        ("visits", len(event.visits)),
        ("teams", len(event.visits)),
        ("certificates", 1),
    ):
        checks[name].cannot(number)


def _check_selection(line: int, event: Drawn, computed: Draw, checks: Checks) -> None:
    check = checks["selection"]
    if not check.expect(at(line), "strata", shown(list(computed.selected)), shown(list(event.drawn))):
        return
    for stratum, order in computed.selected.items():
        expected = [(t.subject, t.why) for t in order if t.why]
        found = [(d.subject, d.why) for d in event.drawn[stratum]]
        for place, (one, other) in enumerate(zip_longest(expected, found, fillvalue=()), 1):
            check.same(at(line), "selection", _placed(stratum, place, one), _placed(stratum, place, other))


def _check_visits(line: int, event: Drawn, computed: Draw, checks: Checks) -> None:
    expected = [(v.visit, v.subject, ",".join(v.strata), v.department) for v in computed.visits]
    found = [(v.visit, v.subject, ",".join(v.strata), v.department) for v in event.visits]
    for one, other in zip_longest(expected, found, fillvalue=()):
        checks["visits"].same(at(line), "visit", shown(one), shown(other))


def _check_teams(line: int, event: Drawn, computed: Draw, names: Mapping[str, str], checks: Checks) -> None:
    check, teams = checks["teams"], computed.paired.teams
    if computed.paired.stuck:
        check.wrong(at(line), "infeasible", "", shown(sorted(computed.paired.stuck[0])))
    for visit in event.visits:
        expected = shown((visit.visit, *teams.get(visit.visit, ())))
        check.same(at(line), "team", expected, shown((visit.visit, *visit.team)))
    members = sorted({inspector for visit in event.visits for inspector in visit.team})
    check.expect(at(line), "team-names", shown(members), shown(sorted(event.inspectors)))
    for inspector in members if names else ():
        check.expect(at(line), "other-name", names.get(inspector), event.inspectors.get(inspector))


def _check_certificates(line: int, event: Drawn, computed: Draw, pool: Pool, checks: Checks) -> None:
    """That nobody could have been given less: each set proves it, and whoever is in none is as busy as the others."""
    check = checks["certificates"]
    needs = {visit.visit: need for visit, need in computed.visits.items()}
    start = {i.inspector: i.load for i in pool.inspectors}
    load = dict(start)
    for visit in event.visits:
        for inspector in visit.team:
            load[inspector] = load.get(inspector, 0) + 1
    expected = [sorted(proof) for proof in by_level(computed.paired.frozen, computed.paired.loads)]
    for one, other in zip_longest(expected, map(list, event.unevenness), fillvalue=()):
        check.same(at(line), "certificate", shown(one), shown(other))
    cap = {i.inspector: i.cap for i in pool.inspectors if i.cap is not None}
    if event.visits and load.keys() == start.keys():
        _check_proofs(line, [frozenset(one) for one in event.unevenness], needs, start, load, cap, checks)


def _check_proofs(
    line: int,
    proofs: Sequence[frozenset[str]],
    needs: dict[str, Need],
    start: dict[str, int],
    load: dict[str, int],
    cap: dict[str, int],
    checks: Checks,
) -> None:
    """The proofs themselves, by their own arithmetic: outwards, inside each step, and among all others."""
    check = checks["certificates"]
    before: frozenset[str] = frozenset()
    for number, proof in enumerate(proofs, 1):
        step = proof - before
        if not before < proof <= load.keys():
            check.wrong(at(line), "not-growing", number, shown(sorted(proof)))
            return
        check.same(at(line), "could-share", True, proves_uneven(proof, needs, start, load))
        most = max(load[inspector] for inspector in step)
        low = sorted(i for i in step if load[i] <= most - _EVEN and load[i] < cap.get(i, load[i] + 1))
        check.same(at(line), "uneven-inside", "", shown(low))
        before = proof
    live = [load[inspector] for inspector in load.keys() - before]
    apart = max(live) - min(live) if live else 0
    check.same(at(line), "uneven", True, apart < _EVEN)


def _placed(stratum: str, place: int, what: tuple[str, ...] | tuple[()]) -> str:
    return shown((stratum, place, *what)) if what else ""
