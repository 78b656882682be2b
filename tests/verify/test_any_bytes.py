"""Whatever the bytes, `verify` gives a Verdict: damaged at random, or damaged with all digests and links redone."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuangsuiji.core.verifying import Verdict, verify
from tests.verify.forging import Forged, sha256
from tests.verify.golden import read

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def small(sealed: Path) -> dict[str, bytes]:
    """The dossier of the small county: quick to verify."""
    return read(sealed / "plans" / "2023")


@pytest.fixture(scope="session")
def large(year: Path) -> dict[str, bytes]:
    return read(year / "plans" / "2023")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=5) | st.just("2023-05-09"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def mutated(content: bytes, place: int, gone: int, new: bytes) -> bytes:
    start = place % (len(content) + 1)
    return content[:start] + new + content[start + gone :]


@QUICK
@given(data=st.data())
def test_any_file_damaged_anywhere(data: st.DataObject, large: dict[str, bytes]) -> None:
    files = dict(large)
    for path in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3, unique=True)):
        change = st.tuples(st.integers(0, 10**6), st.integers(0, 2000), st.binary(max_size=8))
        files[path] = mutated(files[path], *data.draw(change))

    assert isinstance(verify(files), Verdict)


@QUICK
@given(
    st.dictionaries(st.sampled_from(["ledger.jsonl", "SHA256SUMS", "pool/SHA256SUMS", "result/draw.json"]), st.binary())
)
def test_any_files_at_all(files: dict[str, bytes]) -> None:
    assert isinstance(verify(files), Verdict)


def somewhere(data: st.DataObject, value: Any) -> tuple[Any, Any]:
    """A container inside `value`, and one of its keys."""
    here, key = value, data.draw(st.sampled_from(sorted(value)))
    while isinstance(here[key], dict | list) and here[key] and data.draw(st.integers(0, 3)):
        here = here[key]
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
    return here, key


@QUICK
@given(data=st.data())
def test_any_value_of_the_ledger_with_everything_linked_anew(data: st.DataObject, large: dict[str, bytes]) -> None:
    forged = Forged(large)
    entries = forged.entries
    for _ in range(data.draw(st.integers(1, 3))):
        entry = entries[data.draw(st.integers(0, len(entries) - 1))]
        here, key = somewhere(data, entry["event"])
        kind = type(here[key])
        others = [e for e in entries if e["event"].get("kind") == entry["event"].get("kind")]
        swap = others[data.draw(st.integers(0, len(others) - 1))]["event"].get(key) if here is entry["event"] else None
        like = {str: st.text(max_size=12), int: st.integers(-3, 10**9)}.get(kind, JSON)
        here[key] = swap if swap is not None and data.draw(st.booleans()) else data.draw(like | JSON)
    prev, lines = "0" * 64, []
    for number, entry in enumerate(entries, 1):
        lines.append(json.dumps({**entry, "seq": number, "prev": prev}, separators=(",", ":")).encode())
        prev = sha256(lines[-1])
    forged.raw = lines

    assert isinstance(verify(forged.files), Verdict)


@QUICK
@given(data=st.data())
def test_any_cell_of_the_pool_with_all_digests_redone(data: st.DataObject, small: dict[str, bytes]) -> None:
    forged = Forged(small)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(["strata", "subjects", "inspectors", "conflicts", "rules"]))
        if name == "rules":
            rules = json.loads(forged.files["pool/rules.json"])
            here, key = somewhere(data, rules)
            here[key] = data.draw(JSON | st.integers(-1, 10**12) | st.sampled_from(["any", "one", "every", "own"]))
            forged.files["pool/rules.json"] = json.dumps(rules, separators=(",", ":")).encode() + b"\n"
        else:
            rows = forged.table(f"pool/{name}.csv")
            row = rows[data.draw(st.integers(0, len(rows) - 1))]
            if row:
                text = (
                    st.integers(-(10**12), 10**12).map(str) | st.text(max_size=4) | st.sampled_from(["P1", "A1", "1"])
                )
                row[data.draw(st.integers(0, len(row) - 1))] = data.draw(text)
            if data.draw(st.booleans()):
                rows.append(list(rows[-1]))
            forged.write(f"pool/{name}.csv", rows)
    forged.reseal()

    assert isinstance(verify(forged.files), Verdict)


def test_numbers_without_end_do_not_make_it_endless(small: dict[str, bytes]) -> None:
    for name, column in (("inspectors", 4), ("inspectors", 5), ("strata", 3), ("strata", 7)):
        forged = Forged(small)
        forged.cell(f"pool/{name}.csv", 2, column, "9" * 30)
        forged.reseal()
        assert isinstance(verify(forged.files), Verdict)


def test_deep_json_is_no_way_to_the_stack(small: dict[str, bytes]) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000

    for path in ("ledger.jsonl", "public/result/draw.json", "pool/rules.json"):
        assert not verify({**small, path: deep + b"\n"}).holds
