"""What ``ssj record`` shows: how many tasks are new, corrected or unchanged, by outcome, and who still owes what."""

from collections import Counter
from collections.abc import Iterable

from shuangsuiji.actions.record.keeping import RecordResult
from shuangsuiji.core.year.events import EvidenceKept, MeasureTaken, Recorded, VisitedOtherwise
from shuangsuiji.core.year.findings import BASES, FINDINGS, MEASURES, OUTCOMES
from shuangsuiji.core.year.progress import Progress, progress
from shuangsuiji.core.year.state import OTHERWISE, State
from shuangsuiji.core.year.teams import Outstanding, outstanding
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

_SHOWN = 20


def show_recorded(result: RecordResult) -> None:
    """The recording on stdout, warnings on stderr."""
    show_problems(result.problems)
    console = answers()
    if result.files:
        console.print(f"读入任务单 {result.files} 份。")
    for line in (*_tasks(result), *_others(result), *result.decided.known):
        console.print(plain(line), soft_wrap=True)
    if not result.decided.events:
        console.print("没有新内容，台账没有改动。")
    else:
        console.print(f"已记入台账，共 {result.checkpoint.lines} 行。")
    _outcomes(result)
    _missing(result.state)


def print_recorded(result: RecordResult) -> None:
    """The same for a program."""
    findings, state = result.decided.findings, result.state
    print_json(
        {
            "ok": True,
            "files": result.files,
            "task": result.decided.task,
            "recorded": list(findings.recorded),
            "added": list(findings.added),
            "corrected": list(findings.corrected),
            "unchanged": list(findings.unchanged),
            "events": len(result.decided.events),
            "kinds": dict(Counter(event.kind for event in result.decided.events)),
            "outcomes": _outcomes_of(result, _drawn(state)),
            "progress": _progress(state, _drawn(state))._asdict(),
            "otherwise": {
                "outcomes": _outcomes_of(result, _otherwise(state)),
                "progress": _progress(state, _otherwise(state))._asdict(),
            },
            "missing": [one._asdict() for one in outstanding(state)],
            "checkpoint": result.checkpoint._asdict(),
            "problems": [as_json(problem) for problem in result.problems],
        }
    )


def _tasks(result: RecordResult) -> Iterable[str]:
    findings = result.decided.findings
    numbers = (
        ("首次录入", findings.recorded),
        ("补充", findings.added),
        ("更正", findings.corrected),
        ("没有新内容", findings.unchanged),
    )
    parts = [f"{word} {len(tasks)} 项" for word, tasks in numbers if tasks]
    if parts:
        yield f"任务：{'，'.join(parts)}。"
    corrections = [
        f"  更正 {event.task} 的“{FINDINGS[name].heading}”：{FINDINGS[name].shown(old)} → "
        + (FINDINGS[name].shown(event.values[name]) or "（清除）")
        for event in result.decided.events
        if isinstance(event, Recorded)
        for name, old in event.replaced.items()
    ]
    yield from corrections[:_SHOWN]
    if len(corrections) > _SHOWN:
        yield f"  …… 还有 {len(corrections) - _SHOWN} 处更正，见台账。"


def _others(result: RecordResult) -> Iterable[str]:
    for event in result.decided.events:
        match event:
            case VisitedOtherwise():
                why = f"{BASES[event.basis]}，{event.document_no}"
                yield f"已登记随机抽查以外的检查 {event.task}：{event.name}（{why}）。"
            case EvidenceKept():
                copy = "，已复制到卷宗" if event.copied else ""
                yield f"已登记证据“{event.name}”（{event.size} 字节，SHA-256 {event.sha256[:16]}…{copy}）。"
            case MeasureTaken():
                yield f"已登记{MEASURES[event.measure]}：{event.text}。"
            case _:
                pass


def _touched(result: RecordResult) -> tuple[str, ...]:
    findings = result.decided.findings
    return (*findings.recorded, *findings.added, *findings.corrected)


def _drawn(state: State) -> frozenset[str]:
    """The tasks of draws and lists: totals are theirs, as in `ssj status`."""
    return frozenset(name for name, task in state.tasks.items() if task.source != OTHERWISE)


def _otherwise(state: State) -> frozenset[str]:
    """Visits outside the random draw, which are counted apart."""
    return frozenset(state.otherwise)


def _progress(state: State, tasks: frozenset[str]) -> Progress:
    return progress(task for name, task in state.tasks.items() if name in tasks)


def _outcomes_of(result: RecordResult, tasks: frozenset[str]) -> dict[str, dict[str, int]]:
    state = result.state
    now = (task for task in _touched(result) if task in tasks)
    return {"now": _by_outcome(state, now), "all": _by_outcome(state, tasks)}


def _by_outcome(state: State, tasks: Iterable[str]) -> dict[str, int]:
    count = Counter(state.tasks[task].values.get("outcome", "") for task in tasks)
    return {outcome: count[outcome] for outcome in OUTCOMES}


def _outcomes(result: RecordResult) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    count = _outcomes_of(result, _drawn(result.state))
    table = Table("抽查结果")
    for heading in ("本次", "累计"):
        table.add_column(heading, justify="right")
    for outcome, word in OUTCOMES.items():
        table.add_row(word, str(count["now"][outcome]), str(count["all"][outcome]))
    answers().print(table)


def _missing(state: State) -> None:
    console = answers()
    owing = outstanding(state)
    count, others = _progress(state, _drawn(state)), _progress(state, _otherwise(state))
    left = count.open + count.checked
    console.print(f"全部 {count.tasks} 项任务：已完成 {count.done} 项，设置为完结 {count.closed} 项，还差 {left} 项。")
    if others.tasks:
        console.print(f"非随机检查：{others.tasks} 项，有结果 {others.done} 项（不计入上面各数）。")
    if not owing:
        console.print("下一步：ssj deadlines 查看公示、上传、复查等期限。")
        return
    for one in sorted(owing, key=lambda one: -len(one.results) - len(one.reports))[:_SHOWN]:
        console.print(f"  {plain(_owed(one))}", soft_wrap=True)
    if len(owing) > _SHOWN:
        console.print(f"  …… 还有 {len(owing) - _SHOWN} 人（加 --json 可看全部）")
    console.print("下一步：催收以上人员的任务单，收回后再运行 ssj record；期限见 ssj deadlines。", soft_wrap=True)


def _owed(one: Outstanding) -> str:
    parts = [f"{len(one.results)} 项没有结果"] if one.results else []
    parts += [f"{len(one.reports)} 项等检测报告"] if one.reports else []
    return f"{one.name or one.inspector}：{'，'.join(parts)}"
