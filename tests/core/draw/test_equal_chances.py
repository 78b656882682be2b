"""Equal chances, measured over fixed seeds: chi-square tests, each shown to reject a biased draw.

Significance 1 in 1,000 (`ALPHA`): an honest draw would exceed a critical value for one in a thousand sets of seeds.
The seeds are fixed, so the tests are not chance themselves: what passes once passes for ever.
"""

from collections import Counter
from hashlib import sha256
from itertools import combinations
from statistics import NormalDist
from typing import NamedTuple

import pytest

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.pairing import Need, pair
from shuangsuiji.core.draw.selection import select


class Candidate(NamedTuple):
    subject: str
    must: bool
    left: int | None


ALPHA = 0.001


CRITICAL = {5: 20.515, 7: 24.322, 25: 52.620, 27: 55.476, 65: 105.988}
"""Degrees of freedom → the value that chi-square exceeds with probability `ALPHA`, from the tables."""


def chi_square(counts, cells):
    """For one outcome a round, all `cells` equally likely."""
    expected = sum(counts.values()) / len(cells)
    return sum((counts[cell] - expected) ** 2 for cell in cells) / expected


def chi_square_of_samples(counts, cells, size, rounds):
    """For `size` different cells a round, all samples equally likely: the counts lean on each other, so the variance is
    that of drawing without putting back."""
    share = size / len(cells)
    variance = rounds * share * (1 - share) * len(cells) / (len(cells) - 1)
    return sum((counts[cell] - rounds * share) ** 2 for cell in cells) / variance


def seeds(name, count):
    return [sha256(f"{name} {number}".encode()).hexdigest() for number in range(count)]


SUBJECTS = [f"9113012900{n:04d}" for n in range(26)]


def our_draw(subjects, size, seed):
    rows = select(
        [Candidate(subject, must=False, left=None) for subject in subjects],
        number=size,
        years=None,
        scope="GGCS",
        ticket=tickets(seed),
    )
    return [row.subject for row in rows if row.why]


def systematic(subjects, size, seed):
    """The biased way of many spreadsheets: a random start, then every N/n-th row."""
    step = len(subjects) // size
    start = int(seed, 16) % step
    return [subjects[start + step * turn] for turn in range(size)]


def subject_statistic(draw):
    rounds = seeds("subjects", 4000)
    counts = Counter(subject for seed in rounds for subject in draw(SUBJECTS, 7, seed))
    return chi_square_of_samples(counts, SUBJECTS, 7, len(rounds))


def test_every_subject_of_a_stratum_is_equally_likely():
    assert subject_statistic(our_draw) < CRITICAL[len(SUBJECTS) - 1]


def test_every_seventh_row_is_rejected_where_the_stratum_does_not_divide():
    assert subject_statistic(systematic) > CRITICAL[len(SUBJECTS) - 1]


def pair_statistic(draw):
    """All pairs of 12 subjects; two of them drawn, 6,600 times."""
    cells = list(combinations(SUBJECTS[:12], 2))
    counts = Counter(tuple(sorted(draw(SUBJECTS[:12], 2, seed))) for seed in seeds("pairs", 6600))
    return chi_square(counts, cells), CRITICAL[len(cells) - 1]


def test_every_pair_of_subjects_is_equally_likely():
    statistic, limit = pair_statistic(our_draw)

    assert statistic < limit


def test_systematic_sampling_is_rejected_though_each_subject_alone_is_equally_likely():
    # One of the first six a round, and with it always the sixth after it.
    first = Counter(systematic(SUBJECTS[:12], 2, seed)[0] for seed in seeds("pairs", 6600))
    assert chi_square(first, SUBJECTS[:6]) < CRITICAL[5]

    statistic, limit = pair_statistic(systematic)

    assert statistic > limit


INSPECTORS = [f"130129{n:03d}" for n in range(8)]
VISITS = [f"O{n}" for n in range(6)]


def our_teams(seed):
    everybody = frozenset(INSPECTORS)
    needs = {visit: Need(everybody, everybody, 2) for visit in VISITS}
    return pair(needs, dict.fromkeys(INSPECTORS, 0), {}, tickets(seed)).teams


def neighbours(seed):
    """The biased way: teams are neighbours on the roster, whichever comes up."""
    first = [int(seed[4 * place : 4 * place + 4], 16) % len(INSPECTORS) for place in range(len(VISITS))]
    return {
        visit: tuple(sorted((INSPECTORS[i], INSPECTORS[(i + 1) % len(INSPECTORS)])))
        for visit, i in zip(VISITS, first, strict=True)
    }


@pytest.fixture(scope="module", params=[our_teams, neighbours], ids=["ours", "neighbours"])
def teams(request):
    return request.param is our_teams, [request.param(seed) for seed in seeds("teams", 4200)]


def test_every_pair_of_equal_inspectors_is_equally_likely_on_a_visit(teams):
    honest, rounds = teams
    cells = list(combinations(INSPECTORS, 2))
    for visit in VISITS:
        statistic = chi_square(Counter(result[visit] for result in rounds), cells)

        assert (statistic < CRITICAL[len(cells) - 1]) == honest, visit


def worst_split(decks):
    """Of two inspectors with equal rights, on the worst visit: the one without the other against the reverse."""
    rounds = seeds("rights", 3000)
    counts = {visit: Counter() for visit in VISITS}
    for seed in rounds:
        for visit, team in decks(seed).items():
            counts[visit][tuple(i in team for i in ("A", "B"))] += 1
    alone = [(True, False), (False, True)]
    return max(chi_square(Counter({cell: count[cell] for cell in alone}), alone) for count in counts.values())


WORST = NormalDist().inv_cdf(1 - ALPHA / len(VISITS) / 2) ** 2
"""The critical value of one degree of freedom, for the worst of all visits."""


def unequal(seed, *, spare=False):
    """A and B have equal rights; the others differ from them and from each other in load, cap and what they may do."""
    everybody = frozenset("ABCDE")
    needs = {visit: Need(everybody - frozenset("CDE"[n % 3]), frozenset("ABC"), 2) for n, visit in enumerate(VISITS)}
    needs = {visit: need._replace(leads=need.leads & need.lawful) for visit, need in needs.items()}
    start = {"A": 0, "B": 0, "C": 2, "D": 0, "E": 1}
    teams = pair(needs, start, {"D": 2, "C": 4}, tickets(seed)).teams
    if spare and int(seed, 16) % 5 == 0:
        teams = {visit: ("B", *team[1:]) if "A" in team and "B" not in team else team for visit, team in teams.items()}
    return teams


def test_equal_rights_are_equal_chances_on_every_visit_among_unequal_others():
    assert worst_split(unequal) < WORST


def test_a_friend_spared_once_in_five_draws_is_noticed():
    assert worst_split(lambda seed: unequal(seed, spare=True)) > WORST


def test_who_comes_first_on_the_roster_has_no_more_visits():
    """Nine places for eight inspectors: the ninth goes to each equally often."""
    everybody = frozenset(INSPECTORS)
    needs = {visit: Need(everybody, everybody, 1) for visit in [f"O{n}" for n in range(9)]}
    ninth = Counter(
        next(i for i, load in pair(needs, dict.fromkeys(INSPECTORS, 0), {}, tickets(seed)).loads.items() if load == 2)
        for seed in seeds("ninth", 2400)
    )

    assert chi_square(ninth, INSPECTORS) < CRITICAL[len(INSPECTORS) - 1]
