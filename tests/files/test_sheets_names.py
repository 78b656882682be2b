"""Names of files and worksheets, from ids and names that may be anything."""

import pytest

from shuangsuiji.files.sheets.names import LONGEST_FILE, LONGEST_FILE_BYTES, file_names, sheet_names


def file_name(stem):
    return file_names([stem], ".xlsx")[0]


@pytest.mark.parametrize("sign", '<>:"/\\|?*\n\t\x00\x1f\u202e\u200b')
def test_signs_that_windows_refuses_do_not_get_into_a_file_name(sign):
    name = file_name(f"任务单_a_张{sign}三")

    assert sign not in name
    assert name.startswith("任务单_a_张")


@pytest.mark.parametrize("stem", ["任务单_a_张三.", "任务单_a_张三 ", "任务单_a_张三. . "])
def test_dots_and_blanks_at_the_end_are_taken_off(stem):
    assert file_name(stem) == "任务单_a_张三.xlsx"


@pytest.mark.parametrize("stem", ["CON", "nul", "com1", "LPT9.txt"])
def test_the_names_of_devices_are_avoided(stem):
    assert file_name(stem).startswith("_")


@pytest.mark.parametrize("name", ["长" * 500, "😀" * 500, "a" * 500, "é" * 500])
def test_a_file_name_is_never_too_long_for_a_disk(name):
    short = file_name(f"任务单_a_{name}")

    assert len(short) <= LONGEST_FILE
    assert len(short.encode()) <= LONGEST_FILE_BYTES
    assert short.endswith(".xlsx")


def test_files_that_differ_in_case_only_are_told_apart():
    assert file_names(["任务单_A01_张三", "任务单_a01_张三", "任务单_a02_李四"], ".xlsx") == [
        "任务单_A01_张三.xlsx",
        "任务单_a01_张三_2.xlsx",
        "任务单_a02_李四.xlsx",
    ]


def test_long_names_that_become_equal_are_told_apart():
    names = file_names(["任务单_a_" + "长" * 200 + end for end in "甲乙丙"], ".xlsx")

    assert len({name.casefold() for name in names}) == 3
    assert all(len(name.encode()) <= LONGEST_FILE_BYTES for name in names)


@pytest.mark.parametrize("name", ["[]:*?/\\", "'甲'", "长" * 50, "😀" * 40, "", " ", "History", "甲\x00\n乙", "'" * 40])
def test_a_worksheet_name_is_one_that_excel_takes(name):
    [safe] = sheet_names([name], taken=[])

    assert 0 < len(safe.encode("utf-16-le")) // 2 <= 31
    assert not set(safe) & set("[]:*?/\\\n\x00")
    assert not safe.startswith("'")
    assert not safe.endswith("'")
    assert safe.casefold() != "history"


def test_worksheets_that_differ_in_case_only_are_told_apart():
    assert sheet_names(["ABC", "abc", "ＡＢＣ"], taken=[]) == ["ABC", "abc(2)", "ＡＢＣ(3)"]


def test_worksheets_do_not_take_a_name_that_is_taken():
    assert sheet_names(["全部任务"], taken=["全部任务"]) == ["全部任务(2)"]


def test_long_worksheet_names_that_begin_alike_are_told_apart():
    names = sheet_names(["长" * 31 + "甲", "长" * 31 + "乙"], taken=[])

    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)
