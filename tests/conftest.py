"""What tests share: the sample county, a small county made of texts, and the command line in process."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shuangsuiji.cli.main import run

REPOSITORY = Path(__file__).parents[1]
LONG = ("test_crash.py", "test_publish_crash.py", "test_routes.py", "test_forms.py")
"""Files whose tests take longest: begun first, so that no worker is left alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)


PLAN = """\
draw: T-2023
title: 测试县抽查方案
agency: {code: WJ, name: 测试县卫生健康局}
year: 2023
period: {start: 2023-04-01, end: 2023-11-30}
strata:
  - {code: GGCS, name: 公共场所, ratio: 50%}
  - {code: XXWS, name: 学校卫生, ratio: 50%}
"""
SUBJECTS = """\
对象编号,单位名称,专业,区域
A1,甲宾馆,公共场所,东
A2,乙宾馆,公共场所,西
A3,丙宾馆,公共场所,东
A4,丁宾馆,公共场所,西
B1,一小,学校卫生,东
B2,二小,学校卫生；公共场所,西
"""
INSPECTORS = """\
执法证号,姓名,专业,主办,区域,任务上限,证件有效期
P1,监督员01,公共场所；学校卫生,是,东,,2030-01-01
P2,监督员02,公共场所；学校卫生,否,西,,2030-01-01
P3,监督员03,公共场所；学校卫生,否,东,,2030-01-01
P4,监督员04,公共场所；学校卫生,是,西,,2030-01-01
"""
ITEMS = """\
事项编码,抽查事项,专业,抽查依据,抽查主体,抽查内容,抽查方式,抽查比例,抽查频次
G-1,公共场所卫生,公共场所,《公共场所卫生管理条例》,县卫生健康局,卫生许可,现场检查,50%,一年一次
X-1,学校卫生,学校卫生,《学校卫生工作条例》,县卫生健康局,教学环境,现场检查,50%,一年一次
"""


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class County(NamedTuple):
    """A workspace on the disk and the command line in it."""

    root: Path
    ssj: Callable[..., Answer]

    @property
    def dossier(self) -> Path:
        return self.root / "plans" / "2023"

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def plan(self, *changes: tuple[str, str], more: str = "") -> None:
        """The small county's plan with parts replaced, and lines added at its end."""
        text = PLAN
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.write("plans/2023.yaml", text + more)

    def read(self, name: str) -> list[list[str]]:
        """A result file without its heading."""
        lines = (self.dossier / name).read_text("utf-8").splitlines()
        return [line.split(",") for line in lines[1:]]

    def files(self) -> dict[str, bytes]:
        """Everything in the workspace, to see that nothing was written."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test can see whether a disk was waited for: a killed process loses nothing that it wrote."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def ssj(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """``ssj("draw", "--seed", "1", root=…)`` in process."""
    monkeypatch.setenv("SSJ_BY", "经办人")

    def call(*words: str, root: Path) -> Answer:
        capsys.readouterr()
        code = run([words[0], "-C", str(root), *words[1:]])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture
def county(tmp_path: Path, ssj: Callable[..., Answer]) -> County:
    """A small county: six subjects, two strata, four inspectors."""
    root = tmp_path / "county"
    made = County(root, lambda *words: ssj(*words, root=root))
    made.write("plans/2023.yaml", PLAN)
    made.write("rosters/subjects.csv", SUBJECTS)
    made.write("rosters/inspectors.csv", INSPECTORS)
    made.write("rosters/items.csv", ITEMS)
    return made


@pytest.fixture
def sample(tmp_path: Path, ssj: Callable[..., Answer]) -> County:
    """A copy of the sample county that the repository ships."""
    root = tmp_path / "sample"
    for folder in ("rosters", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "plans").mkdir()
    shutil.copy(REPOSITORY / "plans" / "2023.yaml", root / "plans")
    return County(root, lambda *words: ssj(*words, root=root))
