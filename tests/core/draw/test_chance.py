"""Tickets and the seed line (protocol §1 and §2): anybody can type them, and no two inputs collide."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangsuiji.core.draw.chance import CODE, FIELD, ID, grade_of, seed_of, tickets

LAW = settings(max_examples=100, deadline=None, derandomize=True)
FIELDS = st.lists(st.from_regex(FIELD, fullmatch=True), min_size=1, max_size=4)


@LAW
@given(FIELDS, st.binary(min_size=32, max_size=32).map(bytes.hex))
def test_a_ticket_is_the_digest_of_a_line_that_anybody_can_type(fields, seed):
    assert tickets(seed)(*fields) == sha256("|".join(["ssj1", seed, *fields]).encode("utf-8")).hexdigest()


@LAW
@given(FIELDS, FIELDS)
def test_different_fields_never_make_the_same_line(fields, others):
    ticket = tickets("00")

    assert (ticket(*fields) == ticket(*others)) == (fields == others)


def test_a_ticket_does_not_depend_on_the_tickets_before_it():
    ticket = tickets("00")
    first = ticket("task", "O01")
    ticket("task", "O02")

    assert ticket("task", "O01") == first


@LAW
@given(st.from_regex(CODE, fullmatch=True), FIELDS)
def test_a_seed_is_the_digest_of_its_line(draw, sources):
    seed = seed_of(draw, tuple(sources))

    assert seed.line == "|".join(["ssj1", "seed", draw, *sources])
    assert seed.digest == sha256(seed.line.encode("utf-8")).hexdigest()
    assert seed.sources == tuple(sources)


def test_a_round_of_redraws_has_another_seed():
    sources = ("ssq:2026099:010512182633+09",)

    assert seed_of("130129-2026-01/r1", sources).digest != seed_of("130129-2026-01", sources).digest


@pytest.mark.parametrize(
    ("draw", "source"),
    [
        ("130129|2026", "given:1"),
        ("130129", "given:1|2"),
        ("", "given:1"),
        ("130129", ""),
        ("130129", "given:抽签"),
        ("130129", "given:1 2"),
        ("130129", "given:1\n"),
        ("130129", ":1"),
    ],
)
def test_a_seed_line_that_the_protocol_cannot_carry_is_an_error(draw, source):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the field itself
        seed_of(draw, ("dice:12345", source))


@pytest.mark.parametrize(
    ("sources", "grade"),
    [
        (("local:" + "0" * 64,), "local"),
        (("given:2023",), "given"),
        (("ssq:2026099:010512182633+09", "given:2023"), "given"),
        (("ssq:2026099:010512182633+09", "dlt:26098:0311192735+0208"), "local"),
    ],
)
def test_a_seed_alone_is_never_graded_public(sources, grade):
    assert grade_of(sources) == grade
    assert seed_of("130129-2026-01", sources).grade == grade


@pytest.mark.parametrize("text", ["", "-A", "A|B", "A B", "A\n", "对象", "A" * 65, ".A"])
def test_what_is_no_id(text):
    assert not ID.fullmatch(text)


@pytest.mark.parametrize("text", ["", "a", "-A", "A_B", "A:B", "A\n", "A" * 33])
def test_what_is_no_code(text):
    assert not CODE.fullmatch(text)
