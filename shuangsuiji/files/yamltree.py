"""The YAML door: a file becomes plain lists, dicts and texts, with the line of every entry.

- Every scalar stays text: ``0207777777``, ``12:30`` and ``NO`` mean what is written. A blank or ``~`` is None.
- Refused with their line: duplicate keys, aliases (bombs), tags, tabs, more than one document, over-large files.
"""

from pathlib import Path
from typing import Any

import yaml

from shuangsuiji.core.problem import Place, Problem, error

Tree = dict[str, Any] | list[Any] | str | None
Lines = dict[tuple[int | str, ...], int]

MAX_BYTES = 64 << 20
MAX_DEPTH = 12
MAX_EVENTS = 1_000_000
"""Beginnings, ends and texts: ten thousand records of fifteen columns have 300,000."""
_NULL = {"", "~", "null", "Null", "NULL"}
_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


def read_yaml(path: Path, shown_as: str) -> tuple[Tree, Lines, list[Problem]]:
    """What the file holds, the line (1-based) of each entry by its path, and what is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as failure:
        return None, {}, [unreadable(failure, shown_as)]
    return parse_yaml(content, shown_as)


def parse_yaml(content: bytes, shown_as: str) -> tuple[Tree, Lines, list[Problem]]:
    """As `read_yaml`, from bytes."""
    reader = _Reader(shown_as)
    if len(content) > MAX_BYTES:
        return None, {}, [reader.problem("yaml-too-large", None, "文件超过 64 MB。", "大名册请改用 xlsx 或 csv。")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            return None, {}, [reader.problem("bad-encoding", None, "文字编码认不出来。", "请另存为 UTF-8 编码。")]
    try:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        text = _without_control(text)
        if problem := _too_much(text, loader, reader):
            return None, {}, [problem]
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as broken:
        return None, {}, [reader.syntax(broken, text)]
    tree = reader.value(node, ()) if node is not None else None
    return tree, reader.lines, reader.problems


def unreadable(failure: OSError, shown_as: str) -> Problem:
    """The Problem of a file that cannot be read."""
    place = Place(shown_as)
    if isinstance(failure, FileNotFoundError):
        return error("file-missing", place, "找不到这个文件。", "请核对文件名和位置。")
    if isinstance(failure, PermissionError):
        return error("file-locked", place, "打不开这个文件，可能正被 Excel 或 WPS 打开。", "请先关闭它，再试一次。")
    return error("file-unreadable", place, "读不了这个文件。", "请检查磁盘或网络盘是否正常，再试一次。")


class _Reader:
    def __init__(self, file: str):
        self.file = file
        self.lines: Lines = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def problem(self, code: str, line: int | None, what: str, todo: str) -> Problem:
        return error(code, Place(self.file, row=line), what, todo)

    def syntax(self, broken: yaml.YAMLError, text: str) -> Problem:
        mark = getattr(broken, "problem_mark", None) or getattr(broken, "context_mark", None)
        line = mark.line + 1 if mark else None
        reason = str(getattr(broken, "problem", "") or "")
        here = text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else ""
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return self.problem("yaml-tab", line, "用制表符（Tab）缩进，YAML 不允许。", "请把 Tab 换成空格。")
        if "expected a single document" in reason:
            return self.problem("bad-yaml", line, "文件里有多个文档（“---”）。", "请只保留一个。")
        return self.problem(
            "bad-yaml", line, "YAML 写法有误。", "请检查这一行附近的缩进、冒号后的空格、引号和括号是否成对。"
        )

    def value(self, node: yaml.Node, path: tuple[int | str, ...]) -> Tree:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen:
            self.problems.append(
                self.problem("yaml-alias", line, "用了锚点和别名（& 和 *）。", "请把内容直接写在这里。")
            )
            return None
        self._seen.add(id(node))
        if node.tag not in _TAGS and not node.tag.startswith("tag:yaml.org,2002:null"):
            self.problems.append(self.problem("yaml-tag", line, f"用了类型标记“{node.tag}”。", "请删去标记。"))
            return None
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in _NULL else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, place)) for place, child in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: tuple[int | str, ...]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(self.problem("bad-yaml", line, "名称不是文字。", "请检查冒号前的内容。"))
                continue
            key = str(key_node.value)
            if key in mapping:
                self.problems.append(self.problem("duplicate-key", line, f"“{key}”写了两次。", "请只保留一个。"))
                continue
            self.lines[(*path, key)] = line
            mapping[key] = self.value(child, (*path, key))
        return mapping


def _too_much(text: str, loader: Any, reader: _Reader) -> Problem | None:
    """What forbids to compose it: lists and mappings more than `MAX_DEPTH` deep (some thousands would end the process),

    or so many entries that it would take minutes and all memory.
    """
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return reader.problem("yaml-too-deep", None, "嵌套层数太多。", "请检查括号和缩进。")
        if number > MAX_EVENTS:
            what = f"内容太多（超过 {MAX_EVENTS // 10_000} 万项）。"
            return reader.problem("yaml-too-large", None, what, "大名册请改用 xlsx 或 csv。")
    return None


def _without_control(text: str) -> str:
    # YAML refuses these with a message about code points; a blank says the same to a reader.
    return "".join(" " if ord(c) < 32 and c not in "\t\n\r" else c for c in text) if _has_control(text) else text  # noqa: PLR2004


def _has_control(text: str) -> bool:
    return any(chr(code) in text for code in range(32) if chr(code) not in "\t\n\r")
