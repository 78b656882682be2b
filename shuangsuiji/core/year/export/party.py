"""Who was inspected or penalised (行政相对人), as platforms want to know it: from today's roster, never from a guess.

- Kind: as recorded with the penalty, else by 类别 in the codes file, else by the credit code (92… = 个体工商户).
- An id number is neither kept nor asked for: its columns stay blank, and a warning says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shuangsuiji.core.problem import Place
from shuangsuiji.core.roster.ident import LENGTH
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.export.row import Cell, Material
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.state import Task

ROSTER = "rosters/subjects.*"
ORGANISATION, BUSINESS, PERSON = "法人及非法人组织", "个体工商户", "自然人"
_BUSINESS_CODE = "92"
_OLD_NUMBER = 15
"""Characters of a business registration number from before 2015."""


@dataclass(frozen=True, slots=True)
class Party:
    """The subject of a task. `rows`: its rows of the roster, none where that does not know it."""

    task: Task
    name: str
    rows: tuple[Subject, ...]
    kind: str
    about: str

    @property
    def credit_code(self) -> str:
        """The 统一社会信用代码; blank where there is none, or only an old number."""
        code = self._code()
        return "" if len(code) == _OLD_NUMBER else code

    @property
    def old_number(self) -> str:
        """The business registration number of 15 digits that stands in the credit code's place."""
        code = self._code()
        return code if len(code) == _OLD_NUMBER else ""

    def cell(self, heading: str, text: str | None = None) -> Cell:
        """What the roster says under `heading` (or `text`, taken from there), with its place."""
        found = next((row.cell(heading) for row in self.rows if row.cell(heading)), "") if text is None else text
        if self.rows:
            row = self.rows[0]
            place = row.table.place(row.row, heading)
            return Cell(found, place, f"请在检查对象名录库里填写或改正“{heading}”。", self.about)
        todo = f"检查对象名录库里没有 {self.task.subject}，请补录这一家并填写“{heading}”。"
        return Cell(found, Place(ROSTER, column=heading), todo, self.about)

    def _code(self) -> str:
        return next((row.code for row in self.rows if row.code), "")


class Parties:
    """All subjects of the material, found by task."""

    def __init__(self, material: Material):
        self._material = material
        wanted = {task.subject for task in material.state.tasks.values()}
        self._rows: dict[str, list[Subject]] = {}
        for subject in material.rosters.subjects:
            if subject.subject in wanted:
                self._rows.setdefault(subject.subject, []).append(subject)

    def of(self, task: Task, values: Mapping[str, str] | None = None) -> Party:
        """The subject of `task`; `values`: findings of all tasks that one row reports, where these are several."""
        rows = tuple(self._rows.get(task.subject, ()))
        called = task.name or self._material.names.get(task.subject, "") or next((row.name for row in rows), "")
        kind = self._kind(task.values if values is None else values, rows)
        return Party(task, called, rows, kind, f"任务 {task.task}（{called}）")

    def _kind(self, values: Mapping[str, str], rows: Iterable[Subject]) -> str:
        found = self._material.codes.tables.get("行政相对人类别", {})
        listed = next((said for row in rows if (said := found.get(row.kind))), "")
        code = next((row.code for row in rows if row.code), "")
        return kind_of(values, code, listed) or self._material.codes.code("行政相对人类别")


def kind_of(values: Mapping[str, str], code: str, listed: str = "") -> str:
    """行政相对人类别: as recorded, else as `listed` for the 类别 of the unit, else by its credit code, else blank.

    >>> kind_of({"party_kind": "person"}, ""), kind_of({}, "92350100M000100Y43"), kind_of({}, "")
    ('自然人', '个体工商户', '')
    """
    if recorded := values.get("party_kind"):
        return FINDINGS["party_kind"].shown(recorded)
    if listed or len(code) != LENGTH:
        return listed
    return BUSINESS if code.startswith(_BUSINESS_CODE) else ORGANISATION


def kind_cell(material: Material, party: Party) -> Cell:
    """行政相对人类别 with where to say it."""
    todo = (
        f"请用 ssj record --task {party.task.task} --set 行政相对人类别=…（{ORGANISATION}、{BUSINESS}、{PERSON}），"
        "或在 rosters/codes.yaml 的“行政相对人类别”里按单位类别写明。"
    )
    if party.task.values.get("outcome") != "PENALISED":
        todo = "请在 rosters/codes.yaml 的“行政相对人类别”里按单位类别（或“默认”）写明。"
    return Cell(party.kind, material.codes.place("行政相对人类别"), todo, party.about)
