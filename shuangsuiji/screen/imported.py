"""What ``ssj import`` shows: how many rows became what, what was changed, where roster and report are."""

from collections import Counter

from shuangsuiji.actions.bring_in import Imported
from shuangsuiji.core.importing.report import ACTS, COUNTED, KINDS, REASONS, changes
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

_ROWS_SHOWN = 20
_SHOWN_ACTS = ("added", "updated", "gone", "back")
_LONGEST = 24
_NO_MATTER = frozenset({"blank", "title", "heading-again"})
"""Rows that nobody would take for a subject; the report has them."""


def show_imported(imported: Imported) -> None:
    """The counts on stdout, warnings on stderr."""
    show_problems(imported.told.warnings)
    console, count = answers(), imported.brought.count
    console.print(f"{KINDS[imported.request.kind]}：{plain(imported.roster)}", style="bold", soft_wrap=True)
    said = "，".join(f"{label} {count[key]} 行" for key, label in COUNTED if count[key])
    console.print(said, soft_wrap=True)
    left_out = Counter(one.reason for layout in imported.told.layouts for one in layout.skipped)
    shown = [(reason, label) for reason, label in REASONS.items() if left_out[reason] and reason not in _NO_MATTER]
    if told := "，".join(f"{label.partition('，')[0]} {left_out[reason]} 处" for reason, label in shown):
        console.print(f"没有当作名单的行：{told}。", soft_wrap=True)
    acts = Counter(line.act for line in imported.told.lines)
    if acts:
        told = "，".join(f"{label} {acts[act]} 处" for act, label in ACTS.items() if acts[act])
        console.print(f"改动：{told}。", soft_wrap=True)
    _updates(imported)
    console.print(f"逐条改动见报告：{plain(imported.report)}", soft_wrap=True)
    if imported.old:
        console.print(f"原来的名册留在：{plain(imported.old)}", soft_wrap=True)
    if imported.is_same:
        console.print("与现有的名册相同，名册没有改动。", soft_wrap=True)
    notices().print("下一步：看一遍报告，再用 ssj check 检查名册。", soft_wrap=True)


def print_imported(imported: Imported) -> None:
    """The same for a program, with every change."""
    request, told = imported.request, imported.told
    print_json(
        {
            "ok": True,
            "kind": request.kind,
            "roster": imported.roster,
            "report": imported.report,
            "old": imported.old or None,
            "updated": request.update,
            "unchanged": imported.is_same,
            "count": dict(imported.brought.count),
            "columns": [
                {
                    "file": told.layouts[one.layout].sheet.file,
                    "sheet": told.layouts[one.layout].sheet.sheet,
                    "heading": one.heading,
                    "target": one.target,
                    "how": one.how,
                }
                for one in told.columns.matched
            ],
            "skipped": [
                {"file": layout.sheet.file, "sheet": layout.sheet.sheet, **skipped._asdict()}
                for layout in told.layouts
                for skipped in layout.skipped
            ],
            "changes": [
                {
                    "act": line.act,
                    **line.place._asdict(),
                    "name": line.name,
                    "target": line.column,
                    "before": line.before,
                    "after": line.after,
                    "why": line.why,
                }
                for line in told.lines
            ],
            "problems": [as_json(problem) for problem in told.warnings],
        }
    )


def _updates(imported: Imported) -> None:
    """The first changes against the roster that was there."""
    from rich.table import Table  # noqa: PLC0415 - see console

    rows = list(changes(imported.told, updates=True)) if imported.request.update else []
    if not rows:
        return
    table = Table("做了什么", "名称", "栏目", "改前", "改后")
    for row in rows[:_ROWS_SHOWN]:
        cells = (row[9], row[6], row[5], row[7], row[8])
        table.add_row(*(_short(plain(str(cell))) for cell in cells))
    answers().print(table)
    if len(rows) > _ROWS_SHOWN:
        answers().print(f"……还有 {len(rows) - _ROWS_SHOWN} 条，见报告。")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
