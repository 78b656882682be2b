"""Public sources of a seed (protocol §2): form, widths, ranges, order, and how many outcomes each has.

- A plan announces a source before it is known (`ssq:2026099`), a draw gives it with its numbers
  (`ssq:2026099:010512182633+09`). The numbers must be of the announced sources, in the announced order.
- Outcomes are counted exactly; `LEAST` of them make a seed public. There are no floats.
- When an issue can have been drawn is reckoned from its number: what was surely out at the sealing is no chance any
  more. drand is its chain *quicknet*, whose rounds have exact times.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from difflib import get_close_matches
from math import comb, prod
from typing import NamedTuple

from shuangsuiji.core.draw.chance import Grade, Seed, seed_of

LEAST = 2**40
"""A seed of fewer outcomes can be tried out at home: it is not ``public``."""
MOST_DICE = 200
QUICKNET_GENESIS, QUICKNET_PERIOD = 1_692_803_367, 3
"""Unix time of round 1 of drand's chain quicknet (52db9ba7…e971), and seconds from round to round."""
_BEIJING = timezone(timedelta(hours=8))
_BREAKS = timedelta(days=60)
"""Lotteries pause at Spring Festival and in October, together some two weeks a year; in 2020 it was 44 days."""
_EVERY_DAY = frozenset(range(7))

Fault = str
"""A Chinese sentence."""


class Kind(NamedTuple):
    """One kind of source. `issue`: the form of what is announced, `said` in words; `days`: weekdays (Monday = 0)."""

    word: str
    name: str
    issue: re.Pattern[str]
    said: str
    example: str
    outcomes: Callable[[str], int]
    faults: Callable[[str, str], Iterator[Fault]]
    days: frozenset[int] = frozenset()


class Announced(NamedTuple):
    """A source without its numbers: `issue` = the lottery's issue, how many dice, or the round."""

    kind: Kind
    issue: str

    def __str__(self) -> str:
        return f"{self.kind.word}:{self.issue}"

    @property
    def outcomes(self) -> int:
        """How many outcomes it can have."""
        return self.kind.outcomes(self.issue)

    @property
    def name(self) -> str:
        """What people call it: 双色球第2026099期."""
        if self.kind.word == "dice":
            return f"当众掷十面骰{self.issue}次"
        return f"{self.kind.name}第{self.issue}{'轮' if self.kind.word == 'drand' else '期'}"

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which it can have come out; None of dice."""
        if self.kind.word == "dice":
            return None
        if self.kind.word == "drand":
            seconds = QUICKNET_GENESIS + (int(self.issue) - 1) * QUICKNET_PERIOD
            day = datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING).date()
            return day, day
        year, number = int(self.issue[:-3]), int(self.issue[-3:])
        day = date(year if year > 1000 else 2000 + year, 1, 1)  # noqa: PLR2004 - dlt and pl5 write two digits
        while True:
            number -= day.weekday() in self.kind.days
            if not number:
                return day, day + _BREAKS
            day += timedelta(days=1)


def announced(text: str) -> tuple[Announced | None, list[Fault]]:
    """The announced source that `text` is, or what is wrong with it.

    >>> announced("ssq:2026099")[0].name
    '双色球第2026099期'
    >>> announced("sqq:2026099")[1]
    ['没有“sqq”这种种子来源，是不是“ssq”（双色球）？']
    """
    word, colon, issue = text.partition(":")
    kind = KINDS.get(word)
    if kind is None:
        return None, [_unknown(word)]
    if not colon or not kind.issue.fullmatch(issue):
        return None, [f"“{text}”写法不对：{kind.name}预告写成 {word}:{kind.example}（{kind.said}）。"]
    one = Announced(kind, issue)
    if kind.days and one.days and one.days[0].year % 100 != int(issue[-5:-3]):
        return None, [f"“{text}”写法不对：{kind.name}一年没有 {int(issue[-3:])} 期。"]
    return one, []


def announced_faults(texts: Sequence[str]) -> list[Fault]:
    """Everything that is wrong with sources announced together, form apart: the same one twice, dice twice."""
    twice = [text for text in dict.fromkeys(texts) if texts.count(text) > 1]
    found = [f"“{text}”写了两次：同一个结果只能用一次。" for text in twice]
    dice = [text for text in dict.fromkeys(texts) if text.startswith("dice:")]
    if len(dice) > 1:
        found.append("掷骰写了两项，请合为一项，如 dice:13。")
    return found


def outcomes(texts: Sequence[str]) -> int:
    """How many outcomes announced sources have together; 1 for one that is none.

    >>> outcomes(["ssq:2026099", "dlt:26098"]) == comb(33, 6) * 16 * comb(35, 5) * comb(12, 2)
    True
    """
    known = (announced(text)[0] for text in texts)
    return prod(one.outcomes for one in known if one is not None)


def bits(number: int) -> int:
    """How many bits `number` outcomes have, rounded down.

    >>> bits(LEAST - 1), bits(LEAST)
    (39, 40)
    """
    return number.bit_length() - 1


def grade_announced(texts: Sequence[str]) -> Grade:
    """The grade of a seed from sources that a sealing announced: too few outcomes are no better than typed ones.

    >>> grade_announced(["ssq:2026099"]), grade_announced(["ssq:2026099", "dlt:26098"])
    ('given', 'public')
    """
    return "public" if outcomes(texts) >= LEAST else "given"


def issue_of(source: str) -> str:
    """The announced form of a source with its numbers.

    >>> issue_of("ssq:2026099:010512182633+09"), issue_of("dice:3141592653589")
    ('ssq:2026099', 'dice:13')
    """
    word, _, rest = source.partition(":")
    return f"dice:{len(rest)}" if word == "dice" else f"{word}:{rest.partition(':')[0]}"


def faults(source: str) -> list[Fault]:
    """Everything that is wrong with a source and its numbers; none where it is as the protocol wants it.

    >>> faults("ssq:2026099:010512182633+09")
    []
    >>> [fault.partition("：")[2].rstrip("。") for fault in faults("ssq:2026099:051201182634+17")]
    ['红球 34 不在 01 到 33 之间', '红球要从小到大写', '蓝球 17 不在 01 到 16 之间']
    """
    word, _, rest = source.partition(":")
    kind = KINDS.get(word)
    if kind is None:
        return [_unknown(word)]
    issue, colon, numbers = ("", ":", rest) if word == "dice" else rest.partition(":")
    found = [] if word == "dice" or kind.issue.fullmatch(issue) else [f"{_ISSUE[word]}要写{kind.said}"]
    found += kind.faults(numbers, word) if colon and numbers else ["没有号码"]
    return [f"“{source}”：{fault}。" for fault in found]


def unlike(sources: Sequence[str], told: Sequence[str]) -> list[Fault]:
    """Where `sources` (with numbers) are not what the sealing announced (`told`): another issue, order, or number."""
    found = [
        f"第{place}项公布的是 {wanted}（{_name(wanted)}），给的是 {issue_of(given)}。"
        for place, (wanted, given) in enumerate(zip(told, sources, strict=False), 1)
        if issue_of(given) != wanted
    ]
    found += [f"缺少第{len(sources) + n}项 {one}（{_name(one)}）。" for n, one in enumerate(told[len(sources) :], 1)]
    found += [f"多了“{one}”，没有公布过。" for one in sources[len(told) :]]
    return found


def public_seed(draw: str, told: Sequence[str], sources: Sequence[str], key: str = "") -> Seed:
    """The seed of a draw by announced sources; `key` (64 hex) of a sealed draw stands last."""
    parts = (*sources, f"key:{key}") if key else tuple(sources)
    return seed_of(draw, parts)._replace(grade=grade_announced(told))


def _name(text: str) -> str:
    one, _ = announced(text)
    return one.name if one else text


def _unknown(word: str) -> Fault:
    near = get_close_matches(word, KINDS, n=1, cutoff=0.5)
    if near:
        return f"没有“{word}”这种种子来源，是不是“{near[0]}”（{KINDS[near[0]].name}）？"
    every = "、".join(f"{kind.word}（{kind.name}）" for kind in KINDS.values())
    return f"没有“{word}”这种种子来源，可以用：{every}。"


def _balls(what: str, text: str, most: int) -> Iterator[Fault]:
    """Two-digit numbers from 01 to `most`, ascending."""
    balls = [text[at : at + 2] for at in range(0, len(text), 2)]
    outside = [ball for ball in balls if not 1 <= int(ball) <= most]
    if outside:
        yield f"{what} {'、'.join(outside)} 不在 01 到 {most:02d} 之间"
    twice = sorted({ball for ball in balls if balls.count(ball) > 1})
    if twice:
        yield f"{what} {'、'.join(twice)} 重复"
    elif balls != sorted(balls):
        yield f"{what}要从小到大写"


def _lottery(first: tuple[str, int, int], second: tuple[str, int, int]) -> Callable[[str, str], Iterator[Fault]]:
    """Each: what the balls are called, how many, from how many."""
    (red, reds, most_red), (blue, blues, most_blue) = first, second
    form = re.compile(rf"([0-9]{{{2 * reds}}})\+([0-9]{{{2 * blues}}})")

    def check(numbers: str, _word: str) -> Iterator[Fault]:
        found = form.fullmatch(numbers)
        if not found:
            yield (
                f"号码要写成{reds}个两位{red}、加号、{blues}个两位{blue}，中间没有空格"
                f"（共{2 * (reds + blues)}个数字），不能是“{numbers}”"
            )
            return
        yield from _balls(red, found[1], most_red)
        yield from _balls(blue, found[2], most_blue)

    return check


def _digits(number: int) -> Callable[[str, str], Iterator[Fault]]:
    form = re.compile(f"[0-9]{{{number}}}")

    def check(numbers: str, _word: str) -> Iterator[Fault]:
        if not form.fullmatch(numbers):
            yield f"号码要正好{number}位数字，不能是“{numbers}”"

    return check


def _dice(numbers: str, _word: str) -> Iterator[Fault]:
    if not re.fullmatch(r"[0-9]+", numbers):
        yield f"点数要依次写成数字（0 到 9），中间没有空格，不能是“{numbers}”"
    elif len(numbers) > MOST_DICE:
        yield f"点数有 {len(numbers)} 个，最多 {MOST_DICE} 个"


def _drand(numbers: str, _word: str) -> Iterator[Fault]:
    if not re.fullmatch(r"[0-9a-f]{64}", numbers):
        yield "随机值要正好64位小写十六进制（该轮的 randomness）"


_LONG, _SHORT = re.compile("20[0-9]{2}(?!000)[0-3][0-9]{2}"), re.compile("[0-9]{2}(?!000)[0-3][0-9]{2}")
_SEVEN, _FIVE = "7位期号：4位年份和3位序号", "5位期号：年份后2位和3位序号"
_ISSUE = {"ssq": "期号", "dlt": "期号", "pl5": "期号", "fc3d": "期号", "drand": "轮次"}

KINDS = {
    kind.word: kind
    for kind in (
        Kind(
            "ssq",
            "双色球",
            _LONG,
            _SEVEN,
            "2026099",
            lambda _: comb(33, 6) * 16,
            _lottery(("红球", 6, 33), ("蓝球", 1, 16)),
            frozenset({1, 3, 6}),
        ),
        Kind(
            "dlt",
            "大乐透",
            _SHORT,
            _FIVE,
            "26098",
            lambda _: comb(35, 5) * comb(12, 2),
            _lottery(("前区号码", 5, 35), ("后区号码", 2, 12)),
            frozenset({0, 2, 5}),
        ),
        Kind("pl5", "排列5", _SHORT, _FIVE, "26098", lambda _: 10**5, _digits(5), _EVERY_DAY),
        Kind("fc3d", "福彩3D", _LONG, _SEVEN, "2026099", lambda _: 10**3, _digits(3), _EVERY_DAY),
        Kind(
            "dice",
            "十面骰",
            re.compile(f"[1-9][0-9]?|1[0-9][0-9]|{MOST_DICE}"),
            f"掷几次，1 到 {MOST_DICE}",
            "13",
            lambda issue: 10 ** int(issue),
            _dice,
        ),
        Kind("drand", "drand", re.compile("[1-9][0-9]{0,9}"), "轮次，不带前导零", "27961627", lambda _: 2**128, _drand),
    )
}
"""Every kind of public source, by its word."""
