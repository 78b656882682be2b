"""The table of strata that ``ssj check`` shows, and its JSON."""

from shuangsuiji.actions.check import Checked, StratumRow
from shuangsuiji.core.problem import errors
from shuangsuiji.screen.adopted import adopted_json, show_adopted
from shuangsuiji.screen.capacity import capacity_json, show_capacity
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.outlook import left_out_json, outlook_json, show_left_out, show_outlook
from shuangsuiji.screen.problems import as_json, counted, show_problems
from shuangsuiji.screen.quality import quality_json, show_quality


def show_checked(checked: Checked) -> None:
    """The Problems on stderr, the table on stdout, and what to do next."""
    show_problems(checked.problems)
    if checked.rows:
        _table(checked)
        show_left_out(checked)
        show_adopted(checked.risk)
    if checked.outlook is not None:
        show_outlook(checked.outlook)
    since = checked.since
    if since is not None and any(since[1:]):
        renumbered = f"，改编号 {len(since.renumbered)} 家" if since.renumbered else ""
        answers().print(
            f"与上次封存的定稿名册（{plain(since.against)}）相比："
            f"新增 {len(since.added)} 家，减少 {len(since.removed)} 家，"
            f"调整抽查层 {len(since.reclassified)} 家，改名 {len(since.renamed)} 家{renumbered}。",
            soft_wrap=True,
        )
    if checked.workload is not None:
        show_capacity(checked.workload)
    if checked.quality is not None:
        show_quality(checked.quality, checked.quality_file)
    next_step = _next_step(checked)
    notices().print(f"检查完毕：{counted(checked.problems)}。{next_step}", soft_wrap=True)


def _next_step(checked: Checked) -> str:
    if errors(checked.problems):
        return "改好后再检查一次。"
    if checked.is_drawn:
        return "本方案已经抽取过；办到哪一步见 ssj status。"
    if checked.is_sealed:
        return "名册已经封存，现在的改动不影响本次抽取；办到哪一步见 ssj status。"
    if checked.seed_mode == "public":
        return "方案规定用公开种子：先封存（ssj seal），公示，结果出来再抽取。"
    if checked.seed_mode == "given":
        return "可以抽取：ssj draw --seed 文字。"
    return "可以抽取：ssj draw。"


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
                    **_departments(row),
                }
                for row in checked.rows
            ],
            "total": sum(row.number for row in checked.rows),
            "excluded": checked.excluded,
            "inspectors": checked.inspectors,
            "sealed": checked.is_sealed,
            "drawn": checked.is_drawn,
            "left_out": left_out_json(checked),
            "coverage": outlook_json(checked.outlook),
            "risk": adopted_json(checked.risk),
            "since_last_pool": checked.since._asdict() if checked.since else None,
            "workload": capacity_json(checked.workload) if checked.workload else None,
            "quality": quality_json(checked.quality, checked.quality_file),
        }
    )


def _departments(row: StratumRow) -> dict[str, object]:
    """Of a stratum that several departments inspect: who sends how many, and how many could go."""
    if len(row.seats) < 2:  # noqa: PLR2004 - one is no joint inspection
        return {}
    return {"departments": {seat.department: {"places": seat.places, "inspectors": seat.lawful} for seat in row.seats}}


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
    for stratum, number, lawful, seats in rows:
        cells = (
            stratum.stratum,
            plain(stratum.name),
            stratum.population,
            stratum.must,
            stratum.ratio or "定数",
            stratum.quota,
            number,
            "、".join(f"{seat.department} {seat.lawful}" for seat in seats) if len(seats) > 1 else lawful,
        )
        table.add_row(*map(str, cells))
    console = answers()
    console.print(plain(checked.title), style="bold", soft_wrap=True)
    console.print(table)
    if checked.excluded:
        console.print(f"另有 {checked.excluded} 家（次）按规则不参加抽取，原因见封存后的 pool/excluded.csv。")
