"""The ledger's door: read as a whole or line by line, an unfinished end is passed over, damage is refused."""

from datetime import date

import pytest

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.events import Noted
from shuangsuiji.files.ledger import read_ledger, replay
from tests.conftest import County

AT = "2023-05-04T10:00:00+08:00"


def note(title: str) -> Noted:
    return Noted(on=date(2023, 5, 4), topic="training", title=title)


def test_line_by_line_it_tells_the_same(county: County) -> None:
    read_ledger(county.dossier).append([note("甲"), note("乙")], at=AT, by="经办人")
    read_ledger(county.dossier).append([note("丙")], at=AT, by="经办人")

    told = list(replay(county.dossier))

    assert told == read_ledger(county.dossier).happened
    assert [one.line for one in told] == [1, 2, 3]


def test_where_there_is_none_nothing_happened(county: County) -> None:
    assert list(replay(county.dossier)) == read_ledger(county.dossier).happened == []


def test_an_unfinished_end_was_never_promised(county: County) -> None:
    read_ledger(county.dossier).append([note("甲")], at=AT, by="经办人")
    with (county.dossier / "ledger.jsonl").open("ab") as file:
        file.write(b'{"seq":2,"prev"')

    assert [one.line for one in replay(county.dossier)] == [1]

    read_ledger(county.dossier).append([note("乙")], at=AT, by="经办人")
    assert [one.line for one in replay(county.dossier)] == [1, 2]


def test_damage_is_refused_with_its_line_by_every_reader(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    path = county.dossier / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"why":"random"', b'"why":"wished"', 1))

    for read in (read_ledger, lambda folder: list(replay(folder))):
        with pytest.raises(Refusal) as refused:
            read(county.dossier)
        assert (refused.value.exit_code, refused.value.details) == (4, {"line": 2, "why": "event"})
    answer = county.ssj("deadlines", "--as-of", "2023-06-01")
    assert (answer.code, answer.out) == (4, "")
    assert "第2行不对：记录的事件不认识" in answer.err
