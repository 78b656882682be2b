"""``ssj init``: a new workspace that a clerk can fill in, or the sample county."""

import errno
import json
import os
import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.actions.init import init
from shuangsuiji.cli.main import run
from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.plan import model
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.roster.columns import CONFLICTS, INSPECTORS, ITEMS, LEAVE, SUBJECTS
from shuangsuiji.core.roster.inspector import inspectors
from shuangsuiji.core.roster.item import items
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.files import starter
from shuangsuiji.files.importing.reading import read_sources
from shuangsuiji.files.plan import read_plan
from shuangsuiji.files.starter import county
from shuangsuiji.files.starter.forms import FORMS, SPECIALTIES
from shuangsuiji.files.tables import read_tables

TODAY = date(2026, 11, 22)
REPOSITORY = Path(__file__).parents[1]
NAMES = ["subjects", "inspectors", "items", "conflicts", "leave"]
HEADINGS = 2
"""Their row; above it stands the example."""
each_form = pytest.mark.parametrize("form", FORMS, ids=NAMES)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return init(tmp_path / "抽查", TODAY, sample=False).folder


def opened(form, workspace: Path):
    return openpyxl.load_workbook(workspace / "rosters" / f"{form.file}.xlsx")


def enabled(text: str) -> str:
    """A plan with every option switched on: the ``#`` before it deleted."""
    return re.sub(r"^( *)#(?=[^ #\r\n])", r"\1", text, flags=re.MULTILINE)


def plan_of(tmp_path: Path, text: str) -> model.Plan:
    path = tmp_path / "plan.yaml"
    path.write_bytes(text.encode("utf-8-sig"))
    intent, problems = read_plan(path, "plan.yaml")
    assert problems == []
    return intent.plan


# ── what is made ──


def test_a_new_workspace_holds_rosters_plan_templates_and_first_steps(workspace):
    made = [name for name in files(workspace) if not name.startswith("templates/")]

    assert made == [
        "plans/2026.yaml",
        "rosters/codes.yaml",
        "rosters/conflicts.xlsx",
        "rosters/inspectors.xlsx",
        "rosters/items.xlsx",
        "rosters/leave.xlsx",
        "rosters/risk.yaml",
        "rosters/specialties.yaml",
        "rosters/subjects.xlsx",
        "说明.txt",
    ]


def test_the_plan_is_for_the_year_of_today(tmp_path):
    folder = init(tmp_path / "x", date(2031, 1, 1), sample=False).folder
    plan = plan_of(tmp_path, (folder / "plans" / "2031.yaml").read_text("utf-8-sig"))

    assert (plan.year, plan.draw, plan.period.start) == (2031, "000000-2031-01", date(2031, 4, 1))


def test_the_same_year_makes_the_same_bytes():
    assert starter.empty(2026) == starter.empty(2026)


def test_the_templates_are_copied_but_not_those_that_only_init_reads(workspace):
    for_init = {"plan.yaml.j2", "codes.yaml", "risk.yaml", "specialties.yaml"}
    ours = ("verify", "simulation")
    kept = {name for name in files(REPOSITORY / "templates") if name in for_init or name.startswith(ours)}
    shipped = {name: content for name, content in files(REPOSITORY / "templates").items() if name not in kept}

    assert files(workspace / "templates") == shipped
    assert shipped
    codes = (workspace / "rosters" / "codes.yaml").read_bytes()
    assert codes.decode("utf-8-sig").replace("\r\n", "\n") == (REPOSITORY / "templates" / "codes.yaml").read_text(
        "utf-8"
    )


def test_what_office_and_editors_leave_behind_is_not_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(county, "__file__", str(tmp_path / "shuangsuiji" / "files" / "starter" / "county.py"))
    for name in ("a.j2", "~$a.docx", ".DS_Store", ".git/b.j2", "部门/c.j2"):
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")

    assert list(county.templates()) == ["templates/a.j2", "templates/部门/c.j2"]


def test_in_a_wheel_the_defaults_lie_beside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "shuangsuiji"
    (package / "county").mkdir(parents=True)
    monkeypatch.setattr(county, "__file__", str(package / "files" / "starter" / "county.py"))

    assert county.packaged() == package / "county"


def test_in_a_checkout_the_defaults_are_its_own_folders():
    assert county.packaged() == REPOSITORY


def test_texts_open_in_an_old_notepad(workspace):
    for name in ("说明.txt", "plans/2026.yaml"):
        content = (workspace / name).read_bytes()

        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n") > 30


# ── rosters ──


def test_the_headings_are_exactly_those_of_the_loader(workspace):
    found = {form.file: [cell.value for cell in opened(form, workspace).worksheets[0][HEADINGS]] for form in FORMS}

    assert found == {
        name: [column.heading for column in columns]
        for name, columns in zip(NAMES, (SUBJECTS, INSPECTORS, ITEMS, CONFLICTS, LEAVE), strict=True)
    }


@each_form
def test_an_empty_roster_is_read_as_one_table_without_rows(form, workspace):
    path = workspace / "rosters" / f"{form.file}.xlsx"
    tables, problems = read_tables(path, form.file, form.columns)

    assert [(table.sheet, len(table)) for table in tables] == [(form.sheet, 0)]
    assert problems == []


@each_form
def test_required_columns_are_marked_by_colour_and_note(form, workspace):
    cells = opened(form, workspace).worksheets[0][HEADINGS]
    colours = {"必填": "FFF8CBAD", "任填一项": "FFFFE699", "选填": "FFE9EDF2"}

    for cell, column in zip(cells, form.columns, strict=True):
        demand = form.demand(column)
        assert cell.font.bold
        assert cell.fill.fgColor.rgb == colours[demand]
        assert cell.comment.text == f"「{demand}」{form.asks[column.heading].note}"
        assert (demand == "必填") == column.required


def test_of_number_and_credit_code_one_is_enough():
    either = {form.file: sorted(form.either) for form in FORMS}

    assert either == {
        "subjects": ["对象编号", "统一社会信用代码"],
        "inspectors": [],
        "items": [],
        "conflicts": ["对象编号", "统一社会信用代码"],
        "leave": [],
    }


@each_form
def test_every_column_is_explained_in_one_sentence(form):
    assert list(form.asks) == [column.heading for column in form.columns]
    assert [ask.note for ask in form.asks.values() if not re.fullmatch(r"[^。]{4,40}。", ask.note)] == []


@each_form
def test_columns_have_the_format_of_their_kind(form, workspace):
    sheet = opened(form, workspace).worksheets[0]
    formats = {"id": "@", "text": "@", "list": "@", "date": "yyyy-mm-dd", "count": "0"}

    found = {
        position: span.number_format
        for span in sheet.column_dimensions.values()  # equal neighbours are one span
        for position in range(span.min, span.max + 1)
    }
    last = len(form.columns)
    assert {position: found[position] for position in range(1, last + 1)} == {
        position: formats[column.kind] for position, column in enumerate(form.columns, start=1)
    }
    assert found[last + 1] == "@"


@each_form
def test_dates_counts_and_ids_are_checked_for_two_thousand_rows(form, workspace):
    sheet = opened(form, workspace).worksheets[0]
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    kinds = {"date": "date", "count": "whole", "id": "custom"}

    for cell, column in zip(sheet[HEADINGS], form.columns, strict=True):
        if column.kind in kinds:
            check = checks[f"{cell.column_letter}3:{cell.column_letter}2002"]
            assert check.type == kinds[column.kind]
            assert check.showErrorMessage
            assert column.kind != "id" or check.formula1 == f"ISTEXT({cell.column_letter}3)"


def test_drop_downs_stand_where_there_are_few_answers(workspace):
    lists = {}
    for form in FORMS:
        sheet = opened(form, workspace).worksheets[0]
        for check in sheet.data_validations.dataValidation:
            if check.type == "list":
                heading = sheet[f"{str(check.sqref).split(':')[0][0]}{HEADINGS}"].value
                how = check.errorStyle or "stop" if check.showErrorMessage else "allowed"
                lists[form.file, heading] = (check.formula1.strip('"'), how)
    specialties = (",".join(SPECIALTIES), "allowed")

    assert lists == {
        ("subjects", "专业"): specialties,
        ("subjects", "信用风险等级"): ("A,B,C,D", "allowed"),
        ("subjects", "状态"): ("正常,停业,注销,吊销,撤销,迁出", "warning"),
        ("inspectors", "专业"): specialties,
        ("inspectors", "主办"): ("是,否", "stop"),
        ("inspectors", "状态"): ("在岗,借调,病假,产假,调离,退休", "warning"),
        ("items", "专业"): specialties,
        ("items", "抽查方式"): ("现场检查,查阅资料,现场检查、查阅资料,现场检查、采样检测", "allowed"),
        ("items", "抽查频次"): ("每年1次,每年2次,每两年1次,每三年1次", "allowed"),
        ("items", "事项类别"): ("一般,重点", "stop"),
    }


@each_form
def test_headings_stay_in_sight_and_on_every_printed_page(form, workspace):
    sheet = opened(form, workspace).worksheets[0]

    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.max_row == HEADINGS


@each_form
def test_the_example_can_be_copied_into_the_roster_as_it_is(form, workspace):
    book = opened(form, workspace)
    guide = list(book["填写说明"].iter_rows(values_only=True))
    start = 1 + next(place for place, row in enumerate(guide) if row[0] == "列名")
    for column, row in enumerate(guide[start:], start=1):
        for line, example in enumerate(row[3:5], start=HEADINGS + 1):
            book.worksheets[0].cell(line, column, example)
    filled = BytesIO()
    book.save(filled)
    path = workspace / "rosters" / f"{form.file}.xlsx"
    path.write_bytes(filled.getvalue())

    tables, problems = read_tables(path, form.file, form.columns)

    assert [(table.sheet, list(table.numbers)) for table in tables] == [(form.sheet, [3, 4])]
    wrong = {
        "subjects": lambda: subjects(tables, "2026-11-22")[1],
        "inspectors": lambda: inspectors(tables, "2026-11-22")[1],
        "items": lambda: items(tables)[1],
        "conflicts": list,
        "leave": list,
    }
    assert [*problems, *wrong[form.file]()] == []


@each_form
def test_the_example_row_stands_above_the_headings_and_is_the_first_example_of_the_guide(form, workspace):
    sheet = opened(form, workspace).worksheets[0]

    told = [cell.value or "" for cell in sheet[1]]
    assert told == [
        ("例：" if place == 0 else "") + form.asks[c.heading].examples[0] for place, c in enumerate(form.columns)
    ]
    assert sheet["A1"].comment.text == "这一行是填写的样子，在标题上面，不会被读入，也不会被抽到。从标题下面一行填起。"


@each_form
def test_headings_and_example_are_protected_without_a_password_and_all_other_cells_are_free(form, workspace):
    sheet = opened(form, workspace).worksheets[0]

    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert {cell.protection.locked for row in sheet["1:2"] for cell in row if cell.value} == {True}
    spans = list(sheet.column_dimensions.values())
    assert {span.protection.locked for span in spans} == {False}
    assert max(span.max for span in spans) == 16_384
    allowed = ("sort", "autoFilter", "insertRows", "deleteRows", "formatColumns", "formatCells")
    assert {name: getattr(sheet.protection, name) for name in allowed} == dict.fromkeys(allowed, False)
    assert sheet.auto_filter.ref.startswith("A2:")


@pytest.mark.parametrize("form", [form for form in FORMS if form.file in COLUMNS], ids=NAMES[:-1])
def test_neither_example_nor_guide_is_taken_for_data_by_an_import(form, workspace):
    path = workspace / "rosters" / f"{form.file}.xlsx"
    sheets, problems = read_sources([path], form.file, lambda path: path.name)

    layouts = [lay_out(sheet, form.file) for sheet in sheets]
    assert problems == []
    assert [(one.sheet.sheet, one.is_list, list(one.rows)) for one in layouts] == [
        (form.sheet, True, []),
        ("填写说明", False, []),
    ]
    assert [(one.first, one.reason) for one in layouts[0].skipped] == [(1, "title")]
    assert layouts[0].headings == tuple(column.heading for column in form.columns)


def test_a_form_that_a_colleague_filled_in_is_imported_without_example_and_guide(workspace, capsys):
    book = openpyxl.load_workbook(workspace / "rosters" / "subjects.xlsx")
    for row, name in enumerate(("甲宾馆", "乙宾馆"), start=HEADINGS + 1):
        book.worksheets[0].cell(row, 1, name)
        book.worksheets[0].cell(row, 2, "公共场所")
        book.worksheets[0].cell(row, 3, f"A{row}")
    book.save(workspace.parent / "同事.xlsx")

    words = ["import", str(workspace.parent / "同事.xlsx"), "--as", "subjects", "-C", str(workspace), "--yes", "--json"]
    assert run(words) == 0, capsys.readouterr()
    made = openpyxl.load_workbook(workspace / "rosters" / "subjects.xlsx").worksheets[0]
    assert [made.cell(row, 1).value for row in range(1, made.max_row + 1)] == ["单位名称", "甲宾馆", "乙宾馆"]
    assert (made.freeze_panes, made.protection.sheet) == ("B2", True)


def test_check_of_an_untouched_workspace_says_which_rosters_are_empty(workspace, capsys):
    before = files(workspace)

    assert run(["check", "-C", str(workspace), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [(problem["code"], problem["file"]) for problem in answer["problems"]] == [
        ("roster-empty", "rosters/subjects.xlsx"),
        ("roster-empty", "rosters/inspectors.xlsx"),
        ("roster-empty", "rosters/items.xlsx"),
    ]
    assert files(workspace) == before


def test_the_specialties_of_the_drop_downs_are_the_strata_of_the_plan(tmp_path):
    plan = plan_of(tmp_path, starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig"))

    assert tuple(stratum.name for stratum in plan.strata) == SPECIALTIES


# ── the plan ──


def test_the_plan_names_every_key_that_there_is():
    text = starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig")
    models = [model.Plan, model.Agency, model.Period, model.StratumRule, model.Grade, model.Exclude, model.Frequency]
    models += [model.SeedRule, model.Adjustment, model.Disclosure, model.TeamRule, model.CoverageRule]

    keys = {key for each in models for key in each.model_fields}
    assert [key for key in sorted(keys) if not re.search(rf"(?<![\w.]){key}:\s", text)] == []


def test_the_plan_explains_every_key_in_chinese():
    text = starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig")
    said = "".join(line for line in text.splitlines() if line.lstrip().startswith("# "))
    alone = {"draw", "title", "document_no", "agency", "year", "period", "strata", "total", "rounding", "must_include"}
    alone |= {"tickets", "coverage", "frequency", "visits", "team", "seed", "adjustment", "deadlines", "disclosure"}
    alone |= {"exclude", "departments", "specialties", "platform", "risk", "schedule"}

    assert alone == set(model.Plan.model_fields)
    lines = text.splitlines()
    for key in alone:
        place = next(n for n, line in enumerate(lines) if re.match(rf"#?{key}:", line))
        assert re.match(r"# ", lines[place - 1]), key
    for inner in ("expect", "items", "all_below", "minimum", "specialty", "where", "by_grade", "ungraded", "sealed"):
        assert f"{inner} " in said, inner


def test_with_every_option_switched_on_the_plan_is_still_valid(tmp_path):
    text = starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig")
    plan = plan_of(tmp_path, enabled(text))

    assert model.Plan.model_fields.keys() == plan.model_fields_set
    given = {key for stratum in plan.strata for key in stratum.model_fields_set}
    assert given == model.StratumRule.model_fields.keys()


@pytest.mark.parametrize(
    "option",
    [
        "rounding",
        "must_include",
        "tickets",
        "frequency",
        "visits",
        "team",
        "seed",
        "schedule",
        "deadlines",
        "disclosure",
    ],
)
def test_an_option_switched_on_as_it_stands_is_the_default(option, tmp_path):
    text = starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig")
    switched = text.replace(f"#{option}:", f"{option}:")

    assert switched != text
    assert plan_of(tmp_path, switched) == plan_of(tmp_path, text)


def test_a_plan_whose_total_was_never_filled_in_cannot_be_drawn(tmp_path, capsys):
    folder = init(tmp_path / "x", TODAY, sample=False).folder
    for path in (folder / "rosters").iterdir():
        path.unlink()
    people = "\n".join(f"P{n},监督员0{n},{'；'.join(SPECIALTIES)}" for n in range(1, 5))
    units = "\n".join(f"A{n},单位{n},{'；'.join(SPECIALTIES)}" for n in range(1, 6))
    (folder / "rosters" / "inspectors.csv").write_text(f"执法证号,姓名,专业\n{people}\n", encoding="utf-8")
    (folder / "rosters" / "subjects.csv").write_text(f"对象编号,单位名称,专业\n{units}\n", encoding="utf-8")
    heads = [column.heading for column in ITEMS if column.required]
    row = ["G-1", "卫生管理", "公共场所", "依据", "机关", "内容", "方式", "20%", "每年1次"]
    (folder / "rosters" / "items.csv").write_text(f"{','.join(heads)}\n{','.join(row)}\n", encoding="utf-8")

    assert run(["draw", "-C", str(folder), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["code"] for problem in problems if problem["severity"] == "error"] == ["total"]


# ── where it is made ──


def test_what_is_in_the_folder_already_is_named_and_left_alone(tmp_path):
    (tmp_path / "旧名册.xlsx").write_bytes(b"old")

    with pytest.raises(Refusal) as refused:
        init(tmp_path, TODAY, sample=False)

    assert refused.value.what == f"文件夹“{tmp_path}”里已有内容：旧名册.xlsx。没有写入任何东西。"
    assert (refused.value.code, refused.value.exit_code) == ("folder-not-empty", 3)
    assert files(tmp_path) == {"旧名册.xlsx": b"old"}


def test_of_many_things_in_the_way_five_are_named(tmp_path):
    for number in range(7):
        (tmp_path / f"{number}.txt").touch()

    with pytest.raises(Refusal, match=r"0\.txt、1\.txt、2\.txt、3\.txt、4\.txt等 7 项。"):
        init(tmp_path, TODAY, sample=True)


@pytest.mark.parametrize("below", ["", "甲", "甲/乙"])
def test_a_file_in_the_way_is_named(below, tmp_path):
    (tmp_path / "抽查").write_bytes(b"old")

    with pytest.raises(Refusal) as refused:
        init(tmp_path / "抽查" / below, TODAY, sample=False)

    assert refused.value.what == f"“{tmp_path / '抽查'}”是一个文件，不能当文件夹用。没有写入任何东西。"
    assert files(tmp_path) == {"抽查": b"old"}


def test_a_drive_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda _path: False)

    with pytest.raises(Refusal, match=f"找不到“{re.escape(Path.cwd().anchor)}”这个盘。"):
        init(Path("抽查"), TODAY, sample=False)


def test_a_folder_that_may_not_be_looked_into_is_refused_in_a_sentence(tmp_path, monkeypatch):
    def denied(self):
        raise PermissionError(errno.EACCES, "denied", str(self))

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Refusal) as refused:
        init(tmp_path, TODAY, sample=False)

    assert (refused.value.code, refused.value.exit_code) == ("file-locked", 4)


def test_an_empty_folder_is_filled_even_when_one_stands_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino

    started = init(Path(), TODAY, sample=False)

    assert started.folder == tmp_path
    assert tmp_path.stat().st_ino == before
    assert list(files(tmp_path)) == list(started.files)


def test_folders_on_the_way_are_made(tmp_path):
    started = init(tmp_path / "2026年" / "双随机" / "抽查", TODAY, sample=True)

    assert list(files(tmp_path / "2026年" / "双随机" / "抽查")) == list(started.files)
    assert [path.name for path in tmp_path.iterdir()] == ["2026年"]


@pytest.mark.parametrize("where", ["新", "新/下", "空"])
@pytest.mark.parametrize("after", [0, 3])
def test_a_full_disk_leaves_nothing_behind(where, after, tmp_path, monkeypatch):
    (tmp_path / "空").mkdir()
    real, calls = os.fsync, []

    def full(handle):
        calls.append(handle)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal) as refused:
        init(tmp_path / where, TODAY, sample=False)

    assert refused.value.what == f"写“{tmp_path / where}”时出错：磁盘已满。"
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["空"]


def test_a_rename_that_fails_half_way_is_undone(tmp_path, monkeypatch):
    real = Path.rename

    def failing(self, target):
        if Path(target).name == "templates":
            raise PermissionError(errno.EACCES, "denied", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(Refusal):
        init(tmp_path, TODAY, sample=False)

    assert list(tmp_path.iterdir()) == []


# ── the command ──


def test_the_answer_for_programs_is_folder_and_files(tmp_path, capsys):
    assert run(["init", str(tmp_path / "x"), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer == {"ok": True, "folder": str(tmp_path / "x"), "files": list(files(tmp_path / "x"))}


def test_the_screen_shows_what_was_made_and_three_steps(tmp_path, capsys):
    assert run(["init", str(tmp_path / "x")]) == 0

    year = datetime.now().astimezone().year
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == f"已建好工作文件夹：{tmp_path / 'x'}"
    assert f"  plans/{year}.yaml           方案" in lines
    assert "  rosters/conflicts.xlsx    利害关系（回避）名录" in lines
    assert "  说明.txt                  从这里看起" in lines
    assert lines[-3:] == [
        "  1. 填 rosters 里的五张表格（每张都有“填写说明”；没有要回避、请假的，conflicts.xlsx、leave.xlsx 留空）。",
        f"  2. 用记事本打开 plans/{year}.yaml，按里面的说明改成本单位的。",
        f'  3. 检查：ssj check -C "{tmp_path / "x"}"；没有错误就可以抽取：ssj draw -C "{tmp_path / "x"}"',
    ]


def test_a_refusal_is_told_to_programs_too(tmp_path, capsys):
    (tmp_path / "a.txt").touch()

    assert run(["init", str(tmp_path), "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["error"], answer["in_the_way"]) == (False, "folder-not-empty", ["a.txt"])


def test_without_a_folder_the_command_says_what_is_missing(capsys):
    assert run(["init"]) == 2
    assert capsys.readouterr().err.startswith("缺少“文件夹”。")


def test_init_is_the_first_command_of_the_help(capsys):
    assert run(["-h"]) == 0
    assert re.search(r"命令：\n  init  +新建工作文件夹", capsys.readouterr().out)


def test_the_sample_county_can_be_drawn_at_once(tmp_path, capsys):
    assert run(["init", str(tmp_path / "样例"), "--sample", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == list(files(tmp_path / "样例"))
    assert files(tmp_path / "样例" / "rosters") == files(REPOSITORY / "rosters")

    assert run(["draw", "-C", str(tmp_path / "样例"), "--seed", "2023", "--no-sheets", "--json"]) == 0
    assert sum(stratum["drawn"] for stratum in json.loads(capsys.readouterr().out)["strata"]) == 132
