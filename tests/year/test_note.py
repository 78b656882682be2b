"""`ssj note`: training, publicity and supervision on record, once each."""

import json

import pytest

from tests.conftest import County


def note(county: County, *words: str):
    return county.ssj("note", *words, "--on", "2023-05-09")


def test_what_was_done_stands_in_the_ledger_and_in_the_list(county: County) -> None:
    first = note(county, "training", "--title", "移动执法终端培训", "--people", "16")
    note(county, "publicity", "--title", "进企业宣讲", "--text", "发放资料200份")
    note(county, "review", "--title", "二季度督查")

    assert first.code == 0
    assert first.out == "已记入台账第 1 行：2023-05-09 培训：移动执法终端培训，16 人\n"
    told = county.ssj("note", "list", "--json").json
    assert told["plans"][0]["draw"] == "T-2023"
    assert told["plans"][0]["notes"] == [
        {"on": "2023-05-09", "topic": "training", "title": "移动执法终端培训", "people": 16, "text": ""},
        {"on": "2023-05-09", "topic": "publicity", "title": "进企业宣讲", "people": None, "text": "发放资料200份"},
        {"on": "2023-05-09", "topic": "review", "title": "二季度督查", "people": None, "text": ""},
    ]
    shown = county.ssj("note").out
    assert "│ 2023-05-09 │ 培训 │ 移动执法终端培训 │ 16   │               │" in shown
    assert county.ssj("note", "--json").json == told


def test_the_answer_for_programs_names_the_line(county: County) -> None:
    answer = note(county, "training", "--title", " 培训 ", "--json").json

    assert answer["added"] == {"on": "2023-05-09", "topic": "training", "title": "培训", "people": None, "text": ""}
    assert (answer["checkpoint"]["origin"], answer["checkpoint"]["lines"]) == ("T-2023", 1)
    line = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8"))
    assert line["event"] == {"kind": "noted", "v": 1, **answer["added"]}


def test_the_same_is_not_entered_twice(county: County) -> None:
    note(county, "training", "--title", "培训")
    before = county.files()

    again = note(county, "training", "--title", "培训")

    assert again.code == 3
    assert "2023-05-09 的“培训”已经记过，内容完全相同，没有重复记入。" in again.err
    assert county.files() == before
    assert note(county, "training", "--title", "培训（第二场）").code == 0


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("party", "--title", "聚会"), "unknown-topic"),
        (("training",), "note-needs-title"),
        (("training", "--title", "  "), "note-needs-title"),
        (("training", "--title", "培训", "--people", "-1"), "bad-number"),
        (("training", "--title", "培训", "--on", "2999-01-01"), "date-to-come"),
        (("list", "--title", "培训"), "option-without-topic"),
    ],
)
def test_wrong_use_is_refused_and_writes_nothing(county: County, words: tuple[str, ...], error: str) -> None:
    before = county.files()

    answer = county.ssj("note", *words, "--json")

    assert (answer.code, answer.json["error"]) == (2, error)
    assert county.files() == before


def test_without_notes_the_list_says_how_to_make_one(county: County) -> None:
    answer = county.ssj("note")

    assert (answer.code, answer.err) == (0, "还没有记录。记一条：ssj note training --title 标题。\n")


def test_with_several_plans_each_has_its_own_notes(county: County) -> None:
    county.write("plans/2024.yaml", (county.root / "plans/2023.yaml").read_text("utf-8").replace("T-2023", "T-2024"))
    note(county, "training", "--title", "培训", "--plan", "2024")

    assert note(county, "training", "--title", "培训").code == 2
    told = county.ssj("note", "--json").json["plans"]
    assert [(plan["draw"], len(plan["notes"])) for plan in told] == [("T-2023", 0), ("T-2024", 1)]
