"""The table of strata that ``ssj check`` shows, and its JSON."""

from shuangsuiji.actions.check import Checked
from shuangsuiji.core.problem import errors
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, counted, show_problems


def show_checked(checked: Checked) -> None:
    """The Problems on stderr, the table on stdout, and what to do next."""
    show_problems(checked.problems)
    if checked.rows:
        _table(checked)
    wrong = errors(checked.problems)
    next_step = "改好后再检查一次。" if wrong else "可以抽取：ssj draw。"
    notices().print(f"检查完毕：{counted(checked.problems)}。{next_step}", soft_wrap=True)


def print_checked(checked: Checked) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": not errors(checked.problems),
            "title": checked.title,
            "problems": [as_json(problem) for problem in checked.problems],
            "strata": [
                {
                    "stratum": row.stratum.stratum,
                    "name": row.stratum.name,
                    "specialty": row.stratum.specialty,
                    "population": row.stratum.population,
                    "must": row.stratum.must,
                    "ratio": row.stratum.ratio,
                    "rounding": row.stratum.rounding,
                    "quota": row.stratum.quota,
                    "draw": row.number,
                    "inspectors": row.lawful,
                }
                for row in checked.rows
            ],
            "total": sum(row.number for row in checked.rows),
            "excluded": checked.excluded,
            "inspectors": checked.inspectors,
        }
    )


def _table(checked: Checked) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    table = Table(show_footer=True)
    rows = checked.rows
    table.add_column("代码", "合计")
    table.add_column("抽查层", f"{len(rows)} 层")
    table.add_column("对象数", str(sum(row.stratum.population for row in rows)), justify="right")
    table.add_column("其中必查", str(sum(row.stratum.must for row in rows)), justify="right")
    table.add_column("抽查比例", justify="right")
    table.add_column("应抽家数", str(sum(row.stratum.quota for row in rows)), justify="right")
    table.add_column("将抽家数", str(sum(row.number for row in rows)), justify="right")
    table.add_column("可派人员", f"共 {checked.inspectors}", justify="right")
    for stratum, number, lawful in rows:
        cells = (
            stratum.stratum,
            plain(stratum.name),
            stratum.population,
            stratum.must,
            stratum.ratio or "定数",
            stratum.quota,
            number,
            lawful,
        )
        table.add_row(*map(str, cells))
    console = answers()
    console.print(plain(checked.title), style="bold", soft_wrap=True)
    console.print(table)
    if checked.excluded:
        console.print(f"另有 {checked.excluded} 家（次）按规则不参加抽取，原因见封存后的 pool/excluded.csv。")
