"""What ``ssj check`` tells over the years: who was not seen for how long, what is to come, who is left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.core.draw.drawing import by_stratum
from shuangsuiji.core.plan.coverage import COVERING_YEARS, Enough, bands, enough, forecast, never_drawn
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.membership import Group
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Sealing


class StratumOutlook(NamedTuple):
    """One stratum. `bands`: never known, less than 1 year, 1 to 2, …, C or more. `due`: must be drawn this year.

    `unreached`: of whom the last visit found nobody. `forecast`: draws this year and in the C years after it.
    `uncovered`: how many to expect never drawn in C years of chance; 0 with a coverage rule.
    """

    stratum: str
    name: str
    population: int
    bands: tuple[int, ...]
    due: int
    unreached: int
    forecast: tuple[int, ...]
    uncovered: int
    enough: Enough | None


class Outlook(NamedTuple):
    """All strata. `years` = C, of the rule or 5 where there is none (`is_rule`); `first`: the year of the plan."""

    years: int
    is_rule: bool
    first: int
    strata: tuple[StratumOutlook, ...]


class LeftOut(NamedTuple):
    """A subject that is left out of a stratum: by which rule, and why. With an exemption: it is in, `reason` why."""

    group: Group
    stratum: str
    subject: str
    name: str
    reason: str


def outlook(plan: Plan, sealing: Sealing, missed: Mapping[tuple[str, str], str], as_of: date) -> Outlook:
    """Of the pool as it would be sealed. `missed`: (specialty, subject) → the day of the last visit to nobody."""
    years = plan.coverage.years if plan.coverage else COVERING_YEARS
    candidates = by_stratum(sealing.pool)
    rows = []
    for layer, stratum in zip(layers(plan), sealing.pool.strata, strict=True):
        members = sealing.members[layer.code]
        last = [sealing.known.last_visit(subject, layer.specialty) for subject in members]
        gone = [missed.get((layer.specialty, subject.subject), "") for subject in members]
        population, number = len(members), sealing.numbers[layer.code]
        later = layer.quota_of(population)
        if plan.coverage:
            ahead = forecast(candidates[layer.code], number=number, later=later, years=years, ahead=years)
        else:
            ahead = [number] + [later] * years
        base = population - stratum.must if plan.must_include == "on-top" else population
        rows.append(
            StratumOutlook(
                stratum=layer.code,
                name=layer.name,
                population=population,
                bands=bands(last, years, as_of),
                due=sum(one.left == 1 for one in candidates[layer.code]),
                unreached=sum(there > seen for there, seen in zip(gone, last, strict=True)),
                forecast=tuple(ahead),
                uncovered=0 if plan.coverage else never_drawn(population, later, years),
                enough=enough(layer, base, years),
            )
        )
    return Outlook(years, plan.coverage is not None, plan.year, tuple(rows))


def left_out(sealing: Sealing) -> list[LeftOut]:
    """Everybody who is left out, in the order of the pool."""
    rules = sealing.left_out
    return [LeftOut(rules[one.stratum, one.subject], *one) for one in sealing.pool.excluded]


def by_reason(found: Sequence[LeftOut]) -> dict[tuple[Group, str], list[LeftOut]]:
    """The same by rule and reason, the most frequent reason first."""
    count = Counter((one.group, one.reason) for one in found)
    groups: dict[tuple[Group, str], list[LeftOut]] = {
        key: [] for key in sorted(count, key=lambda key: (-count[key], key))
    }
    for one in found:
        groups[one.group, one.reason].append(one)
    return groups


def band_names(years: int) -> list[str]:
    """What the bands are called.

    >>> band_names(3)
    ['没有记录', '不满1年', '1至2年', '2至3年', '3年以上']
    """
    return ["没有记录", "不满1年", *(f"{band}至{band + 1}年" for band in range(1, years)), f"{years}年以上"]
