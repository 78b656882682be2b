"""What ``ssj schedule`` shows: how many visits have a day, everybody's weeks, where the papers are."""

from collections import Counter
from datetime import date

from shuangsuiji.actions.schedule import Scheduling
from shuangsuiji.core.scheduling.agenda import Entry
from shuangsuiji.core.scheduling.horizon import monday
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.planneddays import show_broken, show_changes


def show_scheduled(done: Scheduling) -> None:
    """The sum on stdout, a line for each inspector, and what to mind."""
    console = answers()
    planned = [entry for entry in done.agenda.open if entry.planned]
    if done.new:
        said = f"已给 {len(done.new)} 次检查排好日子，记入台账第 {done.checkpoint.lines} 行；"
    else:
        said = "没有新的要排；"
    console.print(f"{said}共有 {len(planned)} 次待检查，{len(done.agenda.made)} 次已检查。", soft_wrap=True)
    if planned:
        _people(done, planned)
    show_changes(done.changes)
    show_broken(done.agenda, done.names)
    if done.sheets:
        console.print(f"任务单已重做 {len(done.sheets)} 份，加了“计划检查日期”；旧的移到“作废”文件夹。", soft_wrap=True)
    for path in done.calendars:
        console.print(f"日历：{plain(str(path))}", soft_wrap=True)
    notices().print("检查事先不通知：计划日期和日历只在内部使用，不公示、不外传。", soft_wrap=True)


def _people(done: Scheduling, planned: list[Entry]) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    weeks: dict[str, Counter[date]] = {}
    days: dict[str, list[date]] = {}
    for entry in planned:
        for name in entry.visit.team:
            if entry.planned:
                weeks.setdefault(name, Counter())[monday(entry.planned)] += 1
                days.setdefault(name, []).append(entry.planned)
    table = Table("执法证号", "姓名")
    for heading in ("待检查", "一周最多", "第一次", "最后一次"):
        table.add_column(heading, justify="right")
    for name in sorted(weeks):
        dates = days[name]
        figures = (len(dates), max(weeks[name].values()), min(dates), max(dates))
        table.add_row(name, plain(done.names.get(name, "")), *map(str, figures))
    answers().print(table)


def print_scheduled(done: Scheduling) -> None:
    """The same for a program. The seed is told to nobody."""
    new = {entry.visit.name for entry in done.new}
    print_json(
        {
            "ok": True,
            "draw": done.plan.draw,
            "scheduled": len(done.new),
            "visits": [
                {
                    "source": entry.visit.source,
                    "visit": entry.visit.visit,
                    "subject": entry.subject,
                    "name": done.subjects.get(entry.subject, ""),
                    "planned": entry.planned,
                    "inspectors": entry.visit.team,
                    "new": entry.visit.name in new,
                    "broken": entry.is_broken,
                }
                for entry in done.agenda.open
            ],
            "made": len(done.agenda.made),
            "changes": done.changes._asdict(),
            "sheets": [str(path) for path in done.sheets],
            "calendars": [str(path) for path in done.calendars],
            "checkpoint": done.checkpoint._asdict(),
        }
    )
