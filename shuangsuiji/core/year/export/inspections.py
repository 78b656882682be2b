"""互联网+监管 检查行为: one row per task and supervision item (监管事项目录编码).

- Taken: tasks whose visit ended in the period and that have an outcome; not those that the superior closed.
- 检查人员 and 执法证号: whoever was on the team on the day of the visit, in the same order, `;` between them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from shuangsuiji.core.plan.layers import Layer, layers
from shuangsuiji.core.plan.model import LAWFUL_TEAM
from shuangsuiji.core.plan.specialties import Specialties
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.year.events import Redrawn
from shuangsuiji.core.year.export.party import BUSINESS, ORGANISATION, PERSON, Parties, Party, kind_cell
from shuangsuiji.core.year.export.row import (
    CREDIT_CODE,
    DIGITS_6,
    DIGITS_14,
    Cell,
    Column,
    Export,
    Form,
    Material,
    Period,
    Row,
    row_of,
)
from shuangsuiji.core.year.findings import BASES, OUTCOMES, REASONS
from shuangsuiji.core.year.state import OTHERWISE, OWN, State, Task
from shuangsuiji.core.year.teams import Teams

LONGEST_NUMBER = 50
RANDOM = "随机"
_INSPECTORS = "rosters/inspectors.*"
_BY_STRATUM = ("监管事项目录编码", "监管事项检查实施清单编码")
_BY_KIND = ("检查形式", "检查类别", "检查方式")

COLUMNS = (
    Column("双随机一公开计划id", 50),
    Column("监管事项目录编码", 14, required=True, form=DIGITS_14),
    Column(
        "监管事项检查实施清单编码",
        800,
        required=True,
        form=Form(f"{CREDIT_CODE.pattern}[0-9A-Za-z-]*", "前 18 位应为实施机构的统一社会信用代码"),
    ),
    Column("检查行为名称", 2000, required=True),
    Column("检查行为编号", LONGEST_NUMBER, required=True),
    Column("实施机构", 100, required=True),
    Column("实施机构编码", 20, required=True, form=CREDIT_CODE),
    Column("监管对象", 200, required=True),
    Column("行政相对人名称", 200, required=True),
    Column("行政相对人性质", 100, required=True),
    Column("行政相对人证件类型", 10),
    Column("行政相对人编码", 20),
    Column("注册地址", 400),
    Column("经营地址", 400),
    Column("行政区划代码", 6, required=True, form=DIGITS_6),
    Column("检查形式", 100, required=True),
    Column("检查类别", 100, required=True),
    Column("检查方式", 20, required=True),
    Column("检查结果", 0, required=True),
    Column("检查时间", 19, required=True),
    Column("检查人员", 0, required=True),
    Column("执法证号", 0, required=True),
    Column("报送时间", 19, required=True),
    Column("报送人员", 50, required=True),
)


def inspections(material: Material, period: Period) -> Export:
    """The rows of all visits that ended in `period`."""
    parties, people, items = Parties(material), _People(material), _Items(material)
    rows: list[Row] = []
    without = []
    for task in material.state.tasks.values():
        ended = task.values.get("check_ended", "")
        if task.voided is not None or not ended or not period.has(ended):
            continue
        if "outcome" not in task.values:
            without.append(task.task)
            continue
        rows += _rows(material, parties.of(task), people, items)
    return Export("inspections", COLUMNS, rows, list(_unfinished(without)))


def outcome_words(task: Task) -> tuple[str, ...]:
    """How a table may name the outcome: with its reason (``无法联系/已关闭``), then alone."""
    outcome = OUTCOMES.get(task.values.get("outcome", ""), "")
    reason = REASONS.get(task.values.get("reason", ""), "")
    return (f"{outcome}/{reason}", outcome) if reason else (outcome,)


def outcome_cell(material: Material, party: Party, table: str) -> Cell:
    """The platform's code for the outcome of the party's task."""
    words = outcome_words(party.task)
    todo = f"请在 rosters/codes.yaml 的“{table}”里写明“{words[0]}”的代码。"
    return Cell(material.codes.code(table, *words), material.codes.place(table), todo)


def _rows(material: Material, party: Party, people: "_People", items: "_Items") -> Iterator[Row]:
    task, codes = party.task, material.codes
    why = BASES[material.state.otherwise[task.task].basis] if task.source == OTHERWISE else RANDOM
    about = party.about
    agency = codes.text("实施机构") or material.plan.agency.name
    agency_code = codes.text("实施机构编码") or codes.text("处罚机关统一社会信用代码")
    ended = task.values["check_ended"]
    reported = task.values.get("uploaded") or material.now.isoformat(timespec="seconds")
    team = people.on(task)
    cells = {
        "双随机一公开计划id": _text(material, "双随机一公开计划id", material.plan.draw if why == RANDOM else ""),
        "检查行为名称": Cell(f"对{party.name}的{items.name(task.stratum)}监督检查", about=about),
        "实施机构": _text(material, "实施机构", agency),
        "实施机构编码": _text(material, "实施机构编码", agency_code),
        "监管对象": party.cell("单位名称", party.name),
        "行政相对人名称": party.cell("单位名称", party.name),
        "行政相对人性质": _nature(material, party),
        "注册地址": party.cell("注册地址"),
        "经营地址": party.cell("地址"),
        "行政区划代码": _text(material, "行政区划代码", ""),
        "检查结果": outcome_cell(material, party, "检查结果"),
        "检查时间": Cell(_moment(ended), Place(f"任务 {task.task}", column="检查结束时间"), about=about),
        "检查人员": Cell(";".join(name for _, name in team), Place(_INSPECTORS, column="姓名"), about=about),
        "执法证号": Cell(";".join(number for number, _ in team), Place(_INSPECTORS, column="执法证号"), about=about),
        "报送时间": Cell(_moment(reported), Place(f"任务 {task.task}", column="检查结果上传时间"), about=about),
        "报送人员": _text(material, "报送人员", material.by),
    }
    if party.kind != PERSON:
        cells["行政相对人编码"] = party.cell("统一社会信用代码", party.credit_code or party.old_number)
        if cells["行政相对人编码"].text:
            cells["行政相对人证件类型"] = _table(
                material, "行政相对人证件类型", "统一社会信用代码" if party.credit_code else "工商注册号"
            )
    for table in _BY_KIND:
        cells[table] = _table(material, table, task.stratum, why)
    problems = [*_party_faults(party), *_team_faults(party, team), *_order_faults(party, ended, reported)]
    for number, item in enumerate(items.coded(task.stratum)):
        suffix = f"-{number + 1}" if number else ""
        mine = {"检查行为编号": Cell(_number(f"{material.plan.draw}-{task.task}", suffix), about=about)}
        for table in _BY_STRATUM:
            mine[table] = _table(material, table, *item, task.stratum)
        yield row_of([task.task], COLUMNS, cells | mine, problems)


class _Items:
    """Strata by code, and for which items of the list each has a code of its own."""

    def __init__(self, material: Material):
        self._codes = material.codes.tables.get(_BY_STRATUM[0], {})
        strata = layers(material.plan)
        specialties = Specialties(material.plan, strata, ())
        of_specialty: dict[str, list[str]] = {}
        for item in material.rosters.items:
            of_specialty.setdefault(specialties.code(item.specialty) or "", []).append(item.code)
        self._strata: Mapping[str, Layer] = {layer.code: layer for layer in strata}
        self._items = {layer.code: layer.items or tuple(of_specialty.get(layer.specialty, ())) for layer in strata}

    def name(self, stratum: str) -> str:
        return self._strata[stratum].name if stratum in self._strata else stratum

    def coded(self, stratum: str) -> Sequence[tuple[str, ...]]:
        """One entry per row of a task: the item whose code counts, or none: the stratum's own."""
        first: dict[str, tuple[str, ...]] = {}
        for item in self._items.get(stratum, ()):
            if code := self._codes.get(item):
                first.setdefault(code, (item,))
        return list(first.values()) or [()]


class _People:
    """Who did a visit: the team on the day on which it ended, later replacements undone."""

    def __init__(self, material: Material):
        self._state: State = material.state
        self._teams = Teams(material.state)
        self._names = {one.inspector: one.name for one in material.rosters.inspectors} | dict(self._teams.names)
        self._rounds: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for happened in material.state.history:
            event = happened.event
            if isinstance(event, Redrawn) and (event.source != OWN or happened.line > material.state.line):
                for change in event.changes:
                    key = (event.source, change.visit.split(":", 1)[0])
                    self._rounds.setdefault(key, []).append((event.on.isoformat(), change.leaves, change.joins))

    def on(self, task: Task) -> list[tuple[str, str]]:
        """(执法证号, name) by number; a name that nobody knows is blank."""
        team = set(self._teams.members(task))
        for day, leaves, joins in reversed(self._rounds.get((task.source, task.visit), [])):
            if day > task.values["check_ended"][:10]:
                team = team - {joins} | {leaves}
        return [(who, self._names.get(who, "")) for who in sorted(team)]


def _text(material: Material, name: str, fallback: str) -> Cell:
    todo = f"请填写或改正 rosters/codes.yaml 的“{name}”。"
    return Cell(material.codes.text(name) or fallback, material.codes.place(name), todo)


def _table(material: Material, table: str, *words: str) -> Cell:
    todo = f"请在 rosters/codes.yaml 的“{table}”里写明“{words[-1]}”的代码。"
    found = next((word for word in words if material.codes.tables.get(table, {}).get(word)), "")
    return Cell(material.codes.code(table, *words), material.codes.place(table, found), todo)


def _nature(material: Material, party: Party) -> Cell:
    if not party.kind:
        return kind_cell(material, party)
    return _table(material, "行政相对人性质", party.kind)


def _moment(text: str) -> str:
    """``2023-05-09T14:30`` as ``2023-05-09 14:30:00``."""
    return f"{text.replace('T', ' ')[:19]}:00"[:19]


def _number(name: str, suffix: str) -> str:
    """A number of our own for the visit, never longer than platforms take; the same each time."""
    if len(name + suffix) <= LONGEST_NUMBER:
        return name + suffix
    return f"{name[:24]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}{suffix}"


def _party_faults(party: Party) -> Iterator[Problem]:
    if party.kind == PERSON:
        what = f"{party.about}是自然人，证件类型、编码留空：ssj 不保存身份证件号码。"
        place = Place(f"任务 {party.task.task}", column="行政相对人编码")
        yield warning("export-no-id-number", place, what, "请在平台上补填，不要写进名册。")
    elif party.kind in {ORGANISATION, BUSINESS} and not (party.credit_code or party.old_number):
        cell = party.cell("统一社会信用代码")
        yield error("export-missing", cell.place, f"{party.about}缺少导出必填的“行政相对人编码”。", cell.todo)


def _team_faults(party: Party, team: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    place = Place(f"任务 {party.task.task}", column="检查人员")
    if len(team) < LAWFUL_TEAM:
        what = f"{party.about}的检查人员只有 {len(team)} 人，不得少于 {LAWFUL_TEAM} 人。"
        yield error("export-team", place, what, "请核对检查组（行政处罚法第四十二条）。")
    for number, name in team:
        if not name:
            todo = "请在执法检查人员名录库里补上。"
            yield error("export-team", place, f"{party.about}的检查人员 {number} 不知道姓名。", todo)
        elif ";" in name + number:
            todo = "请在执法检查人员名录库里改正。"
            yield error("export-team", place, f"{party.about}的检查人员“{name}”（{number}）里有分号。", todo)


def _order_faults(party: Party, ended: str, reported: str) -> Iterator[Problem]:
    if _moment(reported) <= _moment(ended):
        place = Place(f"任务 {party.task.task}", column="检查结果上传时间")
        what = f"{party.about}报送时间（{_moment(reported)}）不晚于检查时间（{_moment(ended)}）。"
        yield error("export-order", place, what, "请核对检查结束时间和检查结果上传时间。")


def _unfinished(tasks: Sequence[str]) -> Iterator[Problem]:
    if tasks:
        what = f"{len(tasks)} 项任务已检查、没有抽查结果，没有导出，如 {tasks[0]}。"
        yield warning("export-no-outcome", Place("台账", column="抽查结果"), what, "请先录入抽查结果。")
