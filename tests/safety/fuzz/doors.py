"""The doors, each as a function of the bytes that come in: whatever they are, Problems, a Refusal, or what was read.

A door is opened as its command opens it, and what it gives goes as far as a command takes it before anything would be
written: a roster is judged, a list received, a ledger folded, a template rendered.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rapidfuzz.fuzz import ratio

from shuangsuiji.actions.gather import gather
from shuangsuiji.actions.status import status
from shuangsuiji.actions.verify import verify
from shuangsuiji.core.importing.bringing import Wanted, bring
from shuangsuiji.core.importing.headings import match
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.importing.normalise import normalise
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.importing.report import Report, lines_of
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.roster import columns
from shuangsuiji.core.roster.conflict import conflicts
from shuangsuiji.core.roster.inspector import inspectors
from shuangsuiji.core.roster.item import items
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.core.table import Column
from shuangsuiji.core.year.receiving import Letter, receive
from shuangsuiji.core.year.recording import decide, past
from shuangsuiji.core.year.returned import accepted
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.calendar import read_calendar
from shuangsuiji.files.codes import read_codes
from shuangsuiji.files.documents import render_notice
from shuangsuiji.files.importing.keywords import read_keywords
from shuangsuiji.files.importing.reading import read_sources
from shuangsuiji.files.importing.report_out import report_bytes
from shuangsuiji.files.importing.roster_out import roster_bytes
from shuangsuiji.files.ledger import line_digests, read_ledger
from shuangsuiji.files.plan import read_plan
from shuangsuiji.files.returns import read_return
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.tables import read_tables
from shuangsuiji.files.workspace import Workspace
from tests.conftest import INSPECTORS, ITEMS, PLAN, SUBJECTS
from tests.publish.papers import results
from tests.safety.fuzz import mutations, seeds
from tests.safety.fuzz.mutations import Mutation
from tests.safety.fuzz.seeds import County

NOW = datetime.fromisoformat("2023-06-01T10:00:00+08:00")
AS_OF = "2023-06-01"
HANDS = date(2023, 5, 9)


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: good files to begin with, how they are spoilt, what opens them, and how many of a run it gets."""

    name: str
    good: Sequence[bytes]
    spoil: Mutation
    enter: Callable[[bytes], Sequence[Problem]]
    weight: int = 10


def doors(root: Path, clock: Callable[[str], None]) -> list[Door]:
    """All of them; their files lie in `root`."""
    house = _House(root, County(root / "county", clock))
    drawn = house.county.drawn
    plain = [seeds.xlsx(SUBJECTS), seeds.xlsx(SUBJECTS, seeds.MESSY), seeds.xlsx(INSPECTORS, how="xlsxwriter")]
    old = [seeds.xls(SUBJECTS), seeds.xls(seeds.MESSY)]
    open_ = [seeds.ods(SUBJECTS), seeds.ods(seeds.MESSY)]
    texts = [text.encode() for text in (SUBJECTS, INSPECTORS, ITEMS, seeds.CONFLICTS, seeds.MESSY)]
    people = seeds.as_yaml(INSPECTORS)
    lists = [seeds.LIST.encode(), seeds.xlsx(seeds.LIST)]
    ledger = (drawn / "ledger.jsonl").read_bytes()
    word = seeds.template("results.docx")
    pages = [seeds.template(name) for name in ("results.html.j2", "base.html.j2")]
    keywords = [seeds.template("specialties.yaml"), seeds.template("codes.yaml"), seeds.CALENDAR.encode()]
    return [
        Door("xlsx", plain, mutations.package, house.table(".xlsx"), 12),
        Door("xls", old, mutations.bytes_anyhow, house.table(".xls"), 12),
        Door("ods", open_, mutations.package, house.table(".ods"), 8),
        Door("csv", texts, mutations.cells, house.table(".csv"), 14),
        Door("yaml", people, mutations.tree, house.table(".yaml"), 8),
        Door("plan", [PLAN.encode(), seeds.RICH_PLAN.encode()], mutations.tree, house.plan, 8),
        Door("settings", keywords, mutations.tree, house.settings, 2),
        Door("ledger", [ledger], mutations.lines_of_ledger, house.ledger, 8),
        Door("year", [ledger], mutations.lines_of_ledger, house.year, 2),
        Door("returned", [house.county.returned], mutations.package, house.returned, 3),
        Door("received", lists[:1], mutations.cells, house.received(".csv"), 5),
        Door("received-xlsx", lists[1:], mutations.package, house.received(".xlsx"), 4),
        Door("import", texts, mutations.cells, house.bring_in(".csv"), 6),
        Door("import-xlsx", plain, mutations.package, house.bring_in(".xlsx"), 3),
        Door("import-page", [seeds.page(seeds.MESSY), seeds.page(SUBJECTS)], mutations.xml, house.bring_in(".xls"), 4),
        Door("html", pages, mutations.words, house.html, 2),
        Door("word", [word], mutations.word_text, house.word, 2),
        Door("verify", [house.county.zipped], house.spoilt_zip, house.verify, 2),
    ]


class _House:
    """What the doors lead into: workspaces whose files are good, but for the one that comes in."""

    def __init__(self, root: Path, county: County):
        self.root, self.county = root, county
        self.state = fold(read_ledger(county.drawn).happened)
        self.happened = read_ledger(county.drawn).happened
        self.digests = [line for _, line in line_digests(county.drawn)]
        workspace = Workspace(county.root)
        intent, _ = read_plan(county.root / "plans/2023.yaml", "plans/2023.yaml")
        if intent is None:
            raise RuntimeError("the plan is good")
        self.intent = intent
        self.rosters = RosterReader(workspace).rosters(AS_OF, {})
        self.rules, _ = read_keywords(workspace)
        self._apart = {name: self._copy(name) for name in ("plan", "settings", "year", "ledger", "html", "word")}

    def _copy(self, name: str) -> Path:
        other = County(self.root / name, lambda _: None)
        (other.root / "templates").mkdir()
        return other.root

    def _put(self, name: str, data: bytes) -> Path:
        path = self.root / name
        path.write_bytes(data)
        return path

    def table(self, suffix: str) -> Callable[[bytes], Sequence[Problem]]:
        def enter(data: bytes) -> Sequence[Problem]:
            path = self._put(f"in{suffix}", data)
            judged: list[Problem] = []
            for wanted in (columns.SUBJECTS, columns.INSPECTORS, columns.ITEMS, columns.CONFLICTS)[: _some(data, 4)]:
                tables, problems = read_tables(path, path.name, wanted)
                judged += problems
                if wanted is columns.SUBJECTS:
                    judged += subjects(tables, AS_OF)[1]
                elif wanted is columns.INSPECTORS:
                    judged += inspectors(tables, AS_OF)[1]
                elif wanted is columns.ITEMS:
                    judged += items(tables)[1]
                else:
                    judged += conflicts(tables, {"P1"}, {"A1"}, {})[1]
            return judged

        return enter

    def plan(self, data: bytes) -> Sequence[Problem]:
        root = self._apart["plan"]
        (root / "plans/2023.yaml").write_bytes(data)
        workspace = Workspace(root)
        return gather(workspace, workspace.plan_file(None), HANDS).problems

    def settings(self, data: bytes) -> Sequence[Problem]:
        root = self._apart["settings"]
        for name in ("specialties", "codes", "calendar"):
            (root / f"rosters/{name}.yaml").write_bytes(data)
        workspace = Workspace(root)
        problems = [*read_keywords(workspace)[1], *read_codes(workspace)[1]]
        if not problems or _some(data, 2) > 1:
            read_calendar(workspace)
        return problems

    def ledger(self, data: bytes) -> Sequence[Problem]:
        folder = self._apart["ledger"] / "plans/2023"
        folder.mkdir(exist_ok=True)
        (folder / "ledger.jsonl").write_bytes(data)
        fold(read_ledger(folder).happened)
        return ()

    def year(self, data: bytes) -> Sequence[Problem]:
        folder = self._apart["year"] / "plans/2023"
        folder.mkdir(exist_ok=True)
        (folder / "ledger.jsonl").write_bytes(data)
        return [problem for each in status(Workspace(self._apart["year"]), None, NOW) for problem in each.problems]

    def returned(self, data: bytes) -> Sequence[Problem]:
        path = self._put("returned.xlsx", data)
        returned, problems = read_return(path, path.name)
        if returned is None:
            return problems
        entered, refused = accepted(returned, self.state, draw="T-2023", digests=self.digests)
        decision = decide(self.state, entered, past(self.happened, self.state), NOW.replace(tzinfo=None))
        return [*problems, *refused, *decision.problems]

    def received(self, suffix: str) -> Callable[[bytes], Sequence[Problem]]:
        letter = Letter("省卫生健康委", "省卫〔2023〕7号", HANDS, f"list{suffix}", "0" * 64)

        def enter(data: bytes) -> Sequence[Problem]:
            path = self._put(letter.file, data)
            tables, problems = read_tables(path, path.name, columns.RECEIVED)
            if errors(problems):
                return problems
            for state in (State(), self.state):
                problems += receive(letter, tables, self.intent.plan, self.rosters, state, {})[1]
            return problems

        return enter

    def bring_in(self, suffix: str) -> Callable[[bytes], Sequence[Problem]]:
        kinds: dict[Kind, Sequence[Column]] = {
            "subjects": columns.SUBJECTS, "inspectors": columns.INSPECTORS, "items": columns.ITEMS,
            "conflicts": columns.CONFLICTS,
        }  # fmt: skip

        def enter(data: bytes) -> Sequence[Problem]:
            path = self._put(f"import{suffix}", data)
            kind = list(kinds)[0 if _some(data, 3) > 1 else _some(data, 4) - 1]
            sheets, problems = read_sources([path], kind)
            layouts = [lay_out(sheet, kind) for sheet in sheets]
            mapping = match(layouts, kind)
            problems += [*mapping.problems, *(problem for layout in layouts for problem in layout.problems)]
            lists = [
                normalise(layout, at, mapping)
                for at, layout in enumerate(layouts)
                if layout.is_list and at not in mapping.left_out
            ]
            problems += [problem for one in lists for problem in one.problems]
            tables = [one.table for one in lists]
            old = read_tables(path, path.name, kinds[kind])[0] if _some(data, 2) > 1 else None
            brought = bring(Wanted(kind, self.rules, ratio), tables, old)
            if _some(data, 10) == 1:
                lines = [*lines_of(kind, lists), *brought.lines]
                told = Report(kind, "r", "", old is not None, layouts, mapping, lines, problems, brought.count)
                roster_bytes(kind, brought.headings, brought.rows)
                report_bytes(told)
            return [*problems, *brought.problems]

        return enter

    def html(self, data: bytes) -> Sequence[Problem]:
        root = self._apart["html"]
        is_base = b"block" in data and b"extends" not in data
        (root / "templates/base.html.j2").write_bytes(data if is_base else seeds.template("base.html.j2"))
        (root / "templates/results.html.j2").write_bytes(seeds.template("results.html.j2") if is_base else data)
        render_notice(Workspace(root), results("甲", "=1+1"), ("html",))
        return ()

    def word(self, data: bytes) -> Sequence[Problem]:
        root = self._apart["word"]
        (root / "templates/results.docx").write_bytes(data)
        render_notice(Workspace(root), results("甲", "<b>&"), ("docx",))
        return ()

    def verify(self, data: bytes) -> Sequence[Problem]:
        verify(Workspace(self.county.root), None, self._put("dossier.zip", data), ())
        return ()

    @staticmethod
    def spoilt_zip(chance: mutations.Random, data: bytes, others: Sequence[bytes]) -> bytes:
        def inside(chance: mutations.Random, member: bytes, more: Sequence[bytes]) -> bytes:
            if member.startswith(b'{"seq"'):
                return mutations.lines_of_ledger(chance, member, [member])
            return mutations.cells(chance, member, more)

        return mutations.package(chance, data, others, inside)


def _some(data: bytes, most: int) -> int:
    """1 to `most`, told by the bytes: the same for the same ones."""
    return zlib.crc32(data) % most + 1
