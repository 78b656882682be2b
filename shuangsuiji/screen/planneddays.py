"""What ``ssj status`` says of planned days: how many visits have one, which cannot be kept, what to do."""

from collections.abc import Mapping

from shuangsuiji.core.scheduling.agenda import Agenda
from shuangsuiji.core.scheduling.changes import Changes
from shuangsuiji.core.scheduling.refusing import entry_said
from shuangsuiji.screen.console import answers, plain

_SHOWN = 5


def show_agenda(agenda: Agenda, names: Mapping[str, str], changes: Changes) -> None:
    """One line; how often days were changed, the visits whose day cannot be kept, and how many have none."""
    console = answers()
    days = sorted(entry.planned for entry in agenda.open if entry.planned and not entry.is_missed)
    following = f"，最近的是 {days[0]}" if days else ""
    console.print(f"检查计划：待检查 {len(agenda.open)} 次，排好日子 {len(days)} 次{following}（内部掌握，不公开）")
    show_changes(changes)
    show_broken(agenda, names)
    if agenda.unplanned:
        console.print(f"  还有 {len(agenda.unplanned)} 次没有排日子：ssj schedule", soft_wrap=True)


def show_changes(changes: Changes) -> None:
    """One line, where days were ever planned anew."""
    if changes.times:
        counted = f"累计重新排期 {changes.times} 次，改动 {changes.visits} 次检查的日子"
        answers().print(f"  {counted}；每次的理由、经办人和原来的日子都在台账里。", soft_wrap=True)


def show_broken(agenda: Agenda, names: Mapping[str, str]) -> None:
    """A line for each visit whose day cannot be kept, and what to do."""
    console = answers()
    for entry in agenda.broken[:_SHOWN]:
        console.print(plain(f"  日期办不到  {entry_said(entry, names)}"), style="red", soft_wrap=True)
    if agenda.broken:
        more = f"共 {len(agenda.broken)} 次；" if len(agenda.broken) > _SHOWN else ""
        record = "已经查过的先登记（ssj record），" if any(entry.is_missed for entry in agenda.broken) else ""
        console.print(f"  {more}{record}再重新排：ssj schedule --again --reason 理由", soft_wrap=True)


def agenda_json(agenda: Agenda, changes: Changes) -> dict[str, object]:
    """The same for a program."""
    return {
        "open": len(agenda.open),
        "planned": sum(entry.planned is not None for entry in agenda.open),
        "changes": changes._asdict(),
        "unplanned": [entry.visit.visit for entry in agenda.unplanned],
        "broken": [
            {
                "source": entry.visit.source,
                "visit": entry.visit.visit,
                "planned": entry.planned,
                "away": entry.away,
                "crowded": entry.crowded,
                "missed": entry.is_missed,
                "shut": entry.is_shut,
            }
            for entry in agenda.broken
        ],
    }
