"""Subjects that may be on the roster twice: rows with different ids that say the same of themselves.

- The same 许可证号.
- The same 统一社会信用代码 and name, or the same code where the addresses do not contradict each other: branches share
  their firm's code.
- The same name and address; the same name where one address is blank or part of the other and no two codes differ.
- Nearly equal names are looked for by `near_names` only, for a report: that takes longer, and does not count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from shuangsuiji.core.importing.likeness import Alike, Looks, compatible, near
from shuangsuiji.core.roster.matching import folded
from shuangsuiji.core.roster.subject import Subject

Twins = Mapping[int, tuple[str, str, Sequence[int]]]
"""By the position of a subject: the heading and the reason, and the positions of all that it is like, itself too."""
CROWD = 25
"""Among more rows of one code or name only the very same names and addresses are found, not parts of an address."""


def twins(subjects: Sequence[Subject]) -> Twins:
    """Which of `subjects` are like another one with another id, and by what: by the strongest sign only."""
    marks = _Marks(subjects)
    found: dict[int, tuple[str, str, Sequence[int]]] = {}
    for same in _same([subject.licence for subject in subjects], subjects):
        for position in same:
            found[position] = ("许可证号", "许可证号相同", same)
    for same in _same([subject.code for subject in subjects], subjects):
        for position, like in _among(same, subjects, marks.names, marks.are_of_one_code):
            found.setdefault(position, ("统一社会信用代码", "统一社会信用代码相同", like))
    for same in _same(marks.names, subjects):
        for position, like in _among(same, subjects, None, marks.are_of_one_name):
            found.setdefault(position, ("单位名称", "名称相同，地址不矛盾", like))
    return found


class _Marks:
    """Names and addresses as they are compared; addresses only once they are asked for."""

    def __init__(self, subjects: Sequence[Subject]):
        self._subjects = subjects
        self._places: dict[int, str] = {}
        self.names = [folded(subject.name) for subject in subjects]

    def _place(self, position: int) -> str:
        if position not in self._places:
            self._places[position] = folded(self._subjects[position].address)
        return self._places[position]

    def are_of_one_code(self, one: int, two: int) -> bool:
        """Whether two subjects of one code are alike."""
        return self.names[one] == self.names[two] or compatible(self._place(one), self._place(two))

    def are_of_one_name(self, one: int, two: int) -> bool:
        """Whether two subjects of one name are alike."""
        codes, places = (self._subjects[one].code, self._subjects[two].code), (self._place(one), self._place(two))
        if all(codes) and codes[0] != codes[1]:
            return places[0] == places[1] != ""
        return compatible(*places)


def near_names(subjects: Sequence[Subject], alike: Alike) -> dict[int, list[tuple[int, int]]]:
    """By the position of a subject: those with a nearly equal name and another id, each with how alike (0 to 100)."""
    looks = [
        Looks(folded(s.name), folded(s.address), s.phone, folded(s.legal_representative), folded(s.area), s.code)
        for s in subjects
    ]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, two, likeness in near(looks, alike):
        if subjects[one].subject != subjects[two].subject:
            found[one].append((two, likeness))
            found[two].append((one, likeness))
    return found


def _same(texts: Sequence[str], subjects: Sequence[Subject]) -> Iterator[Sequence[int]]:
    """The positions of equal texts, where several ids have one; blank ones are like nothing."""
    if len(set(texts)) == len(texts):
        return
    positions: dict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        if text:
            positions[text].append(position)
    for same in positions.values():
        if len(same) > 1 and len({subjects[position].subject for position in same}) > 1:
            yield same


def _among(
    same: Sequence[int], subjects: Sequence[Subject], names: Sequence[str] | None, is_like: Callable[[int, int], bool]
) -> Iterator[tuple[int, Sequence[int]]]:
    """Each of `same` that is like another one of another id, with all of those."""
    if len(same) > CROWD:
        yield from _in_a_crowd(same, subjects, names)
        return
    for one in same:
        mine = subjects[one].subject
        like = [two for two in same if two == one or (subjects[two].subject != mine and is_like(one, two))]
        if len(like) > 1:
            yield one, like


def _in_a_crowd(
    same: Sequence[int], subjects: Sequence[Subject], names: Sequence[str] | None
) -> Iterator[tuple[int, Sequence[int]]]:
    texts = [folded(subjects[position].address) for position in same]
    here = [subjects[position] for position in same]
    groups = list(_same(texts, here))
    if names is not None:
        groups += _same([names[position] for position in same], here)
    for group in groups:
        positions = [same[place] for place in group]
        yield from ((position, positions) for position in positions)
