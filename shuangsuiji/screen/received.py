"""What ``ssj receive`` shows: tasks by stratum, how rows were matched, and that we cannot verify the draw.

Of a list that was taken back: what no longer counts, and where it is kept.
"""

from collections import Counter

from shuangsuiji.actions.receive import ReceiveResult
from shuangsuiji.actions.takeback import TakenBack
from shuangsuiji.core.year.match_report import FILE, WAYS
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

NOT_VERIFIABLE = "清单由上级抽取下达，本系统不能核验其抽取过程。"

_ROWS_SHOWN = 20


def show_received(result: ReceiveResult) -> None:
    """The list on stdout, warnings on stderr."""
    show_problems(result.problems)
    event = result.reception.event
    console = answers()
    console.print(plain(result.plan.title), style="bold", soft_wrap=True)
    said = f"{event.source}：{event.drawn_by}，{event.document_no}，{event.on}，{event.file}"
    console.print(plain(said), soft_wrap=True)
    console.print(NOT_VERIFIABLE, style="yellow", soft_wrap=True)
    if event.besides:
        console.print(f"与 {'、'.join(event.besides)} 文号或内容相同，按另一份清单接收（--another）。", soft_wrap=True)
    _strata(result)
    tasks = sum(map(len, event.subjects.values()))
    console.print(f"{tasks} 项任务，{len(event.visits)} 次检查，{len(event.inspectors)} 名执法人员。")
    console.print(f"与检查对象名录库核对：{_matched(result)}。逐行结果见 {FILE}。", soft_wrap=True)
    _unsure(result)
    console.print(f"校验点：{result.checkpoint}", soft_wrap=True)
    console.print(f"文件：{result.folder}", soft_wrap=True)
    if result.sheets is None:
        notices().print("没有制作任务单（--no-sheets）。下一步：再接收一次同一文件，可补做任务单。", soft_wrap=True)
    else:
        console.print(f"任务单：{result.folder / 'sheets'}（{result.sheets} 个文件）", soft_wrap=True)
        notices().print("下一步：把 sheets 里的任务单发给各执法人员，请他们填好“结果回填”后交回。", soft_wrap=True)


def print_received(result: ReceiveResult) -> None:
    """The same for a program, with each row's match."""
    reception, event = result.reception, result.reception.event
    print_json(
        {
            "ok": True,
            "source": event.source,
            "verifiable": False,
            "drawn_by": event.drawn_by,
            "document_no": event.document_no,
            "on": event.on.isoformat(),
            "file": event.file,
            "sha256": event.sha256,
            "pool_digest": event.pool_digest,
            "strata": {stratum: len(subjects) for stratum, subjects in event.subjects.items()},
            "tasks": sum(map(len, event.subjects.values())),
            "visits": len(event.visits),
            "inspectors": len(event.inspectors),
            "unmatched": list(event.unmatched),
            "besides": list(event.besides),
            "rows": [
                {
                    "sheet": row.table.sheet,
                    "row": row.line,
                    "name": row.sought.name,
                    "matched": row.match.way,
                    "subject": row.subject,
                    "candidates": list(row.match.candidates),
                    "tasks": [f"{event.source}/{stratum}/{row.subject}" for stratum in row.strata],
                    "visit": visit,
                    "team": [i.inspector for i in row.team],
                }
                for row, visit in zip(reception.rows, reception.visit_of, strict=True)
            ],
            "checkpoint": result.checkpoint._asdict(),
            "folder": str(result.folder),
            "sheets": result.sheets,
            "problems": [as_json(problem) for problem in result.problems],
        }
    )


def show_taken_back(result: TakenBack) -> None:
    """What no longer counts, and where it is kept."""
    console, event, come = answers(), result.received, result.progress
    said = f"{event.drawn_by}，{event.document_no}，{come.tasks} 项任务"
    console.print(
        plain(f"已作废清单 {event.source}（{said}），记入台账第 {result.checkpoint.lines} 行。"), soft_wrap=True
    )
    results = come.checked + come.done
    if results:
        said = f"其中 {results} 项已录入检查或结果，随清单作废，不再计入；原内容仍在台账里。"
        console.print(said, style="yellow", soft_wrap=True)
    console.print(f"清单仍在台账里，文件移到 {plain(result.kept)}；编号 {event.source} 不再使用。", soft_wrap=True)
    notices().print("下一步：收回已发出的任务单；放错方案的，用 --plan 指明正确的方案再接收。", soft_wrap=True)


def print_taken_back(result: TakenBack) -> None:
    """The same for a program."""
    event = result.received
    print_json(
        {
            "ok": True,
            "voided": event.source,
            "drawn_by": event.drawn_by,
            "document_no": event.document_no,
            **result.progress._asdict(),
            "kept": result.kept,
            "checkpoint": result.checkpoint._asdict(),
        }
    )


def _strata(result: ReceiveResult) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    event = result.reception.event
    names = {stratum.stratum: stratum.name for stratum in result.reception.pool.strata}
    table = Table(show_footer=True)
    table.add_column("代码", "合计")
    table.add_column("抽查层")
    table.add_column("任务", str(sum(map(len, event.subjects.values()))), justify="right")
    for stratum, subjects in event.subjects.items():
        table.add_row(stratum, plain(names[stratum]), str(len(subjects)))
    answers().print(table)


def _unsure(result: ReceiveResult) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    rows = [row for row in result.reception.rows if row.match.way not in {"id", "code"}]
    if not rows:
        return
    table = Table("行号", "单位名称", "匹配方式", "本地编号", "名录库地址")
    for row in rows[:_ROWS_SHOWN]:
        address = row.match.subject.address if row.match.subject else ""
        cells = (row.sought.name, WAYS[row.match.way], row.subject, address)
        table.add_row(str(row.line), *map(plain, cells))
    answers().print(table)
    if len(rows) > _ROWS_SHOWN:
        answers().print(f"……还有 {len(rows) - _ROWS_SHOWN} 行。")


def _matched(result: ReceiveResult) -> str:
    count: Counter[str] = Counter(row.match.way for row in result.reception.rows)
    return "，".join(f"{word} {count[way]} 行" for way, word in WAYS.items() if count[way])
