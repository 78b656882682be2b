"""html from a template: one file that needs no other, readable on a phone.

- `{% extends "base.html.j2" %}` finds the workspace's own base, else the packaged one.
- On a phone a table becomes cards: each cell says its heading, which stands in the template once; `labelled` adds it.
"""

import re
from collections.abc import Mapping
from html import unescape
from itertools import count
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, nodes
from markupsafe import Markup

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.files.documents.faults import LARGEST, MOST_BRACES, Source, failed, misnamed, wide_braces
from shuangsuiji.files.documents.names import names_made, wrong_names
from shuangsuiji.files.documents.sandbox import Sandbox, Shelf, referenced, shelves
from shuangsuiji.files.documents.text import settled
from shuangsuiji.files.workspace import Workspace

_TABLE = re.compile(
    r"<table(?P<given>[^>]*)>(?P<rest>(?:(?!</?t(?:body|able)\b).)*?<thead>(?P<head>.*?)</thead>)", re.DOTALL
)
_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_MARK = re.compile(r"<[^>]*>")


def render_html(workspace: Workspace, name: str, variables: Mapping[str, object]) -> bytes:
    """The page. Raises Faulty with all that is wrong with the template, and those that it is made of."""
    sandbox = Sandbox("<br>", Shelf(workspace), tidy_tags=True)
    sandbox.filters["qr"] = _qr
    given = {str(key): settled(value) for key, value in variables.items()}
    problems = _read_all(workspace, sandbox, name, given)
    if not problems:
        try:
            return labelled(sandbox.rendered(sandbox.get_template(name), given)).encode()
        except Exception as failure:  # noqa: BLE001 - a template is a program of the bureau's: whatever fails is in it
            problems.append(_running(workspace, name, failure))
    raise Faulty(problems, "公示文书模板")


def _qr(text: str) -> Markup:
    from shuangsuiji.files.documents.qr import qr_svg  # noqa: PLC0415 - few pages have one

    return Markup(qr_svg(text)) if text else Markup()  # noqa: S704 - ours: the text is drawn, not written


def labelled(page: str) -> str:
    """`page` with a rule of style for each column of its tables: on a phone the heading stands before the cell."""
    tables = count(1)
    rules: list[str] = []

    def marked(found: re.Match[str]) -> str:
        mark = f"t{next(tables)}"
        for column, heading in enumerate(_HEADING.findall(found["head"]), 1):
            text = "".join(_css(each) for each in " ".join(unescape(_MARK.sub("", heading)).split()))
            rules.append(f'.{mark}>tbody>tr>td:nth-child({column})::before{{content:"{text}"}}')
        given, rest = found["given"], found["rest"]
        if 'class="' in given:
            return "<table" + given.replace('class="', f'class="{mark} ', 1) + ">" + rest
        return f'<table{given} class="{mark}">{rest}'

    page = _TABLE.sub(marked, page)
    style = "<style>@media screen and (max-width:640px){" + "".join(rules) + "}</style>\n</head>"
    return page.replace("</head>", style, 1) if rules else page


def _css(sign: str) -> str:
    return sign if sign.isalnum() else f"\\{ord(sign):x} "


def _read_all(workspace: Workspace, sandbox: Sandbox, name: str, given: Mapping[str, object]) -> list[Problem]:
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    wanted = [(name, name)]
    while wanted:
        each, by = wanted.pop()
        if each in trees:
            continue
        try:
            source, _, _ = sandbox.loader.get_source(sandbox, each)  # type: ignore[union-attr]
            if len(source) > LARGEST or source.count("{{") + source.count("{%") > MOST_BRACES:
                problems.append(_source(workspace, each).too_large())
                trees[each] = sandbox.parse("")
                continue
            trees[each] = sandbox.parse(source, each)
            sandbox.compile(source, each)  # filters and tests that there are not
            wanted += [(other, each) for other in referenced(trees[each])]
        except TemplateNotFound as failure:
            problems.append(failed(_source(workspace, by), failure))
        except Exception as failure:  # noqa: BLE001 - Jinja, or Python under it: whatever fails is in the template
            problems.append(failed(_source(workspace, each), failure))
    made = {word for tree in trees.values() for word in names_made(tree)} | set(sandbox.globals) | {"self", "super"}
    for each, tree in trees.items():
        where = _source(workspace, each)
        problems += [misnamed(where, wrong) for wrong in wrong_names(tree, given, made)]
        problems += wide_braces(where, tree)
    return problems


def _running(workspace: Workspace, name: str, failure: Exception) -> Problem:
    line = None
    files = [str(shelf) for shelf in shelves(workspace)]
    for frame, at in walk_tb(failure.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.suffix == ".j2" and any(path.is_relative_to(folder) for folder in files):
            name, line = path.name, at
    return failed(_source(workspace, name), failure, line)


def _source(workspace: Workspace, name: str) -> Source:
    for shelf in shelves(workspace):
        if (shelf / name).is_file():
            return Source(workspace.shown(shelf / name))
    return Source(f"templates/{name}")
