"""From a task list that a higher level drew to its tasks, visits and teams here, and a report of every row.

We cannot verify such a draw, and say so; what follows (recusal, replacement, results, clocks) is as for our own.
Rows of one subject with the same team are one visit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.draw.pool import Pool, PoolStratum, PoolSubject, digest, encode
from shuangsuiji.core.plan.frequency import Caps
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, pool_inspectors, pool_rules
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.roster.matching import folded
from shuangsuiji.core.table import Table
from shuangsuiji.core.year.events import DrawnVisit, Received
from shuangsuiji.core.year.rule import clock_rules, rule_in
from shuangsuiji.core.year.state import OWN, State
from shuangsuiji.core.year.tasklist import Reader, Row

PLACEHOLDER = re.compile(r"X\d{4,}")
"""The id of a subject that neither the list nor our roster numbers; it says nothing outside its list."""


class Letter(NamedTuple):
    """What a list comes with: who drew it, the document and its day, the file's name and SHA-256."""

    drawn_by: str
    document_no: str
    on: date
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reception:
    """A list as it will be on record; `pool` = what re-draws of its teams read; `visit_of`: each row's visit."""

    event: Received
    pool: Pool
    files: Mapping[str, bytes]
    rows: Sequence[Row]
    visit_of: Sequence[str]


def next_source(state: State) -> str:
    """What the next list will be called; those that were taken back keep their names."""
    return f"R{1 + sum(source != OWN for source in state.sources) + len(state.voided_lists)}"


def receive(
    letter: Letter,
    tables: Sequence[Table],
    plan: Plan,
    rosters: Rosters,
    state: State,
    caps: Caps | None,
) -> tuple[Reception, list[Problem]]:
    """The list in `tables`, and all that is wrong with it; with an error among the Problems it is not to be used.

    `caps`: the plan's, with what this year's draws, lists and other visits took already.
    """
    reader = Reader(plan, rosters, {task.subject for task in state.tasks.values()})
    rows = list(reader.rows(tables))
    problems = reader.problems
    if not rows and not problems:
        what = "清单里一行任务也没有。"
        problems.append(error("empty-list", Place(letter.file), what, "请核对是不是这个文件。"))
    pool = _pool(plan, rosters, rows, problems)
    problems += _doubts(rosters, rows, caps)
    source = next_source(state)
    visits, visit_of = _visits(source, rows, [stratum.stratum for stratum in pool.strata])
    files = encode(pool)
    event = Received(
        on=letter.on,
        source=source,
        year=plan.year,
        drawn_by=letter.drawn_by,
        document_no=letter.document_no,
        file=letter.file,
        sha256=letter.sha256,
        pool_digest=digest(files),
        subjects=_by_stratum(pool, rows),
        names={row.subject: row.sought.name for row in reversed(rows)},
        visits=tuple(visits),
        inspectors=dict(sorted((i.inspector, i.name) for row in rows for i in row.team)),
        unmatched=tuple(dict.fromkeys(row.subject for row in rows if row.match.subject is None)),
        addresses={row.subject: row.sought.address for row in reversed(rows) if _only_here(row)},
        adjustment=rule_in(plan),
        seed_mode=plan.seed.mode,
        clocks=clock_rules(plan),
    )
    return Reception(event, pool, files, rows, visit_of), problems


def known_subjects(event: Received) -> set[str]:
    """The subjects of a list, without those that were given a number only because nobody knows theirs."""
    return {s for subjects in event.subjects.values() for s in subjects} - {
        s for s in event.unmatched if PLACEHOLDER.fullmatch(s)
    }


def _pool(plan: Plan, rosters: Rosters, rows: Sequence[Row], problems: list[Problem]) -> Pool:
    strata = layers(plan)
    specialties = Specialties(plan, strata, (item.specialty for item in rosters.items))
    inspectors = list(pool_inspectors(plan, strata, rosters.inspectors, specialties, problems))
    known = {i.inspector for i in inspectors}
    subjects: dict[tuple[str, str], PoolSubject] = {}
    for row in rows:
        area = row.match.subject.area if row.match.subject else ""
        for stratum in row.strata:
            subject = PoolSubject(stratum, row.subject, row.sought.name, area, must=False, left=None)
            subjects.setdefault((stratum, row.subject), subject)
    number: dict[str, int] = defaultdict(int)
    for stratum, _ in subjects:
        number[stratum] += 1
    here = {subject for _, subject in subjects}
    return Pool(
        strata=tuple(
            PoolStratum(layer.code, layer.name, layer.specialty, number[layer.code], 0, "", "ceil", number[layer.code])
            for layer in strata
            if layer.code in number
        ),
        subjects=tuple(sorted(subjects.values())),
        inspectors=tuple(sorted(inspectors, key=lambda i: i.inspector)),
        conflicts=tuple(sorted(pair for pair in rosters.conflicts if pair[0] in known and pair[1] in here)),
        excluded=(),
        rules=pool_rules(plan, ()),  # a list knows no joint inspection: each visit has its one team
    )


def _visits(source: str, rows: Sequence[Row], order: Sequence[str]) -> tuple[list[DrawnVisit], list[str]]:
    """The visits, and each row's by position."""
    teams: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    keys = [(row.subject, tuple(i.inspector for i in row.team)) for row in rows]
    for row, (subject, team) in zip(rows, keys, strict=True):
        teams[subject].setdefault(team, []).extend(row.strata)
    names: dict[tuple[str, tuple[str, ...]], str] = {}
    visits = []
    for subject, of_subject in teams.items():
        for number, (team, strata) in enumerate(of_subject.items(), 1):
            name = f"{source}/{subject}" if number == 1 else f"{source}/{subject}/{number}"
            names[subject, team] = name
            in_order = tuple(sorted(dict.fromkeys(strata), key=order.index))
            visits.append(DrawnVisit(visit=name, subject=subject, strata=in_order, team=team))
    return visits, [names[key] for key in keys]


def _by_stratum(pool: Pool, rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Subjects in the list's order."""
    found: dict[str, dict[str, None]] = {stratum.stratum: {} for stratum in pool.strata}
    for row in rows:
        for stratum in row.strata:
            found[stratum][row.subject] = None
    return {stratum: tuple(subjects) for stratum, subjects in found.items()}


def _doubts(rosters: Rosters, rows: Sequence[Row], caps: Caps | None) -> Iterator[Problem]:
    """What does not stop the list: the higher level drew it."""
    told: set[tuple[str, str]] = set()
    for row in rows:
        name, place = row.sought.name, row.place("单位名称")
        if ("subject", row.subject) not in told:
            yield from _about_match(row)
            known = row.match.subject
            ids = (row.subject, known.code if known else "")
            often = caps.reached(ids, known.grade if known else "") if caps else ""
            if often:
                what = f"“{name}”（{row.subject}）{often}。"
                yield warning("already-drawn-this-year", place, what, "如要避免重复检查，请报上级调整。")
        told.add(("subject", row.subject))
        for inspector in row.team:
            if (inspector.inspector, row.subject) in rosters.conflicts:
                what = (
                    f"{inspector.name}（{inspector.inspector}）与“{name}”有利害关系，应当回避（行政处罚法第四十三条）。"
                )
                todo = "接收后请办理回避：ssj adjust recuse。"
                yield warning("conflict-on-list", row.place("检查人员"), what, todo)
            if inspector.left_out and ("inspector", inspector.inspector) not in told:
                told.add(("inspector", inspector.inspector))
                what = f"{inspector.name}（{inspector.inspector}）{inspector.left_out}，不能执行检查。"
                todo = "接收后请报批换人：ssj adjust replace。"
                yield warning("inspector-unavailable", row.place("检查人员"), what, todo)


def _about_match(row: Row) -> Iterator[Problem]:
    name, subject, place = row.sought.name, row.match.subject, row.place("单位名称")
    if subject is None:
        several = f"可能是 {'、'.join(row.match.candidates)}。" if row.match.candidates else ""
        what = f"“{name}”在检查对象名录库里没有匹配上，任务照列，编号 {row.subject}。{several}"
        yield warning("subject-unmatched", place, what, "请核对，并补进名录库。")
        return
    if row.match.way == "name":
        what = f"“{name}”只凭名称对应到 {subject.subject}（{subject.address or '名录库里没有地址'}）。"
        yield warning("subject-weakly-matched", place, what, "请核对是不是同一家。")
    if folded(subject.name) != folded(name):
        what = f"{subject.subject} 在名录库里是“{subject.name}”，清单写的是“{name}”。"
        yield warning("subject-name-differs", place, what, "请核对是不是改了名称。")
    if subject.is_closed:
        what = f"“{name}”（{subject.subject}）在名录库里的状态是“{subject.status}”。"
        yield warning("subject-closed", place, what, "任务照列；确已关闭的，结果记为无法联系。")


def _only_here(row: Row) -> bool:
    return row.match.subject is None and bool(row.sought.address)
