"""Which subject and which inspectors of our rosters a row of somebody else's list means. Never a guess: a way, or none.

- Subjects: by 对象编号, then by 统一社会信用代码, then by name and address, then by the name alone if only one has it
  (weak: to be looked at). A code that two subjects share, or a name that several have, does not decide.
- Inspectors: by 执法证号, then by a name that only one of them has.
- Width, blanks and the shape of brackets do not tell two names apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import Literal, NamedTuple

from shuangsuiji.core.roster.inspector import Inspector
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.wording import near

Way = Literal["id", "code", "name-address", "name", "none"]

_BLANKS = re.compile(r"\s+")
_NAME_AND_ID = re.compile(r"(.+?)\((.+)\)")


class Sought(NamedTuple):
    """A subject as a list describes it; what the list does not say is blank."""

    name: str
    subject: str = ""
    code: str = ""
    address: str = ""


class Match(NamedTuple):
    """The subject that was found and by which way; `candidates` = ids between which the list does not decide."""

    subject: Subject | None
    way: Way
    candidates: tuple[str, ...] = ()


def folded(text: str) -> str:
    """`text` as it is compared.

    >>> folded("甲 宾馆（东关店）") == folded("甲宾馆(东关店)")
    True
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


class SubjectBook:
    """The roster's subjects, to be asked row by row."""

    def __init__(self, subjects: Iterable[Subject]):
        self._by_id: dict[str, Subject] = {}
        self._by_code: dict[str, list[Subject]] = defaultdict(list)
        self._by_name: dict[str, list[Subject]] = defaultdict(list)
        for subject in subjects:
            if subject.subject and subject.subject not in self._by_id:  # one with several specialties has several rows
                self._by_id[subject.subject] = subject
                self._by_name[folded(subject.name)].append(subject)
                if subject.code:
                    self._by_code[subject.code].append(subject)

    def __contains__(self, subject: str) -> bool:
        return subject in self._by_id

    def find(self, sought: Sought) -> Match:
        """Whom `sought` means."""
        if sought.subject in self._by_id:
            return Match(self._by_id[sought.subject], "id")
        same_code = self._by_code.get(sought.code, []) if sought.code else []
        if len(same_code) == 1:
            return Match(same_code[0], "code")
        same_name = self._by_name.get(folded(sought.name), [])
        same_place = [s for s in same_name if sought.address and folded(s.address) == folded(sought.address)]
        if len(same_place) == 1:
            return Match(same_place[0], "name-address")
        if len(same_name) == 1 and not (same_name[0].code and sought.code):  # two codes: two firms of one name
            return Match(same_name[0], "name")
        return Match(None, "none", tuple(s.subject for s in same_place or same_name or same_code))


class Nobody(NamedTuple):
    """An inspector of the list who cannot be told; `near` = of our roster, those that look alike, or of that name."""

    text: str
    why: Literal["unknown-id", "unknown-name", "ambiguous-name", "id-and-name-differ"]
    near: tuple[str, ...]


class InspectorBook:
    """The roster's inspectors, to be asked row by row."""

    def __init__(self, inspectors: Iterable[Inspector]):
        self.by_id: dict[str, Inspector] = {}
        self._by_name: dict[str, list[Inspector]] = defaultdict(list)
        for inspector in inspectors:
            if inspector.inspector and inspector.inspector not in self.by_id:
                self.by_id[inspector.inspector] = inspector
                self._by_name[folded(inspector.name)].append(inspector)

    def team(self, ids: Sequence[str], names: Sequence[str]) -> tuple[list[Inspector], list[Nobody]]:
        """Whom 执法证号 and names of one row mean together, each once and in their order, and who cannot be told."""
        names, inside = _apart(names, self._by_name)
        found: dict[str, Inspector] = {}
        nobody: list[Nobody] = []
        for number in [*ids, *inside]:
            if number in self.by_id:
                found[number] = self.by_id[number]
            else:
                named = [i for name in names for i in self._by_name.get(folded(name), []) if i.inspector not in ids]
                nobody.append(Nobody(number, "unknown-id", tuple(map(_said, named)) or self._near(number, self.by_id)))
        meant = {folded(inspector.name) for inspector in found.values()}
        others = [name for name in names if folded(name) not in meant]
        if nobody:
            return list(found.values()), nobody
        if found and len(others) > max(0, len(names) - len(found)):  # a name stands where a number stands already
            there = tuple(map(_said, found.values()))
            return list(found.values()), [Nobody(name, "id-and-name-differ", there) for name in others]
        for name in others:
            same = self._by_name.get(folded(name), [])
            if len(same) == 1:
                found[same[0].inspector] = same[0]
            else:
                alike = tuple(map(_said, same)) or self._near(folded(name), self._by_name)
                nobody.append(Nobody(name, "ambiguous-name" if same else "unknown-name", alike))
        return list(found.values()), nobody

    def _near(self, text: str, among: Iterable[str]) -> tuple[str, ...]:
        alike = near(text, among, 3)
        found = [self.by_id[key] if key in self.by_id else self._by_name[key][0] for key in alike]
        return tuple(map(_said, found))


def _apart(names: Sequence[str], known: Container[str]) -> tuple[list[str], list[str]]:
    """Names, and the ids that stand with them in brackets: 监督员01（P1）. Blanks part names, unless within one."""
    bare: list[str] = []
    ids: list[str] = []
    for written in names:
        name = unicodedata.normalize("NFKC", written).replace(" (", "(")
        parts = [name] if folded(name) in known else name.split()
        for part in parts if all(len(part) > 1 for part in parts) else [name]:
            with_id = _NAME_AND_ID.fullmatch(part)
            bare.append(with_id[1] if with_id else part)
            ids += [with_id[2]] if with_id else []
    return bare, ids


def _said(inspector: Inspector) -> str:
    return f"{inspector.name}（{inspector.inspector}）"
