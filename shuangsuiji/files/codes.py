"""The door of the codes file: ``rosters/codes.yaml``, completed from the packaged tables."""

from pathlib import Path

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.year.export.codes import FILE, Codes, codes, with_defaults
from shuangsuiji.files.starter.county import CODES_FORM, packaged
from shuangsuiji.files.workspace import Workspace
from shuangsuiji.files.yamltree import read_yaml


def read_codes(workspace: Workspace) -> tuple[Codes, list[Problem]]:
    """The workspace's codes, or everything that is wrong with its file; without a file the packaged tables alone."""
    general, _ = _read(packaged() / "templates" / CODES_FORM)
    path = workspace.root / FILE
    if not path.exists():
        return with_defaults(Codes({}, {}, {}), general), []
    own, problems = _read(path)
    return with_defaults(own, general), problems


def _read(path: Path) -> tuple[Codes, list[Problem]]:
    tree, lines, problems = read_yaml(path, FILE)
    if problems:
        return Codes({}, {}, lines), problems
    return codes(tree, lines)
