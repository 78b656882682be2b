"""The rows of a task list that a higher level drew, matched to our rosters and to the plan's strata.

- A subject that we do not know stays on the list, under its own id or under ``X0001`` …: closed or new, it was drawn.
- An inspector whom we do not know is an error: who is to inspect is never guessed.
- So is a team of one (行政处罚法第四十二条).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from shuangsuiji.core.plan.layers import Layer, layers
from shuangsuiji.core.plan.membership import meets
from shuangsuiji.core.plan.model import LAWFUL_TEAM, Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.roster.ident import is_id
from shuangsuiji.core.roster.inspector import Inspector
from shuangsuiji.core.roster.matching import InspectorBook, Match, Nobody, Sought, SubjectBook, folded
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.table import Table

_WHO = ("执法证号", "执法证号2"), ("检查人员", "检查人员2")


class Row(NamedTuple):
    """One row as it was understood: `subject` = the id that it has here, `strata` codes, `task_no` as it gives it."""

    table: Table
    at: int
    sought: Sought
    match: Match
    subject: str
    strata: tuple[str, ...]
    team: tuple[Inspector, ...]
    task_no: str

    @property
    def line(self) -> int:
        """Its number in the file."""
        return self.table.numbers[self.at]

    def place(self, heading: str | None = None) -> Place:
        """Where it stands."""
        return self.table.place(self.at, heading)


class Reader:
    """Reads rows; what is wrong with them is in `problems`. `used`: ids that new subjects may not get."""

    def __init__(self, plan: Plan, rosters: Rosters, used: Collection[str]):
        self.problems: list[Problem] = []
        self._used = used
        self._subjects = SubjectBook(rosters.subjects)
        self._inspectors = InspectorBook(rosters.inspectors)
        self._strata = _Strata(plan)
        self._unknown: dict[tuple[str, str], str] = {}
        self._numbers = count(1)
        self._named: dict[str, Sought] = {}
        self._first: dict[tuple[str, str], Row] = {}

    def rows(self, tables: Sequence[Table]) -> Iterator[Row]:
        """All rows that say whom to visit."""
        for table in tables:
            if len(table) and not any(heading in table.cells for headings in _WHO for heading in headings):
                what = "既没有“检查人员”列，也没有“执法证号”列。"
                place = Place(table.file, table.sheet)
                self.problems.append(error("missing-column", place, what, "请补上其中一列，每项任务至少两人。"))
                continue
            for index in range(len(table)):
                row = self._row(table, index)
                if row is not None:
                    self._not_twice(row)
                    yield row

    def _row(self, table: Table, index: int) -> Row | None:
        cells = [table.cell(index, heading) for heading in ("单位名称", "对象编号", "统一社会信用代码", "地址")]
        sought = Sought(*cells)
        if not sought.name:
            self._wrong("blank-name", table.place(index, "单位名称"), "单位名称空着。", "合并单元格请拆开，每行填写。")
            return None
        match = self._subjects.find(sought)
        subject = match.subject.subject if match.subject else self._new(sought, table.place(index, "对象编号"))
        strata = self._strata_of(table, index, match.subject)
        team = self._team(table, index, sought.name)
        return Row(table, index, sought, match, subject, strata, team, table.cell(index, "任务编号"))

    def _new(self, sought: Sought, place: Place) -> str:
        """The id of a subject that the roster lacks: its own, its code, or the next free ``X0001``."""
        for own in (sought.subject, sought.code):
            if own and is_id(own) and own not in self._subjects:
                known = self._named.setdefault(own, sought)
                if folded(known.name) != folded(sought.name):
                    what = f"编号 {own} 在清单里有两个名称：“{known.name}”和“{sought.name}”。"
                    self._wrong("id-with-two-names", place, what, "一个编号只能是一家单位，请核对。")
                return own
        key = (folded(sought.name), folded(sought.address))
        if key not in self._unknown:
            free = (f"X{number:04}" for number in self._numbers)
            self._unknown[key] = next(x for x in free if not (x in self._used or x in self._subjects))
        return self._unknown[key]

    def _strata_of(self, table: Table, index: int, subject: Subject | None) -> tuple[str, ...]:
        words = _parts(table.cell(index, "专业"))
        if not words and "专业" in table.cells:
            self._wrong("blank-specialty", table.place(index, "专业"), "没有写专业（抽查任务）。", "请填写。")
        found = []
        for word in words:
            choice = self._strata.choice(word, subject)
            if len(choice) == 1:
                found.append(choice[0].code)
            elif choice:
                what = f"“{word}”在方案里分为{_listed(choice)}，不能确定是哪一层。"
                self._wrong("ambiguous-stratum", table.place(index, "专业"), what, "请写明层的代码。")
            else:
                what = f"方案里没有“{word}”这一层。方案的层：{_listed(self._strata.all)}。"
                todo = f"请改成其中一个；只是叫法不同的，可写进方案的 specialties，如 {{代码: [{word}]}}。"
                self._wrong("unknown-stratum", table.place(index, "专业"), what, todo)
        order = [layer.code for layer in self._strata.all]
        return tuple(sorted(dict.fromkeys(found), key=order.index))

    def _team(self, table: Table, index: int, name: str) -> tuple[Inspector, ...]:
        ids, names = ([p for h in headings for p in _parts(table.cell(index, h))] for headings in _WHO)
        team, nobody = self._inspectors.team(ids, names)
        for unknown in nobody:
            heading = "执法证号" if unknown.why == "unknown-id" and "执法证号" in table.cells else "检查人员"
            self._wrong(f"inspector-{unknown.why}", table.place(index, heading), *_told(unknown))
        if not nobody and len(team) < LAWFUL_TEAM:
            what = f"“{name}”的检查人员只有 {len(team)} 人，不得少于 {LAWFUL_TEAM} 人（行政处罚法第四十二条）。"
            self._wrong("team-too-small", table.place(index, "检查人员"), what, "请按上级下达的文件补全。")
        return tuple(sorted(team, key=lambda inspector: inspector.inspector))

    def _not_twice(self, row: Row) -> None:
        for stratum in row.strata:
            first = self._first.setdefault((row.subject, stratum), row)
            if first is not row:
                where = f"第{first.line}行"
                where += f"（工作表“{first.table.sheet}”）" if first.table.sheet != row.table.sheet else ""
                what = f"“{row.sought.name}”（{row.subject}）的 {stratum} 任务与{where}重复。"
                self._wrong("duplicate-task", row.place("单位名称"), what, "一家单位一个专业只能有一项任务，请核对。")

    def _wrong(self, code: str, place: Place, what: str, todo: str) -> None:
        self.problems.append(error(code, place, what, todo))


class _Strata:
    """The plan's layers by what lists may call them."""

    def __init__(self, plan: Plan):
        self.all = layers(plan)
        self._specialties = Specialties(plan, self.all, ())
        self._called: dict[str, Layer] = {folded(layer.name): layer for layer in reversed(self.all)}
        self._called |= {folded(layer.code): layer for layer in self.all}
        self._of_specialty: dict[str, list[Layer]] = defaultdict(list)
        for layer in self.all:
            self._of_specialty[layer.specialty].append(layer)

    def choice(self, word: str, subject: Subject | None) -> list[Layer]:
        """The layers that `word` may mean; of several of one specialty those that the roster puts `subject` in."""
        if folded(word) in self._called:
            return [self._called[folded(word)]]
        choice = self._of_specialty.get(self._specialties.code(word) or "", [])
        if len(choice) > 1 and subject is not None:
            return [layer for layer in choice if meets(subject, layer)] or choice
        return choice


def _told(nobody: Nobody) -> tuple[str, str]:
    near = "、".join(nobody.near)
    like = f"相近的有：{near}。" if near else ""
    match nobody.why:
        case "unknown-id":
            return f"执法证号“{nobody.text}”不在执法检查人员名录库里。", f"{like}请核对，或把此人补进名录库。"
        case "unknown-name":
            return f"检查人员“{nobody.text}”不在执法检查人员名录库里。", f"{like}请核对，或把此人补进名录库。"
        case "ambiguous-name":
            return f"检查人员“{nobody.text}”在名录库里不止一人：{near}。", "请在清单里写明执法证号。"
        case "id-and-name-differ":
            return f"检查人员“{nobody.text}”与执法证号不符，证号是{near}。", "请按上级下达的文件核对。"


def _listed(choice: Sequence[Layer]) -> str:
    return "、".join(f"{layer.name}（{layer.code}）" for layer in choice)


def _parts(text: str) -> list[str]:
    return [part for part in text.split("；") if part]
