"""What ``ssj adjust`` shows: what changed, what waits for whom, which sheets are new."""

from collections.abc import Sequence
from pathlib import Path

from shuangsuiji.actions.adjust.case import Adjusted
from shuangsuiji.core.year.adjustlog import status_of
from shuangsuiji.core.year.approval import missing
from shuangsuiji.core.year.events import AdjustmentClosed, Approved, Change, Recused, Redrawn, ReplacementAsked, Voided
from shuangsuiji.core.year.recusals import times
from shuangsuiji.core.year.remarks import Remark
from shuangsuiji.core.year.rule import levels_of, rule_of
from shuangsuiji.core.year.share import Share, share, source_name
from shuangsuiji.core.year.state import Source
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
    for sentence in _beside(result):
        console.print(plain(sentence), soft_wrap=True)
    if result.new:
        console.print(f"已记入台账，校验点：{result.checkpoint}", soft_wrap=True)
    show_remarks(result.remarks)
    _papers(result)


def print_adjusted(result: Adjusted) -> None:
    """The same for a program."""
    events = [one.event for one in result.new]
    time_of = times(result.state)
    print_json(
        {
            "ok": True,
            "unchanged": not events,
            "recusals": [
                {
                    "visit": e.visit,
                    "subject": e.subject,
                    "inspector": e.inspector,
                    "source": e.source,
                    "time": time_of[e.visit, e.inspector],
                }
                for e in events
                if isinstance(e, Recused)
            ],
            "adjustments": [_adjustment(result, name) for name in _touched(result)],
            "voided": [e.task for e in events if isinstance(e, Voided)],
            "rounds": [round_as_json(e) for e in events if isinstance(e, Redrawn)],
            "sheets": _paths(result.papers.made, result.folder),
            "superseded": _paths(result.papers.superseded, result.folder),
            "shares": [{"source": source.id, **_share(result, source).as_json()} for source in _changed(result)],
            "warnings": [remark._asdict() for remark in result.remarks],
            "checkpoint": result.checkpoint._asdict(),
        }
    )


def _sentences(result: Adjusted, event: object) -> list[str]:  # noqa: PLR0911 - one case per kind of event
    match event:
        case Recused():
            return [_recused(result, event)]
        case ReplacementAsked():
            who = _name(result, event.source, event.inspector)
            return [f"{event.adjustment}：替换{who}，{len(event.visits)} 次检查（{'、'.join(event.visits)}）。"]
        case Approved():
            return [f"{event.adjustment}：{event.level} 已批准，{event.document_no}（{event.on}）。"]
        case AdjustmentClosed():
            return [f"{event.adjustment} 已撤回，不再占调整比例。"] if event.why == "withdrawn" else []
        case Voided():
            return [f"任务 {event.task} 已完结（凭 {event.document_no}），底档和记录都保留。"]
        case Redrawn():
            head = f"第 {event.round} 轮重新抽取，种子：{event.seed_line}（{GRADES[event.grade]}）"
            return [head, *(_change(result, event, number) for number in range(len(event.changes)))]
        case _:
            return []


def _recused(result: Adjusted, event: Recused) -> str:
    time = times(result.state)[event.visit, event.inspector]
    again = f"，第 {time} 次回避" if time > 1 else ""
    return f"回避：{event.visit}（{_name(result, event.source, event.inspector)}）{again}，不计入调整比例。"


def _change(result: Adjusted, event: Redrawn, number: int) -> str:
    change = event.changes[number]
    leaves, joins = (_name(result, event.source, i) for i in (change.leaves, change.joins))
    return f"  {change.visit}：{leaves} → {joins}（{_BECAUSE[change.because]}）"


def _name(result: Adjusted, source: str, inspector: str) -> str:
    found = result.state.sources.get(source)
    name = found.inspectors.get(inspector) if found else None
    return f"{name}（{inspector}）" if name else inspector


def _touched(result: Adjusted) -> list[str]:
    """The adjustments that the command asked for, approved or closed."""
    events = [one.event for one in result.new]
    known = ReplacementAsked | Approved | AdjustmentClosed
    return list(dict.fromkeys(event.adjustment for event in events if isinstance(event, known)))


def _changed(result: Adjusted) -> list[Source]:
    """The sources of tasks of which anybody stepped back, was replaced or is to be."""
    events = [one.event for one in result.new]
    found = {event.source for event in events if isinstance(event, Recused)}
    found |= {result.state.adjustments[name].asked.source for name in _touched(result)}
    return [source for source in result.state.sources.values() if source.id in found]


def _source(result: Adjusted, name: str) -> Source:
    return result.state.sources[result.state.adjustments[name].asked.source]


def _share(result: Adjusted, source: Source) -> Share:
    return share(result.state, source, rule_of(source, result.plan))


def _standing(result: Adjusted, name: str) -> str:
    adjustment, source = result.state.adjustments[name], _source(result, name)
    levels = levels_of(source, result.plan)
    waiting = missing(levels, adjustment)
    figures = _share(result, source).sentence
    match status_of(adjustment, levels):
        case "done":
            return f"{name} 已完成。调整比例：{figures}。"
        case "pending":
            how = f"ssj adjust approve {name} --level {waiting[0]} --document 文号 --on 日期"
            return f"{name} 待批准：{'、'.join(waiting)}。调整比例：{figures}。登记下一级：{how}"
        case "withdrawn":
            return f"调整比例：{figures}。"
        case "lapsed":
            return f"{name} 已批准，但已没有要换的检查，不占比例。调整比例：{figures}。"


def _beside(result: Adjusted) -> list[str]:
    """How many stepped back, beside the share; for every source that the command touched."""
    shares = [(source, _share(result, source)) for source in _changed(result)]
    return [f"{source_name(source)}：{each.recusals}。" for source, each in shares if each.recusals]


def show_remarks(remarks: Sequence[Remark]) -> None:
    """What wants a second look, on stderr."""
    for remark in remarks:
        notices().print(f"提醒  {plain(remark.what)}", style="yellow", soft_wrap=True)


def _papers(result: Adjusted) -> None:
    made, old = result.papers
    if made:
        answers().print(f"重新制作 {len(made)} 个文件：{'、'.join(map(_sheet, made))}", soft_wrap=True)
    if old:
        answers().print(f"旧文件已移到 {old[0].parent}，名称标有“已作废”。", soft_wrap=True)
    if made:
        notices().print("下一步：把新的任务单发给有关人员，请他们停用旧的。", soft_wrap=True)


def _sheet(path: Path) -> str:
    """The file, with the department's folder where it has one: of each there is a list of tasks."""
    return path.name if path.parent.name == "sheets" else f"{path.parent.name}/{path.name}"


def _adjustment(result: Adjusted, name: str) -> dict[str, object]:
    adjustment, source = result.state.adjustments[name], _source(result, name)
    levels = levels_of(source, result.plan)
    status = status_of(adjustment, levels)
    return {
        "adjustment": name,
        "source": adjustment.asked.source,
        "inspector": adjustment.asked.inspector,
        "visits": list(adjustment.asked.visits),
        "why": adjustment.asked.why,
        "status": status,
        "waiting_for": list(missing(levels, adjustment)) if status == "pending" else [],
        "excess_document": adjustment.asked.excess_document,
        "share": _share(result, source).as_json(),
    }


def round_as_json(event: Redrawn, *, public: bool = False) -> dict[str, object]:
    """A round for programs; to the public only how many places it changed."""
    return {
        "source": event.source,
        "round": event.round,
        "on": event.on.isoformat(),
        "seed_line": event.seed_line,
        "seed": event.seed,
        "grade": event.grade,
        "changes": len(event.changes) if public else [_as_json(change) for change in event.changes],
        **({} if public else {"unavailable": list(event.unavailable)}),
    }


def _as_json(change: Change) -> dict[str, str]:
    return {
        "visit": change.visit,
        "leaves": change.leaves,
        "joins": change.joins,
        "because": change.because,
        "adjustment": change.adjustment,
    }


def _paths(paths: Sequence[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
