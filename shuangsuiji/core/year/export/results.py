"""国家企业信用信息公示系统 抽查结果: one row per firm and visit; several tasks of one visit in one row.

- Only market entities are in that system: others (schools, public hospitals: no code that begins with 9) are left out.
- Taken: tasks that are done; not those that the superior closed.
"""

from collections.abc import Iterator, Sequence

from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.roster.ident import LENGTH
from shuangsuiji.core.year.export.inspections import outcome_cell
from shuangsuiji.core.year.export.party import PERSON, Parties, Party
from shuangsuiji.core.year.export.row import CREDIT_CODE, Cell, Column, Export, Form, Material, Period, Row, row_of
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import OTHERWISE

NUMBER = "统一社会信用代码（注册号）"
SPOT_CHECK, INSPECTION = "抽查", "检查"
NO_PROBLEM = "1"
_MARKET_ENTITY = "9"

COLUMNS = (
    Column(
        NUMBER,
        18,
        required=True,
        form=Form(f"{CREDIT_CODE.pattern}|[0-9]{{15}}", "应为 18 位统一社会信用代码或 15 位注册号"),
    ),
    Column("企业名称", 200, required=True),
    Column("检查实施机关", 200, required=True),
    Column("类型", 10, required=True),
    Column("日期", 10, required=True),
    Column("结果", 50, required=True),
)


def results(material: Material, period: Period) -> Export:
    """The rows of all visits that ended in `period`."""
    parties = Parties(material)
    visits: dict[tuple[str, str, str], list[Party]] = {}
    others = []
    for task in material.state.tasks.values():
        ended = task.values.get("check_ended", "")
        if status(task) not in {"done", "published"} or not ended or not period.has(ended):
            continue
        party = parties.of(task)
        if party.kind == PERSON or (len(party.credit_code) == LENGTH and party.credit_code[0] != _MARKET_ENTITY):
            others.append(party)
            continue
        visits.setdefault((task.source, task.visit, ended[:10]), []).append(party)
    rows = [_row(material, parties_, day) for (_, _, day), parties_ in visits.items()]
    return Export("results", COLUMNS, rows, list(_left_out(others)))


def _row(material: Material, visited: Sequence[Party], day: str) -> Row:
    party, codes = visited[0], material.codes
    found = [outcome_cell(material, one, "抽查结果") for one in visited]
    numbers = list(dict.fromkeys(cell.text for cell in found if cell.text))
    worse = [number for number in numbers if number != NO_PROBLEM] or numbers
    cells = {
        NUMBER: party.cell("统一社会信用代码", party.credit_code or party.old_number),
        "企业名称": party.cell("单位名称", party.name),
        "检查实施机关": Cell(codes.text("检查实施机关") or material.plan.agency.name, codes.place("检查实施机关")),
        "类型": Cell(INSPECTION if party.task.source == OTHERWISE else SPOT_CHECK),
        "日期": Cell(day),
        "结果": Cell(",".join(worse), found[0].place, found[0].todo),
    }
    lacking = [cell for cell in found if not cell.text] if numbers else []
    problems = [
        error("export-missing", cell.place, f"{party.about}有一项抽查结果没有代码。", cell.todo) for cell in lacking
    ]
    return row_of([one.task.task for one in visited], COLUMNS, cells, problems)


def _left_out(others: Sequence[Party]) -> Iterator[Problem]:
    if others:
        what = f"{len(others)} 项任务的检查对象不是企业、个体工商户（统一社会信用代码不以 9 开头），没有导出。"
        todo = f"如 {others[0].task.task}（{others[0].name}）。这个系统只收市场主体。"
        yield warning("export-not-a-firm", Place("rosters/subjects.*", column="统一社会信用代码"), what, todo)
