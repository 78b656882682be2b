"""Rosters of several departments put together: whose people are whose, and nobody in two of them.

- In a department's own file a blank 所属部门 is the department itself; a row of another one is in the wrong file.
- Who has a file of their own stands in no other: two lists of the same people would soon differ.
- A 执法证号 is one person's, whatever the file.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.roster.inspector import Inspector


class Home(NamedTuple):
    """A department that has a roster of its own: `name` on paper, `file` as people see it."""

    code: str
    name: str
    file: str


def together(
    common: Sequence[Inspector], others: Mapping[Home, Sequence[Inspector]]
) -> tuple[list[Inspector], list[Problem]]:
    """Everybody, those of the `common` roster first, each with his department; and who is in the wrong file, or twice.

    What is wrong inside one file is not looked at: `inspectors` says that.
    """
    problems = [wrong for each in common for home in others if (wrong := _elsewhere(each, home))]
    everybody = list(common)
    for home, people in others.items():
        for each in people:
            if each.agency and each.agency not in {home.code, home.name}:
                what = f"“{each.name}”的所属部门是“{each.agency}”，这份名册是{home.name}（{home.code}）的。"
                todo = "本部门的人员这一列留空；别的部门的人员请移到它自己的名册。"
                problems.append(each.problem("other-department", what, todo, "所属部门"))
        everybody += [each._replace(agency=home.code) for each in people]
    return everybody, problems + _twice(everybody)


def _elsewhere(inspector: Inspector, home: Home) -> Problem | None:
    if inspector.agency not in {home.code, home.name}:
        return None
    what = f"“{inspector.name}”属于{home.name}，{home.name}另有名册 {home.file}。"
    return inspector.problem("other-department", what, "请把这一行移到那份名册，一个人只在一处。", "所属部门")


def _twice(everybody: Sequence[Inspector]) -> list[Problem]:
    """Those who stand in two files."""
    first: dict[str, Inspector] = {}
    problems = []
    for each in everybody:
        twin = first.setdefault(each.inspector, each)
        if each.inspector and twin.table.file != each.table.file:
            what = f"执法证号 {each.inspector}（“{each.name}”）在 {twin.table.place(twin.row)} 也有（“{twin.name}”）。"
            todo = "一个执法证号只能属于一个部门的一个人，请核对后删去一处或改正号码。"
            problems.append(each.problem("duplicate-inspector", what, todo, "执法证号"))
    return problems
