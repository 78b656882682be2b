"""The task list and the inspectors' workbooks, read back as a program reads them."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from shuangsuiji.files.sheets import write_sheets
from shuangsuiji.files.sheets.style import LONGEST_FOOTER, footer
from shuangsuiji.files.sheets.tasklist import task_list
from shuangsuiji.files.sheets.text import CUT, HIGHEST, LONGEST
from shuangsuiji.files.sheets.workbook import workbook
from tests.files.test_sheets_example import STRATA, county, with_subject


def quiet(done, total):
    pass


def read(data):
    return openpyxl.load_workbook(BytesIO(data))


@cache
def the_list(briefing):
    return read(task_list(briefing, []))


@cache
def book_of(briefing, inspector="130129000001"):
    mine = tuple(a for a in briefing.assignments if any(m.inspector == inspector for m in a.team))
    member = next(m for m in mine[0].team if m.inspector == inspector)
    return read(workbook(briefing, member, mine)), mine


def heading_row(sheet):
    return next(row for row in sheet.iter_rows() if row[0].value == "序号")[0].row


def table(sheet):
    """The rows under the headings, as dicts."""
    rows = list(sheet.iter_rows(min_row=heading_row(sheet), values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def texts(sheet):
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_one_task_list_and_one_workbook_per_inspector_are_written(tmp_path):
    paths = write_sheets(tmp_path, county(), workers=1, progress=quiet)

    assert [path.name for path in paths[:2]] == ["任务清单.xlsx", "任务单_130129000001_监督员01.xlsx"]
    assert len(paths) == 17
    assert sorted(paths) == sorted(tmp_path.iterdir())


def test_progress_counts_every_file(tmp_path):
    told = []

    write_sheets(tmp_path, county(), workers=1, progress=lambda done, total: told.append((done, total)))

    assert told == [(done, 17) for done in range(1, 18)]


def test_the_task_list_has_the_summary_all_tasks_each_stratum_and_the_register():
    book = the_list(county())

    assert book.sheetnames == ["抽取概况", "全部任务", "公共场所", "医疗卫生", "传染病防治", "任务单分发登记"]
    assert book.active.title == "全部任务"


def test_all_tasks_has_one_row_per_task():
    briefing = county()

    rows = table(the_list(briefing)["全部任务"])

    assert [row["任务编号"] for row in rows] == [task for visit in briefing.assignments for task in visit.tasks]
    assert [row["序号"] for row in rows] == list(range(1, len(rows) + 1))


def test_a_row_of_all_tasks_says_who_is_visited_where_and_by_whom():
    rows = table(the_list(county())["全部任务"])

    assert rows[10] == {
        "序号": 11,
        "任务编号": "GGCS/130129000009",
        "检查编号": "130129000009",
        "对象编号": "130129000009",
        "单位名称": "青禾县白鹭镇样例诊所009号",
        "专业": "公共场所",
        "类别": "诊所",
        "地址": "青禾县白鹭镇样例路9号",
        "区域": "白鹭镇",
        "联系人": "联系人009",
        "联系电话": "13800000009",
        "检查人员（执法证号）": "监督员04（130129000004，主办）\n监督员10（130129000010）",
        "必查原因": "上年度抽检不合格",
    }


def test_the_sheets_of_the_strata_hold_all_tasks_once():
    briefing = county()
    book = the_list(briefing)

    found = [row["任务编号"] for stratum in STRATA for row in table(book[stratum.name])]

    assert sorted(found) == sorted(task for visit in briefing.assignments for task in visit.tasks)


def test_departments_are_a_column_only_where_departments_visit_jointly():
    alone = county()
    first, *others = alone.assignments
    jointly = replace(alone, assignments=(first._replace(department="县市场监管局"), *others))

    assert "检查部门" not in table(the_list(alone)["全部任务"])[0]
    assert table(the_list(jointly)["全部任务"])[0]["检查部门"] == "县市场监管局"


def test_the_summary_shows_seed_grade_digest_and_checkpoint():
    briefing = county()

    shown = texts(the_list(briefing)["抽取概况"])

    assert {briefing.seed, briefing.pool_digest, briefing.checkpoint, "130129-2023-01", "2023年5月9日"} <= set(shown)


@pytest.mark.parametrize(("grade", "words"), [("public", "公开种子"), ("local", "本机随机"), ("given", "人工给定")])
def test_the_grade_of_the_seed_is_shown_in_words(grade, words):
    shown = texts(the_list(replace(county(), grade=grade))["抽取概况"])

    assert any(str(text).startswith(words) for text in shown)


def test_the_summary_tells_of_voided_draws_only_if_there_were_any():
    never, twice = county(), replace(county(), voided=2)

    assert not any("作废" in str(text) for text in texts(the_list(never)["抽取概况"]))
    assert any(str(text).startswith("此前作废2次") for text in texts(the_list(twice)["抽取概况"]))


def test_the_summary_adds_up_the_strata():
    rows = list(the_list(county())["抽取概况"].iter_rows(values_only=True))

    assert (1, "GGCS", "公共场所", 325, "8%", 26, 26) in rows
    assert (None, None, "合计", 819, None, 97, 97) in rows


def test_the_register_names_every_inspectors_file_for_signing(tmp_path):
    paths = write_sheets(tmp_path, county(), workers=1, progress=quiet)

    rows = table(openpyxl.load_workbook(paths[0])["任务单分发登记"])

    assert [row["任务单文件"] for row in rows] == [path.name for path in paths[1:]]
    assert rows[0]["签收人"] is None


def test_a_workbook_has_its_sheets_in_order_and_the_machines_sheet_very_hidden():
    book, _ = book_of(county())

    assert book.sheetnames == ["我的任务", "检查内容", "结果回填", "填写说明", "_ssj"]
    assert book["_ssj"].sheet_state == "veryHidden"


def test_the_machines_sheet_says_which_draw_and_whose():
    briefing = county()
    book, _ = book_of(briefing)

    facts = dict(book["_ssj"].iter_rows(values_only=True))

    assert facts == {
        "format": "ssj-return/1",
        "draw": "130129-2023-01",
        "inspector": "130129000001",
        "checkpoint": briefing.checkpoint,
    }


def test_my_tasks_lists_each_visit_with_all_its_strata_and_the_partners():
    book, mine = book_of(county())

    rows = table(book["我的任务"])

    assert [row["检查编号"] for row in rows] == [visit.visit for visit in mine]
    assert rows[1]["专业"] == "医疗卫生、传染病防治"
    assert rows[0]["同组人员（执法证号）"] == "监督员16（130129000016，主办）"


def test_the_one_who_leads_reads_it_in_his_own_list():
    book, _ = book_of(county(), "130129000004")

    assert table(book["我的任务"])[0]["同组人员（执法证号）"].endswith("本人主办")


def test_my_tasks_says_by_when_the_visits_are_to_be_made():
    book, _ = book_of(county())

    assert any("请于2023年11月30日前完成" in str(text) for text in texts(book["我的任务"]))


def test_a_licence_without_a_date_is_shown_as_the_roster_has_it():
    briefing = with_subject(county(), licence="青卫公证字1号", licence_until="长期")

    book, _ = book_of(briefing, briefing.assignments[0].team[0].inspector)

    assert table(book["我的任务"])[0]["许可证号及有效期"] == "青卫公证字1号\n至长期"


def test_the_items_are_those_of_the_inspectors_own_strata():
    briefing = county()
    only = replace(briefing, assignments=tuple(a for a in briefing.assignments if a.strata == ("GGCS",)))

    book, _ = book_of(only)

    assert [row["事项编码"] for row in table(book["检查内容"])] == [None, "GGCS-01", "GGCS-02"]


def test_a_long_item_goes_on_in_further_rows_and_loses_nothing():
    content = "建立卫生管理档案情况、从业人员健康体检情况；" * 60
    briefing = county()
    items = (briefing.items[0]._replace(content=content), *briefing.items[1:])

    sheet = book_of(replace(briefing, items=items))[0]["检查内容"]

    rows = [row for row in table(sheet) if row["事项编码"] == "GGCS-01" or row["序号"] == "续"]
    assert len(rows) > 1
    assert "".join(row["抽查内容"] for row in rows) == content
    assert max(row.height for row in sheet.row_dimensions.values()) < HIGHEST


def test_a_stratum_without_items_says_so():
    briefing = replace(county(), strata=tuple(stratum._replace(items=()) for stratum in STRATA))

    book, _ = book_of(briefing)

    assert "本专业没有列明抽查事项，按抽查方案执行。" in texts(book["检查内容"])


@pytest.mark.parametrize("name", ["抽取概况", "全部任务", "公共场所", "任务单分发登记"])
def test_every_page_of_the_list_has_footer_and_fits_a4(name):
    sheet = the_list(county())[name]

    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "抽取编号：130129-2023-01" in sheet.oddFooter.left.text
    assert "c0ffee12" in sheet.oddFooter.left.text
    assert sheet.oddFooter.right.text == "第&P页 共&N页"


def test_headings_are_repeated_on_paper_frozen_on_the_screen_and_filtered():
    sheet = the_list(county())["全部任务"]

    row = heading_row(sheet)

    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.freeze_panes == f"A{row + 1}"
    assert sheet.auto_filter.ref == f"A{row}:M{sheet.max_row}"
    assert sheet.page_setup.orientation == "landscape"


def test_a_footer_never_exceeds_what_a_program_takes():
    long = footer("130129-2023-01", "检验点&" * 100)

    assert len(long) <= LONGEST_FOOTER
    assert "…&R" in long
    assert "&&&&" not in long.replace("检验点&&", "")


@pytest.mark.parametrize("checkpoint", ["A&B", "A&G", "A&[Picture]", "&", "&&", "&P"])
def test_an_ampersand_in_the_checkpoint_does_not_drop_the_footer(checkpoint):
    book = the_list(replace(county(), checkpoint=checkpoint))

    assert book["全部任务"].oddFooter.left.text is not None


HOSTILE = [
    '=HYPERLINK("x")',
    "+1-1",
    "@SUM(A1)",
    "{=1}",
    "<b>甲</b>",
    "A&B <甲>公司",
    "http://example.com/",
    "internal:Sheet1!A1",
    "0012",
    "1e5",
    "_x0041_",
    "甲😀店𠮷",
    "䶮堃喆",
    "长" * 5_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_the_text_it_is(name):
    briefing = with_subject(county(), name=name)

    cell = the_list(briefing)["全部任务"].cell(5, 5)
    returned = book_of(briefing, briefing.assignments[0].team[0].inspector)[0]["结果回填"].cell(5, 2)

    assert (cell.value.replace("_x0041_", "A"), cell.data_type) == (name.replace("_x0041_", "A"), "s")
    assert returned.value == cell.value
    assert cell.hyperlink is None


def test_a_text_beyond_what_a_cell_holds_is_cut_with_a_mark():
    briefing = with_subject(county(), name="长" * 40_000)

    name = the_list(briefing)["全部任务"].cell(5, 5).value

    assert len(name) == LONGEST
    assert name.endswith(CUT)


def test_a_long_text_of_wide_signs_is_cut_between_them():
    briefing = with_subject(county(), name="😀" * 20_000)

    name = the_list(briefing)["全部任务"].cell(5, 5).value

    assert len(name.encode("utf-16-le")) // 2 <= LONGEST
    assert set(name.removesuffix(CUT)) == {"😀"}


def test_control_characters_and_broken_signs_are_taken_out():
    briefing = with_subject(county(), name="甲\x00\x07\x1b店\ud800\ufffe", address="一层\r\n二层\x0b三层")

    sheet = the_list(briefing)["全部任务"]

    assert sheet.cell(5, 5).value == "甲店"
    assert sheet.cell(5, 8).value == "一层\n二层\n三层"


def test_hostile_titles_and_agencies_stay_text():
    hostile = replace(county(), title='=HYPERLINK("x")', agency="=1+1", document_no="=2", draw="130129-2023-01")

    book = the_list(hostile)

    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_strata_with_hostile_names_get_sheets_of_their_own():
    names = ("A[1]:*?/\\", "全部任务", "全部任务")
    strata = tuple(stratum._replace(name=name) for stratum, name in zip(STRATA, names, strict=True))

    book = the_list(replace(county(), strata=strata))

    assert book.sheetnames[2:5] == ["A［1］：＊？／＼", "全部任务(2)", "全部任务(3)"]


def test_the_same_briefing_gives_the_same_bytes():
    briefing = county()

    assert task_list(briefing, []) == task_list(county(), [])
    assert workbook(briefing, briefing.assignments[0].team[0], briefing.assignments) == workbook(
        briefing, briefing.assignments[0].team[0], briefing.assignments
    )


def test_the_file_is_dated_by_the_draw():
    assert the_list(county()).properties.created.isoformat() == "2023-05-09T00:00:00"


def test_a_draw_without_visits_still_has_its_list(tmp_path):
    paths = write_sheets(tmp_path, replace(county(), assignments=()), workers=2, progress=quiet)

    assert [path.name for path in paths] == ["任务清单.xlsx"]
