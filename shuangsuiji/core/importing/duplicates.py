"""Rows that mean the same subject, inspector, item or conflict; what is merged, kept apart, or marked.

Beyond doubt (`certain`), for subjects:
- the same 对象编号 and name; the same 统一社会信用代码, name and an address that can be the same;
- the same licence and name; the same name and address. Never rows with two different numbers or two different codes.
To be looked at (`likely`): the same code or licence otherwise, the same name where one has no address, near-equal
names.

- Merged rows become one: blank cells are filled, 专业 and 区域 joined, the latest visit counts; of all else the first
  row's word stands, and every word that is given up is a line of the report.
- The same own number and name is one by any rule: such rows are always merged.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from shuangsuiji.core.importing.entry import CODE, ID, LICENCE, NAME, Entry, Line, folded
from shuangsuiji.core.importing.likeness import Alike, Looks, compatible, near
from shuangsuiji.core.importing.raw import Kind

Policy = Literal["merge", "keep", "mark"]
MARK = "疑似重复"
"""The column in which rows are marked."""
JOINED = frozenset({"专业", "区域", "备注", "必查原因"})
LATEST = frozenset({"上次检查日期"})
_NAMED = 3


class Twins(NamedTuple):
    """Rows (by position, in order) that mean one, and by what; `must`: they have one number, so they are one."""

    rows: tuple[int, ...]
    why: str
    must: bool = False


class _Groups:
    """Rows joined pair by pair, with the reasons."""

    def __init__(self, size: int):
        self._up = list(range(size))
        self._why: dict[int, dict[str, None]] = defaultdict(dict)

    def top(self, row: int) -> int:
        while self._up[row] != row:
            self._up[row] = row = self._up[self._up[row]]
        return row

    def join(self, rows: Sequence[int], why: str) -> None:
        for row in rows[1:]:
            one, two = sorted((self.top(rows[0]), self.top(row)))
            self._up[two] = one
            if one != two:
                self._why[one].update(self._why.pop(two, {}))
        if len(rows) > 1:
            self._why[self.top(rows[0])].setdefault(why)

    def found(self) -> Iterator[tuple[tuple[int, ...], str]]:
        members: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._up)):
            members[self.top(row)].append(row)
        for top, rows in members.items():
            if len(rows) > 1:
                yield tuple(rows), "；".join(self._why[top])


def certain(kind: Kind, rows: Sequence[Entry]) -> list[Twins]:
    """Which rows mean the same beyond doubt."""
    if kind == "subjects":
        return _certain_subjects(rows)
    by: dict[Kind, tuple[str, ...]] = {
        "inspectors": (ID["inspectors"], NAME["inspectors"]),
        "items": (ID["items"], NAME["items"], "专业"),
        "conflicts": (ID["conflicts"], ID["subjects"], CODE),
    }
    buckets = _buckets(rows, lambda row: tuple(folded(row.cell(heading)) for heading in by[kind]))
    words = [heading for heading in by[kind] if any(row.cell(heading) for row in rows)]
    return [Twins(tuple(alike), f"{'、'.join(words)}相同", must=True) for alike in buckets]


def _certain_subjects(rows: Sequence[Entry]) -> list[Twins]:
    groups = _Groups(len(rows))
    names = [folded(row.cell("单位名称")) for row in rows]
    places = [folded(row.cell("地址")) for row in rows]
    numbers = [row.cell(ID["subjects"]) for row in rows]
    codes = [row.cell(CODE) for row in rows]
    licences = [row.cell(LICENCE) for row in rows]
    for alike in _positions(
        (number, name) if number and name else None for number, name in zip(numbers, names, strict=True)
    ):
        groups.join(alike, "对象编号和名称相同")
    for alike in _positions((code, name) if code and name else None for code, name in zip(codes, names, strict=True)):
        for same in _same_place(alike, places):
            groups.join(same, "统一社会信用代码和名称相同")
    for alike in _positions(
        (text, name) if text and name else None for text, name in zip(licences, names, strict=True)
    ):
        if _agree(alike, codes) and _agree(alike, numbers):
            groups.join(alike, "许可证号和名称相同")
    for alike in _positions(
        (name, place) if name and place else None for name, place in zip(names, places, strict=True)
    ):
        if _agree(alike, codes) and _agree(alike, numbers):
            groups.join(alike, "名称和地址相同")
    return [
        Twins(found, why, must=len({numbers[row] for row in found}) == 1 and numbers[found[0]] != "")
        for found, why in groups.found()
        if _agree(found, codes) and _agree(found, numbers)
    ]


def likely(kind: Kind, rows: Sequence[Entry], alike: Alike) -> list[Twins]:
    """Which rows may mean the same: at least one of each group is new to the roster."""
    groups = _Groups(len(rows))
    names = [folded(row.cell(NAME[kind])) for row in rows]
    if kind == "inspectors":
        for same in _positions(name or None for name in names):
            groups.join(same, "姓名相同，执法证号不同")
    if kind == "subjects":
        places = [folded(row.cell("地址")) for row in rows]
        for heading in (CODE, LICENCE):
            for same in _positions(row.cell(heading) or None for row in rows):
                groups.join(same, f"{heading}相同")
        for same in _positions(name or None for name in names):
            for together in _same_place(same, places):
                groups.join(together, "名称相同")
        looks = [
            Looks(name, place, row.cell("联系电话"), row.cell("法定代表人"), row.cell("区域"), row.cell(CODE))
            for name, place, row in zip(names, places, rows, strict=True)
        ]
        for one, two, score in near(looks, alike):
            groups.join((one, two), f"名称相近（{score}%）")
    return [Twins(*found) for found in groups.found() if any(rows[row].is_new for row in found[0])]


def merge(kind: Kind, rows: Sequence[Entry], groups: Iterable[Twins]) -> tuple[list[Entry], list[Line]]:
    """`rows` with each group become its first row, and what became of the others."""
    done: dict[int, Entry] = dict(enumerate(rows))
    lines: list[Line] = []
    for twins in groups:
        first, *others = twins.rows
        kept = done[first]
        name = kept.cell(NAME[kind])
        for other in others:
            row = done.pop(other)
            lines.append(Line("merged", row.place, name, "", row.cell(NAME[kind]), f"并入{kept.shown}", twins.why))
            kept, differing = _one_of(kept, row, name)
            lines += differing
        done[first] = kept
    return list(done.values()), lines


def _one_of(kept: Entry, row: Entry, name: str) -> tuple[Entry, list[Line]]:
    cells = dict(kept.cells)
    lines = []
    if kept.assigned != row.assigned and row.cell("专业"):  # a list's own word goes before a keyword's
        told = kept if row.assigned else row
        cells["专业"] = told.cell("专业")
        row = row.changed({"专业": ""})
        kept = kept._replace(assigned=False)
    for heading, text in row.cells.items():
        mine = cells.get(heading, "")
        if not text or text == mine:
            continue
        if heading in JOINED:
            cells[heading] = "；".join(dict.fromkeys(part for part in f"{mine}；{text}".split("；") if part))
        elif heading in LATEST:
            cells[heading] = max(mine, text)
        else:
            cells[heading] = mine or text
        if mine and cells[heading] != text and heading not in JOINED:
            why = "合并的两行不一致，以后一次检查为准" if heading in LATEST else "合并的两行不一致，以前一行为准"
            lines.append(Line("differs", row.at(heading), name, heading, text, cells[heading], why))
        elif mine and cells[heading] != mine:
            lines.append(Line("differs", kept.at(heading), name, heading, mine, cells[heading], f"合并{row.shown}"))
    return kept.changed(cells), lines


def mark(kind: Kind, rows: Sequence[Entry], groups: Iterable[Twins], policy: Policy) -> tuple[list[Entry], list[Line]]:
    """`rows` with 疑似重复 filled in for each group, unless they are to be kept as they are; the report tells both."""
    done = list(rows)
    lines: list[Line] = []
    for twins in groups:
        for row in twins.rows:
            others = [rows[other] for other in twins.rows if other != row]
            said = "、".join(_said(kind, other) for other in others[:_NAMED])
            more = f"等{len(others)}行" if len(others) > _NAMED else ""
            told, mine = f"{twins.why}：{said}{more}", rows[row]
            if policy == "keep":
                lines.append(Line("kept", mine.place, mine.cell(NAME[kind]), "", "", "", told))
            elif mine.is_new:
                done[row] = mine.changed({MARK: told})
                lines.append(Line("marked", mine.place, mine.cell(NAME[kind]), MARK, "", told, twins.why))
    return done, lines


def _said(kind: Kind, row: Entry) -> str:
    return f"{row.cell(NAME[kind])}（{row.cell(ID[kind]) or row.cell(CODE)}）"


def _same_place(rows: Sequence[int], places: Sequence[str]) -> Iterator[list[int]]:
    """`rows` by address: all of them where every address is part of the longest, else those with the very same one."""
    longest = max((places[row] for row in rows), key=len)
    if all(compatible(places[row], longest) for row in rows):
        yield list(rows)
        return
    by_place: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_place[places[row]].append(row)
    yield from (same for place, same in by_place.items() if place and len(same) > 1)


def _agree(rows: Iterable[int], texts: Sequence[str]) -> bool:
    """Whether no two of `rows` have different texts; blank ones agree with all."""
    return len({texts[row] for row in rows} - {""}) <= 1


def _positions(keys: Iterable[Hashable | None]) -> list[list[int]]:
    """The positions of equal keys, of those that there are at least two; None is like nothing."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        if key is not None:
            found[key].append(position)
    return [positions for positions in found.values() if len(positions) > 1]


def _buckets(rows: Sequence[Entry], key: Callable[[Entry], tuple[str, ...]]) -> list[list[int]]:
    return _positions(found if any(found := key(row)) else None for row in rows)
