"""A small county where two departments inspect jointly; its plan is the one that ``docs/joint.md`` shows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ITEMS, REPOSITORY, SUBJECTS, Answer, County

DOCUMENT = (REPOSITORY / "docs" / "joint.md").read_text("utf-8")
(PLAN,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
OURS = """\
执法证号,姓名,专业,主办,区域
W1,卫生01,公共场所；学校卫生,是,东
W2,卫生02,公共场所；学校卫生,否,西
W3,卫生03,公共场所；学校卫生,否,东
W4,卫生04,公共场所；学校卫生,是,西
W5,卫生05,公共场所；学校卫生,是,东
"""
MARKET = """\
执法证号,姓名,专业,所属部门,主办,区域
S1,市场01,公共场所；食品经营,,是,东
S2,市场02,公共场所；食品经营,SJ,否,西
S3,市场03,公共场所,青禾县市场监督管理局,是,东
"""
CONFLICTS = "执法证号,对象编号,原因\nS1,A1,亲属经营\n"


@pytest.fixture
def joint(tmp_path: Path, ssj: Callable[..., Answer]) -> County:
    """Six subjects, five of ours, three of the market bureau in a roster of their own, one conflict of theirs."""
    root = tmp_path / "joint"
    return write(County(root, lambda *words: ssj(*words, root=root)))


def write(county: County) -> County:
    """The joint workspace's files."""
    county.write("plans/2023.yaml", PLAN)
    county.write("rosters/subjects.csv", SUBJECTS)
    county.write("rosters/inspectors.csv", OURS)
    county.write("rosters/inspectors-SJ.csv", MARKET)
    county.write("rosters/conflicts-SJ.csv", CONFLICTS)
    county.write("rosters/items.csv", ITEMS)
    return county


def replan(county: County, *changes: tuple[str, str], more: str = "") -> None:
    """The plan of the document with parts replaced, and lines added."""
    text = PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    county.write("plans/2023.yaml", text + more)
