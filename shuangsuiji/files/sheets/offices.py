"""Sheets of a joint inspection: a folder for each department, which can be sent to it and shows nothing else.

``SJ_县市场监督管理局/`` holds the department's own 任务清单 and its people's workbooks; the whole list stays above.
"""

from collections.abc import Iterator
from dataclasses import replace

from shuangsuiji.core.year.briefing import Briefing, Office
from shuangsuiji.files.sheets.names import file_names


def folders(briefing: Briefing) -> dict[str, str]:
    """The folder of each inspector, with its slash; blank where nothing is joint."""
    names = _names(briefing)
    return {inspector: names[office.code] for office in briefing.offices for inspector in office.inspectors}


def parts(briefing: Briefing) -> Iterator[tuple[str, Briefing]]:
    """Of each department that has anything to do: its folder, and what of the briefing it may see."""
    names = _names(briefing)
    for office in briefing.offices:
        part = _part(briefing, office)
        if part.assignments:
            yield names[office.code], part


def _names(briefing: Briefing) -> dict[str, str]:
    stems = file_names([f"{office.code}_{office.name}" for office in briefing.offices], "")
    return {office.code: f"{stem}/" for office, stem in zip(briefing.offices, stems, strict=True)}


def _part(briefing: Briefing, office: Office) -> Briefing:
    mine = tuple(
        each for each in briefing.assignments if any(member.inspector in office.inspectors for member in each.team)
    )
    visited = {code for each in mine for code in each.strata}
    strata = tuple(stratum for stratum in briefing.strata if stratum.code in visited)
    wanted = {code for stratum in strata for code in stratum.items}
    return replace(
        briefing,
        strata=strata,
        items=tuple(item for item in briefing.items if item.code in wanted),
        assignments=mine,
        offices=(),
        office=office.name,
    )
