"""The rosters' door: files under ``rosters/`` and lists that a plan names become values, or Problems."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from shuangsuiji.core.plan.departments import Department
from shuangsuiji.core.plan.membership import Listed
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.roster import columns
from shuangsuiji.core.roster.conflict import conflicts
from shuangsuiji.core.roster.departments import Home, together
from shuangsuiji.core.roster.inspector import Inspector, inspectors
from shuangsuiji.core.roster.item import items
from shuangsuiji.core.roster.leave import Leave, leaves
from shuangsuiji.core.roster.subject import Subject, subjects
from shuangsuiji.core.table import Column, Table
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.workspace import Workspace

_WORDS = {"subjects": "检查对象名录库", "inspectors": "执法检查人员名录库", "items": "随机抽查事项清单"}


class RosterReader:
    """Reads the files of one workspace; `sources` are the SHA-256 of what was read, by file name."""

    def __init__(self, workspace: Workspace):
        self._workspace = workspace
        self.sources: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._known: set[str] = set()

    def rosters(self, as_of: str, departments: Mapping[str, Department]) -> Rosters:
        """All rosters; what is wrong with them is in `problems`. `as_of`: YYYY-MM-DD; `departments`: the plan's."""
        found_subjects = self.subjects(as_of)
        found_inspectors = self._inspectors(as_of, departments)
        found_items, wrong = items(self._roster("items", columns.ITEMS))
        self.problems += wrong
        pairs, wrong = conflicts(
            self._roster("conflicts", columns.CONFLICTS),
            {i.inspector for i in found_inspectors},
            {s.subject for s in found_subjects},
            _by_code(found_subjects),
        )
        for code, department in departments.items():
            more, faults = conflicts(
                self._own("conflicts", code, department.conflicts, columns.CONFLICTS)[1],
                {i.inspector for i in found_inspectors if i.agency in {code, department.name}},
                {s.subject for s in found_subjects},
                _by_code(found_subjects),
                f"{department.name}的人员名册",
            )
            pairs |= more
            wrong += faults
        if found_subjects and found_inspectors:  # of a roster that could not be read, every id would be unknown
            self.problems += wrong
        self._known = {text for s in found_subjects for text in (s.subject, s.code) if text}
        return Rosters(found_subjects, found_inspectors, found_items, frozenset(pairs))

    def leaves(self, inspectors: Collection[str]) -> list[Leave]:
        """When who is away; what is wrong with the list is in `problems`. `inspectors`: all ids that there are."""
        found, wrong = leaves(self._roster("leave", columns.LEAVE), inspectors)
        self.problems += wrong
        return found

    def subjects(self, as_of: str) -> list[Subject]:
        """The subjects alone."""
        found, wrong = subjects(self._roster("subjects", columns.SUBJECTS), as_of)
        self.problems += wrong
        return found

    def lists(self, plan: Plan) -> dict[str, Listed]:
        """The lists that a plan names in `exclude`, and in `already` and `exempt` of its `frequency`, by file."""
        rules = [*plan.exclude, *(rule for stratum in plan.strata for rule in stratum.exclude)]
        listed = {rule.file: self._listed(rule.file, rule.reason) for rule in rules if rule.file}
        for name in (*plan.frequency.already, *plan.frequency.exempt_files) if plan.frequency else ():
            if name not in listed:
                listed[name] = self._listed(name, "")
        return listed

    def _inspectors(self, as_of: str, departments: Mapping[str, Department]) -> list[Inspector]:
        """Everybody: the common roster, and those of departments that have one of their own."""
        common, wrong = inspectors(self._roster("inspectors", columns.INSPECTORS), as_of)
        self.problems += wrong
        others: dict[Home, Sequence[Inspector]] = {}
        for code, department in departments.items():
            shown, tables = self._own("inspectors", code, department.inspectors, columns.INSPECTORS)
            if shown:
                people, wrong = inspectors(tables, as_of)
                others[Home(code, department.name, shown)] = people
                self.problems += wrong
        everybody, wrong = together(common, others) if others else (common, [])
        self.problems += wrong
        return everybody

    def _own(self, kind: str, code: str, named: str | None, wanted: Sequence[Column]) -> tuple[str, list[Table]]:
        """A department's own file, as people see it, and its tables: the one that the plan names, else by convention.

        Blank where there is none; that a named one is missing is a Problem.
        """
        if named:
            path: Path | None = self._list_file(named)
        else:
            path, wrong = self._workspace.roster(f"{kind}-{code}")
            self.problems += wrong
        if path is None:
            return "", []
        before = len(self.problems)
        tables = self._tables(path, wanted)
        shown = self._workspace.shown(path)
        if kind == "inspectors" and not any(map(len, tables)) and len(self.problems) == before:
            what = f"{code} 的执法检查人员名册里一行也没有。"
            self.problems.append(error("roster-empty", Place(shown), what, "请填写名册，或删去这个文件。"))
        return shown, tables

    def _roster(self, name: str, wanted: Sequence[Column]) -> list[Table]:
        path, wrong = self._workspace.roster(name)
        self.problems += wrong
        if path is None:
            if not wrong and name in _WORDS:
                what = f"缺少{_WORDS[name]}：rosters 文件夹里没有 {name}.xlsx（或 .xls、.csv、.yaml）。"
                self.problems.append(error("roster-missing", Place(f"rosters/{name}.*"), what, "请放入名册。"))
            return []
        before = len(self.problems)
        tables = self._tables(path, wanted)
        if name in _WORDS and not any(map(len, tables)) and len(self.problems) == before:
            place = Place(self._workspace.shown(path))
            self.problems.append(error("roster-empty", place, f"{_WORDS[name]}里一行也没有。", "请填写名册。"))
        return tables

    def _tables(self, path: Path, wanted: Sequence[Column]) -> list[Table]:
        shown = self._workspace.shown(path)
        tables, wrong = read_tables(path, shown, wanted)
        self.problems += wrong
        try:
            with path.open("rb") as file:
                self.sources[shown] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            pass  # that it cannot be read is a Problem already
        return tables

    def _listed(self, name: str, reason: str) -> Listed:
        reasons: dict[str, str] = {}
        for table in self._tables(self._list_file(name), columns.LISTED):
            cells = zip(*map(table.column, ("对象编号", "统一社会信用代码", "原因")), strict=True)
            for row, (subject, code, why) in enumerate(cells):
                if not {subject, code} & self._known:
                    heading = "对象编号" if subject or not code else "统一社会信用代码"
                    what = f"{heading}“{subject or code}”不在检查对象名录库里。"
                    self.problems.append(error("listed-subject", table.place(row, heading), what, "请核对编号。"))
                reasons[subject or code] = reason or why or f"列入{Path(name).stem}"
        return Listed(reasons)

    def _list_file(self, name: str) -> Path:
        for folder in (self._workspace.root, self._workspace.root / "rosters"):
            try:
                if (folder / name).is_file():
                    return folder / name
            except (OSError, ValueError):  # a name that no file can have
                pass
        return self._workspace.root / re.sub(r"[\x00-\x1f]", "�", name)[:80]


def _by_code(found: Sequence[Subject]) -> dict[str, set[str]]:
    by_code: dict[str, set[str]] = defaultdict(set)
    for subject in found:
        if subject.code:
            by_code[subject.code].add(subject.subject)
    return by_code
