"""What ``ssj export`` shows: which files, how many rows, and which rows stayed behind."""

from shuangsuiji.actions.export import TITLES, Exported
from shuangsuiji.core.problem import errors
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, counted, show_problems

PLATFORMS = {
    "penalties": "信用信息双公示",
    "inspections": "“互联网+监管”系统",
    "results": "国家企业信用信息公示系统",
}
_SHOWN = 20


def show_exported(found: Exported) -> None:
    """The export on stdout, Problems on stderr."""
    show_problems(found.problems)
    console, made = answers(), found.export
    what = f"{PLATFORMS[made.kind]}：{TITLES[made.kind]}"
    if not made.rows:
        console.print(f"{what}没有可以导出的内容，没有写文件。")
        return
    console.print(f"{what} {len(made.sound)} 行。")
    for path in found.files:
        console.print(plain(f"  {path}"), soft_wrap=True)
    left = [row for row in made.rows if not row.is_sound]
    if left:
        notices().print(f"{counted(found.problems)}；{len(left)} 行有问题，没有写入：")
        for row in left[:_SHOWN]:
            columns = "、".join(dict.fromkeys(str(problem.place.column or "") for problem in errors(row.problems)))
            notices().print(plain(f"  {'、'.join(row.tasks)}：{columns}"), soft_wrap=True)
        if len(left) > _SHOWN:
            notices().print(f"  …… 还有 {len(left) - _SHOWN} 行（加 --json 可看全部）")
    console.print("下一步：上传前在平台上核对；列和代码以平台的模板为准（docs/export.md）。")


def print_exported(found: Exported) -> None:
    """The same for a program."""
    made = found.export
    print_json(
        {
            "ok": True,
            "kind": made.kind,
            "draw": found.plan.draw,
            "columns": [column.heading for column in made.columns],
            "rows": len(made.rows),
            "written": len(made.sound) if found.files else 0,
            "files": [str(path) for path in found.files],
            "left": [
                {"tasks": list(row.tasks), "problems": [as_json(problem) for problem in errors(row.problems)]}
                for row in made.rows
                if not row.is_sound
            ],
            "problems": [as_json(problem) for problem in found.problems],
        }
    )
