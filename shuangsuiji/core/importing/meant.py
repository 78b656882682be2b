"""Whom a list of conflicts means where it gives names instead of numbers: told by the rosters, never guessed.

- A name that only one inspector or one subject has gives the number; several or none is a Problem with what there is.
- Where number and name of an inspector stand together they must be of one person: a wrong number would silently drop a
  recusal. The name of a subject is written in many ways, so that a different one is only told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shuangsuiji.core.importing.entry import CODE, ID, Entry, Line, folded
from shuangsuiji.core.problem import Problem, error, warning
from shuangsuiji.core.roster.matching import InspectorBook, Sought, SubjectBook

PERSON, FIRM = "姓名", "单位名称"
_PERSON_ID, _FIRM_ID = ID["conflicts"], ID["subjects"]
_PEOPLE, _FIRMS = "执法检查人员名录库", "检查对象名录库"
_SHOWN = 5


Told = tuple[dict[str, str], Sequence[Line | Problem]]
"""The numbers that a name gives, and what is to be said of it."""


class Books(NamedTuple):
    """The workspace's rosters."""

    people: InspectorBook
    firms: SubjectBook


def identify(rows: Sequence[Entry], books: Books | None) -> tuple[list[Entry], list[Line], list[Problem]]:
    """`rows` with the numbers of those whom they name; what was found, and what cannot be told."""
    done: list[Entry] = []
    lines: list[Line] = []
    problems: list[Problem] = []
    for row in rows:
        cells: dict[str, str] = {}
        for look, heading in ((_person, PERSON), (_firm, FIRM)):
            if name := row.cell(heading):
                found, said = look(row, name, books)
                cells |= found
                problems += [one for one in said if isinstance(one, Problem)]
                lines += [one for one in said if isinstance(one, Line)]
        done.append(row.changed(cells) if cells else row)
    return done, lines, problems


def _line(row: Entry, heading: str, name: str, column: str, number: str, by: str = "") -> Line:
    where = _PEOPLE if heading == PERSON else _FIRMS
    return Line("found", row.at(heading), name, column, "", number, f"“{name}”{by}在{where}里只有一个")


def _person(row: Entry, name: str, books: Books | None) -> Told:
    number = row.cell(_PERSON_ID)
    if books is None:
        return {}, [] if number else [_no_rosters(row, PERSON, name)]
    if number:
        known = books.people.by_id.get(number)
        if known and folded(known.name) != folded(name):
            what = f"执法证号“{number}”是“{known.name}”，不是“{name}”。"
            return {}, [error("conflict-inspector", row.at(PERSON), what, "请核对，改正号码或姓名。")]
        return {}, []
    found, nobody = books.people.team([], [name])
    if len(found) == 1 and not nobody:
        number = found[0].inspector
        return {_PERSON_ID: number}, [_line(row, PERSON, name, _PERSON_ID, number)]
    near = [one for nobody_ in nobody for one in nobody_.near]
    is_shared = any(one.why == "ambiguous-name" for one in nobody)
    return {}, [_untold(row, PERSON, name, near, is_shared=is_shared)]


def _firm(row: Entry, name: str, books: Books | None) -> Told:
    number, code = row.cell(_FIRM_ID), row.cell(CODE)
    if books is None:
        return {}, [] if number or code else [_no_rosters(row, FIRM, name)]
    match = books.firms.find(Sought(name, number, code, row.cell("地址")))
    if number or code:
        same = match.subject
        if same and match.way in {"id", "code"} and folded(same.name) != folded(name):
            what = f"编号“{number or code}”在{_FIRMS}里是“{same.name}”，名单写的是“{name}”。"
            return {}, [warning("conflict-name", row.at(FIRM), what, "请核对是不是同一家。")]
        return {}, []
    if firm := match.subject:
        column = CODE if firm.subject == firm.code else _FIRM_ID
        by = "和地址" if match.way == "name-address" else ""
        return {column: firm.subject}, [_line(row, FIRM, name, column, firm.subject, by)]
    return {}, [_untold(row, FIRM, name, match.candidates, is_shared=bool(match.candidates))]


def _untold(row: Entry, heading: str, name: str, near: Sequence[str], *, is_shared: bool) -> Problem:
    where, number = (_PEOPLE, _PERSON_ID) if heading == PERSON else (_FIRMS, f"{_FIRM_ID}或{CODE}")
    shown = "、".join(near[:_SHOWN]) + ("等" if len(near) > _SHOWN else "")
    if is_shared:
        what = f"{where}里有 {len(near)} 个“{name}”：{shown}。"
    else:
        what = f"{where}里没有“{name}”。" + (f"相近的有：{shown}。" if shown else "")
    return error("conflict-name", row.at(heading), what, f"请核对，或在名单里加一列写明{number}。")


def _no_rosters(row: Entry, heading: str, name: str) -> Problem:
    what = f"只有名称“{name}”，没有编号；{_PEOPLE}和{_FIRMS}还没有，无法查找。"
    return error("conflict-name", row.at(heading), what, "请先导入这两个名录库，再导入这份名单；或在名单里写明编号。")
