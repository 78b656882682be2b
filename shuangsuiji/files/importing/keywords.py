"""The door of the keyword file: ``rosters/specialties.yaml``, or the packaged one where a workspace has none.

Words that the plans use for specialties are known too: what a list says in a plan's words is left as it is.
"""

from collections.abc import Iterable, Iterator

from shuangsuiji.core.importing.specialties import FILE, Rules, rules
from shuangsuiji.core.problem import Problem
from shuangsuiji.files.starter.county import SPECIALTIES_FORM, packaged
from shuangsuiji.files.workspace import Workspace
from shuangsuiji.files.yamltree import read_yaml


def read_keywords(workspace: Workspace, known: Iterable[str] = ()) -> tuple[Rules, list[Problem]]:
    """The keywords, or everything that is wrong with their file. `known`: words of the roster that is there."""
    path = workspace.root / FILE
    own = path.exists()
    tree, lines, problems = read_yaml(path if own else packaged() / "templates" / SPECIALTIES_FORM, FILE)
    if problems:
        return Rules({}, known), problems
    return rules(tree, lines, {*known, *_of_plans(workspace)})


def _of_plans(workspace: Workspace) -> Iterator[str]:
    """What the plans call specialties; a plan that is wrong is the business of `ssj check`."""
    for path in workspace.plan_files():
        tree, _, _ = read_yaml(path, path.name)
        if not isinstance(tree, dict):
            continue
        strata = tree.get("strata")
        for stratum in strata if isinstance(strata, list) else ():
            if isinstance(stratum, dict):
                named = "specialty" not in stratum or stratum["specialty"] == stratum.get("code")
                words = (stratum.get("specialty"), *((stratum.get("code"), stratum.get("name")) if named else ()))
                yield from (word for word in words if isinstance(word, str))
        others = tree.get("specialties")
        for code, names in others.items() if isinstance(others, dict) else ():
            yield code
            yield from (name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str))
