"""``ssj import``: a list as it comes becomes a roster that `ssj check` takes, and everything that was changed is told."""

import csv
import io
import os
import sys
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.actions import bring_in
from shuangsuiji.cli import clock
from shuangsuiji.core.importing.numbering import number_of
from tests.conftest import County

LIST = """\
测试县公共场所、学校名单
序号,单位名称,统一信用代码,地 址,电话,有效期至,备注
1,甲宾馆(东关店),９1990129QH0000101P,东风路1号,138 0000 0001,2030年5月1日,
2,乙宾馆,,建设街2号,,2030.5.1,老客户
2,乙 宾馆,,建设街２号,13800000002,,
3,一小,,学校路3号,,,
合计,4,,,,,
"""
SHEET = "rosters/subjects.xlsx"


@pytest.fixture
def bureau(county: County, tmp_path: Path) -> County:
    """A county that has no roster of subjects yet; ``一小`` is told by a keyword of its own."""
    (county.root / "rosters" / "subjects.csv").unlink()
    county.write("rosters/specialties.yaml", "公共场所: [宾馆]\n学校卫生: [小学, 一小, 二小]\n")
    put(tmp_path, LIST)
    return county


def put(folder: Path, text: str | bytes, name: str = "名单.csv") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8-sig"))
    return str(path)


def the_list(county: County) -> str:
    return str(county.root.parent / "名单.csv")


def table(content: bytes, sheet: str | int = 0) -> list[tuple[str, ...]]:
    """The cells of one sheet as text, without empty rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[sheet] if isinstance(sheet, int) else book[sheet]
    rows = page.iter_rows(values_only=True)
    shown = (tuple("" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row) for row in rows)
    return [row for row in shown if any(row)]


def columns(rows: list[tuple[str, ...]], *names: str) -> list[tuple[str, ...]]:
    places = [rows[0].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows[1:]]


def subjects(county: County, *names: str) -> list[tuple[str, ...]]:
    return columns(table((county.root / SHEET).read_bytes()), *names)


def written(county: County) -> list[str]:
    """What lies in ``rosters``, without what every county has."""
    others = {"inspectors.csv", "items.csv", "specialties.yaml"}
    found = [name.removeprefix("rosters/") for name in county.files() if name.startswith("rosters/")]
    return [name for name in found if name not in others]


REPORT = f"导入记录/检查对象名录库-{clock.today()}.xlsx"


def test_a_list_becomes_a_roster_that_check_takes(bureau: County):
    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert answer.code == 0, answer.err
    assert subjects(bureau, "单位名称", "专业", "对象编号", "统一社会信用代码", "联系电话", "许可证有效期", "备注") == [
        ("甲宾馆（东关店）", "公共场所", "", "91990129QH0000101P", "13800000001", "2030-05-01", ""),
        ("乙宾馆", "公共场所", number_of("乙宾馆", "建设街2号"), "", "13800000002", "2030-05-01", "老客户"),
        ("一小", "学校卫生", number_of("一小", "学校路3号"), "", "", "", ""),
    ]
    assert written(bureau) == ["subjects.xlsx", REPORT]
    checked = bureau.ssj("check", "--json").json
    assert checked["problems"] == []
    assert sum(stratum["population"] for stratum in checked["strata"]) == 3


def test_the_report_has_a_row_for_every_change(bureau: County):
    bureau.ssj("import", the_list(bureau), "--as", "subjects")

    report = (bureau.root / "rosters" / REPORT).read_bytes()
    rows = columns(table(report, "改动"), "行", "列", "栏目", "改前", "改后", "做了什么")
    assert rows == [
        ("3", "B", "单位名称", "甲宾馆(东关店)", "甲宾馆（东关店）", "规范写法"),
        ("3", "C", "统一社会信用代码", "９1990129QH0000101P", "91990129QH0000101P", "规范写法"),
        ("3", "E", "联系电话", "138 0000 0001", "13800000001", "规范写法"),
        ("3", "F", "许可证有效期", "2030年5月1日", "2030-05-01", "规范写法"),
        ("4", "F", "许可证有效期", "2030.5.1", "2030-05-01", "规范写法"),
        ("5", "B", "单位名称", "乙 宾馆", "乙宾馆", "规范写法"),
        ("5", "D", "地址", "建设街２号", "建设街2号", "规范写法"),
        ("3", "", "专业", "", "公共场所", "定专业"),
        ("4", "", "专业", "", "公共场所", "定专业"),
        ("5", "", "专业", "", "公共场所", "定专业"),
        ("6", "", "专业", "", "学校卫生", "定专业"),
        ("5", "", "", "乙宾馆", "并入名单.csv第4行", "合并"),
        ("4", "", "对象编号", "", number_of("乙宾馆", "建设街2号"), "编号"),
        ("6", "", "对象编号", "", number_of("一小", "学校路3号"), "编号"),
    ]
    left_out = columns(table(report, "没有导入的行"), "行", "为什么没有导入")
    assert left_out == [("第1行", "标题或说明"), ("第7行", "合计行")]
    assert ("名单.csv", "", "A", "序号", "", "不导入") in table(report, "列的对应")
    assert ("写入", "rosters/subjects.xlsx") in table(report, "概要")


def test_the_roster_is_the_form_of_init_with_text_ids_dates_and_drop_downs(bureau: County):
    bureau.ssj("import", the_list(bureau), "--as", "subjects")

    page = openpyxl.load_workbook(bureau.root / SHEET).worksheets[0]
    heading = {cell.value: cell.column_letter for cell in page[1]}
    assert page[f"{heading['统一社会信用代码']}2"].number_format == "@"
    assert page[f"{heading['许可证有效期']}2"].is_date
    ruled = {str(rule.sqref).split(":")[0] for rule in page.data_validations.dataValidation}
    assert {f"{heading['专业']}2", f"{heading['状态']}2"} <= ruled
    assert page[f"{heading['单位名称']}1"].comment is not None


def test_a_source_is_never_modified_and_two_imports_are_the_same_bytes(bureau: County):
    source = Path(the_list(bureau))
    before, when = source.read_bytes(), source.stat().st_mtime_ns
    bureau.ssj("import", str(source), "--as", "subjects")
    once = bureau.files()
    (bureau.root / SHEET).unlink()
    (bureau.root / "rosters" / REPORT).unlink()

    bureau.ssj("import", str(source), "--as", "subjects")

    assert bureau.files() == once
    assert (source.read_bytes(), source.stat().st_mtime_ns) == (before, when)


def test_a_roster_that_is_there_is_not_overwritten(bureau: County):
    bureau.ssj("import", the_list(bureau), "--as", "subjects")
    before = bureau.files()

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert answer.code == 3
    assert "--update" in answer.err
    assert bureau.files() == before


def test_a_blank_form_of_init_is_filled(tmp_path: Path, ssj):
    county = County(tmp_path / "新", lambda *words: ssj(*words, root=tmp_path / "新"))
    from shuangsuiji.cli.main import run  # noqa: PLC0415 - init has no -C

    assert run(["init", str(county.root)]) == 0

    answer = county.ssj("import", put(tmp_path, LIST), "--as", "subjects", "--specialty", "学校卫生")

    assert answer.code == 0, answer.err
    assert len(subjects(county, "单位名称")) == 3
    assert not (county.root / "rosters" / "旧名册").exists()


def test_an_update_writes_the_new_roster_and_keeps_the_old_one_whatever_its_format(county: County, tmp_path: Path):
    old = (county.root / "rosters" / "subjects.csv").read_bytes()
    new = put(tmp_path, "对象编号,单位名称,区域\nA1,甲宾馆,南\nA2,乙宾馆,西\nA3,丙宾馆,东\nB1,一小,东\nC1,新宾馆,东\n")

    answer = county.ssj("import", new, "--as", "subjects", "--update")

    assert answer.code == 0, answer.err
    assert subjects(county, "对象编号", "区域", "状态") == [
        ("A1", "南", ""),
        ("A2", "西", ""),
        ("A3", "东", ""),
        ("A4", "西", "未在最新名单"),
        ("B1", "东", ""),
        ("B2", "西", "未在最新名单"),
        ("C1", "东", ""),
    ]
    kept = f"旧名册/subjects-{clock.today()}.csv"
    assert written(county) == ["subjects.xlsx", REPORT, kept]
    assert (county.root / "rosters" / kept).read_bytes() == old
    report = (county.root / "rosters" / REPORT).read_bytes()
    assert columns(table(report, "动态更新"), "栏目", "名称", "改前", "改后", "做了什么") == [
        ("区域", "甲宾馆", "东", "南", "变更"),
        ("状态", "丁宾馆", "", "未在最新名单", "未在最新名单"),
        ("状态", "二小", "", "未在最新名单", "未在最新名单"),
        ("", "新宾馆", "", "新宾馆（C1）", "新增"),
    ]
    assert county.ssj("check").code == 0


def test_the_same_update_again_writes_nothing_but_its_report_once(county: County, tmp_path: Path):
    new = put(tmp_path, "对象编号,单位名称,区域\nA1,甲宾馆,南\nA2,乙宾馆,西\nA3,丙宾馆,东\nB1,一小,东\n")
    county.ssj("import", new, "--as", "subjects", "--update")
    once = county.files()

    second = county.ssj("import", new, "--as", "subjects", "--update", "--json").json
    twice = county.files()
    county.ssj("import", new, "--as", "subjects", "--update")

    assert second["unchanged"]
    assert county.files() == twice
    assert sorted(set(twice) - set(once)) == [f"rosters/{REPORT.removesuffix('.xlsx')}-2.xlsx"]
    assert {name: twice[name] for name in once} == once


def test_an_update_keeps_every_roster_that_it_replaces(bureau: County, tmp_path: Path):
    heading = "对象编号,单位名称,专业\n"
    contents = []
    for text in ("A1,甲宾馆,公共场所", "A1,甲大宾馆,公共场所", "A1,甲小宾馆,公共场所"):
        assert bureau.ssj("import", put(tmp_path, heading + text), "--as", "subjects", "--update").code == 0
        contents.append((bureau.root / SHEET).read_bytes())

    old = bureau.root / "rosters" / "旧名册"
    assert [path.read_bytes() for path in sorted(old.iterdir(), key=lambda path: len(path.name))] == contents[:2]


CODE = "91990129QH0000101P"
DOUBTFUL = f"单位名称,电话,手机,统一社会信用代码,专业\n甲宾馆,03118000001,13900000001,{CODE},公共场所\n"


def test_columns_that_nobody_can_tell_are_listed_with_what_to_add(bureau: County, tmp_path: Path):
    clear = bureau.files()

    answer = bureau.ssj("import", put(tmp_path, DOUBTFUL), "--as", "subjects")

    assert answer.code == 1
    assert "--map 电话=联系电话 或 --map 电话=保留；不要这一列的，--map 电话=不导入。" in answer.err
    assert "--map 手机=联系电话" in answer.err
    assert bureau.files() == clear


@pytest.mark.parametrize(("answer", "headings"), [("保留", ["代码1"]), ("不导入", []), ("许可证号", [])])
def test_a_column_is_what_the_clerk_says(bureau: County, tmp_path: Path, answer, headings):
    text = "单位名称,代码1,专业\n甲宾馆,X1,公共场所\n"

    told = bureau.ssj("import", put(tmp_path, text), "--as", "subjects", "--map", f"代码1={answer}", "--json").json

    first = table((bureau.root / SHEET).read_bytes())[0]
    assert told["ok"]
    assert [name for name in first if name == "代码1"] == headings
    assert subjects(bureau, "许可证号") == [("X1" if answer == "许可证号" else "",)]


def test_errors_are_told_all_at_once_with_their_cells_and_nothing_is_written(bureau: County, tmp_path: Path):
    before = bureau.files()
    text = "单位名称,对象编号,统一社会信用代码,登记日期\n某某公司,,1.23E+17,2023-13-45\n,A2,,\n乙宾馆,A 号,,\n丙宾馆,A2,,\n"

    told = bureau.ssj("import", put(tmp_path, text), "--as", "subjects", "--json").json

    found = {(p["code"], p["row"], p["column"]) for p in told["problems"] if p["severity"] == "error"}
    assert {("no-specialty", 2, "专业"), ("blank-name", 3, "单位名称"), ("bad-id", 4, "对象编号")} <= found
    assert {row for _, row, _ in found} == {2, 3, 4, 5}
    assert all(p["file"] == "名单.csv" for p in told["problems"])
    assert bureau.files() == before


def test_the_report_of_a_roster_written_elsewhere_stands_beside_it(county: County, tmp_path: Path):
    before = county.files()
    out = tmp_path / "别处" / "新名册.xlsx"

    told = county.ssj(
        "import", put(tmp_path, LIST), "--as", "subjects", "--specialty", "学校卫生", "--out", str(out), "--json"
    ).json

    assert told["report"] == str(out.with_name("新名册-导入报告.xlsx"))
    assert county.files() == before


def test_out_and_report_name_other_files_and_leave_the_roster_alone(county: County, tmp_path: Path):
    before = county.files()
    out, report = tmp_path / "新名册.xlsx", tmp_path / "报告.xlsx"
    words = ("import", put(tmp_path, LIST), "--as", "subjects", "--out", str(out), "--report", str(report))

    answer = county.ssj(*words, "--specialty", "学校卫生")

    assert answer.code == 0, answer.err
    assert county.files() == before
    assert len(table(out.read_bytes())) == 4
    assert table(report.read_bytes(), "改动")
    assert county.ssj(*words).code == 3


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (["--out", "名册.csv"], 2, "不是 .xlsx"),
        (["--out", "同.xlsx", "--report", "同.xlsx"], 2, "同一个文件"),
        (["--merge", "--keep"], 2, "只能选一个"),
        (["--partial"], 2, "--update"),
        (["--map", "电话"], 2, "列=字段"),
        (["--map", "没有=地址"], 1, "没有"),
        (["--map", "地址=住址在哪"], 1, "住址在哪"),
    ],
)
def test_wrong_use_is_told(bureau: County, words, code, what):
    before = bureau.files()

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects", *words)

    assert (answer.code, what in answer.err) == (code, True), answer.err
    assert bureau.files() == before


@pytest.mark.parametrize(("option", "name"), [("--out", "rosters/subjects.xlsx"), ("--report", "plans/报告.xlsx")])
def test_no_other_file_is_written_among_what_is_kept(county: County, tmp_path: Path, option, name):
    before = county.files()

    answer = county.ssj("import", put(tmp_path, LIST), "--as", "subjects", option, str(county.root / name), "--update")

    assert (answer.code, county.files() == before) == (2, True)


def test_the_roster_itself_is_no_source(county: County):
    before = county.files()

    answer = county.ssj("import", str(county.root / "rosters" / "subjects.csv"), "--as", "subjects", "--update")

    assert answer.code == 2
    assert county.files() == before


def test_a_list_that_lacks_most_of_the_roster_is_asked_about(county: County, tmp_path: Path):
    names = "甲乙丙丁戊己庚辛壬癸"
    text = "对象编号,单位名称,专业\n" + "".join(f"A{n},{name}宾馆,公共场所\n" for n, name in enumerate(names))
    county.write("rosters/subjects.csv", text)
    before = county.files()
    words = ("import", put(tmp_path, "对象编号,单位名称\nA1,乙宾馆\nA2,丙大宾馆\n"), "--as", "subjects", "--update")

    answer = county.ssj(*words)

    assert (answer.code, "--partial" in answer.err, county.files() == before) == (3, True, True)
    assert county.ssj(*words, "--partial").code == 0
    assert {status for (status,) in subjects(county, "状态")} == {""}
    assert county.ssj(*words, "--yes").code == 0
    assert [status for (status,) in subjects(county, "状态")].count("未在最新名单") == 8


class Terminal(io.StringIO):
    """A keyboard with what is typed on it."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_clerk_is_asked(bureau: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", Terminal("x\n9\n1\n2\n"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    text = DOUBTFUL + f"甲宾馆,,,{CODE},公共场所\n"

    answer = bureau.ssj("import", put(tmp_path, text), "--as", "subjects")

    assert answer.code == 0, answer.err
    assert "名单.csv 的“电话”（B列）是什么？" in answer.err
    assert "请输入 1 到" in answer.err
    assert "其实是 1 家" in answer.err
    assert subjects(bureau, "联系电话", "手机") == [("0311-8000001", "13900000001"), ("", "")]
    assert all(mark for (mark,) in subjects(bureau, "疑似重复"))


@pytest.mark.parametrize("option", ["--yes", "--json"])
def test_nobody_is_asked_who_does_not_want_it(bureau: County, tmp_path: Path, monkeypatch, option):
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    assert bureau.ssj("import", put(tmp_path, DOUBTFUL), "--as", "subjects", option).code == 1


@pytest.mark.parametrize("stage", [".xlsx", "subjects.xlsx"])
def test_where_writing_fails_everything_is_as_it_was(county: County, tmp_path: Path, monkeypatch, stage):
    before = county.files()
    new = put(tmp_path, "对象编号,单位名称\nA1,甲宾馆\nA2,乙宾馆\nA3,丙宾馆\nA4,丁大宾馆\nB1,一小\nB2,二小\n")
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if str(target).endswith(stage):
            raise PermissionError(13, "open in Excel", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    answer = county.ssj("import", new, "--as", "subjects", "--update")
    monkeypatch.undo()

    assert answer.code == 4
    assert "Excel" in answer.err
    left = {name: content for name, content in county.files().items() if "旧名册" not in name}
    assert left == before


def test_a_formula_in_a_name_stays_a_text_everywhere(bureau: County, tmp_path: Path):
    bureau.ssj("import", put(tmp_path, "单位名称,专业,备注\n=1+1宾馆,公共场所,<b>&</b>\n"), "--as", "subjects")

    assert subjects(bureau, "单位名称", "备注") == [("=1+1宾馆", "<b>&</b>")]
    page = openpyxl.load_workbook(bureau.root / SHEET).worksheets[0]
    assert page["A2"].data_type == "s"


def test_several_files_and_sheets_are_one_roster(bureau: County, tmp_path: Path):
    book = openpyxl.Workbook()
    for number, (sheet, name) in enumerate([("公共场所", "甲宾馆"), ("学校卫生", "一小"), ("说明", "")]):
        page = book.active if number == 0 else book.create_sheet()
        page.title = sheet
        if name:
            page.append(["单位名称", "地址", "联系人"])
            page.append([name, "东风路1号", "某"])
        else:
            page.append(["这里没有名单"])
    book.save(tmp_path / "两张.xlsx")
    other = put(tmp_path, "名称;专业\n乙宾馆;公共场所\n".encode("gb18030"), "另一份.txt")

    answer = bureau.ssj("import", str(tmp_path / "两张.xlsx"), other, "--as", "subjects", "--json")

    assert answer.code == 0, answer.out
    assert subjects(bureau, "单位名称", "专业") == [
        ("甲宾馆", "公共场所"),
        ("一小", "学校卫生"),
        ("乙宾馆", "公共场所"),
    ]
    assert answer.json["count"]["read"] == 3


def test_inspectors_items_and_conflicts_are_imported_too_and_check_takes_them(county: County, tmp_path: Path):
    for name in ("inspectors", "items"):
        (county.root / "rosters" / f"{name}.csv").unlink()
    lists = {
        "inspectors": "姓名,行政执法证号,执法专业,证件有效期至\n"
        + "".join(f"监督员0{n},P{n},公共场所卫生、学校,2030.1.1\n" for n in (1, 2, 3, 4)),
        "items": "事项名称,监督专业,检查依据,检查主体,检查内容,检查方式,比例,频次\n"
        "公共场所卫生,公共场所,《公共场所卫生管理条例》,县局,卫生许可,现场检查,50%,每年1次\n",
        "conflicts": "执法证号,对象编号,回避事由\nP1,A1,配偶\nP1,A1,配偶\n",
    }

    for kind, text in lists.items():
        answer = county.ssj("import", put(tmp_path, text, f"{kind}.csv"), "--as", kind)
        assert answer.code == 0, answer.err

    checked = county.ssj("check", "--json").json
    assert [problem for problem in checked["problems"] if problem["severity"] == "error"] == []
    assert columns(table((county.root / "rosters" / "conflicts.xlsx").read_bytes()), "执法证号", "对象编号") == [
        ("P1", "A1")
    ]
    people = table((county.root / "rosters" / "inspectors.xlsx").read_bytes())
    assert set(columns(people, "专业")) == {("公共场所；学校卫生",)}


def test_a_conflict_of_somebody_unknown_is_an_error_at_its_cell(county: County, tmp_path: Path):
    told = county.ssj("import", put(tmp_path, "执法证号,对象编号\nP9,A1\n"), "--as", "conflicts", "--json").json

    assert [(p["code"], p["row"], p["letter"]) for p in told["problems"]] == [("conflict-inspector", 2, "A")]


def test_two_rosters_of_one_kind_are_told_before_anything_else(county: County, tmp_path: Path):
    county.write("rosters/subjects.yaml", "[]")

    answer = county.ssj("import", put(tmp_path, LIST), "--as", "subjects", "--update")

    assert answer.code == 1
    assert "有多个同名名册" in answer.err


def test_a_file_without_a_list_is_told(bureau: County, tmp_path: Path):
    answer = bureau.ssj("import", put(tmp_path, "今年,工作\n很多,很忙\n"), "--as", "subjects")

    assert answer.code == 1
    assert "名单" in answer.err


def test_a_missing_file_is_told(bureau: County):
    answer = bureau.ssj("import", "没有.xlsx", "--as", "subjects")

    assert answer.code == 1
    assert "找不到这个文件" in answer.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(bureau: County):
    folder = bureau.root / "rosters"
    folder.chmod(0o500)
    try:
        assert bureau.ssj("import", the_list(bureau), "--as", "subjects").code == 4
    finally:
        folder.chmod(0o700)


def test_the_report_of_a_large_list_is_written_and_read(bureau: County, tmp_path: Path):
    buffer = io.StringIO()
    lines = csv.writer(buffer)
    lines.writerow(["单位名称", "地址", "登记日期"])
    lines.writerows([f"第{n}宾馆", f"东风路{n}号", "2023.5.1"] for n in range(3000))

    told = bureau.ssj("import", put(tmp_path, buffer.getvalue()), "--as", "subjects", "--json").json

    assert told["count"] == {"read": 3000, "specialty": 3000, "numbered": 3000, "rows": 3000}
    assert len(told["changes"]) == 9000
    assert len(subjects(bureau, "单位名称")) == 3000


def test_a_roster_that_another_command_wrote_meanwhile_is_not_overwritten(
    bureau: County, monkeypatch: pytest.MonkeyPatch
):
    read = bring_in.read_sources

    def slowly(*arguments):
        bureau.write(SHEET, "somebody's roster")
        return read(*arguments)

    monkeypatch.setattr(bring_in, "read_sources", slowly)

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert answer.code == 4
    assert "导入的时候，“subjects.xlsx”被别的程序或另一条命令改动了，没有写入。" in answer.err
    assert (bureau.root / SHEET).read_text("utf-8") == "somebody's roster"
    assert not (bureau.root / "rosters" / "导入记录").exists()


def test_a_business_whose_remark_says_it_is_closed_is_told(bureau: County, tmp_path: Path):
    put(
        tmp_path,
        "单位名称,地址,备注,状态\n甲宾馆,东街,已停业,\n乙宾馆,西街,停业后恢复营业,\n丙宾馆（已注销）,北街,,\n丁宾馆,南街,停业,停业\n",
    )

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert answer.code == 0
    assert "“甲宾馆”的备注里写着“已停业”，状态却不是停业、注销，照样参加抽取。" in answer.err
    assert "“丙宾馆（已注销）”的单位名称里写着“已注销”" in answer.err
    assert "乙宾馆" not in answer.err
    assert "丁宾馆" not in answer.err


def test_an_inspector_whose_remark_says_that_he_left_is_told(bureau: County, tmp_path: Path):
    (bureau.root / "rosters" / "inspectors.csv").unlink()
    put(tmp_path, "姓名,执法证号,专业,备注\n监督员甲,K1,公共场所,借调至市局\n监督员乙,K2,公共场所,\n")

    answer = bureau.ssj("import", the_list(bureau), "--as", "inspectors")

    assert "“监督员甲”的备注里写着“借调至市局”，状态却是在岗，照样参加匹配。" in answer.err
    assert "监督员乙" not in answer.err


def test_an_inspector_of_all_specialties_is_asked_which_these_are(bureau: County, tmp_path: Path):
    (bureau.root / "rosters" / "inspectors.csv").unlink()
    put(tmp_path, "姓名,执法证号,专业\n监督员甲,K1,全部专业\n监督员乙,K2,公共场所\n")

    answer = bureau.ssj("import", the_list(bureau), "--as", "inspectors")

    assert answer.code == 1
    assert "第2行，“专业”列（C列）：“监督员甲”的专业写的是“全部专业”，看不出是哪几个专业。" in answer.err
    assert "监督员乙" not in answer.err
    assert not (bureau.root / "rosters" / "inspectors.xlsx").exists()


def test_a_list_without_a_row_is_refused(bureau: County, tmp_path: Path):
    put(tmp_path, "单位名称,地址\n")

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert (answer.code, "名单.csv：名单里只有标题，一行也没有。" in answer.err) == (1, True)
    assert not (bureau.root / SHEET).exists()


def test_rows_are_not_blamed_for_a_column_that_is_not_known_yet(bureau: County, tmp_path: Path):
    put(tmp_path, "单位名称,地址,我局编号\n甲宾馆,东街,Q1\n乙宾馆,西街,Q2\n,南街,Q3\n")

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects", "--json")

    assert answer.code == 1
    assert [(one["code"], one["row"]) for one in answer.json["problems"]] == [("unsure-column", 1), ("blank-name", 4)]


def test_every_change_in_the_report_says_whose_it_is(bureau: County):
    bureau.ssj("import", the_list(bureau), "--as", "subjects")

    report = (bureau.root / "rosters" / REPORT).read_bytes()
    rows = columns(table(report, "改动"), "行", "栏目", "名称")
    assert ("3", "联系电话", "甲宾馆（东关店）") in rows
    assert all(name for _, _, name in rows)


def test_rows_that_were_not_taken_for_subjects_are_counted_on_the_screen(bureau: County):
    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects")

    assert "没有当作名单的行：合计行 1 处。" in answer.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("照片.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", "照片.xlsx：这是图片（JPEG），不是名单。"),
        ("名单.csv", b"%PDF-1.7\n", "名单.csv：这是一份 PDF，不是名单。"),
        ("名单", b"a,b", "名单：文件名没有扩展名，看不出是什么文件。"),
    ],
)
def test_what_is_no_list_is_told_by_what_it_is(bureau: County, tmp_path: Path, name: str, content: bytes, said: str):
    answer = bureau.ssj("import", put(tmp_path, content, name), "--as", "subjects")

    assert (answer.code, said in answer.err) == (1, True)


def test_a_folder_is_told_from_a_file(bureau: County, tmp_path: Path):
    answer = bureau.ssj("import", str(tmp_path), "--as", "subjects")

    assert (answer.code, f"{tmp_path.name}：这是文件夹，不是文件。" in answer.err) == (1, True)


def test_codes_that_a_platform_wraps_for_excel_are_read(bureau: County, tmp_path: Path):
    path = put(
        tmp_path, '="单位名称"\t="统一社会信用代码"\n="甲宾馆"\t="91990129QH0000101P"\n'.encode("gbk"), "导出.xls"
    )

    answer = bureau.ssj("import", path, "--as", "subjects")

    assert answer.code == 0
    rows = columns(table((bureau.root / SHEET).read_bytes()), "单位名称", "统一社会信用代码")
    assert rows == [("甲宾馆", "91990129QH0000101P")]


def test_a_wrong_choice_is_answered_with_what_may_be_written(bureau: County):
    wrong = bureau.ssj("import", the_list(bureau), "--as", "objects")
    none = bureau.ssj("import", the_list(bureau))

    assert "“--as”不能写“objects”，可以写：subjects、inspectors、items、conflicts。" in wrong.err
    assert "缺少“--as”，可以写：subjects、inspectors、items、conflicts。" in none.err


def test_a_cell_that_no_workbook_could_hold_is_not_cut_off(bureau: County, tmp_path: Path):
    put(tmp_path, f"单位名称,地址,备注\n甲宾馆,东街,{'长' * 32_768}\n{'馆' * 301}宾馆,西街,\n")

    answer = bureau.ssj("import", the_list(bureau), "--as", "subjects", "--json")

    assert answer.code == 1
    assert sorted((one["code"], one["row"], one["column"]) for one in answer.json["problems"]) == [
        ("too-long", 2, "备注"),
        ("too-long", 3, "单位名称"),
    ]
