"""What ``ssj report`` shows: where the report is, its main figures, and what it could not take in."""

from shuangsuiji.actions.report import Reported
from shuangsuiji.core.year.report.figures import shown
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json


def show_reported(found: Reported) -> None:
    """Files and main figures on stdout; what lacks on stderr."""
    console, said = answers(), found.report.variables
    console.print(plain(found.report.title), style="bold", soft_wrap=True)
    rates = said["rates"]
    if isinstance(rates, dict):
        for rate in rates.values():
            console.print(f"{rate['name']}　{rate['formula']}　{rate['text']}", soft_wrap=True)
    for path in found.files:
        console.print(plain(f"  {path}"), soft_wrap=True)
    for path in found.kept:
        console.print(plain(f"原来的一份改过，已另存为 {path.name}。"), soft_wrap=True)
    if found.last.found:
        console.print(plain(f"已和 {found.last.file} 比较。"), soft_wrap=True)
    else:
        notices().print(plain(f"没有与上年比较：{found.last.why}。"), soft_wrap=True)
    for problem in found.problems:
        notices().print(plain(str(problem)), style="yellow", soft_wrap=True)
    if said["public"]:
        console.print("下一步：对外提供前请本机关审核。")
    else:
        console.print("下一步：用 Word 或 WPS 补充文字后报送；内部资料，对外的一份加 --public。")


def print_reported(found: Reported) -> None:
    """The same for a program: all tables with their figures."""
    said = found.report.variables
    print_json(
        {
            "ok": True,
            "draw": found.plan.draw,
            "title": found.report.title,
            "public": said["public"],
            "checkpoint": said["checkpoint"],
            "files": [str(path) for path in found.files],
            "kept": [str(path) for path in found.kept],
            "compared": found.last.file,
            "rates": said["rates"],
            "progress": said["progress"],
            "issues": said["issues"],
            "tables": {
                table.name: {
                    "columns": [column.key for column in table.columns],
                    "rows": [[shown(cell) for cell in row] for row in table.rows],
                    "total": [shown(cell) for cell in table.total],
                }
                for table in found.report.tables
            },
            "tasks": len(found.report.pivot.rows),
            "problems": [as_json(problem) for problem in found.problems],
        }
    )
