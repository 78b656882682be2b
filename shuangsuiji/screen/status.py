"""What ``ssj status`` shows of each plan: tasks by stratum, rates with their formulas, adjustments, what comes next."""

from collections.abc import Iterator, Sequence

from shuangsuiji.actions.status import Status
from shuangsuiji.core.year.progress import Progress
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, ClockLine, Rate, SourceStanding, Standing, Step
from shuangsuiji.core.year.state import OWN
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.problems import as_json

FORMULAS = {
    "done": ("完成率", "有结果 ÷ 全部任务"),
    "finished": ("完结率", "（有结果＋上级完结）÷ 全部任务"),
    "published": ("公示率", "已公示 ÷ 有结果"),
}
_TOPICS = {"training": "培训", "publicity": "宣传", "review": "督查"}


def show_status(found: Sequence[Status]) -> None:
    """One block per plan, on stdout."""
    console = answers()
    for number, status in enumerate(found):
        if number:
            console.print()
        console.print(plain(f"{status.plan.title}（{status.file}）"), style="bold", soft_wrap=True)
        _block(status)


def print_status(found: Sequence[Status]) -> None:
    """The same for a program."""
    print_json({"ok": True, "plans": [_as_json(status) for status in found]})


def next_step(step: Step) -> str:
    """The next thing to do, in one sentence."""
    n, which = step.number, step.subject
    sheets = "ssj draw" if which == OWN else f"再接收一次 {which} 的清单文件（ssj receive）"
    return {
        "draw": "核对名册和方案（ssj check），然后抽取（ssj draw）；上级下达任务清单的，用 ssj receive 接收。",
        "overdue": f"有 {n} 个期限已过，先办“{which}”；逐项见 ssj deadlines。",
        "approve": f"有 {n} 项调整等待批准，批准后用 ssj adjust approve 登记（最早一项 {which}）。",
        "sheets": f"还没有制作任务单：{sheets}。",
        "issue": f"{n} 项任务都还没有结果：把任务单发给执法人员，收回后用 ssj record 登记。",
        "record": f"还有 {n} 项任务没有结果：收回任务单，用 ssj record 登记。",
        "publish": f"任务都有结果了，还有 {n} 项没有公示：把抽查结果向社会公开。",
        "close": "任务全部办结并已公示：写年度总结，归档。",
    }[step.code]


def _block(status: Status) -> None:
    console, standing = answers(), status.standing
    if standing.sources:
        _sources(standing)
        _strata(standing)
        width = max(len(formula) for _, formula in FORMULAS.values())
        for name, rate in _rates(standing):
            word, formula = FORMULAS[name]
            console.print(f"{word}　{formula}{'　' * (width - len(formula))}　{rate}", soft_wrap=True)
        for source in standing.sources:
            console.print(_adjusted(standing, source), soft_wrap=True)
        for each in standing.pending:
            who = f"{each.name}（{each.inspector}）"
            waits = f"等待 {'、'.join(each.levels)} 批准" if each.levels else "已全部批准，等待重新匹配"
            console.print(plain(f"  待批准 {each.adjustment}：{who} 的 {each.visits} 次检查，{waits}"), soft_wrap=True)
    for line in standing.clocks:
        console.print(_clock(line), style="red" if line.status == "overdue" else "", soft_wrap=True)
    if status.problems:
        console.print(
            f"名册有 {len(status.problems)} 处错误，证件和许可证的期限没有算全，见 ssj check。", style="yellow"
        )
    if standing.otherwise.tasks:
        console.print(
            f"非随机检查：{standing.otherwise.tasks} 项，有结果 {standing.otherwise.done} 项（不计入上面各率）"
        )
    if any(standing.notes.values()):
        said = "，".join(f"{word} {standing.notes[topic]} 次" for topic, word in _TOPICS.items())
        console.print(f"工作记录：{said}")
    console.print(f"下一步：{plain(next_step(standing.step))}", soft_wrap=True)


def _sources(standing: Standing) -> None:
    for source in standing.sources:
        word = "本级抽取"
        if source.received is not None:
            of = source.received
            word = f"{source.source} {of.drawn_by}抽取，{of.document_no}，{of.on} 下达（本系统不能核验其抽取过程）"
        said = f"{source.progress.tasks} 项任务，{source.visits} 次检查，{source.inspectors} 名执法人员"
        answers().print(plain(f"{word}：{said}"), soft_wrap=True)
    if standing.voided_draws:
        answers().print(f"此前作废抽取 {standing.voided_draws} 次。")


def _strata(standing: Standing) -> None:
    from rich.table import Table  # noqa: PLC0415 - see console

    several = len(standing.sources) > 1
    table = Table(show_footer=True)
    if several:
        table.add_column("来源", "合计")
    table.add_column("抽查层", "" if several else "合计")
    total = _cells(standing.total)
    for heading, number in zip(("任务", "未检查", "待结果", "有结果", "其中已公示", "上级完结"), total, strict=True):
        table.add_column(heading, number, justify="right")
    for line in standing.lines:
        first = (line.source or "本级",) if several else ()
        table.add_row(*first, plain(line.name), *_cells(line.progress))
    answers().print(table)


def _cells(of: Progress) -> tuple[str, ...]:
    return tuple(str(number) if number else "" for number in of)


def _adjusted(standing: Standing, source: SourceStanding) -> str:
    share = source.share
    whose = f"（{source.source or '本级'}）" if len(standing.sources) > 1 else ""
    unit = {"inspectors": "替换人数 ÷ 抽取人数", "places": "替换人次 ÷ 抽取人次"}[share.of]
    waiting = f"，其中待批准 {share.pending}" if share.pending else ""
    above = "，已超过上限" if share.is_above else ""
    recused = f"；回避 {source.recusals} 人次，不计入" if source.recusals else ""
    used = Rate(share.used, share.total)
    return f"人员调整{whose}　{unit}　{used}{waiting}（上限 {share.limit}{above}）{recused}"


def _clock(line: ClockLine) -> str:
    due, unit = line.due.replace("T", " "), {"workdays": "个工作日", "hours": "小时"}[line.left_unit]
    assumed = "，按周一至周五推算" if line.assumed else ""
    number = f" {line.number} 项" if line.first else ""
    if line.status == "overdue":
        return plain(f"已过期  {line.what}{number}，最早的 {due} 到期，已过 {-line.left} {unit}{assumed}")
    first = "最早的 " if line.number > 1 and line.clock in ROSTER_CLOCKS else ""
    return plain(f"期限    {line.what}{number}，{first}{due} 到期，还有 {line.left} {unit}{assumed}")


def _rates(standing: Standing) -> Iterator[tuple[str, Rate]]:
    yield from standing.rates._asdict().items()


def _as_json(status: Status) -> dict[str, object]:
    standing = status.standing
    return {
        "plan": status.file,
        "draw": status.plan.draw,
        "title": status.plan.title,
        **standing.total._asdict(),
        "rates": {
            name: {"part": rate.part, "whole": rate.whole, "percent": rate.percent} for name, rate in _rates(standing)
        },
        "sources": [
            {
                "source": source.source,
                "verifiable": source.received is None,
                "drawn_by": source.received.drawn_by if source.received else status.plan.agency.name,
                "document_no": source.received.document_no if source.received else status.plan.document_no,
                **source.progress._asdict(),
                "visits": source.visits,
                "inspectors": source.inspectors,
                "adjusted": source.share.as_json(),
                "recusals": source.recusals,
            }
            for source in standing.sources
        ],
        "strata": [
            {"source": line.source, "stratum": line.stratum, "name": line.name, **line.progress._asdict()}
            for line in standing.lines
        ],
        "otherwise": standing.otherwise._asdict(),
        "pending": [each._asdict() for each in standing.pending],
        "clocks": [line._asdict() for line in standing.clocks],
        "notes": standing.notes,
        "voided_draws": standing.voided_draws,
        "problems": [as_json(problem) for problem in status.problems],
        "next": {"step": standing.step.code, "sentence": next_step(standing.step)},
    }
