"""Sealed draws (unannounced visits): a key is committed to, used, and revealed when the visits are over."""

import hashlib
import json

import pytest

from tests.conftest import County
from tests.verify.sealing import KNOWN_ON, NUMBERS, PAPER, SEALED_ON, SECRET, SOURCES, announce
from tests.year.returning import Clock

KEY = "5f" * 32
OTHER = "60" * 32


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr("shuangsuiji.cli.options.secrets.token_hex", lambda _: KEY)
    return Clock(monkeypatch)


@pytest.fixture
def secret(county: County, clock: Clock) -> County:
    """The small county, sealed for a draw that nobody is to know of."""
    announce(county, SECRET)
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    clock(KNOWN_ON)
    return county


def last_event(county: County) -> dict[str, object]:
    event: dict[str, object] = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[-1])[
        "event"
    ]
    return event


def test_a_sealing_commits_to_the_key_and_does_not_say_it(secret: County) -> None:
    ledger = (secret.dossier / "ledger.jsonl").read_text("utf-8")

    assert json.loads(ledger)["event"]["key_commitment"] == hashlib.sha256(bytes.fromhex(KEY)).hexdigest()
    assert KEY not in ledger
    assert (secret.dossier / "sealed.key").read_text("ascii") == f"{KEY}\n"


def test_the_key_comes_last_in_the_seed_and_not_on_the_screen_or_a_sheet(secret: County) -> None:
    told = secret.ssj("draw", *SOURCES)

    assert last_event(secret)["seed_line"] == f"ssj1|seed|T-2023|{NUMBERS[0]}|{NUMBERS[1]}|key:{KEY}"
    assert last_event(secret)["grade"] == "public"
    assert KEY not in told.out + told.err
    assert "key:（密封，公开以前不显示）" in told.out


@pytest.mark.parametrize(
    ("key", "code", "said"),
    [
        (None, "key-lost", "不见了。没有它算不出种子，这次密封抽取做不了，也没人能核验。"),
        (OTHER, "key-wrong", "不是封存时的密钥：与公布的密钥摘要"),
        (KEY.upper(), "key-wrong", "不是封存时的密钥"),
        ("", "key-wrong", "不是封存时的密钥"),
        ("密钥", "key-unreadable", "读不了密封密钥"),
    ],
)
def test_a_lost_or_other_key_is_refused_with_what_can_be_done(
    secret: County, key: str | None, code: str, said: str
) -> None:
    path = secret.dossier / "sealed.key"
    path.unlink() if key is None else path.write_text(key, encoding="utf-8")
    before = secret.files()

    answer = secret.ssj("draw", *SOURCES)

    assert answer.code == 4
    assert said in answer.err
    assert "请从备份恢复这个文件。" in answer.err
    assert "请另立方案和抽取编号，公开说明密钥遗失" in answer.err
    assert secret.ssj("draw", *SOURCES, "--json").json["error"] == code
    assert secret.files() == before


def test_before_the_numbers_are_out_a_lost_key_is_mended_by_a_new_sealing(secret: County, clock: Clock) -> None:
    (secret.dossier / "sealed.key").unlink()
    clock("2026-08-29T10:00")

    assert secret.ssj("seal", "--void", *PAPER).code == 0
    assert secret.ssj("seal").code == 0
    clock(KNOWN_ON)
    assert secret.ssj("draw", *SOURCES, "--no-sheets").code == 0


def test_a_voided_sealing_takes_its_key_along(secret: County, clock: Clock) -> None:
    clock("2026-08-29T10:00")

    secret.ssj("seal", "--void", *PAPER)

    assert not (secret.dossier / "sealed.key").exists()
    assert (secret.dossier / "voided/S1/sealed.key").exists()


def test_the_key_is_revealed_after_the_draw_once(secret: County) -> None:
    early = secret.ssj("seal", "--reveal")
    secret.ssj("draw", *SOURCES, "--no-sheets")
    (secret.dossier / "sealed.key").unlink()

    told = secret.ssj("seal", "--reveal", "--json")
    again = secret.ssj("seal", "--reveal", "--json")

    assert early.code == 3
    assert "还没有抽取，密钥不能公开" in early.err
    assert (told.code, told.json["key"]) == (0, KEY)
    assert told.json["key_commitment"] == hashlib.sha256(bytes.fromhex(KEY)).hexdigest()
    assert last_event(secret) == {"kind": "key-revealed", "v": 1, "on": "2026-08-30", "draw": "T-2023", "key": KEY}
    assert (again.code, again.json["error"]) == (3, "already-revealed")


def test_an_open_draw_has_no_key_to_reveal(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")

    answer = county.ssj("seal", "--reveal")

    assert answer.code == 3
    assert "本方案没有密封抽取，没有要公开的密钥。" in answer.err


def test_nothing_of_the_draw_is_published_before_the_key_is(secret: County) -> None:
    secret.ssj("draw", *SOURCES, "--no-sheets")
    visit, inspector, _ = secret.read("result/teams.csv")[0]
    words = ("--visit", visit, "--inspector", inspector, "--asked-by", "firm", "--reason", "亲属")
    assert secret.ssj("adjust", "recuse", *words).code == 0

    for command in (("publish", "draw"), ("publish", "adjustments")):
        answer = secret.ssj(*command)
        assert answer.code == 3, command
        assert "本方案是密封抽取，密钥还没有公开，不能公示抽取和调整情况。" in answer.err
    log = secret.ssj("adjust", "log", "--public")
    assert log.code == 3
    assert "密钥还没有公开，不能对外公开调整台账。" in log.err
    assert secret.ssj("adjust", "log").code == 0
    assert not (secret.dossier / "public").exists()


def test_once_the_key_is_public_the_draw_is_published_with_it(secret: County) -> None:
    secret.ssj("draw", *SOURCES, "--no-sheets")
    secret.ssj("seal", "--reveal")

    answer = secret.ssj("publish", "draw")

    assert answer.code == 0, answer.err
    assert f"key:{KEY}" in (secret.dossier / "public/draw-1.html").read_text("utf-8")


def test_sheets_do_not_print_the_seed_of_a_closed_draw(secret: County) -> None:
    import openpyxl  # noqa: PLC0415 - only here

    secret.ssj("draw", *SOURCES)
    seed = str(last_event(secret)["seed"])

    book = openpyxl.load_workbook(secret.dossier / "sheets/任务清单.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]

    assert not [cell for cell in cells if seed in cell]
    assert [cell for cell in cells if "密封抽取，密钥公开以后公布" in cell]


def test_when_all_is_done_status_asks_for_the_key(secret: County) -> None:
    secret.ssj("draw", *SOURCES)
    for task, *_ in secret.read("result/tasks.csv"):
        done = ("--check-ended", "2026-08-30T08:00", "--outcome", "未发现问题", "--set", "published=2026-08-30")
        assert secret.ssj("record", "--task", task, *done).code == 0

    assert "公开密封抽取的密钥（ssj seal --reveal）" in secret.ssj("status").out
    secret.ssj("seal", "--reveal")
    assert "公开密封抽取的密钥" not in secret.ssj("status").out
