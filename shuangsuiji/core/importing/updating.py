"""A newer list against the roster that is there (动态更新): what is new, what is different, what is gone.

- A row is recognised by its own number, by its 统一社会信用代码, by licence and name, by name and address, by a name
  that only one has in both; two different codes are never one subject. One row of the roster, one row of the list.
- What the newer list says counts; what it leaves blank or does not have stays as it was, local columns too.
- A subject's id never changes: what was drawn and recorded goes by it.
- Rows that the newer list lacks stay, marked 未在最新名单 (`core.roster` leaves those out of draws); whoever was closed
  or away already keeps that word. Rows that come back are 正常 (在岗) again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from shuangsuiji.core.importing.duplicates import JOINED, LATEST, MARK
from shuangsuiji.core.importing.entry import CODE, ID, LICENCE, NAME, STATUS, Entry, Line, folded
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.problem import Place
from shuangsuiji.core.roster.inspector import ON_DUTY
from shuangsuiji.core.roster.subject import says_closed

GONE = "未在最新名单"
_BACK: dict[Kind, str] = {"subjects": "正常", "inspectors": "在岗"}
_SO: dict[Kind, str] = {
    "subjects": "不再抽取",
    "inspectors": "不再参加匹配",
    "items": "仍可使用，不用的请删去",
    "conflicts": "仍然回避，不再需要的请删去",
}
"""What becomes of a row that is gone."""

Key = Callable[[Entry], Hashable | None]


class Way(NamedTuple):
    """One way to recognise a row, in a few words, and by what. `weak`: an area that differs speaks against it."""

    said: str
    key: Key
    weak: bool = False


class Updated(NamedTuple):
    """The roster as it is now, its old rows first; the lines of the report; how many rows of which sort.

    `given_way`: the places of new rows whose assigned specialty counts for nothing, for the roster has one.
    """

    rows: list[Entry]
    lines: list[Line]
    counted: Counter[str]
    given_way: set[Place]


def update(kind: Kind, old: Sequence[Entry], new: Sequence[Entry], *, partial: bool) -> Updated:
    """`old` brought up to date by `new`. `partial`: `new` is only part of the roster, so nothing is gone.

    A specialty that was only assigned gives way to the one that stands in the roster.
    """
    of_old = recognise(kind, old, new)
    of_new = {position: (index, way) for index, (position, way) in of_old.items()}
    done = Updated([], [], Counter(), set())
    for position, row in enumerate(old):
        if position in of_new:
            index, way = of_new[position]
            changed, lines = _changed(kind, row, new[index], way)
            if new[index].assigned and row.cell("专业"):
                done.given_way.add(new[index].place)
            done.counted["changed" if any(line.act != "differs" for line in lines) else "unchanged"] += 1
        elif partial:
            changed, lines = row, []
            done.counted["not-in-list"] += 1
        else:
            changed, lines = _gone(kind, row)
            done.counted["gone"] += 1
        done.rows.append(changed)
        done.lines.extend(lines)
    for index, row in enumerate(new):
        if index not in of_old:
            done.rows.append(row)
            done.counted["added"] += 1
            done.lines.append(Line("added", row.place, row.cell(NAME[kind]), "", "", _shown(kind, row), "名册里没有"))
    return done


def recognise(kind: Kind, old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, tuple[int, str]]:
    """For rows of `new` (by position) the row of `old` that they mean, and by which way."""
    found: dict[int, tuple[int, str]] = {}
    left = set(range(len(old)))
    for way in _ways(kind):
        here: dict[Hashable, list[int]] = defaultdict(list)
        for position in sorted(left):
            if (key := way.key(old[position])) is not None:
                here[key].append(position)
        there: dict[Hashable, list[int]] = defaultdict(list)
        for index, row in enumerate(new):
            if index not in found and (key := way.key(row)) in here and key is not None:
                there[key].append(index)
        for key, indices in there.items():
            for index, position in _pairs(kind, way, old, new, here[key], indices):
                found[index] = (position, way.said)
                left.discard(position)
    return found


def _pairs(
    kind: Kind, way: Way, old: Sequence[Entry], new: Sequence[Entry], here: Sequence[int], there: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Of rows with one key those that belong together: one of each; of several, those of one name and address."""
    if len(here) == len(there) == 1:
        if not _contradict(kind, way, old[here[0]], new[there[0]]):
            yield there[0], here[0]
        return
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position in here:
        free[_who(kind, old[position])].append(position)
    for index in there:
        same = free.get(_who(kind, new[index]), [])
        if same and not _contradict(kind, way, old[same[0]], new[index]):
            yield index, same.pop(0)


def _who(kind: Kind, row: Entry) -> tuple[str, str]:
    return folded(row.cell(NAME[kind])), folded(row.cell("地址"))


def _contradict(kind: Kind, way: Way, one: Entry, two: Entry) -> bool:
    """Whether two rows that `way` holds for the same cannot be."""
    if way.said == ID[kind] and _who(kind, one)[0] == _who(kind, two)[0]:
        return False
    headings = (CODE, "区域") if way.weak else (CODE,)
    return any(one.cell(heading) and two.cell(heading) not in {"", one.cell(heading)} for heading in headings)


def _ways(kind: Kind) -> tuple[Way, ...]:
    def by(*headings: str) -> Key:
        def key(row: Entry) -> Hashable | None:
            cells = tuple(folded(row.cell(heading)) for heading in headings)
            return cells if all(cells) else None

        return key

    if kind == "conflicts":
        pair = Way("执法证号和对象", lambda row: (row.cell(ID[kind]), row.cell(ID["subjects"]), row.cell(CODE)))
        return (pair,)
    ways = [Way(ID[kind], by(ID[kind]))]
    if kind == "subjects":
        ways += [Way(CODE, by(CODE)), Way("许可证号和名称", by(LICENCE, NAME[kind]))]
        ways += [Way("名称和地址", by(NAME[kind], "地址")), Way("名称", by(NAME[kind]), weak=True)]
    if kind == "items":
        ways += [Way("名称和专业", by(NAME[kind], "专业"))]
    return tuple(ways)


def _changed(kind: Kind, row: Entry, newer: Entry, way: str) -> tuple[Entry, list[Line]]:
    cells: dict[str, str] = dict(row.cells)
    lines = []
    name = row.cell(NAME[kind])
    fixed = {ID[kind]} if kind != "conflicts" else set()
    for heading, text in newer.cells.items():
        before = row.cell(heading)
        if not text or text == before or heading in fixed or (heading == "专业" and newer.assigned and before):
            cells.setdefault(heading, "")
            continue
        if heading == MARK or (heading in LATEST and text < before) or _same(heading, text, before):
            continue
        cells[heading] = text
        lines.append(Line("updated", newer.at(heading), name, heading, before, text, f"最新名单的内容（按{way}认出）"))
    if row.cell(STATUS) == GONE and cells.get(STATUS) == GONE:
        cells[STATUS] = _BACK.get(kind, "")
        lines.append(Line("back", newer.place, name, STATUS, GONE, cells[STATUS], f"又在最新名单里（按{way}认出）"))
    number, other = row.cell(ID[kind]), newer.cell(ID[kind])
    if other and folded(other) != folded(number) and kind != "conflicts":
        kept = number or row.cell(CODE)
        why = f"按{way}认出；编号不改，抽取和录入的记录都用它"
        lines.append(Line("differs", newer.at(ID[kind]), name, ID[kind], other, kept, why))
    return row._replace(cells=cells), lines


def _same(heading: str, one: str, two: str) -> bool:
    if heading in JOINED:
        return set(one.split("；")) == set(two.split("；"))
    return folded(one) == folded(two) and heading != ID["subjects"]


def _gone(kind: Kind, row: Entry) -> tuple[Entry, list[Line]]:
    before = row.cell(STATUS)
    stays_away = says_closed(before) if kind == "subjects" else before not in ON_DUTY
    if stays_away:
        return row, []
    why = f"最新名单里没有，保留在名册里，{_SO[kind]}"
    return row.changed({STATUS: GONE}), [Line("gone", row.at(STATUS), row.cell(NAME[kind]), STATUS, before, GONE, why)]


def _shown(kind: Kind, row: Entry) -> str:
    number = row.cell(ID[kind]) or row.cell(CODE)
    return f"{row.cell(NAME[kind])}（{number}）" if number else row.cell(NAME[kind])
