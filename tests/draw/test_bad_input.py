"""Every named case of bad input: the exact sentence, exit code 1, and nothing written."""

import pytest

from tests.conftest import County
from tests.draw.bad_input import BAD, Bad


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_bad_input_is_told_in_one_sentence_and_nothing_is_written(county: County, bad: Bad) -> None:
    for name, content in bad.files.items():
        if content is None:
            (county.root / name).unlink()
        else:
            county.write(name, content)
    before = county.files()

    answer = county.ssj("draw", "--seed", "1")

    told = [line.removeprefix("错误  ") for line in answer.err.splitlines() if line.startswith("错误  ")]
    assert told[0] == bad.says
    assert answer.code == 1
    assert answer.out == ""
    assert county.files() == before


def test_all_problems_are_told_at_once(county: County) -> None:
    county.plan(("公共场所, ratio: 50%", "公共场所, ratio: 8"), more="total: abc\ncoverge: 5\n")

    assert len([line for line in county.ssj("check").err.splitlines() if line.startswith("错误")]) == 3


def test_problems_of_all_rosters_are_told_together_and_as_json(county: County) -> None:
    for name, old, new in (
        ("subjects", "公共场所,东", "公共厕所,东"),
        ("inspectors", ",是,", ",大概,"),
        ("items", "《学校卫生工作条例》", ""),
    ):
        path = f"rosters/{name}.csv"
        county.write(path, (county.root / path).read_text("utf-8").replace(old, new))

    answer = county.ssj("draw", "--json")

    assert (answer.code, answer.json["ok"]) == (1, False)
    assert {(p["code"], p["file"], p["row"], p["column"], p["letter"]) for p in answer.json["problems"]} >= {
        ("unknown-specialty", "rosters/subjects.csv", 2, "专业", "C"),
        ("bad-lead", "rosters/inspectors.csv", 2, "主办", "D"),
        ("blank-item", "rosters/items.csv", 3, "抽查依据", "D"),
    }


def test_there_are_at_least_forty_named_cases() -> None:
    assert len({bad.name for bad in BAD}) == len(BAD) >= 40
    assert all(bad.says for bad in BAD)
