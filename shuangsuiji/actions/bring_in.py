"""``ssj import``: lists as bureaus have them become a roster, and a report of everything that was changed.

- The sources are only read. A roster that is there is never overwritten without ``--update``, and what an update
  takes the place of is kept in ``rosters/旧名册``, whatever its format; a blank form of `ssj init` is simply filled.
- The report is written first, then the old roster is put away, then the new one stands. Where writing fails, the
  report goes again; what was there before is there still.
- The same lists and the same roster give the same bytes; where they are there already, nothing is written.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from shuangsuiji.core.importing.bringing import Brought, Wanted, bring, undecided
from shuangsuiji.core.importing.duplicates import Policy, Twins
from shuangsuiji.core.importing.entry import entries
from shuangsuiji.core.importing.headings import Key, match
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.importing.normalise import normalise
from shuangsuiji.core.importing.raw import Kind, Layout, Normalised, Unsure
from shuangsuiji.core.importing.raw import Mapping as Columns
from shuangsuiji.core.importing.report import KINDS, Report, lines_of
from shuangsuiji.core.importing.specialties import Rules, words_of
from shuangsuiji.core.importing.unsure import KEPT, apart, as_problem, key_of, still_unsure
from shuangsuiji.core.problem import Place, Problem, error, errors
from shuangsuiji.core.refusal import Faulty, Refusal
from shuangsuiji.files.importing.keywords import read_keywords
from shuangsuiji.files.importing.known import read_known
from shuangsuiji.files.importing.reading import read_sources
from shuangsuiji.files.importing.targets import Target, put, target
from shuangsuiji.files.workspace import Workspace

_LARGE = 10
"""Rows of a roster from which on a list that lacks more than half of them is asked about."""


class Request(NamedTuple):
    """What to import, and how. `given`: heading or letter → field; `policy` None: as it is best, or asked."""

    files: Sequence[Path]
    kind: Kind
    given: Mapping[Key, str] = {}
    specialty: str = ""
    policy: Policy | None = None
    update: bool = False
    partial: bool = False
    out: Path | None = None
    report: Path | None = None
    sure: bool = False


class Asker(Protocol):
    """Somebody at a terminal who can be asked."""

    def column(self, unsure: Unsure) -> str:
        """The field that a column is, `KEPT` or `LEFT_OUT`."""

    def policy(self, groups: Sequence[Twins]) -> Policy:
        """What becomes of rows that are one beyond doubt."""


class Imported(NamedTuple):
    """What was written where, what was done, and what to look at. `is_same`: the roster there is this one already."""

    request: Request
    roster: str
    report: str
    old: str
    is_same: bool
    brought: Brought
    told: Report


def bring_in(workspace: Workspace, request: Request, today: date, ask: Asker | None) -> Imported:
    """Import; `ask` None: nobody can be asked.

    Raises Faulty with everything that is wrong, columns of which nobody knows what they are among it; Refusal where
    a roster is in the way. Then nothing was written.
    """
    kind = request.kind
    aim = target(workspace, kind, request.files, request.out, request.report, update=request.update)
    sheets, problems = read_sources(request.files, kind, _shown(request.files))
    named = [key for key in request.given if isinstance(key, str)]
    layouts = [lay_out(sheet, kind, named) for sheet in sheets]
    columns, wrong = _columns(layouts, request, ask)
    lists = [
        normalise(layout, index, columns)
        for index, layout in enumerate(layouts)
        if layout.is_list and index not in columns.left_out
    ]
    problems += [*(problem for layout in layouts for problem in layout.problems), *columns.problems, *wrong]
    problems += [problem for one in lists for problem in one.problems]
    problems += _no_list(request, layouts, columns, problems) or _no_rows(lists)
    rules, wrong = read_keywords(workspace, words_of(entries(aim.old or ())))
    if wrong or errors(columns.problems) or not lists:
        raise Faulty([*problems, *wrong], "名单")
    wanted = _wanted(workspace, request, rules, lists, None if errors(problems) else ask)
    brought = bring(wanted, [one.table for one in lists], aim.old)
    problems += _unsaid(brought.problems, problems, columns)
    if errors(problems):
        raise Faulty(problems, "名单")
    _refuse_part(request, aim, brought)
    lines = [*lines_of(kind, lists), *brought.lines]
    target_, old = workspace.shown(aim.roster), workspace.shown(aim.there) if request.update and aim.there else ""
    report = Report(kind, target_, old, request.update, layouts, columns, lines, problems, brought.count)
    return _put(workspace, request, aim, today, brought, report)


def _shown(files: Sequence[Path]) -> Callable[[Path], str]:
    """What a source is called: its name, with its folders only where two have the same."""
    count = Counter(path.name for path in files)
    return lambda path: path.name if count[path.name] == 1 else path.as_posix()


def _columns(layouts: Sequence[Layout], request: Request, ask: Asker | None) -> tuple[Columns, list[Problem]]:
    """What each column is; those that stay open are Problems where nobody can be asked."""
    given, kept = apart(dict(request.given))
    columns = match(layouts, request.kind, given)
    while ask and (open_ := still_unsure(columns.unsure, kept)):
        answer, key = ask.column(open_[0]), key_of(open_[0], layouts)
        if answer == KEPT:
            kept.add(key)
        else:
            given[key] = answer
        columns = match(layouts, request.kind, given)
    return columns, [as_problem(one) for one in still_unsure(columns.unsure, kept)]


def _wanted(
    workspace: Workspace, request: Request, rules: Rules, lists: Sequence[Normalised], ask: Asker | None
) -> Wanted:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only an import compares names

    known, books = read_known(workspace) if request.kind == "conflicts" else (None, None)
    wanted = Wanted(request.kind, rules, ratio, request.specialty, request.policy, request.partial, known, books)
    if ask and request.policy is None and (groups := undecided(wanted, [one.table for one in lists])):
        return wanted._replace(policy=ask.policy(groups))
    return wanted


def _unsaid(problems: Sequence[Problem], said: Sequence[Problem], columns: Columns) -> list[Problem]:
    """`problems` without those at a cell, or in a row as a whole, of which something is said already.

    Nor what is missing because nobody knows yet which column it is.
    """
    asked = {(*one.place[:2], found.target) for one in columns.unsure for found in one.candidates}
    places = {problem.place[:4] for problem in errors(said)}
    rows = {problem.place[:3] for problem in errors(said) if problem.place.row and not problem.place.column}
    return [
        one
        for one in problems
        if one.place[:4] not in places and one.place[:3] not in rows and (*one.place[:2], one.place.column) not in asked
    ]


def _refuse_part(request: Request, aim: Target, brought: Brought) -> None:
    """Raise Refusal where a list looks like a part of the roster: more than half of a large one would be gone."""
    rows = sum(map(len, aim.old or ()))
    gone = sum(line.act == "gone" for line in brought.lines)
    if rows >= _LARGE and gone * 2 > rows and not request.sure:
        what = f"名册里的 {rows} 行，有 {gone} 行不在这份名单里，超过一半。"
        todo = "这份名单只是一部分的，加 --partial，没有的不作标记；确实都不在了的，加 --yes。"
        raise Refusal("mostly-gone", what, todo=todo, details={"rows": rows, "gone": gone})


def _no_list(request: Request, layouts: Sequence[Layout], columns: Columns, said: Sequence[Problem]) -> list[Problem]:
    if errors(said) or any(layout.is_list and i not in columns.left_out for i, layout in enumerate(layouts)):
        return []
    place = Place("、".join(path.name for path in request.files))
    what = f"没有找到{KINDS[request.kind]}的名单：没有认得出的标题行。"
    todo = "请核对 --as 和文件；名单上方要有一行标题。"
    if texts := next((texts for layout in layouts for texts in layout.first_texts), ()):
        todo += f"“{'、'.join(texts)}”如果是标题，加 --map {texts[0]}=字段 指明一列。"
    return [error("no-list", place, what, todo)]


def _no_rows(lists: Sequence[Normalised]) -> list[Problem]:
    """A list without a single row: by it a roster would be made empty, or all of it be gone."""
    if not lists or any(len(one.table) for one in lists):
        return []
    table = lists[0].table
    return [
        error("empty-list", Place(table.file, table.sheet), "名单里只有标题，一行也没有。", "请核对是不是这个文件。")
    ]


def _put(
    workspace: Workspace, request: Request, aim: Target, today: date, brought: Brought, report: Report
) -> Imported:
    from shuangsuiji.files.importing.report_out import report_bytes  # noqa: PLC0415 - as xlsxwriter
    from shuangsuiji.files.importing.roster_out import roster_bytes  # noqa: PLC0415

    roster = roster_bytes(request.kind, brought.headings, brought.rows)
    told, old, is_same = put(aim, roster, report_bytes(report), today)
    shown = workspace.shown
    return Imported(request, shown(aim.roster), shown(told), shown(old) if old else "", is_same, brought, report)
