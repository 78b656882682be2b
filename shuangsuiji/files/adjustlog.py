"""调整台账.xlsx: the adjustment log as a table that people print, and the rounds with their seeds.

`public`: what anybody may see: no reasons, nobody who entered anything, and people as the plan discloses them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.adjustlog import KINDS, STATUSES, Row
from shuangsuiji.core.year.briefing import Briefing
from shuangsuiji.core.year.events import Redrawn
from shuangsuiji.files.sheets.paper import Column, Paper, listing
from shuangsuiji.files.sheets.wording import day

LOG, ROUNDS = "调整台账", "重新抽取记录"
GRADES = {"public": "公开种子", "local": "本机随机", "given": "人工给定"}
NOT_DISCLOSED = "不公开"


class LogPaper(NamedTuple):
    """What the log shows: `shares` = one sentence for each source; `checkpoint` in full."""

    plan: Plan
    rows: Sequence[Row]
    rounds: Sequence[Redrawn]
    shares: Sequence[str]
    checkpoint: str
    made_on: str


def log_workbook(log: LogPaper, *, public: bool) -> bytes:
    """The file."""
    paper = Paper(_frame(log), f"{log.plan.agency.name}随机抽查任务调整台账")
    title = f"{log.plan.agency.name}“双随机、一公开”抽查任务调整台账"
    number = f"（{log.plan.document_no}）" if log.plan.document_no else ""
    notes = [
        f"方案：{log.plan.title}{number}　　抽取编号：{log.plan.draw}　　制表日期：{day(log.made_on)}",
        *log.shares,
    ]
    notes.append("回避是法定义务，列出但不计入调整比例；“连带调整”是为空出位置腾挪的人员，也不计入。")
    listing(paper, LOG, title, notes, columns=_columns(log.plan, public=public), rows=log.rows)
    listing(
        paper,
        ROUNDS,
        "重新抽取记录",
        ["每轮重新抽取各用一个新种子；种子文本的 SHA-256 就是种子，任何人可用卷宗重算核对。"],
        columns=_ROUND_COLUMNS,
        rows=log.rounds,
    )
    return paper.finished()


def person(who: tuple[str, str], plan: Plan, *, public: bool) -> str:
    """An inspector as the log shows him: name and number, or what the plan discloses; blank where there is nobody."""
    inspector, name = who
    if not inspector:
        return ""
    match plan.disclosure.inspectors if public else "all":
        case "all":
            return f"{name}\n{inspector}"
        case "names":
            return name
        case "codes":
            return inspector
        case _:
            return NOT_DISCLOSED


def kind(row: Row, *, public: bool) -> str:
    """What a change was; of recusals, which one of his it was."""
    again = f"（第{row.time}次）" if row.time > 1 and not public else ""
    return f"{KINDS[row.kind]}{again}"


def stage(row: Row) -> str:
    """Where a change stands: 第1轮, 待批准：…."""
    if row.status == "pending":
        return f"{STATUSES['pending']}：{'、'.join(row.waiting)}"
    return f"第{row.round}轮" if row.round else STATUSES[row.status]


def _columns(plan: Plan, *, public: bool) -> list[Column]:
    columns = [
        Column("编号", 6, lambda row: row.adjustment, centred=True, optional=True),
        Column("类型", 9, lambda row: kind(row, public=public).replace("（", "\n（"), centred=True),
        Column("检查（任务）编号", 15, lambda row: row.visit),
        Column("单位名称", 21, lambda row: row.name),
        Column("原检查人员", 14, lambda row: person(row.leaves, plan, public=public) or "／", centred=True),
        Column("调整后人员", 14, lambda row: person(row.joins, plan, public=public) or "／", centred=True),
        Column("批准文书", 44, lambda row: "\n".join(row.papers) or "／"),
        Column("日期", 11, lambda row: row.on.isoformat(), centred=True),
        Column("状态", 11, stage, centred=True),
        Column("登记时间" if public else "登记人、时间", 17, lambda row: _entered(row, public=public), centred=True),
        Column("调整后占比", 14, lambda row: row.share.figures if row.share else "不计入", centred=True),
    ]
    if not public:
        why = Column("事由", 13, lambda row: row.why, centred=True)
        columns[6:6] = [why, Column("原因", 18, _reason)]
    return columns


def _reason(row: Row) -> str:
    return f"{row.reason}\n撤回：{row.closed_because}" if row.closed_because else row.reason


def _entered(row: Row, *, public: bool) -> str:
    """When the change was entered and, where it was taken back, when that was; by whom, where it is not public."""
    entries = [("", row.by, row.at)]
    entries += [("撤回：", row.done_by, row.done_at)] if row.status == "withdrawn" else []
    said = []
    for word, by, at in entries:
        when = at[:16].replace("T", " ")
        said.append(f"{word}{when}" if public else f"{word}{by}\n{when}")
    return "\n".join(said)


_ROUND_COLUMNS = (
    Column("来源", 8, lambda event: event.source or "抽取", centred=True),
    Column("轮次", 6, lambda event: event.round, centred=True),
    Column("日期", 11, lambda event: event.on.isoformat(), centred=True),
    Column("换人处数", 9, lambda event: len(event.changes), centred=True),
    Column("种子等级", 10, lambda event: GRADES[event.grade], centred=True),
    Column("种子文本", 66, lambda event: event.seed_line),
    Column("种子", 68, lambda event: event.seed),
)


def _frame(log: LogPaper) -> Briefing:
    """What the footer and the file's properties say."""
    return Briefing(
        draw=log.plan.draw,
        title=log.plan.title,
        document_no=log.plan.document_no,
        agency=log.plan.agency.name,
        drawn_on=log.made_on,
        period_start="",
        period_end="",
        grade="",
        seed="",
        pool_digest="",
        checkpoint=log.checkpoint,
        voided=0,
        strata=(),
        items=(),
        assignments=(),
    )
