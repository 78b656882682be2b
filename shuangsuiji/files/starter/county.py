"""The packaged defaults: the sample county's rosters and plan, and the templates.

In a wheel they lie in ``shuangsuiji/county/`` (pyproject, force-include); in a checkout they are its own folders.
"""

from collections.abc import Iterator
from pathlib import Path

PLAN_TEMPLATE = "plan.yaml.j2"
"""Only `ssj init` reads it: a copy in a workspace would change nothing."""
_OURS = ("templates/verify", "templates/simulation")
"""The page that recomputes a draw is the program's own: see `files.documents.verifypage`."""
CODES_FORM = "codes.yaml"
"""The codes file to be filled in: in a workspace it is ``rosters/codes.yaml``. What that leaves out stands here."""

SPECIALTIES_FORM = "specialties.yaml"
"""The keywords of `ssj import`: in a workspace ``rosters/specialties.yaml``, which then counts alone."""

RISK_FORM = "risk.yaml"
"""The rules of `ssj risk`: in a workspace ``rosters/risk.yaml``, which then counts alone."""

CHECKERS = (
    "protocol.md",
    "verify-by-hand.md",
    "verify.sh",
    "verify_rounds.py",
    "verify_standalone.py",
    "what-this-proves.md",
)
"""Of ``docs/``: the rules, how to check by hand, three programs for it, and what all that proves."""


def packaged() -> Path:
    """The folder that holds ``rosters/``, ``plans/2023.yaml`` and ``templates/``."""
    package = Path(__file__).parents[2]
    return package / "county" if (package / "county").is_dir() else package.parent


def rosters_and_plan() -> dict[str, bytes]:
    """The sample county, by path in the workspace."""
    return {**dict(_files("rosters")), "plans/2023.yaml": (packaged() / "plans" / "2023.yaml").read_bytes()}


def templates() -> dict[str, bytes]:
    """The templates that a bureau may change, by path in the workspace."""
    kept_here = {f"templates/{name}" for name in (PLAN_TEMPLATE, CODES_FORM, SPECIALTIES_FORM, RISK_FORM)}
    return {
        name: content for name, content in _files("templates") if name not in kept_here and not name.startswith(_OURS)
    }


def codes_form() -> bytes:
    """``rosters/codes.yaml`` to be filled in."""
    return _for_notepad(CODES_FORM)


def specialties_form() -> bytes:
    """``rosters/specialties.yaml``, to be edited."""
    return _for_notepad(SPECIALTIES_FORM)


def risk_form() -> bytes:
    """``rosters/risk.yaml``, to be edited."""
    return _for_notepad(RISK_FORM)


def checkers() -> dict[str, bytes]:
    """What a stranger checks a dossier with, by name: each is read and run without this package."""
    docs = packaged() / "docs"
    return {name: (docs / name).read_bytes() for name in CHECKERS}


def _for_notepad(name: str) -> bytes:
    """With byte order mark and CRLF, for the Notepad of an old Windows."""
    text = (packaged() / "templates" / name).read_text(encoding="utf-8")
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    """All files below `folder`, without what editors and Office leave there (``.…``, ``~$…``)."""
    root = packaged()
    for path in sorted((root / folder).rglob("*")):
        if path.is_file() and not any(part.startswith((".", "~")) for part in path.relative_to(root).parts):
            yield path.relative_to(root).as_posix(), path.read_bytes()
