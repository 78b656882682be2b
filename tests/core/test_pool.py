"""The pool's bytes: what is written is what a CSV reader of any make reads, and what is read is what was written."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.draw.pool import (
    Excluded,
    Pool,
    PoolInspector,
    PoolStratum,
    PoolSubject,
    Rules,
    TeamRule,
    csv_bytes,
    decode,
    encode,
)

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=6))
def test_the_quick_way_to_write_csv_gives_the_bytes_of_the_csv_module(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["a", "b", "c"], *rows])

    assert csv_bytes(("a", "b", "c"), rows) == text.getvalue().encode()


@given(
    name=TEXT.filter(lambda text: "\r" not in text),
    left=st.none() | st.integers(1, 5),
    cap=st.none() | st.integers(0, 9),
)
def test_a_pool_is_read_back_as_it_was_written(name: str, left: int | None, cap: int | None) -> None:
    team = TeamRule(size=2, specialty="every", lead=False, area="any")
    rules = Rules(
        protocol="ssj1",
        draw="D-1",
        agency="WJ",
        tickets="shared",
        must_include="within",
        coverage=None,
        team=team,
        visits="merge",
        departments={"GGCS": {"WJ": 2, "SJ": 1}} if cap else None,
    )
    pool = Pool(
        strata=(PoolStratum("GGCS", name, "GGCS", 1, 1, "8%", "ceil", 1),),
        subjects=(PoolSubject("GGCS", "A1", name, "东", True, left),),
        inspectors=(PoolInspector("P1", "WJ", ("GGCS", "XXWS"), True, 0, cap, ()),),
        conflicts=(("P1", "A1"),),
        excluded=(Excluded("GGCS", "A2", name, "停业"),),
        rules=rules,
    )

    assert decode(encode(pool)) == pool
