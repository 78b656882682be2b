"""Cells become text by what their column holds."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.files.tables.cells import texts


def read(kind, *cells):
    found, faults = texts(kind, cells)
    return list(found), [fault.code for _, fault in faults]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\u3000某某美容店\u200b", "某某美容店"),
        ("\ufeff某某美容店\u00a0 ", "某某美容店"),
        ("某某\n美容店", "某某 美容店"),
        ("某某 \r\n\t美容店", "某某 美容店"),
        ("某某\x07美容店", "某某 美容店"),
        ("ＡＢＣ（某某）店", "ＡＢＣ（某某）店"),
        ("赵䶮", "赵䶮"),
        ("=1+1", "=1+1"),
        (" \u200b\n", ""),
        (13800000000.0, "13800000000"),
        (0.05, "0.05"),
        (True, "是"),
        (False, "否"),
        (date(2023, 5, 1), "2023-05-01"),
        (datetime(2023, 5, 1), "2023-05-01"),  # noqa: DTZ001 - cells have no zone
        (datetime(2023, 5, 1, 8, 30), "2023-05-01 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (None, ""),
        ("", ""),
    ],
)
def test_text_keeps_its_characters_and_loses_what_cannot_be_seen(cell, text):
    assert read("text", cell) == ([text], [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("１３０１２９０１", "１３０１２９０１"),
        ("9113 0129", "9113 0129"),
        ("\tD001\n", "D001"),
        ("007", "007"),
        ("省卫－01", "省卫－01"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_id_is_never_repaired_but_for_blanks_at_its_ends(cell, text):
    assert read("id", cell, "D002") == ([text, "D002"], [])


@pytest.mark.parametrize("cell", [130129001.0, 7, True, date(2023, 5, 1), "1.30129E+17"])
def test_an_id_that_was_typed_as_a_number_is_refused(cell):
    assert read("id", "D001", cell, "D003")[1] == ["id-is-number"]


@pytest.mark.parametrize(
    "cell",
    [
        "2023-5-1",
        "2023/5/1",
        "2023.5.1",
        "2023年5月1日",
        "2023年05月01",
        "20230501",
        " ２０２３-０５-０１ ",
        "2023-05-01 00:00:00",
        date(2023, 5, 1),
        datetime(2023, 5, 1, 12),  # noqa: DTZ001
        45047.0,
        45047,
        20230501.0,
    ],
)
def test_every_usual_way_to_write_a_date_is_read(cell):
    assert read("date", cell) == (["2023-05-01"], [])


@pytest.mark.parametrize(
    "cell", ["无", "2023-13-01", "2023-02-30", "2023-5", "5/1/2023", "0203-05-01", 3.0, True, time(8)]
)
def test_what_is_not_a_date_is_refused(cell):
    assert read("date", cell)[1] == ["bad-date"]


def test_a_blank_date_or_count_is_blank():
    assert read("date", "", " ", None) == (["", "", ""], [])
    assert read("count", "", " ", None) == (["", "", ""], [])


def test_a_count_is_the_text_of_an_integer():
    assert read("count", 3.0, "12", "１２", 0) == (["3", "12", "12", "0"], [])


@pytest.mark.parametrize("cell", [1.5, "三", "-1", -1.0, True, "1.0", "²"])
def test_what_is_not_an_integer_is_refused_as_a_count(cell):
    assert read("count", cell)[1] == ["bad-count"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("公共场所;生活饮用水", "公共场所；生活饮用水"),
        ("公共场所、学校卫生，职业卫生/放射卫生,计划生育", "公共场所；学校卫生；职业卫生；放射卫生；计划生育"),
        (" 公共场所 \n\u200b学校卫生；；公共场所", "公共场所；学校卫生"),
        ("；", ""),
        (1.0, "1"),
        ("", ""),
    ],
)
def test_a_list_is_its_parts_without_blanks_and_repetitions(cell, text):
    assert read("list", cell) == ([text], [])


def test_a_fault_knows_its_place_and_keeps_what_stood_there():
    found, faults = texts("date", ["2023-05-01", "待定", "", "永久"])

    assert list(found) == ["2023-05-01", "待定", "", "长期"]
    assert [(place, fault.text) for place, fault in faults] == [(1, "待定")]


ANY_CELL = st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates(), st.none())


@given(st.sampled_from(["id", "text", "list", "date", "count"]), st.lists(ANY_CELL))
def test_a_column_reads_the_same_cell_by_cell_and_at_once(kind, cells):
    at_once, faults = texts(kind, cells)
    one_by_one = [texts(kind, [cell]) for cell in cells]

    assert list(at_once) == [text for one, _ in one_by_one for text in one]
    assert [place for place, _ in faults] == [place for place, (_, found) in enumerate(one_by_one) if found]


@given(st.sampled_from(["id", "text", "list", "date", "count"]), st.text())
def test_reading_twice_changes_nothing(kind, cell):
    once, _ = texts(kind, [cell])

    assert list(texts(kind, once)[0]) == list(once)


@pytest.mark.parametrize("cell", ["P1、P2", "P1\nP2", " P1  P2 ", "P1；P1；P2", "P1,P2", "P1/P2"])
def test_several_ids_in_one_cell_are_told_apart_and_stand_once(cell):
    assert read("ids", cell, "P3") == (["P1；P2", "P3"], [])


@pytest.mark.parametrize("cell", [13012900101, 13012900101.0, "1.30E+10、P2"])
def test_among_several_ids_too_a_number_is_refused(cell):
    assert read("ids", cell)[1] == ["id-is-number"]
