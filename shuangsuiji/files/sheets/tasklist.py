"""任务清单.xlsx, the office's own paper: 抽取概况, all tasks, each stratum's tasks, and who was given which file."""

from collections.abc import Sequence
from typing import NamedTuple

from shuangsuiji.core.year.briefing import Assignment, Briefing, StratumLine
from shuangsuiji.files.sheets.names import sheet_names
from shuangsuiji.files.sheets.paper import Column, Paper, listing
from shuangsuiji.files.sheets.wording import GRADES, basis, day, member, period, stratum_names

FILE = "任务清单.xlsx"
SUMMARY, ALL, ISSUED = "抽取概况", "全部任务", "任务单分发登记"


CLOSING = (
    "一个检查对象属于几个专业的，各专业分别计数，合计为任务数，不是单位数。",
    "抽取结果由定稿名册、抽查方案和种子唯一确定，任何人可以用卷宗重算核对；摘要和校验点可发现事后改动。",
)
"""Under the table of strata."""


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


TASK, SPECIALTY = (
    Column("任务编号", 19, lambda line: line.task),
    Column("专业", 10, lambda line: line.stratum_name, True),
)

COLUMNS = (
    Column("检查编号", 13, lambda line: line.visit.visit),
    Column("对象编号", 13, lambda line: line.visit.subject.subject),
    Column("单位名称", 26, lambda line: line.visit.subject.name),
    SPECIALTY,
    Column("类别", 8, lambda line: line.visit.subject.kind, True),
    Column("地址", 26, lambda line: line.visit.subject.address),
    Column("区域", 9, lambda line: line.visit.subject.area, True),
    Column("联系人", 8, lambda line: line.visit.subject.contact, True),
    Column("联系电话", 13, lambda line: line.visit.subject.phone, True),
    Column("检查部门", 12, lambda line: line.visit.department, True, optional=True),
    Column("检查人员（执法证号）", 30, lambda line: "\n".join(map(member, line.visit.team))),
    Column("必查原因", 11, lambda line: line.visit.subject.must),
)

ISSUES = (
    Column("执法证号", 18, lambda issue: issue.inspector, True),
    Column("姓名", 10, lambda issue: issue.name, True),
    Column("检查次数", 7, lambda issue: issue.visits, True),
    Column("任务数", 7, lambda issue: issue.tasks, True),
    Column("任务单文件", 34, lambda issue: issue.file),
    Column("签收人", 12, lambda _: "", True),
    Column("签收日期", 12, lambda _: "", True),
)


def task_list(briefing: Briefing, issues: Sequence[Issue]) -> bytes:
    """The whole workbook."""
    paper = Paper(briefing, f"{briefing.agency}“双随机、一公开”抽查任务清单")
    lines = _lines(briefing)
    _summary(paper, briefing, len(lines), len(issues))
    all_tasks = listing(
        paper,
        ALL,
        f"{briefing.agency}“双随机、一公开”抽查任务清单",
        [f"依据：{basis(briefing)}", f"{_drawn(briefing)}　　共{len(briefing.assignments)}次检查，{len(lines)}项任务"],
        (TASK, *COLUMNS),
        lines,
    )
    all_tasks.page.activate()
    by_stratum: dict[str, list[Line]] = {}
    for line in lines:
        by_stratum.setdefault(line.stratum, []).append(line)
    names = sheet_names([stratum.name for stratum in briefing.strata], taken=[SUMMARY, ALL, ISSUED])
    for stratum, name in zip(briefing.strata, names, strict=True):
        listing(
            paper,
            name,
            f"抽查任务清单（{stratum.name}）",
            [f"{_drawn(briefing)}　　{_figures(stratum)}"],
            (TASK, *(column for column in COLUMNS if column is not SPECIALTY)),
            by_stratum.get(stratum.code, ()),
        )
    listing(
        paper,
        ISSUED,
        ISSUED,
        [f"{_drawn(briefing)}　　任务清单应于抽取后5个工作日内下达。"],
        ISSUES,
        issues,
        landscape=False,
    )
    return paper.finished()


def _lines(briefing: Briefing) -> list[Line]:
    names = stratum_names(briefing.strata)
    return [
        Line(task, code, names.get(code, code), visit)
        for visit in briefing.assignments
        for code, task in zip(visit.strata, visit.tasks, strict=True)
    ]


def _drawn(briefing: Briefing) -> str:
    return f"抽取编号：{briefing.draw}　　抽取日期：{day(briefing.drawn_on)}"


def _figures(stratum: StratumLine) -> str:
    ratio = f"，抽查比例{stratum.ratio}" if stratum.ratio else ""
    return f"对象{stratum.population}家{ratio}，应抽{stratum.quota}家，实抽{stratum.drawn}家"


def _summary(paper: Paper, briefing: Briefing, tasks: int, inspectors: int) -> None:
    sheet = paper.sheet(SUMMARY, [6, 14, 30, 12, 12, 11, 11], landscape=False)
    sheet.line(f"{briefing.agency}“双随机、一公开”抽取概况", "title", lowest=44)
    subjects = len({visit.subject.subject for visit in briefing.assignments})
    facts = [
        ("抽查方案", briefing.title),
        ("文　　号", briefing.document_no),
        ("抽取编号", briefing.draw),
        ("抽取日期", day(briefing.drawn_on)),
        ("检查期间", period(briefing)),
        (
            "抽取结果",
            f"检查对象{subjects}家，检查{len(briefing.assignments)}次，任务{tasks}项，检查人员{inspectors}名",
        ),
        ("种子来源", GRADES.get(briefing.grade, briefing.grade)),
        ("种　　子", briefing.seed),
        ("名册摘要", briefing.pool_digest),
        ("校 验 点", briefing.checkpoint),
    ]
    if briefing.voided:
        facts.insert(4, ("作废情况", f"此前作废{briefing.voided}次，作废的结果和原因仍保存在台账中"))
    for label, fact in facts:
        sheet.across(label, "label", first=0, last=1)
        sheet.line(fact, "value", first=2, lowest=26)
    sheet.row += 1
    sheet.headings(["序号", "代码", "抽查层（专业）", "对象总数", "抽查比例", "应抽", "实抽"], stay=False)
    styles = ["middle"] * 7
    for number, stratum in enumerate(briefing.strata, start=1):
        figures = [stratum.population, stratum.ratio or "／", stratum.quota, stratum.drawn]
        sheet.body([number, stratum.code, stratum.name, *figures], styles)
    totals = [sum(getattr(stratum, key) for stratum in briefing.strata) for key in ("population", "quota", "drawn")]
    sheet.body(["", "", "合计", totals[0], "", *totals[1:]], ["heading"] * 7)
    sheet.row += 1
    for line in CLOSING:
        sheet.line(line, "note")
    sheet.row += 1
    sheet.line("抽取人：　　　　　　　　监督人：　　　　　　　　日期：　　　　年　　月　　日", "signature", lowest=36)
