"""The collection of messy lists: each becomes exactly the roster and the report that are written beside it.

Each is imported twice: the bytes of roster and report are the same, and those of the source are what they were.
"""

import functools
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import typer.main
from python_calamine import CalamineWorkbook

from tests.conftest import PLAN, County
from tests.importing.messy import cells, doubles, layouts, others, refused, texts
from tests.importing.messy.forms import Messy

ALL = [*layouts.CASES, *texts.CASES, *cells.CASES, *doubles.CASES, *others.CASES, *refused.CASES]
SAME = ("按标题", "命令里指明（--map）")


COMMANDS = functools.cache(typer.main.get_command)
"""The command line, built once and not for each of some hundred and fifty calls."""


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typer.main, "get_command", COMMANDS)


@pytest.fixture(params=ALL, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Messy:
    return request.param


def test_a_messy_list_becomes_exactly_this(case: Messy, tmp_path: Path, ssj):
    sources = tmp_path / "来源"
    sources.mkdir()
    for name, content in case.files.items():
        (sources / name).write_bytes(content)

    first, second = (_imported(case, tmp_path / number, sources, ssj) for number in ("一", "二"))

    said, files = first[0](), first[1]
    assert said == (case.problems or case.says).strip("\n")
    assert second[1] == files
    assert {path.name: path.read_bytes() for path in sources.iterdir()} == case.files
    if case.problems:
        assert files == _before(case)
    elif case not in texts.PLAIN:
        assert _again(case, tmp_path / "二", sources, ssj)


def _before(case: Messy) -> dict[str, bytes]:
    rosters = {
        name: text if isinstance(text, bytes) else text.lstrip("\n").encode() for name, text in case.rosters.items()
    }
    return {"plans/2023.yaml": PLAN.encode(), **{f"rosters/{name}": content for name, content in rosters.items()}}


def _imported(case: Messy, root: Path, sources: Path, ssj) -> tuple[Callable[[], str], dict[str, bytes]]:
    """What an import into a new workspace says, and everything that then lies there."""
    county = County(root, lambda *words: ssj(*words, root=root))
    for name, content in _before(case).items():
        county.write(name, content)
    (root / "rosters").mkdir(exist_ok=True)
    files = [str(sources / name) for name in case.files]
    answer = county.ssj("import", *files, "--as", case.kind, *case.options, "--json")
    if answer.code:
        return lambda: _refused(answer.json) if answer.out else answer.err, county.files()
    after = county.files()
    [report] = [content for name, content in after.items() if name.startswith("rosters/导入记录/")]
    return lambda: _told(after[f"rosters/{case.kind}.xlsx"], report), after


def _again(case: Messy, root: Path, sources: Path, ssj) -> bool:
    """Whether the same list as an update of the roster that it made changes nothing."""
    files = [str(sources / name) for name in case.files]
    options = [*case.options, *([] if "--update" in case.options else ["--update"])]
    return ssj("import", *files, "--as", case.kind, *options, "--json", root=root).json["unchanged"]


def _refused(said) -> str:
    return "\n".join(
        "|".join((_where(p["file"], p["sheet"], p["row"], p["letter"]), p["what"])) for p in said["problems"]
    )


def _told(roster: bytes, report: bytes) -> str:
    """Roster and report as text: blank columns of the roster, blank sheets and plain headings are left out."""
    rows = _table(CalamineWorkbook.from_filelike(io.BytesIO(roster)).get_sheet_by_index(0))
    filled = [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells[1:])]
    parts = {"名册": [[row[place] for place in filled] for row in rows]}
    book = CalamineWorkbook.from_filelike(io.BytesIO(report))
    page = {name: _table(book.get_sheet_by_name(name))[1:] for name in book.sheet_names}
    sources = {tuple(row[:2]) for name in ("列的对应", "没有导入的行") for row in page[name]}
    said = [] if len(sources) > 1 else [*sources.pop()]
    for name in ("动态更新", "改动"):
        parts[name] = [[_at(row, said, row[3]), row[5], *row[7:]] for row in page.get(name, [])]
    parts["列"] = [
        [_at([*row[:2], ""], said, row[2]), *row[3:]]
        for row in page["列的对应"]
        if row[3] != row[4] or row[5] not in SAME
    ]
    parts["没有导入"] = [[_at(row, said, ""), *row[3:]] for row in page["没有导入的行"]]
    parts["提醒"] = [[_at(row, said, row[3] and f"“{row[3]}”"), row[4]] for row in page["提醒"]]
    return "\n".join(f"{name}\n" + "\n".join(map("|".join, lines)) for name, lines in parts.items() if lines)


def _at(row: list[str], said: list[str], column: str) -> str:
    """The place of a line; of the only source neither file nor sheet are said."""
    file, sheet = ("", "") if row[0] in said and row[1] in {*said, ""} else row[:2]
    return _where(file, sheet, row[2], column)


def _where(file: str, sheet: str | None, row: object, column: str | None) -> str:
    return f"{file}{(sheet and f'“{sheet}”') or ''}{row or ''}{column or ''}"


def _table(page) -> list[list[str]]:
    rows = [[_text(cell) for cell in row] for row in page.to_python()]
    return [row for row in rows if any(row)]


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return f"{cell:.0f}"
    return str(cell).replace("\n", "⏎")
