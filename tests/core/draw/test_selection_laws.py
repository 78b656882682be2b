"""Laws of the selection (protocol §5), whatever the stratum, the plan and the seed."""

from collections import Counter
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shuangsuiji.core.draw.chance import tickets
from shuangsuiji.core.draw.selection import COVERAGE, MUST, RANDOM, number_drawn, select


class Candidate(NamedTuple):
    subject: str
    must: bool
    left: int | None


LAW = settings(max_examples=200, deadline=None, derandomize=True)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def strata(draw):
    """Candidates, C, the number to draw and the seed."""
    years = draw(st.none() | st.integers(1, 6))
    left = st.none() if years is None else st.none() | st.integers(1, years)
    size = draw(st.integers(0, 30))
    rows = draw(st.lists(st.tuples(st.booleans() if size % 2 else st.just(False), left), min_size=size, max_size=size))
    candidates = [Candidate(f"S{place:02d}", must, remaining) for place, (must, remaining) in enumerate(rows)]
    return candidates, years, draw(st.integers(0, size)), draw(SEEDS)


def drawn(candidates, years, number, seed, scope="shared"):
    rows = select(candidates, number=number, years=years, scope=scope, ticket=tickets(seed))
    return {row.subject: row.why for row in rows if row.why}


@LAW
@given(strata(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(stratum, rng):
    candidates, years, number, seed = stratum
    shuffled = rng.sample(candidates, len(candidates))

    one = select(candidates, number=number, years=years, scope="shared", ticket=tickets(seed))
    other = select(shuffled, number=number, years=years, scope="shared", ticket=tickets(seed))

    assert one == other


@LAW
@given(strata())
def test_everybody_is_listed_once_in_ticket_order(stratum):
    candidates, years, number, seed = stratum

    rows = select(candidates, number=number, years=years, scope="GGCS", ticket=tickets(seed))

    assert sorted(row.subject for row in rows) == [c.subject for c in candidates]
    assert [row.ticket for row in rows] == sorted(tickets(seed)("object", "GGCS", c.subject) for c in candidates)
    assert all(row.ticket == tickets(seed)("object", "GGCS", row.subject) for row in rows)
    assert {row.why for row in rows} <= {"", MUST, COVERAGE, RANDOM}


@LAW
@given(strata(), st.integers(0, 30))
def test_a_larger_number_only_adds_subjects(stratum, more):
    candidates, years, number, seed = stratum

    assert drawn(candidates, years, number, seed).keys() <= drawn(candidates, years, number + more, seed).keys()


@LAW
@given(strata(), st.data())
def test_without_coverage_a_subject_not_drawn_may_leave_the_roster_and_nothing_changes(stratum, data):
    candidates, _, number, seed = stratum
    before = drawn(candidates, None, number, seed)
    spared = [c for c in candidates if c.subject not in before]
    assume(spared)
    gone = data.draw(st.sampled_from(spared))

    assert drawn([c for c in candidates if c != gone], None, number, seed) == before


@LAW
@given(strata(), st.data())
def test_with_coverage_a_subject_not_drawn_and_not_due_may_leave_the_roster_and_nothing_changes(stratum, data):
    candidates, years, number, seed = stratum
    before = drawn(candidates, years, number, seed)
    spared = [c for c in candidates if c.subject not in before and c.left is None]
    assume(spared)
    gone = data.draw(st.sampled_from(spared))

    assert drawn([c for c in candidates if c != gone], years, number, seed) == before


@LAW
@given(strata())
def test_the_plan_knows_before_the_draw_how_many_are_drawn(stratum):
    candidates, years, number, seed = stratum

    assert len(drawn(candidates, years, number, seed)) == number_drawn(candidates, number=number, years=years)


@LAW
@given(strata())
def test_those_always_drawn_are_drawn_and_say_so(stratum):
    candidates, years, number, seed = stratum

    reasons = drawn(candidates, years, number, seed)

    assert {s for s, why in reasons.items() if why == MUST} == {c.subject for c in candidates if c.must}


@LAW
@given(strata())
def test_of_those_due_within_h_years_one_in_h_is_drawn(stratum):
    candidates, years, number, seed = stratum

    reasons = drawn(candidates, years, number, seed)

    for horizon in range(1, (years or 0) + 1):
        due = [c.subject for c in candidates if c.left is not None and c.left <= horizon]
        assert horizon * sum(subject in reasons for subject in due) >= len(due)
    assert years is not None or COVERAGE not in reasons.values()


@LAW
@given(strata())
def test_nobody_is_drawn_for_coverage_who_was_not_needed(stratum):
    """The three steps retold one subject at a time: a subject is taken only while the share is not reached."""
    candidates, years, number, seed = stratum
    ticket = tickets(seed)
    order = sorted(candidates, key=lambda c: ticket("object", "shared", c.subject))
    expected = {c.subject: MUST for c in order if c.must}
    for horizon in range(1, (years or 0) + 1):
        due = [c for c in order if c.left is not None and c.left <= horizon]
        for c in due:
            if horizon * sum(d.subject in expected for d in due) < len(due):
                expected.setdefault(c.subject, COVERAGE)
    for c in order:
        if len(expected) < number:
            expected.setdefault(c.subject, RANDOM)

    assert drawn(candidates, years, number, seed) == expected


@LAW
@given(strata())
def test_random_places_are_only_those_the_number_still_lacked(stratum):
    candidates, years, number, seed = stratum

    reasons = Counter(drawn(candidates, years, number, seed).values())

    assert reasons[RANDOM] == max(0, number - reasons[MUST] - reasons[COVERAGE])


@LAW
@given(st.lists(st.sampled_from([f"S{n}" for n in range(40)]), unique=True, min_size=2), SEEDS)
def test_shared_tickets_prefer_the_same_subjects_in_every_stratum(subjects, seed):
    """One ticket per subject: the first of all is also the first of every part it is in."""
    candidates = [Candidate(s, must=False, left=None) for s in subjects]
    part = candidates[::2]

    first = drawn(candidates, None, len(part), seed)
    again = drawn(part, None, len(part) // 2, seed)

    order = sorted(subjects, key=lambda s: tickets(seed)("object", "shared", s))
    assert list(first) == order[: len(part)]
    assert list(again) == [s for s in order if s in set(subjects[::2])][: len(part) // 2]


def test_removing_a_subject_that_is_due_may_change_the_others_and_the_law_above_says_so():
    """Control: with coverage the roster of those due counts, so the law needs its `not due`."""
    candidates = [Candidate(f"S{n}", must=False, left=2 if n < 3 else None) for n in range(6)]
    changed = 0
    for seed in [f"{n:064x}" for n in range(40)]:
        before = drawn(candidates, 2, 2, seed)
        spared = next(c for c in candidates if c.left and c.subject not in before)
        changed += drawn([c for c in candidates if c != spared], 2, 2, seed) != before
    assert changed > 5


def test_tickets_of_independent_strata_differ():
    candidates = [Candidate(f"S{n}", must=False, left=None) for n in range(40)]

    assert drawn(candidates, None, 10, "00", "GGCS") != drawn(candidates, None, 10, "00", "XXWS")
