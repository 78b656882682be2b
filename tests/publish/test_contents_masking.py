"""What is hidden in public texts, and what is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.privacy.masking import HIDDEN, Veil, masked
from shuangsuiji.core.privacy.scrubbing import scrubbed
from shuangsuiji.core.privacy.surnames import COMPOUND
from tests.publish.matters import CHECKPOINT

PRIVATE = [
    "13800000000",
    "138 0000 0000",
    "138-0000-0000",
    "138－0000－0000",
    "１３８００００００００",
    "١٣٨٠٠٠٠٠٠٠٠",
    "138\u200b0000\u200b0000",
    "138.0000.0000",
    "1380 000 0000",
    "138 000 00000",
    "138000 00000",
    "1 3 8 0 0 0 0 0 0 0 0",
    "1-3-8-0-0-0-0-0-0-0-0",
    "+86 138 0000 0000",
    "8613800000000",
    "(138)0000-0000",
    "1380000000013900000000",
    "一三八〇〇〇〇〇〇〇〇",
    "0311-88123456",
    "（0311）88123456",
    "0311 8812 3456",
    "031188123456",
    "010-12345678",
    "0000-0000001",
    "0311-88123456转801",
    "400-123-4567",
    "4001234567",
    "11010119900307002X",
    "11010119900307002x",
    "110101 19900307 0021",
    "110101-19900307-0021",
    "１１０１０１１９９００３０７００２１",
    "110101900307002",
    "6222 0000 0000 0000 004",
    "6222000000000000004",
    "someone@example.com",
    "some.one＠example.com",
]
FINE = [
    "91350100M000100Y43",
    "12990129QH000001XY",
    "2023-05-09 14:30",
    "2023年5月9日",
    "20230509143022",
    "青禾卫法监〔2023〕3号",
    "测卫罚〔2023〕13800号",
    "罚款2000元，没收12345.67元",
    "1234567.89元",
    "《公共场所卫生管理规范》（GB 37487—2019）",
    "GB 15982-2012、GB 18466-2005",
    "青禾县南屏乡商贸街36号",
    "130129-2023-01",
    "青禾卫公证字〔2021〕第0498号",
    "ssj1|seed|130129-2023-01|given:1",
    CHECKPOINT,
    "WJ-GGCS-01",
    "电话未公示",
]


@pytest.mark.parametrize("private", PRIVATE)
def test_a_private_number_is_hidden_wherever_it_stands(private: str) -> None:
    assert scrubbed(private) == HIDDEN
    assert scrubbed(f"店主说{private}，已核实") == f"店主说{HIDDEN}，已核实"
    assert scrubbed(f"甲旅馆（{private}）") == f"甲旅馆{HIDDEN}"


@pytest.mark.parametrize("fine", FINE)
def test_what_is_not_private_stays_as_it_is(fine: str) -> None:
    assert scrubbed(fine) == fine
    assert scrubbed(f"见{fine}。") == f"见{fine}。"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("联系电话：8812345", f"联系电话：{HIDDEN}"),
        ("微信号abc_12345", f"微信号{HIDDEN}"),
        ("QQ：12345678", f"QQ：{HIDDEN}"),
        ("护照号E1234567", f"护照号{HIDDEN}"),
        ("两个号码13800000000、13900000000", f"两个号码{HIDDEN}、{HIDDEN}"),
        ("13800000000/0311-88123456", f"{HIDDEN}/{HIDDEN}"),
    ],
)
def test_a_number_that_is_called_private_is_hidden(said: str, shown: str) -> None:
    assert scrubbed(said) == shown


def test_an_18_digit_number_is_told_by_its_check_characters() -> None:
    is_both_in_shape, is_code_alone = "110101199003070011", "12990129QH0000028Y"

    assert scrubbed(is_both_in_shape) == HIDDEN
    assert scrubbed(is_code_alone) == is_code_alone


SEPARATORS = st.sampled_from(["", " ", "-", "－", ".", "\u200b", "\u3000", "·"])


@given(
    st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    SEPARATORS,
    st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20),
)
def test_no_mobile_number_survives(before: str, mobile: str, between: str, after: str) -> None:
    written = between.join((mobile[:3], mobile[3:7], mobile[7:]))

    shown = scrubbed(before + written + after)

    assert mobile not in re.sub(r"\D", "", shown)
    assert HIDDEN in shown


@given(st.text(max_size=60))
def test_scrubbing_twice_is_scrubbing_once(text: str) -> None:
    once = scrubbed(text)

    assert scrubbed(once) == once


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张某"),
        ("张 三", "张某"),
        ("李 四（个体）", "李某（个体）"),
        ("王小明", "王某"),
        ("欧阳小红", "欧阳某"),
        ("司马相如", "司马某"),
        ("李文化", "李某"),
        ("刘玉堂", "刘某"),
        ("王建城", "王某"),
        ("阿卜杜拉·买买提", "阿某"),
        ("张三（个体）", "张某（个体）"),
        ("张三(个体工商户)", "张某(个体工商户)"),
        ("个体工商户张三", "个体工商户张某"),
        ("个体户（张三）", "个体户（张某）"),
        ("张三个体户", "张某个体户"),
        ("张三 13800000000", f"张某 {HIDDEN}"),
        ("张三（13800000000）", f"张某{HIDDEN}"),
        ("甲旅馆 13800000000", f"甲旅馆 {HIDDEN}"),
        ("甲旅馆", "甲旅馆"),
        ("丁宾馆", "丁宾馆"),
        ("一小", "一小"),
        ("张三诊所", "张三诊所"),
        ("张三理发店", "张三理发店"),
        ("国庆发艺", "国庆发艺"),
        ("清溪宾馆", "清溪宾馆"),
        ("于家庄村卫生室", "于家庄村卫生室"),
        ("金茂公司", "金茂公司"),
        ("<script>", "<script>"),
        ("", ""),
    ],
)
def test_a_unit_with_a_persons_name_is_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_a_lawful_credit_code_of_an_organisation_says_that_it_is_no_person() -> None:
    assert masked("金色年华") == "金某"
    assert masked("金色年华", "91350100M000100Y43") == "金色年华"
    assert masked("金色年华", "91350100M000100Y44") == "金某"


def test_compound_surnames_are_of_two_characters() -> None:
    assert {len(surname) for surname in COMPOUND} == {2}
    assert {"欧阳", "司马", "诸葛", "令狐"} <= COMPOUND


def test_no_unit_of_the_sample_county_is_taken_for_a_person(sample) -> None:
    from shuangsuiji.files.rosters import RosterReader  # noqa: PLC0415
    from shuangsuiji.files.workspace import Workspace  # noqa: PLC0415

    subjects = RosterReader(Workspace(sample.root)).rosters("2023-04-01", {}).subjects

    assert [s.name for s in subjects if masked(s.name) != s.name] == []
    assert [s.address for s in subjects if scrubbed(s.address) != s.address] == []


def test_a_veil_keeps_ids_and_lines_that_must_be_checked_to_the_letter() -> None:
    line = "ssj1|seed|T-2023|given:13800000000"
    veil = Veil(keep={"13012900101"}, verbatim=(line,))

    assert scrubbed(line) != line
    assert veil.text(f"printf '%s' '{line}' | sha256sum") == f"printf '%s' '{line}' | sha256sum"
    assert veil.text("GGCS/13012900101、13912345678") == f"GGCS/13012900101、{HIDDEN}"
    assert veil.value({"a": ["13800000000", 3, True], "b": None}) == {"a": [HIDDEN, 3, True], "b": None}


def test_a_very_long_text_is_no_trouble() -> None:
    for text in ("1" * 5000, "a" * 5000 + "@", "1 " * 5000, "138-" * 2000, "0" * 5000, "（" * 5000):
        scrubbed(text)
        masked(text)
