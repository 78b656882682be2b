"""双公示 penalties, 2018 columns: one row per decision, however many tasks it closes.

- Taken: penalties decided in the period, not those that were changed or revoked since and not decided anew
  (行政处罚法第四十八条: those are withdrawn).
- Lengths and required columns: as the 2018 standard is commonly implemented; `docs/export.md` says what is uncertain.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.year.export.money import in_wan
from shuangsuiji.core.year.export.party import ORGANISATION, PERSON, Parties, Party, kind_cell
from shuangsuiji.core.year.export.row import CREDIT_CODE, Cell, Column, Export, Material, Period, Row, row_of
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.state import Task

OTHER_NUMBERS = MappingProxyType(
    {
        "行政相对人代码_2（工商注册号）": "工商注册号",
        "行政相对人代码_3（组织机构代码）": "组织机构代码",
        "行政相对人代码_4（税务登记号）": "税务登记号",
        "行政相对人代码_5（事业单位证书号）": "事业单位证书号",
        "行政相对人代码_6（社会组织登记证号）": "社会组织登记证号",
    }
)
"""Export column → heading of the roster, where it has such a column."""
CODE_1 = "行政相对人代码_1（统一社会信用代码）"
CODE_2 = "行政相对人代码_2（工商注册号）"
FINE, CONFISCATED = "罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）"
PRIVATE = ("法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码")
"""Left blank: ssj keeps no id numbers."""

COLUMNS = (
    Column("行政相对人名称", 200, required=True),
    Column("行政相对人类别", 16, required=True),
    Column(CODE_1, 18, form=CREDIT_CODE),
    Column(CODE_2, 50),
    Column("行政相对人代码_3（组织机构代码）", 10),
    Column("行政相对人代码_4（税务登记号）", 20),
    Column("行政相对人代码_5（事业单位证书号）", 50),
    Column("行政相对人代码_6（社会组织登记证号）", 50),
    Column("法定代表人", 50),
    Column("法定代表人证件类型", 64),
    Column("法定代表人证件号码", 64),
    Column("证件类型", 64),
    Column("证件号码", 64),
    Column("行政处罚决定书文号", 128, required=True),
    Column("违法行为类型", 2000, required=True),
    Column("违法事实", 5000, required=True),
    Column("处罚依据", 2048, required=True),
    Column("处罚类别", 100, required=True),
    Column("处罚内容", 4000, required=True),
    Column(FINE, 25),
    Column(CONFISCATED, 25),
    Column("暂扣或吊销证照名称及编号", 200),
    Column("处罚决定日期", 10, required=True),
    Column("处罚有效期", 10, required=True),
    Column("公示截止期", 10, required=True),
    Column("处罚机关", 200, required=True),
    Column("处罚机关统一社会信用代码", 18, required=True, form=CREDIT_CODE),
    Column("数据来源单位", 200, required=True),
    Column("数据来源单位统一社会信用代码", 18, required=True, form=CREDIT_CODE),
    Column("备注", 512),
)
RECORDED = (
    ("行政处罚决定书文号", "penalty_no"),
    ("违法行为类型", "violation_type"),
    ("违法事实", "violation_facts"),
    ("处罚依据", "penalty_basis"),
    ("处罚内容", "penalty_content"),
    ("暂扣或吊销证照名称及编号", "licence_withheld"),
)
_DATES = (
    ("处罚决定日期", "penalty_decided_on"),
    ("处罚有效期", "penalty_valid_until"),
    ("公示截止期", "public_until"),
)
_MONEY = ((FINE, "fine"), (CONFISCATED, "confiscated"))
_OF_DECISION = ("party_kind", "penalty_kinds", *(field for _, field in (*RECORDED, *_DATES, *_MONEY)))
_PARTS = re.compile(r"[;；、,，\n]+")


def penalties(material: Material, period: Period) -> Export:
    """The rows of all penalties that were decided in `period`."""
    parties = Parties(material)
    cases: dict[tuple[str, str], list[Task]] = {}
    changed = []
    for task in material.state.tasks.values():
        decided = task.values.get("penalty_decided_on", "")
        if task.voided is not None or not decided or not period.has(decided):
            continue
        if decided < task.values.get("penalty_changed_on", ""):
            changed.append(task)
            continue
        cases.setdefault((task.subject, task.values.get("penalty_no") or task.task), []).append(task)
    rows = [_row(material, parties, tasks) for tasks in cases.values()]
    return Export("penalties", COLUMNS, rows, [*_withdrawn(changed), *_without_ids(rows)])


def kinds_of(text: str) -> list[str]:
    """The kinds of punishment that 处罚类别 names.

    >>> kinds_of("警告；罚款、没收违法所得")
    ['警告', '罚款', '没收违法所得']
    """
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _row(material: Material, parties: Parties, tasks: Sequence[Task]) -> Row:
    values, problems = _merged(tasks)
    party, codes = parties.of(tasks[0], values), material.codes
    cells: dict[str, Cell] = {"行政相对人类别": kind_cell(material, party)}
    cells["行政相对人名称"] = party.cell("单位名称", party.name)
    cells |= _identity(party)
    for heading, field in RECORDED:
        cells[heading] = _recorded(party, field, values.get(field, ""))
    for heading, field in _DATES:
        cells[heading] = _recorded(party, field, values.get(field, "").replace("-", "/"))
    for heading, field in _MONEY:
        cells[heading] = _recorded(party, field, in_wan(values.get(field, "")))
    kinds = kinds_of(values.get("penalty_kinds", ""))
    known = {kind: _coded(codes.tables.get("处罚类别", {}), kind) for kind in kinds}
    cells["处罚类别"] = _recorded(party, "penalty_kinds", ";".join(known[kind] or kind for kind in kinds))
    for heading, fallback in (
        ("处罚机关", material.plan.agency.name),
        ("处罚机关统一社会信用代码", ""),
        ("数据来源单位", codes.text("处罚机关") or material.plan.agency.name),
        ("数据来源单位统一社会信用代码", codes.text("处罚机关统一社会信用代码")),
    ):
        cells[heading] = Cell(codes.text(heading) or fallback, codes.place(heading), f"请填写或改正 {_said(heading)}。")
    problems += [*_person_faults(party), *_kind_faults(party, values, known), *_order_faults(party, values)]
    return row_of([task.task for task in tasks], COLUMNS, cells, problems)


def _said(name: str) -> str:
    return f"rosters/codes.yaml 的“{name}”"


def _coded(table: Mapping[str, str], kind: str) -> str:
    """The platform's word for one kind of punishment; 其他-… keeps what is said behind it."""
    head, dash, rest = kind.partition("-")
    return f"{table[head]}{dash}{rest}" if table.get(head) else ""


def _merged(tasks: Sequence[Task]) -> tuple[dict[str, str], list[Problem]]:
    """What is recorded of one decision, task by task; where they differ the first holds and a Problem says so."""
    values: dict[str, str] = {}
    problems = []
    for task in tasks:
        for field in _OF_DECISION:
            value = task.values.get(field, "")
            if value and values.setdefault(field, value) != value:
                heading = FINDINGS[field].heading
                what = f"任务 {tasks[0].task} 和 {task.task} 是同一文号的处罚，“{heading}”却不一样。"
                problems.append(
                    error("export-differs", Place(f"任务 {task.task}", column=heading), what, "请核对，改正其中一项。")
                )
    return values, problems


def _identity(party: Party) -> dict[str, Cell]:
    """Numbers of an organisation; of a natural person none."""
    if party.kind == PERSON:
        return {}
    cells = {CODE_1: party.cell("统一社会信用代码", party.credit_code)}
    for heading, of_roster in OTHER_NUMBERS.items():
        cells[heading] = party.cell(of_roster)
    if not cells[CODE_2].text:
        cells[CODE_2] = party.cell("统一社会信用代码", party.old_number)
    cells["法定代表人"] = party.cell("法定代表人")
    return cells


def _recorded(party: Party, field: str, text: str) -> Cell:
    heading, task = FINDINGS[field].heading, party.task.task
    todo = f"请补录或改正：ssj record --task {task} --set {heading.removesuffix('（元）')}=…"
    if field == "violation_facts" and not text and party.task.values.get("problems"):
        todo += "（可参照“存在的主要问题”，以处罚决定书为准）"
    return Cell(text, Place(f"任务 {task}", column=heading), todo, party.about)


def _person_faults(party: Party) -> Iterator[Problem]:
    """What an organisation must have, and a natural person cannot have here."""
    if party.kind == PERSON:
        what = f"{party.about}是自然人，证件类型、证件号码留空：ssj 不保存身份证件号码。"
        place = Place(f"任务 {party.task.task}", column="证件号码")
        yield warning("export-no-id-number", place, what, "请在平台上补填，不要写进名册。")
        return
    if not any([party.credit_code, party.old_number, *(party.cell(name).text for name in OTHER_NUMBERS.values())]):
        code = party.cell("统一社会信用代码")
        what = f"{party.about}没有统一社会信用代码，也没有工商注册号等其他代码，至少要有一个。"
        yield error("export-no-code", code.place, what, code.todo)
    if party.kind == ORGANISATION and not party.cell("法定代表人").text:
        cell = party.cell("法定代表人")
        yield error("export-missing", cell.place, f"{party.about}缺少导出必填的“法定代表人”。", cell.todo)


def _kind_faults(party: Party, values: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Problem]:
    """处罚类别 against the table, the amounts and the licence."""
    if not known:
        return

    def wrong(field: str, what: str) -> Problem:
        cell = _recorded(party, field, "")
        return error("export-kinds", cell.place, f"{party.about}{what}", cell.todo)

    for kind, code in known.items():
        if not code:
            todo = "请改正录入的处罚类别，或在 rosters/codes.yaml 的“处罚类别”里写明平台的叫法。"
            what = f"处罚类别“{kind}”不在代码表里。"
            yield wrong("penalty_kinds", what)._replace(todo=todo)
    for word, field in (("罚款", "fine"), ("没收", "confiscated")):
        named = any(kind.startswith(word) for kind in known)
        amount = Decimal(values.get(field) or 0)
        if named and not amount:
            yield wrong(field, f"处罚类别有“{word}”，没有录入金额。")
        if amount and not named:
            yield wrong("penalty_kinds", f"录入了{FINDINGS[field].heading}，处罚类别里却没有“{word}”。")
    if any(kind.startswith(("暂扣", "吊销")) for kind in known) and not values.get("licence_withheld"):
        yield wrong("licence_withheld", "处罚类别有暂扣或吊销证照，没有录入证照名称及编号。")


def _order_faults(party: Party, values: Mapping[str, str]) -> Iterator[Problem]:
    decided = values.get("penalty_decided_on", "")
    for field in ("penalty_valid_until", "public_until"):
        if values.get(field) and values[field] < decided:
            cell = _recorded(party, field, "")
            what = f"{party.about}“{cell.place.column}”（{values[field]}）早于处罚决定日期（{decided}）。"
            yield error("export-order", cell.place, what, cell.todo)


def _withdrawn(changed: Sequence[Task]) -> Iterator[Problem]:
    if changed:
        names = "、".join(task.task for task in changed[:10]) + (" 等" if len(changed) > 10 else "")  # noqa: PLR2004
        what = f"{len(changed)} 项任务的处罚已变更或撤销，没有导出：{names}。"
        todo = "请在平台上撤下或更正（行政处罚法第四十八条：三日内）。"
        yield warning("export-changed", Place("台账", column="处罚变更或撤销日期"), what, todo)


def _without_ids(rows: Sequence[Row]) -> Iterator[Problem]:
    if rows:
        what = f"{len(rows)} 行的法定代表人证件类型、证件号码留空：ssj 不保存身份证件号码。"
        todo = "平台要求填写的，请在平台上补填。"
        yield warning("export-no-id-number", Place("导出", column="法定代表人证件号码"), what, todo)
