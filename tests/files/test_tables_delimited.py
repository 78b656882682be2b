"""csv and txt: encodings, delimiters, lines, quotes."""

import pytest

from shuangsuiji.core.table import Column
from shuangsuiji.files.tables import decode, read_tables

COLUMNS = (Column("单位名称", required=True), Column("专业", (), "list", required=True), Column("对象编号", (), "id"))


@pytest.fixture
def read(tmp_path):
    def read(content, name="subjects.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_tables(path, f"rosters/{name}", COLUMNS)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encoding_it_shows(read, encoding):
    [table], problems = read("单位名称,专业\n赵䶮餐馆,公共场所\n".encode(encoding))

    assert not problems
    assert table.column("单位名称") == ["赵䶮餐馆"]


def test_big_endian_utf16_is_read():
    assert decode(b"\xfe\xff" + "甲店".encode("utf-16-be")) == "甲店"


def test_bytes_in_no_encoding_are_refused(read):
    tables, [problem] = read(b"\xb5\xa5\xce\xbb,\xff\xff\xff\n")

    assert (tables, problem.code) == ([], "bad-encoding")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_parts_the_headings(read, delimiter):
    [table], problems = read(
        delimiter.join(("名录,2023;春\n单位名称", "专业\n甲店", "公共场所；饮用水\n")), "subjects.txt"
    )

    assert not problems
    assert table.column("专业") == ["公共场所；饮用水"]
    assert table.letters == {"单位名称": "A", "专业": "B"}


def test_a_row_is_numbered_by_the_line_where_it_begins(read):
    [table], problems = read('名录\r\n\r\n单位名称,专业\r\n"甲\r\n店",公共场所\r\n乙店,公共场所\r\n')

    assert not problems
    assert table.column("单位名称") == ["甲 店", "乙店"]
    assert list(table.numbers) == [4, 6]
    assert table.sheet is None


def test_an_id_in_a_csv_keeps_its_zeros(read):
    [table], _ = read("单位名称,专业,对象编号\n甲店,公共场所,007\n")

    assert table.column("对象编号") == ["007"]


def test_an_id_that_excel_shortened_before_saving_is_refused(read):
    _, [problem] = read("单位名称,专业,对象编号\n甲店,公共场所,1.30129E+17\n")

    assert (problem.code, problem.place.row) == ("id-is-number", 2)


def test_nul_characters_are_refused_with_their_line(read):
    _, [problem] = read("单位名称,专业\n甲店,公共\0场所\n")

    assert (problem.code, problem.place.row) == ("nul-character", 2)


def test_utf16_without_a_byte_order_mark_is_refused(read):
    tables, [problem] = read("name,单位名称\n".encode("utf-16-le"))

    assert tables == []
    assert problem.code in {"nul-character", "bad-encoding"}


@pytest.mark.parametrize(
    "rows",
    [
        '甲店,公共场所\n"乙店,公共场所\n丙店,公共场所\n',
        '甲店,公共场所\n"乙店,公共场所,\n丙店,公共场所,\n丁店",公共场所,\n',
        '甲店,公共场所\n"乙店,' + "长" * 200_000 + "\n",
    ],
)
def test_a_quote_that_is_not_closed_is_refused_with_its_line(read, rows):
    tables, [problem] = read("单位名称,专业,对象编号\n" + rows)

    assert tables == []
    assert (problem.code, problem.place.row) == ("unclosed-quote", 3)


def test_text_after_a_closed_quote_is_refused(read):
    tables, [problem] = read('单位名称,专业\n"张记"面馆,公共场所\n')

    assert tables == []
    assert (problem.code, problem.place.row) == ("bad-csv", 2)


def test_a_row_with_a_comma_too_many_is_refused(read):
    _, [problem] = read("单位名称,专业,对象编号\n甲店,公共场所,D1\n乙,店,公共场所,D2\n丙店,公共场所,D3,\n")

    assert (problem.code, problem.place.row) == ("extra-cells", 3)
    assert problem.what == "这一行有 4 格，标题只有 3 格，内容可能错位。"


def test_a_short_row_has_blank_cells(read):
    [table], problems = read("单位名称,专业,对象编号\n甲店,公共场所\n")

    assert not problems
    assert table.column("对象编号") == [""]


@pytest.mark.parametrize("content", ["", " \n\n"])
def test_an_empty_file_is_said_to_be_empty(read, content):
    _, [problem] = read(content)

    assert problem.code == "empty-file"


def test_a_csv_without_headings_is_told_what_is_looked_for(read):
    _, [problem] = read("甲店,公共场所\n")

    assert problem.code == "no-heading"


def test_an_unknown_kind_of_file_is_refused(read):
    _, [problem] = read("%PDF-1.4", "subjects.pdf")

    assert problem.code == "not-supported"
