"""Numbers for rows that have no code at all: the same row gets the same one whenever it is imported again.

- A number is ``N`` and the first twelve hex digits of the SHA-256 of name and address as they are compared (width,
  blanks and brackets do not tell); so it depends on no other row, on no order, and on no file that could get lost.
- Only rows alike in both (kept apart on purpose), or two digests that meet, get ``-2``, ``-3``, in the order of their
  other cells.
- Subjects that share a 统一社会信用代码 and are kept apart are numbered too: a code would make them one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from hashlib import sha256

from shuangsuiji.core.importing.entry import CODE, ID, NAME, Entry, Line, folded
from shuangsuiji.core.importing.raw import Kind

_LENGTH = 12

SECOND: dict[Kind, str] = {"subjects": "地址", "items": "专业"}
"""What tells two rows of one name apart; rosters without an entry are never numbered."""


def number_of(name: str, second: str) -> str:
    """The number of a row.

    >>> number_of("甲 宾馆（东关店）", "东风路1号") == number_of("甲宾馆(东关店)", "东风路１号")
    True
    >>> number_of("甲宾馆", "东风路1号")
    'N77CC5E15F97E'
    """
    digest = sha256(f"ssj|number|{folded(name)}|{folded(second)}".encode()).hexdigest()
    return "N" + digest[:_LENGTH].upper()


def number(kind: Kind, rows: Sequence[Entry], taken: Collection[str] = ()) -> tuple[list[Entry], list[Line]]:
    """Number those of `rows` that need it; `taken`: ids that no new row may get."""
    if kind not in SECOND:
        return list(rows), []
    heading, name, second = ID[kind], NAME[kind], SECOND[kind]
    why = _unnumbered(heading, name, rows)
    alike: dict[str, list[int]] = defaultdict(list)
    for index in why:
        alike[number_of(rows[index].cell(name), rows[index].cell(second))].append(index)
    used = {*taken, *(row.cell(heading) for row in rows), *(row.cell(CODE) for row in rows)}
    numbers: dict[int, str] = {}
    for wanted, indices in alike.items():
        following = 1
        if len(indices) > 1:
            indices.sort(key=lambda index: sorted(rows[index].cells.items()))
        for index in indices:
            mine = wanted
            while mine in used:
                following += 1
                mine = f"{wanted}-{following}"
            used.add(mine)
            numbers[index] = mine
    done = [row.changed({heading: numbers[index]}) if index in numbers else row for index, row in enumerate(rows)]
    lines = [
        Line("numbered", rows[index].at(heading), rows[index].cell(name), heading, "", mine, why[index])
        for index, mine in sorted(numbers.items())
    ]
    return done, lines


def _unnumbered(heading: str, name: str, rows: Sequence[Entry]) -> dict[int, str]:
    """Which rows need a number, and why."""
    shared = Counter(row.cell(CODE) for row in rows if row.cell(CODE) and not row.cell(heading))
    held = {row.cell(heading) or row.cell(CODE) for row in rows if not row.is_new}
    why: dict[int, str] = {}
    for index, row in enumerate(rows):
        code = row.cell(CODE)
        if row.cell(heading) or not row.is_new or not row.cell(name):
            continue
        if not code:
            why[index] = "没有任何编号"
        elif shared[code] > 1 or code in held:
            why[index] = "同一统一社会信用代码有几家，分别编号"
    return why
