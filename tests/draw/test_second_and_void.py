"""A plan is drawn once; voiding is on the record, keeps the old result, and counts."""

import json
import shutil

from tests.conftest import County


def kinds(county: County) -> list[str]:
    lines = (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["event"]["kind"] for line in lines]


def test_a_second_draw_is_refused_and_shows_the_first(county: County) -> None:
    first = county.ssj("draw", "--seed", "1", "--json").json
    before = county.files()

    second = county.ssj("draw", "--seed", "2")

    assert second.code == 3
    assert "本方案已于" in second.err
    assert f"种子 {first['seed'][:16]}…" in second.err
    assert county.files() == before
    told = county.ssj("draw", "--json")
    assert (told.code, told.json["error"], told.json["seed_line"]) == (3, "already-drawn", first["seed_line"])


def test_papers_that_were_deleted_are_made_again_to_the_byte(county: County) -> None:
    county.ssj("draw", "--seed", "1")
    before = county.files()
    shutil.rmtree(county.dossier / "result")
    shutil.rmtree(county.dossier / "sheets")

    assert county.ssj("draw").code == 3

    assert county.files() == before


def test_voiding_needs_a_reason_and_a_document(county: County) -> None:
    county.ssj("draw", "--seed", "1")
    before = county.files()

    for words in ([], ["--reason", "名册有误"], ["--document", "1号"], ["--reason", " ", "--document", "1号"]):
        assert county.ssj("draw", "--void", *words).code == 2
    assert county.files() == before


def test_voiding_what_was_not_drawn_is_refused(county: County) -> None:
    answer = county.ssj("draw", "--void", "--reason", "x", "--document", "1号")

    assert answer.code == 3
    assert "本方案还没有抽取，没有可作废的。" in answer.err
    assert not county.dossier.exists()


def test_a_voided_draw_stays_in_the_ledger_and_counts(county: County) -> None:
    county.ssj("draw", "--seed", "1")
    old = (county.dossier / "result/tasks.csv").read_bytes()

    void = county.ssj("draw", "--void", "--reason", "名册有误", "--document", "测卫〔2023〕9号", "--json")

    assert (void.code, void.json["voided"], void.json["kept"]) == (0, 1, "plans/2023/voided/1")
    assert (county.dossier / "voided/1/result/tasks.csv").read_bytes() == old
    assert not (county.dossier / "result").exists()
    again = county.ssj("draw", "--seed", "2", "--json")
    assert (again.code, again.json["voided_before"]) == (0, 1)
    assert kinds(county) == ["sealed", "drawn", "draw-voided", "sealed", "drawn"]


def test_a_void_that_could_not_move_its_papers_is_made_good_by_the_next_draw(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")
    county.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    kept = county.dossier / "voided" / "1"
    for name in ("pool", "result"):
        (kept / name).rename(county.dossier / name)
    shutil.rmtree(county.dossier / "voided")

    assert county.ssj("draw", "--seed", "2").code == 0

    assert (kept / "pool" / "SHA256SUMS").exists()
    assert (kept / "result" / "draw.json").exists()


def test_the_options_of_voiding_do_nothing_elsewhere(county: County) -> None:
    answer = county.ssj("draw", "--reason", "x")

    assert answer.code == 2
    assert "--reason 和 --document 只在作废（--void）时用。" in answer.err
