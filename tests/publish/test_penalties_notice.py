"""The penalties' notice: 双公示 columns without anything private, one row per decision, withdrawn ones named."""

from datetime import date

import pytest

from shuangsuiji.actions.gather import gather
from shuangsuiji.core.year.disclosure.notice import Matter, Notice
from shuangsuiji.core.year.disclosure.penalties import notice
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.workspace import Workspace
from tests.conftest import PLAN, County
from tests.year.returning import Clock

FIRM = "91350100M000100Y43"
SUBJECTS = f"""\
对象编号,单位名称,专业,法定代表人,联系人,联系电话,统一社会信用代码
A1,甲宾馆,公共场所；学校卫生,张小甲,李小乙,13800000000,{FIRM}
A2,王丙,公共场所,王丙,,13900000000,
A3,丙宾馆,公共场所,阿依古丽,,,{FIRM}
"""
DECIDED = {
    "处罚决定日期": "2023-05-18",
    "处罚决定书文号": "测卫罚〔2023〕1号",
    "罚款金额": "2000",
    "违法事实": "店主张小甲（电话13800000000）未公示卫生许可证",
    "处罚依据": "《公共场所卫生管理条例实施细则》第三十八条",
    "处罚类别": "罚款",
}


@pytest.fixture
def year(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    clock = Clock(monkeypatch)
    county.write("plans/2023.yaml", PLAN.replace("50%", "100%"))
    county.write("rosters/subjects.csv", SUBJECTS)
    clock("2023-05-08T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    clock("2023-06-30T16:00")
    return county


def penalise(county: County, task: str, **more: str) -> None:
    settings = [part for name, text in (DECIDED | more).items() for part in ("--set", f"{name}={text}")]
    ended = ("--check-ended", "2023-05-11T16:00", "--outcome", "行政处罚")
    answer = county.ssj("record", "--task", task, *ended, *settings)
    assert answer.code == 0, answer.err


def made(county: County, *tasks: str, withdrawn: tuple[str, ...] = ()) -> Notice:
    workspace = Workspace(county.root)
    today = date(2023, 6, 30)
    gathered = gather(workspace, workspace.plan_file(None), today)
    ledger = read_ledger(county.dossier)
    matter = Matter(
        plan=gathered.intent.plan,
        rosters=gathered.rosters,
        state=fold(ledger.happened),
        pool=gathered.sealing.pool,
        checkpoint=str(ledger.checkpoint("T-2023")),
        on=today,
    )
    return notice(matter, tasks, withdrawn)


def rows(found: Notice) -> list[dict[str, str]]:
    return [
        dict(zip([column.heading for column in found.tables[0].columns], row, strict=True))
        for row in found.tables[0].rows
    ]


def test_a_decision_that_closes_two_tasks_is_one_row_without_anything_private(year: County) -> None:
    penalise(year, "GGCS/A1")
    penalise(year, "XXWS/A1")

    found = made(year, "GGCS/A1", "XXWS/A1")

    assert found.title == "2023年测试县卫生健康局行政处罚信息的公示"
    [row] = rows(found)
    assert row == {
        "序号": "1",
        "行政相对人名称": "甲宾馆",
        "行政相对人类别": "法人及非法人组织",
        "统一社会信用代码": FIRM,
        "法定代表人": "张某",
        "行政处罚决定书文号": "测卫罚〔2023〕1号",
        "违法行为类型": "/",
        "违法事实": "店主张某（电话（已隐去））未公示卫生许可证",
        "处罚依据": "《公共场所卫生管理条例实施细则》第三十八条",
        "处罚类别": "罚款",
        "处罚内容": "/",
        "罚款金额（万元）": "0.2",
        "没收违法所得、没收非法财物的金额（万元）": "/",
        "暂扣或吊销证照名称及编号": "/",
        "处罚决定日期": "2023-05-18",
        "处罚有效期": "/",
        "公示截止期": "/",
        "处罚机关": "测试县卫生健康局",
    }
    assert list(found.tasks) == ["GGCS/A1", "XXWS/A1"]
    assert len(set(found.tasks.values())) == 1
    assert (found.variables["penalties_total"], found.variables["tasks_total"]) == (1, 2)
    assert found.variables["fines_total"] == "0.2"


def test_a_natural_person_is_masked_everywhere_and_has_no_code(year: County) -> None:
    penalise(year, "GGCS/A2", 行政相对人类别="自然人", 违法事实="王丙无证经营", 处罚内容="对王丙罚款2000元")

    found = made(year, "GGCS/A2")

    assert "王丙" not in str(found)
    [row] = rows(found)
    assert (row["行政相对人名称"], row["统一社会信用代码"], row["法定代表人"]) == ("王某", "/", "/")
    assert row["处罚内容"] == "对王某罚款2000元"


def test_a_name_that_no_list_of_surnames_knows_is_masked_too(year: County) -> None:
    penalise(year, "GGCS/A3")

    assert [row["法定代表人"] for row in rows(made(year, "GGCS/A3"))] == ["阿某"]


def test_withdrawn_penalties_stand_in_a_table_of_their_own(year: County) -> None:
    penalise(year, "GGCS/A1")
    penalise(year, "GGCS/A3", 处罚决定书文号="测卫罚〔2023〕2号", 处罚变更或撤销日期="2023-06-20")

    found = made(year, "GGCS/A1", withdrawn=("GGCS/A3",))

    assert [grid.caption for grid in found.tables] == ["行政处罚信息", "撤下的行政处罚信息"]
    assert found.tables[1].rows == [("1", "丙宾馆", "测卫罚〔2023〕2号", "2023-05-18", "2023-06-20")]
    assert list(found.tasks) == ["GGCS/A1"]
    assert made(year, withdrawn=("GGCS/A3",)).variables["penalties_total"] == 0
