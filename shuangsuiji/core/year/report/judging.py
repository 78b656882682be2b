"""四、存在的问题 and 五、下一步: conclusions that figures themselves draw, each with its figures. No praise, no guess.

A conclusion that no figure supports is not here; what a bureau wants to say beyond them it writes into the Word file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.year.findings import REASONS
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.entries import NOT_KNOWN, Entry, Gathered
from shuangsuiji.core.year.report.figures import Table, listed
from shuangsuiji.core.year.report.found import problem_rate
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, Standing

_NAMED = 3
_BELOW = 5
"""A stratum with fewer results than these is not singled out for its rate."""


class Issue(NamedTuple):
    """What is not as it should be, with its figures; `step`: what follows from it."""

    title: str
    text: str
    step: str


def issues(
    of: Gathered, standing: Standing, found: Sequence[Entry], tables: Mapping[str, Table], slow: Mapping[str, int]
) -> list[Issue]:
    """All of them, the weightiest first."""
    drawn = [entry for entry in found if entry.is_drawn]
    return [
        *_unfinished(of, standing, drawn),
        *_late(of),
        *_found(drawn, tables),
        *_after(drawn, found),
        *_unreachable(drawn),
        *_unpublished(standing, found),
        *_adjusted(standing, public=of.public),
        *_slow(slow),
        *_blank(drawn),
    ]


def _unfinished(of: Gathered, standing: Standing, drawn: Sequence[Entry]) -> Iterator[Issue]:
    total = standing.total
    left = total.open + total.checked
    if not left:
        return
    is_over = of.today > of.plan.period.end
    where = Counter(entry.stratum for entry in drawn if entry.status in {"open", "checked"})
    parts = listed({"未检查": total.open, "已检查待结果": total.checked})
    yield Issue(
        "部分任务没有按期完成" if is_over else "部分任务尚未完成",
        f"还有{left}项任务没有结果（{parts}），完成率为{standing.rates.done}。其中{_first(where)}。",
        f"抓紧完成其余{left}项任务的检查和结果录入。",
    )


def _late(of: Gathered) -> Iterator[Issue]:
    count: dict[str, Counter[str]] = {"done-late": Counter(), "overdue": Counter()}
    for clock in of.clocks:
        if clock.status in count and clock.clock not in ROSTER_CLOCKS:
            name = "时间过半完成率应达标" if clock.clock == "half-time" else clock.what
            count[clock.status][name] += 1
    late, overdue = count["done-late"], count["overdue"]
    if not late and not overdue:
        return
    sentences = []
    if late:
        sentences.append(f"逾期办结{late.total()}项：{listed(dict(late.most_common()))}。")
    if overdue:
        sentences.append(f"逾期未办{overdue.total()}项：{listed(dict(overdue.most_common()))}。")
    step = f"逐项办理逾期未办的{overdue.total()}项" if overdue else "按期限提前安排"
    yield Issue("部分事项超过规定期限", "".join(sentences), f"{step}，用期限提醒避免再次逾期。")


def _found(drawn: Sequence[Entry], tables: Mapping[str, Table]) -> Iterator[Issue]:
    rate = problem_rate(drawn)
    if not rate.part:
        return
    higher = [
        (str(row[0]), row[-1])
        for row in tables["results"].rows
        if isinstance(row[-1], Rate)
        and row[-1].whole >= _BELOW
        and row[-1].part * rate.whole > rate.part * row[-1].whole
    ]
    higher.sort(key=lambda pair: (-pair[1].part / pair[1].whole, pair[0]))
    text = f"发现问题{rate.part}项，发现问题率为{rate}。"
    if higher:
        text += f"高于平均的有{'、'.join(f'{name}（{each}）' for name, each in higher[:_NAMED])}。"
    common = [(row[0], row[1]) for row in tables["problems"].rows[:_NAMED] if isinstance(row[1], int) and row[1] > 1]
    if common:
        text += f"出现较多的问题是：{'；'.join(f'{problem}（{number}项）' for problem, number in common)}。"
    names = "、".join(name for name, _ in higher[:_NAMED])
    step = f"把{names}作为下一步执法工作的重点，" if names else ""
    step += "对出现较多的问题组织集中整改。" if common else "督促有问题的单位按期改正。"
    yield Issue("抽查发现的问题需要督促整改", text, step)


def _after(drawn: Sequence[Entry], found: Sequence[Entry]) -> Iterator[Issue]:
    ordered = [entry for entry in drawn if entry.status != "closed" and entry.said("correction_ordered_on")]
    waiting = sum(not entry.said("followed_up_on") for entry in ordered)
    results = Counter(entry.said("follow_up_result") for entry in ordered if entry.said("followed_up_on"))
    cases = [entry for entry in found if entry.status != "closed" and entry.said("case_filed_on")]
    undecided = sum(not entry.said("penalty_decided_on") for entry in cases)
    unclosed = sum(bool(entry.said("penalty_decided_on") and not entry.said("case_closed_on")) for entry in cases)
    parts = {
        "责令改正后没有复查记录": waiting,
        "复查仍未改正": results["not"],
        "复查仅部分改正": results["partly"],
        "已立案未作决定": undecided,
        "已决定未结案": unclosed,
    }
    if any(parts.values()):
        number = sum(parts.values())
        yield Issue("部分后续处理没有完成", f"{listed(parts)}。", f"逐项跟进上述{number}项，复查和结案后及时录入。")


def _unreachable(drawn: Sequence[Entry]) -> Iterator[Issue]:
    done = [entry for entry in drawn if entry.is_done]
    gone = [entry for entry in done if entry.outcome == "UNREACHABLE"]
    if gone:
        reasons = Counter(REASONS.get(entry.said("reason"), "未注明") for entry in gone)
        units = len({entry.task.subject for entry in gone})
        yield Issue(
            "名录库与实际不完全相符",
            f"无法联系{len(gone)}项，占有结果任务的{Rate(len(gone), len(done))}；"
            f"其中{listed(dict(reasons.most_common()))}。",
            f"逐家核实无法联系的{units}家单位，更新检查对象名录库。",
        )


def _unpublished(standing: Standing, found: Sequence[Entry]) -> Iterator[Issue]:
    waiting = standing.total.done - standing.total.published
    penalties = sum(bool(e.said("penalty_decided_on") and not e.said("penalty_published")) for e in found)
    if waiting or penalties:
        text = f"有结果的任务中还有{waiting}项没有公示，公示率为{standing.rates.published}。" if waiting else ""
        text += f"行政处罚决定还有{penalties}件没有公示记录。" if penalties else ""
        yield Issue("部分结果尚未公示", text, "在规定期限内公示其余结果。")


def _adjusted(standing: Standing, *, public: bool) -> Iterator[Issue]:
    above = [source for source in standing.sources if source.share.is_above]
    together = [source for source in standing.sources if source.share.is_above_together and not source.share.is_above]
    if above:
        text = "；".join(source.share.sentence for source in above)
        yield Issue("人员调整超过规定比例", f"{text}。", "核对批准文件，严格控制抽取后的人员替换。")
    elif together and not public:
        shares = [source.share for source in together]
        text = "；".join(
            f"回避{s.recused}人（{s.recused_places}人次），与替换合计{Rate(s.together, s.total)}，超过{s.limit}"
            for s in shares
        )
        yield Issue("回避与替换合计较多", f"{text}。", "补充执法人员名录库的利害关系，在抽取前排除。")
    if standing.pending:
        text = f"还有{len(standing.pending)}起人员替换等待批准。"
        yield Issue("部分调整没有办结", text, "催办或撤回等待批准的人员替换。")


def _slow(slow: Mapping[str, int]) -> Iterator[Issue]:
    if slow:
        named = sorted(slow.items(), key=lambda pair: -pair[1])
        text = "、".join(f"{name}约需{years}年" for name, years in named[:_NAMED])
        more = f"等{len(named)}个专业" if len(named) > _NAMED else ""
        yield Issue(
            "部分专业抽查比例较低",
            f"按本年抽查家数，全部检查一遍{text}{more}，超过五年。",
            "制定下一年方案时，核对这些专业的抽查比例和覆盖年限。",
        )


def _blank(drawn: Sequence[Entry]) -> Iterator[Issue]:
    units = {entry.task.subject: entry for entry in drawn}.values()
    known = (
        ("类别", sum(unit.kind == NOT_KNOWN for unit in units)),
        ("区域", sum(unit.area == NOT_KNOWN for unit in units)),
        ("信用风险等级", sum(unit.grade == NOT_KNOWN for unit in units)),
    )
    # A column that is blank throughout is one that the bureau does not keep, not a gap.
    gaps = {word: number for word, number in known if 0 < number < len(units)}
    if gaps:
        yield Issue(
            "名录库信息不完整",
            f"被抽查的{len(units)}家单位中，名录库没有登记{listed(gaps, '家')}。",
            "补齐名录库中的上述信息。",
        )


def _first(count: Counter[str]) -> str:
    first = listed(dict(count.most_common(_NAMED)))
    return f"{first}等" if len(count) > _NAMED else first
