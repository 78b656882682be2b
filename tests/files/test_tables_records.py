"""yaml rosters: a list of records, every scalar text, every row its line."""

import pytest

from shuangsuiji.core.table import Column
from shuangsuiji.files.tables import read_tables

COLUMNS = (
    Column("执法证号", ("证号",), "id", required=True),
    Column("姓名", ("执法人员",), required=True),
    Column("专业", (), "list", required=True),
    Column("证件有效期", (), "date"),
)


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "inspectors.yaml"
        path.write_text(text, encoding="utf-8")
        return read_tables(path, "rosters/inspectors.yaml", COLUMNS)

    return read


def test_records_are_rows_and_their_lines_are_the_numbers(read):
    [table], problems = read(
        "# 执法人员\n"
        "- 执法证号: 0207777777\n"
        "  姓名: 监督员01\n"
        "  专业: [公共场所, 学校卫生]\n"
        "\n"
        "- 证号: 12:30\n"
        "  执法人员: NO\n"
        "  专业: 公共场所、学校卫生\n"
        "  证件有效期: 2027/1/2\n"
        "  特长: 1_000\n"
    )

    assert not problems
    assert list(table.numbers) == [2, 6]
    assert dict(table.cells) == {
        "执法证号": ["0207777777", "12:30"],
        "姓名": ["监督员01", "NO"],
        "专业": ["公共场所；学校卫生", "公共场所；学校卫生"],
        "证件有效期": ["", "2027-01-02"],
        "特长": ["", "1_000"],
    }
    assert table.letters == {}
    assert str(table.place(1, "姓名")) == "rosters/inspectors.yaml，第6行，“姓名”列"


def test_the_list_may_stand_under_one_name(read):
    [table], problems = read("inspectors:\n- {执法证号: A1, 姓名: 监督员01, 专业: 公共场所}\n")

    assert not problems
    assert table.column("姓名") == ["监督员01"]


@pytest.mark.parametrize("text", ["[]\n", "inspectors: []\n", "inspectors:\n", "# 没有\n"])
def test_a_list_of_nothing_is_an_empty_table(read, text):
    [table], problems = read(text)

    assert not problems
    assert len(table) == 0


def test_a_blank_required_value_is_a_blank_cell(read):
    [table], problems = read("- {执法证号: A1, 姓名: 监督员01, 专业: 公共场所}\n- {执法证号: A2, 姓名: ~}\n")

    assert not problems
    assert (table.column("姓名"), table.column("专业")) == (["监督员01", ""], ["公共场所", ""])


def test_a_required_heading_that_no_record_has_is_missing(read):
    _, [problem] = read("- {执法证号: A1, 姓名: 监督员01, 专 长: 公共场所}\n")

    assert problem.code == "missing-column"
    assert "“专业”" in problem.what


@pytest.mark.parametrize("second", ["姓名", "执法人员"])
def test_a_key_written_twice_is_refused_with_its_line(read, second):
    _, [problem] = read(f"- 执法证号: A1\n  姓名: 监督员01\n  专业: 公共场所\n  {second}: 监督员02\n")

    assert (problem.code, problem.place.row) == ("duplicate-key", 4)


def test_aliases_are_refused(read):
    tables, problems = read("- &a {执法证号: A1, 姓名: 监督员01, 专业: 公共场所}\n- *a\n")

    assert tables == []
    assert {problem.severity for problem in problems} == {"error"}


def test_a_bomb_of_aliases_is_refused_at_once(read):
    lines = ["a0: &a0 [哈, 哈]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    tables, problems = read("\n".join(lines))

    assert tables == []
    assert problems


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- 执法证号: A1\n\t姓名: 监督员01\n", 2),
        ("- 执法证号: A1\n  姓名: 监督员01\n 专业: 公共场所\n", 3),
        ('- 执法证号: "A1\n  姓名: 监督员01\n', None),
        ("- {执法证号: A1\n", None),
        ("- 执法证号: A1: B\n", 1),
        ("- 执法证号: !!python/object:os.system A1\n", 1),
        ("- 执法证号: A1\n---\n- 执法证号: A2\n", 2),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line_in_chinese(read, text, line):
    tables, problems = read(text)

    assert tables == []
    assert problems
    assert line is None or problems[0].place.row == line
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in problem.what) for problem in problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("执法证号: A1\n姓名: 监督员01\n", "not-a-list"),
        ("监督员01\n", "not-a-list"),
        ("- 监督员01\n", "not-a-record"),
        ("- {执法证号: A1, 姓名: {姓: 监, 名: 督}, 专业: 公共场所}\n", "nested-value"),
        ("- {执法证号: A1, 姓名: [监, 督], 专业: 公共场所}\n", "nested-value"),
        ("- {执法证号: A1, 姓名: 监督员01, 专业: [[公共场所]]}\n", "nested-value"),
    ],
)
def test_what_is_not_a_list_of_flat_records_is_refused(read, text, code):
    _, problems = read(text)

    assert code in [problem.code for problem in problems]


def test_a_bad_date_is_named_with_the_line_of_its_key(read):
    _, [problem] = read("- 执法证号: A1\n  姓名: 监督员01\n  专业: 公共场所\n  证件有效期: 明年\n")

    assert (problem.code, problem.place.row) == ("bad-date", 4)
