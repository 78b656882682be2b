"""What ``ssj draw`` shows: what was drawn per stratum, who carries how much, where the files are, what comes next."""

from shuangsuiji.actions.draw import DrawResult
from shuangsuiji.actions.void import VoidResult
from shuangsuiji.core.draw.explain import Names, unevenness_sentence
from shuangsuiji.core.year.result import loads, summary, unevenness
from shuangsuiji.core.year.state import in_force
from shuangsuiji.core.year.wholevisit import is_joint, number_of_visits, whole
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

GRADES = {"public": "公开种子（任何人不能预知）", "local": "本机随机种子", "given": "人工给定种子"}
_PROOFS_SHOWN = 3


def show_drawn(result: DrawResult) -> None:
    """The draw on stdout, warnings on stderr."""
    show_problems(result.problems)
    _strata(result)
    _loads(result)
    _unevenness(result)
    _where(result)


def print_drawn(result: DrawResult) -> None:
    """The same for a program: ``draw.json`` with the checkpoint in full, the folder, and the warnings."""
    print_json(
        {
            "ok": True,
            **summary(result.state, result.pool),
            "checkpoint": result.checkpoint._asdict(),
            "folder": str(result.folder),
            "sheets": result.sheets,
            "problems": [as_json(problem) for problem in result.problems],
        }
    )


def show_void(result: VoidResult) -> None:
    """That a draw was voided, and where it is kept."""
    console = answers()
    console.print(f"已作废，记入台账第 {result.checkpoint.lines} 行；这是本方案第 {result.times} 次作废。")
    console.print(f"原抽取结果仍在台账里，文件移到 {plain(result.kept)}。", soft_wrap=True)
    console.print("下一步：核对名册后用 ssj draw 重新抽取；作废次数会印在之后的每张任务单上。", soft_wrap=True)


def print_void(result: VoidResult) -> None:
    """The same for a program."""
    print_json({"ok": True, "voided": result.times, "kept": result.kept, "checkpoint": result.checkpoint._asdict()})


def _strata(result: DrawResult) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    drawn = in_force(result.state)
    table = Table(show_footer=True)
    numbers = {stratum: len(subjects) for stratum, subjects in drawn.drawn.items()}
    table.add_column("抽查层", "合计")
    table.add_column("对象数", str(sum(s.population for s in result.pool.strata)), justify="right")
    table.add_column("抽查比例", justify="right")
    table.add_column("应抽家数", str(sum(s.quota for s in result.pool.strata)), justify="right")
    table.add_column("实抽家数", str(sum(numbers.values())), justify="right")
    for s in result.pool.strata:
        cells = (s.population, s.ratio or "定数", s.quota, numbers[s.stratum])
        table.add_row(plain(s.name), *map(str, cells))
    console = answers()
    console.print(plain(result.plan.title), style="bold", soft_wrap=True)
    console.print(table)


def _loads(result: DrawResult) -> None:
    drawn = in_force(result.state)
    carried = loads(drawn, result.pool)
    tasks = sum(map(len, drawn.drawn.values()))
    console = answers()
    joint = len({whole(visit.visit) for visit in drawn.visits if visit.department})
    jointly = f"（联合检查 {joint} 次）" if joint else ""
    visits = f"{number_of_visits(drawn.visits)} 次检查{jointly}"
    console.print(f"{tasks} 项任务合并为 {visits}，由 {len(drawn.inspectors)} 名执法人员承担。每人的检查次数：")
    names = Names({}, drawn.inspectors)
    for load in sorted(set(carried.values()), reverse=True):
        people = [inspector for inspector, visits in carried.items() if visits == load]
        console.print(f"  {load} 次的 {len(people)} 人：{plain(names.of_inspectors(people, 16))}", soft_wrap=True)


def _unevenness(result: DrawResult) -> None:
    drawn = in_force(result.state)
    found = unevenness(drawn, result.pool)
    names = Names({s.stratum: s.name for s in result.pool.strata}, drawn.inspectors)
    carried = loads(drawn, result.pool)
    for proof in found[:_PROOFS_SHOWN]:
        sentence = unevenness_sentence(proof, names, carried)
        answers().print(f"· 任务不均有据：{plain(sentence)}", soft_wrap=True)
    if len(found) > _PROOFS_SHOWN:
        answers().print(f"· 其余 {len(found) - _PROOFS_SHOWN} 条说明见 result/draw.json。")


def _where(result: DrawResult) -> None:
    drawn = in_force(result.state)
    console = answers()
    line = drawn.seed_line
    if drawn.sources[-1].startswith("key:") and not result.state.revealed:
        line = f"{line.rpartition('|')[0]}|key:（密封，公开以前不显示）"
    console.print(f"种子：{line}（{GRADES[drawn.grade]}）", soft_wrap=True)
    console.print(f"名册摘要：{drawn.pool_digest}", soft_wrap=True)
    console.print(f"校验点：{result.checkpoint}", soft_wrap=True)
    if result.state.voided:
        console.print(f"此前作废 {len(result.state.voided)} 次。")
    console.print(f"卷宗：{result.folder}", soft_wrap=True)
    if result.sheets is None:
        console.print("没有制作任务单（--no-sheets）。下一步：再运行 ssj draw 可补做任务单。")
    else:
        joint = is_joint(drawn.visits)
        how = "每个部门一个文件夹，可以单独发给它" if joint else "每人一份，另有任务清单"
        console.print(f"任务单：{result.folder / 'sheets'}（{result.sheets} 个文件，{how}）", soft_wrap=True)
        whom = "各部门的文件夹发给各部门，任务单" if joint else "任务单"
        notices().print(f"下一步：把 sheets 里的{whom}发给各执法人员，请他们填好“结果回填”后交回。", soft_wrap=True)
