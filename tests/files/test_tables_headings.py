"""The heading row is found, its columns are matched, what is missing or there twice is said."""

import pytest
import xlsxwriter

from shuangsuiji.core.roster.columns import LISTED, SUBJECTS
from shuangsuiji.core.table import Column
from shuangsuiji.files.tables import read_tables

COLUMNS = (
    Column("单位名称", ("企业名称", "名称"), required=True),
    Column("专业", ("监督专业",), "list", required=True),
    Column("对象编号", ("编号",), "id"),
    Column("备注", ("说明",)),
)


@pytest.fixture
def read(tmp_path):
    def read(*rows, columns=COLUMNS, **more_sheets):
        path = tmp_path / "subjects.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, content in {"名录": rows, **more_sheets}.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(content):
                    sheet.write_row(number, 0, row)
        return read_tables(path, "rosters/subjects.xlsx", columns)

    return read


def codes(problems):
    return [problem.code for problem in problems]


def test_the_heading_row_is_found_under_titles_and_blank_rows(read):
    [table], problems = read(
        ["某某县2023年检查对象名录库"],
        [],
        ["单位：家", "填表人：监督员01"],
        ["备注", "单位名称", "专业"],
        ["", "甲店", "公共场所"],
    )

    assert not problems
    assert table.column("单位名称") == ["甲店"]
    assert list(table.numbers) == [5]
    assert str(table.place(0, "单位名称")) == "rosters/subjects.xlsx，工作表“名录”，第5行，“单位名称”列（B列）"


@pytest.mark.parametrize(
    "heading",
    [
        "企业名称",
        "*单位\n名称",
        " 单 位 名 称 ",
        "单位名称（必填）",
        "单位名称【不要改】",
        "单位名称：",
        "单位名称(全称)",
    ],
)
def test_a_heading_may_be_written_in_its_usual_ways(read, heading):
    [table], problems = read([heading, "专业"], ["甲店", "公共场所"])

    assert not problems
    assert table.column("单位名称") == ["甲店"]


def test_brackets_that_belong_to_a_heading_are_kept(read):
    [table], _ = read(["单位名称", "专业", "法定代表人（负责人）"], ["甲店", "公共场所", "某甲"], columns=SUBJECTS)

    assert table.column("法定代表人") == ["某甲"]


def test_a_heading_over_two_rows_is_read_as_one(read):
    [table], problems = read(
        ["单位名称", "监管", ""],
        ["", "专业", "编号"],
        ["甲店", "公共场所", "D001"],
    )

    assert not problems
    assert dict(table.cells) == {"单位名称": ["甲店"], "专业": ["公共场所"], "对象编号": ["D001"]}
    assert list(table.numbers) == [3]


def test_unknown_columns_are_kept_under_their_own_heading(read):
    [table], problems = read(["序号", "单位名称", "专业", "网格"], [1, "甲店", "公共场所", "三网格"])

    assert not problems
    assert (table.column("序号"), table.column("网格")) == (["1"], ["三网格"])
    assert table.letters["网格"] == "D"


def test_two_unknown_columns_of_one_heading_are_both_kept(read):
    [table], _ = read(["单位名称", "专业", "网格", "网格"], ["甲店", "公共场所", "一", "二"])

    assert (table.column("网格"), table.column("网格（D列）")) == (["一"], ["二"])


def test_a_missing_required_column_is_named_with_the_heading_most_like_it(read):
    _, [problem] = read(["单位名秤", "专业", "备注"], ["甲店", "公共场所", ""])

    assert problem.code == "missing-column"
    assert problem.place.row == 1
    assert problem.what == "缺少“单位名称”列。最相近的标题是“单位名秤”。"
    assert problem.todo == "标题可以写作：单位名称、企业名称、名称。"


def test_headings_may_be_written_in_traditional_characters(read):
    [table], problems = read(["單位名稱", "監督專業", "備註"], ["甲店", "公共场所", ""])

    assert not problems
    assert list(table.cells) == ["单位名称", "专业", "备注"]


def test_two_columns_that_mean_the_same_are_refused(read):
    _, problems = read(["企业名称", "名称", "专业"], ["甲店", "乙店", "公共场所"])

    assert codes(problems) == ["duplicate-column"]
    assert problems[0].severity == "error"
    assert "“企业名称”（A列）、“名称”（B列）" in problems[0].what


def test_of_two_columns_that_mean_the_same_the_exact_heading_goes_first_with_a_warning(read):
    [table], [problem] = read(["说明", "单位名称", "专业", "备注"], ["一", "甲店", "公共场所", "二"])

    assert (problem.severity, problem.code) == ("warning", "duplicate-column")
    assert (table.column("备注"), table.column("说明")) == (["二"], ["一"])


def test_several_sheets_are_several_tables_and_a_sheet_of_notes_is_passed_over(read):
    tables, problems = read(
        ["单位名称", "专业"],
        ["甲店", "公共场所"],
        填表说明=[["请如实填写"], ["说明"]],
        饮用水=[["单位名称", "专业"], ["乙厂", "生活饮用水"]],
    )

    assert not problems
    assert [(table.sheet, list(table.column("单位名称"))) for table in tables] == [
        ("名录", ["甲店"]),
        ("饮用水", ["乙厂"]),
    ]


def test_a_file_without_a_heading_row_is_told_what_is_looked_for(read):
    tables, [problem] = read(["甲店", "公共场所"], ["乙店", "公共场所"])

    assert tables == []
    assert problem.code == "no-heading"
    assert "必须有的标题：单位名称、专业。" in problem.what


def test_one_heading_of_two_is_not_a_heading_row(read):
    _, problems = read(["备注", "甲店"], ["", "乙店"])

    assert codes(problems) == ["no-heading"]


def test_a_list_may_have_one_column_of_ids(read):
    [table], problems = read(["对象编号"], ["D001"], columns=LISTED)

    assert not problems
    assert table.column("对象编号") == ["D001"]


def test_blank_rows_and_total_rows_are_passed_over_and_numbers_stay(read):
    [table], problems = read(
        ["对象编号", "单位名称", "专业"],
        ["D001", "甲店", "公共场所"],
        [],
        ["\u3000", " "],
        ["D002", "乙店", "公共场所"],
        ["小  计", 2],
        ["", "合计：", 132],
        ["D003", "合计算账服务店", "公共场所"],
        ["总计", "", "", 3],
    )

    assert not problems
    assert table.column("单位名称") == ["甲店", "乙店", "合计算账服务店"]
    assert list(table.numbers) == [2, 5, 8]


def test_problems_come_in_the_order_of_the_rows(read):
    _, problems = read(
        ["备注", "单位名称", "专业", "编号", "上次检查日期"],
        ["", "甲店", "公共场所", "D1", "昨天"],
        ["", "乙店", "公共场所", 12, "今天"],
        columns=SUBJECTS,
    )

    assert [(problem.code, problem.place.row, problem.place.letter) for problem in problems] == [
        ("bad-date", 2, "E"),
        ("id-is-number", 3, "D"),
        ("bad-date", 3, "E"),
    ]
    assert str(problems[1].place) == "rosters/subjects.xlsx，工作表“名录”，第3行，“对象编号”列（D列）"
    assert problems[1].what == "编号以数字格式存放（12），可能已丢失位数或前导零。"
    assert problems[1].todo == "把该列设为“文本”格式后重新填写。"


def test_a_heading_row_with_nothing_below_it_is_an_empty_table(read):
    [table], problems = read(["单位名称", "专业"])

    assert not problems
    assert len(table) == 0
