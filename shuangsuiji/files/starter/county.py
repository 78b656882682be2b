"""The packaged defaults: the sample county's rosters and plan, and the templates.

In a wheel they lie in ``shuangsuiji/county/`` (pyproject, force-include); in a checkout they are its own folders.
"""

from collections.abc import Iterator
from pathlib import Path

PLAN_TEMPLATE = "plan.yaml.j2"
"""Only `ssj init` reads it: a copy in a workspace would change nothing."""


def packaged() -> Path:
    """The folder that holds ``rosters/``, ``plans/2023.yaml`` and ``templates/``."""
    package = Path(__file__).parents[2]
    return package / "county" if (package / "county").is_dir() else package.parent


def rosters_and_plan() -> dict[str, bytes]:
    """The sample county, by path in the workspace."""
    return {**dict(_files("rosters")), "plans/2023.yaml": (packaged() / "plans" / "2023.yaml").read_bytes()}


def templates() -> dict[str, bytes]:
    """The templates that a bureau may change, by path in the workspace."""
    return {name: content for name, content in _files("templates") if name != f"templates/{PLAN_TEMPLATE}"}


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    """All files below `folder`, without what editors and Office leave there (``.…``, ``~$…``)."""
    root = packaged()
    for path in sorted((root / folder).rglob("*")):
        if path.is_file() and not any(part.startswith((".", "~")) for part in path.relative_to(root).parts):
            yield path.relative_to(root).as_posix(), path.read_bytes()
