"""What is wrong with a template, as Problems: the file, the line (of Word: the text that stands there), the name.

Jinja's own messages are put into Chinese; one that we do not know is quoted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, nodes

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.files.documents.names import WrongName

_PAIRS = "每个 for、if、block 都要有自己的 endfor、endif、endblock。"
_LIST = "能用的名称见手册 docs/templates.md。"
_SHOWN = 60
LARGEST, MOST_BRACES = 1 << 20, 4000
"""Bytes and braces of a template's text; our longest has 120,000 and some hundred."""
_WIDE = re.compile(r"[{｛]\s*｛|｛\s*[{%％]|[}％%]\s*｝|｝\s*[}｝]|\{％|％\}")
"""A tag typed with a Chinese keyboard: Jinja would leave it as it stands, in every row of what is published."""
_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")

_SAID = (
    (r"^'(?P<a>[^']*)' is undefined", "没有叫“{a}”的内容。", _LIST),
    (r"has no attribute '(?P<a>[^']*)'", "没有叫“{a}”的内容。", _LIST),
    (r"has no element", "要的那一项不存在。", _LIST),
    (r"unsafe|not safely|too large|is not callable", "用了模板里不许用的写法。", "模板只能取值、判断和循环。"),
    (r"autoescape", "不能关闭转义。", "请删去 autoescape。"),
    (r"too many steps|[Rr]ange too big", "循环的次数太多。", "请检查循环是不是套错了。"),
    (r"too long", "做出的文件太大。", "请检查循环是不是套错了。"),
    (r"recursion", "引用自己，没有尽头。", "请检查 extends、include 和 macro。"),
    (r"No filter named '(?P<a>[^']*)'", "没有叫“{a}”的过滤器。", "请删去它。"),
    (r"No test named '(?P<a>[^']*)'", "没有叫“{a}”的判断。", "请删去它。"),
    (r"looking for the following tags: (?P<a>.*?)\.(?: The inner|$)", "开头和结尾不成对：这里应有 {a}。", _PAIRS),
    (r"unknown tag '(?P<a>[^']*)'", "不认识“{a}”。", _PAIRS),
    (r"unexpected '(?P<a>[^']*)'|got '(?P<b>[^']*)'", "写法不对，多了或少了什么。", "请检查花括号和引号是否成对。"),
    (r"unexpected char", "写法不对，有不能用的符号。", "引号、括号和逗号要用半角。"),
    (r"unexpected end", "没有写完。", "请检查花括号和引号是否成对。"),
)


class Source(NamedTuple):
    """Where a template stands, as people see it; `lines`: of a Word template, the text of each paragraph."""

    file: str
    lines: Sequence[str] | None = None

    def problem(self, code: str, line: int | None, what: str, todo: str = "", *, about: str = "") -> Problem:
        """A Problem there; `about`: what to look for in the paragraph."""
        if self.lines is None or line is None:
            return error(code, Place(self.file, row=line), what, todo)
        quoted = _quoted(self.lines[line - 1], about) if line <= len(self.lines) else ""
        return error(code, Place(self.file), f"“{quoted}”这里，{what}" if quoted else what, todo)

    def too_large(self) -> Problem:
        """More text or tags than anybody types."""
        what = f"模板的文字超过 {LARGEST >> 20} MB，或标签超过 {MOST_BRACES // 2} 个。"
        return self.problem("template-file", None, what, "请删去多余的内容；删除它就用自带的。")


def wide_braces(source: Source, tree: nodes.Template) -> Iterator[Problem]:
    """Tags in full-width braces, which are no tags; one Problem for each line."""
    told: dict[int, str] = {}
    for data in tree.find_all(nodes.TemplateData):
        for found in _WIDE.finditer(data.data):
            told.setdefault(data.lineno + data.data.count("\n", 0, found.start()), found[0])
    for line, sign in told.items():
        what = f"有全角的花括号“{sign}”，取不到内容，会照样印出来。"
        yield source.problem("template-wide-braces", line, what, "请改成半角的 {{ }}、{% %}。")


def misnamed(source: Source, wrong: WrongName) -> Problem:
    """A name that there is not."""
    near = f"是不是“{wrong.near}”？" if wrong.near else ""
    what = f"{'' if wrong.said == wrong.name else f'“{wrong.said}”：'}没有叫“{wrong.name}”的内容。"
    return source.problem("template-name", wrong.line, what, near + _LIST, about=wrong.said)


def failed(source: Source, failure: Exception, line: int | None = None) -> Problem:
    """What Jinja, or Python under it, says about a template."""
    if isinstance(failure, TemplateNotFound):
        what = f"找不到它引用的模板“{failure.name}”。"
        return source.problem("template-missing", line, what, "请放回 templates 文件夹，或改正名称。")
    if isinstance(failure, UnicodeDecodeError):
        return source.problem("template-file", None, "不是 UTF-8 编码的文字。", "请用记事本打开，另存为 UTF-8。")
    at = failure.lineno if isinstance(failure, TemplateSyntaxError) else line
    said = str(getattr(failure, "message", "") or failure)
    what, todo = _in_chinese("recursion" if isinstance(failure, RecursionError) else said)
    kind = "template-syntax" if isinstance(failure, TemplateSyntaxError) else "template-failed"
    if not what:
        what = f"{'写法不对' if isinstance(failure, TemplateError) else '算不出来'}（{said}）。"
    return source.problem(kind, at, what, todo)


def _in_chinese(said: str) -> tuple[str, str]:
    for pattern, what, todo in _SAID:
        found = re.search(pattern, said)
        if found:
            return what.format(**{key: value or "" for key, value in found.groupdict().items()}), todo
    return "", ""


def _quoted(line: str, about: str) -> str:
    for tag in _TAGS.findall(line):
        if about and about.rpartition(".")[2] in tag:
            return str(tag)
    text = line.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
