"""The ledger's lines are parsed fast, and judged as Python's json judges them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.ledger.chain import ZERO, BrokenChain, Entry, encode, read_chain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_an_event_is_read_as_json_reads_it(event: dict[str, Any]) -> None:
    line = encode(Entry(1, ZERO, "2025-09-26T10:00:00+08:00", "经办人", "ssj", json.loads(json.dumps(event))))

    assert read_chain(line)[0][0].event == json.loads(line)["event"]


@pytest.mark.parametrize(
    "event", ['{"a":"\\ud800"}', '{"a":NaN}', '{"a":1e999}', '{"a":1,"a":2}', '{"a":' + "9" * 400 + "}"]
)
def test_what_json_allows_is_allowed(event: str) -> None:
    line = f'{{"seq":1,"prev":"{ZERO}","at":"","by":"","tool":"","event":{event}}}\n'.encode()

    assert repr(read_chain(line)[0][0].event) == repr(json.loads(line)["event"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\xef\xbb\xbf{}", "form"),
        (b"[]", "form"),
        (b"{,}", "json"),
        (b"", "json"),
        (b'"\xff"', "json"),
        (b'{"seq":1} {}', "json"),
        (b"01", "json"),
    ],
)
def test_what_is_no_line_is_named(line: bytes, why: str) -> None:
    with pytest.raises(BrokenChain) as broken:
        read_chain(line + b"\n")

    assert (broken.value.line, broken.value.why) == (1, why)


def test_the_first_line_that_does_not_hold_is_named() -> None:
    lines = [encode(Entry(n, ZERO, "", "", "", {})) for n in (1, 2)]

    with pytest.raises(BrokenChain, match="line 2: chain"):
        read_chain(b"".join(lines))
    with pytest.raises(BrokenChain, match="line 1: sequence"):
        read_chain(lines[1])
