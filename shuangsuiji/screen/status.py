"""What ``ssj status`` shows of each plan: tasks by stratum, rates with their formulas, adjustments, what comes next."""

from collections.abc import Iterator, Sequence

from shuangsuiji.actions.status import Status
from shuangsuiji.core.ledger.times import SetBack
from shuangsuiji.core.problem import errors
from shuangsuiji.core.year.events import Sealed
from shuangsuiji.core.year.progress import FORMULAS, Progress, Rate
from shuangsuiji.core.year.reminder import span
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, ClockLine, SourceStanding, Standing
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.next_step import next_step
from shuangsuiji.screen.planneddays import agenda_json, show_agenda
from shuangsuiji.screen.problems import as_json
from shuangsuiji.screen.publishable import waiting, waiting_json

_TOPICS = {"training": "培训", "publicity": "宣传", "review": "督查"}
_LINES_SHOWN = 5


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
            left = "" if each.left else f"；已没有要换的检查，可撤回：ssj adjust withdraw {each.adjustment}"
            said = f"  待批准 {each.adjustment}：{who} 的 {each.visits} 次检查，{waits}{left}"
            console.print(plain(said), soft_wrap=True)
    if standing.sealed is not None and (standing.sealed.announced or not standing.sources):
        _sealed(standing.sealed)
    for line in standing.clocks:
        console.print(_clock(line), style="red" if line.status == "overdue" else "", soft_wrap=True)
    if status.agenda is not None:
        show_agenda(status.agenda, status.names, status.changes)
    _publishable(status)
    _problems(status)
    if standing.otherwise.tasks:
        console.print(
            f"非随机检查：{standing.otherwise.tasks} 项，有结果 {standing.otherwise.done} 项（不计入上面各率）"
        )
    if any(standing.notes.values()):
        said = "，".join(f"{word} {standing.notes[topic]} 次" for topic, word in _TOPICS.items())
        console.print(f"工作记录：{said}")
    _voided(standing)
    _set_back(status.set_back)
    console.print(f"下一步：{plain(next_step(standing.step))}", soft_wrap=True)


def _problems(status: Status) -> None:
    console = answers()
    wrong = errors(status.problems)
    for problem in status.problems:
        if problem not in wrong:
            console.print(plain(str(problem)), style="yellow", soft_wrap=True)
    if wrong:
        console.print(f"名册有 {len(wrong)} 处错误，证件和许可证的期限没有算全，见 ssj check。", style="yellow")


def _publishable(status: Status) -> None:
    for kind, choice in status.ready.items():
        if choice.ready:
            answers().print(waiting(kind, choice), soft_wrap=True)


def _sealed(sealed: Sealed) -> None:
    said = f"名册已于 {sealed.on} 封存，摘要 {sealed.pool_digest[:16]}…"
    if sealed.announced:
        said += f"；种子来源 {'、'.join(sealed.announced)}，{sealed.known_on} 结果公布"
    answers().print(f"{said}{'；密封抽取' if sealed.key_commitment else ''}。", soft_wrap=True)


def _voided(standing: Standing) -> None:
    if standing.voided_seals:
        answers().print(f"此前作废封存 {standing.voided_seals} 次。")
    if standing.voided_draws:
        answers().print(f"此前作废抽取 {standing.voided_draws} 次。")
    for received, void in standing.voided_lists:
        said = f"{received.source}（{received.document_no}，凭 {void.document_no} 作废）"
        answers().print(plain(f"此前作废清单：{said}。"), soft_wrap=True)


def _set_back(lines: Sequence[SetBack]) -> None:
    for each in lines[:_LINES_SHOWN]:
        at, before = each.shown()
        said = f"台账第{each.line}行的录入时间 {at} 早于上一行的 {before}：其中一行录入时电脑时间不对。"
        answers().print(said, style="yellow", soft_wrap=True)
    if len(lines) > _LINES_SHOWN:
        answers().print(f"…… 这样的行还有 {len(lines) - _LINES_SHOWN} 处（加 --json 可看全部）。")


def _sources(standing: Standing) -> None:
    for source in standing.sources:
        word = "本级抽取"
        if source.received is not None:
            of = source.received
            word = f"{source.source} {of.drawn_by}抽取，{of.document_no}，{of.on} 下达（本系统不能核验其抽取过程）"
        said = f"{source.progress.tasks} 项任务，{source.visits} 次检查，{source.inspectors} 名执法人员"
        answers().print(plain(f"{word}：{said}"), soft_wrap=True)


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
    recused = f"；{share.recusals}" if share.recused else ""
    used = Rate(share.used, share.total)
    return f"人员调整{whose}　{unit}　{used}{waiting}（上限 {share.limit}{above}）{recused}"


def _clock(line: ClockLine) -> str:
    due, left = line.due.replace("T", " "), span(line.left, line.left_unit, is_over=line.status == "overdue")
    assumed = "，按周一至周五推算" if line.assumed else ""
    number = f" {line.number} 项" if line.first else ""
    if line.status == "overdue":
        first = "最早的 " if line.number > 1 else ""
        return plain(f"已过期  {line.what}{number}，{first}{due} 到期，{left}{assumed}")
    first = "最早的 " if line.number > 1 and line.clock in ROSTER_CLOCKS else ""
    return plain(f"期限    {line.what}{number}，{first}{due} 到期，{left}{assumed}")


def _rates(standing: Standing) -> Iterator[tuple[str, Rate]]:
    yield from standing.rates._asdict().items()


def _sealed_json(sealed: Sealed) -> dict[str, object]:
    return {
        "on": sealed.on,
        "pool_digest": sealed.pool_digest,
        "announced": list(sealed.announced),
        "known_on": sealed.known_on,
        "key_commitment": sealed.key_commitment or None,
    }


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
        "ready": {kind: waiting_json(choice) for kind, choice in status.ready.items()},
        "schedule": agenda_json(status.agenda, status.changes) if status.agenda else None,
        "notes": standing.notes,
        "sealed": _sealed_json(standing.sealed) if standing.sealed else None,
        "voided_draws": standing.voided_draws,
        "voided_seals": standing.voided_seals,
        "voided_lists": [
            {"source": received.source, "document_no": received.document_no, "void": void.document_no}
            for received, void in standing.voided_lists
        ],
        "set_back": [line._asdict() for line in status.set_back],
        "problems": [as_json(problem) for problem in status.problems],
        "next": {"step": standing.step.code, "sentence": next_step(standing.step)},
    }
