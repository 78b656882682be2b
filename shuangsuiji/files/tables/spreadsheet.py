"""xlsx, xlsm, xls and ods become grids: calamine behind the surveys, openpyxl where calamine gives up."""

import html
import importlib
import io
import posixpath
import re
import warnings
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.files.tables import biff, opendocument, worksheet
from shuangsuiji.files.tables.grid import Grid, Survey
from shuangsuiji.files.tables.guard import Container, contain, corrupt, protected
from shuangsuiji.files.tables.weight import Shared, is_bearable, too_heavy, weight
from shuangsuiji.files.unzip import DAMAGED

_MOST_SLOWLY = 500_000
"""Cells that openpyxl reads in bearable time."""
_TEXTS = "xl/sharedstrings.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"(?:^|\s)(?:\w+:)?(\w+)\s*=\s*[\"']([^\"']*)[\"']")


def read(data: bytes, file: str, only: Collection[str] | None = None) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a spreadsheet file, or `only` some; those that cannot be laid out in memory are Problems."""
    place = Place(file)
    container = contain(data, place)
    if isinstance(container, Problem):
        return [], [container]
    surveys: dict[str, Survey] = {}
    try:
        return _read(container, place, only, surveys)
    except (*DAMAGED, biff.DamagedError, opendocument.DamagedError):
        return [], [corrupt(place)]
    except (biff.LockedError, PasswordError):
        return [], [protected(place)]
    except CalamineError:
        pass
    except BaseException as panic:
        # calamine's own panics come as a class that derives from BaseException and has no importable name.
        if type(panic).__name__ != "PanicException":
            raise
    grids, problems = _openpyxl(container, surveys, place)
    return [grid for grid in grids if only is None or grid.sheet in only], problems


def _read(
    container: Container, place: Place, only: Collection[str] | None, surveys: dict[str, Survey]
) -> tuple[list[Grid], list[Problem]]:
    """By calamine, where the surveys, which are added to `surveys`, say that it may."""
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(_early, container)
        surveys |= _surveys(container, only)
        texts, book = early.result()
        if far := [_far(Place(place.file, sheet), found.far) for sheet, found in surveys.items() if found.far]:
            return [], far
        if problem := _too_heavy(container, surveys, texts, place):
            return [], [problem]
        return _calamine(book or _opened(container.data), surveys, only), []


def _early(container: Container) -> tuple[Shared | None, CalamineWorkbook | None]:
    """What may be opened before the surveys are in: of an xlsx the shared texts, where they are what they claim.

    calamine reads no more of it then; of an xls or ods it would read all.
    """
    texts = _shared(container)
    return texts, _opened(container.data) if texts and texts.is_bearable else None


def _shared(container: Container) -> Shared | None:
    """The shared texts of an xlsx. Raises one of `DAMAGED` where they are not what they claim."""
    if container.archive is None or container.form != "xlsx":
        return None
    return Shared(container.archive, container.parts.get(_TEXTS))


def _too_heavy(container: Container, surveys: dict[str, Survey], texts: Shared | None, place: Place) -> Problem | None:
    held = sum(found.held for found in surveys.values())
    if texts and not texts.is_bearable:
        return too_heavy(place, held)
    shared = texts.weight(held, _sheets(container, surveys)) if texts else 0
    taken = sum(weight(found, is_copied=texts is None) for found in surveys.values()) + shared
    if is_bearable(taken, shared, len(container.data)):
        return None
    return too_heavy(place, max(held, sum(found.cells for found in surveys.values())))


def _sheets(container: Container, surveys: Collection[str]) -> list[Callable[[], IO[bytes]]]:
    """The XML of those sheets, each from the beginning."""
    archive, parts = container.archive, container.parts
    named = [part.lower() for sheet, part in _worksheets(container).items() if sheet in surveys]
    return [partial(archive.open, parts[part]) for part in named] if archive else []


def _opened(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _far(place: Place, cell: str | None) -> Problem:
    what = f"单元格 {cell} 离数据太远，整张表大到无法读入。"
    todo = f"在名称框输入 {cell} 找到它，清除内容；或把数据复制到新的工作簿。"
    return error("far-cell", place, what, todo)


def _surveys(container: Container, only: Collection[str] | None) -> dict[str, Survey]:
    """What was seen of each sheet, by name; of an xlsx, only of those wanted."""
    archive = container.archive
    if archive is None:
        return biff.survey(container.data)
    if container.form == "ods":
        content = container.parts.get("content.xml")
        return opendocument.survey(lambda: archive.open(content)) if content else {}
    surveys: dict[str, Survey] = {}
    parts: dict[str, Survey] = {}
    for sheet, part in _worksheets(container).items():
        info = container.parts.get(part.lower())
        if info and (only is None or sheet in only):
            if part not in parts:  # a thousand sheets may name the same part
                parts[part] = worksheet.survey(partial(archive.open, info))
            surveys[sheet] = parts[part]
    return surveys


def _worksheets(container: Container) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    relations = map(_attributes, _RELATION.findall(container.part("xl/_rels/workbook.xml.rels")))
    targets = {one["Id"]: posixpath.join("/xl", one["Target"]) for one in relations if {"Id", "Target"} <= one.keys()}
    sheets = map(_attributes, _SHEET.findall(container.part("xl/workbook.xml")))
    return {
        sheet["name"]: posixpath.normpath(targets[sheet["id"]]).lstrip("/")
        for sheet in sheets
        if "name" in sheet and sheet.get("id") in targets
    }


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(text.decode("utf-8", "replace")) for name, text in _ATTRIBUTE.findall(tag)}


def _calamine(opened: CalamineWorkbook, surveys: dict[str, Survey], only: Collection[str] | None) -> list[Grid]:
    grids = []
    with opened as book:
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ is SheetTypeEnum.WorkSheet and (only is None or sheet.name in only):
                opened_sheet = book.get_sheet_by_index(place)
                rows = opened_sheet.to_python(skip_empty_area=False)
                survey = surveys.get(sheet.name, Survey())
                for (top, left), (bottom, right) in opened_sheet.merged_cell_ranges or ():
                    survey.merged.append((top + 1, left, bottom + 1, right))
                hidden = sheet.visible is not SheetVisibleEnum.Visible
                grids.append(Grid(sheet.name, range(1, len(rows) + 1), rows, hidden, survey))
    return grids


def _openpyxl(container: Container, surveys: dict[str, Survey], place: Place) -> tuple[list[Grid], list[Problem]]:
    """The slow way, which is less strict; it knows only xlsx."""
    if container.form != "xlsx" or sum(found.held for found in surveys.values()) > _MOST_SLOWLY:
        return [], [corrupt(place)]
    openpyxl = importlib.import_module("openpyxl")  # a fifth of a second that is hardly ever needed

    grids = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(container.data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
                hidden = sheet.sheet_state != "visible"
                grids.append(
                    Grid(
                        sheet.title, range(1, len(rows) + 1), _padded(rows), hidden, surveys.get(sheet.title, Survey())
                    )
                )
        except Exception:  # noqa: BLE001 - whatever it stumbles over, the file is damaged
            return [], [corrupt(place)]
    return grids, []


def _padded(rows: list[list[object]]) -> Sequence[Sequence[object]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
