"""How the year was carried out: deadlines kept and late, adjustments, workload, evidence, training, notices."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from shuangsuiji.core.year.adjustlog import KINDS, STATUSES, rows
from shuangsuiji.core.year.deadlines import clocks_of
from shuangsuiji.core.year.disclosure.index import KIND_NAMES
from shuangsuiji.core.year.disclosure.wording import chinese_day
from shuangsuiji.core.year.findings import MEASURES
from shuangsuiji.core.year.progress import Rate
from shuangsuiji.core.year.report.entries import OWN_DRAW, Entry, Gathered
from shuangsuiji.core.year.report.figures import Column, Row, Table, listed
from shuangsuiji.core.year.standing import ROSTER_CLOCKS, Standing
from shuangsuiji.core.year.teams import Teams

_TOPICS = {"training": "业务培训", "publicity": "宣传", "review": "督查"}
_RECUSED = "依法回避"


def clocks(of: Gathered) -> dict[str, object]:
    """All clocks of the plan together."""
    count = Counter(clock.status for clock in of.clocks if clock.clock not in ROSTER_CLOCKS)
    late = count["done-late"] + count["overdue"]
    return {
        "total": count.total(),
        "kept": count["done"],
        "late": count["done-late"],
        "overdue": count["overdue"],
        "due": count["due"],
        "unknown": count["unknown"],
        "rate": str(Rate(count["done"], count["done"] + late)),
    }


def clock_table(of: Gathered) -> Table:
    """Clocks by what they ask for."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for clock in of.clocks:
        count[clock.clock][clock.status] += 1
    columns = (
        Column("what", "事项", 26, "text"),
        Column("term", "期限", 12, "text"),
        Column("total", "应办", 8),
        Column("kept", "按期办结", 9),
        Column("late", "逾期办结", 9),
        Column("overdue", "逾期未办", 9),
        Column("due", "未到期", 8),
        Column("unknown", "无法推算", 9),
        Column("rate", "按期率", 10, "rate"),
    )
    order = ("done", "done-late", "overdue", "due", "unknown")
    known = clocks_of(of.plan)
    lines: list[Row] = [
        (known[clock].name, known[clock].term, each.total(), *(each[status] for status in order), _kept(each))
        for clock, each in ((clock, count[clock]) for clock in known if clock in count and clock not in ROSTER_CLOCKS)
    ]
    everything: Counter[str] = Counter(clock.status for clock in of.clocks if clock.clock not in ROSTER_CLOCKS)
    total: Row = ("合计", "", everything.total(), *(everything[status] for status in order), _kept(everything))
    note = "按期率＝按期办结÷（按期办结＋逾期办结＋逾期未办）。没有放假通知的年份无法推算工作日。"
    return Table("clocks", "各项期限遵守情况", columns, lines, total, note)


def late_table(of: Gathered, names: Mapping[str, str]) -> Table:
    """Each clock that was not kept. For the bureau alone."""
    columns = (
        Column("what", "事项", 26, "text"),
        Column("task", "任务编号", 24, "text"),
        Column("name", "单位名称", 26, "text"),
        Column("started", "起算", 17, "text"),
        Column("due", "到期", 17, "text"),
        Column("done", "办结", 17, "text"),
        Column("status", "情况", 10, "text"),
        Column("people", "执法人员", 24, "text"),
    )
    words = {"done-late": "逾期办结", "overdue": "逾期未办"}
    lines: list[Row] = [
        (
            clock.what,
            clock.task,
            clock.name or names.get(clock.subject, ""),
            clock.started.replace("T", " "),
            clock.due.replace("T", " "),
            clock.done_on.replace("T", " "),
            words[clock.status],
            "、".join(person.name or person.inspector for person in clock.inspectors),
        )
        for clock in of.clocks
        if clock.status in words and clock.clock not in ROSTER_CLOCKS
    ]
    return Table("late", "逾期事项明细", columns, lines)


def adjusted(standing: Standing, *, public: bool) -> dict[str, object]:
    """The share changed, source by source, as ``ssj status`` and the log reckon it."""
    return {
        "sources": [
            {
                "source": source.source or OWN_DRAW,
                "sentence": source.share.sentence if public else source.share.all_said,
                "used": source.share.figures,
                "limit": source.share.limit,
                "recusals": source.recusals,
            }
            for source in standing.sources
        ],
        "recused": sum(source.share.recused for source in standing.sources),
        "recusals": sum(source.recusals for source in standing.sources),
        "pending": len(standing.pending),
    }


def adjustment_table(of: Gathered, names: Mapping[str, str]) -> Table:
    """Changes by kind and reason; the reasons of a recusal stay private."""
    places: Counter[tuple[str, str, str]] = Counter()
    acts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows(of.happened, of.plan, names):
        why = _RECUSED if row.kind == "recusal" else "" if of.public and row.kind == "replacement" else row.why
        key = (KINDS[row.kind], why, STATUSES[row.status])
        places[key] += 1
        acts[key].add(row.adjustment or f"{row.at} {row.subject} {row.leaves[0]} {row.visit}")
    columns = (
        Column("kind", "类型", 12, "text"),
        Column("why", "事由", 18, "text"),
        Column("status", "状态", 12, "text"),
        Column("acts", "起数", 8),
        Column("places", "人次（项）", 11),
    )
    order = [*KINDS.values()]
    found = sorted(places, key=lambda key: (order.index(key[0]), key[1], key[2]))
    lines: list[Row] = [(*key, len(acts[key]), places[key]) for key in found]
    note = "任务完结按项计，其余按人次计；回避是法定义务，不计入调整比例。"
    return Table("adjustments", "人员调整、回避和任务完结", columns, lines, (), note)


def workload(of: Gathered, found: Sequence[Entry]) -> Table:
    """Visits and tasks of each inspector. For the bureau alone. A visit counts for everybody on its team."""
    state, by_visit = of.state, defaultdict(list)
    for entry in found:
        by_visit[entry.task.source, entry.task.visit].append(entry)
    leads = {i.inspector for i in of.rosters.inspectors if i.lead}
    leads |= {i.inspector for i in of.pool.inspectors if i.lead}
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for source in state.sources.values():
        for who in chain.from_iterable(visit.team for visit in source.event.visits):
            count[who]["drawn"] += 1
        for visit in source.visits.values():
            members = [e for e in by_visit[source.id, visit.visit.split(":", 1)[0]] if e.task.stratum in visit.strata]
            is_done = any(e.is_done for e in members) and all(e.is_done or e.status == "closed" for e in members)
            for who in visit.team:
                count[who] += Counter(
                    now=1,
                    done=int(is_done),
                    lead=int(who in leads),
                    tasks=len(members),
                    results=sum(e.is_done for e in members),
                )
    for visited in state.otherwise.values():
        for who in visited.inspectors:
            count[who]["outside"] += 1
    names = {i.inspector: i.name for i in of.rosters.inspectors} | dict(Teams(state).names)
    columns = (
        Column("inspector", "执法证号", 16, "text"),
        Column("name", "姓名", 12, "text"),
        Column("drawn", "抽取时（次）", 12),
        Column("now", "现承担（次）", 12),
        Column("done", "已完成（次）", 12),
        Column("lead", "作为主办（次）", 14),
        Column("tasks", "任务（项）", 11),
        Column("results", "有结果（项）", 12),
        Column("outside", "非随机（次）", 12),
    )
    keys = ("drawn", "now", "done", "lead", "tasks", "results", "outside")
    lines: list[Row] = [(who, names.get(who, ""), *(each[key] for key in keys)) for who, each in sorted(count.items())]
    lines.sort(key=lambda line: (-int(str(line[3])), str(line[0])))
    note = "每次检查计入检查组每个人，各行不能相加；“作为主办”指名录库中注明主办的人参加的检查。"
    return Table("workload", "执法人员工作量", columns, lines, (), note)


def loads(table: Table) -> dict[str, object]:
    """How visits were shared, without names."""
    now = [int(str(row[3])) for row in table.rows if row[2] or row[3]]
    return {"most": max(now, default=0), "least": min(now, default=0), "people": len(now)}


def kept(of: Gathered, found: Sequence[Entry]) -> dict[str, object]:
    """Evidence, measures, training and the like; of tasks outside the draw as well."""
    evidence = {task: files for task, files in of.state.evidence.items() if files}
    done = [entry for entry in found if entry.is_drawn and entry.is_done]
    measures = Counter(MEASURES[measure.measure] for measure in of.state.measures)
    notes = []
    for topic, word in _TOPICS.items():
        mine = [note for note in of.state.notes if note.topic == topic]
        notes.append(
            {
                "topic": topic,
                "name": word,
                "times": len(mine),
                "people": sum(note.people or 0 for note in mine),
                "titles": "" if of.public else "、".join(f"{note.title}（{chinese_day(note.on)}）" for note in mine),
            }
        )
    return {
        "files": sum(map(len, evidence.values())),
        "tasks": len(evidence),
        "rate": str(Rate(sum(entry.task.task in evidence for entry in done), len(done))),
        "measures": measures.total(),
        "measures_text": listed(measures, "次"),
        "notes": notes,
    }


def notices(of: Gathered, found: Sequence[Entry]) -> dict[str, object]:
    """What was made public, and what is not yet."""
    count = Counter(KIND_NAMES[one.event.what] for one in of.state.notices.values())
    corrections = sum(bool(one.event.corrects) for one in of.state.notices.values())
    drawn = [entry for entry in found if entry.is_drawn]
    return {
        "total": count.total(),
        "text": listed({name: count[name] for name in KIND_NAMES.values()}, "份"),
        "corrections": corrections,
        "waiting": sum(entry.status == "done" for entry in drawn),
        "penalties": sum(bool(entry.said("penalty_published")) for entry in found),
        "withdrawn": sum(bool(entry.said("penalty_withdrawn")) for entry in found),
    }


def _kept(count: Mapping[str, int]) -> Rate:
    return Rate(count["done"], count["done"] + count["done-late"] + count["overdue"])
