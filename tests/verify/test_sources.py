"""Public sources of a seed: every width, range, order, and count of outcomes (protocol §2)."""

import hashlib
import itertools
import json
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.draw.chance import FIELD
from shuangsuiji.core.draw.sources import (
    KINDS,
    LEAST,
    announced,
    announced_faults,
    bits,
    faults,
    grade_announced,
    issue_of,
    outcomes,
    public_seed,
    unlike,
)
from tests.conftest import REPOSITORY

GOOD = {
    "ssq": "ssq:2026099:010512182633+09",
    "dlt": "dlt:26098:0311192735+0208",
    "pl5": "pl5:26098:00012",
    "fc3d": "fc3d:2026099:000",
    "dice": "dice:3141592653589",
    "drand": f"drand:27946612:{'0a' * 32}",
}
VECTOR = json.loads((REPOSITORY / "tests/vectors/tickets.json").read_text("utf-8"))


def said(source: str) -> list[str]:
    """What is wrong, without the source itself."""
    return [fault.partition("”：")[2].rstrip("。") for fault in faults(source)]


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD)
def test_each_kind_of_source_is_taken_in_its_form(source: str) -> None:
    assert faults(source) == []
    assert FIELD.fullmatch(source)
    assert announced(issue_of(source))[1] == []


def test_the_seed_of_the_protocols_vector_comes_out() -> None:
    draw, *sources = VECTOR["seed_line"].split("|")[2:]

    seed = public_seed(draw, [issue_of(source) for source in sources], sources)

    assert (seed.line, seed.digest, seed.grade) == (VECTOR["seed_line"], VECTOR["seed"], "public")


def test_the_key_of_a_sealed_draw_stands_last() -> None:
    told, sources = ["ssq:2026099", "dlt:26098"], [GOOD["ssq"], GOOD["dlt"]]

    seed = public_seed("T-2026", told, sources, "5f" * 32)

    assert seed.line == f"ssj1|seed|T-2026|{GOOD['ssq']}|{GOOD['dlt']}|key:{'5f' * 32}"
    assert seed.sources[-1] == f"key:{'5f' * 32}"
    assert seed.digest == hashlib.sha256(seed.line.encode()).hexdigest()


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (
            "ssq:2026099:0105121826+09",
            "号码要写成6个两位红球、加号、1个两位蓝球，中间没有空格（共14个数字），不能是“0105121826+09”",
        ),
        (
            "ssq:2026099:01051218263309",
            "号码要写成6个两位红球、加号、1个两位蓝球，中间没有空格（共14个数字），不能是“01051218263309”",
        ),
        (
            "ssq:2026099:010512182633+0９",
            "号码要写成6个两位红球、加号、1个两位蓝球，中间没有空格（共14个数字），不能是“010512182633+0９”",
        ),
        ("ssq:2026099:000512182633+09", "红球 00 不在 01 到 33 之间"),
        ("ssq:2026099:010512182634+09", "红球 34 不在 01 到 33 之间"),
        ("ssq:2026099:050112182633+09", "红球要从小到大写"),
        ("ssq:2026099:010112182633+09", "红球 01 重复"),
        ("ssq:2026099:010512182633+00", "蓝球 00 不在 01 到 16 之间"),
        ("ssq:2026099:010512182633+17", "蓝球 17 不在 01 到 16 之间"),
        ("ssq:26099:010512182633+09", "期号要写7位期号：4位年份和3位序号"),
        ("ssq:2026000:010512182633+09", "期号要写7位期号：4位年份和3位序号"),
        ("ssq:2026099", "没有号码"),
        ("dlt:26098:0311192736+0208", "前区号码 36 不在 01 到 35 之间"),
        ("dlt:26098:0311271935+0208", "前区号码要从小到大写"),
        ("dlt:26098:0311192735+0813", "后区号码 13 不在 01 到 12 之间"),
        ("dlt:26098:0311192735+0802", "后区号码要从小到大写"),
        ("dlt:26098:0311192735+0808", "后区号码 08 重复"),
        ("dlt:2026098:0311192735+0208", "期号要写5位期号：年份后2位和3位序号"),
        ("pl5:26098:1234", "号码要正好5位数字，不能是“1234”"),
        ("pl5:26098:123456", "号码要正好5位数字，不能是“123456”"),
        ("fc3d:2026099:12", "号码要正好3位数字，不能是“12”"),
        ("fc3d:2026099:1a3", "号码要正好3位数字，不能是“1a3”"),
        ("dice:12 34", "点数要依次写成数字（0 到 9），中间没有空格，不能是“12 34”"),
        ("dice:", "没有号码"),
        (f"dice:{'7' * 201}", "点数有 201 个，最多 200 个"),
        (f"drand:0123:{'0a' * 32}", "轮次要写轮次，不带前导零"),
        (f"drand:123:{'0A' * 32}", "随机值要正好64位小写十六进制（该轮的 randomness）"),
        (f"drand:123:{'0a' * 31}", "随机值要正好64位小写十六进制（该轮的 randomness）"),
    ],
)
def test_what_is_wrong_with_a_source_is_one_sentence(source: str, what: str) -> None:
    assert said(source) == [what]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert said("dlt:2026098:3511192736+1313") == [
        "期号要写5位期号：年份后2位和3位序号",
        "前区号码 36 不在 01 到 35 之间",
        "前区号码要从小到大写",
        "后区号码 13、13 不在 01 到 12 之间",
        "后区号码 13 重复",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("qlc:1", "没有“qlc”这种种子来源，可以用：ssq（双色球）、dlt（大乐透）、pl5（排列5）、fc3d（福彩3D）、dice（十面骰）、drand（drand）。"),
        ("drnd:1", "没有“drnd”这种种子来源，是不是“drand”（drand）？"),
        ("ssq", "“ssq”写法不对：双色球预告写成 ssq:2026099（7位期号：4位年份和3位序号）。"),
        ("ssq:2026099:010512182633+09", "“ssq:2026099:010512182633+09”写法不对：双色球预告写成 ssq:2026099（7位期号：4位年份和3位序号）。"),
        ("ssq:2026158", "“ssq:2026158”写法不对：双色球一年没有 158 期。"),
        ("fc3d:2026366", "“fc3d:2026366”写法不对：福彩3D一年没有 366 期。"),
        ("dice:0", "“dice:0”写法不对：十面骰预告写成 dice:13（掷几次，1 到 200）。"),
        ("dice:201", "“dice:201”写法不对：十面骰预告写成 dice:13（掷几次，1 到 200）。"),
    ],
)  # fmt: skip
def test_an_announcement_is_checked_too(text: str, what: str) -> None:
    assert announced(text) == (None, [what])


def test_the_same_result_cannot_be_counted_twice() -> None:
    assert announced_faults(["ssq:2026099", "ssq:2026099"]) == ["“ssq:2026099”写了两次：同一个结果只能用一次。"]
    assert announced_faults(["dice:6", "dice:7"]) == ["掷骰写了两项，请合为一项，如 dice:13。"]
    assert announced_faults(["ssq:2026099", "ssq:2026100"]) == []


def test_outcomes_are_counted_by_counting_them() -> None:
    reds = sum(1 for _ in itertools.combinations(range(1, 34), 6))

    assert outcomes(["ssq:2026099"]) == reds * 16 == 17_721_088
    assert outcomes(["dlt:26098"]) == 324_632 * 66 == 21_425_712
    assert (outcomes(["pl5:26098"]), outcomes(["fc3d:2026099"])) == (100_000, 1_000)
    assert (outcomes(["dice:13"]), outcomes(["drand:1"])) == (10**13, 2**128)
    assert outcomes(["ssq:2026099", "fc3d:2026099"]) == 17_721_088_000


@pytest.mark.parametrize(
    ("told", "grade", "whole"),
    [
        (["ssq:2026099", "dlt:26098"], "public", 48),
        (["ssq:2026099", "pl5:26098"], "public", 40),
        (["dlt:26098", "pl5:26098"], "public", 40),
        (["ssq:2026099", "fc3d:2026099"], "given", 34),
        (["pl5:26098", "pl5:26099", "fc3d:2026099"], "public", 43),
        (["dice:12"], "given", 39),
        (["dice:13"], "public", 43),
        (["drand:1"], "public", 128),
        (["ssq:2026099"], "given", 24),
    ],
)
def test_below_forty_bits_a_seed_is_not_public(told: list[str], grade: str, whole: int) -> None:
    assert (grade_announced(told), bits(outcomes(told))) == (grade, whole)
    assert (outcomes(told) >= LEAST) == (grade == "public")
    assert whole == math.floor(math.log2(outcomes(told)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ssq:2026001", date(2026, 1, 1), date(2026, 3, 2)),
        ("ssq:2026099", date(2026, 8, 18), date(2026, 10, 17)),
        ("dlt:26001", date(2026, 1, 3), date(2026, 3, 4)),
        ("pl5:26098", date(2026, 4, 8), date(2026, 6, 7)),
        ("fc3d:2026365", date(2026, 12, 31), date(2027, 3, 1)),
        ("drand:27946612", date(2026, 4, 20), date(2026, 4, 20)),
    ],
)
def test_when_an_issue_can_come_out_is_reckoned(text: str, first: date, last: date) -> None:
    one = announced(text)[0]

    assert one is not None
    assert one.days == (first, last)


def test_dice_are_thrown_when_they_are_thrown() -> None:
    one = announced("dice:13")[0]

    assert one is not None
    assert (one.days, one.name) == (None, "当众掷十面骰13次")


def test_another_issue_order_or_number_of_sources_is_named() -> None:
    told = ["ssq:2026099", "dlt:26098", "dice:3"]

    assert unlike([GOOD["ssq"], GOOD["dlt"], "dice:123"], told) == []
    assert unlike([GOOD["dlt"], GOOD["ssq"], "dice:1234"], told) == [
        "第1项公布的是 ssq:2026099（双色球第2026099期），给的是 dlt:26098。",
        "第2项公布的是 dlt:26098（大乐透第26098期），给的是 ssq:2026099。",
        "第3项公布的是 dice:3（当众掷十面骰3次），给的是 dice:4。",
    ]
    assert unlike([GOOD["ssq"]], told) == [
        "缺少第2项 dlt:26098（大乐透第26098期）。",
        "缺少第3项 dice:3（当众掷十面骰3次）。",
    ]
    assert unlike([GOOD["ssq"], GOOD["dlt"], "dice:123", GOOD["pl5"]], told) == [f"多了“{GOOD['pl5']}”，没有公布过。"]


@given(st.text(max_size=40))
def test_no_text_breaks_the_checks(text: str) -> None:
    for source in (text, *(f"{word}:{text}" for word in KINDS), f"ssq:2026099:{text}", f"dlt:26098:{text}"):
        assert isinstance(faults(source), list)
        assert (announced(source)[0] is None) == bool(announced(source)[1])
        if not faults(source):
            assert FIELD.fullmatch(source)
            assert "|" not in source


@given(
    st.lists(st.integers(1, 33), min_size=6, max_size=6),
    st.integers(0, 99),
    st.lists(st.integers(1, 35), min_size=5, max_size=5),
    st.lists(st.integers(1, 12), min_size=2, max_size=2),
)
def test_a_lottery_is_taken_exactly_when_it_could_be_drawn_so(
    reds: list[int], blue: int, front: list[int], back: list[int]
) -> None:
    def joined(balls: list[int]) -> str:
        return "".join(f"{ball:02d}" for ball in balls)

    ssq = f"ssq:2026099:{joined(reds)}+{blue:02d}"
    dlt = f"dlt:26098:{joined(front)}+{joined(back)}"

    assert (faults(ssq) == []) == (reds == sorted(set(reds)) and 1 <= blue <= 16)
    assert (faults(dlt) == []) == (front == sorted(set(front)) and back == sorted(set(back)))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=200))
def test_dice_keep_their_order_and_their_zeros(thrown: list[int]) -> None:
    source = "dice:" + "".join(map(str, thrown))

    assert faults(source) == []
    assert issue_of(source) == f"dice:{len(thrown)}"
