"""Which specialty a subject belongs to where its list does not say so: by keywords that the bureau can edit.

In this order, and never against what the list says:
- its own 专业; a word that no roster or plan knows is read by the keywords (公共场所卫生监督 → 公共场所);
- the name of its sheet, where that is a specialty;
- its 类别, then its 单位名称, by keywords. The word that stands last decides, of two that end together the longer
  one: 小学路诊所 is a clinic, 妇幼保健院 no 医院. What stands in brackets only counts if nothing else does.
- the specialty that the command was given for all others (``--specialty``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shuangsuiji.core.importing.entry import Entry, Line, folded
from shuangsuiji.core.problem import Place, Problem, error

FILE = "rosters/specialties.yaml"
_BRACKETS = re.compile(r"\([^()]*\)")
_SHORTEST = 2

Lines = Mapping[tuple[int | str, ...], int]


class Rules:
    """Keyword → the specialties that it stands for; `known` = the words that are specialties."""

    def __init__(self, keywords: Mapping[str, tuple[str, ...]], known: Iterable[str]):
        self.known = frozenset(known)
        self.keywords = {folded(keyword): specialties for keyword, specialties in keywords.items()}
        self._names = {folded(word): word for word in self.known if len(word) >= _SHORTEST}
        backwards = sorted((keyword[::-1] for keyword in self.keywords), key=len, reverse=True)
        self._backwards = re.compile("|".join(map(re.escape, backwards)) or r"(?!)")

    def read(self, text: str) -> tuple[tuple[str, ...], str]:
        """The specialties that `text` tells and the keyword that told them; nothing where there is none.

        >>> rules = Rules({"小学": ("学校卫生",), "诊所": ("医疗卫生",)}, ())
        >>> rules.read("小学路诊所"), rules.read("东关小学（诊所旁）")
        ((('医疗卫生',), '诊所'), (('学校卫生',), '小学'))
        """
        whole = folded(text)
        for part in (_BRACKETS.sub("", whole), whole):
            if found := self._backwards.search(part[::-1]):
                return self.keywords[found[0][::-1]], found[0][::-1]
        return (), ""

    def named(self, text: str) -> str:
        """The specialty that `text` is the name of, blank if none."""
        return self._names.get(folded(text), "")

    def word(self, word: str) -> tuple[tuple[str, ...], str]:
        """The specialties that a word of a 专业 cell means, and by which word; itself where it is known."""
        if word in self.known:
            return (word,), ""
        plain = folded(word)
        inside = [name for key, name in self._names.items() if key in plain or plain in key]
        if len(inside) == 1 and len(plain) >= _SHORTEST:
            return (inside[0],), inside[0]
        return self.read(word)


def rules(tree: object, lines: Lines, known: Iterable[str] = ()) -> tuple[Rules, list[Problem]]:
    """What a keyword file (every scalar as text) says, or everything that is wrong with it.

    `known`: further words that are specialties, of the plans and of the roster that is there.
    """
    problems: list[Problem] = []
    if not isinstance(tree, dict | None):
        what = "不是“专业: [关键词, 关键词]”的形式。"
        return Rules({}, known), [error("keywords-form", Place(FILE), what, "请每行写一个专业。")]
    found: dict[str, list[str]] = defaultdict(list)
    for specialty, words in (tree or {}).items():
        place = Place(FILE, row=lines.get((specialty,)), column=specialty)
        if not isinstance(words, list | str | None):
            problems.append(error("keywords-form", place, f"“{specialty}”后面不是关键词。", "请写成 [宾馆, 旅馆]。"))
            continue
        for word in [words] if isinstance(words, str) else words or ():
            if not isinstance(word, str) or not folded(word):
                problems.append(error("keywords-form", place, f"“{specialty}”里有空的关键词。", "请删去或写上。"))
            elif specialty not in found[word]:
                found[word].append(specialty)
    keywords = {word: tuple(specialties) for word, specialties in found.items()}
    return Rules(keywords, {*(tree or {}), *known}), problems


def assign(rows: Sequence[Entry], by: Rules, given: str = "", *, told: bool = False) -> tuple[list[Entry], list[Line]]:
    """Give every row a specialty where one can be told, and say why. `given`: for rows of which nothing tells one.

    `told`: only what the lists say is read (inspectors, items); a blank 专业 stays blank.
    """
    done: list[Entry] = []
    lines: list[Line] = []
    memory: dict[tuple[str, str | None, str, str], tuple[str, str]] = {}
    for row in rows:
        said = row.cell("专业")
        if said in by.known or (told and not said):
            done.append(row)
            continue
        key = (said, row.place.sheet, row.cell("类别"), row.cell("单位名称"))
        if key not in memory:
            memory[key] = _told(by, *key, given)
        found, why = memory[key]
        if found in {said, ""}:
            done.append(row)
            continue
        done.append(row._replace(cells={**row.cells, "专业": found}, assigned=not said))
        lines.append(Line("specialty", row.at("专业"), key[3], "专业", said, found, why))
    return done, lines


def _told(by: Rules, said: str, sheet: str | None, kind: str, name: str, given: str) -> tuple[str, str]:
    """The specialties joined by ；, and why."""
    if said:
        return _read_words(by, said)
    if sheet and (named := by.named(sheet)):
        return named, "工作表名称就是专业"
    found, keyword = by.word(kind) if kind else ((), "")
    if found:
        return "；".join(found), f"类别里有关键词“{keyword}”" if keyword else "类别就是专业"
    found, keyword = by.read(name)
    if found:
        return "；".join(found), f"单位名称里有关键词“{keyword}”"
    return (given, "命令里用 --specialty 指明") if given else ("", "")


def _read_words(by: Rules, said: str) -> tuple[str, str]:
    found: dict[str, None] = {}
    reasons = []
    for word in filter(None, said.split("；")):
        specialties, through = by.word(word)
        found.update(dict.fromkeys(specialties or (word,)))
        reasons += [f"“{word}”按关键词“{through}”"] if through else []
    return "；".join(found), "，".join(reasons) or "重复的专业只写一次"


def untold(row: Entry) -> Problem:
    """The Problem of a row of which nothing tells a specialty."""
    what = f"“{row.cell('单位名称')}”看不出属于哪个专业。"
    todo = f"请在 {FILE} 里给专业加上关键词；或加 --specialty 专业，用于全部看不出的；或在名单里写明。"
    return error("no-specialty", row.at("专业"), what, todo)


def words_of(rows: Iterable[Entry]) -> Iterator[str]:
    """The specialties that `rows` name."""
    return (word for text in {row.cell("专业") for row in rows} for word in text.split("；") if word)
