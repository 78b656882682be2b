"""Bad returns by name: what an inspector did, and the exact sentence that `ssj record` answers with; nothing written."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from shuangsuiji.files.sheets.form import FORM, SHEET
from tests.conftest import County
from tests.year.returning import COLUMN, CORRECTION, FINE, GONE, HEADINGS, PENALTY, Clock, fill, sheet_of

A1 = "GGCS/A1"
Cells = Mapping[str, object]


class Bad(NamedTuple):
    """`cells` are what P1 typed into the row of GGCS/A1; `says` is the first error, to the letter; `more`
    errors follow from it."""

    name: str
    cells: Cells
    column: str
    says: str
    more: int = 0


def but(cells: Cells, **changes: object) -> Cells:
    return {**cells, **changes}


BAD = [
    Bad(
        "an outcome before the visit",
        {"outcome": "未发现问题"},
        "检查结束时间",
        "填了“抽查结果”，没有填“检查结束时间”。请补填“检查结束时间”。",
    ),
    Bad(
        "a visit before the draw",
        but(FINE, check_ended="2023-5-3 10:00"),
        "检查结束时间",
        "“检查结束时间”（2023-05-03 10:00）早于抽取日期（2023-05-04）。任务下达以前的检查不是这项任务，请核对日期。",
    ),
    Bad(
        "a visit in the future",
        but(FINE, check_ended="2023-5-20 10:01"),
        "检查结束时间",
        "“检查结束时间”（2023-05-20 10:01）还没有到，现在是 2023-05-20 10:00。请核对日期；事情发生以后再填。",
    ),
    Bad(
        "a follow-up in the future",
        but(CORRECTION, followed_up_on="2023-5-25"),
        "复查日期",
        "“复查日期”（2023-05-25）还没有到，现在是 2023-05-20 10:00。请核对日期；事情发生以后再填。",
    ),
    Bad(
        "a day without its time",
        but(FINE, check_ended=datetime.fromisoformat("2023-05-09T00:00")),
        "检查结束时间",
        "“2023-05-09”只有日期，没有几点几分。24小时的期限由此起算，写成 2023-5-9 14:30 的样子。",
    ),
    Bad(
        "a day that does not exist",
        but(CORRECTION, correct_by="2023-2-30"),
        "改正期限",
        "“2023-2-30”不是日期。写成 2023-5-9 的样子。",
    ),
    Bad(
        "a day without its year",
        but(FINE, check_ended="5月9日 14:30"),
        "检查结束时间",
        "“5月9日 14:30”不是日期和时间。写成 2023-5-9 14:30 的样子。",
    ),
    Bad(
        "an outcome that does not exist",
        but(FINE, outcome="良好"),
        "抽查结果",
        "“良好”不在可选的内容里。请选：未发现问题、发现问题已责令改正、行政处罚、无法联系。",
    ),
    Bad(
        "a correction without its order",
        but(CORRECTION, correction_ordered_on=None, correct_by=None),
        "责令改正日期",
        "“抽查结果”是“发现问题已责令改正”，没有填“责令改正日期”。请补填“责令改正日期”。",
        more=1,
    ),
    Bad(
        "a correction without its term",
        but(CORRECTION, correct_by=None),
        "改正期限",
        "“抽查结果”是“发现问题已责令改正”，没有填“改正期限”。请补填“改正期限”。",
    ),
    Bad(
        "a correction ordered before the visit",
        but(CORRECTION, correction_ordered_on="2023-5-9"),
        "责令改正日期",
        "“责令改正日期”（2023-05-09）早于“检查结束时间”（2023-05-10 09:05）。请核对两个日期。",
    ),
    Bad(
        "a term before its order",
        but(CORRECTION, correct_by="2023-5-9"),
        "改正期限",
        "“改正期限”（2023-05-09）早于“责令改正日期”（2023-05-10）。请核对两个日期。",
    ),
    Bad(
        "a result of a follow-up without its day",
        but(CORRECTION, follow_up_result="已改正"),
        "复查日期",
        "填了“复查结果”，没有填“复查日期”。请补填“复查日期”。",
    ),
    Bad(
        "a penalty without its decision",
        but(PENALTY, penalty_decided_on=None, penalty_no=None, fine=None),
        "处罚决定日期",
        "“抽查结果”是“行政处罚”，没有填“处罚决定日期”。请补填“处罚决定日期”。",
        more=2,
    ),
    Bad(
        "a penalty without its number",
        but(PENALTY, penalty_no=None),
        "处罚决定书文号",
        "“抽查结果”是“行政处罚”，没有填“处罚决定书文号”。请补填“处罚决定书文号”。",
    ),
    Bad(
        "a penalty without an amount",
        but(PENALTY, fine=None),
        "罚款金额（元）",
        "“抽查结果”是“行政处罚”，没有填“罚款金额（元）”或“没收金额（元）”。请补填；警告等没有罚没款的，罚款金额填 0。",
    ),
    Bad(
        "a penalty before its case",
        but(PENALTY, case_filed_on="2023-5-19"),
        "处罚决定日期",
        "“处罚决定日期”（2023-05-18）早于“立案日期”（2023-05-19）。请核对两个日期。",
    ),
    Bad(
        "a case closed before its penalty",
        but(PENALTY, case_closed_on="2023-5-17"),
        "结案日期",
        "“结案日期”（2023-05-17）早于“处罚决定日期”（2023-05-18）。请核对两个日期。",
    ),
    Bad(
        "a fine below nothing",
        but(PENALTY, fine=-200),
        "罚款金额（元）",
        "罚款金额（元）是 -200，小于 0。请核对，单位为元。",
    ),
    Bad(
        "a fine in ten thousands",
        but(PENALTY, fine="0.2万元"),
        "罚款金额（元）",
        "“0.2万元”不是金额。只填数字，单位为元；没有罚没款的填 0 或留空。",
    ),
    Bad(
        "a fine below a cent",
        but(PENALTY, fine="2000.005"),
        "罚款金额（元）",
        "罚款金额（元）是 2000.005，精确到分都写不下。请核对，单位为元。",
    ),
    Bad(
        "nobody there, and no reason",
        but(GONE, reason=None),
        "结果细类",
        "“抽查结果”是“无法联系”，没有填“结果细类”。请补填“结果细类”。",
    ),
    Bad(
        "nobody there, yet a correction ordered",
        but(CORRECTION, outcome="无法联系", reason="已关闭"),
        "抽查结果",
        "“抽查结果”是“无法联系”，却填了“责令改正日期”（2023-05-10）。"
        "请改正抽查结果；日期填错的，用 ssj record --task 任务编号 --clear correction_ordered_on 清除。",
    ),
    Bad(
        "nothing found, yet a penalty",
        but(PENALTY, outcome="未发现问题"),
        "抽查结果",
        "“抽查结果”是“未发现问题”，却填了“处罚决定日期”（2023-05-18）。"
        "请改正抽查结果；日期填错的，用 ssj record --task 任务编号 --clear penalty_decided_on 清除。",
    ),
    Bad(
        "a report of samples that were not taken",
        but(FINE, sampled="否", report_received="2023-5-15 9:00"),
        "是否抽样检测",
        "填了“检测报告收到时间”，“是否抽样检测”却不是“是”。抽了样的请选“是”；没有抽样的不填检测报告。",
    ),
    Bad(
        "a report before the visit",
        but(FINE, sampled="是", report_received="2023-5-9 14:29"),
        "检测报告收到时间",
        "“检测报告收到时间”（2023-05-09 14:29）早于“检查结束时间”（2023-05-09 14:30）。请核对两个日期。",
    ),
    Bad(
        "a test result without its report",
        but(FINE, sampled="是", test_result="合格"),
        "检测报告收到时间",
        "填了“检测结果”，没有填“检测报告收到时间”。请补填“检测报告收到时间”。",
    ),
    Bad(
        "a referral without its day",
        but(FINE, referred_to="县市场监督管理局"),
        "移送日期",
        "填了“移送机关”，没有填“移送日期”。请补填“移送日期”。",
    ),
    Bad(
        "a referral to nobody",
        but(FINE, referred_on="2023-5-12"),
        "移送机关",
        "填了“移送日期”，没有填“移送机关”。请补填“移送机关”。",
    ),
    Bad(
        "a formula whose result was never saved",
        but(FINE, note="=HYPERLINK(1)"),
        "备注",
        "单元格里的公式没有算出结果。请直接填写内容，不用公式。",
    ),
]
LETTER = {entry.heading: openpyxl.utils.get_column_letter(number) for number, entry in enumerate(FORM, 1)}


@pytest.fixture
def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    clock = Clock(monkeypatch)
    clock("2023-05-04T09:00")
    assert county.ssj("draw", "--seed", "1").code == 0
    clock("2023-05-20T10:00")
    return county


def told(county: County, path: Path) -> list[str]:
    before = county.files()
    answer = county.ssj("record", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert county.files() == before
    assert answer.err.splitlines()[-1].endswith("要录入的内容有错误，没有写入任何内容。改好后再运行一次。")
    return [line.removeprefix("错误  ") for line in answer.err.splitlines() if line.startswith("错误  ")]


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_a_bad_row_is_told_in_one_sentence_and_nothing_is_written(drawn: County, bad: Bad) -> None:
    path = fill(sheet_of(drawn, "P1"), drawn.root / "P1.xlsx", {A1: bad.cells})

    place = f"P1.xlsx，工作表“结果回填”，第5行，“{bad.column}”列（{LETTER[bad.column]}列）"
    first, *others = told(drawn, path)
    assert (first, len(others)) == (f"{place}：{bad.says}", bad.more)


def edited(county: County, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    path = fill(sheet_of(county, "P1"), county.root / "P1.xlsx", {A1: FINE})
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def unknown_task(book: openpyxl.Workbook) -> None:
    book[SHEET].cell(HEADINGS + 1, 1).value = "GGCS/A9"


def no_task(book: openpyxl.Workbook) -> None:
    book[SHEET].cell(HEADINGS + 1, 1).value = None


def other_inspector(book: openpyxl.Workbook) -> None:
    book["_ssj"]["B3"].value = "P3"


def other_draw(book: openpyxl.Workbook) -> None:
    book["_ssj"]["B2"].value = "T-2022"


def other_format(book: openpyxl.Workbook) -> None:
    book["_ssj"]["B1"].value = "ssj-return/9"


def other_ledger(book: openpyxl.Workbook) -> None:
    book["_ssj"]["B4"].value = f"T-2023#2:{'0' * 64}"


def no_checkpoint(book: openpyxl.Workbook) -> None:
    book["_ssj"]["B4"].value = "2"


def no_machine_sheet(book: openpyxl.Workbook) -> None:
    del book["_ssj"]


def no_heading(book: openpyxl.Workbook) -> None:
    book[SHEET].cell(HEADINGS, 1).value = "编号"


def renamed_column(book: openpyxl.Workbook) -> None:
    book[SHEET].cell(HEADINGS, COLUMN["note"]).value = "说明"


EDITED = [
    (
        unknown_task,
        "P1.xlsx，工作表“结果回填”，第5行：没有任务“GGCS/A9”。任务编号是印好的，请勿改动；请核对是不是本方案的任务。",
    ),
    (no_task, "P1.xlsx，工作表“结果回填”，第5行：这一行填了内容，却没有任务编号。请填在印好任务编号的行里。"),
    (
        other_inspector,
        (
            "P1.xlsx，工作表“结果回填”，第5行：任务 GGCS/A1 的检查组里没有监督员03（P3）。"
            "应由检查组填报：监督员01（P1）、监督员04（P4）。"
        ),
    ),
    (
        other_draw,
        "P1.xlsx：这份任务单属于“T-2022”，不是本方案的“T-2023”。请放到对应的方案下录入（--plan），或移出这个文件。",
    ),
    (
        other_format,
        "P1.xlsx：任务单的格式是“ssj-return/9”，本版本只认识“ssj-return/1”。请用与任务单同一版本或更新的 ssj。",
    ),
    (
        other_ledger,
        "P1.xlsx：任务单上的校验点（第2行）与本方案的台账对不上。任务单可能来自另一份卷宗，或台账被换成了旧的备份；请核对。",
    ),
    (no_checkpoint, "P1.xlsx：隐藏的“_ssj”工作表被改动过，读不出校验点。请用 ssj 发出的任务单重新填写。"),
    (
        no_machine_sheet,
        (
            "P1.xlsx：任务单被改动过：没有“_ssj”工作表。"
            "请用 ssj 发出的任务单填写；零星的结果可用 ssj record --task 任务编号 录入；无关的文件请移出。"
        ),
    ),
    (
        no_heading,
        (
            "P1.xlsx，工作表“结果回填”：没有以“任务编号”开头的标题行。"
            "请用 ssj 发出的任务单填写；零星的结果可用 ssj record --task 任务编号 录入；无关的文件请移出。"
        ),
    ),
    (
        renamed_column,
        "P1.xlsx，工作表“结果回填”，第4行：缺少列：备注。标题行和列请勿改动、删除；请把内容填回原来的任务单。",
    ),
]


@pytest.mark.parametrize(("edit", "says"), EDITED, ids=[edit.__name__ for edit, _ in EDITED])
def test_a_tampered_workbook_is_told_in_one_sentence(
    drawn: County, edit: Callable[[openpyxl.Workbook], None], says: str
) -> None:
    assert told(drawn, edited(drawn, edit)) == [says]


def test_a_file_that_is_no_workbook_is_told(drawn: County) -> None:
    (drawn.root / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0\0\0")
    (drawn.root / "空.xlsx").write_bytes(b"")

    assert told(drawn, drawn.root / "照片.xlsx") == [
        "照片.xlsx：这是图片（JPEG），不是电子表格。图片、PDF 里的内容要先录成表格，压缩包要先解压；或换成电子表格文件。"
    ]
    assert len(told(drawn, drawn.root / "空.xlsx")) == 1


def test_a_damaged_workbook_is_told(drawn: County) -> None:
    path = drawn.root / "P1.xlsx"
    path.write_bytes(sheet_of(drawn, "P1").read_bytes()[:3000])

    assert told(drawn, path) == [
        "P1.xlsx：文件损坏或不完整，读不出来。请重新复制或下载；或用 Excel/WPS 打开它，“另存为”Excel 工作簿（.xlsx），再试。"
    ]


def test_a_zip_bomb_is_not_opened(drawn: County) -> None:
    path = drawn.root / "P1.xlsx"
    shutil.copy(sheet_of(drawn, "P1"), path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(200 << 20))

    assert told(drawn, path)[0].startswith("P1.xlsx：文件解压后有 200 MB，大得不正常，没有打开。")


def test_an_error_value_is_told(drawn: County) -> None:
    path = fill(sheet_of(drawn, "P1"), drawn.root / "P1.xlsx", {A1: {**FINE, "fine": "#N/A"}})

    assert told(drawn, path) == [
        "P1.xlsx，工作表“结果回填”，第5行，“罚款金额（元）”列（S列）：单元格是错误值“#N/A”。请直接填写内容，不用公式。"
    ]


def test_there_are_at_least_forty_named_cases() -> None:
    assert len({bad.name for bad in BAD}) + len(EDITED) >= 40


def test_a_result_beside_another_unit_s_name_is_not_taken_for_its_task(drawn: County) -> None:
    """Somebody sorted the column of task numbers alone: GGCS/A1 stands in the row of A3."""
    path = fill(sheet_of(drawn, "P1"), drawn.root / "back" / "P1.xlsx", {A1: FINE})
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    one, other = (
        next(number for number in range(HEADINGS + 1, sheet.max_row + 1) if sheet.cell(number, 1).value == task)
        for task in (A1, "GGCS/A3")
    )
    sheet.cell(one, 1).value, sheet.cell(other, 1).value = "GGCS/A3", A1
    book.save(path)
    before = drawn.files()

    answer = drawn.ssj("record", str(path))

    assert answer.code == 1
    assert (
        f"第{one}行：任务 GGCS/A3 是“丙宾馆”的，这一行的单位名称却是“甲宾馆”，可能排过序、移动过单元格。" in answer.err
    )
    assert drawn.files() == before


def test_a_unit_that_was_renamed_since_the_draw_is_no_matter(drawn: County) -> None:
    path = fill(sheet_of(drawn, "P1"), drawn.root / "back" / "P1.xlsx", {A1: FINE})
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    line = next(number for number in range(HEADINGS + 1, sheet.max_row + 1) if sheet.cell(number, 1).value == A1)
    sheet.cell(line, 2).value = "甲宾馆（新）"
    book.save(path)

    assert drawn.ssj("record", str(path)).code == 0
