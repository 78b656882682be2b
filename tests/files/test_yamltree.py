"""The YAML door keeps what is written and survives what nobody should write."""

import pytest

from shuangsuiji.files.yamltree import parse_yaml


def test_every_scalar_stays_text() -> None:
    tree, _, problems = parse_yaml(b"a: 0207777777\nb: 12:30\nc: NO\nd: 1_000\ne: 91440700E12\nf:\ng: ''\n", "p")

    assert tree == {"a": "0207777777", "b": "12:30", "c": "NO", "d": "1_000", "e": "91440700E12", "f": None, "g": ""}
    assert problems == []


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_a_hundred_thousand_brackets_are_refused_before_they_end_the_process(opened: str) -> None:
    tree, _, problems = parse_yaml(f"x:\n  {opened * 100_000}".encode(), "plans/x.yaml")

    assert tree is None
    assert [problem.code for problem in problems] in (["yaml-too-deep"], ["bad-yaml"])


def test_a_laughing_bomb_is_refused_at_its_first_alias() -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"

    assert {problem.code for problem in parse_yaml(bomb.encode(), "p")[2]} == {"yaml-alias"}
