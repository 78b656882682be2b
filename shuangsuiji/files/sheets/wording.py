"""Phrases that all sheets of a draw share: dates, the plan's citation, a subject's strata, a team."""

import re
from collections.abc import Mapping
from datetime import date

from shuangsuiji.core.year.briefing import RECEIVED, Assignment, Briefing, Member, StratumLine

_POINT = re.compile(r"\s+(?=\d{1,2}[.．、]\s?[^\d\s])")

NOT_VERIFIABLE = "上级抽取下达（本系统不能核验其抽取过程）"

GRADES = {
    "public": "公开种子（封存名册之后产生的公开随机数，任何人可以查证）",
    "local": "本机随机（由本机操作系统产生）",
    "given": "人工给定（由操作人员输入）",
    RECEIVED: NOT_VERIFIABLE,
}


_SHORT = {"public": "公开", "local": "本机随机", "given": "人工给定"}


def day(text: str) -> str:
    """A date as official papers write it; what is no date (blank, 长期) stays as it is.

    >>> day("2023-05-09"), day("长期")
    ('2023年5月9日', '长期')
    """
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{on.year}年{on.month}月{on.day}日"


def points(text: str) -> str:
    r"""A text with each of its numbered points on a line of its own.

    >>> points("1. 卫生许可证有效 2. 公示水质 7.5 度")
    '1. 卫生许可证有效\n2. 公示水质 7.5 度'
    """
    return _POINT.sub("\n", text)


def basis(briefing: Briefing) -> str:
    """The plan that the draw follows, as papers cite it: 《…》（文号）."""
    title = briefing.title if briefing.title.startswith("《") else f"《{briefing.title}》"
    return title + (f"（{briefing.document_no}）" if briefing.document_no else "")


def period(briefing: Briefing) -> str:
    """From when to when the visits are to be made."""
    return f"{day(briefing.period_start)}至{day(briefing.period_end)}"


def drawn(briefing: Briefing) -> str:
    """Which draw, and when; of a list that a higher level drew, that we cannot verify it."""
    if briefing.grade == RECEIVED:
        return f"清单编号：{briefing.draw}　　下达日期：{day(briefing.drawn_on)}　　{NOT_VERIFIABLE}"
    void = f"　　此前作废{briefing.voided}次" if briefing.voided else ""
    return f"抽取编号：{briefing.draw}　　抽取日期：{day(briefing.drawn_on)}　　种子：{_SHORT[briefing.grade]}{void}"


def stratum_names(strata: tuple[StratumLine, ...]) -> Mapping[str, str]:
    """What each stratum is called, by its code."""
    return {stratum.code: stratum.name or stratum.code for stratum in strata}


def specialties(assignment: Assignment, names: Mapping[str, str]) -> str:
    """All strata of the visit."""
    return "、".join(names.get(code, code) for code in assignment.strata)


def beside(assignment: Assignment) -> str:
    """The other departments' people who come along, each on a line under the department."""
    return "\n".join("\n".join([f"{name}：", *map(member, team)]) for name, team in assignment.beside)


def member(of: Member) -> str:
    """An inspector as sheets name him: 监督员01（13012900101，主办）."""
    return f"{of.name}（{of.inspector}{'，主办' if of.lead else ''}）"
