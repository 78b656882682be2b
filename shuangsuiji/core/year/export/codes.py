"""The body's own codes and the platforms' code tables: ``rosters/codes.yaml`` as a value.

- A scalar is one text; a table maps our word (a stratum, an item, an outcome) to the platform's code.
- What the workspace's file leaves out stands in the packaged one; nothing is ever guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from shuangsuiji.core.problem import Place, Problem, error

FILE = "rosters/codes.yaml"
DEFAULT = "默认"

SCALARS = (
    "处罚机关",
    "处罚机关统一社会信用代码",
    "数据来源单位",
    "数据来源单位统一社会信用代码",
    "实施机构",
    "实施机构编码",
    "行政区划代码",
    "双随机一公开计划id",
    "报送人员",
    "检查实施机关",
)
TABLES = (
    "监管事项目录编码",
    "监管事项检查实施清单编码",
    "行政相对人类别",
    "行政相对人性质",
    "行政相对人证件类型",
    "检查形式",
    "检查类别",
    "检查方式",
    "检查结果",
    "抽查结果",
    "处罚类别",
)
Lines = Mapping[tuple[int | str, ...], int]


@dataclass(frozen=True, slots=True)
class Codes:
    """`texts` by name, `tables` by name and word; `lines`: where each stands in the workspace's file."""

    texts: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    lines: Lines

    def text(self, name: str) -> str:
        """A scalar, blank where nobody has filled it in."""
        return self.texts.get(name, "")

    def code(self, table: str, *words: str) -> str:
        """The code of the first of `words` that the table has, else of 默认, else blank."""
        found = self.tables.get(table, {})
        return next((found[word] for word in (*words, DEFAULT) if found.get(word)), "")

    def place(self, name: str, word: str = "") -> Place:
        """Where `name` (and `word` in it) stands, or should stand."""
        row = self.lines.get((name, word)) if word else None
        return Place(FILE, row=row or self.lines.get((name,)), column=name)


def codes(tree: object, lines: Lines) -> tuple[Codes, list[Problem]]:
    """What a codes file (every scalar as text) says, or everything that is wrong with it."""
    if tree is None:
        return Codes({}, {}, lines), []
    if not isinstance(tree, dict):
        what = "不是“名称: 值”的形式。"
        return Codes({}, {}, lines), [error("codes-form", Place(FILE), what, "请参照 docs/export.md 填写。")]
    problems = list(_faults(tree, lines))
    texts = {name: tree[name].strip() for name in SCALARS if isinstance(tree.get(name), str)}
    tables = {
        name: {word: code.strip() for word, code in tree[name].items() if isinstance(code, str)}
        for name in TABLES
        if isinstance(tree.get(name), dict)
    }
    return Codes(texts, tables, lines), problems


def with_defaults(own: Codes, packaged: Codes) -> Codes:
    """`own`, completed table by table and word by word from the packaged ones."""
    texts = {**packaged.texts, **{name: text for name, text in own.texts.items() if text}}
    tables = {name: {**packaged.tables.get(name, {}), **own.tables.get(name, {})} for name in TABLES}
    return Codes(texts, tables, own.lines)


def _faults(tree: Mapping[object, object], lines: Lines) -> Iterator[Problem]:
    for key, value in tree.items():
        name = str(key)
        place = Place(FILE, row=lines.get((name,)), column=name)
        if name in SCALARS:
            if not isinstance(value, str | None):
                yield error("codes-form", place, f"“{name}”应是一个代码或名称。", "请在冒号后面直接填写。")
        elif name not in TABLES:
            yield error("codes-unknown-key", place, f"不认识“{name}”这一项。", _advice(name, (*SCALARS, *TABLES)))
        elif isinstance(value, dict):
            for word, code in value.items():
                if not isinstance(code, str | None):
                    at = Place(FILE, row=lines.get((name, str(word))), column=name)
                    yield error("codes-form", at, f"“{name}”里“{word}”的代码不是文字。", '请写成 名称: "代码" 的样子。')
        elif value is not None:
            yield error("codes-form", place, f"“{name}”应是一张表。", '请每行写一个 名称: "代码"，前面缩进两格。')


def _advice(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"是不是想写“{near[0]}”？" if near else f"可以写：{'、'.join(known)}。"
