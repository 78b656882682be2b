"""Jinja, shut in: what a bureau's template can do is say where the texts go.

- Sandboxed: no way from a value to Python. A name that there is not is a fault, never a blank.
- Everything is escaped; there is no ``|safe`` and no switching it off, so ``<script>`` in a name is a name.
- A template comes to its end: its loops together have `MOST_STEPS`, what it makes has `LONGEST` characters.
- Three filters more than Jinja's: ``|points`` (each numbered point on a line of its own), ``|balanced`` (`titles`),
  ``|qr`` (a QR code; in Word the text itself).
- ``row.items`` is the row's content of that name, not the method of a dict.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateAssertionError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from shuangsuiji.files.documents.titles import balanced
from shuangsuiji.files.sheets.wording import points
from shuangsuiji.files.starter.county import packaged
from shuangsuiji.files.workspace import Workspace

MOST_STEPS, LONGEST = 2_000_000, 200_000_000
_LARGEST_PRODUCT = 1_000_000
_COUNTED = "ssj counted"
"""Not a name that a template can spell."""


class Sandbox(SandboxedEnvironment):
    """`line_break`: what a line break inside a text becomes."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, line_break: str, loader: BaseLoader | None = None, *, tidy_tags: bool = False) -> None:
        super().__init__(
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_breaking(Markup(line_break)),  # noqa: S704 - ours, no text of people's
            loader=loader,
            trim_blocks=tidy_tags,
            lstrip_blocks=tidy_tags,
            auto_reload=False,
        )
        self._steps = 0
        self.filters[_COUNTED] = self._counted
        self.filters |= {"points": points, "balanced": balanced, "qr": str}
        del self.filters["safe"]

    def rendered(self, template: Template, variables: Mapping[str, object]) -> str:
        """What `template` makes of `variables`."""
        self._steps, length, parts = 0, 0, []
        for part in template.generate(variables):
            length += len(part)
            if length > LONGEST:
                raise SecurityError("too long")
            parts.append(part)
        return "".join(parts)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``row.items``: a dict's own keys go first."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``*`` and ``**``, as long as the result is no larger than a document needs."""
        if operator == "**" or _large(left, right):
            raise SecurityError("too large")
        return super().call_binop(context, operator, left, right)

    def _generate(self, source: nodes.Template, *rest: Any, **options: Any) -> str:
        for change in source.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateAssertionError("autoescape", change.lineno)
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.iter.lineno)
        return super()._generate(source, *rest, **options)

    def _counted(self, each: Iterable[object]) -> Iterable[object]:
        whole = each if isinstance(each, Collection) else list(each)
        self._steps += len(whole)
        if self._steps > MOST_STEPS:
            raise SecurityError("too many steps")
        return whole


class Shelf(FileSystemLoader):
    """The templates by name: the workspace's own first, else the packaged ones."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(shelves(workspace))


def shelves(workspace: Workspace) -> Sequence[Path]:
    """Where templates are looked for."""
    return workspace.root / "templates", packaged() / "templates"


def _large(left: object, right: object) -> bool:
    texts = [each for each in (left, right) if isinstance(each, str | list | tuple)]
    times = [each for each in (left, right) if isinstance(each, int)]
    return bool(texts and times) and len(texts[0]) * times[0] > _LARGEST_PRODUCT


def _breaking(line_break: Markup) -> Callable[[object], object]:
    def finalize(value: object) -> object:
        if isinstance(value, str) and "\n" in value and not isinstance(value, Markup):
            return line_break.join(escape(line) for line in value.split("\n"))
        return value

    return finalize


def referenced(tree: nodes.Template) -> Iterator[str]:
    """The templates that this one names: ``{% extends "base.html.j2" %}``."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        name = getattr(node, "template", None)
        if isinstance(name, nodes.Const) and isinstance(name.value, str):
            yield name.value
