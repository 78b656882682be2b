"""What was found as sentences, with the cell that each is about: the rows of the quality report.

No sentence holds a telephone number or a person's name.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from shuangsuiji.core.problem import Place
from shuangsuiji.core.quality.judging import Quality
from shuangsuiji.core.quality.measures import KINDS, MEASURES, Kind
from shuangsuiji.core.roster.ident import credit_code_fault
from shuangsuiji.core.roster.subject import Subject

NEAR = "名称相近"
NEAR_TODO = "核对是不是同一家；这一项不计分。"
_NAMED = 3


class Finding(NamedTuple):
    """One row of the report: what was found of which subject, where it stands, what to do about it."""

    kind: Kind | Literal["near_name"]
    name: str
    strata: tuple[str, ...]
    place: Place
    what: str
    todo: str


def findings(quality: Quality) -> Iterator[Finding]:
    """All of them: kind by kind, within a kind in the order of strata and roster."""
    for kind in KINDS:
        for position, kinds in enumerate(quality.found):
            if kind in kinds:
                yield _finding(quality, position, kind)


def near_findings(quality: Quality, near: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[Finding]:
    """Nearly equal names among those that are not said to be there twice already."""
    for position in sorted(near):
        others = [pair for pair in near[position] if pair[0] not in quality.twins or position not in quality.twins]
        if not others:
            continue
        subject, likeness = quality.subjects[position], max(score for _, score in others)
        what = f"名称相近（{likeness}%）：{_named([quality.subjects[other] for other, _ in others])}。"
        place = subject.table.place(subject.row, "单位名称")
        yield Finding("near_name", subject.name, quality.strata[position], place, what, NEAR_TODO)


def _finding(quality: Quality, position: int, kind: Kind) -> Finding:
    subject, measure = quality.subjects[position], MEASURES[kind]
    heading, todo = measure.column, measure.todo
    if kind == "duplicate":
        heading = quality.twins[position][0]
    if heading not in subject.table.cells:
        todo = f"名册没有“{heading}”这一列，请补上。"
    place = subject.table.place(subject.row, heading)
    return Finding(kind, subject.name, quality.strata[position], place, _what(quality, position, kind), todo)


def _what(quality: Quality, position: int, kind: Kind) -> str:
    subject, years = quality.subjects[position], quality.frame.years
    match kind:
        case "bad_code":
            what = f"统一社会信用代码 {subject.code} {credit_code_fault(subject.code)}。"
        case "duplicate":
            _, why, same = quality.twins[position]
            others = (other for other in map(quality.subjects.__getitem__, same) if other.subject != subject.subject)
            what = f"{why}：{_named(list(islice(others, _NAMED + 1)))}。"
        case "licence_lapsed":
            what = f"许可证已于 {subject.licence_until} 到期。"
        case "licence_lapsing":
            what = f"许可证将于 {subject.licence_until} 到期。"
        case "not_visited":
            what = f"上次检查是 {quality.last_visit(subject)}，已满 {years} 年。"
        case "never_visited":
            since = f"登记日期是 {subject.registered}，已满 {years} 年" if subject.registered else "登记日期也空着"
            what = f"没有上次检查日期，{since}。"
        case _:
            what = f"{MEASURES[kind].column}空着。"
    return what


def _named(others: Sequence[Subject]) -> str:
    said = "、".join(f"第{o.table.numbers[o.row]}行“{o.name}”" for o in others[:_NAMED])
    return said + ("等" if len(others) > _NAMED else "")
