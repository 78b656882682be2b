"""What ``ssj adjust log`` shows: the adjustment log as a table, the share of each source, what was written."""

from collections.abc import Mapping

from shuangsuiji.actions.adjust.log import Logged
from shuangsuiji.core.year.adjustlog import Row
from shuangsuiji.core.year.share import source_name
from shuangsuiji.files.adjustlog import NOT_DISCLOSED, kind, person, stage
from shuangsuiji.screen.adjusted import round_as_json, show_remarks
from shuangsuiji.screen.console import answers, plain, print_json


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
            cells = [row.adjustment, kind(row, public=result.public), row.visit, row.name, *people]
            cells += [] if result.public else [row.why]
            table.add_row(*map(plain, (*cells, row.on.isoformat(), stage(row))))
        console.print(table)
    else:
        console.print("还没有调整。")
    for source, each in result.shares:
        console.print(plain(f"{source_name(source)}：{each.all_said}。"), soft_wrap=True)
    for path in filter(None, (result.xlsx, *result.forms)):
        console.print(f"已写出：{path}", soft_wrap=True)
    show_remarks(result.remarks)


def print_log(result: Logged) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": True,
            "rows": [_row(result, row) for row in result.rows],
            "shares": [{"source": source.id, **each.as_json()} for source, each in result.shares],
            "rounds": [round_as_json(event, public=result.public) for event in result.rounds],
            "checkpoint": result.checkpoint._asdict(),
            "xlsx": str(result.xlsx) if result.xlsx else None,
            "forms": [str(path) for path in result.forms],
            "warnings": [remark._asdict() for remark in result.remarks],
        }
    )


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
        "status": row.status,
        "waiting_for": list(row.waiting),
        "done_at": row.done_at,
        "round": row.round,
        "counted": row.counted,
        "share": row.share.as_json() if row.share else None,
    }
    if result.public:
        return found
    return {
        **found,
        "by": row.by,
        "done_by": row.done_by,
        "why": row.why_code,
        "reason": row.reason,
        "closed_because": row.closed_because,
        "time": row.time,
    }


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
