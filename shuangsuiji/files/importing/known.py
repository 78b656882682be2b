"""Whom the workspace's rosters know: a list of conflicts is judged by it, as `ssj check` will judge the roster."""

from collections import defaultdict

from shuangsuiji.core.importing.fields import COLUMNS
from shuangsuiji.core.importing.judging import Known
from shuangsuiji.core.importing.meant import Books
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.roster.inspector import inspectors
from shuangsuiji.core.roster.matching import InspectorBook, SubjectBook
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.core.table import Table
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.workspace import Workspace

_NEVER = "9999-12-31"


def read_known(workspace: Workspace) -> tuple[Known, Books] | tuple[None, None]:
    """The ids and the names of both rosters, None where one of them is missing or blank: then nothing can be said."""
    people = inspectors(_tables(workspace, "inspectors"), _NEVER)[0]
    firms = subjects(_tables(workspace, "subjects"), _NEVER)[0]
    if not people or not firms:
        return None, None
    by_code: dict[str, set[str]] = defaultdict(set)
    for subject in firms:
        if subject.code:
            by_code[subject.code].add(subject.subject)
    known = Known(frozenset(i.inspector for i in people), frozenset(s.subject for s in firms), by_code)
    return known, Books(InspectorBook(people), SubjectBook(firms))


def _tables(workspace: Workspace, kind: Kind) -> list[Table]:
    path, _ = workspace.roster(kind)
    return read_tables(path, workspace.shown(path), COLUMNS[kind])[0] if path else []
