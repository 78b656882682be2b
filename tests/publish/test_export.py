"""`ssj export`: what platforms get, to the letter; and what stands in the way, all at once, with nothing written."""

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.year.export.money import in_wan
from shuangsuiji.core.year.export.penalties import COLUMNS as PENALTIES
from tests.conftest import INSPECTORS, PLAN, County
from tests.year.returning import Clock

CODE, FIRM, SCHOOL = "11130129MB0000000A", "91350100M000100Y43", "12100000MB0000000X"
CODES = f"""\
处罚机关统一社会信用代码: "{CODE}"
行政区划代码: "130129"
报送人员: 报送甲
监管事项目录编码: {{GGCS: "99000000000100", XXWS: "99000000000400"}}
监管事项检查实施清单编码: {{默认: "{CODE}40001"}}
检查形式: {{默认: "01"}}
检查类别: {{默认: "02"}}
检查方式: {{默认: "03"}}
检查结果: {{未发现问题: "1", 发现问题已责令改正: "2", 行政处罚: "3", 无法联系: "4"}}
"""
SUBJECTS = f"""\
对象编号,单位名称,专业,类别,地址,法定代表人,统一社会信用代码
A1,甲宾馆,公共场所,宾馆,东街1号,张甲,{FIRM}
A2,乙宾馆,公共场所,宾馆,西街2号,李乙,{FIRM}
A3,丙理发店,公共场所,理发店,,王丙,
A4,丁宾馆,公共场所,宾馆,,赵丁,130129600012345
B1,一小,学校卫生,小学,,钱一,{SCHOOL}
"""
DECISION = {
    "违法行为类型": "未按规定公示卫生许可证",
    "违法事实": "2023年5月11日检查时未公示卫生许可证",
    "处罚依据": "《公共场所卫生管理条例实施细则》第三十八条",
    "处罚类别": "警告；罚款",
    "处罚内容": "警告，罚款2000元",
    "处罚有效期": "2026-05-18",
    "公示截止期": "2024-05-18",
}


@pytest.fixture
def year(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county with everybody drawn, codes filled in, in June 2023."""
    clock = Clock(monkeypatch)
    county.write("plans/2023.yaml", PLAN.replace("50%", "100%"))
    county.write("rosters/subjects.csv", SUBJECTS)
    county.write("rosters/codes.yaml", CODES)
    clock("2023-05-08T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    clock("2023-06-30T16:00")
    return county


def record(county: County, task: str, outcome: str, **more: str) -> None:
    words = ["record", "--task", task, "--check-ended", "2023-05-11T16:00", "--outcome", outcome]
    for name, value in more.items():
        words += ["--set", f"{name}={value}"]
    answer = county.ssj(*words)
    assert answer.code == 0, answer.err


def penalise(county: County, task: str = "GGCS/A1", **more: str) -> None:
    found = {
        "处罚决定日期": "2023-05-18",
        "处罚决定书文号": "测卫罚〔2023〕1号",
        "罚款金额": "2000",
        **DECISION,
        **more,
    }
    record(county, task, "行政处罚", **{name: value for name, value in found.items() if value})


def rows(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(county: County, kind: str, *words: str) -> list[dict[str, str]]:
    answer = county.ssj("export", kind, "--json", *words)
    assert answer.code == 0, answer.out + answer.err
    return rows(next(file for file in answer.json["files"] if file.endswith(".csv")))


def problems(county: County, kind: str) -> list[tuple[str, str, str]]:
    """File, column and code of every error."""
    before = county.files()
    answer = county.ssj("export", kind, "--json")
    assert answer.code == 1, answer.out
    assert county.files() == before
    errors = [one for one in answer.json["problems"] if one["severity"] == "error"]
    return sorted((one["file"], one["column"], one["code"]) for one in errors)


def test_a_penalty_has_the_columns_of_2018_in_their_order(year: County) -> None:
    penalise(year)

    [row] = exported(year, "penalties")

    assert list(row) == [column.heading for column in PENALTIES]
    assert len(row) == 30
    assert {heading: text for heading, text in row.items() if text} == {
        "行政相对人名称": "甲宾馆",
        "行政相对人类别": "法人及非法人组织",
        "行政相对人代码_1（统一社会信用代码）": FIRM,
        "法定代表人": "张甲",
        "行政处罚决定书文号": "测卫罚〔2023〕1号",
        "违法行为类型": "未按规定公示卫生许可证",
        "违法事实": "2023年5月11日检查时未公示卫生许可证",
        "处罚依据": "《公共场所卫生管理条例实施细则》第三十八条",
        "处罚类别": "警告;罚款",
        "处罚内容": "警告，罚款2000元",
        "罚款金额（万元）": "0.2",
        "处罚决定日期": "2023/05/18",
        "处罚有效期": "2026/05/18",
        "公示截止期": "2024/05/18",
        "处罚机关": "测试县卫生健康局",
        "处罚机关统一社会信用代码": CODE,
        "数据来源单位": "测试县卫生健康局",
        "数据来源单位统一社会信用代码": CODE,
    }


def test_the_workbook_holds_the_same_as_the_csv_and_every_cell_is_text(year: County) -> None:
    penalise(year)

    files = year.ssj("export", "penalties", "--json").json["files"]
    sheet = openpyxl.load_workbook(next(file for file in files if file.endswith(".xlsx"))).active
    assert sheet is not None
    cells = list(sheet.iter_rows())

    assert [cell.value for cell in cells[0]] == [column.heading for column in PENALTIES]
    [row] = rows(next(file for file in files if file.endswith(".csv")))
    assert [cell.value or "" for cell in cells[1]] == list(row.values())
    assert {cell.data_type for cell in cells[1] if cell.value} == {"s"}
    assert {cell.number_format for cell in cells[1]} == {"@"}


def test_everything_that_a_penalty_lacks_is_said_at_once_with_where_to_fill_it_in(year: County) -> None:
    year.write("rosters/codes.yaml", "")
    penalise(year, "GGCS/A3", **dict.fromkeys(DECISION, ""))

    found = problems(year, "penalties")

    task = "任务 GGCS/A3"
    assert [(file, column) for file, column, _ in found] == [
        ("rosters/codes.yaml", "处罚机关统一社会信用代码"),
        ("rosters/codes.yaml", "数据来源单位统一社会信用代码"),
        ("rosters/codes.yaml", "行政相对人类别"),
        ("rosters/subjects.csv", "统一社会信用代码"),
        *((task, column) for column in sorted(set(DECISION))),
    ]
    told = year.ssj("export", "penalties").err
    assert "ssj record --task GGCS/A3 --set 违法事实=…" in told
    assert "请填写或改正 rosters/codes.yaml 的“处罚机关统一社会信用代码”。" in told


def test_a_missing_code_is_told_once_however_many_rows_need_it(year: County) -> None:
    year.write("rosters/codes.yaml", CODES.replace('行政区划代码: "130129"\n', ""))
    for task in ("GGCS/A1", "GGCS/A2", "XXWS/B1"):
        record(year, task, "未发现问题")

    answer = year.ssj("export", "inspections", "--json")

    [problem] = answer.json["problems"]
    assert (problem["column"], problem["file"]) == ("行政区划代码", "rosters/codes.yaml")
    assert problem["what"] == "缺少导出必填的“行政区划代码”。涉及 3 行，如任务 GGCS/A1。"


def test_partial_writes_the_sound_rows_and_names_the_others(year: County) -> None:
    penalise(year)
    penalise(year, "GGCS/A2", 处罚决定书文号="测卫罚〔2023〕2号", 违法事实="")

    answer = year.ssj("export", "penalties", "--partial", "--json", "--format", "csv")

    assert (answer.code, answer.json["rows"], answer.json["written"]) == (1, 2, 1)
    assert [(row["tasks"], [p["column"] for p in row["problems"]]) for row in answer.json["left"]] == [
        (["GGCS/A2"], ["违法事实"])
    ]
    [file] = answer.json["files"]
    assert [row["行政相对人名称"] for row in rows(file)] == ["甲宾馆"]


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"处罚类别": "警告；罚金"}, "处罚类别", "export-kinds"),
        ({"处罚类别": "警告"}, "处罚类别", "export-kinds"),
        ({"处罚类别": "罚款；没收违法所得"}, "没收金额（元）", "export-kinds"),
        ({"处罚类别": "罚款；吊销许可证件"}, "暂扣或吊销证照名称及编号", "export-kinds"),
        ({"违法行为类型": "=HYPERLINK(1)"}, "违法行为类型", "export-formula"),
        ({"处罚类别": "其他-" + "长" * 120 + "；罚款"}, "处罚类别", "export-too-long"),
    ],
)
def test_a_penalty_that_contradicts_itself_is_not_exported(
    year: County, changes: dict[str, str], column: str, code: str
) -> None:
    penalise(year, **changes)

    assert (("任务 GGCS/A1", column, code)) in problems(year, "penalties")


def test_one_decision_that_closes_two_tasks_is_one_row_and_must_say_the_same_in_both(year: County) -> None:
    year.write("rosters/subjects.csv", SUBJECTS.replace("甲宾馆,公共场所", "甲宾馆,公共场所；学校卫生"))
    year.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    year.ssj("draw", "--seed", "2", "--no-sheets")
    decided = {"处罚决定日期": "2023-06-30", "处罚决定书文号": "测卫罚〔2023〕1号", "罚款金额": "2000"}
    for task, more in (("GGCS/A1", DECISION), ("XXWS/A1", {"公示截止期": "2024-06-30"})):
        settings = [part for name, text in (decided | more).items() for part in ("--set", f"{name}={text}")]
        ended = ("--check-ended", "2023-06-30T15:00", "--outcome", "行政处罚")
        assert year.ssj("record", "--task", task, *ended, *settings).code == 0

    assert problems(year, "penalties") == [("任务 XXWS/A1", "公示截止期", "export-differs")]

    year.ssj("record", "--task", "XXWS/A1", "--clear", "公示截止期")
    assert len(exported(year, "penalties")) == 1


def test_no_id_number_is_ever_asked_for_and_its_columns_stay_blank_with_a_warning(year: County) -> None:
    penalise(year, "GGCS/A3", 行政相对人类别="自然人")

    answer = year.ssj("export", "penalties", "--json", "--format", "csv")

    assert answer.code == 0
    [row] = rows(answer.json["files"][0])
    private = ("法定代表人", "法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码")
    assert [row[column] for column in private] == [""] * 5
    assert row["行政相对人类别"] == "自然人"
    warnings = [(one["severity"], one["code"], one["column"]) for one in answer.json["problems"]]
    assert ("warning", "export-no-id-number", "证件号码") in warnings


def test_an_old_number_of_fifteen_digits_is_a_registration_number(year: County) -> None:
    year.write("rosters/codes.yaml", CODES + "行政相对人类别: {宾馆: 个体工商户}\n")
    penalise(year, "GGCS/A4")

    [row] = exported(year, "penalties")

    assert row["行政相对人代码_1（统一社会信用代码）"] == ""
    assert row["行政相对人代码_2（工商注册号）"] == "130129600012345"
    assert row["行政相对人类别"] == "个体工商户"


def test_a_revoked_penalty_is_not_exported_and_named(year: County) -> None:
    penalise(year, 处罚变更或撤销日期="2023-06-20")

    answer = year.ssj("export", "penalties", "--json")

    assert (answer.code, answer.json["rows"], answer.json["files"]) == (0, 0, [])
    assert [one["code"] for one in answer.json["problems"]] == ["export-changed"]
    assert "GGCS/A1" in answer.json["problems"][0]["what"]


def test_only_what_lies_in_the_period_is_exported(year: County) -> None:
    penalise(year)

    def count(*words: str) -> int:
        return year.ssj("export", "penalties", "--json", *words).json["rows"]  # type: ignore[no-any-return]

    assert [count("--since", "2023-05-18"), count("--since", "2023-05-19")] == [1, 0]
    assert [count("--until", "2023-05-18"), count("--until", "2023-05-17")] == [1, 0]
    assert year.ssj("export", "penalties", "--since", "2023-06-01", "--until", "2023-05-01").code == 2


def test_an_inspection_names_its_inspectors_and_their_certificates_in_the_same_order(year: County) -> None:
    record(year, "GGCS/A1", "未发现问题")

    [row] = exported(year, "inspections")

    assert list(row) == [
        *("双随机一公开计划id", "监管事项目录编码", "监管事项检查实施清单编码", "检查行为名称", "检查行为编号"),
        *("实施机构", "实施机构编码", "监管对象", "行政相对人名称", "行政相对人性质", "行政相对人证件类型"),
        *("行政相对人编码", "注册地址", "经营地址", "行政区划代码", "检查形式", "检查类别", "检查方式", "检查结果"),
        *("检查时间", "检查人员", "执法证号", "报送时间", "报送人员"),
    ]
    numbers = row["执法证号"].split(";")
    assert len(numbers) == 2
    assert row["检查人员"].split(";") == [f"监督员0{number[1]}" for number in numbers]
    assert {name: row[name] for name in ("检查行为编号", "检查时间", "报送时间", "检查结果", "行政相对人性质")} == {
        "检查行为编号": "T-2023-GGCS/A1",
        "检查时间": "2023-05-11 16:00:00",
        "报送时间": "2023-06-30 16:00:00",
        "检查结果": "1",
        "行政相对人性质": "2",
    }
    assert (row["经营地址"], row["监管事项目录编码"], row["行政相对人编码"]) == ("东街1号", "99000000000100", FIRM)


def test_what_is_wrong_with_an_inspector_is_told_with_the_roster_of_inspectors(
    year: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-09T09:00")
    year.write("rosters/inspectors.csv", INSPECTORS.replace("监督员", "=监督员"))
    year.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    year.ssj("draw", "--seed", "2", "--no-sheets")
    clock("2023-06-30T16:00")
    record(year, "GGCS/A1", "未发现问题")

    assert problems(year, "inspections") == [("rosters/inspectors.*", "姓名", "export-formula")]


def test_whoever_was_replaced_after_the_visit_still_made_it(year: County) -> None:
    drawn = [inspector for visit, inspector, _ in year.read("result/teams.csv") if visit == "A1"]
    done = year.ssj(
        *("adjust", "recuse", "--visit", "A1", "--inspector", drawn[0], "--asked-by", "firm", "--reason", "亲属"),
        *("--seed", "3"),
    )
    assert done.code == 0, done.err
    now = [inspector for visit, inspector, _ in year.read("result/teams.csv") if visit == "A1"]
    assert drawn[0] not in now
    record(year, "GGCS/A1", "未发现问题")

    [row] = exported(year, "inspections")

    assert row["执法证号"] == ";".join(drawn)
    assert row["检查人员"] == ";".join(f"监督员0{inspector[1]}" for inspector in drawn)


def test_each_item_with_a_code_of_its_own_is_a_row(year: County) -> None:
    item = "G-1,公共场所卫生,公共场所,《条例》,县卫生健康局,卫生许可,现场检查,50%,一年一次\n"
    heading = "事项编码,抽查事项,专业,抽查依据,抽查主体,抽查内容,抽查方式,抽查比例,抽查频次\n"
    year.write("rosters/items.csv", heading + item + item.replace("G-1", "G-2") + item.replace("G-1", "G-3"))
    table = '监管事项目录编码: {G-1: "99000000000101", G-2: "99000000000102", G-3: "99000000000101"}\n'
    year.write("rosters/codes.yaml", CODES.replace(CODES.splitlines(keepends=True)[3], table))
    record(year, "GGCS/A1", "未发现问题")

    found = exported(year, "inspections")

    assert [(row["监管事项目录编码"], row["检查行为编号"]) for row in found] == [
        ("99000000000101", "T-2023-GGCS/A1"),
        ("99000000000102", "T-2023-GGCS/A1-2"),
    ]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('行政区划代码: "13012"', "行政区划代码"),
        ('监管事项目录编码: {GGCS: "9900"}', "监管事项目录编码"),
        ('监管事项检查实施清单编码: {默认: "12345"}', "监管事项检查实施清单编码"),
        ('实施机构编码: "11130129MB000000OI"', "实施机构编码"),
    ],
)
def test_a_code_of_the_wrong_form_is_a_problem_with_its_line(year: County, line: str, column: str) -> None:
    kept = [each for each in CODES.splitlines() if not each.startswith(f"{column}:")]
    year.write("rosters/codes.yaml", "\n".join([*kept, line, ""]))
    record(year, "GGCS/A1", "未发现问题")

    answer = year.ssj("export", "inspections", "--json")

    assert answer.code == 1
    assert [(one["code"], one["column"], one["row"]) for one in answer.json["problems"]] == [
        ("export-form", column, len(kept) + 1)
    ]


def test_results_go_out_one_row_per_firm_and_visit_and_only_of_firms(year: County) -> None:
    record(year, "GGCS/A1", "未发现问题")
    record(year, "GGCS/A2", "无法联系", 结果细类="已关闭")
    record(year, "GGCS/A4", "无法联系", 结果细类="已搬迁")
    record(year, "XXWS/B1", "未发现问题")

    answer = year.ssj("export", "results", "--json", "--format", "csv")

    assert answer.code == 0, answer.out
    found = [tuple(row.values()) for row in rows(answer.json["files"][0])]
    assert sorted(found) == [
        ("130129600012345", "丁宾馆", "测试县卫生健康局", "抽查", "2023-05-11", "6"),
        (FIRM, "乙宾馆", "测试县卫生健康局", "抽查", "2023-05-11", "7"),
        (FIRM, "甲宾馆", "测试县卫生健康局", "抽查", "2023-05-11", "1"),
    ]
    assert [one["code"] for one in answer.json["problems"]] == ["export-not-a-firm"]


def test_an_outcome_without_a_code_is_never_guessed(year: County) -> None:
    record(year, "GGCS/A1", "无法联系", 结果细类="其他")

    answer = year.ssj("export", "results", "--json")

    [problem] = answer.json["problems"]
    assert answer.code == 1
    assert problem["todo"] == "请在 rosters/codes.yaml 的“抽查结果”里写明“无法联系/其他”的代码。"


def test_a_visit_outside_the_draw_is_an_inspection_not_a_spot_check(year: County) -> None:
    who = ("--inspector", "P1", "--inspector", "P2")
    done = year.ssj(
        *("record", "--otherwise", "投诉", "--subject", "A1", "--stratum", "GGCS", "--document", "诉1", *who),
        *("--on", "2023-05-19", "--check-ended", "2023-05-19T15:00", "--outcome", "未发现问题"),
    )
    assert done.code == 0, done.err

    [row] = exported(year, "results")
    [inspection] = exported(year, "inspections")

    assert (row["类型"], row["日期"]) == ("检查", "2023-05-19")
    assert (inspection["双随机一公开计划id"], inspection["执法证号"]) == ("", "P1;P2")


def test_a_closed_or_unfinished_task_is_not_exported(year: County) -> None:
    year.ssj("record", "--task", "GGCS/A1", "--check-ended", "2023-05-11T16:00")
    year.ssj("adjust", "void", "--task", "GGCS/A2", "--why", "duplicate", "--reason", "重卡", "--document", "3号")

    answer = year.ssj("export", "inspections", "--json")

    assert (answer.code, answer.json["rows"]) == (0, 0)
    assert [one["code"] for one in answer.json["problems"]] == ["export-no-outcome"]


def test_a_file_that_the_clerk_has_filled_in_is_not_overwritten(year: County) -> None:
    penalise(year)
    first = year.ssj("export", "penalties", "--json").json["files"]
    same = year.ssj("export", "penalties", "--json").json["files"]
    Path(first[1]).write_text("补填过", encoding="utf-8")

    second = year.ssj("export", "penalties", "--json").json["files"]

    assert same == first
    assert [Path(file).name for file in first] == ["penalties-2023-06-30.xlsx", "penalties-2023-06-30.csv"]
    assert [Path(file).name for file in second] == ["penalties-2023-06-30-2.xlsx", "penalties-2023-06-30-2.csv"]
    assert Path(first[1]).read_text("utf-8") == "补填过"


def test_a_wrong_codes_file_is_told_with_line_and_the_nearest_name(year: County) -> None:
    year.write("rosters/codes.yaml", "处罚机关统一社会信用代号: X\n检查形式: 01\n")

    answer = year.ssj("export", "results", "--json")

    assert answer.code == 1
    assert [(one["code"], one["row"]) for one in answer.json["problems"]] == [
        ("codes-unknown-key", 1),
        ("codes-form", 2),
    ]
    assert answer.json["problems"][0]["todo"] == "是不是想写“处罚机关统一社会信用代码”？"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("fines",), "unknown-export"),
        (("results", "--format", "pdf"), "unknown-format"),
        (("results", "--format", ""), "unknown-format"),
        (("results", "--since", "五月"), "bad-date"),
    ],
)
def test_wrong_words_are_refused_with_what_can_be_written(year: County, words: tuple[str, ...], code: str) -> None:
    answer = year.ssj("export", *words, "--json")

    assert (answer.code, answer.json["error"]) == (2, code)


def test_names_that_look_like_anything_come_out_as_they_are(year: County) -> None:
    hostile = "<script>alert(1)</script>]]>&{{7*7}}"
    year.write("rosters/subjects.csv", SUBJECTS.replace("甲宾馆", hostile))
    year.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    year.ssj("draw", "--seed", "2", "--no-sheets")
    year.ssj("record", "--task", "GGCS/A1", "--check-ended", "2023-06-30T15:00", "--outcome", "未发现问题")

    [row] = exported(year, "results")

    assert row["企业名称"] == hostile


@given(st.integers(0, 10**14))
def test_yuan_become_wan_exactly(fen: int) -> None:
    yuan = f"{fen // 100}.{fen % 100:02}" if fen % 100 else str(fen // 100)

    assert Decimal(in_wan(yuan)) * 10_000 == Decimal(yuan)
    assert "E" not in in_wan(yuan)


def test_the_sample_county_can_export_as_it_is(sample: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-08T09:00")
    sample.ssj("draw", "--seed", "2023", "--no-sheets")
    tasks = [row[0] for row in sample.read("result/tasks.csv") if row[0].startswith(("YLWS", "FYJK"))]
    clock("2023-05-12T09:00")
    for task in tasks[:3]:
        record(sample, task, "未发现问题")

    answer = sample.ssj("export", "inspections", "--partial", "--json")

    assert answer.json["written"] + len(answer.json["left"]) == 3
    assert {p["column"] for row in answer.json["left"] for p in row["problems"]} <= {"统一社会信用代码"}
