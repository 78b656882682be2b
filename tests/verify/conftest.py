"""The golden dossiers, made once per session."""

from pathlib import Path

import pytest

from tests.verify.golden import golden_year, sealed_year, told


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a year with everything in it."""
    root = tmp_path_factory.mktemp("year")
    with told(root) as story:
        golden_year(story)
    return root


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a draw with a public seed and a key."""
    root = tmp_path_factory.mktemp("sealed")
    with told(root, empty=True) as story:
        sealed_year(story)
    return root
