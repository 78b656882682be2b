"""docx from a Word template: Jinja inside Word, as docxtpl defines it (``{{ … }}``, ``{%p … %}``, ``{%tr … %}``).

docxtpl's own writer mends broken XML silently, loses text with it, and takes its time. We take its language and do the
rest: each part that holds text is rendered, must be well-formed afterwards, and goes into a zip with fixed times.
"""

import re
from collections.abc import Mapping, Sequence
from traceback import walk_tb
from xml.parsers import expat

from jinja2 import Template

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.files.documents.faults import LARGEST, MOST_BRACES, Source, failed, misnamed, wide_braces
from shuangsuiji.files.documents.names import names_made, wrong_names
from shuangsuiji.files.documents.package import opened, unusable, zipped
from shuangsuiji.files.documents.sandbox import Sandbox, shelves
from shuangsuiji.files.documents.text import settled
from shuangsuiji.files.workspace import Workspace

_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_EMPTY_CELL = re.compile(r"(<w:tc>|</w:tcPr>)(\s*)(?=</w:tc>)")
_TAG = re.compile(r"\{[{%].*?[%}]\}")
_MARK = re.compile(r"<[^>]*>")
_COMPILED = "<template>"
"""What Jinja calls a template that comes from no file."""


def render_word(workspace: Workspace, name: str, variables: Mapping[str, object]) -> bytes:
    """The document. Raises Faulty with all that is wrong with the template."""
    return render_words(workspace, name, [variables])[0]


def render_words(
    workspace: Workspace, name: str, each: Sequence[Mapping[str, object]], called: str = "公示文书模板"
) -> list[bytes]:
    """A document for `each` variables, from a template that is read once and `called` so where it is wrong."""
    path = next(folder / name for folder in shelves(workspace) if (folder / name).is_file())
    shown = workspace.shown(path)
    files = opened(shown, path.read_bytes())
    sandbox = Sandbox(_LINE_BREAK)
    try:
        sources = {part: _source(content) for part, content in files.items() if _TEXTS.fullmatch(part)}
    except UnicodeDecodeError as failure:  # Word writes nothing but UTF-8
        raise Faulty([unusable(shown)], called) from failure
    except OverflowError as failure:
        raise Faulty([Source(shown).too_large()], called) from failure
    templates: dict[str, Template] = {}
    made = []
    for variables in each:
        given = {str(key): settled(value) for key, value in variables.items()}
        problems: list[Problem] = []
        if not templates:
            problems += [problem for source in sources.values() for problem in _read(sandbox, shown, source, given)]
        if not problems:
            templates = templates or {part: sandbox.from_string(source) for part, source in sources.items()}
            for part, source in sources.items():
                content, found = _rendered(sandbox, templates[part], Source(shown, _texts(source)), given)
                files[part] = content
                problems += found
        if problems:
            raise Faulty(list(dict.fromkeys(problems)), called)
        made.append(zipped(files))
    return made


def _source(content: bytes) -> str:
    """A part as Jinja reads it: docxtpl's tags freed from Word's runs, each paragraph on a line of its own.

    Raises OverflowError for one that no office has typed: docxtpl would take minutes.
    """
    if len(content) > LARGEST or content.count(b"{") > MOST_BRACES:
        raise OverflowError
    from docxtpl import DocxTemplate  # noqa: PLC0415 - lxml and docx: 150 ms

    patched: str = DocxTemplate("").patch_xml(content.decode("utf-8-sig"))
    patched = _TAG.sub(lambda found: found[0].replace("&quot;", '"').replace("&apos;", "'"), patched)  # LibreOffice's
    return _PARAGRAPH.sub("\n<w:p", patched)


def _read(sandbox: Sandbox, shown: str, source: str, given: Mapping[str, object]) -> list[Problem]:
    where = Source(shown, _texts(source))
    try:
        tree = sandbox.parse(source)
        sandbox.compile(source)  # filters and tests that there are not
    except Exception as failure:  # noqa: BLE001 - Jinja, or Python under it: whatever fails is in the template
        return [failed(where, failure)]
    made = {*names_made(tree), *sandbox.globals}
    return [*(misnamed(where, wrong) for wrong in wrong_names(tree, given, made)), *wide_braces(where, tree)]


def _rendered(
    sandbox: Sandbox, template: Template, where: Source, given: Mapping[str, object]
) -> tuple[bytes, list[Problem]]:
    try:
        made = sandbox.rendered(template, given)
    except Exception as failure:  # noqa: BLE001 - a template is a program of the bureau's: whatever fails is in it
        lines = [line for frame, line in walk_tb(failure.__traceback__) if frame.f_code.co_filename == _COMPILED]
        return b"", [failed(where, failure, lines[-1] if lines else None)]
    content = _EMPTY_CELL.sub(r"\1<w:p/>", made).encode()  # Word refuses a cell without a paragraph
    try:
        expat.ParserCreate().Parse(content, True)
    except (LookupError, ValueError):  # it names an encoding that there is not
        return b"", [unusable(where.file)]
    except expat.ExpatError as failure:
        what = "{% %} 标签跨了段落、表格行或单元格，做出的文件打不开。"
        todo = "整段用 {%p … %}，整行用 {%tr … %}，成对地写在同一层。"
        return b"", [Source(where.file, _texts(made)).problem("template-tags", failure.lineno, what, todo)]
    return content, []


def _texts(source: str) -> Sequence[str]:
    return [_MARK.sub("", line) for line in source.split("\n")]
