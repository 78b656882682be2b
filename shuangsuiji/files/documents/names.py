"""The names that a template uses, held against those there are: all the wrong ones at once, before anything is made.

Follows ``{% for row in rows %}`` and ``{% set %}``: ``{{ row.nmae }}`` is found too, also in a branch that is not
taken this time. Where it cannot know (what a filter makes, an empty list) it says nothing; the sandbox will.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from jinja2 import nodes

_UNKNOWN = object()
_SAME = {"sort", "list", "reverse", "selectattr", "rejectattr", "select", "reject", "unique", "default", "d"}
_ONE = {"first", "last", "random", "min", "max"}
_LOOKED_AT = 100

Scope = Mapping[str, object]


class WrongName(NamedTuple):
    """`said` (``row.nmae``) in line `line`: there is no `name`; `near`: perhaps what was meant."""

    line: int
    said: str
    name: str
    near: str


def wrong_names(tree: nodes.Template, variables: Scope, known: Iterable[str] = ()) -> list[WrongName]:
    """Those of one template. `known`: further names, of which nothing else is known."""
    reader = _Reader()
    asked = {
        name.name
        for test in tree.find_all(nodes.Test)
        if test.name in {"defined", "undefined"}
        for name in test.find_all(nodes.Name)
    }
    reader.read(tree, {**dict.fromkeys((*known, *asked), _UNKNOWN), **variables})
    return list(dict.fromkeys(reader.wrong))


def names_made(tree: nodes.Template) -> set[str]:
    """The names that the template makes itself, where other templates of its family may see them."""
    made = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    return made | {macro.name for macro in tree.find_all(nodes.Macro)}


class _Reader:
    """Reads statements and expressions alike; what a template sets goes into the scope."""

    def __init__(self) -> None:
        self.wrong: list[WrongName] = []

    def read(self, node: nodes.Node, scope: dict[str, object]) -> None:
        """One node, by a method named for its kind; the kinds without one are read part by part."""
        kind = type(node).__name__.lower()
        getattr(self, f"_{kind}", self._other)(node, scope)

    def _other(self, node: nodes.Node, scope: dict[str, object]) -> None:
        self._all(node.iter_child_nodes(), scope)

    def _for(self, node: nodes.For, scope: dict[str, object]) -> None:
        self.read(node.iter, scope)
        inner = {**scope, "loop": _UNKNOWN, **_bound(node.target, _element(_shape(node.iter, scope)))}
        self._all([node.test, *node.body], inner)
        self._all(node.else_, dict(scope))

    def _macro(self, node: nodes.Macro, scope: dict[str, object]) -> None:
        scope[node.name] = _UNKNOWN
        self._body(node, scope)

    def _callblock(self, node: nodes.CallBlock, scope: dict[str, object]) -> None:
        self.read(node.call, scope)
        self._body(node, scope)

    def _body(self, node: nodes.Macro | nodes.CallBlock, scope: dict[str, object]) -> None:
        self._all(node.defaults, scope)
        words = ("caller", "varargs", "kwargs", *(each.name for each in node.args))
        self._all(node.body, {**scope, **dict.fromkeys(words, _UNKNOWN)})

    def _assign(self, node: nodes.Assign, scope: dict[str, object]) -> None:
        self.read(node.node, scope)
        scope |= _bound(node.target, _shape(node.node, scope))

    def _assignblock(self, node: nodes.AssignBlock, scope: dict[str, object]) -> None:
        self._all(node.body, dict(scope))
        scope |= _bound(node.target, _UNKNOWN)

    def _with(self, node: nodes.With, scope: dict[str, object]) -> None:
        self._all(node.values, scope)
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            inner |= _bound(target, _shape(value, scope))
        self._all(node.body, inner)

    def _import(self, node: nodes.Import, scope: dict[str, object]) -> None:
        scope[node.target] = _UNKNOWN

    def _fromimport(self, node: nodes.FromImport, scope: dict[str, object]) -> None:
        scope |= dict.fromkeys((name if isinstance(name, str) else name[1] for name in node.names), _UNKNOWN)

    def _test(self, node: nodes.Test, scope: dict[str, object]) -> None:
        if node.name not in {"defined", "undefined"}:
            self._other(node, scope)

    def _filter(self, node: nodes.Filter, scope: dict[str, object]) -> None:
        if node.name in {"default", "d"}:
            self._all(node.args, scope)
        else:
            self._other(node, scope)

    def _name(self, node: nodes.Name, scope: dict[str, object]) -> None:
        if node.ctx == "load" and node.name not in scope:
            self._note(node, node.name, node.name, scope)

    def _getattr(self, node: nodes.Getattr, scope: dict[str, object]) -> None:
        self._other(node, scope)
        self._known_part(node, scope)

    def _getitem(self, node: nodes.Getitem, scope: dict[str, object]) -> None:
        self._other(node, scope)
        self._known_part(node, scope)

    def _all(self, found: Iterable[nodes.Node | None], scope: dict[str, object]) -> None:
        for node in found:
            if node is not None:
                self.read(node, scope)

    def _known_part(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> None:
        name, whole = _key(node), _shape(node.node, scope)
        if not isinstance(name, str) or whole is _UNKNOWN or hasattr(whole, name):
            return
        if not isinstance(whole, Mapping):
            self._note(node, _said(node), name, {})
        elif name not in whole:
            self._note(node, _said(node), name, whole)

    def _note(self, node: nodes.Node, said: str, name: str, among: Iterable[Any]) -> None:
        near = get_close_matches(name, [str(each) for each in among], n=1, cutoff=0.6)
        self.wrong.append(WrongName(node.lineno, said, name, near[0] if near else ""))


def _shape(node: nodes.Node, scope: Scope) -> object:
    """An example of what the expression gives."""
    match node:
        case nodes.Name():
            return scope.get(node.name, _UNKNOWN)
        case nodes.Getattr() | nodes.Getitem():
            return _part(_shape(node.node, scope), _key(node))
        case nodes.Filter() if node.node is not None and node.name in _SAME | _ONE:
            whole = _shape(node.node, scope)
            return whole if node.name in _SAME else _element(whole)
        case nodes.Const():
            return node.value
        case _:
            return _UNKNOWN


def _part(whole: object, key: object) -> object:
    if isinstance(whole, Mapping):
        return whole.get(key, _UNKNOWN)
    return _element(whole) if isinstance(key, int) else _UNKNOWN


def _element(shape: object) -> object:
    """What is in a list; of dicts, one that has the names of all."""
    if not isinstance(shape, list | tuple) or not shape:
        return _UNKNOWN
    some = shape[:_LOOKED_AT]
    if all(isinstance(each, Mapping) for each in some):
        return {key: value for each in reversed(some) for key, value in each.items()}
    return some[0]


def _bound(target: nodes.Node, shape: object) -> dict[str, object]:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: _UNKNOWN for name in target.find_all(nodes.Name)}


def _key(node: nodes.Getattr | nodes.Getitem) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _said(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr() | nodes.Getitem():
            return f"{_said(node.node)}.{_key(node)}"
        case _:
            return "…"
