"""A ledger's lines are read without parsing them twice, and judged as if they had been: the same events, the same word
for the first line that does not hold.
"""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shuangsuiji.core.ledger.chain import ZERO, BrokenChain, Entry, digest, encode, last_digest, read_chain
from shuangsuiji.core.year.events import Drawn, DrawnSubject, DrawnVisit, Event, Recorded, event_of, happened, stored

DAY = date(2023, 5, 4)
RECORDED = Recorded(
    on=DAY, task="GGCS/A1", values={"outcome": "UNREACHABLE"}, inspector="P1", file="任务单.xlsx", sha256="ab"
)
DRAWN = Drawn(
    on=DAY,
    draw="T",
    year=2023,
    pool_digest="d",
    seed_line="s",
    seed="0" * 64,
    grade="given",
    sources=("given:1",),
    drawn={"GGCS": (DrawnSubject(subject="A1", why="random"),)},
    visits=(DrawnVisit(visit="A1", subject="A1", strata=("GGCS",), team=("P1", "P2")),),
    inspectors={"P1": "监督员01", "P2": "监督员02"},
)


def line(event: object, *, number: int = 1, prev: str = ZERO, at: str = "2023-05-04T10:00:00+08:00") -> bytes:
    return encode(Entry(number, prev, at, "经办人", "ssj", event))[:-1]  # type: ignore[arg-type]


def judged(content: bytes) -> list[Any] | str:
    """What `happened` makes of `content`: lines, or the word for the first that does not hold."""
    try:
        return [tuple(one) for one in happened(content)]
    except BrokenChain as broken:
        return f"{broken.line} {broken.why}"


def by_json(content: bytes) -> list[Any] | str:
    """The same by the plain way: each line parsed in full, each event checked as a value."""
    try:
        return [(entry.seq, entry.at, entry.by, event_of(entry.event)) for entry in read_chain(content)[0]]
    except BrokenChain as broken:
        return f"{broken.line} {broken.why}"
    except ValidationError:
        return "1 event"


@pytest.mark.parametrize("event", [RECORDED, DRAWN])
def test_an_event_comes_back_as_it_was_stored(event: Event) -> None:
    content = line(stored(event)) + b"\n"

    assert judged(content) == [(1, "2023-05-04T10:00:00+08:00", "经办人", event)]
    assert stored(event_of(stored(event))) == stored(event)


def test_what_is_stored_has_the_fields_in_their_old_order() -> None:
    assert list(stored(RECORDED)) == ["kind", "v", "on", "task", "values", "replaced", "inspector", "file", "sha256"]
    assert list(stored(DRAWN)["visits"][0]) == ["visit", "subject", "strata", "team", "department"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_who_and_when_may_be_any_text(said: list[tuple[str, str]]) -> None:
    content, last = b"", ZERO
    for number, (at, by) in enumerate(said, 1):
        one = encode(Entry(number, last, at, by, 'ssj","event":{', stored(RECORDED)))
        content, last = content + one, digest(one[:-1])

    assert [(one.line, one.at, one.by) for one in happened(content)] == [(n, *who) for n, who in enumerate(said, 1)]
    assert last_digest(content) == last


def test_a_line_that_another_tool_wrote_is_read_the_same() -> None:
    first = json.dumps(json.loads(line(stored(RECORDED))), indent=None, ensure_ascii=True).encode()
    content = first + b"\n" + line(stored(RECORDED), number=2, prev=digest(first)) + b"\n"

    assert judged(content) == by_json(content)
    assert len(judged(content)) == 2


GOOD = line(stored(RECORDED))
VISIT = b'{"visit":"A1","subject":"A1",'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (line({**stored(RECORDED), "more": 1}), "event"),
        (line({**stored(RECORDED), "v": 2}), "event"),
        (line({**stored(RECORDED), "kind": "recorded "}), "event"),
        (line({**stored(RECORDED), "values": {"fine": 2000}}), "event"),
        (line({**stored(RECORDED), "values": None}), "event"),
        (line({**stored(RECORDED), "on": "2023-02-30"}), "event"),
        (line({**stored(RECORDED), "task": 1}), "event"),
        (line({name: value for name, value in stored(RECORDED).items() if name != "task"}), "event"),
        (line(stored(DRAWN)).replace(VISIT, VISIT + b'"more":"",'), "event"),
        (line(stored(DRAWN)).replace(VISIT, b'{"visit":"A1",'), "event"),
        (line(stored(DRAWN)).replace(b'"why":"random"', b'"why":"wish"'), "event"),
        (line({}), "event"),
        (line([]), "form"),
        (line("x"), "form"),
        (GOOD[:-1] + b',"more":1}', "form"),
        (GOOD.replace(b',"event":', b',"more":1,"event":'), "form"),
        (GOOD.replace(b'"tool":"ssj"', b'"tool":1'), "form"),
        (GOOD.replace(b'"tool":"ssj",', b""), "form"),
        (GOOD.replace(b'"at":', b'"by":"x","at":', 1).replace(b'"by":"x","at"', b'"by":"x" ,"at"'), "form"),
        (GOOD[:-1], "json"),
        (GOOD[:-1] + b"]", "json"),
        (GOOD + b"x", "json"),
        (GOOD.replace(b'"task":', b"task:"), "json"),
        (GOOD.replace(b'"by":"', b'"by":"\xff'), "json"),
        (line(stored(RECORDED), number=2), "sequence"),
        (line(stored(RECORDED), prev="1" * 64), "chain"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(content: bytes, why: str) -> None:
    assert judged(content + b"\n") == by_json(content + b"\n") == f"1 {why}"


@given(st.binary(max_size=3), st.integers(0, len(GOOD)), st.integers(0, 3))
def test_a_changed_line_is_judged_as_json_judges_it(new: bytes, place: int, gone: int) -> None:
    content = (GOOD[:place] + new + GOOD[place + gone :]).replace(b"\n", b" ") + b"\n"

    assert judged(content) == by_json(content)
