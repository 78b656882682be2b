"""Which names are nearly equal, without comparing each with each: pairs are sought in small blocks only.

- Blocks: the same address, the same telephone, the same 法定代表人, the same name without county and legal form; and
  names of which one is the other without one of its characters.
- 李庄 and 小李庄 are two villages, but at one address 悦来宾馆 and 悦来大宾馆 may be one.
- Digits, Chinese numerals, points of the compass and letters tell names apart: 第一小学 is not 第二小学.
- Two different 统一社会信用代码 are two firms, however alike their names.
- One character for another counts only where address, telephone or 法定代表人 are the same: 王庄村卫生室 is not
  李庄村卫生室.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

Alike = Callable[[str, str], float]
"""How alike two texts are, from 0 to 100."""

BLOCK = 25
"""More rows than this of one address or telephone are a market or a switchboard: no sign of being the same."""
WITH_SIGN, BY_NAME = 70, 80
_SHORTEST, _CORE, _TELEPHONE = 4, 3, 7
_FORM = re.compile(r"(股份)?有限(责任)?公司$|个体工商户$|\(个体工商户\)$|分公司$|分店$")
_AREA = re.compile(r"^(?:[^省市县]{2,6}[省市县]){1,3}")
_TELLING = re.compile(r"[0-9a-z一二三四五六七八九十百零〇甲乙丙丁东西南北中]")
_PLACES = re.compile("[上下前后左右大小新老]")


class Looks(NamedTuple):
    """What of a row tells whether two are the same; all folded."""

    name: str
    address: str
    phone: str
    person: str
    area: str
    code: str


def near(rows: Sequence[Looks], alike: Alike) -> Iterator[tuple[int, int, int]]:
    """Pairs of rows with different names that are nearly equal, and how alike they are (0 to 100)."""
    blocks: dict[str, list[int]] = defaultdict(list)
    cores = [_core(row.name) for row in rows]
    telling = ["".join(_TELLING.findall(core)) for core in cores]
    for index, row in enumerate(rows):
        if len(row.name) >= _SHORTEST:
            for key in _keys(row, cores[index]):
                blocks[f"{telling[index]}{key}"].append(index)
    seen: set[tuple[int, int]] = set()
    for pair in chain(_pairs(blocks.values()), _shorter(cores, telling, blocks)):
        if pair not in seen:
            seen.add(pair)
            one, two = rows[pair[0]], rows[pair[1]]
            if one.name != two.name and (score := _score(one, two, alike)):
                yield *pair, score


def _keys(row: Looks, core: str) -> Iterator[str]:
    """By what a row finds its like, beside what tells names apart."""
    address = _AREA.sub("", row.address)
    if len(address) >= _SHORTEST:
        yield f"@{address}"
    if len(row.phone) >= _TELEPHONE:
        yield f"#{row.phone}"
    if row.person:
        yield f"&{row.person}"
    yield f":{core}"
    bare = _FORM.sub("", core)
    if bare != core:
        yield f":{bare}"


def _pairs(blocks: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if 1 < len(block) <= BLOCK:
            yield from combinations(block, 2)


def _shorter(
    cores: Sequence[str], telling: Sequence[str], blocks: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of which one name is the other without one of its characters."""
    for index, (core, mark) in enumerate(zip(cores, telling, strict=True)):
        for place in range(len(core) if len(core) > _CORE else 0):
            key = f"{mark}:{core[:place]}{core[place + 1 :]}"
            if key in blocks and len(blocks[key]) <= BLOCK:
                yield from ((min(index, other), max(index, other)) for other in blocks[key] if other != index)


def compatible(one: str, two: str) -> bool:
    """Whether two addresses can be the same: one is blank, or part of the other."""
    return one in two or two in one


def _core(name: str) -> str:
    """A name without the county that it begins with, if enough is left of it."""
    core = _AREA.sub("", name)
    return core if len(core) >= _CORE else name


def _score(one: Looks, two: Looks, alike: Alike) -> int:
    """How alike two rows are, 0 where they are not nearly equal."""
    if one.code and two.code and one.code != two.code:
        return 0
    same_place = bool(one.address) and bool(two.address) and compatible(one.address, two.address)
    sign = same_place or _same(one.phone, two.phone) or _same(one.person, two.person)
    if not sign and not (compatible(one.address, two.address) and compatible(one.area, two.area)):
        return 0
    names = _FORM.sub("", one.name), _FORM.sub("", two.name)
    cores = _core(names[0]), _core(names[1])
    score = alike(*cores)
    if sign:
        return round(score) if score >= WITH_SIGN else WITH_SIGN if compatible(*cores) else 0
    if _PLACES.findall(names[0]) != _PLACES.findall(names[1]):
        return 0
    if names[0] == names[1] or (len(names[0]) != len(names[1]) and score >= BY_NAME):
        return round(score)
    return 0


def _same(one: str, two: str) -> bool:
    return bool(one) and one == two
