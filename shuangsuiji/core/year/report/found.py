"""What was found: classes of results by stratum, kind, area and grade; items, problems, follow-ups, penalties.

- 发现问题率 = (责令改正 + 行政处罚) ÷ (有结果 − 无法联系): who could not be found was not inspected.
- What is recorded is per task, so an item has the figures of the tasks that check it.
- The public reads only problems that were published.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from shuangsuiji.core.year.briefing import items_of
from shuangsuiji.core.year.findings import BASES, FOLLOW_UPS, OUTCOMES, REASONS
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.entries import Entry, Gathered, grouped, outcomes, stratum_names
from shuangsuiji.core.year.report.figures import Cell, Column, Row, Table, listed, shown, yuan

PROBLEM_RATE = "发现问题率＝（责令改正＋行政处罚）÷（有结果－无法联系）。"
_POINTS = re.compile(r"[\n；;]|(?<![0-9.])\d{1,2}[.．、](?=\s?[^\d\s])|[（(]\d{1,2}[)）]")
_ENDS = " \t。，,.；;、"
_CLASSES = (
    Column("tasks", "任务", 8),
    Column("done", "有结果", 8),
    Column("fine", "未发现问题", 11),
    Column("corrected", "责令改正", 9),
    Column("penalised", "行政处罚", 9),
    Column("gone", "无法联系", 9),
    Column("rate", "发现问题率", 11, "rate"),
)


def problem_rate(found: Iterable[Entry]) -> Rate:
    """How often something was found where somebody was found."""
    count = outcomes(found)
    return Rate(count["CORRECTION_ORDERED"] + count["PENALISED"], sum(count.values()) - count["UNREACHABLE"])


def results(found: Sequence[Entry]) -> dict[str, object]:
    """The classes of results of all drawn tasks, and what followed."""
    drawn = [entry for entry in found if entry.is_drawn]
    done = [entry for entry in drawn if entry.is_done]
    count = outcomes(done)
    reasons = Counter(entry.said("reason") for entry in done if entry.outcome == "UNREACHABLE")
    return {
        "done": len(done),
        "classes": [
            {"code": code, "name": OUTCOMES[code], "tasks": number, "rate": str(Rate(number, len(done)))}
            for code, number in count.items()
        ],
        "problem_rate": str(problem_rate(done)),
        "unreachable": count["UNREACHABLE"],
        "reasons_text": listed({REASONS.get(code, "未注明"): number for code, number in reasons.most_common()}),
        **_samples(drawn),
        **_follow_ups(drawn),
    }


def penalties(found: Sequence[Entry]) -> dict[str, object]:
    """Cases and penalties, visits outside the draw among them; amounts exact."""
    standing = [entry for entry in found if entry.status != "closed"]
    decided = [entry for entry in standing if entry.said("penalty_decided_on")]
    fines, taken = yuan(e.said("fine") for e in decided), yuan(e.said("confiscated") for e in decided)
    return {
        "cases": sum(bool(entry.said("case_filed_on")) for entry in standing),
        "undecided": sum(bool(e.said("case_filed_on") and not e.said("penalty_decided_on")) for e in standing),
        "decided": len(decided),
        "outside": sum(not entry.is_drawn for entry in decided),
        "fines": shown(fines),
        "confiscated": shown(taken),
        "amount": shown(fines + taken),
        "closed": sum(bool(entry.said("case_closed_on")) for entry in standing),
        "changed": sum(bool(entry.said("penalty_changed_on")) for entry in decided),
        "referred": sum(bool(entry.said("referred_on")) for entry in standing),
    }


def tables(of: Gathered, found: Sequence[Entry]) -> list[Table]:
    """Results by what they can be sorted by; of grades and the like only where the roster knows any."""
    drawn = [entry for entry in found if entry.is_drawn]
    names = list(stratum_names(of.plan, public=of.public).values())
    made = [_classes("results", "各专业抽查结果", "专业", grouped(drawn, lambda entry: entry.stratum, names))]
    for name, caption, heading, by in _SORTED:
        if any(by(entry) for entry in drawn if by(entry) != "未登记"):
            made.append(_classes(name, caption, heading, grouped(drawn, by)))
    made += [_items(of, drawn), _problems(of, drawn)]
    penalised = [e for e in found if e.status != "closed" and e.said("penalty_decided_on")]
    if penalised:
        made.append(_penalties(penalised, names))
    outside = [entry for entry in found if not entry.is_drawn]
    if outside:
        groups = grouped(outside, lambda entry: entry.why, list(BASES.values()))
        made.append(_classes("outside", "非随机检查情况", "检查原因", groups))
    return made


_SORTED: Sequence[tuple[str, str, str, Callable[[Entry], str]]] = (
    ("kinds", "各类别抽查结果", "类别", lambda entry: entry.kind),
    ("areas", "各区域抽查结果", "区域", lambda entry: entry.area),
    ("grades", "各信用风险等级抽查结果", "信用风险等级", lambda entry: entry.grade),
)


def _classes(name: str, caption: str, heading: str, groups: Sequence[tuple[str, Sequence[Entry]]]) -> Table:
    columns = (Column("label", heading, 18, "text"), *_CLASSES)
    rows: list[Row] = [(label, *_cells(members)) for label, members in groups]
    everybody = [entry for _, members in groups for entry in members]
    return Table(name, caption, columns, rows, ("合计", *_cells(everybody)), PROBLEM_RATE)


def _cells(members: Sequence[Entry]) -> tuple[Cell, ...]:
    count = outcomes(members)
    return len(members), sum(count.values()), *count.values(), problem_rate(members)


def _samples(drawn: Sequence[Entry]) -> dict[str, object]:
    sampled = [entry for entry in drawn if entry.status != "closed" and entry.said("sampled") == "yes"]
    tests = Counter(entry.said("test_result") for entry in sampled if entry.said("report_received"))
    return {
        "sampled": len(sampled),
        "reports": tests.total(),
        "passed": tests["pass"],
        "failed": tests["fail"],
        "pass_rate": str(Rate(tests["pass"], tests["pass"] + tests["fail"])),
    }


def _follow_ups(drawn: Sequence[Entry]) -> dict[str, object]:
    ordered = [entry for entry in drawn if entry.status != "closed" and entry.said("correction_ordered_on")]
    followed = [entry for entry in ordered if entry.said("followed_up_on")]
    count = Counter(entry.said("follow_up_result") for entry in followed)
    told = {word: count[code] for code, word in FOLLOW_UPS.items()} | {"结果未注明": count[""]}
    return {
        "ordered": len(ordered),
        "followed": len(followed),
        "followed_rate": str(Rate(len(followed), len(ordered))),
        "follow_ups_text": listed(told),
        "uncorrected": count["not"] + count["partly"],
    }


def _items(of: Gathered, drawn: Sequence[Entry]) -> Table:
    by_stratum: dict[str, list[Entry]] = defaultdict(list)
    for entry in drawn:
        by_stratum[entry.task.stratum].append(entry)
    checked: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for stratum, items in items_of(of.plan, of.rosters).items():
        for item in items:
            checked[item.code, item.name] += by_stratum.get(stratum, ())
    columns = (Column("code", "事项编码", 14, "text"), Column("label", "抽查事项", 30, "text"), *_CLASSES)
    rows: list[Row] = [(code, name, *_cells(members)) for (code, name), members in checked.items() if members]
    note = f"结果按任务登记：一项任务检查几个事项的，每个事项都计入该任务，各行不能相加。{PROBLEM_RATE}"
    return Table("items", "各抽查事项涉及任务的结果", columns, rows, (), note)


def _problems(of: Gathered, drawn: Sequence[Entry]) -> Table:
    count: Counter[str] = Counter()
    where: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in drawn:
        if entry.has_problem and (not of.public or entry.is_public):
            for point in points(entry.problems):
                count[point] += 1
                where[point][entry.stratum] += 1
    columns = (
        Column("problem", "问题", 46, "text"),
        Column("tasks", "任务", 8),
        Column("strata", "涉及专业", 30, "text"),
    )
    rows: list[Row] = [
        (point, number, listed(dict(where[point].most_common())))
        for point, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    note = "按检查人员填写的文字归并：分号、换行和序号分开的各算一条，文字相同的归为一条。"
    return Table("problems", "发现的主要问题", columns, rows, (), note)


def points(text: str) -> list[str]:
    """The separate problems that a text tells, each once.

    >>> points("1. 未公示许可证 2.台账不全；未公示许可证。"), points("水温 7.5 度")
    (['未公示许可证', '台账不全'], ['水温 7.5 度'])
    """
    parts = (" ".join(part.split()).strip(_ENDS) for part in _POINTS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def _penalties(decided: Sequence[Entry], names: Sequence[str]) -> Table:
    columns = (
        Column("stratum", "专业", 18, "text"),
        Column("decided", "处罚决定（件）", 14),
        Column("fines", "罚款（元）", 14, "yuan"),
        Column("confiscated", "没收（元）", 14, "yuan"),
        Column("amount", "合计（元）", 14, "yuan"),
        Column("closed", "已结案（件）", 12),
    )
    groups = grouped(decided, lambda entry: entry.stratum, names)
    rows: list[Row] = [(label, *_amounts(members)) for label, members in groups]
    outside = sum(not entry.is_drawn for entry in decided)
    note = f"其中非随机检查{outside}件。" if outside else ""
    return Table("penalties", "行政处罚情况", columns, rows, ("合计", *_amounts(decided)), note)


def _amounts(decided: Sequence[Entry]) -> tuple[Cell, ...]:
    fines, taken = yuan(e.said("fine") for e in decided), yuan(e.said("confiscated") for e in decided)
    return len(decided), fines, taken, fines + taken, sum(bool(e.said("case_closed_on")) for e in decided)
