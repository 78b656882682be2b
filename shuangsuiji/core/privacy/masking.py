"""The way that every text of a public notice goes: persons' names masked, private numbers hidden.

- `masked` is for the name of a unit, `scrubbed` for any text; a `Veil` scrubs all texts of one notice.
- A natural person whom a firm's row of the roster names (法定代表人, 联系人) is masked in what is said of that firm.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from shuangsuiji.core.privacy.scrubbing import HIDDEN, scrubbed
from shuangsuiji.core.privacy.surnames import surname
from shuangsuiji.core.roster.ident import LENGTH, credit_code_fault

__all__ = ["HIDDEN", "Veil", "masked", "masked_person", "person_in", "scrubbed", "without_people"]

_SOLE = "个体工商户|个体经营户|个体户|个体|经营者|业主"
_NOTED = re.compile(r"(?P<person>[^（(【\[]+?)\s*[（(【\[].*", re.DOTALL)
_SOLE_FIRST = re.compile(rf"(?:{_SOLE})[\s:：]*[（(]?\s*(?P<person>[^（()）]+)[)）]?")
_SOLE_LAST = re.compile(rf"(?P<person>.+?)[\s\-—]*(?:{_SOLE})")
_BESIDE = re.compile(rf"[（(【\[]|{_SOLE}")
_BLANKS = re.compile(r"\s+")
_ORGANISED = re.compile("[15]|91|93|[AN]")
"""How a 统一社会信用代码 begins of which the owner is an organisation; 92 = 个体工商户."""


def masked_person(name: str) -> str:
    """A natural person's name as the public may read it, blank where `name` is not one.

    >>> [masked_person(name) for name in ("张三", "张 三", "司马相如", "张三诊所", "一小")]
    ['张某', '张某', '司马某', '', '']
    """
    found = surname(_BLANKS.sub("", name))
    return f"{found}某" if found else ""


def masked(name: str, code: str = "") -> str:
    """The name of a unit as the public may read it; `code` = its 统一社会信用代码, which may say what it is.

    >>> [masked(name) for name in ("张三", "欧阳小红", "张三（个体）", "个体工商户张三", "张三诊所")]
    ['张某', '欧阳某', '张某（个体）', '个体工商户张某', '张三诊所']
    >>> masked("甲旅馆 13800000000"), masked("金色年华", "91350100M000100Y43")
    ('甲旅馆 （已隐去）', '金色年华')
    """
    text = scrubbed(name)
    if len(code) == LENGTH and _ORGANISED.match(code) and not credit_code_fault(code):
        return text
    return _masked(text)


def person_in(name: str) -> str:
    """The natural person whose name the name of a unit is, as it is written there; blank where there is none.

    >>> [person_in(name) for name in ("张三", "张三（个体）", "个体户李 四", "张三诊所")]
    ['张三', '张三', '李 四', '']
    """
    text = name.strip()
    if masked_person(text):
        return text
    if _BESIDE.search(text):
        for pattern in (_NOTED, _SOLE_FIRST, _SOLE_LAST):
            found = pattern.fullmatch(text)
            if found and masked_person(found["person"]):
                return found["person"].strip()
    return ""


def _masked(text: str) -> str:
    if text.startswith(HIDDEN):
        return HIDDEN + _masked(text.removeprefix(HIDDEN).strip())
    person = person_in(text)
    return text.replace(person, masked_person(person)) if person else text


def without_people(text: str, people: Mapping[str, str]) -> str:
    """`text` with each of `people` under the name that the public may read."""
    for person, shown in people.items():
        if person in text:
            text = text.replace(person, shown)
    return text


class Veil:
    """What all texts of one notice go through. `keep`: ids that look like a person's number and are none;
    `verbatim`: texts that anybody must be able to check to the letter, such as a seed line.
    """

    def __init__(self, keep: Iterable[str] = (), verbatim: Iterable[str] = ()):
        self._keep = frozenset(keep)
        self._seen: dict[str, str] = {}
        damaged = {text for text in verbatim if text and scrubbed(text, self._keep) != text}
        self._verbatim = re.compile("(" + "|".join(map(re.escape, sorted(damaged, key=len, reverse=True))) + ")")
        self._has_verbatim = bool(damaged)

    def text(self, text: str) -> str:
        """`text` as the public may read it."""
        known = self._seen.get(text)
        if known is None:
            known = self._seen[text] = self._made(text)
        return known

    def value(self, value: object) -> object:
        """`value` with every text in it, keys apart, as the public may read it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(inner) for key, inner in value.items()}
        if isinstance(value, Sequence):
            return [self.value(inner) for inner in value]
        return value

    def _made(self, text: str) -> str:
        if not self._has_verbatim:
            return scrubbed(text, self._keep)
        parts = self._verbatim.split(text)
        return "".join(part if at % 2 else scrubbed(part, self._keep) for at, part in enumerate(parts))
