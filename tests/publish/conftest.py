"""The sample county's year, made once per process, for all that look at its documents."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from shuangsuiji.cli.main import run
from tests.conftest import REPOSITORY, Answer, County
from tests.publish.papers import year_of


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The public files of the sample county's year, all six kinds."""
    root: Path = tmp_path_factory.mktemp("year")
    shutil.copytree(REPOSITORY / "rosters", root / "rosters")
    (root / "plans").mkdir()
    shutil.copy(REPOSITORY / "plans" / "2023.yaml", root / "plans")
    county = County(root, lambda *words: Answer(run([words[0], "-C", str(root), *words[1:]]), "", " ".join(words)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSJ_BY", "经办人")
        return year_of(county, patch)
