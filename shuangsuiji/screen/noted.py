"""What ``ssj note`` shows: that something is on record, and all that is."""

from collections.abc import Sequence

from shuangsuiji.actions.issue import OUR_DRAW, IssueResult
from shuangsuiji.actions.note import Notes
from shuangsuiji.core.year.events import Noted
from shuangsuiji.screen.console import answers, notices, plain, print_json

TOPICS = {"training": "培训", "publicity": "宣传", "review": "督查"}


def show_noted(notes: Notes) -> None:
    """That it was entered."""
    if notes.added is not None and notes.checkpoint is not None:
        said = f"已记入台账第 {notes.checkpoint.lines} 行：{_said(notes.added)}"
        answers().print(plain(said), soft_wrap=True)


def print_noted(notes: Notes) -> None:
    """The same for a program."""
    added = notes.added and _as_json(notes.added)
    print_json({"ok": True, "added": added, "checkpoint": notes.checkpoint and notes.checkpoint._asdict()})


def show_notes(of_plans: Sequence[Notes]) -> None:
    """All notes of each plan, by day."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    for plan, notes, *_ in of_plans:
        console.print(plain(plan.title), style="bold", soft_wrap=True)
        if not notes:
            notices().print("还没有记录。记一条：ssj note training --title 标题。")
            continue
        table = Table("日期", "类别", "标题", "人数", "说明")
        for note in sorted(notes, key=lambda note: note.on):
            people = "" if note.people is None else str(note.people)
            table.add_row(note.on.isoformat(), TOPICS[note.topic], plain(note.title), people, plain(note.text))
        console.print(table)


def print_notes(of_plans: Sequence[Notes]) -> None:
    """The same for a program."""
    plans = [{"draw": plan.draw, "notes": [_as_json(note) for note in notes]} for plan, notes, *_ in of_plans]
    print_json({"ok": True, "plans": plans})


def show_issued(result: IssueResult) -> None:
    """That tasks were issued."""
    for event in result.issued:
        said = f"已记入台账：{event.source or OUR_DRAW}的任务已于 {event.on} 下达（{event.text}）。"
        answers().print(plain(said), soft_wrap=True)


def print_issued(result: IssueResult) -> None:
    """The same for a program."""
    issued = [event.model_dump(mode="json", exclude={"kind", "v", "how"}) for event in result.issued]
    print_json({"ok": True, "issued": issued, "checkpoint": result.checkpoint._asdict()})


def _said(note: Noted) -> str:
    people = "" if note.people is None else f"，{note.people} 人"
    return f"{note.on} {TOPICS[note.topic]}：{note.title}{people}"


def _as_json(note: Noted) -> dict[str, object]:
    return note.model_dump(mode="json", exclude={"kind", "v"})
