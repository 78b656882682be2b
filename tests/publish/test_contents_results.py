"""The notice of results: variables, tables and digests, exactly."""

import hashlib

import pytest

from shuangsuiji.core.year.disclosure import results
from tests.conftest import County
from tests.publish.going_public import ADDRESSES, drawn, penalise, record
from tests.publish.matters import everything, headings, matter

GRADED = "{code: GGCS, name: 公共场所, by_grade: {A: 100%, D: 100%}}"
LIST = """\
单位名称,地址,抽查任务,检查人员,检查人员2
甲宾馆,东街1号,公共场所,监督员01,监督员02
新旅馆,新街9号 13800000009,公共场所,监督员01,监督员03
"""


@pytest.fixture
def checked(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """One task of each class."""
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    problems = ("存在的主要问题=未公示卫生许可证", "责令改正日期=2023-05-09", "改正期限=2023-05-20", "备注=态度好")
    record(county, "GGCS/A2", *problems, outcome="发现问题已责令改正")
    penalise(county, "GGCS/A3")
    record(county, "XXWS/B1", "结果细类=已关闭", outcome="无法联系")
    return county


def test_every_task_is_a_row_and_an_empty_cell_is_a_stroke(checked: County) -> None:
    wanted = ["XXWS/B1", "GGCS/A1", "GGCS/A2", "GGCS/A3"]

    notice = results.notice(matter(checked), wanted)

    [table] = notice.tables
    assert headings(table) == [
        *("序号", "单位名称", "地址", "抽查事项/专业", "检查日期", "抽查结果", "存在的主要问题", "备注")
    ]
    day, public = "2023-05-09", "公共场所"
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4"]
    assert table.rows[-1][-1] == "已关闭"
    assert {row[1:] for row in table.rows} == {
        ("甲宾馆", "东街1号", public, day, "未发现问题", "/", "/"),
        ("乙宾馆", "西街2号", public, day, "发现问题已责令改正", "未公示卫生许可证", "态度好"),
        ("丙宾馆", "东街3号", public, day, "行政处罚", "未取得卫生许可证", "行政处罚决定书测卫罚〔2023〕1号"),
        ("一小", "东街5号", "学校卫生", day, "无法联系", "/", "已关闭"),
    }
    assert list(notice.tasks) == [task for task in matter(checked).state.tasks if task in wanted]
    row = table.rows[0]
    assert next(iter(notice.tasks.values())) == hashlib.sha256("\x1f".join(row[1:]).encode()).hexdigest()[:16]


def test_the_text_has_numbers_items_bases_and_outcomes(checked: County) -> None:
    said = results.notice(matter(checked), ["GGCS/A1", "GGCS/A2", "GGCS/A3", "XXWS/B1"]).variables

    assert said["title"] == "2023年测试县卫生健康局公共场所、学校卫生随机监督抽查结果的公示"
    assert (said["tasks_total"], said["subjects_total"]) == (4, 4)
    assert said["by_stratum"] == [
        {"stratum": "GGCS", "name": "公共场所", "tasks": 3, "subjects": 3},
        {"stratum": "XXWS", "name": "学校卫生", "tasks": 1, "subjects": 1},
    ]
    assert said["objects_text"] == "公共场所3家、学校卫生1家"
    assert [item["code"] for item in said["items"]] == ["G-1", "X-1"]
    assert said["bases"] == ["《测试县抽查方案》"]
    assert [(each["code"], each["tasks"]) for each in said["outcomes"]] == [
        ("NO_PROBLEM_FOUND", 1),
        ("CORRECTION_ORDERED", 1),
        ("PENALISED", 1),
        ("UNREACHABLE", 1),
    ]
    assert said["outcomes_text"] == "未发现问题1项，发现问题已责令改正1项，行政处罚1项，无法联系1项"
    assert (said["period_start"], said["period_end"]) == ("2023年5月9日", "2023年5月9日")
    assert said["rows"][3]["name"] == "一小"


def test_a_digest_changes_with_the_row_and_with_nothing_else(checked: County) -> None:
    alone = results.notice(matter(checked), ["GGCS/A2"]).tasks["GGCS/A2"]
    among = results.notice(matter(checked, number=2), ["GGCS/A1", "GGCS/A2"]).tasks["GGCS/A2"]
    record(checked, "GGCS/A2", "备注=另行复查", outcome="")
    changed = results.notice(matter(checked), ["GGCS/A2"]).tasks["GGCS/A2"]

    assert alone == among
    assert alone != changed


def test_people_and_numbers_in_free_text_are_hidden(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    county.write(
        "rosters/subjects.csv",
        "对象编号,单位名称,专业,区域,地址,法定代表人,联系人,联系电话\n"
        "A1,甲宾馆,公共场所,东,东街1号 13800000001,李四,王小五,13800000001\n",
    )
    team = [row[2] for row in county.read("result/teams.csv") if row[0] == "A1"]
    note = f"{team[0]}、{team[1]}与店主李四、王小五谈话，身份证11010119900307002X"
    record(county, "GGCS/A1", "存在的主要问题=李四电话138-0000-0001未公示", f"备注={note}")

    [row] = results.notice(matter(county), ["GGCS/A1"]).tables[0].rows

    assert row[2] == "东街1号 （已隐去）"
    assert row[6] == "李某电话（已隐去）未公示"
    assert row[7] == "执法人员、执法人员与店主李某、王某谈话，身份证（已隐去）"


def test_a_person_has_neither_name_nor_address(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.publish.going_public.ADDRESSES", ADDRESSES.replace("甲宾馆", "张三（个体）"))
    drawn(county, monkeypatch)
    record(county, "GGCS/A1", "存在的主要问题=张三（个体）未公示", "备注=张三不在")

    notice = results.notice(matter(county), ["GGCS/A1"])

    row = notice.tables[0].rows[0]
    assert (row[1], row[2], row[6], row[7]) == ("张某（个体）", "/", "张某（个体）未公示", "张某不在")
    assert "张三" not in everything(notice.variables)


def test_tasks_of_a_received_list_name_the_senders_document(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = drawn(county, monkeypatch)
    county.write("list.csv", LIST)
    words = ("--drawn-by", "省卫生健康委", "--document", "测卫办〔2023〕6号", "--on", "2023-05-08")
    done = county.ssj("receive", str(county.root / "list.csv"), *words)
    assert done.code == 0, done.err
    clock("2023-05-10T16:00")
    new = next(task for task in matter(county).state.tasks if task.startswith("R1/GGCS/X"))
    for task in ("R1/GGCS/A1", new):
        record(county, task)

    notice = results.notice(matter(county), ["R1/GGCS/A1", new])

    assert notice.variables["bases"] == [
        "《测试县抽查方案》",
        "省卫生健康委下达的随机监督抽查任务（测卫办〔2023〕6号）",
    ]
    assert [row[1:3] for row in notice.tables[0].rows] == [("甲宾馆", "东街1号"), ("新旅馆", "新街9号 （已隐去）")]


def test_a_grade_is_the_units_own_affair(county: County) -> None:
    county.write(
        "rosters/subjects.csv",
        "对象编号,单位名称,专业,信用风险等级\nA1,甲宾馆,公共场所,A\nA2,乙宾馆,公共场所,D\nB1,一小,学校卫生,\n",
    )
    county.plan(("{code: GGCS, name: 公共场所, ratio: 50%}", GRADED))
    county.ssj("draw", "--seed", "1", "--no-sheets")

    notice = results.notice(matter(county), ["GGCS-A/A1", "GGCS-D/A2"])

    assert [row[3] for row in notice.tables[0].rows] == ["公共场所", "公共场所"]
    assert notice.variables["by_stratum"] == [{"stratum": "GGCS", "name": "公共场所", "tasks": 2, "subjects": 2}]
    assert [item["code"] for item in notice.variables["items"]] == ["G-1"]


def test_later_notices_are_numbered_and_corrections_are_called_so(checked: County) -> None:
    title = "2023年测试县卫生健康局公共场所随机监督抽查结果的公示"

    assert results.notice(matter(checked), ["GGCS/A1"]).title == title
    assert results.notice(matter(checked, number=2), ["GGCS/A1"]).title == title + "（第2批）"
    corrected = matter(checked, number=3, corrects="results-1")
    assert results.notice(corrected, ["GGCS/A1"]).title == title + "（更正）"


def test_a_hostile_name_appears_literally(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    text = '<script>alert(1)</script>&{{ x }}]]>=HYPERLINK("a")🙂'
    record(county, "GGCS/A1", f"备注={text}")

    assert results.notice(matter(county), ["GGCS/A1"]).tables[0].rows[0][7] == text
