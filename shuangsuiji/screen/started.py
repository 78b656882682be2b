"""What ``ssj init`` shows: what was made, and the next three steps."""

from pathlib import PurePosixPath

from shuangsuiji.actions.init import Started
from shuangsuiji.screen.console import answers, plain, print_json

_WORDS = {
    "rosters/subjects": "检查对象名录库",
    "rosters/inspectors": "执法检查人员名录库",
    "rosters/items": "随机抽查事项清单",
    "rosters/conflicts": "利害关系（回避）名录",
    "rosters/leave": "请假登记，排检查日子时才用",
    "rosters/codes": "报送其他平台用的代码，导出时才用",
    "rosters/risk": "风险研判的规则：上年的记录怎样变成必查、等级",
    "rosters/specialties": "导入名单时定专业用的关键词",
    "说明": "从这里看起",
}
_FOLDER_WORDS = {"plans": "方案", "templates": "公示文书等模板"}


def show_started(started: Started) -> None:
    """The files on stdout, each with what it is, and what to do next."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    what = "样例县（虚构）" if started.sample else "工作文件夹"
    console.print(f"已建好{what}：{plain(str(started.folder))}", soft_wrap=True)
    shown = {name: _word(name) for name in started.files if not name.startswith("templates/")}
    shown["templates/"] = f"{_FOLDER_WORDS['templates']}（{len(started.files) - len(shown)} 个文件）"
    table = Table.grid(padding=(0, 2))
    for name, word in shown.items():
        table.add_row(f"  {plain(name)}", word)
    console.print(table)
    console.print("下一步：")
    for number, step in enumerate(_steps(started), start=1):
        console.print(f"  {number}. {plain(step)}", soft_wrap=True)


def print_started(started: Started) -> None:
    """The same for a program."""
    print_json({"ok": True, "folder": str(started.folder), "files": list(started.files)})


def _word(name: str) -> str:
    path = PurePosixPath(name)
    return _WORDS.get(str(path.with_suffix("")), _FOLDER_WORDS.get(str(path.parent), ""))


def _steps(started: Started) -> tuple[str, str, str]:
    where = f'-C "{started.folder}"'
    if started.sample:
        return (
            f"看名册和方案有没有问题、各层抽多少：ssj check {where}",
            f"抽取并制作任务单：ssj draw {where}",
            "看 plans/2023 里的任务单和抽取结果；可以改改名册和方案，再检查。",
        )
    plan = next(name for name in started.files if name.startswith("plans/"))
    return (
        "填 rosters 里的五张表格（每张都有“填写说明”；没有要回避、请假的，conflicts.xlsx、leave.xlsx 留空）。",
        f"用记事本打开 {plan}，按里面的说明改成本单位的。",
        f"检查：ssj check {where}；没有错误就可以抽取：ssj draw {where}",
    )
