"""What is typed into a cell, or after an option, becomes one canonical text, or a sentence; nothing crashes."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.year.cell_values import CUT, value
from shuangsuiji.core.year.findings import FINDINGS, LONG, finding, nearest
from shuangsuiji.files.sheets.form import FORM
from tests.conftest import REPOSITORY

MOMENT, DAY, CHOICE, MONEY, TEXT = (
    FINDINGS[name] for name in ("check_ended", "correct_by", "outcome", "fine", "problems")
)


@pytest.mark.parametrize(
    "typed",
    [
        datetime.fromisoformat("2023-05-09T14:30"),
        datetime.fromisoformat("2023-05-09T14:29:59.999700"),
        datetime.fromisoformat("2023-05-09T14:30:59"),
        45055 + 14.5 / 24,
        "2023-05-09T14:30",
        "2023-5-9 14:30",
        "2023/5/9 14:30:00",
        "2023.5.9  14:30",
        "2023年5月9日14时30分",
        "2023年5月9日 14点30分",
        "２０２３－５－９ １４：３０",
        " 2023-05-09 14:30\n",
    ],
)
def test_a_moment_in_any_usual_spelling(typed: object) -> None:
    assert value(MOMENT, typed) == ("2023-05-09T14:30", None)


@pytest.mark.parametrize(
    "typed",
    [
        date(2023, 5, 9),
        datetime.fromisoformat("2023-05-09T08:00"),
        45055,
        45055.0,
        "2023-5-9",
        "2023/05/09",
        "2023年5月9日",
        "20230509",
    ],
)
def test_a_day_in_any_usual_spelling(typed: object) -> None:
    assert value(DAY, typed) == ("2023-05-09", None)


@pytest.mark.parametrize(
    "typed", [date(2023, 5, 9), datetime.fromisoformat("2023-05-09T00:00"), "2023-5-9", "20230509", 45055]
)
def test_a_moment_without_its_time_is_no_moment(typed: object) -> None:
    text, wrong = value(MOMENT, typed)

    assert (text, wrong and wrong.code) == ("", "no-clock")


def test_midnight_can_be_said_in_words() -> None:
    assert value(MOMENT, "2023-5-9 0:00") == ("2023-05-09T00:00", None)


@pytest.mark.parametrize(
    "typed",
    ["2023-13-1", "2023-5-9 25:00", "明天", "1999-5-9", 3, True, float("nan"), float("inf"), time(14, 30), "14:30"],
)
def test_what_is_no_day_is_told(typed: object) -> None:
    for field, code in ((DAY, "bad-date"), (MOMENT, "bad-moment")):
        text, wrong = value(field, typed)
        assert (text, wrong and wrong.code) == ("", code)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        (2000, "2000"),
        (2000.0, "2000"),
        (2000.5, "2000.50"),
        (0.1 + 0.2, "0.30"),
        (0, "0"),
        ("2,000.50", "2000.50"),
        ("￥2000元", "2000"),
        ("２０００", "2000"),
        ("0", "0"),
        (".5", "0.50"),
    ],
)
def test_money_is_yuan_to_the_fen(typed: object, yuan: str) -> None:
    assert value(MONEY, typed) == (yuan, None)


@pytest.mark.parametrize("typed", ["两千", "0.2万元", "2000/3", True, "1e5", "2000.005", 1e13, "-", "12元整"])
def test_what_is_no_money_is_told(typed: object) -> None:
    text, wrong = value(MONEY, typed)

    assert (text, wrong and wrong.code) == ("", "bad-money")


def test_a_choice_is_its_code_in_chinese_or_english() -> None:
    spellings = ["行政处罚", " 行政处罚 ", "PENALISED", "penalised"]

    assert {value(CHOICE, typed) for typed in spellings} == {("PENALISED", None)}
    assert value(FINDINGS["sampled"], True) == ("yes", None)
    assert value(FINDINGS["reason"], "no_business") == ("no-business", None)


def test_text_loses_what_cannot_be_seen_and_keeps_what_can() -> None:
    typed = '\x00=HYPERLINK("http://x")\x1b[31m 甲\u202e店\r\n乙\ud800 😀👨‍👩‍👧 @SUM(1)\u3000'

    assert value(TEXT, typed) == ('=HYPERLINK("http://x")[31m 甲店\n乙 😀👨‍👩‍👧 @SUM(1)', None)
    assert value(FINDINGS["case_no"], "测卫立\n〔2023〕1号") == ("测卫立 〔2023〕1号", None)


def test_a_text_too_long_is_cut_with_a_warning() -> None:
    text, wrong = value(TEXT, "长" * 40_000)

    assert (len(text), text[-len(CUT) - 1 :]) == (LONG, "长" + CUT)
    assert wrong is not None
    assert (wrong.severity, wrong.what) == ("warning", "文字有 40000 个字，只保留前 4000 个字。")
    assert value(TEXT, text) == (text, None)


def test_an_address_on_the_web_is_one() -> None:
    where = FINDINGS["published_at"]

    assert value(where, "https://www.example.gov.cn/公示/1.html")[1] is None
    for typed in ("www.example.gov.cn", "javascript:alert(1)", "https://a b", "ftp://x"):
        wrong = value(where, typed)[1]
        assert wrong is not None
        assert wrong.code == "bad-link"


@given(
    st.sampled_from(list(FINDINGS)),
    st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes(), st.dates(), st.times()),
)
def test_no_cell_crashes_and_what_is_read_reads_the_same_again(name: str, typed: object) -> None:
    text, _ = value(FINDINGS[name], typed)

    assert value(FINDINGS[name], text)[0] == text


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_survives_as_text_and_as_number(amount: Decimal) -> None:
    text, _ = value(MONEY, str(amount))

    assert Decimal(text) == amount
    assert value(MONEY, float(amount))[0] == text


def test_a_field_is_known_by_its_name_and_its_heading() -> None:
    assert all(finding(one.name) is one and finding(one.heading) is one for one in FINDINGS.values())
    assert finding("罚款金额") is FINDINGS["fine"]
    assert "复查日期" in nearest("复查时间")


def test_the_form_takes_its_headings_kinds_and_choices_from_the_findings() -> None:
    for entry in FORM[3:]:
        known = FINDINGS[entry.field]
        assert (entry.heading, entry.kind, entry.choices) == (known.heading, known.kind, known.choices)


def test_the_document_names_every_field_with_its_code_and_choices() -> None:
    text = (REPOSITORY / "docs" / "record.md").read_text("utf-8")

    for one in FINDINGS.values():
        assert f"| {one.heading} | `{one.name}` |" in text
        assert all(f"{chinese} `{code}`" in text for code, chinese in one.codes.items())
