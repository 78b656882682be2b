"""What ``ssj adjust`` shows: what changed, what waits for whom, which sheets are new; and the adjustment log."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from shuangsuiji.actions.adjust.case import Adjusted
from shuangsuiji.actions.adjust.log import Logged, source_name
from shuangsuiji.core.year.adjustlog import KINDS, Row
from shuangsuiji.core.year.approval import missing
from shuangsuiji.core.year.events import Approved, Recused, Redrawn, ReplacementAsked, Voided
from shuangsuiji.core.year.share import Share, share
from shuangsuiji.files.adjustlog import NOT_DISCLOSED, person, stage
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.drawn import GRADES

_BECAUSE = {"recusal": "回避", "replacement": "替换", "chain": "连带调整"}


def show_adjusted(result: Adjusted) -> None:
    """What was put on record, on stdout."""
    console = answers()
    if not result.new:
        console.print("已经登记过，没有变化。")
    for happened in result.new:
        for sentence in _sentences(result, happened.event):
            console.print(plain(sentence), soft_wrap=True)
    for name in _touched(result):
        console.print(plain(_standing(result, name)), soft_wrap=True)
    if result.new:
        console.print(f"已记入台账，校验点：{result.checkpoint}", soft_wrap=True)
    _papers(result)


def print_adjusted(result: Adjusted) -> None:
    """The same for a program."""
    events = [one.event for one in result.new]
    print_json(
        {
            "ok": True,
            "unchanged": not events,
            "recusals": [
                {"visit": e.visit, "subject": e.subject, "inspector": e.inspector, "source": e.source}
                for e in events
                if isinstance(e, Recused)
            ],
            "adjustments": [_adjustment(result, name) for name in _touched(result)],
            "voided": [e.task for e in events if isinstance(e, Voided)],
            "rounds": [_round(e) for e in events if isinstance(e, Redrawn)],
            "sheets": _paths(result.papers.made, result.folder),
            "superseded": _paths(result.papers.superseded, result.folder),
            "checkpoint": result.checkpoint._asdict(),
        }
    )


def show_log(result: Logged) -> None:
    """The log as a table, the share of each source, what was written."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    if result.rows:
        table = Table()
        for heading in ("编号", "类型", "检查（任务）", "单位名称", "原人员", "调整后"):
            table.add_column(heading)
        if not result.public:
            table.add_column("事由")
        table.add_column("日期")
        table.add_column("状态")
        for row in result.rows:
            people = (_shown(result, who) or "／" for who in (row.leaves, row.joins))
            cells = [row.adjustment, KINDS[row.kind], row.visit, row.name, *people]
            cells += [] if result.public else [row.why]
            table.add_row(*map(plain, (*cells, row.on.isoformat(), stage(row))))
        console.print(table)
    else:
        console.print("还没有调整。")
    for source, each in result.shares:
        console.print(plain(f"{source_name(source)}：{each.sentence}。"), soft_wrap=True)
    for path in filter(None, (result.xlsx, *result.forms)):
        console.print(f"已写出：{path}", soft_wrap=True)


def print_log(result: Logged) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": True,
            "rows": [_row(result, row) for row in result.rows],
            "shares": [{"source": source.id, **each.as_json()} for source, each in result.shares],
            "rounds": [_round(event, result) for event in result.rounds],
            "checkpoint": result.checkpoint._asdict(),
            "xlsx": str(result.xlsx) if result.xlsx else None,
            "forms": [str(path) for path in result.forms],
        }
    )


def _sentences(result: Adjusted, event: object) -> list[str]:
    match event:
        case Recused():
            return [f"回避：{event.visit}（{_name(result, event.source, event.inspector)}），不计入调整比例。"]
        case ReplacementAsked():
            who = _name(result, event.source, event.inspector)
            return [f"{event.adjustment}：替换{who}，{len(event.visits)} 次检查（{'、'.join(event.visits)}）。"]
        case Approved():
            return [f"{event.adjustment}：{event.level} 已批准，{event.document_no}（{event.on}）。"]
        case Voided():
            return [f"任务 {event.task} 已完结（凭 {event.document_no}），底档和记录都保留。"]
        case Redrawn():
            head = f"第 {event.round} 轮重新抽取，种子：{event.seed_line}（{GRADES[event.grade]}）"
            return [head, *(_change(result, event, number) for number in range(len(event.changes)))]
        case _:
            return []


def _change(result: Adjusted, event: Redrawn, number: int) -> str:
    change = event.changes[number]
    leaves, joins = (_name(result, event.source, i) for i in (change.leaves, change.joins))
    return f"  {change.visit}：{leaves} → {joins}（{_BECAUSE[change.because]}）"


def _name(result: Adjusted, source: str, inspector: str) -> str:
    found = result.state.sources.get(source)
    name = found.inspectors.get(inspector) if found else None
    return f"{name}（{inspector}）" if name else inspector


def _touched(result: Adjusted) -> list[str]:
    """The adjustments that the command asked for or approved."""
    events = [one.event for one in result.new]
    return list(dict.fromkeys(e.adjustment for e in events if isinstance(e, ReplacementAsked | Approved)))


def _share(result: Adjusted, name: str) -> Share:
    asked = result.state.adjustments[name].asked
    return share(result.state, result.state.sources[asked.source], result.plan.adjustment)


def _standing(result: Adjusted, name: str) -> str:
    adjustment = result.state.adjustments[name]
    waiting = missing(result.plan.adjustment.approvals, adjustment)
    figures = _share(result, name).sentence
    if adjustment.done:
        return f"{name} 已完成。调整比例：{figures}。"
    if waiting:
        how = f"ssj adjust approve {name} --level {waiting[0]} --document 文号 --on 日期"
        return f"{name} 待批准：{'、'.join(waiting)}。调整比例：{figures}。登记下一级：{how}"
    return f"{name} 已批准，但已没有要换的检查。"


def _papers(result: Adjusted) -> None:
    made, old = result.papers
    if made:
        answers().print(f"重新制作 {len(made)} 个文件：{'、'.join(path.name for path in made)}", soft_wrap=True)
    if old:
        answers().print(f"旧文件已移到 {old[0].parent}，名称标有“已作废”。", soft_wrap=True)
    if made:
        notices().print("下一步：把新的任务单发给有关人员，请他们停用旧的。", soft_wrap=True)


def _adjustment(result: Adjusted, name: str) -> dict[str, object]:
    adjustment = result.state.adjustments[name]
    waiting = missing(result.plan.adjustment.approvals, adjustment)
    return {
        "adjustment": name,
        "source": adjustment.asked.source,
        "inspector": adjustment.asked.inspector,
        "visits": list(adjustment.asked.visits),
        "why": adjustment.asked.why,
        "status": "done" if adjustment.done else "pending" if waiting else "lapsed",
        "waiting_for": list(waiting),
        "excess_document": adjustment.asked.excess_document,
        "share": _share(result, name).as_json(),
    }


def _round(event: Redrawn, log: Logged | None = None) -> dict[str, object]:
    shown = log is None or not log.public
    return {
        "source": event.source,
        "round": event.round,
        "on": event.on.isoformat(),
        "seed_line": event.seed_line,
        "seed": event.seed,
        "grade": event.grade,
        "changes": [change.model_dump(mode="json") for change in event.changes] if shown else len(event.changes),
        **({"unavailable": list(event.unavailable)} if shown else {}),
    }


def _row(result: Logged, row: Row) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": row.kind,
        "adjustment": row.adjustment,
        "source": row.source,
        "visit": row.visit,
        "subject": row.subject,
        "name": row.name,
        "leaves": _person(result, row.leaves),
        "joins": _person(result, row.joins),
        "papers": list(row.papers),
        "on": row.on.isoformat(),
        "at": row.at,
        "by": row.by,
        "status": row.status,
        "waiting_for": list(row.waiting),
        "done_at": row.done_at,
        "round": row.round,
        "counted": row.counted,
        "share": row.share.as_json() if row.share else None,
    }
    return found if result.public else {**found, "why": row.why_code, "reason": row.reason}


def _shown(result: Logged, who: tuple[str, str]) -> str:
    """A name, where the table has no room for more."""
    return person(who, result.plan, public=True) if result.public else who[1]


def _person(result: Logged, who: tuple[str, str]) -> Mapping[str, str] | str | None:
    if not who[0]:
        return None
    if not result.public:
        return {"inspector": who[0], "name": who[1]}
    shown = person(who, result.plan, public=True)
    return None if shown == NOT_DISCLOSED else shown


def _paths(paths: Sequence[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
