"""任务清单.xlsx, the office's own paper: 抽取概况, all tasks, each stratum's tasks, and who was given which file."""

from collections.abc import Sequence
from typing import NamedTuple

from shuangsuiji.core.year.briefing import RECEIVED, Assignment, Briefing, StratumLine
from shuangsuiji.files.sheets.names import sheet_names
from shuangsuiji.files.sheets.paper import Column, Paper, listing
from shuangsuiji.files.sheets.summary import NAME, summary
from shuangsuiji.files.sheets.wording import basis, beside, drawn, member, period, stratum_names

FILE = "任务清单.xlsx"
ALL, ISSUED = "全部任务", "任务单分发登记"


class Line(NamedTuple):
    """One task on the list."""

    task: str
    stratum: str
    stratum_name: str
    visit: Assignment


class Issue(NamedTuple):
    """One inspector's workbook, for the register of who was given what."""

    inspector: str
    name: str
    visits: int
    tasks: int
    file: str


TASK = Column("任务编号", 19, lambda line: line.task)
SPECIALTY = Column("专业", 10, lambda line: line.stratum_name, centred=True)

BESIDE = Column("同去的其他部门", 24, lambda line: beside(line.visit), optional=True)
"""On a department's own list: on the whole one the other departments have rows of their own."""

COLUMNS = (
    Column("检查编号", 13, lambda line: line.visit.visit),
    Column("对象编号", 13, lambda line: line.visit.subject.subject),
    Column("单位名称", 26, lambda line: line.visit.subject.name),
    SPECIALTY,
    Column("类别", 8, lambda line: line.visit.subject.kind, centred=True),
    Column("地址", 26, lambda line: line.visit.subject.address),
    Column("区域", 9, lambda line: line.visit.subject.area, centred=True),
    Column("联系人", 8, lambda line: line.visit.subject.contact, centred=True),
    Column("联系电话", 13, lambda line: line.visit.subject.phone, centred=True),
    Column("检查部门", 12, lambda line: line.visit.department, centred=True, optional=True),
    Column("检查人员（执法证号）", 30, lambda line: "\n".join(map(member, line.visit.team))),
    BESIDE,
    Column("计划检查日期", 11, lambda line: line.visit.planned, centred=True, optional=True),
    Column("必查原因", 11, lambda line: line.visit.subject.must),
    Column("备注", 9, lambda line: "已完结" if line.stratum in line.visit.closed else "", centred=True, optional=True),
)

ISSUES = (
    Column("执法证号", 18, lambda issue: issue.inspector, centred=True),
    Column("姓名", 10, lambda issue: issue.name, centred=True),
    Column("检查次数", 9, lambda issue: issue.visits, centred=True),
    Column("任务数", 8, lambda issue: issue.tasks, centred=True),
    Column("任务单文件", 36, lambda issue: issue.file),
    Column("签收人", 14, lambda _: "", centred=True),
    Column("签收日期", 12, lambda _: "", centred=True),
)


def task_list(briefing: Briefing, issues: Sequence[Issue]) -> bytes:
    """The whole workbook; it opens on the list of all tasks."""
    title = f"{briefing.agency}“双随机、一公开”抽查任务清单{f'（{briefing.office}）' if briefing.office else ''}"
    paper = Paper(briefing, title)
    lines = _lines(briefing)
    columns = tuple(column for column in COLUMNS if briefing.office or column is not BESIDE)
    tasks = len({line.task for line in lines})  # a joint visit has a row for each department
    summary(paper, briefing, tasks, len(issues))
    notes = [f"依据：{basis(briefing)}", f"{drawn(briefing)}　　检查期间：{period(briefing)}　　共{tasks}项任务"]
    listing(paper, ALL, title, notes, columns=(TASK, *columns), rows=lines).page.activate()
    _by_stratum(paper, briefing, lines, columns)
    listing(paper, ISSUED, ISSUED, [drawn(briefing)], columns=ISSUES, rows=issues, landscape=False)
    return paper.finished()


def _by_stratum(paper: Paper, briefing: Briefing, lines: Sequence[Line], shown: Sequence[Column]) -> None:
    found: dict[str, list[Line]] = {stratum.code: [] for stratum in briefing.strata}
    for line in lines:
        found.setdefault(line.stratum, []).append(line)
    names = sheet_names([stratum.name for stratum in briefing.strata], taken=[NAME, ALL, ISSUED])
    columns = (TASK, *(column for column in shown if column is not SPECIALTY))
    for stratum, name in zip(briefing.strata, names, strict=True):
        notes = [f"{drawn(briefing)}　　{_figures(briefing, stratum)}"]
        listing(paper, name, f"抽查任务清单（{stratum.name}）", notes, columns=columns, rows=found[stratum.code])


def _lines(briefing: Briefing) -> list[Line]:
    names = stratum_names(briefing.strata)
    return [
        Line(task, code, names.get(code, code), visit)
        for visit in briefing.assignments
        for code, task in zip(visit.strata, visit.tasks, strict=True)
    ]


def _figures(briefing: Briefing, stratum: StratumLine) -> str:
    if briefing.grade == RECEIVED:
        return f"下达{stratum.drawn}家"
    ratio = f"，抽查比例{stratum.ratio}" if stratum.ratio else ""
    return f"对象{stratum.population}家{ratio}，应抽{stratum.quota}家，实抽{stratum.drawn}家"
