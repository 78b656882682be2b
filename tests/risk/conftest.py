"""A county whose year 2023 is drawn in full; it is March 2024."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import County
from tests.risk.reviewing import PLAN_2024
from tests.year.returning import Clock

DRAWN: list[Path] = []
"""Where the first test left a copy: the draw is the same for all of them."""


@pytest.fixture
def year(county: County, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> County:
    """Everybody was drawn in 2023; nothing is recorded yet."""
    clock = Clock(monkeypatch)
    if not DRAWN:
        county.plan(("50%", "100%"))
        clock("2023-05-02T09:00")
        assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
        county.write("plans/2024.yaml", PLAN_2024)
        DRAWN.append(shutil.copytree(county.root, tmp_path_factory.mktemp("drawn") / "county"))
    else:
        shutil.copytree(DRAWN[0], county.root, dirs_exist_ok=True)
    clock("2024-03-09T09:00")
    return county
