"""What the tests of the report share: a small county's two years, with results of all classes."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import PLAN, Answer, County
from tests.year.returning import Clock

SUBJECTS = """\
对象编号,单位名称,专业,类别,区域,地址,信用风险等级,上次检查日期,法定代表人,联系电话
A1,甲宾馆,公共场所,住宿,东,东街1号,A,2021-05-01,赵一,13800000000
A2,乙理发店,公共场所,美容美发,西,西街2号,B,2010-05-01,钱二,13800000001
A3,丙宾馆,公共场所,住宿,东,东街3号,,,孙三,13800000002
A4,丁宾馆,公共场所,住宿,西,西街4号,A,,李四,13800000003
B1,一小,学校卫生,小学,东,东街5号,A,,周五,13800000004
B2,二小,学校卫生；公共场所,小学,西,西街6号,A,,吴六,13800000005
"""
LIST = """\
单位名称,抽查任务,检查人员
一小,学校卫生,监督员01、监督员02
戊中学,学校卫生,监督员03、监督员04
"""
ALL = (("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"), ("ratio: 50%}\n", "ratio: 100%}\n"))


def done(county: County, *words: str) -> Answer:
    answer = county.ssj(*words)
    assert answer.code == 0, answer.err
    return answer


def _record(county: County, task: str, *settings: str, outcome: str = "", ended: str = "2023-05-09T09:30") -> None:
    words = [word for setting in settings for word in ("--set", setting)]
    words += ["--outcome", outcome] if outcome else []
    done(county, "record", "--plan", "2023", "--task", task, "--check-ended", ended, *words)


def last_year(county: County, clock: Clock) -> None:
    """2022: everybody drawn, one problem found."""
    text = PLAN.replace("2023", "2022")
    for old, new in ALL:
        text = text.replace(old, new)
    county.write("plans/2022.yaml", text)
    clock("2022-05-09T09:00")
    done(county, "draw", "--plan", "2022", "--seed", "1", "--no-sheets")
    clock("2022-05-10T09:00")
    for task, outcome in (("GGCS/A1", "未发现问题"), ("GGCS/A2", "无法联系")):
        more = ["--set", "结果细类=已关闭"] if outcome == "无法联系" else []
        words = ("--task", task, "--check-ended", "2022-05-09T11:00", "--outcome", outcome)
        done(county, "record", "--plan", "2022", *words, *more)


def a_year(county: County, monkeypatch: pytest.MonkeyPatch, *, before: bool = False) -> Clock:
    """2023: an own draw of seven tasks, a list of two, one complaint; stands on 30 June."""
    clock = Clock(monkeypatch)
    county.write("rosters/subjects.csv", SUBJECTS)
    if before:
        last_year(county, clock)
    county.plan(*ALL)
    clock("2023-05-08T09:00")
    done(county, "draw", "--plan", "2023", "--seed", "1", "--no-sheets")
    county.write("list.csv", LIST)
    words = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号")
    done(county, "receive", str(county.root / "list.csv"), "--plan", "2023", *words)
    visit, inspector = county.read("result/teams.csv")[0][:2]
    seat = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm")
    done(county, "adjust", "recuse", "--plan", "2023", *seat, "--reason", "秘密的亲属关系", "--seed", "a")
    clock("2023-05-09T16:00")
    _record(county, "GGCS/A1", outcome="未发现问题")
    ordered = ("责令改正日期=2023-05-09", "改正期限=2023-05-16")
    _record(county, "GGCS/A2", "存在的主要问题=1.未公示许可证 2.台账不全。", *ordered, outcome="发现问题已责令改正")
    _penalise(county, "GGCS/A3", "罚款金额=2000.10", "没收金额=0.20", number=1)
    _record(county, "GGCS/A4", "结果细类=已关闭", outcome="无法联系")
    _record(county, "GGCS/B2", "是否抽样检测=是", outcome="未发现问题")
    _record(county, "XXWS/B1", "存在的主要问题=台账不全", *ordered, outcome="发现问题已责令改正")
    _record(county, "R1/XXWS/B1", outcome="未发现问题")
    void = ("--why", "duplicate", "--reason", "重卡", "--document", "省卫〔2023〕9号")
    done(county, "adjust", "void", "--plan", "2023", "--task", "XXWS/B2", *void)
    complaint = ("--otherwise", "投诉", "--subject", "A1", "--stratum", "GGCS", "--document", "诉1号")
    done(county, "record", "--plan", "2023", *complaint, "--inspector", "P1", "--inspector", "P2")
    _penalise(county, "N1", "罚款金额=500", number=2)
    photo = county.root / "照片.jpg"
    photo.write_bytes(b"photo")
    done(county, "record", "--plan", "2023", "--task", "GGCS/A2", "--evidence", str(photo))
    done(county, "record", "--plan", "2023", "--task", "GGCS/A2", "--measure", "提醒", "--text", "口头")
    done(county, "note", "training", "--plan", "2023", "--title", "业务培训", "--people", "15")
    clock("2023-05-18T10:00")
    followed = ("--set", "复查日期=2023-05-17", "--set", "复查结果=已改正")
    done(county, "record", "--plan", "2023", "--task", "GGCS/A2", *followed)
    done(county, "publish", "results", "--plan", "2023", "--task", "GGCS/A2", "--format", "csv")
    clock("2023-06-30T10:00")
    return clock


def _penalise(county: County, task: str, *amounts: str, number: int) -> None:
    case = ("立案日期=2023-05-09", f"立案编号=测卫立〔2023〕{number}号")
    decided = ("处罚决定日期=2023-05-09", f"处罚决定书文号=测卫罚〔2023〕{number}号")
    _record(county, task, "存在的主要问题=未取得卫生许可证", *case, *decided, *amounts, outcome="行政处罚")


def report(county: County, *words: str) -> Any:
    """The JSON answer of ``ssj report``; fails where it is refused."""
    return done(county, "report", "--plan", "2023", *words, "--json").json


def folder(county: County) -> Path:
    return county.dossier / "report"


def sheet(county: County, name: str, file: str = "report.xlsx") -> list[tuple[object, ...]]:
    """The cells of a sheet."""
    book = openpyxl.load_workbook(folder(county) / file)
    return list(book[name].iter_rows(values_only=True))
