"""The doors of risk: the rule file, the lists that rules name, and the reviewed sheet, each a value or Problems."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.risk.judging import Suggestion
from shuangsuiji.core.risk.review import Row, Sheet
from shuangsuiji.core.risk.rules import FILE, RiskRules, Rule, rules_of
from shuangsuiji.core.roster import columns
from shuangsuiji.core.table import Column, Table, column_letter
from shuangsuiji.core.year.cell_values import plain, value
from shuangsuiji.core.year.findings import Finding
from shuangsuiji.files.riskbook import FILLED, FORMAT, MACHINE_SHEET, MADE, SHEET
from shuangsuiji.files.starter.county import RISK_FORM, packaged
from shuangsuiji.files.tables import load, read_tables, spreadsheet
from shuangsuiji.files.tables.grid import Grid
from shuangsuiji.files.workspace import Workspace
from shuangsuiji.files.yamltree import read_yaml

_TODO = "请用 ssj risk 做一张，在那张表上复核。"
_REVIEWED_ON = Finding("reviewed_on", "复核日期", "date")


class Read(NamedTuple):
    """The rules; `is_own`: of the workspace's file, not the packaged one."""

    rules: RiskRules | None
    problems: list[Problem]
    is_own: bool


def read_rules(workspace: Workspace) -> Read:
    """The rule file of the workspace, or the packaged one where there is none; or everything that is wrong with it."""
    path = workspace.root / FILE
    is_own = path.exists()
    tree, lines, problems = read_yaml(path if is_own else packaged() / "templates" / RISK_FORM, FILE)
    if problems:
        return Read(None, problems, is_own)
    if not isinstance(tree, dict | None):
        wrong = error("risk-form", Place(FILE), "文件不是“名称: 值”的形式。", "请参照 docs/risk.md 的例子填写。")
        return Read(None, [wrong], is_own)
    return Read(*rules_of(tree, lines), is_own)


def read_list(workspace: Workspace, rule: Rule) -> tuple[list[Table], list[Problem]]:
    """The file of a rule ``on: listed``: its tables, with the columns that the rule asks for."""
    path = in_workspace(workspace, rule.file or "")
    known = [column for column in columns.LISTED if column.heading != rule.day]
    wanted = [*known, *([Column(rule.day, (), "date", required=True)] if rule.day else [])]
    tables, problems = read_tables(path, workspace.shown(path), wanted)
    for table in tables:
        if not {"对象编号", "统一社会信用代码"} & set(table.cells):
            what = f"规则“{rule.name}”的名单既没有“对象编号”列，也没有“统一社会信用代码”列。"
            problems.append(error("risk-list-ids", Place(table.file, table.sheet), what, "请补上其中一列。"))
        for column in rule.where.keys() - table.cells.keys():
            what = f"规则“{rule.name}”的 where 用到“{column}”列，名单里没有。"
            problems.append(error("risk-list-column", Place(table.file, table.sheet), what, "请核对列名。"))
    return tables, problems


def read_sheet(workspace: Workspace, name: str) -> tuple[Sheet | None, list[Problem], str]:
    """The reviewed sheet that a plan names, None where it cannot be read; the SHA-256 of its file."""
    path = in_workspace(workspace, name)
    shown = workspace.shown(path)
    data = load(path, shown)
    if isinstance(data, Problem):
        return None, [data], ""
    sha256 = hashlib.sha256(data).hexdigest()
    grids, problems = spreadsheet.read(data, shown, only=(SHEET, MACHINE_SHEET))
    if errors(problems):
        return None, problems, sha256
    by_name = {grid.sheet: grid for grid in grids}
    lacking = [sheet for sheet in (SHEET, MACHINE_SHEET) if sheet not in by_name]
    if lacking:
        what = f"这不是 ssj risk 做的研判表：没有“{'、'.join(lacking)}”工作表。"
        return None, [error("risk-sheet", Place(shown), what, _TODO)], sha256
    sheet, wrong = _sheet(by_name[SHEET], by_name[MACHINE_SHEET], shown)
    return sheet, wrong, sha256


def in_workspace(workspace: Workspace, name: str) -> Path:
    """A file that a plan or a rule names: in the workspace, or in its ``rosters``."""
    for folder in (workspace.root, workspace.root / "rosters"):
        try:
            if (folder / name).is_file():
                return folder / name
        except (OSError, ValueError):  # a name that no file can have
            break
    return workspace.root / "".join(c if c.isprintable() else "�" for c in name)[:80]


def _sheet(grid: Grid, machine: Grid, file: str) -> tuple[Sheet | None, list[Problem]]:
    facts: dict[str, str] = {}
    grades: list[str] = []
    rules: dict[str, str] = {}
    marks: dict[tuple[str, str], str] = {}
    for cells in machine.rows:
        match [plain(cell) for cell in cells]:
            case ["grade", grade, *_]:
                grades.append(grade)
            case ["rule", name, public, *_]:
                rules[name] = public
            case ["row", subject, rule, mark, *_]:
                marks[subject, rule] = mark
            case [key, text, *_]:
                facts[key] = text
    place = Place(file, grid.sheet)
    if facts.get("format") != FORMAT:
        what = f"研判表的格式是“{facts.get('format', '')}”，本版本只认识“{FORMAT}”。"
        return None, [error("risk-format", place, what, _TODO)]
    if unknown := sorted({rule for _, rule in marks} - rules.keys()):
        what = f"研判表的隐藏工作表被改动过：不认识规则“{'、'.join(unknown)}”。"
        return None, [error("risk-sheet", place, what, _TODO)]
    found, problems = _rows(grid, place)
    if found is None:
        return None, problems
    return Sheet(
        file, facts.get("draw", ""), facts.get("as_of", ""), facts.get("digest", ""), tuple(grades), rules, marks, found
    ), problems


def _rows(grid: Grid, place: Place) -> tuple[list[Row] | None, list[Problem]]:
    top = next((index for index, row in enumerate(grid.rows) if row and plain(row[0]) == MADE[0]), None)
    at = {} if top is None else {plain(cell): column for column, cell in enumerate(grid.rows[top])}
    lacking = [heading for heading in (*MADE, *FILLED) if heading not in at]
    if top is None or lacking:
        what = f"没有“{'、'.join(lacking)}”列。"
        return None, [error("risk-columns", place, what, "标题行和列请勿改动；请把复核填回原来的表。")]
    letters = {heading: column_letter(column) for heading, column in at.items()}
    bad = {(cell.row, cell.column): cell.text for cell in grid.survey.bad}
    rows = []
    for cells, number in zip(grid.rows[top + 1 :], grid.numbers[top + 1 :], strict=True):
        if any(plain(cell) for cell in cells):
            here = place._replace(row=number)
            rows.append(_row(cells, here, at, letters, {at for line, at in bad if line == number}))
    return rows, []


def _row(
    cells: Sequence[object], place: Place, at: Mapping[str, int], letters: Mapping[str, str], bad: set[int]
) -> Row:
    text = {heading: plain(cells[column]) for heading, column in at.items()}
    wrong = []
    for heading in FILLED[:3]:
        if at[heading] in bad:
            where = place._replace(column=heading, letter=letters[heading])
            wrong.append(error("bad-cell", where, "单元格里的公式没有结果或出错。", "请直接填写内容，不用公式。"))
    on, fault = value(_REVIEWED_ON, cells[at["复核日期"]])
    if fault is not None:
        where = place._replace(column="复核日期", letter=letters["复核日期"])
        wrong.append(Problem(fault.severity, fault.code, where, fault.what, fault.todo))
    made = Suggestion(*(text[heading] for heading in MADE))
    return Row(made, text["采用"], text["复核人"], on, place, letters, tuple(wrong))
