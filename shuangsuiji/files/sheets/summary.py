"""The sheet 抽取概况: what was drawn from what, by which seed, how anybody can check it; signed by those present."""

from collections.abc import Sequence

from shuangsuiji.core.year.briefing import RECEIVED, Briefing, StratumLine
from shuangsuiji.core.year.wholevisit import whole
from shuangsuiji.files.sheets.paper import Paper
from shuangsuiji.files.sheets.wording import GRADES, day, period

NAME = "抽取概况"

WIDTHS = (6, 14, 30, 12, 12, 11, 11)

STRATA = ("序号", "代码", "抽查层（专业）", "对象总数", "抽查比例", "应抽", "实抽")

CLOSING = (
    "一个检查对象属于几个专业的，各专业分别计数，合计为任务数，不是单位数。",
    "抽取结果由定稿名册、方案和种子唯一确定，任何人可用卷宗重算核对；摘要和校验点可发现事后改动。",
)
"""Under the table of strata."""

CLOSING_RECEIVED = (
    CLOSING[0],
    "任务由上级抽取下达，本系统不能核验其抽取过程；下达以后的调整和结果记入台账，校验点可发现事后改动。",
)
"""The same where a higher level drew."""

SIGNATURES = "抽取人：　　　　　　　　监督人：　　　　　　　　日期：　　　　年　　月　　日"
SIGNATURES_RECEIVED = "接收人：　　　　　　　　审核人：　　　　　　　　日期：　　　　年　　月　　日"


def summary(paper: Paper, briefing: Briefing, tasks: int, inspectors: int) -> None:
    """Write it: `tasks` and `inspectors` are how many there are."""
    received = briefing.grade == RECEIVED
    sheet = paper.sheet(NAME, WIDTHS, landscape=False)
    what = "任务概况（上级抽取下达）" if received else "抽取概况"
    sheet.line(f"{briefing.agency}“双随机、一公开”{what}", "title", lowest=44)
    for label, fact in _facts(briefing, tasks, inspectors):
        sheet.across(label, "label", first=0, last=1)
        sheet.line(fact, "value", first=2, lowest=27)
    sheet.step(12)
    sheet.headings(STRATA, stay=False)
    for cells in _strata(briefing.strata, received=received):
        sheet.body(cells, ["middle"] * len(cells), lowest=23)
    sheet.body(_total(briefing.strata, received=received), ["heading"] * len(STRATA), lowest=23)
    sheet.step(8)
    for sentence in CLOSING_RECEIVED if received else CLOSING:
        sheet.line(sentence, "note")
    sheet.step(14)
    sheet.line(SIGNATURES_RECEIVED if received else SIGNATURES, "signature", lowest=36)


def _facts(briefing: Briefing, tasks: int, inspectors: int) -> list[tuple[str, str]]:
    subjects = len({assignment.subject.subject for assignment in briefing.assignments})
    received = briefing.grade == RECEIVED
    voided = f"此前作废{briefing.voided}次，作废的结果和原因仍保存在台账中" if briefing.voided else ""
    facts = [
        ("抽查方案", briefing.title),
        ("文　　号", briefing.document_no),
        ("清单编号" if received else "抽取编号", briefing.draw),
        ("下达日期" if received else "抽取日期", day(briefing.drawn_on)),
        ("作废情况", voided),
        ("检查部门", briefing.office),
        ("检查期间", period(briefing)),
        ("联合检查", _joint(briefing)),
        ("任务情况" if received else "抽取结果", f"检查对象{subjects}家，检查任务{tasks}项，检查人员{inspectors}名"),
        ("抽取方式" if received else "种子来源", GRADES.get(briefing.grade, briefing.grade)),
        ("下达文件" if received else "种　　子", briefing.seed),
        ("名册摘要", briefing.pool_digest),
        ("校 验 点", briefing.checkpoint),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _joint(briefing: Briefing) -> str:
    """Which departments go together, and how often; blank where none do."""
    joint = [each for each in briefing.assignments if each.beside]
    if not joint:
        return ""
    names = dict.fromkeys(name for each in joint for name in (each.department, *(other for other, _ in each.beside)))
    return f"{'、'.join(names)}，{len({whole(each.visit) for each in joint})}次"


def _strata(strata: Sequence[StratumLine], *, received: bool) -> list[tuple[str | int, ...]]:
    """Of a received list nobody told us how many there were to draw from."""
    return [
        (
            number,
            each.code,
            each.name,
            "／" if received else each.population,
            each.ratio or "／",
            each.quota,
            each.drawn,
        )
        for number, each in enumerate(strata, start=1)
    ]


def _total(strata: Sequence[StratumLine], *, received: bool) -> tuple[str | int, ...]:
    population, quota, drawn = (sum(getattr(each, key) for each in strata) for key in ("population", "quota", "drawn"))
    return "", "", "合计", "／" if received else population, "", quota, drawn
